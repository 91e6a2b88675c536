package nlp

// The sizes of the network. All are multiples of 16.
const (
	wordSize   = 96  // trained word embedding
	affixSize  = 64  // sum of affix embeddings
	vectorSize = 64  // pretrained word vector, padded
	hidden     = 144 // of one direction of a recurrent layer
	arcSize    = 96
	labelSize  = 96
	tagRows    = 32 // 17 universal tags, padded
	pennRows   = 64 // Penn tags, padded
	labelRows  = 64 // relations, padded
	inputSize  = wordSize + affixSize + vectorSize
	layers     = 3
)

// A parameter is a weight matrix or a table in the network's one run of weights.
type parameter struct {
	at, rows, columns int
}

func (p parameter) of(weights []float32) []float32 { return weights[p.at : p.at+p.rows*p.columns] }

// A layout says where each parameter lies.
type layout struct {
	words, affixes   parameter
	vectors          parameter // projection of the pretrained vectors
	recur            [layers]parameter
	recurBias        [layers]parameter
	heads, headBias  parameter // arc and label, dependant and head: one product
	arc              parameter // bilinear
	arcHead          parameter // how likely a token is a head at all
	label, labelBias parameter // over the sum of dependant and head
	tag, tagBias     parameter
	penn, pennBias   parameter
	size             int
}

func newLayout(words int) layout {
	var l layout
	next := func(rows, columns int) parameter {
		p := parameter{l.size, rows, columns}
		l.size += rows * columns
		return p
	}
	l.words = next(words, wordSize)
	l.affixes = next(affixRows, affixSize)
	l.vectors = next(vectorSize, vectorSize)
	in := inputSize
	for i := range layers {
		l.recur[i] = next(in, 8*hidden)
		l.recurBias[i] = next(1, 8*hidden)
		in = 2 * hidden
	}
	l.heads = next(in, 2*arcSize+2*labelSize)
	l.headBias = next(1, 2*arcSize+2*labelSize)
	l.arc = next(arcSize, arcSize)
	l.arcHead = next(1, arcSize)
	l.label = next(labelSize, labelRows)
	l.labelBias = next(1, labelRows)
	l.tag = next(in, tagRows)
	l.tagBias = next(1, tagRows)
	l.penn = next(in, pennRows)
	l.pennBias = next(1, pennRows)
	return l
}

// A part is one sentence of a state: its rows, and the scores of its arcs. Its
// first row is the artificial root.
type part struct {
	from, n int
	dep     matrix // arc, dependant side
	head    matrix // arc, head side
	depU    matrix
	headT   matrix
	arcs    matrix // scores: row dependant, column head
}

// A state holds what one pass over some sentences computes in training: the values
// that the way back needs too. The sentences' rows lie one after another, so that one
// matrix product serves them all.
type state struct {
	n        int
	parts    []part
	input    matrix
	vector   matrix // pretrained vectors as looked up
	project  matrix
	gates    [layers]matrix
	cells    [layers]matrix
	outputs  [layers]matrix
	masks    [layers + 1]matrix // dropout, in training
	mlp      matrix
	mlpMask  matrix
	tags     matrix
	penns    matrix
	pairs    matrix // dependant and head together, for the label
	labels   matrix
	features []tokenFeatures
}

// begin forgets the sentences of a pass before.
func (s *state) begin() {
	s.n, s.parts, s.features = 0, s.parts[:0], s.features[:0]
}

// add takes up the n rows of one more sentence.
func (s *state) add(n int) *part {
	if len(s.parts) == cap(s.parts) {
		s.parts = append(s.parts, part{})
	} else {
		s.parts = s.parts[:len(s.parts)+1] // keeps the matrices that are there
	}
	p := &s.parts[len(s.parts)-1]
	p.from, p.n = s.n, n
	s.n += n
	return p
}

// forward computes the scores of tags and arcs from the features. train, when
// given, applies dropout.
func (m *Model) forward(s *state, train *trainer) {
	m.embed(s)
	if train != nil {
		train.drop(&s.input, &s.masks[0], train.inputDrop)
	}
	w, l := m.weights, &m.layout
	in := &s.input
	for i := range layers {
		productPlus(&s.gates[i], in, l.recur[i].of(w), l.recurBias[i].of(w))
		recur(&s.gates[i], &s.cells[i], &s.outputs[i], s.parts)
		if train != nil {
			train.drop(&s.outputs[i], &s.masks[i+1], train.layerDrop)
		}
		in = &s.outputs[i]
	}
	productPlus(&s.tags, in, l.tag.of(w), l.tagBias.of(w))
	productPlus(&s.penns, in, l.penn.of(w), l.pennBias.of(w))
	productPlus(&s.mlp, in, l.heads.of(w), l.headBias.of(w))
	for i := range s.n {
		leak(s.mlp.row(i)[:2*arcSize])
	}
	if train != nil {
		train.drop(&s.mlp, &s.mlpMask, train.layerDrop)
	}
	m.scoreArcs(s)
}

