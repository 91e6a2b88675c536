package coder

// How an argument of a predicate was found; it becomes words in a reason.
type how uint8

const (
	howNone how = iota
	howSubject
	howAgent
	howAntecedent
	howShared
	howControl
	howParticiple
	howObject
	howPassiveSubject
	howIndirect
	howOblique
	howObliqueOfNoun
	howPossessor
	howModifier
	howOf
	howBy
	howLightVerb
	howVerbBeside
	howCopula
	howComplementSubject
	howNearest
	howPlace
	howImplied
	howUnasked // not looked for yet
)

var howWords = [...]string{
	howNone:              "",
	howSubject:           "subject",
	howAgent:             "agent of the passive",
	howAntecedent:        "noun that the relative clause describes",
	howShared:            "subject shared with the verb before",
	howControl:           "subject of the verb that governs it",
	howParticiple:        "noun that the participle describes",
	howObject:            "object",
	howPassiveSubject:    "subject of the passive",
	howIndirect:          "indirect object",
	howOblique:           "after the preposition",
	howObliqueOfNoun:     "after the preposition of the noun",
	howPossessor:         "possessor of the noun",
	howModifier:          "adjective or noun before the noun",
	howOf:                "after \"of\"",
	howBy:                "after \"by\"",
	howLightVerb:         "subject of the light verb",
	howVerbBeside:        "subject of the verb beside the noun",
	howCopula:            "subject of the copula",
	howComplementSubject: "subject of the complement",
	howNearest:           "nearest actor to the left",
	howPlace:             "place of the deed",
	howImplied:           "implied",
}

// A candidate is a token that may fill a place of a pattern.
type candidate struct {
	token int
	how   how
}

const maxCandidates = 24 // of one place in a pattern; enough for any sane sentence

// isPassive says whether a verb stands in the passive: "was attacked", "the
// village attacked by X", "Attacked by X, Aldoria …", and a participle joined to
// one: "was attacked and looted".
func (t *tree) isPassive(v int) bool {
	if t.passives[v] == notAsked {
		t.passives[v] = isUnmet
		if t.passive(v, 4) {
			t.passives[v] = isMet
		}
	}
	return t.passives[v] == isMet
}

func (t *tree) passive(v, depth int) bool {
	participle := t.tokens[v].XPOS == "VBN"
	if t.squeezed(v) >= 0 {
		return false
	}
	aux, subject := false, false
	for c := t.first[v]; c >= 0; c = t.next[c] {
		switch t.tokens[c].Rel {
		case "nsubj:pass", "csubj:pass", "aux:pass":
			return true
		case "aux", "cop":
			aux = true
			if participle && t.is(int(c), "be") {
				return true
			}
		case "nsubj":
			subject = true
		}
	}
	if aux || subject || !participle {
		return false
	}
	switch t.base(v) {
	case "acl", "advcl", "amod":
		// "Brennia deployed troops", with a past tense taken for a participle
		return t.child(v, "obj") < 0 || t.hasTwoObjects(v)
	case "conj", "xcomp":
		h := t.head(v)
		return depth > 0 && h >= 0 && (t.passive(h, depth-1) || t.is(h, "get") || t.is(h, "have"))
	}
	return false
}

// hasTwoObjects says whether a verb keeps an object in the passive: "given aid".
func (t *tree) hasTwoObjects(v int) bool {
	switch t.tokens[v].Lemma {
	case "give", "grant", "offer", "award", "hand", "deny", "pay", "send", "show", "tell", "teach", "ask", "promise", "refuse", "allow":
		return true
	}
	return false
}

// squeezed gives the noun left of a participle that stands between two nouns, of
// which the second is its governor; -1 for none. It does what the participle
// says to the second: "rebel held towns", and also "Generals seized control …",
// with a past tense taken for a participle.
func (t *tree) squeezed(v int) int {
	if t.tokens[v].XPOS != "VBN" && t.tokens[v].XPOS != "VBD" || t.base(v) != "amod" || v == 0 {
		return -1
	}
	left := v - 1
	if m := t.inside[left]; m >= 0 {
		left = t.mentions[m].Head
	} else {
		return -1
	}
	if h := t.head(v); h >= 0 && (t.head(left) == h || t.head(left) == v) && h > v {
		return left
	}
	return -1
}

