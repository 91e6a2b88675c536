package coder

import "github.com/opendyad/dyad"

// What somebody says that he will do is an event of its own, told when he says it:
// to help or to yield is an AGREE, not to is a REJECT, to harm is a THREATEN.

// declare turns what is to come into what is told by saying so.
func (r *reading) declare(d *draft) {
	st := &d.status
	switch {
	case st.negation:
		r.refuse(d)
	case st.historical || st.ending:
	case r.threaten(d):
	case st.future && !st.hypothetical:
		switch d.event {
		case "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE":
			d.said = "future " + d.event + " is AGREE"
			d.event, d.mode, d.agreed = "AGREE", "", true
			st.future = false
		case "AGREE":
			st.future = false
		}
	}
}

// refuse makes a REJECT of what somebody will not do for another: "will not meet".
func (r *reading) refuse(d *draft) {
	st := &d.status
	if !st.refused || st.hypothetical && !st.open || !r.speaksForDoer(d, true) {
		return
	}
	mode := ""
	switch d.event {
	case "CONSULT":
		mode = "meet"
	case "SUPPORT", "COOPERATE", "AID":
		mode = "assist"
	case "RETREAT", "CONCEDE":
		mode = "yield"
	case "AGREE":
	default:
		return
	}
	if m := d.match; m.block.source.Reciprocal && !m.mutual {
		d.actor, d.recipient = r.entities(&m.source), r.entities(&m.target)
	}
	d.said = d.event + " that will not be is REJECT"
	d.event, d.mode = "REJECT", mode
	d.status = status{token: st.token, speaker: st.speaker, governor: -1}
}

// threaten makes a THREATEN of the harm that the doer, or who speaks for him, says
// he will do: "Corva said it would expel Brennia's diplomats".
func (r *reading) threaten(d *draft) bool {
	st := &d.status
	if !st.open && (!st.future || st.hypothetical) {
		return false
	}
	mode := ""
	switch d.event {
	case "ASSAULT", "MOBILIZE":
		mode = "violence"
	case "COERCE":
		mode = "restrict"
		switch d.mode {
		case "arrest":
			mode = "arrest"
		case "deport":
			mode = "expel"
		}
	case "SANCTION":
		mode = "relations"
		switch d.mode {
		case "expel":
			mode = "expel"
		case "convict":
			mode = "arrest"
		}
	case "PROTEST":
		mode = "restrict"
	case "THREATEN":
		r.doubtOthers(d)
		return false
	default:
		return false
	}
	switch {
	case len(d.actor) == 0:
		if d.actor = r.threatener(d); len(d.actor) == 0 {
			return false
		}
	case st.vowed || r.speaksForDoer(d, false):
	default:
		r.doubtOthers(d)
		return false
	}
	d.said = "future " + d.event + " by the doer's own word is THREATEN"
	d.event, d.mode = "THREATEN", mode
	d.status = status{token: st.token, speaker: st.speaker, governor: -1}
	return true
}

// doubtOthers takes what one side says that another would do for no more than said:
// "Corva said that Brennia would attack".
func (r *reading) doubtOthers(d *draft) {
	if d.status.would && d.status.future && !r.speaksForDoer(d, true) {
		d.status.future, d.status.hypothetical = false, true
	}
}

// threatener gives the one who says that harm will come and leaves out from whom: the
// power over those who suffer it, or one that bears arms: "their shops would be
// razed, the minister said".
func (r *reading) threatener(d *draft) []dyad.Entity {
	speakers := r.speakers(d.status.speaker)
	if len(speakers) == 0 || len(d.recipient) == 0 {
		return nil
	}
	switch s := &speakers[0]; s.Sector {
	case "MIL", "REB", "PRM", "UAF":
		return speakers
	case "GOV", "COP", "JUD":
		if s.Code == d.recipient[0].Code && !isPower(d.recipient[0].Sector) {
			return speakers
		}
	}
	return nil
}

