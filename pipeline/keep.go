package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/dedup"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/store"
)

// A Keeper codes stories and keeps them in a store, each once.
type Keeper struct {
	Pipeline *Pipeline
	Store    *store.DuckDB
	Workers  int // 0: one a core
	// Told is called after each commit with what was done up to then, and may be nil.
	Told func(Kept)
	// Stored is called after each commit with what it stored, and with nothing when
	// reports were folded; it may be nil, and must not keep the entries.
	Stored func([]store.Entry)
	// Failed is called when the store fails, so that a source that waits for stories ends:
	// Keep returns when it has. It may be nil.
	Failed func(error)

	mutex   sync.Mutex
	known   map[uint64]uint64               // by the hash of a story's id, that of its text
	undated map[uint64]bool                 // by the hash of their ids, stories kept without a date
	redated map[string]map[string]dyad.Date // by its basis, the dates that such stories came with in this run, by id
}

// Kept says what became of the stories that were read.
type Kept struct {
	Stories int            // new ones, stored
	Known   int            // stored before, or twice in the input
	Redated int            // of those, the ones that had no date of publication and now do
	Foreign map[string]int // of the new ones, those not coded, by their language
	Failed  int            // stories that could not be read or coded
	First   []dyad.Failure // the first few failures
	Records int
}

// A Checkpoint is given by a source in place of an error, between stories: the state
// of a place that stories come from, to be kept when all stories before it are. A
// feed that was asked is thus asked again unless all that it gave was stored.
type Checkpoint struct{ Source store.Source }

// Error says what it is, should it be taken for a story's.
func (c *Checkpoint) Error() string { return "the state of " + c.Source.Address }

// A transaction holds at most batchStories stories, or what came within
// batchTime; coding them takes far longer than the transaction.
const (
	batchStories = 256
	batchTime    = time.Second
)

// Open reads what the store has, and folds what an interrupted run left unfolded.
func (k *Keeper) Open(ctx context.Context) error {
	k.known, k.undated, k.redated = map[uint64]uint64{}, map[uint64]bool{}, map[string]map[string]dyad.Date{}
	err := k.Store.Keys(ctx, func(id string, hash uint64, dated bool) {
		k.known[xxhash.Sum64String(id)] = hash
		if !dated {
			k.undated[xxhash.Sum64String(id)] = true
		}
	})
	if err != nil {
		return err
	}
	return Fold(ctx, k.Store)
}

// Known reports whether a story of this id is stored or about to be.
func (k *Keeper) Known(id string) bool {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	_, known := k.known[xxhash.Sum64String(id)]
	return known
}

// Keep codes and stores the stories of a source that are not stored yet. What it
// counted as stored when it returns, or tells meanwhile, is on the disk. It ends
// early, with the stories before stored, when ctx ends or the store fails.
func (k *Keeper) Keep(ctx context.Context, stories Source) (Kept, error) {
	kept := Kept{Foreign: map[string]int{}}
	results := make(chan store.Entry, batchStories)
	done := make(chan struct{})
	go func() {
		defer close(results)
		for entry := range inOrder(k.fresh(ctx, stories, &kept), k.Workers, k.entry) {
			select {
			case results <- entry:
			case <-done:
				return
			}
		}
	}()
	err := k.write(ctx, results, &kept)
	close(done)
	if err != nil && k.Failed != nil {
		k.Failed(err)
	}
	for range results { // the reader has to have stopped before kept is given away
	}
	if err == nil {
		err = k.redate(context.WithoutCancel(ctx), &kept)
	}
	if err == nil {
		err = ctx.Err()
	}
	return kept, err
}

// fresh lets through the stories that are not stored. One that has the id of a
// stored story and another text, such as a page that was edited, is given an id of
// its own.
func (k *Keeper) fresh(ctx context.Context, stories Source, kept *Kept) Source {
	return func(yield func(dyad.Story, error) bool) {
		for st, err := range stories {
			if ctx.Err() != nil {
				return
			}
			if err == nil && !k.isNew(&st) {
				k.mutex.Lock()
				kept.Known++
				k.mutex.Unlock()
				continue
			}
			if !yield(st, err) {
				return
			}
		}
	}
}

// isNew reports whether a story is to be stored, and from then on knows it.
func (k *Keeper) isNew(st *dyad.Story) bool {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	hash := dedup.Hash(st.Text)
	before, known := k.known[xxhash.Sum64String(st.ID)]
	if known && before != hash {
		st.ID += "~" + strconv.FormatUint(hash>>32, 16)
		_, known = k.known[xxhash.Sum64String(st.ID)]
	}
	at := xxhash.Sum64String(st.ID)
	switch {
	case !known:
		k.known[at] = hash
	case k.undated[at] && !st.Published.IsZero() && english(st): // others are not coded, now as before
		delete(k.undated, at)
		if k.redated[st.PublishedBasis] == nil {
			k.redated[st.PublishedBasis] = map[string]dyad.Date{}
		}
		k.redated[st.PublishedBasis][st.ID] = st.Published
	}
	return !known
}

