package dyad_test

import (
	"testing"
	"time"

	"github.com/opendyad/dyad"
)

func TestDaysAgreeWithTheCalendar(t *testing.T) {
	for day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2200; day = day.AddDate(0, 0, 13) {
		d := dyad.Date{Year: day.Year(), Month: int(day.Month()), Day: day.Day()}
		want := int(day.Unix() / 86400)
		if day.Unix() < 0 && day.Unix()%86400 != 0 {
			want--
		}
		if d.Days() != want {
			t.Fatalf("%s is day %d, want %d", d, d.Days(), want)
		}
	}
}

func TestEndOfMonthsAndYears(t *testing.T) {
	for _, c := range [][2]string{{"2024-02", "2024-02-29"}, {"2023-02", "2023-02-28"}, {"2024", "2024-12-31"}, {"2024-04-22", "2024-04-22"}} {
		d, err := dyad.ParseDate(c[0])
		if err != nil {
			t.Fatal(err)
		}
		if got := d.End().String(); got != c[1] {
			t.Errorf("%s ends on %s, want %s", c[0], got, c[1])
		}
	}
}
