package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

type recodeCommand struct {
	storeFlag `embed:""`
	Workers   int    `default:"0" help:"Stories coded at once; 0 is one a core."`
	Codebook  string `placeholder:"DIR" help:"Use the codebook in this folder instead of the one built in."`
	Quiet     bool   `help:"No progress."`
}

// Run codes all stored stories again and says what that changed.
func (c *recodeCommand) Run() error {
	ctx, cancel := interruptible()
	defer cancel()
	p, err := load(c.Codebook, false)
	if err != nil {
		return err
	}
	s, err := c.open(store.Write)
	if err != nil {
		return err
	}
	defer s.Close()
	bar := newSteps(c.Quiet, "coding")
	var done, all int64
	changes, err := pipeline.Recode(ctx, p, s, c.Workers, func(n, of int64) {
		done, all = n, of
		bar.reached(n, of)
	})
	bar.end()
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(os.Stderr, "dyad: stopped after %d of %d stories; the records are as they were, and the same call goes on from there\n", done, all)
		return errSomeFailed
	case err != nil:
		return err
	}
	fmt.Fprintf(os.Stderr, "dyad: %d stories coded again with the codebook %s in %s\n", all, p.Coder().Codebook(), s.Path())
	tellChanges(changes)
	return nil
}

// tellChanges prints how many records of each kind and event came, went and changed.
func tellChanges(changes []store.ChangeCount) {
	if len(changes) == 0 {
		fmt.Println("Every record says what it said before.")
		return
	}
	fmt.Printf("%-12s  %-12s  %7s  %7s  %7s\n", "kind", "event", "added", "gone", "changed")
	for i := 0; i < len(changes); {
		row := changes[i]
		counts := map[string]int64{}
		for ; i < len(changes) && changes[i].Kind == row.Kind && changes[i].Event == row.Event; i++ {
			counts[changes[i].What] = changes[i].Count
		}
		fmt.Printf("%-12s  %-12s  %7d  %7d  %7d\n", row.Kind, firstFilled(row.Event, "-"),
			counts[store.ChangeAdded], counts[store.ChangeGone], counts[store.ChangeChanged])
	}
	fmt.Println("dyad diff shows each of them.")
}

// steps show on a terminal how many of a number of things are done, at what rate,
// and how long the rest will take. Elsewhere they show nothing.
type steps struct {
	quiet bool
	what  string
	bar   *progressbar.ProgressBar
}

func newSteps(quiet bool, what string) *steps {
	return &steps{quiet: quiet || !isTerminal(os.Stderr), what: what}
}

// reached shows that so many of all are done.
func (s *steps) reached(done, all int64) {
	if s.quiet {
		return
	}
	if s.bar == nil {
		s.bar = progressbar.NewOptions64(all, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetPredictTime(true),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("stories"),
			progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetDescription(s.what))
	}
	// The bar is on standard error, which nobody can do anything about.
	_ = s.bar.Set64(done)
}

// clear makes room for a line of output; the bar comes back at the next step.
func (s *steps) clear() {
	if s.bar != nil {
		_ = s.bar.Clear() // see reached
	}
}

// end takes the bar away.
func (s *steps) end() {
	if s.bar != nil {
		_ = s.bar.Finish() // see reached
	}
}
