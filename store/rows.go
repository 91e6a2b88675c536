//go:build cgo

package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/opendyad/dyad"
)

// Rows calls give with the rows of events between two countries that a filter lets
// through, in no order.
func (s *DuckDB) Rows(ctx context.Context, f Filter, give func(*Row) error) error {
	f.Kinds = []dyad.Kind{dyad.KindEvent}
	where, err := f.records()
	if err != nil {
		return err
	}
	where.add("d.pair <> 0 and d.actor <> d.recipient and " + betweenStates)
	reported, args := f.reported()
	rows, err := s.db.QueryContext(ctx, `with `+reported+`
		select `+rowColumns+` from dyads d left join reported using (happening) where `+where.sql(), append(args, where.args...)...)
	if err != nil {
		return explained(s.path, err)
	}
	defer rows.Close()
	for reader := newRowReader(0); rows.Next(); {
		r, err := reader.read(rows)
		if err != nil {
			return explained(s.path, err)
		}
		if err := give(&r); err != nil {
			return err
		}
	}
	return explained(s.path, rows.Err())
}

// reported is the part of a query that tells of happenings how many reports there are.
// What stands for others is in few rows; the rest has one report. Copies of a story in
// one outlet are one report.
func (f *Filter) reported() (sql string, args []any) {
	var known condition
	f.addKnown(&known)
	return `several as (select distinct happening from dyads where not stands and ordinal = 0),
		reported as (select d.happening, count(distinct (s.cluster, s.publisher)) as reports
			from dyads d join several using (happening) join stories s on s.number = d.story
			where d.ordinal = 0 and ` + known.sql() + ` group by d.happening)`, known.args
}

// rowColumns are what a rowReader reads. The words come as one: of a busy pair there are
// a hundred thousand rows, and few that differ in them.
const rowColumns = `d.actor || '|' || d.recipient || '|' || d.event || '|' || d.mode || '|' || d.date_part::varchar,
			(d.date - date '1970-01-01')::integer, d.mutual, d.quad, d.scale, d.aux, d.record, d.happening, coalesce(reports, 1)::integer`

// A rowReader reads rows and keeps their words. It takes values as the driver gives them:
// database/sql turns numbers into text and back to fit another type.
type rowReader struct {
	values []any
	into   []any // points to values
	words  map[string]*Row
}

// newRowReader reads rows that have so many further columns, which then are the last of
// its values.
func newRowReader(further int) *rowReader {
	r := rowReader{values: make([]any, 9+further), words: map[string]*Row{}}
	for i := range r.values {
		r.into = append(r.into, &r.values[i])
	}
	return &r
}

func (x *rowReader) read(rows *sql.Rows) (Row, error) {
	if err := rows.Scan(x.into...); err != nil {
		return Row{}, err
	}
	text := x.values[0].(string)
	known := x.words[text]
	if known == nil {
		words := strings.Split(text, "|")
		known = &Row{Actor: words[0], Recipient: words[1], Event: words[2], Mode: words[3], Part: words[4]}
		x.words[text] = known
	}
	r := *known
	if day, dated := x.values[1].(int32); dated {
		r.Day, r.Dated = int(day), true
	}
	r.Mutual, r.Quad, r.Scale, r.Aux = x.values[2].(bool), x.values[3].(uint8), x.values[4].(float32), x.values[5].(uint8)
	record, happening := x.values[6].(uint64), x.values[7].(uint64)
	r.Record = recordID(record)
	r.Happening = r.Record
	if happening != record {
		r.Happening = recordID(happening)
	}
	r.Reports = int(x.values[8].(int32))
	return r, nil
}

