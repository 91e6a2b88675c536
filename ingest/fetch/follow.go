package fetch

import (
	"container/heap"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/opendyad/dyad"
)

// Bounds of a feed's schedule, and how the first polls are spread.
const (
	slowest    = time.Hour
	spreadEach = time.Second
)

// A plan is when a feed is polled next.
type plan struct {
	feed     Feed
	state    State
	interval time.Duration
	due      time.Time
}

type plans []*plan

func (p plans) Len() int           { return len(p) }
func (p plans) Less(i, k int) bool { return p[i].due.Before(p[k].due) }
func (p plans) Swap(i, k int)      { p[i], p[k] = p[k], p[i] }
func (p *plans) Push(x any)        { *p = append(*p, x.(*plan)) }
func (p *plans) Pop() any {
	last := len(*p) - 1
	x := (*p)[last]
	*p = (*p)[:last]
	return x
}

// A follower is one call of Follow or Poll.
type follower struct {
	c     *Client
	once  bool
	stop  context.CancelFunc
	queue plans
	jobs  chan *plan
	done  chan *plan
	busy  int

	mu    sync.Mutex // known, give and save are called one at a time
	known func(string) bool
	give  func(dyad.Story, error) bool
	save  func(State) error
	err   error // of save

	stopped bool // give wants no more
}

// Follow polls feeds, each on its own schedule, until ctx ends or give returns
// false, and then returns nil when what was begun has stopped. A feed that brings
// something new is asked twice as often the next time, one that brings nothing more
// and more seldom, down to once an hour; one that fails is backed off from, and one
// that is gone (410) is left out.
//
// states are the states of earlier runs by the feeds' addresses. known, give and
// save are never called at the same time. give gets stories as Stories does; save
// gets the state of a feed after all its stories were given, and an error of it ends
// the following. A story must be kept for good before save keeps the state of its
// feed, else a crash between the two may lose it: the feed would say "not modified".
func (c *Client) Follow(ctx context.Context, feeds []Feed, states map[string]State, known func(id string) bool, give func(dyad.Story, error) bool, save func(State) error) error {
	return (&follower{c: c, known: known, give: give, save: save}).follow(ctx, feeds, states)
}

// Poll asks each of the feeds once and now, whatever its schedule says, and returns when
// all have been asked. All else is as with Follow.
func (c *Client) Poll(ctx context.Context, feeds []Feed, states map[string]State, known func(id string) bool, give func(dyad.Story, error) bool, save func(State) error) error {
	return (&follower{c: c, once: true, known: known, give: give, save: save}).follow(ctx, feeds, states)
}

func (f *follower) follow(ctx context.Context, feeds []Feed, states map[string]State) error {
	if f.known == nil {
		f.known = func(string) bool { return false }
	}
	ctx, f.stop = context.WithCancel(ctx)
	defer f.stop()
	workers := max(1, min(f.c.options.Workers, len(feeds)))
	f.jobs, f.done = make(chan *plan, workers), make(chan *plan, workers)
	f.plan(ctx, feeds, states)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for p := range f.jobs {
				f.poll(ctx, p)
				f.done <- p
			}
		})
	}
	left := f.run(ctx, workers)
	close(f.jobs)
	group.Wait()
	if f.err == nil && !left && !f.once && ctx.Err() == nil {
		return fmt.Errorf("following %d feeds: none is left, each says that it is gone for good; put others into the list", len(feeds))
	}
	return f.err
}

// plan makes the first schedule, spread so that not all feeds are asked at once.
func (f *follower) plan(ctx context.Context, feeds []Feed, states map[string]State) {
	o := f.c.options
	now := o.Now()
	spread := min(o.Interval, spreadEach*time.Duration(len(feeds)))
	listed := map[string]bool{}
	for _, feed := range feeds {
		id := Canonical(feed.Address)
		if listed[id] {
			continue
		}
		listed[id] = true
		p := &plan{feed: feed, state: states[feed.Address], interval: o.Interval}
		if p.state.Kind == KindGone {
			for st, err := range f.c.Stories(ctx, feed.Address, &p.state, nil) {
				if !f.offer(st, err) {
					return
				}
			}
			continue
		}
		if last := p.state.NextTry.Sub(p.state.LastTried); p.state.Failures == 0 && !p.state.LastTried.IsZero() {
			p.interval = f.within(last)
		}
		p.due = p.state.NextTry
		if f.once || p.due.After(now.Add(maxWait)) { // the latter when the clock was put back
			p.due = now
		}
		if !f.once && !p.due.After(now) {
			p.due = now.Add(time.Duration(o.Random() * float64(spread)))
		}
		f.queue = append(f.queue, p)
	}
	heap.Init(&f.queue)
}

// run hands feeds that are due to the workers until ctx ends, or until no feed is
// left, when it reports false.
func (f *follower) run(ctx context.Context, workers int) bool {
	for ctx.Err() == nil {
		now := f.c.options.Now()
		for f.busy < workers && len(f.queue) > 0 && !f.queue[0].due.After(now) {
			f.busy++
			f.jobs <- heap.Pop(&f.queue).(*plan)
		}
		if f.busy == 0 && len(f.queue) == 0 {
			return false
		}
		f.await(ctx, workers, now)
	}
	return true
}

// await sleeps until a feed is due and a worker is free, a poll is done, or ctx ends.
func (f *follower) await(ctx context.Context, workers int, now time.Time) {
	asleep, wake := context.WithCancel(ctx)
	defer wake()
	var due chan struct{}
	if f.busy < workers && len(f.queue) > 0 {
		due = make(chan struct{})
		wait := f.queue[0].due.Sub(now)
		go func() {
			defer close(due)
			_ = f.c.options.Sleep(asleep, wait) // that ctx ended is seen below
		}()
	}
	select {
	case p := <-f.done:
		f.busy--
		if p.state.Kind != KindGone && !f.once {
			heap.Push(&f.queue, p)
		}
	case <-due:
	case <-ctx.Done():
	}
	wake()
	if due != nil {
		<-due
	}
}

// poll fetches one feed, sets when it is polled again, and saves its state.
func (f *follower) poll(ctx context.Context, p *plan) {
	known := func(id string) bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return f.known(id)
	}
	given := f.c.stories(ctx, p.feed, &p.state, known, f.offer)
	if ctx.Err() != nil {
		return // what was not given is announced again the next time
	}
	o := f.c.options
	if p.state.Failures == 0 {
		if given > 0 {
			p.interval = f.within(p.interval / 2)
		} else {
			p.interval = f.within(p.interval + p.interval/2)
		}
		p.state.NextTry = o.Now().Add(time.Duration((0.9 + 0.2*o.Random()) * float64(p.interval)))
	}
	p.due = p.state.NextTry
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return
	}
	if err := f.save(p.state); err != nil {
		f.err = fmt.Errorf("keeping the state of the feed %s: %w", told(p.feed.Address), err)
		f.stop()
	}
}

// within keeps an interval between half of that to begin with and an hour.
func (f *follower) within(d time.Duration) time.Duration {
	first := f.c.options.Interval
	return max(first/2, min(d, max(slowest, first)))
}

// offer gives a story to the caller.
func (f *follower) offer(st dyad.Story, err error) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stopped || !f.give(st, err) {
		f.stopped = true
		f.stop()
		return false
	}
	return true
}