// embed looks the features up: word, affixes, pretrained vector beside each other.
func (m *Model) embed(s *state) {
	w, l := m.weights, &m.layout
	n := len(s.features)
	s.input.resize(n, inputSize)
	s.vector.resize(n, vectorSize)
	words, affix := l.words.of(w), l.affixes.of(w)
	for i := range n {
		f := &s.features[i]
		row := s.input.row(i)
		copy(row, words[int(f.word)*wordSize:][:wordSize])
		sum := row[wordSize : wordSize+affixSize]
		for _, a := range f.affixes {
			for j, v := range affix[int(a)*affixSize:][:affixSize] {
				sum[j] += v
			}
		}
		if f.vector >= 0 {
			m.vectors.copyTo(s.vector.row(i), int(f.vector))
		}
	}
	product(&s.project, &s.vector, l.vectors.of(w), vectorSize)
	for i := range n {
		copy(s.input.row(i)[wordSize+affixSize:], s.project.row(i))
	}
}

// recur runs a simple recurrent unit both ways over the rows (Lei et al. 2018,
// "Simple Recurrent Units for Highly Parallelizable Recurrence", without the
// recurrent term in the gates). For each direction the gates hold the candidate,
// the forget gate, the reset gate and the highway, hidden values each; on return
// the gates are squashed. The whole matrix product is done before: only this
// elementwise pass goes token by token.
func recur(gates, cells, outputs *matrix, parts []part) {
	cells.reshape(gates.n, 2*hidden)
	outputs.reshape(gates.n, 2*hidden)
	clear(outputs.data[gates.n*outputs.columns:])
	for i := range parts {
		recurPart(gates, cells, outputs, parts[i].from, parts[i].n)
	}
}

func recurPart(gates, cells, outputs *matrix, from, n int) {
	var zero [hidden]float32
	for direction := range 2 {
		previous := zero[:]
		for step := range n {
			t := from + step
			if direction == 1 {
				t = from + n - 1 - step
			}
			g := gates.row(t)[direction*4*hidden:][:4*hidden]
			c := cells.row(t)[direction*hidden:][:hidden]
			h := outputs.row(t)[direction*hidden:][:hidden]
			recurStep(g, previous, c, h)
			previous = c
		}
	}
}

// scoreArcs scores every pair of dependant and head within each sentence (Dozat
// and Manning 2017).
func (m *Model) scoreArcs(s *state) {
	w, l := m.weights, &m.layout
	bias := l.arcHead.of(w)
	for k := range s.parts {
		p := &s.parts[k]
		p.dep.resize(p.n, arcSize)
		p.head.resize(p.n, arcSize)
		for i := range p.n {
			row := s.mlp.row(p.from + i)
			copy(p.dep.row(i), row[:arcSize])
			copy(p.head.row(i), row[arcSize:2*arcSize])
		}
		product(&p.depU, &p.dep, l.arc.of(w), arcSize)
		for i := range p.n {
			add(p.depU.row(i), bias)
		}
		transpose(&p.headT, &p.head)
		product(&p.arcs, &p.depU, p.headT.data, p.headT.columns)
	}
}

// scoreLabels scores the relations of every token with the head given for it, as
// a row of the state, -1 for the roots: a layer over the sum of what the two say.
func (m *Model) scoreLabels(s *state, heads []int) {
	w, l := m.weights, &m.layout
	s.pairs.resize(s.n, labelSize)
	for i := range s.n {
		if heads[i] < 0 {
			continue
		}
		row := s.pairs.row(i)
		d := s.mlp.row(i)[2*arcSize : 2*arcSize+labelSize]
		h := s.mlp.row(heads[i])[2*arcSize+labelSize:]
		for j := range row {
			row[j] = d[j] + h[j]
		}
		leak(row)
	}
	productPlus(&s.labels, &s.pairs, l.label.of(w), l.labelBias.of(w))
}

// leak is the leaky rectifier.
func leak(values []float32) {
	for i, v := range values {
		values[i] = max(v, 0.1*v) // without a branch, which would be guessed wrong half the time
	}
}
