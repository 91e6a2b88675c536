package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

// An intake is where all stories come in, those that are posted and those of feeds,
// so that one writer stores them in batches.
type intake struct {
	server *Server
	keeper *pipeline.Keeper
	posted chan dyad.Story

	mutex   sync.Mutex
	waiting map[string]*pending // stories that are posted and not stored yet, by id
}

// pending is a story on its way.
type pending struct {
	text uint64 // hash
	done chan struct{}
	err  error // set before done is closed
}

func newIntake(ctx context.Context, s *Server) (*intake, error) {
	in := &intake{server: s, posted: make(chan dyad.Story), waiting: map[string]*pending{}}
	in.keeper = &pipeline.Keeper{Pipeline: s.options.Pipeline, Store: s.options.Store, Stored: in.stored}
	return in, in.keeper.Open(ctx)
}

// take stores a story and waits until it is. It reports whether it was stored before.
func (in *intake) take(ctx context.Context, st dyad.Story) (known bool, err error) {
	hash := xxhash.Sum64String(st.Text)
	in.mutex.Lock()
	p := in.waiting[st.ID]
	mine := p == nil
	switch {
	case !mine && p.text != hash:
		in.mutex.Unlock()
		return false, taken(st.ID)
	case mine && in.keeper.Known(st.ID):
		in.mutex.Unlock()
		return true, in.same(ctx, st)
	case mine:
		p = &pending{text: hash, done: make(chan struct{})}
		in.waiting[st.ID] = p
	}
	in.mutex.Unlock()
	if mine {
		select {
		case in.posted <- st:
		case <-ctx.Done():
			late := huma.ErrorWithHeaders(huma.Error503ServiceUnavailable("stories are coming faster than they are coded; post this one again later"), http.Header{"Retry-After": {"30"}})
			in.finish(st.ID, late)
			return false, late
		}
	} else if stored, err := in.server.storedStory(ctx, st.ID); err != nil || stored != nil {
		in.finish(st.ID, nil) // a feed brought it at the same time
		return true, err
	}
	select {
	case <-p.done:
		return !mine, p.err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

func taken(id string) error {
	return huma.Error409Conflict(fmt.Sprintf("the id %q is that of a story with another text", id))
}

// same checks that a stored story has the text of one that is posted under its id.
func (in *intake) same(ctx context.Context, st dyad.Story) error {
	stored, err := in.server.storedStory(ctx, st.ID)
	if err == nil && stored != nil && stored.Text != st.Text {
		return taken(st.ID)
	}
	return err
}

// finish tells those who wait for a story.
func (in *intake) finish(id string, err error) {
	in.mutex.Lock()
	defer in.mutex.Unlock()
	if p := in.waiting[id]; p != nil {
		p.err = err
		delete(in.waiting, id)
		close(p.done)
	}
}

// again is how long after a failure of the store it is tried again.
const again = 10 * time.Second

// run stores stories until the context ends; those that have come in by then are
// stored still. The store may fail, as when the disk is full: then those who wait are
// told, and it is tried again.
func (in *intake) run(ctx context.Context) error {
	for {
		// A source that goes on waiting for stories after the store has failed would take
		// the next one and lose it.
		reading, stop := context.WithCancel(ctx)
		in.keeper.Failed = func(error) { stop() }
		_, err := in.keeper.Keep(context.WithoutCancel(ctx), in.stories(reading))
		stop()
		if err == nil {
			err = pipeline.Fold(context.WithoutCancel(ctx), in.server.options.Store)
		}
		if ctx.Err() != nil || err == nil {
			return err
		}
		in.server.log.Error("stories cannot be stored", "error", err)
		in.fail(huma.Error503ServiceUnavailable("the story cannot be stored now; the server's log says why"))
		select {
		case <-time.After(again):
		case <-ctx.Done():
			return err
		}
		if err := in.keeper.Open(ctx); err != nil {
			in.server.log.Error("the store does not answer", "error", err)
		}
	}
}

// fail tells all who wait that their story is not stored.
func (in *intake) fail(err error) {
	in.mutex.Lock()
	defer in.mutex.Unlock()
	for id, p := range in.waiting {
		p.err = err
		close(p.done)
		delete(in.waiting, id)
	}
}

// stories gives what is posted and what comes from feeds, until the context ends.
func (in *intake) stories(ctx context.Context) pipeline.Source {
	return func(yield func(dyad.Story, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		type item struct {
			story dyad.Story
			err   error
		}
		feeds := make(chan item)
		var ended sync.WaitGroup
		defer ended.Wait()
		defer cancel()
		if open := in.server.options.Feeds; open != nil {
			ended.Go(func() {
				for st, err := range open(ctx, in.keeper) {
					select {
					case feeds <- item{st, err}:
					case <-ctx.Done():
						return
					}
				}
			})
		}
		for {
			var it item
			select {
			case <-ctx.Done():
				return
			case it.story = <-in.posted:
			case it = <-feeds:
			}
			if !yield(it.story, it.err) {
				return
			}
		}
	}
}

// stored hears what each commit stored, and that reports were folded.
func (in *intake) stored(entries []store.Entry) {
	s := in.server
	s.cache.changed()
	for i := range entries {
		e := &entries[i]
		if len(e.Failures) > 0 {
			s.metrics.failures.Inc()
			s.log.Warn("a story was not coded", "story", e.Failures[0].Story, "stage", e.Failures[0].Stage, "error", e.Failures[0].Error)
		}
		if e.Story.Text == "" {
			continue
		}
		s.metrics.stories.Inc()
		s.metrics.records.Add(float64(len(e.Records)))
		in.finish(e.Story.ID, nil)
	}
	if len(entries) > 0 {
		s.news.stored(s.cache.dataVersion(), entries)
	} else {
		s.lookForAlerts()
	}
}

// storyID makes an id for a story that has none, the same for the same story.
func storyID(st *dyad.Story) string {
	return "story-" + strconv.FormatUint(xxhash.Sum64String(st.Published.String()+"\x00"+st.Title+"\x00"+st.Text), 16)
}

func pathEscaped(id string) string { return url.PathEscape(id) }
