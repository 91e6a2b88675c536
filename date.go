package dyad

import "fmt"

// A Date is a day, a month (Day 0) or a year (Month and Day 0). The zero Date
// is an unknown date.
type Date struct{ Year, Month, Day int }

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Year == 0 }

// String gives ISO 8601: "2024-04-22", "2024-04", "2024", or "".
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the date as String does, so that it is "2024-04-22" in JSON and "" when unknown.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// Before reports whether d is earlier than e; a month or a year counts from
// its first day.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// ParseDate reads "2024-04-22", "2024-04" or "2024".
func ParseDate(s string) (Date, error) {
	var d Date
	ok := len(s) == 4 || len(s) == 7 && s[4] == '-' || len(s) == 10 && s[4] == '-' && s[7] == '-'
	digits := func(from, to int) (n int) {
		if !ok || len(s) < to {
			return 0
		}
		for _, c := range []byte(s[from:to]) {
			ok = ok && c >= '0' && c <= '9'
			n = 10*n + int(c-'0')
		}
		return n
	}
	d.Year, d.Month, d.Day = digits(0, 4), digits(5, 7), digits(8, 10)
	if !ok || d.Year < 1 || d.Month > 12 || d.Day > daysIn(d.Year, d.Month) ||
		len(s) > 4 && d.Month < 1 || len(s) > 7 && d.Day < 1 {
		return Date{}, fmt.Errorf("reading the date %q: want YYYY-MM-DD, YYYY-MM or YYYY", s)
	}
	return d, nil
}

// End is the last day of a month or a year, and of a day itself.
func (d Date) End() Date {
	switch {
	case d.IsZero():
		return d
	case d.Month == 0:
		return Date{d.Year, 12, 31}
	case d.Day == 0:
		return Date{d.Year, d.Month, daysIn(d.Year, d.Month)}
	}
	return d
}

// Days counts the days from 1 January 1970 to the date, or to the first day of a
// month or year; it is negative before. The zero Date has no days: 0.
func (d Date) Days() int {
	if d.IsZero() {
		return 0
	}
	// Years begin in March here, so that leap days come last: Howard Hinnant,
	// "chrono-compatible low-level date algorithms", days_from_civil.
	y, m := d.Year, max(d.Month, 1)
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + max(d.Day, 1) - 1 - 719468
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}
