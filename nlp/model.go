// Package nlp turns text into sentences, tokens, tags, lemmas and dependency trees
// in Universal Dependencies terms. It knows English and nothing of politics. The
// model is fitted by Train and embedded; MODEL_CARD.md says how and how good.
package nlp

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strings"

	"github.com/opendyad/dyad"
)

// A Model is a fitted tagger and parser. It is read-only and safe for use by
// several goroutines.
type Model struct {
	weights    []float32
	layout     layout
	words      wordIndex // wordKey to its row; row 0 is for unknown words, row 1 for the root
	wordNames  []string  // by row
	tagNames   []string
	pennNames  []string
	labelNames []string
	vectors    *Vectors
	exceptions map[string][]lemmaException
	scratch    *memory
}

// trainedCount is how often a word must stand in taught text to count as much as
// once in the treebanks, of which there is less.
const trainedCount = 5

// newModel takes the inventory of words, tags and relations from the training
// sentences. Words seen once are left out, so that the row of unknown words is
// trained by them.
func newModel(o TrainOptions) (*Model, error) {
	counts := map[string]int{}
	tags, penns, labels := map[string]int{}, map[string]int{}, map[string]int{}
	var buffer []byte
	for i := range o.Train {
		for j := range o.Train[i].Tokens {
			t := &o.Train[i].Tokens[j]
			buffer = wordKey(t.Text, buffer)
			counts[string(buffer)] += trainedCount
			tags[t.UPOS]++
			penns[t.XPOS]++
			labels[t.Rel]++
		}
	}
	m := &Model{tagNames: commonest(tags, tagRows, 0), pennNames: commonest(penns, pennRows, 2), labelNames: commonest(labels, labelRows, 2),
		vectors: o.Vectors, exceptions: learnLemmas(o.Train), scratch: newScratch()}
	if len(m.tagNames) == 0 || len(m.labelNames) == 0 {
		return nil, fmt.Errorf("fitting a model: the training sentences have no tags or no relations")
	}
	for i := range o.Taught {
		for j := range o.Taught[i].Tokens {
			buffer = wordKey(o.Taught[i].Tokens[j].Text, buffer)
			counts[string(buffer)]++
		}
	}
	m.setWords(append([]string{"", "\x00root"}, commonest(counts, 1<<20, 2*trainedCount)...))
	return m, nil
}

func (m *Model) setWords(names []string) {
	m.wordNames = names
	m.words = newWordIndex(names)
	m.layout = newLayout(len(names))
}

// commonest gives the keys seen at least least times, the most frequent first, at
// most limit.
func commonest(counts map[string]int, limit, least int) []string {
	keys := make([]string, 0, len(counts))
	for k, n := range counts {
		if n >= least && k != "" {
			keys = append(keys, k)
		}
	}
	sort.Slice(keys, func(i, j int) bool {
		if counts[keys[i]] != counts[keys[j]] {
			return counts[keys[i]] > counts[keys[j]]
		}
		return keys[i] < keys[j]
	})
	return keys[:min(limit, len(keys))]
}

// initialise draws the weights: tables small, matrices after Glorot and Bengio
// (2010), the forget gates biased to remember.
func (m *Model) initialise(random *rand.Rand) {
	l := &m.layout
	m.weights = make([]float32, l.size)
	fill := func(p parameter, scale float64) {
		w := p.of(m.weights)
		for i := range w {
			w[i] = float32((random.Float64()*2 - 1) * scale)
		}
	}
	fill(l.words, 0.1)
	fill(l.affixes, 0.05)
	matrices := []parameter{l.vectors, l.heads, l.arc, l.label, l.tag, l.penn}
	for i := range layers {
		matrices = append(matrices, l.recur[i])
		bias := l.recurBias[i].of(m.weights)
		for direction := range 2 {
			for j := range hidden {
				bias[direction*4*hidden+hidden+j] = 1
			}
		}
	}
	for _, p := range matrices {
		columns := p.columns
		if columns == 8*hidden {
			columns = hidden
		}
		fill(p, math.Sqrt(6/float64(p.rows+columns)))
	}
}

