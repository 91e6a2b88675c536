package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/opendyad/dyad"
)

// maxLine is the longest row that is read; no project's come near it.
const maxLine = 256 << 10

// A RowError says what is wrong with one row of an imported file. The row gives no
// record; reading goes on after it.
type RowError struct {
	File    string
	Line    int    // from 1
	Column  string // as the project calls it: "Event Date"; "" for the whole row
	Problem string
	Input   string // the row, cut to some kilobytes
}

// Error gives "events.tab:12:Event Date: …".
func (e *RowError) Error() string {
	at := e.File + ":" + strconv.Itoa(e.Line)
	if e.Column != "" {
		at += ":" + e.Column
	}
	return at + ": " + e.Problem
}

// rowReader reads a file row by row, each parted at its tabs.
type rowReader struct {
	name   string
	in     *bufio.Reader
	line   int
	rows   int      // that had something in them
	text   string   // the row, without its end
	fields []string // of the row; overwritten by the next
	commas bool     // fields are parted by commas
}

func newRowReader(r io.Reader, name string) *rowReader {
	return &rowReader{name: name, in: bufio.NewReaderSize(r, maxLine), fields: make([]string, 0, 64)}
}

// chooseSeparator looks at the first line: without a tab but with a comma, the file is
// parted by commas.
func (r *rowReader) chooseSeparator() {
	start, _ := r.in.Peek(8192) // an error comes back with the first row
	if end := bytes.IndexByte(start, '\n'); end >= 0 {
		start = start[:end]
	}
	r.commas = bytes.IndexByte(start, '\t') < 0 && bytes.IndexByte(start, ',') >= 0
}

// next reads a row that is not empty. The error is a *RowError where only this row is
// bad, io.EOF at the end, and another one where the file cannot be read on.
func (r *rowReader) next() error {
	for {
		line, err := r.in.ReadSlice('\n')
		if len(line) == 0 && err == nil {
			err = io.ErrNoProgress
		}
		r.line++
		if errors.Is(err, bufio.ErrBufferFull) {
			return r.skipLine(line)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			r.text = ""
			return fmt.Errorf("reading %s after line %d: %w", r.name, r.line-1, err)
		}
		if r.line == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			if err != nil {
				return io.EOF
			}
			continue
		}
		r.rows++
		return r.split(line)
	}
}

// skipLine passes over the rest of a line that is too long.
func (r *rowReader) skipLine(start []byte) error {
	r.text = strings.ToValidUTF8(string(start[:2000]), "\uFFFD")
	length := len(start)
	for {
		more, err := r.in.ReadSlice('\n')
		length += len(more)
		switch {
		case err == nil || errors.Is(err, io.EOF):
			return r.fault("", fmt.Sprintf("the row has %d bytes, more than any row of an event file; a quote or a line's end may be lost", length))
		case !errors.Is(err, bufio.ErrBufferFull):
			return fmt.Errorf("reading %s in line %d: %w", r.name, r.line, err)
		}
	}
}

// split takes the row apart. Bytes that are no UTF-8 are read as Latin 1, in which some
// projects' older files are written.
func (r *rowReader) split(line []byte) error {
	r.text = string(line)
	if !utf8.Valid(line) {
		r.text = latin1(line)
	}
	r.fields = r.fields[:0]
	separator := byte('\t')
	if r.commas {
		separator = ','
	}
	for rest := r.text; ; {
		i := strings.IndexByte(rest, separator)
		if r.commas && rest != "" && rest[0] == '"' {
			i = afterQuotes(rest)
		}
		if i < 0 {
			r.fields = append(r.fields, rest)
			break
		}
		r.fields = append(r.fields, rest[:i])
		rest = rest[i+1:]
	}
	if strings.IndexByte(r.text, 0) >= 0 {
		return r.fault("", "the row holds NUL bytes; the file is damaged here")
	}
	return nil
}

// afterQuotes gives the place of the comma after a quoted field, -1 where there is none.
func afterQuotes(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i] == '"' {
			if i+1 < len(s) && s[i+1] == '"' {
				i++
			} else if i+1 < len(s) && s[i+1] == ',' {
				return i + 1
			}
		}
	}
	return -1
}

