package nlp

import "unicode"

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

// datelineLimit is the most tokens that a dateline has.
const datelineLimit = 16

// dateline gives the end of the dateline that opens the paragraph, 0 where there is
// none. It is a sentence of its own, as in the treebank: "GENEVA, May 3 (Outlet) --".
// The text's first paragraph may also say "GENEVA:".
func (p *paragraphSplitter) dateline() int {
	capitals := 0
	for capitals < len(p.pieces) && p.capitals(capitals) {
		capitals++
	}
	if capitals == 0 || capitals > 4 {
		return 0
	}
	apart := false // more than the place stands there
	for i := capitals; i+1 < min(len(p.pieces), datelineLimit); i++ {
		switch p.word(i) {
		case "(", ",", "/":
			apart = true
		case "--", "–", "—", "-":
			before := p.word(i - 1)
			if p.begun(i+1) && (before == ")" || before == "/" || p.word(i) != "-" && (apart || len(p.sentences) == 0)) {
				return i + 1
			}
			return 0
		case ":":
			if len(p.sentences) == 0 && p.pieces[i].gap == gapNone && p.pieces[i+1].gap == gapSpace && p.begun(i+1) {
				return i + 1
			}
			return 0
		case ".", "?", "!", ";":
			return 0
		}
		if !apart {
			return 0
		}
	}
	return 0
}

// begun reports whether a sentence may begin with piece i, a word or a quote.
func (p *paragraphSplitter) begun(i int) bool {
	switch p.pieces[i].class {
	case classLetter:
		return p.capital(i)
	case classQuote, classDigit:
		return true
	}
	return false
}

// capitals reports whether piece i is a word in capitals only, of two letters or
// more.
func (p *paragraphSplitter) capitals(i int) bool {
	w := p.word(i)
	if p.pieces[i].class != classLetter || len(w) < 2 {
		return false
	}
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}
