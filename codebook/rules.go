package codebook

import (
	"strings"
)

// readRules reads the event rules of a file.
func (p *part) readRules(sets map[string][]Phrase) {
	for b := range p.source.blocks() {
		block, ok := p.readRuleHead(b)
		if !ok {
			continue
		}
		for j := range b.fields {
			p.readRule(&block, &b.fields[j], sets)
		}
		if len(b.fields) == 0 {
			p.source.fault(b.at, "this block has no pattern; write one below it, indented by two blanks")
		}
		p.book.Rules = append(p.book.Rules, block)
	}
}

// readRuleHead reads "ACCUSE/disapprove  condemn, lash out at  cameo 111".
func (p *part) readRuleHead(b *block) (RuleBlock, bool) {
	s := p.source
	out := RuleBlock{At: b.at}
	out.Event, out.Mode, _ = strings.Cut(b.head[0].text, "/")
	if len(b.head) < 2 {
		s.fault(b.at, "this block names no trigger words: \"ACCUSE/disapprove  condemn, denounce\"")
		return out, false
	}
	items := s.items(b.head[1])
	out.Triggers = make([]Trigger, 0, len(items))
	for _, item := range items {
		if t, ok := s.readTrigger(item); ok {
			out.Triggers = append(out.Triggers, t)
		}
	}
	for _, t := range out.Triggers {
		if t.POS != out.Triggers[0].POS {
			s.fault(b.head[1].at, "verbs, nouns and adjectives stand in blocks of their own; split this block")
			break
		}
	}
	for _, option := range b.head[2:] {
		p.readOption(&out, option)
	}
	return out, len(out.Triggers) > 0
}

// readTrigger reads "lash out at", "visit:noun", "critical of:adj".
func (s *source) readTrigger(c column) (Trigger, bool) {
	text, kind, marked := strings.Cut(c.text, ":")
	pos := "VERB"
	if marked {
		kind, rest, _ := strings.Cut(kind, " ")
		pos = map[string]string{"noun": "NOUN", "adj": "ADJ", "verb": "VERB"}[kind]
		if pos == "" {
			s.suggest(c.at, quote(kind)+" is no part of speech that a trigger may have", Nearest(kind, []string{"noun", "adj", "verb"}))
			return Trigger{}, false
		}
		text += " " + rest
	}
	words := strings.Fields(text)
	if len(words) == 0 || strings.ContainsAny(text, "()|&?") {
		s.fault(c.at, quote(c.text)+" is no trigger word; a trigger is a lemma, perhaps with a particle: \"lash out at\"")
		return Trigger{}, false
	}
	return Trigger{Lemma: words[0], Particles: words[1:], POS: pos}, true
}

func (p *part) readOption(out *RuleBlock, c column) {
	key, value, _ := strings.Cut(c.text, " ")
	value = strings.TrimSpace(value)
	switch {
	case c.text == "reciprocal":
		out.Reciprocal = true
	case key == "cameo" && value != "":
		out.CAMEO = value
	case key == "context" && value != "":
		at := c.at
		at.Column += len("context ")
		out.Contexts = p.source.texts(out.Contexts, column{text: value, at: at})
	default:
		p.source.suggest(c.at, quote(c.text)+" is no option of a block; the options are \"cameo 111\", \"context military\" and \"reciprocal\"",
			Nearest(key, []string{"cameo", "context", "reciprocal"}))
	}
}

// readRule reads a pattern with the examples below it.
func (p *part) readRule(block *RuleBlock, f *field, sets map[string][]Phrase) {
	s := p.source
	c := f.columns[0]
	if len(f.columns) > 1 {
		s.fault(f.columns[1].at, "a pattern is one column; its words stand one blank apart")
	}
	rule := Rule{At: c.at, Source: c.text}
	text, veto := strings.CutPrefix(c.text, "not ")
	if veto {
		c.text, c.at.Column = text, c.at.Column+len("not ")
	}
	elements, ok := readPattern(s, c, block.Triggers, sets)
	rule.Elements = elements
	rule.Examples = make([]Example, 0, len(f.subs))
	for _, sub := range f.subs {
		if e, ok := p.readExample(sub); ok {
			rule.Examples = append(rule.Examples, e)
		}
	}
	if ok && len(f.subs) == 0 {
		s.fault(rule.At, "this pattern has no example; write below it: \"    eg  Brennia condemned Aldoria.  BRE ACCUSE ALD\"")
		return
	}
	switch {
	case !ok:
	case veto:
		block.Vetoes = append(block.Vetoes, rule)
	default:
		block.Rules = append(block.Rules, rule)
	}
}

// example takes "eg  sentence  what comes out" apart.
func (s *source) example(columns []column) (sentence, expected column, ok bool) {
	if columns[0].text != "eg" {
		s.suggest(columns[0].at, quote(columns[0].text)+" cannot stand here; an example opens with \"eg\"", Nearest(columns[0].text, []string{"eg"}))
		return sentence, expected, false
	}
	if cut := cutExample(columns); len(cut) == 3 && len(columns) == 2 {
		s.faults = append(s.faults, Fault{At: cut[2].at, Warning: true,
			Sentence: "one blank stands before what comes out of this example; write two or more, or run dyad fmt"})
		columns = cut
	}
	if len(columns) != 3 {
		s.fault(columns[0].at, "an example is \"eg\", a sentence and what comes out of it, each two blanks or more apart")
		return sentence, expected, false
	}
	return columns[1], columns[2], true
}

// cutExample parts a sentence from what comes out of it where one blank stands
// between them and the meaning is plain: "Brennia condemned Aldoria. BRE ACCUSE ALD".
func cutExample(columns []column) []column {
	if len(columns) != 2 {
		return columns
	}
	c := columns[1]
	i := max(strings.LastIndex(c.text, ". "), strings.LastIndex(c.text, "! "), strings.LastIndex(c.text, "? "))
	if i < 0 {
		return columns
	}
	expected := column{text: c.text[i+2:], at: c.at}
	expected.at.Column += i + 2
	if _, err := ParseExpected(expected.text); err != nil {
		return columns
	}
	return []column{columns[0], {text: c.text[:i+1], at: c.at}, expected}
}

func (p *part) readExample(columns []column) (Example, bool) {
	sentence, expected, ok := p.source.example(columns)
	if !ok {
		return Example{}, false
	}
	events, err := ParseExpected(expected.text)
	if err != nil {
		p.source.fault(expected.at, err.Error())
		return Example{}, false
	}
	return Example{At: columns[0].at, Sentence: sentence.text, Expected: events}, true
}

func (p *part) readCueExample(columns []column) (CueExample, bool) {
	sentence, expected, ok := p.source.example(columns)
	return CueExample{At: columns[0].at, Sentence: sentence.text, Expected: expected.text}, ok
}
