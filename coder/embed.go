package coder

import (
	"strings"

	"github.com/opendyad/dyad/codebook"
)

// An effect is what a word does to the event that it governs.
type effect uint8

const (
	effectNone               effect = iota
	effectFact                      // "managed to": it happened
	effectCarried                   // "the talks resumed": the verb's own tense is the event's
	effectFuture                    // "plans to"
	effectHypothetical              // "called for"
	effectNegation                  // "refused to", "cancelled"
	effectEnding                    // "ended": talks took place, an attack is over
	effectSpeech                    // "said that": its subject asserts it
	effectSpeechHypothetical        // "warned that"
	effectSpeechNegation            // "denied that"
)

var effectNames = map[string]effect{
	"fact": effectFact, "carried": effectCarried, "future": effectFuture,
	"hypothetical": effectHypothetical, "negation": effectNegation, "ending": effectEnding,
	"speech": effectSpeech, "speech-hypothetical": effectSpeechHypothetical, "speech-negation": effectSpeechNegation,
}

// An embedding is the effects of one word, in the codebook's blocks
// "embedding EFFECT [complement|object]".
type embedding []embeddingSense

type embeddingSense struct {
	effect     effect
	particle   word // "for" of "call for", 0 for none
	complement bool // holds for clauses: "plans to visit"
	object     bool // holds for nouns: "plans a visit"
}

// compileEmbeddings reads the codebook's embedding and cause blocks.
func (c *Coder) compileEmbeddings(cb *codebook.Codebook) {
	table := map[word]embedding{}
	for i := range cb.Cues {
		cue := &cb.Cues[i]
		if cue.Kind != "embedding" {
			continue
		}
		name, scope, _ := strings.Cut(cue.Value, " ")
		sense := embeddingSense{effect: effectNames[name], complement: scope != "object", object: scope != "complement"}
		for _, p := range cue.Words {
			s := sense
			if len(p) == 0 {
				continue
			}
			if len(p) > 1 {
				s.particle = c.words.add(p[1])
			}
			w := c.words.add(p[0])
			table[w] = append(table[w], s)
		}
	}
	c.embedding = make([]embedding, len(c.words)+1)
	for w, e := range table {
		c.embedding[w] = e
	}
}

// A governed says how an event hangs on the word that governs it.
type governed uint8

const (
	asNoun       governed = iota // "plans a visit"
	asClause                     // "said that Brennia attacked"
	asInfinitive                 // "plans to visit"
)

// effectOf gives what a governing word does to a clause or noun below it, a
// sense with its particle before one without. Many words speak of a clause and
// want an infinitive: "told Corva that …", "told Corva to …".
func (r *reading) effectOf(governor, n int, as governed) effect {
	w := r.tree.lemma[governor]
	if int(w) >= len(r.c.embedding) {
		return effectNone
	}
	best, speech := effectNone, effectNone
	for _, s := range r.c.embedding[w] {
		if as == asNoun && !s.object || as != asNoun && !s.complement {
			continue
		}
		if s.particle != 0 {
			list := [1]word{s.particle}
			if r.tree.after(n, list[:]) || r.tree.hasParticle(governor, s.particle) {
				return s.effect
			}
			continue
		}
		if s.effect >= effectSpeech && speech == effectNone {
			speech = s.effect
		} else if s.effect < effectSpeech && best == effectNone {
			best = s.effect
		}
	}
	switch {
	case as == asInfinitive && best == effectNone && speech == effectSpeechNegation:
		return effectNegation
	case as == asInfinitive && best == effectNone && speech != effectNone:
		return effectHypothetical
	case as != asInfinitive && speech != effectNone:
		return speech
	}
	return best
}

// A wordSet is a set of words.
type wordSet []bool

func (s wordSet) has(w word) bool { return int(w) < len(s) && s[w] }

func (c *Coder) wordSet(lemmas []string) wordSet {
	for _, l := range lemmas {
		c.words.add(l)
	}
	s := make(wordSet, len(c.words)+1)
	for _, l := range lemmas {
		s[c.words.add(l)] = true
	}
	return s
}

// compileSets reads the words of grammar that matching needs: verbs that carry a
// noun, causes that are no one's deed, words by which somebody binds himself.
func (c *Coder) compileSets(cb *codebook.Codebook) {
	var light, nature []string
	for _, p := range cb.Sets["light"] {
		light = append(light, p[0])
	}
	for i := range cb.Cues {
		if cb.Cues[i].Kind == "cause" {
			for _, p := range cb.Cues[i].Words {
				nature = append(nature, p[len(p)-1])
			}
		}
	}
	var hostile, vows []string
	for i := range cb.Cues {
		if cb.Cues[i].Kind == "vow" {
			for _, p := range cb.Cues[i].Words {
				vows = append(vows, p[0])
			}
		}
	}
	for i := range cb.Rules {
		switch cb.Rules[i].Event {
		case "ASSAULT", "COERCE", "SANCTION":
			for _, t := range cb.Rules[i].Triggers {
				if t.POS == "NOUN" {
					hostile = append(hostile, t.Lemma)
				}
			}
		}
	}
	last := func(set string) []string {
		var out []string
		for _, p := range cb.Sets[set] {
			out = append(out, p[len(p)-1])
		}
		return out
	}
	c.harm, c.undergone = c.wordSet(append(last("violence"), last("undergone")...)), c.wordSet(last("undergone"))
	c.hostile, c.vows = c.wordSet(hostile), c.wordSet(vows)
	c.light, c.nature = c.wordSet(light), c.wordSet(nature)
	c.receiverWords = [2]word{c.words.add("to"), c.words.add("for")}
	c.ofWords = [1]word{c.words.add("of")}
}
