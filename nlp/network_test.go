package nlp

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/opendyad/dyad"
)

// tinyModel is an untrained model over two sentences, enough for checks of form.
func tinyModel(t testing.TB) (*Model, []dyad.Sentence) {
	t.Helper()
	word := func(text, upos, xpos string, head int, rel string) dyad.Token {
		return dyad.Token{Text: text, UPOS: upos, XPOS: xpos, Head: head, Rel: rel, Lemma: text}
	}
	train := []dyad.Sentence{
		{Tokens: []dyad.Token{word("Brennia", "PROPN", "NNP", 1, "nsubj"), word("attacked", "VERB", "VBD", -1, "root"), word("Aldoria", "PROPN", "NNP", 1, "obj"), word(".", "PUNCT", ".", 1, "punct")}},
		{Tokens: []dyad.Token{word("Corva", "PROPN", "NNP", 1, "nsubj"), word("attacked", "VERB", "VBD", -1, "root"), word("Brennia", "PROPN", "NNP", 1, "obj"), word(".", "PUNCT", ".", 1, "punct")}},
	}
	m, err := newModel(TrainOptions{Train: train})
	if err != nil {
		t.Fatal(err)
	}
	m.initialise(rand.New(rand.NewPCG(7, 7)))
	return m, train
}

// The gradient that backward computes is the slope of the loss.
func TestGradients(t *testing.T) {
	m, train := tinyModel(t)
	// Far from the kink of the rectifier, where a slope means nothing.
	for i, bias := 0, m.layout.headBias.of(m.weights); i < len(bias); i++ {
		bias[i] = 3 - 6*float32(i%2)
	}
	worker := &trainer{gradient: make([]float32, len(m.weights)), seen: make([]bool, m.layout.words.rows+affixRows), random: rand.New(rand.NewPCG(8, 8))}
	worker.begin()
	for i := range train {
		e := m.example(&train[i], worker.random)
		worker.add(&e, m.layout.words.rows)
	}
	loss := func() float64 {
		s, d := &worker.state, &worker.d
		m.forward(s, nil)
		m.scoreLabels(s, worker.gold.heads)
		return m.loss(s, d, &worker.gold)
	}
	loss()
	m.backward(&worker.state, &worker.d, worker.gradient, worker.gold.heads)
	l := &m.layout
	for name, p := range map[string]parameter{"recur 0": l.recur[0], "recur 1": l.recur[1], "bias": l.recurBias[0], "heads": l.heads, "arc": l.arc,
		"arc head": l.arcHead, "label": l.label, "label bias": l.labelBias, "tag": l.tag, "penn": l.penn} {
		const h = 5e-3
		var along, analytic float64
		direction := make([]float32, p.rows*p.columns)
		random := rand.New(rand.NewPCG(1, 2))
		for i := range direction {
			direction[i] = float32(random.NormFloat64())
			analytic += float64(direction[i]) * float64(worker.gradient[p.at+i])
		}
		shift := func(by float32) {
			for i, v := range direction {
				m.weights[p.at+i] += by * v
			}
		}
		shift(h)
		along = loss()
		shift(-2 * h)
		along = (along - loss()) / float64(2*h)
		shift(h)
		if math.Abs(along-analytic) > 0.02*math.Abs(analytic)+0.005 {
			t.Errorf("%s: the loss changes by %.4f along a direction, the gradient says %.4f", name, along, analytic)
		}
	}
}

func TestKernelsAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, size := range [][3]int{{12, 37, 80}, {16, 300, 112}, {32, 224, 896}} {
		kernelsAgree(t, random, size[0], size[1], size[2])
	}
}

func kernelsAgree(t *testing.T, random *rand.Rand, rows, k, columns int) {
	t.Helper()
	a, b := make([]float32, rows*k), make([]float32, k*columns)
	for i := range a {
		a[i] = random.Float32() - 0.5
	}
	for i := range b {
		b[i] = random.Float32() - 0.5
	}
	fast, plain := make([]float32, rows*columns), make([]float32, rows*columns)
	multiplyAdd(rows, k, columns, a, k, b, columns, fast, columns)
	multiplyAddPlain(rows, k, columns, a, k, b, columns, plain, columns)
	for i := range fast {
		if math.Abs(float64(fast[i]-plain[i])) > 1e-4 {
			t.Fatalf("%d×%d×%d, value %d: %v from the kernel, %v in plain Go", rows, k, columns, i, fast[i], plain[i])
		}
	}
}

func TestRecurStepsAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	fill := func(n int) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = float32(random.NormFloat64() * 4)
		}
		return out
	}
	gates, previous := fill(4*hidden), fill(hidden)
	again := append([]float32(nil), gates...)
	cells, outputs, cells2, outputs2 := fill(hidden), fill(hidden), fill(hidden), fill(hidden)
	recurStep(gates, previous, cells, outputs)
	recurStepPlain(again, previous, cells2, outputs2)
	for i := range cells {
		if math.Abs(float64(cells[i]-cells2[i]))+math.Abs(float64(outputs[i]-outputs2[i])) > 1e-5 {
			t.Fatalf("value %d: %v %v in vectors, %v %v in plain Go", i, cells[i], outputs[i], cells2[i], outputs2[i])
		}
		if exact := math.Tanh(float64(previous[i])); math.Abs(exact-float64(tanh(previous[i]))) > 1e-6 {
			t.Fatalf("tanh %v is %v, want %v", previous[i], tanh(previous[i]), exact)
		}
	}
	for i := range gates {
		if math.Abs(float64(gates[i]-again[i])) > 1e-5 {
			t.Fatalf("gate %d: %v in vectors, %v in plain Go", i, gates[i], again[i])
		}
	}
}

func TestDecodeGivesATree(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		n := 2 + random.IntN(12)
		var scores arcScores
		scores.reshape(n)
		for i := range scores.data {
			scores.data[i] = random.Int32N(1000)
		}
		heads := make([]int, n)
		best := make([]int32, n)
		instructions.bests(best, &scores)
		decode(&scores, best, heads)
		roots := 0
		for i := 1; i < n; i++ {
			if heads[i] == 0 {
				roots++
			}
		}
		if !isTree(heads) || roots != 1 {
			t.Fatalf("heads %v are no tree with one root", heads)
		}
	}
}
