package relation

import (
	"fmt"
	"math"

	"github.com/opendyad/dyad"
)

// What a series takes where its options say nothing.
const (
	DefaultHalfLife = 90.0 // days, of the stock
	DefaultMinimum  = 5    // happenings, for a net cooperation
	DefaultLevel    = 0.9  // of its interval
)

// maxPeriods is how many periods a series may have: ten years by day, and more.
const maxPeriods = 10_000

// SeriesOptions say what a series is of. Fields that are zero take the defaults.
type SeriesOptions struct {
	Step     Step
	From, To dyad.Date // both included; zero: from the first row, to the last
	HalfLife float64   // of the stock, in days
	Minimum  int       // happenings that net cooperation needs
	Level    float64   // of its interval
	Reports  bool      // count reports instead of happenings
}

// Coverage is what was read on a day, whoever it was about.
type Coverage struct {
	Day     int32
	Stories int
	Events  int // actual happenings of all pairs
}

// A Series is a pair's periods in order, without gaps.
type Series struct {
	A        string   `json:"a"` // as they were asked for: AB is what A did to B
	B        string   `json:"b"`
	Step     Step     `json:"step"`
	HalfLife float64  `json:"half_life"`
	Reports  bool     `json:"reports"`
	Periods  []Period `json:"periods"`
	Total    Flow     `json:"total"` // over all periods, both ways
	// Coarse counts actual happenings whose date is only a month or year that is
	// longer than a period, Undated those without any: no period has them.
	Coarse  int `json:"coarse"`
	Undated int `json:"undated"`
}

// A Period is one day, week, month or quarter.
type Period struct {
	Start dyad.Date `json:"start"` // both included
	End   dyad.Date `json:"end"`
	Both  Flow      `json:"both"` // happenings between the two, either way, each once
	AB    Flow      `json:"ab"`
	BA    Flow      `json:"ba"`
	// ShareOfPair is the period's part of all the series' happenings, ShareOfAll the
	// pair's part of what happened between all pairs in the period; negative where
	// that is not known.
	ShareOfPair float64 `json:"share_of_pair"`
	ShareOfAll  float64 `json:"share_of_all"`
	// StockUp and StockDown are the sums of the positive and negative scores up to the
	// end of the period, each worth half after every half-life.
	StockUp   float64 `json:"stock_up"`
	StockDown float64 `json:"stock_down"`
	Stories   int     `json:"stories"` // read, about whatever; -1 where that is not known
}

// A Flow is what happened one way, or both ways. Only what actually happened is in
// Count, quads, events and scores; the rest stands apart.
type Flow struct {
	Count  int            `json:"count"`
	ByQuad [5]int         `json:"by_quad"` // by quad class 1 to 4; [0] is what PLOVER has no event for
	Events map[string]int `json:"events"`  // by PLOVER event; nil when there is none
	// Scores is the sum of the scores, Mean their mean: the one follows volume, the
	// other hides it.
	Scores float64 `json:"scores"`
	Mean   float64 `json:"mean"`
	Net    Net     `json:"net"`

	Future       int `json:"future"` // announced, supposed, denied, of earlier times
	Hypothetical int `json:"hypothetical"`
	Negated      int `json:"negated"`
	Past         int `json:"past"`
}

// Net is net cooperation (c - k)/(c + k) of c cooperative and k conflictual
// happenings, with its interval; Enough is false where they are too few to say.
type Net struct {
	Interval
	Enough bool `json:"enough"`
}

// Cooperation counts what was friendly, in words or deeds.
func (f *Flow) Cooperation() int { return f.ByQuad[1] + f.ByQuad[2] }

// Conflict counts what was hostile, in words or deeds.
func (f *Flow) Conflict() int { return f.ByQuad[3] + f.ByQuad[4] }

