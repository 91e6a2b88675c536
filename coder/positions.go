package coder

import (
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// positions reads who holds what on an issue: "Corva opposes the dam", and what
// somebody thinks of it: "Corva regards the dam as a threat".
func (r *reading) positions(signals []signal, records []dyad.Record) []dyad.Record {
	var told []heldPosition
	records = r.inTheirEyes(signals, records, &told)
	for i := range signals {
		s := &signals[i]
		if s.kind != "position" && s.kind != "opinion" || !r.isHeld(s) {
			continue
		}
		stance, note := s.value, "a cue of the stance "+s.value
		if s.kind == "opinion" {
			if stance, note = r.opinion(s, signals); stance == "" {
				continue
			}
		} else if r.negated(s.token) {
			stance = opposite(stance)
		}
		who := r.holder(s)
		if len(who) == 0 || r.onlyTeaches(s) {
			continue
		}
		p := heldPosition{stance, who[0].Code, r.clause(r.predicate(s))}
		if slices.ContainsFunc(told, p.repeats) {
			continue
		}
		told = append(told, p)
		records = append(records, r.position(s, who, p, note))
	}
	return records
}

// onlyTeaches says whether awareness is raised of what nobody disputes: "a drive to raise
// awareness of malaria" is no stance, that of a disputed province is.
func (r *reading) onlyTeaches(s *signal) bool {
	t := &r.tree
	o := t.child(s.token, "obj")
	if o < 0 || !t.is(o, "awareness") {
		return false
	}
	for _, i := range r.issuesOf() {
		if r.c.cb.Issues[i].Kind == "dispute" {
			return false
		}
	}
	return true
}

// inTheirEyes reads an opinion from whose it is at the start: "For Corva the pact is
// a threat", "In Corva's eyes …", "To Corva …".
func (r *reading) inTheirEyes(signals []signal, records []dyad.Record, told *[]heldPosition) []dyad.Record {
	who := statesmen(r.beholder())
	if len(who) == 0 {
		return records
	}
	t := &r.tree
	for i := range signals {
		s := &signals[i]
		if s.kind != "verdict" {
			continue
		}
		root := t.clauseRoot(s.token)
		if t.distance(root, s.token) > 2 || t.head(root) >= 0 {
			continue
		}
		stance := s.value
		if r.denied(s.token) {
			stance = opposite(stance)
		}
		p := heldPosition{stance, who[0].Code, r.clause(root)}
		*told = append(*told, p)
		return append(records, r.position(s, who, p, "a verdict, in the eyes of whom the sentence begins with"))
	}
	return records
}

// beholder gives the actor with whose eyes a sentence begins to look.
func (r *reading) beholder() []dyad.Entity {
	t := &r.tree
	if len(t.tokens) < 4 {
		return nil
	}
	first := lower(t.tokens[0].Text)
	for i := range t.mentions {
		m := &t.mentions[i]
		if m.First < 1 || m.First > 2 || m.Last >= len(t.tokens) {
			continue
		}
		switch first {
		case "for", "to":
			if m.First == 1 || t.tokens[1].UPOS == "DET" {
				return m.Entities
			}
		case "in":
			for _, w := range t.tokens[m.Last:min(len(t.tokens), m.Last+2)] {
				switch lower(w.Text) {
				case "eyes", "view", "opinion", "reckoning", "judgment", "judgement":
					return m.Entities
				}
			}
		}
	}
	return nil
}

// A heldPosition is what a sentence has told of positions so far.
type heldPosition struct{ stance, code, content string }

// repeats says whether one position only says again what another's clause holds.
func (p heldPosition) repeats(o heldPosition) bool {
	return p.stance == o.stance && p.code == o.code && (strings.Contains(o.content, p.content) || strings.Contains(p.content, o.content))
}

// opposite is the stance of who denies one: "does not support".
func opposite(stance string) string {
	switch stance {
	case dyad.StanceFor, dyad.StanceCallsFor:
		return dyad.StanceAgainst
	case dyad.StanceAgainst:
		return dyad.StanceFor
	}
	return stance
}

// position writes the record of a position.
func (r *reading) position(s *signal, who []dyad.Entity, held heldPosition, note string) dyad.Record {
	t := &r.tree
	record := r.statement(dyad.KindPosition, s, note)
	p := &dyad.Position{Holder: who, Stance: held.stance, Content: held.content}
	if len(record.Issues) > 0 {
		p.Issue = record.Issues[0]
	}
	for c := t.first[s.token]; c >= 0; c = t.next[c] {
		if m := t.at[c]; m >= 0 && (t.base(int(c)) == "obj" || t.base(int(c)) == "obl") && !t.mentions[m].Place {
			p.Toward = append(p.Toward, t.mentions[m].Entities...)
		}
	}
	record.Position = p
	record.ID = r.identify(&record, held.stance+p.Content)
	return record
}

// isHeld says whether a cue tells of a stance where it stands. "The press", "the
// protests" and "brought back" are none; nor is an act reported once, which is an
// event: "condemned the raid", but "condemns raids" is a stance. What somebody wants
// to do himself is an expectation.
func (r *reading) isHeld(s *signal) bool {
	t := &r.tree
	tok := &t.tokens[s.token]
	if r.inName(s.token) || r.eachOther(s.last) {
		return false
	}
	switch tok.UPOS {
	case "NOUN", "PROPN":
		return s.last > s.token && s.kind == "position" || t.looksFinite(s.token)
	case "ADP", "SCONJ":
		return s.last > s.token || t.isPredicative(s.token) || t.child(s.token, "nsubj") >= 0
	case "ADJ", "VERB", "AUX":
	default:
		return s.last > s.token && lower(tok.Text) == s.words[0]
	}
	if t.is(s.token, "call") && s.last == s.token+1 && lower(t.tokens[s.last].Text) == "on" && !t.hasWordAfter(s.last, "to", 8) {
		return false // "called on the minister" to see him
	}
	if o := t.child(s.token, "obj"); o >= 0 && t.is(s.token, "claim") && (t.is(o, "responsibility") || t.is(o, "credit") || t.is(o, "life")) {
		return false // what somebody did himself
	}
	if tok.UPOS == "VERB" {
		if s.mark == "act" && r.isReport(s.token) || r.isSupposed(s.token) {
			return false
		}
		if s.kind == "position" && s.last == s.token && (t.saysThat(s.token) || r.greets(s.token)) || t.is(s.token, "want") && t.base(s.token) == "acl" && t.isPassive(s.token) {
			return false
		}
		if (t.is(s.token, "want") || t.is(s.token, "seek") || t.is(s.token, "wish")) && r.wantsItself(s.token) {
			return false
		}
		return s.last > s.token || t.governs(s.token)
	}
	return true
}

// hasWordAfter says whether a word stands among the next few tokens.
func (t *tree) hasWordAfter(n int, word string, within int) bool {
	for i := n + 1; i < len(t.tokens) && i <= n+within; i++ {
		if lower(t.tokens[i].Text) == word {
			return true
		}
	}
	return false
}

// inName says whether a token is part of a name: "the Peace Support Operations".
func (r *reading) inName(n int) bool {
	m := r.tree.inside[n]
	return m >= 0 && r.tree.mentions[m].Head != n
}

// saysThat says whether a verb of acceptance only says something: "claimed that
// nobody was there", "recognised that it was late".
func (t *tree) saysThat(v int) bool {
	switch lower(t.tokens[v].Lemma) {
	case "claim", "recognize", "recognise", "acknowledge", "accept", "stress", "emphasize", "emphasise", "underline", "underscore":
		return t.child(v, "ccomp") >= 0 && t.child(v, "obj") < 0
	}
	return false
}

// greets says whether a verb is done to a person: "welcomed him at the airport".
func (r *reading) greets(v int) bool {
	t := &r.tree
	if !t.is(v, "welcome") && !t.is(v, "embrace") {
		return false
	}
	o := t.child(v, "obj")
	if o < 0 {
		return false
	}
	m := t.mentionAt(o)
	return t.tokens[o].UPOS == "PRON" && m >= 0 || m >= 0 && t.mentions[m].Entities[0].Identifier != t.mentions[m].Entities[0].Code && !t.mentions[m].Place
}

// looksFinite says whether a word taken for a noun can only be a verb, being the
// root of a sentence with a subject or followed by "that".
func (t *tree) looksFinite(n int) bool {
	return n+1 < len(t.tokens) && lower(t.tokens[n+1].Text) == "that" && n > 0 && (t.isNoun(n-1) || t.tokens[n-1].UPOS == "PRON" || t.tokens[n-1].Text == ",")
}

// governs says whether a verb has something that it is about: an object, a clause,
// or a phrase after it.
func (t *tree) governs(v int) bool {
	for c := t.first[v]; c >= 0; c = t.next[c] {
		switch t.base(int(c)) {
		case "obj", "ccomp", "xcomp":
			return true
		case "obl", "nmod", "dep":
			if int(c) > v {
				return true
			}
		case "nsubj":
			if t.rel(int(c)) == "nsubj:pass" {
				return true
			}
		}
	}
	return t.base(v) == "conj" || t.base(v) == "acl"
}

// isReport says whether a verb tells what somebody did once, in the past.
func (r *reading) isReport(v int) bool {
	t := &r.tree
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.base(int(c)) != "aux" {
			continue
		}
		switch w := lower(t.tokens[c].Text); w {
		case "had", "was", "were":
			return true
		case "has", "have", "is", "are", "does", "do", "will", "would":
			return false
		}
	}
	switch t.tokens[v].XPOS {
	case "VBD", "VBN":
		return true
	case "VBG":
		return t.base(v) != "conj" && t.base(v) != "xcomp"
	case "VB":
		return true
	}
	return false
}

