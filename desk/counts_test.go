//go:build cgo

package desk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// randomEvents gives events of a few countries and days, so that they meet: several told
// by more than one story, with rebels, summits, what both did, and what never happened.
func randomEvents(chance *rand.Rand, n int) (records []dyad.Record, happenings map[uint64]uint64) {
	happenings = map[uint64]uint64{}
	one := func(of ...string) string { return of[chance.IntN(len(of))] }
	side := func(most int) (out []dyad.Entity) {
		for range 1 + chance.IntN(most) {
			out = append(out, dyad.Entity{Code: one("IRN", "PAK", "IND", "CHN", "IGO"), Sector: one("GOV", "GOV", "MIL", "REB", "")})
		}
		return out
	}
	for len(records) < n {
		types := []dyad.Event{{Type: "CONSULT", Mode: "visit", Quad: 1, Scale: 4}, {Type: "AID", Quad: 2, Scale: 7}, {Type: "ACCUSE", Quad: 3, Scale: -3}, {Type: "ASSAULT", Quad: 4, Scale: -9}, {Scale: 0}}
		event := types[chance.IntN(len(types))]
		event.Actor = side(3)
		if chance.IntN(3) > 0 {
			event.Recipient = side(2)
		}
		r := dyad.Record{Kind: dyad.KindEvent, Date: relation.DateOf(19000 + int32(chance.IntN(900))), DateBasis: dyad.BasisStated, Event: &event}
		switch chance.IntN(12) {
		case 0:
			r.Aux = []string{dyad.AuxFuture}
		case 1:
			r.Aux = []string{dyad.AuxNegation, dyad.AuxHistorical}
		case 2:
			r.Date.Day = 0
		case 3:
			r.Date = dyad.Date{}
		}
		number := chance.Uint64()
		first := number
		for range 1 + max(0, chance.IntN(6)-3) {
			r.ID = fmt.Sprintf("%016x", number)
			if number != first {
				happenings[number] = first
			}
			r.Happening = fmt.Sprintf("%016x", first)
			records = append(records, r)
			number = chance.Uint64()
		}
	}
	return records, happenings
}

// What the store counts is what package relation counts of the same records.
func TestStoreCountsAsRelationDoes(t *testing.T) {
	for seed := range uint64(4) {
		records, happenings := randomEvents(rand.New(rand.NewPCG(seed, 1)), 600)
		d := empty(t)
		ctx := context.Background()
		var entries []store.Entry
		for i, r := range records {
			entries = append(entries, store.Entry{Story: dyad.Story{ID: strconv.Itoa(i), Text: "Text.", Publisher: strconv.Itoa(i)}, Records: []dyad.Record{r}, Keys: []uint64{0}})
		}
		if err := d.Store.Add(ctx, entries); err != nil {
			t.Fatal(err)
		}
		if err := d.Store.SetHappenings(ctx, happenings); err != nil {
			t.Fatal(err)
		}
		compareCounts(t, d, relation.Acts(records))
	}
}

func compareCounts(t *testing.T, d *desk.Desk, acts []relation.Act) {
	t.Helper()
	ctx, on, since := context.Background(), relation.DateOf(19890), relation.DateOf(19700)
	acts = slices.DeleteFunc(acts, func(a relation.Act) bool { return a.Actor == a.Recipient })
	counts, err := d.Store.PairCounts(ctx, nil, on, 30, 25)
	if err != nil {
		t.Fatal(err)
	}
	got, want := map[string]bool{}, map[string]bool{}
	for _, n := range counts {
		got[fmt.Sprint(relation.PairOf(n.A, n.B), n.Period, n.Friendly, n.HostileWords, n.HostileDeeds)] = true
	}
	for _, n := range relation.Tallies(acts, on, 30) {
		if n.Period < 25 {
			want[fmt.Sprint(n.Pair, n.Period, n.Friendly, n.HostileWords, n.HostileDeeds)] = true
		}
	}
	same(t, "periods", got, want)

	kinds, err := d.Store.KindsSeen(ctx, nil, since)
	if err != nil {
		t.Fatal(err)
	}
	got, want = map[string]bool{}, map[string]bool{}
	for _, k := range kinds {
		got[fmt.Sprint(k.Actor, k.Recipient, k.Event, k.Mode, relation.DayOf(k.Before), relation.DayOf(k.First), k.Record)] = true
	}
	for _, k := range relation.SeenSince(acts, since) {
		want[fmt.Sprint(k.Actor, k.Recipient, k.Event, k.Mode, k.Before, k.First, k.Record)] = true
	}
	same(t, "first of their kind", got, want)

	// The state of a pair and its third parties, with the happenings that they name.
	p, err := d.Pair(ctx, "IRN", "PAK", relation.SeriesOptions{}, on)
	if err != nil {
		t.Fatal(err)
	}
	got, want = map[string]bool{}, map[string]bool{}
	for i := range p.Triads {
		got[told(&p.Triads[i])] = true
	}
	triads := relation.TriadsOf(relation.BetweenAll(acts, on), "IRN", "PAK", d.Reference.Issues(), d.Reference.Name)
	for i := range triads {
		want[told(&triads[i])] = true
	}
	same(t, "third parties", got, want)
	state := relation.StateOf(acts, nil, "IRN", "PAK", on)
	series, err := relation.SeriesOf(acts, "IRN", "PAK", relation.SeriesOptions{To: on}, nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "states", map[string]bool{fmt.Sprintf("%+v %+v", p.State.Recent, p.Series.Total): true}, map[string]bool{fmt.Sprintf("%+v %+v", state.Recent, series.Total): true})
}

func told(t *relation.Triad) string {
	text := t.Reading
	for _, tie := range []*relation.Tie{&t.AB, &t.AC, &t.BC} {
		text += fmt.Sprintf(" %v", tie.Segment)
		for _, a := range tie.Movers {
			text += fmt.Sprint(" ", a.Day, a.Happening, a.Record, a.Actor, a.Recipient, a.Scale, a.Quad, a.Mutual)
		}
	}
	return text
}

func same(t *testing.T, what string, got, want map[string]bool) {
	t.Helper()
	if len(want) == 0 {
		t.Errorf("no %s to compare", what)
	}
	for x := range got {
		if !want[x] {
			t.Errorf("%s: the store has %s", what, x)
		}
	}
	for x := range want {
		if !got[x] {
			t.Errorf("%s: the store has not %s", what, x)
		}
	}
}
