package relation

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// How a move is measured, the same for all pairs.
const (
	// DefaultPast is how many earlier periods a period is measured against: two years
	// of thirty days each.
	DefaultPast = 24
	// Unusual is the score from which a move is out of the ordinary.
	Unusual = 3.0
	// Quiet is how many days without its like make an event a first of its kind.
	Quiet = 365
)

// A Tally is what happened between a pair in one period. Periods have one length and
// are numbered backwards: 0 is the present one, 1 the one before it.
type Tally struct {
	Pair                                 Pair
	Period                               int
	Friendly, HostileWords, HostileDeeds int
}

// A Move is how far a pair is from its own past in the present period.
type Move struct {
	Pair         Pair   `json:"pair"`
	Friendly     Unlike `json:"friendly"`
	Hostile      Unlike `json:"hostile"`
	HostileDeeds Unlike `json:"hostile_deeds"`
	// Score is that of what moved most, Direction what it means: hostility out of the
	// ordinary is a worsening even where there is more friendliness too, as there is when
	// a crisis is talked about; steady where nothing is out of the ordinary.
	Score     float64 `json:"score"`
	Direction string  `json:"direction"`
}

// Unlike is how far a number of happenings is from those of the past.
type Unlike struct {
	Now    int     `json:"now"`
	Median float64 `json:"median"` // of the past, and the median absolute deviation from it
	MAD    float64 `json:"mad"`
	Score  float64 `json:"score"` // in standard deviations; positive: more than usual
}

// Moves tells how far each pair is from its own past, the farthest first. past is how
// many earlier periods count, which must not be more than the store knows of: a period
// without a tally is one in which nothing happened. totals, by period, are the happenings of all pairs, so that more news is
// not taken for more events; nil leaves that out.
func Moves(tallies []Tally, past int, totals []int) []Move {
	if past <= 0 {
		past = DefaultPast
	}
	if !slices.IsSortedFunc(tallies, compareTallies) {
		tallies = slices.Clone(tallies)
		slices.SortFunc(tallies, compareTallies)
	}
	weights := weightsOf(totals, past)
	var moves []Move
	counts := [3][]float64{}
	for i := range counts {
		counts[i] = make([]float64, past+1)
	}
	for from := 0; from < len(tallies); {
		for i := range counts {
			clear(counts[i])
		}
		to := from
		for ; to < len(tallies) && tallies[to].Pair == tallies[from].Pair; to++ {
			t := &tallies[to]
			if t.Period < 0 || t.Period > past {
				continue
			}
			w := weights[t.Period]
			counts[0][t.Period] += w * float64(t.Friendly)
			counts[1][t.Period] += w * float64(t.HostileWords+t.HostileDeeds)
			counts[2][t.Period] += w * float64(t.HostileDeeds)
		}
		if m := moveOf(counts); m.Score != 0 {
			m.Pair = tallies[from].Pair
			moves = append(moves, m)
		}
		from = to
	}
	slices.SortStableFunc(moves, func(a, b Move) int { return cmp.Compare(math.Abs(b.Score), math.Abs(a.Score)) })
	return moves
}

func moveOf(counts [3][]float64) Move {
	m := Move{Friendly: unlike(counts[0]), Hostile: unlike(counts[1]), HostileDeeds: unlike(counts[2]), Direction: dyad.DirectionSteady}
	hostile := m.Hostile.Score
	if math.Abs(m.HostileDeeds.Score) > math.Abs(hostile) {
		hostile = m.HostileDeeds.Score
	}
	friendly := m.Friendly.Score
	switch {
	case hostile >= Unusual:
		m.Score, m.Direction = hostile, dyad.DirectionWorsening
	case hostile <= -Unusual:
		m.Score, m.Direction = hostile, dyad.DirectionMending
	case friendly >= Unusual:
		m.Score, m.Direction = friendly, dyad.DirectionMending
	case friendly <= -Unusual:
		m.Score, m.Direction = friendly, dyad.DirectionWorsening
	case math.Abs(hostile) >= math.Abs(friendly):
		m.Score = hostile
	default:
		m.Score = friendly
	}
	return m
}

func unlike(counts []float64) Unlike {
	u := Unlike{Now: int(math.Round(counts[0]))}
	u.Score, u.Median, u.MAD = unusual(counts[0], counts[1:])
	return u
}

