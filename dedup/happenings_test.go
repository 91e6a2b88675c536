package dedup

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/opendyad/dyad"
)

func TestHappenings(t *testing.T) {
	text, err := os.ReadFile("testdata/happenings.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(strings.TrimSpace(string(text)), "\n\n")[1:]
	for _, c := range cases {
		title, rows, _ := strings.Cut(c, "\n")
		t.Run(title, func(t *testing.T) {
			var tellings []Telling
			var want []string
			for _, row := range strings.Split(rows, "\n") {
				group, facts, _ := strings.Cut(row, " ")
				want = append(want, group)
				tellings = append(tellings, tellingOf(t, uint64(len(want)), facts))
			}
			of := Happenings(tellings)
			for i := range of {
				for j := range i {
					if (of[i] == of[j]) != (want[i] == want[j]) {
						t.Errorf("tellings %d and %d are in one happening: %v, want %v", j+1, i+1, of[i] == of[j], want[i] == want[j])
					}
				}
			}
		})
	}
}

func tellingOf(t *testing.T, record uint64, facts string) Telling {
	tell := Telling{Record: record, Day: Undated}
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("reading the telling %q: %v", facts, err)
		}
		return n
	}
	for _, fact := range strings.Fields(facts) {
		name, value, _ := strings.Cut(fact, "=")
		switch name {
		case "key":
			tell.Key = uint64(number(value))
		case "story":
			tell.Story = int64(number(value))
		case "cluster":
			tell.Cluster = int64(number(value))
		case "day":
			tell.Day = int32(number(value))
		case "last":
			tell.Last = int32(number(value))
		case "province":
			tell.Province = value
		case "text":
			tell.ByText = true
		case "mode":
			tell.Mode = value
		case "issues":
			tell.Issues = strings.Split(value, ",")
		case "country":
			tell.Country = value
		case "city":
			tell.City = value
		default:
			t.Fatalf("reading the telling %q: %q is no fact", facts, name)
		}
	}
	if tell.Cluster == 0 {
		tell.Cluster = 1000 + tell.Story
	}
	return tell
}

func someTellings(t *rapid.T) []Telling {
	n := rapid.IntRange(1, 60).Draw(t, "tellings")
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	var tellings []Telling
	for i := range n {
		story := int64(r.IntN(40))
		x := Telling{Record: uint64(i + 1), Key: uint64(r.IntN(2)), Story: story, Cluster: story / 3, Day: int32(r.IntN(12)), ByText: r.IntN(2) == 0,
			Mode: one("", "visit", "call"), Country: one("", "IRN", "IRQ"), Issues: strings.Fields(one("", "gas", "gas trade", "border"))}
		if x.Country != "" {
			x.City = one("", "Tehran", "Basra")
			x.Province = one("", "Fars", "Ilam")
		}
		if r.IntN(4) == 0 {
			x.Last = x.Day + int32(r.IntN(9))
		}
		if r.IntN(8) == 0 {
			x.Day = Undated
		}
		tellings = append(tellings, x)
	}
	return tellings
}

// standing gives for each record the one that stands for its happening.
func standing(tellings []Telling) map[uint64]uint64 {
	of := map[uint64]uint64{}
	for i, first := range Happenings(tellings) {
		of[tellings[i].Record] = tellings[first].Record
	}
	return of
}

func TestOrderOfTellingsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tellings := someTellings(t)
		before := standing(tellings)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		r.Shuffle(len(tellings), func(i, j int) { tellings[i], tellings[j] = tellings[j], tellings[i] })
		for record, first := range standing(tellings) {
			if before[record] != first {
				t.Fatalf("record %d is told by %d, after shuffling by %d", record, before[record], first)
			}
		}
	})
}

// TestWhatIsFarAwayChangesNothing adds tellings of another key, and of other stories
// after a gap of days.
func TestWhatIsFarAwayChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tellings := someTellings(t)
		before := standing(tellings)
		more := someTellings(t)
		for i := range more {
			more[i].Record += 1000
			more[i].Story += 1000
			more[i].Cluster += 1000
			if i%2 == 0 {
				more[i].Key += 10
			} else if more[i].Day != Undated {
				more[i].Day += 100
			}
		}
		after := standing(slices.Concat(more, tellings))
		for record, first := range before {
			if after[record] != first {
				t.Fatalf("record %d is told by %d, with others by %d", record, first, after[record])
			}
		}
	})
}

func TestKey(t *testing.T) {
	side := func(names ...string) (of []dyad.Entity) {
		for _, name := range names {
			code, sector, _ := strings.Cut(name, " ")
			of = append(of, dyad.Entity{Code: code, Sector: sector})
		}
		return of
	}
	key := func(actor, recipient []dyad.Entity, kind, mode string, aux ...string) string {
		return Key(&dyad.Record{Aux: aux, Event: &dyad.Event{Actor: actor, Recipient: recipient, Type: kind, Mode: mode}})
	}
	base := key(side("PAK GOV", "CHN"), side("IRN MIL"), "CONSULT", "visit", "future")
	for _, c := range []struct {
		name string
		key  string
		same bool
	}{
		{"sector and mode of an international event", key(side("CHN GOV", "PAK"), side("IRN"), "CONSULT", "", "future"), true},
		{"direction", key(side("IRN"), side("PAK", "CHN"), "CONSULT", "", "future"), false},
		{"aux", key(side("PAK", "CHN"), side("IRN"), "CONSULT", ""), false},
		{"type", key(side("PAK", "CHN"), side("IRN"), "ACCUSE", "", "future"), false},
		{"no recipient", key(side("PAK", "CHN"), nil, "CONSULT", "", "future"), false},
	} {
		if (c.key == base) != c.same {
			t.Errorf("%s: keys are the same: %v, want %v", c.name, c.key == base, c.same)
		}
	}
	if key(side("BRA COP"), side("BRA CRM"), "ASSAULT", "") == key(side("BRA CRM"), side("BRA COP"), "ASSAULT", "") {
		t.Error("police shot gunmen and gunmen shot police have one key")
	}
	if Key(&dyad.Record{Refusal: &dyad.Refusal{}}) != "" {
		t.Error("a refusal has a key")
	}
	if Key(&dyad.Record{Own: &dyad.Own{}, Event: &dyad.Event{}}) != "" {
		t.Error("an imported event has a key")
	}
}

// BenchmarkHappenings folds tellings of one key, ten a day of each happening, and
// all on one day.
func BenchmarkHappenings(b *testing.B) {
	for _, days := range []int{10_000, 1} {
		for _, n := range []int{10_000, 100_000} {
			b.Run(fmt.Sprintf("%d of %d days", n, days), func(b *testing.B) {
				tellings := make([]Telling, n)
				for i := range tellings {
					tellings[i] = Telling{Record: uint64(i), Key: 1, Story: int64(i), Cluster: int64(i), Day: int32(i % days), ByText: true}
				}
				for b.Loop() {
					Happenings(tellings)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/telling")
			})
		}
	}
}
