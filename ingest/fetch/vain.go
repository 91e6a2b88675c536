package fetch

import (
	"errors"
	"time"
)

const (
	maxFailures = 3              // in a row: of a host within a poll, of a story between polls
	vainFor     = 24 * time.Hour // how long a story that cannot be had is passed over
	maxVain     = 50_000         // stories remembered as such
)

// An attempt is what came of a story that a feed announces again and again: a
// video, which has no article, would else be fetched at every poll.
type attempt struct {
	failures int
	until    time.Time // when it is tried again
}

// isPassing reports whether trying again later may help, and how long the server
// asks to wait.
func isPassing(err error) (wait time.Duration, passing bool) {
	var f *failure
	if errors.As(err, &f) {
		return f.wait, f.passing
	}
	return 0, false
}

// inVain reports whether a story need not be tried now.
func (c *Client) inVain(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.options.Now().Before(c.vain[id].until)
}

// giveUp passes over a story for a day.
func (c *Client) giveUp(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.options.Now()
	if len(c.vain) >= maxVain {
		for id, a := range c.vain {
			if !now.Before(a.until) {
				delete(c.vain, id)
			}
		}
		if len(c.vain) >= maxVain {
			clear(c.vain) // they are tried once more than need be
		}
	}
	c.vain[id] = attempt{until: now.Add(vainFor)}
}

// failedAgain counts a failure that may pass, and reports whether it has come too
// often to be tried at the next poll.
func (c *Client) failedAgain(id string) bool {
	c.mu.Lock()
	a := c.vain[id]
	a.failures++
	if a.failures < maxFailures && len(c.vain) < maxVain {
		c.vain[id] = a
		c.mu.Unlock()
		return false
	}
	c.mu.Unlock()
	c.giveUp(id)
	return true
}
