package nlp

import "strings"

// frontRows is how many tokens a front remembers before it starts afresh.
const frontRows = 4096

// A front remembers what the first layer makes of a token before the tokens
// around it come in: that depends on the token's text alone, and in running text
// four tokens of five have been seen before.
type front struct {
	rows  map[frontKey]int32
	gates []float32 // 8*hidden values a row
	used  []int32   // the row of each token of the batch
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
	f.used = f.used[:0]
	if f.rows == nil || len(f.rows) > frontRows {
		f.rows, f.gates = make(map[frontKey]int32, frontRows), f.gates[:0]
	}
}

// take finds the tokens' rows, and the features of those never seen.
func (m *Model) take(s *state, text string, v view) {
	f := &s.front
	row, seen := f.rows[frontKey{text, v}]
	if !seen {
		row = int32(len(f.rows))
		// A clone, because the text is part of a story that should not be kept.
		f.rows[frontKey{strings.Clone(text), v}] = row
		if v == asRoot {
			s.features = append(s.features, rootFeatures)
		} else {
			s.features = append(s.features, m.tokenFeatures(text, v == shapeless))
		}
	}
	f.used = append(f.used, row)
}

// frontGates fills the gates of the first layer for the batch.
func (m *Model) frontGates(s *state) {
	const width = 8 * hidden
	f := &s.front
	gates := &s.gates[0]
	if len(s.features) > 0 {
		m.embed(s)
		productPlus(gates, &s.input, m.layout.recur[0].of(m.weights), m.layout.recurBias[0].of(m.weights), m.ready(m.layout.recur[0]))
		for i := range s.features { // in the order of their rows
			f.gates = append(f.gates, gates.row(i)...)
		}
	}
	gates.reshape(s.n, width)
	for i, row := range f.used {
		copy(gates.row(i), f.gates[int(row)*width:][:width])
	}
}
