package coder

import "github.com/opendyad/dyad"

// A quarrel is the last two sides of which the story told that one used force on
// the other. "Four Corvan soldiers were wounded", said after "Brennian commandos
// attacked Corva", means that Brennia did it.
type quarrel struct {
	one, other []dyad.Entity
	told       bool          // the story has told of an act of force
	last       []dyad.Entity // who did the last one, nil when not told
}

// remember keeps the sides of an act of force that both are known.
func (q *quarrel) remember(d *draft) {
	if d.event != "ASSAULT" || d.status.negation || d.status.hypothetical || d.implied {
		return
	}
	q.told, q.last = true, d.actor
	one, other := d.actor, d.recipient
	if len(other) == 0 && len(one) == 2 {
		one, other = one[:1], one[1:] // "Brennian and Corvan troops clashed"
	}
	if len(one) > 0 && len(other) > 0 && one[0].Code != "" && other[0].Code != "" && one[0].Code != other[0].Code {
		q.one, q.other = one, other
	}
}

// against gives the side that is not the recipient's, nil when the recipient has
// no part in the quarrel.
func (q *quarrel) against(recipient []dyad.Entity) []dyad.Entity {
	if len(recipient) == 0 || recipient[0].Code == "" || len(q.one) == 0 {
		return nil
	}
	switch recipient[0].Code {
	case q.one[0].Code:
		return implied(q.other)
	case q.other[0].Code:
		return implied(q.one)
	}
	return nil
}

// has reports whether a country is one of the two sides.
func (q *quarrel) has(code string) bool { return hasCode(q.one, code) || hasCode(q.other, code) }

// hosts keeps whom a visitor was told to visit: "Moss's visit" later in the story
// is the same visit to Brennia.
type hosts map[string][]dyad.Entity

// follow completes a visit without a host, or remembers one with a host.
func (h hosts) follow(d *draft) {
	if d.event != "CONSULT" || d.mode != "visit" || len(d.actor) == 0 {
		return
	}
	key := d.actor[0].Code + " " + d.actor[0].Identifier
	if len(d.recipient) > 0 {
		h[key] = d.recipient
	} else if host := h[key]; host != nil {
		d.recipient, d.followed = implied(host), true
	}
}

// goesElsewhere says whether a destination stands beside a visit, though it be none
// that is known: "cut short his visit to Davos" is no visit to the story's other country.
func (r *reading) goesElsewhere(m *match) bool {
	t := &r.tree
	for _, u := range append([]int32{int32(m.token)}, m.used...) {
		for c := t.first[u]; c >= 0; c = t.next[c] {
			if b := t.base(int(c)); (b == "nmod" || b == "obl") && t.tokens[c].UPOS == "PROPN" && (t.hasCase(int(c), "to") || t.hasCase(int(c), "in")) {
				return true
			}
		}
	}
	return false
}

// partner gives the country, other than the actor's, that the story has named
// most so far: "Corva recalled its ambassador", in a story on Corva and Brennia.
// Empty unless it is named at least three times, of conflict twice, and more than any
// third.
func (r *reading) partner(d *draft) []dyad.Entity {
	if len(d.actor) == 0 || d.actor[0].Code == "" {
		return nil
	}
	best, second := "", 0
	for code, n := range r.named {
		if code == d.actor[0].Code {
			continue
		}
		if n > r.named[best] || n == r.named[best] && code < best {
			second, best = r.named[best], code
		} else if n > second {
			second = n
		}
	}
	least := 3
	switch d.event {
	case "ACCUSE", "REJECT", "THREATEN", "SANCTION":
		least = 2
	}
	if r.named[best] < least || r.named[best] <= second {
		return nil
	}
	return []dyad.Entity{{Code: best, Identifier: best}}
}

// countNames counts how often the sentence names each state.
func (r *reading) countNames(mentions []dyad.Mention) {
	for i := range mentions {
		for j := range mentions[i].Entities {
			if e := &mentions[i].Entities[j]; e.Identifier == e.Code && len(e.Code) == 3 {
				r.named[e.Code]++
			}
		}
	}
}

// implied is the same actors without words: nothing in the sentence names them.
func implied(entities []dyad.Entity) []dyad.Entity {
	out := make([]dyad.Entity, len(entities))
	for i, e := range entities {
		e.Text = ""
		out[i] = e
	}
	return out
}

// localise gives fighters of no told country that of their victims: "The rebels
// killed three Corvan soldiers" tells of Corvan rebels. Unknown gunmen stay
// unknown.
func localise(d *draft) {
	if d.event != "ASSAULT" && d.event != "COERCE" && d.event != "PROTEST" || len(d.recipient) == 0 || len(d.recipient[0].Code) != 3 {
		return
	}
	for i := range d.actor {
		switch d.actor[i].Sector {
		case "REB", "OPP", "PRM", "CVL", "REL", "SOC":
			if d.actor[i].Code == "" {
				d.actor[i].Code = d.recipient[0].Code
			}
		}
	}
}
