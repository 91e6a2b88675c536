//go:build cgo

package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

var _ Alerter = (*DuckDB)(nil)

// AddAlerts keeps alerts that are not there yet, in one transaction.
func (s *DuckDB) AddAlerts(ctx context.Context, alerts []Alert) (added []Alert, before int64, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	err = within(ctx, s.write, func() error {
		if err := s.write.QueryRowContext(ctx, `select count(*) from alerts`).Scan(&before); err != nil {
			return err
		}
		for _, a := range alerts {
			var there bool
			if err := s.write.QueryRowContext(ctx, `select exists (from alerts where id = ?)`, a.ID).Scan(&there); err != nil {
				return err
			}
			if there {
				continue
			}
			a.Found = time.Now().UTC().Truncate(time.Microsecond)
			_, err := s.write.ExecContext(ctx, `insert into alerts values (?, ?, ?, ?, ?, ?, ?, ?, null, '', '')`,
				a.ID, a.Kind, a.Day, a.Pair, a.Title, a.Text, strings.Join(a.Records, " "), a.Found)
			if err != nil {
				return err
			}
			added = append(added, a)
		}
		return nil
	})
	if err != nil {
		return nil, before, explained(s.path, err)
	}
	return added, before, nil
}

// Alerts gives alerts, the latest first.
func (s *DuckDB) Alerts(ctx context.Context, all bool) ([]Alert, error) {
	where := "acknowledged is null"
	if all {
		where = "true"
	}
	return s.alerts(ctx, where)
}

func (s *DuckDB) alerts(ctx context.Context, where string, args ...any) ([]Alert, error) {
	rows, err := s.db.QueryContext(ctx, `
		with named as (select id, unnest(string_split(records, ' ')) as record from alerts where records <> ''),
		standing as (select n.id from named n join records r on r.id = ('0x' || n.record)::ubigint)
		select id, kind, day, pair, title, text, records, found, acknowledged, author, note from alerts
		where (records = '' or id in (from standing)) and `+where+` order by day desc, found desc, id limit 500`, args...)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []Alert
	for rows.Next() {
		var a Alert
		var records string
		var acknowledged sql.NullTime
		if err := rows.Scan(&a.ID, &a.Kind, &a.Day, &a.Pair, &a.Title, &a.Text, &records, &a.Found, &acknowledged, &a.Author, &a.Note); err != nil {
			return nil, explained(s.path, err)
		}
		a.Records, a.Acknowledged = strings.Fields(records), acknowledged.Time
		out = append(out, a)
	}
	return out, explained(s.path, rows.Err())
}

// AcknowledgeAlert notes that somebody knows of an alert.
func (s *DuckDB) AcknowledgeAlert(ctx context.Context, id, author, note string) (Alert, error) {
	s.writing.Lock()
	err := within(ctx, s.write, func() error {
		_, err := s.write.ExecContext(ctx, `update alerts set acknowledged = ?, author = ?, note = ? where id = ?`, time.Now().UTC().Truncate(time.Microsecond), author, note, id)
		return err
	})
	s.writing.Unlock()
	if err != nil {
		return Alert{}, explained(s.path, err)
	}
	found, err := s.alerts(ctx, "id = ?", id)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("there is no alert %s: %w", id, ErrNotThere)
	}
	if err != nil {
		return Alert{}, err
	}
	return found[0], nil
}