// surface gives the surface subject of a predicate, its own or the one that the
// construction lends it.
func (t *tree) surface(v int) candidate {
	if v < 0 {
		return candidate{-1, howNone}
	}
	if t.surfaces[v].how == howUnasked {
		t.surfaces[v] = t.surfaceWithin(v, 8)
	}
	return t.surfaces[v]
}

func (t *tree) surfaceWithin(v, depth int) candidate {
	none := candidate{-1, howNone}
	if v < 0 || depth == 0 {
		return none
	}
	if left := t.squeezed(v); left >= 0 {
		return candidate{left, howSubject}
	}
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.base(int(c)) != "nsubj" {
			continue
		}
		if t.isRelative(int(c)) && t.base(v) == "acl" && t.head(v) >= 0 {
			return candidate{t.antecedent(v), howAntecedent} // "Brennia, which attacked …"
		}
		if t.mentionAt(int(c)) < 0 {
			// "CORVAGRAD - Brennian troops fired": a dateline that became a subject
			c = t.laterSubject(c)
		}
		if t.tokens[v].UPOS != "VERB" && t.tokens[v].UPOS != "AUX" {
			return candidate{int(c), howCopula}
		}
		return candidate{int(c), howSubject}
	}
	h := t.head(v)
	if h < 0 {
		return none
	}
	switch t.base(v) {
	case "conj":
		if own := t.ownSubject(v); own >= 0 {
			return candidate{own, howSubject}
		}
		return t.lent(t.surfaceWithin(h, depth-1), howShared)
	case "xcomp":
		return t.controller(v, h, depth)
	case "advcl", "ccomp", "parataxis":
		if t.base(v) != "advcl" && t.child(v, "mark") >= 0 && !t.hasMark(v, "to") {
			return none
		}
		if t.hasMark(v, "of") || t.hasMark(v, "for") || t.hasMark(v, "from") || t.hasMark(v, "into") {
			return t.controller(v, h, depth) // "accused Brennia of attacking"
		}
		return t.lent(t.surfaceWithin(h, depth-1), howControl)
	case "acl":
		return t.surfaceOfClause(v, h, depth)
	case "amod":
		if t.tokens[v].XPOS == "VBG" {
			return candidate{h, howParticiple} // "the protesting farmers"
		}
	case "dep", "cop":
		return t.lent(t.surfaceWithin(h, depth-1), howShared)
	}
	return none
}

// laterSubject gives the next subject of the same predicate that is an actor, else the
// one given.
func (t *tree) laterSubject(first int32) int32 {
	if first > 0 {
		return first // only the first word of a sentence may be its dateline
	}
	for c := t.next[first]; c >= 0; c = t.next[c] {
		if t.base(int(c)) == "nsubj" && t.mentionAt(int(c)) >= 0 {
			return c
		}
	}
	return first
}

func (t *tree) lent(c candidate, h how) candidate {
	if c.how == howSubject || c.how == howCopula {
		c.how = h
	}
	return c
}

// controller gives the subject of an open complement: that of the governor
// ("Corva agreed to visit"), or its object ("Corva forced Brennia to leave").
func (t *tree) controller(v, governor, depth int) candidate {
	if !t.isPassive(governor) && !t.controlsBySubject(governor) {
		for c := t.first[governor]; c >= 0; c = t.next[c] {
			if rel := t.tokens[c].Rel; (rel == "obj" || rel == "iobj") && int(c) < v {
				return candidate{int(c), howControl}
			}
		}
		if !t.isNoun(governor) {
			// "called on Brennia to leave": an oblique of a verb of speech.
			for c := t.first[governor]; c >= 0; c = t.next[c] {
				if t.base(int(c)) == "obl" && int(c) < v && t.hasMark(v, "to") && (t.hasCase(int(c), "on") || t.hasCase(int(c), "for")) && t.is(governor, "call") {
					return candidate{int(c), howControl}
				}
			}
		}
	}
	return t.lent(t.surfaceWithin(governor, depth-1), howControl)
}

