//go:build cgo

package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
)

// CountChanges counts what the last recoding changed, by kind and event.
func (s *DuckDB) CountChanges(ctx context.Context) ([]ChangeCount, error) {
	rows, err := s.db.QueryContext(ctx, `select what, kind::varchar, event, count(*) from changes group by what, kind, event order by kind, event, what`)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []ChangeCount
	for rows.Next() {
		var c ChangeCount
		if err := rows.Scan(&c.What, &c.Kind, &c.Event, &c.Count); err != nil {
			return nil, explained(s.path, err)
		}
		out = append(out, c)
	}
	return out, explained(s.path, rows.Err())
}

// Recoded gives the hash of the codebook that the last finished recoding coded with,
// "" when there was none.
func (s *DuckDB) Recoded(ctx context.Context) (string, error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return "", explained(s.path, err)
	}
	defer conn.Close()
	codebook, err := meta(ctx, conn, "recoded")
	return codebook, explained(s.path, err)
}

// Codebooks gives the hashes of the codebooks that the stored records were coded
// with.
func (s *DuckDB) Codebooks(ctx context.Context) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `select distinct codebook from records where origin = 'dyad' order by codebook`)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	out := []string{}
	for rows.Next() {
		var codebook string
		if err := rows.Scan(&codebook); err != nil {
			return nil, explained(s.path, err)
		}
		out = append(out, codebook)
	}
	return out, explained(s.path, rows.Err())
}

// Changes gives what the last recoding changed, of some events or of all, story by
// story.
func (s *DuckDB) Changes(ctx context.Context, events []string) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		const size = 4096
		for after := int64(0); ; after += size {
			var c condition
			c.add("number > ? and number <= ?", after, after+size)
			if len(events) > 0 {
				var now, before condition
				oneOf(&now, "event", events)
				oneOf(&before, "(old->'event'->>0)", events)
				c.anyOf([]condition{now, before})
			}
			changes, err := s.changes(ctx, c)
			for _, change := range changes {
				if !yield(change, nil) {
					return
				}
			}
			var more bool
			if err == nil {
				err = s.db.QueryRowContext(ctx, `select exists (from changes where number > ?)`, after+size).Scan(&more)
			}
			if err != nil {
				yield(Change{}, explained(s.path, err))
			}
			if err != nil || !more {
				return
			}
		}
	}
}

func (s *DuckDB) changes(ctx context.Context, where condition) ([]Change, error) {
	rows, err := s.db.QueryContext(ctx, `select what, old, new from changes where `+where.sql()+` order by number`, where.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Change
	for rows.Next() {
		var c Change
		var old, now sql.RawBytes
		if err := rows.Scan(&c.What, &old, &now); err != nil {
			return nil, err
		}
		if c.Old, err = recordOf(old); err != nil {
			return nil, err
		}
		if c.New, err = recordOf(now); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

func recordOf(body []byte) (*dyad.Record, error) {
	if len(body) == 0 {
		return nil, nil
	}
	r, err := format.ParseJSON(body)
	if err != nil {
		return nil, fmt.Errorf("reading a stored record: %w", err)
	}
	return &r, nil
}
