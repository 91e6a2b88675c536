package relation

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// says sets the sentence of a record.
func says(text string) func(*dyad.Record) { return func(r *dyad.Record) { r.Text = text } }

// What rebels of a country do, or what is done to them, is not between the two states.
func TestRebelsAreNotTheirState(t *testing.T) {
	rebel := func(r *dyad.Record) { r.Event.Recipient[0].Sector = "REB" }
	beside := func(r *dyad.Record) {
		r.Event.Recipient = append(r.Event.Recipient, dyad.Entity{Code: "BRE", Sector: "GOV"})
		rebel(r)
	}
	for _, c := range []struct {
		what   string
		record dyad.Record
		acts   int
	}{
		{"Aldoria blamed Brennian rebels", record(t, "a", "2024-01-16", event("ALD", "ACCUSE", "BRE", rebel)), 0},
		{"Aldoria blamed Brennian rebels and their government", record(t, "b", "2024-01-16", event("ALD", "ACCUSE", "BRE", beside)), 1},
		{"Aldoria blamed Brennia", record(t, "c", "2024-01-16", event("ALD", "ACCUSE", "BRE")), 1},
	} {
		if got := Acts([]dyad.Record{c.record}); len(got) != c.acts {
			t.Errorf("%s: %d rows, want %d", c.what, len(got), c.acts)
		}
		if got := pairsOf(&c.record); len(got) != c.acts {
			t.Errorf("%s: %d pairs, want %d", c.what, len(got), c.acts)
		}
	}
}

// A time before anything was told, or after, has no periods; a time the wrong way round
// is an error.
func TestSeriesOfAnEmptyTime(t *testing.T) {
	acts := Acts(history2024(t))
	for _, o := range []SeriesOptions{{To: date(t, "2020-01-01")}, {From: date(t, "2030-01-01")}} {
		if s, err := SeriesOf(acts, "ALD", "BRE", o, nil); err != nil || len(s.Periods) != 0 {
			t.Errorf("%+v: %d periods (%v), want none", o, len(s.Periods), err)
		}
	}
	if _, err := SeriesOf(acts, "ALD", "BRE", SeriesOptions{From: date(t, "2024-05-01"), To: date(t, "2024-04-01")}, nil); err == nil {
		t.Error("a time the wrong way round gives no error")
	}
	b, err := BriefOf(BriefInput{A: "ALD", B: "BRE", Records: history2024(t), On: date(t, "2020-01-01"), Reference: smallWorld()})
	if err != nil || len(b.Happened) != 0 || b.Worst != nil {
		t.Errorf("a brief of 2020 tells %d happenings (%v), want none", len(b.Happened), err)
	}
}

