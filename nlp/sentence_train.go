package nlp

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A lesson gathers what the boundary model learns from.
type lesson struct {
	ends   map[int]bool // where the treebank's sentences end
	places [][]uint64
	yes    []bool
	names  map[uint64]string // what the hashes of features stand for
	values map[uint64]string // and those of their values
}

// learn takes a place that the rules are unsure of and gives what the treebank says.
func (l *lesson) learn(hashes []uint64, end int) bool {
	l.places = append(l.places, slices.Clone(hashes))
	l.yes = append(l.yes, l.ends[end])
	return l.ends[end]
}

func (l *lesson) name(h uint64, template int, values []uint64) {
	if _, ok := l.names[h]; ok {
		return
	}
	name := strconv.Itoa(template)
	for _, v := range values {
		value, ok := l.values[v]
		if !ok {
			return
		}
		name += " " + value
	}
	l.names[h] = name
}

// call remembers the word that a hash stands for.
func (l *lesson) call(word string) {
	plain := []byte(word)
	for i, c := range plain {
		plain[i] = plainByte(c)
	}
	if writable(string(plain)) {
		l.values[hashWord(word)] = string(plain)
	}
}

// kindLimit is how often a word must be seen before it has a kind.
const kindLimit = 3

// FitBoundaries learns from treebanks in CoNLL-U where sentences end, and gives the
// text of boundaries.txt.
func FitBoundaries(paths []string) (string, error) {
	l := &lesson{names: map[uint64]string{}, values: map[uint64]string{}}
	for i := range numberHashes {
		l.values[small(i)] = "=" + strconv.Itoa(i)
	}
	for _, name := range append(lookNames[:], noneWord) {
		l.call(name)
	}
	texts := make([]string, len(paths))
	ends := make([]map[int]bool, len(paths))
	counts := map[string]map[string]int{}
	for i, path := range paths {
		text, gold, err := rawText(path)
		if err != nil {
			return "", err
		}
		texts[i], ends[i] = text, map[int]bool{}
		for _, span := range sentenceSpans(gold) {
			ends[i][span.End] = true
		}
		for _, s := range gold {
			for _, token := range s.Tokens {
				countKind(counts, token.Text, token.UPOS)
			}
		}
	}
	model := &boundaryModel{kinds: map[uint64]uint64{}}
	var out strings.Builder
	out.WriteString("# Weights of the sentence boundary model, made by: dyad train --splitter FILE...\n# The templates' numbers are those in sentence_features.go.\n")
	for _, k := range usualKinds(counts) {
		model.kinds[hashWord(k.word)] = hashWord(k.kind)
		l.call(k.kind)
		fmt.Fprintf(&out, "kind %s %s\n", k.word, k.kind)
	}
	for i, text := range texts {
		l.ends = ends[i]
		splitWith(text, model, l)
	}
	l.write(&out, l.fit(l.fit(nil, 3, 0.2), 0.1, 0.1))
	return out.String(), nil
}

func countKind(counts map[string]map[string]int, word, kind string) {
	plain := []byte(word[:min(len(word), noteLimit)])
	for i, c := range plain {
		plain[i] = plainByte(c)
	}
	if word = string(plain); counts[word] == nil {
		counts[word] = map[string]int{}
	}
	counts[word][kind]++
}

type wordKind struct{ word, kind string }

// usualKinds gives every common word's part of speech, two where the second is a
// quarter of its uses: "NOUN/VERB".
func usualKinds(counts map[string]map[string]int) []wordKind {
	var kinds []wordKind
	for word, seen := range counts {
		total := 0
		var parts []string
		for part, n := range seen {
			total += n
			parts = append(parts, part)
		}
		if total < kindLimit || !writable(word) {
			continue
		}
		slices.SortFunc(parts, func(a, b string) int { return cmp.Or(seen[b]-seen[a], strings.Compare(a, b)) })
		kind := parts[0]
		if len(parts) > 1 && seen[parts[1]]*4 > total {
			kind = min(parts[0], parts[1]) + "/" + max(parts[0], parts[1])
		}
		kinds = append(kinds, wordKind{word, kind})
	}
	slices.SortFunc(kinds, func(a, b wordKind) int { return strings.Compare(a.word, b.word) })
	return kinds
}

// writable reports whether a word can stand in the file of weights as it is.
func writable(word string) bool {
	fields := strings.Fields(word)
	return len(fields) == 1 && fields[0] == word && strings.ToValidUTF8(word, "") == word
}

// fitEpochs is how often the fit goes over the places, fitCutoff how often a feature
// must be seen.
const (
	fitEpochs = 6
	fitCutoff = 3
)

// fit fits logistic regression by follow-the-regularised-leader, which leaves most
// weights at zero: those that are worth less than penalty. With only it fits no other
// features than those; a second fit with a small penalty mends the shrinking of the
// first.
func (l *lesson) fit(only map[uint64]float64, penalty, rate float64) map[uint64]float64 {
	seen := map[uint64]int{}
	for _, hashes := range l.places {
		for _, h := range hashes {
			seen[h]++
		}
	}
	ids := map[uint64]int{}
	rows := make([][]int, len(l.places))
	for i, hashes := range l.places {
		for _, h := range hashes {
			if _, chosen := only[h]; seen[h] < fitCutoff || only != nil && !chosen || l.names[h] == "" {
				continue
			}
			id, ok := ids[h]
			if !ok {
				id = len(ids)
				ids[h] = id
			}
			rows[i] = append(rows[i], id)
		}
	}
	mean := leader{penalty: penalty, rate: rate}.run(rows, l.yes, len(ids))
	weights := map[uint64]float64{}
	for h, id := range ids {
		if math.Abs(mean[id]) >= 0.01 {
			weights[h] = mean[id]
		}
	}
	return weights
}

// A leader runs follow-the-regularised-leader.
type leader struct{ penalty, rate float64 }

// run gives the weights' means over the second half of the epochs.
func (l leader) run(rows [][]int, yes []bool, size int) []float64 {
	z, squares, w, mean := make([]float64, size), make([]float64, size), make([]float64, size), make([]float64, size)
	random := rand.New(rand.NewPCG(1, 1))
	for epoch := range fitEpochs {
		for _, k := range random.Perm(len(rows)) {
			sum := 0.0
			for _, id := range rows[k] {
				sum += w[id]
			}
			slope := 1 / (1 + math.Exp(-sum))
			if yes[k] {
				slope--
			}
			for _, id := range rows[k] {
				before := math.Sqrt(squares[id])
				squares[id] += slope * slope
				after := math.Sqrt(squares[id])
				z[id] += slope - (after-before)/l.rate*w[id]
				w[id] = 0
				if beyond := math.Abs(z[id]) - l.penalty; beyond > 0 {
					w[id] = -math.Copysign(beyond, z[id]) * l.rate / (0.1 + after)
				}
			}
		}
		if epoch >= fitEpochs/2 {
			for i := range mean {
				mean[i] += w[i] / (fitEpochs - fitEpochs/2)
			}
		}
	}
	return mean
}

// write writes the weights, sorted by their features.
func (l *lesson) write(out *strings.Builder, weights map[uint64]float64) {
	var lines []string
	for h, w := range weights {
		lines = append(lines, fmt.Sprintf("weight %s %.2f\n", l.names[h], w))
	}
	slices.Sort(lines)
	for _, line := range lines {
		out.WriteString(line)
	}
}
