package coder

import (
	"strconv"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// Where no rule fires at a word, the judge may say that it tells an event all the
// same; where a rule fires, the judge may say that the word is not so meant here.
// The sides are then found by construction alone: the subject does it to the
// object, or to what hangs on the word by a preposition.

// How sure the judge must be. Set on sentences of our own (testdata/gold).
const (
	leastJudged   = 0.5  // of one event, to code it without a rule
	mostDismissed = 0.02 // of what a rule of one word says, not to let it stand
	leastNothing  = 0.95 // that the word tells nothing, for that
	mostElsewhere = 0.2  // that another word of the sentence tells it, for that
)

// A judgedBlock stands in for a block of rules: one for verbs and one for nouns of
// each event.
type judgedBlock struct {
	block   block
	rule    rule
	trigger trigger
}

// compileJudged makes the blocks that stand in for rules.
func compileJudged() (blocks [judgeClasses][2]judgedBlock) {
	for i := 1; i < judgeClasses; i++ {
		for noun := range 2 {
			j := &blocks[i][noun]
			event := judgeNames[i]
			j.block = block{source: &codebook.RuleBlock{Event: event}, noun: noun == 1, unknownDoer: event == "ASSAULT" || event == "COERCE"}
			j.rule = rule{source: &codebook.Rule{Source: "(no rule)"}, at: judgedRule}
			j.trigger = trigger{block: &j.block, pos: "VERB", order: 1 << 20}
			if noun == 1 {
				j.trigger.pos = "NOUN"
			}
		}
	}
	return blocks
}

// judgedRule is what reasons name where the judge decided and no rule.
const judgedRule = "judge"

// judgeWords asks the judge about the words of a sentence in which somebody is
// named.
func (r *reading) judgeWords() {
	if r.c.judge == nil || r.withoutJudge {
		return
	}
	r.knowWords()
	r.verdicts = r.verdicts[:0]
	var likeliest verdict // of each event anywhere in the sentence
	for i := range r.tree.tokens {
		if !r.mayTell(i) {
			continue
		}
		r.clues(i, &r.seen)
		v := r.c.judge.weigh(&r.seen)
		for event := range v {
			likeliest[event] = max(likeliest[event], v[event])
		}
		r.verdicts = append(r.verdicts, wordVerdict{i, v})
	}
	matched := len(r.matches)
	for k := range r.verdicts {
		i, v := r.verdicts[k].token, &r.verdicts[k].verdict
		byRule := false
		for m := range r.matches[:matched] {
			if r.matches[m].token == i {
				byRule = true
				r.dismiss(&r.matches[m], v, &likeliest)
			}
		}
		event, p := v.best()
		r.tellVerdict(i, event, p, byRule)
		if !byRule && p >= leastJudged && !r.isVetoed(i) && !r.onlySays(i, judgeNames[event]) {
			r.judged(i, event, p)
		}
	}
}

// isVetoed says whether a block that a word may trigger says that it is not meant
// so here, whatever event that block is of: "shares borders with".
func (r *reading) isVetoed(i int) bool {
	for k := range r.c.triggers[r.tree.lemma[i]] {
		t := &r.c.triggers[r.tree.lemma[i]][k]
		if len(t.block.vetoes) > 0 && r.triggerStands(i, t) && r.veto(i, t) {
			return true
		}
	}
	return false
}

// onlySays says whether a word merely reports: "Corva said that Brennia had attacked"
// tells what Brennia did, and no deed of Corva's. To blame and to deny is done by saying.
func (r *reading) onlySays(i int, event string) bool {
	w := r.tree.lemma[i]
	if int(w) >= len(r.c.embedding) || event == "ACCUSE" || event == "REJECT" {
		return false
	}
	for _, s := range r.c.embedding[w] {
		if s.effect == effectSpeech && s.particle == 0 && s.complement {
			return true
		}
	}
	return false
}

// A wordVerdict is the judge's verdict on a token.
type wordVerdict struct {
	token int
	verdict
}

// dismiss takes out the match of a rule that asks for one word, where the judge is
// sure that the word tells nothing here and sees that event nowhere in the sentence:
// "Dorland's economy attacked its old highs".
func (r *reading) dismiss(m *match, v, likeliest *verdict) {
	c := judgeName(m.block.source.Event)
	if m.words == 0 && v[c] < mostDismissed && v[0] > leastNothing && likeliest[c] < mostElsewhere && !r.isComplement(m.token) {
		m.out, m.dismissed = true, true
	}
}

// isComplement says whether a word is governed by another that may well tell what
// is made of it: "forced Corva to withdraw", "is expected to visit". There the judge,
// which learnt that the governing word tells the event, says nothing against a rule.
func (r *reading) isComplement(i int) bool {
	switch r.tree.base(i) {
	case "xcomp", "ccomp", "acl", "advcl":
		return true
	}
	return false
}

// judged adds a match without a rule.
func (r *reading) judged(i, event int, p float32) {
	t := &r.tree
	j := &r.c.judgedBlocks[event][0]
	noun := !t.isVerb(i) && t.childBase(i, "nsubj") < 0
	if noun {
		j = &r.c.judgedBlocks[event][1]
	}
	r.begin(i, &j.trigger, &j.rule)
	m := &r.attempt
	m.judged = p
	var places []candidate
	if noun {
		places = r.doers(i, false, places)
	} else {
		places = append(places, t.subject(i))
		if places[0].token < 0 && !t.isPassive(i) {
			places = append(places, candidate{r.nearestLeft(i), howNearest})
		}
	}
	for _, c := range places {
		if c.token >= 0 && m.source.empty() {
			r.resolve(c, &anySlot, &m.source)
		}
	}
	targets := r.judgedTargets(i, noun)
	for _, c := range targets {
		if c.token >= 0 && m.target.empty() && r.resolve(c, &anyTarget, &m.target) && !r.accepts(&anyTarget) {
			m.target.clear()
		}
	}
	if m.source.empty() && (m.target.empty() || !m.block.unknownDoer || r.hasNaturalCause(i)) {
		return
	}
	if m.target.empty() && m.block.source.Event == "REQUEST" && t.child(i, "xcomp") >= 0 || oneSide(r.entities(&m.source), r.entities(&m.target)) {
		return // who "sought to raise awareness" asks nobody for anything
	}
	m.unknown = m.source.empty()
	m.count()
	r.matches = append(r.matches, m.copy())
}

// anyTarget is a place for the recipient with nothing asked of it.
var anyTarget = element{kind: codebook.ElementTarget}

// judgedTargets gives the places where the other side may stand, best first.
func (r *reading) judgedTargets(i int, noun bool) []candidate {
	t := &r.tree
	var out []candidate
	if !noun {
		out = t.objects(i, out)
	}
	out = r.hanging(i, out)
	if noun {
		if v, argument := t.governorOf(i); v >= 0 && t.base(argument) == "obj" {
			out = r.hanging(v, out)
		}
		return out
	}
	for c := t.first[i]; c >= 0; c = t.next[c] {
		switch t.base(int(c)) {
		case "obj":
			out = r.hanging(int(c), out)
		case "xcomp", "ccomp":
			if s := t.surface(int(c)); s.token >= 0 {
				out = append(out, candidate{s.token, howComplementSubject})
			}
			out = t.objects(int(c), out)
			out = r.hanging(int(c), out)
		}
		if len(out) > maxCandidates {
			break
		}
	}
	return out
}

// hanging adds what hangs on a word by a preposition that can name the other side.
func (r *reading) hanging(i int, out []candidate) []candidate {
	t := &r.tree
	for c := t.first[i]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		if b := t.base(int(c)); b != "obl" && b != "nmod" || t.rel(int(c)) == "nmod:poss" || t.rel(int(c)) == "obl:agent" {
			continue
		}
		p := t.childBase(int(c), "case")
		if p < 0 {
			continue
		}
		switch lower(t.tokens[p].Text) {
		case "to", "with", "against", "on", "upon", "at", "for", "from", "of", "over", "towards", "toward", "into", "between", "among", "behind":
			out = append(out, candidate{int(c), howOblique})
		}
	}
	return out
}

// tellVerdict keeps the judge's opinion of a word for an explanation, where it has
// one.
func (r *reading) tellVerdict(i, event int, p float32, byRule bool) {
	if r.trace == nil || p < 0.1 {
		return
	}
	token := &r.tree.tokens[i]
	a := Attempt{Token: i, Trigger: token.Text, Span: token.Span, Rule: judgedRule, Event: judgeNames[event],
		Pattern: "the words around it say so with " + strconv.FormatFloat(float64(p), 'f', 2, 32)}
	switch {
	case byRule:
		a.Why = "a rule fits here, which counts before the judge"
	case p < leastJudged:
		a.Why = "not sure enough"
	default:
		a.Fits = true
	}
	*r.trace = append(*r.trace, a)
}

// judgedReason says that the judge decided.
func (r *reading) judgedReason(m *match) dyad.Reason {
	return dyad.Reason{Stage: "coder", Rule: judgedRule,
		Note: "no rule fired at “" + r.tree.tokens[m.token].Text + "”; by the words around it the judge says " + m.block.source.Event + ", " + strconv.FormatFloat(float64(m.judged), 'f', 2, 32)}
}
