package pipeline

import (
	"fmt"
	"hash/fnv"

	"github.com/opendyad/dyad"
)

// visits puts visits together from the events of a story: one for each pair of
// visitor and host, with the issues that its mentions touch as its agenda.
func visits(records []dyad.Record) []dyad.Record {
	at := map[string]int{}
	told := map[int][]int{} // by the number of a sentence, the visits that it tells of
	var out []dyad.Record
	for i := range records {
		r := &records[i]
		if r.Event == nil || r.Event.Mode != "visit" || len(r.Event.Actor) == 0 || len(r.Event.Recipient) == 0 || has(r.Aux, dyad.AuxNegation) || has(r.Aux, dyad.AuxHistorical) {
			continue
		}
		key := codes(r.Event.Actor) + ">" + codes(r.Event.Recipient)
		n, seen := at[key]
		if !seen {
			n = len(out)
		}
		told[r.Evidence.Sequence] = append(told[r.Evidence.Sequence], n)
		for _, m := range r.Mentions {
			told[m.Sequence] = append(told[m.Sequence], n)
		}
		if !seen {
			at[key] = n
			out = append(out, newVisit(r))
			continue
		}
		v := &out[n]
		v.Mentions = append(v.Mentions, r.Evidence)
		v.Visit.Agenda = union(v.Visit.Agenda, r.Issues)
		v.Issues = v.Visit.Agenda
		v.Visit.Outcomes = union(v.Visit.Outcomes, []string{r.ID})
		if status := statusOf(r); status == "done" {
			v.Visit.Status = status
		}
		if v.Visit.Start.IsZero() || v.DateBasis == dyad.BasisPublished && r.DateBasis != dyad.BasisPublished {
			v.Visit.Start, v.Date, v.DateBasis = r.Date, r.Date, r.DateBasis
		}
	}
	addAgendas(out, told, records)
	return out
}

// outcomesKept puts in the place of a visit's outcomes those records that merging
// kept: an event that was folded into another is that other.
func outcomesKept(visits, records, kept []dyad.Record) []dyad.Record {
	if len(visits) == 0 {
		return visits
	}
	told := map[string]dyad.Evidence{} // by its id, where an event is told
	for i := range records {
		told[records[i].ID] = records[i].Evidence
	}
	is := map[string]bool{}
	folded := map[dyad.Evidence]string{} // by where a folded event is told, the id of the one kept
	for i := range kept {
		is[kept[i].ID] = true
		if kept[i].Event == nil || kept[i].Event.Mode != "visit" {
			continue
		}
		for _, m := range kept[i].Mentions {
			folded[m] = kept[i].ID
		}
	}
	for i := range visits {
		var outcomes []string
		for _, id := range visits[i].Visit.Outcomes {
			if !is[id] {
				id = folded[told[id]]
			}
			if id != "" {
				outcomes = union(outcomes, []string{id})
			}
		}
		visits[i].Visit.Outcomes = outcomes
	}
	return visits
}

// addAgendas adds to the visits' agendas what visitor and host are said to hold, or
// how they are said to stand, in or right after a sentence that tells of the visit:
// "Both countries see room for cooperation in trade and energy." told gives the
// visits that a sentence tells of, by its number.
func addAgendas(visits []dyad.Record, told map[int][]int, records []dyad.Record) {
	for i := range records {
		r := &records[i]
		var parties []dyad.Entity
		switch {
		case r.Position != nil:
			parties = r.Position.Holder
		case r.Claim != nil && r.Claim.Fact == "":
			parties = r.Claim.Pair
		default:
			continue
		}
		for _, sentence := range [2]int{r.Evidence.Sequence, r.Evidence.Sequence - 1} {
			for _, n := range told[sentence] {
				v := &visits[n]
				if ofBoth(parties, v.Visit.Visitor[0].Code, v.Visit.Host[0].Code) {
					v.Visit.Agenda = union(v.Visit.Agenda, r.Issues)
					v.Issues = v.Visit.Agenda
				}
			}
		}
	}
}

// ofBoth says whether some parties are two countries and nobody else.
func ofBoth(parties []dyad.Entity, one, other string) bool {
	seen := map[string]bool{}
	for _, p := range parties {
		seen[p.Code] = true
	}
	return len(seen) == 2 && seen[one] && seen[other]
}

func newVisit(r *dyad.Record) dyad.Record {
	v := *r
	v.Kind, v.Event, v.Mentions = dyad.KindVisit, nil, nil
	hash := fnv.New64a()
	hash.Write([]byte("visit" + r.ID))
	v.ID = fmt.Sprintf("%016x", hash.Sum64())
	v.Visit = &dyad.Visit{Visitor: r.Event.Actor, Host: r.Event.Recipient, Level: levelOf(r.Event.Actor), Start: r.Date, End: r.DateEnd,
		Status: statusOf(r), Agenda: append([]string(nil), r.Issues...), Outcomes: []string{r.ID}}
	v.Reasons = append(append([]dyad.Reason(nil), r.Reasons...), dyad.Reason{Stage: "pipeline", Rule: "visits", Note: "put together from the story's events of one visitor and host"})
	return v
}

func statusOf(r *dyad.Record) string {
	switch {
	case r.Event.Type == "AGREE" || has(r.Aux, dyad.AuxFuture):
		return "announced"
	case r.DateBasis == dyad.BasisPublished:
		return "under_way"
	}
	return "done"
}

// levelOf is the visitor's level, from the office or the words.
func levelOf(actors []dyad.Entity) string {
	for _, e := range actors {
		switch e.Office {
		case "president", "king", "queen", "supreme leader", "emir", "sultan":
			return "head of state"
		case "prime minister", "premier", "chancellor":
			return "head of government"
		case "":
		default:
			return e.Office
		}
	}
	return ""
}

func has(list []string, s string) bool {
	for _, t := range list {
		if t == s {
			return true
		}
	}
	return false
}