// vowStatus notes that what governs a clause is the doer's own word for it: "vowed
// to attack", "promised that it would attack". Whoever is warned to do something has
// said nothing.
func (r *reading) vowStatus(n, h int, as governed, e effect, st *status) {
	t := &r.tree
	switch e {
	case effectFuture, effectHypothetical, effectSpeech, effectSpeechHypothetical:
	default:
		return
	}
	past := t.tokens[h].XPOS == "VBD" || t.tokens[h].XPOS == "VBN" || t.isNoun(h)
	if as == asClause && e != effectHypothetical && past {
		st.reported = st.reported || e != effectSpeechHypothetical
	}
	if !r.c.vows.has(t.lemma[h]) {
		return
	}
	if as == asClause {
		st.reported = st.reported || past
		s := r.speakerOf(h)
		st.vowed = st.vowed || s >= 0 && r.samePerson(s, t.surface(n).token)
		return
	}
	st.vowed = st.vowed || t.child(h, "obj") < 0 || t.controlsBySubject(h)
}

// samePerson says whether the one who vows is the subject of what is vowed.
func (r *reading) samePerson(vower, subject int) bool {
	if subject < 0 {
		return false
	}
	return vower == subject || speakFor(r.speakers(vower), r.speakers(subject))
}

// speaksForDoer says whether what a match tells is said by its doer or for him. With
// unsaid it may also be the writer's, or that of somebody who is not known.
func (r *reading) speaksForDoer(d *draft, unsaid bool) bool {
	if d.status.speaker < 0 {
		return unsaid
	}
	speakers := r.speakers(d.status.speaker)
	if len(speakers) == 0 {
		return unsaid
	}
	return speakFor(speakers, d.actor)
}

// speakFor says whether some may speak for others: for themselves, a state's bodies
// for each other.
func speakFor(speakers, doers []dyad.Entity) bool {
	for i := range speakers {
		for j := range doers {
			s, d := &speakers[i], &doers[j]
			if s.Code != d.Code {
				continue
			}
			if s.Identifier != "" && s.Identifier == d.Identifier || s.Code != "IGO" && s.Code != "NGO" &&
				(s.Sector == d.Sector || s.Sector == "" || d.Sector == "" || isPower(s.Sector) && isPower(d.Sector)) {
				return true
			}
		}
	}
	return false
}

// isPower says whether a sector is part of the state.
func isPower(sector string) bool {
	switch sector {
	case "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PTY":
		return true
	}
	return false
}

// isOwnThreat says whether what somebody says will be done is his own to do and not to
// suffer: "Corva said that Brennia would bomb Aldoria" threatens nobody.
func (r *reading) isOwnThreat() bool {
	m := &r.attempt
	if m.block.source.Event != "THREATEN" || r.thatClause < 0 || m.source.empty() {
		return true
	}
	if r.tree.wouldHave(r.thatClause) || r.tree.isPast(r.thatClause) {
		return false // "said it would have bombed Corva", "said it bombed Corva"
	}
	speakers := r.entities(&m.source)
	if m.target.how == howComplementSubject {
		return !speakFor(speakers, r.entities(&m.target)) && !r.harmsOthers(r.thatClause)
	}
	if m.target.empty() && !r.harmsOthers(r.thatClause) {
		return true // "hinted that Brennia could see its airport bombed"
	}
	s := r.tree.subject(r.thatClause)
	if s.token < 0 || s.token == m.source.token {
		return true
	}
	doers := r.speakers(s.token)
	return len(doers) == 0 || speakFor(speakers, doers)
}

// isPast says whether a clause tells what was done already.
func (t *tree) isPast(clause int) bool {
	past := t.tokens[clause].XPOS == "VBD"
	for c := t.first[clause]; c >= 0; c = t.next[c] {
		if b := t.base(int(c)); b != "aux" && b != "cop" {
			continue
		}
		switch lower(t.tokens[c].Text) {
		case "have", "has", "had", "was", "were", "been":
			past = true
		default:
			if t.tokens[c].XPOS == "MD" {
				return false
			}
		}
	}
	return past && !t.hasMark(clause, "if") && !t.hasMark(clause, "unless")
}

// wouldHave says whether a clause tells what did not come to be.
func (t *tree) wouldHave(clause int) bool {
	modal := false
	for c := t.first[clause]; c >= 0; c = t.next[c] {
		if t.base(int(c)) != "aux" {
			continue
		}
		switch lower(t.tokens[c].Text) {
		case "would", "could", "might":
			modal = true
		case "have":
			return modal
		}
	}
	return false
}

// harmsOthers says whether an actor is the object of a clause in the active voice.
func (r *reading) harmsOthers(clause int) bool {
	o := r.tree.child(clause, "obj")
	return o >= 0 && !r.tree.isPassive(clause) && r.tree.at[o] >= 0
}
