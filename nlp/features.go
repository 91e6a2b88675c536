package nlp

import (
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// affixRows is the size of the hashed table of prefixes, suffixes and shapes.
const affixRows = 1 << 14

// affixesPerToken is how many rows of it a token sums up.
const affixesPerToken = 7

// A tokenFeatures is what the network sees of a token: its row in the word table
// (0 for a word it does not know), in the table of pretrained vectors (-1 for
// none), and its rows in the table of affixes.
type tokenFeatures struct {
	word    int32
	vector  int32
	affixes [affixesPerToken]uint16
}

// wordKey is a token as it stands in the word table: lower case, digits as 0,
// curly quotes and long dashes as plain ones.
func wordKey(text string, buffer []byte) []byte {
	buffer = buffer[:0]
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case c >= 'A' && c <= 'Z':
				c += 'a' - 'A'
			case c >= '1' && c <= '9':
				c = '0'
			}
			buffer = append(buffer, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch r {
		case '‘', '’', '`':
			r = '\''
		case '“', '”':
			r = '"'
		case '–', '—':
			r = '-'
		}
		buffer = utf8.AppendRune(buffer, unicode.ToLower(r))
		i += n
	}
	return buffer
}

// affixes fills a token's rows in the affix table: prefixes of 2 and 3 letters,
// suffixes of 1 to 4, and the shape. key is the token's wordKey.
func affixes(text string, key []byte, shapeless bool) [affixesPerToken]uint16 {
	var rows [affixesPerToken]uint16
	n := len(key)
	hash := func(slot int, part []byte) {
		rows[slot] = uint16((xxhash.Sum64(part) + uint64(slot)*0x9E3779B97F4A7C15) >> 20 % affixRows)
	}
	hash(0, key[:min(2, n)])
	hash(1, key[:min(3, n)])
	hash(2, key[n-min(1, n):])
	hash(3, key[n-min(2, n):])
	hash(4, key[n-min(3, n):])
	hash(5, key[n-min(4, n):])
	shape := shapeOf(text)
	if shapeless {
		shape = shapePlain
	}
	rows[6] = uint16(shape)
	return rows
}

// Shapes of a token's letters.
const (
	shapePlain = iota
	shapeCapitalised
	shapeCapitals
	shapeInitial // one capital, "J" or "J."
	shapeDigits
	shapeDigitsMixed
	shapePunctuation
	shapeMixed
	shapeHyphened
)

func shapeOf(text string) int {
	letters, capitals, digits, hyphens := 0, 0, 0, 0
	first := false
	for i, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				capitals++
				first = first || i == 0
			}
		case unicode.IsDigit(r):
			digits++
		case r == '-':
			hyphens++
		}
	}
	switch {
	case letters == 0 && digits > 0:
		return shapeDigits
	case letters == 0:
		return shapePunctuation
	case digits > 0:
		return shapeDigitsMixed
	case letters == 1 && capitals == 1:
		return shapeInitial
	case capitals == letters:
		return shapeCapitals
	case hyphens > 0 && capitals == 0:
		return shapeHyphened
	case first && capitals == 1:
		return shapeCapitalised
	case capitals > 0:
		return shapeMixed
	}
	return shapePlain
}
