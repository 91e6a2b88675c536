package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/store"
)

// Recode codes all stored stories again, as after a change of the codebook, and
// then puts what that gave in the place of what there was. Until then the old
// records stay and are what is asked. When ctx ends it stops, and the next call
// goes on from there if the codebook is the same. told hears how many stories of
// how many are done, and may be nil.
func Recode(ctx context.Context, p *Pipeline, s *store.DuckDB, workers int, told func(done, all int64)) ([]store.ChangeCount, error) {
	if told == nil {
		told = func(int64, int64) {}
	}
	r, err := s.BeginRecoding(ctx, p.Coder().Codebook())
	if err != nil {
		return nil, err
	}
	told(r.Done, r.Stories)
	if err := recodeAll(ctx, p, s, workers, r, told); err != nil {
		return nil, err
	}
	// What is coded is coded: the last step is done even when the user asks to stop.
	ctx = context.WithoutCancel(ctx)
	changes, err := s.FinishRecoding(ctx, nil)
	if err != nil {
		return nil, err
	}
	return changes, Fold(ctx, s)
}

// recodeAll codes the stories that are not done and keeps what that gives, a batch
// at a time.
func recodeAll(ctx context.Context, p *Pipeline, s *store.DuckDB, workers int, r store.Recoding, told func(done, all int64)) error {
	var reading numbered
	var batch []store.Recoded
	commit := func() error {
		if err := s.AddRecoded(context.WithoutCancel(ctx), batch); err != nil {
			return fmt.Errorf("storing what %d stories gave: %w", len(batch), err)
		}
		r.Done += int64(len(batch))
		batch = batch[:0]
		told(r.Done, r.Stories)
		return nil
	}
	last := time.Now()
	for coded := range inOrder(reading.stories(ctx, s, r.After), workers, p.recoded) {
		coded.Number = reading.next()
		batch = append(batch, coded)
		if len(batch) == batchStories || time.Since(last) > batchTime {
			if err := commit(); err != nil {
				return err
			}
			last = time.Now()
		}
	}
	if err := commit(); err != nil {
		return err
	}
	if err := reading.failed(); err != nil {
		return err
	}
	return ctx.Err()
}

// recoded codes a stored story.
func (p *Pipeline) recoded(st dyad.Story, _ error) store.Recoded {
	coding := p.Code(st)
	r := store.Recoded{Records: coding.Records, Keys: Keys(coding.Records), Failures: coding.Failures}
	for i := range r.Failures {
		r.Failures[i].Source = st.Source
	}
	if len(r.Failures) > 0 {
		r.Note = "failed in " + r.Failures[0].Stage
	}
	return r
}

// numbered reads stored stories and remembers the numbers of those that are being
// coded.
type numbered struct {
	mutex   sync.Mutex
	numbers []int64
	err     error
}

func (n *numbered) stories(ctx context.Context, s *store.DuckDB, after int64) Source {
	return func(yield func(dyad.Story, error) bool) {
		for st, err := range s.Codable(ctx, after) {
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				n.mutex.Lock()
				n.err = err
				n.mutex.Unlock()
				return
			}
			n.mutex.Lock()
			n.numbers = append(n.numbers, st.Number)
			n.mutex.Unlock()
			if !yield(st.Story, nil) {
				return
			}
		}
	}
}

// next is the number of the next story that comes out.
func (n *numbered) next() int64 {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	number := n.numbers[0]
	n.numbers = n.numbers[1:]
	return number
}

// failed is the error that ended the reading.
func (n *numbered) failed() error {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.err
}

// CodeAgain codes some stored stories again and puts what that gives in the place
// of what they gave before. It gives the failures of each story, none for one that
// was coded; a story that fails keeps what it had.
func CodeAgain(ctx context.Context, p *Pipeline, s *store.DuckDB, ids []string) (map[string][]dyad.Failure, error) {
	failures := map[string][]dyad.Failure{}
	stories, err := s.StoriesOf(ctx, ids)
	if err != nil {
		return failures, err
	}
	results := make([]store.Recoded, len(stories))
	for i := range stories {
		results[i] = p.recoded(stories[i].Story, nil)
		results[i].Number = stories[i].Number
		failures[stories[i].ID] = results[i].Failures
	}
	return failures, s.Replace(ctx, results)
}

// redate gives stored stories the date of publication that they have come with, and
// codes them again as they are stored: "on Tuesday" has a meaning then. It gives what
// became of those that are stored.
func redate(ctx context.Context, p *Pipeline, s *store.DuckDB, workers int, came []dyad.Story) ([]store.Recoded, error) {
	dates := map[string]*dyad.Story{}
	for i := range came {
		dates[came[i].ID] = &came[i]
	}
	stories, err := s.StoriesOf(ctx, slices.Collect(maps.Keys(dates)))
	if err != nil {
		return nil, err
	}
	dated := func(yield func(dyad.Story, error) bool) {
		for i := range stories {
			st := stories[i].Story
			st.Published, st.PublishedBasis = dates[st.ID].Published, dates[st.ID].PublishedBasis
			if !yield(st, nil) {
				return
			}
		}
	}
	results := make([]store.Recoded, 0, len(stories))
	for r := range inOrder(dated, workers, p.redated) {
		r.Number = stories[len(results)].Number
		results = append(results, r)
	}
	defer s.HoldFolding()()
	return results, s.Redate(ctx, results)
}

// redated codes a stored story that has a date now. One in another language gets the
// date only.
func (p *Pipeline) redated(st dyad.Story, err error) store.Recoded {
	r := store.Recoded{Note: notCoded(&st)}
	if r.Note == "" {
		r = p.recoded(st, err)
	}
	r.Published, r.PublishedBasis = st.Published, st.PublishedBasis
	return r
}
