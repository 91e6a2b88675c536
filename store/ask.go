//go:build cgo

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
)

// Keys calls give with every stored story's id, the hash of its text, and whether it
// has a date of publication.
func (s *DuckDB) Keys(ctx context.Context, give func(id string, hash uint64, dated bool)) error {
	rows, err := s.db.QueryContext(ctx, `select id, hash, published is not null from stories`)
	if err != nil {
		return explained(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id sql.RawBytes
		var hash uint64
		var dated bool
		if err := rows.Scan(&id, &hash, &dated); err != nil {
			return explained(s.path, err)
		}
		give(string(id), hash, dated)
	}
	return explained(s.path, rows.Err())
}

// Records gives the records that a filter lets through, by date and id; those
// without a date come first. When the filter folds, it is one record for each
// happening of which any report is let through, with all its reports; copies of a story
// in one outlet are one report.
func (s *DuckDB) Records(ctx context.Context, f Filter) iter.Seq2[dyad.Record, error] {
	return func(yield func(dyad.Record, error) bool) {
		where, err := f.records()
		if err != nil {
			yield(dyad.Record{}, err)
			return
		}
		query := `with hit as (select d.record as id, min(d.date) as date from dyads d where ` + where.sql() + ` group by d.record)
			select r.body, '' as happening, '' as reports
			from hit join ` + bodiesOf("select id from hit") + ` r using (id) order by hit.date nulls first, id`
		if f.Fold {
			query = `with hit as (select distinct d.happening as id from dyads d where ` + where.sql() + `),
			` + reportsOfHits + `
			select r.body, format('{:016x}', hit.id) as happening, coalesce(reports.reports::varchar, '') as reports
			from hit join ` + bodiesOf("from hit") + ` r using (id) join dyads d on d.record = r.id and d.ordinal = 0 left join reports using (id)
			order by d.date nulls first, r.id`
		}
		err = s.answer(ctx, query+limit(f.Limit), where.args, 8192, func(rows *sql.Rows) (bool, error) {
			r, err := scanRecord(rows)
			return err == nil && yield(r, nil), err
		})
		if err != nil {
			yield(dyad.Record{}, explained(s.path, err))
		}
	}
}

// bodiesOf are the ids and bodies of the records whose ids a query gives. Joined by id
// alone, DuckDB unpacks the bodies of all records to keep those.
func bodiesOf(ids string) string {
	return `(select id, body from records where rowid in (select rowid from records where id in (` + ids + `)))`
}

func limit(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" limit %d", n)
}

// reportsOfHits is the part of a query that gives the reports of happenings, whose ids
// are in hit, where there are several: of copies of a story in one outlet the first, or the
// one that stands for the happening.
var reportsOfHits = `several as (select happening from dyads where happening in (select id from hit) and ordinal = 0 group by happening having count(*) > 1),
			told as (from dyads d join stories s on s.number = d.story select d.happening, d.record, d.story
				where d.ordinal = 0 and d.happening in (from several)
				qualify row_number() over (partition by d.happening, s.cluster, s.publisher
					order by d.record <> d.happening, s.published nulls last, s.number, d.record) = 1),
			reports as (
				select told.happening as id, to_json(list({
					'Record': format('{:016x}', told.record), 'Story': s.id, 'Publisher': s.publisher, 'URL': s.url,
					'Published': coalesce(strftime(s.published, '%Y-%m-%d'), ''), 'Text': r.body->>'text'}
					order by s.published nulls last, s.number)) as reports
				from told join ` + bodiesOf("select record from told") + ` r on r.id = told.record join stories s on s.number = told.story
				group by told.happening)`

// A storedReport is a report as queries write it.
type storedReport struct{ Record, Story, Publisher, URL, Published, Text string }

