package ingest

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPlainTitle(t *testing.T) {
	for s, want := range map[string]string{
		"Talks &amp; <b>peace</b>":               "Talks & peace",
		"Talks &amp;amp; tea":                    "Talks & tea",
		"5 < 6 and 7 > 3":                        "5 < 6 and 7 > 3",
		"A<br/>B<!-- c -->D":                     "A B D",
		"&lt;i&gt;Iran&lt;/i&gt;":                "Iran",
		"  a\n\tb\x00c\u00ad\u200b ":             "a bc",
		"It\u0092s":                              "It’s",
		"\xff":                                   "\ufffd",
		"<":                                      "<",
		"<b":                                     "<b",
		strings.Repeat("é", maxTitle):            strings.Repeat("é", maxTitle/2),
		strings.Repeat("<", 5_000_000) + "a > b": strings.Repeat("<", maxTitle),
	} {
		if got := PlainTitle(s); got != want {
			t.Errorf("PlainTitle(%.40q) = %.40q, want %.40q", s, got, want)
		}
	}
}

func TestPlainAddress(t *testing.T) {
	for s, want := range map[string]string{
		"http://a.example/?a=1&copy=2&lt=3": "http://a.example/?a=1&copy=2&lt=3",
		"a\x00b\nc":                         "ab c",
		strings.Repeat("a", 9000):           strings.Repeat("a", maxAddress),
	} {
		if got := plainAddress(s); got != want {
			t.Errorf("plainAddress(%.40q) = %.40q, want %.40q", s, got, want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("Talks &amp; <b>peace</b>\r\n\x00\u0092")
	f.Fuzz(func(t *testing.T, s string) {
		plain := plainText(s)
		if !isPlain(plain) || plainText(plain) != plain || !utf8.ValidString(plain) || strings.ContainsAny(plain, "\x00\r") {
			t.Errorf("plainText(%q) = %q is not plain", s, plain)
		}
		if title := PlainTitle(s); strings.ContainsAny(title, "\n\x00") || !utf8.ValidString(title) || len(title) > maxTitle {
			t.Errorf("PlainTitle(%q) = %q is not plain", s, title)
		}
	})
}
