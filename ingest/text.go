package ingest

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// splitTitle takes a first line that a blank line follows as the title.
func splitTitle(text string) (title, body string) {
	text = plainText(text)
	first, rest, found := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	if blank, body, more := strings.Cut(rest, "\n"); found && more && strings.TrimSpace(blank) == "" && strings.TrimSpace(body) != "" && len(first) < 400 {
		return strings.TrimSpace(first), strings.TrimLeft(body, "\n")
	}
	return "", text
}

// TextOf gives the text that a file holds, however long, in UTF-8 and without what
// nobody sees. What is no text is an error that says what to do.
func TextOf(data []byte) (string, error) {
	text, _, err := textOf(data)
	return plainText(text), err
}

// textOf gives the text of a file. Besides UTF-8 it reads what a byte order mark
// announces and, with a note, Western European text of Windows; what is neither
// is an error that says what to do.
func textOf(data []byte) (text string, note, err error) {
	if text, ok := decodeMarked(data); ok {
		return text, nil, nil
	}
	if kind := binaryKind(data); kind != "" {
		return "", nil, fmt.Errorf("it is no text but %s; unpack it or convert it to text first", kind)
	}
	text = string(data)
	if badLetters(text)*20 > len(text) {
		return "", nil, errors.New("it is a binary file, or UTF-16 without a byte order mark; convert it first (iconv -f utf-16le -t utf-8)")
	}
	if utf8.ValidString(text) {
		return text, nil, nil
	}
	if western, ok := decodeWestern(data); ok {
		return western, errors.New("it is no UTF-8 and was read as windows-1252, in which every letter of it makes sense"), nil
	}
	if broken(data)*1000 < len(data) {
		return text, errors.New("some of its letters are no UTF-8; they were read as U+FFFD"), nil
	}
	return "", nil, errors.New("it is in another encoding than UTF-8; convert it first (iconv -f ENCODING -t utf-8)")
}

// broken counts the bytes that are no UTF-8.
func broken(data []byte) int {
	bad := 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		i += n
	}
	return bad
}

// decodeWestern decodes windows-1252 when it is sure: nothing in the data is UTF-8
// beyond ASCII, letters with accents are few and stand among plain letters
// ("café"), and the other signs are those of news: quotes, dashes, currencies.
func decodeWestern(data []byte) (string, bool) {
	high, plain, odd := 0, 0, 0
	for i := 0; i < len(data); i++ {
		c := data[i]
		if c < utf8.RuneSelf {
			if c|0x20 >= 'a' && c|0x20 <= 'z' {
				plain++
			}
			continue
		}
		if r, n := utf8.DecodeRune(data[i:]); r != utf8.RuneError && n > 1 {
			return "", false // some of it is UTF-8: a file of two encodings
		}
		high++
		letter := c >= 0xc0 && c != 0xd7 && c != 0xf7 || c == 0x8a || c == 0x9a || c == 0x8e || c == 0x9e || c == 0x8c || c == 0x9c || c == 0x9f
		switch {
		case letter && !besideLetter(data, i), !letter && !newsSign(c):
			odd++
		}
	}
	if high == 0 || odd*20 > high || high*8 > plain {
		return "", false
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(out), err == nil
}

// besideLetter reports whether a plain letter stands next to data[i].
func besideLetter(data []byte, i int) bool {
	plain := func(j int) bool { return j >= 0 && j < len(data) && data[j]|0x20 >= 'a' && data[j]|0x20 <= 'z' }
	return plain(i-1) || plain(i+1)
}

// newsSign reports whether c is, in windows-1252, a sign that news has: euro,
// ellipsis, quotes, bullet, dashes, trademark, blank, currencies, guillemets,
// degree, section, fractions.
func newsSign(c byte) bool {
	return c == 0x80 || c == 0x85 || c >= 0x91 && c <= 0x97 || c == 0x99 || c == 0xa0 || c == 0xa1 || c == 0xa3 || c == 0xa7 ||
		c == 0xa9 || c == 0xab || c == 0xae || c == 0xb0 || c == 0xb2 || c == 0xb7 || c >= 0xbb && c <= 0xbf
}
