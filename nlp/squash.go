package nlp

// tanh is a quotient of two polynomials, as in the Eigen library: right to a few
// units in the last place, and the same in vectors as in plain Go.
func tanh(x float32) float32 {
	x = min(max(x, -9), 9)
	square := x * x
	above := float32(-2.76076847742355e-16)
	for _, c := range [...]float32{2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08, 1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03} {
		above = above*square + c
	}
	below := float32(1.19825839466702e-06)
	for _, c := range [...]float32{1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03} {
		below = below*square + c
	}
	return x * above / below
}

func sigmoid(x float32) float32 { return 0.5*tanh(0.5*x) + 0.5 }

// recurStepPlain is one step of recurPart: it squashes the gates and sets cells
// and outputs.
func recurStepPlain(gates, previous, cells, outputs []float32) {
	n := len(cells)
	candidate, forget, reset, highway := gates[:n], gates[n:2*n], gates[2*n:3*n], gates[3*n:4*n]
	for j := range cells {
		f, r := sigmoid(forget[j]), sigmoid(reset[j])
		forget[j], reset[j] = f, r
		cells[j] = candidate[j] + f*(previous[j]-candidate[j])
		outputs[j] = highway[j] + r*(tanh(cells[j])-highway[j])
	}
}
