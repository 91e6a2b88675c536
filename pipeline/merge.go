package pipeline

import (
	"slices"
	"sort"
	"strings"

	"github.com/opendyad/dyad"
)

// merge folds the records of one story that tell the same: the first is kept and
// the later ones become its mentions. "Raisi's visit" in ten sentences is one
// event. Only records with the same auxiliary modes fold; an event without a
// recipient folds into one that has it.
func merge(records []dyad.Record) []dyad.Record {
	told := map[string][]int{}  // by what they share, the records kept
	parts := map[string][]int{} // the same for meetings, whoever the other side is
	var out []dyad.Record
	for i := range records {
		r := records[i]
		key := sameKey(&r)
		if key == "" {
			out = append(out, r)
			continue
		}
		at, seen := sameDay(out, told[key], &r)
		if !seen {
			at, seen = findPart(out, parts[partKey(&r)], &r)
		}
		if !seen {
			told[key] = append(told[key], len(out))
			if part := partKey(&r); part != "" {
				parts[part] = append(parts[part], len(out))
			}
			out = append(out, r)
			continue
		}
		fold(&out[at], &r)
	}
	return out
}

// once drops records whose id came before: two verbs of one sentence may lead to the
// same expectation in the same words ("will never be, nor are they ever to be").
func once(records []dyad.Record) []dyad.Record {
	seen := make(map[string]bool, len(records))
	return slices.DeleteFunc(records, func(r dyad.Record) bool {
		again := seen[r.ID]
		seen[r.ID] = true
		return again
	})
}

// sameKey is what two records share that tell the same; "" for kinds that do not
// fold.
func sameKey(r *dyad.Record) string {
	aux := strings.Join(r.Aux, "+")
	switch {
	case r.Event != nil:
		return strings.Join([]string{"event", r.Event.Type, r.Event.Mode, codes(r.Event.Actor), codes(r.Event.Recipient), aux}, "|")
	case r.Claim != nil:
		return strings.Join([]string{"claim", codes(r.Claim.Pair), r.Claim.State, r.Claim.Direction, r.Claim.Fact, aux}, "|")
	}
	return ""
}

// sameDay finds among records that tell the same one whose date does not
// contradict: two visits on days of their own are two, but one that is dated by the
// publication only may be any of them.
func sameDay(out []dyad.Record, at []int, r *dyad.Record) (int, bool) {
	for _, i := range at {
		if r.Event == nil || !dated(r) || !dated(&out[i]) || r.Date == out[i].Date {
			return i, true
		}
	}
	return 0, false
}

// dated reports whether the text itself dates a record.
func dated(r *dyad.Record) bool {
	return r.DateBasis == dyad.BasisStated || r.DateBasis == dyad.BasisDerived
}

// partKey is what a meeting or visit shares with one that tells it more or less
// fully; "" for other events.
func partKey(r *dyad.Record) string {
	if r.Event == nil || r.Event.Type != "CONSULT" {
		return ""
	}
	return strings.Join([]string{r.Event.Mode, codes(r.Event.Actor), strings.Join(r.Aux, "+")}, "|")
}

// findPart finds, among the records kept with r's part key, the last one that tells
// the same as r but more or less fully: a visit whose host is not said again.
func findPart(out []dyad.Record, at []int, r *dyad.Record) (int, bool) {
	for i := len(at) - 1; i >= 0; i-- {
		if len(out[at[i]].Event.Recipient) == 0 || len(r.Event.Recipient) == 0 {
			return at[i], true
		}
	}
	return 0, false
}

func fold(into, r *dyad.Record) {
	into.Mentions = append(into.Mentions, r.Evidence)
	into.Issues = union(into.Issues, r.Issues)
	into.Contexts = union(into.Contexts, r.Contexts)
	if into.Event != nil {
		if len(into.Event.Recipient) == 0 {
			into.Event.Recipient = r.Event.Recipient
		}
		if into.Event.Place == nil {
			into.Event.Place = r.Event.Place
		}
	}
	if !dated(into) && dated(r) {
		into.Date, into.DateEnd, into.DateBasis = r.Date, r.DateEnd, r.DateBasis
	}
}

func union(a, b []string) []string {
	for _, s := range b {
		found := false
		for _, t := range a {
			found = found || s == t
		}
		if !found {
			a = append(a, s)
		}
	}
	return a
}

// codes gives the countries of some entities in a fixed order.
func codes(entities []dyad.Entity) string {
	list := make([]string, 0, len(entities))
	for _, e := range entities {
		list = union(list, []string{e.Code})
	}
	sort.Strings(list)
	return strings.Join(list, ",")
}
