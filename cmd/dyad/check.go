package main

import (
	"fmt"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/cases"
	"github.com/opendyad/dyad/codebook"
)

type checkCommand struct {
	Codebook string `placeholder:"DIR" help:"The codebook folder to check; the one built in when not given."`
	NoRun    bool   `help:"Only read the files; do not run the examples."`
	Quiet    bool   `help:"Do not print warnings."`
}

// Run prints every fault, then how many; warnings do not fail.
func (c *checkCommand) Run() error {
	fsys, err := files(c.Codebook)
	if err != nil {
		return err
	}
	var run codebook.Runner
	if !c.NoRun {
		// A codebook that does not load cannot be run: its faults come out below.
		if r, err := worldRunner(c.Codebook); err == nil {
			run = func(sentence string) []dyad.Record { return r(sentence, cases.DefaultDate) }
		}
	}
	wrong, warnings := 0, 0
	now := time.Now()
	today := dyad.Date{Year: now.Year(), Month: int(now.Month()), Day: now.Day()}
	for _, f := range append(codebook.Check(fsys, run), codebook.Stale(fsys, today)...) {
		if f.Warning {
			warnings++
		} else {
			wrong++
		}
		if !f.Warning || !c.Quiet {
			fmt.Println(f)
		}
	}
	fmt.Printf("%d faults, %d warnings\n", wrong, warnings)
	if wrong > 0 {
		return errSomeFailed
	}
	return nil
}
