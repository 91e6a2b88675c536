package fetch

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// decodeFeed gives a feed in UTF-8 without characters that XML forbids. Text that
// is UTF-8 is so whatever it declares; else what it declares counts, and then what
// the letters of Western Europe are on Windows.
func decodeFeed(data []byte, contentType string) string {
	label := ""
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("<\x00")):
		label = "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")), bytes.HasPrefix(data, []byte("\x00<")):
		label = "utf-16be"
	}
	if label == "" && !nearlyUTF8(data) {
		label = declaredCharset(data, contentType)
	}
	if label != "" {
		e, _ := charset.Lookup(label)
		if decoded, err := e.NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
	}
	return legal(data)
}

// nearlyUTF8 reports whether text is UTF-8 but for some broken letters: of Windows's
// letters hardly two make a letter of UTF-8.
func nearlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return bad <= good
}

// declaredCharset is the label of a known encoding other than UTF-8.
func declaredCharset(data []byte, contentType string) string {
	head := strings.ToLower(string(data[:min(len(data), 200)]))
	_, fromXML, _ := strings.Cut(head, "encoding=")
	_, fromHeader, _ := strings.Cut(strings.ToLower(contentType), "charset=")
	for _, label := range []string{fromXML, fromHeader} {
		label = strings.TrimLeft(label, "\"' ")
		if end := strings.IndexAny(label, "\"' ;?>"); end >= 0 {
			label = label[:end]
		}
		// UTF-16 would have shown by its zeros.
		if e, name := charset.Lookup(label); e != nil && !strings.HasPrefix(name, "utf-") && name != "replacement" {
			return label
		}
	}
	return "windows-1252"
}

// legal drops what no XML may hold: control characters, as such and as "&#0;".
func legal(data []byte) string {
	var b strings.Builder
	b.Grow(len(data))
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == '&' {
			if skip := controlReference(data[i:]); skip > 0 {
				i += skip
				continue
			}
		}
		i += n
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// controlReference is the length of a reference to a forbidden character, else 0.
func controlReference(data []byte) int {
	if len(data) < 4 || data[1] != '#' {
		return 0
	}
	end := bytes.IndexByte(data[:min(len(data), 12)], ';')
	if end < 3 {
		return 0
	}
	digits, base := string(data[2:end]), 10
	if digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n >= ' ' && n != 0xfffe && n != 0xffff && (n < 0xd800 || n > 0xdfff) && n <= utf8.MaxRune || n == '\n' || n == '\t' || n == '\r' {
		return 0
	}
	return end + 1
}
