package store

import (
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// carried makes a record of an event as "ACCUSE@10-17" says: its type, and where the
// words stand that carry it.
func carried(text string) dyad.Record {
	kind, where, _ := strings.Cut(text, "@")
	at := map[string]dyad.Span{"10-17": {Start: 10, End: 17}, "10-30": {Start: 10, End: 30}, "40-45": {Start: 40, End: 45}}[where]
	return dyad.Record{Kind: dyad.KindEvent, Text: "A sentence.", Evidence: dyad.Evidence{Span: dyad.Span{End: 50}, Trigger: at},
		Event: &dyad.Event{Type: kind, Actor: []dyad.Entity{{Code: "ALD"}}}}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct{ name, old, now, want string }{
		{"the same", "ACCUSE@10-17 AID@40-45", "ACCUSE@10-17 AID@40-45", ""},
		{"the same in another order", "ACCUSE@10-17 AID@40-45", "AID@40-45 ACCUSE@10-17", ""},
		{"added", "", "ACCUSE@10-17", "added ACCUSE"},
		{"gone", "ACCUSE@10-17", "", "gone ACCUSE"},
		{"says something else", "ACCUSE@10-17", "REJECT@10-17", "changed ACCUSE>REJECT"},
		{"carried by more words", "ACCUSE@10-17", "ACCUSE@10-30", "changed ACCUSE>ACCUSE"},
		{"the same words come first", "ACCUSE@10-30 AID@10-17", "REJECT@10-17 AGREE@10-30", "changed ACCUSE>AGREE, changed AID>REJECT"},
		{"carried by other words", "ACCUSE@10-17", "ACCUSE@40-45", "gone ACCUSE, added ACCUSE"},
		{"twice before", "AID@10-17 AID@10-17", "AID@10-17", "gone AID"},
		{"twice now", "AID@10-17", "AID@10-17 AID@10-17", "added AID"},
	} {
		var old, now []dyad.Record
		for _, text := range strings.Fields(c.old) {
			old = append(old, carried(text))
		}
		for _, text := range strings.Fields(c.now) {
			r := carried(text)
			// How it was found makes no difference.
			r.ID, r.Codebook, r.Confidence, r.Reasons = "1", "new", 0.3, []dyad.Reason{{Rule: "rules/new.txt:1"}}
			now = append(now, r)
		}
		var got []string
		for _, change := range Compare(old, now) {
			switch change.What {
			case ChangeChanged:
				got = append(got, change.What+" "+EventOf(change.Old)+">"+EventOf(change.New))
			default:
				got = append(got, change.What+" "+EventOf(change.Record()))
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
