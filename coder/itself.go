package coder

import "github.com/opendyad/dyad"

// Nobody does a thing to himself. A recipient of the actor's own country and sector is
// nearly always a guess that failed, unless the words name it: "Corva expelled a
// diplomat" was not done to a Corvan.

// notItself takes out recipients that are the actor once more.
func (r *reading) notItself(d *draft) {
	if len(d.actor) == 0 || len(d.recipient) == 0 || d.match.mutual || r.saysEachOther(d.match) {
		return
	}
	if severalCountries(d.actor) {
		if d.recipient = r.withoutMembers(d); len(d.recipient) == 0 {
			d.guessed = ""
		}
		return
	}
	for i := range d.recipient {
		if !sameSide(&d.recipient[i], &d.actor[0]) {
			return
		}
	}
	own, open := r.howTold(d.match.target.mentions)
	switch {
	case d.event == "RETREAT" && r.tellsOf(d.match, "cabinet", "government"):
		// "quit the cabinet" names what is left
	case d.match.target.empty() || d.guessed != "":
		if d.event == "PROTEST" || d.recipient[0].Sector == d.actor[0].Sector {
			d.recipient, d.guessed = nil, ""
		}
	case d.event == "CONSULT" && d.mode == "visit" && publicly(&d.actor[0]):
		d.recipient = nil // "the envoy, who was visiting" his own capital
	case (open || own) && betweenStates(d.event) && publicly(&d.actor[0]):
		d.recipient = nil
	}
}

// saysEachOther says whether "each other" stands below a match's word: "expelled each
// other's envoys".
func (r *reading) saysEachOther(m *match) bool {
	t := &r.tree
	for i := m.token + 1; i < int(t.end[m.token]); i++ {
		if t.eachOther(i) {
			return true
		}
	}
	return false
}

// withoutMembers gives the recipients but for those who are among several actors: "Corva
// and Brennia signed an agreement between the two governments". Nor is it one of them
// whose country no word tells: "agreements on trade and justice".
func (r *reading) withoutMembers(d *draft) []dyad.Entity {
	if betweenStates(d.event) && r.mediates(d.match) {
		return nil
	}
	_, open := r.howTold(d.match.target.mentions)
	var out []dyad.Entity
	for i := range d.recipient {
		e := &d.recipient[i]
		member := open && betweenStates(d.event) && hasCode(d.actor, e.Code)
		for j := range d.actor {
			member = member || sameSide(e, &d.actor[j])
		}
		if !member {
			out = append(out, *e)
		}
	}
	return out
}

// mediates says whether the target only helped several to agree: "restored ties in talks
// with the Corvan government", "in a deal brokered by Corva".
func (r *reading) mediates(m *match) bool {
	t := &r.tree
	n := m.target.token
	for steps := 0; n >= 0 && n != m.token && steps < 3; steps++ {
		if t.mentionAt(n) < 0 && (t.hasCase(n, "in") || t.hasCase(n, "during") || t.hasCase(n, "after") || t.hasCase(n, "through") || t.hasCase(n, "at") || t.hasCase(n, "under")) {
			switch lower(t.tokens[n].Lemma) {
			case "talk", "talks", "deal", "agreement", "accord", "meeting", "negotiation", "mediation", "summit", "ceremony", "auspices":
				return true
			}
		}
		n = t.head(n)
	}
	return false
}

// severalCountries says whether the actors are of more than one country.
func severalCountries(actors []dyad.Entity) bool {
	for i := range actors {
		if len(actors[i].Code) == 3 && len(actors[0].Code) == 3 && actors[i].Code != actors[0].Code {
			return true
		}
	}
	return false
}

// betweenStates says whether an event is one that governments mostly have with each
// other, and not with their own.
func betweenStates(event string) bool {
	switch event {
	case "AGREE", "SUPPORT", "COOPERATE", "AID", "THREATEN", "SANCTION":
		return true
	}
	return false
}

// publicly says whether an actor is the state itself or its government.
func publicly(e *dyad.Entity) bool { return e.Sector == "" || e.Sector == "GOV" }

// vowTogether makes an AGREE of what several countries vow to do to fighters and
// criminals: "Corva and Brennia vowed to fight the rebels on their border" is no threat
// of one to the other.
func (r *reading) vowTogether(d *draft) {
	if d.event != "THREATEN" || !severalCountries(d.actor) || d.match.mutual || d.status.negation {
		return
	}
	for i := range d.actor {
		if !publicly(&d.actor[i]) && d.actor[i].Sector != "MIL" {
			return
		}
	}
	for i := range d.recipient {
		switch e := &d.recipient[i]; e.Sector {
		case "REB", "UAF", "PRM", "CRM":
		default:
			if e.Code != "" && !hasCode(d.actor, e.Code) {
				return // "vowed to attack Aldoria" is a threat to a third
			}
		}
	}
	d.said = "what several vow to do together is AGREE"
	d.event, d.mode, d.recipient, d.agreed = "AGREE", "", nil, true
	d.joint = true
}
