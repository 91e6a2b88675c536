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
	asks := len(t.tokens) > 0 && t.tokens[len(t.tokens)-1].Text == "?"
	open := asks // a question is left open
	for i := range signals {
		if s := &signals[i]; s.kind == "outcome" && (s.words[0] != "whether" || s.token == 0) {
			open = true
			for j := s.token; j <= s.last; j++ {
				taken[j] = true // "time will tell"
			}
			records = r.outcome(s, records)
		}
	}
	for i := range signals {
		s := &signals[i]
		if s.kind != "expectation" || asks || !r.isAwaiting(s) {
			continue
		}
		v := r.expectedPredicate(s)
		if v < 0 || taken[v] || r.isSupposed(s.token) {
			continue
		}
		taken[v] = true
		records = r.expectation(s, v, s.value, records)
	}
	for i := range t.tokens {
		name, last := t.comingCue(i)
		if name == "" {
			continue
		}
		v := t.governed(i, last)
		if v < 0 || taken[v] || !r.isComing(name, i, v, open) {
			continue
		}
		taken[v] = true
		s := signal{&cue{words: []string{name}, kind: "expectation", at: builtinCue}, i, last}
		records = r.expectation(&s, v, "", records)
	}
	if asks {
		records = r.question(records)
	}
	return records
}

// isAwaiting says whether a cue of expectation is one where it stands. A plan as a
// thing is none ("signed a plan"), nor is what a thing is meant for ("a wall intended
// to keep them out").
func (r *reading) isAwaiting(s *signal) bool {
	t := &r.tree
	tok := &t.tokens[s.token]
	switch {
	case r.inName(s.token):
		return false
	case s.token == s.last && t.isNoun(s.token):
		return s.words[0] == "deadline"
	case s.token == s.last && (t.is(s.token, "promise") || t.is(s.token, "pledge") || t.is(s.token, "vow")):
		return t.child(s.token, "obj") >= 0 && t.child(s.token, "ccomp") < 0 && t.child(s.token, "xcomp") < 0
	case t.isNoun(s.token) && s.words[len(s.words)-1] == "a":
		return false // "a plan for a referendum"
	case tok.UPOS == "AUX" && s.words[0] == "have":
		return false // "had given them until May" is told by "give"
	case tok.XPOS == "VBN" && (t.base(s.token) == "acl" || t.base(s.token) == "amod") && t.is(s.token, "intend"):
		return false
	}
	return true
}

// isComing says whether an auxiliary tells of what is expected. "Would" does so only
// where somebody is quoted with it ("said that deliveries would go on"); "will" does
// not in a condition, nor in a question left open ("how long it will last is
// anyone's guess").
func (r *reading) isComing(name string, aux, v int, open bool) bool {
	t := &r.tree
	if name == "would" && t.base(v) != "ccomp" && t.child(v, "parataxis") < 0 || r.isSupposed(v) {
		return false
	}
	if name == "may" || name == "might" {
		who := r.whoIs(t.surface(v))
		return !open && t.base(v) == "root" && hasCountry(who) && len(statesmen(who)) == len(who)
	}
	if name == "was to" || name == "were to" {
		return hasCountry(r.whoIs(t.surface(v))) // "the proposals were to release funds"
	}
	if !open {
		return true
	}
	for i := aux - 1; i >= 0 && i > aux-10; i-- {
		switch lower(t.tokens[i].Text) {
		case "how", "whether", "what", "who", "when", "where", "if":
			return false
		case ",", ";":
			return i > 0 && lower(t.tokens[i+1].Text) != "and"
		}
		if t.tokens[i].Text == "?" {
			break
		}
	}
	return t.tokens[len(t.tokens)-1].Text != "?"
}

// question writes what a sentence asks as left open: "Will the truce hold?"
func (r *reading) question(records []dyad.Record) []dyad.Record {
	t := &r.tree
	for i := range t.tokens {
		if name, last := t.comingCue(i); name == "will" || name == "shall" {
			s := signal{&cue{words: []string{name, "?"}, kind: "outcome", at: builtinCue}, i, last}
			return r.outcome(&s, records)
		}
	}
	return records
}

// builtinCue is the place of the auxiliaries, which are grammar, not codebook.
var builtinCue = codebook.Position{File: "auxiliaries of the future"}

