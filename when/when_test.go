package when

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// words cuts a text as the tokenizer would, with every word hanging on the one that
// looks like a verb, so that the cases need no parser.
func words(text string) dyad.Sentence {
	s := dyad.Sentence{Span: dyad.Span{Start: 0, End: len(text)}, Text: text}
	add := func(from, to int) {
		if to > from {
			s.Tokens = append(s.Tokens, dyad.Token{Span: dyad.Span{Start: from, End: to}, Text: text[from:to]})
		}
	}
	start := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ':
			add(start, i)
			start = i + 1
		case c == '\'' && strings.HasPrefix(text[i:], "'s "):
			add(start, i)
			start = i
		case strings.IndexByte(",()-", c) >= 0, c == '.' && i == len(text)-1:
			add(start, i)
			add(i, i+1)
			start = i + 1
		}
	}
	add(start, len(text))
	return s
}

func written(p period) string {
	if !p.to.IsZero() && p.to != p.from {
		return p.from.String() + ".." + p.to.String()
	}
	return p.from.String()
}

func TestDates(t *testing.T) {
	file, err := os.Open("testdata/dates.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	for line := 1; in.Scan(); line++ {
		if in.Text() == "" || in.Text()[0] == '#' {
			continue
		}
		fields := strings.Split(in.Text(), " | ")
		if len(fields) != 4 {
			t.Fatalf("testdata/dates.txt:%d: a case has 4 fields: publication | past or future | text | date", line)
		}
		var published dyad.Date
		if fields[0] != "-" {
			if published, err = dyad.ParseDate(fields[0]); err != nil {
				t.Fatalf("testdata/dates.txt:%d: %v", line, err)
			}
		}
		s := words(fields[2])
		got := "none"
		if found := find(&s); len(found) > 0 {
			got = "unknown"
			if p := found[0].resolve(published, fields[1] == "future"); p.known() {
				got = written(p)
			}
		}
		if got != fields[3] {
			t.Errorf("testdata/dates.txt:%d: %q gives %s, want %s", line, fields[2], got, fields[3])
		}
	}
}

// met is "Aldoria met Brennia <date>.", with the date hanging on the verb.
func met(text string) (dyad.Sentence, dyad.Record) {
	s := words(text)
	verb := 1
	for i := range s.Tokens {
		s.Tokens[i].Head = verb
		s.Tokens[i].Rel = "obl"
	}
	s.Tokens[verb].Head = -1
	return s, dyad.Record{Kind: dyad.KindEvent, Evidence: dyad.Evidence{Sequence: 1, Trigger: s.Tokens[verb].Span}}
}

func dated(text string, published dyad.Date, r func(*dyad.Record)) dyad.Record {
	s, record := met(text)
	if r != nil {
		r(&record)
	}
	doc := dyad.Document{Story: dyad.Story{Published: published}, Sentences: []dyad.Sentence{s}}
	return Date([]dyad.Record{record}, doc)[0]
}

func TestHistorical(t *testing.T) {
	published := dyad.Date{Year: 2024, Month: 4, Day: 25}
	for text, want := range map[string]bool{
		"Aldoria met Brennia in 2009.":        true,
		"Aldoria met Brennia last year.":      true,
		"Aldoria met Brennia decades ago.":    true,
		"Aldoria met Brennia on Tuesday.":     false,
		"Aldoria met Brennia last month.":     false,
		"Aldoria met Brennia on 3 May 2023.":  true,
		"Aldoria met Brennia on 20 April.":    false,
		"Aldoria met Brennia this year.":      false,
		"Aldoria met Brennia in the capital.": false,
	} {
		if r := dated(text, published, nil); (len(r.Aux) == 1 && r.Aux[0] == dyad.AuxHistorical) != want {
			t.Errorf("%q: aux %v, want historical %v", text, r.Aux, want)
		}
	}
}

