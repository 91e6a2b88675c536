package coder

import (
	"sort"
	"strings"

	"github.com/opendyad/dyad"
)

// What a marked source does to a marked target: the rules answer first, and a
// linear classifier over what the rules and the tree say decides. The marks go in
// as mentions with codes of their own, so that the same rules run as for any
// sentence.

// The codes of the marked sides.
const (
	sourceMark = "SRC"
	targetMark = "TGT"
)

// A Pair is a sentence with its source and its target marked.
type Pair struct {
	Doc            dyad.Document
	Mentions       []dyad.Mention
	Source, Target string // the words marked
}

// mark puts the marked words among a document's mentions, in place of what
// overlaps them. Words that do not stand in the text mark nothing.
func (p *Pair) mark() []dyad.Mention {
	mentions := append([]dyad.Mention(nil), p.Mentions...)
	for _, side := range []struct{ words, code string }{{p.Source, sourceMark}, {p.Target, targetMark}} {
		sentence, first, last := locate(&p.Doc, side.words)
		if sentence < 0 {
			continue
		}
		sector := ""
		kept := mentions[:0]
		for _, m := range mentions {
			overlaps := m.Sentence == sentence && m.First < last && m.Last > first
			marked := len(m.Entities) > 0 && (m.Entities[0].Code == sourceMark || m.Entities[0].Code == targetMark)
			if overlaps && !marked {
				if len(m.Entities) > 0 && sector == "" {
					sector = m.Entities[0].Sector
				}
				continue
			}
			kept = append(kept, m)
		}
		tokens := p.Doc.Sentences[sentence].Tokens
		mentions = append(kept, dyad.Mention{Sentence: sentence, First: first, Last: last, Head: spanHead(tokens, first, last), How: dyad.MentionNamed,
			Entities: []dyad.Entity{{Code: side.code, Sector: sector, Text: side.words}}, Reason: dyad.Reason{Stage: "coder", Rule: "marked", Note: "marked in the input"}})
	}
	sort.SliceStable(mentions, func(a, b int) bool {
		if mentions[a].Sentence != mentions[b].Sentence {
			return mentions[a].Sentence < mentions[b].Sentence
		}
		return mentions[a].First < mentions[b].First
	})
	return mentions
}

// locate finds the tokens that some words cover.
func locate(doc *dyad.Document, words string) (sentence, first, last int) {
	words = strings.TrimSpace(words)
	if words == "" {
		return -1, 0, 0
	}
	from := strings.Index(doc.Story.Text, words)
	if from < 0 {
		return -1, 0, 0
	}
	to := from + len(words)
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		first = -1
		for j := range s.Tokens {
			if s.Tokens[j].End > from && s.Tokens[j].Start < to {
				if first < 0 {
					first = j
				}
				last = j + 1
			}
		}
		if first >= 0 {
			return i, first, last
		}
	}
	return -1, 0, 0
}

// spanHead is the token of a run that hangs outside it.
func spanHead(tokens []dyad.Token, first, last int) int {
	for i := first; i < last; i++ {
		if h := tokens[i].Head; (h < first || h >= last) && tokens[i].UPOS != "PUNCT" && tokens[i].UPOS != "ADP" {
			return i
		}
	}
	return last - 1
}

// features tells what the classifier weighs of a pair, and the event that the
// rules give it ("" for none) with its record.
func (c *Coder) features(p *Pair) (features []string, byRule *dyad.Record) {
	mentions := p.mark()
	r := c.newReading(&p.Doc, mentions)
	defer c.readings.Put(r)
	byRule = r.featuresOf(mentions, func(parts ...string) { features = append(features, strings.Join(parts, "=")) })
	return features, byRule
}

// featuresOf tells them, in the parts of their names, of the document that is read,
// whose mentions are marked.
func (r *reading) featuresOf(mentions []dyad.Mention, add func(parts ...string)) (byRule *dyad.Record) {
	c, doc := r.c, r.doc
	r.withoutJudge, r.onlyEvents = true, true
	records := r.document(mentions)
	best := 0
	for i := range records {
		r := &records[i]
		if r.Event == nil {
			continue
		}
		from, to := hasMark(r.Event.Actor, sourceMark), hasMark(r.Event.Recipient, targetMark) || hasMark(r.Event.Actor, targetMark)
		rank := 1
		where := "any"
		switch {
		case from && to:
			rank, where = 4, "both"
		case from:
			rank, where = 3, "source"
		case to:
			rank, where = 2, "target"
		}
		aux := strings.Join(r.Aux, "+")
		add("rule "+where, r.Event.Type)
		add("rule", r.Event.Type)
		add("rule "+where, r.Event.Type, aux)
		add("mode "+where, r.Event.Type, r.Event.Mode)
		if rank > best {
			best, byRule = rank, r
		}
	}
	if byRule != nil {
		add("best", byRule.Event.Type)
	}
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		var own []dyad.Mention
		source, target := -1, -1
		for _, m := range mentions {
			if m.Sentence == i {
				own = append(own, m)
				if hasMark(m.Entities, sourceMark) {
					source = m.Head
				}
				if hasMark(m.Entities, targetMark) {
					target = m.Head
				}
			}
		}
		r.tree.read(c, s, own)
		r.treeFeatures(source, target, add)
		r.judgeFeatures(source, target, add)
	}
	return byRule
}

