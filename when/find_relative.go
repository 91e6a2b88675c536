package when

import "strconv"

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
	if n == 0 || u == unitDecade || u == unitCentury {
		e := expression{form: formLongAgo, last: at + 2}
		return e, u == unitYear || u == unitDecade || u == unitCentury || u == unitMonth && n == 0
	}
	e, ok := away(u, -n)
	e.last = at + 2
	return e, ok
}

// later reads "the next day", "next day", "two days later", "a week earlier", which
// count from the date told before.
func (f *finder) later(i int) (expression, bool) {
	at := i
	if f.word(at) == "the" {
		at++
	}
	switch f.word(at) {
	case "next", "following", "previous":
		n := 1
		if f.word(at) == "previous" {
			n = -1
		}
		return expression{form: formLater, n: n, last: at + 2}, f.word(at+1) == "day"
	}
	at, n := f.count(i)
	days := map[unit]int{unitDay: 1, unitWeek: 7}[unitOf(f.word(at))]
	switch f.word(at + 1) {
	case "later", "after":
	case "earlier", "before":
		n = -n
	default:
		return expression{}, false
	}
	return expression{form: formLater, n: n * days, last: at + 2}, n*days != 0
}

// unitEnd reads "the end of the year", "year's end", "New Year".
func (f *finder) unitEnd(i int) (expression, bool) {
	e := expression{form: formEnd}
	switch {
	case f.word(i) == "new" && f.word(i+1) == "year" && f.capital(i):
		e.unit, e.last = unitYear, i+2
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
	if u == unitNone || n == 0 || !plural || u == unitCentury {
		return expression{}, false
	}
	return expression{form: formSpan, unit: u, n: sign * n, future: sign > 0, last: at + 1}, true
}

// count reads a number at i and gives the token after it; 0 where there is none.
func (f *finder) count(i int) (int, int) {
	switch f.word(i) {
	case "a", "an", "one":
		return i + 1, 1
	case "several", "few":
		return i + 1, 3
	}
	for n, word := range [...]string{2: "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"} {
		if word != "" && f.word(i) == word {
			return i + 1, n
		}
	}
	if f.word(i) == "twenty" {
		return i + 1, 20
	}
	if s := f.word(i); s != "" && len(s) <= 3 {
		if n, err := strconv.Atoi(s); err == nil && n > 0 {
			return i + 1, n
		}
	}
	return i, 0
}

func unitOf(s string) unit {
	switch s {
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