// comingCue names an auxiliary or "is to" at a token, and gives its last token.
func (t *tree) comingCue(i int) (string, int) {
	switch w := lower(t.tokens[i].Text); w {
	case "will", "'ll", "shall", "must", "would", "may", "might":
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
	switch end := s.words[len(s.words)-1]; end {
	case gerund:
		return s.last
	case "yet", "well", "hardly":
		if t.tokens[s.token].UPOS == "AUX" && t.head(s.token) >= 0 {
			return t.head(s.token) // "may yet annex the valley"
		}
	case "to":
		for j := s.last + 1; j < len(t.tokens) && j <= s.last+3; j++ {
			if t.tokens[j].UPOS == "VERB" {
				if t.is(j, "see") || j > s.last+1 && t.is(j-1, "have") || t.tokens[j].XPOS == "VBG" && s.words[max(0, len(s.words)-2)] != "forward" {
					return -1 // "hopes to see it released", "a commitment to promoting peace"
				}
				return j
			}
			if u := t.tokens[j].UPOS; j == s.last+1 && (u == "AUX" || t.tokens[j].XPOS == "VB") {
				if h := t.head(j); u == "AUX" && h > j {
					return h // "expected to be signed"
				}
				return j
			}
		}
		if s.words[max(0, len(s.words)-2)] == "forward" {
			return s.token // "looks forward to the summit"
		}
		return -1
	case "that":
		for j := s.last + 1; j < len(t.tokens) && j <= s.last+12; j++ {
			switch t.tokens[j].UPOS {
			case "VERB":
				if !isPromise(s.words[0]) && !r.mayCome(j) {
					return -1
				}
				return j
			case "AUX":
				if t.head(j) >= 0 && (isPromise(s.words[0]) || r.mayCome(t.head(j))) {
					return t.head(j)
				}
			}
		}
		return -1
	}
	if s.value != "" && t.tokens[s.last].UPOS == "VERB" {
		// "few expect the talks to resume"
		for c := t.first[s.last]; c >= 0; c = t.next[c] {
			if b := t.base(int(c)); b == "ccomp" || b == "xcomp" {
				return int(c)
			}
		}
	}
	return s.token
}

// isPromise says whether what a word opens is to come in any tense: "hopes that
// they leave".
func isPromise(w string) bool {
	switch w {
	case "vow", "promise", "pledge", "swear", "hope", "expect", "doubt", "doubtful", "unlikely", "sceptical", "skeptical", "hopes", "plan":
		return true
	}
	return false
}

// mayCome says whether a verb is said with "will", "can" or the like.
func (r *reading) mayCome(v int) bool {
	t := &r.tree
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if t.base(int(c)) == "aux" || t.base(int(c)) == "cop" {
			switch lower(t.tokens[c].Text) {
			case "will", "'ll", "would", "can", "could", "may", "might", "shall", "should", "must":
				return true
			}
		}
	}
	return false
}

// expectation writes the record of an expected act.
func (r *reading) expectation(s *signal, v int, polarity string, records []dyad.Record) []dyad.Record {
	t := &r.tree
	who, bySubject := r.expected(s, v)
	if who = awaited(who); len(who) == 0 {
		return records
	}
	if r.negated(v) || r.negated(s.token) || r.deniedSubject(v) || r.doubted(v) {
		polarity = "not"
	}
	content := r.clause(v)
	if polarity == "not" || !bySubject || !strings.Contains(content, " ") {
		// The subject is part of what is expected: "the drills are to end".
		content = r.clauseOf(s.token)
	}
	if v == s.token && t.base(v) == "acl" && t.head(v) >= 0 {
		content = r.clause(t.head(v)) // "a meeting, once thought probable"
	}
	if s.words[0] == "as" || v == s.token && t.tokens[v].XPOS == "VBN" && t.childBase(v, "nsubj") < 0 {
		content = r.tree.s.Text // "they opened embassies, as promised"
	}
	record := r.statement(dyad.KindExpectation, s, "opens what is to come")
	record.Expectation = &dyad.Expectation{Who: who, Content: content, Cue: strings.Join(s.words, " "), Polarity: polarity, Status: dyad.StatusOpen}
	for i := range r.matches {
		if m := &r.matches[i]; m.token == v && !m.out {
			record.Expectation.Type, record.Expectation.Mode = m.block.source.Event, m.block.source.Mode
			record.Expectation.Recipient = r.entities(&m.target)
		}
	}
	if len(record.Expectation.Recipient) == 0 {
		record.Expectation.Recipient = r.relationsUnder(v, who)
	}
	record.ID = r.identify(&record, content)
	return append(records, record)
}

