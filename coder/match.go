package coder

import (
	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"slices"
)

// A match is a rule that fits at a trigger, with its slots filled.
type match struct {
	block     *block
	rule      *rule
	trigger   *trigger
	token     int
	source    filling
	target    filling
	mutual    bool // the target is "each other"
	unknown   bool // the doer is required by the rule and not told
	used      []int32
	found     int // words of the pattern found so far
	words     int // what the rule asked for and found
	slots     int
	out       bool    // another match explains it
	judged    float32 // how sure the judge is, where no rule fired
	dismissed bool    // a rule fits, and the judge says that the word is not so meant
	private   bool    // nobody of political relevance has a part in it
	failedAt  int     // the deepest element that did not fit, for explaining
}

// better says whether a match wins over another at the same trigger: most words,
// then most slots filled, then the event with a mode, then the order of the blocks.
func (m *match) better(o *match) bool {
	if o.rule == nil {
		return true
	}
	if m.words != o.words {
		return m.words > o.words
	}
	if m.unknown != o.unknown {
		return o.unknown
	}
	if m.slots != o.slots {
		return m.slots > o.slots
	}
	if mode := m.block.source.Mode != ""; mode != (o.block.source.Mode != "") {
		return mode
	}
	return m.trigger.order < o.trigger.order
}

// matchToken tries every rule whose trigger the token may be and keeps the best.
func (r *reading) matchToken(i int) {
	best := match{token: i}
	r.others = r.others[:0]
	lemma, form := r.tree.lemma[i], r.tree.form[i]
	for k := range r.c.triggers[lemma] {
		r.matchTrigger(i, &r.c.triggers[lemma][k], &best)
	}
	if form != lemma {
		for k := range r.c.triggers[form] {
			if t := &r.c.triggers[form][k]; t.pos == "NOUN" || t.pos == "ADJ" {
				r.matchTrigger(i, t, &best)
			}
		}
	}
	if best.rule != nil {
		r.lendTarget(&best)
		r.matches = append(r.matches, best)
	}
}

// lendTarget gives a match without a target the one that a less specific rule of
// the same event found: "rejected (proposal)" wins over "rejected TGT" for
// "rejected Corva's proposal", and still knows whose proposal it was.
func (r *reading) lendTarget(best *match) {
	if !best.target.empty() || best.block.source.Reciprocal {
		return
	}
	for i := range r.others {
		o := &r.others[i]
		if o.block.source.Event == best.block.source.Event && !o.target.empty() && (best.source.empty() || overlap(best.source.mentions, o.source.mentions)) {
			best.target = o.target
			return
		}
	}
}

func overlap(a, b []int32) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// matchTrigger tries the rules of one block at a token.
func (r *reading) matchTrigger(i int, t *trigger, best *match) {
	if !r.triggerStands(i, t) {
		return
	}
	found := match{}
	for k := range t.block.rules {
		rule := &t.block.rules[k]
		if !r.mayFit(rule) {
			continue
		}
		r.begin(i, t, rule)
		if !r.place(0, i) || !r.complete() {
			r.tell(false)
			continue
		}
		r.tell(true)
		r.attempt.count()
		if r.attempt.better(&found) {
			if found.rule != nil {
				r.others = append(r.others, found)
			}
			found = r.attempt.copy()
		} else if !r.attempt.target.empty() {
			r.others = append(r.others, r.attempt.copy())
		}
	}
	if found.rule == nil {
		return
	}
	if !found.better(best) {
		r.others = append(r.others, found)
		return
	}
	if r.veto(i, t) {
		r.tellVeto()
		r.vetoed = true
		return
	}
	if best.rule != nil {
		r.others = append(r.others, *best)
	}
	*best = found
}

// veto says whether a veto of a trigger's block fits at a token; the attempt is then
// that veto's.
func (r *reading) veto(i int, t *trigger) bool {
	for k := range t.block.vetoes {
		if rule := &t.block.vetoes[k]; r.mayFit(rule) {
			r.begin(i, t, rule)
			if r.place(0, i) {
				return true
			}
		}
	}
	return false
}