func TestBasis(t *testing.T) {
	published := dyad.Date{Year: 2024, Month: 4, Day: 25}
	for _, c := range []struct {
		text      string
		published dyad.Date
		basis     string
		date      string
	}{
		{"Aldoria met Brennia on 22 April 2024.", published, dyad.BasisStated, "2024-04-22"},
		{"Aldoria met Brennia on Tuesday.", published, dyad.BasisDerived, "2024-04-23"},
		{"Aldoria met Brennia.", published, dyad.BasisPublished, "2024-04-25"},
		{"Aldoria met Brennia.", dyad.Date{}, dyad.BasisUnknown, ""},
		{"Aldoria met Brennia on Tuesday.", dyad.Date{}, dyad.BasisUnknown, ""},
		{"GENEVA, April 20 (Outlet) - Aldoria met Brennia.", published, dyad.BasisPublished, "2024-04-25"},
		{"GENEVA, 20 April 2024 (Outlet) - Aldoria met Brennia yesterday.", dyad.Date{}, dyad.BasisDerived, "2024-04-19"},
	} {
		r := dated(c.text, c.published, nil)
		if r.DateBasis != c.basis || r.Date.String() != c.date {
			t.Errorf("%q: %s %q, want %s %q", c.text, r.DateBasis, r.Date, c.basis, c.date)
		}
		if len(r.Reasons) == 0 || r.Reasons[0].Stage != "when" {
			t.Errorf("%q: no reason", c.text)
		}
	}
}

func TestExpectationIsDue(t *testing.T) {
	published := dyad.Date{Year: 2024, Month: 4, Day: 25}
	for text, due := range map[string]string{
		"Aldoria plans talks next week.":         "2024-04-29",
		"Aldoria plans talks by Friday.":         "2024-04-26",
		"Aldoria plans talks in May.":            "2024-05",
		"Aldoria plans talks as it did in 2009.": "",
		"Aldoria plans talks on 3 June 2024.":    "2024-06-03",
		"Aldoria, hit earlier this week, plans.": "",
		"Aldoria, hit earlier in April, plans.":  "",
	} {
		r := dated(text, published, func(r *dyad.Record) {
			r.Kind, r.Expectation = dyad.KindExpectation, &dyad.Expectation{}
		})
		if r.Expectation.Due.String() != due || r.Date != published {
			t.Errorf("%q: due %q, dated %s", text, r.Expectation.Due, r.Date)
		}
	}
}

func TestDaysCountedFromTheOneBefore(t *testing.T) {
	// "Aldoria met Brennia on April 2, 2024. Aldoria left two days later."
	first, _ := met("Aldoria met Brennia on April 2, 2024.")
	for text, want := range map[string]string{
		"Aldoria left two days later.":     "2024-04-04",
		"Aldoria left the next day.":       "2024-04-03",
		"Aldoria left a week earlier.":     "2024-03-26",
		"Aldoria left again the next day.": "2024-04-03",
	} {
		second, r := met(text)
		r.Evidence.Sequence = 2
		doc := dyad.Document{Story: dyad.Story{Published: dyad.Date{Year: 2024, Month: 4, Day: 25}}, Sentences: []dyad.Sentence{first, second}}
		if got := Date([]dyad.Record{r}, doc)[0]; got.Date.String() != want || got.DateBasis != dyad.BasisDerived {
			t.Errorf("%q: %s %s, want %s", text, got.DateBasis, got.Date, want)
		}
		r.Evidence.Sequence = 1
		doc.Sentences = []dyad.Sentence{second}
		if got := Date([]dyad.Record{r}, doc)[0]; got.DateBasis != dyad.BasisPublished {
			t.Errorf("%q alone: %s %s", text, got.DateBasis, got.Date)
		}
	}
}

func TestReportingDayIsNotDue(t *testing.T) {
	// "Aldoria said on Monday it would sign": it said so on Monday.
	s, r := met("Aldoria said on Monday it would sign.")
	s.Tokens[1].UPOS, s.Tokens[1].Feats = "VERB", "Tense=Past|VerbForm=Fin"
	s.Tokens[6].Rel = "ccomp"
	r.Kind, r.Expectation, r.Evidence.Trigger = dyad.KindExpectation, &dyad.Expectation{}, s.Tokens[6].Span
	doc := dyad.Document{Story: dyad.Story{Published: dyad.Date{Year: 2024, Month: 4, Day: 25}}, Sentences: []dyad.Sentence{s}}
	if got := Date([]dyad.Record{r}, doc)[0]; !got.Expectation.Due.IsZero() {
		t.Errorf("due %s", got.Expectation.Due)
	}
}

