package ingest

import (
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Bounds of what has no bounds by nature, in bytes; the rest is left off.
const (
	maxTitle   = 1000
	maxAddress = 2000
)

// PlainTitle makes one line of plain text of a title: "Talks &amp; <b>peace</b>"
// is "Talks & peace". A "<" that opens no tag stays ("5 < 6").
func PlainTitle(s string) string {
	s = cutAt(s, 16*maxTitle) // with its tags
	for range 2 {             // feeds escape what is escaped already: "&amp;amp;"
		if strings.IndexByte(s, '&') >= 0 {
			s = html.UnescapeString(s)
		}
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = withoutTags(s)
	}
	return cutAt(strings.Join(strings.Fields(plainText(s)), " "), maxTitle)
}

// plainAddress takes out of an address or an ID what cannot be seen, and nothing
// else: "?a=1&copy=2" is no copyright sign.
func plainAddress(s string) string {
	if len(s) <= maxAddress && isPlain(s) && strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\t') < 0 {
		return s
	}
	return cutAt(strings.Join(strings.Fields(plainText(s)), " "), maxAddress)
}

// withoutTags drops what looks like a tag.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 || open+1 == len(s) {
			break
		}
		end := strings.IndexByte(s[open:], '>')
		next := s[open+1] | 0x20
		if end < 0 || s[open+1] != '/' && s[open+1] != '!' && (next < 'a' || next > 'z') {
			b.WriteString(s[:open+1])
			s = s[open+1:]
			continue
		}
		b.WriteString(s[:open])
		b.WriteByte(' ')
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

// plainText makes text that every later stage can rely on: valid UTF-8, lines
// that end in "\n", and none of the characters that nobody sees: NUL and other
// control characters, soft hyphens ("govern-ment" across no line), zero-width
// blanks. Letters of Windows that came through as control characters, as the
// apostrophe 0x92 does, become what they were.
func plainText(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '\r':
			if i < len(s) && s[i] == '\n' {
				i++
			}
			b.WriteByte('\n')
		case r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f':
			b.WriteByte('\n')
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || unseen(r):
		case r >= 0x80 && r <= 0x9f:
			if w := charmap.Windows1252.DecodeByte(byte(r)); w > 0x9f && w != utf8.RuneError {
				b.WriteRune(w)
			}
		default:
			b.WriteRune(r) // U+FFFD for bytes that are no UTF-8
		}
	}
	return b.String()
}

func unseen(r rune) bool {
	return r == '\u00ad' || r == '\u200b' || r == '\ufeff'
}

// isPlain reports whether plainText would change nothing.
func isPlain(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || r <= 0x9f || unseen(r) || r == '\u2028' || r == '\u2029' {
			return false
		}
		i += n
	}
	return true
}
