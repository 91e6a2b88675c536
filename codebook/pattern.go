package codebook

import (
	"slices"
	"strings"
)

// prepositions are the words that may stand before a slot or a group, "following" among them; "if" and
// "unless" are among them for conditions: "SRC vow to &striking TGT unless".
var prepositions = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`about aboard above across after against ahead along alongside amid among around as at
		away because before behind below beneath beside between beyond by concerning despite down during except following for
		from if in inside instead into like near of off on onto out outside over past per regarding since through
		throughout to together toward towards under unless until up upon versus via with within without`) {
		m[w] = true
	}
	return m
}()

// A patternReader reads one pattern: "SRC condemn (attack|raid) of|by TGT".
type patternReader struct {
	source   *source
	sets     map[string][]Phrase
	trigger  *Trigger // the one written here, by custom the block's first; it stands for all
	tokens   []column
	next     int
	elements []Element
	seen     bool // the trigger has been read
	broken   bool
}

func (r *patternReader) fault(at Position, sentence string) {
	r.source.fault(at, sentence)
	r.broken = true
}

// readPattern turns a pattern into elements; false when it has a fault.
func readPattern(s *source, c column, triggers []Trigger, sets map[string][]Phrase) ([]Element, bool) {
	r := &patternReader{source: s, sets: sets, trigger: &triggers[0], elements: s.elements[:0]}
	r.tokens = r.split(c)
	r.chooseTrigger(triggers)
	for r.next < len(r.tokens) && !r.broken {
		r.element()
	}
	if !r.broken && !r.seen {
		r.fault(c.at, "this pattern has no trigger; write "+quote(r.trigger.text())+", the first trigger word of the block")
	}
	s.elements = r.elements
	return slices.Clone(r.elements), !r.broken
}

// chooseTrigger takes the first trigger of the block that the pattern has whole.
func (r *patternReader) chooseTrigger(triggers []Trigger) {
	for i := range triggers {
		t := &triggers[i]
		for j := range r.tokens {
			if t.is(r.tokens[j].text) && r.follow(j+1, t.Particles) {
				r.trigger = t
				return
			}
		}
	}
}

// follow says whether the words stand in the pattern from the j-th token on.
func (r *patternReader) follow(j int, words []string) bool {
	for k, w := range words {
		if j+k >= len(r.tokens) || r.tokens[j+k].text != w {
			return false
		}
	}
	return true
}

// text gives a trigger as it is written.
func (t *Trigger) text() string {
	return strings.Join(append([]string{t.Lemma}, t.Particles...), " ")
}

// split cuts a pattern at its blanks, but not inside parentheses.
func (r *patternReader) split(c column) []column {
	out := r.source.tokens[:0]
	depth, start := 0, 0
	cut := func(end int) {
		if end > start {
			at := c.at
			at.Column += start
			out = append(out, column{text: c.text[start:end], at: at})
		}
		start = end + 1
	}
	for i := 0; i < len(c.text); i++ {
		switch c.text[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ' ':
			if depth == 0 {
				cut(i)
			}
		}
		if depth < 0 || depth > 1 {
			at := c.at
			at.Column += i
			r.fault(at, "parentheses do not match here; a group is \"(attack|peace talks)\" and holds no other group")
			return nil
		}
	}
	if depth != 0 {
		at := c.at
		at.Column += strings.LastIndexByte(c.text, '(')
		r.fault(at, "this parenthesis is not closed")
		return nil
	}
	cut(len(c.text))
	r.source.tokens = out
	return out
}

func (r *patternReader) peek() string {
	if r.next < len(r.tokens) {
		return r.tokens[r.next].text
	}
	return ""
}

// element reads the next element with its prepositions.
func (r *patternReader) element() {
	t := r.tokens[r.next]
	switch {
	case r.readTrigger():
		return
	case t.text == "to" && r.complementFollows():
		r.next++
		r.group(ElementInfinitive, nil)
		return
	case t.text == "that" && r.complementFollows():
		r.next++
		r.group(ElementClause, nil)
		return
	}
	preps := r.prepositions()
	if r.broken {
		return
	}
	if r.next >= len(r.tokens) {
		// "SRC allow TGT into|to": an oblique with one of these, whatever it is.
		r.elements = append(r.elements, Element{Kind: ElementWord, Prepositions: preps})
		return
	}
	if r.slot(preps) {
		return
	}
	r.group(ElementWord, preps)
}

// complementFollows says whether verbs follow "to" or "that", rather than a slot.
func (r *patternReader) complementFollows() bool {
	if r.next+1 >= len(r.tokens) {
		return false
	}
	w := r.tokens[r.next+1].text
	return !isSlot(w) && !prepositions[w]
}

// readTrigger reads the trigger with its particles.
func (r *patternReader) readTrigger() bool {
	if r.seen || !r.trigger.is(r.peek()) {
		return false
	}
	if !r.follow(r.next+1, r.trigger.Particles) {
		r.fault(r.tokens[r.next].at, "the trigger is "+quote(r.trigger.text())+"; write all of it")
		return true
	}
	r.next += 1 + len(r.trigger.Particles)
	r.seen = true
	r.elements = append(r.elements, Element{Kind: ElementTrigger})
	return true
}

// is compares a word of a pattern with the trigger; of a noun the plural will do.
func (t *Trigger) is(w string) bool {
	l := t.Lemma
	if w == l {
		return true
	}
	if t.POS != "NOUN" {
		return false
	}
	return w == l+"s" || w == l+"es" || strings.HasSuffix(l, "y") && w == l[:len(l)-1]+"ies"
}

