package coder

import (
	"github.com/opendyad/dyad"
)

// holder finds whose a stance is. Of a verb it is the subject, of a passive the
// agent; of a noun its possessor, or the subject of what it hangs on.
func (r *reading) holder(s *signal) []dyad.Entity {
	t := &r.tree
	if who := r.fronted(); len(who) > 0 {
		return who
	}
	if t.isNoun(s.token) && t.possessor(s.token) < 0 {
		if who := r.rightBefore(s.token); len(who) > 0 {
			return statesmen(who)
		}
	}
	v := r.predicate(s)
	if t.isVerb(v) && t.isPassive(v) && s.words[0] != lower(t.tokens[s.token].Text) {
		return statesmen(r.whoIs(t.agent(v)))
	}
	for steps := 0; v >= 0 && steps < 4; steps++ {
		if t.isNoun(v) {
			if t.isAside(v) {
				return nil
			}
			if m := t.possessor(v); m >= 0 {
				if who := r.whoIs(candidate{m, howSubject}); len(who) > 0 {
					return statesmen(who)
				}
			}
		}
		if c := t.surface(v); c.token >= 0 && c.token != v {
			if who := r.whoIs(c); len(who) > 0 {
				return statesmen(who)
			}
			if t.isVerb(v) && t.childBase(v, "nsubj") >= 0 {
				return nil // it has a subject, who is nobody known
			}
		} else if who := r.before(v); len(who) > 0 {
			return statesmen(who)
		}
		if t.isVerb(v) && t.base(v) == "ccomp" {
			break // what somebody else says
		}
		v = t.head(v)
	}
	return nil
}

// isAside reports a noun that tells under what circumstances something is, whose it
// may be anybody's: "despite concerns about the army".
func (t *tree) isAside(n int) bool {
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if t.base(int(c)) != "case" {
			continue
		}
		switch lower(t.tokens[c].Text) {
		case "amid", "despite", "following", "after", "spite", "without", "because", "over":
			return true
		}
	}
	return false
}

// before gives the actor who stands before a finite verb without a subject, where
// the parser saw none: "Corva, for its part, demands …".
func (r *reading) before(v int) []dyad.Entity {
	t := &r.tree
	switch t.tokens[v].XPOS {
	case "VBZ", "VBP", "VBD":
	default:
		return nil
	}
	for c := t.first[v]; c >= 0 && int(c) < v; c = t.next[c] {
		if m := t.at[c]; m >= 0 && t.child(int(c), "case") < 0 && t.tokens[c].UPOS == "PROPN" {
			return t.mentions[m].Entities
		}
	}
	return nil
}

// rightBefore gives the actor named right before a word in -s that was taken for a
// noun: "Corva clamours for a vote".
func (r *reading) rightBefore(n int) []dyad.Entity {
	t := &r.tree
	if n == 0 || t.tokens[n].XPOS != "NNS" && t.tokens[n].XPOS != "NNPS" {
		return nil
	}
	at := n - 1
	if t.tokens[at].UPOS == "ADV" && at > 0 {
		at--
	}
	if m := t.inside[at]; m >= 0 && t.tokens[at].UPOS == "PROPN" && !t.mentions[m].Place {
		return t.mentions[m].Entities
	}
	return nil
}

// whoIs gives the actors that a subject names, or the two of whom the story is
// for "both", "the two", "the neighbours".
func (r *reading) whoIs(c candidate) []dyad.Entity {
	if c.token < 0 {
		return nil
	}
	t := &r.tree
	if len(r.main) == 2 && t.isBoth(c.token) {
		if !t.hasNameIn(c.token) {
			return r.main
		}
	}
	var f filling
	if !r.resolve(c, &anySlot, &f) || f.inner >= 0 && r.isLocative(f.inner) {
		return nil // "an encounter in Corva" is not Corva's
	}
	who := r.entities(&f)
	if len(r.main) == 2 && lower(t.tokens[c.token].Text) == "they" && len(who) == 1 && who[0].Sector == "" && who[0].Identifier == who[0].Code {
		return r.main // "they" is no single country
	}
	return who
}

// hasNameIn says whether a phrase names an actor below its head: "the two Corvan
// leaders".
func (t *tree) hasNameIn(n int) bool {
	for i := t.leftEdge(n); i < int(t.end[n]); i++ {
		if m := t.inside[i]; m >= 0 && t.mentions[m].How == dyad.MentionNamed {
			return true
		}
	}
	return false
}

// isBoth says whether a phrase means the two of whom the story is: "both", "the
// two", "each", "the neighbours", "both leaders".
func (t *tree) isBoth(n int) bool {
	switch lower(t.tokens[n].Text) {
	case "both", "two", "each", "neither", "neighbours", "neighbors", "pair":
		return true
	}
	if !t.isNoun(n) {
		return false
	}
	if d := t.child(n, "det"); t.tokens[n].XPOS == "NNS" && d >= 0 && t.is(d, "the") && t.isSide(n) {
		return true // "the new friends", "the former allies"
	}
	for c := t.first[n]; c >= 0; c = t.next[c] {
		switch lower(t.tokens[c].Text) {
		case "both", "two", "neither", "erstwhile":
			return int(c) < n
		case "each":
			return int(c) < n && t.base(int(c)) == "det"
		}
	}
	return false
}

// isSide says whether a noun is one for either of two: "ally", "rival".
func (t *tree) isSide(n int) bool {
	switch lower(t.tokens[n].Lemma) {
	case "ally", "friend", "partner", "rival", "foe", "enemy", "adversary", "neighbour", "neighbor":
		return true
	}
	return false
}

// isPeople says whether a country's people stand for it: "the Iranians".
func isPeople(e dyad.Entity) bool { return e.Sector == "CVL" && e.Identifier == e.Code }

// statesmen keeps the actors who speak for a state, a party to a dispute or an
// organisation; a gang, a newspaper or a crowd holds no position here.
func statesmen(who []dyad.Entity) []dyad.Entity {
	var out []dyad.Entity
	for _, e := range who {
		if e.Code == "" {
			continue
		}
		if isPeople(e) {
			e.Sector = ""
		}
		switch e.Sector {
		case "CRM", "COP", "JUD", "BUS", "JRN", "MED", "EDU", "REF", "CVL", "UAF", "UNK", "AGR":
			continue
		}
		out = append(out, e)
	}
	return out
}
