package nlp

import "strings"

// frontRows is how many tokens a front remembers before it starts afresh.
const frontRows = 4096

// A front remembers what the first layer makes of a token before the tokens
// around it come in: that depends on the token's text alone, and in running text
// four tokens of five have been seen before.
type front struct {
	rows     map[frontKey]int32
	gates    []int16         // 8*hidden values a row
	used     []int32         // the row of each token of the batch
	features []tokenFeatures // of the tokens never seen before
	sum      [inputSize]float32
	input    fixedMatrix
	bytes    byteMatrix
	computed fixedMatrix
}

// A frontKey is a token's text and how it is seen.
type frontKey struct {
	text string
	view view
}

type view uint8

const (
	asWritten view = iota
	shapeless      // whatever its capitals
	asRoot         // the artificial root
)

// begin forgets the batch before, and everything when the memory is full.
func (f *front) begin() {
	f.used, f.features = f.used[:0], f.features[:0]
	if f.rows == nil || len(f.rows) > frontRows {
		f.rows, f.gates = make(map[frontKey]int32, frontRows), f.gates[:0]
	}
}

// take finds a token's row, and its features if it was never seen.
func (f *front) take(m *Model, text string, v view) {
	row, seen := f.rows[frontKey{text, v}]
	if !seen {
		row = int32(len(f.rows))
		// A clone, because the text is part of a story that should not be kept.
		f.rows[frontKey{strings.Clone(text), v}] = row
		if v == asRoot {
			f.features = append(f.features, rootFeatures)
		} else {
			f.features = append(f.features, m.tokenFeatures(text, v == shapeless))
		}
	}
	f.used = append(f.used, row)
}

// fill sets the gates of the first layer for the batch.
func (f *front) fill(m *Model, q *network, gates *fixedMatrix, set instructionSet) {
	if len(f.features) > 0 {
		f.input.reshape(len(f.features), inputSize)
		for i := range f.features {
			f.embed(m, &f.features[i], f.input.row(i))
		}
		set.quantizeRows(&f.bytes, &f.input)
		productFixed(set, &f.computed, &f.bytes, &q.recur[0])
		for i := range f.features { // in the order of their rows
			f.gates = append(f.gates, f.computed.row(i)...)
		}
	}
	gates.reshape(len(f.used), q.recur[0].columns)
	for i, row := range f.used {
		copy(gates.row(i), f.gates[int(row)*gates.columns:][:gates.columns])
	}
}

// embed looks a token's features up: word, affixes, pretrained vector beside each
// other.
func (f *front) embed(m *Model, features *tokenFeatures, row []int16) {
	w, l := m.weights, &m.layout
	sum := f.sum[:]
	clear(sum)
	copy(sum, l.words.of(w)[int(features.word)*wordSize:][:wordSize])
	for _, a := range features.affixes {
		add(sum[wordSize:wordSize+affixSize], l.affixes.of(w)[int(a)*affixSize:][:affixSize])
	}
	if features.vector >= 0 {
		m.vectors.copyTo(sum[wordSize+affixSize:], int(features.vector))
		for i := wordSize + affixSize; i < inputSize; i++ {
			sum[i] /= vectorShare
		}
	}
	for i, x := range sum {
		row[i] = fixedInput(x)
	}
}
