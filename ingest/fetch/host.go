package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

const (
	robotsKept  = 24 * time.Hour   // how long a robots.txt counts
	robotsRetry = 10 * time.Minute // when one that could not be had is asked for again
	maxHosts    = 4096             // remembered at a time, beside those in use
)

// A host is what dyad remembers of a server, so as not to be a burden to it.
type host struct {
	users int           // goroutines that hold it or wait for it; guarded by Client.mu
	turn  chan struct{} // full while a request is under way; whoever filled it owns what follows
	next  time.Time     // no request before
	quiet time.Time     // the server asked to be left alone until then
	rules map[string]hostRules
}

// hostRules is a robots.txt, by scheme: RFC 9309 has one for http and one for https.
type hostRules struct {
	robots
	err   error // why it could not be had, which means to stay away
	until time.Time
}

// visit makes one request when it is the host's turn, if its robots.txt permits
// the address. spent is the time that the network took.
func (c *Client) visit(ctx context.Context, u *url.URL, known *State, timeout time.Duration) (a answer, spent time.Duration, err error) {
	h, release, err := c.take(ctx, u)
	if err != nil {
		return a, 0, err
	}
	defer release()
	if wait := h.quiet.Sub(c.options.Now()); wait > 0 {
		return a, 0, &failure{address: u.String(), wait: wait, passing: true, status: http.StatusTooManyRequests,
			what: fmt.Sprintf("the server asked not to be asked again before %s; dyad waits", h.quiet.UTC().Format(time.RFC3339))}
	}
	rules, err := c.rulesOf(ctx, h, u)
	if err != nil {
		return a, 0, err
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if !rules.allows(path) {
		return a, 0, &failure{address: u.String(), what: "the robots.txt of " + told(u.Host) + " asks programs to leave it alone, and dyad does"}
	}
	if timeout <= 0 {
		return a, 0, fmt.Errorf("%w, more than %s", errSlow, c.options.Timeout)
	}
	if err := c.await(ctx, h); err != nil {
		return a, 0, err
	}
	began := time.Now() // by the real clock, which the timeouts of the network run by
	a, err = c.hop(ctx, u, known, timeout, c.options.MaxBody, false)
	spent = time.Since(began)
	now := c.options.Now()
	h.next = now.Add(max(c.options.HostDelay, min(rules.delay, c.options.MaxCrawlDelay)))
	if a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable {
		h.quiet = now.Add(retryAfter(a.header.Get("Retry-After"), now))
	}
	return a, spent, err
}

// await sleeps until the host may be asked again.
func (c *Client) await(ctx context.Context, h *host) error {
	if d := h.next.Sub(c.options.Now()); d > 0 {
		return c.options.Sleep(ctx, d)
	}
	return ctx.Err()
}

// take waits for a host's turn.
func (c *Client) take(ctx context.Context, u *url.URL) (*host, func(), error) {
	c.mu.Lock()
	h := c.hosts[u.Host]
	if h == nil {
		c.forget()
		h = &host{turn: make(chan struct{}, 1), rules: map[string]hostRules{}}
		c.hosts[u.Host] = h
	}
	h.users++
	c.mu.Unlock()
	leave := func() {
		c.mu.Lock()
		h.users--
		c.mu.Unlock()
	}
	select {
	case h.turn <- struct{}{}:
		return h, func() { <-h.turn; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, nil, ctx.Err()
	}
}

// forget drops hosts that nobody uses when there are too many, those whose robots.txt
// would be asked for again anyway and if need be the rest.
func (c *Client) forget() {
	if len(c.hosts) < maxHosts {
		return
	}
	now := c.options.Now()
	for _, all := range []bool{false, true} {
		for name, h := range c.hosts {
			if h.users == 0 && !now.Before(h.next) && !now.Before(h.quiet) && (all || h.stale(now)) {
				delete(c.hosts, name)
			}
		}
		if len(c.hosts) < maxHosts/2 {
			return
		}
	}
}

func (h *host) stale(now time.Time) bool {
	for _, r := range h.rules {
		if now.Before(r.until) {
			return false
		}
	}
	return true
}

// rulesOf gives the rules of a host's robots.txt, fetching it once a day. A host
// whose robots.txt cannot be had is left alone for the moment, unless an older one
// is known.
func (c *Client) rulesOf(ctx context.Context, h *host, u *url.URL) (hostRules, error) {
	now := c.options.Now()
	old, ok := h.rules[u.Scheme]
	if ok && now.Before(old.until) {
		return old, old.err
	}
	rules := hostRules{until: now.Add(robotsKept)}
	rules.robots, rules.err = c.fetchRobots(ctx, h, u)
	if rules.err != nil && ctx.Err() != nil {
		return rules, ctx.Err()
	}
	if rules.err != nil {
		rules.until = now.Add(robotsRetry)
		if ok && old.err == nil {
			rules.robots, rules.err = old.robots, nil
		}
	}
	h.rules[u.Scheme] = rules
	return rules, rules.err
}

// fetchRobots asks for a robots.txt. RFC 9309: what is refused or not there permits
// all, what fails permits nothing for now, and redirects are followed.
func (c *Client) fetchRobots(ctx context.Context, h *host, u *url.URL) (robots, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for range c.options.MaxRedirects + 1 {
		if err := c.await(ctx, h); err != nil {
			return robots{}, err
		}
		a, err := c.hop(ctx, at, nil, c.options.Timeout, maxRobots, true)
		h.next = c.options.Now().Add(c.options.HostDelay)
		if err != nil {
			return robots{}, robotsFailure(at, asFailure(at.String(), at, err))
		}
		switch s := a.status; {
		case s == http.StatusOK:
			return parseRobots(a.body, c.product), nil
		case s >= 300 && s < 400:
			next, err := at.Parse(a.header.Get("Location"))
			if err == nil {
				next, err = parseAddress(next.String())
			}
			if err != nil {
				return robots{}, nil
			}
			at = next
		case s == http.StatusTooManyRequests, s >= 500:
			return robots{}, robotsFailure(at, c.checkStatus(at.String(), a))
		default:
			return robots{}, nil
		}
	}
	return robots{}, nil
}

// robotsFailure says that a host is left alone because its robots.txt failed.
func robotsFailure(at *url.URL, err error) error {
	var f *failure
	if !errors.As(err, &f) {
		return err
	}
	g := *f
	g.address = at.String()
	if f.passing {
		g.what += "; until its robots.txt can be had the host is left alone"
	}
	return &g
}
