package nlp

import "golang.org/x/sys/cpu"

//go:noescape
func productVNNI(rows, groups int, a *uint8, weights *int8, start *int32, scale, bias, scales *float32, out *int16, columns int)

//go:noescape
func productAVX2(rows, groups int, a *uint8, weights *int8, start *int32, scale, bias, scales *float32, out *int16, columns int)

//go:noescape
func recurAVX2(n, width int, gates *int16, gateStep int, outputs *int16, outputStep int)

//go:noescape
func recurAVX512(n, width int, gates *int16, gateStep int, outputs *int16, outputStep int)

//go:noescape
func quantizeRowsAVX2(n, width int, rows *int16, out *uint8, scales *float32)

//go:noescape
func leakAVX2(n int, out, a, b *int16)

//go:noescape
func arcProductsAVX2(n, width int, dependants *int16, dependantStep int, heads *int16, headStep int, scores *int32, scoreStep int)

//go:noescape
func topsAVX2(n, width int, best *uint8, scores *int16, step int)

//go:noescape
func bestsAVX2(n, columns int, best, scores *int32)

//go:noescape
func gatherAVX2(n, width int, out, rows *int16, which *int32)

//go:noescape
func addAVX2(n int, out, a *float32)

//go:noescape
func roundAVX2(n int, out *int16, values *float32, one float32)

// An instructionSet is which kernels run. All give the same numbers.
type instructionSet uint8

const (
	plainGo instructionSet = iota
	withAVX2
	withVNNI
)

var instructions = fastest()

func fastest() instructionSet {
	switch {
	case hasAVX512 && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VNNI:
		return withVNNI
	case cpu.X86.HasAVX2:
		return withAVX2
	}
	return plainGo
}

// productPanel is productPanelPlain in vectors where the processor has them.
func (set instructionSet) productPanel(rows, k int, a []uint8, weights []int8, start []int32, scale, bias, scales []float32, out []int16, columns int) {
	if set == plainGo || rows%rowTile != 0 || k == 0 || k%4 != 0 {
		productPanelPlain(rows, k, a, weights, start, scale, bias, scales, out, columns)
		return
	}
	if rows == 0 {
		return
	}
	// The last elements that the kernels touch must be inside the slices.
	_, _, _, _ = a[rows*k-1], weights[k*panelColumns-1], scales[rows-1], out[(rows-1)*columns+panelColumns-1]
	_, _, _ = start[panelColumns-1], scale[panelColumns-1], bias[panelColumns-1]
	if set == withVNNI {
		productVNNI(rows, k/4, &a[0], &weights[0], &start[0], &scale[0], &bias[0], &scales[0], &out[0], columns)
		return
	}
	for c := 0; c < panelColumns; c += 16 {
		productAVX2(rows, k/4, &a[0], &weights[4*c], &start[c], &scale[c], &bias[c], &scales[0], &out[c], columns)
	}
}

// recurFixed is recurFixedPlain in vectors.
func (set instructionSet) recurFixed(n, width int, gates []int16, gateStep int, outputs []int16, outputStep int, backwards bool) {
	if set == plainGo || width%16 != 0 || n*width == 0 {
		recurFixedPlain(n, width, gates, gateStep, outputs, outputStep, backwards)
		return
	}
	_, _ = gates[(n-1)*gateStep+4*width-1], outputs[(n-1)*outputStep+width-1]
	first, direction := 0, 2
	if backwards {
		first, direction = n-1, -2
	}
	run := recurAVX2
	if set == withVNNI {
		run = recurAVX512
	}
	run(n, width, &gates[first*gateStep], direction*gateStep, &outputs[first*outputStep], direction*outputStep)
}

// quantizeRows is quantizeRowsPlain in vectors.
func (set instructionSet) quantizeRows(out *byteMatrix, a *fixedMatrix) {
	out.reshape(a.n, a.columns)
	if set == plainGo || a.columns%16 != 0 || a.n*a.columns == 0 {
		quantizeRowsPlain(out, a)
		return
	}
	_ = a.data[a.n*a.columns-1]
	quantizeRowsAVX2(a.n, a.columns, &a.data[0], &out.data[0], &out.scales[0])
}

// leakFixed is leakFixedPlain in vectors.
func (set instructionSet) leakFixed(out, a, b []int16) {
	n := len(out)
	if set == plainGo || n == 0 || n%16 != 0 {
		leakFixedPlain(out, a, b)
		return
	}
	_, _ = a[n-1], b[n-1]
	leakAVX2(n, &out[0], &a[0], &b[0])
}

// arcProducts is arcProductsPlain in vectors.
func (set instructionSet) arcProducts(n, width int, dependants []int16, dependantStep int, heads []int16, headStep int, scores []int32, scoreStep int) {
	if set == plainGo || n*width == 0 || width%16 != 0 {
		arcProductsPlain(n, width, dependants, dependantStep, heads, headStep, scores, scoreStep)
		return
	}
	_, _, _ = dependants[(n-1)*dependantStep+width-1], heads[(n-1)*headStep+width-1], scores[(n-1)*scoreStep+n-1]
	arcProductsAVX2(n, width, &dependants[0], 2*dependantStep, &heads[0], 2*headStep, &scores[0], 4*scoreStep)
}

// tops is topsPlain in vectors.
func (set instructionSet) tops(best []uint8, scores []int16, step, width int) {
	n := len(best)
	if set == plainGo || n == 0 || width%16 != 0 || width == 0 || width > 256 {
		topsPlain(best, scores, step, width)
		return
	}
	_ = scores[(n-1)*step+width-1]
	topsAVX2(n, width, &best[0], &scores[0], 2*step)
}

// bests is bestsPlain in vectors. No token is its own head; the columns beyond the
// last may not be the best either.
func (set instructionSet) bests(best []int32, scores *arcScores) {
	n := scores.n
	if set == plainGo || n < 2 {
		bestsPlain(best, scores)
		return
	}
	for i := range n {
		row := scores.row(i)
		row[i] = never
		for j := n; j < len(row); j++ {
			row[j] = never
		}
	}
	_ = best[n-1]
	bestsAVX2(n, scores.columns, &best[0], &scores.data[0])
	best[0] = 0
}

// gather is gatherPlain in vectors, which fetches a row while it copies the one before.
func (set instructionSet) gather(out *fixedMatrix, rows []int16, which []int32) {
	if set == plainGo || len(which) == 0 || out.columns%16 != 0 {
		gatherPlain(out, rows, which)
		return
	}
	_ = out.data[len(which)*out.columns-1]
	for _, row := range which {
		_ = rows[int(row)*out.columns:][out.columns-1]
	}
	gatherAVX2(len(which), out.columns, &out.data[0], &rows[0], &which[0])
}

// add is add in vectors.
func (set instructionSet) add(out, a []float32) {
	n := len(out)
	if set == plainGo || n == 0 || n%8 != 0 {
		add(out, a)
		return
	}
	_ = a[n-1]
	addAVX2(n, &out[0], &a[0])
}

// round is roundPlain in vectors.
func (set instructionSet) round(out []int16, values []float32, one float32) {
	n := len(values)
	if set == plainGo || n == 0 || n%16 != 0 {
		roundPlain(out, values, one)
		return
	}
	_ = out[n-1]
	roundAVX2(n, &out[0], &values[0], one)
}
