package nlp

import "strings"

// letterEnds reports whether a sentence ends with piece i though it has no full
// stop, as in letters: after "Best regards,", after a mail address in a header, after
// the time that a letter was sent.
func (p *paragraphSplitter) letterEnds(i int) bool {
	next := i + 1
	if p.pieces[next].gap == gapNone {
		return false
	}
	switch p.pieces[i].class {
	case classAddress:
		return p.pieces[next].class == classAddress || p.pieces[next].class == classDigit || p.pieces[next].class == classLetter && p.capital(next)
	case classLetter:
		return i-2 >= p.first && p.halfDay(i) && p.pieces[i-1].class == classDigit && strings.Count(p.word(i-2), "/") == 2
	case classSymbol:
		switch p.word(i) {
		case ",":
			return i > p.first && i-p.first <= 2 && p.pieces[next].class == classLetter && p.capital(next) && greeting(p.word(i-1))
		case ">":
			return i > p.first && p.pieces[i-1].class == classAddress
		case ":":
			return p.pieces[next].class == classAddress
		}
	}
	return false
}

func (p *paragraphSplitter) halfDay(i int) bool { return p.word(i) == "AM" || p.word(i) == "PM" }

func greeting(s string) bool {
	switch s {
	case "Regards", "regards", "Thanks", "Sincerely", "Hi", "Hello", "Cheers", "Greetings":
		return true
	}
	return false
}
