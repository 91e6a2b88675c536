// Package desk puts the questions of an analyst's desk to a store: where a pair
// stands, what was visited, expected and held, who else matters, what changed. It
// fetches what package relation works with, no more of it than a question needs,
// and adds nothing of its own.
package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

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

// gathered is what every question about a pair needs.
type gathered struct {
	acts     []relation.Act     // of the pair
	around   []relation.Between // between either and others, as far back as triads look
	coverage []relation.Coverage
}

// gather fetches it, all at once.
func (d *Desk) gather(ctx context.Context, a, b string, on dyad.Date) (gathered, error) {
	var g gathered
	var errs [3]error
	var wait sync.WaitGroup
	wait.Go(func() { g.acts, errs[0] = d.actsOf(ctx, a, b, on) })
	wait.Go(func() { g.around, errs[1] = d.around(ctx, a, b, on) })
	wait.Go(func() { g.coverage, errs[2] = d.Coverage(ctx) })
	wait.Wait()
	return g, errors.Join(errs[:]...)
}

// Acts gives the rows of a pair.
func (d *Desk) Acts(ctx context.Context, a, b string) ([]relation.Act, error) {
	return d.actsOf(ctx, a, b, dyad.Date{})
}

// actsOf gives the rows of a pair that were known on a day; of the zero Date all.
func (d *Desk) actsOf(ctx context.Context, a, b string, on dyad.Date) ([]relation.Act, error) {
	return d.acts(ctx, store.Filter{Either: []string{a + "-" + b}, Origin: d.Origins, Known: on})
}

// around gives what happened between either of a pair and others, up to a day and as
// far back as triads look.
func (d *Desk) around(ctx context.Context, a, b string, on dyad.Date) ([]relation.Between, error) {
	if on.IsZero() {
		return nil, nil
	}
	last := on.End()
	f := store.Filter{Either: []string{a, b}, Origin: d.Origins, From: relation.DateOf(relation.DayOf(last) - relation.TriadWindow + 1), To: last, Known: on}
	ties, err := d.Store.Ties(ctx, f)
	out := make([]relation.Between, len(ties))
	for i, t := range ties {
		out[i] = relation.Between{Pair: relation.PairOf(t.A, t.B), ByQuad: t.ByQuad, First: t.First, Last: t.Last}
		for j := range t.Heaviest {
			out[i].Heaviest = append(out[i].Heaviest, actOf(&t.Heaviest[j]))
		}
	}
	return out, err
}

func (d *Desk) acts(ctx context.Context, f store.Filter) ([]relation.Act, error) {
	var acts []relation.Act
	err := d.Store.Rows(ctx, f, func(r *store.Row) error {
		acts = append(acts, actOf(r))
		return nil
	})
	return acts, err
}

func actOf(r *store.Row) relation.Act {
	act := relation.Act{Day: relation.Undated, Quad: r.Quad, Aux: relation.Aux(r.Aux), Mutual: r.Mutual, Reports: int32(r.Reports),
		Scale: r.Scale, Actor: r.Actor, Recipient: r.Recipient, Event: r.Event, Mode: r.Mode, Record: r.Record, Happening: r.Happening}
	if r.Dated {
		act.Day = int32(r.Day)
	}
	switch r.Part {
	case "year":
		act.Precision = relation.PreciseYear
	case "month":
		act.Precision = relation.PreciseMonth
	}
	return act
}

// said gives what was claimed of a pair's relation up to a day.
func (d *Desk) said(ctx context.Context, a, b string, on dyad.Date) ([]relation.Said, error) {
	if !d.own() {
		return nil, nil // other projects code no claims
	}
	records, err := d.records(ctx, store.Filter{Either: []string{a + "-" + b}, Kinds: []dyad.Kind{dyad.KindClaim}, Known: on, Fold: true})
	return relation.SaidOf(records), err
}

// own reports whether dyad's own records count.
func (d *Desk) own() bool {
	return len(d.Origins) == 0 || slices.Contains(d.Origins, "dyad") || slices.Contains(d.Origins, "all")
}

// others reports whether events of other projects count.
func (d *Desk) others() bool {
	return slices.ContainsFunc(d.Origins, func(o string) bool { return o != "dyad" })
}

func (d *Desk) records(ctx context.Context, f store.Filter) ([]dyad.Record, error) {
	var out []dyad.Record
	for r, err := range d.Store.Records(ctx, f) {
		if err != nil {
			return nil, err
		}
		knownOn(&r, f.Known)
		out = append(out, r)
	}
	return out, nil
}

