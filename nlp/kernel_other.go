//go:build !amd64

package nlp

// multiplyAdd adds a·b to c; see the amd64 version.
func multiplyAdd(rows, k, columns int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	multiplyAddPlain(rows, k, columns, a, lda, b, ldb, c, ldc)
}

func recurStep(gates, previous, cells, outputs []float32) {
	recurStepPlain(gates, previous, cells, outputs)
}
