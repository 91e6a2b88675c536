package nlp

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed boundaries.txt
var boundaryText string

// boundaries loads the embedded weights.
var boundaries = sync.OnceValue(func() *boundaryModel {
	m, err := readBoundaries(boundaryText)
	if err != nil {
		panic(err)
	}
	return m
})

// A boundaryModel weighs what speaks for and against a sentence boundary, as
// logistic regression does, where the rules are unsure.
type boundaryModel struct {
	kinds   map[uint64]uint64 // usual part of speech by word, hashes of both
	weights weightTable
}

// A weightTable finds weights by hash, in one look as a rule: most of what is looked
// up is not there, and a map takes thrice the time to say so.
type weightTable struct {
	slots []weightSlot // a power of two, at most half full
	count int
}

type weightSlot struct {
	key    uint32
	weight float32 // 0 where the slot is free
}

func (t *weightTable) put(h uint64, weight float32) {
	if weight == 0 {
		return
	}
	if t.count*2 >= len(t.slots) {
		old := t.slots
		t.slots, t.count = make([]weightSlot, max(1024, 2*len(old))), 0
		for _, slot := range old {
			if slot.weight != 0 {
				t.insert(slot)
			}
		}
	}
	t.insert(weightSlot{key: uint32(h >> 32), weight: weight})
}

func (t *weightTable) insert(slot weightSlot) {
	mask := uint32(len(t.slots) - 1)
	i := slot.key & mask
	for t.slots[i].weight != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = slot
	t.count++
}

func (t *weightTable) get(h uint64) float32 {
	key := uint32(h >> 32)
	mask := uint32(len(t.slots) - 1)
	for i := key & mask; ; i = (i + 1) & mask {
		if slot := t.slots[i]; slot.weight == 0 || slot.key == key {
			return slot.weight
		}
	}
}

// readBoundaries reads lines "kind WORD PART-OF-SPEECH" and
// "weight TEMPLATE VALUE... WEIGHT"; a number among the values begins with "=".
func readBoundaries(text string) (*boundaryModel, error) {
	m := &boundaryModel{kinds: make(map[uint64]uint64, 1<<13)}
	var values []uint64
	for n := 1; text != ""; n++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		fields := strings.Split(line, " ")
		switch {
		case fields[0] == "kind" && len(fields) == 3:
			m.kinds[hashWord(fields[1])] = hashWord(fields[2])
		case fields[0] == "weight" && len(fields) > 3:
			template, err := strconv.Atoi(fields[1])
			weight, err2 := strconv.ParseFloat(fields[len(fields)-1], 32)
			if err != nil || err2 != nil {
				return nil, fmt.Errorf("boundaries.txt:%d: a weight's template or value is no number", n)
			}
			values = values[:0]
			for _, name := range fields[2 : len(fields)-1] {
				values = append(values, valueHash(name))
			}
			m.weights.put(hashFeature(template, values), float32(weight))
		default:
			return nil, fmt.Errorf("boundaries.txt:%d: reading the weights of sentence boundaries: the line is neither \"kind WORD KIND\" nor \"weight TEMPLATE VALUE... WEIGHT\"", n)
		}
	}
	return m, nil
}

func valueHash(name string) uint64 {
	if number, ok := strings.CutPrefix(name, "="); ok {
		if i, err := strconv.Atoi(number); err == nil {
			return hashNumber(i)
		}
	}
	return hashWord(name)
}

// kind gives what a word usually is, or how it looks where that is unknown.
func (m *boundaryModel) kind(word uint64, l look) uint64 {
	if kind, ok := m.kinds[word]; ok {
		return kind
	}
	return l.hash()
}

func (m *boundaryModel) score(hashes []uint64) float32 {
	sum := float32(0)
	if m.weights.count == 0 {
		return 0
	}
	for _, h := range hashes {
		sum += m.weights.get(h)
	}
	return sum
}

// How sure the model must be before it cuts well written prose where there is no
// stop, and before it cuts there between words that may be one name, "Attorney
// General", "[Anna] Veld": there a wrong cut costs more than a heading that runs on.
const (
	proseThreshold = 1.5
	nameThreshold  = 3
)

// ends reports whether a sentence ends after piece i, from what the rules say and,
// where they may be wrong, from the model.
func (p *paragraphSplitter) ends(i int, ruled bool) bool {
	if p.sure(i, ruled) {
		return ruled
	}
	f := &p.found
	f.hashes = f.hashes[:0]
	p.features(f, i, ruled)
	if p.lesson != nil {
		return p.lesson.learn(f.hashes, p.pieces[i].end)
	}
	return p.model.score(f.hashes) > p.threshold(i, ruled)
}

// threshold gives the score above which a sentence ends after piece i.
func (p *paragraphSplitter) threshold(i int, ruled bool) float32 {
	if ruled || p.stops(i) || p.style.smallStart || p.style.noStops {
		return 0
	}
	switch p.notes[i].look {
	case lookTitle, lookCapitals, lookLetter, lookMixed, lookNumber:
		return nameThreshold
	case lookClose, lookQuote:
		if p.text[p.pieces[i].start] != ')' {
			return nameThreshold
		}
	}
	if p.pieces[len(p.pieces)-1].class == classStop {
		return proseThreshold
	}
	return 0
}

// sure reports whether the rules' word is enough.
func (p *paragraphSplitter) sure(i int, ruled bool) bool {
	next := p.pieces[i+1]
	left, right := p.notes[i].look, p.notes[i+1].look
	// "They left. [6] The road": a note's number belongs to what it stands after.
	if right == lookOpen && p.note(i+2).look == lookNumber && p.text[next.start] == '[' {
		return false
	}
	if ruled {
		switch left {
		case lookStop, lookQuestion, lookCall:
			// "the following: 1. Structure" is unsure, and "left. nobody knows".
			return right != lookSmall && right != lookSmallLetter && p.note(i-1).look != lookNumber && next.gap != gapNone
		case lookQuote, lookClose, lookSymbol: // "for corruption.* Judge Tarn"
			return right != lookSmall
		}
		return next.gap == gapNewline && !p.letterEnds(i)
	}
	if next.gap == gapNone {
		return true
	}
	switch right {
	case lookSmall, lookSmallLetter, lookClose, lookComma:
		// In careless text anything goes: "i left it is late".
		return (left == lookSmall || left == lookSmallLetter || left == lookComma) && !p.style.smallStart
	}
	// "[the department of] Putumayo" goes on.
	return left == lookClose && i > p.first && linkWord(p.word(i-1))
}

// linkWord reports whether a word wants another after it.
func linkWord(s string) bool {
	switch s {
	case "of", "in", "to", "the", "a", "an", "for", "by", "and", "with", "from", "at", "on":
		return true
	}
	return false
}
