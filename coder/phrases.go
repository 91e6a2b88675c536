package coder

import (
	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"slices"
)

// A phraseIndex finds rows of words in a sentence, by their first word.
type phraseIndex map[word][]indexedPhrase

type indexedPhrase struct {
	words []string // as written
	ids   phrase
	owner int
}

func (c *Coder) addPhrase(index phraseIndex, p codebook.Phrase, owner int) {
	if len(p) == 0 {
		return
	}
	ids := c.words.phrase(p)
	index[ids[0]] = append(index[ids[0]], indexedPhrase{p, ids, owner})
}

func (c *Coder) compileDiscards(cb *codebook.Codebook) phraseIndex {
	index := phraseIndex{}
	for i := range cb.Discards {
		for _, p := range cb.Discards[i].Words {
			c.addPhrase(index, p, i)
		}
		for _, p := range cb.Discards[i].Unless {
			c.words.phrase(p)
		}
	}
	return index
}

func (c *Coder) compileIssues(cb *codebook.Codebook) phraseIndex {
	index := phraseIndex{}
	for i := range cb.Issues {
		for _, p := range cb.Issues[i].Words {
			c.addPhrase(index, p, i)
		}
	}
	return index
}

// stands says whether a phrase stands at a token: by lemma or form; a word
// written with capitals only so.
func (t *tree) stands(i int, p *indexedPhrase) bool {
	if i+len(p.ids) > len(t.tokens) {
		return false
	}
	for j, id := range p.ids {
		if t.lemma[i+j] != id && t.form[i+j] != id {
			return false
		}
		if w := p.words[j]; w[0] >= 'A' && w[0] <= 'Z' && t.tokens[i+j].Text[0] != w[0] {
			return false
		}
	}
	return true
}

// discarded gives the discard that refuses the sentence, -1 for none.
func (r *reading) discarded() int {
	t := &r.tree
	for i := range t.tokens {
		for _, w := range [2]word{t.lemma[i], t.form[i]} {
			if w == 0 {
				continue
			}
			for k := range r.c.discards[w] {
				p := &r.c.discards[w][k]
				if t.stands(i, p) && !r.kept(&r.c.cb.Discards[p.owner]) {
					return p.owner
				}
			}
			if t.lemma[i] == t.form[i] {
				break
			}
		}
	}
	return -1
}

// kept says whether a word of the sentence keeps it: "boycott the World Cup".
func (r *reading) kept(d *codebook.Discard) bool {
	t := &r.tree
	for _, p := range d.Unless {
		probe := indexedPhrase{words: p, ids: make(phrase, len(p))}
		for j := range p {
			probe.ids[j] = r.c.words.find(p[j])
		}
		for i := range t.tokens {
			if len(p) > 0 && t.stands(i, &probe) {
				return true
			}
		}
	}
	return false
}

// refusal is the record of a sentence left out on purpose.
func (r *reading) refusal(discard int) dyad.Record {
	d := &r.c.cb.Discards[discard]
	record := r.record(dyad.KindRefusal, 0)
	record.Confidence = 1
	record.Refusal = &dyad.Refusal{Reason: d.Reason}
	record.Reasons = []dyad.Reason{{Stage: "coder", Rule: place(d.At), Note: "the sentence is left out: " + d.Reason}}
	record.ID = r.identify(&record, d.Reason)
	return record
}

// issuesOf gives the issues whose words stand in the sentence.
func (r *reading) issuesOf() []int {
	t := &r.tree
	var found []int
	for i := range t.tokens {
		for _, w := range [2]word{t.lemma[i], t.form[i]} {
			if w == 0 {
				continue
			}
			for k := range r.c.issues[w] {
				p := &r.c.issues[w][k]
				if !slices.Contains(found, p.owner) && t.stands(i, p) {
					found = append(found, p.owner)
				}
			}
			if t.lemma[i] == t.form[i] {
				break
			}
		}
	}
	return found
}
