package when

import "github.com/opendyad/dyad"

// A form is how an expression says when.
type form uint8

const (
	formDay         form = iota // "22 April 2024", "April 22"
	formMonth                   // "April 2024", "in April"
	formMonthOfYear             // "July last year"
	formYear                    // "in 2009"
	formYears                   // "the 1990s"
	formDays                    // "yesterday", "two days ago"
	formWeekday                 // "on Tuesday", "next Friday"
	formWeeks                   // "last week"
	formWeekend                 // "over the weekend"
	formMonths                  // "last month", "six months ago"
	formYearsAway               // "last year", "ten years ago"
	formLongAgo                 // "decades ago", "years ago"
	formLater                   // "the next day", "two days later": n days from the date told before
	formAfter                   // "two days after they met": for what stands behind it, n units before the day beside it or publication; "two days before", n < 0
	formSeason                  // "last summer", "the autumn of 2015"
	formEnd                     // "the end of the year", "New Year": the last day of a unit
	formSpan                    // "in the past two weeks": n units up to publication
)

// An expression is a date as the text gives it, before it is resolved.
type expression struct {
	first, last      int // tokens, last excluded
	form             form
	year, month, day int // as far as the text gives them
	to               *dyad.Date
	n                int  // units away from publication; for a weekday -1, 0, 1 of last, bare, next
	unit             unit // of formSpan, formAfter
	part             part // "early", "the end of"
	deadline         bool // "by Friday", "until May"
	future           bool // the words say that it lies ahead: "later this week"
	earlier          bool // the words say that it is over: "earlier this week"
	since            bool // "since 2015"
	counted          bool // from another date: "the next day"
}

// A unit is a stretch of the calendar.
type unit uint8

const (
	unitNone unit = iota
	unitHour
	unitDay
	unitWeek
	unitWeekend
	unitMonth
	unitYear
	unitDecade
	unitCentury
)

// stated reports whether the text gives the date in full, so that nothing had to be
// worked out.
func (e expression) stated() bool {
	switch e.form {
	case formDay, formMonth, formYear:
		return e.year != 0
	case formSeason:
		return e.year != 0
	case formYears:
		return true
	}
	return false
}

// past reports whether the words alone put the date long before the story.
func (e expression) past() bool {
	return e.form == formLongAgo || e.form == formYearsAway && e.n < 0
}

// resolve gives the days that the expression means, seen from the publication date.
// ahead is true where what it dates still lies ahead: then "Tuesday" is the next one.
func (e expression) resolve(published dyad.Date, ahead bool) period {
	ahead = (ahead || e.future) && !e.earlier
	p := e.part.of(e.whole(published, ahead), e.deadline)
	if !p.known() || published.Day == 0 {
		return p
	}
	switch {
	case e.since && p.from.Before(published):
		p.to = published
	case ahead && !e.deadline && !e.stated() && e.future && p.from.Before(published) && published.Before(p.last()):
		p.from = published // "later this week"
	case !ahead && !e.deadline && !published.Before(p.from) && published.Before(p.last()):
		p.to = published // what happened "this week" happened by now
		if p.from == published {
			p.to = dyad.Date{}
		}
	}
	return p
}

// whole gives the days of an expression without regard to its part.
func (e expression) whole(published dyad.Date, ahead bool) period {
	if e.stated() {
		return e.absolute()
	}
	if published.IsZero() || e.form == formLongAgo {
		return period{}
	}
	switch e.form {
	case formSeason:
		return e.nearestSeason(published, ahead)
	case formMonth:
		return e.nearestMonth(published, ahead)
	case formMonthOfYear:
		return month(published.Year+e.n, e.month)
	case formMonths:
		if published.Month == 0 {
			return period{}
		}
		return month(published.Year, published.Month+e.n)
	case formYearsAway:
		return year(published.Year + e.n)
	}
	if published.Day == 0 {
		return period{}
	}
	switch e.form {
	case formDay:
		return e.nearestDay(published, ahead)
	case formDays:
		return day(plus(published, e.n))
	case formWeekday:
		return day(e.nearestWeekday(published, ahead))
	case formWeeks:
		return week(published, e.n)
	case formWeekend:
		return e.weekend(published, ahead)
	case formEnd:
		return e.end(published)
	case formSpan:
		return e.span(published)
	case formAfter:
		if back, ok := away(e.unit, -e.n); ok && e.n > 0 {
			return back.whole(published, false)
		}
	}
	return period{}
}

