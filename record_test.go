package dyad

import "testing"

func TestWhenAndPartOfARecord(t *testing.T) {
	for _, c := range []struct{ from, to, when, part, last string }{
		{"2024-04-22", "", "2024-04-22", "day", "2024-04-22"},
		{"2024-04-22", "2024-04-22", "2024-04-22", "day", "2024-04-22"},
		{"2024-01-15", "2024-01-21", "2024-01-15..2024-01-21", "month", "2024-01-21"},
		{"2023-10-01", "2024-03-31", "2023-10-01..2024-03-31", "year", "2024-03-31"},
		{"2024-04", "", "2024-04", "month", "2024-04-30"},
		{"2024-04", "2024-04-30", "2024-04", "month", "2024-04-30"},
		{"2022-06", "2022-08-31", "2022-06..2022-08", "year", "2022-08-31"},
		{"2024-04", "2024-04-10", "2024-04..2024-04-10", "month", "2024-04-10"},
		{"2024", "", "2024", "year", "2024-12-31"},
		{"2024", "2024-12-31", "2024", "year", "2024-12-31"},
		{"1990", "1999-12-31", "1990..1999", "year", "1999-12-31"},
		{"", "", "", "", ""},
	} {
		r := Record{}
		r.Date, _ = ParseDate(c.from)
		r.DateEnd, _ = ParseDate(c.to)
		if r.When() != c.when || r.DatePart() != c.part || r.LastDay().String() != c.last {
			t.Errorf("%s to %s: %s, %s, until %s; want %s, %s, until %s", c.from, c.to, r.When(), r.DatePart(), r.LastDay(), c.when, c.part, c.last)
		}
	}
}