// Ties counts what happened on a known day between each two countries of which a filter
// lets any rows through. Where a happening has several rows the first stands for them, by
// day, record and names.
func (s *DuckDB) Ties(ctx context.Context, f Filter) ([]Tie, error) {
	from := f.From
	f.Kinds, f.Aux, f.From = []dyad.Kind{dyad.KindEvent}, []string{"actual"}, dyad.Date{}
	where, err := f.records()
	if err != nil {
		return nil, err
	}
	if !from.IsZero() {
		where.add("d.date >= ?::date", firstDay(from)) // as there are no spans, only what is of this time is read
	}
	where.add("d.pair <> 0 and d.actor <> d.recipient and d.date is not null and d.date_part = 'day'::part and " + betweenStates)
	reported, args := f.reported()
	// Of a quad class, score and number of reports none weighs more than those of the
	// first two days, so that the two days of most weight are among these.
	rows, err := s.db.QueryContext(ctx, `with `+reported+`,
		ours as materialized (
			select d.pair, d.happening, d.record, d.ordinal, d.date, d.quad, d.scale, d.actor, d.recipient, d.event, d.mode, d.first and d.stands as alone
			from dyads d where `+where.sql()+`),
		again as (select distinct happening from ours where not alone),
		folded as materialized (
			select pair, happening, record, ordinal, date, quad, scale from ours anti join again using (happening)
			union all
			select pair, happening, record, ordinal, date, quad, scale from ours semi join again using (happening)
			qualify row_number() over (partition by pair, happening order by date, record, actor, recipient, event, mode, scale, quad, ordinal) = 1),
		days as (
			select pair, quad, scale, coalesce(reports, 1) as reports, date, count(*) as number, min(happening) as happening
			from folded left join reported using (happening) group by all),
		quads as (select pair, quad, sum(number)::integer as number, min(date) as first, max(date) as last from days group by all),
		tops as (select pair, quad, reports, unnest(arg_min(happening, date, 2)) as happening from days group by pair, quad, scale, reports)
		select `+rowColumns+`, quads.number, quads.first, quads.last
		from tops join quads using (pair, quad) join folded using (pair, happening) join dyads d on d.record = folded.record and d.ordinal = folded.ordinal and d.date = folded.date
		order by d.pair, d.quad, d.date, d.happening`, append(args, where.args...)...)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []Tie
	for reader := newRowReader(3); rows.Next(); {
		r, err := reader.read(rows)
		if err != nil {
			return nil, explained(s.path, err)
		}
		a, b := min(r.Actor, r.Recipient), max(r.Actor, r.Recipient)
		if n := len(out); n == 0 || out[n-1].A != a || out[n-1].B != b {
			out = append(out, Tie{A: a, B: b})
		}
		further := reader.values[9:]
		out[len(out)-1].add(&r, int(further[0].(int32)), dayOf(further[1].(time.Time)), dayOf(further[2].(time.Time)))
	}
	return out, explained(s.path, rows.Err())
}

// add adds a row of a quad class of which there are so many, from a day to another.
func (t *Tie) add(r *Row, number int, first, last dyad.Date) {
	t.Heaviest = append(t.Heaviest, *r)
	t.ByQuad[r.Quad] = number
	if r.Quad == 0 {
		return
	}
	if t.First.IsZero() || first.Before(t.First) {
		t.First = first
	}
	if t.Last.Before(last) {
		t.Last = last
	}
}

