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
	"strings"

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
		act := Act{Day: DayOf(r.Date), Precision: precisionOfRecord(r), Quad: uint8(max(0, min(4, r.Event.Quad))), Aux: AuxOf(r.Aux),
			Reports: int32(len(r.Reports)), Scale: float32(r.Event.Scale), Event: r.Event.Type, Mode: r.Event.Mode, Record: r.ID, Happening: r.Happening}
		actors, recipients := Codes(stateSide(r.Event.Actor)), Codes(stateSide(r.Event.Recipient))
		together := len(r.Event.Recipient) == 0
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

// Rebels reports whether a sector is one of those who fight their own state or any:
// what is done by them or to them is not done by or to that state. "Pakistan blamed
// Jaish al-Adl" is nothing hostile to Iran.
func Rebels(sector string) bool {
	switch sector {
	case "REB", "SEP", "UAF":
		return true
	}
	return false
}

// stateSide leaves out rebels from one side of an event.
func stateSide(entities []dyad.Entity) []dyad.Entity {
	for i := range entities {
		if Rebels(entities[i].Sector) {
			return slices.DeleteFunc(slices.Clone(entities), func(e dyad.Entity) bool { return Rebels(e.Sector) })
		}
	}
	return entities
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

// groups are the rows of a pair put together by happening, whatever order they came
// in; within a happening they stand in one order.
type groups struct {
	acts []Act
	rows []int32 // numbers of rows, happening by happening
	ends []int32 // where each happening ends in rows
}

func groupsOf(acts []Act, pair Pair) groups {
	var ours []int32 // numbers of the pair's rows
	for i := range acts {
		if pair.of(&acts[i]) {
			ours = append(ours, int32(i))
		}
	}
	numbers := make(map[string]int32, len(ours))
	of := make([]int32, len(ours)) // the number of each row's happening
	var sizes []int32
	for i, row := range ours {
		id := acts[row].happening()
		n, seen := numbers[id]
		if !seen {
			n = int32(len(sizes))
			numbers[id] = n
			sizes = append(sizes, 0)
		}
		of[i] = n
		sizes[n]++
	}
	g := groups{acts: acts, rows: make([]int32, len(ours)), ends: make([]int32, len(sizes))}
	next := int32(0)
	for n, size := range sizes {
		g.ends[n], next = next, next+size
	}
	for i, row := range ours {
		g.rows[g.ends[of[i]]] = row
		g.ends[of[i]]++
	}
	for n, end := range g.ends {
		if rows := g.rows[end-sizes[n] : end]; len(rows) > 1 {
			slices.SortFunc(rows, func(i, j int32) int { return compareRows(&acts[i], &acts[j]) })
		}
	}
	return g
}

// compareRows compares what differs most often first; the rest is there for rows that
// somebody gives twice with other values.
func compareRows(a, b *Act) int {
	if c := strings.Compare(a.happening(), b.happening()); c != 0 {
		return c
	}
	if c := cmp.Or(cmp.Compare(a.Aux, b.Aux), cmp.Compare(a.Day, b.Day), strings.Compare(a.Record, b.Record), strings.Compare(a.Actor, b.Actor)); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.Recipient, b.Recipient), strings.Compare(a.Event, b.Event), strings.Compare(a.Mode, b.Mode),
		cmp.Compare(a.Scale, b.Scale), cmp.Compare(a.Quad, b.Quad), cmp.Compare(a.Reports, b.Reports), cmp.Compare(a.Precision, b.Precision))
}

// fold keeps one row of each happening, or one for each direction of it. Reports are
// those that somebody counted, else the different records of the happening. What
// actually happened stands before what was only expected; otherwise the earliest row
// stands for the others. The result is by day.
func (g *groups) fold(directed bool) []Act {
	out := make([]Act, 0, len(g.ends))
	from := int32(0)
	for _, end := range g.ends {
		rows := g.rows[from:end]
		reports := g.reports(rows)
		kept := len(out)
		for _, row := range rows {
			if a := &g.acts[row]; !hasDirection(out[kept:], a.Actor, directed) {
				out = append(out, *a)
				out[len(out)-1].Reports = reports
			}
		}
		from = end
	}
	return byDay(out)
}

// happeningsOf gives the happenings between a pair, by day.
func happeningsOf(acts []Act, pair Pair) []Act {
	g := groupsOf(acts, pair)
	return g.fold(false)
}

// hasDirection reports whether a row of the happening is kept already, from this actor
// if directions count.
func hasDirection(kept []Act, actor string, directed bool) bool {
	for i := range kept {
		if !directed || kept[i].Actor == actor {
			return true
		}
	}
	return false
}

// byDay puts rows in order of days, and those of one day in order of their happenings.
func byDay(acts []Act) []Act {
	order := make([]int32, len(acts))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &acts[i], &acts[j]
		if c := cmp.Compare(a.Day, b.Day); c != 0 {
			return c
		}
		return compareRows(a, b)
	})
	out := make([]Act, len(acts))
	for i, from := range order {
		out[i] = acts[from]
	}
	return out
}

// reports are those that somebody counted, else the different records.
func (g *groups) reports(rows []int32) int32 {
	var counted, records int32
	last := ""
	for i, row := range rows {
		a := &g.acts[row]
		counted = max(counted, a.Reports)
		if i == 0 || a.Record != last {
			records++
		}
		last = a.Record
	}
	if counted > 0 {
		return counted
	}
	return records
}
