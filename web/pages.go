package web

import (
	"embed"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
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
var views = []string{"", "pair", "issue", "issues", "actor", "story", "stories", "records", "explain", "sources", "stories"}

// addPages serves the bundle.
func (s *Server) addPages(mux *http.ServeMux) {
	files, err := fs.Sub(bundle, "app/dist")
	index, indexErr := fs.ReadFile(files, "index.html")
	built := err == nil && indexErr == nil
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			problem(w, http.StatusMethodNotAllowed, "pages can only be read")
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if built && name != "" && name != "index.html" {
			if file, err := files.Open(name); err == nil {
				defer file.Close()
				if info, err := file.Stat(); err == nil && !info.IsDir() {
					serveFile(w, r, name, file)
					return
				}
			}
		}
		page := notBuilt
		if built {
			page = string(index)
		}
		first, _, _ := strings.Cut(name, "/")
		known := slices.Contains(views, first)
		if !known && !strings.Contains(r.Header.Get("Accept"), "text/html") {
			problem(w, http.StatusNotFound, "there is nothing at "+r.URL.Path)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		if !known {
			w.WriteHeader(http.StatusNotFound)
		}
		// The client has gone if this fails.
		_, _ = io.WriteString(w, page)
	})
}

// serveFile serves a file of the bundle; those under assets/ have a hash in their name
// and stay what they are.
func serveFile(w http.ResponseWriter, r *http.Request, name string, file fs.File) {
	w.Header().Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if seeker, is := file.(io.ReadSeeker); is {
		http.ServeContent(w, r, name, time.Time{}, seeker)
	}
}
