package nlp

import (
	"math"
	"runtime"
	"sync"
)

// A network is the weights of a model in whole numbers, as parsing uses them.
type network struct {
	recur      [layers]quantized
	last       quantized // arcs and labels, tags and Penn tags beside each other
	arc, label quantized
}

// Where the scores of tags lie in a row of the last product.
const (
	tagsAt  = 2*arcSize + 2*labelSize
	pennsAt = tagsAt + tagRows
)

// vectorShare is how much smaller pretrained vectors come in than they are, so that
// all parts of the input are of about one size.
const vectorShare = 4

// A memory is what parsing with one model's weights needs beside them.
type memory struct {
	once    sync.Once
	network *network
	batches chan *batch // that nobody uses
}

// newScratch makes the memory that parsing works in.
func newScratch() *memory {
	return &memory{batches: make(chan *batch, runtime.GOMAXPROCS(0))}
}

// take gives a batch to work in. A batch remembers much, so that there should be no
// more of them than parse at once, and none forgotten: a sync.Pool does both.
func (m *memory) take() *batch {
	select {
	case b := <-m.batches:
		return b
	default:
		return &batch{set: instructions}
	}
}

// giveBack keeps a batch for the next to parse, unless there are enough.
func (m *memory) giveBack(b *batch) {
	select {
	case m.batches <- b:
	default:
	}
}

// inWholeNumbers gives the model's network in whole numbers, made at its first use.
func (m *Model) inWholeNumbers() *network {
	m.scratch.once.Do(func() { m.scratch.network = m.quantized() })
	return m.scratch.network
}

// quantized puts the weights in whole numbers.
func (m *Model) quantized() *network {
	w, l := m.weights, &m.layout
	q := &network{}
	for i := range layers {
		p, in := l.recur[i], float32(1)/gateOne
		weights := p.of(w)
		if i == 0 {
			weights, in = m.firstLayer(), float32(1)/inputOne
		}
		q.recur[i] = quantize(weights, p.columns, l.recurBias[i].of(w), in, func(int) float32 { return 1. / gateOne })
	}
	weights := beside(l.heads.rows, l.heads.of(w), l.tag.of(w), l.penn.of(w))
	bias := append(append(append([]float32(nil), l.headBias.of(w)...), l.tagBias.of(w)...), l.pennBias.of(w)...)
	forbid(bias[tagsAt:], len(m.tagNames), tagRows)
	forbid(bias[pennsAt:], len(m.pennNames), pennRows)
	q.last = quantize(weights, pennsAt+pennRows, bias, 1./gateOne, func(c int) float32 {
		switch {
		case c >= arcSize && c < 2*arcSize:
			return 1. / arcOne
		case c >= tagsAt:
			return 1. / scoreOne
		}
		return 1. / gateOne
	})
	q.arc = quantize(l.arc.of(w), arcSize, l.arcHead.of(w), 1./gateOne, func(int) float32 { return 1. / arcOne })
	bias = append([]float32(nil), l.labelBias.of(w)...)
	forbid(bias, len(m.labelNames), labelRows)
	if root := indexOf(m.labelNames, "root"); root >= 0 {
		forbid(bias, root, root+1) // it is for the root alone, of which no relation is asked
	}
	q.label = quantize(l.label.of(w), labelRows, bias, 1./gateOne, func(int) float32 { return 1. / scoreOne })
	return q
}

// forbid lets some answers never be the best: those that have no name.
func forbid(bias []float32, from, to int) {
	for i := from; i < to; i++ {
		bias[i] = math.MinInt16
	}
}

// beside gives matrices of so many rows as one, beside each other.
func beside(rows int, matrices ...[]float32) []float32 {
	var out []float32
	for r := range rows {
		for _, m := range matrices {
			columns := len(m) / rows
			out = append(out, m[r*columns:][:columns]...)
		}
	}
	return out
}

// firstLayer gives the weights of the first layer with the projection of the
// pretrained vectors multiplied into them.
func (m *Model) firstLayer() []float32 {
	const width = 8 * hidden
	own := m.layout.recur[0].of(m.weights)
	projection := m.layout.vectors.of(m.weights)
	split := (wordSize + affixSize) * width
	weights := append([]float32(nil), own...)
	clear(weights[split:])
	for i := range vectorSize {
		out := weights[split+i*width:][:width]
		for j, x := range projection[i*vectorSize:][:vectorSize] {
			x *= vectorShare
			for c, v := range own[split+j*width:][:len(out)] {
				out[c] += float32(x * v) // rounded by itself, so that every machine gives the same
			}
		}
	}
	return weights
}

