package desk

import (
	"context"
	"slices"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// LastDayOf is the day as of which a pair is asked about when none is named: the last one
// of its events or on which a story told of it, or else of all.
func (d *Desk) LastDayOf(ctx context.Context, a, b string) (dyad.Date, error) {
	return d.asOf(ctx, a, b, dyad.Date{})
}

// Over gives the series of a pair over an issue, and the days from about which they
// behaved otherwise over it, out of what was known on a day.
func (d *Desk) Over(ctx context.Context, a, b, issue string, o relation.SeriesOptions, on dyad.Date) (relation.Series, []relation.Change, error) {
	acts, err := d.acts(ctx, store.Filter{Either: []string{a + "-" + b}, Issue: []string{issue}, Origin: d.Origins, Known: on})
	if err != nil {
		return relation.Series{}, nil, err
	}
	coverage, err := d.Coverage(ctx)
	if err != nil {
		return relation.Series{}, nil, err
	}
	s, err := relation.SeriesOf(acts, a, b, o, coverage)
	if today := relation.DayOf(on); !on.IsZero() {
		acts = slices.DeleteFunc(acts, func(x relation.Act) bool { return x.Day > today })
	}
	changes, _ := relation.ChangesOf(acts, a, b)
	return s, changes, err
}
