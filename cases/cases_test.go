package cases_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/cases"
)

// condemner finds an ACCUSE in every sentence with "condemned", by whoever
// stands first of two states.
func condemner(sentence string, date dyad.Date) []dyad.Record {
	codes := map[string]string{"Brennia": "BRE", "Aldoria": "ALD", "Corva": "COR"}
	words := strings.Fields(strings.TrimRight(sentence, "."))
	if len(words) == 3 && words[1] == "beat" {
		return []dyad.Record{{Kind: dyad.KindRefusal, Refusal: &dyad.Refusal{Reason: "sport"}}}
	}
	if len(words) != 3 || words[1] != "condemned" {
		return nil
	}
	side := func(w string) []dyad.Entity { return []dyad.Entity{{Code: codes[w], Text: w}} }
	return []dyad.Record{{Kind: dyad.KindEvent, Date: date,
		Event: &dyad.Event{Type: "ACCUSE", Mode: "disapprove", Actor: side(words[0]), Recipient: side(words[2])}}}
}

const text = `# A right answer, and one with a note.
Brennia condemned Aldoria.
  BRE ACCUSE ALD  a note

date 2024-01-02
Corva condemned Aldoria.
  COR ACCUSE ALD @2024-01-02

# Wrong ones.
Aldoria condemned Corva.
  COR ACCUSE ALD

Corva slept.
  COR REJECT

# Known to fail, and known wrongly.
Aldoria met Corva.
  todo ALD, COR CONSULT

Brennia condemned Corva.
  todo BRE ACCUSE COR

Brennia beat Corva.
  refused

Brennia beat Aldoria.
  none
`

func TestRun(t *testing.T) {
	f, err := cases.Parse("some.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	r := cases.Run([]*cases.File{f}, condemner)
	if r.Passed != 3 || r.Todo != 1 || len(r.Failures) != 4 {
		t.Errorf("%d passed, %d todo, %d failures", r.Passed, r.Todo, len(r.Failures))
	}
	const want = `some.txt:10: expected COR ACCUSE ALD, but got ALD ACCUSE/disapprove COR
  Aldoria condemned Corva.
    expected  COR ACCUSE ALD
    got       ALD ACCUSE/disapprove COR`
	if got := r.Failures[0].String(); got != want {
		t.Errorf("the failure reads\n%s\nwant\n%s", got, want)
	}
}

func TestUpdateRewritesWrongAnswers(t *testing.T) {
	f, err := cases.Parse("some.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	got := f.Update(condemner)
	want := strings.NewReplacer(
		"  COR ACCUSE ALD\n", "  ALD ACCUSE/disapprove COR\n",
		"  COR REJECT\n", "  none\n",
		"  todo BRE ACCUSE COR\n", "  BRE ACCUSE COR\n",
		"Aldoria.\n  none\n", "Aldoria.\n  refused\n").Replace(text)
	if got != want {
		t.Errorf("the file is now\n%s\nwant\n%s", got, want)
	}
	f, err = cases.Parse("some.txt", got)
	if err != nil {
		t.Fatal(err)
	}
	if again := f.Update(condemner); again != got {
		t.Errorf("updating twice changes the file again:\n%s", again)
	}
	if r := f.Run(condemner); len(r.Failures) != 0 {
		t.Errorf("after updating %d cases fail", len(r.Failures))
	}
}

func TestParseFindsEveryFault(t *testing.T) {
	_, err := cases.Parse("bad.txt", `  BRE ACCUSE ALD
Brennia condemned Aldoria.
date 2024-13-01
Corva condemned Aldoria.
  COR BLAME ALD
Brennia slept.
  none
  BRE ACCUSE ALD
  none
Brennia woke.
`)
	if err == nil {
		t.Fatal("no fault was found")
	}
	want := []string{"bad.txt:1:", "bad.txt:2:", "bad.txt:3:", "bad.txt:5:", "bad.txt:9:", "bad.txt:10:"}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d faults, want %d:\n%v", len(lines), len(want), err)
	}
	for i := range want {
		if !strings.HasPrefix(lines[i], want[i]) {
			t.Errorf("%q, want it to begin with %s", lines[i], want[i])
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(text)
	f.Add("x\n  todo \n")
	f.Add("date \n\tnone")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := cases.Parse("fuzz.txt", text)
		if err != nil {
			return
		}
		if _, err := cases.Parse("fuzz.txt", file.Update(condemner)); err != nil {
			t.Errorf("what updating wrote cannot be read: %v", err)
		}
	})
}

// A case is a sentence with the events that should come out of it.
func Example() {
	f, err := cases.Parse("active.txt", "Brennia condemned Aldoria.\n  ALD ACCUSE BRE\n")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Run(condemner).Failures[0])
	// Output:
	// active.txt:1: expected ALD ACCUSE BRE, but got BRE ACCUSE/disapprove ALD
	//   Brennia condemned Aldoria.
	//     expected  ALD ACCUSE BRE
	//     got       BRE ACCUSE/disapprove ALD
}
