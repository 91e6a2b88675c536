package when

import (
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
)

// A finder looks for date expressions in one sentence.
type finder struct {
	tokens []dyad.Token
	words  []string // lower case
}

// find gives the sentence's date expressions in order; none overlaps another.
func find(s *dyad.Sentence) []expression {
	f := finder{tokens: s.Tokens, words: make([]string, len(s.Tokens))}
	for i := range s.Tokens {
		// "mid-April" is one token, "mid - 2015" are three.
		f.words[i] = strings.TrimPrefix(strings.ToLower(s.Tokens[i].Text), "mid-")
	}
	var found []expression
	before := 0
	for i := 0; i < len(f.words) && len(found) < expressionLimit; {
		if !begins(f.words[i]) {
			i++
			continue
		}
		e, ok := f.at(i)
		if !ok {
			i++
			continue
		}
		if strings.HasPrefix(s.Tokens[i].Text, "mid-") || strings.HasPrefix(s.Tokens[i].Text, "Mid-") {
			e.part = partMiddle
		}
		f.lead(&e, before)
		found = append(found, e)
		i, before = e.last, e.last
	}
	return found
}

// expressionLimit is the most expressions read in a sentence: what has more is a
// table.
const expressionLimit = 64

// begins reports whether a date expression may begin with a word, so that the other
// words cost little.
func begins(w string) bool {
	if w == "" || w[0] >= '0' && w[0] <= '9' || w[0] == '\'' {
		return w != ""
	}
	if w[0] == 0xe2 {
		return strings.HasPrefix(w, "’")
	}
	switch w {
	case "the", "in", "within", "this", "that", "same", "current", "last", "previous", "past", "recent", "next", "coming", "upcoming", "following",
		"a", "an", "few", "several", "couple", "today", "tonight", "yesterday", "tomorrow", "new", "year", "end", "christmas",
		"hours", "days", "weeks", "months", "years", "decades", "centuries", "spring", "summer", "autumn", "fall", "winter":
		return true
	}
	return numberWord(w) > 0 || weekdayNumber(w) >= 0 || monthNumber(w) > 0
}

// at reads an expression that begins with token i.
func (f *finder) at(i int) (expression, bool) {
	for _, read := range [...]func(int) (expression, bool){f.iso, f.slashes, f.dayMonth, f.monthDay, f.later, f.unitEnd, f.ago, f.span, f.relative, f.weekday, f.decade, f.season, f.holiday, f.century, f.monthAlone, f.yearAlone} {
		if e, ok := read(i); ok && e.last > i {
			e.first = i
			return e, true
		}
	}
	return expression{}, false
}

func (f *finder) word(i int) string {
	if i < 0 || i >= len(f.words) {
		return ""
	}
	return f.words[i]
}

// iso reads "2024-04-22", whole or as five tokens.
func (f *finder) iso(i int) (expression, bool) {
	s := f.word(i)
	last := i + 1
	if len(s) == 4 && f.word(i+1) == "-" && len(f.word(i+2)) == 2 && f.word(i+3) == "-" {
		s = s + "-" + f.word(i+2) + "-" + f.word(i+4)
		last = i + 5
	}
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return expression{}, false
	}
	d, err := dyad.ParseDate(s)
	if err != nil {
		return expression{}, false
	}
	return expression{last: last, form: formDay, year: d.Year, month: d.Month, day: d.Day}, true
}

// dayMonth reads "22 April 2024", "the 22nd of April", "22 to 24 April".
func (f *finder) dayMonth(i int) (expression, bool) {
	from := dayNumber(f.word(i))
	if from == 0 {
		return expression{}, false
	}
	at, to := i+1, 0
	if rangeWord(f.word(at)) {
		if to = dayNumber(f.word(at + 1)); to == 0 {
			return expression{}, false
		}
		at += 2
	}
	if f.word(at) == "of" {
		at++
	}
	m := monthNumber(f.word(at))
	if m == 0 || !f.capital(at) {
		return expression{}, false
	}
	e := expression{form: formDay, month: m, day: from, last: at + 1}
	f.trailingYear(&e)
	if to > 0 {
		e.to = &dyad.Date{Year: e.year, Month: m, Day: to}
	}
	return e, exists(e.year, m, from) && (to == 0 || to > from && exists(e.year, m, to))
}

// monthDay reads "April 22, 2024", "April 22 to 24", "April 22 to May 3", "April
// 2024".
func (f *finder) monthDay(i int) (expression, bool) {
	m := monthNumber(f.word(i))
	if m == 0 || !f.capital(i) {
		return expression{}, false
	}
	if y := yearNumber(f.word(i + 1)); y > 0 {
		return expression{form: formMonth, year: y, month: m, last: i + 2}, true
	}
	at := i + 1
	if f.word(at) == "of" || f.word(at) == "," {
		at++
		if y := yearNumber(f.word(at)); y > 0 {
			return expression{form: formMonth, year: y, month: m, last: at + 1}, true
		}
		return expression{}, false
	}
	d := dayNumber(f.word(at))
	if d == 0 || !exists(0, m, d) {
		return expression{}, false
	}
	e := expression{form: formDay, month: m, day: d, last: at + 1}
	if rangeWord(f.word(e.last)) {
		toMonth, at := m, e.last+1
		if n := monthNumber(f.word(at)); n > 0 {
			toMonth, at = n, at+1
		}
		if to := dayNumber(f.word(at)); to > 0 && exists(0, toMonth, to) && (toMonth != m || to > d) {
			e.to = &dyad.Date{Month: toMonth, Day: to}
			e.last = at + 1
		}
	}
	f.trailingYear(&e)
	if e.to != nil {
		e.to.Year = e.year
	}
	return e, exists(e.year, m, d)
}

