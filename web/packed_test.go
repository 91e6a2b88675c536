package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

// fetch asks as a client does that unpacks nothing by itself.
func (x *site) fetch(path string, headers ...string) (*http.Response, []byte) {
	x.t.Helper()
	r, err := http.NewRequest("GET", x.base+path, nil)
	if err != nil {
		x.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		x.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		x.t.Fatalf("%s: %v", path, err)
	}
	return answer, body
}

func unpacked(t *testing.T, body []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// Long answers are packed for those who take it, and are the same unpacked.
func TestLongAnswersArePacked(t *testing.T) {
	x := serve(t)
	for _, path := range []string{"/api/pairs/IRN-PAK", "/api/records?limit=100", "/api/records?format=csv", "/api/pairs/IRN-PAK/brief?format=html", "/openapi.json"} {
		for range 2 { // worked out, and kept
			plain, want := x.fetch(path)
			packed, body := x.fetch(path, "Accept-Encoding", "br, gzip")
			if plain.Header.Get("Content-Encoding") != "" || packed.Header.Get("Content-Encoding") != "gzip" {
				t.Fatalf("%s is encoded as %q for all and %q for who takes gzip", path, plain.Header.Get("Content-Encoding"), packed.Header.Get("Content-Encoding"))
			}
			if len(body) > len(want)/2 || !bytes.Equal(unpacked(t, body), want) {
				t.Errorf("%s has %d bytes, packed %d that are not the same", path, len(want), len(body))
			}
			if !strings.Contains(strings.Join(packed.Header["Vary"], ","), "Accept-Encoding") || !strings.Contains(strings.Join(plain.Header["Vary"], ","), "Accept-Encoding") {
				t.Errorf("%s does not say that it varies", path)
			}
			tag, other := plain.Header.Get("ETag"), packed.Header.Get("ETag")
			if tag == "" {
				continue // the description of the API has none
			}
			if other != "W/"+tag {
				t.Errorf("%s has the tag %s, packed %s", path, tag, other)
			}
			again, body := x.fetch(path, "Accept-Encoding", "gzip", "If-None-Match", other)
			if again.StatusCode != http.StatusNotModified || len(body) > 0 || again.Header.Get("ETag") != other {
				t.Errorf("%s is asked for again and gives %s, %d bytes, %s", path, again.Status, len(body), again.Header.Get("ETag"))
			}
		}
	}
	for _, c := range []struct{ path, takes string }{
		{"/api/pairs/IRN-PAK", "gzip;q=0"}, {"/api/pairs/IRN-PAK", "identity"}, {"/api/about", "gzip"}, {"/api/records?format=parquet", "gzip"},
	} {
		if answer, _ := x.fetch(c.path, "Accept-Encoding", c.takes); answer.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s is packed for who says %s", c.path, c.takes)
		}
	}
}

// The files of the pages are packed once, under tags of their own.
func TestFilesArePacked(t *testing.T) {
	x := serve(t)
	for name, f := range files() {
		if f.packed == nil {
			continue
		}
		plain, want := x.fetch("/" + name)
		packed, body := x.fetch("/"+name, "Accept-Encoding", "gzip")
		if !bytes.Equal(unpacked(t, body), want) || !bytes.Equal(want, f.plain) {
			t.Errorf("%s is not the same packed", name)
		}
		if a, b := plain.Header.Get("ETag"), packed.Header.Get("ETag"); a == b || a == "" || b == "" {
			t.Errorf("%s has the tags %s and %s", name, a, b)
		}
		if again, _ := x.fetch("/"+name, "Accept-Encoding", "gzip", "If-None-Match", packed.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s is asked for again and gives %s", name, again.Status)
		}
	}
}

// What is there but cannot be done says what can.
func TestMethodsThatAreNotThere(t *testing.T) {
	x := serve(t)
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"DELETE", "/api/pairs", 405, "GET, HEAD"},
		{"PUT", "/api/records/00000000000000ab", 405, "GET, HEAD"},
		{"GET", "/api/records/00000000000000ab/correction", 405, "POST"},
		{"PUT", "/api/stories", 405, "GET, HEAD, POST"},
		{"POST", "/openapi.json", 405, "GET, HEAD"},
		{"POST", "/healthz", 405, "GET, HEAD"},
		{"POST", "/metrics", 405, "GET, HEAD"},
		{"POST", "/pair/IRN-PAK", 405, "GET, HEAD"},
		{"POST", "/api/nothing", 404, ""},
		{"GET", "/api/nothing", 404, ""},
	} {
		g := x.ask(c.method, c.path, "")
		if g.StatusCode != c.status || g.Header.Get("Allow") != c.allow || !strings.HasPrefix(g.Header.Get("Content-Type"), "application/problem+json") {
			t.Errorf("%s %s gives %s, Allow %q: %.200s", c.method, c.path, g.Status, g.Header.Get("Allow"), g.body)
		}
	}
}
