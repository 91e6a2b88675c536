package coder

import (
	"strings"

	"github.com/opendyad/dyad"
)

// A tree is a sentence made ready for questions: numbered words, children in
// order, and which mention stands at which token. Its slices are used again for
// the next sentence.
type tree struct {
	s        *dyad.Sentence
	tokens   []dyad.Token
	lemma    []word
	form     []word
	first    []int32 // first child, -1 for none
	next     []int32 // next sibling, -1 for none
	end      []int32 // one past the last token of the subtree
	depth    []int32 // steps to the root
	mentions []dyad.Mention
	at       []int32  // mention that has the token for its head, -1 for none
	inside   []int32  // mention that covers the token, -1 for none
	path     []int32  // scratch of settleDepth
	bases    []string // relations without their subtypes
	joined   []bool   // the token heads a word with hyphens, which is its form: "sit-in"
	has      presence

	// What was asked of a token and will be asked again by the next rule.
	surfaces []candidate
	subjects []candidate
	passives []uint8 // isMet or isUnmet
}

// Depths of tokens that have none yet.
const (
	unsettled = -1
	onTheWay  = -2 // met again, it is a circle
)

// read takes in a sentence and the mentions that stand in it. Heads that point
// nowhere, to themselves or around in a circle are cut, so that every walk ends.
func (t *tree) read(c *Coder, s *dyad.Sentence, mentions []dyad.Mention) {
	n := len(s.Tokens)
	again := n > 0 && len(t.tokens) == n && &t.tokens[0] == &s.Tokens[0] && t.s != nil
	if !again {
		t.has.clear(c, t.lemma, t.form)
	}
	t.s, t.tokens, t.mentions = s, s.Tokens, mentions
	if !again { // with other mentions the words are the same
		t.readTokens(c)
	}
	for i := range s.Tokens {
		t.at[i], t.inside[i] = -1, -1
		t.surfaces[i].how, t.subjects[i].how, t.passives[i] = howUnasked, howUnasked, notAsked
	}
	for i := range mentions {
		m := &mentions[i]
		if len(m.Entities) == 0 || m.First < 0 || m.Last > n || m.First >= m.Last || m.Head < m.First || m.Head >= m.Last {
			continue
		}
		t.at[m.Head] = int32(i)
		for j := m.First; j < m.Last; j++ {
			if t.inside[j] < 0 || mentions[t.inside[j]].Last-mentions[t.inside[j]].First > m.Last-m.First {
				t.inside[j] = int32(i)
			}
		}
	}
}

// readTokens numbers the words and finds the shape of the tree.
func (t *tree) readTokens(c *Coder) {
	n := len(t.tokens)
	t.lemma, t.form = resize(t.lemma, n), resize(t.form, n)
	t.first, t.next, t.end, t.depth = resize(t.first, n), resize(t.next, n), resize(t.end, n), resize(t.depth, n)
	t.at, t.inside = resize(t.at, n), resize(t.inside, n)
	t.joined = resize(t.joined, n)
	t.bases, t.surfaces, t.subjects, t.passives = resize(t.bases, n), resize(t.surfaces, n), resize(t.subjects, n), resize(t.passives, n)
	for i := range t.tokens {
		token := &t.tokens[i]
		t.lemma[i] = c.words.find(token.Lemma)
		t.form[i] = t.lemma[i]
		if token.Text != token.Lemma {
			t.form[i] = c.words.find(token.Text)
		}
		if t.lemma[i] == 0 && token.UPOS == "VERB" {
			t.lemma[i] = c.words.uninflect(lower(token.Text))
		}
		t.first[i], t.next[i], t.end[i] = -1, -1, int32(i+1)
		t.depth[i] = unsettled
		t.bases[i], _, _ = strings.Cut(token.Rel, ":")
	}
	t.joinHyphened(c)
	t.has.add(t.lemma, t.form)
	for i := range t.tokens {
		t.settleDepth(i)
	}
	for i := n - 1; i >= 0; i-- {
		if h := t.head(i); h >= 0 {
			t.next[i], t.first[h] = t.first[h], int32(i)
		}
	}
	t.settleEnds()
}

// settleDepth counts the steps from a token to the root, each token once.
func (t *tree) settleDepth(i int) {
	t.path = t.path[:0]
	at, depth := i, int32(-1)
	for t.depth[at] == unsettled {
		t.depth[at] = onTheWay
		t.path = append(t.path, int32(at))
		h := t.tokens[at].Head
		if h < 0 || h >= len(t.tokens) || t.depth[h] == onTheWay {
			break
		}
		at = h
	}
	if t.depth[at] >= 0 {
		depth = t.depth[at]
	}
	for j := len(t.path) - 1; j >= 0; j-- {
		depth++
		t.depth[t.path[j]] = depth
	}
}

// settleEnds finds where each subtree ends. From right to left, the first
// descendant that reaches a token is its last one, so that each is set once.
func (t *tree) settleEnds() {
	for i := len(t.tokens) - 1; i >= 0; i-- {
		for h, e := t.head(i), t.end[i]; h >= 0 && t.end[h] < e; h = t.head(h) {
			t.end[h] = e
		}
	}
}

// head gives the governor of a token, -1 for a root.
func (t *tree) head(i int) int {
	if t.depth[i] <= 0 {
		return -1
	}
	return t.tokens[i].Head
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

func (t *tree) rel(i int) string { return t.tokens[i].Rel }

// base is the relation of a token without its subtype: "nsubj" of "nsubj:pass".
func (t *tree) base(i int) string { return t.bases[i] }

func (t *tree) isVerb(i int) bool { return t.tokens[i].UPOS == "VERB" || t.tokens[i].UPOS == "AUX" }

func (t *tree) isNoun(i int) bool {
	u := t.tokens[i].UPOS
	return u == "NOUN" || u == "PROPN"
}

// child gives the first child with a relation, -1 for none. The relation is
// compared whole.
func (t *tree) child(i int, rel string) int {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == rel {
			return int(c)
		}
	}
	return -1
}

// childBase is child without regard to subtypes.
func (t *tree) childBase(i int, rel string) int {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		if t.base(int(c)) == rel {
			return int(c)
		}
	}
	return -1
}

// mentionAt gives the mention whose head is the token or, failing that, the one
// that covers it; -1 for none.
func (t *tree) mentionAt(i int) int {
	if m := t.at[i]; m >= 0 {
		return int(m)
	}
	return int(t.inside[i])
}

// isRelative says whether a token is a relative pronoun: "who", "which", "that".
func (t *tree) isRelative(i int) bool {
	switch t.tokens[i].UPOS {
	case "PRON", "DET", "SCONJ":
	default:
		return false
	}
	switch lower(t.tokens[i].Text) {
	case "who", "which", "that", "whom":
		return true
	}
	return false
}

// is says whether a token has the lemma, whatever its case.
func (t *tree) is(i int, lemma string) bool {
	l := t.tokens[i].Lemma
	return l == lemma || len(l) == len(lemma) && strings.EqualFold(l, lemma)
}
