package when

import (
	"time"

	"github.com/opendyad/dyad"
)

// A period is the days from one to another, both included. A month and a year keep
// their own precision in from: 2024-04 to 2024-04-30.
type period struct{ from, to dyad.Date }

// known reports whether the period was resolved.
func (p period) known() bool { return !p.from.IsZero() }

// last gives the period's last day.
func (p period) last() dyad.Date {
	if p.to.IsZero() {
		return p.from
	}
	return p.to
}

// middle gives the day halfway through a month or less; of longer stretches the last.
func (p period) middle() dyad.Date {
	first, last := timeOf(p.from), timeOf(p.last())
	if days := int(last.Sub(first).Hours() / 24); days <= 31 {
		return plus(p.from, days/2)
	}
	return p.last()
}

func day(d dyad.Date) period { return period{from: d} }

func month(year, m int) period {
	for m < 1 {
		year, m = year-1, m+12
	}
	for m > 12 {
		year, m = year+1, m-12
	}
	if year < 1 {
		return period{}
	}
	end := time.Date(year, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC)
	return period{from: dyad.Date{Year: year, Month: m}, to: dateOf(end)}
}

func year(y int) period {
	if y < 1 {
		return period{}
	}
	return period{from: dyad.Date{Year: y}, to: dyad.Date{Year: y, Month: 12, Day: 31}}
}

// years is a run of years: a decade, or "the past two years".
func years(from, to int) period {
	if from < 1 {
		return period{}
	}
	return period{from: dyad.Date{Year: from}, to: dyad.Date{Year: to, Month: 12, Day: 31}}
}

func timeOf(d dyad.Date) time.Time {
	return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

func dateOf(t time.Time) dyad.Date {
	return dyad.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

// plus gives the day n days after d.
func plus(d dyad.Date, n int) dyad.Date { return dateOf(timeOf(d).AddDate(0, 0, n)) }

// weekday gives 0 for Monday to 6 for Sunday.
func weekday(d dyad.Date) int { return (int(timeOf(d).Weekday()) + 6) % 7 }

// week gives Monday to Sunday of the week n weeks after that of d.
func week(d dyad.Date, n int) period {
	monday := plus(d, 7*n-weekday(d))
	return period{from: monday, to: plus(monday, 6)}
}

// exists reports whether the day exists: there is no 31 April. A zero year admits
// 29 February.
func exists(year, m, d int) bool {
	if year == 0 {
		year = 2024
	}
	return m >= 1 && m <= 12 && d >= 1 && timeOf(dyad.Date{Year: year, Month: m, Day: d}).Day() == d
}