// weightsOf bring every period to the number of happenings of a middling one.
func weightsOf(totals []int, past int) []float64 {
	weights := make([]float64, past+1)
	known := make([]float64, 0, len(totals))
	for _, n := range totals {
		known = append(known, float64(max(0, n)))
	}
	middle := median(known)
	for i := range weights {
		weights[i] = 1
		if i < len(totals) && totals[i] > 0 && middle > 0 {
			weights[i] = middle / float64(totals[i])
		}
	}
	return weights
}

// unusual tells how far a count is from those of the past, in standard deviations: the
// counts go through Anscombe's root, after which chance alone deviates by 1 whatever
// the count; the middle and the deviation are the median and the median absolute
// deviation, which single crises of the past do not move; the deviation is at least 1.
func unusual(now float64, past []float64) (score, middle, mad float64) {
	if len(past) == 0 {
		return 0, 0, 0
	}
	roots := make([]float64, len(past))
	for i, n := range past {
		roots[i] = anscombe(n)
	}
	m := median(roots)
	score = (anscombe(now) - m) / max(1, 1.4826*deviation(roots, m))
	middle = median(slices.Clone(past))
	return score, middle, deviation(slices.Clone(past), middle)
}

func anscombe(n float64) float64 { return 2 * math.Sqrt(max(0, n)+0.375) }

// median gives the middle of some values, which it sorts; 0 of none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// deviation is the median absolute deviation from the middle; it changes values.
func deviation(values []float64, middle float64) float64 {
	for i, v := range values {
		values[i] = math.Abs(v - middle)
	}
	return median(values)
}

// Tallies puts the rows of any number of pairs into periods of some days, of which the
// present one ends on a day, as a store would.
func Tallies(acts []Act, on dyad.Date, days int) []Tally {
	days = max(1, days)
	end := DayOf(on.End())
	byPair := map[Pair][]Act{}
	for _, a := range acts {
		if a.Actor != a.Recipient && a.Actor != "" && a.Recipient != "" && counts(&a) && a.Day <= end {
			pair := PairOf(a.Actor, a.Recipient)
			byPair[pair] = append(byPair[pair], a)
		}
	}
	type key struct {
		pair   Pair
		period int
	}
	sums := map[key]Tally{}
	for pair, rows := range byPair {
		for _, a := range happeningsOf(rows, pair) {
			c := class(a.Quad)
			if c < 0 {
				continue
			}
			k := key{pair, int(end-a.Day) / days}
			t := sums[k]
			t.Pair, t.Period = k.pair, k.period
			switch c {
			case 0:
				t.Friendly++
			case 1:
				t.HostileWords++
			case 2:
				t.HostileDeeds++
			}
			sums[k] = t
		}
	}
	out := make([]Tally, 0, len(sums))
	for _, t := range sums {
		out = append(out, t)
	}
	slices.SortFunc(out, compareTallies)
	return out
}

func compareTallies(a, b Tally) int {
	if c := strings.Compare(a.Pair.A, b.Pair.A); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.Pair.B, b.Pair.B), cmp.Compare(a.Period, b.Period))
}

// A Seen is when an event of one kind was last seen from an actor to a recipient
// before a day, and when first from then on.
type Seen struct {
	Actor, Recipient, Event, Mode string
	Before                        int32  // the last day before; Undated: never
	First                         int32  // the first day from then on
	Record                        string // of First
}

// SeenSince gives for every kind of event that happened from a day on when it was seen
// before.
func SeenSince(acts []Act, since dyad.Date) []Seen {
	from := DayOf(since)
	type key struct{ actor, recipient, event, mode string }
	seen := map[key]Seen{}
	for i := range acts {
		a := &acts[i]
		if !counts(a) || a.Event == "" {
			continue
		}
		k := key{a.Actor, a.Recipient, a.Event, a.Mode}
		s, ok := seen[k]
		if !ok {
			s = Seen{Actor: a.Actor, Recipient: a.Recipient, Event: a.Event, Mode: a.Mode, Before: Undated, First: Undated}
		}
		switch {
		case a.Day < from:
			s.Before = max(s.Before, a.Day)
		case s.First == Undated || a.Day < s.First || a.Day == s.First && a.Record < s.Record:
			s.First, s.Record = a.Day, a.Record
		}
		seen[k] = s
	}
	var out []Seen
	for _, s := range seen {
		if s.First != Undated {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Seen) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Recipient, b.Recipient), cmp.Compare(a.Event, b.Event), cmp.Compare(a.Mode, b.Mode))
	})
	return out
}

