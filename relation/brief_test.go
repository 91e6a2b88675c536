package relation

import (
	"encoding/xml"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"pgregory.net/rapid"
)

// smallWorld is a reference of three countries and a dispute.
func smallWorld() *Reference {
	return NewReference(&codebook.Codebook{
		Actors: []codebook.Actor{
			{ID: "ALD", Name: "Aldoria", Kind: codebook.KindState, Borders: []string{"BRE"}},
			{ID: "BRE", Name: "Brennia", Kind: codebook.KindState, Borders: []string{"ALD"}},
			{ID: "COR", Name: "Corva", Kind: codebook.KindState},
		},
		Issues: []codebook.Issue{{ID: "straits", Name: "Straits of Alden", Kind: "dispute", Parties: []string{"ALD", "COR"}}},
	})
}

// history2024 is a small year: a strike, an envoy called home, promises, a visit, and a
// claim that is not so.
func history2024(t testing.TB) []dyad.Record {
	const brand = "BRE president carl-brand"
	named := func(r *dyad.Record) {
		for i := range r.Event.Actor {
			if r.Event.Actor[i].Identifier == "carl-brand" {
				r.Event.Actor[i].Name = "Carl Brand"
			}
		}
	}
	records := []dyad.Record{
		record(t, "strike", "2024-01-16", event("BRE", "ASSAULT/drone", "ALD")),
		record(t, "recall", "2024-01-17", event("ALD", "SANCTION/withdraw", "BRE")),
		record(t, "blame", "2024-01-17", event("ALD", "ACCUSE", "BRE")),
		record(t, "threat", "2024-01-18", event("ALD", "THREATEN", "BRE")),
		record(t, "answer", "2024-01-18", event("ALD", "ASSAULT", "BRE")),
		record(t, "plan", "2024-04-02", expected(brand, "CONSULT/visit", "ALD", "will", "2024-04-22")),
		record(t, "promise", "2024-04-03", expected("BRE", "AID", "ALD", "promise to", "2024-04-30")),
		record(t, "visit", "2024-04-22", event(brand, "CONSULT/visit", "ALD", over("straits"), named)),
		record(t, "treaty", "2024-04-23", event("BRE, ALD", "SUPPORT", "", over("trade"))),
		record(t, "talks", "2024-04-23", event("BRE, ALD", "CONSULT", "")),
		record(t, "trade", "2024-05-02", event("BRE", "COOPERATE", "ALD")),
		record(t, "call", "2024-05-09", event("BRE", "CONSULT/phone", "ALD")),
		record(t, "thanks", "2024-05-20", event("ALD", "SUPPORT", "BRE")),
		record(t, "open", "2024-05-20", expected("", "", "", "remains to be seen", "", func(r *dyad.Record) { r.Story = "story thanks" })),
		record(t, "claim", "2024-05-20", func(r *dyad.Record) {
			r.Claim = &dyad.Claim{Pair: parties("BRE, COR"), Fact: "border"}
			r.Story = "story thanks"
		}),
	}
	for i := range records {
		records[i].Text = "The story of the " + records[i].ID + "."
		if x := records[i].Expectation; x != nil && x.Content == "promise" {
			x.Content = "to help Aldoria"
		}
	}
	return records
}

func briefOf(t testing.TB, records []dyad.Record) Document {
	t.Helper()
	b, err := BriefOf(BriefInput{A: "BRE", B: "ALD", Records: records, Since: date(t, "2024"), On: date(t, "2024-06-01"), Reference: smallWorld(),
		Stories: map[string]StorySource{"story visit": {Title: "Brand in Alden", Publisher: "Northgate Wire", URL: "https://example.org/visit", Published: date(t, "2024-04-22")}}})
	if err != nil {
		t.Fatal(err)
	}
	return b.Document()
}

