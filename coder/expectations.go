package coder

import (
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// expectations reads who is expected to do what: by a cue ("is expected to",
// "promised that"), by an auxiliary ("will", "must"), or by "is to".
func (r *reading) expectations(signals []signal, records []dyad.Record) []dyad.Record {
	t := &r.tree
	taken := make(map[int]bool, 4) // predicates that have their record
	for i := range signals {
		s := &signals[i]
		switch s.kind {
		case "outcome":
			records = r.outcome(s, records)
		case "expectation":
			v := r.expectedPredicate(s)
			if v < 0 || taken[v] {
				continue
			}
			taken[v] = true
			records = r.expectation(s, v, s.value, records)
		}
	}
	for i := range t.tokens {
		name, last := t.comingCue(i)
		if name == "" {
			continue
		}
		v := t.governed(i, last)
		// "Would" tells what is to come where somebody is quoted with it: "he said that
		// deliveries would go on"; elsewhere it only supposes.
		if v < 0 || taken[v] || name == "would" && t.base(v) != "ccomp" {
			continue
		}
		taken[v] = true
		s := signal{&cue{words: []string{name}, kind: "expectation", at: builtinCue}, i, last}
		records = r.expectation(&s, v, "", records)
	}
	return records
}

// builtinCue is the place of the auxiliaries, which are grammar, not codebook.
var builtinCue = codebook.Position{File: "auxiliaries of the future"}

// comingCue names an auxiliary or "is to" at a token, and gives its last token.
func (t *tree) comingCue(i int) (string, int) {
	switch w := lower(t.tokens[i].Text); w {
	case "will", "'ll", "shall", "must", "would":
		if t.tokens[i].UPOS == "AUX" {
			return w, i
		}
	case "is", "are", "was", "were":
		for j := i + 1; j < len(t.tokens) && j <= i+2; j++ {
			if lower(t.tokens[j].Text) == "to" && j+1 < len(t.tokens) && t.tokens[j+1].UPOS == "VERB" || lower(t.tokens[j].Text) == "to" && j+1 < len(t.tokens) && t.tokens[j+1].UPOS == "AUX" {
				return w + " to", j
			}
			if t.tokens[j].UPOS != "ADV" {
				break
			}
		}
	}
	return "", -1
}

// governed finds the predicate that an auxiliary or a "to" belongs to.
func (t *tree) governed(i, last int) int {
	if last > i && last+1 < len(t.tokens) {
		for j := last + 1; j < len(t.tokens) && j <= last+3; j++ {
			if t.tokens[j].UPOS == "VERB" {
				return j
			}
		}
		return last + 1
	}
	return t.head(i)
}

// expectedPredicate finds the verb that a cue opens: its infinitive or clause, or
// the cue's own predicate where it has none ("a visit is in the offing").
func (r *reading) expectedPredicate(s *signal) int {
	t := &r.tree
	end := s.words[len(s.words)-1]
	if end == "to" || end == "that" {
		for j := s.last + 1; j < len(t.tokens) && j <= s.last+12; j++ {
			if t.tokens[j].UPOS == "VERB" || end == "that" && t.tokens[j].UPOS == "AUX" && t.head(j) >= 0 {
				if end == "to" && j > s.last+3 {
					return -1
				}
				if t.tokens[j].UPOS == "AUX" {
					return t.head(j)
				}
				return j
			}
		}
		return -1
	}
	return s.token
}

// expectation writes the record of an expected act.
func (r *reading) expectation(s *signal, v int, polarity string, records []dyad.Record) []dyad.Record {
	who, bySubject := r.expected(s, v)
	if len(who) == 0 {
		return records
	}
	if r.negated(v) || r.negated(s.token) || r.deniedSubject(v) {
		polarity = "not"
	}
	content := r.clause(v)
	if polarity == "not" || !bySubject || !strings.Contains(content, " ") {
		// The subject is part of what is expected: "the drills are to end".
		content = r.clauseOf(s.token)
	}
	record := r.statement(dyad.KindExpectation, s, "opens what is to come")
	record.Expectation = &dyad.Expectation{Who: who, Content: content, Cue: strings.Join(s.words, " "), Polarity: polarity, Status: dyad.StatusOpen}
	for i := range r.matches {
		if m := &r.matches[i]; m.token == v && !m.out {
			record.Expectation.Type, record.Expectation.Mode = m.block.source.Event, m.block.source.Mode
			record.Expectation.Recipient = r.entities(&m.target)
		}
	}
	record.ID = r.identify(&record, content)
	return append(records, record)
}

// clauseOf is the whole clause in which a token stands.
func (r *reading) clauseOf(n int) string {
	t := &r.tree
	for steps := 0; steps < len(t.tokens); steps++ {
		h := t.head(n)
		if h < 0 {
			break
		}
		n = h
		switch t.base(n) {
		case "root", "ccomp", "advcl", "parataxis":
			return r.clause(n)
		}
	}
	return r.clause(n)
}

// deniedSubject reports a subject that denies: "neither side will …".
func (r *reading) deniedSubject(v int) bool {
	c := r.tree.surface(v)
	if c.token < 0 {
		return false
	}
	switch lower(r.tree.tokens[c.token].Text) {
	case "nobody", "none", "neither":
		return true
	}
	return r.negated(c.token)
}

// expected finds who is expected: the subject of the expected act, the one who
// promises or plans it, those asked ("asked him to come"), else those whom the
// sentence names, else those whom the story is about ("the drills will end").
func (r *reading) expected(s *signal, v int) (who []dyad.Entity, bySubject bool) {
	t := &r.tree
	var f filling
	if c := t.surface(v); c.token >= 0 && r.resolve(c, &anySlot, &f) {
		if who := r.entities(&f); hasCountry(who) {
			return who, true
		}
	}
	if who := r.holder(s.token); hasCountry(who) {
		return who, false
	}
	var named []dyad.Entity
	for i := range t.mentions {
		if m := &t.mentions[i]; !m.Place {
			named = unite(named, m.Entities)
		}
	}
	if hasCountry(named) {
		return named, false
	}
	return r.main, false
}

// hasCountry reports whether one of some actors is known by its code.
func hasCountry(entities []dyad.Entity) bool {
	for i := range entities {
		if entities[i].Code != "" {
			return true
		}
	}
	return false
}

// outcome writes an open question: "it remains to be seen whether the talks yield
// progress". Nobody in particular is expected to do anything.
func (r *reading) outcome(s *signal, records []dyad.Record) []dyad.Record {
	if s.words[0] == "whether" && !r.outcomeClause(s.token) {
		return records
	}
	record := r.statement(dyad.KindExpectation, s, "left open")
	record.Confidence = 0.5
	record.Expectation = &dyad.Expectation{Content: r.clauseOf(s.token), Cue: strings.Join(s.words, " "), Status: dyad.StatusOpen}
	record.ID = r.identify(&record, "outcome")
	return append(records, record)
}

// outcomeClause reports whether a "whether" begins the sentence, where what
// follows is a question left open; "asked whether" is a question put.
func (r *reading) outcomeClause(i int) bool { return i == 0 }
