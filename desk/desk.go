// Package desk puts the questions of an analyst's desk to a store: where a pair
// stands, what was visited, expected and held, who else matters, what changed. It
// fetches what package relation works with, no more of it than a question needs,
// and adds nothing of its own.
package desk

import (
	"context"
	"fmt"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// A Desk asks a store. It is read-only and safe for use by several goroutines.
type Desk struct {
	Store     *store.DuckDB
	Reference *relation.Reference
	// Origins are the projects whose events count: none means dyad's own.
	Origins []string
	// Covered gives what was read on each day in place of the store, when it is not nil:
	// it is the same for every pair, and who asks often remembers it.
	Covered func(context.Context) ([]relation.Coverage, error)
}

// New makes a desk over a store.
func New(s *store.DuckDB, book *codebook.Codebook, origins []string) *Desk {
	return &Desk{Store: s, Reference: relation.NewReference(book), Origins: origins}
}

// A Pair is where two countries stand.
type Pair struct {
	State  relation.State   `json:"state"`
	Series relation.Series  `json:"series"`
	Triads []relation.Triad `json:"triads"`
}

// Pair works out where a pair stands on a day, zero for that of its last event, with
// its series and third parties. The day of the state is also the last of the series
// unless its options say otherwise.
func (d *Desk) Pair(ctx context.Context, a, b string, o relation.SeriesOptions, on dyad.Date) (Pair, error) {
	var p Pair
	on, err := d.asOf(ctx, a, b, on)
	if err != nil {
		return p, err
	}
	got, err := d.gather(ctx, a, b, on)
	if err != nil {
		return p, err
	}
	said, err := d.said(ctx, a, b, on)
	if err != nil {
		return p, err
	}
	p.State = relation.StateOf(got.acts, said, a, b, on)
	if o.To.IsZero() {
		o.To = on
	}
	if p.Series, err = relation.SeriesOf(got.acts, a, b, o, got.coverage); err != nil {
		return p, err
	}
	p.Triads = relation.TriadsOf(got.around, a, b, d.Reference.Issues(), d.Reference.Name)
	return p, nil
}

// asOf is the day as of which a pair is asked about, when none is named: the last one
// of its events or on which a story told of it, or else of all.
func (d *Desk) asOf(ctx context.Context, a, b string, on dyad.Date) (dyad.Date, error) {
	if !on.IsZero() {
		return on, nil
	}
	last, err := d.lastOf(ctx, store.Filter{Either: []string{a + "-" + b}, Origin: d.Origins})
	if err != nil || !last.IsZero() {
		return last, err
	}
	return d.LastDay(ctx)
}

// LastDay is the last day of all that is stored: of an event, or on which a story was
// published that gave one.
func (d *Desk) LastDay(ctx context.Context) (dyad.Date, error) {
	return d.lastOf(ctx, store.Filter{Origin: d.Origins})
}

func (d *Desk) lastOf(ctx context.Context, f store.Filter) (dyad.Date, error) {
	_, last, err := d.Store.SpanOf(ctx, f)
	if err != nil || !d.own() {
		return last, err
	}
	told, err := d.Store.LastTold(ctx, f)
	if last.Before(told) {
		last = told
	}
	return last, err
}

// Visits gives the visits among records that a filter lets through, as of a day.
func (d *Desk) Visits(ctx context.Context, f store.Filter, on dyad.Date) ([]relation.Visit, error) {
	f.Kinds = []dyad.Kind{dyad.KindEvent, dyad.KindVisit, dyad.KindExpectation}
	f.Fold, f.Known = true, on
	records, err := d.records(ctx, f)
	return relation.VisitsAmong(records, on), err
}

// Ledger gives what was expected of a pair, or of one country, and what became of it
// as of a day. Of a pair it is what the brief tells of: also what one of the two is
// expected to do, in stories that tell of both.
func (d *Desk) Ledger(ctx context.Context, a, b string, on dyad.Date) ([]relation.Entry, error) {
	f := store.Filter{Either: []string{a}, Kinds: []dyad.Kind{dyad.KindEvent, dyad.KindExpectation}, Known: on, Fold: true}
	if b != "" {
		var err error
		if on, err = d.asOf(ctx, a, b, on); err != nil {
			return nil, err
		}
		f = store.Filter{Telling: []string{a + "-" + b}, Known: on, Fold: true}
	}
	records, err := d.records(ctx, f)
	if err != nil {
		return nil, err
	}
	if b != "" {
		return relation.PairLedger(records, a, b, on), nil
	}
	return relation.Concerning(relation.Ledger(records, on), a), nil
}

// An Issue is who holds what on an issue, and what happens between whom over it.
type Issue struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Holdings []relation.Holding `json:"holdings"`
	Grid     []relation.Square  `json:"grid"`
}

// Issue gives the positions on an issue and the pairs that it moves.
func (d *Desk) Issue(ctx context.Context, id string) (Issue, error) {
	if d.Reference.Issue(id) == nil {
		return Issue{}, fmt.Errorf("the codebook has no issue %q", id)
	}
	records, err := d.records(ctx, store.Filter{Issue: []string{id}, Fold: true})
	if err != nil {
		return Issue{}, err
	}
	issue := Issue{ID: id, Name: d.Reference.IssueName(id)}
	for _, h := range relation.Holdings(records) {
		if h.Issue == id {
			issue.Holdings = append(issue.Holdings, h)
		}
	}
	for _, s := range relation.Grid(records) {
		if s.Issue == id {
			issue.Grid = append(issue.Grid, s)
		}
	}
	return issue, nil
}
