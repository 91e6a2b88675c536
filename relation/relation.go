// Package relation works out where a pair of countries stands from what is recorded
// of it: series over time, state and direction with the events that moved it,
// visits, what was expected and became of it, positions on issues, third parties,
// claims that reference data can check, and the brief that tells all of this.
//
// Everything is a function of values: records or rows of them go in, structs come
// out; nothing is read or kept. The order in which rows come in changes nothing, and
// a happening told by ten stories counts once. docs/relation.md gives each measure's
// formula, source, parameters and limits.
package relation

import (
	"cmp"
	"slices"

	"github.com/opendyad/dyad"
)

// Undated is the day of what has no date.
const Undated = -1 << 31

// Aux is the auxiliary modes of a row as bits, the same that the store keeps.
type Aux uint8

// The auxiliary modes. A row with none of them tells of something that happened.
const (
	Historical Aux = 1 << iota
	Future
	Hypothetical
	Negation
)

// Precision says how much of a row's date is known.
type Precision uint8

// The precisions: a day, "in April 2024", "in 2024".
const (
	PreciseDay Precision = iota
	PreciseMonth
	PreciseYear
)

// An Act is one directed row of an event: "Iran struck Pakistan" is one, "Iran and
// Pakistan signed an agreement" is two, one each way, with one happening.
type Act struct {
	Day       int32 // days since 1970, the first of a month or year; Undated
	Precision Precision
	Quad      uint8 // 1 to 4; 0 where PLOVER has no event for it
	Aux       Aux
	Mutual    bool  // both did it together
	Reports   int32 // of the happening; 0 where nobody counted: then rows are counted
	Scale     float32
	Actor     string
	Recipient string
	Event     string
	Mode      string
	Record    string // id of the record
	Happening string // what all reports of it share; "" when the record stands alone
}

// Actual reports whether the row tells of something that happened, in the time told.
func (a *Act) Actual() bool { return a.Aux == 0 }

// happening is what the row counts as.
func (a *Act) happening() string {
	if a.Happening != "" {
		return a.Happening
	}
	return a.Record
}

// maxParties is how many countries may do something together and still have rows: a
// summit of twenty would be 380 rows that say little of any pair.
const maxParties = 6

// Acts gives the rows of events among records: one for each directed pair of
// countries, where the actors did it to the recipients, or to one another.
func Acts(records []dyad.Record) []Act {
	var acts []Act
	for i := range records {
		r := &records[i]
		if r.Event == nil {
			continue
		}
		act := Act{Day: DayOf(r.Date), Precision: precisionOf(r.Date), Quad: uint8(max(0, min(4, r.Event.Quad))), Aux: AuxOf(r.Aux),
			Reports: int32(len(r.Reports)), Scale: float32(r.Event.Scale), Event: r.Event.Type, Mode: r.Event.Mode, Record: r.ID, Happening: r.Happening}
		actors, recipients := Codes(r.Event.Actor), Codes(r.Event.Recipient)
		together := len(recipients) == 0
		if together {
			recipients = actors
		}
		if len(actors) > maxParties || len(recipients) > maxParties {
			continue
		}
		for _, actor := range actors {
			for _, recipient := range recipients {
				// "Iran and Pakistan agreed with Pakistan" is nothing within Pakistan.
				if actor == recipient && len(actors) > 1 || actor == recipient && together {
					continue
				}
				act.Actor, act.Recipient = actor, recipient
				act.Mutual = slices.Contains(actors, recipient) && slices.Contains(recipients, actor) && actor != recipient
				acts = append(acts, act)
			}
		}
	}
	return acts
}

// AuxOf gives auxiliary modes as bits.
func AuxOf(modes []string) (aux Aux) {
	for _, m := range modes {
		switch m {
		case dyad.AuxHistorical:
			aux |= Historical
		case dyad.AuxFuture:
			aux |= Future
		case dyad.AuxHypothetical:
			aux |= Hypothetical
		case dyad.AuxNegation:
			aux |= Negation
		}
	}
	return aux
}

// Codes gives the countries and kinds of body among entities, each once, in order.
func Codes(entities []dyad.Entity) []string {
	var codes []string
	for i := range entities {
		if code := entities[i].Code; code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// A Pair is two countries in alphabetical order.
type Pair struct{ A, B string }

// PairOf gives the pair of two countries, whichever way round they are named.
func PairOf(a, b string) Pair {
	if b < a {
		a, b = b, a
	}
	return Pair{a, b}
}

// String writes a pair as "IRN-PAK".
func (p Pair) String() string { return p.A + "-" + p.B }

// of reports whether the row is between the two, either way.
func (p Pair) of(a *Act) bool {
	return a.Actor == p.A && a.Recipient == p.B || a.Actor == p.B && a.Recipient == p.A
}

// between gives the rows of a pair in one order, whatever order they came in: by day,
// happening, direction and record.
func between(acts []Act, pair Pair) []Act {
	var out []Act
	for i := range acts {
		if pair.of(&acts[i]) {
			out = append(out, acts[i])
		}
	}
	slices.SortFunc(out, compareActs)
	return out
}

func compareActs(a, b Act) int {
	return cmp.Or(cmp.Compare(a.happening(), b.happening()), cmp.Compare(a.Aux, b.Aux), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Record, b.Record),
		cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Recipient, b.Recipient), cmp.Compare(a.Event, b.Event), cmp.Compare(a.Mode, b.Mode),
		cmp.Compare(a.Scale, b.Scale), cmp.Compare(a.Quad, b.Quad), cmp.Compare(a.Reports, b.Reports), cmp.Compare(a.Precision, b.Precision))
}

// fold keeps one row of each happening, or one for each direction of it, of rows as
// between gives them. Reports are those that somebody counted, else the different
// records of the happening. What actually happened stands before what was only
// expected; otherwise the earliest row stands for the others. The result is by day.
func fold(acts []Act, directed bool) []Act {
	var out []Act
	for from := 0; from < len(acts); {
		to := from + 1
		for to < len(acts) && acts[to].happening() == acts[from].happening() {
			to++
		}
		group := acts[from:to]
		reports := reportsOf(group)
		kept := len(out)
		for _, a := range group {
			seen := slices.ContainsFunc(out[kept:], func(k Act) bool { return !directed || k.Actor == a.Actor })
			if !seen {
				a.Reports = reports
				out = append(out, a)
			}
		}
		from = to
	}
	slices.SortStableFunc(out, func(a, b Act) int { return cmp.Compare(a.Day, b.Day) })
	return out
}

func reportsOf(group []Act) int32 {
	var counted, records int32
	last := ""
	for i := range group {
		counted = max(counted, group[i].Reports)
		if i == 0 || group[i].Record != last {
			records++
		}
		last = group[i].Record
	}
	return max(counted, records)
}
