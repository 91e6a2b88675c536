package coder

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
)

// A Lesson is a word of which is known what event it tells, if any.
type Lesson struct {
	clues  wordClues
	answer int // of judgeNames
}

// A Fitting gathers lessons and fits a judge to them.
type Fitting struct {
	coder   Coder // with a judge that knows words and nothing else
	Lessons []Lesson
}

// mostJudgeWords is how many words the judge has vectors for.
const mostJudgeWords = 25000

// NewFitting reads word vectors as tools/vectors.py writes them: a line a word,
// with a scale and whole numbers.
func NewFitting(c *Coder, vectors io.Reader) (*Fitting, error) {
	j := &judge{rows: map[string]int32{}}
	var values []byte
	lines := bufio.NewScanner(vectors)
	lines.Buffer(make([]byte, 1<<16), 1<<20)
	for number := 1; lines.Scan() && len(j.rows) < mostJudgeWords; number++ {
		fields := strings.Fields(lines.Text())
		if len(fields) != judgeVector+2 {
			return nil, fmt.Errorf("reading word vectors: line %d has %d columns; a word, a scale and %d values should stand there", number, len(fields), judgeVector)
		}
		word := fields[0]
		if word[0] < 'a' || word[0] > 'z' {
			continue
		}
		scale, err := strconv.ParseFloat(fields[1], 32)
		if err != nil {
			return nil, fmt.Errorf("reading word vectors: line %d: the scale %q is no number", number, fields[1])
		}
		for _, f := range fields[2:] {
			x, err := strconv.ParseInt(f, 10, 8)
			if err != nil {
				return nil, fmt.Errorf("reading word vectors: line %d: %q is no whole number from -127 to 127", number, f)
			}
			values = append(values, byte(x))
		}
		j.rows[word] = int32(len(j.rows))
		j.scales = append(j.scales, float32(scale))
	}
	j.vectors = string(values)
	f := &Fitting{coder: *c}
	f.coder.judge = j
	return f, lines.Err()
}

// Learn adds the lessons of a document's only sentence. The labels are those of its
// tokens: an event, "" for none, "?" where nobody knows.
func (f *Fitting) Learn(doc dyad.Document, mentions []dyad.Mention, labels []string) {
	if len(doc.Sentences) != 1 {
		return
	}
	r := f.coder.newReading(&doc, mentions)
	defer f.coder.readings.Put(r)
	s := &doc.Sentences[0]
	r.tree.read(&f.coder, s, mentions)
	for i := range s.Tokens {
		r.matchToken(i)
	}
	r.knowWords()
	for i := range s.Tokens {
		answer := judgeName(labels[i])
		if answer < 0 || !r.mayTell(i) {
			continue
		}
		l := Lesson{answer: answer}
		r.clues(i, &l.clues)
		l.clues.Hashed = append([]uint32(nil), l.clues.Hashed...)
		f.Lessons = append(f.Lessons, l)
	}
}

func judgeName(event string) int {
	for i, name := range judgeNames {
		if name == event {
			return i
		}
	}
	return -1
}

// A judgeTrainer holds the weights being fitted and the sums of their squared
// gradients (AdaGrad, Duchi et al. 2011).
type judgeTrainer struct {
	*judge
	random                        *rand.Rand
	table                         []float32
	rolesSeen, tableSeen, outSeen []float32
	biasSeen, outBiasSeen         []float32
	hidden, mask, back            [judgeHidden]float32
	input                         [parts][judgeVector]float32
	loss                          float64
}

// Fit fits the judge and gives its weights as bytes.
func (f *Fitting) Fit(epochs int, seed uint64, log io.Writer) []byte {
	t := newJudgeTrainer(f.coder.judge, seed)
	order := t.random.Perm(len(f.Lessons))
	for epoch := range epochs {
		t.loss = 0
		t.random.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		rate := float32(0.06 * (1 - 0.9*float64(epoch)/float64(epochs)))
		for _, i := range order {
			t.step(&f.Lessons[i], rate)
		}
		fmt.Fprintf(log, "judge: epoch %d  loss %.4f\n", epoch+1, t.loss/float64(max(1, len(order))))
	}
	t.pack()
	return t.judge.write()
}

func newJudgeTrainer(words *judge, seed uint64) *judgeTrainer {
	j := *words
	t := &judgeTrainer{judge: &j, random: rand.New(rand.NewPCG(seed, 21))}
	random := func(n int, size float64) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = float32(t.random.NormFloat64() * size)
		}
		return out
	}
	j.roles = random(parts*judgeVector*judgeHidden, 0.05)
	j.out = random(judgeHidden*judgeClasses, 0.15)
	j.bias, j.outBias = make([]float32, judgeHidden), make([]float32, judgeClasses)
	t.table = random(judgeRows*judgeHidden, 0.02)
	t.rolesSeen, t.tableSeen, t.outSeen = make([]float32, len(j.roles)), make([]float32, len(t.table)), make([]float32, len(j.out))
	t.biasSeen, t.outBiasSeen = make([]float32, judgeHidden), make([]float32, judgeClasses)
	return t
}

