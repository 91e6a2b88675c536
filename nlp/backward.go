package nlp

// backward adds the gradient of the loss to g, given the gradients of the scores
// in d. It undoes forward step by step; see there for what each step computes.
func (m *Model) backward(s *state, d *gradients, g []float32, heads []int) {
	w, l := m.weights, &m.layout
	last := &s.outputs[layers-1]
	d.mlp.resize(s.n, l.heads.columns)
	m.backLabels(s, d, g, heads)
	m.backArcs(s, d, g)
	applyMask(&d.mlp, &s.mlpMask)
	for i := range s.n {
		row, value := d.mlp.row(i)[:2*arcSize], s.mlp.row(i)
		for j := range row {
			if value[j] < 0 {
				row[j] *= 0.1
			}
		}
	}
	d.output.resize(s.n, 2*hidden)
	for _, part := range []struct {
		d       *matrix
		p, bias parameter
	}{{&d.tags, l.tag, l.tagBias}, {&d.penns, l.penn, l.pennBias}, {&d.mlp, l.heads, l.headBias}} {
		addGradient(part.p.of(g), last, part.d, &d.scratch)
		addBiasGradient(part.bias.of(g), part.d)
		transposeWeights(&d.weights, part.p.of(w), part.p.rows, part.p.columns)
		addProduct(&d.output, part.d, d.weights.data)
	}
	for i := layers - 1; i >= 0; i-- {
		applyMask(&d.output, &s.masks[i+1])
		backRecur(&s.gates[i], &s.cells[i], &d.output, &d.gates, s.parts)
		in := &s.input
		if i > 0 {
			in = &s.outputs[i-1]
		}
		addGradient(l.recur[i].of(g), in, &d.gates, &d.scratch)
		addBiasGradient(l.recurBias[i].of(g), &d.gates)
		transposeWeights(&d.weights, l.recur[i].of(w), l.recur[i].rows, l.recur[i].columns)
		d.output.resize(s.n, in.columns)
		addProduct(&d.output, &d.gates, d.weights.data)
	}
	applyMask(&d.output, &s.masks[0])
	m.backEmbed(s, d, g)
}

// gradients hold the gradients of what a state holds.
type gradients struct {
	tags, penns, labels           matrix   // set by the loss
	arcs                          []matrix // likewise, one a sentence
	mlp, output, gates            matrix
	dep, head, depU, pairs        matrix
	scratch, weights, arcsT, proj matrix
}

func (m *Model) backLabels(s *state, d *gradients, g []float32, heads []int) {
	w, l := m.weights, &m.layout
	addGradient(l.label.of(g), &s.pairs, &d.labels, &d.scratch)
	addBiasGradient(l.labelBias.of(g), &d.labels)
	transposeWeights(&d.weights, l.label.of(w), labelSize, labelRows)
	product(&d.pairs, &d.labels, d.weights.data, labelSize)
	for i := range s.n {
		if heads[i] < 0 {
			continue
		}
		row, value := d.pairs.row(i), s.pairs.row(i)
		dep := d.mlp.row(i)[2*arcSize : 2*arcSize+labelSize]
		head := d.mlp.row(heads[i])[2*arcSize+labelSize:]
		for j, x := range row {
			if value[j] < 0 {
				x *= 0.1
			}
			dep[j] += x
			head[j] += x
		}
	}
}

func (m *Model) backArcs(s *state, d *gradients, g []float32) {
	w, l := m.weights, &m.layout
	transposeWeights(&d.weights, l.arc.of(w), arcSize, arcSize)
	for k := range s.parts {
		p, arcs := &s.parts[k], &d.arcs[k]
		// arcs = depU · headᵀ, so d(depU) = d(arcs) · head and d(head) = d(arcs)ᵀ · depU.
		d.depU.resize(p.n, arcSize)
		multiplyAdd(arcs.rows(), p.n, arcSize, arcs.data, arcs.columns, p.head.data, arcSize, d.depU.data, arcSize)
		transpose(&d.arcsT, arcs)
		d.head.resize(p.n, arcSize)
		multiplyAdd(d.head.rows(), p.n, arcSize, d.arcsT.data, d.arcsT.columns, p.depU.data, arcSize, d.head.data, arcSize)
		addBiasGradient(l.arcHead.of(g), &d.depU)
		addGradient(l.arc.of(g), &p.dep, &d.depU, &d.scratch)
		product(&d.dep, &d.depU, d.weights.data, arcSize)
		for i := range p.n {
			row := d.mlp.row(p.from + i)
			add(row[:arcSize], d.dep.row(i))
			add(row[arcSize:2*arcSize], d.head.row(i))
		}
	}
}