func latin1(line []byte) string {
	var b strings.Builder
	b.Grow(len(line) + 8)
	for _, c := range line {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// fault makes the error of the row that was read last.
func (r *rowReader) fault(column, problem string) *RowError {
	return &RowError{File: r.name, Line: r.line, Column: column, Problem: problem, Input: shorten(r.text, 2000)}
}

// absent reports whether a field is one of the ways to say that there is no value.
func absent(s string) bool {
	switch s {
	case "NA", "NULL", "null", "None", "---", "--", "\\N", "nan", "NaN":
		return true
	}
	return strings.Trim(s, " ") == ""
}

// Cells read the fields of one row and keep the first thing that is wrong.
type cells struct {
	row *rowReader
	err *RowError
}

func (c *cells) fault(column, problem string) {
	if c.err == nil {
		c.err = c.row.fault(column, problem)
	}
}

// number reads a number between low and high; an absent one is 0.
func (c *cells) number(s, column string, low, high float64) float64 {
	if absent(s) {
		return 0
	}
	v, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil:
		c.fault(column, fmt.Sprintf("%q is no number", shorten(s, 60)))
	case !(v >= low && v <= high): // NaN is neither
		c.fault(column, fmt.Sprintf("%s is not between %g and %g", shorten(s, 60), low, high))
	default:
		return v + 0 // no minus zero
	}
	return 0
}

// count reads a whole number that is not negative; an absent one is 0.
func (c *cells) count(s, column string) int {
	if absent(s) {
		return 0
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || i > 17 {
			c.fault(column, fmt.Sprintf("%q is no whole number", shorten(s, 60)))
			return 0
		}
		n = 10*n + int(s[i]-'0')
	}
	return n
}

// date reads "2018-06-01" or, as in ICEWS' files of 2017, month, day and year:
// "12/1/2017". A time of day after it is left out.
func (c *cells) date(s, column string) dyad.Date {
	day := s
	if i := strings.IndexAny(s, " T"); i > 0 {
		day = s[:i]
	}
	if d, err := dyad.ParseDate(day); err == nil && d.Day > 0 {
		return d
	}
	if month, rest, ok := strings.Cut(day, "/"); ok {
		if dayOfMonth, year, ok := strings.Cut(rest, "/"); ok && len(month) <= 2 && len(dayOfMonth) <= 2 && len(year) == 4 {
			if d, err := dyad.ParseDate(year + "-" + twoDigits(month) + "-" + twoDigits(dayOfMonth)); err == nil {
				return d
			}
		}
	}
	c.fault(column, fmt.Sprintf("%q is no date; want 2018-06-01, or 6/1/2018 with the month first", shorten(s, 60)))
	return dyad.Date{}
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// dayDigits reads "20180601".
func (c *cells) dayDigits(s, column string) dyad.Date {
	if len(s) == 8 && isDigits(s) {
		number := func(part string) (n int) {
			for i := 0; i < len(part); i++ {
				n = 10*n + int(part[i]-'0')
			}
			return n
		}
		d := dyad.Date{Year: number(s[:4]), Month: number(s[4:6]), Day: number(s[6:])}
		if d.Year > 0 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && (d.Day <= 28 || exists(d)) {
			return d
		}
	}
	c.fault(column, fmt.Sprintf("%q is no date; want YYYYMMDD", shorten(s, 60)))
	return dyad.Date{}
}

func exists(d dyad.Date) bool {
	_, err := dyad.ParseDate(d.String())
	return err == nil
}

// unquoted gives a field without the quotes around it, as ".tab" files have them: a
// quote within is doubled or has a backslash. A field that only happens to begin or
// end with a quote stays as it is.
func unquoted(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	inner := s[1 : len(s)-1]
	if strings.IndexByte(inner, '"') < 0 && strings.IndexByte(inner, '\\') < 0 {
		return inner
	}
	b := make([]byte, 0, len(inner))
	for i := 0; i < len(inner); i++ {
		c := inner[i]
		if c == '"' || c == '\\' && i+1 < len(inner) && (inner[i+1] == '"' || inner[i+1] == '\\') {
			if i++; i == len(inner) || c == '"' && inner[i] != '"' {
				return s // a lone quote: these quotes are part of the words
			}
			c = inner[i]
		}
		b = append(b, c)
	}
	return string(b)
}
