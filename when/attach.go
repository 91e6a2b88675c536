package when

import (
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// reach is how far in the tree a date may stand from the words that it dates.
const reach = 4

// clauseStep is what it costs to cross from one clause into another: a date seldom
// tells when something in another clause happened.
const clauseStep = 4

// triggerToken gives the token that governs the trigger's words, or the sentence's
// root where none of them is found.
func triggerToken(s *dyad.Sentence, trigger dyad.Span) int {
	first, last := -1, -1
	for i, t := range s.Tokens {
		if t.Start < trigger.End && trigger.Start < t.End {
			if first < 0 {
				first = i
			}
			last = i + 1
		}
	}
	if first < 0 {
		return root(s)
	}
	return governor(s, first, last)
}

// root gives the token that governs a sentence.
func root(s *dyad.Sentence) int {
	return max(0, slices.IndexFunc(s.Tokens, func(t dyad.Token) bool { return t.Head < 0 }))
}

// governor gives the token of a run whose head stands outside it.
func governor(s *dyad.Sentence, first, last int) int {
	for i := first; i < last; i++ {
		if h := s.Tokens[i].Head; h < first || h >= last {
			return i
		}
	}
	return first
}

// nearest gives the expression that stands nearest to the trigger in the tree.
func nearest(s *dyad.Sentence, found []expression, trigger int) (expression, bool) {
	if len(found) == 0 || trigger >= len(s.Tokens) {
		return expression{}, false
	}
	up := climb(s, trigger, true)
	best, at, gap := reach+1, -1, 0
	for i, e := range found {
		if !mayDate(s, e, trigger) {
			continue
		}
		cost := distance(s, up, governor(s, e.first, e.last))
		tokens := max(e.first-trigger, trigger-e.first)
		if cost < best || cost == best && at >= 0 && tokens < gap {
			best, at, gap = cost, i, tokens
		}
	}
	if at < 0 {
		return expression{}, false
	}
	return found[at], true
}

// mayDate reports whether an expression may date the trigger at all. Some belong to
// one word: the pact's year in "the pact of 2015", the raid's day in "condemned
// Monday's raid", the war's month in "five months after the war ended".
func mayDate(s *dyad.Sentence, e expression, trigger int) bool {
	if e.form == formAfter {
		if trigger < e.last {
			return false
		}
		return !comma(s, e.last, trigger)
	}
	date := governor(s, e.first, e.last)
	noun := s.Tokens[date].Head
	if noun < 0 || noun >= len(s.Tokens) || noun == trigger {
		return true
	}
	switch s.Tokens[noun].UPOS {
	case "NOUN", "PROPN", "ADJ", "NUM":
	default:
		return true
	}
	if hasCase(s, date, ofCase) {
		return false
	}
	if date > noun {
		return true // "met the envoys on Monday", whatever Monday hangs on
	}
	return baseRel(s, noun) == "nsubj" || hasCase(s, noun, timeCase)
}

// comma reports whether a comma stands between two tokens.
func comma(s *dyad.Sentence, from, to int) bool {
	for i := from; i < to; i++ {
		if s.Tokens[i].Text == "," {
			return true
		}
	}
	return false
}

func ofCase(w string) bool { return w == "of" }

// timeCase reports whether a preposition makes a time of a dated noun: "after Monday's
// raid".
func timeCase(w string) bool {
	switch w {
	case "after", "since", "during", "before", "in", "at", "following", "on", "ahead":
		return true
	}
	return false
}

// hasCase reports whether token n has a preposition that is accepted.
func hasCase(s *dyad.Sentence, n int, accepted func(string) bool) bool {
	for i := max(0, n-12); i < n; i++ {
		if t := &s.Tokens[i]; t.Head == n && t.Rel == "case" && accepted(strings.ToLower(t.Text)) {
			return true
		}
	}
	return false
}

func baseRel(s *dyad.Sentence, i int) string {
	rel, _, _ := strings.Cut(s.Tokens[i].Rel, ":")
	return rel
}

// climb gives the cost of getting from a token up to each of the tokens above it.
// down is true where the steps will be walked downwards, from the date to the words.
func climb(s *dyad.Sentence, i int, down bool) map[int]int {
	costs := map[int]int{i: 0}
	cost := 0
	for steps := 0; steps <= 2*reach && i >= 0 && i < len(s.Tokens); steps++ {
		cost += step(s, i, down)
		i = s.Tokens[i].Head
		if _, seen := costs[i]; seen || i < 0 {
			break
		}
		costs[i] = cost
	}
	return costs
}

func step(s *dyad.Sentence, i int, down bool) int {
	switch baseRel(s, i) {
	case "ccomp", "parataxis":
		if down {
			return clauseStep - 1 // "was killed, police said on Sunday"
		}
		return clauseStep
	case "acl":
		return clauseStep
	case "advcl":
		if !down && !meanwhile(s, i) {
			return clauseStep
		}
		return 2
	}
	return 1
}

// meanwhile reports whether the clause of token i tells of the same time as the one
// above it: "when the curbs lapsed on Friday, …".
func meanwhile(s *dyad.Sentence, i int) bool {
	for j, t := range s.Tokens {
		if t.Head == i && j < i {
			switch strings.ToLower(t.Text) {
			case "when", "while", "as":
				return true
			}
		}
	}
	return false
}

// distance is the cost from a date up to a common governor and down to the words.
func distance(s *dyad.Sentence, up map[int]int, date int) int {
	best := reach + 1
	for i, cost := range climb(s, date, false) {
		if other, ok := up[i]; ok {
			best = min(best, cost+other)
		}
	}
	return best
}

// ahead reports whether what a record tells of lies ahead of its story.
func ahead(r *dyad.Record, s *dyad.Sentence, trigger int) bool {
	if slices.Contains(r.Aux, dyad.AuxFuture) {
		return true
	}
	for i, t := range s.Tokens {
		if t.Head == trigger && t.UPOS == "AUX" {
			switch strings.ToLower(s.Tokens[i].Text) {
			case "will", "shall", "'ll", "’ll", "wo":
				return true
			}
		}
	}
	// "is expected to sign", "plans to meet"
	if t := s.Tokens[trigger]; t.Rel == "xcomp" && t.Head >= 0 && t.Head < len(s.Tokens) {
		return planned(s.Tokens[t.Head].Lemma)
	}
	return false
}

// planned reports whether a word says of what depends on it that it lies ahead.
func planned(lemma string) bool {
	switch lemma {
	case "expect", "plan", "vow", "intend", "schedule", "set", "due", "promise", "pledge", "agree", "hope", "want", "likely", "unlikely":
		return true
	}
	return false
}

// dateline gives the end of the dateline of a story's first sentence, 0 where there
// is none: "ISLAMABAD, April 22 (Outlet) --".
func dateline(s *dyad.Sentence) int {
	comma := false
	for i, t := range s.Tokens {
		if i == 15 {
			break
		}
		switch t.Text {
		case ",", "(", "/":
			comma = true
		case "-", "--", "–", "—":
			if comma && capitals(s.Tokens[0].Text) {
				return i + 1
			}
		}
	}
	return 0
}

func capitals(s string) bool { return len(s) > 1 && s == strings.ToUpper(s) }
