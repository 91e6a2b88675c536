//go:build !amd64

package nlp

// An instructionSet is which kernels run; here there is plain Go only.
type instructionSet uint8

const plainGo instructionSet = 0

const instructions = plainGo

func (instructionSet) productPanel(rows, k int, a []uint8, weights []int8, start []int32, scale, bias, scales []float32, out []int16, columns int) {
	productPanelPlain(rows, k, a, weights, start, scale, bias, scales, out, columns)
}

func (instructionSet) recurFixed(n, width int, gates []int16, gateStep int, outputs []int16, outputStep int, backwards bool) {
	recurFixedPlain(n, width, gates, gateStep, outputs, outputStep, backwards)
}

func (instructionSet) quantizeRows(out *byteMatrix, a *fixedMatrix) {
	out.reshape(a.n, a.columns)
	quantizeRowsPlain(out, a)
}

func (instructionSet) leakFixed(out, a, b []int16) { leakFixedPlain(out, a, b) }

func (instructionSet) arcProducts(n, width int, dependants []int16, dependantStep int, heads []int16, headStep int, scores []int32, scoreStep int) {
	arcProductsPlain(n, width, dependants, dependantStep, heads, headStep, scores, scoreStep)
}

func (instructionSet) tops(best []uint8, scores []int16, step, width int) {
	topsPlain(best, scores, step, width)
}

func (instructionSet) bests(best []int32, scores *arcScores) { bestsPlain(best, scores) }

func (instructionSet) gather(out *fixedMatrix, rows []int16, which []int32) {
	gatherPlain(out, rows, which)
}

func (instructionSet) add(out, a []float32) { add(out, a) }

func (instructionSet) round(out []int16, values []float32, one float32) {
	roundPlain(out, values, one)
}
