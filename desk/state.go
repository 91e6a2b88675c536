package desk

import (
	"context"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/relation"
)

// State works out where a pair stands on a day, zero for that of its last event,
// without its series and third parties.
func (d *Desk) State(ctx context.Context, a, b string, on dyad.Date) (relation.State, error) {
	on, err := d.asOf(ctx, a, b, on)
	if err != nil {
		return relation.State{}, err
	}
	acts, err := d.actsOf(ctx, a, b, on)
	if err != nil {
		return relation.State{}, err
	}
	said, err := d.said(ctx, a, b, on)
	return relation.StateOf(acts, said, a, b, on), err
}