// knownOn leaves out reports that were published after a day. When the record is of
// one of these, the first of the others stands in its place.
func knownOn(r *dyad.Record, day dyad.Date) {
	if day.IsZero() || len(r.Reports) == 0 {
		return
	}
	day = day.End()
	r.Reports = slices.DeleteFunc(r.Reports, func(t dyad.Report) bool { return day.Before(t.Published) })
	if len(r.Reports) == 0 || slices.ContainsFunc(r.Reports, func(t dyad.Report) bool { return t.Record == r.ID }) {
		return
	}
	first := &r.Reports[0]
	r.ID, r.Story, r.Text = first.Record, first.Story, first.Text
}

// Coverage gives what was read on each day.
func (d *Desk) Coverage(ctx context.Context) ([]relation.Coverage, error) {
	if d.Covered != nil {
		return d.Covered(ctx)
	}
	volume, err := d.Store.Volume(ctx, d.Origins)
	out := make([]relation.Coverage, len(volume))
	for i, v := range volume {
		out[i] = relation.Coverage{Day: relation.DayOf(v.Day), Stories: v.Stories, Events: v.Events}
	}
	return out, err
}

// Brief makes the brief of a pair, of what is told from one day to another; on zero
// is the day of the last record.
func (d *Desk) Brief(ctx context.Context, a, b string, since, on dyad.Date) (relation.Brief, error) {
	on, err := d.asOf(ctx, a, b, on)
	if err != nil {
		return relation.Brief{}, err
	}
	in := relation.BriefInput{A: a, B: b, Since: since, On: on, Reference: d.Reference, Stories: map[string]relation.StorySource{}}
	got, err := d.gather(ctx, a, b, on)
	if err != nil {
		return relation.Brief{}, err
	}
	in.Acts, in.Around, in.Coverage = got.acts, got.around, got.coverage
	if d.own() {
		if err := d.addTold(ctx, &in); err != nil {
			return relation.Brief{}, err
		}
	}
	state := relation.StateOf(in.Acts, relation.SaidOf(in.Records), a, b, on)
	in.State = &state
	if d.others() {
		if err := d.addImported(ctx, &in); err != nil {
			return relation.Brief{}, err
		}
	}
	return relation.BriefOf(in)
}

// addTold adds the records of the stories that tell of a pair, and what names these.
func (d *Desk) addTold(ctx context.Context, in *relation.BriefInput) error {
	f := store.Filter{Telling: []string{in.A + "-" + in.B}, Known: in.On, Fold: true}
	var err error
	if in.Records, err = d.records(ctx, f); err != nil {
		return err
	}
	for st, err := range d.Store.Stories(ctx, store.Filter{Telling: f.Telling, PublishedTo: in.On}) {
		if err != nil {
			return err
		}
		in.Stories[st.ID] = relation.StorySource{Title: st.Title, Publisher: st.Publisher, URL: st.URL, Published: st.Published}
	}
	return nil
}

