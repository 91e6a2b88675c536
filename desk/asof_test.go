//go:build cgo

package desk_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// As of a day nothing counts that was published later.
func TestWhatWasKnownOnADay(t *testing.T) {
	d := corpus(t)
	ctx, on := context.Background(), date(t, "2024-01-18")
	b, err := d.Brief(ctx, "IRN", "PAK", dyad.Date{}, on)
	if err != nil {
		t.Fatal(err)
	}
	document := b.Document()
	if len(document.Sources) == 0 {
		t.Error("the brief of 18 January 2024 rests on nothing")
	}
	for _, s := range document.Sources {
		if on.Before(s.Published) {
			t.Errorf("the brief of 18 January 2024 rests on %q of %s", s.Title, s.Published)
		}
	}
	// On the 19th a story tells of strikes on the 18th: they count from then on.
	next, err := d.Brief(ctx, "IRN", "PAK", dyad.Date{}, date(t, "2024-01-19"))
	if err != nil || next.Series.Total.Count <= b.Series.Total.Count {
		t.Errorf("%d happenings are known on the 19th and %d on the 18th (%v), want more", next.Series.Total.Count, b.Series.Total.Count, err)
	}
	if b, err = d.Brief(ctx, "IRN", "PAK", dyad.Date{}, date(t, "2020-01-01")); err != nil || b.State.Level != "" || len(b.Happened) != 0 {
		t.Errorf("in 2020 the state is %q and %d happenings are told (%v), want none", b.State.Level, len(b.Happened), err)
	}
}

// Where no day is named, all answers are as of the same.
func TestOneDayForAllAnswers(t *testing.T) {
	d := corpus(t)
	ctx := context.Background()
	p, err := d.Pair(ctx, "IRN", "PAK", relation.SeriesOptions{}, dyad.Date{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.Brief(ctx, "IRN", "PAK", dyad.Date{}, dyad.Date{})
	if err != nil || b.On != p.State.On || b.On != date(t, "2024-05-23") {
		t.Errorf("the brief is of %s and the relation of %s (%v), want 2024-05-23", b.On, p.State.On, err)
	}
	ledger, err := d.Ledger(ctx, "IRN", "PAK", dyad.Date{})
	if err != nil || len(ledger) != len(b.Entries) {
		t.Errorf("the ledger has %d entries and the brief %d (%v)", len(ledger), len(b.Entries), err)
	}
}

// What is overdue is news when its day has passed, and not for ever after.
func TestOverdueIsNewsOnce(t *testing.T) {
	d := kept(t, `{"id":"a","date":"2023-03-11","title":"Chad and Mali to reopen embassies","text":"Chad will send aid to Mali by 10 May 2023.","publisher":"Hill Post"}
{"id":"b","date":"2023-12-01","title":"Weather","text":"It rained in Chad.","publisher":"Hill Post"}`)
	for day, want := range map[string]int{"2023-05-20": 1, "2023-09-20": 0} {
		c, err := d.Changes(context.Background(), 30, date(t, day))
		if err != nil || len(c.Overdue) != want {
			t.Errorf("in the month before %s %d things became overdue (%v), want %d", day, len(c.Overdue), err, want)
		}
	}
}

// kept is a desk over stories.
func kept(t *testing.T, lines string) *desk.Desk {
	t.Helper()
	d := empty(t)
	path := filepath.Join(t.TempDir(), "stories.jsonl")
	if err := os.WriteFile(path, []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	keep(t, d, ingest.ReadFile(path, ingest.Options{}))
	return d
}

// A copy in the same outlet is no second story, one in another outlet is.
func TestCopiesAreNoFurtherReports(t *testing.T) {
	text := "French President Emmanuel Macron visited Chad on Monday. He held talks with his counterpart in the capital, and both leaders then walked through the old market, where the traders had hung out flags of the two countries."
	story := func(id, publisher string) string {
		return fmt.Sprintf(`{"id":%q,"date":"2024-03-05","title":"Macron in Chad","text":%q,"publisher":%q}`, id, text, publisher)
	}
	for _, c := range []struct {
		lines string
		want  int
	}{
		{story("a", "Hill Post"), 1},
		{story("a", "Hill Post") + "\n" + story("b", "Hill Post"), 1},
		{story("a", "Hill Post") + "\n" + story("b", "Hill Post") + "\n" + story("c", "Lake Times"), 2},
	} {
		d := kept(t, c.lines)
		visits, err := d.Visits(context.Background(), store.Filter{}, dyad.Date{})
		if err != nil || len(visits) != 1 || visits[0].Reports != c.want {
			t.Errorf("of %d stories: visits %+v (%v), want one told by %d", strings.Count(c.lines, "\n")+1, visits, err, c.want)
		}
		read, err := d.Coverage(context.Background())
		if err != nil || len(read) == 0 || read[len(read)-1].Stories != c.want {
			t.Errorf("of %d stories: read %+v (%v), want %d", strings.Count(c.lines, "\n")+1, read, err, c.want)
		}
	}
}

// A brief tells events of other projects, though no story tells of them.
func TestBriefOfImportedEvents(t *testing.T) {
	d := empty(t)
	d.Origins = []string{"icews"}
	var events store.Prepared
	for i := range 40 {
		event := dyad.Event{Type: "CONSULT", Quad: 1, Scale: 2.5, Actor: []dyad.Entity{{Code: "IND", Text: "India"}}, Recipient: []dyad.Entity{{Code: "PAK", Text: "Pakistan"}}}
		label := "Consult"
		if i%4 == 0 {
			event.Type, event.Quad, event.Scale, label = "ASSAULT", 4, -9, "Use conventional military force"
		}
		record := dyad.Record{Kind: dyad.KindEvent, ID: fmt.Sprintf("%016x", i+1), Date: relation.DateOf(16000 + int32(i)), DateBasis: dyad.BasisStated, Event: &event,
			Own: &dyad.Own{Origin: "icews", ID: fmt.Sprint(i), Code: "040", Label: label, Actor: "India", Recipient: "Pakistan", Publisher: "Lake Times"}}
		if err := events.Add(&record); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Store.Import(context.Background(), events); err != nil {
		t.Fatal(err)
	}
	b, err := d.Brief(context.Background(), "IND", "PAK", dyad.Date{}, dyad.Date{})
	if err != nil {
		t.Fatal(err)
	}
	document := b.Document()
	text := document.Plain()
	for _, want := range []string{"India attacked Pakistan", `which icews calls "Use conventional military force"`, "40 happenings in this time", "Lake Times", "happenings of less weight left out"} {
		if !strings.Contains(text, want) {
			t.Errorf("the brief has no %q:\n%s", want, text)
		}
	}
	if len(b.State.Movers) == 0 || strings.Contains(text, "Too little is told to say") || strings.Contains(text, "Nothing is told of the two") {
		t.Errorf("the brief tells no reason:\n%s", text)
	}
}
