package ingest

import (
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
