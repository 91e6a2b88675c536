package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/opendyad/dyad"
)

// A clock stands still until somebody sleeps, and then jumps to where he wakes.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return nil
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// A site is a server whose pages a test writes.
type site struct {
	*httptest.Server
	mux *http.ServeMux

	mu    sync.Mutex
	asked []string // paths in the order of the requests
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{mux: http.NewServeMux()}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		s.mu.Unlock()
		s.mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close) // waits for every request to end
	return s
}

// times tells how often a path was asked for.
func (s *site) times(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, p := range s.asked {
		if p == path {
			n++
		}
	}
	return n
}

// says makes a path answer with a body and a Content-Type.
func (s *site) says(path, contentType, body string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	})
}

// raw makes a path answer with bytes as they are, and then cut the connection.
func (s *site) raw(path, bytes string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		conn := hijack(w)
		defer conn.Close()
		_, _ = conn.Write([]byte(bytes))
	})
}

func hijack(w http.ResponseWriter) net.Conn {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	return conn
}

// open makes a client for a test's own server.
func open(t *testing.T, o Options) (*Client, *clock) {
	t.Helper()
	k := &clock{now: noon}
	o.AllowPrivate, o.Now, o.Sleep = true, k.Now, k.Sleep
	c := New(o)
	t.Cleanup(c.Close)
	return c, k
}

// A got is what Stories gave.
type got struct {
	stories []dyad.Story
	errs    []error
}

func all(c *Client, address string, state *State, known func(string) bool) (g got) {
	for st, err := range c.Stories(context.Background(), address, state, known) {
		if err != nil {
			g.errs = append(g.errs, err)
			continue
		}
		g.stories = append(g.stories, st)
	}
	return g
}

// wants checks that there is one error, a sentence with these words in it.
func (g got) wants(t *testing.T, words ...string) {
	t.Helper()
	if len(g.errs) != 1 {
		t.Fatalf("got %d stories and %d errors %v, want one error", len(g.stories), len(g.errs), g.errs)
	}
	for _, w := range words {
		if !strings.Contains(g.errs[0].Error(), w) {
			t.Errorf("the error %q does not say %q", g.errs[0], w)
		}
	}
	if strings.ContainsAny(g.errs[0].Error(), "\n\x00") {
		t.Errorf("the error %q is no line", g.errs[0])
	}
}

// one checks that there is one story and no error.
func (g got) one(t *testing.T) dyad.Story {
	t.Helper()
	if err := errors.Join(g.errs...); err != nil || len(g.stories) != 1 {
		t.Fatalf("got %d stories and the error %v, want one story", len(g.stories), err)
	}
	return g.stories[0]
}

const talks = "The president of Aldoria met the foreign minister of Brennia in the capital on Monday, and the two spoke about the border for three hours. " +
	"They agreed to meet again in the spring, officials of both countries said after the talks had ended."

func article(text string) string {
	return "<!DOCTYPE html><html lang=en><head><title>Talks open | Brennburg Post</title></head><body><nav><a href=/>Home</a></nav><article><h1>Talks open</h1><p>" +
		text + "</p><p>Corva, which shares the river with both, was not asked to come, and its government called that a mistake.</p></article></body></html>"
}

// rss writes a feed of items.
func rss(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Brennburg Post</title><link>https://post.example/</link><language>en-gb</language>` + "\n" +
		strings.Join(items, "\n") + `</channel></rss>`
}

func rssItem(link, date, description string) string {
	return fmt.Sprintf("<item><title>Talks open</title><link>%s</link><pubDate>%s</pubDate><description>%s</description></item>", link, date, description)
}
