//go:build cgo

package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/opendyad/dyad"
)

// Add stores stories with what became of them, in one transaction. An entry
// without text stores its failures only.
func (s *DuckDB) Add(ctx context.Context, entries []Entry) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	next := s.next
	err := within(ctx, s.write, func() error {
		err := s.appending(liveTables, func(t *tables) error {
			for i := range entries {
				e := &entries[i]
				if e.Story.Text == "" {
					continue
				}
				if err := t.addStory(next, e); err != nil {
					return fmt.Errorf("storing the story %s: %w", e.Story.ID, err)
				}
				if err := t.addRecords(next, e); err != nil {
					return fmt.Errorf("storing the records of the story %s: %w", e.Story.ID, err)
				}
				next++
			}
			return nil
		})
		if err != nil {
			return err
		}
		for i := range entries {
			if entries[i].Source != nil {
				if err := s.putSource(ctx, entries[i].Source); err != nil {
					return err
				}
			}
		}
		return s.addFailures(ctx, entries)
	})
	if err != nil {
		return explained(s.path, err)
	}
	s.next = next
	return nil
}

// tableNames are the three tables that rows are appended to; recoding has a set
// of its own until it has finished.
type tableNames struct{ stories, records, dyads string }

var liveTables = tableNames{"stories", "records", "dyads"}

// tables are open for rows to be appended.
type tables struct {
	stories, records, dyads *appender
	line                    []byte // a record's body, until it is copied
}

// appending opens the tables, lets rows be appended and flushes them. It runs
// within a transaction.
func (s *DuckDB) appending(names tableNames, add func(*tables) error) error {
	return s.write.Raw(func(c any) (err error) {
		t, flushing := &tables{}, new(sync.Mutex)
		for _, a := range []struct {
			to   **appender
			name string
		}{{&t.stories, names.stories}, {&t.records, names.records}, {&t.dyads, names.dyads}} {
			if a.name == "" {
				continue
			}
			if *a.to, err = newAppender(c.(driver.Conn), a.name, flushing); err != nil {
				return err
			}
			opened := *a.to
			defer func() { err = errors.Join(err, opened.close()) }()
		}
		return add(t)
	})
}

func (t *tables) addStory(number int64, e *Entry) error {
	a, st := t.stories, &e.Story
	a.int64(number)
	a.text(valid(st.ID))
	a.text(valid(st.Title))
	a.text(valid(st.Text))
	a.text(valid(st.URL))
	a.text(valid(st.Publisher))
	a.text(st.Language)
	a.day(st.Published)
	a.name(partOf(st.Published))
	a.text(st.PublishedBasis)
	a.text(valid(st.Source))
	a.time(time.Now())
	a.uint64(e.Hash)
	a.bytes(mapping.TypeBlob, e.Signature)
	a.int64(number)
	a.text(valid(e.Note))
	return a.end()
}

func (t *tables) addRecords(number int64, e *Entry) error {
	for i := range e.Records {
		var same uint64
		if i < len(e.Keys) {
			same = e.Keys[i]
		}
		p, err := prepare(&e.Records[i], t.line[:0])
		t.line = p.body
		if err == nil {
			err = errors.Join(t.addBody(number, &p), t.addDyads(number, &p, same))
		}
		if err != nil {
			return fmt.Errorf("record %s: %w", e.Records[i].ID, err)
		}
	}
	return nil
}

// addBody appends a record as it is.
func (t *tables) addBody(story int64, p *prepared) error {
	a := t.records
	a.uint64(p.id)
	a.int64(story)
	a.name(string(p.kind))
	a.text(p.origin)
	a.text(p.codebook)
	a.bytes(mapping.TypeVarchar, p.body)
	return a.end()
}

// addDyads appends what a record can be asked for.
func (t *tables) addDyads(story int64, p *prepared, same uint64) error {
	f := &p.facts
	ordinal := uint16(0)
	return f.pairs(func(actor, recipient side, how how) error {
		a := t.dyads
		a.uint64(p.id)
		a.uint16(ordinal)
		a.int64(story)
		a.name(string(p.kind))
		a.text(p.origin)
		a.day(p.date)
		a.name(p.datePart)
		a.name(p.dateBasis)
		a.text(actor.code)
		a.text(actor.sector)
		a.text(recipient.code)
		a.text(recipient.sector)
		a.uint32(pairNumber(actor.code, recipient.code))
		a.bool(how.mutual)
		a.bool(how.first)
		a.text(f.event)
		a.text(f.mode)
		a.uint8(uint8(f.quad))
		a.float32(float32(f.scale))
		a.uint8(f.aux)
		a.text(f.issues)
		a.text(f.assertedBy)
		a.text(f.country)
		a.text(f.city)
		a.float32(float32(p.confidence))
		a.uint64(same)
		a.uint64(p.id) // stands for itself until it is folded
		a.bool(true)
		a.text(f.province)
		a.day(p.until)
		ordinal++
		return a.end()
	})
}

// partOf says how much of a date is known.
func partOf(d dyad.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return "year"
	case d.Day == 0:
		return "month"
	}
	return "day"
}