// step moves the weights by one lesson. A third of the features and a fifth of
// the hidden values are left out at random each time.
func (t *judgeTrainer) step(l *Lesson, rate float32) {
	copy(t.hidden[:], t.bias)
	words := l.clues.Words
	for part, row := range words {
		if row < 0 || t.random.IntN(6) == 0 {
			words[part] = -1
			continue
		}
		vector := t.vectors[int(row)*judgeVector:][:judgeVector]
		for d := range judgeVector {
			value := t.scales[row] * float32(int8(vector[d]))
			t.input[part][d] = value
			for i, w := range t.roles[(part*judgeVector+d)*judgeHidden:][:judgeHidden] {
				t.hidden[i] += value * w
			}
		}
	}
	kept := make([]uint32, 0, len(l.clues.Hashed))
	for _, f := range l.clues.Hashed {
		if t.random.IntN(3) > 0 {
			kept = append(kept, f)
			for i, w := range t.table[int(f)*judgeHidden:][:judgeHidden] {
				t.hidden[i] += w * 1.5
			}
		}
	}
	for i := range t.mask {
		t.mask[i] = 0
		if t.hidden[i] > 0 && t.random.IntN(5) > 0 {
			t.mask[i] = 1.25
		}
		t.hidden[i] *= t.mask[i]
	}
	var v verdict
	copy(v[:], t.outBias)
	for i, h := range t.hidden {
		for c, w := range t.out[i*judgeClasses:][:judgeClasses] {
			v[c] += h * w
		}
	}
	v.softmax()
	t.loss -= math.Log(math.Max(1e-6, float64(v[l.answer])))
	v[l.answer]--
	t.moveOut(&v, rate)
	t.moveIn(&words, kept, rate)
}

// moveOut moves the last layer and finds the gradient of the hidden values.
func (t *judgeTrainer) moveOut(v *verdict, rate float32) {
	for i, h := range t.hidden {
		t.back[i] = 0
		if t.mask[i] == 0 {
			continue
		}
		row, seen := t.out[i*judgeClasses:][:judgeClasses], t.outSeen[i*judgeClasses:][:judgeClasses]
		for c, g := range v {
			t.back[i] += g * row[c]
			adagrad(&row[c], &seen[c], g*h, rate)
		}
		t.back[i] *= t.mask[i]
	}
	for c, g := range v {
		adagrad(&t.outBias[c], &t.outBiasSeen[c], g, rate)
	}
}

// moveIn moves the words' roles, the features and the bias.
func (t *judgeTrainer) moveIn(words *[parts]int32, features []uint32, rate float32) {
	for i, g := range t.back {
		if g != 0 {
			adagrad(&t.bias[i], &t.biasSeen[i], g, rate)
		}
	}
	for part, row := range words {
		if row < 0 {
			continue
		}
		for d, x := range t.input[part] {
			at := (part*judgeVector + d) * judgeHidden
			weights, seen := t.roles[at:][:judgeHidden], t.rolesSeen[at:][:judgeHidden]
			for i, g := range t.back {
				if g != 0 {
					adagrad(&weights[i], &seen[i], g*x, rate*0.3)
				}
			}
		}
	}
	for _, f := range features {
		weights, seen := t.table[int(f)*judgeHidden:][:judgeHidden], t.tableSeen[int(f)*judgeHidden:][:judgeHidden]
		for i, g := range t.back {
			if g != 0 {
				adagrad(&weights[i], &seen[i], g*1.5, rate)
			}
		}
	}
}

func adagrad(w, seen *float32, g, rate float32) {
	*seen += g * g
	*w -= rate * g / (float32(math.Sqrt(float64(*seen))) + 0.1)
}

// pack turns the feature table into bytes. Rows that no lesson touched say nothing.
func (t *judgeTrainer) pack() {
	packed := make([]byte, judgeRows*judgeHidden)
	t.sizes = make([]float32, judgeRows)
	for row := range judgeRows {
		weights := t.table[row*judgeHidden:][:judgeHidden]
		top, touched := float32(0), false
		for i, w := range weights {
			top = max(top, w, -w)
			touched = touched || t.tableSeen[row*judgeHidden+i] > 0
		}
		if !touched || top == 0 {
			continue
		}
		t.sizes[row] = top / 127
		for i, w := range weights {
			packed[row*judgeHidden+i] = byte(int8(math.Round(float64(w / t.sizes[row]))))
		}
	}
	t.judge.table = string(packed)
}
