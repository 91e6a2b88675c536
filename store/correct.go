//go:build cgo

package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
)

var _ Corrector = (*DuckDB)(nil)

// Correct rejects a record or puts another in its place, in one transaction.
func (s *DuckDB) Correct(ctx context.Context, c Correction) (Correction, error) {
	id, err := recordNumber(c.Record)
	if err != nil {
		return c, fmt.Errorf("correcting a record: %w", err)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	c.At = time.Now().UTC().Truncate(time.Microsecond)
	err = within(ctx, s.write, func() error {
		var live bool
		if err := s.write.QueryRowContext(ctx, `select exists (from corrections where record = ?::ubigint and undone is null)`, decimal(id)).Scan(&live); err != nil {
			return err
		}
		if live {
			return fmt.Errorf("%w: %s; undo that one first", ErrCorrected, c.Record)
		}
		row, err := s.storedRow(ctx, liveTables, id)
		if err != nil {
			return err
		}
		if row == nil {
			return fmt.Errorf("there is no record %s: %w", c.Record, ErrNotThere)
		}
		c.KeyBefore = row.same
		if c.Before, err = format.ParseJSON([]byte(row.body)); err != nil {
			return err
		}
		after := ""
		if c.Action == Corrected {
			c.After.ID = recordID(id)
			line, err := format.JSON(c.After)
			if err != nil {
				return err
			}
			after = string(line)
		}
		if err := s.write.QueryRowContext(ctx, `select coalesce(max(number), 0) + 1 from corrections`).Scan(&c.Number); err != nil {
			return err
		}
		_, err = s.write.ExecContext(ctx, `insert into corrections values (?, ?::ubigint, ?, ?, ?, ?, ?, null, false, ?, ?, ?::ubigint, ?::ubigint)`,
			c.Number, decimal(id), row.story, c.Action, c.Author, c.Note, c.At, row.body, after, decimal(c.KeyBefore), decimal(c.KeyAfter))
		if err != nil {
			return err
		}
		if err := s.put(ctx, liveTables, id, row.story, c.After, c.KeyAfter); err != nil {
			return err
		}
		_, err = s.unreport(ctx)
		return err
	})
	c.Story = c.Before.Story
	return c, explained(s.path, err)
}

// decimal writes a number for a parameter: database/sql takes no more than 63 bits.
func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

// recordRow is what a record's rows say of it.
type recordRow struct {
	story int64
	body  string
	same  uint64
}

// storedRow reads a record, nil where there is none.
func (s *DuckDB) storedRow(ctx context.Context, names tableNames, id uint64) (*recordRow, error) {
	var row recordRow
	err := s.write.QueryRowContext(ctx, `select r.story, r.body, d.same from `+names.records+` r join `+names.dyads+` d on d.record = r.id and d.ordinal = 0
		where r.id = ?::ubigint`, decimal(id)).Scan(&row.story, &row.body, &row.same)
	if err == sql.ErrNoRows {
		return nil, nil
	}
	return &row, err
}

// put takes a record out of the tables, and puts another there under its id, unless
// that is nil.
func (s *DuckDB) put(ctx context.Context, names tableNames, id uint64, story int64, r *dyad.Record, same uint64) error {
	for _, x := range []struct{ table, column string }{{names.records, "id"}, {names.dyads, "record"}} {
		if _, err := s.write.ExecContext(ctx, `delete from `+x.table+` where `+x.column+` = ?::ubigint`, decimal(id)); err != nil {
			return err
		}
	}
	if r == nil {
		return nil
	}
	return s.appending(tableNames{"", names.records, names.dyads}, func(t *tables) error {
		return t.addRecords(story, &Entry{Records: []dyad.Record{*r}, Keys: []uint64{same}})
	})
}

// UndoCorrection puts a record back as it was coded, in one transaction.
func (s *DuckDB) UndoCorrection(ctx context.Context, number int64) (Correction, error) {
	found, err := s.Corrections(ctx, CorrectionFilter{Number: number, All: true})
	if err != nil {
		return Correction{}, err
	}
	if len(found) == 0 {
		return Correction{}, fmt.Errorf("there is no correction %d: %w", number, ErrNotThere)
	}
	c := found[0]
	if !c.Undone.IsZero() {
		return c, nil
	}
	id, err := recordNumber(c.Record)
	if err != nil {
		return c, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	c.Undone = time.Now().UTC().Truncate(time.Microsecond)
	err = within(ctx, s.write, func() error {
		if !c.Stale {
			var story int64
			if err := s.write.QueryRowContext(ctx, `select story from corrections where number = ?`, number).Scan(&story); err != nil {
				return err
			}
			if err := s.put(ctx, liveTables, id, story, &c.Before, c.KeyBefore); err != nil {
				return err
			}
		}
		if _, err := s.write.ExecContext(ctx, `update corrections set undone = ? where number = ?`, c.Undone, number); err != nil {
			return err
		}
		_, err := s.unreport(ctx)
		return err
	})
	return c, explained(s.path, err)
}

// Corrections gives corrections, the newest first.
func (s *DuckDB) Corrections(ctx context.Context, f CorrectionFilter) ([]Correction, error) {
	var where condition
	if f.Number > 0 {
		where.add("c.number = ?", f.Number)
	}
	if f.Record != "" {
		id, err := recordNumber(f.Record)
		if err != nil {
			return nil, err
		}
		where.add("c.record = ?::ubigint", decimal(id))
	}
	if f.Story != "" {
		where.add("s.id = ?", f.Story)
	}
	if !f.All {
		where.add("c.undone is null")
	}
	rows, err := s.db.QueryContext(ctx, `select c.number, c.record, coalesce(s.id, ''), c.action, c.author, c.note, c.made, c.undone, c.stale, c.before, c.after, c.same_before, c.same_after
		from corrections c left join stories s on s.number = c.story where `+where.sql()+` order by c.number desc`, where.args...)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []Correction
	for rows.Next() {
		c, err := scanCorrection(rows)
		if err != nil {
			return nil, explained(s.path, err)
		}
		out = append(out, c)
	}
	return out, explained(s.path, rows.Err())
}

func scanCorrection(rows *sql.Rows) (c Correction, err error) {
	var record uint64
	var undone sql.NullTime
	var before, after string
	if err := rows.Scan(&c.Number, &record, &c.Story, &c.Action, &c.Author, &c.Note, &c.At, &undone, &c.Stale, &before, &after, &c.KeyBefore, &c.KeyAfter); err != nil {
		return c, err
	}
	c.Record, c.Undone = recordID(record), undone.Time
	if c.Before, err = format.ParseJSON([]byte(before)); err != nil || after == "" {
		return c, err
	}
	r, err := format.ParseJSON([]byte(after))
	c.After = &r
	return c, err
}

// correctAgain applies the corrections that stand to records that were coded anew,
// within a transaction. stories is the condition on the numbers of their stories. What
// was corrected and is not coded any more is stale; what a rejection took out before is
// remembered as it is coded now.
func (s *DuckDB) correctAgain(ctx context.Context, names tableNames, stories string) error {
	rows, err := s.write.QueryContext(ctx, `select number, record, action, after, same_after from corrections where undone is null and story in (`+stories+`) order by number`)
	if err != nil {
		return err
	}
	type standing struct {
		number        int64
		record, same  uint64
		action, after string
	}
	var all []standing
	for rows.Next() {
		var c standing
		if err := rows.Scan(&c.number, &c.record, &c.action, &c.after, &c.same); err != nil {
			rows.Close()
			return err
		}
		all = append(all, c)
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for _, c := range all {
		row, err := s.storedRow(ctx, names, c.record)
		if err != nil {
			return err
		}
		if row == nil {
			if _, err := s.write.ExecContext(ctx, `update corrections set stale = true where number = ?`, c.number); err != nil {
				return err
			}
			continue
		}
		var after *dyad.Record
		if c.action == Corrected {
			r, err := format.ParseJSON([]byte(c.after))
			if err != nil {
				return err
			}
			after = &r
		}
		if err := s.put(ctx, names, c.record, row.story, after, c.same); err != nil {
			return err
		}
		if _, err := s.write.ExecContext(ctx, `update corrections set stale = false, before = ?, same_before = ?::ubigint where number = ?`, row.body, decimal(row.same), c.number); err != nil {
			return err
		}
	}
	return nil
}

// TellingsOf calls give with the tellings of some keys, key by key.
func (s *DuckDB) TellingsOf(ctx context.Context, keys []uint64, give func([]Telling) error) error {
	list := make([]string, 0, len(keys))
	for _, k := range keys {
		if k != 0 {
			list = append(list, decimal(k))
		}
	}
	if len(list) == 0 {
		return nil
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.tellings(ctx, `select unnest([`+strings.Join(list, ", ")+`]::ubigint[])`, nil, give)
}

// SetHappeningsOf gives records another happening. Which stories are folded stays as it
// is.
func (s *DuckDB) SetHappeningsOf(ctx context.Context, happenings map[uint64]uint64) error {
	return s.setHappenings(ctx, happenings, false)
}