func (t *tree) controlsBySubject(v int) bool {
	return t.is(v, "promise") || t.is(v, "threaten") || t.is(v, "vow") || t.is(v, "offer")
}

// surfaceOfClause gives the subject of a clause that describes a noun: "troops
// firing at X", "a village attacked by X", "Brennia's decision to raise …".
func (t *tree) surfaceOfClause(v, noun, depth int) candidate {
	if !t.hasMark(v, "to") {
		return candidate{noun, howParticiple}
	}
	for c := t.first[noun]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "nmod:poss" {
			return candidate{int(c), howPossessor}
		}
	}
	if h := t.head(noun); h >= 0 && (t.base(noun) == "obj" || t.base(noun) == "obl" || t.rel(noun) == "nsubj:pass") {
		if t.isPassive(h) {
			return t.agent(h)
		}
		return t.lent(t.surfaceWithin(h, depth-1), howControl)
	}
	if c := t.surfaceWithin(noun, 1); c.token >= 0 {
		return c
	}
	for c := t.first[noun]; c >= 0; c = t.next[c] {
		if (t.base(int(c)) == "amod" || t.base(int(c)) == "compound") && t.mentionAt(int(c)) >= 0 {
			return candidate{int(c), howModifier}
		}
	}
	return candidate{noun, howParticiple}
}

// ownSubject gives the name between "and" and a finite verb that is joined to another:
// "Brennia recalled its envoy and Corva barred him", where the parser joined Corva to the
// envoy. -1 where there is none.
func (t *tree) ownSubject(v int) int {
	if x := t.tokens[v].XPOS; v < 2 || x != "VBD" && x != "VBZ" && x != "VBP" {
		return -1
	}
	k := t.inside[v-1]
	if k < 0 || t.tokens[v-1].UPOS != "PROPN" || t.mentions[k].First < 1 || t.base(t.mentions[k].Head) != "conj" {
		return -1
	}
	if lower(t.tokens[t.mentions[k].First-1].Text) != "and" {
		return -1
	}
	return t.mentions[k].Head
}

// agent gives the doer of a passive: "by X".
func (t *tree) agent(v int) candidate {
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "obl:agent" || (t.base(int(c)) == "obl" || t.base(int(c)) == "nmod") && t.hasCase(int(c), "by") {
			return candidate{int(c), howAgent}
		}
	}
	if x := t.child(v, "xcomp"); x >= 0 && !t.isVerb(x) {
		return t.agent(x) // "shot dead by X"
	}
	return candidate{-1, howNone}
}

// subject gives the one who acts: of a passive, its agent.
func (t *tree) subject(v int) candidate {
	if t.subjects[v].how == howUnasked {
		t.subjects[v] = t.findSubject(v)
	}
	return t.subjects[v]
}

func (t *tree) findSubject(v int) candidate {
	if !t.isPassive(v) {
		return t.surface(v)
	}
	if c := t.agent(v); c.token >= 0 {
		return c
	}
	// "was attacked and looted by X"
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "conj" && t.isVerb(int(c)) {
			if a := t.agent(int(c)); a.token >= 0 {
				return a
			}
		}
	}
	if t.base(v) == "conj" && t.head(v) >= 0 && t.isPassive(t.head(v)) && t.childBase(v, "nsubj") < 0 {
		return t.agent(t.head(v))
	}
	return candidate{-1, howNone}
}

