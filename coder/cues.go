package coder

import (
	"slices"
	"sort"
	"strings"

	"github.com/opendyad/dyad/codebook"
)

// A cue is a row of words that signals a statement.
type cue struct {
	words []string
	kind  string // one of cueKinds
	value string // stance, "not", state, "mending strained"
	mark  string // "act" or "said": what the block adds to its value
	at    codebook.Position
	next  uint32 // the initial of its second word
}

// cueKinds are the kinds of block of which statements are made; what each means
// is told at the head of cues-statements.txt.
var cueKinds = []string{"position", "opinion", "verdict", "expectation", "outcome", "bond", "counterpart", "footing", "state", "direction", "past"}

// cueIndex finds cues by their first word, the longest first.
type cueIndex map[string][]cue

func compileCues(book *codebook.Codebook) cueIndex {
	index := cueIndex{}
	for i := range book.Cues {
		c := &book.Cues[i]
		if !slices.Contains(cueKinds, c.Kind) {
			continue
		}
		value, mark := c.Value, ""
		if c.Kind == "position" || c.Kind == "opinion" {
			value, mark, _ = strings.Cut(c.Value, " ")
		}
		if c.Kind == "opinion" {
			value, mark = "", value
		}
		for _, p := range c.Words {
			words := make([]string, len(p))
			for j, w := range p {
				words[j] = lower(w)
			}
			if len(words) > 0 {
				index[words[0]] = append(index[words[0]], cue{words, c.Kind, value, mark, c.At, secondInitial(words)})
			}
		}
	}
	for w := range index {
		list := index[w]
		sort.SliceStable(list, func(a, b int) bool { return len(list[a].words) > len(list[b].words) })
	}
	return index
}

// A signal is a cue found in a sentence.
type signal struct {
	*cue
	token int // of its first word
	last  int // of its last word
}

// signals finds the cues of a sentence: for each token and kind the longest.
func (r *reading) signals() []signal {
	var found []signal
	t := &r.tree
	for i := range t.tokens {
		from, ahead := len(found), uint32(0)
		for _, key := range [2]string{lower(t.tokens[i].Lemma), lower(t.tokens[i].Text)} {
			cues := r.c.cues[key]
			if len(cues) == 0 {
				continue
			}
			if ahead == 0 {
				ahead = t.initialsAfter(i)
			}
			for k := range cues {
				c := &cues[k]
				if c.next&ahead == 0 {
					continue // most cues of "be" end here
				}
				if slices.ContainsFunc(found[from:], func(s signal) bool { return s.kind == c.kind && len(s.words) >= len(c.words) }) {
					continue
				}
				if last := t.cueEnds(i, c.words); last >= 0 {
					found = append(found, signal{c, i, last})
				}
			}
			if t.tokens[i].Lemma == t.tokens[i].Text {
				break
			}
		}
	}
	return found
}

// anyInitial is for cues of one word, and for words of which it is not clear how
// they begin in lower case.
const anyInitial = ^uint32(0)

// initial gives a bit for the letter with which a word begins; several may share it.
func initial(s string) uint32 {
	switch {
	case s == "":
		return 0
	case s[0] >= 0x80:
		return anyInitial
	}
	return 1 << (s[0] & 31) // the same for "A" and "a"
}

// secondInitial is the initial that a word after the first must have.
func secondInitial(words []string) uint32 {
	if len(words) == 1 || words[1] == gerund {
		return anyInitial
	}
	return initial(words[1])
}

// initialsAfter gives the initials of the words among which a cue's second may be. A
// cue of one word needs none, so that one bit is always there.
func (t *tree) initialsAfter(i int) uint32 {
	initials := uint32(1)
	for j := i + 1; j < len(t.tokens) && j <= i+3; j++ {
		initials |= initial(t.tokens[j].Text) | initial(t.tokens[j].Lemma)
	}
	return initials
}

// gerund stands in a cue for any verb in -ing: "close to signing".
const gerund = "-ing"

// cueEnds gives the token at which a cue that begins at i ends, -1 if it does not
// stand there. Up to two words may stand between ("insists firmly on"), before a
// preposition no noun: "called the pact a cause for war" is no call for war.
func (t *tree) cueEnds(i int, words []string) int {
	at := i
	for _, w := range words[1:] {
		found := -1
		for j := at + 1; j < len(t.tokens) && j <= at+3; j++ {
			if t.tokens[j].UPOS == "PUNCT" {
				break
			}
			if lowerIs(t.tokens[j].Text, w) || lowerIs(t.tokens[j].Lemma, w) || w == gerund && t.tokens[j].XPOS == "VBG" {
				found = j
				break
			}
			if t.isNoun(j) && (isLinking(w) || w == "to" && !asksOthers(words[0])) {
				break
			}
		}
		if found < 0 {
			return -1
		}
		at = found
	}
	return at
}

// asksOthers says whether a word opens what somebody else is to do: "asks Corva to
// leave".
func asksOthers(w string) bool {
	switch w {
	case "ask", "urge", "expect", "want", "invite", "told", "tell", "oblige", "require", "press", "instruct", "bind", "call", "thought", "compel", "wants", "wish", "like":
		return true
	}
	return false
}

// isLinking says whether a word is a preposition that binds a verb or an
// adjective to what it is about.
func isLinking(w string) bool {
	switch w {
	case "for", "on", "of", "about", "with", "against", "at", "over", "in", "by":
		return true
	}
	return false
}
