package codebook

import (
	"fmt"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// recordsOf writes records in the way of expected events.
func recordsOf(t *testing.T, text string) []dyad.Record {
	t.Helper()
	events, err := ParseExpected(text)
	if err != nil {
		t.Fatal(err)
	}
	var out []dyad.Record
	for _, e := range events {
		r := dyad.Record{Kind: dyad.KindEvent, Aux: e.Aux, Event: &dyad.Event{Type: e.Event, Mode: e.Mode}}
		for _, m := range e.Actor.Members {
			r.Event.Actor = append(r.Event.Actor, dyad.Entity{Code: m.Code, Sector: m.Sector, Text: m.Code})
		}
		for _, m := range e.Recipient.Members {
			r.Event.Recipient = append(r.Event.Recipient, dyad.Entity{Code: m.Code, Sector: m.Sector, Text: m.Code})
		}
		out = append(out, r)
	}
	return out
}

func TestMatches(t *testing.T) {
	cases := []struct{ expected, got, why string }{
		{"none", "none", ""},
		{"BRE ACCUSE ALD", "BRE GOV ACCUSE/disapprove ALD MIL", ""},
		{"BRE GOV ACCUSE", "BRE GOV ACCUSE ALD", ""},
		{"BRE GOV ACCUSE", "BRE MIL ACCUSE ALD", "expected BRE GOV ACCUSE, but got BRE MIL ACCUSE ALD"},
		{"BRE ACCUSE/allege ALD", "BRE ACCUSE/disapprove ALD", "expected BRE ACCUSE/allege ALD, but got BRE ACCUSE/disapprove ALD"},
		{"BRE,COR CONSULT", "COR GOV, BRE, BRE GOV CONSULT", ""},
		{"BRE CONSULT", "COR, BRE CONSULT", "expected BRE CONSULT, but got COR,BRE CONSULT -"},
		{"- ASSAULT ALD", "ASSAULT ALD", ""},
		{"- ASSAULT ALD", "BRE ASSAULT ALD", "expected - ASSAULT ALD, but got BRE ASSAULT ALD"},
		{"BRE PROTEST -", "BRE PROTEST", ""},
		{"none", "BRE ACCUSE ALD +negation", ""},
		{"none", "BRE ACCUSE ALD +hypothetical", ""},
		{"none", "BRE ACCUSE ALD +historical", "too much: BRE ACCUSE ALD +historical"},
		{"BRE ACCUSE ALD", "BRE ACCUSE ALD +negation", "missing: BRE ACCUSE ALD; what came out: BRE ACCUSE ALD +negation"},
		{"BRE ACCUSE ALD +negation", "BRE ACCUSE ALD +negation", ""},
		{"BRE ACCUSE ALD", "none", "missing: BRE ACCUSE ALD; no event came out"},
		{"BRE ACCUSE ALD; BRE ACCUSE ALD", "BRE ACCUSE ALD", "missing: BRE ACCUSE ALD; what came out: BRE ACCUSE ALD"},
		// The first expected event could take either record; the second only one.
		{"BRE ACCUSE; BRE ACCUSE ALD", "BRE ACCUSE ALD; BRE ACCUSE COR", ""},
		{"UAF ASSAULT ALD", "UAF ASSAULT ALD", ""},
	}
	for _, c := range cases {
		expected, err := ParseExpected(c.expected)
		if err != nil {
			t.Fatal(err)
		}
		if ok, why := Matches(expected, recordsOf(t, c.got)); why != c.why || ok != (c.why == "") {
			t.Errorf("%s against %s: %v, %q; want %q", c.expected, c.got, ok, why, c.why)
		}
	}
}

func TestAnOrganisationMatchesByItsOwnCode(t *testing.T) {
	records := []dyad.Record{{Kind: dyad.KindEvent, Event: &dyad.Event{Type: "ACCUSE", Actor: []dyad.Entity{{Code: "IGO", Identifier: "QUN"}}}}}
	for _, text := range []string{"QUN ACCUSE", "IGO ACCUSE"} {
		expected, _ := ParseExpected(text)
		if ok, why := Matches(expected, records); !ok {
			t.Errorf("%s: %s", text, why)
		}
	}
}

func TestParseExpectedFaults(t *testing.T) {
	for text, want := range map[string]string{
		"BRE GREET ALD":         "names no event",
		"brennia ACCUSE ALD":    "is no actor",
		"BRE ACCUSE ALD,":       "is no actor",
		"BRE ACCUSE ALD +maybe": "no auxiliary mode",
		"":                      "names no event",
	} {
		if _, err := ParseExpected(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error that says %q", text, err, want)
		}
	}
}

func ExampleMatches() {
	expected, _ := ParseExpected("BRE GOV CONSULT/visit COR")
	records := []dyad.Record{{Kind: dyad.KindEvent, Event: &dyad.Event{
		Type: "CONSULT", Mode: "phone",
		Actor:     []dyad.Entity{{Code: "BRE", Sector: "GOV"}},
		Recipient: []dyad.Entity{{Code: "COR"}},
	}}}
	fmt.Println(Matches(expected, records))
	// Output: false expected BRE GOV CONSULT/visit COR, but got BRE GOV CONSULT/phone COR
}

func ExampleLoad() {
	book, err := Load(Shipped())
	if err != nil {
		fmt.Println(err)
		return
	}
	visit := book.Ontology.Event("CONSULT").Mode("visit")
	fmt.Println(visit.Name, visit.Score, visit.CAMEO)
	// Output: the actor travels to the recipient 4 042
}
