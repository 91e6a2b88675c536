package relation

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/format"
)

// sampleOfICEWS reads the sample of ICEWS' events, which is no part of the project; the
// test is skipped where it is absent.
func sampleOfICEWS(t testing.TB) []Act {
	t.Helper()
	file, err := os.Open("../../shared/events/icews_2005-2015_sample.tsv")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the sample of ICEWS' events is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	var acts []Act
	var one [1]dyad.Record
	for r, err := range format.NewImporter(book).Labels(file, "sample") {
		if err != nil {
			continue // a row that names nobody
		}
		one[0] = r
		acts = append(acts, Acts(one[:])...)
	}
	return acts
}

// A fact is something that history tells of a pair: between two months things got
// worse, or better.
type fact struct {
	pair      Pair
	from, to  string // months, both included
	direction string
	what      string
	found     string // by what it must be found: change point, alarm, state
}

const worse, better = dyad.DirectionWorsening, dyad.DirectionMending

// history is looked for with the same parameters for all pairs. What must be found is
// what is found today: the test tells when that changes.
var history = []fact{
	{Pair{"KHM", "THA"}, "2008-10", "2008-10", worse, "fighting at Preah Vihear", "change alarm state"},
	{Pair{"KHM", "THA"}, "2009-11", "2009-11", worse, "ambassadors recalled", "alarm state"},
	{Pair{"KHM", "THA"}, "2011-01", "2011-02", worse, "fighting at Preah Vihear", "change alarm state"},
	{Pair{"KHM", "THA"}, "2011-04", "2011-04", worse, "fighting at Ta Moan", "alarm"},
	{Pair{"KHM", "THA"}, "2011-06", "2011-08", better, "calm from mid-2011", "change state"},
	{Pair{"SDN", "SSD"}, "2012-03", "2012-04", worse, "fighting over Heglig", "alarm state"},
	{Pair{"SDN", "SSD"}, "2012-06", "2012-10", better, "talks, agreements of September", "change alarm state"},
	{Pair{"SDN", "SSD"}, "2013-03", "2013-03", better, "agreement of March", "state"},
	{Pair{"CHN", "JPN"}, "2005-04", "2005-04", worse, "protests over schoolbooks", ""},
	{Pair{"CHN", "JPN"}, "2006-10", "2006-10", better, "Abe in Beijing", "change"},
	{Pair{"CHN", "JPN"}, "2010-09", "2010-09", worse, "trawler at the Senkaku islands", "change alarm state"},
	{Pair{"CHN", "JPN"}, "2012-08", "2012-09", worse, "islands bought by the state", "state"},
	{Pair{"CHN", "JPN"}, "2014-09", "2014-11", better, "leaders meet again", "change alarm state"},
	{Pair{"JPN", "KOR"}, "2005-03", "2005-03", worse, "Takeshima Day", "alarm state"},
	{Pair{"JPN", "KOR"}, "2006-10", "2006-10", better, "Abe in Seoul", "change state"},
	{Pair{"JPN", "KOR"}, "2012-08", "2012-08", worse, "president on Dokdo", "alarm state"},
	{Pair{"CHN", "VNM"}, "2011-06", "2011-06", worse, "survey cables cut", "state"},
	{Pair{"CHN", "VNM"}, "2014-05", "2014-05", worse, "oil rig, riots", "alarm state"},
	{Pair{"FRA", "IRN"}, "2009-07", "2009-12", worse, "election, trial of Reiss", "state"},
	{Pair{"FRA", "IRN"}, "2013-10", "2014-02", better, "thaw, interim nuclear deal", "alarm state"},
}

// nearby is how many days before or after the months of a fact a change may lie.
const nearby = 31

func TestDatedHistory(t *testing.T) {
	acts := sampleOfICEWS(t)
	var table strings.Builder
	for i := range history {
		f := &history[i]
		change, alarm, state := f.change(t, acts), f.alarm(t, acts), f.state(t, acts)
		var found []string
		for _, by := range []struct{ name, told string }{{"change", change}, {"alarm", alarm}, {"state", state}} {
			if by.told != "" {
				found = append(found, by.name)
			}
		}
		fmt.Fprintf(&table, "%s %s..%s %-9s %-31s | %-34s | %-27s | %s\n", f.pair, f.from, f.to, f.direction, f.what, change, alarm, state)
		if got := strings.Join(found, " "); got != f.found {
			t.Errorf("%s %s, %s: found by %q, before by %q", f.pair, f.from, f.what, got, f.found)
		}
	}
	t.Log("\n" + table.String())
}

