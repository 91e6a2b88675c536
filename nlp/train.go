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
	Taught  []dyad.Sentence // plain text as a stronger parser reads it, see tools/teacher.py
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
	gold                 example // of all sentences in the state
	seen                 []bool  // rows of the tables in this step: words, then affixes
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

// An example is a sentence with its gold answers as numbers. Row 0 is the root,
// which has no answers: -1.
type example struct {
	features  []tokenFeatures
	shapeless []tokenFeatures // as seen without capitals, for headlines
	renamed   []tokenFeatures // with names that nobody has
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
	random := rand.New(rand.NewPCG(o.Seed, 1))
	gold := m.examples(o.Train, random)
	taught := taughtText{examples: m.examples(o.Taught, random), share: taughtShare * wordCount(gold)}
	m.initialise(random)
	workers := make([]*trainer, max(1, o.Workers))
	for i := range workers {
		workers[i] = &trainer{random: rand.New(rand.NewPCG(o.Seed, uint64(i)+2)), inputDrop: 0.25, layerDrop: 0.3, gradient: make([]float32, len(m.weights)), seen: make([]bool, m.layout.words.rows+affixRows)}
	}
	adam := newAdam(m.weights)
	random.Shuffle(len(taught.examples), func(i, j int) {
		taught.examples[i], taught.examples[j] = taught.examples[j], taught.examples[i]
	})
	perEpoch := wordCount(gold) + min(taught.share, wordCount(taught.examples))
	total := float64(o.Epochs) * math.Max(1, float64(perEpoch)/batchWords)
	best := -1.0
	var kept *Model
	step := 0
	for epoch := range o.Epochs {
		examples := append(taught.next(), gold...)
		order := random.Perm(len(examples))
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
			adam.step(m.weights, &m.layout, workers, float32(rate), 1/float32(words))
			step++
			from = to
		}
		averaged := *m
		averaged.weights = adam.average
		// What parsing remembers of the first layer belongs to the weights of one
		// epoch; the next must not find it.
		averaged.scratch = newScratch()
		score := averaged.Evaluate(o.Dev)
		fmt.Fprintf(o.Log, "epoch %2d  loss %.3f  dev: UPOS %.2f  XPOS %.2f  UAS %.2f  LAS %.2f\n",
			epoch+1, loss/float64(perEpoch), score.UPOS, score.XPOS, score.UAS, score.LAS)
		if score.LAS > best {
			best = score.LAS
			copied := averaged
			copied.scratch = newScratch()
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

// taughtShare is how many words of taught text an epoch takes for each word of the
// treebanks.
const taughtShare = 2

// A taughtText hands out its examples in turns, a part to each epoch.
type taughtText struct {
	examples []example
	share    int // words of an epoch
	at       int
}

func (t *taughtText) next() []example {
	var out []example
	for n := 0; n < t.share && len(out) < len(t.examples); t.at++ {
		e := t.examples[t.at%len(t.examples)]
		out = append(out, e)
		n += len(e.heads)
	}
	return out
}

// examples makes examples of all sentences that are not too long.
func (m *Model) examples(sentences []dyad.Sentence, random *rand.Rand) []example {
	out := make([]example, 0, len(sentences))
	for i := range sentences {
		if n := len(sentences[i].Tokens); n > 0 && n < 100 {
			out = append(out, m.example(&sentences[i], random))
		}
	}
	return out
}

func wordCount(examples []example) int {
	n := 0
	for i := range examples {
		n += len(examples[i].heads)
	}
	return n
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
			w.begin()
			for i := k; i < len(order); i += len(workers) {
				w.add(&examples[order[i]], m.layout.words.rows)
			}
			if w.state.n > 0 {
				m.learn(w)
			}
		}()
	}
	wait.Wait()
}

// begin forgets the examples of the step before.
func (t *trainer) begin() {
	t.state.begin()
	t.gold.heads, t.gold.tags, t.gold.penns, t.gold.labels = t.gold.heads[:0], t.gold.tags[:0], t.gold.penns[:0], t.gold.labels[:0]
}

// add takes up an example, now and then as if it were set without capitals, or with
// names never heard of, as the news always has some.
func (t *trainer) add(e *example, words int) {
	s := &t.state
	from := s.n
	s.add(len(e.heads))
	switch t.random.IntN(12) {
	case 0:
		s.features = append(s.features, e.shapeless...)
	case 1, 2:
		s.features = append(s.features, e.renamed...)
	default:
		s.features = append(s.features, e.features...)
	}
	for i := from + 1; i < s.n; i++ {
		// A word is now and then hidden, so that its affixes and its neighbours
		// learn to stand for words never seen.
		if t.random.IntN(100) < 15 {
			s.features[i].word = 0
			if t.random.IntN(4) == 0 {
				s.features[i].vector = -1
			}
		}
	}
	for i := from; i < s.n; i++ {
		t.seen[s.features[i].word] = true
		for _, a := range s.features[i].affixes {
			t.seen[words+int(a)] = true
		}
	}
	for _, h := range e.heads {
		if h >= 0 {
			h += from
		}
		t.gold.heads = append(t.gold.heads, h)
	}
	t.gold.tags = append(t.gold.tags, e.tags...)
	t.gold.penns = append(t.gold.penns, e.penns...)
	t.gold.labels = append(t.gold.labels, e.labels...)
}

