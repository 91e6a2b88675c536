package pipeline

import (
	"context"
	"errors"
	"fmt"
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
	// Published is the date that was given for stories that carry none: a failure keeps
	// it, so that what is read again gets it too.
	Published dyad.Date
	// Told is called after each commit with what was done up to then, and may be nil.
	Told func(Kept)
	// Stored is called after each commit with what it stored, and with nothing when
	// stories only got a date or reports were folded; it may be nil, and must not keep
	// the entries.
	Stored func([]store.Entry)
	// Failed is called when the store fails, so that a source that waits for stories ends:
	// Keep returns when it has. It may be nil.
	Failed func(error)

	mutex   sync.Mutex
	known   map[uint64]uint64 // by the hash of a story's id, that of its text
	undated map[uint64]bool   // by the hash of their ids, stories kept without a date
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
	k.known, k.undated = map[uint64]uint64{}, map[uint64]bool{}
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

// Undated reports whether a story of this id is stored, or about to be, without a date
// of publication.
func (k *Keeper) Undated(id string) bool {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return k.undated[xxhash.Sum64String(id)]
}

// Keep codes and stores the stories of a source that are not stored yet. What it
// counted as stored when it returns, or tells meanwhile, is on the disk. It ends
// early, with the stories before stored, when ctx ends or the store fails.
func (k *Keeper) Keep(ctx context.Context, stories Source) (Kept, error) {
	kept := Kept{Foreign: map[string]int{}}
	results := make(chan outcome, batchStories)
	done := make(chan struct{})
	go func() {
		defer close(results)
		for o := range inOrder(k.fresh(ctx, stories, &kept), k.Workers, k.outcome) {
			select {
			case results <- o:
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
		err = ctx.Err()
	}
	return kept, err
}

// errDated stands beside a story that is stored without a date of publication and has
// come with one.
var errDated = errors.New("stored before without a date of publication")

// fresh lets through the stories that are not stored, and those that are and have a
// date only now. One that has the id of a stored story and another text, such as a
// page that was edited, is given an id of its own.
func (k *Keeper) fresh(ctx context.Context, stories Source, kept *Kept) Source {
	return func(yield func(dyad.Story, error) bool) {
		for st, err := range stories {
			if ctx.Err() != nil {
				return
			}
			if err == nil {
				known, dated := k.meet(&st)
				if known {
					k.mutex.Lock()
					kept.Known++
					k.mutex.Unlock()
				}
				if known && !dated {
					continue
				}
				if dated {
					err = errDated
				}
			}
			if !yield(st, err) {
				return
			}
		}
	}
}

// meet reports whether a story is known, and from then on knows it; and whether it
// is one that was known without a date and has one now.
func (k *Keeper) meet(st *dyad.Story) (known, dated bool) {
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
		if st.Published.IsZero() {
			k.undated[at] = true
		}
	case k.undated[at] && !st.Published.IsZero():
		delete(k.undated, at)
		dated = true
	}
	return known, dated
}

// notCoded says why a story is kept and not coded, "" for one that is.
func notCoded(st *dyad.Story) string {
	if st.Language == "" || st.Language == "en" {
		return ""
	}
	return "language " + st.Language
}

// An outcome is what is to be stored of a story, or one that is stored and is to be
// given its date.
type outcome struct {
	entry store.Entry
	dated bool
}

func (k *Keeper) outcome(st dyad.Story, err error) outcome {
	if err == errDated {
		return outcome{store.Entry{Story: st}, true}
	}
	return outcome{k.entry(st, err), false}
}

// entry codes a story and works out what folding will need.
func (k *Keeper) entry(st dyad.Story, err error) store.Entry {
	var reached *Checkpoint
	if errors.As(err, &reached) {
		return store.Entry{Source: &reached.Source}
	}
	if err != nil {
		f := failureOf(st, err)
		f.Published = k.Published
		return store.Entry{Failures: []dyad.Failure{f}}
	}
	e := store.Entry{Story: st, Hash: dedup.Hash(st.Text)}
	signature := dedup.Sign(st.Text)
	e.Signature = signature.Bytes()
	if e.Note = notCoded(&st); e.Note != "" {
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

// write stores outcomes in batches until there are no more.
func (k *Keeper) write(ctx context.Context, results <-chan outcome, kept *Kept) error {
	var b batch
	folded := true
	late := time.NewTicker(batchTime)
	defer late.Stop()
	commit := func() error {
		if b.size() == 0 {
			return nil
		}
		folded = false
		// A commit that has begun is finished even when the user asks to stop.
		if err := k.commit(context.WithoutCancel(ctx), &b, kept); err != nil {
			return fmt.Errorf("storing %d stories: %w", b.size(), err)
		}
		b.entries, b.dated = b.entries[:0], b.dated[:0]
		late.Reset(batchTime) // the time that it took is no pause in which to fold
		return nil
	}
	for {
		select {
		case o, more := <-results:
			if !more {
				return commit()
			}
			if b.add(o); b.size() < batchStories {
				continue
			}
		case <-late.C:
			// Nothing has come for a while, as when feeds are followed: time to fold.
			if b.size() == 0 && !folded {
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

// A batch is what is stored together.
type batch struct {
	entries []store.Entry
	dated   []dyad.Story // stored, and to be given the date that they have here
}

func (b *batch) size() int { return len(b.entries) + len(b.dated) }

func (b *batch) add(o outcome) {
	if o.dated {
		b.dated = append(b.dated, o.entry.Story)
	} else {
		b.entries = append(b.entries, o.entry)
	}
}

// commit stores a batch and tells of it.
func (k *Keeper) commit(ctx context.Context, b *batch, kept *Kept) error {
	stories, sources := b.entries, []store.Entry(nil)
	if len(b.dated) > 0 {
		stories = nil
		for _, e := range b.entries {
			if e.Source != nil {
				sources = append(sources, e)
			} else {
				stories = append(stories, e)
			}
		}
	}
	// In this order: a story may come without a date and then with one in a single batch,
	// and a feed is asked again unless all that it gave is stored.
	var again []store.Recoded
	var err error
	if len(stories) > 0 {
		err = k.Store.Add(ctx, stories)
	}
	if err == nil && len(b.dated) > 0 {
		again, err = redate(ctx, k.Pipeline, k.Store, k.Workers, b.dated)
	}
	if err == nil && len(sources) > 0 {
		err = k.Store.Add(ctx, sources)
	}
	if err != nil {
		return err
	}
	k.mutex.Lock()
	kept.count(b.entries, again)
	told := *kept
	k.mutex.Unlock()
	if k.Stored != nil {
		k.Stored(b.entries)
	}
	if k.Told != nil {
		k.Told(told)
	}
	return nil
}

// count counts the entries of a batch, and the stories that got a date in it.
func (kept *Kept) count(entries []store.Entry, dated []store.Recoded) {
	for i := range entries {
		e := &entries[i]
		kept.Records += len(e.Records)
		kept.failed(e.Failures)
		if e.Story.Text != "" {
			kept.Stories++
		}
		if e.Note != "" && len(e.Failures) == 0 {
			kept.Foreign[e.Story.Language]++
		}
	}
	for i := range dated {
		kept.failed(dated[i].Failures)
	}
	kept.Redated += len(dated)
}

// failed counts a story that has failures.
func (kept *Kept) failed(failures []dyad.Failure) {
	if len(failures) == 0 {
		return
	}
	kept.Failed++
	if len(kept.First) < 5 {
		kept.First = append(kept.First, failures[0])
	}
}