// rootFeatures stand for the artificial root.
var rootFeatures = tokenFeatures{word: 1, vector: -1}

// tokenFeatures gives the features of a token.
func (m *Model) tokenFeatures(text string, shapeless bool) tokenFeatures {
	var space [64]byte
	key := wordKey(text, space[:0])
	hash := wordHash(key)
	f := tokenFeatures{word: m.words.row(hash, 0), vector: -1, affixes: affixes(text, key, shapeless)}
	if m.vectors != nil {
		f.vector = m.vectors.rows.row(hash, -1)
	}
	return f
}

// featuresOf gives the features of a sentence's tokens, the root first.
func (m *Model) featuresOf(tokens []dyad.Token, shapeless bool) []tokenFeatures {
	out := make([]tokenFeatures, 0, len(tokens)+1)
	out = append(out, rootFeatures)
	for i := range tokens {
		out = append(out, m.tokenFeatures(tokens[i].Text, shapeless))
	}
	return out
}

func (m *Model) example(s *dyad.Sentence, random *rand.Rand) example {
	n := len(s.Tokens) + 1
	e := example{heads: make([]int, n), tags: make([]int, n), penns: make([]int, n), labels: make([]int, n)}
	e.heads[0], e.tags[0], e.penns[0], e.labels[0] = -1, -1, -1, -1
	e.features = m.featuresOf(s.Tokens, false)
	e.shapeless = m.featuresOf(s.Tokens, true)
	e.renamed = m.featuresOf(renamed(s.Tokens, random), false)
	for i := range s.Tokens {
		t := &s.Tokens[i]
		e.heads[i+1] = t.Head + 1
		e.tags[i+1] = max(0, indexOf(m.tagNames, t.UPOS))
		e.penns[i+1] = max(0, indexOf(m.pennNames, t.XPOS))
		label := indexOf(m.labelNames, t.Rel)
		if label < 0 { // a rare subtype: its base
			base, _, _ := strings.Cut(t.Rel, ":")
			label = max(0, indexOf(m.labelNames, base))
		}
		e.labels[i+1] = label
	}
	return e
}

func indexOf(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}

// A Score is how often a model is right, in per cent.
type Score struct {
	Words                     int
	UPOS, XPOS, Lemma         float64
	UAS, LAS, LASWithSubtypes float64
}

// Evaluate parses the given tokens of gold sentences and compares.
func (m *Model) Evaluate(gold []dyad.Sentence) Score {
	var score Score
	var upos, xpos, lemma, uas, las, full int
	parsed := append([]dyad.Sentence(nil), gold...)
	for i := range parsed {
		parsed[i].Tokens = append([]dyad.Token(nil), gold[i].Tokens...)
	}
	m.ParseAll(parsed)
	for i := range gold {
		s := &parsed[i]
		for j := range s.Tokens {
			g, p := &gold[i].Tokens[j], &s.Tokens[j]
			score.Words++
			upos += count(g.UPOS == p.UPOS)
			xpos += count(g.XPOS == p.XPOS)
			lemma += count(g.Lemma == p.Lemma)
			if g.Head == p.Head {
				uas++
				gl, _, _ := strings.Cut(g.Rel, ":")
				pl, _, _ := strings.Cut(p.Rel, ":")
				las += count(gl == pl)
				full += count(g.Rel == p.Rel)
			}
		}
	}
	percent := func(n int) float64 { return 100 * float64(n) / float64(max(1, score.Words)) }
	score.UPOS, score.XPOS, score.Lemma = percent(upos), percent(xpos), percent(lemma)
	score.UAS, score.LAS, score.LASWithSubtypes = percent(uas), percent(las), percent(full)
	return score
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
