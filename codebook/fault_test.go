package codebook

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/opendyad/dyad"
)

var update = flag.Bool("update", false, "write the golden files anew")

// filesOf takes a case file apart at its lines "-- NAME --".
func filesOf(text string) fstest.MapFS {
	files := fstest.MapFS{}
	name := ""
	for line := range strings.SplitAfterSeq(text, "\n") {
		if inner, ok := strings.CutPrefix(line, "-- "); ok {
			name = strings.TrimSuffix(strings.TrimSpace(inner), " --")
			files[name] = &fstest.MapFile{}
			continue
		}
		if name != "" {
			files[name].Data = append(files[name].Data, line...)
		}
	}
	return files
}

// TestFaults compares what Check says of the faulty files under testdata/faults
// with the golden files beside them.
func TestFaults(t *testing.T) {
	cases, err := filepath.Glob("testdata/faults/*.txt")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for _, f := range Check(filesOf(string(data)), nil) {
			out.WriteString(f.String() + "\n")
		}
		golden := strings.TrimSuffix(name, ".txt") + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if out.String() != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, out.String(), want)
		}
	}
}

// A runner's records are compared with what each example expects.
func TestExamplesAreRun(t *testing.T) {
	files := filesOf(`-- rules/a.txt --
# source: own work; license: CC0; checked: 2026-11-24
ACCUSE  condemn
  SRC condemn TGT
    eg  Brennia condemned Aldoria.                          BRE ACCUSE ALD
    eg  Brennia condemned Corva.                            BRE ACCUSE COR
  not condemn (house)
    eg  Brennia condemned the house.                        none
-- discards.txt --
# source: own work; license: CC0; checked: 2026-11-24
sport
  words    cup
  eg  Brennia won the cup.                                  refused
`)
	run := func(string) []dyad.Record {
		return []dyad.Record{{Kind: dyad.KindEvent, Event: &dyad.Event{
			Type: "ACCUSE", Actor: []dyad.Entity{{Code: "BRE"}}, Recipient: []dyad.Entity{{Code: "ALD"}},
		}}}
	}
	var got []string
	for _, f := range Check(files, run) {
		got = append(got, f.At.String()+" "+f.Sentence)
	}
	want := []string{
		"discards.txt:4:3 this example fails: the sentence is kept",
		"rules/a.txt:5:5 this example fails: expected BRE ACCUSE COR, but got BRE ACCUSE ALD",
		"rules/a.txt:7:5 this example fails: too much: BRE ACCUSE ALD",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
