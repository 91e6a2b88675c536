package store

import (
	"slices"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
)

// How a record changed from one coding of its story to another.
const (
	ChangeAdded   = "added"
	ChangeGone    = "gone"
	ChangeChanged = "changed" // the same words carry it, and it says something else
)

// A Change is what two codings of a story do not have in common.
type Change struct {
	What     string // ChangeAdded, ChangeGone or ChangeChanged
	Old, New *dyad.Record
}

// Record is the new record, or the old one where there is no new one.
func (c *Change) Record() *dyad.Record {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// Compare tells what changed from an old coding of a story to a new one. Records
// are the same when the same words of the same sentence carry them and they say the
// same, whatever rule made them and however sure it is. One of the same kind that
// the same words carry, or words that begin at the same place, and that says
// something else has changed. What changed is
// given in the order of the text.
func Compare(old, now []dyad.Record) []Change {
	matched := make([]bool, len(now))
	at := map[string][]int{} // by what they say and where, the new records
	for i := range now {
		key := says(&now[i])
		at[key] = append(at[key], i)
	}
	var rest []int
	for i := range old {
		key := says(&old[i])
		if same := at[key]; len(same) > 0 {
			matched[same[0]], at[key] = true, same[1:]
			continue
		}
		rest = append(rest, i)
	}
	var out []Change
	for _, carries := range []func(*dyad.Record) carrier{carrying, begin} {
		rest = pair(old, now, rest, matched, carries, func(i, j int) {
			out = append(out, Change{ChangeChanged, &old[i], &now[j]})
		})
	}
	for _, i := range rest {
		out = append(out, Change{What: ChangeGone, Old: &old[i]})
	}
	for i := range now {
		if !matched[i] {
			out = append(out, Change{What: ChangeAdded, New: &now[i]})
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return a.Record().Evidence.Start - b.Record().Evidence.Start })
	return out
}

// pair finds for each of the rest of the old records a new one that is not matched
// and that the same carries, and gives those old ones for which there is none.
func pair(old, now []dyad.Record, rest []int, matched []bool, carries func(*dyad.Record) carrier, give func(i, j int)) (left []int) {
	carried := map[carrier][]int{}
	for j := range now {
		if !matched[j] {
			c := carries(&now[j])
			carried[c] = append(carried[c], j)
		}
	}
	for _, i := range rest {
		c := carries(&old[i])
		others := carried[c]
		if len(others) == 0 {
			left = append(left, i)
			continue
		}
		matched[others[0]], carried[c] = true, others[1:]
		give(i, others[0])
	}
	return left
}

// A carrier is what carries a record in its story.
type carrier struct {
	kind dyad.Kind
	span dyad.Span
}

// carrying are the words that carry a record, or its sentence where no word of it does.
func carrying(r *dyad.Record) carrier {
	if r.Evidence.Trigger != (dyad.Span{}) {
		return carrier{r.Kind, r.Evidence.Trigger}
	}
	return carrier{r.Kind, r.Evidence.Span}
}

// begin is where these words begin: one rule may take "travelled", another
// "travelled to Lahore on Tuesday".
func begin(r *dyad.Record) carrier {
	c := carrying(r)
	c.span.End = c.span.Start
	return c
}

// says is what a record says and where, as text. How it was found does not belong
// to it, nor do ids, which are made of the rest.
func says(r *dyad.Record) string {
	bare := *r
	// What a place rests on, and the events that a visit is put together from, are how
	// it was found.
	bare.ID, bare.Codebook, bare.Confidence = "", "", 0
	bare.Reasons, bare.Mentions, bare.Reports, bare.Happening = nil, nil, nil, ""
	if r.Visit != nil {
		visit := *r.Visit
		visit.Outcomes = nil
		bare.Visit = &visit
	}
	if r.Event != nil && r.Event.Place != nil {
		event, place := *r.Event, *r.Event.Place
		place.Reason = ""
		event.Place = &place
		bare.Event = &event
	}
	line, err := format.JSON(&bare)
	if err != nil { // a number that is none: such a record is like no other
		return strings.Join([]string{r.ID, err.Error()}, " ")
	}
	return string(line)
}

// EventOf is the PLOVER event that a record tells of or expects, "" for none.
func EventOf(r *dyad.Record) string { return factsOf(r).event }
