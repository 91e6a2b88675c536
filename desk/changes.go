package desk

import (
	"context"
	"slices"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

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
