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
	if p.sentAt(next) && (p.pieces[i].class != classLetter || p.capital(i)) {
		return true
	}
	switch p.pieces[i].class {
	case classAddress:
		return p.pieces[next].class == classAddress || p.pieces[next].class == classDigit || p.pieces[next].class == classLetter && p.capital(next)
	case classLetter:
		return i-2 >= p.first && p.sentAt(i-2)
	case classSymbol:
		switch p.word(i) {
		case ",":
			return i > p.first && i-p.first <= 2 && p.pieces[next].class == classLetter && p.capital(next) && greeting(p.word(i-1))
		case ">":
			return i > p.first && p.pieces[i-1].class == classAddress
		}
	}
	return false
}

// sentAt reports whether the pieces from i on are when a letter was sent:
// "08/16/2000 03:48 PM".
func (p *paragraphSplitter) sentAt(i int) bool {
	if i+2 >= len(p.pieces) || p.pieces[i].class != classDigit || p.pieces[i+1].class != classDigit {
		return false
	}
	half := p.word(i + 2)
	return (half == "AM" || half == "PM") && strings.Count(p.word(i), "/") == 2 && strings.Contains(p.word(i+1), ":")
}

func greeting(s string) bool {
	switch s {
	case "Regards", "regards", "Thanks", "Sincerely", "Hi", "Hello", "Cheers", "Greetings":
		return true
	}
	return false
}
