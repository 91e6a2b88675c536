package coder

import "github.com/opendyad/dyad/codebook"

// candidates gives the tokens that may fill an element, best first, given the
// predicate whose arguments are looked at.
func (r *reading) candidates(e *element, predicate int, out []candidate) []candidate {
	t := &r.tree
	m := &r.attempt
	switch e.kind {
	case codebook.ElementInfinitive, codebook.ElementClause:
		finite := e.kind == codebook.ElementClause
		out = t.complements(predicate, finite, out)
		if !finite {
			out = t.obliques(predicate, r.c.receiverWords[:1], out) // "took Brennia to court"
		}
		for _, u := range m.used {
			if int(u) != predicate {
				out = t.complements(int(u), finite, out)
			}
		}
		return out
	}
	if m.block.noun && predicate == m.token {
		return r.nounCandidates(e, predicate, out)
	}
	if len(e.prepositions) > 0 {
		out = t.obliques(predicate, e.prepositions, out)
		if e.kind == codebook.ElementWord && len(e.phrases) == 0 && (m.trigger.modal || predicate == r.thatClause) {
			out = t.besideSpeech(predicate, e.prepositions, out)
		}
		for _, u := range m.used {
			if int(u) != predicate {
				out = r.nounObliques(int(u), e.prepositions, out)
			}
		}
		return r.spread(e, out)
	}
	if e.before {
		return r.spread(e, r.subjectCandidates(e, predicate, out))
	}
	if e.indirect {
		return r.indirectCandidates(predicate, out)
	}
	return r.spread(e, r.objectCandidates(e, predicate, out))
}

// besideSpeech adds what hangs by one of the prepositions on the verb of speech that
// governs a clause or stands in it: "unless it leaves, Corva said, it will be bombed".
func (t *tree) besideSpeech(clause int, prepositions []word, out []candidate) []candidate {
	if t.after(clause, prepositions) {
		return out // "asked if it would bomb Corva"
	}
	if h := t.head(clause); h >= 0 && t.base(clause) == "ccomp" {
		out = t.obliques(h, prepositions, out)
	}
	for c := t.first[clause]; c >= 0; c = t.next[c] {
		if t.base(int(c)) == "parataxis" {
			out = t.obliques(int(c), prepositions, out)
		}
	}
	return out
}

// subjectCandidates gives the subject of a verb or adjective.
func (r *reading) subjectCandidates(e *element, v int, out []candidate) []candidate {
	t := &r.tree
	if e.kind == codebook.ElementBoth {
		if c := t.surface(v); c.token >= 0 {
			out = append(out, c)
		}
		return out
	}
	if e.kind == codebook.ElementWord {
		// "critical" after "be": the copula or the verb that governs the adjective
		if c := t.child(v, "cop"); c >= 0 {
			out = append(out, candidate{c, howCopula})
		}
		if h := t.head(v); h >= 0 && t.base(v) == "xcomp" {
			out = append(out, candidate{h, howControl})
		}
	}
	c := t.subject(v)
	if m := &r.attempt; m.trigger.pos == "ADJ" && v == m.token || e.isTarget() {
		c = r.undergoer(v, e)
	}
	if c.token >= 0 {
		out = append(out, c)
		if c.how == howAgent {
			out = t.furtherAgents(v, c.token, out)
		}
		return out
	}
	if e.kind == codebook.ElementSource && !t.isPassive(v) && t.surface(v).token < 0 {
		if n := r.nearestLeft(v); n >= 0 {
			out = append(out, candidate{n, howNearest})
		}
	}
	return out
}

// furtherAgents adds the other phrases with "by": "ambushed by at least six to
// eight gunmen", which a parser may take for two.
func (t *tree) furtherAgents(v, first int, out []candidate) []candidate {
	for c := t.first[v]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		if t.tokens[c].Rel == "obl:agent" && int(c) != first {
			out = append(out, candidate{int(c), howAgent})
		}
	}
	return out
}

