package nlp

// A featureSet gathers the hashes of what speaks for or against one boundary.
type featureSet struct {
	hashes []uint64
	lesson *lesson // learns what the hashes stand for; nil but in training
}

// add takes a feature: a template's number with the values that fill it.
func (f *featureSet) add(template int, values ...uint64) {
	h := hashFeature(template, values)
	f.hashes = append(f.hashes, h)
	if f.lesson != nil {
		f.lesson.name(h, template, values)
	}
}

func hashFeature(template int, values []uint64) uint64 {
	h := mix(hashSeed, uint64(template))
	for _, v := range values {
		h = mix(h, v)
	}
	return h
}

func mix(h, value uint64) uint64 {
	h = (h ^ value) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// numberHashes are the hashes of the small numbers in features, as if they were
// words; hashWord reads all digits alike.
var numberHashes = func() (hashes [32]uint64) {
	for i := range hashes {
		hashes[i] = hashNumber(i)
	}
	return hashes
}()

func hashNumber(i int) uint64 { return mix(hashSeed, uint64(i)+1) }

func small(n int) uint64 { return numberHashes[n] }

// bucket puts a count among its likes.
func bucket(n int) uint64 {
	switch {
	case n <= 6:
		return small(max(n, 0))
	case n <= 9:
		return small(7)
	case n <= 14:
		return small(8)
	case n <= 20:
		return small(9)
	case n <= 30:
		return small(10)
	}
	return small(11)
}

// yesNo packs answers into a number.
func yesNo(answers ...bool) uint64 {
	n := 0
	for i, yes := range answers {
		if yes {
			n |= 1 << i
		}
	}
	return small(n)
}

// A place is a possible boundary: the pieces before it, the nearest first, and those
// after it.
type place struct {
	before     [4]*note
	after      [3]*note
	left       uint64 // look of the piece before
	right      uint64 // look of the piece after
	ruled      uint64 // whether the rules see a boundary here
	length     uint64 // of the sentence so far
	rest       uint64 // to the next stop
	names      uint64 // capitalised words before
	namesAfter uint64
}

func (p *paragraphSplitter) place(i int, ruled bool) place {
	var at place
	for k := range at.before {
		at.before[k] = p.note(i - k)
	}
	for k := range at.after {
		at.after[k] = p.note(i + 1 + k)
	}
	at.left, at.right = at.before[0].look.hash(), at.after[0].look.hash()
	at.ruled = yesNo(ruled)
	at.length = bucket(i + 1 - p.first)
	at.rest = bucket(p.untilStop(i + 1))
	at.names, at.namesAfter = bucket(p.names(i, -1)), bucket(p.names(i+1, 1))
	return at
}

func (l look) hash() uint64 { return lookHashes[l] }

var lookHashes = func() (hashes [lookCount]uint64) {
	for i, name := range lookNames {
		hashes[i] = hashWord(name)
	}
	return hashes
}()

// note gives the note of piece i, of none where the sentence or the paragraph does
// not reach.
func (p *paragraphSplitter) note(i int) *note {
	if i < p.first || i >= len(p.notes) {
		return &noNote
	}
	return &p.notes[i]
}

// features gathers what speaks for or against a boundary after piece i. The numbers
// of the templates are those in boundaries.txt.
func (p *paragraphSplitter) features(f *featureSet, i int, ruled bool) {
	at := p.place(i, ruled)
	at.words(f)
	at.looks(f)
	at.kinds(f)
	p.habits(f, &at, i)
}

func (at *place) words(f *featureSet) {
	b, c, d, e := at.before[1], at.before[0], at.after[0], at.after[1]
	f.add(1, at.ruled)
	f.add(2, c.word, at.ruled)
	f.add(3, d.word, at.ruled)
	f.add(4, b.word, at.ruled)
	f.add(5, e.word, at.ruled)
	f.add(6, c.word, d.word)
	f.add(7, b.word, c.word)
	f.add(8, d.word, e.word)
	f.add(9, c.word, at.right)
	f.add(10, at.left, d.word)
	f.add(11, d.word, e.look.hash())
	f.add(12, c.word, b.look.hash())
	f.add(13, c.tail, at.right)
	f.add(14, at.left, d.tail)
	f.add(15, at.left, d.word, at.length)
	f.add(16, d.word, at.rest)
	f.add(17, c.word, at.length)
}

func (at *place) looks(f *featureSet) {
	z, a, b := at.before[3].look.hash(), at.before[2].look.hash(), at.before[1].look.hash()
	c, d := at.left, at.right
	e, g := at.after[1].look.hash(), at.after[2].look.hash()
	f.add(20, c, d, at.ruled)
	f.add(21, b, c, d, at.ruled)
	f.add(22, c, d, e, at.ruled)
	f.add(23, b, c, d, e)
	f.add(24, a, b, c, d)
	f.add(25, c, d, e, g)
	f.add(26, z, a, b, c, d)
	f.add(27, a, b, c, d, e, g)
	f.add(28, c, d, at.length)
	f.add(29, c, d, at.rest)
	f.add(30, c, d, at.names)
	f.add(31, c, d, at.namesAfter)
	f.add(32, at.names, at.namesAfter, at.length)
	f.add(33, c, d, at.length, at.rest)
}

func (at *place) kinds(f *featureSet) {
	a, b, c := at.before[2].kind, at.before[1].kind, at.before[0].kind
	d, e, g := at.after[0].kind, at.after[1].kind, at.after[2].kind
	l, r := at.left, at.right
	f.add(40, c, d, l, r)
	f.add(41, b, c, d, l, r)
	f.add(42, c, d, e, l, r)
	f.add(43, b, c, d, e)
	f.add(44, a, b, c, d)
	f.add(45, c, d, e, g)
	f.add(46, at.before[0].word, d, l, r)
	f.add(47, c, at.after[0].word, l, r)
	f.add(48, d, e, l, r)
	f.add(49, b, c, l, r)
	f.add(50, d, at.length, l, r)
	f.add(51, d, at.rest, l, r)
	f.add(52, at.before[0].word, d, e, l, r)
	f.add(53, b, c, at.after[0].word, l, r)
	f.add(54, d, e, g, l, r)
}

// habits compares the place with the paragraph: how it is written, how its
// sentences began, what stands there more than once ("1 cup of rice 1 cup of milk").
func (p *paragraphSplitter) habits(f *featureSet, at *place, i int) {
	c, d := at.before[0], at.after[0]
	l, r := at.left, at.right
	first, final := p.note(p.first), p.note(len(p.pieces)-1)
	s := p.style
	manner := yesNo(s.smallStart, s.smallAfterStop, s.noStops, p.loose == looseNo, p.loose == looseYes)
	same := yesNo(first.word == d.word, first.look == d.look)
	sameBefore := yesNo(p.before != p.first && p.notes[p.before].word == d.word, p.before != p.first && p.notes[p.before].look == d.look)
	again := bucket(p.again(i + 1))
	loose := small(int(p.loose))
	f.add(60, small(int(p.pieces[i+1].gap)), l, r)
	f.add(61, manner, l, r)
	f.add(62, manner, l, d.word)
	f.add(63, bucket(len(p.pieces)), l, r)
	f.add(64, final.look.hash(), l, r)
	f.add(65, first.word, l, r)
	f.add(66, first.word, d.word)
	f.add(67, same, sameBefore, l, r)
	f.add(68, same, again, l, r)
	f.add(69, again, d.word)
	f.add(70, same, at.length, l, r)
	f.add(71, loose, l, r)
	f.add(72, loose, d.word, l)
	f.add(73, loose, c.kind, d.kind)
	f.add(74, loose, at.length, at.rest, r)
}

// untilStop counts the pieces from i to the next stop.
func (p *paragraphSplitter) untilStop(i int) int {
	for n := 0; n < 31; n++ {
		if i+n >= len(p.pieces) || p.pieces[i+n].class == classStop {
			return n
		}
	}
	return 31
}

// names counts the capitalised words in a row from i on, forwards or backwards.
func (p *paragraphSplitter) names(i, step int) int {
	n := 0
	for n < 7 {
		switch p.note(i + n*step).look {
		case lookTitle, lookCapitals, lookLetter, lookAbbreviation:
			n++
		default:
			return n
		}
	}
	return n
}

// again counts how often the word at i stands near it.
func (p *paragraphSplitter) again(i int) int {
	n := 0
	for j := max(0, i-40); j < min(len(p.notes), i+40); j++ {
		if p.notes[j].word == p.notes[i].word {
			n++
		}
	}
	return n
}