// triggerStands says whether a token is the trigger: its part of speech is right
// and its particles are there.
func (r *reading) triggerStands(i int, t *trigger) bool {
	tree := &r.tree
	upos := tree.tokens[i].UPOS
	if m := tree.inside[i]; m >= 0 && tree.mentions[m].How == dyad.MentionNamed {
		return false // "the Strike Committee"
	}
	if i > 0 && upos != "NOUN" && tree.tokens[i-1].Text == "-" && tree.tokens[i].Start == tree.tokens[i-1].End && tree.base(i) == "amod" {
		return false // "drought-hit Corva"
	}
	switch t.pos {
	case "NOUN":
		if tree.rel(i) == "compound" {
			return false // "attack helicopters"
		}
		if upos != "NOUN" && upos != "PROPN" && !tree.joined[i] && !(upos == "VERB" && tree.tokens[i].XPOS == "VBG" && tree.childBase(i, "det") >= 0) {
			return false
		}
	case "ADJ":
		if upos != "ADJ" && upos != "VERB" && upos != "NOUN" && upos != "ADV" {
			return false
		}
	default:
		if upos != "VERB" && !(upos == "ADJ" && (tree.tokens[i].XPOS == "VBN" || tree.childBase(i, "obl") >= 0)) &&
			!(upos == "NOUN" && tree.child(i, "obj") >= 0) && !(upos == "AUX" && tree.base(i) != "aux" && tree.base(i) != "cop") {
			return false
		}
	}
	for _, m := range t.modifiers {
		if !tree.below(i, m) {
			return false
		}
	}
	if t.refuses && tree.isBarred(i) {
		return false
	}
	for _, p := range t.particles {
		if !tree.hasParticle(i, p) && !(t.refuses && tree.hasAdverb(i, "never")) {
			return false
		}
	}
	return true
}

// isBarred says whether others keep the subject from what a verb says: "the envoy may not
// return" is no refusal of the envoy's.
func (t *tree) isBarred(v int) bool {
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.base(int(c)) == "aux" && (t.is(int(c), "may") || t.is(int(c), "must")) {
			return true
		}
	}
	return false
}

// hasAdverb says whether an adverb hangs on a word: "would never sign".
func (t *tree) hasAdverb(v int, lemma string) bool {
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.base(int(c)) == "advmod" && t.is(int(c), lemma) {
			return true
		}
	}
	return false
}

// hasParticle finds a trigger's particle or preposition in the tree: "carried
// out", "called again on Brennia to …".
func (t *tree) hasParticle(v int, p word) bool {
	list := [1]word{p}
	for c := t.first[v]; c >= 0; c = t.next[c] {
		switch t.base(int(c)) {
		case "compound", "advmod", "case", "mark", "dep", "fixed", "xcomp", "aux", "cc":
			if t.lemma[c] == p || t.form[c] == p {
				return true
			}
		}
		switch t.base(int(c)) {
		case "obl", "nmod", "advcl", "xcomp", "ccomp", "acl", "advmod":
			if t.after(int(c), list[:]) || t.clauseSubject(int(c), list[:]) || t.lemma[c] == p {
				return true
			}
		case "obj", "nsubj", "iobj":
			if int(c) < v && t.base(int(c)) == "nsubj" && t.rel(int(c)) != "nsubj:pass" || t.is(v, "call") {
				continue // "called the raid on Corva a crime" calls on nobody
			}
			for d := t.first[c]; d >= 0; d = t.next[d] {
				if b := t.base(int(d)); (b == "nmod" || b == "acl") && t.after(int(d), list[:]) || (b == "case" || b == "amod" && d > c) && t.lemma[d] == p {
					return true
				}
			}
		}
	}
	// A particle that the parser hung elsewhere stands right after the verb.
	return v+1 < len(t.tokens) && t.lemma[v+1] == p && t.tokens[v+1].UPOS != "SCONJ" && t.tokens[v+1].UPOS != "PART" && t.tokens[v+1].UPOS != "VERB"
}

func (r *reading) begin(i int, t *trigger, rule *rule) {
	m := &r.attempt
	m.block, m.rule, m.trigger, m.token = t.block, rule, t, i
	m.source.clear()
	m.target.clear()
	m.mutual, m.unknown, m.out, m.private, m.judged = false, false, false, false, 0
	m.used = m.used[:0]
	m.found, m.words, m.slots, m.failedAt = 0, 0, 0, 0
	r.steps, r.thatClause = 0, -1
	for len(r.stack) <= len(rule.elements) {
		r.stack = append(r.stack, make([]candidate, 0, maxCandidates))
	}
}