func hasMark(entities []dyad.Entity, code string) bool {
	for i := range entities {
		if entities[i].Code == code {
			return true
		}
	}
	return false
}

// treeFeatures adds what the tree says around the marked words.
func (r *reading) treeFeatures(source, target int, add func(...string)) {
	t := &r.tree
	governor := t.verbAbove(source)
	if governor < 0 {
		governor = t.verbAbove(target)
	}
	if governor < 0 {
		for i := range t.tokens {
			if t.head(i) < 0 {
				governor = i
			}
		}
	}
	r.verbFeatures("verb", governor, add)
	for c := t.first[max(0, governor)]; governor >= 0 && c >= 0; c = t.next[c] {
		switch t.base(int(c)) {
		case "xcomp", "ccomp", "conj", "advcl":
			r.verbFeatures("lower "+t.base(int(c)), int(c), add)
		}
	}
	if v := t.verbAbove(target); v >= 0 && v != governor {
		r.verbFeatures("target verb", v, add)
	}
	if source >= 0 {
		add("source is", t.base(source))
	}
	if target >= 0 {
		add("target is", t.base(target))
		add("target in", lower(t.tokens[max(0, t.head(target))].Lemma))
		for c := t.first[target]; c >= 0; c = t.next[c] {
			if t.tokens[c].Rel == "case" {
				add("target after", lower(t.tokens[c].Text))
			}
		}
	}
	for i := range t.tokens {
		lemma := lower(t.tokens[i].Lemma)
		switch t.tokens[i].UPOS {
		case "VERB", "NOUN", "ADJ", "AUX", "PART", "ADV":
			add("word", lemma)
		}
		if between(i, source, target) && t.tokens[i].UPOS != "PUNCT" && t.tokens[i].UPOS != "DET" {
			add("between", lemma)
		}
		r.lexiconFeatures("lexicon", i, add)
	}
}

// judgeFeatures adds what the judge says of the verbs above the marked words, and of
// any word of the sentence.
func (r *reading) judgeFeatures(source, target int, add func(...string)) {
	if r.c.judge == nil {
		return
	}
	t := &r.tree
	r.matches = r.matches[:0]
	for i := range t.tokens {
		r.matchToken(i)
	}
	r.knowWords()
	above := [2]int{t.verbAbove(source), t.verbAbove(target)}
	var sum verdict
	for i := range t.tokens {
		if !r.mayTell(i) {
			continue
		}
		r.clues(i, &r.seen)
		v := r.c.judge.weigh(&r.seen)
		for event := 1; event < judgeClasses; event++ {
			sum[event] = max(sum[event], v[event])
			for side, name := range [2]string{"judge source", "judge target"} {
				if above[side] == i && v[event] > 0.15 {
					add(name, judgeNames[event])
					if v[event] > 0.6 {
						add(name, judgeNames[event], "sure")
					}
				}
			}
		}
	}
	best, p := sum.best()
	if p > 0.1 {
		add("judge best", judgeNames[best])
	}
	for event := 1; event < judgeClasses; event++ {
		switch p := sum[event]; {
		case p > 0.7:
			add("judge", judgeNames[event], "sure")
			fallthrough
		case p > 0.3:
			add("judge", judgeNames[event], "likely")
			fallthrough
		case p > 0.08:
			add("judge", judgeNames[event])
		}
	}
}

func between(i, a, b int) bool {
	if a > b {
		a, b = b, a
	}
	return a >= 0 && i > a && i < b
}

// verbAbove is the nearest verb that governs a token.
func (t *tree) verbAbove(n int) int {
	for steps := 0; n >= 0 && steps < 12; steps++ {
		n = t.head(n)
		if n >= 0 && t.tokens[n].UPOS == "VERB" {
			return n
		}
	}
	return -1
}

// verbFeatures adds a predicate's lemma, its object, its helpers and the events
// that the codebook has for it.
func (r *reading) verbFeatures(name string, v int, add func(...string)) {
	t := &r.tree
	if v < 0 {
		return
	}
	lemma := lower(t.tokens[v].Lemma)
	add(name, lemma)
	r.lexiconFeatures(name+" means", v, add)
	for c := t.first[v]; c >= 0; c = t.next[c] {
		child := lower(t.tokens[c].Lemma)
		switch t.base(int(c)) {
		case "obj", "obl", "xcomp", "ccomp":
			add(name+" "+t.base(int(c)), lemma, child)
			add(t.base(int(c)), child)
			r.lexiconFeatures(t.base(int(c))+" means", int(c), add)
		case "aux", "compound", "advmod", "mark":
			add(name+" "+t.base(int(c)), child)
		}
	}
}

// lexiconFeatures adds the events for which the codebook has a word as trigger.
func (r *reading) lexiconFeatures(name string, i int, add func(...string)) {
	w := r.tree.lemma[i]
	if w <= 0 || int(w) >= len(r.c.triggers) {
		return
	}
	triggers := r.c.triggers[w]
	for k := range triggers {
		event := triggers[k].block.source.Event
		seen := false
		for j := 0; j < k && !seen; j++ {
			seen = triggers[j].block.source.Event == event
		}
		if !seen {
			add(name, event)
		}
	}
}
