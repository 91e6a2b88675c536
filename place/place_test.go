package place

import (
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

func TestEveryLineOfTheGazetteerReads(t *testing.T) {
	previous := ""
	n := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(gazetteer, "\n"), "\n") {
		n++
		e := parseEntry(line)
		key, _, _ := strings.Cut(line, "\t")
		if e.name == "" || len(e.country) != 3 || e.kind == "" || e.latitude == 0 && e.longitude == 0 {
			t.Errorf("line %d does not read: %q", n, line)
		}
		if key < previous {
			t.Errorf("line %d is out of order: %q after %q", n, key, previous)
		}
		if fold(key) != key {
			t.Errorf("line %d: the key %q is not folded as Go does it: %q", n, key, fold(key))
		}
		previous = key
	}
	if n < 40000 {
		t.Errorf("the gazetteer has only %d lines", n)
	}
}

func TestCountries(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Peshawar", "PAK"}, {"Isfahan", "IRN"}, {"Zürich", "CHE"}, {"Zurich", "CHE"}, {"London", "GBR"},
		{"March", ""}, {"August", ""}, {"NOV", ""}, {"Spring", ""}, {"Monday", ""},
		{"Nowhere at all", ""}, {"", ""}, {"zzzzzz", ""}, {"\xff", ""},
	} {
		if got, _ := Countries(c.name); got != c.want {
			t.Errorf("Countries(%q) = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		words, within, code, want string
	}{
		{"Hyderabad", "", "PAK", "PAK"},
		{"Hyderabad", "", "IND", "IND"},
		{"Hyderabad", "Pakistan", "IND", "PAK"},
		{"Georgia", "", "", "GEO"},
		{"U.S.", "", "", "USA"},
		{"Hague", "", "", "NLD"},
		{"Qwertyville", "", "PAK", ""},
	} {
		got := resolve(&named{words: c.words, name: c.words, within: c.within}, &context{record: &dyad.Record{Event: &dyad.Event{Actor: []dyad.Entity{{Code: c.code}}}}})
		if got.CountryCode != c.want || got.Reason == "" || got.Extracted != c.words {
			t.Errorf("resolve(%q within %q, context %s) = %+v, want %q", c.words, c.within, c.code, got, c.want)
		}
	}
}

// A capital has mostly a province of its name: the city is meant unless the words say else.
func TestCitiesBeforeTheirProvinces(t *testing.T) {
	for _, c := range []struct {
		name   string
		region bool
		city   string
	}{
		{"Tehran", false, "Tehran"}, {"Kabul", false, "Kabul"}, {"Moscow", false, "Moscow"}, {"Kandahar", false, "Kandahār"},
		{"Washington", false, "Washington"}, {"Washington", true, ""}, {"Herat", true, ""},
		{"Punjab", false, ""}, {"Oregon", false, ""}, {"Wyoming", false, ""}, {"Georgia", true, ""},
	} {
		got := resolve(&named{words: c.name, name: c.name, region: c.region}, &context{record: &dyad.Record{Event: &dyad.Event{}}})
		if want := map[bool]int{true: 4, false: 2}[c.city != ""]; got.City != c.city || got.Resolution != want {
			t.Errorf("%s, a province %v: %+v, want the city %q", c.name, c.region, got, c.city)
		}
	}
}

func TestLocate(t *testing.T) {
	text := "Rebels attacked a post near Peshawar."
	s := dyad.Sentence{Span: dyad.Span{Start: 0, End: len(text)}, Text: text, Tokens: []dyad.Token{
		{Span: dyad.Span{Start: 0, End: 6}, Text: "Rebels", UPOS: "NOUN", Head: 1, Rel: "nsubj"},
		{Span: dyad.Span{Start: 7, End: 15}, Text: "attacked", UPOS: "VERB", Head: -1, Rel: "root"},
		{Span: dyad.Span{Start: 16, End: 17}, Text: "a", UPOS: "DET", Head: 3, Rel: "det"},
		{Span: dyad.Span{Start: 18, End: 22}, Text: "post", UPOS: "NOUN", Head: 1, Rel: "obj"},
		{Span: dyad.Span{Start: 23, End: 27}, Text: "near", UPOS: "ADP", Head: 5, Rel: "case"},
		{Span: dyad.Span{Start: 28, End: 36}, Text: "Peshawar", UPOS: "PROPN", Head: 1, Rel: "obl"},
		{Span: dyad.Span{Start: 36, End: 37}, Text: ".", UPOS: "PUNCT", Head: 1, Rel: "punct"},
	}}
	records := []dyad.Record{{Kind: dyad.KindEvent, Event: &dyad.Event{Type: "ASSAULT"}, Evidence: dyad.Evidence{Sequence: 1, Trigger: dyad.Span{Start: 7, End: 15}}}}
	Locate(records, dyad.Document{Sentences: []dyad.Sentence{s}}, nil)
	p := records[0].Event.Place
	if p == nil || p.City != "Peshawar" || p.CountryCode != "PAK" || p.Resolution != 4 {
		t.Errorf("the event is placed at %+v, want Peshawar", p)
	}
}

func FuzzLookup(f *testing.F) {
	for _, s := range []string{"Peshawar", "", "\xff\xfe", "São Paulo", strings.Repeat("x", 1000)} {
		f.Add(s)
	}
	f.Fuzz(func(_ *testing.T, s string) { lookup(s) })
}
