package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

// While the data change again and again an answer is worked out by one at a time, and
// nobody gets one that is older than the question.
func TestAnswersAreWorkedOutOnce(t *testing.T) {
	c := newCache(newMetrics())
	var at, most, worked atomic.Int64
	handler := c.caching(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		most.Store(max(most.Load(), at.Add(1)))
		worked.Add(1)
		version := c.version.Load()
		c.changed() // the data change while it is worked out
		at.Add(-1)
		fmt.Fprint(w, version)
	}))
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			for range 50 {
				before := c.version.Load()
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, httptest.NewRequest("GET", "/api/x", nil))
				var got int64
				if _, err := fmt.Fscan(w.Body, &got); err != nil || got < before {
					t.Errorf("asked at %d and answered with %d: %v", before, got, err)
				}
			}
		})
	}
	wait.Wait()
	if most.Load() != 1 {
		t.Errorf("%d worked out one answer at once", most.Load())
	}
	t.Logf("%d answers were worked out %d times", 16*50, worked.Load())
}

// An answer that is too long to be kept, or an error, is no reason to wait for one
// another.
func TestWhatIsNotKept(t *testing.T) {
	c := newCache(newMetrics())
	long := make([]byte, cachedBytes+1)
	handler := c.caching(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/none" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Write(long)
	}))
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, path := range []string{"/api/long", "/api/none"} {
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
				if n, err := io.Copy(io.Discard, w.Body); err != nil || path == "/api/long" && n != int64(len(long)) || path == "/api/none" && w.Code != http.StatusNotFound {
					t.Errorf("%s gives %d with %d bytes: %v", path, w.Code, n, err)
				}
			}
		})
	}
	wait.Wait()
	if len(c.busy) > 0 || c.bytes > 0 {
		t.Errorf("%d answers are still worked out, %d bytes are kept", len(c.busy), c.bytes)
	}
}

// What is kept is bounded: what was used longest ago goes first.
func TestKeptAnswersAreBounded(t *testing.T) {
	c := newCache(newMetrics())
	body := make([]byte, 1<<20)
	handler := c.caching(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(body) }))
	for i := range 200 {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", fmt.Sprintf("/api/%d", i), nil))
	}
	if c.bytes > cacheBytes || len(c.entries) != c.order.Len() || len(c.entries) < 50 {
		t.Errorf("%d answers of %d bytes are kept", len(c.entries), c.bytes)
	}
}
