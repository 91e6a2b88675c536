//go:build cgo

package store

import (
	"context"
	"strconv"
	"time"

	"github.com/opendyad/dyad"
)

// TriedFailure notes that a failure was tried again and how it failed this time.
func (s *DuckDB) TriedFailure(ctx context.Context, number int64, f dyad.Failure) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	_, err := s.write.ExecContext(ctx, `update failures set tries = tries + 1, failed_at = ?, stage = ?, error = ?, key = ?::ubigint where number = ?`,
		time.Now().UTC(), f.Stage, f.Error, strconv.FormatUint(failureKey(&f), 10), number)
	return explained(s.path, err)
}
