package coder

// governorOf gives the predicate that a noun is an argument of, and the noun of
// a chain that hangs on it: "carried out a series of attacks" gives "carried".
// -1 when the noun is no verb's argument.
func (t *tree) governorOf(n int) (verb, argument int) {
	for steps := 0; steps < 6; steps++ {
		h := t.head(n)
		if h < 0 {
			return -1, n
		}
		switch t.base(n) {
		case "obj", "nsubj", "obl", "iobj", "xcomp", "ccomp", "dep", "parataxis", "advcl":
			return h, n
		case "conj", "appos":
			n = h
		case "nmod":
			if !t.isQuantity(h) {
				return -1, n
			}
			n = h
		default:
			return -1, n
		}
	}
	return -1, n
}

// isQuantity says whether a noun only counts what follows it: "a series of
// attacks", "dozens of soldiers".
func (t *tree) isQuantity(n int) bool {
	switch lower(t.tokens[n].Lemma) {
	case "series", "wave", "spate", "string", "round", "number", "group", "dozen", "score", "hundred", "thousand",
		"lot", "couple", "pair", "kind", "type", "form", "set", "handful", "majority", "flurry", "barrage", "campaign", "part",
		"one", "two", "three", "four", "five", "six", "some", "many", "most", "several", "act":
		return true
	}
	return false
}

// doers adds whoever a noun makes its doer: "the attack by X", "X's attack",
// "the Iranian attack", "the attack of X", "X carried out an attack".
func (r *reading) doers(n int, ofTaken bool, out []candidate) []candidate {
	out = r.addDoers(n, howBy, out)
	out = r.participleDoers(n, out)
	out = r.addDoers(n, howPossessor, out)
	out = r.addDoers(n, howModifier, out)
	if !ofTaken {
		out = r.addDoers(n, howOf, out)
	}
	return r.verbDoers(n, out)
}

// addDoers adds the dependents that make a doer in one way.
func (r *reading) addDoers(n int, wanted how, out []candidate) []candidate {
	t := &r.tree
	for c := t.first[n]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		if r.doerHow(n, int(c)) == wanted {
			out = append(out, candidate{int(c), wanted})
		}
		if wanted == howBy && t.base(int(c)) == "nmod" && t.hasCase(int(c), "of") {
			// "the shooting of an envoy by soldiers": hung one noun too deep
			for d := t.first[c]; d >= 0; d = t.next[d] {
				if t.base(int(d)) == "nmod" && t.hasCase(int(d), "by") {
					out = append(out, candidate{int(d), howBy})
				}
			}
		}
	}
	return out
}

func (r *reading) doerHow(n, c int) how {
	t := &r.tree
	switch t.base(c) {
	case "nmod", "obl":
		switch {
		case t.rel(c) == "nmod:poss":
			return howPossessor
		case t.hasCase(c, "by"):
			return howBy
		case t.hasCase(c, "of"):
			return howOf
		case t.child(c, "case") >= 0:
			return howNone
		}
		fallthrough
	case "amod", "compound", "nummod", "dep":
		if c < n && t.mentionAt(c) >= 0 {
			return howModifier
		}
	}
	return howNone
}

// participleDoers finds the doer in a clause on the noun: "an attack carried out
// by X", "talks that X held".
func (r *reading) participleDoers(n int, out []candidate) []candidate {
	t := &r.tree
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if t.base(int(c)) == "acl" && r.isLight(int(c)) {
			if s := t.subject(int(c)); s.token >= 0 && s.token != n {
				out = append(out, candidate{s.token, howLightVerb})
			}
		}
	}
	return out
}

