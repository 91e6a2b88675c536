package relation

import (
	"math"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// act makes a row from a day, "IRN>PAK" and an event with its quad class and score.
func act(t testing.TB, day, pair, event string, more ...func(*Act)) Act {
	t.Helper()
	d, err := dyad.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	a := Act{Day: DayOf(d), Precision: precisionOf(d), Event: event, Actor: pair[:3], Recipient: pair[4:], Record: day + pair + event}
	switch event {
	case "CONSULT", "AGREE":
		a.Quad, a.Scale = 1, 2.5
	case "SUPPORT":
		a.Quad, a.Scale = 1, 5
	case "AID", "COOPERATE":
		a.Quad, a.Scale = 2, 9.5
	case "ACCUSE", "THREATEN", "REQUEST", "REJECT":
		a.Quad, a.Scale = 3, -3
	case "ASSAULT", "SANCTION":
		a.Quad, a.Scale = 4, -9.5
	default:
		t.Fatalf("no event %s", event)
	}
	for _, m := range more {
		m(&a)
	}
	return a
}

func with(aux Aux) func(*Act) { return func(a *Act) { a.Aux = aux; a.Record += "aux" } }

func happens(id string, reports int32) func(*Act) {
	return func(a *Act) { a.Happening = id; a.Reports = reports }
}

func TestSeriesCountsHappeningsByMonth(t *testing.T) {
	acts := []Act{
		act(t, "2024-01-16", "IRN>PAK", "ASSAULT", happens("strike", 3)),
		act(t, "2024-01-17", "IRN>PAK", "ASSAULT", happens("strike", 3)), // the same, told a day later
		act(t, "2024-01-17", "PAK>IRN", "SANCTION"),
		act(t, "2024-01-29", "IRN>PAK", "CONSULT", happens("visit", 0)),
		act(t, "2024-01-29", "PAK>IRN", "CONSULT", happens("visit", 0)), // both met: one happening
		act(t, "2024-03-02", "IRN>PAK", "AGREE", with(Future)),
		act(t, "2024-03-03", "IRN>PAK", "ASSAULT", with(Historical)),
		act(t, "2024-03-04", "IRN>PAK", "ASSAULT", with(Negation)),
		act(t, "2024-03-05", "IRN>PAK", "ASSAULT", with(Hypothetical)),
		act(t, "2024-03", "IRN>PAK", "AID"),
		act(t, "2024", "IRN>PAK", "AID"),
		act(t, "2024-03-05", "IND>PAK", "ACCUSE"),
	}
	s, err := SeriesOf(acts, "IRN", "PAK", SeriesOptions{Minimum: 3}, []Coverage{{Day: acts[0].Day, Stories: 7, Events: 30}})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Periods) != 3 || s.Periods[0].Start.String() != "2024-01-01" || s.Periods[0].End.String() != "2024-01-31" {
		t.Fatalf("periods %+v", s.Periods)
	}
	january, february, march := s.Periods[0], s.Periods[1], s.Periods[2]
	if january.Both.Count != 3 || january.Both.ByQuad != [5]int{0, 1, 0, 0, 2} || january.AB.Count != 2 || january.BA.Count != 2 {
		t.Errorf("January: %+v", january)
	}
	if january.Both.Scores != -16.5 || january.Both.Mean != -5.5 || january.Both.Events["ASSAULT"] != 1 {
		t.Errorf("January's scores: %+v", january.Both)
	}
	if n := january.Both.Net; !n.Enough || math.Abs(n.Value+1.0/3) > 1e-12 || !(n.Low < n.Value && n.Value < n.High) {
		t.Errorf("January's net cooperation: %+v", n)
	}
	if january.Stories != 7 || january.ShareOfAll != 0.1 || january.ShareOfPair != 0.75 {
		t.Errorf("January's coverage: %+v", january)
	}
	if february.Both.Count != 0 || february.Both.Net.Enough || february.Stories != -1 || february.ShareOfAll != -1 {
		t.Errorf("February: %+v", february)
	}
	if m := march.Both; m.Count != 1 || m.Future != 1 || m.Past != 1 || m.Negated != 1 || m.Hypothetical != 1 {
		t.Errorf("March: %+v", m)
	}
	if s.Coarse != 1 || s.Total.Count != 4 {
		t.Errorf("all: coarse %d, total %+v", s.Coarse, s.Total)
	}
	reports, err := SeriesOf(acts, "IRN", "PAK", SeriesOptions{Reports: true}, nil)
	if err != nil || reports.Periods[0].Both.Count != 6 {
		t.Errorf("reports in January: %+v, %v", reports.Periods[0].Both, err)
	}
}

