package ingest

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// noon is the time at which the tests' pages are read.
var noon = time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC)

const address = "https://www.news.example/world/talks"

func TestPageFields(t *testing.T) {
	source := strings.Replace(htmlPage(), "<title>Talks in", "<title>Talks &amp;amp; &lt;b&gt;tea&lt;/b&gt; in", 1)
	source = strings.Replace(source, "<h1>Talks in", "<h1>Talks &amp; tea in", 1)
	for _, fast := range []bool{false, true} {
		st, err := pageAt([]byte(source), "text/html", address, fast, noon)
		if err != nil {
			t.Fatal(err)
		}
		if st.ID != address || st.URL != address || st.Source != address || st.Publisher != "news.example" {
			t.Errorf("fast %t: %+v; want the address as ID, URL and Source", fast, st)
		}
		if st.Published.String() != "2024-05-14" || st.PublishedBasis != "page" {
			t.Errorf("fast %t: published %s (%s), want 2024-05-14 (page)", fast, st.Published, st.PublishedBasis)
		}
		if !strings.HasPrefix(st.Title, "Talks & tea") || strings.Contains(st.Text, "Home") || !strings.Contains(st.Text, "would stay open") {
			t.Errorf("fast %t: title %q, text %q", fast, st.Title, st.Text)
		}
	}
}

func TestPageDates(t *testing.T) {
	for _, c := range []struct{ meta, address, want string }{
		{"2024-05-14T23:30:00-07:00", address, "2024-05-14"},
		{"2024-06-02", address, "2024-06-02"}, // it is tomorrow already east of here
		{"2031-01-01", address, ""},
		{"1970-01-01T00:00:00Z", address, ""},
		{"1970-01-01T00:00:00Z", "https://news.example/2024/04/22/talks", "2024-04-22"},
		{"", "https://news.example/a/2024-04-22-talks.html", "2024-04-22"},
		{"", "https://news.example/20240422/talks", "2024-04-22"},
		{"", "https://news.example/2024/13/22/talks", ""},
		{"", "https://news.example/item/120240422", ""},
		{"", "https://news.example/2033/04/22/talks", ""},
		{"someday", address, ""},
	} {
		source := strings.Replace(htmlPage(), "2024-05-14T08:00:00Z", c.meta, 1)
		for _, fast := range []bool{false, true} {
			st, err := pageAt([]byte(source), "", c.address, fast, noon)
			if err != nil || st.Published.String() != c.want || (st.PublishedBasis == "page") != (c.want != "") {
				t.Errorf("fast %t: stated %q at %s: published %q (%q) %v, want %q", fast, c.meta, c.address, st.Published, st.PublishedBasis, err, c.want)
			}
		}
	}
}

func TestPageCharsets(t *testing.T) {
	latin := strings.Replace(htmlPage(), "The foreign minister", "“Zoë Müller’s café” – the foreign minister", 1)
	russian := strings.Replace(htmlPage(), "The foreign minister", strings.Repeat("Министр иностранных дел заявил о переговорах. ", 9)+"The foreign minister", 1)
	nihongo := strings.Replace(htmlPage(), "The foreign minister", strings.Repeat("外務大臣は国境について会談すると述べた。", 9)+"The foreign minister", 1)
	encode := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	meta := func(s, name string) string {
		return strings.Replace(s, "<head>", `<head><meta charset="`+name+`">`, 1)
	}
	const lat, rus, nih = "“Zoë Müller’s café” –", "Министр иностранных дел", "外務大臣は国境"
	for name, c := range map[string]struct{ data, contentType, want string }{
		"utf-8 undeclared":              {latin, "", lat},
		"utf-8 declared latin-1":        {meta(latin, "iso-8859-1"), "text/html; charset=ISO-8859-1", lat},
		"utf-8 with a mark":             {"\ufeff" + latin, "text/html; charset=windows-1251", lat},
		"decomposed":                    {strings.Replace(latin, "é", "e\u0301", 1), "", lat},
		"utf-16":                        {encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), latin), "text/html; charset=utf-8", lat},
		"windows-1252 undeclared":       {encode(charmap.Windows1252, latin), "", lat},
		"windows-1252 declared latin-1": {encode(charmap.Windows1252, latin), `text/html; charset="iso-8859-1"`, lat},
		"windows-1252 declared utf-8":   {meta(encode(charmap.Windows1252, latin), "utf-8"), "text/html; charset=utf-8", lat},
		"windows-1251 in the header":    {encode(charmap.Windows1251, russian), "text/html;charset=windows-1251", rus},
		"windows-1251 in the meta":      {meta(encode(charmap.Windows1251, russian), "windows-1251"), "text/html", rus},
		"windows-1251 undeclared":       {encode(charmap.Windows1251, russian), "", rus},
		"koi8-r, header is wrong":       {meta(encode(charmap.KOI8R, russian), "koi8-r"), "text/html; charset=utf-8", rus},
		"shift_jis in the meta":         {meta(encode(japanese.ShiftJIS, nihongo), "shift_jis"), "", nih},
		"iso-2022-jp in the header":     {encode(japanese.ISO2022JP, nihongo), "text/html; charset=iso-2022-jp", nih},
		"unknown charset":               {latin, "text/html; charset=klingon", lat},
	} {
		st, err := pageAt([]byte(c.data), c.contentType, address, true, noon)
		if err != nil || !strings.Contains(st.Text, c.want) {
			t.Errorf("%s: %v, text %q; want %q in it", name, err, st.Text, c.want)
		}
	}
}

