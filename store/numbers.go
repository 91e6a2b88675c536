package store

// numbers is a set of 64-bit numbers that are hashes already, in 8 bytes each and
// as much again of room: a map would take five times that for 25 million events.
type numbers struct {
	slots []uint64 // 0 is an empty slot
	zero  bool
	count int
}

func newNumbers() *numbers { return &numbers{slots: make([]uint64, 1<<10)} }

// add puts a number into the set and reports whether it was new.
func (s *numbers) add(n uint64) bool {
	if n == 0 {
		isNew := !s.zero
		s.zero = true
		return isNew
	}
	if 2*s.count >= len(s.slots) {
		s.grow()
	}
	at := s.find(n)
	if s.slots[at] == n {
		return false
	}
	s.slots[at] = n
	s.count++
	return true
}

// find gives the slot of a number, or the empty slot where it belongs.
func (s *numbers) find(n uint64) uint64 {
	mask := uint64(len(s.slots) - 1)
	at := n & mask
	for s.slots[at] != 0 && s.slots[at] != n {
		at = (at + 1) & mask
	}
	return at
}

func (s *numbers) grow() {
	old := s.slots
	s.slots = make([]uint64, 2*len(old))
	for _, n := range old {
		if n != 0 {
			s.slots[s.find(n)] = n
		}
	}
}

// remove takes a number out of the set; those after it that had to give way to it
// move up.
func (s *numbers) remove(n uint64) {
	if n == 0 {
		s.zero = false
		return
	}
	at := s.find(n)
	if s.slots[at] != n {
		return
	}
	s.count--
	mask := uint64(len(s.slots) - 1)
	s.slots[at] = 0
	for next := (at + 1) & mask; s.slots[next] != 0; next = (next + 1) & mask {
		moved := s.slots[next]
		s.slots[next] = 0
		s.slots[s.find(moved)] = moved
	}
}
