package main

import (
	"fmt"
	"strings"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/store"
)

// askingFlags say which records or stories are asked for.
type askingFlags struct {
	desk.Asked `embed:""`
	NoFold     bool `help:"Every report, not one for each happening."`
	Limit      int  `placeholder:"N" help:"At most so many."`
}

// check makes the store's filter of the flags.
func (a *askingFlags) check(book *codebook.Codebook) (store.Filter, error) {
	f, faults := a.Filter(book)
	f.Fold, f.Limit = !a.NoFold, a.Limit
	switch {
	case len(faults) > 0:
		return f, fmt.Errorf("--%s %v: %s", strings.ReplaceAll(faults[0].Parameter, "_", "-"), faults[0].Value, faults[0].Message)
	case a.Limit < 0:
		return f, fmt.Errorf("--limit %d: want a number above 0", a.Limit)
	}
	return f, nil
}

func upper(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ToUpper(s)
	}
	return out
}
