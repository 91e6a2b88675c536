package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/opendyad/dyad/store"
)

// storeFlag is the --store of every command that has to do with one.
type storeFlag struct {
	Store string `placeholder:"FILE" type:"path" help:"The store; dyad/dyad.duckdb in the user's data folder when not given."`
}

// open opens the store for reading or writing.
func (s *storeFlag) open(mode store.Mode) (*store.DuckDB, error) {
	path := s.Store
	if path == "" {
		var err error
		if path, err = store.DefaultPath(); err != nil {
			return nil, err
		}
	}
	return store.Open(path, mode)
}

// interruptible ends when the user asks to stop; a second time ends the program at
// once.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, cancel)
	return ctx, cancel
}
