package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// packedFrom is the length from which an answer is worth packing: a shorter one goes in
// one packet as it is.
const packedFrom = 1400

// packed packs answers with gzip for clients that take it. An answer that is packed has
// a weak ETag, since its bytes are others; asking whether it is still so compares weakly
// either way.
func packed(next http.Handler) http.Handler {
	packers := sync.Pool{New: func() any {
		z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level is one there is
		return z
	}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := &packer{ResponseWriter: w, packers: &packers, takes: takesGzip(r) && r.Method != http.MethodHead}
		// An answer that panics is cut off: packing must not end it well.
		next.ServeHTTP(p, r)
		p.finish()
	})
}

// takesGzip reports whether a client takes gzip: "gzip;q=0" says that it does not.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, parameters, err := mime.ParseMediaType(strings.TrimSpace(part))
		if name != "gzip" || err != nil {
			continue
		}
		q, err := strconv.ParseFloat(parameters["q"], 64)
		return err != nil || q > 0
	}
	return false
}

// worthPacking are the types that get shorter: not Parquet, which is packed within, and
// not a stream of events, which must come at once.
func worthPacking(contentType string) bool {
	name, _, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil || name == "text/event-stream":
		return false
	case strings.HasPrefix(name, "text/"), strings.HasSuffix(name, "json"), strings.HasSuffix(name, "xml"):
		return true
	}
	return false
}

// A packer packs what is written through it, if it turns out to be worth it at the first
// write.
type packer struct {
	http.ResponseWriter
	packers *sync.Pool
	takes   bool
	status  int
	begun   bool
	zip     *gzip.Writer // nil: as it is
}

// WriteHeader keeps the status until it is known whether the answer is packed.
func (p *packer) WriteHeader(status int) {
	if status < http.StatusOK && status != http.StatusSwitchingProtocols {
		p.ResponseWriter.WriteHeader(status)
		return
	}
	if p.status == 0 {
		p.status = status
	}
}

func (p *packer) Write(b []byte) (int, error) {
	if !p.begun {
		p.begin(b)
	}
	if p.zip != nil {
		return p.zip.Write(b)
	}
	return p.ResponseWriter.Write(b)
}

// begin decides by the first bytes.
func (p *packer) begin(first []byte) {
	p.begun = true
	h := p.Header()
	h.Add("Vary", "Accept-Encoding")
	if p.takes && len(first) >= packedFrom && h.Get("Content-Encoding") == "" && h.Get("Content-Range") == "" && worthPacking(h.Get("Content-Type")) {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		h.Del("Accept-Ranges")
		weaken(h)
		p.zip, _ = p.packers.Get().(*gzip.Writer)
		p.zip.Reset(p.ResponseWriter)
	}
	if p.status == http.StatusNotModified && p.takes {
		weaken(h)
	}
	if p.status != 0 {
		p.ResponseWriter.WriteHeader(p.status)
	}
}

// weaken makes an ETag one of the same answer in other bytes. What was packed
// beforehand has a tag of its own.
func weaken(h http.Header) {
	if tag := h.Get("ETag"); tag != "" && !strings.HasPrefix(tag, "W/") && h.Get("Cache-Control") != forGood {
		h.Set("ETag", "W/"+tag)
	}
}

func (p *packer) finish() {
	if !p.begun && p.status != 0 {
		p.begin(nil)
	}
	if p.zip != nil {
		// The client has gone if this fails.
		_ = p.zip.Close()
		p.packers.Put(p.zip)
	}
}

// Unwrap lets http.ResponseController reach what is below.
func (p *packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// pack packs a file once and for all, as short as can be.
func pack(plain []byte) []byte {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil
	}
	// A buffer takes everything.
	_, _ = z.Write(plain)
	_ = z.Close()
	return b.Bytes()
}