// undergoer gives the surface subject: of an adjective ("is opposed to"), or of
// "TGT accuse of …", which is a passive without a doer, or "TGT suffer (attack)".
// In the active voice a verb with an actor for its object is not meant.
func (r *reading) undergoer(v int, e *element) candidate {
	t := &r.tree
	if e.isTarget() && !r.attempt.rule.hasSource && !t.isPassive(v) {
		if o := t.child(v, "obj"); o >= 0 && t.mentionAt(o) >= 0 {
			return candidate{-1, howNone}
		}
	}
	c := t.surface(v)
	if c.token >= 0 && t.isPassive(v) {
		c.how = howPassiveSubject
	}
	return c
}

// nearestLeft gives the nearest actor left of a finite verb that has lost its
// subject, so long as no other verb lies between: "On Friday Brennia imposed …",
// where the parser took Brennia for another oblique. Joined verbs look left of
// the first of them.
func (r *reading) nearestLeft(v int) int {
	t := &r.tree
	switch t.tokens[v].XPOS {
	case "VBD", "VBZ", "VBP", "VBN":
	default:
		return -1
	}
	for steps := 0; t.base(v) == "conj" && steps < 5; steps++ {
		if h := t.head(v); h >= 0 && h < v && t.isVerb(h) {
			v = h
			continue
		}
		break
	}
	for i := v - 1; i >= 0; i-- {
		if t.at[i] >= 0 && t.child(i, "case") < 0 && t.base(i) != "obj" && t.rel(i) != "nmod:poss" {
			return i
		}
		if t.isVerb(i) && t.base(i) != "aux" || t.tokens[i].Text == ";" {
			return -1
		}
	}
	return -1
}

// objectCandidates gives the objects of a verb; where the trigger has a
// preposition of its own, what stands after it: "lashed out at Brennia".
func (r *reading) objectCandidates(e *element, v int, out []candidate) []candidate {
	t := &r.tree
	m := &r.attempt
	if p := m.trigger.particles; v == m.token && len(p) > 0 {
		out = t.obliques(v, p[len(p)-1:], out)
		if len(p) > 1 { // "gone to war with Brennia", where "with Brennia" hangs on the war
			for c := t.first[v]; c >= 0; c = t.next[c] {
				if t.base(int(c)) == "obl" || t.base(int(c)) == "obj" {
					out = t.obliques(int(c), p[len(p)-1:], out)
				}
			}
		}
		if len(out) > 0 && (t.is(v, "call") || m.trigger.governs) {
			return out // who is called upon or turned on, not what is called or turned down
		}
	}
	if v != m.token && r.thatClause >= 0 && v == r.thatClause {
		if s := t.subject(v); s.token >= 0 {
			out = append(out, candidate{s.token, howComplementSubject}) // "alleged that TGT violated …"
		}
	}
	if !t.isVerb(v) && t.child(v, "cop") >= 0 {
		return out // an adjective has no object
	}
	objects := len(out)
	out = t.objects(v, out)
	if e.isTarget() && m.block.unknownDoer && len(out) > objects && t.isPeople(out[objects].token) {
		out = r.places(v, out)
	}
	return out
}

// places adds where a verb's deed was done, for victims of whom nothing else is
// told: "Five people were killed in Corva".
func (r *reading) places(v int, out []candidate) []candidate {
	t := &r.tree
	for c := t.first[v]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		if t.base(int(c)) == "obl" && (t.hasCase(int(c), "in") || t.hasCase(int(c), "at") || t.hasCase(int(c), "near")) {
			out = append(out, candidate{int(c), howPlace})
		}
	}
	return out
}

// isPeople says whether a noun or number stands for some people: "five", "dozens",
// "villagers".
func (t *tree) isPeople(n int) bool {
	switch t.tokens[n].UPOS {
	case "NUM":
		return true
	case "NOUN":
	default:
		return false
	}
	switch t.tokens[n].Lemma {
	case "people", "person", "man", "woman", "child", "boy", "girl", "civilian", "victim", "resident", "villager", "passenger", "member", "other", "family", "local":
		return true
	}
	return t.isQuantity(n)
}