// trailingYear adds ", 2024" or "2024" after a day.
func (f *finder) trailingYear(e *expression) {
	at := e.last
	if f.word(at) == "," || f.word(at) == "of" {
		at++
	}
	if y := yearNumber(f.word(at)); y > 0 {
		e.year = y
		e.last = at + 1
	}
}

// monthAlone reads "in April", "since last April", "late April".
func (f *finder) monthAlone(i int) (expression, bool) {
	m := monthNumber(f.word(i))
	if m == 0 || !f.capital(i) {
		return expression{}, false
	}
	if f.word(i+2) == "year" && (f.word(i+1) == "last" || f.word(i+1) == "this" || f.word(i+1) == "next") {
		// "in July last year"
		n := map[string]int{"last": -1, "next": 1}[f.word(i+1)]
		return expression{form: formMonthOfYear, month: m, n: n, last: i + 3}, true
	}
	switch f.word(i - 1) {
	case "last", "previous":
		return expression{form: formMonth, month: m, n: -1, last: i + 1}, true
	case "next":
		return expression{form: formMonth, month: m, n: 1, last: i + 1}, true
	case "in", "since", "during", "until", "by", "from", "early", "late", "mid", "-", "of", "this", "before", "after", "to", "through", "for":
		return expression{form: formMonth, month: m, last: i + 1}, true
	}
	return expression{}, false
}

// yearAlone reads "in 2009". A bare number is no year: "2009 soldiers".
func (f *finder) yearAlone(i int) (expression, bool) {
	y := yearNumber(f.word(i))
	if y == 0 {
		return expression{}, false
	}
	switch f.word(i - 1) {
	case "in", "since", "during", "until", "by", "from", "early", "late", "mid", "of", "before", "after", "through", "year", "-":
		if f.word(i-1) == "-" && f.word(i-2) != "mid" {
			return expression{}, false
		}
		if i+1 < len(f.tokens) && f.tokens[i].Head >= 0 && f.tokens[i].Rel == "nummod" && f.tokens[i].Head > i {
			return expression{}, false
		}
		e := expression{form: formYear, year: y, last: i + 1}
		if to := yearNumber(f.word(i + 2)); to > y && rangeWord(f.word(i+1)) {
			e.to = &dyad.Date{Year: to, Month: 12, Day: 31}
			e.last = i + 3
		}
		return e, true
	case "the", "a", "an", "its", "his", "her", "their", "'s", "’s":
		return expression{form: formYear, year: y, last: i + 1}, y >= 1900 && f.describes(i)
	}
	return expression{}, false
}

// describes reports whether the year i stands before the noun that it dates, "the
// 1979 revolution", and does not count it, "the 1979 soldiers".
func (f *finder) describes(i int) bool {
	next := f.word(i + 1)
	if next == "" || next[0] < 'a' || next[0] > 'z' {
		return false
	}
	switch f.tokens[i+1].XPOS {
	case "NN", "NNP", "JJ", "NNPS", "VBG", "VBN":
		return true
	case "NNS":
		return f.word(i) != "2000"
	case "":
		return next[len(next)-1] != 's'
	}
	return false
}

// decade reads "the 1990s".
func (f *finder) decade(i int) (expression, bool) {
	if s := strings.TrimLeft(f.word(i), "'’"); len(s) == 3 && len(s) < len(f.word(i)) && strings.HasSuffix(s, "0s") {
		return expression{form: formYears, year: 1900 + 10*int(s[0]-'0'), last: i + 1}, s[0] >= '1' && s[0] <= '9' // "the '90s"
	}
	s := strings.TrimSuffix(strings.TrimSuffix(f.word(i), "s"), "'")
	if len(s) == len(f.word(i)) || len(s) != 4 || s[3] != '0' {
		return expression{}, false
	}
	y := yearNumber(s)
	return expression{form: formYears, year: y, last: i + 1}, y > 0
}

func (f *finder) capital(i int) bool {
	w := strings.TrimPrefix(strings.TrimPrefix(f.tokens[i].Text, "mid-"), "Mid-")
	return w != "" && w[0] >= 'A' && w[0] <= 'Z'
}

func yearNumber(s string) int {
	if len(s) != 4 || s[0] != '1' && s[0] != '2' {
		return 0
	}
	if n, err := strconv.Atoi(s); err == nil && n >= 1000 && n < 2200 {
		return n
	}
	return 0
}

// dayNumber reads "22", "22nd", "1st".
func dayNumber(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 0 || n > 2 {
		return 0
	}
	switch s[n:] {
	case "", "st", "nd", "rd", "th":
	default:
		return 0
	}
	if d, err := strconv.Atoi(s[:n]); err == nil && d >= 1 && d <= 31 {
		return d
	}
	return 0
}

func rangeWord(s string) bool {
	switch s {
	case "to", "-", "–", "—", "and", "until", "through", "/":
		return true
	}
	return false
}
