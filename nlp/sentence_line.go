package nlp

// lineEnds reports whether the line break after piece i ends a sentence: the line
// reads like a headline or an item of a list, or whoever wrote it broke it though
// there was room for the next word.
func (p *paragraphSplitter) lineEnds(i int) bool {
	next := i + 1
	if p.pieces[next].class == classLetter && !p.capital(next) {
		return false
	}
	switch p.word(i) {
	case ",", ";", "-", "–", "—", "and", "of", "the":
		return false
	}
	line := i
	for line > p.first && p.pieces[line].gap != gapNewline {
		line--
	}
	if p.bullet(next) {
		return true
	}
	if p.headline(line, i+1) {
		return true
	}
	used := p.pieces[i].end - p.pieces[line].start + 1 + p.pieces[next].end - p.pieces[next].start
	return used+10 < p.width && !p.stops(i)
}

// bullet reports whether piece i is the mark of an item in a list.
func (p *paragraphSplitter) bullet(i int) bool {
	if i+1 == len(p.pieces) || p.pieces[i+1].gap != gapSpace {
		return false
	}
	switch p.word(i) {
	case "-", "*", "•", "·", "–", "—":
		return true
	}
	return false
}

// headline reports whether the pieces are a line in capitals or one in which nearly
// every longer word begins with a capital, with no stop at its end.
func (p *paragraphSplitter) headline(first, end int) bool {
	if p.stops(end-1) || end-first > 30 {
		return false
	}
	long, capitals := 0, 0
	for i := first; i < end; i++ {
		q := p.pieces[i]
		if q.class == classLetter && q.end-q.start > 3 {
			long++
			if p.capital(i) {
				capitals++
			}
		}
	}
	return long >= 2 && capitals*5 >= long*4
}

// longestLine gives the length of the paragraph's longest line in bytes.
func (p *paragraphSplitter) longestLine() int {
	longest, start := 0, p.pieces[0].start
	for i, q := range p.pieces {
		if q.gap == gapNewline {
			start = q.start
		}
		if n := p.pieces[i].end - start; n > longest {
			longest = n
		}
	}
	return longest
}
