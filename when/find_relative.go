package when

import (
	"strconv"
	"strings"
)

// relative reads "yesterday", "last month", "earlier this week", "over the weekend".
func (f *finder) relative(i int) (expression, bool) {
	switch f.word(i) {
	case "today", "tonight":
		return expression{form: formDays, last: i + 1}, true
	case "yesterday":
		return expression{form: formDays, n: -1, last: i + 1}, true
	case "tomorrow":
		return expression{form: formDays, n: 1, future: true, last: i + 1}, true
	}
	n := 0
	switch f.word(i) {
	case "this", "current":
	case "last", "previous", "past":
		n = -1
	case "next", "coming", "upcoming":
		n = 1
	case "the":
		if f.word(i+1) == "weekend" {
			switch f.word(i - 1) {
			case "over", "at", "on", "during":
				return expression{form: formWeekend, last: i + 2}, true
			}
		}
		return expression{}, false
	default:
		return expression{}, false
	}
	e := expression{n: n, future: n > 0, last: i + 2}
	switch f.word(i + 1) {
	case "morning", "afternoon", "evening":
		e.form, e.n = formDays, 0
		return e, n == 0
	case "night":
		e.form = formDays
		return e, n < 0
	case "week":
		e.form = formWeeks
	case "weekend":
		e.form = formWeekend
	case "month":
		e.form = formMonths
	case "year":
		e.form = formYearsAway
	case "decade", "century":
		e.form = formLongAgo
		return e, n < 0
	default:
		return expression{}, false
	}
	// "the last year of the war" is no date.
	return e, f.word(i+2) != "of" || f.word(i-1) != "the"
}

// weekday reads "Tuesday", "last Tuesday", "next Friday", "Friday night".
func (f *finder) weekday(i int) (expression, bool) {
	at, n := i, 0
	switch f.word(i) {
	case "last", "past":
		at, n = i+1, -1
	case "next":
		at, n = i+1, 1
	case "this":
		at = i + 1
	}
	if at >= len(f.tokens) || !f.capital(at) {
		return expression{}, false
	}
	d := weekdayNumber(f.word(at))
	if d < 0 {
		return expression{}, false
	}
	e := expression{form: formWeekday, day: d, n: n, future: n > 0, last: at + 1}
	switch f.word(e.last) {
	case "morning", "afternoon", "evening", "night":
		e.last++
	}
	// "Tuesday, April 22" is that day.
	next := e.last
	if f.word(next) == "," || f.word(next) == "(" {
		next++
	}
	if full, ok := f.dayMonth(next); ok {
		return full, true
	}
	if full, ok := f.monthDay(next); ok && full.form == formDay {
		return full, true
	}
	return e, true
}

// ago reads "two weeks ago", "a year ago", "decades ago", "in two days".
func (f *finder) ago(i int) (expression, bool) {
	at, n := f.count(i)
	if f.word(i) == "in" || f.word(i) == "within" {
		at, n = f.count(i + 1)
		u := unitOf(f.word(at))
		if n == 0 && f.word(i) == "within" && strings.HasSuffix(f.word(at), "s") {
			n = 3 // "within weeks"
		}
		if u == unitHour {
			n = (n + 23) / 24 // "within hours"
		}
		if n == 0 || u == unitNone || f.word(at+1) == "ago" || f.word(at+1) == "of" {
			return expression{}, false
		}
		if f.word(i) == "within" {
			return expression{form: formSpan, unit: u, n: n, future: true, last: at + 1}, true
		}
		// "in two days" lies ahead only with a bare unit; "in three years" may tell how
		// long something took.
		e, ok := away(u, n)
		e.future, e.last = true, at+1
		return e, ok && u != unitYear && u != unitDecade
	}
	u := unitOf(f.word(at))
	if u == unitNone || f.word(at+1) != "ago" {
		return expression{}, false
	}
	if n == 0 && (u == unitHour || u == unitDay || u == unitWeek) {
		n = 3 // "days ago"
		if u == unitHour {
			n = 1
		}
	}
	if n == 0 || u == unitDecade || u == unitCentury {
		e := expression{form: formLongAgo, last: at + 2}
		return e, u == unitYear || u == unitDecade || u == unitCentury || u == unitMonth && n == 0
	}
	e, ok := away(u, -n)
	e.last = at + 2
	return e, ok
}

// later reads what counts from the date told before, "the next day", "two days
// later", "a week earlier", and "two days after they met" or "before they met", which
// dates the meeting.
func (f *finder) later(i int) (expression, bool) {
	at := i
	if f.word(at) == "the" {
		at++
	}
	switch f.word(at) {
	case "next", "following":
		return expression{form: formLater, n: 1, last: at + 2}, f.word(at+1) == "day"
	case "previous":
		return expression{form: formLater, n: -1, last: at + 2}, f.word(at+1) == "day"
	case "same", "that":
		return expression{form: formLater, last: at + 2}, f.word(at+1) == "day" && f.word(at+2) != "of"
	case "day":
		if n := map[string]int{"before": -1, "after": 1}[f.word(at+1)]; at > i && n != 0 && f.clauseEnds(at+2) {
			return expression{form: formLater, n: n, last: at + 2}, true
		}
	}
	at, n := f.count(i)
	u := unitOf(f.word(at))
	if u == unitNone || n == 0 {
		return expression{}, false
	}
	days := map[unit]int{unitDay: 1, unitWeek: 7}[u]
	switch f.word(at + 1) {
	case "after", "since":
		if !f.clauseEnds(at + 2) {
			return expression{form: formAfter, unit: u, n: n, last: at + 2}, true
		}
		if f.word(at+1) == "since" {
			return expression{}, false
		}
	case "later":
	case "before":
		if !f.clauseEnds(at + 2) {
			return expression{form: formAfter, unit: u, n: -n, last: at + 2}, true
		}
		n = -n
	case "earlier":
		n = -n
	default:
		return expression{}, false
	}
	return expression{form: formLater, n: n * days, last: at + 2}, n*days != 0
}