// verbDoers finds the doer as the subject of the verb beside the noun: "paid a
// visit", "arrived on a visit", "is in talks with".
func (r *reading) verbDoers(n int, out []candidate) []candidate {
	t := &r.tree
	v, argument := t.governorOf(n)
	if c := t.surface(argument); c.token >= 0 && t.child(argument, "cop") >= 0 {
		return append(out, candidate{c.token, howCopula})
	}
	if v < 0 {
		return out
	}
	switch t.base(argument) {
	case "obj":
		if r.isLight(v) {
			if s := t.subject(v); s.token >= 0 {
				out = append(out, candidate{s.token, howLightVerb})
			}
		}
	case "nsubj":
		if t.rel(argument) == "nsubj:pass" && r.isLight(v) {
			if s := t.agent(v); s.token >= 0 {
				out = append(out, candidate{s.token, howLightVerb})
			}
		}
	case "obl":
		// "retaliated with air strikes", "said after talks with Corva"
		told := t.hasCase(argument, "with") && r.c.hostile.has(t.lemma[n]) ||
			(t.hasCase(argument, "after") || t.hasCase(argument, "follow")) && r.attempt.block.source.Event == "CONSULT"
		beside := t.hasCase(argument, "on") || t.hasCase(argument, "in") || t.hasCase(argument, "for") || t.hasCase(argument, "during") || t.hasCase(argument, "at")
		if beside && r.isConflict() && !r.attempt.block.source.Reciprocal {
			// "Brennia voiced concern at the attack on Corva" is not Brennia's attack;
			// "Brennia killed ten in an attack on Corva" is.
			beside = t.hasCase(argument, "in") && !t.isPassive(v) && r.doesHarm(v)
		}
		if told || beside {
			if s := t.surface(v); s.token >= 0 {
				out = append(out, candidate{s.token, howVerbBeside})
			}
		}
	}
	return out
}

// isConflict reports whether the rule at hand tells of conflict.
func (r *reading) isConflict() bool {
	event := r.c.cb.Ontology.Event(r.attempt.block.source.Event)
	return event != nil && event.Quad >= 3
}

// doesHarm reports whether some rule of force has a verb for its trigger.
func (r *reading) doesHarm(v int) bool {
	for i := range r.c.triggers[r.tree.lemma[v]] {
		t := &r.c.triggers[r.tree.lemma[v]][i]
		if e := t.block.source.Event; (e == "ASSAULT" || e == "COERCE") && !t.block.noun {
			return !r.tree.is(v, "lose") && !r.tree.is(v, "suffer") && !r.tree.is(v, "die") && !r.tree.is(v, "hold") && !r.tree.is(v, "take")
		}
	}
	return false
}

func (r *reading) isLight(v int) bool {
	return r.c.light.has(r.tree.lemma[v])
}

// nounObliques adds what hangs on a noun, or on the light verb that carries it,
// by one of the prepositions: "an attack on X", "held talks in Corva with X".
func (r *reading) nounObliques(n int, prepositions []word, out []candidate) []candidate {
	t := &r.tree
	for c := t.first[n]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		switch t.base(int(c)) {
		case "nmod", "obl", "acl", "advcl", "dep", "xcomp":
			if t.after(int(c), prepositions) {
				out = append(out, candidate{int(c), howObliqueOfNoun})
			} else if r.isLight(int(c)) && t.base(int(c)) == "acl" {
				out = t.obliques(int(c), prepositions, out) // "talks held with X"
			} else if t.base(int(c)) == "nmod" {
				// "an attack in Corva on Brennia": hung one noun too deep
				for d := t.first[c]; d >= 0; d = t.next[d] {
					if t.base(int(d)) == "nmod" && int(d) > n && t.after(int(d), prepositions) && !t.hasCase(int(d), "of") {
						out = append(out, candidate{int(d), howObliqueOfNoun})
					}
				}
			}
		}
	}
	// The preposition may stand on the last of joined nouns: "a visit and talks with X".
	if h := t.head(n); h >= 0 && t.base(n) == "nmod" && t.isQuantity(h) {
		out = r.nounObliques(h, prepositions, out)
	}
	v, argument := t.governorOf(n)
	if v < 0 {
		return out
	}
	light := r.isLight(v) || t.base(argument) == "nsubj"
	for c := t.first[v]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		if b := t.base(int(c)); (b == "obl" || b == "nmod") && int(c) != argument && t.after(int(c), prepositions) && (light || t.adjoins(n, int(c))) {
			out = append(out, candidate{int(c), howOblique})
		}
	}
	return out
}

// adjoins says whether the phrase of a noun begins right where the noun's own
// phrase ends, so that it may well belong to it, whatever the parser says.
func (t *tree) adjoins(n, other int) bool {
	start := other
	for c := t.first[other]; c >= 0; c = t.next[c] {
		if int(c) < start {
			start = int(c)
		}
	}
	return int(t.end[n]) == start || n+1 == start
}
