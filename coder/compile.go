package coder

import (
	"slices"
	"strconv"
	"strings"

	"github.com/opendyad/dyad/codebook"
)

// A word is the number of a lemma or form that some line of the codebook
// mentions; 0 is every other word. Matching compares numbers, not letters.
type word int32

// A vocabulary gives words their numbers. It grows only while rules are
// compiled.
type vocabulary map[string]word

// singular takes a plural's ending off, so that "troops" and "troop" are one word
// whatever rule writers and lemmatizers make of them.
func singular[T string | []byte](s T) T {
	n := len(s)
	if n < 5 || s[n-1] != 's' || string(s) == "goods" {
		return s
	}
	switch s[n-2] {
	case 's', 'u', 'i':
		return s
	}
	if string(s[n-3:]) == "ies" {
		return s
	}
	return s[:n-1]
}

// find gives the number of a word, 0 when no line of the codebook has it. It is
// asked for every word that is read, so that it makes no string of its own.
func (v vocabulary) find(s string) word {
	var space [40]byte
	if len(s) > len(space) {
		return v[singular(lower(s))]
	}
	low := space[:len(s)]
	for i := range low {
		c := s[i]
		switch {
		case c >= 0x80:
			return v[singular(lower(s))]
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return v[string(singular(low))]
}

func (v vocabulary) add(s string) word {
	s = singular(lower(s))
	if w, ok := v[s]; ok {
		return w
	}
	w := word(len(v) + 1)
	v[s] = w
	return w
}

// uninflect finds the verb of a regular form whose lemma is wrong: "gassed" is a
// form of "gas", "raped" of "rape", whatever the lemmatizer says.
func (v vocabulary) uninflect(form string) word {
	stem, ok := strings.CutSuffix(form, "ed")
	if !ok {
		if stem, ok = strings.CutSuffix(form, "ing"); !ok {
			return 0
		}
	}
	n := len(stem)
	if n < 2 {
		return 0
	}
	if w := v[stem+"e"]; w != 0 {
		return w
	}
	if w := v[stem]; w != 0 {
		return w
	}
	if stem[n-1] == stem[n-2] {
		return v[stem[:n-1]]
	}
	return 0
}

func (v vocabulary) phrase(p codebook.Phrase) phrase {
	out := make(phrase, len(p))
	for i, s := range p {
		out[i] = v.add(s)
	}
	return out
}

// A phrase is a row of words with its head last: "peace talks".
type phrase []word

func (p phrase) head() word { return p[len(p)-1] }

// A block is a compiled codebook.RuleBlock.
type block struct {
	source *codebook.RuleBlock
	rules  []rule
	vetoes []rule
	noun   bool // its triggers are nouns
	// unknownDoer is true where the event makes sense with a recipient and no
	// known doer: "five soldiers were killed"; passiveOnly, where only a passive
	// does: "two men were charged".
	unknownDoer bool
	passiveOnly bool
}

// A trigger is one trigger word of a block, found under its lemma.
type trigger struct {
	block     *block
	particles []word
	modifiers []word // of a noun: "peace" of "peace talks"
	pos       string
	order     int  // of the block in the codebook
	formal    bool // only police or courts do it: "charge", but not "accuse"
	refuses   bool // a verb with its negation: "agree not"
	modal     bool // a verb with its auxiliary: "bomb will", "bomb would"
	governs   bool // its last word is a preposition before the other side: "turn on"
}

// A rule is a compiled pattern.
type rule struct {
	source    *codebook.Rule
	at        string // "rules/accuse.txt:12"
	elements  []element
	hasSource bool
	ofTaken   bool    // an element hangs on "of", so that "of" does not name the doer
	governed  bool    // a word before a noun trigger: the verb that governs it
	needs     []int32 // numbers of what the sentence must have
}

// An element is a compiled codebook.Element.
type element struct {
	kind         codebook.ElementKind
	prepositions []word
	possessor    bool
	optional     bool
	before       bool // stands before the trigger
	indirect     bool // first of two objects: "give TGT aid"
	mutual       bool // "each other"
	sectors      []string
	phrases      []phrase
}

// compileBlocks compiles the rules and indexes them by trigger word.
func (c *Coder) compileBlocks(cb *codebook.Codebook) {
	c.blocks = make([]block, len(cb.Rules))
	index := map[word][]trigger{}
	known := compiledSets{}
	for i := range cb.Rules {
		source := &cb.Rules[i]
		b := &c.blocks[i]
		b.source = source
		b.passiveOnly = source.Event == "ACCUSE" && source.Mode != "disapprove" || source.Event == "SANCTION" && source.Mode == "convict"
		b.unknownDoer = source.Event == "ASSAULT" || source.Event == "COERCE" || b.passiveOnly
		b.rules, b.vetoes = make([]rule, len(source.Rules)), make([]rule, len(source.Vetoes))
		for j := range source.Rules {
			b.rules[j] = c.compileRule(&source.Rules[j], known)
		}
		for j := range source.Vetoes {
			b.vetoes[j] = c.compileRule(&source.Vetoes[j], known)
		}
		for _, t := range source.Triggers {
			b.noun = b.noun || t.POS == "NOUN"
			w, compiled := c.compileTrigger(&t)
			compiled.block, compiled.order = b, i
			index[w] = append(index[w], compiled)
			if parts := strings.Split(t.Lemma, "-"); len(parts) > 1 && !slices.Contains(parts, "") {
				w, compiled = c.compileHyphened(&t, parts)
				compiled.block, compiled.order = b, i
				index[w] = append(index[w], compiled)
			}
		}
	}
	c.compileNeeds()
	c.triggers = make([][]trigger, len(c.words)+1)
	for w, list := range index {
		c.triggers[w] = list
	}
}

// compileTrigger gives a trigger and the word under which it is found. Of a noun
// of several words the last is the head, unless it is a preposition: "peace
// talks:noun", "attack on:noun".
func (c *Coder) compileTrigger(t *codebook.Trigger) (word, trigger) {
	compiled := trigger{pos: t.POS, formal: t.Lemma != "accuse" && t.Lemma != "blame" && t.Lemma != "suspect" && t.Lemma != "allege"}
	words := append([]string{t.Lemma}, t.Particles...)
	head := 0
	if t.POS == "NOUN" {
		for head+1 < len(words) && !isPreposition(words[head+1]) {
			head++
		}
	}
	for _, m := range words[:head] {
		compiled.modifiers = append(compiled.modifiers, c.words.add(m))
	}
	for _, p := range words[head+1:] {
		compiled.refuses = compiled.refuses || p == "not"
		compiled.modal = compiled.modal || p == "will" || p == "would" || p == "could" || p == "might"
		compiled.particles = append(compiled.particles, c.words.add(p))
	}
	switch words[len(words)-1] {
	case "on", "at", "against", "upon", "into":
		compiled.governs = len(words) > 1
	}
	return c.words.add(words[head]), compiled
}

// compileHyphened gives a trigger with hyphens as the tokenizer takes it apart: the
// last part of "court-martial" and "tongue-lashing:noun" is the head.
func (c *Coder) compileHyphened(t *codebook.Trigger, parts []string) (word, trigger) {
	last := len(parts) - 1
	if t.POS == "NOUN" {
		return c.compileTrigger(&codebook.Trigger{Lemma: parts[0], POS: t.POS, Particles: append(parts[1:], t.Particles...)})
	}
	w, compiled := c.compileTrigger(&codebook.Trigger{Lemma: parts[last], POS: t.POS, Particles: t.Particles})
	for _, p := range parts[:last] {
		compiled.modifiers = append(compiled.modifiers, c.words.add(p))
	}
	return w, compiled
}

func isPreposition(w string) bool {
	switch w {
	case "of", "on", "to", "with", "against", "for", "in", "at", "by", "from", "over", "between", "into", "toward", "towards", "about":
		return true
	}
	return false
}

// compiledSets are the sets of words compiled so far, by where their phrases begin:
// many patterns share one, and some hold hundreds of words.
type compiledSets map[*codebook.Phrase][]phrase

func (c *Coder) compileSet(from []codebook.Phrase, known compiledSets) []phrase {
	if len(from) == 0 {
		return nil
	}
	if set, ok := known[&from[0]]; ok && len(set) == len(from) {
		return set
	}
	set := make([]phrase, 0, len(from))
	for _, p := range from {
		if len(p) > 0 {
			set = append(set, c.words.phrase(p))
		}
		if split := unhyphened(p); split != nil {
			set = append(set, c.words.phrase(split)) // "sit-in", which is three tokens
		}
	}
	known[&from[0]] = set
	return set
}

// unhyphened takes a phrase apart at its hyphens, as the tokenizer does; nil when it
// has none.
func unhyphened(p codebook.Phrase) codebook.Phrase {
	if !slices.ContainsFunc(p, func(w string) bool { return strings.Contains(w, "-") }) {
		return nil
	}
	var out codebook.Phrase
	for _, w := range p {
		for part := range strings.SplitSeq(w, "-") {
			if part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

func (c *Coder) compileRule(source *codebook.Rule, known compiledSets) rule {
	r := rule{source: source, at: source.At.File + ":" + strconv.Itoa(source.At.Line), elements: make([]element, 0, len(source.Elements))}
	before := true
	for i := range source.Elements {
		from := &source.Elements[i]
		if from.Kind == codebook.ElementTrigger {
			before = false
			r.elements = append(r.elements, element{kind: from.Kind})
			continue
		}
		e := element{kind: from.Kind, possessor: from.Possessor, optional: from.Optional, before: before, sectors: from.Sectors}
		if from.Kind == codebook.ElementTarget && len(from.Phrases) > 0 {
			e.mutual = true
			r.elements = append(r.elements, e)
			continue
		}
		if len(from.Prepositions) > 0 {
			e.prepositions = make([]word, 0, len(from.Prepositions))
		}
		for _, p := range from.Prepositions {
			e.prepositions = append(e.prepositions, c.words.add(lastWord(p)))
			r.ofTaken = r.ofTaken || p == "of" && from.Kind != codebook.ElementSource
		}
		e.phrases = c.compileSet(from.Phrases, known)
		r.hasSource = r.hasSource || from.Kind == codebook.ElementSource
		r.governed = r.governed || from.Kind == codebook.ElementWord && before
		r.elements = append(r.elements, e)
	}
	markIndirect(r.elements)
	return r
}

// markIndirect finds "give TGT (aid|loan)": a slot followed by a word, both
// objects of the trigger.
func markIndirect(elements []element) {
	for i := range elements[:max(0, len(elements)-1)] {
		e, next := &elements[i], &elements[i+1]
		if (e.kind == codebook.ElementTarget || e.kind == codebook.ElementSource) && !e.before && len(e.prepositions) == 0 &&
			next.kind == codebook.ElementWord && len(next.prepositions) == 0 {
			e.indirect = true
		}
	}
}

func lastWord(s string) string {
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		return s[i+1:]
	}
	return s
}

// lowerIs says whether a word in lower case is w, without making a string.
func lowerIs(s, w string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x80 {
			return strings.ToLower(s) == w
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if i >= len(w) || c != w[i] {
			return false
		}
	}
	return len(s) == len(w)
}

// lower is strings.ToLower without work for words that are lower case already.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ToLower(s)
		}
	}
	return s
}