// english reports whether a story is in the language that dyad codes.
func english(st *dyad.Story) bool { return st.Language == "" || st.Language == "en" }

// redate gives stories that were kept without a date the one that they came with
// now, and codes them again: "on Tuesday" has a meaning then.
func (k *Keeper) redate(ctx context.Context, kept *Kept) error {
	for basis, dates := range k.redated {
		if err := k.Store.SetPublished(ctx, dates, basis); err != nil {
			return err
		}
		if _, err := CodeAgain(ctx, k.Pipeline, k.Store, slices.Sorted(maps.Keys(dates))); err != nil {
			return err
		}
		kept.Redated += len(dates)
	}
	clear(k.redated)
	return nil
}

// entry codes a story and works out what folding will need.
func (k *Keeper) entry(st dyad.Story, err error) store.Entry {
	var reached *Checkpoint
	if errors.As(err, &reached) {
		return store.Entry{Source: &reached.Source}
	}
	if err != nil {
		return store.Entry{Failures: []dyad.Failure{failureOf(st, err)}}
	}
	e := store.Entry{Story: st, Hash: dedup.Hash(st.Text)}
	signature := dedup.Sign(st.Text)
	e.Signature = signature.Bytes()
	if !english(&st) {
		e.Note = "language " + st.Language
		return e
	}
	coding := k.Pipeline.Code(st)
	e.Records, e.Failures = coding.Records, coding.Failures
	for i := range e.Failures {
		e.Failures[i].Source = st.Source
	}
	if len(e.Failures) > 0 {
		e.Note = "failed in " + e.Failures[0].Stage
	}
	e.Keys = Keys(e.Records)
	return e
}

// Keys gives for each record a number that reports of the same happening share, 0
// for one that never folds.
func Keys(records []dyad.Record) []uint64 {
	keys := make([]uint64, len(records))
	for i := range records {
		if key := dedup.Key(&records[i]); key != "" {
			keys[i] = xxhash.Sum64String(key)
		}
	}
	return keys
}

// failureOf is the failure of a story that could not be read.
func failureOf(st dyad.Story, err error) dyad.Failure {
	f := dyad.Failure{Story: st.ID, Stage: "ingest", Error: err.Error(), Source: st.Source}
	var p *ingest.Problem
	if errors.As(err, &p) {
		f.Source, f.Input = p.Source, string(p.Input)
	}
	return f
}

// write stores entries in batches until there are no more.
func (k *Keeper) write(ctx context.Context, results <-chan store.Entry, kept *Kept) error {
	var batch []store.Entry
	folded := true
	commit := func() error {
		if len(batch) == 0 {
			return nil
		}
		folded = false
		// A commit that has begun is finished even when the user asks to stop.
		if err := k.Store.Add(context.WithoutCancel(ctx), batch); err != nil {
			return fmt.Errorf("storing %d stories: %w", len(batch), err)
		}
		k.mutex.Lock()
		kept.count(batch)
		told := *kept
		k.mutex.Unlock()
		if k.Stored != nil {
			k.Stored(batch)
		}
		batch = batch[:0]
		if k.Told != nil {
			k.Told(told)
		}
		return nil
	}
	late := time.NewTicker(batchTime)
	defer late.Stop()
	for {
		select {
		case entry, more := <-results:
			if !more {
				return commit()
			}
			if batch = append(batch, entry); len(batch) < batchStories {
				continue
			}
		case <-late.C:
			// Nothing has come for a while, as when feeds are followed: time to fold.
			if len(batch) == 0 && !folded {
				if err := Fold(context.WithoutCancel(ctx), k.Store); err != nil {
					return err
				}
				folded = true
				if k.Stored != nil {
					k.Stored(nil)
				}
			}
		}
		if err := commit(); err != nil {
			return err
		}
	}
}

func (kept *Kept) count(batch []store.Entry) {
	for i := range batch {
		e := &batch[i]
		kept.Records += len(e.Records)
		if len(e.Failures) > 0 {
			kept.Failed++
			if len(kept.First) < 5 {
				kept.First = append(kept.First, e.Failures[0])
			}
		}
		if e.Story.Text != "" {
			kept.Stories++
		}
		if e.Note != "" && len(e.Failures) == 0 {
			kept.Foreign[e.Story.Language]++
		}
	}
}
