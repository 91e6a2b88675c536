//go:build cgo

package store

import (
	"context"
	"database/sql"
	"errors"
)

// answer gives the rows of a question one by one. The driver holds the whole answer
// of a query in memory; a long one is therefore put into a temporary table, which
// DuckDB moves to the disk where memory is short, and read from there so many rows
// at a time. DuckDB keeps the order of rows when it writes and scans a table.
func (s *DuckDB) answer(ctx context.Context, query string, args []any, page int64, row func(*sql.Rows) (more bool, err error)) (err error) {
	conn, err := s.db.Conn(ctx) // a temporary table is its connection's own
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `create or replace temp table answer as `+query, args...); err != nil {
		return err
	}
	defer func() {
		_, dropped := conn.ExecContext(context.WithoutCancel(ctx), `drop table answer`)
		err = errors.Join(err, dropped)
	}()
	for from := int64(0); ; from += page {
		n, more, err := rowsOfPage(ctx, conn, from, from+page, row)
		if err != nil || !more || n < page {
			return err
		}
	}
}

func rowsOfPage(ctx context.Context, conn *sql.Conn, from, to int64, row func(*sql.Rows) (bool, error)) (n int64, more bool, err error) {
	rows, err := conn.QueryContext(ctx, `select * from answer where rowid >= ? and rowid < ?`, from, to)
	if err != nil {
		return 0, false, err
	}
	defer rows.Close()
	more = true
	for more && rows.Next() {
		n++
		if more, err = row(rows); err != nil {
			return n, false, err
		}
	}
	return n, more, rows.Err()
}
