// Package store keeps stories, their records and all that belongs to them in one
// DuckDB file.
//
// # Tables
//
// A story is a row of stories, with its text. What it gave are rows of records,
// each with the whole record as a line of JSON (the body, the same bytes that
// dyad code prints), its reasons and evidence in it; the views reasons and
// evidence unfold them for SQL.
//
// Questions are put to dyads: a narrow row for each directed pair of a record,
// with everything that can be filtered by or counted. "China called on Iran and
// Pakistan" has two, CHN>IRN and CHN>PAK; so has "Iran and Pakistan held talks", one
// each way; a record that names nobody has one.
// The first row of each record has ordinal 0, so that records are counted with
// "where ordinal = 0".
//
// Nothing is deleted when reports are folded. A story's cluster is the number of
// the first story that it is a near-duplicate of, its own if of none; a record's
// happening is the id of the record that stands for all reports of it, its own
// if it is the only one. Both are a function of what is stored, worked out again
// for what new stories touch; meta's folded_to is the last story for which that
// was done.
//
// Events of other projects have another origin than 'dyad' and no story.
//
// What people say of records is in corrections: a rejected record is in no other table,
// a corrected one stands in them under the id of the one that was coded.
//
// While all stories are coded again, what that gives waits in records_next,
// dyads_next and stories_next; changes holds what the last such recoding changed.
//
// # Promises
//
// What Add, Import and the other writing methods took is on the disk when they
// return: a transaction each, all of it or nothing. One process writes at a time;
// several may read when none writes.
package store

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/opendyad/dyad"
)

// A Store is what DuckDB implements in one file, and a shared database may later.
// Its methods may be called from several goroutines; those that write wait for
// one another.
type Store interface {
	// Add stores stories with what became of them, in one transaction.
	Add(ctx context.Context, entries []Entry) error
	// Import stores events of other projects that are not stored yet, in one
	// transaction, and gives how many were new.
	Import(ctx context.Context, events Prepared) (int, error)
	// Keys calls give with every stored story's id, the hash of its text, and whether
	// it has a date of publication.
	Keys(ctx context.Context, give func(id string, hash uint64, dated bool)) error

	// Records gives the records that a filter lets through, by date.
	Records(ctx context.Context, f Filter) iter.Seq2[dyad.Record, error]
	// Stories gives the stories that a filter lets through, by date of publication.
	Stories(ctx context.Context, f Filter) iter.Seq2[Story, error]
	// Count counts happenings (records, if the filter does not fold) by the terms
	// given, of CountTerms.
	Count(ctx context.Context, f Filter, by []string) ([]Count, error)

	// WriteParquet writes the records that a filter lets through as a Parquet file, or
	// what Count gives for some terms; WriteStories writes stories. Both give the
	// number of rows.
	WriteParquet(ctx context.Context, f Filter, by []string, w io.Writer) (int64, error)
	WriteStories(ctx context.Context, f Filter, text bool, w io.Writer) (int64, error)

	Folder
	Recoder
	Tabulator
	Pager
	Corrector
	Alerter

	// Failures gives the failures that nothing has solved yet, or all.
	Failures(ctx context.Context, all bool) ([]Failure, error)
	// SolveFailures marks failures as solved; TriedFailure counts a try that failed.
	SolveFailures(ctx context.Context, numbers []int64) error
	TriedFailure(ctx context.Context, number int64, f dyad.Failure) error

	Sources(ctx context.Context) ([]Source, error)
	SaveSource(ctx context.Context, s Source) error

	// Verify tells every fault of what is stored.
	Verify(ctx context.Context, tell func(fault string), passed func(stories, all int64)) (Checked, error)
	// Path says where the store is.
	Path() string
	Close() error
}

// A Folder is the part of a Store by which reports of one happening are found.
type Folder interface {
	// HoldFolding keeps others from working out what tells of one happening, or from
	// taking records away meanwhile, until the function given back is called.
	HoldFolding() (release func())
	// Unfolded gives how many stories are new.
	Unfolded(ctx context.Context) (int64, error)
	// Near gives the stories that may be near-duplicates of new ones, Tellings the
	// records that may tell of the same as theirs.
	Near(ctx context.Context, days int, give func(*Near)) error
	Tellings(ctx context.Context, give func([]Telling) error) error
	// SetClusters and SetHappenings keep what was found; with the latter all stories
	// are folded.
	SetClusters(ctx context.Context, clusters map[int64]int64) error
	SetHappenings(ctx context.Context, happenings map[uint64]uint64) error
}

// A Tabulator is the part of a Store from which series, states and changes are worked
// out.
type Tabulator interface {
	// Rows gives the rows of events that a filter lets through, in no order.
	Rows(ctx context.Context, f Filter, give func(*Row) error) error
	// Ties counts what happened between each two countries of which a filter lets any
	// through.
	Ties(ctx context.Context, f Filter) ([]Tie, error)
	// Volume gives what was read on each day.
	Volume(ctx context.Context, origins []string) ([]DayVolume, error)
	// PairCounts counts what happened between each pair in each of so many periods of
	// some days before a day.
	PairCounts(ctx context.Context, origins []string, on dyad.Date, days, periods int) ([]PairCount, error)
	// KindsSeen gives when each kind of event was seen before a day and since.
	KindsSeen(ctx context.Context, origins []string, since dyad.Date) ([]KindSeen, error)
	// Span gives the first and last day of an actual event, SpanOf of those that a filter
	// lets through, LastTold the last day on which a record of any kind was published.
	Span(ctx context.Context, origins []string) (first, last dyad.Date, err error)
	SpanOf(ctx context.Context, f Filter) (first, last dyad.Date, err error)
	LastTold(ctx context.Context, f Filter) (dyad.Date, error)
}

