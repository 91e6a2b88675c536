package dedup

import "slices"

// several is how many stories, none a copy of another, must agree in a band before
// what they agree in is taken for something that is repeated from story to story.
const several = 4

// fewLeft is how many numbers of a signature must be left beside repeated ones to
// tell by them whether two stories are copies.
const fewLeft = 32

// A repetition is the numbers, by their place in a signature, that come from what
// many stories of some days repeat: an outlet's boilerplate ("All rights reserved.
// No part of this article…"), or the background of a war. That two stories agree in
// them says nothing. Without this, of a thousand reports that are half boilerplate
// three hundred would be taken for one: it takes few pairs that are by chance over
// the bound to chain them. Nil is none.
type repetition [bins][256]bool

// alike reports whether two texts are copies, going by what is not repeated.
func (r *repetition) alike(a, b *Signature) bool {
	if r == nil {
		return a.Similarity(b) >= Alike
	}
	same, left := 0, bins
	for i := range a {
		switch {
		case a[i] != b[i]:
		case r[i][a[i]]:
			left--
		default:
			same++
		}
	}
	if left < fewLeft {
		// Nearly all of both is repeated: "Markets at noon" with its disclaimer.
		return a.Similarity(b) >= 2*Alike
	}
	return agreement(same, left) >= Alike
}

// findRepeated finds what many of some stories repeat that are no copies of one
// another. A story that a hundred outlets print is not such a thing: its copies are
// put together first, whatever they repeat.
func (c *clustering) findRepeated(all []member) *repetition {
	type group struct {
		band int
		keys []uint64
	}
	var crowds []group
	eachGroup(all, func(band int, keys []uint64) {
		if len(keys) > several {
			crowds = append(crowds, group{band, slices.Clone(keys)})
		}
	})
	if len(crowds) == 0 {
		return nil
	}
	members := slices.Clone(all)
	trial := clustering{parent: make([]int32, len(all))}
	for i := range members {
		members[i].index, trial.parent[i] = int32(i), int32(i)
	}
	for _, g := range crowds {
		trial.compare(members, g.keys, 0, nil)
	}
	c.compared += trial.compared
	var found *repetition
	for _, g := range crowds {
		roots := make([]int32, len(g.keys))
		for i, key := range g.keys {
			roots[i] = trial.root(int32(uint32(key)))
		}
		slices.Sort(roots)
		if len(slices.Compact(roots)) <= several {
			continue
		}
		if found == nil {
			found = new(repetition)
		}
		s := &all[uint32(g.keys[0])].signature
		for i := g.band * rows; i < (g.band+1)*rows; i++ {
			found[i][s[i]] = true
		}
	}
	return found
}
