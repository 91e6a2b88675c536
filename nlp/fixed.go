package nlp

import (
	"math"
	"math/bits"
)

// Units of the whole numbers in parsing. The gates and cells of the recurrent units
// stay below 10, so that there is room for a network that goes three times as far.
const (
	gateOne  = 1 << 10 // 1 in gates, cells, outputs and the layers over them
	inputOne = 1 << 12 // 1 in the input
	arcOne   = 1 << 7  // 1 in the two sides of an arc
	scoreOne = 1 << 8  // 1 in the scores of tags and relations
)

// What tanh lacks to 1 is a·v² + b·v⁶ + c·v¹⁴, right to 0.0014, where v falls from 1
// at 0 to 0 at 4: coefficients of one sign would need no such precision, and these
// nearly are. Here they stand in units of 2^-14.
const (
	squash2  = 1081
	squash6  = 19038
	squash14 = -3735
)

// times multiplies two numbers of which one is in units of 2^-15, and rounds; the
// vector instructions have it so.
func times(a, b int16) int16 { return int16((int32(a)*int32(b) + 1<<14) >> 15) }

func addSaturated(a, b int16) int16 {
	return int16(min(max(int32(a)+int32(b), math.MinInt16), math.MaxInt16))
}

func subSaturated(a, b int16) int16 {
	return int16(min(max(int32(a)-int32(b), math.MinInt16), math.MaxInt16))
}

// lacking gives what the tanh of a number lacks to 1, in units of 2^-14; v is as
// above in units of 2^-15.
func lacking(v int16) int16 {
	v2 := times(v, v)
	v4 := times(v2, v2)
	v8 := times(v4, v4)
	return times(v2, squash2+times(v4, squash6+times(v8, squash14)))
}

// sigmoidFixed gives the sigmoid of a gate in units of 2^-15.
func sigmoidFixed(x int16) int16 {
	size := uint16(max(x, -x)) // 32768 for the smallest number, which has no counterpart
	rest := lacking(int16(math.MaxInt16 - min(size, 8*gateOne-1)<<2))
	if x < 0 {
		return rest
	}
	return math.MaxInt16 - rest
}

// tanhFixed gives the tanh of a cell in its own units.
func tanhFixed(x int16) int16 {
	size := uint16(max(x, -x))
	t := 1<<14 - lacking(int16(math.MaxInt16-min(size, 4*gateOne-1)<<3))
	if x < 0 {
		t = -t
	}
	return times(t, gateOne*2) // from units of 2^-14
}

// recurFixedPlain runs one direction of a simple recurrent unit over n rows of gates
// that lie gateStep apart; see recur for what it is. The cells are not kept.
func recurFixedPlain(n, width int, gates []int16, gateStep int, outputs []int16, outputStep int, backwards bool) {
	for j := range width {
		cell := int16(0)
		for step := range n {
			t := step
			if backwards {
				t = n - 1 - step
			}
			g := gates[t*gateStep+j:]
			candidate, highway := g[0], g[3*width]
			forget, reset := sigmoidFixed(g[width]), sigmoidFixed(g[2*width])
			cell = addSaturated(candidate, times(forget, subSaturated(cell, candidate)))
			outputs[t*outputStep+j] = addSaturated(highway, times(reset, subSaturated(tanhFixed(cell), highway)))
		}
	}
}

// quantizeRowPlain writes a row of whole numbers in bytes and gives their scale.
func quantizeRowPlain(out []uint8, row []int16) float32 {
	most := uint16(1)
	for _, x := range row {
		most = max(most, uint16(max(x, -x)))
	}
	most = min(most, math.MaxInt16)
	shift := 15 - bits.Len16(most)
	factor := int32(mostValue<<22) / (int32(most) << shift)
	for i, x := range row {
		scaled := times(x<<shift, int16(factor))
		out[i] = uint8((scaled+64)>>7) ^ 0x80
	}
	return float32(int32(1)<<(22-shift)) / float32(factor)
}

// quantizeRowsPlain writes rows of whole numbers in bytes.
func quantizeRowsPlain(out *byteMatrix, a *fixedMatrix) {
	for i := range a.n {
		out.scales[i] = quantizeRowPlain(out.data[i*a.columns:][:a.columns], a.row(i))
	}
}

// leakFixedPlain sets out to the leaky rectifier of a+b.
func leakFixedPlain(out, a, b []int16) {
	for i := range out {
		sum := addSaturated(a[i], b[i])
		out[i] = max(sum, times(sum, 3277)) // a tenth
	}
}

// arcProductsPlain sets scores to the products of the rows of two matrices.
func arcProductsPlain(n, width int, dependants []int16, dependantStep int, heads []int16, headStep int, scores []int32, scoreStep int) {
	for i := range n {
		d := dependants[i*dependantStep:][:width]
		for j := range n {
			h := heads[j*headStep:][:width]
			sum := int32(0)
			for k := range d {
				sum += int32(d[k]) * int32(h[k])
			}
			scores[i*scoreStep+j] = sum
		}
	}
}

// topsPlain finds the best of width scores in every row, the first of equal ones.
func topsPlain(best []uint8, scores []int16, step, width int) {
	for i := range best {
		row := scores[i*step:][:width]
		top := 0
		for j, score := range row {
			if score > row[top] {
				top = j
			}
		}
		best[i] = uint8(top)
	}
}

// gatherPlain copies the rows told from a run of rows.
func gatherPlain(out *fixedMatrix, rows []int16, which []int32) {
	for i, row := range which {
		copy(out.row(i), rows[int(row)*out.columns:][:out.columns])
	}
}

// roundPlain rounds values to whole numbers, where one is 1.
func roundPlain(out []int16, values []float32, one float32) {
	for i, v := range values {
		out[i] = int16(math.RoundToEven(float64(min(max(v*one, math.MinInt16), math.MaxInt16))))
	}
}
