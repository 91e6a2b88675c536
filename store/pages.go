package store

import (
	"context"

	"github.com/opendyad/dyad"
)

// A Pager is the part of a Store that gives what is asked for a page at a time, as
// those want it who look at it.
type Pager interface {
	// RecordPage gives at most f.Limit records that a filter lets through, after a
	// mark, and the mark to go on from: nil at the end.
	RecordPage(ctx context.Context, f Filter, newest bool, after *Mark) ([]dyad.Record, *Mark, error)
	// StoryPage does so for stories, without their text.
	StoryPage(ctx context.Context, f Filter, newest bool, after *Mark) ([]Story, *Mark, error)
	// CountStories counts the stories that a filter lets through.
	CountStories(ctx context.Context, f Filter) (int64, error)
	// Heads gives stories by their ids, without their text.
	Heads(ctx context.Context, ids []string) (map[string]Story, error)
	// CopiesOf gives the ids of the stories in the cluster of one, at most 200.
	CopiesOf(ctx context.Context, id string) ([]string, error)
	// Read counts the stories that are stored, and the happenings of some origins.
	Read(ctx context.Context, origins []string) (WhatWasRead, error)
	// Named gives records by their ids.
	Named(ctx context.Context, ids []string) (map[string]dyad.Record, error)
}

// A Mark is a place in a list: after the record or story of this day and number. It
// stays where it is when others are stored.
type Mark struct {
	Day    string // "" of those without a date
	Number uint64
}

// WhatWasRead is how many stories are stored.
type WhatWasRead struct {
	Stories, Clusters  int64
	Outlets, Languages map[string]int64 // stories of each
	Happenings         map[dyad.Kind]int64
}
