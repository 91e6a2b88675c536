package desk

import (
	"context"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

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