// isSupposed says whether a verb stands in a condition: "if they wanted war".
func (r *reading) isSupposed(v int) bool {
	for c := r.tree.first[v]; c >= 0; c = r.tree.next[c] {
		if r.tree.rel(int(c)) == "mark" {
			switch lower(r.tree.tokens[c].Text) {
			case "if", "unless":
				return true
			}
		}
	}
	return false
}

// wantsItself says whether somebody wants to do a thing, not have it done: "wants
// to visit", but not "wants Corva to leave" or "wants to see it released".
func (r *reading) wantsItself(v int) bool {
	t := &r.tree
	if v+2 >= len(t.tokens) || lower(t.tokens[v+1].Text) != "to" {
		return false
	}
	switch lower(t.tokens[v+2].Text) {
	case "see", "have":
		return false
	}
	return true
}

// isPredicative reports a preposition whose noun is what a copula says of its
// subject: "Algeria, which is against any intervention".
func (t *tree) isPredicative(n int) bool {
	h := t.head(n)
	return h >= 0 && t.child(h, "cop") >= 0
}

// predicate is the word with which all that a cue governs hangs together: of a
// preposition its noun ("against any intervention"), of "is uneasy" the adjective.
func (r *reading) predicate(s *signal) int {
	t := &r.tree
	if h := t.head(s.token); h > s.token && h <= s.last {
		return h // "a guarded welcome"
	}
	if u := t.tokens[s.token].UPOS; (u == "ADP" || u == "SCONJ" || u == "ADV" || u == "AUX") && t.head(s.token) >= 0 {
		return t.head(s.token)
	}
	return s.token
}