func TestWhatIsExpectedOfWhom(t *testing.T) {
	const minister = "BRE foreign-minister ann-ruel"
	nobody := func(r *dyad.Record) {
		for i := range r.Expectation.Who {
			r.Expectation.Who[i].Text = ""
		}
	}
	content := func(c string) func(*dyad.Record) { return func(r *dyad.Record) { r.Expectation.Content = c } }
	for _, c := range []struct {
		what    string
		records []dyad.Record
		want    string // status and due day of each entry
	}{
		{"who is expected in a town has come when a visit is told", []dyad.Record{
			record(t, "a", "2024-01-26", expected(minister, "", "", "expected in", "2024-01-29")),
			record(t, "b", "2024-01-29", event(minister, "CONSULT/visit", "ALD")),
		}, "met 2024-01-29"},
		{"a month of the past is no due day", []dyad.Record{
			record(t, "a", "2024-05-23", expected("ALD", "", "", "would", "2025-04", content("that Aldoria would carry out what had been agreed in April"))),
		}, "open "},
		{"a month to come is one", []dyad.Record{
			record(t, "a", "2024-05-23", expected("ALD", "", "", "would", "2025-04", content("that Aldoria would open the bridge in April"))),
		}, "open 2025-04"},
		{"forecasters are of no country", []dyad.Record{
			record(t, "a", "2024-05-28", expected("ALD, BRE", "", "", "expect to", "", nobody, says("Forecasters expect the heat to last."))),
		}, ""},
		{"the two countries are", []dyad.Record{
			record(t, "a", "2024-05-28", expected("ALD, BRE", "", "", "want to", "", nobody, says("The two countries want to raise trade."))),
		}, "open "},
		{"what two are to do together is not met by one with itself", []dyad.Record{
			record(t, "a", "2024-04-21", expected("ALD, BRE", "SUPPORT", "", "endeavor to", "")),
			record(t, "b", "2024-04-22", event("BRE", "SUPPORT", "BRE")),
		}, "open "},
		{"but by both", []dyad.Record{
			record(t, "a", "2024-04-21", expected("ALD, BRE", "SUPPORT", "", "endeavor to", "")),
			record(t, "b", "2024-04-22", event("BRE, ALD", "SUPPORT", "")),
		}, "met "},
	} {
		var got []string
		for _, e := range Ledger(c.records, date(t, "2024-06-01")) {
			got = append(got, e.Status+" "+e.Due.String())
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

func TestDemandsAreWorded(t *testing.T) {
	for _, c := range [][3]string{
		{"urged make", "Brennia urged Aldoria to make the border safer.", "to make the border safer"},
		{"asked investigate", "Aldoria asked Brennia to investigate.", "to investigate"},
		{"asked investigate", "Aldoria asked Brennia to investigate the fire.", "to investigate the fire"},
		{"to leave", "Aldoria asked them to leave.", "to leave"},
		{"", "", ""},
	} {
		if got := Asked(c[0], c[1]); got != c[2] {
			t.Errorf("%q in %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestVisitsLastAsLongAsTold(t *testing.T) {
	for text, want := range map[string]int32{
		"Brand arrived on Monday for a visit of three days.":          3,
		"Brand began a three-day visit to Aldoria.":                   3,
		"Brand began a 2-day official visit.":                         2,
		"Brand visited Aldoria two days after the strike.":            0,
		"Brand visited Aldoria, and it rained for days.":              0,
		"Brand is on a visit of 400 days.":                            0,
		"The festival of four days began while snow fell everywhere.": 0,
		"days": 0,
	} {
		if got := stay(text); got != want {
			t.Errorf("%q: %d days, want %d", text, got, want)
		}
	}
	visits := VisitsAmong([]dyad.Record{
		record(t, "a", "2024-04-22", event("BRE president carl-brand", "CONSULT/visit", "ALD", says("Brand arrived on Monday for a visit of three days."))),
		record(t, "b", "2024-04-23", event("BRE president carl-brand", "CONSULT/visit", "ALD", says("Brand travelled on."))),
	}, date(t, "2024-05-01"))
	if len(visits) != 1 || visits[0].End != date(t, "2024-04-24") {
		t.Errorf("visits are %+v, want one up to 24 April", visits)
	}
}

// To be against one thing and for another is no turn.
func TestTurnsAreOverTheSame(t *testing.T) {
	position := func(id, day, stance, content string) dyad.Record {
		return record(t, id, day, func(r *dyad.Record) {
			r.Issues = []string{"straits"}
			r.Position = &dyad.Position{Holder: parties("ALD"), Stance: stance, Content: content}
		})
	}
	against := position("a", "2023-12-11", dyad.StanceAgainst, "rejected the verdict of the court on the straits")
	for _, c := range []struct {
		content string
		turned  bool
	}{{"support for its stance on the straits", false}, {"welcomed the verdict", true}} {
		h := Holdings([]dyad.Record{against, position("b", "2024-04-22", dyad.StanceFor, c.content)})
		if len(h) != 1 || h[0].Changed.IsZero() == c.turned {
			t.Errorf("%s: turned on %q, want a turn: %v", c.content, h[0].Changed, c.turned)
		}
	}
}

// However often a relation is called strained, a brief says so in a few lines, by date.
func TestWhyIsBounded(t *testing.T) {
	records := history2024(t)
	for i := range 21 {
		records = append(records, record(t, fmt.Sprint("called", i), fmt.Sprintf("2024-05-%02d", 1+i), func(r *dyad.Record) {
			r.Claim = &dyad.Claim{Pair: parties("ALD, BRE"), State: dyad.StateStrained}
		}))
	}
	b, err := BriefOf(BriefInput{A: "ALD", B: "BRE", Records: records, Reference: smallWorld()})
	if err != nil {
		t.Fatal(err)
	}
	why := b.why()
	last, called := "", 0
	for _, l := range why.Lines {
		if l.Label != "" && l.Label < last {
			t.Errorf("%s stands after %s", l.Label, last)
		}
		last = max(last, l.Label)
		if strings.Contains(l.Text, "relations of Aldoria and Brennia were called strained") {
			called++
		}
	}
	if end := why.Lines[len(why.Lines)-1].Text; called != briefSaid || !strings.Contains(end, "strained (16 times)") {
		t.Errorf("%d lines say what the relation was called, and then %q", called, end)
	}
}

func TestTheReportThatSaysMost(t *testing.T) {
	r := dyad.Record{Text: "Aldoria rejected it.", Reports: []dyad.Report{{Text: "Aldoria rejected it."}, {Text: "Aldoria rejected the verdict of Brennia's highest court."}}}
	if got := sayingMost(&r); got != r.Reports[1].Text {
		t.Errorf("%q says most", got)
	}
	strike, recall := record(t, "a", "2024-01-16", event("BRE", "ASSAULT", "ALD")), record(t, "b", "2024-01-17", event("ALD", "SANCTION", "BRE"))
	strike.Event.Scale, recall.Event.Scale = -9, -6
	recall.Reports = make([]dyad.Report, 9)
	if isWorse(&recall, &strike) {
		t.Error("a recall that nine tell of is worse than a strike")
	}
}

// A series is a table: a head for each column, a row for each period, also for those in
// which nothing is told, and what the columns mean.
func TestSeriesAsATable(t *testing.T) {
	s, err := SeriesOf(Acts(history2024(t)), "ALD", "BRE", SeriesOptions{From: date(t, "2023-05-01")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	section := s.Section()
	for _, row := range section.Table.Rows {
		if len(row) != len(section.Table.Head) {
			t.Errorf("a row has %d cells under %d heads: %q", len(row), len(section.Table.Head), row)
		}
	}
	d := Document{Sections: []Section{section}}
	plain := d.Plain()
	for _, want := range []string{"month", "ALD to BRE", "2023-05 to 2023-12", "2024-02", "half is lost every 90 days", "from -1 to 1"} {
		if !strings.Contains(plain, want) {
			t.Errorf("the table has no %q:\n%s", want, plain)
		}
	}
	if strings.Contains(plain, "share") || strings.Contains(plain, "stories") {
		t.Errorf("the table has columns of what is not known:\n%s", plain)
	}
	if md := d.Markdown(); !strings.Contains(md, "| month | friendly |") || strings.Contains(md, "&gt;") {
		t.Errorf("as Markdown it is\n%s", md)
	}
	if page := d.HTML(); !strings.Contains(page, "<th scope=\"col\">hostile</th>") {
		t.Errorf("as HTML it is\n%s", page)
	}
}

// In JSON names are lower case and dates are written as everywhere.
func TestJSONOfABrief(t *testing.T) {
	b, err := BriefOf(BriefInput{A: "ALD", B: "BRE", Records: history2024(t), Reference: smallWorld()})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	if name := regexp.MustCompile(`"[A-Z][a-z]\w*":`).Find(text); name != nil {
		t.Errorf("the JSON has the name %s", name)
	}
	for _, want := range []string{`"start":"2024-04-22"`, `"pair":"ALD-BRE"`, `"status":"met"`, `"identifier":"carl-brand"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the JSON has no %s:\n%s", want, text)
		}
	}
}
