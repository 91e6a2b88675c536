package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

// kept makes a store of stories that are not coded yet: each has a record that no
// codebook gives.
func kept(t *testing.T, stories ...dyad.Story) *store.DuckDB {
	t.Helper()
	s := opened(t)
	var entries []store.Entry
	for i, st := range stories {
		old := dyad.Record{Kind: dyad.KindRefusal, ID: fmt.Sprintf("%016x", i+1), Story: st.ID, Text: st.Text, Codebook: "old",
			Evidence: dyad.Evidence{Sequence: 1, Span: dyad.Span{End: len(st.Text)}}, Refusal: &dyad.Refusal{Reason: "sport"}}
		entries = append(entries, store.Entry{Story: st, Records: []dyad.Record{old}, Keys: []uint64{0}})
	}
	if err := s.Add(context.Background(), entries); err != nil {
		t.Fatal(err)
	}
	return s
}

// said lists the records as "story kind event", joined by commas.
func said(t *testing.T, s *store.DuckDB) string {
	t.Helper()
	var out []string
	for r, err := range s.Coded(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.TrimSpace(r.Story+" "+string(r.Kind)+" "+store.EventOf(&r)))
	}
	return strings.Join(out, ", ")
}

func verified(t *testing.T, s *store.DuckDB) {
	t.Helper()
	if _, err := s.Verify(context.Background(), func(fault string) { t.Error(fault) }, nil); err != nil {
		t.Fatal(err)
	}
}

func condemned(id string) dyad.Story {
	return dyad.Story{ID: id, Text: "Brennia condemned Aldoria.", Published: may15}
}

// All stories are coded again but those in another language, and what changed is
// told.
func TestRecode(t *testing.T) {
	p := newPipeline(t)
	s := kept(t, condemned("a"), condemned("b"), dyad.Story{ID: "empty", Text: "Nothing happened.", Published: may15})
	ctx := context.Background()
	foreign := store.Entry{Story: dyad.Story{ID: "fr", Text: "Rien.", Language: "fr"}, Note: "language fr"}
	if err := s.Add(ctx, []store.Entry{foreign}); err != nil {
		t.Fatal(err)
	}
	changes, err := pipeline.Recode(ctx, p, s, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(changes), "[{added event ACCUSE 2} {gone refusal  3}]"; got != want {
		t.Errorf("changes are %s, want %s", got, want)
	}
	if got, want := said(t, s), "a event ACCUSE, b event ACCUSE"; got != want {
		t.Errorf("records are %s, want %s", got, want)
	}
	verified(t, s)
	var lines []string
	for c, err := range s.Changes(ctx, []string{"ACCUSE"}) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, c.What+" "+c.New.Story)
	}
	if got, want := strings.Join(lines, ", "), "added a, added b"; got != want {
		t.Errorf("the changes of ACCUSE are %s, want %s", got, want)
	}
	changes, err = pipeline.Recode(ctx, p, s, 2, nil)
	if err != nil || len(changes) != 0 {
		t.Errorf("coding again with the same codebook changes %v (%v)", changes, err)
	}
}

// A recoding that was stopped leaves the old records, and goes on where it stopped.
func TestRecodeGoesOn(t *testing.T) {
	p := newPipeline(t)
	var stories []dyad.Story
	for i := range 600 {
		stories = append(stories, condemned(fmt.Sprintf("s%03d", i)))
	}
	s := kept(t, stories...)
	before := said(t, s)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := pipeline.Recode(ctx, p, s, 2, func(done, all int64) {
		if all != 600 {
			t.Errorf("%d stories are to be coded, want 600", all)
		}
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("a recoding that was stopped gives %v", err)
	}
	if got := said(t, s); got != before {
		t.Error("a recoding that was stopped changed what is asked")
	}
	verified(t, s)
	first := int64(-1)
	changes, err := pipeline.Recode(context.Background(), p, s, 2, func(done, _ int64) {
		if first < 0 {
			first = done
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if first < 1 || first >= 600 {
		t.Errorf("the second call began after %d stories, want some and not all", first)
	}
	if got, want := fmt.Sprint(changes), "[{added event ACCUSE 600} {gone refusal  600}]"; got != want {
		t.Errorf("changes are %s, want %s", got, want)
	}
	verified(t, s)
}

// What was done with another codebook is begun anew.
func TestAnotherCodebookBeginsAnew(t *testing.T) {
	s := kept(t, condemned("a"), condemned("b"))
	ctx := context.Background()
	if _, err := s.BeginRecoding(ctx, "one"); err != nil {
		t.Fatal(err)
	}
	if err := s.AddRecoded(ctx, []store.Recoded{{Number: 1}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		codebook string
		done     int64
	}{{"one", 1}, {"two", 0}} {
		if r, err := s.BeginRecoding(ctx, c.codebook); err != nil || r.Done != c.done || r.Stories != 2 {
			t.Errorf("with the codebook %s it begins at %+v (%v), want %d done of 2", c.codebook, r, err, c.done)
		}
	}
}

// A story that fails keeps the records that it had, and says that it failed.
func TestAFailedStoryKeepsItsRecords(t *testing.T) {
	s := kept(t, condemned("a"), condemned("b"))
	ctx := context.Background()
	failure := dyad.Failure{Story: "a", Stage: "coder", Error: "the stage failed"}
	if _, err := s.BeginRecoding(ctx, "one"); err != nil {
		t.Fatal(err)
	}
	if err := s.AddRecoded(ctx, []store.Recoded{{Number: 1, Note: "failed in coder", Failures: []dyad.Failure{failure}}, {Number: 2}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.FinishRecoding(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := said(t, s); got != "a refusal" {
		t.Errorf("records are %s, want those of a only", got)
	}
	failures, err := s.Failures(ctx, false)
	if err != nil || len(failures) != 1 {
		t.Fatalf("the failures are %v (%v)", failures, err)
	}
	// The next coding that succeeds solves it.
	p := newPipeline(t)
	if _, err := pipeline.Recode(ctx, p, s, 1, nil); err != nil {
		t.Fatal(err)
	}
	if failures, err = s.Failures(ctx, false); err != nil || len(failures) != 0 {
		t.Errorf("after a coding that succeeded the failures are %v (%v)", failures, err)
	}
	if got := said(t, s); got != "a event ACCUSE, b event ACCUSE" {
		t.Errorf("records are %s", got)
	}
	verified(t, s)
}

// One story is coded again, and is folded with the others again.
func TestCodeAgain(t *testing.T) {
	p := newPipeline(t)
	s := kept(t, condemned("a"), condemned("b"))
	ctx := context.Background()
	if err := pipeline.Fold(ctx, s); err != nil {
		t.Fatal(err)
	}
	failures, err := pipeline.CodeAgain(ctx, p, s, []string{"a", "gone"})
	if err != nil || len(failures) != 1 || len(failures["a"]) != 0 {
		t.Fatalf("coding a again gives %v (%v)", failures, err)
	}
	if got := said(t, s); got != "a event ACCUSE, b refusal" {
		t.Errorf("records are %s", got)
	}
	if n, err := s.Unfolded(ctx); err != nil || n != 2 {
		t.Errorf("%d stories are to be folded again (%v), want 2", n, err)
	}
	if err := pipeline.Fold(ctx, s); err != nil {
		t.Fatal(err)
	}
	verified(t, s)
}
