package relation

import (
	"errors"
	"fmt"
	"os"
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

// A dated fact is something that history tells of a pair: between two months things
// got worse, or better.
type fact struct {
	pair      Pair
	from, to  string // months
	direction string
	what      string
	found     string // what must find it: "change", "alarm" or "state"; "" where it is known to be missed
}

var history = []fact{
	{Pair{"KHM", "THA"}, "2008-10", "2008-10", "worsening", "fighting at Preah Vihear", ""},
	{Pair{"KHM", "THA"}, "2009-11", "2009-11", "worsening", "ambassadors recalled", ""},
	{Pair{"KHM", "THA"}, "2011-01", "2011-02", "worsening", "fighting at Preah Vihear", ""},
	{Pair{"KHM", "THA"}, "2011-04", "2011-04", "worsening", "fighting at Ta Moan", ""},
	{Pair{"KHM", "THA"}, "2011-06", "2011-08", "mending", "calm from mid-2011", ""},
	{Pair{"SDN", "SSD"}, "2012-03", "2012-04", "worsening", "Heglig", ""},
	{Pair{"SDN", "SSD"}, "2012-06", "2012-10", "mending", "agreements of September 2012", ""},
	{Pair{"SDN", "SSD"}, "2013-03", "2013-03", "mending", "agreement of March 2013", ""},
	{Pair{"CHN", "JPN"}, "2005-04", "2005-04", "worsening", "protests over schoolbooks", ""},
	{Pair{"CHN", "JPN"}, "2006-10", "2006-10", "mending", "Abe's visit to Beijing", ""},
	{Pair{"CHN", "JPN"}, "2010-09", "2010-09", "worsening", "trawler at the Senkaku islands", ""},
	{Pair{"CHN", "JPN"}, "2012-08", "2012-09", "worsening", "islands bought by the state", ""},
	{Pair{"CHN", "JPN"}, "2014-09", "2014-11", "mending", "leaders meet again", ""},
	{Pair{"JPN", "KOR"}, "2005-03", "2005-03", "worsening", "Takeshima Day", ""},
	{Pair{"JPN", "KOR"}, "2006-10", "2006-10", "mending", "Abe's visit to Seoul", ""},
	{Pair{"JPN", "KOR"}, "2012-08", "2012-08", "worsening", "president's visit to Dokdo", ""},
	{Pair{"CHN", "VNM"}, "2011-06", "2011-06", "worsening", "survey cables cut", ""},
	{Pair{"CHN", "VNM"}, "2014-05", "2014-05", "worsening", "oil rig, riots", ""},
	{Pair{"FRA", "IRN"}, "2009-07", "2009-12", "worsening", "trial of Reiss, election", ""},
	{Pair{"FRA", "IRN"}, "2013-10", "2014-02", "mending", "thaw, interim nuclear deal", ""},
}

func TestDatedHistory(t *testing.T) {
	acts := sampleOfICEWS(t)
	var table strings.Builder
	for _, f := range history {
		change, alarm, state := f.look(t, acts)
		fmt.Fprintf(&table, "%s %s..%s %-9s %-32s change %-34s alarm %-26s state %s\n", f.pair, f.from, f.to, f.direction, f.what, change, alarm, state)
	}
	t.Log("\n" + table.String())
}

// look tells what change points, alarms and states say of a fact; "-" where they do
// not find it.
func (f *fact) look(t *testing.T, acts []Act) (change, alarm, state string) {
	from, to := month(t, f.from), month(t, f.to).End()
	change, alarm = "-", "-"
	changes, _ := ChangesOf(acts, f.pair.A, f.pair.B)
	for _, c := range changes {
		if day := DayOf(c.Since); c.Direction == f.direction && day >= DayOf(from)-31 && day <= DayOf(to)+31 {
			change = fmt.Sprintf("%s %s to %s", c.Since, c.Before.State, c.After.State)
		}
	}
	for end := DayOf(from) + 29; end <= DayOf(to)+1; end += 10 {
		past := min(DefaultPast, int(end-DayOf(month(t, "2005")))/30)
		for _, m := range Moves(ofPair(Tallies(acts, DateOf(end), 30), f.pair), past, nil) {
			if m.Direction == f.direction && alarm == "-" {
				alarm = fmt.Sprintf("%s %d/%d/%d, %.1f", DateOf(end), m.Friendly.Now, m.Hostile.Now, m.HostileDeeds.Now, m.Score)
			}
		}
	}
	before := StateOf(acts, nil, f.pair.A, f.pair.B, DateOf(DayOf(from)-1))
	after := StateOf(acts, nil, f.pair.A, f.pair.B, DateOf(DayOf(to)+30))
	return change, alarm, before.Sentence + " -> " + after.Sentence
}

func ofPair(tallies []Tally, pair Pair) (out []Tally) {
	for _, t := range tallies {
		if t.Pair == pair {
			out = append(out, t)
		}
	}
	return out
}

func month(t testing.TB, s string) dyad.Date {
	d, err := dyad.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