// A Recoder is the part of a Store by which stored stories are coded again.
type Recoder interface {
	// BeginRecoding makes ready, or finds where it stopped.
	BeginRecoding(ctx context.Context, codebook string) (Recoding, error)
	// Codable gives the stories after a number that can be coded, StoriesOf those of
	// some ids.
	Codable(ctx context.Context, after int64) iter.Seq2[Story, error]
	StoriesOf(ctx context.Context, ids []string) ([]Story, error)
	// AddRecoded keeps new records beside the old ones, FinishRecoding puts them in
	// their place, all at once. Replace does so for some stories at once; Redate does, and
	// gives them a date of publication.
	AddRecoded(ctx context.Context, stories []Recoded) error
	FinishRecoding(ctx context.Context, told func(stories int64)) ([]ChangeCount, error)
	Replace(ctx context.Context, stories []Recoded) error
	Redate(ctx context.Context, stories []Recoded) error
	// Recoded gives the codebook of the last recoding, Changes what it changed.
	Recoded(ctx context.Context) (codebook string, err error)
	Changes(ctx context.Context, events []string) iter.Seq2[Change, error]
	CountChanges(ctx context.Context) ([]ChangeCount, error)
	// Codebooks gives the codebooks of all records, Coded the records themselves,
	// story by story.
	Codebooks(ctx context.Context) ([]string, error)
	Coded(ctx context.Context) iter.Seq2[dyad.Record, error]
}

// An Entry is a story with what became of it.
type Entry struct {
	Story     dyad.Story
	Hash      uint64 // of the text
	Signature []byte // for near-duplicates
	// Note says why the story was not coded ("language es"), "" when it was.
	Note     string
	Records  []dyad.Record
	Keys     []uint64 // of each record: what it shares with reports of the same happening; 0 for none
	Failures []dyad.Failure
	// Source is the state of a place that stories come from, nil for none.
	Source *Source
}

// A Story is a stored story.
type Story struct {
	dyad.Story
	Number  int64 // in the order of arrival, from 1
	Added   time.Time
	Cluster string // id of the first story that tells the same in much the same words
	Copies  int    // stories in its cluster, itself among them
	Records int    // records coded from it
	Note    string // why it was not coded, "" when it was
}

// A Failure is a stored failure.
type Failure struct {
	dyad.Failure
	Number int64
	At     time.Time
	Tries  int
	Solved bool
}

// A Source is a place that stories come from again and again: a feed, or a file.
type Source struct {
	Address      string
	Kind         string // "rss", "page", "file"
	ETag         string
	LastModified string
	Failures     int // since it was last read
	LastError    string
	LastTried    time.Time
	NextTry      time.Time
}

// A Count is a number of happenings or records with the values of the terms that
// they were counted by, in the order asked for.
type Count struct {
	By     []string
	Number int64
}

// A Filter says which records or stories are asked for. Fields that are empty let
// everything through; values in a list are alternatives.
type Filter struct {
	IDs         []string
	Kinds       []dyad.Kind
	Actor       []string // ISO 3166 alpha-3 codes, or a code and a sector: "IRN", "IRN GOV"
	Recipient   []string
	Either      []string // actor or recipient; two values joined by "-" are a pair either way: "IRN-PAK"
	Sector      []string // of either side
	Event       []string // PLOVER events
	Mode        []string
	Quad        []int
	Issue       []string
	Aux         []string  // records with this auxiliary mode; "actual" for those with none
	AssertedBy  []string  // codes; "writer" for what nobody is said to have said
	From, To    dyad.Date // of the record, both included
	Published   dyad.Date // of the story, both included
	PublishedTo dyad.Date
	Known       dyad.Date // what was known on that day: from stories published up to then or without a date, or from another project
	Place       []string  // country codes, or names of cities
	Outlet      []string
	Confidence  float64 // at least
	Story       []string
	Telling     []string // pairs, \"IRN-PAK\": all records of stories that tell of one
	Language    []string
	Origin      []string // none: coded by dyad; "icews", "gdelt"…; "all"
	Fold        bool     // one record for a happening, with its reports
	Limit       int
}

// ErrInUse is the error of opening a file that another process holds; the message
// names the process.
var ErrInUse = errors.New("the store is in use")

// ErrNewer is the error of opening a file that a newer dyad made.
var ErrNewer = errors.New("the store was made by a newer dyad")

// DefaultPath is where the store lies when none is named: dyad/dyad.duckdb in the
// user's data folder.
func DefaultPath() (string, error) {
	if folder := os.Getenv("XDG_DATA_HOME"); folder != "" {
		return filepath.Join(folder, "dyad", "dyad.duckdb"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errors.New("finding the user's data folder: there is no home folder; name a store with --store FILE")
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "dyad", "dyad.duckdb"), nil
	case "windows":
		if folder := os.Getenv("LocalAppData"); folder != "" {
			return filepath.Join(folder, "dyad", "dyad.duckdb"), nil
		}
	}
	return filepath.Join(home, ".local", "share", "dyad", "dyad.duckdb"), nil
}
