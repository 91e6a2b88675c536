package coder

import "github.com/opendyad/dyad"

// A filling is the mentions that fill a slot, and how they were found.
type filling struct {
	mentions []int32 // indexes into the sentence's mentions
	token    int     // the token where the slot was looked for, -1 for none
	how      how
	inner    int // the token inside an abstract noun that names the actor, -1 when the head does
}

func (f *filling) empty() bool { return len(f.mentions) == 0 }

func (f *filling) clear() { *f = filling{mentions: f.mentions[:0], token: -1, inner: -1} }

// resolve fills a slot from a token: the actor that it names and those joined to
// it, or else the actor inside an abstract noun: "Brennia's decision", "officials
// from Brennia", "the attack by Brennia". It reports whether there is one.
func (r *reading) resolve(c candidate, e *element, f *filling) bool {
	f.clear()
	f.token, f.how = c.token, c.how
	explicit := len(e.prepositions) > 0
	switch c.how {
	case howAgent, howBy, howPlace, howOblique, howObliqueOfNoun:
		explicit = true
	}
	r.gather(c.token, e, explicit, f, 3)
	return !f.empty()
}

// gather adds the mention at a token and at its conjuncts, going inside where
// the token itself is no actor.
func (r *reading) gather(n int, e *element, explicit bool, f *filling, depth int) {
	t := &r.tree
	if n < 0 || depth == 0 {
		return
	}
	found := r.take(n, e, explicit, f)
	if !found && t.mentionAt(n) < 0 {
		found = r.goInside(n, e, f, depth)
	}
	for c := t.first[n]; c >= 0 && len(f.mentions) < maxCandidates; c = t.next[c] {
		if t.tokens[c].Rel != "conj" || !found && t.at[c] < 0 {
			continue // what is joined to no actor must be one itself
		}
		if (t.isNoun(int(c)) || t.mentionAt(int(c)) >= 0) && !t.isExcepted(int(c)) {
			r.gather(int(c), e, explicit, f, depth-1)
		}
	}
}

// isExcepted says whether what is joined to a noun is joined to be ruled out: "and no
// Corvan citizens", "but not Corva".
func (t *tree) isExcepted(n int) bool {
	for c := t.first[n]; c >= 0; c = t.next[c] {
		switch lower(t.tokens[c].Text) {
		case "no", "not", "never":
			return int(c) < n
		}
	}
	return false
}

// take adds the mention that stands at a token, if it may fill the slot.
func (r *reading) take(n int, e *element, explicit bool, f *filling) bool {
	t := &r.tree
	m := t.mentionAt(n)
	if m < 0 || len(t.mentions[m].Entities) == 0 {
		return false
	}
	if t.mentions[m].Place && !explicit && r.isLocative(n) {
		return false
	}
	if !sectorFits(&t.mentions[m], e.sectors) {
		return false
	}
	return f.add(m)
}

func (f *filling) add(m int) bool {
	for _, have := range f.mentions {
		if int(have) == m {
			return true
		}
	}
	f.mentions = append(f.mentions, int32(m))
	return true
}

func sectorFits(m *dyad.Mention, sectors []string) bool {
	if len(sectors) == 0 {
		return true
	}
	for i := range m.Entities {
		for _, s := range sectors {
			if m.Entities[i].Sector == s || m.Entities[i].Code == s || s == "" {
				return true
			}
		}
	}
	return false
}

// eachOther says whether a token is of "each other" or "one another", whichever of the
// two words the parser put first, or something of theirs: "each other's envoys".
func (t *tree) eachOther(n int) bool {
	second := func(i int) bool {
		return i > 0 && (t.is(i, "other") || t.is(i, "another")) && (lower(t.tokens[i-1].Text) == "each" || lower(t.tokens[i-1].Text) == "one")
	}
	if second(n) || n+1 < len(t.tokens) && second(n+1) {
		return true
	}
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "nmod:poss" && (second(int(c)) || int(c)+1 < n && second(int(c)+1)) {
			return true
		}
	}
	return false
}

// isLocative says whether a noun stands where it can only say where: "in Corva".
func (r *reading) isLocative(n int) bool {
	t := &r.tree
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "case" {
			switch lower(t.tokens[c].Text) {
			case "in", "at", "near", "inside", "across", "around", "throughout", "within", "outside", "from", "through", "over", "off":
				return true
			}
		}
	}
	return false
}