// opinion tells what stance somebody takes who thinks or says something: that of
// the words with which he judges. "Holds that …" without such words is for it; "says
// that …" without them is no stance.
func (r *reading) opinion(s *signal, signals []signal) (stance, note string) {
	t := &r.tree
	if s.mark == "act" && r.isReport(s.token) && !t.is(s.token, "insist") {
		return "", ""
	}
	from, to := s.last+1, int(t.end[r.predicate(s)])
	if to <= from {
		return "", ""
	}
	word := ""
	for i := range signals {
		v := &signals[i]
		if v.kind == "verdict" && v.token >= from && v.token < to && stance == "" && t.distance(s.token, v.token) <= 3 && t.isSaid(v.token) {
			stance, word = v.value, strings.Join(v.words, " ")
			if r.negated(v.token) {
				stance = opposite(stance)
			}
		}
	}
	for i := from; i < to; i++ {
		if t.isDemand(i) {
			stance, word = dyad.StanceCallsFor, t.tokens[i].Text
			break
		}
	}
	switch {
	case stance != "":
		return stance, "an opinion, with “" + word + "” for its stance"
	case s.mark != "":
		return "", ""
	}
	return dyad.StanceFor, "an opinion"
}

// isSaid says whether a word is what a clause says of something, not a mere
// attribute or part: "is illegal", "an illegal act", but not "illegal fighters came".
func (t *tree) isSaid(n int) bool {
	if b := t.base(n); b == "amod" || b == "conj" {
		if n = t.head(n); n < 0 {
			return false
		}
	}
	switch t.base(n) {
	case "root", "ccomp", "xcomp", "obj", "obl", "dep", "parataxis", "advcl", "appos", "acl", "conj", "advmod", "case", "aux", "cop", "det", "mark", "cc", "nmod", "fixed":
		return t.base(n) != "nmod" || t.hasCase(n, "as") || t.hasCase(n, "of") && t.head(n) >= 0 && t.base(t.head(n)) != "nsubj"
	}
	return false
}

// isDemand says whether a word tells what should be: "must leave", "be handed back".
func (t *tree) isDemand(i int) bool {
	tok := &t.tokens[i]
	switch w := lower(tok.Text); w {
	case "must", "should", "ought":
		return tok.UPOS == "AUX" || tok.XPOS == "MD"
	case "be":
		h := t.head(i)
		if h < 0 || i == 0 {
			return false
		}
		for c := t.first[h]; c >= 0; c = t.next[c] {
			if int(c) != i && t.base(int(c)) == "aux" || lower(t.tokens[c].Text) == "to" {
				return false
			}
		}
		return t.tokens[i-1].XPOS != "MD" && lower(t.tokens[i-1].Text) != "to"
	}
	return false
}
