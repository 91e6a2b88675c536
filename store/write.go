//go:build cgo

package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
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

// Import stores events of other projects, in one transaction. One that is stored
// already is left out.
func (s *DuckDB) Import(ctx context.Context, records []dyad.Record) (int, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.loadKnown(ctx); err != nil {
		return 0, explained(s.path, err)
	}
	added := make([]uint64, 0, len(records))
	err := within(ctx, s.write, func() error {
		return s.appending(liveTables, func(t *tables) error {
			isNew := func(p *prepared) bool {
				if !s.known.add(p.id) {
					return false
				}
				added = append(added, p.id)
				return true
			}
			for batch := range t.preparing(records, isNew) {
				for i := range batch.records {
					p := &batch.records[i]
					if err := t.addDyads(0, p, 0); err != nil {
						return fmt.Errorf("storing the event %s: %w", p.record.ID, err)
					}
				}
				if batch.err != nil {
					return batch.err
				}
			}
			return nil
		})
	})
	if err != nil {
		for _, id := range added {
			s.known.remove(id)
		}
		return 0, explained(s.path, err)
	}
	return len(added), nil
}

// A preparedBatch is records that were prepared together, up to the first that
// could not be.
type preparedBatch struct {
	records []prepared
	err     error
}

// preparing prepares the records that are new and appends them to their table,
// while those before them are appended to dyads, and gives them in their order. The
// two appenders share nothing until they flush, for which DuckDB has a lock.
func (t *tables) preparing(records []dyad.Record, isNew func(*prepared) bool) iter.Seq[preparedBatch] {
	const size = 2048
	return func(yield func(preparedBatch) bool) {
		ahead := make(chan preparedBatch, 4)
		stop := make(chan struct{})
		var ended sync.WaitGroup
		defer ended.Wait()
		defer close(stop)
		ended.Go(func() {
			defer close(ahead)
			for len(records) > 0 {
				b := t.prepareSome(records[:min(size, len(records))], isNew)
				records = records[min(size, len(records)):]
				select {
				case ahead <- b:
				case <-stop:
					return
				}
				if b.err != nil {
					return
				}
			}
		})
		for b := range ahead {
			if !yield(b) {
				return
			}
		}
	}
}

func (t *tables) prepareSome(records []dyad.Record, isNew func(*prepared) bool) (b preparedBatch) {
	b.records = make([]prepared, 0, len(records))
	for i := range records {
		p, err := prepare(&records[i])
		if err == nil && isNew(&p) {
			err = t.addBody(0, &p)
			b.records = append(b.records, p)
		}
		if err != nil {
			b.err = fmt.Errorf("preparing the event %s: %w", records[i].ID, err)
			break
		}
	}
	return b
}

// loadKnown reads the ids of all imported events, at the first import.
func (s *DuckDB) loadKnown(ctx context.Context) error {
	if s.known != nil {
		return nil
	}
	known := newNumbers()
	rows, err := s.write.QueryContext(ctx, `
		select record from dyads where origin <> ? and ordinal = 0
		union all select record from corrections where story = 0 and action = 'reject' and undone is null`, coded)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id uint64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		known.add(id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	s.known = known
	return nil
}

// tableNames are the three tables that rows are appended to; recoding has a set
// of its own until it has finished.
type tableNames struct{ stories, records, dyads string }

var liveTables = tableNames{"stories", "records", "dyads"}

// tables are open for rows to be appended.
type tables struct {
	stories, records, dyads *duckdb.Appender
	row                     []driver.Value
	line                    []byte // a record's body, until it is copied
	days                    map[dyad.Date]time.Time
}

// appending opens the tables, lets rows be appended and flushes them. It runs
// within a transaction.
func (s *DuckDB) appending(names tableNames, add func(*tables) error) error {
	return s.write.Raw(func(c any) (err error) {
		t := &tables{row: make([]driver.Value, 0, 32), days: map[dyad.Date]time.Time{}}
		for _, a := range []struct {
			to   **duckdb.Appender
			name string
		}{{&t.stories, names.stories}, {&t.records, names.records}, {&t.dyads, names.dyads}} {
			if a.name == "" {
				continue
			}
			if *a.to, err = duckdb.NewAppenderFromConn(c.(driver.Conn), "", a.name); err != nil {
				return err
			}
			opened := *a.to
			defer func() { err = errors.Join(err, opened.Close()) }()
		}
		return add(t)
	})
}

func (t *tables) addStory(number int64, e *Entry) error {
	st := &e.Story
	day, part := t.day(st.Published)
	return t.stories.AppendRow(number, valid(st.ID), valid(st.Title), valid(st.Text), valid(st.URL), valid(st.Publisher), st.Language,
		day, part, st.PublishedBasis, valid(st.Source), time.Now().UTC(), e.Hash, e.Signature, number, e.Note)
}

func (t *tables) addRecords(number int64, e *Entry) error {
	for i := range e.Records {
		var same uint64
		if i < len(e.Keys) {
			same = e.Keys[i]
		}
		p, err := prepare(&e.Records[i])
		if err == nil {
			err = errors.Join(t.addBody(number, &p), t.addDyads(number, &p, same))
		}
		if err != nil {
			return fmt.Errorf("record %s: %w", e.Records[i].ID, err)
		}
	}
	return nil
}

// A prepared record has everything that is worked out before its rows are appended.
type prepared struct {
	id     uint64
	record *dyad.Record
	origin string
	facts  facts
}

func prepare(r *dyad.Record) (p prepared, err error) {
	p = prepared{record: r, origin: coded, facts: factsOf(r)}
	if r.Own != nil {
		p.origin = r.Own.Origin
	}
	p.id, err = recordNumber(r.ID)
	return p, err
}

// addBody appends a record as it is.
func (t *tables) addBody(story int64, p *prepared) (err error) {
	if t.line, err = format.AppendJSON(t.line[:0], p.record); err != nil {
		return err
	}
	return t.records.AppendRow(p.id, story, string(p.record.Kind), p.origin, p.record.Codebook, t.line)
}

// addDyads appends what a record can be asked for.
func (t *tables) addDyads(story int64, p *prepared, same uint64) error {
	r, f := p.record, &p.facts
	day, _ := t.day(r.Date)
	var until any
	if last := r.LastDay(); r.Date.End() != r.Date || r.Date.Before(last) {
		until, _ = t.day(last)
	}
	ordinal := uint16(0)
	return f.pairs(func(actor, recipient side, how how) error {
		t.row = append(t.row[:0], p.id, ordinal, story, string(r.Kind), p.origin, day, r.DatePart(), r.DateBasis,
			actor.code, actor.sector, recipient.code, recipient.sector, pairNumber(actor.code, recipient.code), how.mutual, how.first,
			f.event, f.mode, uint8(f.quad), float32(f.scale), f.aux, f.issues, f.assertedBy, f.country, f.city,
			float32(r.Confidence), same, p.id, true, f.province, until)
		ordinal++
		return t.dyads.AppendRow(t.row...)
	})
}

// day gives a date for a DATE column, its first day if it is a month or a year,
// with the part that is known of it; nil for no date.
func (t *tables) day(d dyad.Date) (day, part any) {
	if d.IsZero() {
		return nil, ""
	}
	known, found := t.days[d]
	if !found {
		known = time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
		t.days[d] = known
	}
	switch {
	case d.Month == 0:
		return known, "year"
	case d.Day == 0:
		return known, "month"
	}
	return known, "day"
}
