package web

import (
	"bytes"
	"container/list"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cespare/xxhash/v2"
)

const (
	cacheBytes  = 64 << 20
	cachedBytes = 4 << 20 // longer answers are not kept
)

// A cache keeps answers until the data change. As nothing else than this server
// writes to the store while it runs, it knows when they do: an answer's tag is the
// number of the change with the question, so that "is this still so?" is answered
// without working anything out.
type cache struct {
	born    int64 // another run of the server counts anew
	version atomic.Int64
	metrics *metrics
	working chan struct{} // has room for those who work answers out

	mutex   sync.Mutex
	entries map[string]*list.Element
	order   *list.List // of *cached, the one used last in front
	bytes   int
	busy    map[string]*work // answers being worked out
}

// work is an answer that is being worked out.
type work struct {
	done  chan struct{}
	keeps bool // set before done is closed: the answer is one that can be kept
}

// cached is an answer.
type cached struct {
	key     string
	version int64
	header  http.Header
	body    []byte
}

func newCache(m *metrics) *cache {
	// DuckDB works on one question with all cores: more of them at once only wait for
	// one another, and all come late.
	return &cache{born: time.Now().UnixNano(), metrics: m, working: make(chan struct{}, 2*runtime.GOMAXPROCS(0)),
		entries: map[string]*list.Element{}, order: list.New(), busy: map[string]*work{}}
}

// changed notes that the data are other than before.
func (c *cache) changed() { c.version.Add(1) }

// dataVersion names the state of the data.
func (c *cache) dataVersion() string {
	return strconv.FormatInt(c.born, 36) + "-" + strconv.FormatInt(c.version.Load(), 36)
}

// caching answers questions from the cache where it can.
func (c *cache) caching(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead || r.URL.Path == "/api/stream" {
			next.ServeHTTP(w, r)
			return
		}
		version := c.version.Load()
		key := r.URL.Path + "?" + r.URL.RawQuery + "\x00" + strings.Join(r.Header["Accept"], ",")
		tag := c.tag(key, version)
		w.Header().Set("Cache-Control", "private, no-cache")
		w.Header().Set("Vary", "Accept, Authorization")
		if slices.ContainsFunc(strings.Split(r.Header.Get("If-None-Match"), ","), func(t string) bool {
			return strings.TrimPrefix(strings.TrimSpace(t), "W/") == tag
		}) {
			w.Header().Set("ETag", tag)
			w.WriteHeader(http.StatusNotModified)
			c.metrics.cached.WithLabelValues("unchanged").Inc()
			return
		}
		c.answer(w, r, next, key, version)
	})
}

// answer gives a kept answer, waits for one that is being worked out, or lets it be
// worked out. One that is of when the question came, or later, will do: under a stream of
// changes nobody would get another.
func (c *cache) answer(w http.ResponseWriter, r *http.Request, next http.Handler, key string, asked int64) {
	var mine *work
	for alone := false; mine == nil; {
		c.mutex.Lock()
		if kept := c.get(key, asked); kept != nil {
			c.mutex.Unlock()
			c.metrics.cached.WithLabelValues("kept").Inc()
			give(w, r, kept, c.tag(key, kept.version))
			return
		}
		other := c.busy[key]
		if other == nil || alone {
			mine = &work{done: make(chan struct{})}
			if other == nil {
				c.busy[key] = mine
			}
			c.mutex.Unlock()
			break
		}
		c.mutex.Unlock()
		select {
		case <-other.done:
			alone = !other.keeps // then each works out its own
		case <-r.Context().Done():
			return
		}
	}
	defer func() {
		c.mutex.Lock()
		if c.busy[key] == mine {
			delete(c.busy, key)
		}
		c.mutex.Unlock()
		close(mine.done)
	}()
	select {
	case c.working <- struct{}{}:
	case <-r.Context().Done():
		mine.keeps = true // another may try
		return
	}
	// Who fetches a long answer slowly keeps nobody else waiting.
	leave := sync.OnceFunc(func() { <-c.working })
	defer leave()
	c.metrics.cached.WithLabelValues("worked out").Inc()
	version := c.version.Load()
	rec := &recorder{ResponseWriter: w, tag: c.tag(key, version), leave: leave}
	next.ServeHTTP(rec, r)
	if rec.status == http.StatusOK && !rec.long && r.Method == http.MethodGet {
		mine.keeps = true
		c.put(&cached{key: key, version: version, header: w.Header().Clone(), body: rec.body.Bytes()})
	}
}

func (c *cache) tag(key string, version int64) string {
	var b [24]byte
	binary.BigEndian.PutUint64(b[:], uint64(c.born))
	binary.BigEndian.PutUint64(b[8:], uint64(version))
	binary.BigEndian.PutUint64(b[16:], xxhash.Sum64String(key))
	return `"` + base64.RawURLEncoding.EncodeToString(b[:]) + `"`
}

func give(w http.ResponseWriter, r *http.Request, kept *cached, tag string) {
	for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Security-Policy", "Link"} {
		if v := kept.header.Values(name); len(v) > 0 {
			w.Header()[name] = v
		}
	}
	w.Header().Set("ETag", tag)
	w.Header().Set("Content-Length", strconv.Itoa(len(kept.body)))
	if r.Method == http.MethodGet {
		// The client has gone if this fails.
		_, _ = w.Write(kept.body)
	}
}

// get gives an answer of this version or a later one; the mutex is held.
func (c *cache) get(key string, version int64) *cached {
	at := c.entries[key]
	if at == nil {
		return nil
	}
	kept := at.Value.(*cached)
	if kept.version < version {
		return nil
	}
	c.order.MoveToFront(at)
	return kept
}

func (c *cache) put(a *cached) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if before := c.entries[a.key]; before != nil {
		if before.Value.(*cached).version > a.version {
			return
		}
		c.remove(before)
	}
	c.entries[a.key] = c.order.PushFront(a)
	c.bytes += a.size()
	for c.bytes > cacheBytes {
		c.remove(c.order.Back())
	}
}

func (c *cache) remove(at *list.Element) {
	a := c.order.Remove(at).(*cached)
	delete(c.entries, a.key)
	c.bytes -= a.size()
}

// size is what an answer takes, with what keeping it costs.
func (a *cached) size() int { return len(a.body) + len(a.key) + 1024 }

// A recorder keeps what is written through it, unless it gets long.
type recorder struct {
	http.ResponseWriter
	tag    string
	status int
	body   bytes.Buffer
	long   bool
	leave  func() // when it gets long
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
		if status == http.StatusOK {
			r.Header().Set("ETag", r.tag)
		} else {
			r.Header().Set("Cache-Control", "no-store")
		}
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.WriteHeader(http.StatusOK)
	}
	if !r.long {
		r.body.Write(b)
		if r.body.Len() > cachedBytes {
			r.long = true
			r.body = bytes.Buffer{}
			r.leave()
		}
	}
	n, err := r.ResponseWriter.Write(b)
	if err != nil {
		r.long = true // it is not whole
		return n, errors.Join(errGone, err)
	}
	return n, nil
}

// Unwrap lets http.ResponseController reach what is below.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

var errGone = errors.New("the client has gone")
