package relation_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/relation"
)

// coded gives the records of the stories in a file, and the shipped codebook's
// reference data.
func coded(t *testing.T, path string, published dyad.Date) ([]dyad.Record, *relation.Reference) {
	t.Helper()
	model, err := nlp.Load()
	if err != nil {
		t.Fatal(err)
	}
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	p := pipeline.New(model, book)
	var records []dyad.Record
	for story, err := range ingest.ReadFile(path, ingest.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if story.Published.IsZero() {
			story.Published = published
		}
		records = append(records, p.Code(story).Records...)
	}
	return records, relation.NewReference(book)
}

// The sample corpus tells of Iran and Pakistan in 2023 and 2024: strikes in January,
// ambassadors back ten days later, then visits.
func TestSampleCorpus(t *testing.T) {
	records, reference := coded(t, "../corpus/stories.jsonl", dyad.Date{})
	on := dyad.Date{Year: 2024, Month: 4, Day: 30}
	b, err := relation.BriefOf(relation.BriefInput{A: "IRN", B: "PAK", Records: records, Since: dyad.Date{Year: 2023, Month: 6}, On: on, Reference: reference})
	if err != nil {
		t.Fatal(err)
	}
	if b.State.Direction != dyad.DirectionMending || b.State.Since.Before(dyad.Date{Year: 2024, Month: 1, Day: 18}) || (dyad.Date{Year: 2024, Month: 2, Day: 2}).Before(b.State.Since) {
		t.Errorf("at the end of April 2024: %s", b.State.Sentence)
	}
	january := relation.StateOf(relation.Acts(records), relation.SaidOf(records), "PAK", "IRN", dyad.Date{Year: 2024, Month: 1, Day: 19})
	if january.Level != dyad.StateHostile || january.Direction != dyad.DirectionWorsening {
		t.Errorf("on 19 January 2024: %s", january.Sentence)
	}
	if b.Worst == nil || b.Worst.Event.Type != "ASSAULT" || b.Worst.Date.Before(dyad.Date{Year: 2024, Month: 1, Day: 16}) || (dyad.Date{Year: 2024, Month: 1, Day: 18}).Before(b.Worst.Date) {
		t.Errorf("the worst point: %+v", b.Worst)
	}
	for _, want := range []struct {
		visitor, who string
		day          dyad.Date
	}{
		{"IRN", "hossein-amir-abdollahian", dyad.Date{Year: 2024, Month: 1, Day: 29}},
		{"IRN", "ebrahim-raisi", dyad.Date{Year: 2024, Month: 4, Day: 22}},
	} {
		if !slices.ContainsFunc(b.Visits, func(v relation.Visit) bool {
			return v.Visitor == want.visitor && v.Who.Identifier == want.who && v.Start == want.day && v.Status == relation.VisitDone && !v.Announced.IsZero() && len(v.Outcomes) > 0
		}) {
			t.Errorf("no visit by %s on %s, announced and with outcomes, among %+v", want.who, want.day, b.Visits)
		}
	}
	met := 0
	for _, e := range b.Entries {
		if e.Event == "CONSULT" && e.Status == dyad.StatusMet {
			met++
		}
		if e.Status == dyad.StatusOverdue && e.Event == "CONSULT" {
			t.Errorf("overdue, though it came: %+v", e)
		}
	}
	if met < 3 {
		t.Errorf("%d announced visits and returns were met, want 3 or more", met)
	}
	if !slices.ContainsFunc(b.Triads, func(t relation.Triad) bool {
		return t.Third == "IND" && t.Reading == "Pakistan's partner Iran is also a partner of its rival India" && !t.Balanced
	}) {
		t.Errorf("F8: India is no third party that matters: %+v", b.Triads)
	}
	if text := b.Document(); len(text.Sources) < 10 || !strings.Contains(text.HTML(), "<svg") {
		t.Errorf("%d sources", len(text.Sources))
	}
}

// The founding article gives what a reader takes from it, rows F1 to F12 of the design.
func TestFoundingArticle(t *testing.T) {
	const path = "../../shared/news/raisi-visit-to-pakistan.txt"
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		t.Skip("the founding article is not here")
	}
	day := dyad.Date{Year: 2024, Month: 4, Day: 22}
	records, reference := coded(t, path, day)
	has := func(row, what string, ok bool) {
		if !ok {
			t.Errorf("%s: no %s", row, what)
		}
	}
	visits := relation.VisitsAmong(records, day)
	has("F1", "one visit of Iran to Pakistan", len(visits) == 1 && visits[0].Visitor == "IRN" && visits[0].Host == "PAK")
	has("F3", "Kashmir on its agenda", len(visits) == 1 && slices.Contains(visits[0].Agenda, "kashmir"))
	state := relation.StateOf(relation.Acts(records), relation.SaidOf(records), "IRN", "PAK", day)
	has("F2", "ties that are strained and mending, but: "+state.Sentence, strings.Contains(state.Sentence, "strained") && strings.Contains(state.Sentence, "mending"))
	entries := relation.Ledger(records, day)
	open := func(who string, words ...string) bool {
		return slices.ContainsFunc(entries, func(e relation.Entry) bool {
			return e.Status == dyad.StatusOpen && (who == "" && len(e.Who) == 0 || slices.Contains(e.Who, who)) && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(e.Content, w) })
		})
	}
	has("F4", "open expectation that Iran will emphasise dialogue", open("IRN", "emphasize", "dialogue"))
	has("F7", "aim of Pakistan's to build solidarity", open("PAK", "solidarity"))
	has("F11", "open outcome", open("", "tangible progress"))
	holders := map[string]int{}
	for _, h := range relation.Holdings(records) {
		if h.Issue == "kashmir" {
			holders[h.Holder] += len(h.Held)
		}
	}
	has("F5", "positions of Iran on Kashmir", holders["IRN"] > 1)
	has("F6", "positions of Pakistan on Kashmir", holders["PAK"] > 1)
	for _, a := range relation.Acts(records) {
		if a.Actual() && a.Event == "COOPERATE" {
			t.Errorf("F10: a history of cooperation counts as something new: %+v", a)
		}
	}
	issues := map[string]bool{}
	for _, s := range relation.Grid(records) {
		if s.Pair == relation.PairOf("IRN", "PAK") {
			issues[s.Issue] = true
		}
	}
	has("F9", "trade, energy, infrastructure and security between the two", issues["trade"] && issues["energy"] && issues["infrastructure"] && issues["security"])
	verdicts := map[string]string{}
	for _, c := range reference.CheckClaims(records) {
		slices.Sort(c.Pair)
		verdicts[strings.Join(c.Pair, "-")] = c.Verdict.Verdict
	}
	brief, err := relation.BriefOf(relation.BriefInput{A: "IRN", B: "PAK", Records: records, On: day, Reference: reference})
	if err != nil {
		t.Fatal(err)
	}
	document := brief.Document()
	for _, section := range document.Sections {
		if section.Title == "Who else matters" {
			has("F8", "India as the third party in view", slices.ContainsFunc(section.Lines, func(l relation.Line) bool { return l.Label == "India" }))
		}
	}
	has("F12", "border of Iran and India that is none", verdicts["IND-IRN"] == relation.Contradicted)
	has("F12", "border of Iran and Pakistan", verdicts["IRN-PAK"] == relation.Supported)
}
