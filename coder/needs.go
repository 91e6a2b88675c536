package coder

import "github.com/opendyad/dyad/codebook"

// Most rules of a trigger ask for a word that the sentence does not have: of the
// patterns at "launch" one wants "attack", another "talks", a third "satellite".
// What a rule needs is looked up before its places are tried, which takes a third
// of the time.

// A need is a row of words of which a sentence must have one.
type need struct {
	lemma bool // only as a lemma, as prepositions are looked for
	words []word
}

// needOf gives the number of an element's need, -1 for none: what is optional, and
// a doer who may be unknown, may be missing.
func (c *Coder) needOf(e *element, sets map[*phrase]int32) int32 {
	switch {
	case e.optional:
		return -1
	case len(e.phrases) > 0:
		first := &e.phrases[0]
		number, known := sets[first]
		if !known {
			n := need{}
			for _, p := range e.phrases {
				n.words = append(n.words, p.head())
				if len(p) > 1 {
					n.words = append(n.words, p[0]) // a verb before its particle
				}
			}
			number = c.addNeed(n)
			sets[first] = number
		}
		return number
	case len(e.prepositions) > 0 && e.kind != codebook.ElementSource:
		return c.addNeed(need{lemma: true, words: e.prepositions})
	}
	return -1
}

func (c *Coder) addNeed(n need) int32 {
	c.needs = append(c.needs, n)
	return int32(len(c.needs) - 1)
}

// compileNeeds notes what each rule needs, once all rules are compiled.
func (c *Coder) compileNeeds() {
	sets := map[*phrase]int32{}
	note := func(rules []rule) {
		for i := range rules {
			r := &rules[i]
			for j := range r.elements {
				if n := c.needOf(&r.elements[j], sets); n >= 0 {
					r.needs = append(r.needs, n)
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
		p.lemmas, p.words, p.answers = make([]bool, len(c.words)+1), make([]bool, len(c.words)+1), make([]uint8, len(c.needs))
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
func (p *presence) meets(c *Coder, needs []int32) bool {
	for _, n := range needs {
		if p.answers[n] == notAsked {
			p.ask(n, &c.needs[n])
		}
		if p.answers[n] == isUnmet {
			return false
		}
	}
	return true
}

func (p *presence) ask(number int32, n *need) {
	p.asked = append(p.asked, number)
	p.answers[number] = isUnmet
	have := p.words
	if n.lemma {
		have = p.lemmas
	}
	for _, w := range n.words {
		if have[w] {
			p.answers[number] = isMet
			return
		}
	}
}

// mayFit says whether the sentence has the words that a rule needs. An explanation
// tries every rule all the same, to tell how far it came.
func (r *reading) mayFit(rule *rule) bool {
	return r.trace != nil || r.tree.has.meets(r.c, rule.needs)
}
