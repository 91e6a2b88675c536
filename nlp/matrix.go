package nlp

import "math"

// A matrix is rows of values. Rows are padded to a multiple of 4 when it is
// allocated, the columns are multiples of 16, so that the kernels need no
// remainders; n is the number of rows that mean something.
type matrix struct {
	n, columns int
	data       []float32
}

// resize makes a matrix of n rows, all zero, reusing its memory.
func (m *matrix) resize(n, columns int) {
	m.reshape(n, columns)
	clear(m.data)
}

func (m *matrix) row(i int) []float32 { return m.data[i*m.columns : (i+1)*m.columns] }

func (m *matrix) rows() int { return len(m.data) / m.columns }

// reshape makes a matrix of n rows whose values are still to be written.
func (m *matrix) reshape(n, columns int) {
	size := (n + 3) / 4 * 4 * columns
	if cap(m.data) < size {
		m.data = make([]float32, size+size/2)
	}
	m.data = m.data[:size]
	m.n, m.columns = n, columns
}

// productPlus sets out to a·w plus a bias in every row.
func productPlus(out, a *matrix, w, bias []float32) {
	out.reshape(a.n, len(bias))
	for i := range out.rows() {
		copy(out.row(i), bias)
	}
	multiplyAdd(a.rows(), a.columns, out.columns, a.data, a.columns, w, out.columns, out.data, out.columns)
}

// product sets out to a·w where w has a.columns rows.
func product(out, a *matrix, w []float32, columns int) {
	out.resize(a.n, columns)
	multiplyAdd(a.rows(), a.columns, columns, a.data, a.columns, w, columns, out.data, columns)
}

// addProduct adds a·w to out.
func addProduct(out, a *matrix, w []float32) {
	multiplyAdd(a.rows(), a.columns, out.columns, a.data, a.columns, w, out.columns, out.data, out.columns)
}

// addGradient adds aᵀ·d to the gradient of a weight matrix of a.columns rows.
func addGradient(gradient []float32, a, d *matrix, scratch *matrix) {
	transpose(scratch, a)
	multiplyAdd(a.columns, d.n, d.columns, scratch.data, scratch.columns, d.data, d.columns, gradient, d.columns)
}

// transpose sets out to the transpose of a; its columns are a's rows, padded to
// a multiple of 16.
func transpose(out, a *matrix) {
	out.resize(a.columns, (a.n+15)/16*16)
	for i := 0; i < a.n; i++ {
		row := a.row(i)
		for j, v := range row {
			out.data[j*out.columns+i] = v
		}
	}
}

// multiplyAddPlain is multiplyAdd in plain Go.
func multiplyAddPlain(rows, k, columns int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	for i := 0; i < rows; i++ {
		out := c[i*ldc : i*ldc+columns]
		for j := 0; j < k; j++ {
			x := a[i*lda+j]
			if x == 0 {
				continue
			}
			w := b[j*ldb : j*ldb+columns]
			for n := range out {
				out[n] += x * w[n]
			}
		}
	}
}

// softmax turns scores into probabilities in place and gives the log of their sum.
func softmax(scores []float32) {
	top := scores[0]
	for _, s := range scores[1:] {
		top = max(top, s)
	}
	var sum float32
	for i, s := range scores {
		e := float32(math.Exp(float64(s - top)))
		scores[i] = e
		sum += e
	}
	for i := range scores {
		scores[i] /= sum
	}
}
