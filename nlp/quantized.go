package nlp

import "math"

// Parsing computes in whole numbers: weights and the values between layers take a
// byte each, everything else two. That is several times as fast as in floats where
// the processor multiplies bytes, costs no accuracy that can be measured, and gives
// the same numbers on every machine and in every order.

const (
	// panelColumns is how many columns of a weight matrix lie together.
	panelColumns = 64
	// rowTile is how many rows a kernel multiplies at once; matrices are padded
	// to it.
	rowTile = 6
	// mostWeight is the largest weight in whole numbers, mostValue the largest value
	// between layers.
	mostWeight = 127
	mostValue  = 127
)

// A fixedMatrix is rows of whole numbers, each the multiple of a unit that is
// known where they are used.
type fixedMatrix struct {
	n, columns int
	data       []int16
}

// reshape makes a matrix of n rows whose values are still to be written.
func (m *fixedMatrix) reshape(n, columns int) {
	m.data = grown(m.data, padded(n, rowTile)*columns)
	m.n, m.columns = n, columns
}

func (m *fixedMatrix) row(i int) []int16 { return m.data[i*m.columns : (i+1)*m.columns] }

// A byteMatrix is rows of bytes, each 128 more than the value in units of its row's
// scale.
type byteMatrix struct {
	n, columns int
	data       []uint8
	scales     []float32
}

func (m *byteMatrix) reshape(n, columns int) {
	m.data = grown(m.data, padded(n, rowTile)*columns)
	m.scales = grown(m.scales, padded(n, rowTile))
	m.n, m.columns = n, columns
}

func padded(n, to int) int { return (n + to - 1) / to * to }

// grown gives a slice of n values, in the memory given where that is enough.
func grown[T any](values []T, n int) []T {
	if cap(values) < n {
		values = make([]T, n+n/2)
	}
	return values[:n]
}

// A quantized is a weight matrix in bytes with a scale a column, and its bias.
type quantized struct {
	rows, columns int     // the columns are padded to panels
	weights       []int8  // panel by panel; in a panel four rows' weights of a column lie together
	start         []int32 // undoes the 128 more of every value
	scale, bias   []float32
}

// quantize puts a matrix of columns, with rows a multiple of 4, and its bias in whole
// numbers. The values multiplied are multiples of in, and the results shall be
// multiples of the unit of their column.
func quantize(weights []float32, columns int, bias []float32, in float32, unit func(column int) float32) quantized {
	rows, wide := len(weights)/columns, padded(columns, panelColumns)
	q := quantized{rows, wide, make([]int8, rows*wide), make([]int32, wide), make([]float32, wide), make([]float32, wide)}
	most := columnScales(weights, columns)
	for c, m := range most {
		q.scale[c] = m / mostWeight * in / unit(c)
		q.bias[c] = bias[c] / unit(c)
		if m == 0 {
			most[c] = 1 // of a column of nothing
		}
	}
	for r := range rows {
		for c, v := range weights[r*columns:][:columns] {
			w := int32(math.RoundToEven(float64(v / most[c] * mostWeight)))
			q.start[c] -= 128 * w
			q.weights[c/panelColumns*panelColumns*rows+r/4*4*panelColumns+c%panelColumns*4+r%4] = int8(w)
		}
	}
	return q
}

// columnScales gives for every column the size that is to become mostWeight. AVX2 has
// 16 bits for the sum of two neighbours' products with bytes: so not only weights but
// also their sums in pairs must stay below mostWeight, or one more after rounding.
func columnScales(weights []float32, columns int) []float32 {
	most := make([]float32, columns)
	for at := 0; at < len(weights); at += 2 * columns {
		odd := weights[at+columns:][:columns]
		for c, v := range weights[at:][:columns] {
			w := odd[c]
			most[c] = max(most[c], v, -v, w, -w, v+w, -v-w)
		}
	}
	return most
}

// productFixed sets out to a·w plus the bias.
func productFixed(set instructionSet, out *fixedMatrix, a *byteMatrix, w *quantized) {
	out.reshape(a.n, w.columns)
	rows := len(a.scales)
	for c := 0; c < w.columns && rows > 0; c += panelColumns {
		set.productPanel(rows, w.rows, a.data, w.weights[c*w.rows:][:panelColumns*w.rows], w.start[c:], w.scale[c:], w.bias[c:], a.scales, out.data[c:], w.columns)
	}
}

// productPanelPlain computes one panel of a product in plain Go, for an even number
// of rows: two go through one multiplication, one of them 32 bits higher. Every step
// rounds by itself, so that no machine may join two.
func productPanelPlain(rows, k int, a []uint8, weights []int8, start []int32, scale, bias, scales []float32, out []int16, columns int) {
	const both = 1<<32 + 1
	for i := 0; i < rows; i += 2 {
		var sums [panelColumns]int64
		for c := range sums {
			sums[c] = int64(start[c]) * both
		}
		low, high := a[i*k:][:k], a[(i+1)*k:][:k]
		for g := 0; g < k; g += 4 {
			x0, x1 := int64(low[g])|int64(high[g])<<32, int64(low[g+1])|int64(high[g+1])<<32
			x2, x3 := int64(low[g+2])|int64(high[g+2])<<32, int64(low[g+3])|int64(high[g+3])<<32
			w := (*[4 * panelColumns]int8)(weights[g*panelColumns:])
			for c := range sums {
				sums[c] += x0*int64(w[4*c]) + x1*int64(w[4*c+1]) + x2*int64(w[4*c+2]) + x3*int64(w[4*c+3])
			}
		}
		for c, sum := range sums {
			first := int32(sum)
			second := int32((sum - int64(first)) >> 32)
			out[i*columns+c] = finished(first, scales[i], scale[c], bias[c])
			out[(i+1)*columns+c] = finished(second, scales[i+1], scale[c], bias[c])
		}
	}
}

// finished turns a sum of products into a result.
func finished(sum int32, row, column, bias float32) int16 {
	scaled := float32(float32(float32(sum)*row) * column)
	return int16(math.RoundToEven(float64(min(max(scaled+bias, math.MinInt16), math.MaxInt16))))
}