func (m *match) count() {
	m.words = m.found + len(m.trigger.particles) + len(m.trigger.modifiers)
	if m.trigger.refuses || m.trigger.modal {
		m.words += 2 // "will not send troops" is a refusal before it is a move of troops
	}
	m.slots = 0
	if !m.source.empty() {
		m.slots++
	}
	if !m.target.empty() {
		m.slots++
	}
}

// copy keeps a match beyond the attempt, whose slices are used again.
func (m *match) copy() match {
	out := *m
	out.used = append([]int32(nil), m.used...)
	out.source.mentions = append([]int32(nil), m.source.mentions...)
	out.target.mentions = append([]int32(nil), m.target.mentions...)
	return out
}

// complete refuses what no event can be: nobody on either side, or a threat that others
// are to carry out.
func (r *reading) complete() bool {
	m := &r.attempt
	if !r.isOwnThreat() || r.carriesGoods() || r.isOfWords() {
		return false
	}
	if m.unknown {
		return !m.target.empty()
	}
	return !m.source.empty() || !m.target.empty()
}

// maxSteps bounds the ways in which one rule is tried at one trigger; in real
// sentences it is a handful.
const maxSteps = 500

// place fits the elements of the pattern from the k-th on; predicate is the word
// whose arguments they are. It tries candidates in turn and goes back when the
// rest does not fit.
func (r *reading) place(k, predicate int) bool {
	m := &r.attempt
	if k == len(m.rule.elements) {
		return true
	}
	r.steps++
	if r.steps > maxSteps {
		return false
	}
	m.failedAt = max(m.failedAt, k)
	e := &m.rule.elements[k]
	if e.kind == codebook.ElementTrigger {
		return r.place(k+1, predicate)
	}
	candidates := r.candidates(e, predicate, r.stack[k][:0])
	r.stack[k] = candidates
	if e.isSlot() {
		return r.placeSlot(k, predicate, e, candidates)
	}
	for _, c := range candidates {
		words := r.phraseAt(c.token, e)
		if words == 0 {
			continue
		}
		m.found += words
		next := predicate
		if (r.tree.isVerb(c.token) || e.kind == codebook.ElementClause) && !e.before {
			next = c.token // also "said that Brennia was responsible"
		}
		m.used = append(m.used, int32(c.token))
		if e.kind == codebook.ElementClause {
			r.thatClause = c.token
		}
		if r.place(k+1, next) {
			return true
		}
		r.thatClause = -1
		m.used = m.used[:len(m.used)-1]
		m.found -= words
	}
	return e.optional && r.place(k+1, predicate)
}

func (r *reading) placeSlot(k, predicate int, e *element, candidates []candidate) bool {
	m := &r.attempt
	slot := &m.source
	told := false
	if e.isTarget() {
		slot = &m.target
	}
	for _, c := range candidates {
		if e.isTarget() && r.mutualTarget(c.token) {
			if r.place(k+1, predicate) {
				return true
			}
			m.mutual = false
			slot.clear()
			continue
		}
		if e.mutual {
			continue
		}
		if r.resolve(c, e, slot) && r.accepts(e) {
			told = true
			r.useVerb(c)
			if r.place(k+1, predicate) {
				return true
			}
		}
		slot.clear()
	}
	if told && e.kind == codebook.ElementSource {
		return false // a doer who is told is not unknown: "Corva shut its wells"
	}
	if e.optional {
		if e.kind == codebook.ElementSource && m.block.unknownDoer && r.hasNaturalCause(m.token) {
			return false // "A storm hit Corva"
		}
		return r.place(k+1, predicate)
	}
	if e.kind == codebook.ElementSource && r.mayBeUnknown(predicate) && (len(e.sectors) == 0 || m.block.source.Mode == "allege" && slices.Contains(e.sectors, "JUD")) {
		m.unknown = true
		if r.place(k+1, predicate) {
			return true
		}
		m.unknown = false
	}
	return false
}

