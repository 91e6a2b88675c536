package nlp

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"sync"

	"github.com/opendyad/dyad"
)

// TrainOptions say what to fit a model on and how.
type TrainOptions struct {
	Train   []dyad.Sentence
	Dev     []dyad.Sentence // the best epoch on these is kept
	Vectors *Vectors        // pretrained word vectors, nil for none
	Epochs  int
	Workers int
	Seed    uint64
	Log     io.Writer // a line an epoch
	// Save, when given, is called with each model that is better than the ones
	// before.
	Save func(*Model) error
}

// A trainer holds what one worker needs: its random numbers and the dropout.
type trainer struct {
	random               *rand.Rand
	inputDrop, layerDrop float32
	state                state
	d                    gradients
	gradient             []float32
	loss                 float64
}

// drop zeroes values at random and scales up the others ("inverted dropout").
func (t *trainer) drop(m, mask *matrix, p float32) {
	mask.resize(m.n, m.columns)
	scale := 1 / (1 - p)
	threshold := uint64(float64(p) * (1 << 16))
	for i := 0; i < len(m.data); i += 4 {
		bits := t.random.Uint64()
		for j := i; j < i+4 && j < len(m.data); j++ {
			if bits&0xffff >= threshold {
				mask.data[j] = scale
				m.data[j] *= scale
			} else {
				m.data[j] = 0
			}
			bits >>= 16
		}
	}
}

// An example is a sentence with its gold answers as numbers. Row 0 is the root.
type example struct {
	features  []tokenFeatures
	shapeless []tokenFeatures // as seen without capitals, for headlines
	heads     []int
	tags      []int
	penns     []int
	labels    []int
}

// Train fits a model: cross-entropy over tags, heads and relations together, by
// Adam with a falling rate, with an average of the weights that follows them
// (which is what is kept).
func Train(o TrainOptions) (*Model, error) {
	m, err := newModel(o)
	if err != nil {
		return nil, err
	}
	examples := make([]example, 0, len(o.Train))
	for i := range o.Train {
		if n := len(o.Train[i].Tokens); n > 0 && n < 100 {
			examples = append(examples, m.example(&o.Train[i]))
		}
	}
	random := rand.New(rand.NewPCG(o.Seed, 1))
	m.initialise(random)
	workers := make([]*trainer, max(1, o.Workers))
	for i := range workers {
		workers[i] = &trainer{random: rand.New(rand.NewPCG(o.Seed, uint64(i)+2)), inputDrop: 0.25, layerDrop: 0.3, gradient: make([]float32, len(m.weights))}
	}
	adam := newAdam(m.weights)
	batches := 0
	for i := range examples {
		batches += len(examples[i].heads)
	}
	total := float64(o.Epochs) * float64(batches) / batchWords
	order := random.Perm(len(examples))
	best := -1.0
	var kept *Model
	step := 0
	for epoch := range o.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for from := 0; from < len(order); {
			to, words := from, 0
			for to < len(order) && words < batchWords {
				words += len(examples[order[to]].heads)
				to++
			}
			m.batch(workers, examples, order[from:to])
			for _, w := range workers {
				loss += w.loss
				w.loss = 0
			}
			rate := 0.002 * math.Min(1, float64(step+1)/200) * (0.02 + 0.98*math.Max(0, 1-float64(step)/total))
			adam.step(m.weights, workers, float32(rate), 1/float32(words))
			step++
			from = to
		}
		averaged := *m
		averaged.weights = adam.average
		score := averaged.Evaluate(o.Dev)
		fmt.Fprintf(o.Log, "epoch %2d  loss %.3f  dev: UPOS %.2f  XPOS %.2f  UAS %.2f  LAS %.2f\n",
			epoch+1, loss/float64(batches), score.UPOS, score.XPOS, score.UAS, score.LAS)
		if score.LAS > best {
			best = score.LAS
			copied := averaged
			copied.weights = append([]float32(nil), adam.average...)
			kept = &copied
			if o.Save != nil {
				if err := o.Save(kept); err != nil {
					return nil, fmt.Errorf("saving the model of epoch %d: %w", epoch+1, err)
				}
			}
		}
	}
	return kept, nil
}

