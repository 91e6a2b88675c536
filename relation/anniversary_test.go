package relation

import (
	"testing"

	"github.com/opendyad/dyad"
)

func TestAnniversaries(t *testing.T) {
	act := func(day string, quad uint8, record string) Act {
		d, err := dyad.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		return Act{Day: DayOf(d), Quad: quad, Actor: "IRN", Recipient: "PAK", Event: "ASSAULT", Record: record}
	}
	acts := []Act{
		act("2019-01-02", 4, "a"), act("2021-12-29", 1, "b"), act("2021-12-20", 4, "c"), act("2022-06-01", 2, "d"),
		act("2023-12-31", 3, "e"), act("2024-01-02", 4, "f"),
	}
	month := act("2022-01-01", 4, "g")
	month.Precision = PreciseMonth
	future := act("2022-01-01", 4, "h")
	future.Aux = Future
	both := act("2021-12-29", 1, "b")
	both.Actor, both.Recipient = "PAK", "IRN"
	acts = append(acts, month, future, both)
	on := dyad.Date{Year: 2023, Month: 12, Day: 31}
	found, years := AnniversariesOf(acts, "PAK", "IRN", on, 7)
	if len(found) != 2 || found[0].Years != 2 || len(found[0].Acts) != 1 || found[0].Acts[0].Record != "b" ||
		found[1].Years != 5 || found[1].On.String() != "2018-12-31" || found[1].Acts[0].Record != "a" {
		t.Errorf("the anniversaries are %+v", found)
	}
	if len(years) != 5 || years[0].Year != 2023 || years[4].Year != 2019 || years[3].Year != 2020 || years[3] != (YearOfWeeks{Year: 2020}) {
		t.Fatalf("the years are %+v", years)
	}
	if y := years[2]; y.Friendly[51] != 1 || y.Hostile[50] != 1 || years[0].Hostile[52] != 1 || years[4].Hostile[0] != 1 || years[1].Friendly[21] != 1 {
		t.Errorf("the weeks are %+v", years)
	}
}

func TestAnniversaryOfALeapDay(t *testing.T) {
	acts := []Act{{Day: DayOf(dyad.Date{Year: 2023, Month: 2, Day: 28}), Quad: 1, Actor: "IRN", Recipient: "PAK", Record: "a"}}
	found, _ := AnniversariesOf(acts, "IRN", "PAK", dyad.Date{Year: 2024, Month: 2, Day: 29}, 0)
	if len(found) != 1 || found[0].On.String() != "2023-02-28" {
		t.Errorf("29 February is remembered as %+v", found)
	}
	if found, years := AnniversariesOf(nil, "IRN", "PAK", dyad.Date{}, 7); found != nil || years != nil {
		t.Error("nothing has an anniversary")
	}
}