// TestDatedHistoryNoise counts what is found besides.
func TestDatedHistoryNoise(t *testing.T) {
	acts := sampleOfICEWS(t)
	var table strings.Builder
	for _, pair := range []Pair{{"KHM", "THA"}, {"SDN", "SSD"}, {"CHN", "JPN"}, {"JPN", "KOR"}, {"CHN", "VNM"}, {"FRA", "IRN"}, {"CHN", "KOR"}, {"LAO", "VNM"}, {"CHN", "FRA"}} {
		acts := happeningsOf(acts, pair)
		changes, segments := ChangesOf(acts, pair.A, pair.B)
		happenings := 0
		for i := range segments {
			happenings += segments[i].Happenings()
		}
		alarms := 0
		for end := DayOf(month(t, "2006")); end < DayOf(month(t, "2016")); end += 30 {
			past := min(DefaultPast, int(end-DayOf(month(t, "2005")))/30)
			for _, m := range Moves(Tallies(acts, DateOf(end), 30), past, nil) {
				if m.Direction == worse {
					alarms++
				}
			}
		}
		// What the test of states would say of any month, whatever happened in it.
		states := map[string]int{}
		for year := 2006; year < 2016; year++ {
			for m := 1; m <= 12; m += 3 {
				one := dyad.Date{Year: year, Month: m}.String()
				for _, direction := range []string{worse, better} {
					if f := (fact{pair: pair, from: one, to: one, direction: direction}); f.state(t, acts) != "" {
						states[direction]++
					}
				}
			}
		}
		fmt.Fprintf(&table, "%s %4d happenings, %d changes, alarms of a worsening in %d of 122 months, states worse in %d and better in %d of 40:",
			pair, happenings, len(changes), alarms, states[worse], states[better])
		for _, c := range changes {
			fmt.Fprintf(&table, " %s %s,", c.Since, c.After.State)
		}
		table.WriteString("\n")
		if len(changes) > maxChanges {
			t.Errorf("%s has %d changes", pair, len(changes))
		}
	}
	t.Log("\n" + table.String())
}

// change tells the change point near a fact, "" where there is none.
func (f *fact) change(t *testing.T, acts []Act) (told string) {
	from, to := DayOf(month(t, f.from)), DayOf(month(t, f.to).End())
	changes, _ := ChangesOf(acts, f.pair.A, f.pair.B)
	for _, c := range changes {
		if day := DayOf(c.Since); c.Direction == f.direction && day >= from-nearby && day <= to+nearby {
			told = fmt.Sprintf("%s %s to %s", c.Since, c.Before.State, c.After.State)
		}
	}
	return told
}

// alarm tells the first thirty days within a fact that are out of the ordinary.
func (f *fact) alarm(t *testing.T, acts []Act) string {
	from, to := DayOf(month(t, f.from)), DayOf(month(t, f.to).End())
	acts = happeningsOf(acts, f.pair)
	for end := from + 29; end <= to+1; end += 10 {
		past := min(DefaultPast, int(end-DayOf(month(t, "2005")))/30)
		for _, m := range Moves(Tallies(acts, DateOf(end), 30), past, nil) {
			if m.Direction == f.direction {
				return fmt.Sprintf("%s +%d -%d score %.1f", DateOf(end), m.Friendly.Now, m.Hostile.Now, m.Score)
			}
		}
	}
	return ""
}

// state tells the states before a fact and a month after it, where they tell of it.
func (f *fact) state(t *testing.T, acts []Act) string {
	before := StateOf(acts, nil, f.pair.A, f.pair.B, DateOf(DayOf(month(t, f.from))-1))
	after := StateOf(acts, nil, f.pair.A, f.pair.B, DateOf(DayOf(month(t, f.to).End())+nearby))
	was, is := slices.Index(steps[:], before.Level), slices.Index(steps[:], after.Level)
	if was < 0 {
		was = slices.Index(steps[:], dyad.StateNormal) // nothing told: nothing wrong
	}
	told := strings.TrimPrefix(before.Sentence, "too little evidence: ") + " -> " + after.Sentence
	switch {
	case is < 0:
		return ""
	case f.direction == worse && (is < was || after.Direction == worse), f.direction == better && (is > was || after.Direction == better):
		return told
	case f.direction == better && before.Level == "" && is >= was:
		return told
	}
	return ""
}

func month(t testing.TB, s string) dyad.Date {
	t.Helper()
	d, err := dyad.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