// indirectCandidates gives the receiver in "give TGT aid" and "give aid to TGT".
func (r *reading) indirectCandidates(v int, out []candidate) []candidate {
	t := &r.tree
	passive := t.isPassive(v)
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "iobj" {
			out = append(out, candidate{int(c), howIndirect})
		}
	}
	if passive && t.child(v, "obj") >= 0 {
		if s := t.surface(v); s.token >= 0 {
			out = append(out, candidate{s.token, howPassiveSubject})
		}
	}
	out = t.obliques(v, r.c.receiverWords[:], out)
	objects := len(out)
	out = t.objects(v, out)
	// "granted Corva autonomy", where a parser made one noun of the two.
	for _, o := range out[objects:] {
		for c := t.first[o.token]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
			if t.base(int(c)) == "compound" && int(c) > v && t.at[c] >= 0 {
				out = append(out, candidate{int(c), howIndirect})
			}
		}
	}
	return out
}

// nounCandidates gives the places around a noun trigger.
func (r *reading) nounCandidates(e *element, n int, out []candidate) []candidate {
	t := &r.tree
	m := &r.attempt
	if len(e.prepositions) > 0 {
		out = r.nounObliques(n, e.prepositions, out)
		for _, u := range m.used {
			if t.isVerb(int(u)) {
				out = t.obliques(int(u), e.prepositions, out)
			}
		}
		return r.spread(e, out)
	}
	if e.kind == codebook.ElementWord {
		if v, _ := t.governorOf(n); v >= 0 {
			out = append(out, candidate{v, howVerbBeside})
		}
		for c := t.first[n]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
			switch t.base(int(c)) {
			case "compound", "amod", "nmod", "acl", "cop", "det", "nummod":
				out = append(out, candidate{int(c), howModifier})
			}
		}
		return out
	}
	if p := m.trigger.particles; len(p) > 0 && !e.before && !e.possessor {
		return r.nounObliques(n, p[len(p)-1:], out)
	}
	out = r.doers(n, m.rule.ofTaken, out)
	if m.rule.governed {
		if v, _ := t.governorOf(n); v >= 0 {
			if s := t.subject(v); s.token >= 0 && s.token != n {
				out = append(out, candidate{s.token, howVerbBeside})
			}
		}
	}
	if !e.before && !e.possessor {
		out = r.nounObliques(n, r.c.ofWords[:], out)
	}
	return out
}

// spread adds to candidates for a word what is joined to them and what a noun of
// quantity counts: "condemned the raid and the attack", "a series of attacks".
func (r *reading) spread(e *element, out []candidate) []candidate {
	if e.isSlot() {
		return out
	}
	t := &r.tree
	for i := 0; i < len(out) && len(out) < maxCandidates; i++ {
		n := out[i].token
		quantity := t.isQuantity(n)
		for c := t.first[n]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
			rel := t.tokens[c].Rel
			if rel == "conj" || quantity && rel == "nmod" && t.hasCase(int(c), "of") {
				out = append(out, candidate{int(c), out[i].how})
			}
		}
	}
	return out
}

// hasNaturalCause says whether what did it is no one: "An earthquake killed
// fifty people", "… died in a crash", "… due to a shortage of oxygen".
func (r *reading) hasNaturalCause(v int) bool {
	t := &r.tree
	if s := t.subject(v); s.token >= 0 && r.c.nature.has(t.lemma[s.token]) {
		return true
	}
	for c := t.first[v]; c >= 0; c = t.next[c] {
		switch t.base(int(c)) {
		case "obl":
			if r.c.nature.has(t.lemma[c]) || t.hasCase(int(c), "due") && t.mentionAt(int(c)) < 0 && !r.c.hostile.has(t.lemma[c]) {
				return true
			}
		case "compound":
			// "A storm hit Corva", with the verb taken for a noun
			if int(c) < v && t.isVerb(v) && r.c.nature.has(t.lemma[c]) {
				return true
			}
		case "advcl":
			if s := t.subject(int(c)); s.token >= 0 && r.c.nature.has(t.lemma[s.token]) {
				return true
			}
			// "were killed when their helicopter crashed"
			if r.c.nature.has(t.lemma[c]) && t.child(int(c), "obj") < 0 {
				return true
			}
		}
	}
	return false
}