func scanRecord(rows *sql.Rows) (dyad.Record, error) {
	var body, reports sql.RawBytes
	var happening string
	if err := rows.Scan(&body, &happening, &reports); err != nil {
		return dyad.Record{}, err
	}
	r, err := format.ParseJSON(body)
	if err != nil {
		return r, fmt.Errorf("reading a stored record: %w", err)
	}
	r.Happening = happening
	if len(reports) == 0 {
		return r, nil
	}
	var list []storedReport
	if err := json.Unmarshal(reports, &list); err != nil {
		return r, fmt.Errorf("reading the reports of the record %s: %w", r.ID, err)
	}
	for _, x := range list {
		report := dyad.Report{Record: x.Record, Story: x.Story, Publisher: x.Publisher, URL: x.URL, Text: x.Text}
		if x.Published != "" {
			if report.Published, err = dyad.ParseDate(x.Published); err != nil {
				return r, fmt.Errorf("reading the reports of the record %s: %w", r.ID, err)
			}
		}
		r.Reports = append(r.Reports, report)
	}
	return r, nil
}

// Stories gives the stories that a filter lets through, by date of publication and
// then of arrival. What a filter says of records asks for stories that have one
// such; when the filter folds it is one story of each cluster, the first let through.
func (s *DuckDB) Stories(ctx context.Context, f Filter) iter.Seq2[Story, error] {
	return func(yield func(Story, error) bool) {
		where, err := f.ofWhichStories()
		if err != nil {
			yield(Story{}, err)
			return
		}
		query := `
			select s.number, s.id, s.title, s.text, s.url, s.publisher, s.language, s.published, s.published_part, s.published_basis,
				s.source, s.added, s.note, c.id as first, k.copies, coalesce(n.records, 0) as records
			` + storyTables + ` where ` + where.sql() + ` order by s.published nulls first, s.number` + limit(f.Limit)
		err = s.answer(ctx, query, where.args, pageStories, func(rows *sql.Rows) (bool, error) {
			st, err := scanStory(rows)
			return err == nil && yield(st, nil), err
		})
		if err != nil {
			yield(Story{}, explained(s.path, err))
		}
	}
}

// storyTables are stories s with the first of their cluster c, the number of its
// copies k and that of their records n.
const storyTables = `from stories s join stories c on c.number = s.cluster
	join (select cluster, count(*) as copies from stories group by cluster) k on k.cluster = s.cluster
	left join (select story, count(*) as records from records group by story) n on n.story = s.number`

// ofWhichStories gives the condition on rows of stories s of the stories that are
// asked for.
func (f *Filter) ofWhichStories() (condition, error) {
	where := f.stories()
	if f.asksOfRecords() {
		ofRecords, err := f.records()
		if err != nil {
			return where, err
		}
		where.add("s.number in (select d.story from dyads d where "+ofRecords.sql()+")", ofRecords.args...)
	} else {
		if !f.From.IsZero() {
			where.add("s.published >= ?::date", firstDay(f.From))
		}
		if !f.To.IsZero() {
			where.add("s.published <= ?::date", lastDay(f.To))
		}
	}
	if f.Fold {
		return condition{[]string{"s.number in (select min(s.number) from stories s where " + where.sql() + " group by s.cluster)"}, where.args}, nil
	}
	return where, nil
}

// asksOfRecords reports whether the filter says anything of records. The dates
// From and To alone ask for the story's publication when nothing else does.
func (f *Filter) asksOfRecords() bool {
	return len(f.IDs)+len(f.Kinds)+len(f.Actor)+len(f.Recipient)+len(f.Either)+len(f.Sector)+len(f.Event)+len(f.Mode)+
		len(f.Quad)+len(f.Issue)+len(f.Aux)+len(f.AssertedBy)+len(f.Place) > 0 || f.Confidence > 0
}

func scanStory(rows *sql.Rows) (Story, error) {
	var st Story
	var published sql.NullTime
	var part string
	err := rows.Scan(&st.Number, &st.ID, &st.Title, &st.Text, &st.URL, &st.Publisher, &st.Language, &published, &part, &st.PublishedBasis,
		&st.Source, &st.Added, &st.Note, &st.Cluster, &st.Copies, &st.Records)
	st.Published = dateOf(published, part)
	return st, err
}

// dateOf is a stored date, of which the part named is known.
func dateOf(day sql.NullTime, part string) dyad.Date {
	if !day.Valid {
		return dyad.Date{}
	}
	d := dayOf(day.Time)
	switch part {
	case "year":
		d.Month, d.Day = 0, 0
	case "month":
		d.Day = 0
	}
	return d
}

func dayOf(t time.Time) dyad.Date {
	y, m, d := t.Date()
	return dyad.Date{Year: y, Month: int(m), Day: d}
}
