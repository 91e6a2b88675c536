package fetch

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCanonical(t *testing.T) {
	for address, want := range map[string]string{
		"https://Post.Example/a?utm_source=rss&UTM_Medium=x":  "https://post.example/a",
		"https://post.example:443/a#top":                      "https://post.example/a",
		"http://post.example:8080":                            "http://post.example:8080/",
		"https://post.example/a?id=7&fbclid=x&b=%7e1":         "https://post.example/a?b=~1&id=7",
		"https://post.example/%7Euser/%c3%a9?":                "https://post.example/~user/%C3%A9",
		"https://post.example/é":                              "https://post.example/%C3%A9",
		"https://bücher.example/":                             "https://xn--bcher-kva.example/",
		"https://post.example/a/../b/./c":                     "https://post.example/b/c",
		"https://post.example/a/..":                           "https://post.example/",
		"https://www.post.example/a?at_medium=RSS&at_x=1":     "https://www.post.example/a?at_x=1",
		"https://post.example/news?page=2&partner=rss&emc=rs": "https://post.example/news?page=2&partner=rss",
		" https://post.example/a ":                            "https://post.example/a",
		"https://[2001:DB8::1]:443/":                          "https://[2001:db8::1]/",
		"no address":                                          "no address",
		"ftp://post.example/":                                 "ftp://post.example/",
	} {
		if got := Canonical(address); got != want {
			t.Errorf("Canonical(%q) is %q, want %q", address, got, want)
		}
	}
}

// What only tells where a reader came from changes nothing, the form of the address
// neither, and what is canonical stays so.
func TestCanonicalProperties(t *testing.T) {
	part := rapid.StringMatching(`[a-zA-Z0-9._~é -]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		var path, query []string
		for _, p := range rapid.SliceOfN(part, 0, 4).Draw(t, "path") {
			path = append(path, url.PathEscape(p))
		}
		for i, p := range rapid.SliceOfN(part, 0, 4).Draw(t, "query") {
			query = append(query, string(rune('a'+i))+"="+url.QueryEscape(p))
		}
		plain := "https://post.example/" + strings.Join(path, "/")
		tail := func(parts []string) string {
			if len(parts) == 0 {
				return ""
			}
			return "?" + strings.Join(parts, "&")
		}
		want := Canonical(plain + tail(query))
		if again := Canonical(want); again != want {
			t.Fatalf("%q becomes %q", want, again)
		}
		if _, err := parseAddress(want); err != nil {
			t.Fatal(err)
		}
		more := append([]string{"utm_" + rapid.StringMatching(`[a-z]{1,6}`).Draw(t, "utm") + "=x"}, query...)
		more = append(more, rapid.SampledFrom([]string{"fbclid=1", "gclid", "at_medium=RSS", ""}).Draw(t, "tracking"))
		other := strings.Replace(plain, "https://post.example", "HTTPS://POST.example:443", 1) + tail(more) + "#" + url.PathEscape(part.Draw(t, "fragment"))
		if got := Canonical(other); got != want {
			t.Fatalf("%q becomes %q, want %q", other, got, want)
		}
	})
}

func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"https://post.example/a?b=c", "http://[::1]:80/%2e%2E/", "http://a/%zz", "http://a.b/?&&=", "https://é.example/%%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Canonical(s)
		if twice := Canonical(once); twice != once {
			t.Errorf("%q becomes %q becomes %q", s, once, twice)
		}
	})
}
