package nlp

import (
	"strings"

	"github.com/cespare/xxhash/v2"
)

// How many tokens a front remembers: so many sets, in each the tokens of so many
// hashes that fell into it last.
const (
	frontSets = 1024
	frontWays = 8
	frontRows = frontSets * frontWays
)

// A front remembers what depends on a token's text alone: what the first layer makes
// of it before the tokens around it come in, and its lemma. In running news fifteen
// tokens of sixteen are remembered.
type front struct {
	hashes  []uint32 // by row; 0 where none is remembered
	entries []frontEntry
	gates   []int16 // 8*hidden values a row
	batch   uint32
	used    []int32 // the row of each token of the batch

	fresh    []int32 // the rows of tokens that were not remembered, and their features
	features []tokenFeatures
	sum      [inputSize]float32
	input    fixedMatrix
	bytes    byteMatrix
	computed fixedMatrix
}

// A frontEntry is a token's text and how it is seen, the last batch that it was in,
// and its lemma and features for the tags that it had last.
type frontEntry struct {
	text         string
	lemma, feats string
	batch        uint32
	view         view
	tagged       bool
	upos, xpos   uint8
}

type view uint8

const (
	asWritten view = iota
	shapeless      // whatever its capitals
	asRoot         // the artificial root
)

// begin forgets the batch before.
func (f *front) begin() {
	if f.hashes == nil {
		f.hashes, f.entries = make([]uint32, frontRows), make([]frontEntry, frontRows)
		f.gates = make([]int16, frontRows*8*hidden)
	}
	f.hashes, f.entries = f.hashes[:frontRows], f.entries[:frontRows]
	f.used, f.fresh, f.features = f.used[:0], f.fresh[:0], f.features[:0]
	f.batch++
}

// take finds a token's row, and its features if it is not remembered.
func (f *front) take(m *Model, text string, v view) {
	sum := xxhash.Sum64String(text) + uint64(v)
	hash, first := uint32(sum)|1, int(sum>>32%frontSets)*frontWays
	for i, h := range f.hashes[first : first+frontWays] {
		if h != hash {
			continue
		}
		if e := &f.entries[first+i]; e.text == text && e.view == v {
			e.batch = f.batch
			f.used = append(f.used, int32(first+i))
			return
		}
	}
	row := f.place(first)
	// A clone, because the text is part of a story that should not be kept.
	f.hashes[row], f.entries[row] = hash, frontEntry{text: strings.Clone(text), view: v, batch: f.batch}
	if v == asRoot {
		f.features = append(f.features, rootFeatures)
	} else {
		f.features = append(f.features, m.tokenFeatures(text, v == shapeless))
	}
	f.fresh = append(f.fresh, int32(row))
	f.used = append(f.used, int32(row))
}

// place gives the row of a set that was not used for longest, or one beyond all sets
// for this batch only where the batch uses the whole set.
func (f *front) place(first int) int {
	oldest := first
	for i := first; i < first+frontWays; i++ {
		if f.entries[i].batch < f.entries[oldest].batch {
			oldest = i
		}
	}
	if f.entries[oldest].batch < f.batch {
		return oldest
	}
	f.hashes, f.entries = append(f.hashes, 0), append(f.entries, frontEntry{})
	return len(f.entries) - 1
}

// fill sets the gates of the first layer for the batch.
func (f *front) fill(m *Model, q *network, gates *fixedMatrix, set instructionSet) {
	width := q.recur[0].columns
	if n := len(f.entries) * width; n > len(f.gates) {
		f.gates = append(f.gates, make([]int16, n-len(f.gates))...)
	}
	if len(f.fresh) > 0 {
		f.input.reshape(len(f.fresh), inputSize)
		for i := range f.fresh {
			f.embed(m, &f.features[i], f.input.row(i), set)
		}
		set.quantizeRows(&f.bytes, &f.input)
		productFixed(set, &f.computed, &f.bytes, &q.recur[0])
		for i, row := range f.fresh {
			copy(f.gates[int(row)*width:][:width], f.computed.row(i))
		}
	}
	gates.reshape(len(f.used), width)
	set.gather(gates, f.gates, f.used)
}

// embed looks a token's features up: word, affixes, pretrained vector beside each
// other.
func (f *front) embed(m *Model, features *tokenFeatures, row []int16, set instructionSet) {
	w, l := m.weights, &m.layout
	sum := f.sum[:]
	clear(sum)
	copy(sum, l.words.of(w)[int(features.word)*wordSize:][:wordSize])
	for _, a := range features.affixes {
		set.add(sum[wordSize:wordSize+affixSize], l.affixes.of(w)[int(a)*affixSize:][:affixSize])
	}
	if features.vector >= 0 {
		m.vectors.copyTo(sum[wordSize+affixSize:], int(features.vector))
		for i := wordSize + affixSize; i < inputSize; i++ {
			sum[i] /= vectorShare
		}
	}
	set.round(row, sum, inputOne)
}

// morphology gives the lemma and the features of a token of the batch, given the
// numbers of its tags.
func (f *front) morphology(m *Model, token int, upos, xpos uint8) (lemma, features string) {
	e := &f.entries[f.used[token]]
	if !e.tagged || e.upos != upos || e.xpos != xpos {
		e.tagged, e.upos, e.xpos = true, upos, xpos
		e.lemma = m.lemma(e.text, m.tagNames[upos], m.pennNames[xpos])
		e.feats = feats(e.text, m.tagNames[upos], m.pennNames[xpos])
	}
	return e.lemma, e.feats
}
