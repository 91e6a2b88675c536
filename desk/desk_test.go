//go:build cgo

package desk_test

import (
	"context"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

var update = flag.Bool("update", false, "write the golden brief anew")

// corpus makes a desk over the sample corpus.
func corpus(t *testing.T) *desk.Desk {
	t.Helper()
	d := empty(t)
	keep(t, d, ingest.ReadFile("../corpus/stories.jsonl", ingest.Options{}))
	return d
}

// empty makes a desk over a store in which there is nothing.
func empty(t *testing.T) *desk.Desk {
	t.Helper()
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(filepath.Join(t.TempDir(), "a.duckdb"), store.Write)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return desk.New(s, book, nil)
}

// keep codes stories and stores what they give.
func keep(t *testing.T, d *desk.Desk, stories iter.Seq2[dyad.Story, error]) {
	t.Helper()
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	model, err := nlp.Load()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	k := &pipeline.Keeper{Pipeline: pipeline.New(model, book), Store: d.Store}
	if err := k.Open(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Keep(ctx, stories); err != nil {
		t.Fatal(err)
	}
	if err := pipeline.Fold(ctx, d.Store); err != nil {
		t.Fatal(err)
	}
}

func date(t *testing.T, s string) dyad.Date {
	t.Helper()
	d, err := dyad.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The sample corpus tells of Iran and Pakistan what the facts are: strikes in January
// 2024, ambassadors back and a minister's visit soon after, a president's visit in
// April.
func TestSampleCorpus(t *testing.T) {
	d := corpus(t)
	ctx := context.Background()

	worst, err := d.Pair(ctx, "IRN", "PAK", relation.SeriesOptions{Step: relation.Month}, date(t, "2024-01-18"))
	if err != nil {
		t.Fatal(err)
	}
	later, err := d.Pair(ctx, "PAK", "IRN", relation.SeriesOptions{Step: relation.Month}, date(t, "2024-05-01"))
	if err != nil {
		t.Fatal(err)
	}
	if worst.State.Level != dyad.StateHostile || worst.State.Direction != dyad.DirectionWorsening {
		t.Errorf("on 18 January 2024 the pair is %q, want hostile and worsening", worst.State.Sentence)
	}
	if later.State.Direction != dyad.DirectionMending || later.State.Since.Month != 1 || later.State.Since.Year != 2024 {
		t.Errorf("in May 2024 the pair is %q, want mending since January 2024", later.State.Sentence)
	}
	if len(later.Triads) == 0 || later.Triads[0].Third != "IND" {
		t.Errorf("third parties are %+v, want India first", later.Triads)
	}

	changes, err := d.Changes(ctx, 30, date(t, "2024-01-31"))
	if err != nil {
		t.Fatal(err)
	}
	if len(changes.Moves) == 0 || changes.Moves[0].Pair.String() != "IRN-PAK" {
		t.Errorf("in January 2024 %+v moved most, want IRN-PAK", changes.Moves)
	}

	visits, err := d.Visits(ctx, store.Filter{Either: []string{"IRN-PAK"}}, dyad.Date{})
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, v := range visits {
		if v.Visitor == "IRN" && v.Host == "PAK" && v.Start == date(t, "2024-04-22") {
			found = v.Status == relation.VisitDone && v.Level == "head of state"
		}
	}
	if !found {
		t.Errorf("the president's visit of April 2024 is not among %+v", visits)
	}

	issue, err := d.Issue(ctx, "kashmir")
	if err != nil || len(issue.Holdings) < 2 {
		t.Errorf("on Kashmir %+v hold positions (%v), want Iran and Pakistan", issue.Holdings, err)
	}
	if _, err := d.Issue(ctx, "atlantis"); err == nil {
		t.Error("an issue that there is not gives no error")
	}

	ledger, err := d.Ledger(ctx, "IRN", "PAK", date(t, "2024-05-01"))
	if err != nil {
		t.Fatal(err)
	}
	met := false
	for _, e := range ledger {
		met = met || e.Status == dyad.StatusMet && e.Event == "CONSULT" && e.DecidedOn == date(t, "2024-04-22")
	}
	if !met {
		t.Errorf("no announcement of the visit of 22 April 2024 is met among %+v", ledger)
	}
}

// Nothing is told of two countries: an honest answer, and no number that is none.
func TestNothingIsTold(t *testing.T) {
	d := corpus(t)
	p, err := d.Pair(context.Background(), "FJI", "BOL", relation.SeriesOptions{}, dyad.Date{})
	if err != nil || p.State.Level != "" || !strings.Contains(p.State.Sentence, "too little evidence") {
		t.Errorf("of Fiji and Bolivia it is said %q (%v)", p.State.Sentence, err)
	}
	b, err := d.Brief(context.Background(), "FJI", "BOL", dyad.Date{}, dyad.Date{})
	if err != nil {
		t.Fatal(err)
	}
	document := b.Document()
	if text := document.Markdown() + document.HTML(); strings.Contains(text, "NaN") || strings.Contains(text, "%!") {
		t.Errorf("the brief of nothing has a number that is none:\n%s", text)
	}
}

// The brief of the sample corpus, word for word; go test ./desk -update writes it anew.
func TestGoldenBrief(t *testing.T) {
	d := corpus(t)
	b, err := d.Brief(context.Background(), "IRN", "PAK", date(t, "2023-06-01"), dyad.Date{})
	if err != nil {
		t.Fatal(err)
	}
	document := b.Document()
	got := document.Markdown()
	golden := "testdata/brief.md"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the brief differs from %s; read the difference, and write it anew with go test ./desk -update:\n%s", golden, got)
	}
}
