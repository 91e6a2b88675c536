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
		backRecur(&s.gates[i], &s.cells[i], &d.output, &d.gates)
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
	tags, penns, arcs, labels     matrix // set by the loss
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
	for i := 1; i < s.n; i++ {
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
	// arcs = depU · headᵀ, so d(depU) = d(arcs) · head and d(head) = d(arcs)ᵀ · depU.
	d.depU.resize(s.n, arcSize)
	multiplyAdd(d.arcs.rows(), s.n, arcSize, d.arcs.data, d.arcs.columns, s.head.data, arcSize, d.depU.data, arcSize)
	transpose(&d.arcsT, &d.arcs)
	d.head.resize(s.n, arcSize)
	multiplyAdd(d.head.rows(), s.n, arcSize, d.arcsT.data, d.arcsT.columns, s.depU.data, arcSize, d.head.data, arcSize)
	addBiasGradient(l.arcHead.of(g), &d.depU)
	addGradient(l.arc.of(g), &s.dep, &d.depU, &d.scratch)
	transposeWeights(&d.weights, l.arc.of(w), arcSize, arcSize)
	product(&d.dep, &d.depU, d.weights.data, arcSize)
	for i := range s.n {
		row := d.mlp.row(i)
		for j, x := range d.dep.row(i) {
			row[j] += x
		}
		for j, x := range d.head.row(i) {
			row[arcSize+j] += x
		}
	}
}

// backRecur undoes recur: d is the gradient of the outputs, out becomes that of
// the gates before they were squashed.
func backRecur(gates, cells, d, out *matrix) {
	n := gates.n
	out.resize(n, gates.columns)
	var zero [hidden]float32
	for direction := range 2 {
		var carry [hidden]float32 // gradient of the cell from the step after
		for step := range n {
			t, before := n-1-step, n-2-step
			if direction == 1 {
				t, before = step, step+1
			}
			g := gates.row(t)[direction*4*hidden:][:4*hidden]
			o := out.row(t)[direction*4*hidden:][:4*hidden]
			c := cells.row(t)[direction*hidden:][:hidden]
			previous := zero[:]
			if before >= 0 && before < n {
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
	for i := range rows {
		for j := range columns {
			out.data[j*rows+i] = w[i*columns+j]
		}
	}
}