// A stretch is the rows of one tree in a batch, the artificial root first.
type stretch struct{ from, n int }

// A batch is some sentences that go through the network together. Their rows lie
// one after another, so that one matrix product serves them all.
type batch struct {
	set       instructionSet
	n         int
	stretches []stretch
	runs      []run // what the stretches are parts of
	front     front
	bytes     byteMatrix // what is multiplied next
	gates     fixedMatrix
	outputs   fixedMatrix
	last      fixedMatrix // of all tokens: sides of arcs and labels, scores of tags
	sides     fixedMatrix // what goes into the next small product
	arcs      fixedMatrix // the dependants' side of the arcs
	labels    fixedMatrix
	scores    arcScores
	heads     []int   // rows of the heads found
	best      []int32 // the best head of each token of a stretch
	upos      []uint8 // numbers of the best answers
	xpos      []uint8
	relations []uint8
}

// begin forgets the sentences before.
func (b *batch) begin() {
	b.n, b.stretches = 0, b.stretches[:0]
	clear(b.runs) // or they would keep the sentences in memory
	b.runs = b.runs[:0]
}

// add takes up the n rows of one more stretch.
func (b *batch) add(n int, r run) {
	b.stretches = append(b.stretches, stretch{b.n, n})
	b.runs = append(b.runs, r)
	b.n += n
}

// score computes from the gates of the first layer what the last layer says of
// every token: the scores of its tags, and its sides of arcs and labels.
func (b *batch) score(q *network) {
	for i := range layers {
		if i > 0 {
			productFixed(b.set, &b.gates, &b.bytes, &q.recur[i])
		}
		b.recur()
		b.set.quantizeRows(&b.bytes, &b.outputs)
	}
	productFixed(b.set, &b.last, &b.bytes, &q.last)
	b.upos, b.xpos = grown(b.upos, b.n), grown(b.xpos, b.n)
	b.set.tops(b.upos, b.last.data[tagsAt:], b.last.columns, tagRows)
	b.set.tops(b.xpos, b.last.data[pennsAt:], b.last.columns, pennRows)
}

// recur runs a simple recurrent unit both ways over every stretch; see the recur of
// training.
func (b *batch) recur() {
	const width, step = 4 * hidden, 2 * hidden
	b.outputs.reshape(b.n, step)
	for _, s := range b.stretches {
		gates, outputs := b.gates.data[s.from*b.gates.columns:], b.outputs.data[s.from*step:]
		b.set.recurFixed(s.n, hidden, gates, b.gates.columns, outputs, step, false)
		b.set.recurFixed(s.n, hidden, gates[width:], b.gates.columns, outputs[hidden:], step, true)
	}
}

// attach finds the head of every token.
func (b *batch) attach(q *network) {
	zero := make([]int16, arcSize)
	b.sides.reshape(b.n, arcSize)
	for i := range b.n {
		row := b.last.row(i)
		b.set.leakFixed(b.sides.row(i), row[:arcSize], zero)
		b.set.leakFixed(row[arcSize:2*arcSize], row[arcSize:2*arcSize], zero)
	}
	b.set.quantizeRows(&b.bytes, &b.sides)
	productFixed(b.set, &b.arcs, &b.bytes, &q.arc)
	b.heads = grown(b.heads, b.n)
	for _, s := range b.stretches {
		b.scores.reshape(s.n)
		b.set.arcProducts(s.n, arcSize, b.arcs.data[s.from*b.arcs.columns:], b.arcs.columns, b.last.data[s.from*b.last.columns+arcSize:], b.last.columns, b.scores.data, b.scores.columns)
		b.best = grown(b.best, s.n)
		b.set.bests(b.best, &b.scores)
		heads := b.heads[s.from:][:s.n]
		decode(&b.scores, b.best, heads)
		heads[0] = -1
		for i := 1; i < s.n; i++ {
			heads[i] += s.from
		}
	}
}

// relate finds the relation of every token to its head: a layer over the sum of
// what the two say.
func (b *batch) relate(q *network) {
	b.sides.reshape(b.n, labelSize)
	for i, head := range b.heads {
		row := b.last.row(i)[2*arcSize:][:labelSize]
		b.set.leakFixed(b.sides.row(i), row, b.last.row(max(0, head))[2*arcSize+labelSize:][:labelSize])
	}
	b.set.quantizeRows(&b.bytes, &b.sides)
	productFixed(b.set, &b.labels, &b.bytes, &q.label)
	b.relations = grown(b.relations, b.n)
	b.set.tops(b.relations, b.labels.data, b.labels.columns, labelRows)
}