// batchWords is about how many words go into one step.
const batchWords = 500

// batch adds up the gradients of some examples, shared out among the workers.
func (m *Model) batch(workers []*trainer, examples []example, order []int) {
	var wait sync.WaitGroup
	for k, w := range workers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := k; i < len(order); i += len(workers) {
				m.learn(w, &examples[order[i]])
			}
		}()
	}
	wait.Wait()
}

// learn runs one example forwards and back.
func (m *Model) learn(t *trainer, e *example) {
	s, d := &t.state, &t.d
	s.n = len(e.heads)
	s.features = append(s.features[:0], e.features...)
	if t.random.IntN(12) == 0 {
		s.features = append(s.features[:0], e.shapeless...)
	}
	for i := 1; i < s.n; i++ {
		// A word is now and then hidden, so that its affixes and its neighbours
		// learn to stand for words never seen.
		if t.random.IntN(100) < 15 {
			s.features[i].word = 0
			if t.random.IntN(4) == 0 {
				s.features[i].vector = -1
			}
		}
	}
	m.forward(s, t)
	m.scoreLabels(s, e.heads)
	t.loss += crossEntropy(&s.tags, &d.tags, e.tags, 17)
	t.loss += crossEntropy(&s.penns, &d.penns, e.penns, len(m.pennNames)) * 0.5
	for i := range d.penns.data {
		d.penns.data[i] *= 0.5
	}
	t.loss += crossEntropy(&s.arcs, &d.arcs, e.heads, s.n)
	t.loss += crossEntropy(&s.labels, &d.labels, e.labels, len(m.labelNames))
	m.backward(s, d, t.gradient, e.heads)
}

// crossEntropy sets d to the gradient of the loss by the scores and gives the
// loss. Row 0, the root, has no answer; only the first columns are answers.
func crossEntropy(scores, d *matrix, gold []int, columns int) float64 {
	d.resize(scores.n, scores.columns)
	loss := 0.0
	for i := 1; i < scores.n; i++ {
		row := d.row(i)[:columns]
		copy(row, scores.row(i))
		softmax(row)
		loss -= math.Log(math.Max(1e-9, float64(row[gold[i]])))
		row[gold[i]]--
	}
	return loss
}

// adam is the optimiser of Kingma and Ba (2015) with gradients clipped by value,
// and a running average of the weights.
type adam struct {
	first, second, average []float32
	steps                  int
}

func newAdam(weights []float32) *adam {
	return &adam{make([]float32, len(weights)), make([]float32, len(weights)), append([]float32(nil), weights...), 0}
}

// step moves the weights against the gradients of all workers and clears those.
func (a *adam) step(weights []float32, workers []*trainer, rate, scale float32) {
	a.steps++
	const beta1, beta2 = 0.9, 0.95
	correct1 := float32(1 - math.Pow(beta1, float64(a.steps)))
	correct2 := float32(1 - math.Pow(beta2, float64(a.steps)))
	decay := float32(math.Min(0.999, float64(1+a.steps)/float64(10+a.steps)))
	var wait sync.WaitGroup
	parts := len(workers)
	size := (len(weights) + parts - 1) / parts
	for p := range parts {
		from, to := p*size, min((p+1)*size, len(weights))
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := from; i < to; i++ {
				var g float32
				for _, w := range workers {
					g += w.gradient[i]
					w.gradient[i] = 0
				}
				g *= scale
				if g != 0 || a.first[i] > 1e-8 || a.first[i] < -1e-8 {
					a.first[i] = beta1*a.first[i] + (1-beta1)*g
					a.second[i] = beta2*a.second[i] + (1-beta2)*g*g
					weights[i] -= rate * (a.first[i] / correct1) / (float32(math.Sqrt(float64(a.second[i]/correct2))) + 1e-6)
				}
				a.average[i] += (1 - decay) * (weights[i] - a.average[i])
			}
		}()
	}
	wait.Wait()
}