// NetCooperation is (c - k)/(c + k) with a Jeffreys interval: the share of c has the
// posterior Beta(c+1/2, k+1/2).
func NetCooperation(c, k, minimum int, level float64) Net {
	i := jeffreys(float64(c), float64(c+k), level)
	net := Net{Interval{2*i.Value - 1, 2*i.Low - 1, 2*i.High - 1}, c+k >= minimum}
	if c+k == 0 {
		net.Enough = false
	}
	return net
}

// SeriesOf gives the series of a pair from rows, which may be of other pairs too.
// Rows from before the first period feed the stock only. coverage may be nil.
func SeriesOf(acts []Act, a, b string, o SeriesOptions, coverage []Coverage) (Series, error) {
	o = o.withDefaults()
	s := Series{A: a, B: b, Step: o.Step, HalfLife: o.HalfLife, Reports: o.Reports}
	if _, err := ParseStep(string(o.Step)); err != nil {
		return s, err
	}
	rows := groupsOf(acts, PairOf(a, b))
	both, directed := rows.fold(false), rows.fold(true)
	first, last, found := o.bounds(both)
	if !found {
		return s, nil
	}
	if last < first && (o.From.IsZero() || o.To.IsZero()) {
		return s, nil // asked about a time before anything was told, or after
	}
	if last < first {
		return s, fmt.Errorf("a series from %s to %s: the first date is after the last", DateOf(first), DateOf(last))
	}
	if err := s.layOut(first, last); err != nil {
		return s, err
	}
	for i := range both {
		s.count(&both[i], o, first, last)
	}
	for i := range directed {
		d := &directed[i]
		if p := s.at(d, first, last); p != nil {
			if d.Actor == a {
				p.AB.add(d, o.Reports)
			}
			if d.Actor == b && a != b {
				p.BA.add(d, o.Reports)
			}
		}
	}
	s.finish(both, o, coverage, first, last)
	return s, nil
}

func (o SeriesOptions) withDefaults() SeriesOptions {
	if o.Step == "" {
		o.Step = Month
	}
	if !(o.HalfLife > 0) {
		o.HalfLife = DefaultHalfLife
	}
	if o.Minimum <= 0 {
		o.Minimum = DefaultMinimum
	}
	if !(o.Level > 0 && o.Level < 1) {
		o.Level = DefaultLevel
	}
	return o
}

// bounds are the first and last day asked for, else those of the rows.
func (o *SeriesOptions) bounds(acts []Act) (first, last int32, found bool) {
	for i := range acts {
		day := acts[i].Day
		if day == Undated {
			continue
		}
		if !found {
			first = day
		}
		last, found = day, true
	}
	if !o.From.IsZero() {
		first = DayOf(o.From)
	}
	if !o.To.IsZero() {
		last = DayOf(o.To.End())
	}
	return first, last, found || !o.From.IsZero() && !o.To.IsZero()
}

// layOut makes the periods from the one of the first day to the one of the last.
func (s *Series) layOut(first, last int32) error {
	for start := s.Step.start(first); start <= last; {
		next := s.Step.next(start)
		if len(s.Periods) == maxPeriods {
			return fmt.Errorf("a series by %s from %s to %s has more than %d periods: ask for longer ones, or for less time", s.Step, DateOf(first), DateOf(last), maxPeriods)
		}
		s.Periods = append(s.Periods, Period{Start: DateOf(start), End: DateOf(next - 1), Stories: -1})
		start = next
	}
	return nil
}

// at gives the period of a row, nil when it is in none.
func (s *Series) at(a *Act, first, last int32) *Period {
	if a.Day == Undated || !s.Step.holds(a.Precision) || a.Day < first || a.Day > last {
		return nil
	}
	return s.periodOf(a.Day)
}

func (s *Series) periodOf(day int32) *Period {
	start := s.Step.start(day)
	from := DayOf(s.Periods[0].Start)
	n := 0
	switch s.Step {
	case Day:
		n = int(start - from)
	case Week:
		n = int(start-from) / 7
	default:
		d, f := DateOf(start), s.Periods[0].Start
		n = 12*(d.Year-f.Year) + d.Month - f.Month
		if s.Step == Quarter {
			n /= 3
		}
	}
	if n < 0 || n >= len(s.Periods) {
		return nil
	}
	return &s.Periods[n]
}