func TestBriefTellsTheYear(t *testing.T) {
	d := briefOf(t, history2024(t))
	text := d.Markdown()
	for _, want := range []string{
		"# Brennia and Aldoria\n",
		"**Strained, mending since about 22 April 2024.**",
		"- **worst** Brennia attacked Aldoria (drone) on 16 January 2024. [",
		"- **2024-01-17** Aldoria cut ties with or punished Brennia (withdraw). “The story of the recall.” [",
		"- **2024-04-22** Carl Brand of Brennia (head of state) to Aldoria: done; first told of on 2 April 2024; on the agenda: Straits of Alden, trade. [",
		"  - **2024-04-23** Brennia and Aldoria tied or mended relations; issues: trade.",
		"- **overdue** Brennia promised to help Aldoria, told on 3 April 2024; due by 30 April 2024, and nothing told that met it. “The story of the promise.” [",
		"- **met** Brennia: plan, told on 2 April 2024; met by what is told of 22 April 2024. “The story of the visit.” [",
		"- **not so** Brennia and Corva share no border on land, though a story says so. “The story of the claim.” [",
		"- **2024-05-20** Open. [",
		"Brand in Alden, Northgate Wire, 2024-04-22, https://example.org/visit\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the brief does not say %q", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

func TestEverySentenceOfABriefHasASource(t *testing.T) {
	d := briefOf(t, history2024(t))
	for _, s := range d.Sections {
		if s.Title == "Who else matters" || s.Title == "What this rests on" {
			continue
		}
		for _, l := range s.Lines {
			if len(l.Cited) == 0 {
				t.Errorf("%s: %q has no source", s.Title, l.Text)
			}
			for _, n := range l.Cited {
				if n < 1 || n > len(d.Sources) || d.Sources[n-1].Number != n {
					t.Errorf("%s: %q cites %d, which is no source", s.Title, l.Text, n)
				}
			}
		}
	}
}

func TestBriefIsTheSameInAnyOrder(t *testing.T) {
	records := history2024(t)
	d := briefOf(t, records)
	again := append(slices.Clone(records), records...)
	slices.Reverse(again)
	e := briefOf(t, again)
	if d.Markdown() != e.Markdown() || d.HTML() != e.HTML() {
		t.Error("the same records in another order, and twice, give another brief")
	}
}

func TestFoldedRecordsAreFoundByAnyReport(t *testing.T) {
	records := history2024(t)
	var acts []Act
	for _, a := range Acts(records) {
		a.Happening, a.Record = a.Record, "first report of "+a.Record
		acts = append(acts, a)
	}
	for i := range records {
		r := &records[i]
		r.Happening = r.ID
		for _, outlet := range []string{"Northgate Wire", "Gulf and Hills Post"} {
			r.Reports = append(r.Reports, dyad.Report{Record: "a report of " + r.ID, Story: r.ID + " in the " + outlet, Publisher: outlet, Published: r.Date, Text: r.Text})
		}
		r.Reports[0].Record = "first report of " + r.ID
	}
	b, err := BriefOf(BriefInput{A: "BRE", B: "ALD", Records: records, Acts: acts, Since: date(t, "2024"), On: date(t, "2024-06-01"), Reference: smallWorld()})
	if err != nil {
		t.Fatal(err)
	}
	text := b.Document()
	if len(text.Lead.Cited) < 4 || len(text.Sections[0].Lines) < 2 {
		t.Errorf("the movers are not found: %+v", text.Lead)
	}
}

func TestNothingInABriefCanBreakOut(t *testing.T) {
	records := history2024(t)
	for i := range records {
		records[i].Text = "</q><script>alert(1)</script>\n# A heading [link](javascript:alert(1)) \xff\x1b[2J"
	}
	records[0].Own = &dyad.Own{Origin: "icews", ID: "<b>", Label: "\"><img src=x>", URL: "javascript:alert(1)"}
	d := briefOf(t, records)
	page := d.HTML()
	if strings.Contains(page, "<script") || strings.Contains(page, "<img") || strings.Contains(page, "href=\"javascript") {
		t.Error("a story's words became part of the page")
	}
	if strings.Contains(d.Plain()+d.Markdown()+page, "\x1b") {
		t.Error("a story's words can give orders to a terminal")
	}
	for line := range strings.Lines(d.Markdown()) {
		if strings.HasPrefix(line, "# A heading") || strings.Contains(line, "[link](") {
			t.Errorf("a story's words became part of the text: %s", line)
		}
	}
}

// Whatever records come in, a brief comes out, the same in any order, with numbers in
// it that are numbers.
func TestBriefOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := recordsOf(t)
		for i := range records {
			if r := &records[i]; r.Event != nil && rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
				r.Event.Scale, r.Event.Quad = math.NaN(), rapid.IntRange(-3, 9).Draw(t, "quad")
			}
		}
		text := func(records []dyad.Record) string {
			b, err := BriefOf(BriefInput{A: "BRE", B: "ALD", Records: records, Reference: smallWorld()})
			if err != nil {
				t.Fatal(err)
			}
			d := b.Document()
			return d.Markdown() + d.HTML() + d.Plain()
		}
		all := text(records)
		if strings.Contains(all, "NaN") || strings.Contains(all, "Inf") || strings.Contains(all, "%!") {
			t.Fatal(all)
		}
		if other := text(rapid.Permutation(records).Draw(t, "shuffled")); other != all {
			t.Fatalf("another order gives another brief:\n%s\n%s", all, other)
		}
	})
}

func TestBriefOfNothing(t *testing.T) {
	d := briefOf(t, nil)
	text := d.Markdown()
	if !strings.Contains(text, "**Too little evidence: no happening in 180 days.**") || strings.Contains(text, "NaN") {
		t.Error(text)
	}
	if page := d.HTML(); strings.Contains(page, "NaN") || strings.Contains(page, "Inf") {
		t.Error(page)
	}
}

func TestChartsAreWellFormed(t *testing.T) {
	acts := Acts(history2024(t))
	for _, step := range []Step{Day, Week, Month, Quarter} {
		s, err := SeriesOf(acts, "BRE", "ALD", SeriesOptions{Step: step}, nil)
		if err != nil {
			t.Fatal(err)
		}
		changes, _ := ChangesOf(acts, "BRE", "ALD")
		svg := s.Chart(changes)
		decoder := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("by %s: %v\n%s", step, err, svg)
			}
		}
		if strings.Contains(svg, "NaN") || strings.Count(svg, "<rect") == 0 {
			t.Errorf("by %s: %s", step, svg)
		}
	}
	empty := Series{Step: Month}
	if svg := empty.Chart(nil); strings.Contains(svg, "NaN") {
		t.Error(svg)
	}
}
