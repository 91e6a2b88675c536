package coder

import "github.com/opendyad/dyad/codebook"

// Most rules of a trigger ask for a word that the sentence does not have: of the
// patterns at "launch" one wants "attack", another "talks", a third "satellite".
// What a rule needs is looked up before its places are tried, which takes a third
// of the time.

// A need is a row of words of which a sentence must have one.
type need struct {
	number int32 // of the need, for remembering the answer within a sentence
	lemma  bool  // only as a lemma, as prepositions are looked for
	words  []word
}

// needOf gives the need of an element, nil for none: what is optional, and a doer
// who may be unknown, may be missing.
func (c *Coder) needOf(e *element, sets map[*phrase]*need) *need {
	if len(e.phrases) > 0 {
		if n := sets[&e.phrases[0]]; n != nil {
			return n
		}
		n := &need{number: c.nextNeed()}
		for _, p := range e.phrases {
			n.words = append(n.words, p.head())
			if len(p) > 1 {
				n.words = append(n.words, p[0]) // a verb before its particle
			}
		}
		sets[&e.phrases[0]] = n
		return n
	}
	if len(e.prepositions) > 0 && e.kind != codebook.ElementSource {
		return &need{number: c.nextNeed(), lemma: true, words: e.prepositions}
	}
	return nil
}

func (c *Coder) nextNeed() int32 {
	c.needs++
	return int32(c.needs - 1)
}

// compileNeeds notes what each rule needs, once all rules are compiled.
func (c *Coder) compileNeeds() {
	sets := map[*phrase]*need{}
	note := func(rules []rule) {
		for i := range rules {
			r := &rules[i]
			for j := range r.elements {
				if e := &r.elements[j]; !e.optional {
					if n := c.needOf(e, sets); n != nil {
						r.needs = append(r.needs, n)
					}
				}
			}
		}
	}
	for i := range c.blocks {
		note(c.blocks[i].rules)
		note(c.blocks[i].vetoes)
	}
}

// Answers to a need that a sentence remembers.
const (
	notAsked uint8 = iota
	isMet
	isUnmet
)

// A presence is which words a sentence has, and which needs it meets.
type presence struct {
	lemmas  []bool // by word
	words   []bool // by word, as lemma or form
	answers []uint8
	asked   []int32 // the needs that have an answer
}

// clear takes out the words of the sentence before.
func (p *presence) clear(c *Coder, lemma, form []word) {
	if len(p.words) == 0 {
		p.lemmas, p.words, p.answers = make([]bool, len(c.words)+1), make([]bool, len(c.words)+1), make([]uint8, c.needs)
		return
	}
	for i := range lemma {
		p.lemmas[lemma[i]], p.words[lemma[i]], p.words[form[i]] = false, false, false
	}
	for _, n := range p.asked {
		p.answers[n] = notAsked
	}
	p.asked = p.asked[:0]
}

// add notes the words of a sentence; word 0 is what no line of the codebook has.
func (p *presence) add(lemma, form []word) {
	for i := range lemma {
		p.lemmas[lemma[i]], p.words[lemma[i]], p.words[form[i]] = true, true, true
	}
	p.lemmas[0], p.words[0] = false, false
}

// meets says whether the sentence has a word of each need.
func (p *presence) meets(needs []*need) bool {
	for _, n := range needs {
		answer := p.answers[n.number]
		if answer == notAsked {
			answer = isUnmet
			have := p.words
			if n.lemma {
				have = p.lemmas
			}
			for _, w := range n.words {
				if have[w] {
					answer = isMet
					break
				}
			}
			p.answers[n.number] = answer
			p.asked = append(p.asked, n.number)
		}
		if answer == isUnmet {
			return false
		}
	}
	return true
}

// mayFit says whether the sentence has the words that a rule needs. An explanation
// tries every rule all the same, to tell how far it came.
func (r *reading) mayFit(rule *rule) bool {
	return r.trace != nil || r.tree.has.meets(rule.needs)
}
