package actor_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/actor"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/nlp"
)

// The model and the codebooks are read once for all tests.
var (
	model = sync.OnceValues(nlp.Load)
	world = sync.OnceValues(func() (*actor.Finder, error) {
		return finder(func() (*codebook.Codebook, error) { return codebook.World(codebook.Shipped()) })
	})
	real = sync.OnceValues(func() (*actor.Finder, error) {
		return finder(func() (*codebook.Codebook, error) { return codebook.Load(codebook.Shipped()) })
	})
)

func finder(load func() (*codebook.Codebook, error)) (*actor.Finder, error) {
	book, err := load()
	if err != nil {
		return nil, err
	}
	return actor.New(book, countries), nil
}

// countries is a gazetteer of a few towns, real and invented.
func countries(place string) (string, []string) {
	code := map[string]string{"Harn": "BRE", "Peshawar": "PAK", "Delhi": "IND", "Lagos": "NGA", "LAGOS": "NGA", "Mosul": "IRQ"}[place]
	return code, []string{code}
}

// A testCase is a story and lines of what is mentioned in it.
type testCase struct {
	at       string
	real     bool // run on the shipped codebook
	date     dyad.Date
	story    string
	expected []expectedMention
}

type expectedMention struct {
	at    string
	todo  bool
	words string
	who   string // "ALD GOV", several joined by ", ", "none" for no mention
}

// TestCases runs testdata/*.txt: a story stands at the margin, below it indented
// lines of words, " => " and who is meant. "codebook shipped" and "date
// 2024-04-22" hold for the rest of the file. A line that begins with "todo" is
// known to fail; when it passes, the test asks to take the word away.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no case files in testdata", err)
	}
	for _, file := range files {
		for _, c := range readCases(t, file) {
			runCase(t, c)
		}
	}
}

func readCases(t *testing.T, file string) []testCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	date, shipped := dyad.Date{Year: 2024, Month: 5, Day: 15}, false
	for i, line := range strings.Split(string(data), "\n") {
		at := fmt.Sprintf("%s:%d", file, i+1)
		switch {
		case strings.TrimSpace(line) == "" || line[0] == '#':
		case line == "codebook shipped":
			shipped = true
		case strings.HasPrefix(line, "date "):
			if date, err = dyad.ParseDate(line[5:]); err != nil {
				t.Fatalf("%s: %v", at, err)
			}
		case line[0] != ' ':
			cases = append(cases, testCase{at: at, real: shipped, date: date, story: line})
		default:
			words, who, ok := strings.Cut(strings.TrimSpace(line), " => ")
			if !ok || len(cases) == 0 {
				t.Fatalf("%s: write words, \" => \" and who is meant, below a story", at)
			}
			words, todo := strings.CutPrefix(words, "todo ")
			c := &cases[len(cases)-1]
			c.expected = append(c.expected, expectedMention{at, todo, words, who})
		}
	}
	return cases
}

func runCase(t *testing.T, c testCase) {
	t.Helper()
	load := world
	if c.real {
		load = real
	}
	f, err := load()
	if err != nil {
		t.Fatal(err)
	}
	doc := parse(t, c.story, c.date)
	mentions := f.Find(doc)
	checkMentions(t, doc, mentions)
	used := make([]bool, len(mentions))
	for _, e := range c.expected {
		got := "none"
		for i := range mentions {
			m := &mentions[i]
			if !used[i] && wordsOf(&doc.Sentences[m.Sentence], m) == e.words {
				used[i], got = true, whoIs(m)
				break
			}
		}
		switch {
		case got != e.who && !e.todo:
			t.Errorf("%s: “%s” is %s, want %s, in: %s\n%s", e.at, e.words, got, e.who, c.story, listing(doc, mentions))
		case got == e.who && e.todo:
			t.Errorf("%s: “%s” is %s as it should; take the word todo away", e.at, e.words, got)
		}
	}
}

func parse(t testing.TB, text string, date dyad.Date) dyad.Document {
	t.Helper()
	m, err := model()
	if err != nil {
		t.Fatal(err)
	}
	doc := dyad.Document{Story: dyad.Story{Text: text, Published: date}, Sentences: m.Sentences(text)}
	for i := range doc.Sentences {
		m.Parse(&doc.Sentences[i])
	}
	return doc
}

func wordsOf(s *dyad.Sentence, m *dyad.Mention) string {
	return s.Text[s.Tokens[m.First].Start-s.Start : s.Tokens[m.Last-1].End-s.Start]
}

func whoIs(m *dyad.Mention) string {
	var all []string
	for _, e := range m.Entities {
		who := e.Code
		if who == "" {
			who = "-"
		}
		if e.Sector != "" {
			who += " " + e.Sector
		}
		all = append(all, who)
	}
	who := strings.Join(all, ", ")
	if m.Place {
		who += " place"
	}
	return who
}

func listing(doc dyad.Document, mentions []dyad.Mention) string {
	var b strings.Builder
	for i := range mentions {
		m := &mentions[i]
		fmt.Fprintf(&b, "    %s => %s (%s)\n", wordsOf(&doc.Sentences[m.Sentence], m), whoIs(m), m.Reason.Note)
	}
	return b.String()
}

// checkMentions checks what holds of the mentions of every text: spans lie in
// their sentence, they are sorted and do not overlap, each names somebody and
// says why.
func checkMentions(t testing.TB, doc dyad.Document, mentions []dyad.Mention) {
	t.Helper()
	for i := range mentions {
		m := &mentions[i]
		if m.Sentence < 0 || m.Sentence >= len(doc.Sentences) {
			t.Fatalf("mention %d of sentence %d, of %d", i, m.Sentence, len(doc.Sentences))
		}
		n := len(doc.Sentences[m.Sentence].Tokens)
		if m.First < 0 || m.First >= m.Last || m.Last > n || m.Head < m.First || m.Head >= m.Last {
			t.Fatalf("mention %d has tokens %d to %d and head %d, in a sentence of %d", i, m.First, m.Last, m.Head, n)
		}
		if len(m.Entities) == 0 || m.Reason.Rule == "" {
			t.Fatalf("mention %d says not who or why: %+v", i, m)
		}
		if i == 0 || mentions[i-1].Sentence != m.Sentence {
			continue
		}
		if p := &mentions[i-1]; p.First > m.First || p.Last > m.First {
			t.Fatalf("mentions %d to %d and %d to %d overlap or are not in order, in: %s", p.First, p.Last, m.First, m.Last, doc.Sentences[m.Sentence].Text)
		}
	}
}
