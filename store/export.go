//go:build cgo

package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// flat is a row a record, for tables of other programs: lists are joined by ";".
const flat = `
	select format('{:016x}', r.id) as id, r.kind::varchar as kind, coalesce(s.id, '') as story, f.date, f.date_basis::varchar as date_basis,
		f.actor, f.recipient, f.event, f.mode, f.quad, f.scale, f.issue, f.aux, f.asserted_by, f.country, f.city, f.confidence, f.origin,
		format('{:016x}', f.happening) as happening, s.publisher as outlet, s.url, s.published, r.body->>'text' as text, r.codebook, r.body
	from (select d.record, min(d.date) as date, min(d.date_basis) as date_basis,
			string_agg(distinct nullif(d.actor, ''), ';') as actor, string_agg(distinct nullif(d.recipient, ''), ';') as recipient,
			min(d.event) as event, min(d.mode) as mode, min(d.quad) as quad, min(d.scale) as scale, replace(min(d.issues), ' ', ';') as issue,
			min(` + auxTerm + `) as aux, replace(min(d.asserted_by), ' ', ';') as asserted_by, min(d.country) as country, min(d.city) as city,
			min(d.confidence) as confidence, min(d.origin) as origin, min(d.happening) as happening
		from dyads d where d.record in (select d.%s from dyads d where %s) group by d.record) f
	join records r on r.id = f.record left join stories s on s.number = r.story
	order by f.date nulls first, r.id`

// WriteParquet writes the records that a filter lets through as a Parquet file, a
// row each; or, given terms, what Count counts by them. It gives the number of rows.
func (s *DuckDB) WriteParquet(ctx context.Context, f Filter, by []string, w io.Writer) (int64, error) {
	where, err := f.records()
	if err != nil {
		return 0, err
	}
	what := "record"
	if f.Fold {
		what = "happening"
	}
	query, args := fmt.Sprintf(flat, what, where.sql())+limit(f.Limit), where.args
	if len(by) > 0 {
		if query, args, err = f.countQuery(by); err != nil {
			return 0, err
		}
	}
	return s.writeParquet(ctx, query, args, w)
}

// WriteStories writes the stories that a filter lets through as a Parquet file, a
// row each, with their text if that is wanted, and gives how many.
func (s *DuckDB) WriteStories(ctx context.Context, f Filter, text bool, w io.Writer) (int64, error) {
	where, err := f.ofWhichStories()
	if err != nil {
		return 0, err
	}
	columns := ""
	if text {
		columns = ", s.text"
	}
	return s.writeParquet(ctx, `
		select s.id, s.published, s.published_part::varchar as published_part, s.published_basis, s.title, s.url, s.publisher as outlet, s.language,
			s.source, s.added, c.id as cluster, k.copies, coalesce(n.records, 0) as records, s.note`+columns+`
		`+storyTables+` where `+where.sql()+` order by s.published nulls first, s.number`+limit(f.Limit), where.args, w)
}

// writeParquet writes what a question gives as a Parquet file, and gives the number
// of rows. DuckDB writes files only, so that there is one in between.
func (s *DuckDB) writeParquet(ctx context.Context, query string, args []any, w io.Writer) (int64, error) {
	folder, err := os.MkdirTemp("", "dyad-parquet-")
	if err != nil {
		return 0, fmt.Errorf("making a folder for the Parquet file: %w", err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "out.parquet")
	copying := `copy (` + query + `) to '` + strings.ReplaceAll(path, "'", "''") + `' (format parquet, compression zstd)`
	done, err := s.db.ExecContext(ctx, copying, args...)
	if err != nil {
		return 0, explained(s.path, err)
	}
	rows, err := done.RowsAffected()
	if err != nil {
		return 0, explained(s.path, err)
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("reading the Parquet file back: %w", err)
	}
	_, err = io.Copy(w, file)
	return rows, errors.Join(err, file.Close())
}
