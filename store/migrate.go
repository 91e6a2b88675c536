//go:build cgo

package store

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations make the tables, in order: number N brings a file from version N-1 to
// N. What stands here is never changed, only added to.
var migrations = []string{
	1: `
create type part as enum ('', 'day', 'month', 'year');
create type basis as enum ('', 'stated', 'derived', 'published', 'unknown');
create type kind as enum ('event', 'position', 'expectation', 'claim', 'visit', 'refusal');
create table stories (
	number bigint not null,
	id varchar not null,
	title varchar, text varchar, url varchar, publisher varchar, language varchar,
	published date, published_part part,         -- how much of the date is known
	published_basis varchar, source varchar,
	added timestamp,
	hash ubigint, signature blob,
	cluster bigint,
	note varchar                                 -- why it was not coded
);
create table records (
	id ubigint not null, story bigint not null,     -- 0 for events of other projects
	kind kind not null, origin varchar not null, codebook varchar, body varchar not null using compression zstd
);
create table dyads (
	record ubigint not null, ordinal usmallint not null, story bigint, kind kind not null, origin varchar not null,
	date date, date_part part, date_basis basis,
	actor varchar, actor_sector varchar, recipient varchar, recipient_sector varchar,
	pair uinteger,                               -- of the two codes, either way: see pairNumber
	mutual boolean,                              -- both did it to one another
	first boolean,                               -- of the rows of a record that are of these two countries, the first
	event varchar, mode varchar, quad utinyint, scale float,
	aux utinyint,                                -- bits: historical 1, future 2, hypothetical 4, negation 8
	issues varchar, asserted_by varchar,         -- words with blanks between
	country varchar, city varchar,
	confidence float,
	same ubigint,                                -- what reports of one happening share; 0: folds with none
	happening ubigint,
	stands boolean                               -- whether it stands for its happening: that is its own id
);
create table failures (
	number bigint not null, key ubigint not null, story varchar, stage varchar, error varchar, source varchar, input blob,
	failed_at timestamp, tries integer, solved boolean
);
create table sources (
	address varchar not null, kind varchar, etag varchar, last_modified varchar,
	failures integer, last_error varchar, last_tried timestamp, next_try timestamp
);
create view reasons as
	select id as record, unnest(from_json(body->'reasons', '[{"stage":"VARCHAR","rule":"VARCHAR","note":"VARCHAR"}]'), recursive := true) from records;
create view evidence as
	select id as record, story, body->>'text' as text, unnest(list_prepend(
		from_json(body->'text_info', '{"sequence":"INTEGER","start":"INTEGER","end":"INTEGER"}'),
		coalesce(from_json(body->'mentions', '[{"sequence":"INTEGER","start":"INTEGER","end":"INTEGER"}]'), [])), recursive := true) from records;
`,
	2: `
create table changes (                               -- of the last recoding
	number bigint not null, story bigint not null,
	what varchar not null,                       -- added, gone or changed
	kind kind not null, event varchar,
	old varchar, new varchar                     -- the records as lines of JSON
);
`,
	3: `
create table corrections (                           -- what people say of records
	number bigint not null, record ubigint not null, story bigint not null,
	action varchar not null,                     -- reject: it is in no other table; correct: another stands there under its id
	author varchar not null, note varchar not null, made timestamp not null, undone timestamp,
	stale boolean not null,                      -- the record is not coded any more
	before varchar not null, after varchar not null,  -- as lines of JSON
	same_before ubigint not null, same_after ubigint not null
);
`,
	4: `
create table alerts (                                -- what somebody should look at
	id varchar not null, kind varchar not null, day varchar not null, pair varchar not null, title varchar not null, text varchar not null,
	records varchar not null,                    -- ids with blanks between
	found timestamp not null, acknowledged timestamp, author varchar not null, note varchar not null
);
`,
	5: `
alter table dyads add column province varchar;
alter table dyads add column until date;             -- the last day of a date that is no single day
update dyads set province = coalesce(b.place->>'province', ''),
		city = case when city <> '' or b.place is null then city
			when coalesce(b.place->>'province', '') <> '' then b.place->>'province'
			when (b.place->>'resolution')::integer >= 2 then coalesce(b.place->>'resolved_place', '') else '' end,
		until = case when b.until > date then b.until end
	from (select r.id, r.body->'event_loc' as place, coalesce(try_cast(r.body->>'enddate' as date), d.ends) as until
		from records r join (select record, case date_part when 'month' then last_day(date) when 'year' then make_date(year(date), 12, 31) end as ends
			from dyads where ordinal = 0) d on d.record = r.id) b
	where b.id = dyads.record;
update dyads set date_part = case when until - date > 30 then 'year' else 'month' end where until is not null and date_part <> 'year';
`,
	6: `
alter table failures add column published varchar default '';  -- the date that the call gave for stories without one
`,
}

// migrate brings the file to the version that this program knows.
func migrate(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `create table if not exists meta (name varchar not null, value varchar)`); err != nil {
		return err
	}
	version, err := versionOf(ctx, conn)
	if err != nil {
		return err
	}
	for number := version + 1; number < len(migrations); number++ {
		err := within(ctx, conn, func() error {
			if _, err := conn.ExecContext(ctx, migrations[number]); err != nil {
				return err
			}
			return setMeta(ctx, conn, "version", fmt.Sprint(number))
		})
		if err != nil {
			return fmt.Errorf("bringing the store from version %d to %d: %w", number-1, number, err)
		}
	}
	return nil
}

// versionOf gives the file's version, 0 for a new one, and an error for one that is
// newer than the program.
func versionOf(ctx context.Context, conn *sql.Conn) (int, error) {
	value, err := meta(ctx, conn, "version")
	if err != nil || value == "" {
		return 0, err
	}
	var version int
	if _, err := fmt.Sscan(value, &version); err != nil {
		return 0, fmt.Errorf("the store's version is %q, which is no number: is this a store of dyad?", value)
	}
	if version >= len(migrations) {
		return 0, fmt.Errorf("%w: its version is %d, this program knows %d; use the newer dyad, or another file with --store", ErrNewer, version, len(migrations)-1)
	}
	return version, nil
}

// meta gives a value kept under a name, "" when there is none.
func meta(ctx context.Context, conn *sql.Conn, name string) (string, error) {
	var value string
	err := conn.QueryRowContext(ctx, `select value from meta where name = ?`, name).Scan(&value)
	if err == sql.ErrNoRows {
		return "", nil
	}
	return value, err
}

func setMeta(ctx context.Context, conn *sql.Conn, name, value string) error {
	if _, err := conn.ExecContext(ctx, `delete from meta where name = ?`, name); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, `insert into meta values (?, ?)`, name, value)
	return err
}

// within does something in a transaction: all of it, or nothing.
func within(ctx context.Context, conn *sql.Conn, do func() error) error {
	if _, err := conn.ExecContext(ctx, `begin transaction`); err != nil {
		return err
	}
	if err := do(); err != nil {
		// The error that led here is the one worth telling.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `rollback`)
		return err
	}
	_, err := conn.ExecContext(ctx, `commit`)
	return err
}
