package codebook

import (
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// Matches says whether a sentence gave the events that were expected, each once
// and no others. What an expected event leaves out is not compared. Records that
// carry negation or hypothetical count only where that was expected. why says in
// a sentence what is missing or too much.
func Matches(expected []ExpectedEvent, records []dyad.Record) (ok bool, why string) {
	var left []*dyad.Record
	for i := range records {
		if r := &records[i]; r.Kind == dyad.KindEvent && r.Event != nil {
			left = append(left, r)
		}
	}
	owner := make([]int, len(left)) // which expected event a record answers, -1 for none
	for j := range owner {
		owner[j] = -1
	}
	var missing []string
	for i := range expected {
		if !assign(i, expected, left, owner, make([]bool, len(left))) {
			missing = append(missing, expected[i].String())
		}
	}
	write := writerFor(expected)
	var extra []string
	for j, r := range left {
		if owner[j] < 0 && !aside(r) {
			extra = append(extra, write(r))
		}
	}
	switch {
	case len(missing) == 0 && len(extra) == 0:
		return true, ""
	case len(extra) == 0:
		return false, "missing: " + strings.Join(missing, "; ") + instead(left, write)
	case len(missing) == 0:
		return false, "too much: " + strings.Join(extra, "; ")
	}
	return false, "expected " + strings.Join(missing, "; ") + ", but got " + strings.Join(extra, "; ")
}

// assign finds a record for the i-th expected event, and another one for whoever
// had it before.
func assign(i int, expected []ExpectedEvent, records []*dyad.Record, owner []int, tried []bool) bool {
	for j, r := range records {
		if tried[j] || !matchesEvent(&expected[i], r) {
			continue
		}
		tried[j] = true
		if owner[j] < 0 || assign(owner[j], expected, records, owner, tried) {
			owner[j] = i
			return true
		}
	}
	return false
}

// aside says whether a record is compared only where it is asked for.
func aside(r *dyad.Record) bool {
	return slices.Contains(r.Aux, dyad.AuxNegation) || slices.Contains(r.Aux, dyad.AuxHypothetical)
}

func instead(records []*dyad.Record, write func(*dyad.Record) string) string {
	if len(records) == 0 {
		return "; no event came out"
	}
	var got []string
	for _, r := range records {
		got = append(got, write(r))
	}
	return "; what came out: " + strings.Join(got, "; ")
}

// Refused says whether a sentence was left out on purpose.
func Refused(records []dyad.Record) bool {
	return slices.ContainsFunc(records, func(r dyad.Record) bool { return r.Kind == dyad.KindRefusal })
}

func matchesEvent(e *ExpectedEvent, r *dyad.Record) bool {
	for _, aux := range e.Aux {
		if !slices.Contains(r.Aux, aux) {
			return false
		}
	}
	for _, aux := range []string{dyad.AuxNegation, dyad.AuxHypothetical} {
		if slices.Contains(r.Aux, aux) && !slices.Contains(e.Aux, aux) {
			return false
		}
	}
	if e.Date != "" && e.Date != r.Date.String() || !matchesSide(&e.Per, r.AssertedBy) {
		return false
	}
	return e.Event == r.Event.Type && (e.Mode == "" || e.Mode == r.Event.Mode) &&
		matchesSide(&e.Actor, r.Event.Actor) && matchesSide(&e.Recipient, r.Event.Recipient)
}

// matchesSide asks that each expected actor is there and that nobody else is. An
// actor mentioned twice is one, and one that no word names (the police implied by
// "was arrested") is absent.
func matchesSide(s *ExpectedSide, entities []dyad.Entity) bool {
	if s.Absent {
		for i := range entities {
			if entities[i].Code != "" && entities[i].Text != "" {
				return false
			}
		}
		return true
	}
	if len(s.Members) == 0 {
		return true
	}
	for _, m := range s.Members {
		if !slices.ContainsFunc(entities, m.is) {
			return false
		}
	}
	for _, e := range entities {
		if !slices.ContainsFunc(s.Members, func(m ExpectedActor) bool { return m.is(e) }) {
			return false
		}
	}
	return true
}

// is compares with an entity; an organisation may be named by its own code or by
// IGO, and a lone sector stands for an actor of no known country.
func (a ExpectedActor) is(e dyad.Entity) bool {
	if a.Sector == "" && e.Code == "" {
		return a.Code == e.Sector
	}
	return (a.Code == e.Code || a.Code == e.Identifier) && (a.Sector == "" || a.Sector == e.Sector)
}

// eventOf gives the event of a record as an example writes it:
// "BRE GOV CONSULT/visit COR +future".
func eventOf(r *dyad.Record) ExpectedEvent {
	return ExpectedEvent{Event: r.Event.Type, Mode: r.Event.Mode, Aux: r.Aux, Actor: sideOf(r.Event.Actor), Recipient: sideOf(r.Event.Recipient)}
}

// writerFor writes records with their date, and with who says so, where one of
// the expected events asks for these.
func writerFor(expected []ExpectedEvent) func(*dyad.Record) string {
	date, per := false, false
	for i := range expected {
		date = date || expected[i].Date != ""
		per = per || expected[i].Per.String() != ""
	}
	return func(r *dyad.Record) string {
		e := eventOf(r)
		if date {
			e.Date = r.Date.String()
		}
		if per {
			e.Per = sideOf(r.AssertedBy)
		}
		return e.String()
	}
}

// WriteExpected gives the events of a sentence as the answer that they would be:
// "none", or one a line. Dates and who says so are told where expected asks for
// them, and what carries negation or hypothetical only where it is expected.
func WriteExpected(expected []ExpectedEvent, records []dyad.Record) []string {
	write := writerFor(expected)
	asked := func(r *dyad.Record) bool {
		return slices.ContainsFunc(expected, func(e ExpectedEvent) bool { return matchesEvent(&e, r) })
	}
	var out []string
	for i := range records {
		if r := &records[i]; r.Kind == dyad.KindEvent && r.Event != nil && (!aside(r) || asked(r)) {
			out = append(out, write(r))
		}
	}
	if out == nil {
		return []string{"none"}
	}
	return out
}

func sideOf(entities []dyad.Entity) ExpectedSide {
	side := ExpectedSide{Absent: true}
	for _, e := range entities {
		a := ExpectedActor{Code: e.Code, Sector: e.Sector}
		if a.Code != "" || a.Sector != "" {
			side.Absent = false
			if !slices.Contains(side.Members, a) {
				side.Members = append(side.Members, a)
			}
		}
	}
	return side
}
