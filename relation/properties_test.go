package relation

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/opendyad/dyad"
	"pgregory.net/rapid"
)

// actsOf draws rows of a pair and of others, with few days and happenings, so that
// they meet.
func actsOf(t *rapid.T) []Act {
	n := rapid.IntRange(0, 60).Draw(t, "rows")
	acts := make([]Act, n)
	codes := rapid.SampledFrom([]string{"ALD", "BRE", "COR"})
	events := rapid.SampledFrom([]string{"CONSULT", "AGREE", "COOPERATE", "ACCUSE", "ASSAULT", ""})
	for i := range acts {
		a := &acts[i]
		a.Day = rapid.Int32Range(19000, 19400).Draw(t, "day")
		if rapid.IntRange(0, 19).Draw(t, "dated") == 0 {
			a.Day = Undated
		}
		a.Precision = Precision(rapid.SampledFrom([]int{0, 0, 0, 0, 1, 2}).Draw(t, "precision"))
		a.Aux = Aux(rapid.SampledFrom([]int{0, 0, 0, 1, 2, 4, 8, 10}).Draw(t, "aux"))
		a.Quad = uint8(rapid.IntRange(0, 5).Draw(t, "quad"))
		a.Scale = rapid.SampledFrom([]float32{-9.5, -2, 0, 2.5, 10, float32(math.NaN()), float32(math.Inf(1))}).Draw(t, "scale")
		a.Reports = rapid.Int32Range(-1, 9).Draw(t, "reports")
		a.Actor, a.Recipient, a.Event = codes.Draw(t, "actor"), codes.Draw(t, "recipient"), events.Draw(t, "event")
		a.Record = rapid.StringMatching(`[a-f][0-9]`).Draw(t, "record")
		if rapid.Bool().Draw(t, "folded") {
			a.Happening = rapid.StringMatching(`h[0-9]`).Draw(t, "happening")
		}
	}
	return acts
}

// a picture is all that is worked out of rows.
type picture struct {
	Series   Series
	State    State
	Segments []Segment
}

func pictureOf(t *rapid.T, acts []Act, a, b string) picture {
	s, err := SeriesOf(acts, a, b, SeriesOptions{Step: Week}, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, segments := ChangesOf(acts, a, b)
	return picture{s, StateOf(acts, nil, a, b, dyad.Date{}), segments}
}

func TestOrderChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		acts := actsOf(t)
		shuffled := slices.Clone(acts)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(acts), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if same, other := pictureOf(t, acts, "ALD", "BRE"), pictureOf(t, shuffled, "ALD", "BRE"); !alike(same, other) {
			t.Fatalf("another order gives another picture:\n%+v\n%+v", same, other)
		}
	})
}

func TestTheSameStoryTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		acts := actsOf(t)
		again := append(slices.Clone(acts), acts...)
		if same, other := pictureOf(t, acts, "ALD", "BRE"), pictureOf(t, again, "ALD", "BRE"); !alike(same, other) {
			t.Fatalf("the same rows again give another picture:\n%+v\n%+v", same, other)
		}
	})
}

func TestSwappingThePairMirrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		acts := actsOf(t)
		one, other := pictureOf(t, acts, "ALD", "BRE"), pictureOf(t, acts, "BRE", "ALD")
		other.Series.A, other.Series.B = other.Series.B, other.Series.A
		for i := range other.Series.Periods {
			p := &other.Series.Periods[i]
			p.AB, p.BA = p.BA, p.AB
		}
		if !alike(one, other) {
			t.Fatalf("the pair the other way round is no mirror:\n%+v\n%+v", one, other)
		}
	})
}

func TestTakingARecordAwayUndoesItsEffect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		acts := actsOf(t)
		added := Act{Day: rapid.Int32Range(19000, 19400).Draw(t, "new day"), Quad: 4, Scale: -9, Actor: "ALD", Recipient: "BRE", Event: "ASSAULT", Record: "new"}
		before := pictureOf(t, acts, "ALD", "BRE")
		more := pictureOf(t, append(slices.Clone(acts), added), "ALD", "BRE")
		if got, want := more.Series.Total.Count, before.Series.Total.Count+1; got != want {
			t.Fatalf("with one more happening there are %d, not %d", got, want)
		}
		without := slices.DeleteFunc(append(slices.Clone(acts), added), func(a Act) bool { return a.Record == "new" })
		if after := pictureOf(t, without, "ALD", "BRE"); !alike(before, after) {
			t.Fatalf("what a record did is not undone:\n%+v\n%+v", before, after)
		}
	})
}

func TestNothingIsEverNaN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if where := notANumber(reflect.ValueOf(pictureOf(t, actsOf(t), "ALD", "BRE")), "picture"); where != "" {
			t.Fatal(where)
		}
	})
}

// alike compares pictures; rows may carry a score that is no number, which equals
// nothing, so movers are compared by their record.
func alike(a, b picture) bool {
	return reflect.DeepEqual(withNumbers(a), withNumbers(b))
}

// withNumbers gives a picture with the scores of its movers in numbers.
func withNumbers(p picture) picture {
	p.State.Movers = slices.Clone(p.State.Movers)
	for i := range p.State.Movers {
		p.State.Movers[i].Scale = float32(score(&p.State.Movers[i]))
	}
	return p
}

// notANumber says where a value holds a float that is none, leaving out the rows'
// own scores.
func notANumber(v reflect.Value, at string) string {
	switch v.Kind() {
	case reflect.Float64:
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			return at + " is no number"
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if where := notANumber(v.Field(i), at+"."+v.Type().Field(i).Name); where != "" {
				return where
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if where := notANumber(v.Index(i), at); where != "" {
				return where
			}
		}
	}
	return ""
}
