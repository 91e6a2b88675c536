//go:build cgo

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
)

var _ Pager = (*DuckDB)(nil)

// RecordPage gives at most f.Limit records that a filter lets through, those after a
// mark, newest or oldest first. A page costs as much as finding what is on it: only
// then are the records themselves read.
func (s *DuckDB) RecordPage(ctx context.Context, f Filter, newest bool, after *Mark) ([]dyad.Record, *Mark, error) {
	where, err := f.records()
	if err != nil {
		return nil, nil, err
	}
	rows, args := `select d.record, d.date from dyads d where `+where.sql()+` group by all`, where.args
	if f.Fold {
		// Most reports stand for their happening; only for others is it looked up.
		rows = `select d.record, d.date from dyads d where d.stands and ` + where.sql() + `
			union select d.record, d.date from dyads d where d.ordinal = 0 and d.record in (select d.happening from dyads d where not d.stands and ` + where.sql() + `)`
		args = append(slices.Clone(args), args...)
	}
	query := `select d.record, coalesce(strftime(d.date, '%Y-%m-%d'), '') from (` + rows + `) d where true`
	marks, next, err := s.marks(ctx, query, args, "d.date", "d.record", f.Limit, newest, after)
	if err != nil || len(marks) == 0 {
		return nil, nil, err
	}
	ids := make([]string, len(marks))
	for i, m := range marks {
		ids[i] = recordID(m.Number)
	}
	found, err := s.Named(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	if f.Fold {
		if err := s.addReports(ctx, ids, found); err != nil {
			return nil, nil, err
		}
	}
	out := make([]dyad.Record, 0, len(ids))
	for _, id := range ids {
		if r, there := found[id]; there {
			out = append(out, r)
		}
	}
	return out, next, nil
}

// marks gives the places of what is on a page, and that from which the next goes on.
// The query gives number and day; column and number name what it is ordered by.
func (s *DuckDB) marks(ctx context.Context, query string, args []any, day, number string, size int, newest bool, after *Mark) ([]Mark, *Mark, error) {
	c := condition{args: slices.Clone(args)}
	order, than, last := day+" nulls first, "+number, ">", day+" is not null"
	if newest {
		order, than, last = day+" desc nulls last, "+number+" desc", "<", day+" is null"
	}
	if after != nil {
		n := strconv.FormatUint(after.Number, 10)
		sameDay := number + " " + than + " ?::ubigint"
		switch {
		case after.Day != "":
			sql := "(" + day + " " + than + " ?::date or " + day + " = ?::date and " + sameDay
			if newest {
				sql += " or " + last
			}
			c.add(sql+")", after.Day, after.Day, n)
		case newest:
			c.add(day+" is null and "+sameDay, n)
		default:
			c.add("("+last+" or "+sameDay+")", n)
		}
	}
	rows, err := s.db.QueryContext(ctx, query+" and "+c.sql()+" order by "+order+limit(size+1), c.args...)
	if err != nil {
		return nil, nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []Mark
	for rows.Next() {
		var m Mark
		if err := rows.Scan(&m.Number, &m.Day); err != nil {
			return nil, nil, explained(s.path, err)
		}
		out = append(out, m)
	}
	if err := rows.Err(); err != nil {
		return nil, nil, explained(s.path, err)
	}
	if len(out) <= size {
		return out, nil, nil
	}
	out = out[:size]
	return out, &out[size-1], nil
}

// Named gives records by their ids; those that are not there are left out.
func (s *DuckDB) Named(ctx context.Context, ids []string) (map[string]dyad.Record, error) {
	out := make(map[string]dyad.Record, len(ids))
	list, err := numberList(ids)
	if err != nil || list == "" {
		return out, err
	}
	// Asked for by id alone, DuckDB unpacks the bodies of all records to keep these few.
	rows, err := s.db.QueryContext(ctx, `select id, body from records where rowid in (select rowid from records where id in (`+list+`))`)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id uint64
		var body sql.RawBytes
		if err := rows.Scan(&id, &body); err != nil {
			return nil, explained(s.path, err)
		}
		r, err := format.ParseJSON(body)
		if err != nil {
			return nil, fmt.Errorf("reading the stored record %s: %w", recordID(id), err)
		}
		out[recordID(id)] = r
	}
	return out, explained(s.path, rows.Err())
}

// numberList writes the numbers of ids for SQL: they are numbers, so that nothing
// has to be quoted.
func numberList(ids []string) (string, error) {
	var b strings.Builder
	for i, id := range ids {
		n, err := recordNumber(id)
		if err != nil {
			return "", err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatUint(n, 10))
	}
	return b.String(), nil
}

// addReports adds to records that stand for happenings the reports of these, where
// there are several.
func (s *DuckDB) addReports(ctx context.Context, ids []string, records map[string]dyad.Record) error {
	for id, r := range records {
		r.Happening = id
		records[id] = r
	}
	list, err := numberList(ids)
	if err != nil {
		return err
	}
	var several bool // most often there is one report of each, which is found out in a tenth of the time
	err = s.db.QueryRowContext(ctx, `select exists(from dyads where happening in (`+list+`) and record <> happening)`).Scan(&several)
	if err != nil || !several {
		return explained(s.path, err)
	}
	rows, err := s.db.QueryContext(ctx, `with hit as (select unnest([`+list+`]::ubigint[]) as id),
			`+reportsOfHits+`
		select id, reports::varchar from reports`)
	if err != nil {
		return explained(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var happening uint64
		var text string
		if err := rows.Scan(&happening, &text); err != nil {
			return explained(s.path, err)
		}
		r := records[recordID(happening)]
		if r.Reports, err = reportsOf(text); err != nil {
			return fmt.Errorf("reading the reports of the record %s: %w", r.ID, err)
		}
		records[recordID(happening)] = r
	}
	return explained(s.path, rows.Err())
}

func reportsOf(text string) (out []dyad.Report, err error) {
	var list []storedReport
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, err
	}
	for _, x := range list {
		report := dyad.Report{Record: x.Record, Story: x.Story, Publisher: x.Publisher, URL: x.URL, Text: x.Text}
		if x.Published != "" {
			if report.Published, err = dyad.ParseDate(x.Published); err != nil {
				return nil, err
			}
		}
		out = append(out, report)
	}
	return out, nil
}

// StoryPage gives at most f.Limit stories that a filter lets through, those after a
// mark, by their publication, without their text.
func (s *DuckDB) StoryPage(ctx context.Context, f Filter, newest bool, after *Mark) ([]Story, *Mark, error) {
	where, err := f.ofWhichStories()
	if err != nil {
		return nil, nil, err
	}
	query := `select s.number::ubigint, coalesce(strftime(s.published, '%Y-%m-%d'), '') from stories s where ` + where.sql()
	marks, next, err := s.marks(ctx, query, where.args, "s.published", "s.number::ubigint", f.Limit, newest, after)
	if err != nil || len(marks) == 0 {
		return nil, nil, err
	}
	numbers := make([]string, len(marks))
	for i, m := range marks {
		numbers[i] = strconv.FormatUint(m.Number, 10)
	}
	found := map[int64]Story{}
	err = s.heads(ctx, "s.number in ("+strings.Join(numbers, ",")+")", nil, func(st *Story) { found[st.Number] = *st })
	out := make([]Story, 0, len(marks))
	for _, m := range marks {
		out = append(out, found[int64(m.Number)])
	}
	return out, next, err
}

// CountStories counts the stories that a filter lets through.
func (s *DuckDB) CountStories(ctx context.Context, f Filter) (n int64, err error) {
	where, err := f.ofWhichStories()
	if err != nil {
		return 0, err
	}
	err = s.db.QueryRowContext(ctx, `select count(*) from stories s where `+where.sql(), where.args...).Scan(&n)
	return n, explained(s.path, err)
}

// Heads gives stories by their ids, without their text.
func (s *DuckDB) Heads(ctx context.Context, ids []string) (map[string]Story, error) {
	out := make(map[string]Story, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var c condition
	oneOf(&c, "s.id", ids)
	err := s.heads(ctx, c.sql(), c.args, func(st *Story) { out[st.ID] = *st })
	return out, err
}

func (s *DuckDB) heads(ctx context.Context, where string, args []any, give func(*Story)) error {
	rows, err := s.db.QueryContext(ctx, `
		with wanted as (select * exclude (text, signature) from stories s where `+where+`)
		select s.number, s.id, s.title, '', s.url, s.publisher, s.language, s.published, s.published_part, s.published_basis,
			s.source, s.added, s.note, c.id, k.copies, coalesce(n.records, 0)
		from wanted s join stories c on c.number = s.cluster
		join (select cluster, count(*) as copies from stories where cluster in (select cluster from wanted) group by cluster) k on k.cluster = s.cluster
		left join (select story, count(*) as records from records where story in (select number from wanted) group by story) n on n.story = s.number`, args...)
	if err != nil {
		return explained(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		st, err := scanStory(rows)
		if err != nil {
			return explained(s.path, err)
		}
		give(&st)
	}
	return explained(s.path, rows.Err())
}

// CopiesOf gives the ids of the stories in the cluster of one, at most 200.
func (s *DuckDB) CopiesOf(ctx context.Context, id string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `select id from stories where cluster = (select any_value(cluster) from stories where id = ?) order by number limit 200`, id)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var copied string
		if err := rows.Scan(&copied); err != nil {
			return nil, explained(s.path, err)
		}
		out = append(out, copied)
	}
	return out, explained(s.path, rows.Err())
}

// Read counts the stories that are stored, and the happenings of some origins.
func (s *DuckDB) Read(ctx context.Context, origins []string) (WhatWasRead, error) {
	out := WhatWasRead{Outlets: map[string]int64{}, Languages: map[string]int64{}, Happenings: map[dyad.Kind]int64{}}
	f := Filter{Origin: origins}
	where, err := f.records()
	if err != nil {
		return out, err
	}
	counts, err := s.db.QueryContext(ctx, `select d.kind::varchar, count(*) from dyads d where d.ordinal = 0 and d.stands and `+where.sql()+` group by all`, where.args...)
	if err != nil {
		return out, explained(s.path, err)
	}
	defer counts.Close()
	for counts.Next() {
		var kind string
		var n int64
		if err := counts.Scan(&kind, &n); err != nil {
			return out, explained(s.path, err)
		}
		out.Happenings[dyad.Kind(kind)] = n
	}
	if err := counts.Err(); err != nil {
		return out, explained(s.path, err)
	}
	rows, err := s.db.QueryContext(ctx, `
		select publisher, language, count(*), count(*) filter (cluster = number) from stories group by all`)
	if err != nil {
		return out, explained(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var outlet, language string
		var stories, clusters int64
		if err := rows.Scan(&outlet, &language, &stories, &clusters); err != nil {
			return out, explained(s.path, err)
		}
		out.Stories += stories
		out.Clusters += clusters
		out.Outlets[outlet] += stories
		out.Languages[language] += stories
	}
	return out, explained(s.path, rows.Err())
}
