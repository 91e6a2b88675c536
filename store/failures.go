//go:build cgo

package store

import (
	"context"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"github.com/opendyad/dyad"
)

// failureKey tells one failure from another: the same story from the same source
// that fails in the same way again is one failure, tried again.
func failureKey(f *dyad.Failure) uint64 {
	h := fnv.New64a()
	for _, part := range []string{f.Source, f.Story, f.Stage, f.Error} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

// addFailures stores the failures of some entries, within a transaction. One that
// is stored already counts a try more, and takes the date that came with this one.
func (s *DuckDB) addFailures(ctx context.Context, entries []Entry) error {
	now := time.Now().UTC()
	for i := range entries {
		for j := range entries[i].Failures {
			f := &entries[i].Failures[j]
			key := failureKey(f)
			done, err := s.write.ExecContext(ctx, `update failures set tries = tries + 1, failed_at = ?, solved = false,
				published = coalesce(nullif(?, ''), published) where key = ?::ubigint`, now, f.Published.String(), strconv.FormatUint(key, 10))
			if err != nil {
				return err
			}
			if n, err := done.RowsAffected(); err != nil || n > 0 {
				if err != nil {
					return err
				}
				continue
			}
			_, err = s.write.ExecContext(ctx, `insert into failures
				select coalesce(max(number), 0) + 1, ?::ubigint, ?, ?, ?, ?, ?, ?, 1, false, ? from failures`,
				strconv.FormatUint(key, 10), valid(f.Story), f.Stage, valid(f.Error), valid(f.Source), []byte(f.Input), now, f.Published.String())
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// Failures gives the failures that nothing has solved yet, or all, oldest first.
func (s *DuckDB) Failures(ctx context.Context, all bool) ([]Failure, error) {
	rows, err := s.db.QueryContext(ctx, `select number, story, stage, error, source, input, failed_at, tries, solved, published from failures
		where ? or not solved order by number`, all)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []Failure
	for rows.Next() {
		var f Failure
		var input []byte
		var published string
		if err := rows.Scan(&f.Number, &f.Story, &f.Stage, &f.Error, &f.Source, &input, &f.At, &f.Tries, &f.Solved, &published); err != nil {
			return nil, explained(s.path, err)
		}
		f.Input = string(input)
		if err := f.Published.UnmarshalText([]byte(published)); err != nil {
			return nil, fmt.Errorf("the store %s: failure %d: %w", s.path, f.Number, err)
		}
		out = append(out, f)
	}
	return out, explained(s.path, rows.Err())
}

// valid is a text as DuckDB takes it: what is no UTF-8 in it, such as a file's name of
// another age, is replaced.
func valid(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// SolveFailures marks failures as solved.
func (s *DuckDB) SolveFailures(ctx context.Context, numbers []int64) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := within(ctx, s.write, func() error {
		for _, n := range numbers {
			if _, err := s.write.ExecContext(ctx, `update failures set solved = true where number = `+strconv.FormatInt(n, 10)); err != nil {
				return err
			}
		}
		return nil
	})
	return explained(s.path, err)
}

// Sources gives the state of every source.
func (s *DuckDB) Sources(ctx context.Context) ([]Source, error) {
	rows, err := s.db.QueryContext(ctx, `select address, kind, etag, last_modified, failures, last_error, last_tried, next_try from sources order by address`)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []Source
	for rows.Next() {
		var x Source
		if err := rows.Scan(&x.Address, &x.Kind, &x.ETag, &x.LastModified, &x.Failures, &x.LastError, &x.LastTried, &x.NextTry); err != nil {
			return nil, explained(s.path, err)
		}
		out = append(out, x)
	}
	return out, explained(s.path, rows.Err())
}

// SaveSource keeps the state of a source in place of the one before.
func (s *DuckDB) SaveSource(ctx context.Context, x Source) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return explained(s.path, within(ctx, s.write, func() error { return s.putSource(ctx, &x) }))
}

func (s *DuckDB) putSource(ctx context.Context, x *Source) error {
	if _, err := s.write.ExecContext(ctx, `delete from sources where address = ?`, x.Address); err != nil {
		return err
	}
	_, err := s.write.ExecContext(ctx, `insert into sources values (?, ?, ?, ?, ?, ?, ?, ?)`,
		x.Address, x.Kind, x.ETag, x.LastModified, x.Failures, x.LastError, x.LastTried, x.NextTry)
	return err
}
