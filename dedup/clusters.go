package dedup

import (
	"cmp"
	"iter"
	"math"
	"slices"
)

// Undated is the day of a story or record whose day is not known.
const Undated = math.MinInt32

// Window is how many days copies of a story may be published apart. A text that is
// word for word the same is a copy whenever it is published.
const Window = 3

// Alike is the similarity from which on two texts are copies of each other. Measured
// by TestSimilarityAfterEdits and TestCopiesAreToldFromOtherStories on stories of
// 200 to 800 words: it is 0.5 and more after any one edit of an outlet's (the half cut
// from the end, a paragraph put in, every twelfth word replaced), but 0.43 to 0.49,
// of which a tenth is missed, with every eighth word replaced. After two edits, one
// of which may be a cut, 9 in 10 copies are found, after three 3 in 4. Other stories
// of one day on one topic have 0.1 at most, 0.3 when a third of each is the same
// background and boilerplate. Where that is half of each, 1 pair in 25 is taken
// for a copy, but not where five and more repeat it: see repetition.
//
// Asking instead how much of the shorter text is in the longer one would find 4 in
// 100 more after three edits, and take half as many again for copies.
const Alike = 0.4

// A Story is what clustering needs to know of one.
type Story struct {
	ID        string
	Day       int32 // of publication, in days since 1970, or Undated
	Hash      uint64
	Signature Signature
}

// Bands of rows numbers each: two stories are compared when they agree in all
// numbers of any band. With a similarity of 0.4 they do with probability 0.94, with
// 0.5 always but for 4 in 1,000, with 0.05 in 5 of 1,000. Of a million stories of one
// day each is compared with 1.4 others, of ten thousand that all repeat two paragraphs
// each with 37: TestACrowdCostsLittle, BenchmarkClustersOfOneDay.
const (
	bands = 42
	rows  = 3
)

// fewest is the size up to which all stories that agree in a band are compared with
// one another. Of more, which share boilerplate, each is compared with as many
// others, each of a cluster of its own.
const fewest = 32

// Clusters finds which stories are copies of one another, directly or over others.
// They come sorted by day, undated ones first; the result has for each the index of
// the first of its cluster.
//
// It costs two sorts of each few days' stories, and keeps no more signatures than those
// of the last eight days, or those of all undated stories, beside some 60 bytes a
// story.
//
// What is found among the stories of some days depends only on those and on the
// stories of Window days before and after, but for texts that are exactly alike. So
// new stories may be clustered with these alone, and what is found joined to the
// clusters that were there. In a crowd, where not all are compared and what is
// repeated is left out, more may be found bit by bit than at once, or less.
func Clusters(stories iter.Seq[Story]) []int32 {
	of, _ := clusters(stories)
	return of
}

// clusters does what Clusters does, and says how many signatures were compared.
func clusters(stories iter.Seq[Story]) (of []int32, compared int) {
	c := clustering{byHash: map[uint64]int32{}}
	var block []member
	number := math.MinInt // of the block
	for st := range stories {
		n := math.MinInt + 1
		if st.Day != Undated {
			n = floorDiv(int(st.Day), Window+1)
		}
		if n != number {
			c.add(block, number)
			block, number = nil, n
		}
		index := int32(len(c.parent))
		c.parent = append(c.parent, index)
		first, seen := c.byHash[st.Hash]
		if seen {
			c.join(first, index)
		} else {
			c.byHash[st.Hash] = index
		}
		block = append(block, member{index: index, day: st.Day, hash: st.Hash, id: st.ID, signature: st.Signature})
	}
	c.add(block, number)
	of = make([]int32, len(c.parent))
	for i := range of {
		of[i] = c.root(int32(i))
	}
	return of, c.compared
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// A member is a story of a block of days.
type member struct {
	index     int32
	day       int32
	hash      uint64
	id        string
	signature Signature
}

type clustering struct {
	parent []int32          // union-find; the root of a cluster is its first story
	byHash map[uint64]int32 // first story of each text
	before []member         // the block before
	number int              // and its number

	compared int // pairs of signatures
}

func (c *clustering) root(i int32) int32 {
	for c.parent[i] != i {
		c.parent[i] = c.parent[c.parent[i]]
		i = c.parent[i]
	}
	return i
}

func (c *clustering) join(a, b int32) {
	a, b = c.root(a), c.root(b)
	c.parent[max(a, b)] = min(a, b)
}

// add compares the stories of a block of days with one another and with those of the
// block before.
func (c *clustering) add(block []member, number int) {
	block = slices.DeleteFunc(block, func(m member) bool { return m.signature.Short() })
	// Which of a crowd are compared must not depend on the order they came in.
	slices.SortFunc(block, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.hash, b.hash), cmp.Compare(a.id, b.id))
	})
	// One of each day's exact copies stands for all.
	block = slices.CompactFunc(block, func(a, b member) bool { return a.day == b.day && a.hash == b.hash })
	all := block
	if number == c.number+1 {
		all = slices.Concat(c.before, block)
	}
	old := len(all) - len(block)
	repeated := c.findRepeated(all)
	eachGroup(all, func(_ int, keys []uint64) {
		if int(uint32(keys[len(keys)-1])) >= old {
			c.compare(all, keys, old, repeated)
		}
	})
	c.before, c.number = block, number
}

// eachGroup gives for each band the stories, two or more, that agree in it: their
// indices are the lower half of the keys, in order.
func eachGroup(all []member, give func(band int, keys []uint64)) {
	keys, spare := make([]uint64, len(all)), make([]uint64, len(all))
	for band := range bands {
		for i := range all {
			s := &all[i].signature
			key := uint64(s[band*rows]) | uint64(s[band*rows+1])<<8 | uint64(s[band*rows+2])<<16
			keys[i] = key<<32 | uint64(i)
		}
		keys, spare = sorted(keys, spare)
		for start := 0; start < len(keys); {
			end := start + 1
			for end < len(keys) && keys[end]>>32 == keys[start]>>32 {
				end++
			}
			if end-start > 1 {
				give(band, keys[start:end])
			}
			start = end
		}
	}
}

// sorted sorts keys by the three bytes of the band, from the last on: those that agree
// stay in order. It needs as much space again, which it gives back.
func sorted(keys, spare []uint64) (is, other []uint64) {
	for shift := 32; shift < 32+8*rows; shift += 8 {
		var next [256]int
		for _, key := range keys {
			next[byte(key>>shift)]++
		}
		sum := 0
		for b, n := range next {
			next[b] = sum
			sum += n
		}
		for _, key := range keys {
			b := byte(key >> shift)
			spare[next[b]] = key
			next[b]++
		}
		keys, spare = spare, keys
	}
	return keys, spare
}

// compare joins those of some stories that are alike. Pairs of old ones were
// compared before.
func (c *clustering) compare(all []member, keys []uint64, old int, repeated *repetition) {
	kept := make([]int, 0, fewest)
	for _, key := range keys {
		i := int(uint32(key))
		m := &all[i]
		alone := true
		for _, j := range kept {
			other := &all[j]
			if i < old && j < old {
				continue
			}
			root, otherRoot := c.root(m.index), c.root(other.index)
			if root == otherRoot {
				alone = false
				continue
			}
			if m.day-other.day > Window {
				continue
			}
			c.compared++
			if repeated.alike(&m.signature, &other.signature) {
				c.join(m.index, other.index)
				alone = false
			}
		}
		switch {
		case len(keys) <= fewest:
			kept = append(kept, i)
		case alone:
			if len(kept) == fewest {
				kept = append(kept[:0], kept[1:]...)
			}
			kept = append(kept, i)
		}
	}
}