// Firsts keeps what is the first of its kind in a year. known is the first day that
// the store knows of: what has no forerunner within a year of it proves nothing.
func Firsts(seen []Seen, known dyad.Date) []Seen {
	var out []Seen
	for _, s := range seen {
		if s.Before == Undated && s.First < DayOf(known)+Quiet || s.Before != Undated && s.First-s.Before < Quiet {
			continue
		}
		out = append(out, s)
	}
	return out
}

// A Contradiction is that one says what another denies: "Iran said that it had struck
// a base; Pakistan denied that."
type Contradiction struct {
	Says, Denies dyad.Record
}

// withinDays is how far apart the days of what is said and denied may lie.
const withinDays = 7

// ContradictionsAmong finds events that one party asserts, or the writer, and another
// denies: of the same kind, between the same countries, within a week.
func ContradictionsAmong(records []dyad.Record) []Contradiction {
	type key struct{ actor, recipient, event string }
	said := map[key][]int{}
	for i := range records {
		if r := &records[i]; r.Event != nil && len(r.Aux) == 0 {
			for _, a := range Acts(records[i : i+1]) {
				k := key{a.Actor, a.Recipient, a.Event}
				said[k] = append(said[k], i)
			}
		}
	}
	best := map[string]Contradiction{} // by what denies
	for i := range records {
		r := &records[i]
		denied := deniedBy(r)
		if len(denied) == 0 {
			continue
		}
		for _, a := range Acts(records[i : i+1]) {
			for _, event := range denied {
				for _, j := range said[key{a.Actor, a.Recipient, event}] {
					found := Contradiction{Says: records[j], Denies: *r}
					if !found.holds() {
						continue
					}
					id := cmp.Or(r.Happening, r.ID)
					if b, ok := best[id]; !ok || nearer(&found, &b) {
						best[id] = found
					}
				}
			}
		}
	}
	out := make([]Contradiction, 0, len(best))
	for _, c := range best {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Contradiction) int {
		return cmp.Or(cmp.Compare(DayOf(a.Denies.Date), DayOf(b.Denies.Date)), cmp.Compare(a.Denies.ID, b.Denies.ID))
	})
	return out
}

// deniedBy gives the events that a record denies: a negated one its own; "Iran denied
// that it had attacked Pakistan" is a refusal, whose words tell that it denies a deed.
func deniedBy(r *dyad.Record) []string {
	switch {
	case r.Event == nil:
	case AuxOf(r.Aux)&Negation != 0:
		return []string{r.Event.Type}
	case r.Event.Type == "REJECT" && len(r.Aux) == 0 && strings.HasPrefix(strings.ToLower(r.Event.Trigger), "den"):
		return []string{"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN"}
	}
	return nil
}

// holds reports whether the two are near in time and not on the same one's word.
func (c *Contradiction) holds() bool {
	if c.Says.Date.IsZero() || c.Denies.Date.IsZero() || distance(DayOf(c.Says.Date), DayOf(c.Denies.Date)) > withinDays {
		return false
	}
	if c.Denies.Event.Type == "REJECT" {
		return !shares(Codes(c.Says.AssertedBy), Codes(c.Denies.Event.Actor))
	}
	return !sameSpeaker(&c.Says, &c.Denies)
}

func distance(a, b int32) int32 {
	if a < b {
		return b - a
	}
	return a - b
}

// nearer says which of two records is the better to set against a denial: the nearer
// in time, of equal ones the one with the lesser id.
func nearer(a, b *Contradiction) bool {
	da, db := distance(DayOf(a.Says.Date), DayOf(a.Denies.Date)), distance(DayOf(b.Says.Date), DayOf(b.Denies.Date))
	return cmp.Or(cmp.Compare(da, db), cmp.Compare(a.Says.ID, b.Says.ID), cmp.Compare(a.Denies.ID, b.Denies.ID)) < 0
}

// sameSpeaker reports whether two records are on the word of the same: then it is no
// contradiction between two, but a correction.
func sameSpeaker(a, b *dyad.Record) bool {
	return slices.Equal(Codes(a.AssertedBy), Codes(b.AssertedBy)) && len(a.AssertedBy) > 0
}
