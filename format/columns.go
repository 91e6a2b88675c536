package format

import (
	"fmt"
	"slices"
	"strings"
)

// A column of another project's files.
type column struct {
	name string
	also []string // as other editions of the same data call it
}

// columnsNamed makes columns; other names follow the first after a bar.
func columnsNamed(names ...string) []column {
	out := make([]column, len(names))
	for i, name := range names {
		all := strings.Split(name, "|")
		out[i] = column{all[0], all[1:]}
	}
	return out
}

// Columns find the columns of a file by its header, or by their usual order where it
// has none.
type columns struct {
	rows  *rowReader
	names []column
	at    []int // where each of names stands in the file, -1 for nowhere
	count int   // of the file
}

func newColumns(rows *rowReader, names []column) *columns {
	c := &columns{rows: rows, names: names, at: make([]int, len(names)), count: len(names)}
	for i := range c.at {
		c.at[i] = i
	}
	return c
}

// plainName writes the name of a column so that R's forms of it are the same:
// "Event.ID", "event_id".
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return -1
	}, name)
}

// header takes the order of the columns from a row that names at least half of them, and
// says whether it is such a row.
func (c *columns) header(fields []string) bool {
	places := make(map[string]int, len(fields))
	for i, f := range slices.Backward(fields) { // of two with one name the first counts
		places[plainName(f)] = i
	}
	delete(places, "")
	at := make([]int, len(c.names))
	known := 0
	for i, name := range c.names {
		at[i] = -1
		for _, n := range append([]string{name.name}, name.also...) {
			if place, ok := places[plainName(n)]; ok {
				at[i] = place
				known++
				break
			}
		}
	}
	if 2*known < len(fields) {
		return false
	}
	c.at, c.count = at, len(fields)
	return true
}

// row says whether the row at hand has data. The first one may be a header, which must
// name the columns that are needed; the others must have as many fields as it.
func (c *columns) row(what string, needed ...int) (data bool, err error) {
	fields := c.rows.fields
	if c.rows.rows == 1 && c.header(fields) {
		for _, i := range needed {
			if c.at[i] < 0 {
				return false, fmt.Errorf("reading %s: its header has no column %s, which %s needs", c.rows.name, c.names[i].name, what)
			}
		}
		return false, nil
	}
	n := len(fields)
	for n > c.count && fields[n-1] == "" { // trailing tabs
		n--
	}
	if n != c.count {
		return false, c.rows.fault("", fmt.Sprintf("the row has %d columns where %d are expected", n, c.count))
	}
	return true, nil
}

// field gives a column of the row as it is written, "" where it has no value.
func (c *columns) field(i int) string {
	at := c.at[i]
	if at < 0 {
		return ""
	}
	f := unquoted(c.rows.fields[at])
	if absent(f) {
		return ""
	}
	return f
}
