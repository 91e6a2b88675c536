package nlp

import "github.com/cespare/xxhash/v2"

// A wordIndex finds the row of a word in a table by the word's hash. It keeps no
// words: among 64 bits a word it does not know would be taken for one it knows once
// in 10^14 times, and each look at a far string costs more than all else.
type wordIndex struct {
	slots []wordSlot // a power of two
}

type wordSlot struct {
	hash uint64 // 0 where the slot is free
	row  int32
}

func wordHash(key []byte) uint64 { return max(1, xxhash.Sum64(key)) }

// newWordIndex indexes words by their places; of equal words the last counts.
func newWordIndex(words []string) wordIndex {
	size := 2
	for size < 2*len(words) {
		size *= 2
	}
	x := wordIndex{make([]wordSlot, size)}
	for i, w := range words {
		hash := max(1, xxhash.Sum64String(w))
		*x.slot(hash) = wordSlot{hash, int32(i)}
	}
	return x
}

// slot gives the slot of a hash, or the free one where it would stand.
func (x *wordIndex) slot(hash uint64) *wordSlot {
	last := uint64(len(x.slots) - 1)
	at := hash & last
	for x.slots[at].hash != 0 && x.slots[at].hash != hash {
		at = (at + 1) & last
	}
	return &x.slots[at]
}

// row gives the row of the word with a hash, or none.
func (x *wordIndex) row(hash uint64, none int32) int32 {
	if len(x.slots) == 0 {
		return none
	}
	if s := x.slot(hash); s.hash == hash {
		return s.row
	}
	return none
}