// relationsUnder gives the countries of whose relations an expected act is: "Corva
// must balance Brennia's relations with Aldoria" concerns the other two.
func (r *reading) relationsUnder(v int, who []dyad.Entity) []dyad.Entity {
	t := &r.tree
	for i := v; i < int(t.end[v]); i++ {
		if !t.isNoun(i) {
			continue
		}
		cues := r.c.cues[lower(t.tokens[i].Lemma)]
		for k := range cues {
			if c := &cues[k]; c.kind != "bond" || len(c.words) > 1 {
				continue
			}
			var out []dyad.Entity
			for _, e := range r.countriesIn(t.leftEdge(i), int(t.end[i])) {
				if !hasCode(who, e.Code) {
					out = append(out, e)
				}
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	return nil
}

// doubted says whether a clause hangs on words of doubt: "few think that it will".
func (r *reading) doubted(v int) bool {
	t := &r.tree
	for steps := 0; v >= 0 && steps < 3; steps++ {
		b := t.base(v)
		h := t.head(v)
		if h < 0 || b != "ccomp" && b != "xcomp" {
			return false
		}
		switch lower(t.tokens[h].Lemma) {
		case "doubt", "unlikely", "sceptical", "skeptical", "doubtful", "implausible", "inconceivable":
			return true
		}
		if c := t.childBase(h, "nsubj"); c >= 0 && b == "ccomp" {
			switch lower(t.tokens[c].Text) {
			case "nobody", "none", "few", "hardly", "scarcely", "neither":
				return true
			case "one":
				return r.negated(c)
			}
		}
		v = h
	}
	return false
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
// clause names, else those whom the story is about ("the drills will end").
func (r *reading) expected(s *signal, v int) (who []dyad.Entity, bySubject bool) {
	t := &r.tree
	if who := r.fronted(); hasCountry(who) {
		return who, false
	}
	if s.words[0] == "give" {
		return r.given(s.token), false
	}
	subject := t.surface(v)
	if who := r.whoIs(subject); hasCountry(who) {
		return who, true
	}
	if subject.token >= 0 && t.isUnknownPerson(subject.token) {
		return nil, false
	}
	if who := r.holder(s); hasCountry(who) {
		return who, false
	}
	if named := r.namedBeside(v); len(named) > 0 {
		return named, false
	}
	if len(r.main) == 2 {
		return r.main, false
	}
	return nil, false
}

// namedBeside gives the states and their servants, at most two countries, that the
// clause of an expected act names: "liaison officers from Corva will be posted".
func (r *reading) namedBeside(v int) []dyad.Entity {
	t := &r.tree
	root := t.clauseRoot(v)
	from, to := t.leftEdge(root), int(t.end[root])
	var named []dyad.Entity
	for i := range t.mentions {
		m := &t.mentions[i]
		if m.Place || m.Head < from || m.Head >= to || r.isLocative(m.Head) {
			continue
		}
		for _, e := range m.Entities {
			switch e.Sector {
			case "", "GOV", "MIL", "LEG":
				named = unite(named, []dyad.Entity{e})
			}
		}
	}
	if len(addCountries(nil, named)) > 2 {
		return nil
	}
	return named
}

// given finds those to whom a verb gives: "had given them until May".
func (r *reading) given(v int) []dyad.Entity {
	t := &r.tree
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if b := t.base(int(c)); b == "iobj" || b == "obj" || t.rel(int(c)) == "nsubj:pass" {
			if who := r.whoIs(candidate{int(c), howSubject}); hasCountry(who) && !(t.tokens[c].UPOS == "PRON" && within(who, r.whoIs(t.surface(v)))) {
				return who
			}
		}
	}
	if len(r.main) == 2 {
		return r.main
	}
	return nil
}

// isUnknownPerson reports a pronoun that stands for none of the story's actors.
func (t *tree) isUnknownPerson(n int) bool {
	switch lower(t.tokens[n].Text) {
	case "i", "you", "we", "he", "she", "they", "who":
		return true
	}
	return t.tokens[n].UPOS == "PROPN" && t.inside[n] < 0
}

// awaited keeps those of whose acts the relations of states are made.
func awaited(who []dyad.Entity) []dyad.Entity {
	var out []dyad.Entity
	for _, e := range who {
		if isPeople(e) {
			e.Sector = ""
		}
		switch e.Sector {
		case "CRM", "JRN", "MED", "CVL", "UAF", "UNK":
			continue
		}
		if e.Code != "" {
			out = append(out, e)
		}
	}
	return out
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
	record := r.statement(dyad.KindExpectation, s, "left open")
	record.Confidence = 0.5
	record.Expectation = &dyad.Expectation{Content: r.clauseOf(s.token), Cue: strings.Join(s.words, " "), Status: dyad.StatusOpen}
	record.ID = r.identify(&record, "outcome")
	return append(records, record)
}