// Volume gives what was read on each day.
func (s *DuckDB) Volume(ctx context.Context, origins []string) ([]DayVolume, error) {
	f := Filter{Origin: origins, Kinds: []dyad.Kind{dyad.KindEvent}, Aux: []string{"actual"}}
	where, err := f.records()
	if err != nil {
		return nil, err
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer conn.Close()
	// Days of 170 years have a place of their own each, and need not be looked up.
	if _, err := conn.ExecContext(ctx, `set perfect_ht_threshold = 16`); err != nil {
		return nil, explained(s.path, err)
	}
	rows, err := conn.QueryContext(ctx, `
		with read as (select published as day, count(distinct (cluster, publisher)) as stories from stories where published is not null group by published),
		happened as (select d.date as day, count(*) as events from dyads d
			where `+where.sql()+` and d.ordinal = 0 and d.stands and d.date is not null and d.date_part = 'day'::part group by d.date)
		select day, coalesce(stories, 0), coalesce(events, 0) from read full join happened using (day) order by day`, where.args...)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []DayVolume
	for rows.Next() {
		var day sql.NullTime
		var v DayVolume
		if err := rows.Scan(&day, &v.Stories, &v.Events); err != nil {
			return nil, explained(s.path, err)
		}
		v.Day = dayOf(day.Time)
		out = append(out, v)
	}
	return out, explained(s.path, rows.Err())
}

// PairCounts counts what happened between each pair of countries, in periods of some
// days of which the last, number 0, ends on a day; the one before is number 1.
func (s *DuckDB) PairCounts(ctx context.Context, origins []string, on dyad.Date, days, periods int) ([]PairCount, error) {
	f := Filter{Origin: origins, Kinds: []dyad.Kind{dyad.KindEvent}, Aux: []string{"actual"}}
	where, err := f.records()
	if err != nil {
		return nil, err
	}
	where.add("d.stands and d.pair <> 0 and d.actor <> d.recipient and d.quad > 0 and d.date_part = 'day'::part and " + betweenStates)
	where.add("d.date <= ?::date and d.date > ?::date - ?::integer", firstDay(on), firstDay(on), days*periods)
	rows, err := s.db.QueryContext(ctx, `
		with happened as (select distinct d.pair, d.record, least(d.actor, d.recipient) as a, greatest(d.actor, d.recipient) as b, d.date, d.quad
			from dyads d where `+where.sql()+`)
		select min(a), max(b), (?::date - date) // ?::integer as period,
			count(*) filter (quad <= 2), count(*) filter (quad = 3), count(*) filter (quad = 4)
		from happened group by pair, period order by pair, period`, append(where.args, firstDay(on), days)...)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []PairCount
	for rows.Next() {
		var c PairCount
		if err := rows.Scan(&c.A, &c.B, &c.Period, &c.Friendly, &c.HostileWords, &c.HostileDeeds); err != nil {
			return nil, explained(s.path, err)
		}
		out = append(out, c)
	}
	return out, explained(s.path, rows.Err())
}

// KindsSeen gives for every kind of event between two countries that happened from a
// day on when it was last seen before.
func (s *DuckDB) KindsSeen(ctx context.Context, origins []string, since dyad.Date) ([]KindSeen, error) {
	f := Filter{Origin: origins, Kinds: []dyad.Kind{dyad.KindEvent}, Aux: []string{"actual"}}
	where, err := f.records()
	if err != nil {
		return nil, err
	}
	where.add("d.pair <> 0 and d.actor <> d.recipient and d.event <> '' and d.date is not null and d.date_part = 'day'::part and " + betweenStates)
	day := firstDay(since)
	rows, err := s.db.QueryContext(ctx, `
		select d.actor, d.recipient, d.event, d.mode, max(d.date) filter (d.date < ?::date) as before, min(d.date) filter (d.date >= ?::date) as first,
			arg_min(d.record, (d.date, d.record)) filter (d.date >= ?::date)
		from dyads d where `+where.sql()+` group by all having first is not null order by all`, append([]any{day, day, day}, where.args...)...)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []KindSeen
	for rows.Next() {
		var k KindSeen
		var before, first sql.NullTime
		var record uint64
		if err := rows.Scan(&k.Actor, &k.Recipient, &k.Event, &k.Mode, &before, &first, &record); err != nil {
			return nil, explained(s.path, err)
		}
		k.Before, k.First, k.Record = dateOf(before, "day"), dateOf(first, "day"), recordID(record)
		out = append(out, k)
	}
	return out, explained(s.path, rows.Err())
}

// betweenStates leaves out what rebels of a country do and what is done to them: it is
// not that country's.
const betweenStates = "d.actor_sector not in ('REB', 'SEP', 'UAF') and d.recipient_sector not in ('REB', 'SEP', 'UAF')"

// LastTold gives the last day on which a story was published of which a record is let
// through by a filter; the zero Date when there is none.
func (s *DuckDB) LastTold(ctx context.Context, f Filter) (dyad.Date, error) {
	where, err := f.records()
	if err != nil {
		return dyad.Date{}, err
	}
	var day sql.NullTime
	err = s.db.QueryRowContext(ctx, `select max(published) from stories where number in (select d.story from dyads d where `+where.sql()+`)`, where.args...).Scan(&day)
	return dateOf(day, "day"), explained(s.path, err)
}

// Span gives the first and the last day of an actual event; zero dates when there is
// none.
func (s *DuckDB) Span(ctx context.Context, origins []string) (first, last dyad.Date, err error) {
	return s.SpanOf(ctx, Filter{Origin: origins})
}

// SpanOf gives the same of those that a filter lets through.
func (s *DuckDB) SpanOf(ctx context.Context, f Filter) (first, last dyad.Date, err error) {
	f.Kinds, f.Aux = []dyad.Kind{dyad.KindEvent}, []string{"actual"}
	where, err := f.records()
	if err != nil {
		return first, last, err
	}
	var from, to sql.NullTime
	err = s.db.QueryRowContext(ctx, `select min(d.date), max(d.date) from dyads d where `+where.sql(), where.args...).Scan(&from, &to)
	return dateOf(from, "day"), dateOf(to, "day"), explained(s.path, err)
}
