package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// An answer is what a server gave for an address.
type answer struct {
	status      int
	header      http.Header
	contentType string
	body        []byte
	address     *url.URL // where it came from, after redirects
	moved       string   // the address that it moved to for good, "" when not
}

// A failure is an address that could not be had. It says what was the matter and
// what to do.
type failure struct {
	address string
	what    string        // "the server answers 503 Service Unavailable; dyad tries again later"
	status  int           // of HTTP, 0 when there was no answer
	wait    time.Duration // what the server asks to wait, 0 when nothing
	passing bool          // trying again later may help
	err     error
}

func (f *failure) Error() string { return "fetching " + told(f.address) + ": " + f.what }
func (f *failure) Unwrap() error { return f.err }

// Reasons for which a request is ended from here.
var (
	errSlow = errors.New("the answer takes too long")
	errIdle = errors.New("the server has stopped sending")
	errLong = errors.New("the answer is too long")
	errBomb = errors.New("the answer grows too much when it is unpacked")
)

// get fetches an address, following redirects one by one, so that each passes the
// checks that the first does. known, when not nil, makes the request conditional.
func (c *Client) get(ctx context.Context, address string, known *State) (answer, error) {
	u, err := parseAddress(address)
	if err != nil {
		return answer{}, err
	}
	left := c.options.Timeout
	moved, permanent := "", true
	for range c.options.MaxRedirects + 1 {
		a, spent, err := c.visit(ctx, u, known, left)
		left -= spent
		if err != nil {
			return a, asFailure(address, u, err)
		}
		a.moved = moved
		target := a.header.Get("Location")
		switch a.status {
		case http.StatusMovedPermanently, http.StatusPermanentRedirect:
		case http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
			permanent = false
		default:
			return a, c.checkStatus(address, a)
		}
		if target == "" {
			return a, &failure{address: address, status: a.status, what: "the server says that it moved and not where to; look for its new address"}
		}
		next, err := u.Parse(strings.TrimSpace(target))
		if err == nil {
			next, err = parseAddress(next.String())
		}
		if err != nil {
			return a, &failure{address: address, status: a.status, err: err,
				what: fmt.Sprintf("it leads on to %s, which dyad does not fetch: %v", told(target), err)}
		}
		if permanent {
			moved = next.String()
		}
		u = next
	}
	return answer{}, &failure{address: address, what: fmt.Sprintf("it leads on more than %d times, in a circle perhaps; open it in a browser and take the address where that ends", c.options.MaxRedirects)}
}

// checkStatus makes a failure of an answer that holds no page.
func (c *Client) checkStatus(address string, a answer) error {
	text := strings.TrimSpace(fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)))
	f := &failure{address: address, status: a.status}
	switch s := a.status; {
	case s == http.StatusOK, s == http.StatusNotModified:
		return nil
	case s == http.StatusGone:
		f.what = "the server says that it is gone for good (410); take it out of the list"
	case s == http.StatusNotFound:
		f.what = "the server does not know it (404); look for its new address"
	case s == http.StatusUnauthorized, s == http.StatusForbidden:
		f.what = "the server refuses it (" + text + "); it may want subscribers only, or no programs"
	case s == http.StatusTooManyRequests, s >= 500, s == http.StatusRequestTimeout, s == http.StatusTooEarly:
		f.passing = true
		f.wait = retryAfter(a.header.Get("Retry-After"), c.options.Now())
		f.what = "the server answers " + text + "; dyad tries again later"
		if f.wait > 0 {
			f.what = fmt.Sprintf("the server answers %s and asks to wait %s; dyad tries again after that", text, f.wait)
		}
	default:
		f.what = "the server answers " + text + ", which holds no page; open it in a browser to see what it is now"
	}
	return f
}

// asFailure puts an error of the network into words.
func asFailure(address string, at *url.URL, err error) error {
	var f *failure
	if errors.As(err, &f) || errors.Is(err, context.Canceled) {
		return err
	}
	f = &failure{address: address, err: err, passing: true}
	var refused refusal
	var dns *net.DNSError
	switch {
	case errors.As(err, &refused):
		f.what, f.passing = refused.Error(), false
	case errors.Is(err, errBomb):
		f.what, f.passing = err.Error()+", as a trap does; it is not read", false
	case errors.Is(err, errLong):
		f.what, f.passing = err.Error()+" for a page or feed; it is not read", false
	case errors.Is(err, errSlow), errors.Is(err, errIdle), errors.Is(err, context.DeadlineExceeded):
		f.what = err.Error() + "; dyad tries again later"
	case errors.As(err, &dns):
		f.what = fmt.Sprintf("the host %s is not found (%s); look whether its name is right and the network is there", told(at.Hostname()), dns.Err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		f.what = "the answer broke off before its end; dyad tries again later"
	default:
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		f.what = told(err.Error()) + "; dyad tries again later"
	}
	return f
}

// hop makes one request, without following redirects.
func (c *Client) hop(ctx context.Context, u *url.URL, known *State, timeout time.Duration, maxBody int64, cut bool) (answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	whole := time.AfterFunc(timeout, func() { cancel(fmt.Errorf("%w, more than %s", errSlow, c.options.Timeout)) })
	defer whole.Stop()

	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("User-Agent", c.options.Agent)
	request.Header.Set("Accept", "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5")
	request.Header.Set("Accept-Language", "en, *;q=0.3")
	request.Header.Set("Accept-Encoding", "gzip, deflate")
	if known != nil {
		if known.ETag != "" {
			request.Header.Set("If-None-Match", known.ETag)
		}
		if known.LastModified != "" {
			request.Header.Set("If-Modified-Since", known.LastModified)
		}
	}
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return answer{}, because(ctx, err)
	}
	defer response.Body.Close()
	a := answer{status: response.StatusCode, header: response.Header, contentType: response.Header.Get("Content-Type"), address: u}
	if a.status != http.StatusOK {
		return a, nil
	}
	idle := time.AfterFunc(c.options.IdleTimeout, func() { cancel(fmt.Errorf("%w for %s", errIdle, c.options.IdleTimeout)) })
	defer idle.Stop()
	raw := &counted{from: response.Body, read: func() { idle.Reset(c.options.IdleTimeout) }}
	a.body, err = readBody(raw, response, maxBody, c.options.MaxRatio, cut)
	if err != nil {
		return a, because(ctx, err)
	}
	return a, nil
}

// because is the reason for which a request was ended from here, else err.
func because(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && ctx.Err() != nil {
		return cause
	}
	return err
}

// maxWait bounds what a server may ask dyad to wait.
const maxWait = 24 * time.Hour

// retryAfter reads a Retry-After header, seconds or a date, at most a day; 0 when
// it says nothing that is understood.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0
	}
	var wait time.Duration
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
		wait = time.Duration(min(seconds, uint64(maxWait/time.Second))) * time.Second
	} else if errors.Is(err, strconv.ErrRange) {
		wait = maxWait
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now).Round(time.Second)
	}
	return max(0, min(wait, maxWait))
}
