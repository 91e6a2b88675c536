//go:build cgo

package store

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/opendyad/dyad"
)

// TestAnOlderFileLearnsOfSpansAndProvinces takes from a file what version 5 added and
// opens it: each row has to be as its record says again.
func TestAnOlderFileLearnsOfSpansAndProvinces(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "old.duckdb")
	s, err := Open(path, Write)
	if err != nil {
		t.Fatal(err)
	}
	week := event(1, "IRN>PAK", "CONSULT", "2024-01-15")
	week.DateEnd = dyad.Date{Year: 2024, Month: 1, Day: 21}
	month := event(2, "IRN>PAK", "AGREE", "2024-02")
	summer := event(3, "IRN>PAK", "AID", "2022-06")
	summer.DateEnd = dyad.Date{Year: 2022, Month: 8, Day: 31}
	day := event(4, "IRN>IRQ", "ASSAULT", "2024-01-15")
	day.Event.Place = &dyad.Place{Extracted: "Basra", Resolved: "Basra", Province: "Basra", CountryCode: "IRQ", Resolution: 2}
	year := event(5, "IRN>IRQ", "ASSAULT", "2021")
	year.Event.Place = &dyad.Place{Extracted: "Iraq", Resolved: "Iraq", CountryCode: "IRQ", Resolution: 1}
	records := []dyad.Record{week, month, summer, day, year}
	for i := range records {
		records[i].Story = "a"
		records[i].Text = "Text of a."
		records[i].Evidence = dyad.Evidence{Sequence: 1, Span: dyad.Span{Start: 0, End: 10}, Trigger: dyad.Span{Start: 0, End: 4}}
	}
	if err := s.Add(ctx, []Entry{entry("a", "2024-03-01", records...)}); err != nil {
		t.Fatal(err)
	}
	const want = "1 month 2024-01-21 |2 month 2024-02-29 |3 year 2022-08-31 |4 day - Basra|5 year 2021-12-31 |"
	if got := spans(t, s); got != want {
		t.Errorf("stored are %s, want %s", got, want)
	}
	_, err = s.write.ExecContext(ctx, `
		alter table failures drop column published;
		alter table dyads drop column province; alter table dyads drop column until;
		update dyads set city = '', date_part = case record when 2 then 'month' when 3 then 'month' when 5 then 'year' else 'day' end;
		update meta set value = '4' where name = 'version'`)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := spans(t, open(t, path)); got != want {
		t.Errorf("after opening an older file there are %s, want %s", got, want)
	}
}

// TestAnOlderFileKeepsFailuresWithoutADate opens a file of version 5: the failure in
// it has no date, until the same one comes with one.
func TestAnOlderFileKeepsFailuresWithoutADate(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "old.duckdb")
	s, err := Open(path, Write)
	if err != nil {
		t.Fatal(err)
	}
	f := dyad.Failure{Story: "a", Stage: "ingest", Error: "it has no text", Source: "a.txt"}
	if err := s.Add(ctx, []Entry{{Failures: []dyad.Failure{f}}}); err != nil {
		t.Fatal(err)
	}
	if _, err = s.write.ExecContext(ctx, `alter table failures drop column published; update meta set value = '5' where name = 'version'`); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	dated := f
	dated.Published = dyad.Date{Year: 2024, Month: 4, Day: 22}
	for _, c := range []struct {
		add  []dyad.Failure
		want string
	}{{nil, ""}, {[]dyad.Failure{dated}, "2024-04-22"}, {[]dyad.Failure{f}, "2024-04-22"}} {
		if err := s.Add(ctx, []Entry{{Failures: c.add}}); err != nil {
			t.Fatal(err)
		}
		list, err := s.Failures(ctx, false)
		if err != nil || len(list) != 1 || list[0].Published.String() != c.want {
			t.Errorf("after %v the failures are %v (%v), want one of %q", c.add, list, err, c.want)
		}
	}
}

func spans(t *testing.T, s *DuckDB) string {
	t.Helper()
	var all string
	err := s.write.QueryRowContext(context.Background(), `select string_agg(record || ' ' || date_part || ' ' || coalesce(until::varchar, '-') || ' ' || city || '|', '' order by record) from dyads`).Scan(&all)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
