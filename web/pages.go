package web

import (
	"bytes"
	"embed"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cespare/xxhash/v2"
)

// bundle is what vite made of web/app, and a file that is there without it.
//
//go:embed all:app/dist*
var bundle embed.FS

// notBuilt is what is served when the pages were not built.
const notBuilt = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>dyad</title></head>
<body>
<h1>The pages are not in this program</h1>
<p>dyad was built without them. In a copy of its source, with Node 20 or newer, run</p>
<pre>make
./dyad serve</pre>
<p>The API is here all the same: <a href="/openapi.json">/openapi.json</a> describes it,
<a href="/api/changes">/api/changes</a> is what is out of the ordinary,
<a href="/api/records">/api/records</a> what is recorded.</p>
</body>
</html>
`

// views are the first parts of the paths that the page shows something at.
var views = []string{"", "pair", "issue", "issues", "actor", "story", "stories", "records", "explain", "sources", "compare"}

// A file of the bundle, with the same packed where that is shorter.
type file struct {
	plain, packed []byte
	tag           string // hash of plain
}

// files are those of the bundle by their paths, packed when they are first asked for.
var files = sync.OnceValue(func() map[string]*file {
	out := map[string]*file{}
	within, err := fs.Sub(bundle, "app/dist")
	if err != nil {
		return out
	}
	// Without a bundle there is nothing to walk.
	_ = fs.WalkDir(within, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		plain, err := fs.ReadFile(within, name)
		f := &file{plain: plain, tag: strconv.FormatUint(xxhash.Sum64(plain), 36)}
		if z := pack(plain); len(z) < len(plain)*9/10 {
			f.packed = z
		}
		out[name] = f
		return err
	})
	return out
})

// forGood is what is said of files with a hash in their name, which stay what they are.
const forGood = "public, max-age=31536000, immutable"

// addPages serves the bundle.
func (s *Server) addPages(mux *http.ServeMux) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			problem(w, http.StatusMethodNotAllowed, r.URL.Path+" can only be read")
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		first, _, _ := strings.Cut(name, "/")
		known := slices.Contains(views, first)
		index := files()["index.html"]
		switch f := files()[name]; {
		case f != nil:
			f.serve(w, r, name)
		case !known && !strings.Contains(r.Header.Get("Accept"), "text/html"):
			problem(w, http.StatusNotFound, "there is nothing at "+r.URL.Path)
		case known && index != nil:
			index.serve(w, r, "index.html")
		default:
			page := notBuilt
			if index != nil {
				page = string(index.plain)
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Cache-Control", "no-cache")
			if !known {
				w.WriteHeader(http.StatusNotFound)
			}
			// The client has gone if this fails.
			_, _ = io.WriteString(w, page)
		}
	})
}

// serve serves a file, packed to those who take it.
func (f *file) serve(w http.ResponseWriter, r *http.Request, name string) {
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", forGood)
	}
	body, tag := f.plain, f.tag
	if f.packed != nil && takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body, tag = f.packed, tag+"-gz"
	}
	h.Set("ETag", strconv.Quote(tag))
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}