// learn runs the examples of a worker forwards and back.
func (m *Model) learn(t *trainer) {
	m.forward(&t.state, t)
	m.scoreLabels(&t.state, t.gold.heads)
	t.loss += m.loss(&t.state, &t.d, &t.gold)
	m.backward(&t.state, &t.d, t.gradient, t.gold.heads)
}

// loss sets the gradients of all scores and gives the loss.
func (m *Model) loss(s *state, d *gradients, gold *example) float64 {
	loss := crossEntropy(&s.tags, &d.tags, gold.tags, 0, len(m.tagNames))
	loss += crossEntropy(&s.penns, &d.penns, gold.penns, 0, len(m.pennNames)) * 0.5
	for i := range d.penns.data {
		d.penns.data[i] *= 0.5
	}
	for len(d.arcs) < len(s.parts) {
		d.arcs = append(d.arcs, matrix{})
	}
	for k := range s.parts {
		p := &s.parts[k]
		loss += crossEntropy(&p.arcs, &d.arcs[k], gold.heads[p.from:p.from+p.n], p.from, p.n)
	}
	return loss + crossEntropy(&s.labels, &d.labels, gold.labels, 0, len(m.labelNames))
}

// crossEntropy sets d to the gradient of the loss by the scores and gives the
// loss. Answers count from base; rows whose answer is -1 are left out; only the
// first columns are answers.
func crossEntropy(scores, d *matrix, gold []int, base, columns int) float64 {
	d.resize(scores.n, scores.columns)
	loss := 0.0
	for i := range scores.n {
		if gold[i] < 0 {
			continue
		}
		row := d.row(i)[:columns]
		copy(row, scores.row(i))
		softmax(row)
		loss -= math.Log(math.Max(1e-9, float64(row[gold[i]-base])))
		row[gold[i]-base]--
	}
	return loss
}

// adam is the optimiser of Kingma and Ba (2015), and a running average of the
// weights. Rows of the word and affix tables move only in the steps that saw them.
type adam struct {
	first, second, average []float32
	steps                  int
}

func newAdam(weights []float32) *adam {
	return &adam{make([]float32, len(weights)), make([]float32, len(weights)), append([]float32(nil), weights...), 0}
}

// averageEvery is how many steps the average of the weights waits.
const averageEvery = 8

// step moves the weights against the gradients of all workers and clears those.
func (a *adam) step(weights []float32, l *layout, workers []*trainer, rate, scale float32) {
	a.steps++
	tableRows := l.words.rows + l.affixes.rows
	rest := l.affixes.at + l.affixes.rows*affixSize
	share(len(workers), tableRows, func(from, to int) { a.moveRows(weights, l, workers, from, to, rate, scale) })
	share(len(workers), l.size-rest, func(from, to int) { a.move(weights, workers, rest+from, rest+to, rate, scale) })
	if a.steps%averageEvery == 0 {
		share(len(workers), l.size, func(from, to int) { a.follow(weights, from, to) })
	}
}

// share cuts a range into parts, works on them at once and waits for all.
func share(parts, n int, work func(from, to int)) {
	var wait sync.WaitGroup
	for p := range parts {
		wait.Add(1)
		go func() {
			defer wait.Done()
			work(n*p/parts, n*(p+1)/parts)
		}()
	}
	wait.Wait()
}

// moveRows takes the step for those rows of the tables that were seen; rows count
// through the words and then the affixes.
func (a *adam) moveRows(weights []float32, l *layout, workers []*trainer, from, to int, rate, scale float32) {
	for row := from; row < to; row++ {
		seen := false
		for _, w := range workers {
			seen = seen || w.seen[row]
			w.seen[row] = false
		}
		switch {
		case !seen:
		case row < l.words.rows:
			a.move(weights, workers, row*wordSize, (row+1)*wordSize, rate, scale)
		default:
			at := l.affixes.at + (row-l.words.rows)*affixSize
			a.move(weights, workers, at, at+affixSize, rate, scale)
		}
	}
}

// move takes the step for a range of weights.
func (a *adam) move(weights []float32, workers []*trainer, from, to int, rate, scale float32) {
	const beta1, beta2 = 0.9, 0.95
	gradient := workers[0].gradient[from:to]
	for _, w := range workers[1:] {
		add(gradient, w.gradient[from:to])
		clear(w.gradient[from:to])
	}
	size := rate / float32(1-math.Pow(beta1, float64(a.steps)))
	correct := 1 / float32(1-math.Pow(beta2, float64(a.steps)))
	first, second, moved := a.first[from:to], a.second[from:to], weights[from:to]
	for i, g := range gradient {
		g *= scale
		m := beta1*first[i] + (1-beta1)*g
		v := beta2*second[i] + (1-beta2)*g*g
		first[i], second[i] = m, v
		moved[i] -= size * m / (float32(math.Sqrt(float64(v*correct))) + 1e-6)
	}
	clear(gradient)
}

// follow lets the average follow the weights: fast at first, then slowly.
func (a *adam) follow(weights []float32, from, to int) {
	keep := math.Min(0.999, float64(1+a.steps)/float64(10+a.steps))
	step := float32(1 - math.Pow(keep, averageEvery))
	average := a.average[from:to]
	for i, w := range weights[from:to] {
		average[i] += step * (w - average[i])
	}
}
