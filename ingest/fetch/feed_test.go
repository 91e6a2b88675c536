package fetch

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestKindOf(t *testing.T) {
	for text, want := range map[string]string{
		"<rss>": KindRSS, "\ufeff <?xml version='1.0'?>\n<!-- <html> --><RSS version=2>": KindRSS, "<rdf:RDF>": KindRSS,
		"<feed xmlns='x'>": KindAtom, "<a:feed>": KindAtom, "<!DOCTYPE feed [<!ENTITY a \"b>c\">]><feed>": KindAtom,
		"<!doctype HTML><rss>": KindPage, "<html>": KindPage, "<p>Talks": KindPage, "Talks open": KindPage, "<?xml version='1.0'?><html>": KindPage,
		"": "", "<?xml version='1.0'?><opml>": "", "{}": "", "{\"version\": \"https://jsonfeed.org/version/1\"}": KindJSON, "{\"version\": 1}": "", "<!--": "", "<?": "",
	} {
		if got, _ := kindOf(text); got != want {
			t.Errorf("kindOf(%q) is %q, want %q", text, got, want)
		}
	}
	kindOf(strings.Repeat("<!>", 3<<20)) // linear
}

var base = &url.URL{Scheme: "https", Host: "post.example", Path: "/news/feed"}

func read(t *testing.T, feed string, max int) news {
	t.Helper()
	text := decodeFeed([]byte(feed), "")
	kind, instead := kindOf(text)
	if instead != "" || kind == KindPage {
		t.Fatalf("the feed is %q %s", kind, instead)
	}
	n, err := readFeed(text, kind, base, max, noon)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLinksAndTitlesOfItems(t *testing.T) {
	n := read(t, rss(
		"<item><title>A &amp;amp; B: &lt;b&gt;talks&lt;/b&gt; <![CDATA[<i>open</i>]]></title><link> ../a </link></item>",
		"<item><title>Nul &#0;and &#x1;bell\a</title><guid>https://post.example/b</guid></item>",
		"<item><title>5 &lt; 6</title><link>javascript:alert(1)</link><guid>nine</guid></item>",
		"<item><title>"+strings.Repeat("&lt;", 200_000)+"</title><link>/c</link></item>",
		"<item><media:group><media:title>Not this</media:title></media:group><title>This</title><link>//other.example/d</link></item>",
	), 10)
	var got []string
	for _, it := range n.items {
		link := "none"
		if it.link != nil {
			link = it.link.String()
		}
		got = append(got, it.title+" > "+link)
	}
	want := []string{"A & B: talks open > https://post.example/a", "Nul and bell > https://post.example/b", "5 < 6 > none", " > https://post.example/c", "This > https://other.example/d"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTextOf(t *testing.T) {
	for s, want := range map[string]string{
		"Plain &amp; simple":                                                         "Plain & simple",
		"<p>One.</p><p>Two<br/>three.</p>":                                           "One.\n\nTwo\n\nthree.",
		"a<script>if (a<b) x()</script>b<style>c</style>":                            "ab",
		"<p>Talks.</p><p><a href=x>Continue reading...</a></p>":                      "Talks.",
		"<p>Talks.</p>\n<p>The post <a>Talks</a> appeared first on <a>Post</a>.</p>": "Talks.",
		"nul\x00 soft\u00adhyphen":                                                   "nul softhyphen",
		"<b>open":                                                                    "open",
		"<!-- <p>no</p> --> yes <":                                                   "yes <",
		strings.Repeat("<div>", 1<<18) + "deep":                                      "deep",
	} {
		if got := textOf(s); got != want {
			t.Errorf("textOf(%.60q) is %.200q, want %q", s, got, want)
		}
	}
}

// A feed that breaks gives the items before the damage and says where it is.
func TestDamagedFeeds(t *testing.T) {
	whole := rss(rssItem("/a", monday, "One."), rssItem("/b", monday, "Two."), rssItem("/c", monday, "Three."))
	for name, feed := range map[string]string{
		"cut":        whole[:strings.Index(whole, "Three")],
		"malformed":  strings.Replace(whole, "<description>Three", "<description <<>Three", 1),
		"nesting":    strings.Replace(whole, "Three.", strings.Repeat("<b>", 100_000), 1),
		"namespaces": strings.Replace(whole, "<description>Three", "<description"+strings.Repeat(" xmlns:a='b'", 1000)+">Three", 1),
		"huge item":  strings.Replace(whole, "Three.", strings.Repeat("Three. ", 1<<18), 1),
		"pieces":     strings.Replace(whole, "Three.", strings.Repeat("<![CDATA[x]]>", 50_000), 1),
	} {
		t.Run(name, func(t *testing.T) {
			n := read(t, feed, 10)
			if len(n.items) != 2 || n.items[1].text != "Two." || n.title != "Brennburg Post" || n.fault == nil {
				t.Fatalf("got %d items and the fault %v", len(n.items), n.fault)
			}
			if e := n.fault.Error(); !strings.Contains(e, "line 5, after 2 items") {
				t.Error(e)
			}
		})
	}
	for name, feed := range map[string]string{
		"before any item": "<rss><channel><title>x</channel <item>", "open": "<rss", "nested": strings.Repeat("<rss>", 1<<20), "spaces": "<feed" + strings.Repeat(" xmlns:a='b'", 300) + "/>",
		"control": "<rss version='1'><channel></rss>\x01", "json": `{"version": "https://jsonfeed.org/version/1", "items": 5}`, "json nesting": `{"version": "https://jsonfeed.org/version/1", "items": ` + strings.Repeat("[", 1<<20),
	} {
		text := decodeFeed([]byte(feed), "")
		kind, _ := kindOf(text)
		if n, err := readFeed(text, orElse(kind, KindJSON), base, 10, noon); len(n.items) > 0 {
			t.Errorf("%s: %d items, %v", name, len(n.items), err)
		}
	}
}

// Entities are never expanded, so a billion laughs is none.
func TestEntitiesAreNotExpanded(t *testing.T) {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [\n<!ENTITY lol0 \"lol\">\n")
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&b, "<!ENTITY lol%d \"%s\">\n", i, strings.Repeat(fmt.Sprintf("&lol%d;", i-1), 10))
	}
	b.WriteString("<!ENTITY file SYSTEM \"file:///etc/passwd\">]>\n<rss><channel><title>Laughs</title><item><title>&lol19;&file;</title><link>/a</link></item></channel></rss>")
	n := read(t, b.String(), 10)
	if len(n.items) != 1 || n.items[0].title != "&lol19;&file;" {
		t.Errorf("got %+v", n)
	}
}

// What a feed says in namespaces that are not read is left away before it costs
// anything: gofeed takes a quarter of a minute for each of these.
func TestForeignNamespaces(t *testing.T) {
	long := strings.Repeat("abcdefgh", 100_000) + strings.Repeat("<![CDATA[a]]>", 9000)
	for _, form := range []string{
		"<media:description>%s</media:description>", "<encoded xmlns='x'>%s</encoded>", "<description xmlns='http://www.w3.org/2005/Atom'>%s</description>",
		"<content xmlns='http://www.w3.org/2005/Atom'>%s</content>",
	} {
		item := "<item><title>Talks</title><link>/a</link>" + fmt.Sprintf(form, long) + "</item>"
		if n := read(t, rss(item, item), 10); len(n.items) != 2 || n.items[0].text != "" || n.fault != nil {
			t.Errorf("%s: %d items, %v", form, len(n.items), n.fault)
		}
	}
	if n := read(t, rss("<item xmlns='http://www.w3.org/2005/Atom'><title>"+long+"</title></item>", rssItem("/a", monday, "One.")), 10); len(n.items) != 1 {
		t.Errorf("%+v", n)
	}
}

func TestFeedOfManyItems(t *testing.T) {
	items := make([]string, 10_000)
	for i := range items {
		items[i] = rssItem(fmt.Sprintf("/%d", i), monday, "Talks are to open.")
	}
	if n := read(t, rss(items...), 200); len(n.items) != 200 || n.fault != nil || n.items[199].link.Path != "/199" {
		t.Errorf("%d items, %v", len(n.items), n.fault)
	}
}

func TestCharsetsOfFeeds(t *testing.T) {
	const title = "<title>“Café”</title>"
	feed := func(declared, title string) string {
		return "<?xml version=\"1.0\" encoding=\"" + declared + "\"?><rss><channel><title>Post</title><item>" + title + "<link>/a</link></item></channel></rss>"
	}
	windows := "<title>\x93Caf\xe9\x94</title>"
	wide := func(s string, big int) string {
		b := []byte{}
		for _, r := range s {
			two := []byte{byte(r), byte(r >> 8)}
			b = append(b, two[big], two[1-big])
		}
		return string(b)
	}
	for name, text := range map[string]string{
		"utf-8": feed("utf-8", title), "utf-8 as latin": feed("iso-8859-1", title), "utf-8 as utf-16": feed("utf-16", title), "utf-8 as nonsense": feed("klingon", title),
		"windows": feed("windows-1252", windows), "windows as latin": feed("ISO-8859-1", windows), "windows as utf-8": feed("utf-8", windows), "windows as utf-16": feed("utf-16", windows),
		"little": wide(feed("utf-16", title), 0), "big": wide(feed("utf-16", title), 1), "mark": "\xff\xfe" + wide(feed("utf-8", title), 0), "utf-8 mark": "\xef\xbb\xbf" + feed("utf-16", title),
		"a broken letter": feed("utf-8", "<title>“Café”\xe2\x80</title>"),
	} {
		n := read(t, text, 10)
		want := "“Café”"
		if name == "a broken letter" {
			want += "\ufffd\ufffd"
		}
		if len(n.items) != 1 || n.items[0].title != want {
			t.Errorf("%s: %+v", name, n.items)
		}
	}
}

func FuzzFeed(f *testing.F) {
	for _, s := range []string{
		rss(rssItem("/a", monday, "<![CDATA[<p>Talks</p>]]>")), "<rdf:RDF><item/></rdf:RDF>", "<feed><entry><link href='/a'/><content type='xhtml'><div>a</div></content></entry></feed>",
		`{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/a", "content_html": "<p>"}]}`, "<rss><item></x></item><item>", "<rss><a><item><title>", "\xff\xfe<\x00r\x00",
		"<rss><channel><item></channel></item><item></rss>", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>&a;&#0;</rss>", "<rss xml:base='http://[::1'><item><link>a</link></item></rss>",
	} {
		f.Add([]byte(s), "text/xml; charset=utf-8")
	}
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		text := decodeFeed(data, contentType)
		if !utf8.ValidString(text) {
			t.Fatal("the text is no UTF-8")
		}
		kind, instead := kindOf(text)
		if (kind == "") != (instead != "") {
			t.Fatalf("the kind is %q and %q", kind, instead)
		}
		if kind == "" || kind == KindPage {
			return
		}
		n, err := readFeed(text, kind, base, 3, noon)
		if err != nil && len(n.items) > 0 || len(n.items) > 3 {
			t.Fatalf("%d items and %v", len(n.items), err)
		}
		for _, it := range n.items {
			if strings.ContainsAny(it.title+it.text, "\x00\x01") || !it.published.IsZero() && it.published.Year < 1990 {
				t.Fatalf("the item %+v", it)
			}
			if it.link != nil && it.link.Scheme != "http" && it.link.Scheme != "https" {
				t.Fatalf("the link %s", it.link)
			}
		}
	})
}

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, " 5 ": 5 * time.Second, "-5": 0, "soon": 0, "99999999999999999999999": 24 * time.Hour, "1000000": 24 * time.Hour,
		"Tue, 24 Nov 2026 12:30:00 GMT": 30 * time.Minute, "Tue, 24 Nov 2026 11:30:00 GMT": 0, "Tue, 24 Nov 2099 11:30:00 GMT": 24 * time.Hour,
	} {
		if got := retryAfter(value, noon); got != want {
			t.Errorf("%q is %s, want %s", value, got, want)
		}
	}
}
