package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/opendyad/dyad"
)

// firstPages is before every page of the web: an older date is none.
var firstPages = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// pageDate is a page's date of publication: the one it states when that is
// possible, else the one in its address ("/2024/04/22/"). A page of tomorrow's
// date may come from east of here; a later one is wrong.
func pageDate(stated time.Time, address string, now time.Time) dyad.Date {
	d := dayOf(stated)
	if possible(d, now) && !d.Before(dayOf(firstPages)) {
		return d
	}
	if d = addressDate(address); possible(d, now) && !d.Before(dayOf(firstPages)) {
		return d
	}
	return dyad.Date{}
}

// possible reports whether a story can have been published on d: not in the
// future, and not on the day that a clock at zero shows.
func possible(d dyad.Date, now time.Time) bool {
	return !d.IsZero() && d != dyad.Date{Year: 1970, Month: 1, Day: 1} && !dayOf(now.Add(24*time.Hour)).Before(d)
}

// dayOf is the day of a moment where it was written; none for the zero time.
func dayOf(t time.Time) dyad.Date {
	if t.IsZero() {
		return dyad.Date{}
	}
	y, m, d := t.Date()
	return dyad.Date{Year: y, Month: int(m), Day: d}
}

// addressDate finds a day in an address: "/2024/04/22/", "/2024-04-22-" or
// "/20240422/".
func addressDate(address string) dyad.Date {
	for i := 0; i+8 < len(address); i++ {
		c := address[i]
		if c != '/' && c != '-' && c != '_' {
			continue
		}
		if d, ok := dayAt(address[i+1:]); ok {
			return d
		}
	}
	return dyad.Date{}
}

// dayAt reads a day at the start of s, which must end there.
func dayAt(s string) (dyad.Date, bool) {
	digits := func(from, to int) string {
		if to > len(s) {
			return ""
		}
		for _, c := range []byte(s[from:to]) {
			if c < '0' || c > '9' {
				return ""
			}
		}
		return s[from:to]
	}
	year := digits(0, 4)
	month, day, end := digits(4, 6), digits(6, 8), 8
	if len(s) >= 10 && (s[4] == '/' && s[7] == '/' || s[4] == '-' && s[7] == '-') {
		month, day, end = digits(5, 7), digits(8, 10), 10
	}
	if year == "" || month == "" || day == "" || len(s) > end && s[end] >= '0' && s[end] <= '9' {
		return dyad.Date{}, false
	}
	d, err := dyad.ParseDate(year + "-" + month + "-" + day)
	return d, err == nil
}

// layouts are the written forms of a date that stories come with, beside ISO 8601.
var layouts = []string{
	time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC, time.UnixDate, time.RubyDate,
	"2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006", "January 2 2006", "Jan 2 2006",
	"Monday, January 2, 2006", "Monday, 2 January 2006", "Mon, 2 Jan 2006", "Mon, Jan 2, 2006", "2-Jan-2006", "2006/1/2", "2006.1.2",
}

// readDate reads a date of publication as stories state it: "2024-04-22",
// "2024-04-22T23:30:00-07:00" (the day as it is written), "20240422",
// "20240422153000", "Mon, 22 Apr 2024 15:30:00 GMT", "22 April 2024", seconds and
// milliseconds since 1970. It does not guess whether 03/04 is in March or April.
func readDate(s string) (dyad.Date, error) {
	s = strings.Join(strings.Fields(s), " ")
	unread := fmt.Errorf("the date %q cannot be read and counts as unknown; want one such as 2024-04-22", cutAt(s, 60))
	if s == "" || len(s) > 60 {
		return dyad.Date{}, unread
	}
	if strings.Trim(s, "0123456789") == "" {
		return readDigits(s, unread)
	}
	if len(s) > 10 && (s[10] == 'T' || s[10] == 't' || s[10] == ' ') && s[4] == '-' {
		if d, err := dyad.ParseDate(s[:10]); err == nil {
			return d, nil
		}
		return dyad.Date{}, unread
	}
	if d, err := dyad.ParseDate(s); err == nil {
		return d, nil
	}
	if d, ok := readSlashes(s); ok {
		return d, nil
	}
	s = strings.ReplaceAll(s, "Sept ", "Sep ")
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return dayOf(t), nil
		}
		// "22 April 2024 15:30" and "April 22, 2024 at 3 pm" have a day at their start.
		if len(s) > 11 && len(layout) <= len("January 2, 2006") {
			if t, ok := parseStart(layout, s); ok {
				return dayOf(t), nil
			}
		}
	}
	return dyad.Date{}, unread
}

// parseStart reads a layout at the start of s, which a blank or comma ends.
func parseStart(layout, s string) (time.Time, bool) {
	words := strings.Count(layout, " ") + 1
	end := 0
	for range words {
		next := strings.IndexByte(s[end:], ' ')
		if next < 0 {
			return time.Time{}, false
		}
		end += next + 1
	}
	t, err := time.Parse(layout, strings.TrimRight(s[:end], " ,"))
	return t, err == nil
}

// readDigits reads dates that are one number.
func readDigits(s string, unread error) (dyad.Date, error) {
	switch len(s) {
	case 4, 8, 14:
		if len(s) > 4 {
			s = s[:4] + "-" + s[4:6] + "-" + s[6:8]
		}
		if d, err := dyad.ParseDate(s); err == nil {
			return d, nil
		}
	case 9, 10, 12, 13:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			break
		}
		if len(s) > 10 {
			n /= 1000
		}
		return dayOf(time.Unix(n, 0).UTC()), nil
	}
	return dyad.Date{}, unread
}

// readSlashes reads 22/04/2024 and 04/22/2024 when only one reading is a date.
func readSlashes(s string) (dyad.Date, bool) {
	s, _, _ = strings.Cut(s, " ")
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '.' })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return dyad.Date{}, false
	}
	var n [3]int
	for i, part := range parts {
		v, err := strconv.Atoi(part)
		if err != nil || v < 0 {
			return dyad.Date{}, false
		}
		n[i] = v
	}
	day, month := n[0], n[1]
	dotted := strings.IndexByte(s, '.') >= 0 // 03.04.2024 is in April everywhere
	if !dotted && day != month && day <= 12 && month <= 12 {
		return dyad.Date{}, false
	}
	if month > 12 {
		day, month = month, day
	}
	d, err := dyad.ParseDate(fmt.Sprintf("%04d-%02d-%02d", n[2], month, day))
	return d, err == nil
}