// addImported adds those events of other projects that the brief tells: of so many
// thousand it is few.
func (d *Desk) addImported(ctx context.Context, in *relation.BriefInput) error {
	ids := relation.WorthTelling(in.Acts, in.State, in.Since, in.On)
	if len(ids) == 0 {
		return nil
	}
	imported, err := d.Store.Named(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if r := imported[id]; r.Own != nil {
			in.Records = append(in.Records, r)
		}
	}
	return nil
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

// Changes is what is out of the ordinary.
type Changes struct {
	Since          dyad.Date                `json:"since"`
	On             dyad.Date                `json:"on"`
	Moves          []relation.Move          `json:"moves"` // those out of the ordinary, the farthest first
	Firsts         []relation.Seen          `json:"firsts"`
	Overdue        []relation.Entry         `json:"overdue"`
	Contradictions []relation.Contradiction `json:"contradictions"`
}

// Changes gives the pairs that moved most against their own past in the days up to
// one, what happened then for the first time in a year, what is overdue, and what
// one says and another denies.
func (d *Desk) Changes(ctx context.Context, days int, on dyad.Date) (Changes, error) {
	first, _, err := d.Store.Span(ctx, d.Origins)
	if err != nil {
		return Changes{}, err
	}
	if on.IsZero() {
		if on, err = d.LastDay(ctx); err != nil {
			return Changes{}, err
		}
	}
	c := Changes{Since: relation.DateOf(relation.DayOf(on) - int32(days) + 1), On: on}
	if on.IsZero() {
		return c, nil
	}
	past := min(relation.DefaultPast, int(relation.DayOf(on)-relation.DayOf(first))/days)
	if err := d.addMoves(ctx, &c, days, past); err != nil {
		return c, err
	}
	kinds, err := d.Store.KindsSeen(ctx, d.Origins, c.Since)
	if err != nil {
		return c, err
	}
	seen := make([]relation.Seen, 0, len(kinds))
	for _, k := range kinds {
		if k.First.Before(on) || k.First == on {
			seen = append(seen, relation.Seen{Actor: k.Actor, Recipient: k.Recipient, Event: k.Event, Mode: k.Mode,
				Before: relation.DayOf(k.Before), First: relation.DayOf(k.First), Record: k.Record})
		}
	}
	c.Firsts = relation.Firsts(seen, first)
	if !d.own() {
		return c, nil
	}
	return c, d.addSaid(ctx, &c)
}

// fewHappenings is the number in a period below which a pair is not measured against
// all that happened: in a small collection that is mostly itself.
const fewHappenings = 500

func (d *Desk) addMoves(ctx context.Context, c *Changes, days, past int) error {
	counts, err := d.Store.PairCounts(ctx, d.Origins, c.On, days, past+1)
	if err != nil {
		return err
	}
	tallies := make([]relation.Tally, len(counts))
	totals := make([]int, past+1)
	for i, n := range counts {
		tallies[i] = relation.Tally{Pair: relation.PairOf(n.A, n.B), Period: n.Period, Friendly: n.Friendly, HostileWords: n.HostileWords, HostileDeeds: n.HostileDeeds}
		if n.Period < len(totals) {
			totals[n.Period] += n.Friendly + n.HostileWords + n.HostileDeeds
		}
	}
	if slices.Max(totals) < fewHappenings {
		totals = nil
	}
	for _, m := range relation.Moves(tallies, past, totals) {
		if m.Score >= relation.Unusual || m.Score <= -relation.Unusual {
			c.Moves = append(c.Moves, m)
		}
	}
	return nil
}

// addSaid adds what has become overdue in the window, and what is denied among what
// was told in it.
func (d *Desk) addSaid(ctx context.Context, c *Changes) error {
	recent, err := d.records(ctx, store.Filter{Kinds: []dyad.Kind{dyad.KindEvent}, From: c.Since, To: c.On, Known: c.On, Fold: true})
	if err != nil {
		return err
	}
	c.Contradictions = relation.ContradictionsAmong(recent)
	return d.addOverdue(ctx, c)
}

// longestDue is how many days before it is due something may have been announced and
// still be looked for.
const longestDue = 3 * 365

// addOverdue adds what was due in the window and is not known to have been done: the
// embassies that were to open within two months of 10 March are news in May, not
// in every month from then on.
func (d *Desk) addOverdue(ctx context.Context, c *Changes) error {
	f := store.Filter{Kinds: []dyad.Kind{dyad.KindExpectation}, From: relation.DateOf(relation.DayOf(c.Since) - longestDue), To: c.On, Known: c.On, Fold: true}
	told, err := d.records(ctx, f)
	if err != nil {
		return err
	}
	told = slices.DeleteFunc(told, func(r dyad.Record) bool {
		due := r.Expectation.DueEnd
		if due.IsZero() {
			due = r.Expectation.Due.End()
		}
		return due.IsZero() || due.Before(c.Since) || !due.Before(c.On)
	})
	if len(told) == 0 {
		return nil
	}
	f = store.Filter{Kinds: []dyad.Kind{dyad.KindEvent}, From: told[0].Date, To: c.On, Known: c.On, Fold: true}
	for i := range told {
		for _, code := range relation.Codes(told[i].Expectation.Who) {
			if !slices.Contains(f.Either, code) {
				f.Either = append(f.Either, code)
			}
		}
	}
	if len(f.Either) == 0 {
		return nil
	}
	done, err := d.records(ctx, f)
	if err != nil {
		return err
	}
	for _, e := range relation.Ledger(append(told, done...), c.On) {
		if e.Status == dyad.StatusOverdue {
			c.Overdue = append(c.Overdue, e)
		}
	}
	return nil
}
