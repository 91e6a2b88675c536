package dyad

import (
	"testing"
	"time"
)

func TestDaysAgreeWithTheCalendar(t *testing.T) {
	for day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2200; day = day.AddDate(0, 0, 13) {
		d := Date{Year: day.Year(), Month: int(day.Month()), Day: day.Day()}
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
		d, err := ParseDate(c[0])
		if err != nil {
			t.Fatal(err)
		}
		if got := d.End().String(); got != c[1] {
			t.Errorf("%s ends on %s, want %s", c[0], got, c[1])
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2024-04-22", "2024-02-29", "2024-04", "0900", "2024"} {
		if d, err := ParseDate(s); err != nil || d.String() != s {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "24", "2024-13", "2024-00", "2023-02-29", "2024-04-00", "2024/04/22", "2024-4-22", "+024", "2024-04-2x", "0000"} {
		if d, err := ParseDate(s); err == nil || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
}