// mayBeUnknown says whether the event stands with a doer who is not told.
func (r *reading) mayBeUnknown(predicate int) bool {
	b := r.attempt.block
	if !b.unknownDoer || b.passiveOnly && (b.noun || !r.tree.isPassive(predicate)) {
		return false
	}
	return !r.hasNaturalCause(predicate)
}

// useVerb keeps the light verb that carries a noun trigger from being a trigger
// of its own.
func (r *reading) useVerb(c candidate) {
	if c.how == howLightVerb {
		if v, _ := r.tree.governorOf(r.attempt.token); v >= 0 {
			r.attempt.used = append(r.attempt.used, int32(v))
		}
	}
}

// mutualTarget takes "each other" and "one another" for the actors themselves.
func (r *reading) mutualTarget(n int) bool {
	t := &r.tree
	if !t.eachOther(n) {
		return false
	}
	m := &r.attempt
	if r.members(&m.source) < 2 {
		return false
	}
	m.target.mentions = append(m.target.mentions[:0], m.source.mentions...)
	m.target.token, m.target.how, m.target.inner = n, howObject, -1
	m.mutual = true
	return true
}

// members counts the actors of a filling.
func (r *reading) members(f *filling) int {
	n := 0
	for _, m := range f.mentions {
		n += len(r.tree.mentions[m].Entities)
	}
	return n
}

// accepts refuses a slot filled by the other side's actor, and BOTH with one.
func (r *reading) accepts(e *element) bool {
	m := &r.attempt
	if e.kind == codebook.ElementBoth {
		if r.members(&m.source) < 2 {
			r.gatherSiblings(&m.source, e)
		}
		return r.members(&m.source) >= 2
	}
	for _, a := range m.source.mentions {
		for _, b := range m.target.mentions {
			if a == b || r.sameActor(int(a), int(b)) {
				return false
			}
		}
	}
	return !e.isTarget() || r.isOwnThreat()
}

// sameActor says whether two mentions mean one and the same: "Brennia … its".
func (r *reading) sameActor(a, b int) bool {
	x, y := r.tree.mentions[a].Entities, r.tree.mentions[b].Entities
	if len(x) != 1 || len(y) != 1 {
		return false
	}
	if r.tree.mentions[b].How == dyad.MentionPronoun && x[0].Code == y[0].Code && x[0].Sector == y[0].Sector {
		return true // "The rebels said they would …"
	}
	if x[0].Identifier == "" {
		return false
	}
	return x[0].Identifier == y[0].Identifier && x[0].Sector == y[0].Sector
}

func (e *element) isSlot() bool {
	return e.kind == codebook.ElementSource || e.kind == codebook.ElementTarget || e.kind == codebook.ElementBoth
}

func (e *element) isTarget() bool { return e.kind == codebook.ElementTarget }

// phraseAt says how many words of one of the element's phrases stand at the
// token, 0 for none: a head with its other words below it ("peace talks"), or a
// verb with its particle ("carry out"). The longest phrase counts.
func (r *reading) phraseAt(n int, e *element) int {
	t := &r.tree
	if len(e.phrases) == 0 {
		return 1 // "SRC allow TGT into|to": any word with the preposition
	}
	best := 0
	for _, p := range e.phrases {
		if len(p) <= best {
			continue
		}
		if h := p.head(); (t.lemma[n] == h || t.form[n] == h) && t.allBelow(n, p[:len(p)-1]) {
			best = len(p)
			if t.joined[n] && t.form[n] == h {
				best++ // "sit-in" is as much as "sit in"
			}
		} else if len(p) > 1 && t.lemma[n] == p[0] && t.hasParticle(n, p[1]) && t.allBelow(n, p[2:]) {
			best = len(p)
		}
	}
	return best
}

func (t *tree) allBelow(n int, words []word) bool {
	for _, w := range words {
		if !t.below(n, w) {
			return false
		}
	}
	return true
}

// below says whether a word depends on a token, directly or by one step.
func (t *tree) below(n int, w word) bool {
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if t.lemma[c] == w || t.form[c] == w {
			return true
		}
		for d := t.first[c]; d >= 0; d = t.next[d] {
			if t.lemma[d] == w || t.form[d] == w {
				return true
			}
		}
	}
	return false
}
