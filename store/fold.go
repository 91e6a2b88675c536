//go:build cgo

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// HoldFolding keeps others from working out what tells of one happening, or from taking
// records away meanwhile, until the function given back is called.
func (s *DuckDB) HoldFolding() (release func()) {
	s.folding.Lock()
	return s.folding.Unlock
}

// Unfolded gives how many stories have not been folded yet.
func (s *DuckDB) Unfolded(ctx context.Context) (int64, error) {
	folded, err := s.foldedTo(ctx)
	return s.next - 1 - folded, explained(s.path, err)
}

func (s *DuckDB) foldedTo(ctx context.Context) (int64, error) {
	value, err := meta(ctx, s.write, "folded_to")
	if err != nil || value == "" {
		return 0, err
	}
	var number int64
	_, err = fmt.Sscan(value, &number)
	return number, err
}

// Near calls give with every story that was published within some days of one that
// has not been folded, with those that have no date when a new one has none, and
// with those of the same text: undated ones first, then by day and number.
func (s *DuckDB) Near(ctx context.Context, days int, give func(*Near)) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	folded, err := s.foldedTo(ctx)
	if err != nil {
		return explained(s.path, err)
	}
	rows, err := s.write.QueryContext(ctx, `
		with new as (select published, published_part, hash from stories where number > ?),
		days as (select distinct unnest(generate_series(published - ?::integer, published + ?::integer, interval 1 day))::date as day
			from (select distinct published from new where published is not null))
		select number, id, published, hash, signature, cluster from stories
		where published in (from days) or hash in (select hash from new)
			or published is null and exists (from new where published is null)
		order by published nulls first, number`, folded, days, days)
	if err != nil {
		return explained(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var n Near
		var published sql.NullTime
		if err := rows.Scan(&n.Number, &n.ID, &published, &n.Hash, &n.Signature, &n.Cluster); err != nil {
			return explained(s.path, err)
		}
		n.Dated = published.Valid
		if n.Dated {
			n.Day = dayOf(published.Time).Days()
		}
		give(&n)
	}
	return explained(s.path, rows.Err())
}

// Tellings calls give with the tellings of every key that a record has of a story
// that has not been folded, or of another in the cluster of one: key by key.
func (s *DuckDB) Tellings(ctx context.Context, give func([]Telling) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	folded, err := s.foldedTo(ctx)
	if err != nil {
		return explained(s.path, err)
	}
	return s.tellings(ctx, `select distinct same from dyads where ordinal = 0 and same <> 0 and story in
		(select number from stories where cluster in (select cluster from stories where number > ?))`, []any{folded}, give)
}

// tellings gives those of the keys that a query gives.
func (s *DuckDB) tellings(ctx context.Context, keys string, args []any, give func([]Telling) error) error {
	rows, err := s.write.QueryContext(ctx, `
		with touched as (`+keys+`)
		select d.record, d.same, d.story, s.cluster, d.date, d.date_basis, d.mode, d.issues, d.country, d.province, d.city, d.until, d.happening
		from dyads d join stories s on s.number = d.story
		where d.ordinal = 0 and d.same in (from touched) order by d.same, d.record`, args...)
	if err != nil {
		return explained(s.path, err)
	}
	defer rows.Close()
	var group []Telling
	for rows.Next() {
		t, err := scanTelling(rows)
		if err != nil {
			return explained(s.path, err)
		}
		if len(group) > 0 && group[0].Same != t.Same {
			if err := give(group); err != nil {
				return err
			}
			group = group[:0]
		}
		group = append(group, t)
	}
	if err := rows.Err(); err != nil {
		return explained(s.path, err)
	}
	if len(group) > 0 {
		return give(group)
	}
	return nil
}

func scanTelling(rows *sql.Rows) (t Telling, err error) {
	var date, until sql.NullTime
	var basis, issues string
	err = rows.Scan(&t.Record, &t.Same, &t.Story, &t.Cluster, &date, &basis, &t.Mode, &issues, &t.Country, &t.Province, &t.City, &until, &t.Happening)
	if date.Valid {
		t.Dated = true
		t.Day = dayOf(date.Time).Days()
		t.Last = t.Day
	}
	if until.Valid {
		t.Last = dayOf(until.Time).Days()
	}
	if t.City == t.Province {
		t.City = ""
	}
	t.ByText = basis == "stated" || basis == "derived"
	t.Issues = strings.Fields(issues)
	return t, err
}

// SetClusters gives stories another cluster.
func (s *DuckDB) SetClusters(ctx context.Context, clusters map[int64]int64) error {
	if len(clusters) == 0 {
		return nil
	}
	return s.setNumbers(ctx, "bigint", func(add func(a, b any) error) error {
		for from, to := range clusters {
			if err := add(from, to); err != nil {
				return err
			}
		}
		return nil
	}, `update stories set cluster = changed.value from changed where stories.cluster = changed.key`, false)
}

// SetHappenings gives records another happening, and notes that all stories up to
// now are folded.
func (s *DuckDB) SetHappenings(ctx context.Context, happenings map[uint64]uint64) error {
	return s.setHappenings(ctx, happenings, true)
}

func (s *DuckDB) setHappenings(ctx context.Context, happenings map[uint64]uint64, all bool) error {
	return s.setNumbers(ctx, "ubigint", func(add func(a, b any) error) error {
		for record, happening := range happenings {
			if err := add(record, happening); err != nil {
				return err
			}
		}
		return nil
	}, `update dyads set happening = changed.value, stands = (record = changed.value) from changed where dyads.record = changed.key`, all)
}

// setNumbers updates a table from pairs of numbers, in one transaction.
func (s *DuckDB) setNumbers(ctx context.Context, kind string, pairs func(add func(a, b any) error) error, update string, done bool) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := within(ctx, s.write, func() error {
		if _, err := s.write.ExecContext(ctx, `create or replace temp table changed (key `+kind+`, value `+kind+`)`); err != nil {
			return err
		}
		err := s.write.Raw(func(c any) (err error) {
			a, err := duckdb.NewAppender(c.(driver.Conn), "temp", "", "changed")
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, a.Close()) }()
			return pairs(func(key, value any) error { return a.AppendRow(key, value) })
		})
		if err != nil {
			return err
		}
		if _, err := s.write.ExecContext(ctx, update); err != nil {
			return err
		}
		if done {
			return setMeta(ctx, s.write, "folded_to", fmt.Sprint(s.next-1))
		}
		return nil
	})
	return explained(s.path, err)
}