func TestStockLosesHalfInItsHalfLife(t *testing.T) {
	acts := []Act{act(t, "2024-01-01", "IRN>PAK", "AID"), act(t, "2024-01-01", "PAK>IRN", "ACCUSE")}
	s, err := SeriesOf(acts, "IRN", "PAK", SeriesOptions{Step: Day, HalfLife: 30, To: dyad.Date{Year: 2024, Month: 1, Day: 31}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p := s.Periods[0]; p.StockUp != 9.5 || p.StockDown != -3 {
		t.Errorf("at first: %v %v", p.StockUp, p.StockDown)
	}
	if p := s.Periods[30]; math.Abs(p.StockUp-4.75) > 1e-9 || math.Abs(p.StockDown+1.5) > 1e-9 {
		t.Errorf("after 30 days: %v %v", p.StockUp, p.StockDown)
	}
}

func TestSeriesRefusesWhatCannotBe(t *testing.T) {
	acts := []Act{act(t, "2024-01-01", "IRN>PAK", "AID"), act(t, "0001-01-01", "IRN>PAK", "AID")}
	_, err := SeriesOf(acts, "IRN", "PAK", SeriesOptions{Step: Day}, nil)
	if err == nil || !strings.Contains(err.Error(), "more than 10000 periods") {
		t.Errorf("two thousand years by day: %v", err)
	}
	_, err = SeriesOf(acts, "IRN", "PAK", SeriesOptions{From: dyad.Date{Year: 2024}, To: dyad.Date{Year: 2023}}, nil)
	if err == nil || !strings.Contains(err.Error(), "the first date is after the last") {
		t.Errorf("dates reversed: %v", err)
	}
	if s, err := SeriesOf(nil, "IRN", "PAK", SeriesOptions{}, nil); err != nil || len(s.Periods) != 0 {
		t.Errorf("nothing at all: %+v, %v", s, err)
	}
}

func TestCalendar(t *testing.T) {
	for day := int32(-719_000); day < 900_000; day += 13 {
		d := DateOf(day)
		if DayOf(d) != day {
			t.Fatalf("day %d is %s, which is day %d", day, d, DayOf(d))
		}
		for _, s := range []Step{Day, Week, Month, Quarter} {
			start := s.start(day)
			if next := s.next(start); start > day || next <= day || s.start(next) != next || s.start(next-1) != start {
				t.Fatalf("the %s of %s: from %s to %s", s, d, DateOf(start), DateOf(next))
			}
		}
	}
	monday := dyad.Date{Year: 2024, Month: 1, Day: 29}
	if got := DateOf(Week.start(DayOf(dyad.Date{Year: 2024, Month: 2, Day: 4}))); got != monday {
		t.Errorf("the week of Sunday 4 February 2024 starts on %s", got)
	}
}

// The bounds were worked out with the quantiles of R's qbeta.
func TestJeffreysInterval(t *testing.T) {
	for _, c := range []struct{ k, n, low, high float64 }{
		{0, 10, 0, 0.1737}, {10, 10, 0.8263, 1}, {5, 10, 0.2621, 0.7379}, {1, 2, 0.0971, 0.9029},
	} {
		i := jeffreys(c.k, c.n, 0.9)
		if math.Abs(i.Low-c.low) > 0.006 || math.Abs(i.High-c.high) > 0.006 {
			t.Errorf("%v of %v: %.4f to %.4f, want %.4f to %.4f", c.k, c.n, i.Low, i.High, c.low, c.high)
		}
	}
	// Beta(a, 1) and Beta(1/2, 1/2) can be written down.
	for x := 0.01; x < 1; x += 0.01 {
		if got, want := betaDistribution(x, 3.5, 1, logBeta(3.5, 1)), math.Pow(x, 3.5); math.Abs(got-want) > 1e-12 {
			t.Fatalf("Beta(3.5, 1) at %v: %v, want %v", x, got, want)
		}
		if got, want := betaDistribution(x, 0.5, 0.5, logBeta(0.5, 0.5)), 2/math.Pi*math.Asin(math.Sqrt(x)); math.Abs(got-want) > 1e-12 {
			t.Fatalf("Beta(1/2, 1/2) at %v: %v, want %v", x, got, want)
		}
	}
}

// A quantile is where the distribution has just that much below it.
func TestBetaQuantile(t *testing.T) {
	for _, a := range []float64{0.5, 1.5, 3.5, 40.5, 5000.5, 1e6} {
		for _, b := range []float64{0.5, 1.5, 7.5, 300.5, 2e5} {
			for _, p := range []float64{0.005, 0.05, 0.5, 0.95, 0.995} {
				at := betaQuantile(p, a, b)
				if got := betaDistribution(at, a, b, logBeta(a, b)); math.Abs(got-p) > 1e-7 {
					t.Errorf("Beta(%v, %v): %v lies below %v, want %v", a, b, got, at, p)
				}
			}
		}
	}
}

func TestActsOfRecords(t *testing.T) {
	side := func(codes ...string) (out []dyad.Entity) {
		for _, c := range codes {
			out = append(out, dyad.Entity{Code: c})
		}
		return out
	}
	for _, c := range []struct {
		actor, recipient []dyad.Entity
		want             string
	}{
		{side("IRN"), side("PAK"), "IRN>PAK"},
		{side("IRN", "PAK", "PAK"), nil, "IRN>PAK PAK>IRN"},
		{side("IRN", "PAK"), side("PAK", "IRN"), "IRN>PAK PAK>IRN"},
		{side("CHN"), side("IRN", "PAK"), "CHN>IRN CHN>PAK"},
		{side("IRN", "PAK"), side("PAK"), "IRN>PAK"},
		{side("IRN"), side("IRN", "PAK"), "IRN>IRN IRN>PAK"},
		{side("IRN"), nil, ""},
		{side("", "IRN"), side(""), ""},
		{side("A", "B", "C", "D", "E", "F", "G"), nil, ""},
	} {
		acts := Acts([]dyad.Record{{Kind: dyad.KindEvent, Event: &dyad.Event{Actor: c.actor, Recipient: c.recipient}}})
		var got []string
		for _, a := range acts {
			got = append(got, a.Actor+">"+a.Recipient)
			if a.Day != Undated {
				t.Errorf("a record without a date has the day %d", a.Day)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v > %v: %v, want %s", c.actor, c.recipient, got, c.want)
		}
	}
}
