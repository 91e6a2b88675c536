package relation

import (
	"slices"

	"github.com/opendyad/dyad"
)

// An Anniversary is what happened between a pair around a day of an earlier year.
type Anniversary struct {
	Years int       `json:"years"` // before the day that is asked about
	On    dyad.Date `json:"on"`    // that day, so many years before
	Acts  []Act     `json:"acts"`  // happenings within some days of it, by day
}

// weeksOfYear is how many weeks a year has, counted from 1 January: the last has a day
// or two.
const weeksOfYear = 53

// maxYears is how far back it is looked.
const maxYears = 100

// A YearOfWeeks counts what happened in each week of a year, counted from 1 January, so
// that a week lies below the same week of the year before: "every August".
type YearOfWeeks struct {
	Year     int              `json:"year"`
	Friendly [weeksOfYear]int `json:"friendly"`
	Hostile  [weeksOfYear]int `json:"hostile"`
}

// AnniversariesOf gives what happened between a pair within some days of the same day
// in each earlier year, the latest year first and none where nothing did, and what
// happened in every week of every year up to the day. 29 February is remembered on the
// 28th where a year has none. Only happenings of which the day is known count.
func AnniversariesOf(acts []Act, a, b string, on dyad.Date, within int) ([]Anniversary, []YearOfWeeks) {
	today, days := DayOf(on), int32(max(0, within))
	var found []Anniversary
	var years []YearOfWeeks
	for _, x := range happeningsOf(acts, PairOf(a, b)) {
		day := DateOf(x.Day)
		if !counts(&x) || class(x.Quad) < 0 || x.Day > today || day.Year < on.Year-maxYears {
			continue
		}
		// The days around New Year belong to the anniversary of the year beside.
		for year := day.Year - 1; year <= min(day.Year+1, on.Year-1); year++ {
			then := sameDay(on, year)
			if distance(DayOf(then), x.Day) > days {
				continue
			}
			if n := len(found); n == 0 || found[n-1].On != then {
				found = append(found, Anniversary{Years: on.Year - year, On: then})
			}
			last := &found[len(found)-1]
			last.Acts = append(last.Acts, x)
		}
		if len(years) == 0 {
			years = append(years, YearOfWeeks{Year: day.Year})
		}
		for last := years[len(years)-1].Year; last < day.Year; last++ {
			years = append(years, YearOfWeeks{Year: last + 1}) // a year of silence is a row as well
		}
		years[len(years)-1].add(&x, day.Year)
	}
	slices.Reverse(found)
	slices.Reverse(years)
	return found, years
}

// add counts a happening of the year.
func (y *YearOfWeeks) add(a *Act, year int) {
	week := (a.Day - DayOf(dyad.Date{Year: year, Month: 1, Day: 1})) / 7
	if class(a.Quad) == 0 {
		y.Friendly[week]++
		return
	}
	y.Hostile[week]++
}

// sameDay is a day in another year.
func sameDay(d dyad.Date, year int) dyad.Date {
	d.Year = year
	if d.Month == 2 && d.Day == 29 && DateOf(DayOf(d)) != d {
		d.Day = 28
	}
	return d
}