func (s *Series) count(a *Act, o SeriesOptions, first, last int32) {
	if p := s.at(a, first, last); p != nil {
		p.Both.add(a, o.Reports)
		s.Total.add(a, o.Reports)
		return
	}
	switch {
	case !a.Actual():
	case a.Day == Undated:
		s.Undated++
	case a.Day >= first && a.Day <= last:
		s.Coarse++
	}
}

func (f *Flow) add(a *Act, reports bool) {
	n := 1
	if reports {
		n = int(max(1, a.Reports))
	}
	switch {
	case a.Aux&Negation != 0:
		f.Negated += n
	case a.Aux&Hypothetical != 0:
		f.Hypothetical += n
	case a.Aux&Future != 0:
		f.Future += n
	case a.Aux&Historical != 0:
		f.Past += n
	default:
		f.Count += n
		f.ByQuad[min(a.Quad, 4)] += n
		f.Scores += float64(n) * score(a)
		if a.Event != "" {
			if f.Events == nil {
				f.Events = map[string]int{}
			}
			f.Events[a.Event] += n
		}
	}
}

// score is a row's score, which no input can make anything but a number.
func score(a *Act) float64 {
	s := float64(a.Scale)
	if math.IsNaN(s) || math.IsInf(s, 0) {
		return 0
	}
	return s
}

func (f *Flow) finish(o SeriesOptions) {
	if scored := f.Count - f.ByQuad[0]; scored > 0 {
		f.Mean = f.Scores / float64(scored)
	}
	f.Net = NetCooperation(f.Cooperation(), f.Conflict(), o.Minimum, o.Level)
}

// finish works out means, intervals, shares, stocks and coverage.
func (s *Series) finish(both []Act, o SeriesOptions, coverage []Coverage, first, last int32) {
	events := map[*Period]int{}
	for _, c := range coverage {
		if c.Day < first || c.Day > last {
			continue
		}
		if p := s.periodOf(c.Day); p != nil {
			p.Stories = max(0, p.Stories) + c.Stories
			events[p] += c.Events
		}
	}
	s.Total.finish(o)
	stock, next := stockOf(o.HalfLife), 0
	for i := range s.Periods {
		p := &s.Periods[i]
		p.Both.finish(o)
		p.AB.finish(o)
		p.BA.finish(o)
		p.ShareOfPair, p.ShareOfAll = -1, -1
		if s.Total.Count > 0 {
			p.ShareOfPair = float64(p.Both.Count) / float64(s.Total.Count)
		}
		if n := events[p]; n > 0 {
			p.ShareOfAll = min(1, float64(p.Both.Count)/float64(n))
		}
		end := DayOf(p.End)
		for ; next < len(both) && both[next].Day <= end; next++ {
			stock.add(&both[next])
		}
		p.StockUp, p.StockDown = stock.on(end)
	}
}

// A stock is a sum of scores that decays.
type stock struct {
	halfLife float64
	day      int32
	up, down float64
}

func stockOf(halfLife float64) *stock { return &stock{halfLife: halfLife, day: Undated} }

func (s *stock) add(a *Act) {
	if !a.Actual() || a.Day == Undated {
		return
	}
	s.up, s.down = s.on(a.Day)
	s.day = a.Day
	if scale := score(a); scale > 0 {
		s.up += scale
	} else {
		s.down += scale
	}
}

// on is what is left of the stock on a day.
func (s *stock) on(day int32) (up, down float64) {
	if s.day == Undated || day <= s.day {
		return s.up, s.down
	}
	left := math.Exp2(-float64(day-s.day) / s.halfLife)
	return s.up * left, s.down * left
}
