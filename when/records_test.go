package when_test

import (
	"os"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/when"
)

// The sentences of testdata/records.conllu have their trees beside them. Each
// "# expect" line names a word of an event, its date, on what that rests, and perhaps
// an auxiliary mode: "met 2024-04-23 derived".
func TestRecordsOfPinnedTrees(t *testing.T) {
	data, err := os.ReadFile("testdata/records.conllu")
	if err != nil {
		t.Fatal(err)
	}
	for block := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
		sentences, err := nlp.ReadCoNLLU(strings.NewReader(block), "testdata/records.conllu")
		if err != nil {
			t.Fatal(err)
		}
		var published dyad.Date
		var wanted []string
		for line := range strings.Lines(block) {
			if d, ok := strings.CutPrefix(line, "# published = "); ok {
				if published, err = dyad.ParseDate(strings.TrimSpace(d)); err != nil {
					t.Fatal(err)
				}
			}
			if w, ok := strings.CutPrefix(line, "# expect = "); ok {
				wanted = append(wanted, strings.TrimSpace(w))
			}
		}
		doc := dyad.Document{Story: dyad.Story{Published: published}, Sentences: sentences}
		for _, want := range wanted {
			word, _, _ := strings.Cut(want, " ")
			if got := word + " " + dateOf(doc, word); got != want {
				t.Errorf("%s\n  got  %s\n  want %s", sentences[0].Text, got, want)
			}
		}
	}
}

// dateOf dates an event that a word of the first sentence tells.
func dateOf(doc dyad.Document, word string) string {
	s := &doc.Sentences[0]
	for i := range s.Tokens {
		if s.Tokens[i].Text == word {
			r := dyad.Record{Kind: dyad.KindEvent, Event: &dyad.Event{}, Evidence: dyad.Evidence{Sequence: 1, Span: s.Span, Trigger: s.Tokens[i].Span}}
			r = when.Date([]dyad.Record{r}, doc)[0]
			parts := []string{r.Date.String(), r.DateBasis}
			if !r.DateEnd.IsZero() {
				parts[0] += ".." + r.DateEnd.String()
			}
			if parts[0] == "" {
				parts[0] = "-"
			}
			return strings.Join(append(parts, r.Aux...), " ")
		}
	}
	return "(no such word)"
}