// objects adds the direct objects of a verb, or the subject of its passive.
func (t *tree) objects(v int, out []candidate) []candidate {
	if t.isPassive(v) {
		for c := t.first[v]; c >= 0; c = t.next[c] {
			if t.tokens[c].Rel == "obj" {
				out = append(out, candidate{int(c), howObject})
			}
		}
		if c := t.surface(v); c.token >= 0 {
			out = append(out, candidate{c.token, howPassiveSubject})
		}
		return out
	}
	if t.squeezed(v) >= 0 {
		return append(out, candidate{t.head(v), howObject})
	}
	found := false
	for c := t.first[v]; c >= 0; c = t.next[c] {
		switch t.tokens[c].Rel {
		case "obj", "iobj":
			found = true
			if t.isRelative(int(c)) && t.base(v) == "acl" && t.head(v) >= 0 {
				out = append(out, candidate{t.head(v), howAntecedent})
				continue
			}
			out = append(out, candidate{int(c), howObject})
		case "ccomp":
			// "called for Brennia to leave", "wants Brennia to leave"
			if s := t.child(int(c), "nsubj"); s >= 0 && t.hasMark(int(c), "to") {
				out = append(out, candidate{s, howComplementSubject})
			}
		}
	}
	if found {
		return out
	}
	if t.rel(v) == "acl:relcl" && t.head(v) >= 0 {
		if s := t.childBase(v, "nsubj"); s >= 0 && !t.isRelative(s) && t.head(v) < v {
			return append(out, candidate{t.head(v), howAntecedent}) // "the village that Brennia attacked"
		}
	}
	return t.sharedObject(v, out)
}

// sharedObject adds the object that stands at the last of several joined verbs:
// "bombed and shelled Brennia".
func (t *tree) sharedObject(v int, out []candidate) []candidate {
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.base(int(c)) == "obl" && int(c) > v {
			return out
		}
		if t.tokens[c].Rel != "conj" || !t.isVerb(int(c)) || t.childBase(int(c), "nsubj") >= 0 {
			continue
		}
		if o := t.child(int(c), "obj"); o >= 0 {
			return append(out, candidate{o, howObject})
		}
	}
	return out
}

// hasMark says whether a clause is opened by the word: "to", "if".
func (t *tree) hasMark(v int, mark string) bool {
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "mark" && t.is(int(c), mark) {
			return true
		}
	}
	return false
}

// hasCase says whether a noun stands after the preposition.
func (t *tree) hasCase(n int, preposition string) bool {
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "case" && t.is(int(c), preposition) {
			return true
		}
	}
	return false
}

// after says whether a noun or clause hangs on one of the prepositions; of a
// preposition of several words the last counts ("in front of").
func (t *tree) after(n int, prepositions []word) bool {
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if rel := t.tokens[c].Rel; rel != "case" && rel != "mark" {
			continue
		}
		last := c
		for f := t.first[c]; f >= 0; f = t.next[f] {
			if t.tokens[f].Rel == "fixed" {
				last = f
			}
		}
		w, form := t.lemma[last], t.form[last]
		if w == 0 && form == 0 {
			continue
		}
		for _, p := range prepositions {
			if p == w || p == form { // "following" is "follow"
				return true
			}
		}
	}
	return false
}

// obliques adds what hangs on a predicate by one of the prepositions: on the
// verb, or, where a parser put it there, on its object.
func (t *tree) obliques(v int, prepositions []word, out []candidate) []candidate {
	for c := t.first[v]; c >= 0; c = t.next[c] {
		switch t.base(int(c)) {
		case "obl", "nmod", "advcl", "acl", "xcomp", "ccomp", "advmod", "dep":
			if t.clauseSubject(int(c), prepositions) {
				out = append(out, candidate{t.childBase(int(c), "nsubj"), howComplementSubject})
			}
			if t.after(int(c), prepositions) {
				out = append(out, candidate{int(c), howOblique})
			}
		case "obj", "iobj", "nsubj:pass":
			for d := t.first[c]; d >= 0; d = t.next[d] {
				if b := t.base(int(d)); (b == "nmod" || b == "acl" || b == "obl") && t.after(int(d), prepositions) {
					out = append(out, candidate{int(d), howObliqueOfNoun})
				}
			}
		}
		if len(out) >= maxCandidates {
			break
		}
	}
	if t.squeezed(v) >= 0 {
		out = t.nounPhrases(t.head(v), prepositions, out)
	}
	if t.rel(v) == "acl:relcl" && t.head(v) >= 0 {
		t.relativeOblique(v, out)
	}
	if h := t.head(v); h >= 0 && t.base(v) == "xcomp" && !t.isVerb(v) {
		out = t.laterPhrases(h, v, prepositions, out) // "remained deaf to the pleas"
	}
	return t.strayObliques(v, prepositions, out)
}

