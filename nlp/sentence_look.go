package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A look is the kind of letters a word has, "Tuesday" or "UN", or the kind of mark.
type look uint8

const (
	lookNone look = iota
	lookSmall
	lookSmallLetter
	lookTitle
	lookLetter
	lookCapitals
	lookMixed
	lookAbbreviation
	lookNumber
	lookTime
	lookDate
	lookStop
	lookQuestion
	lookCall
	lookEllipsis
	lookStops
	lookComma
	lookColon
	lookSemicolon
	lookDash
	lookQuote
	lookOpen
	lookClose
	lookSmiley
	lookAddress
	lookLong
	lookSymbol
	lookCount
)

// lookNames are the looks in the file of weights.
var lookNames = [lookCount]string{"none", "small", "letter", "title", "initial", "capitals", "mixed", "abbreviation", "number", "time", "date",
	"stop", "question", "call", "ellipsis", "stops", "comma", "colon", "semicolon", "dash", "quote", "open", "close", "smiley", "address", "long", "symbol"}

func lookOf(text string, q piece) look {
	s := text[q.start:q.end]
	switch q.class {
	case classLetter:
		if q.abbreviation {
			return lookAbbreviation
		}
		return lookOfWord(s)
	case classDigit:
		switch {
		case strings.IndexByte(s, ':') > 0:
			return lookTime
		case strings.Count(s, "/") == 2:
			return lookDate
		}
		return lookNumber
	case classStop:
		return lookOfStop(s)
	case classQuote:
		return lookQuote
	case classOpen:
		return lookOpen
	case classClose:
		return lookClose
	case classSmiley:
		return lookSmiley
	case classAddress:
		return lookAddress
	}
	switch {
	case s == ",":
		return lookComma
	case s == ":":
		return lookColon
	case s == ";":
		return lookSemicolon
	case len(s) > 4:
		return lookLong
	case q.class == classDash:
		return lookDash
	}
	return lookSymbol
}

func lookOfStop(s string) look {
	switch {
	case s == ".":
		return lookStop
	case s == "?":
		return lookQuestion
	case s == "!":
		return lookCall
	case s == "…" || strings.HasPrefix(s, ".."):
		return lookEllipsis
	}
	return lookStops
}

func lookOfWord(s string) look {
	first, size := utf8.DecodeRuneInString(s)
	upper := unicode.IsUpper(first)
	if size == len(s) {
		if upper {
			return lookLetter
		}
		return lookSmallLetter
	}
	small, capital := false, false
	for _, r := range s[size:] {
		if unicode.IsLower(r) {
			small = true
		} else if unicode.IsUpper(r) {
			capital = true
		}
	}
	switch {
	case upper && !capital:
		return lookTitle
	case upper && !small:
		return lookCapitals
	case !capital:
		return lookSmall
	}
	return lookMixed
}

// A note is what the boundary model sees of a piece.
type note struct {
	word uint64 // hash of the word in small letters, digits as 0
	tail uint64 // hash of its last three bytes
	kind uint64 // hash of its usual part of speech, or of its look where that is unknown
	look look
}

// noteLimit is how many bytes of a word a note tells apart.
const noteLimit = 40

const noneWord = "none"

var noNote = note{word: hashWord(noneWord), tail: hashWord(noneWord), kind: hashWord(noneWord)}

// describe makes the notes of a paragraph's pieces, and finds whether the paragraph
// is written carelessly, without capitals or stops.
func (p *paragraphSplitter) describe() {
	p.notes = p.notes[:0]
	stops, smallStarts := 0, 0
	for i, q := range p.pieces {
		s := p.text[q.start:min(q.end, q.start+noteLimit)]
		n := note{word: hashWord(s), tail: hashWord(s[max(0, len(s)-3):]), look: lookOf(p.text, q)}
		if p.lesson != nil {
			p.lesson.call(s)
			p.lesson.call(s[max(0, len(s)-3):])
		}
		n.kind = p.model.kind(n.word, n.look)
		p.notes = append(p.notes, n)
		if q.class == classStop {
			stops++
		}
		if i > 0 && n.look == lookSmall && p.notes[i-1].look == lookStop {
			smallStarts++
		}
	}
	first := p.notes[0].look
	p.style = style{smallStart: first == lookSmall || first == lookSmallLetter, smallAfterStop: smallStarts > 0, noStops: stops == 0}
}

// A style is how carefully a paragraph is written.
type style struct{ smallStart, smallAfterStop, noStops bool }

const hashSeed = 14695981039346656037

// hashWord hashes a word in small letters, digits as 0.
func hashWord(s string) uint64 {
	h := uint64(hashSeed)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(plainByte(s[i]))) * 1099511628211
	}
	return h
}

func plainByte(c byte) byte {
	switch {
	case asciiUpper(c):
		return c | 0x20
	case asciiDigit(c):
		return '0'
	}
	return c
}