// goInside looks for the actor in an abstract noun, nearest relation first.
func (r *reading) goInside(n int, e *element, f *filling, depth int) bool {
	t := &r.tree
	switch t.tokens[n].UPOS {
	case "NOUN", "PROPN", "NUM", "PRON", "DET", "ADJ":
	default:
		return false
	}
	if t.standsBy(n) {
		return false
	}
	for wanted := 1; wanted <= insideRanks; wanted++ {
		for c := t.first[n]; c >= 0; c = t.next[c] {
			if r.insideRank(n, int(c), e) != wanted {
				continue
			}
			at := int(c)
			if t.base(at) == "acl" && t.isVerb(at) && e.isTarget() && t.isPassive(at) {
				at = t.agent(at).token // "a bill backed by X"
			}
			before := len(f.mentions)
			r.gather(at, e, true, f, depth-1)
			if len(f.mentions) > before {
				f.inner = at
				return true
			}
		}
	}
	return r.goBeside(n, e, f, depth)
}

// standsBy says whether a noun tells of one who has no part in what is done: "signed it
// in the presence of the king", "under the auspices of the Union".
func (t *tree) standsBy(n int) bool {
	switch lower(t.tokens[n].Lemma) {
	case "presence", "absence", "auspices", "auspex", "auspice", "supervision", "sponsorship", "honour", "honor", "behalf":
		return true
	}
	return false
}

// goBeside looks in the phrase right after an abstract noun that a parser hung on
// the verb: "freed soldiers from Corva", "the border with Corva".
func (r *reading) goBeside(n int, e *element, f *filling, depth int) bool {
	t := &r.tree
	h := t.head(n)
	if h < 0 {
		return false
	}
	for c := t.first[h]; c >= 0; c = t.next[c] {
		if t.base(int(c)) != "obl" || int(c) <= n || !t.adjoins(n, int(c)) || !r.lends(n, int(c), e) {
			continue
		}
		before := len(f.mentions)
		r.gather(int(c), e, true, f, depth-1)
		if len(f.mentions) > before {
			f.inner = int(c)
			return true
		}
	}
	return false
}

// gatherSiblings adds the other subjects of a predicate to one that needs two:
// "Brennian and Corvan troops clashed", where the parser made two subjects.
func (r *reading) gatherSiblings(f *filling, e *element) {
	t := &r.tree
	h := t.head(f.token)
	if h < 0 {
		return
	}
	for c := t.first[h]; c >= 0; c = t.next[c] {
		if int(c) != f.token && t.base(int(c)) == t.base(f.token) {
			r.gather(int(c), e, true, f, 2)
		}
	}
}

const insideRanks = 5

// insideRank says how near a dependent of an abstract noun is to being its
// actor, 1 the nearest, 0 not at all: the group, X; X's decision; a raid by X; the
// Brennian raid; the war on X.
func (r *reading) insideRank(n, c int, e *element) int {
	t := &r.tree
	switch t.base(c) {
	case "appos":
		if c > n && t.mentionAt(c) >= 0 {
			return 1
		}
	case "amod", "compound", "flat":
		if t.mentionAt(c) >= 0 {
			return 4
		}
	case "nmod", "acl":
		switch {
		case t.rel(c) == "nmod:poss":
			return 2
		case t.hasCase(c, "by") || t.base(c) == "acl" && e.isTarget() && t.isVerb(c) && t.isPassive(c):
			return 3
		case t.base(c) == "nmod" && r.lends(n, c, e):
			return 5
		}
	}
	return 0
}

// lends says whether a phrase after a noun tells whose the noun is: "officials
// from Brennia", "people of Brennia", "talks with Brennia"; for the side that
// something is done to also "five people in Corva". "The killing of Corvans" is
// not the Corvans'.
func (r *reading) lends(noun, n int, e *element) bool {
	t := &r.tree
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel != "case" {
			continue
		}
		switch lower(t.tokens[c].Text) {
		case "of":
			return !r.c.hostile.has(t.lemma[noun]) && !r.c.hostile.has(t.form[noun])
		case "from", "with", "between", "among":
			return true
		case "in", "at", "near", "inside", "across":
			return e.isTarget()
		}
	}
	return false
}
