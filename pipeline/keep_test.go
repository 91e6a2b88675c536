package pipeline_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

func opened(t *testing.T) *store.DuckDB {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "a.duckdb"), store.Write)
	if err != nil {
		t.Skip(err) // built without a C compiler
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// keep keeps stories in one run, as a new keeper.
func keep(t *testing.T, p *pipeline.Pipeline, s *store.DuckDB, stories ...dyad.Story) pipeline.Kept {
	t.Helper()
	k := &pipeline.Keeper{Pipeline: p, Store: s}
	if err := k.Open(context.Background()); err != nil {
		t.Fatal(err)
	}
	kept, err := k.Keep(context.Background(), func(yield func(dyad.Story, error) bool) {
		for _, st := range stories {
			if !yield(st, nil) {
				return
			}
		}
	})
	if err == nil {
		err = pipeline.Fold(context.Background(), s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// dates gives by its story's id the date of each record, and the date of publication
// of each story.
func dates(t *testing.T, s *store.DuckDB) (records, published map[string]string) {
	t.Helper()
	records, published = map[string]string{}, map[string]string{}
	for r, err := range s.Coded(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		records[r.Story] = r.Date.String()
	}
	for st, err := range s.Stories(context.Background(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		published[st.ID] = st.Published.String() + " " + st.PublishedBasis
	}
	return records, published
}

// A story that was kept without a date takes the one that it comes with later, in
// this run or another, and is coded again as it is stored. One in another language
// takes it too, and is not coded.
func TestADateThatComesLater(t *testing.T) {
	p, s := newPipeline(t), opened(t)
	story := func(id string, published dyad.Date) dyad.Story {
		return dyad.Story{ID: id, Text: "Brennia condemned Aldoria on Tuesday.", Published: published}
	}
	never := dyad.Date{}
	keep(t, p, s, story("a", never), story("b", never), dyad.Story{ID: "fr", Text: "Rien ne va plus.", Language: "fr"})
	if records, _ := dates(t, s); records["a"] != "" {
		t.Fatalf("without a date of publication Tuesday is %s", records["a"])
	}
	a := story("a", may15)
	a.Text, a.PublishedBasis = "BRENNIA CONDEMNED   ALDORIA ON TUESDAY", dyad.PublishedGiven // for the same text, with other offsets
	kept := keep(t, p, s, a, story("c", never), story("c", may15), story("a", dyad.Date{Year: 2020}),
		dyad.Story{ID: "fr", Text: "Rien ne va plus.", Language: "fr", Published: may15})
	if kept.Stories != 1 || kept.Known != 4 || kept.Redated != 3 || kept.Failed != 0 {
		t.Errorf("%+v were kept, want one that is new and four known, of which three got a date", kept)
	}
	records, published := dates(t, s)
	for id, want := range map[string]string{"a": "2024-05-14", "b": "", "c": "2024-05-14", "fr": ""} {
		if records[id] != want {
			t.Errorf("the record of %s has the date %q, want %q", id, records[id], want)
		}
	}
	for id, want := range map[string]string{"a": "2024-05-15 " + dyad.PublishedGiven, "b": " ", "c": "2024-05-15 ", "fr": "2024-05-15 "} {
		if published[id] != want {
			t.Errorf("the story %s has the date %q, want %q", id, published[id], want)
		}
	}
	if got, want := said(t, s), "a event ACCUSE, b event ACCUSE, c event ACCUSE"; got != want {
		t.Errorf("records are %s, want %s", got, want)
	}
	verified(t, s)
}

// A recoding that was stopped has coded stories without the date that they have now.
func TestADateBeginsARecodingAnew(t *testing.T) {
	p, s := newPipeline(t), opened(t)
	ctx := context.Background()
	undated := condemned("a")
	undated.Published = dyad.Date{}
	keep(t, p, s, undated, condemned("b"))
	if _, err := s.BeginRecoding(ctx, "one"); err != nil {
		t.Fatal(err)
	}
	if err := s.AddRecoded(ctx, []store.Recoded{{Number: 1}}); err != nil {
		t.Fatal(err)
	}
	keep(t, p, s, condemned("b"))
	if r, err := s.BeginRecoding(ctx, "one"); err != nil || r.Done != 1 {
		t.Errorf("it begins at %+v (%v), want one done", r, err)
	}
	keep(t, p, s, condemned("a"))
	if r, err := s.BeginRecoding(ctx, "one"); err != nil || r.Done != 0 {
		t.Errorf("after a story got a date it begins at %+v (%v), want none done", r, err)
	}
}

// What fails with its date keeps the records that it had, and is listed.
func TestADateWithAFailure(t *testing.T) {
	s := kept(t, condemned("a"))
	ctx := context.Background()
	failure := dyad.Failure{Story: "a", Stage: "coder", Error: "the stage failed"}
	redated := store.Recoded{Number: 1, Note: "failed in coder", Failures: []dyad.Failure{failure}, Published: dyad.Date{Year: 2023, Month: 2}}
	if err := s.Redate(ctx, []store.Recoded{redated}); err != nil {
		t.Fatal(err)
	}
	if _, published := dates(t, s); published["a"] != "2023-02 " || said(t, s) != "a refusal" {
		t.Errorf("the story has the date %q and the records %s", published["a"], said(t, s))
	}
	if failures, err := s.Failures(ctx, false); err != nil || len(failures) != 1 {
		t.Errorf("the failures are %v (%v)", failures, err)
	}
	if err := s.Redate(ctx, []store.Recoded{{Number: 1, Published: may15}}); err != nil {
		t.Fatal(err)
	}
	if failures, err := s.Failures(ctx, false); err != nil || len(failures) != 0 {
		t.Errorf("after a coding that succeeded the failures are %v (%v)", failures, err)
	}
}