// prepositions reads "of|by", "out of", "(in response to|after)": all that
// stands before a slot or group and is made of prepositions.
func (r *patternReader) prepositions() []string {
	var out []string
	for r.next < len(r.tokens) {
		options := strings.Split(strings.Trim(r.peek(), "()"), "|")
		for _, o := range options {
			if !allPrepositions(o) && !r.thatFor(o) {
				return out
			}
		}
		r.next++
		if out == nil {
			out = options
			continue
		}
		// "out of": every row so far is continued.
		for i := range out {
			out[i] += " " + options[0]
		}
	}
	return out
}

// thatFor says whether "that" stands before a slot, which is then the subject of
// the clause: "SRC demand that TGT (withdraw)".
func (r *patternReader) thatFor(w string) bool {
	return w == "that" && r.next+1 < len(r.tokens) && isSlot(r.tokens[r.next+1].text)
}

// allPrepositions takes a word or a row such as "in front of", which ends in a
// preposition and begins with one.
func allPrepositions(s string) bool {
	first, last := s, s
	if i := strings.IndexByte(s, ' '); i >= 0 {
		first, last = s[:i], s[strings.LastIndexByte(s, ' ')+1:]
	}
	return prepositions[first] && prepositions[last]
}

func isSlot(w string) bool {
	return strings.HasPrefix(w, "SRC") || strings.HasPrefix(w, "TGT") || strings.HasPrefix(w, "BOTH") || w == "each"
}

// slot reads "SRC", "SRC's", "TGT:MIL|COP", "TGT?", "each other".
func (r *patternReader) slot(preps []string) bool {
	t := r.tokens[r.next]
	if !isSlot(t.text) {
		return false
	}
	r.next++
	e := Element{Prepositions: preps}
	if t.text == "each" {
		if r.peek() != "other" {
			r.fault(t.at, "\"each\" stands only in \"each other\"")
			return true
		}
		r.next++
		e.Kind, e.Phrases = ElementTarget, []Phrase{{"each", "other"}}
		r.elements = append(r.elements, e)
		return true
	}
	w, optional := strings.CutSuffix(t.text, "?")
	w, possessor := strings.CutSuffix(w, "'s")
	name, sectors, _ := strings.Cut(w, ":")
	e.Optional, e.Possessor = optional, possessor
	if sectors != "" {
		e.Sectors = strings.Split(sectors, "|")
	}
	switch name {
	case "SRC":
		e.Kind = ElementSource
	case "TGT":
		e.Kind = ElementTarget
	case "BOTH":
		e.Kind = ElementBoth
	default:
		r.fault(t.at, quote(t.text)+" is no slot; the slots are SRC, TGT and BOTH, with 's, :MIL and ? after them")
	}
	for _, s := range e.Sectors {
		if !isCode(s) {
			r.fault(t.at, quote(s)+" is no sector; a sector has three capitals")
		}
	}
	r.elements = append(r.elements, e)
	return true
}

// group reads "word", "(a|b c)" or "&set".
func (r *patternReader) group(kind ElementKind, preps []string) {
	t := r.tokens[r.next]
	r.next++
	e := Element{Kind: kind, Prepositions: preps}
	text, optional := strings.CutSuffix(t.text, "?")
	if optional {
		r.fault(t.at, "only SRC, TGT and BOTH may be optional; write a second pattern without "+quote(text))
		return
	}
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		text = text[1 : len(text)-1]
	}
	at := t.at
	if in, out := mixed(text); in != "" && text == t.text {
		r.fault(t.at, quote(in)+" is a preposition and "+quote(out)+" is not, so that neither would be found here; "+
			"put prepositions alone before what stands after them, and other words in a pattern of their own")
		return
	}
	for option := range strings.SplitSeq(text, "|") {
		phrases := r.option(option, at)
		if e.Phrases == nil {
			// A set alone is shared by all patterns that name it.
			e.Phrases = slices.Clip(phrases)
			continue
		}
		e.Phrases = append(e.Phrases, phrases...)
	}
	r.elements = append(r.elements, e)
}

// mixed gives a preposition of a group and a word of it that is none, both empty where
// all are of one kind. In parentheses a word that may be a preposition is a noun or
// an adverb: "(past|history)".
func mixed(group string) (preposition, other string) {
	for option := range strings.SplitSeq(group, "|") {
		if allPrepositions(option) {
			preposition = option
		} else {
			other = option
		}
	}
	if preposition == "" || other == "" {
		return "", ""
	}
	return preposition, other
}

// option gives the phrases of one alternative; those of its set for "&weapon".
func (r *patternReader) option(option string, at Position) []Phrase {
	words := strings.Fields(option)
	switch {
	case len(words) == 0:
		r.fault(at, "an alternative is empty; take the bar away")
	case strings.ContainsAny(option, "()?:"):
		r.fault(at, quote(option)+" has a sign that no word has; a group is \"(attack|peace talks)\"")
	case words[0][0] == '&':
		set, ok := r.sets[words[0][1:]]
		if !ok || len(words) > 1 {
			meant := Nearest(words[0][1:], setNames(r.sets))
			if meant != "" {
				meant = "&" + meant
			}
			r.source.suggest(at, quote(option)+" is no set of sets.txt", meant)
			r.broken = true
		}
		return set
	default:
		return []Phrase{words}
	}
	return nil
}

func setNames(sets map[string][]Phrase) []string {
	names := make([]string, 0, len(sets))
	for name := range sets {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
