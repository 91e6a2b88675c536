package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func redirectTo(target string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if target != "" {
			w.Header().Set("Location", target)
		}
		w.WriteHeader(302)
	}
}

// Servers that answer with what they should not. Each ends in one sentence that
// names the address, within the bounds of the client.
func TestServersThatMisbehave(t *testing.T) {
	s := newSite(t)
	for path, status := range map[string]int{"/500": 500, "/503": 503, "/403": 403, "/401": 401, "/404": 404, "/204": 204, "/429": 429, "/418": 418} {
		s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}
	s.mux.HandleFunc("/circle", redirectTo("/circle"))
	s.mux.HandleFunc("/long-way/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) })
	s.raw("/too-long", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n"+article(talks))
	s.raw("/huge-length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx")
	s.raw("/no-length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx")
	s.raw("/reset", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n<html><p>The president of")
	s.raw("/no-http", "Welcome to the machine\r\n\r\n")
	s.raw("/nothing", "")
	s.raw("/header", "HTTP/1.1 200 OK\r\nX-Long: "+strings.Repeat("x", 200_000)+"\r\n\r\n")
	s.mux.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		line := bytes.Repeat([]byte("<p>Aldoria and Brennia talk. "), 100)
		for {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
	})
	s.mux.HandleFunc("/endless-headers", func(w http.ResponseWriter, _ *http.Request) {
		conn := hijack(w)
		defer conn.Close()
		fmt.Fprint(conn, "HTTP/1.1 200 OK\r\n")
		for {
			if _, err := conn.Write(bytes.Repeat([]byte("X-A: b\r\n"), 1000)); err != nil {
				return
			}
		}
	})
	s.mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s.mux.HandleFunc("/stops", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<html>")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	s.mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_, _ = w.Write([]byte("<"))
				_ = http.NewResponseController(w).Flush()
			case <-r.Context().Done():
				return
			}
		}
	})
	s.says("/empty", "text/html", "")
	s.says("/blank", "text/html", "  \n\t ")
	s.says("/binary", "text/html", "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00\xff\x01\x80", 5000))
	s.says("/pdf", "text/html", "%PDF-1.7\n"+strings.Repeat("\x00\xe2\x03", 5000))
	s.says("/deep", "text/html", "<html><body>"+strings.Repeat("<div>", 100_000)+talks)
	s.says("/json", "application/json", `{"error": "no such thing"}`)
	s.says("/array", "application/json", `[1, 2, 3]`)
	s.says("/xml", "text/xml", `<?xml version="1.0"?><catalog/>`)
	s.says("/sitemap", "text/xml", `<?xml version="1.0"?><urlset/>`)
	s.says("/open-doctype", "text/xml", `<!DOCTYPE rss [`)
	s.says("/many-doctypes", "text/xml", strings.Repeat("<!>", 2<<20))
	s.mux.HandleFunc("/brotli", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		fmt.Fprint(w, "xx")
	})
	s.mux.HandleFunc("/not-gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		fmt.Fprint(w, article(talks))
	})
	bomb := packed(t, "gzip", bytes.Repeat([]byte(" "), 7<<20))
	s.mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb)
	})
	for path, words := range map[string]string{
		"/500": "500 Internal Server Error", "/503": "503", "/403": "refuses it (403 Forbidden)", "/401": "401", "/404": "404", "/204": "holds no page", "/429": "429", "/418": "418",
		"/circle": "more than 5 times", "/long-way/": "more than 5 times",
		"/too-long": "broke off", "/huge-length": "too long", "/no-length": "Content-Length", "/reset": "broke off", "/no-http": "malformed HTTP", "/nothing": "",
		"/header": "header", "/endless": "more than 1000000 bytes", "/endless-headers": "header",
		"/silent": "timeout awaiting response headers", "/stops": "stopped sending", "/drip": "takes too long",
		"/empty": "empty", "/blank": "empty", "/binary": "image/png", "/pdf": "application/pdf", "/deep": "512",
		"/json": "JSON that is no JSON feed", "/array": "no article", "/xml": "neither RSS nor Atom", "/sitemap": "a sitemap", "/open-doctype": "empty", "/many-doctypes": "too long",
		"/brotli": `packed by "br"`, "/not-gzip": "not packed by gzip", "/bomb": "grows too much",
	} {
		t.Run(path[1:], func(t *testing.T) {
			o := Options{MaxBody: 1_000_000, HostDelay: -1}
			switch path {
			case "/silent", "/stops":
				o.IdleTimeout = 50 * time.Millisecond
			case "/drip":
				o.Timeout = 100 * time.Millisecond
			case "/bomb":
				o.MaxBody = 0
			}
			c, _ := open(t, o)
			var state State
			all(c, s.URL+path, &state, nil).wants(t, path, words)
			if state.Failures != 1 || state.LastError == "" || !state.NextTry.After(noon) {
				t.Errorf("the state is %+v", state)
			}
		})
	}
}

// What is wrong and can be read all the same.
func TestServersThatMisbehaveAndAreRead(t *testing.T) {
	s := newSite(t)
	page := strings.Replace(article(talks), "Corva", "Corva's “caf\u00e9”", 1)
	latin := strings.NewReplacer("“", "\x93", "”", "\x94", "é", "\xe9").Replace(page)
	s.says("/latin-as-utf8", "text/html; charset=utf-8", latin)
	s.says("/utf8-as-latin", "text/html; charset=iso-8859-1", page)
	s.says("/no-such-charset", "text/html; charset=klingon", page)
	s.says("/nul", "text/html", strings.ReplaceAll(page, "border", "bor\x00der"))
	s.raw("/too-short", fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(page)-20, page))
	for _, coding := range []string{"gzip", "deflate", "raw"} {
		body := packed(t, coding, []byte(page))
		s.mux.HandleFunc("/"+coding, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", strings.Replace(coding, "raw", "deflate", 1))
			_, _ = w.Write(body)
		})
	}
	s.mux.HandleFunc("/moved", redirectTo("latin-as-utf8"))
	c, _ := open(t, Options{})
	for _, path := range []string{"/latin-as-utf8", "/utf8-as-latin", "/no-such-charset", "/nul", "/too-short", "/gzip", "/deflate", "/raw", "/moved"} {
		t.Run(path[1:], func(t *testing.T) {
			st := all(c, s.URL+path, nil, nil).one(t)
			if !strings.Contains(st.Text, "spoke about the border") || !strings.Contains(st.Text, "Corva's “café”") || strings.Contains(st.Text, "\x00") {
				t.Errorf("the text is %q", st.Text)
			}
		})
	}
}

func packed(t *testing.T, coding string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	default:
		w, _ = flate.NewWriter(&b, flate.BestCompression)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// No request tells more of the reader than that dyad asks.
func TestRequestsTellNothing(t *testing.T) {
	s := newSite(t)
	var headers []http.Header
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		headers = append(headers, r.Header.Clone())
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "you"})
		if r.URL.Path == "/a" {
			http.Redirect(w, r, "/b", http.StatusFound)
			return
		}
		fmt.Fprint(w, article(talks))
	})
	c, _ := open(t, Options{})
	all(c, s.URL+"/a", nil, nil).one(t)
	if len(headers) != 3 { // robots.txt, /a, /b
		t.Fatalf("%d requests", len(headers))
	}
	for _, h := range headers {
		if h.Get("Cookie") != "" || h.Get("Referer") != "" || h.Get("Authorization") != "" || h.Get("User-Agent") != "dyad (+https://github.com/opendyad/dyad)" {
			t.Errorf("a request had %v", h)
		}
	}
}
