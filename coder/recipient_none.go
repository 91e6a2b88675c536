package coder

import "github.com/opendyad/dyad"

// Who is no recipient though words name him, and who is one though none do.

// unknownPerson takes somebody named whom the codebook does not know, and to whom police,
// courts and parliaments do a thing, for one at home: "The court found Jan Kos guilty of
// stealing from a Brennian agency" is not done to the agency.
func (r *reading) unknownPerson(d *draft) bool {
	if !ofState(d.actor) {
		return false
	}
	switch d.actor[0].Sector {
	case "JUD", "COP", "LEG", "SPY":
	default:
		return false
	}
	switch d.event {
	case "ACCUSE", "COERCE", "SANCTION", "RETREAT":
	default:
		return false
	}
	t := &r.tree
	named := func(n int) bool {
		return n >= 0 && t.tokens[n].UPOS == "PROPN" && t.inside[n] < 0
	}
	for _, u := range append([]int32{int32(d.match.token)}, d.match.used...) {
		found := false
		for c := t.first[u]; c >= 0; c = t.next[c] {
			switch t.tokens[c].Rel {
			case "obj", "nsubj:pass":
				found = found || named(int(c))
			case "nmod", "obl":
				found = found || named(int(c)) && (t.hasCase(int(c), "into") || t.hasCase(int(c), "against") || t.hasCase(int(c), "of") && t.isNoun(int(u)))
			}
		}
		if found {
			d.recipient = []dyad.Entity{{Code: d.actor[0].Code, Sector: "CVL"}}
			d.guessed = "somebody named whom the codebook does not know is at home"
			return true
		}
	}
	return false
}

// notItsForces clears a recipient that is only what somebody gives: "offered to send
// troops to Corva" is an offer to Corva, whosever the troops are.
func (r *reading) notItsForces(d *draft) {
	switch d.event {
	case "AGREE", "AID", "COOPERATE", "SUPPORT":
	default:
		return
	}
	if len(d.actor) == 0 || len(d.recipient) != 1 || d.recipient[0].Code != d.actor[0].Code || !publicly(&d.actor[0]) {
		return
	}
	own, open := r.howTold(d.match.target.mentions)
	if s := d.recipient[0].Sector; (own || open) && (s == "MIL" || s == "COP" || s == "MED") {
		d.recipient = nil
		d.match.target.clear()
	}
}

// isNaming says whether a verb calls one thing another: "called the law an attack on the
// poor" tells of no attack.
func (r *reading) isNaming(v int) bool {
	switch r.tree.lemmaOf(v) {
	case "call", "term", "label", "brand", "describe":
		return true
	}
	return false
}

// suffersBySaying reports whether the one who tells of an event is likely its other side:
// "Corva fired on our ships, Brennia said". Of a request or of praise he only tells.
func suffersBySaying(event string) bool {
	switch event {
	case "REQUEST", "SUPPORT", "AID":
		return false
	}
	return true
}
