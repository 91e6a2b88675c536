package coder

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"sync"
)

// The judge is a small network that says of a word in its tree which of PLOVER's
// events it tells, if any. It learns what rules cannot list: that "faulted",
// "took to task" and "laid the blame on" do the same. Its weights come from
// dyad train --clues; what it learnt from stands in JUDGE_CARD.md.
type judge struct {
	rows    map[string]int32 // words that have a vector
	vectors string           // judgeVector signed bytes a word
	scales  []float32        // a word
	roles   []float32        // parts × judgeVector × judgeHidden
	table   string           // judgeRows × judgeHidden signed bytes
	sizes   []float32        // a row of the table
	bias    []float32        // judgeHidden
	out     []float32        // judgeHidden × judgeClasses
	outBias []float32        // judgeClasses
}

// The sizes of the judge.
const (
	judgeVector = 50
	judgeHidden = 64
	judgeRows   = 1 << 15
)

// judgeNames are its answers; the first is that a word tells nothing.
var judgeNames = [...]string{"", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
	"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

const judgeClasses = len(judgeNames)

// A verdict is the probability of each of judgeNames.
type verdict [judgeClasses]float32

// best gives the likeliest event and its probability, whatever that of no event.
func (v *verdict) best() (event int, p float32) {
	event = 1
	for i := 2; i < judgeClasses; i++ {
		if v[i] > v[event] {
			event = i
		}
	}
	return event, v[event]
}

// weigh gives the verdict on a word by its clues.
func (j *judge) weigh(k *wordClues) verdict {
	var hidden [judgeHidden]float32
	copy(hidden[:], j.bias)
	for part, row := range k.Words {
		if row >= 0 {
			j.addWord(&hidden, part, int(row))
		}
	}
	j.addRows(&hidden, k.Hashed)
	var v verdict
	copy(v[:], j.outBias)
	j.addAnswers(&v, &hidden)
	v.softmax()
	return v
}

// addWordPlain adds what a word says in a part. In this and what follows every step
// rounds by itself, so that every machine gives the same.
func (j *judge) addWordPlain(hidden *[judgeHidden]float32, part, row int) {
	var said [judgeHidden]float32
	vector := j.vectors[row*judgeVector:][:judgeVector]
	for d := range judgeVector {
		value := j.scales[row] * float32(int8(vector[d]))
		for i, w := range j.roles[(part*judgeVector+d)*judgeHidden:][:judgeHidden] {
			said[i] += float32(value * w)
		}
	}
	for i, x := range said {
		hidden[i] += x
	}
}

// addRowsPlain adds rows of the feature table.
func (j *judge) addRowsPlain(hidden *[judgeHidden]float32, rows []uint32) {
	for _, f := range rows {
		size := j.sizes[f]
		if size == 0 {
			continue
		}
		row := j.table[int(f)*judgeHidden:][:judgeHidden]
		for i := range hidden {
			hidden[i] += float32(size * float32(int8(row[i])))
		}
	}
}

// addAnswersPlain adds what the hidden values say for each answer.
func (j *judge) addAnswersPlain(v *verdict, hidden *[judgeHidden]float32) {
	for i, h := range hidden {
		if h > 0 {
			for c, w := range j.out[i*judgeClasses:][:judgeClasses] {
				v[c] += float32(h * w)
			}
		}
	}
}

func (v *verdict) softmax() {
	top := v[0]
	for _, x := range v {
		top = max(top, x)
	}
	sum := float32(0)
	for i, x := range v {
		v[i] = float32(math.Exp(float64(x - top)))
		sum += v[i]
	}
	for i := range v {
		v[i] /= sum
	}
}

// judgeWeights are made by dyad train --clues.
//
//go:embed judge.bin
var judgeWeights string

// shippedJudge is the judge that ships with dyad, nil when its weights are broken:
// a test reads them, and without them dyad codes by rules.
var shippedJudge = sync.OnceValue(func() *judge {
	j, err := readJudge(judgeWeights)
	if err != nil {
		return nil
	}
	return j
})

// judgeMagic opens the file of the judge's weights.
const judgeMagic = "dyad judge 1\n"

// write gives the weights as bytes: the words, their vectors in a byte a value
// with a scale a row, the matrices, and the feature table like the vectors.
func (j *judge) write() []byte {
	names := make([]string, len(j.rows))
	for w, row := range j.rows {
		names[row] = w
	}
	out := []byte(judgeMagic)
	words := strings.Join(names, "\n")
	out = binary.LittleEndian.AppendUint32(out, uint32(len(words)))
	out = append(out, words...)
	for _, floats := range [][]float32{j.scales, j.roles, j.bias, j.out, j.outBias, j.sizes} {
		for _, x := range floats {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
		}
	}
	return append(append(out, j.vectors...), j.table...)
}

// readJudge reads what write wrote.
func readJudge(data string) (*judge, error) {
	rest, ok := strings.CutPrefix(data, judgeMagic)
	if !ok || len(rest) < 4 {
		return nil, fmt.Errorf("reading the judge's weights: they do not begin with %q; fit them with dyad train --clues", strings.TrimSpace(judgeMagic))
	}
	n := int(rest[0]) | int(rest[1])<<8 | int(rest[2])<<16 | int(rest[3])<<24
	rest = rest[4:]
	if n < 0 || n > len(rest) {
		return nil, fmt.Errorf("reading the judge's weights: they end within the words")
	}
	names := strings.Split(rest[:n], "\n")
	rest = rest[n:]
	j := &judge{rows: make(map[string]int32, len(names))}
	for i, w := range names {
		j.rows[w] = int32(i)
	}
	floats := []struct {
		to   *[]float32
		size int
	}{{&j.scales, len(names)}, {&j.roles, parts * judgeVector * judgeHidden}, {&j.bias, judgeHidden}, {&j.out, judgeHidden * judgeClasses}, {&j.outBias, judgeClasses}, {&j.sizes, judgeRows}}
	want := len(names)*judgeVector + judgeRows*judgeHidden
	for _, f := range floats {
		want += 4 * f.size
	}
	if len(rest) != want {
		return nil, fmt.Errorf("reading the judge's weights: %d bytes follow the words, %d should", len(rest), want)
	}
	for _, f := range floats {
		*f.to = make([]float32, f.size)
		for i := range *f.to {
			(*f.to)[i] = math.Float32frombits(uint32(rest[4*i]) | uint32(rest[4*i+1])<<8 | uint32(rest[4*i+2])<<16 | uint32(rest[4*i+3])<<24)
		}
		rest = rest[4*f.size:]
	}
	// These stay where they are: they are most of it.
	j.vectors, j.table = rest[:len(names)*judgeVector], rest[len(names)*judgeVector:]
	return j, nil
}
