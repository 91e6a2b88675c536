//go:build cgo

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/opendyad/dyad"
)

// everyType is a row with a value of each type that an appender can write.
type everyType struct {
	number   int64
	id       uint64
	pair     uint32
	ordinal  uint16
	aux      uint8
	scale    float32
	stands   bool
	text     string
	blob     []byte
	day      dyad.Date
	moment   time.Time
	partName string
}

const everyTypeTable = `create type parts as enum ('', 'day', 'month');
	create table every (number bigint, id ubigint, pair uinteger, ordinal usmallint, aux utinyint, scale float, stands boolean,
		text varchar, blob blob, day date, moment timestamp, part parts)`

func (r *everyType) appendTo(a *appender) error {
	a.int64(r.number)
	a.uint64(r.id)
	a.uint32(r.pair)
	a.uint16(r.ordinal)
	a.uint8(r.aux)
	a.float32(r.scale)
	a.bool(r.stands)
	a.text(r.text)
	a.bytes(mapping.TypeBlob, r.blob)
	a.day(r.day)
	a.time(r.moment)
	a.name(r.partName)
	return a.end()
}

// scan compares a row of the table with what was appended.
func (r *everyType) check(t *rapid.T, rows *sql.Rows) {
	var got everyType
	var day sql.NullTime
	if err := rows.Scan(&got.number, &got.id, &got.pair, &got.ordinal, &got.aux, &got.scale, &got.stands, &got.text, &got.blob, &day, &got.moment, &got.partName); err != nil {
		t.Fatal(err)
	}
	switch {
	case got.number != r.number, got.id != r.id, got.pair != r.pair, got.ordinal != r.ordinal, got.aux != r.aux, got.scale != r.scale,
		got.stands != r.stands, got.text != r.text, string(got.blob) != string(r.blob), got.partName != r.partName,
		!got.moment.Equal(r.moment), dateOf(day, partOf(r.day)) != r.day:
		t.Fatalf("appended %+v and read %+v, day %v", *r, got, day)
	}
}

func everyTypes() *rapid.Generator[everyType] {
	return rapid.Custom(func(t *rapid.T) everyType {
		r := everyType{
			number: rapid.Int64().Draw(t, "number"), id: rapid.Uint64().Draw(t, "id"), pair: rapid.Uint32().Draw(t, "pair"),
			ordinal: rapid.Uint16().Draw(t, "ordinal"), aux: rapid.Uint8().Draw(t, "aux"), scale: rapid.Float32().Draw(t, "scale"),
			stands: rapid.Bool().Draw(t, "stands"), text: strings.ToValidUTF8(rapid.StringN(0, 20, 40).Draw(t, "text"), ""),
			blob: rapid.SliceOfN(rapid.Byte(), 0, 30).Draw(t, "blob"), moment: time.UnixMicro(rapid.Int64Range(-1e15, 3e15).Draw(t, "moment")),
			partName: rapid.SampledFrom([]string{"", "day", "month"}).Draw(t, "part"),
		}
		if rapid.Bool().Draw(t, "dated") {
			r.day = dyad.Date{Year: rapid.IntRange(1800, 2200).Draw(t, "year"), Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 28).Draw(t, "dayOfMonth")}
		}
		return r
	})
}

// appendRows gives a new store's connection a table and appends to it.
func appendRows(t *testing.T, add func(*appender) error) (*DuckDB, error) {
	s, err := Open(filepath.Join(t.TempDir(), "a.duckdb"), Write)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.write.ExecContext(context.Background(), everyTypeTable); err != nil {
		t.Fatal(err)
	}
	return s, s.write.Raw(func(c any) error {
		a, err := newAppender(c.(driver.Conn), "every", new(sync.Mutex))
		if err != nil {
			return err
		}
		return errors.Join(add(a), a.close())
	})
}

// What is appended is read as it was, whatever it is and however many rows it fills.
func TestAppenderKeepsValues(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		few := rapid.SliceOfN(everyTypes(), 1, 5).Draw(r, "rows")
		count := rapid.IntRange(0, 5*chunkRows).Draw(r, "count")
		s, err := appendRows(t, func(a *appender) error {
			for i := range count {
				if err := few[i%len(few)].appendTo(a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			r.Fatal(err)
		}
		defer s.Close()
		rows, err := s.write.QueryContext(context.Background(), `select * from every order by rowid`)
		if err != nil {
			r.Fatal(err)
		}
		defer rows.Close()
		read := 0
		for ; rows.Next(); read++ {
			few[read%len(few)].check(r, rows)
		}
		if err := rows.Err(); err != nil || read != count {
			r.Fatalf("appended %d rows and read %d, %v", count, read, err)
		}
	})
}

// A value that its column cannot hold is an error, and nothing of its row is stored.
func TestAppenderRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		add  func(*appender)
		want string
	}{
		"another type":   {func(a *appender) { a.text("five") }, "column 1 of the table"},
		"too few values": {func(a *appender) { a.int64(5) }, "a row of 1 values"},
		"unknown name": {func(a *appender) {
			a.at = 11
			a.name("week")
		}, `"week" is none of the names of column 12`},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := appendRows(t, func(a *appender) error {
				c.add(a)
				return a.end()
			})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got the error %v, want one with %q", err, c.want)
			}
			var rows int
			if err := s.write.QueryRowContext(context.Background(), `select count(*) from every`).Scan(&rows); err != nil || rows != 0 {
				t.Errorf("%d rows are stored, %v", rows, err)
			}
		})
	}
}
