package ingest

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// metaWindow is how far into a page its <meta charset> is looked for.
const metaWindow = 4096

// decode gives a page's text in UTF-8 and in composed form (é as one letter). A
// byte order mark decides; then the bytes themselves, for long text that is valid
// UTF-8 is nothing else whatever it declares; then the Content-Type header, the
// <meta> element, and a guess from the frequencies of bytes.
func decode(data []byte, contentType string) string {
	if text, ok := decodeMarked(data); ok {
		return norm.NFC.String(text)
	}
	if utf8.Valid(data) && bytes.IndexByte(data, 0x1b) < 0 { // ESC: ISO-2022-JP is ASCII
		return norm.NFC.String(string(data))
	}
	best, fewest := "", -1
	for _, e := range candidates(data, contentType) {
		decoded, err := e.NewDecoder().Bytes(data)
		if err != nil {
			continue
		}
		text := string(decoded)
		bad := badLetters(text)
		if fewest < 0 || bad < fewest {
			best, fewest = text, bad
		}
		if bad*20 <= beyondASCII(data) { // what is declared may have a few broken letters
			break
		}
	}
	return norm.NFC.String(best)
}

// candidates lists the encodings that a page may be in, the likeliest first.
func candidates(data []byte, contentType string) []encoding.Encoding {
	var list []encoding.Encoding
	if _, label, ok := strings.Cut(strings.ToLower(contentType), "charset="); ok {
		label, _, _ = strings.Cut(label, ";")
		if e, _ := charset.Lookup(strings.Trim(label, " \"'")); e != nil {
			list = append(list, e)
		}
	}
	// Without a header it reads the <meta>, and answers windows-1252 when in doubt.
	declared, name, _ := charset.DetermineEncoding(data[:min(len(data), metaWindow)], "")
	if name != "windows-1252" {
		list = append(list, declared)
	}
	if sample := foreignWords(data[:min(len(data), 1<<16)]); len(sample) > 0 {
		if guess, err := chardet.NewTextDetector().DetectBest(sample); err == nil {
			if e, _ := charset.Lookup(guess.Charset); e != nil {
				list = append(list, e)
			}
		}
	}
	return append(list, charmap.Windows1252, unicode.UTF8)
}

// foreignWords gives the words with letters beyond ASCII when most of their bytes
// are such: Russian, Arabic or Chinese, not English with curly quotes or French
// with accents, which windows-1252 reads.
func foreignWords(data []byte) []byte {
	var sample []byte
	high := 0
	for word := range bytes.FieldsSeq(data) {
		n := beyondASCII(word)
		if n > 0 {
			sample = append(append(sample, word...), ' ')
			high += n
		}
	}
	if high*5 < len(sample)*2 {
		return nil
	}
	return sample
}

func beyondASCII(data []byte) int {
	n := 0
	for _, c := range data {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// decodeMarked decodes text that a byte order mark begins.
func decodeMarked(data []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return string(data[3:]), true
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		return string(text), err == nil
	}
	return "", false
}

// badLetters counts the places of a text that its encoding does not explain.
func badLetters(text string) int {
	bad := strings.Count(text, "\ufffd")
	for _, c := range []byte(text) {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			bad++
		}
	}
	return bad
}