// clauseEnds reports whether nothing follows at i in the clause.
func (f *finder) clauseEnds(i int) bool {
	switch w := f.word(i); w {
	case "", ".", ",", ";", ":", ")", "-", "--", "–", "—", "and", "but":
		return true
	}
	return false
}

// unitEnd reads "the end of the year", "year's end", "New Year".
func (f *finder) unitEnd(i int) (expression, bool) {
	e := expression{form: formEnd}
	switch {
	case f.word(i) == "new" && f.word(i+1) == "year" && f.capital(i):
		e.unit, e.last = unitYear, i+2
		if f.word(i+3) == "day" {
			e = expression{form: formDay, month: 1, day: 1, last: i + 4}
			f.trailingYear(&e) // "New Year's Day"
		}
		return e, true
	case f.word(i) == "year" && f.word(i+2) == "end":
		e.unit, e.last = unitYear, i+3
		return e, true
	case f.word(i) == "end" && f.word(i+1) == "of" && (f.word(i+2) == "the" || f.word(i+2) == "this"):
		e.unit, e.last = unitOf(f.word(i+3)), i+4
		return e, e.unit == unitWeek || e.unit == unitMonth || e.unit == unitYear
	}
	return e, false
}

// away is n units from publication.
func away(u unit, n int) (expression, bool) {
	switch u {
	case unitHour:
		return expression{form: formDays, n: n / 24}, true
	case unitDay:
		return expression{form: formDays, n: n}, true
	case unitWeek:
		return expression{form: formDays, n: 7 * n}, true
	case unitMonth:
		return expression{form: formMonths, n: n}, true
	case unitYear:
		return expression{form: formYearsAway, n: n}, true
	}
	return expression{}, false
}

// span reads "in the past two weeks", "over the last few days", "the next three
// months".
func (f *finder) span(i int) (expression, bool) {
	sign := 0
	switch f.word(i) {
	case "past", "last", "recent", "previous":
		sign = -1
	case "next", "coming":
		sign = 1
	default:
		return expression{}, false
	}
	at, n := f.count(i + 1)
	u := unitOf(f.word(at))
	plural := at < len(f.words) && u != unitNone && f.words[at][len(f.words[at])-1] == 's'
	if n == 0 && plural {
		n = 3
	}
	if n == 0 && (f.word(i) == "past" || f.word(i) == "coming") && u != unitNone {
		n, plural = 1, true // "over the past week"
	}
	if u == unitNone || n == 0 || !plural || u == unitCentury {
		return expression{}, false
	}
	if u == unitHour {
		n = (n + 23) / 24
	}
	return expression{form: formSpan, unit: u, n: sign * n, future: sign > 0, last: at + 1}, true
}

// count reads a number at i and gives the token after it; 0 where there is none.
func (f *finder) count(i int) (int, int) {
	if w := f.word(i); (w == "a" || w == "the") && (f.word(i+1) == "few" || f.word(i+1) == "couple") {
		i++
	}
	switch w := f.word(i); w {
	case "a", "an":
		return i + 1, 1
	case "several", "few":
		return i + 1, 3
	case "couple":
		if f.word(i+1) == "of" {
			return i + 2, 2
		}
		return i + 1, 2
	default:
		n := numberWord(w)
		if n >= 20 && n < 100 && f.word(i+1) == "-" && numberWord(f.word(i+2)) > 0 {
			return i + 3, n + numberWord(f.word(i+2)) // "twenty-one"
		}
		if n > 0 {
			return i + 1, n
		}
		if w != "" && len(w) <= 3 {
			if n, err := strconv.Atoi(w); err == nil && n > 0 {
				return i + 1, n
			}
		}
	}
	return i, 0
}

// numberWord gives the value of a number in words, 0 where it is none.
func numberWord(w string) int {
	for n, word := range [...]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
		"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"} {
		if w == word {
			return n + 1
		}
	}
	for n, word := range [...]string{"thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		if w == word {
			return 10 * (n + 3)
		}
	}
	return 0
}

func unitOf(s string) unit {
	switch s {
	case "hour", "hours":
		return unitHour
	case "day", "days":
		return unitDay
	case "week", "weeks":
		return unitWeek
	case "month", "months":
		return unitMonth
	case "year", "years":
		return unitYear
	case "decade", "decades":
		return unitDecade
	case "century", "centuries":
		return unitCentury
	}
	return unitNone
}

// weekdayNumber gives 0 for Monday to 6 for Sunday, -1 for another word.
func weekdayNumber(s string) int {
	for i, name := range [...]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		if s == name {
			return i
		}
	}
	return -1
}

func monthNumber(s string) int {
	switch s {
	case "january", "jan.", "jan":
		return 1
	case "february", "feb.", "feb":
		return 2
	case "march", "mar.":
		return 3
	case "april", "apr.", "apr":
		return 4
	case "may":
		return 5
	case "june", "jun.":
		return 6
	case "july", "jul.":
		return 7
	case "august", "aug.", "aug":
		return 8
	case "september", "sept.", "sep.", "sept", "sep":
		return 9
	case "october", "oct.", "oct":
		return 10
	case "november", "nov.", "nov":
		return 11
	case "december", "dec.", "dec":
		return 12
	}
	return 0
}
