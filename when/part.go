package when

import "github.com/opendyad/dyad"

// A part is the stretch of a month, a season or a year that is meant.
type part uint8

const (
	partWhole     part = iota
	partEarly          // "early April", "at the start of the year"
	partMiddle         // "mid-April"
	partLate           // "late April"
	partEnd            // "the end of April": with "by", its last day
	partFirstHalf      // "the first half of 2022"
	partSecondHalf
	partFirstQuarter // "the first quarter", "the first months of 2022"
	partSecondQuarter
	partThirdQuarter
	partFourthQuarter
)

// bounds gives the twelfths of a year that a part takes up.
func (p part) bounds() (from, to int) {
	switch p {
	case partEarly:
		return 0, 4
	case partMiddle:
		return 4, 8
	case partLate:
		return 8, 12
	case partEnd:
		return 9, 12
	case partFirstHalf:
		return 0, 6
	case partSecondHalf:
		return 6, 12
	case partFirstQuarter:
		return 0, 3
	case partSecondQuarter:
		return 3, 6
	case partThirdQuarter:
		return 6, 9
	case partFourthQuarter:
		return 9, 12
	}
	return 0, 12
}

// of narrows a month or a year to the part. By the end of it means its last day.
func (p part) of(whole period, deadline bool) period {
	if p == partWhole || !whole.known() || whole.to.IsZero() {
		return whole
	}
	if p == partEnd && deadline {
		return day(whole.to)
	}
	from, to := p.bounds()
	first, last := whole.from, whole.to
	switch {
	case first.Month == 0 && first.Year == last.Year:
		whole.from = dyad.Date{Year: first.Year, Month: from + 1}
		whole.to = month(first.Year, to).to
	case first.Day == 0 && first.Year == last.Year && first.Month == last.Month:
		whole.from = dyad.Date{Year: first.Year, Month: first.Month, Day: from*5/2 + 1}
		if to < 12 {
			whole.to.Day = to * 5 / 2
		}
	}
	return whole
}

// season gives the months of a season, 0 for spring; a winter is that in which the
// year begins.
func season(y, n int) period {
	from := month(y, 3*n+3)
	if n == 3 {
		from = month(y-1, 12)
	}
	to := month(from.from.Year, from.from.Month+2)
	return period{from: from.from, to: to.to}
}

// nearestSeason is the last such season that began by publication, or the next one
// to end.
func (e expression) nearestSeason(published dyad.Date, ahead bool) period {
	if published.Month == 0 {
		return season(published.Year, e.day)
	}
	p := season(published.Year+1, e.day)
	for y := published.Year; ; y-- {
		earlier := season(y, e.day)
		if !earlier.known() || ahead && earlier.last().Before(published) {
			break
		}
		p = earlier
		if !ahead && !published.Before(earlier.from) {
			break
		}
	}
	if e.n > 0 && !published.Before(p.from) {
		return season(p.last().Year+1, e.day)
	}
	if e.n < 0 && !p.last().Before(published) {
		return season(p.last().Year-1, e.day)
	}
	return p
}

// lead notes what the words before an expression say, from right to left: "by
// Friday", "since 2015", "later this week", "by the end of April". Words that tell a
// part of it become part of it.
func (f *finder) lead(e *expression, from int) {
	for i := e.first - 1; i >= from && i >= e.first-6; i-- {
		switch w := f.word(i); w {
		case "by", "until", "till", "before":
			e.deadline = true
			return
		case "since":
			e.since = true
			return
		case "later":
			e.future = true
			e.first = i
		case "earlier":
			e.earlier = true
			e.first = i
		case "coming":
			e.future = true
		case "of":
			if f.word(i-1) == "ahead" {
				e.deadline = true
				return
			}
		case "the", "-":
		case "in", "on":
			if f.word(i-1) != "earlier" { // "earlier in May"
				return
			}
		default:
			at, p := f.partAt(i)
			if p == partWhole {
				return
			}
			e.part, e.first, i = p, at, at
		}
	}
}

// partAt reads the part that ends with word i, and gives where it begins.
func (f *finder) partAt(i int) (int, part) {
	ordinal := func(words ...string) int {
		for n, w := range words {
			if f.word(i-1) == w {
				return n
			}
		}
		return -1
	}
	switch f.word(i) {
	case "early", "beginning", "start":
		return i, partEarly
	case "mid", "middle":
		return i, partMiddle
	case "late":
		return i, partLate
	case "end":
		return i, partEnd
	case "half":
		if n := ordinal("first", "second"); n >= 0 {
			return i - 1, partFirstHalf + part(n)
		}
	case "quarter":
		if n := ordinal("first", "second", "third", "fourth"); n >= 0 {
			return i - 1, partFirstQuarter + part(n)
		}
	case "months", "weeks", "days":
		switch ordinal("first", "early", "opening", "last", "final", "closing") {
		case 0, 1, 2:
			return i - 1, partFirstQuarter
		case 3, 4, 5:
			return i - 1, partFourthQuarter
		}
	}
	return i, partWhole
}
