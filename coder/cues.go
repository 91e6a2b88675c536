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
				index[words[0]] = append(index[words[0]], cue{words, c.Kind, value, mark, c.At})
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
		from := len(found)
		for _, key := range [2]string{lower(t.tokens[i].Lemma), lower(t.tokens[i].Text)} {
			for k := range r.c.cues[key] {
				c := &r.c.cues[key][k]
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
