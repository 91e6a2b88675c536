// Package fetch brings news from the network: pages, and RSS, Atom and JSON feeds
// with the pages that they announce, once or again and again. It is polite to
// those it asks (robots.txt, one request at a time to a host, conditional
// requests, back-off) and trusts nothing of what they answer: size, time,
// redirects, compression and nesting are bounded, and addresses inside private
// networks are refused after the name is resolved.
package fetch

import (
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// projectPage tells whoever reads a server's log who asked.
const projectPage = "https://github.com/opendyad/dyad"

// Options say how a Client asks. The zero value of a field is its default; a
// negative HostDelay is none.
type Options struct {
	AllowPrivate bool   // permit hosts inside private networks, on this machine too
	Agent        string // how dyad calls itself: "dyad (+https://github.com/opendyad/dyad)"
	FastText     bool   // go-readability instead of go-trafilatura

	MaxBody      int64 // bytes of an answer after decompression: 8 MiB
	MaxRatio     int64 // to which compressed bytes may grow: 100
	MaxHeader    int64 // bytes: 64 KiB
	MaxRedirects int   // 5
	MaxItems     int   // of one feed at one poll, the first: 200

	Timeout        time.Duration // of one address with its redirects, waiting for a turn not counted: 30 s
	ConnectTimeout time.Duration // 10 s
	IdleTimeout    time.Duration // without a byte: 10 s
	HostDelay      time.Duration // from the end of one request to a host to the next: 1 s
	MaxCrawlDelay  time.Duration // the most that robots.txt may ask for: 30 s

	Interval time.Duration // between two polls of a feed to begin with: 10 min
	Workers  int           // feeds polled at the same time, most of them waiting: 32
	MaxPoll  time.Duration // after which the rest of a feed waits for its next poll: 10 min

	Resolver *net.Resolver // nil is the system's

	// Tests put these in place of the clock and of chance. Sleep waits for d or
	// until ctx ends; Random gives a number from 0 up to 1.
	Now    func() time.Time
	Sleep  func(ctx context.Context, d time.Duration) error
	Random func() float64
}

// A Client fetches. It may be used by many goroutines; Close it when done.
type Client struct {
	options   Options
	product   string // of the agent, as robots.txt names it: "dyad"
	transport *http.Transport

	mu    sync.Mutex
	hosts map[string]*host
	vain  map[string]attempt // by story
}

// New makes a client. It asks servers directly: proxies of the environment are
// not used, because a proxy resolves names itself, out of reach of the check for
// private addresses.
func New(o Options) *Client {
	o = withDefaults(o)
	product, _, _ := strings.Cut(strings.TrimSpace(o.Agent), " ")
	product, _, _ = strings.Cut(product, "/")
	c := &Client{options: o, product: strings.ToLower(product), hosts: map[string]*host{}, vain: map[string]attempt{}}
	dialer := &net.Dialer{Timeout: o.ConnectTimeout, Resolver: o.Resolver}
	if !o.AllowPrivate {
		dialer.Control = refusePrivate
	}
	c.transport = &http.Transport{
		DialContext:            dialer.DialContext,
		DisableCompression:     true, // ours is bounded
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    o.ConnectTimeout,
		ResponseHeaderTimeout:  o.IdleTimeout,
		MaxResponseHeaderBytes: o.MaxHeader,
	}
	return c
}

// Close closes the connections that are kept open for the next request.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

func withDefaults(o Options) Options {
	o.Agent = orElse(o.Agent, "dyad (+"+projectPage+")")
	o.MaxBody = orElse(o.MaxBody, 8<<20)
	o.MaxRatio = orElse(o.MaxRatio, 100)
	o.MaxHeader = orElse(o.MaxHeader, 64<<10)
	o.MaxRedirects = orElse(o.MaxRedirects, 5)
	o.MaxItems = orElse(o.MaxItems, 200)
	o.Timeout = orElse(o.Timeout, 30*time.Second)
	o.ConnectTimeout = orElse(o.ConnectTimeout, 10*time.Second)
	o.IdleTimeout = orElse(o.IdleTimeout, 10*time.Second)
	o.HostDelay = orElse(o.HostDelay, time.Second)
	o.MaxCrawlDelay = orElse(o.MaxCrawlDelay, 30*time.Second)
	o.Interval = orElse(o.Interval, 10*time.Minute)
	o.Workers = orElse(o.Workers, 32)
	o.MaxPoll = orElse(o.MaxPoll, 10*time.Minute)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	return o
}

func orElse[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
