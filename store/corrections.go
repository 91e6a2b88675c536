package store

import (
	"context"
	"errors"
	"time"

	"github.com/opendyad/dyad"
)

// A Corrector is the part of a Store by which people put records right.
type Corrector interface {
	// Correct rejects a record or puts another in its place, under the same id. The
	// records that tell of the same are to be folded again: pipeline.FoldKeys.
	Correct(ctx context.Context, c Correction) (Correction, error)
	// UndoCorrection puts a record back as it was coded.
	UndoCorrection(ctx context.Context, number int64) (Correction, error)
	Corrections(ctx context.Context, f CorrectionFilter) ([]Correction, error)
	// TellingsOf gives the tellings of some keys, SetHappeningsOf keeps what was found
	// of them.
	TellingsOf(ctx context.Context, keys []uint64, give func([]Telling) error) error
	SetHappeningsOf(ctx context.Context, happenings map[uint64]uint64) error
}

// What a correction does.
const (
	Rejected  = "reject"
	Corrected = "correct"
)

// A Correction is what somebody says of a record: that it is wrong, or what is right.
// The rejected record leaves the tables, so that nothing counts it; the corrected one
// stands in them in the place of the one that was coded, under its id. When stories
// are coded again corrections are applied to what comes out.
type Correction struct {
	Number int64
	Record string // id
	Story  string // id, "" of an event of another project
	Action string
	Author string
	Note   string
	At     time.Time
	Undone time.Time // zero: it stands
	// Stale is whether the record is not coded any more, so that there is nothing to
	// correct.
	Stale  bool
	Before dyad.Record
	After  *dyad.Record // nil when it is rejected
	// KeyBefore and KeyAfter are what the two share with reports of the same, 0 for
	// nothing; Correct is given the latter and fills in the former.
	KeyBefore, KeyAfter uint64
}

// A CorrectionFilter says which corrections are asked for: of a record, of a story, or
// of all; with All those too that were undone.
type CorrectionFilter struct {
	Number        int64
	Record, Story string
	All           bool
}

// ErrNotThere is the error of naming what is not stored.
var ErrNotThere = errors.New("it is not stored")

// ErrCorrected is the error of correcting a record that is corrected already.
var ErrCorrected = errors.New("the record has a correction already")
