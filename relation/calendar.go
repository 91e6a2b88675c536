package relation

import (
	"fmt"
	"strings"

	"github.com/opendyad/dyad"
)

// A Step is the length of a series' periods.
type Step string

// The steps.
const (
	Day     Step = "day"
	Week    Step = "week" // from Monday
	Month   Step = "month"
	Quarter Step = "quarter"
)

// ParseStep reads the name of a step.
func ParseStep(name string) (Step, error) {
	switch s := Step(name); s {
	case Day, Week, Month, Quarter:
		return s, nil
	}
	return "", fmt.Errorf("%q is no step of a series: there are day, week, month and quarter", name)
}

// DayOf gives the number of days from 1970 to a date, to the first day of a month or
// year; Undated for none.
func DayOf(d dyad.Date) int32 {
	if d.IsZero() {
		return Undated
	}
	return int32(d.Days())
}

// DateOf is the date of a number of days since 1970; the zero Date of Undated.
func DateOf(day int32) dyad.Date {
	if day == Undated {
		return dyad.Date{}
	}
	// Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
	z := int(day) + 719468
	era := z / 146097
	if z < 0 {
		era = (z - 146096) / 146097
	}
	ofEra := z - era*146097
	year := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*year + year/4 - year/100)
	month := (5*ofYear + 2) / 153
	d := dyad.Date{Year: year + era*400, Month: month + 3, Day: ofYear - (153*month+2)/5 + 1}
	if d.Month > 12 {
		d.Month, d.Year = d.Month-12, d.Year+1
	}
	return d
}

// precisionOfRecord is that of a record's date: "last week" is known by its month.
func precisionOfRecord(r *dyad.Record) Precision {
	switch r.DatePart() {
	case "year":
		return PreciseYear
	case "month":
		return PreciseMonth
	}
	return PreciseDay
}

func precisionOf(d dyad.Date) Precision {
	switch {
	case d.Month == 0:
		return PreciseYear
	case d.Day == 0:
		return PreciseMonth
	}
	return PreciseDay
}

// start is the first day of the period that a day is in.
func (s Step) start(day int32) int32 {
	switch s {
	case Day:
		return day
	case Week:
		// 1 January 1970 was a Thursday.
		return day - ((day+3)%7+7)%7
	}
	d := DateOf(day)
	d.Day = 1
	if s == Quarter {
		d.Month -= (d.Month - 1) % 3
	}
	return DayOf(d)
}

// next is the first day of the period after one that starts on a day.
func (s Step) next(start int32) int32 {
	switch s {
	case Day:
		return start + 1
	case Week:
		return start + 7
	case Quarter:
		return Month.start(start + 93)
	}
	return Month.start(start + 31)
}

// holds reports whether a date of this precision surely lies in one period.
func (s Step) holds(p Precision) bool {
	return p == PreciseDay || p == PreciseMonth && (s == Month || s == Quarter)
}

// onDate writes as much of a date as is known: "on 29 January 2024", "in January 2024".
func onDate(d dyad.Date) string {
	switch precision := precisionOf(d); {
	case d.IsZero():
		return "on an unknown date"
	case precision == PreciseYear:
		return fmt.Sprintf("in %d", d.Year)
	case precision == PreciseMonth:
		return fmt.Sprintf("in %s %d", monthNames[d.Month-1], d.Year)
	}
	return "on " + longDate(DayOf(d))
}

// whenHappened writes the date of a record, or the two between which it lies.
func whenHappened(r *dyad.Record) string {
	if first, last, span := strings.Cut(r.When(), ".."); span {
		return "between " + first + " and " + last
	}
	return onDate(r.Date)
}

// longDate writes a day as "29 January 2024".
func longDate(day int32) string {
	if day == Undated {
		return "an unknown date"
	}
	d := DateOf(day)
	return fmt.Sprintf("%d %s %d", d.Day, monthNames[d.Month-1], d.Year)
}

var monthNames = [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
