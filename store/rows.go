//go:build cgo

package store

import (
	"context"
	"database/sql"

	"github.com/opendyad/dyad"
)

// Rows calls give with the rows of events that a filter lets through, by date and
// record.
func (s *DuckDB) Rows(ctx context.Context, f Filter, give func(*Row) error) error {
	f.Kinds = []dyad.Kind{dyad.KindEvent}
	where, err := f.records()
	if err != nil {
		return err
	}
	var known condition
	f.addKnown(&known)
	// What stands for others is in few rows; the rest has one report. Copies of a story
	// in one outlet are one report.
	rows, err := s.db.QueryContext(ctx, `
		with several as (select distinct happening from dyads where not stands and ordinal = 0),
		reported as (select d.happening, count(distinct (s.cluster, s.publisher)) as reports
			from dyads d join several using (happening) join stories s on s.number = d.story
			where d.ordinal = 0 and `+known.sql()+` group by d.happening)
		select (d.date - date '1970-01-01')::integer, d.date_part::varchar, d.actor, d.recipient, d.mutual, d.event, d.mode, d.quad, d.scale, d.aux,
			d.actor_sector, d.recipient_sector, d.record, d.happening, coalesce(reported.reports, 1)
		from dyads d left join reported using (happening) where `+where.sql()+` order by d.date nulls first, d.record, d.ordinal`, append(known.args, where.args...)...)
	if err != nil {
		return explained(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var r Row
		var day sql.NullInt32
		var part string
		var aux uint8
		var record, happening uint64
		if err := rows.Scan(&day, &part, &r.Actor, &r.Recipient, &r.Mutual, &r.Event, &r.Mode, &r.Quad, &r.Scale, &aux, &r.ActorSector, &r.RecipientSector, &record, &happening, &r.Reports); err != nil {
			return explained(s.path, err)
		}
		r.Day, r.Dated, r.Part, r.Aux = int(day.Int32), day.Valid, part, auxOf(aux)
		r.Record = recordID(record)
		r.Happening = r.Record
		if happening != record {
			r.Happening = recordID(happening)
		}
		if err := give(&r); err != nil {
			return err
		}
	}
	return explained(s.path, rows.Err())
}

// auxOf gives the auxiliary modes of some bits; what is told in the world has none.
func auxOf(bits uint8) (aux []string) {
	if bits == 0 {
		return nil
	}
	for _, name := range []string{dyad.AuxHistorical, dyad.AuxFuture, dyad.AuxHypothetical, dyad.AuxNegation} {
		if bits&auxBit[name] != 0 {
			aux = append(aux, name)
		}
	}
	return aux
}

// Volume gives what was read on each day.
func (s *DuckDB) Volume(ctx context.Context, origins []string) ([]DayVolume, error) {
	f := Filter{Origin: origins, Kinds: []dyad.Kind{dyad.KindEvent}, Aux: []string{"actual"}}
	where, err := f.records()
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `
		with read as (select published as day, count(distinct (cluster, publisher)) as stories from stories where published is not null group by published),
		happened as (select d.date as day, count(*) as events from dyads d
			where `+where.sql()+` and d.ordinal = 0 and d.stands and d.date is not null and d.date_part = 'day' group by d.date)
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
	where.add("d.first and d.stands and d.actor <> d.recipient and d.quad > 0 and d.date_part = 'day' and " + betweenStates)
	where.add("d.date <= ?::date and d.date > ?::date - ?::integer", firstDay(on), firstDay(on), days*periods)
	rows, err := s.db.QueryContext(ctx, `
		select min(least(d.actor, d.recipient)), max(greatest(d.actor, d.recipient)), (?::date - d.date) // ?::integer as period,
			count(*) filter (d.quad <= 2), count(*) filter (d.quad = 3), count(*) filter (d.quad = 4)
		from dyads d where `+where.sql()+` group by d.pair, period order by d.pair, period`, append([]any{firstDay(on), days}, where.args...)...)
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
	where.add("d.pair <> 0 and d.actor <> d.recipient and d.event <> '' and d.date is not null and " + betweenStates)
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
