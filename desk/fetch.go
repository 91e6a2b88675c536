package desk

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

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
