package when

import "strings"

// season reads "last summer", "in the autumn of 2015", "by spring".
func (f *finder) season(i int) (expression, bool) {
	n, at := 0, i
	switch f.word(i) {
	case "last":
		n, at = -1, i+1
	case "next":
		n, at = 1, i+1
	case "this":
		at = i + 1
	}
	season := seasonNumber(f.word(at))
	if season < 0 || f.capital(at) && at > 0 {
		return expression{}, false // "the Arab Spring"
	}
	e := expression{form: formSeason, day: season, n: n, future: n > 0, last: at + 1}
	if f.word(e.last) == "of" || yearNumber(f.word(e.last)) > 0 {
		if f.trailingYear(&e); e.year == 0 {
			return e, false // "the fall of the city"
		}
		return e, true
	}
	if at > i {
		return e, true
	}
	if f.word(i) == "fall" {
		return e, false
	}
	switch f.word(i - 1) {
	case "in", "by", "until", "since", "during", "before", "early", "late", "mid", "from", "this":
		return e, true
	case "the":
		switch f.word(i - 2) {
		case "in", "by", "until", "since", "during", "before", "over", "through", "of", "for":
			return e, true
		}
	}
	return e, false
}

func seasonNumber(s string) int {
	switch s {
	case "spring":
		return 0
	case "summer":
		return 1
	case "autumn", "fall":
		return 2
	case "winter":
		return 3
	}
	return -1
}

// holiday reads "Christmas", with its year where that follows.
func (f *finder) holiday(i int) (expression, bool) {
	if f.word(i) != "christmas" {
		return expression{}, false
	}
	e := expression{form: formDay, month: 12, day: 25, last: i + 1}
	switch f.word(i + 1) {
	case "day":
		e.last++
	case "eve":
		e.day, e.last = 24, i+2
	}
	f.trailingYear(&e)
	return e, true
}

// century reads "the 19th century".
func (f *finder) century(i int) (expression, bool) {
	s := f.word(i)
	at := i + 1
	if f.word(at) == "-" {
		at++
	}
	n := dayNumber(s)
	if f.word(at) != "century" || n == 0 || n > 21 || len(s) < 3 {
		return expression{}, false
	}
	e := expression{form: formYears, year: 100*(n-1) + 1, last: at + 1}
	if n > 1 {
		e.unit = unitCentury
	}
	return e, true
}

// slashes reads "22/4/2024" and "4/22/2024", but not "4/5/2024", which may be either.
func (f *finder) slashes(i int) (expression, bool) {
	first, rest, ok := strings.Cut(f.word(i), "/")
	if !ok || len(rest) > 7 {
		return expression{}, false
	}
	second, third, _ := strings.Cut(rest, "/")
	d, m, y := dayNumber(first), dayNumber(second), yearNumber(third)
	if d <= 12 && m > 12 {
		d, m = m, d
	}
	if d <= 12 && d != m || y == 0 || !exists(y, m, d) {
		return expression{}, false
	}
	return expression{form: formDay, year: y, month: m, day: d, last: i + 1}, true
}
