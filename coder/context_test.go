package coder

import (
	"testing"

	"github.com/opendyad/dyad"
)

// story puts pinned trees together to a story of several sentences.
func story(t *testing.T, texts ...string) (dyad.Document, []dyad.Mention) {
	t.Helper()
	trees := readTrees(t, "testdata/trees.conllu")
	var doc dyad.Document
	var mentions []dyad.Mention
	for number, text := range texts {
		found := false
		for _, p := range trees {
			if p.doc.Story.Text != text || found {
				continue
			}
			found = true
			s := p.doc.Sentences[0]
			at := len(doc.Story.Text)
			s.Tokens = append([]dyad.Token(nil), s.Tokens...)
			for i := range s.Tokens {
				s.Tokens[i].Start += at
				s.Tokens[i].End += at
			}
			s.Index, s.Start, s.End = number, at, at+len(text)
			doc.Sentences = append(doc.Sentences, s)
			doc.Story.Text += text + " "
			for _, m := range p.mentions {
				m.Sentence = number
				mentions = append(mentions, m)
			}
		}
		if !found {
			t.Fatalf("no pinned tree reads %q", text)
		}
	}
	return doc, mentions
}

func TestStoryCompletesEvents(t *testing.T) {
	c := New(testCodebook(t))
	for _, test := range []struct {
		why   string
		texts []string
		want  string
	}{
		{"the enemy told before did it", []string{"warplanes of Brennia attacked Aldoria.", "five people were killed in Corva."}, "BRE ASSAULT ALD; - ASSAULT COR"},
		{"the enemy of the recipient", []string{"Brennia killed five people in Corva.", "three Corvan soldiers were killed."}, "BRE ASSAULT COR; BRE ASSAULT COR MIL"},
		{"a victim before any quarrel has no known enemy", []string{"three Corvan soldiers were killed.", "Brennia killed five people in Corva."}, "- ASSAULT COR MIL; BRE ASSAULT COR"},
	} {
		doc, mentions := story(t, test.texts...)
		if got := written(c.Records(doc, mentions)); got != test.want {
			t.Errorf("%s: %q\n got %s\nwant %s", test.why, test.texts, got, test.want)
		}
	}
}

func TestVisitKeepsItsHost(t *testing.T) {
	moss := []dyad.Entity{{Code: "COR", Sector: "GOV", Identifier: "clara-moss", Text: "Clara Moss"}}
	brennia := []dyad.Entity{{Code: "BRE", Identifier: "BRE", Text: "Brennia"}}
	h := hosts{}
	h.follow(&draft{event: "CONSULT", mode: "visit", actor: moss, recipient: brennia})
	later := draft{event: "CONSULT", mode: "visit", actor: moss}
	h.follow(&later)
	if len(later.recipient) != 1 || later.recipient[0].Code != "BRE" || later.recipient[0].Text != "" || !later.followed {
		t.Errorf("the later visit has the host %+v, want Brennia without words", later.recipient)
	}
}

func TestOrdinaryPeopleAreNoPolitics(t *testing.T) {
	civil := []dyad.Entity{{Code: "COR", Sector: "CVL"}}
	firm := []dyad.Entity{{Code: "COR", Sector: "BUS"}}
	state := []dyad.Entity{{Code: "BRE"}}
	for _, test := range []struct {
		why  string
		d    draft
		want bool
	}{
		{"a firm asks a citizen", draft{event: "REQUEST", actor: firm, recipient: civil}, false},
		{"a state asks a citizen", draft{event: "REQUEST", actor: state, recipient: civil}, true},
		{"citizens are killed", draft{event: "ASSAULT", recipient: civil}, true},
		{"somebody is killed, who knows where", draft{event: "ASSAULT", recipient: []dyad.Entity{{Sector: "CVL"}}}, false},
	} {
		if got := isRelevant(&test.d); got != test.want {
			t.Errorf("%s: relevant %v, want %v", test.why, got, test.want)
		}
	}
}
