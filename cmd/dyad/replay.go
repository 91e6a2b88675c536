package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/ingest/fetch"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

type replayCommand struct {
	Numbers      []int64 `arg:"" optional:"" name:"number" help:"Failures by their numbers, which dyad failures shows."`
	storeFlag    `embed:""`
	All          bool   `help:"All failures that are not solved."`
	Date         string `placeholder:"YYYY-MM-DD" help:"Publication date of stories that carry none, in place of the one that the first call gave."`
	Input        string `enum:",text,html,jsonl,petrarch,warc" default:"" help:"Form of the input; by extension and content when not given."`
	Codebook     string `placeholder:"DIR" help:"Use the codebook in this folder instead of the one built in."`
	Fast         bool   `help:"Take the text out of pages the faster way (readability), which is right less often."`
	AllowPrivate bool   `help:"Fetch from private and loopback addresses too."`
}

// Run tries again what failed.
func (c *replayCommand) Run() error {
	if len(c.Numbers) == 0 && !c.All {
		return errors.New("say what to try again: failures by their numbers, which dyad failures shows, or --all")
	}
	published, err := publicationDay(c.Date)
	if err != nil {
		return err
	}
	ctx, cancel := interruptible()
	defer cancel()
	s, err := c.open(store.Write)
	if err != nil {
		return err
	}
	defer s.Close()
	list, err := s.Failures(ctx, len(c.Numbers) > 0)
	if err != nil {
		return err
	}
	if list, err = numberedFailures(list, c.Numbers); err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(os.Stderr, "dyad: there are no failures to try again")
		return nil
	}
	p, err := load(c.Codebook, false)
	if err != nil {
		return err
	}
	r := &replay{store: s, pipeline: p, keeper: &pipeline.Keeper{Pipeline: p, Store: s, Workers: 1},
		options: ingest.Options{Input: ingest.Input(c.Input), Published: published, Fast: c.Fast}}
	r.client = fetch.New(fetch.Options{AllowPrivate: c.AllowPrivate, FastText: c.Fast})
	defer r.client.Close()
	if err := r.keeper.Open(ctx); err != nil {
		return err
	}
	return r.run(ctx, list)
}

// A replay tries failures again.
type replay struct {
	store    *store.DuckDB
	pipeline *pipeline.Pipeline
	keeper   *pipeline.Keeper
	client   *fetch.Client
	options  ingest.Options
}

func (r *replay) run(ctx context.Context, list []store.Failure) error {
	solved, failing := 0, 0
	for i := range list {
		if ctx.Err() != nil {
			break
		}
		f := &list[i]
		said, again, err := r.try(ctx, f)
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			return err
		}
		if again != nil {
			failing++
			fmt.Printf("%4d  %s: failed again in %s: %s\n", f.Number, f.Story, again.Stage, again.Error)
			if err := r.store.TriedFailure(ctx, f.Number, *again); err != nil {
				return err
			}
			continue
		}
		solved++
		fmt.Printf("%4d  %s: %s\n", f.Number, f.Story, said)
		if err := r.store.SolveFailures(ctx, []int64{f.Number}); err != nil {
			return err
		}
	}
	if err := pipeline.Fold(context.WithoutCancel(ctx), r.store); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "dyad: %d of %d solved", solved, len(list))
	if left := len(list) - solved - failing; left > 0 {
		fmt.Fprintf(os.Stderr, ", %d not tried because you asked to stop", left)
	}
	fmt.Fprintln(os.Stderr)
	if solved < len(list) {
		return errSomeFailed
	}
	return nil
}

// try tries a failure again: it gives what became of it, or how it failed this
// time. An error is one of the store.
func (r *replay) try(ctx context.Context, f *store.Failure) (said string, again *dyad.Failure, err error) {
	if f.Stage != "ingest" {
		return r.code(ctx, f)
	}
	o := r.options
	if o.Published.IsZero() { // then what is read is dated as the first call would have
		o.Published = f.Published
	}
	var last *dyad.Failure
	for _, stories := range r.readings(ctx, f, o) {
		said, again, err = r.keep(ctx, f, o.Published, stories)
		if again == nil || err != nil {
			return said, again, err
		}
		if last == nil {
			last = again
		}
	}
	return "", last, nil
}

// code codes a stored story again.
func (r *replay) code(ctx context.Context, f *store.Failure) (string, *dyad.Failure, error) {
	coded, err := pipeline.CodeAgain(ctx, r.pipeline, r.store, []string{f.Story})
	if err != nil {
		return "", nil, err
	}
	failures, stored := coded[f.Story]
	if !stored {
		again := f.Failure
		again.Error = "the story is not in the store any more; ingest it again"
		return "", &again, nil
	}
	if len(failures) > 0 {
		return "", &failures[0], nil
	}
	return "coded now", nil, nil
}

// readings are the ways in which what could not be read may be had now: from what
// was kept of it, and from where it came.
func (r *replay) readings(ctx context.Context, f *store.Failure, o ingest.Options) (out []iter.Seq2[dyad.Story, error]) {
	if f.Input != "" {
		out = append(out, ingest.Again([]byte(f.Input), f.Source, o))
	}
	switch {
	case isAddress(f.Source):
		address := f.Source
		if isAddress(f.Story) { // the page that a feed announced
			address = f.Story
		}
		return append(out, r.client.Stories(ctx, address, nil, nil))
	case f.Source == "-" || f.Source == "" || strings.HasPrefix(f.Source, "-:"):
		if len(out) == 0 {
			out = append(out, ingest.Again(nil, f.Source, o))
		}
		return out
	}
	return append(out, ingest.At(f.Source, o))
}

func isAddress(text string) bool {
	return strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://")
}

// keep codes and stores what a reading gives; what carries no date gets the one given.
func (r *replay) keep(ctx context.Context, f *store.Failure, published dyad.Date, stories iter.Seq2[dyad.Story, error]) (string, *dyad.Failure, error) {
	var again *dyad.Failure
	kept, err := r.keeper.Keep(ctx, func(yield func(dyad.Story, error) bool) {
		for st, err := range stories {
			if err != nil {
				if again == nil {
					again = &dyad.Failure{Story: f.Story, Stage: "ingest", Error: err.Error(), Source: f.Source}
				}
				continue
			}
			if st.Published.IsZero() && !published.IsZero() { // as that of a page that was fetched
				st.Published, st.PublishedBasis = published, dyad.PublishedGiven
			}
			if !yield(st, nil) {
				return
			}
		}
	})
	switch {
	case err != nil && ctx.Err() == nil:
		return "", nil, err
	case again != nil:
		return "", again, nil
	case kept.Stories == 0 && kept.Known > 0:
		return "stored already", nil, nil
	case kept.Failed > 0:
		return "read and stored now, but not coded: see dyad failures", nil, nil
	case kept.Stories == 0:
		return "", &dyad.Failure{Story: f.Story, Stage: "ingest", Error: "nothing is to be had there any more", Source: f.Source}, nil
	}
	return fmt.Sprintf("stored now, with %s", counted1(kept.Records, "record")), nil, nil
}
