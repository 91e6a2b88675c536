package fetch

import (
	"errors"
	"net/http"
	"time"
)

// What an address turned out to be, in State.Kind.
const (
	KindRSS  = "rss"
	KindAtom = "atom"
	KindJSON = "json"
	KindPage = "page"
	KindGone = "gone" // the server said that it is gone for good: it is not asked again
)

// A State is what is known of an address from the times that it was fetched. The
// caller keeps it from one run to the next.
type State struct {
	Address      string
	Kind         string // "" before it was read
	ETag         string
	LastModified string
	Failures     int    // since it was last read
	LastError    string // of the last time; of an address that moved for good: where to
	LastTried    time.Time
	NextTry      time.Time
}

// Bounds of the back-off after failures.
const (
	backoffFirst = 5 * time.Minute
	backoffLeast = time.Minute
	backoffMost  = 6 * time.Hour
)

// backoff is how long to wait after some failures in a row: any time up to a bound
// that doubles with each ("full jitter"), so that feeds that failed together, when
// the network was away, do not come back together.
func backoff(failures int, random float64) time.Duration {
	most := backoffMost
	if failures < 10 {
		most = min(most, backoffFirst<<max(failures, 0))
	}
	return max(backoffLeast, time.Duration(random*float64(most)))
}

// failed notes a failure and when to try again.
func (c *Client) failed(s *State, err error) {
	now := c.options.Now()
	s.Failures++
	s.LastError = err.Error()
	wait := backoff(s.Failures, c.options.Random())
	var f *failure
	if errors.As(err, &f) {
		wait = max(wait, f.wait)
		if f.status == http.StatusGone {
			s.Kind = KindGone
		}
	}
	s.NextTry = now.Add(wait)
}

// read notes that an address was had.
func (c *Client) read(s *State, a answer) {
	s.Failures, s.LastError = 0, ""
	if a.moved != "" {
		s.LastError = "it moved for good to " + told(a.moved) + ": write that into the list"
	}
	s.NextTry = c.options.Now().Add(c.options.Interval)
}

// remember keeps what makes the next request conditional.
func (s *State) remember(a answer) {
	s.ETag, s.LastModified = a.header.Get("ETag"), a.header.Get("Last-Modified")
	if len(s.ETag) > 1000 || len(s.LastModified) > 100 {
		s.ETag, s.LastModified = "", ""
	}
}