func TestHostilePages(t *testing.T) {
	for name, source := range map[string]string{
		"empty":    "",
		"nested":   strings.Repeat("<div>", 100_000) + "x",
		"wide":     strings.Repeat("<p>a</p>", 200_000),
		"no text":  "<html><body><nav><a href=/>Home</a></nav></body></html>",
		"too long": strings.Repeat("word ", maxPage/4),
		"binary":   strings.Repeat("\x00\xff\xfe\x01", 5000),
		"open":     "<a <b <c <!-- <script>" + strings.Repeat("<table><tr>", 300),
	} {
		for _, fast := range []bool{false, true} {
			if st, err := Page([]byte(source), "", address, fast); err == nil || !strings.Contains(err.Error(), address) {
				t.Errorf("%s, fast %t: %v and %.60q, want an error that names the page", name, fast, err, st.Text)
			}
		}
	}
	st, err := pageAt([]byte(strings.Replace(htmlPage(), "and agreed", "and\x00 ag&#x202e;re\u00aded\x07", 1)), "", address, false, noon)
	if err != nil || strings.ContainsAny(st.Text, "\x00\x07\u00ad") {
		t.Errorf("control characters stay in %q (%v)", st.Text, err)
	}
}

// newsPage is a page as outlets have it: menus, teasers, an article, comments.
func newsPage() []byte {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="en"><head><title>Talks in Brennburg go on - The Brennburg Post</title><meta property="og:site_name" content="The Brennburg Post">
<meta property="article:published_time" content="2024-05-14T08:00:00Z"><style>` + strings.Repeat(".a{color:red}", 2000) + `</style></head><body><nav><ul>`)
	for range 150 {
		b.WriteString(`<li class="menu-item"><a href="/section/politics">Politics and more</a></li>`)
	}
	b.WriteString(`</ul></nav><main><article class="story"><h1>Talks in Brennburg go on</h1>`)
	for range 25 {
		b.WriteString(`<p class="story-text">The foreign minister of Corva said on Tuesday that the border with Brennia would stay open, and that talks <a href="/x">would go on</a> after the elections in May, whatever their result.</p><div class="ad"><script>show("ad")</script></div>`)
	}
	b.WriteString(`</article><aside>`)
	for range 60 {
		b.WriteString(`<div class="teaser"><a href="/y"><img src="z.jpg"><h3>Another story that is not this one</h3></a><p>Read more</p></div>`)
	}
	b.WriteString(`</aside></main><footer><p>All rights reserved</p></footer></body></html>`)
	return []byte(b.String())
}

func BenchmarkPage(b *testing.B) {
	data := newsPage()
	for name, fast := range map[string]bool{"trafilatura": false, "readability": true} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				st, err := pageAt(data, "text/html; charset=utf-8", address, fast, noon)
				if err != nil || !strings.HasPrefix(st.Text, "The foreign minister") && !strings.HasPrefix(st.Text, "Talks") {
					b.Fatalf("%v, %.80q", err, st.Text)
				}
			}
		})
	}
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(htmlPage()), "text/html; charset=utf-8", address)
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"), "text/html; charset=shift_jis", "http://[::1]/2024/04/22/")
	f.Fuzz(func(t *testing.T, data []byte, contentType, address string) {
		for _, fast := range []bool{false, true} {
			st, err := pageAt(data, contentType, address, fast, noon)
			if err == nil && (st.Text != plainText(st.Text) || st.Title != PlainTitle(st.Title)) {
				t.Errorf("the story %+v is not plain", st)
			}
		}
	})
}

func TestTheHeadingIsNotToldTwice(t *testing.T) {
	for _, c := range [][3]string{
		{"Iran and Pakistan meet\n\nThe ministers met.", "Iran and Pakistan meet - Example News", "The ministers met."},
		{"Iran and Pakistan met on Monday.\n\nThe ministers agreed.", "Iran and Pakistan met on Monday", "Iran and Pakistan met on Monday.\n\nThe ministers agreed."},
		{"By our correspondent\n\nThe ministers met.", "Iran and Pakistan meet", "By our correspondent\n\nThe ministers met."},
		{"One line", "One line", "One line"},
	} {
		if got := withoutHeading(c[0], c[1]); got != c[2] {
			t.Errorf("%q under the title %q gives %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