func TestAnotherClausesDateIsNotTaken(t *testing.T) {
	// "Aldoria met rebels who fled in 2009": 2009 is the flight's, not the meeting's.
	s, r := met("Aldoria met rebels who fled in 2009.")
	s.Tokens[2].Rel = "obj"
	s.Tokens[4].Head, s.Tokens[4].Rel = 2, "acl:relcl"
	s.Tokens[3].Head, s.Tokens[6].Head, s.Tokens[5].Head = 4, 4, 6
	doc := dyad.Document{Story: dyad.Story{Published: dyad.Date{Year: 2024, Month: 4, Day: 25}}, Sentences: []dyad.Sentence{s}}
	if got := Date([]dyad.Record{r}, doc)[0]; got.DateBasis != dyad.BasisPublished || len(got.Aux) > 0 {
		t.Errorf("dated %s %s %v", got.DateBasis, got.Date, got.Aux)
	}
}

func FuzzDate(f *testing.F) {
	f.Add("Aldoria met Brennia from April 28 to May 2, 2024.", 2024, 4, 25)
	f.Add("in 999 years within 999 decades ago the 1990s", 1, 1, 1)
	f.Fuzz(func(t *testing.T, text string, y, m, d int) {
		s := words(text)
		for i := range s.Tokens {
			s.Tokens[i].Head = i - 1
		}
		var published dyad.Date
		if p, err := dyad.ParseDate(fmt.Sprintf("%04d-%02d-%02d", y, m, d)); err == nil {
			published = p
		}
		doc := dyad.Document{Story: dyad.Story{Published: published}, Sentences: []dyad.Sentence{s}}
		records := []dyad.Record{{Kind: dyad.KindEvent, Evidence: dyad.Evidence{Sequence: 1}},
			{Kind: dyad.KindExpectation, Evidence: dyad.Evidence{Sequence: 1}, Expectation: &dyad.Expectation{}}}
		for _, r := range Date(records, doc) {
			if len(r.Reasons) == 0 || r.DateBasis == "" {
				t.Errorf("%q: no basis or no reason", text)
			}
			if r.Date.IsZero() != (r.DateBasis == dyad.BasisUnknown) {
				t.Errorf("%q: %s %q", text, r.DateBasis, r.Date)
			}
			if !r.DateEnd.IsZero() && r.DateEnd.Before(r.Date) {
				t.Errorf("%q: %s ends before it begins, %s", text, r.Date, r.DateEnd)
			}
		}
	})
}

func ExampleDate() {
	s, record := met("Aldoria met Brennia last week.")
	doc := dyad.Document{
		Story:     dyad.Story{Published: dyad.Date{Year: 2024, Month: 4, Day: 25}},
		Sentences: []dyad.Sentence{s},
	}
	for _, r := range Date([]dyad.Record{record}, doc) {
		fmt.Println(r.Date, r.DateEnd, r.DateBasis)
	}
	// Output: 2024-04-15 2024-04-21 derived
}

func BenchmarkDate(b *testing.B) {
	var doc dyad.Document
	var records []dyad.Record
	doc.Story.Published = dyad.Date{Year: 2024, Month: 4, Day: 25}
	for i := range 30 {
		s, r := met("Aldoria met Brennia in the old town hall of the capital on Tuesday, two weeks after the rebels had left the country.")
		r.Evidence.Sequence = i + 1
		doc.Sentences, records = append(doc.Sentences, s), append(records, r)
	}
	b.ReportAllocs()
	for b.Loop() {
		for i := range records {
			records[i].Date, records[i].Reasons = dyad.Date{}, nil
		}
		Date(records, doc)
	}
	b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
}
