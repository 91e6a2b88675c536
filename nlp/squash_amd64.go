package nlp

//go:noescape
func recurStepAVX2(n int, gates, previous, cells, outputs *float32)

// recurStep is recurStepPlain in vectors where the processor has them.
func recurStep(gates, previous, cells, outputs []float32) {
	n := len(cells)
	if !hasAVX2 || n == 0 || n%8 != 0 {
		recurStepPlain(gates, previous, cells, outputs)
		return
	}
	_, _, _ = gates[4*n-1], previous[n-1], outputs[n-1]
	recurStepAVX2(n, &gates[0], &previous[0], &cells[0], &outputs[0])
}
