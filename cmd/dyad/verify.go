package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/opendyad/dyad/store"
)

type verifyCommand struct {
	storeFlag `embed:""`
	Quiet     bool `help:"No progress."`
}

// Run checks the store and tells every fault.
func (c *verifyCommand) Run() error {
	s, err := c.open(store.Read)
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, cancel := interruptible()
	defer cancel()
	bar := newSteps(c.Quiet, "checking")
	checked, err := s.Verify(ctx, func(fault string) {
		bar.clear()
		fmt.Println(fault)
	}, bar.reached)
	bar.end()
	if err != nil {
		return err
	}
	tellChecked(s.Path(), checked)
	if checked.Faults > 0 {
		return errSomeFailed
	}
	return nil
}

// tellChecked says what was looked at.
func tellChecked(path string, k store.Checked) {
	if k.Damaged {
		fmt.Fprintf(os.Stderr, "dyad: the file of the store %s is damaged; put back a copy of it, or ingest its sources into a new store\n", path)
		return
	}
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(k.Records)) {
		if n := k.Records[kind]; n > 0 {
			kinds = append(kinds, counted1(int(n), string(kind)))
		}
	}
	fmt.Fprintf(os.Stderr, "dyad: checked %s: %d stories in %d clusters; %s; %d happenings, %d pairs of parties", path, k.Stories, k.Clusters,
		firstFilled(strings.Join(kinds, ", "), "no records"), k.Happenings, k.Pairs)
	if k.Imported > 0 {
		fmt.Fprintf(os.Stderr, "; %d events of other projects", k.Imported)
	}
	if k.Failures > 0 {
		fmt.Fprintf(os.Stderr, "; %s kept", counted1(int(k.Failures), "failure"))
	}
	switch k.Faults {
	case 0:
		fmt.Fprintln(os.Stderr, ". Everything agrees.")
	default:
		fmt.Fprintf(os.Stderr, ". %s.\n", counted1(int(k.Faults), "fault"))
	}
}
