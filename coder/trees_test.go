package coder

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// A pinnedTree is a sentence of testdata/trees.conllu: its tree, the mentions
// told in the last column, and the events expected of it.
type pinnedTree struct {
	phenomenon string
	expect     string
	line       int
	doc        dyad.Document
	mentions   []dyad.Mention
}

// readTrees reads CoNLL-U with "Actor=BRE:GOV|Span=1-2" in MISC and "# expect ="
// before each sentence.
func readTrees(t testing.TB, path string) []pinnedTree {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var trees []pinnedTree
	current := pinnedTree{}
	var s dyad.Sentence
	for n, line := range strings.Split(string(data)+"\n", "\n") {
		switch {
		case strings.HasPrefix(line, "# phenomenon = "):
			current.phenomenon, current.line = line[15:], n+1
		case strings.HasPrefix(line, "# expect = "):
			current.expect = line[11:]
		case strings.HasPrefix(line, "# text = "):
			s.Text = line[9:]
		case strings.HasPrefix(line, "#"):
		case line == "":
			if len(s.Tokens) > 0 {
				s.Span = dyad.Span{Start: 0, End: len(s.Text)}
				current.doc = dyad.Document{Story: dyad.Story{ID: fmt.Sprint("tree", len(trees)), Text: s.Text}, Sentences: []dyad.Sentence{s}}
				for i := range current.mentions {
					current.mentions[i].Entities[0].Text = words(&s, current.mentions[i].First, current.mentions[i].Last)
				}
				trees = append(trees, current)
			}
			current, s = pinnedTree{}, dyad.Sentence{}
		default:
			readToken(t, line, &s, &current)
		}
	}
	return trees
}

func readToken(t testing.TB, line string, s *dyad.Sentence, p *pinnedTree) {
	t.Helper()
	columns := strings.Split(line, "\t")
	if len(columns) != 10 {
		t.Fatalf("a line of %d columns: %s", len(columns), line)
	}
	head, err := strconv.Atoi(columns[6])
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	if n := len(s.Tokens); n > 0 {
		at = s.Tokens[n-1].End
	}
	start := at + strings.Index(s.Text[at:], columns[1])
	s.Tokens = append(s.Tokens, dyad.Token{
		Span: dyad.Span{Start: start, End: start + len(columns[1])}, Text: columns[1], Lemma: columns[2],
		UPOS: columns[3], XPOS: columns[4], Head: head - 1, Rel: columns[7],
	})
	m := dyad.Mention{Head: len(s.Tokens) - 1}
	for _, field := range strings.Split(columns[9], "|") {
		if v, ok := strings.CutPrefix(field, "Actor="); ok {
			code, sector, _ := strings.Cut(v, ":")
			m.Entities = []dyad.Entity{{Code: code, Sector: sector}}
			m.Place = columns[3] == "PROPN" && sector == ""
			if sector == "" {
				m.Entities[0].Identifier = code
			}
		}
		if v, ok := strings.CutPrefix(field, "Span="); ok {
			if _, err := fmt.Sscanf(v, "%d-%d", &m.First, &m.Last); err != nil {
				t.Fatal(err)
			}
			m.First--
		}
	}
	if m.Entities != nil {
		p.mentions = append(p.mentions, m)
	}
}

func words(s *dyad.Sentence, first, last int) string {
	return s.Text[s.Tokens[first].Start:s.Tokens[last-1].End]
}

// written gives events in the notation of the codebook's examples; positions,
// expectations and claims have tests of their own.
func written(records []dyad.Record) string {
	var all []string
	for i := range records {
		r := &records[i]
		if r.Kind == dyad.KindRefusal {
			all = append(all, string(r.Kind))
		}
		if r.Kind != dyad.KindEvent {
			continue
		}
		text := side(r.Event.Actor) + " " + r.Event.Type
		if r.Event.Mode != "" {
			text += "/" + r.Event.Mode
		}
		if len(r.Event.Recipient) > 0 {
			text += " " + side(r.Event.Recipient)
		}
		for _, a := range r.Aux {
			text += " +" + a
		}
		if len(r.AssertedBy) > 0 {
			text += " by " + side(r.AssertedBy)
		}
		all = append(all, text)
	}
	if all == nil {
		return "none"
	}
	return strings.Join(all, "; ")
}

func side(entities []dyad.Entity) string {
	if len(entities) == 0 {
		return "-"
	}
	var codes []string
	for _, e := range entities {
		codes = append(codes, strings.TrimSpace(e.Code+" "+e.Sector))
	}
	return strings.Join(codes, ",")
}

// fits compares what came with what was expected; a mode that is not asked for
// is not compared.
func fits(got, want string) bool {
	g, w := strings.Split(got, "; "), strings.Split(want, "; ")
	if len(g) != len(w) {
		return false
	}
	for i := range g {
		if g[i] != w[i] && withoutMode(g[i]) != w[i] {
			return false
		}
	}
	return true
}

func withoutMode(s string) string {
	fields := strings.Fields(s)
	for i, f := range fields {
		if head, _, ok := strings.Cut(f, "/"); ok {
			fields[i] = head
		}
	}
	return strings.Join(fields, " ")
}

func TestPinnedTrees(t *testing.T) {
	c := New(testCodebook(t))
	for _, p := range readTrees(t, "testdata/trees.conllu") {
		records := c.ByRules(p.doc, p.mentions)
		if got := written(records); !fits(got, p.expect) {
			t.Errorf("testdata/trees.conllu:%d: %s: %q\n got %s\nwant %s\n%s", p.line, p.phenomenon, p.doc.Story.Text, got, p.expect,
				explained(c.Explain(p.doc, p.mentions, 0)))
		}
	}
}

func explained(attempts []Attempt) string {
	var b strings.Builder
	for _, a := range attempts {
		fmt.Fprintf(&b, "    %-10s %-28s %-24s fits %-5v fired %-5v %s\n", a.Trigger, a.Rule, a.Pattern, a.Fits, a.Fired, a.Why)
	}
	return b.String()
}
