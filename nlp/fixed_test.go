package nlp

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/opendyad/dyad"
)

// kernelSets are the kernels that this machine can run, plain Go among them.
func kernelSets() []instructionSet {
	var sets []instructionSet
	for set := plainGo; set <= instructions; set++ {
		sets = append(sets, set)
	}
	return sets
}

func randomFixed(random *rand.Rand, n, columns int) *fixedMatrix {
	m := &fixedMatrix{}
	m.reshape(n, columns)
	for i := range m.data {
		m.data[i] = int16(random.NormFloat64() * gateOne)
		if random.IntN(200) == 0 {
			m.data[i] = int16(random.Uint32()) // the far ends too
		}
	}
	return m
}

// Every kernel gives the very numbers of plain Go.
func TestKernelsGiveTheSameNumbers(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, size := range [][3]int{{1, 16, 16}, {5, 96, 40}, {12, 224, 896}, {25, 256, 1280}} {
		n, k, columns := size[0], size[1], size[2]
		values := randomFixed(random, n, k)
		for i := range k {
			values.data[i] = 0 // a row of nothing
		}
		weights := make([]float32, k*columns)
		for i := range weights {
			weights[i] = float32(random.NormFloat64())
		}
		w := quantize(weights, columns, make([]float32, columns), 1./gateOne, func(int) float32 { return 1. / gateOne })
		gates := randomFixed(random, n, 4*k)
		var want []any
		for _, set := range kernelSets() {
			var bytes byteMatrix
			set.quantizeRows(&bytes, values)
			var product, outputs, leaked fixedMatrix
			productFixed(set, &product, &bytes, &w)
			outputs.reshape(n, 2*k)
			set.recurFixed(n, k, gates.data, 4*k, outputs.data, 2*k, false)
			set.recurFixed(n, k, gates.data, 4*k, outputs.data[k:], 2*k, true)
			leaked.reshape(n, k)
			for i := range n {
				set.leakFixed(leaked.row(i), values.row(i), gates.row(i)[k:2*k])
			}
			var scores arcScores
			scores.reshape(n)
			clear(scores.data)
			set.arcProducts(n, k, gates.data, 4*k, values.data, k, scores.data, scores.columns)
			best, tops := make([]int32, n), make([]uint8, n)
			products := append([]int32(nil), scores.data...)
			set.bests(best, &scores)
			set.tops(tops, values.data, k, k/16*16)
			var gathered fixedMatrix
			gathered.reshape(3, k)
			set.gather(&gathered, values.data, []int32{0, int32(n - 1), 0})
			rounded, sum := make([]int16, len(weights)), make([]float32, k)
			set.round(rounded, weights, 1e4)
			set.add(sum, weights[:k])
			set.add(sum, weights[k:2*k])
			got := []any{gathered.data[:3*k], rounded, sum, best, tops, bytes.data[:n*k], bytes.scales[:n], product.data[:n*product.columns], outputs.data[:n*2*k], leaked.data[:n*k], products}
			if want == nil {
				want = got
			}
			for i := range got {
				if !reflect.DeepEqual(got[i], want[i]) {
					t.Errorf("%v, kernels %d: result %d differs from that in plain Go", size, set, i)
				}
			}
		}
	}
}

// Trees and tags are the same with every kernel.
func TestKernelsParseTheSame(t *testing.T) {
	m := loaded(t)
	var want []dyad.Sentence
	for _, set := range kernelSets() {
		m.scratch = newScratch()
		m.scratch.giveBack(&batch{set: set})
		got := m.Sentences(benchText)
		if want == nil {
			want = got
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("kernels %d parse otherwise than plain Go", set)
		}
	}
}

// Whole numbers come close to what they stand for.
func TestSquashInWholeNumbers(t *testing.T) {
	for x := math.MinInt16; x <= math.MaxInt16; x++ {
		value := float64(x) / gateOne
		if got, want := float64(tanhFixed(int16(x)))/gateOne, math.Tanh(value); math.Abs(got-want) > 0.003 {
			t.Fatalf("tanh %v is %v, want %v", value, got, want)
		}
		if got, want := float64(sigmoidFixed(int16(x)))/(1<<15), 1/(1+math.Exp(-value)); math.Abs(got-want) > 0.002 {
			t.Fatalf("the sigmoid of %v is %v, want %v", value, got, want)
		}
	}
}

// A product in bytes is about that in floats.
func TestProductInBytes(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	const n, k, columns = 7, 64, 80
	values := randomFixed(random, n, k)
	weights, bias := make([]float32, k*columns), make([]float32, columns)
	for i := range weights {
		weights[i] = float32(random.NormFloat64()) / 32
	}
	for i := range bias {
		bias[i] = random.Float32()
	}
	w := quantize(weights, columns, bias, 1./gateOne, func(int) float32 { return 1. / scoreOne })
	var bytes byteMatrix
	var product fixedMatrix
	instructions.quantizeRows(&bytes, values)
	productFixed(instructions, &product, &bytes, &w)
	for i := range n {
		for c := range columns {
			want, size := float64(bias[c]), 0.0
			for j, x := range values.row(i) {
				term := float64(x) / gateOne * float64(weights[j*columns+c])
				want += term
				size = max(size, math.Abs(float64(x))/gateOne)
			}
			if got := float64(product.row(i)[c]) / scoreOne; math.Abs(got-want) > 0.02*size+0.01 {
				t.Errorf("row %d, column %d: %v, want %v", i, c, got, want)
			}
		}
	}
}