// laterPhrases adds what hangs on a verb by one of the prepositions, right of a
// word.
func (t *tree) laterPhrases(verb, left int, prepositions []word, out []candidate) []candidate {
	for c := t.first[verb]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		if int(c) > left && t.base(int(c)) == "obl" && t.after(int(c), prepositions) {
			out = append(out, candidate{int(c), howOblique})
		}
	}
	return out
}

// nounPhrases adds what hangs on a noun by one of the prepositions.
func (t *tree) nounPhrases(n int, prepositions []word, out []candidate) []candidate {
	for c := t.first[n]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		if t.base(int(c)) == "nmod" && t.after(int(c), prepositions) {
			out = append(out, candidate{int(c), howObliqueOfNoun})
		}
	}
	return out
}

// strayObliques adds what a parser hung on another phrase of the verb:
// "marched in Corvagrad against the government".
func (t *tree) strayObliques(v int, prepositions []word, out []candidate) []candidate {
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.base(int(c)) != "obl" || t.after(int(c), prepositions) {
			continue
		}
		for d := t.first[c]; d >= 0 && len(out) < maxCandidates; d = t.next[d] {
			if t.base(int(d)) == "nmod" && !t.hasCase(int(d), "of") && t.after(int(d), prepositions) {
				out = append(out, candidate{int(d), howObliqueOfNoun})
			}
		}
	}
	return out
}

// clauseSubject says whether a clause has its preposition before its subject:
// "called for Brennia to withdraw".
func (t *tree) clauseSubject(clause int, prepositions []word) bool {
	s := t.childBase(clause, "nsubj")
	if s < 0 {
		return false
	}
	for c := t.first[clause]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "mark" && int(c) < s {
			for _, p := range prepositions {
				if p == t.lemma[c] {
					return true
				}
			}
		}
	}
	return false
}

// relativeOblique finds "Brennia, with which Corva is at war": the pronoun
// stands for the noun that the clause describes.
func (t *tree) relativeOblique(v int, out []candidate) {
	for i := range out {
		if t.isRelative(out[i].token) {
			out[i] = candidate{t.head(v), howAntecedent}
		}
	}
}

// complements adds the clauses without a subject of their own that complete a
// predicate or noun: "agreed to visit", "readiness to visit", "kept shelling".
func (t *tree) complements(v int, finite bool, out []candidate) []candidate {
	for c := t.first[v]; c >= 0; c = t.next[c] {
		ok := false
		switch t.base(int(c)) {
		case "xcomp":
			ok = !finite
		case "ccomp":
			ok = finite || t.childBase(int(c), "nsubj") < 0 || t.hasMark(int(c), "to")
		case "advcl", "acl":
			if finite {
				ok = t.base(int(c)) == "acl" && t.hasMark(int(c), "that")
			} else {
				ok = t.rel(int(c)) != "acl:relcl" && (t.hasMark(int(c), "to") || t.tokens[c].XPOS == "VBG" || t.tokens[c].XPOS == "VB")
			}
		case "parataxis":
			ok = finite
		}
		if ok {
			out = t.withConjuncts(candidate{int(c), howControl}, out)
		}
		if len(out) >= maxCandidates {
			break
		}
	}
	if h := t.head(v); finite && len(out) == 0 && h >= 0 && t.base(v) == "parataxis" {
		out = t.withConjuncts(candidate{h, howControl}, out) // "Brennia will bomb Corva, the minister said"
	}
	return out
}

// withConjuncts adds a token and what is joined to it.
func (t *tree) withConjuncts(c candidate, out []candidate) []candidate {
	out = append(out, c)
	for d := t.first[c.token]; d >= 0 && len(out) < maxCandidates; d = t.next[d] {
		if t.tokens[d].Rel == "conj" {
			out = append(out, candidate{int(d), c.how})
		}
	}
	return out
}