// backRecur undoes recur: d is the gradient of the outputs, out becomes that of
// the gates before they were squashed.
func backRecur(gates, cells, d, out *matrix, parts []part) {
	out.resize(gates.n, gates.columns)
	for i := range parts {
		backRecurPart(gates, cells, d, out, parts[i].from, parts[i].n)
	}
}

func backRecurPart(gates, cells, d, out *matrix, from, n int) {
	var zero [hidden]float32
	for direction := range 2 {
		var carry [hidden]float32 // gradient of the cell from the step after
		for step := range n {
			t, before := from+n-1-step, from+n-2-step
			if direction == 1 {
				t, before = from+step, from+step+1
			}
			g := gates.row(t)[direction*4*hidden:][:4*hidden]
			o := out.row(t)[direction*4*hidden:][:4*hidden]
			c := cells.row(t)[direction*hidden:][:hidden]
			previous := zero[:]
			if before >= from && before < from+n {
				previous = cells.row(before)[direction*hidden:][:hidden]
			}
			dh := d.row(t)[direction*hidden:][:hidden]
			for j := range hidden {
				f, r := g[hidden+j], g[2*hidden+j]
				squashed := tanh(c[j])
				dc := carry[j] + dh[j]*r*(1-squashed*squashed)
				o[j] = dc * (1 - f)
				o[hidden+j] = dc * (previous[j] - g[j]) * f * (1 - f)
				o[2*hidden+j] = dh[j] * (squashed - g[3*hidden+j]) * r * (1 - r)
				o[3*hidden+j] = dh[j] * (1 - r)
				carry[j] = dc * f
			}
		}
	}
}

func (m *Model) backEmbed(s *state, d *gradients, g []float32) {
	l := &m.layout
	words, affix := l.words.of(g), l.affixes.of(g)
	d.proj.resize(s.n, vectorSize)
	for i := range s.n {
		f := &s.features[i]
		row := d.output.row(i)
		add(words[int(f.word)*wordSize:][:wordSize], row)
		for _, a := range f.affixes {
			add(affix[int(a)*affixSize:][:affixSize], row[wordSize:])
		}
		copy(d.proj.row(i), row[wordSize+affixSize:])
	}
	addGradient(l.vectors.of(g), &s.vector, &d.proj, &d.scratch)
}

func add(out, a []float32) {
	a = a[:len(out)]
	for i := range out {
		out[i] += a[i]
	}
}

func addBiasGradient(g []float32, d *matrix) {
	for i := range d.n {
		add(g, d.row(i))
	}
}

// applyMask multiplies by a dropout mask; an empty one lets everything through.
func applyMask(d, mask *matrix) {
	if len(mask.data) != len(d.data) {
		return
	}
	for i, x := range mask.data {
		d.data[i] *= x
	}
}

// transposeWeights sets out to the transpose of a weight matrix.
func transposeWeights(out *matrix, w []float32, rows, columns int) {
	out.resize(columns, rows)
	const block = 16 // in blocks, so that reads and writes stay in the cache
	for i0 := 0; i0 < rows; i0 += block {
		for j0 := 0; j0 < columns; j0 += block {
			for j := j0; j < min(j0+block, columns); j++ {
				for i := i0; i < min(i0+block, rows); i++ {
					out.data[j*rows+i] = w[i*columns+j]
				}
			}
		}
	}
}
