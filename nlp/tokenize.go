package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A class is what a character does to the words around it.
type class uint8

const (
	classBlank class = iota
	classNewline
	classLetter
	classDigit
	classStop // . ! ? and the ellipsis
	classDash
	classQuote
	classOpen
	classClose
	classSymbol
	classSmiley
	classAddress
)

var asciiClasses = classesOfASCII()

func classesOfASCII() (classes [utf8.RuneSelf]class) {
	for c := range classes {
		switch r := rune(c); {
		case r == '\n':
			classes[c] = classNewline
		case unicode.IsSpace(r):
			classes[c] = classBlank
		case unicode.IsLetter(r):
			classes[c] = classLetter
		case unicode.IsDigit(r):
			classes[c] = classDigit
		case strings.ContainsRune(".!?", r):
			classes[c] = classStop
		case r == '-':
			classes[c] = classDash
		case strings.ContainsRune("\"'`", r):
			classes[c] = classQuote
		case strings.ContainsRune("([{", r):
			classes[c] = classOpen
		case strings.ContainsRune(")]}", r):
			classes[c] = classClose
		default:
			classes[c] = classSymbol
		}
	}
	return classes
}

// classAt gives the class and the length of the character at i. A byte that is
// no UTF-8 counts as a letter, so that a word in another encoding stays whole.
func classAt(text string, i int) (class, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return asciiClasses[c], 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch r {
	case utf8.RuneError:
		return classLetter, size
	case '…', '。', '！', '？', '؟':
		return classStop, size
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return classDash, size
	case '“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›', '´', '′', '″':
		return classQuote, size
	case '\u2028', '\u2029', '\u0085':
		return classNewline, size
	case '\u200b', '\ufeff':
		return classBlank, size
	}
	switch {
	case unicode.IsSpace(r):
		return classBlank, size
	case unicode.IsLetter(r), unicode.IsMark(r):
		return classLetter, size
	case unicode.IsDigit(r):
		return classDigit, size
	case unicode.Is(unicode.Ps, r):
		return classOpen, size
	case unicode.Is(unicode.Pe, r):
		return classClose, size
	}
	return classSymbol, size
}

// apostropheAt gives the length of an apostrophe at i, 0 where there is none.
func apostropheAt(text string, i int) int {
	switch {
	case i >= len(text):
		return 0
	case text[i] == '\'' || text[i] == '`':
		return 1
	case strings.HasPrefix(text[i:], "’"):
		return len("’")
	}
	return 0
}

// A gap is the white space before a piece.
type gap uint8

const (
	gapNone gap = iota
	gapSpace
	gapNewline
)

// A piece is a token before it is known which sentence it belongs to.
type piece struct {
	start, end int
	class      class // of its first character
	gap        gap
	// abbreviation is set where a full stop belongs to the word: "Gen.", "U.S."
	abbreviation bool
}

// A tokenizer cuts one paragraph at a time into pieces, in the conventions of
// the Universal Dependencies English Web Treebank.
type tokenizer struct {
	text   string
	pieces []piece
	gap    gap
}

func (t *tokenizer) add(start, end int, c class) {
	if end > start {
		t.pieces = append(t.pieces, piece{start: start, end: end, class: c, gap: t.gap})
		t.gap = gapNone
	}
}

// paragraph reads from i to the next blank line and gives where the rest begins.
func (t *tokenizer) paragraph(i int) int {
	t.pieces = t.pieces[:0]
	t.gap = gapNone
	lines := 0
	for i < len(t.text) {
		c, size := classAt(t.text, i)
		switch c {
		case classNewline:
			lines++
			t.gap = gapNewline
			i += size
			if lines > 1 && len(t.pieces) > 0 {
				return i
			}
		case classBlank:
			t.gap = max(t.gap, gapSpace)
			i += size
		default:
			lines = 0
			end := chunkEnd(t.text, i)
			t.chunk(i, end)
			i = end
		}
	}
	return i
}

func chunkEnd(text string, i int) int {
	for i < len(text) {
		c, size := classAt(text, i)
		if c == classBlank || c == classNewline {
			break
		}
		i += size
	}
	return i
}