func (e expression) absolute() period {
	var p period
	switch e.form {
	case formDay:
		p = day(dyad.Date{Year: e.year, Month: e.month, Day: e.day})
	case formMonth:
		p = month(e.year, e.month)
	case formYear:
		p = year(e.year)
	case formYears:
		p = years(e.year, e.year+9)
		if e.unit == unitCentury {
			p = years(e.year, e.year+99)
		}
	case formSeason:
		p = season(e.year, e.day)
	}
	if e.to != nil {
		p.to = *e.to
		if p.to.Year == 0 {
			p.to.Year = e.year
		}
	}
	return p
}

// nearestMonth is the last such month up to publication, or the next one.
func (e expression) nearestMonth(published dyad.Date, ahead bool) period {
	if published.Month == 0 {
		return month(published.Year, e.month)
	}
	y := published.Year
	switch {
	case e.n == 0 && ahead && e.month < published.Month, e.n > 0 && e.month <= published.Month:
		y++
	case e.n == 0 && !ahead && e.month > published.Month, e.n < 0 && e.month >= published.Month:
		y--
	}
	return month(y, e.month)
}

// nearestDay is the last such day up to publication, or the next one. A day a
// little after publication is ahead whatever the tense.
func (e expression) nearestDay(published dyad.Date, ahead bool) period {
	d := dyad.Date{Year: published.Year, Month: e.month, Day: e.day}
	switch {
	case ahead && d.Before(plus(published, -historicalDays)):
		d.Year++
	case ahead && d.Before(published) && !e.deadline:
		d.Year++
	case !ahead && plus(published, 31).Before(d):
		d.Year--
	case !ahead && d.Before(plus(published, -340)):
		d.Year++
	}
	if !exists(d.Year, d.Month, d.Day) {
		return period{}
	}
	p := day(d)
	if e.to != nil {
		p.to = *e.to
		p.to.Year = d.Year
		if p.to.Month < d.Month {
			p.to.Year++
		}
	}
	return p
}

func (e expression) nearestWeekday(published dyad.Date, ahead bool) dyad.Date {
	back := (weekday(published) - e.day + 7) % 7
	if e.n > 0 || ahead && e.n == 0 && back > 0 {
		return plus(published, 7-back)
	}
	if e.n < 0 && back == 0 {
		back = 7
	}
	return plus(published, -back)
}

// weekend is the last Saturday and Sunday that began by publication, or the next.
func (e expression) weekend(published dyad.Date, ahead bool) period {
	saturday := plus(published, -((weekday(published) - 5 + 7) % 7))
	began := weekday(published) >= 5
	if e.n > 0 || ahead && !began {
		saturday = plus(saturday, 7)
	}
	if e.n < 0 && began {
		saturday = plus(saturday, -7)
	}
	return period{from: saturday, to: plus(saturday, 1)}
}

// span is a stretch that ends, or with n above 0 begins, at publication.
func (e expression) span(published dyad.Date) period {
	n := max(min(e.n, 10000), -10000)
	days := map[unit]int{unitHour: 1, unitDay: 1, unitWeek: 7, unitWeekend: 7, unitMonth: 30, unitYear: 365, unitDecade: 3652}[e.unit]
	edge := plus(published, n*days)
	if edge.Year < 1 || edge.Year > 9999 {
		return period{}
	}
	if n > 0 {
		return period{from: published, to: edge}
	}
	return period{from: edge, to: published}
}

// end is the last day of the week, the month or the year of publication.
func (e expression) end(published dyad.Date) period {
	switch e.unit {
	case unitWeek:
		return day(week(published, 0).to)
	case unitMonth:
		return day(month(published.Year, published.Month).to)
	}
	return day(year(published.Year).to)
}
