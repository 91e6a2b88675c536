package relation

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// Window is how many days back a state looks, for what happens as for what is said.
const Window = 180

// Said is what somebody says of the relation of a pair: "strained ties, which both
// sides try to mend".
type Said struct {
	Day              int32
	Pair             Pair
	State, Direction string // either may be ""
	Past             bool   // of earlier times, or not of what is
	Record           string
	Happening        string
	Story            string
}

// SaidOf gives what records claim of the relations of pairs.
func SaidOf(records []dyad.Record) []Said {
	var said []Said
	for i := range records {
		r := &records[i]
		if r.Claim == nil || r.Claim.State == "" && r.Claim.Direction == "" {
			continue
		}
		codes := Codes(r.Claim.Pair)
		if len(codes) > maxParties {
			continue
		}
		for j := range codes {
			for _, other := range codes[j+1:] {
				said = append(said, Said{Day: DayOf(r.Date), Pair: PairOf(codes[j], other), State: r.Claim.State, Direction: r.Claim.Direction,
					Past: len(r.Aux) > 0, Record: r.ID, Happening: cmp.Or(r.Happening, r.ID), Story: r.Story})
			}
		}
	}
	return said
}

// What a state rests on.
const (
	BasisEvents = "events"
	BasisSaid   = "claims" // too few events
)

// A State is where a pair stands on a day, and which way it moves.
type State struct {
	Pair Pair      `json:"pair"`
	On   dyad.Date `json:"on"`
	// Level is hostile, strained, normal, cooperative or close; "" where there is too
	// little evidence.
	Level string `json:"level"`
	Basis string `json:"basis"` // what Level rests on, "" where there is none
	// Direction is worsening, mending or steady, "" where there is too little evidence.
	Direction string    `json:"direction"`
	Since     dyad.Date `json:"since"`   // since about when; zero where only claims say so
	Recent    Segment   `json:"recent"`  // what happened within the window
	Movers    []Act     `json:"movers"`  // the happenings that moved it, by day
	Said      []Said    `json:"said"`    // what was said within the window, by day
	Changes   []Change  `json:"changes"` // of the whole time, the last one last
	Segments  []Segment `json:"segments"`
	Reasons   []string  `json:"reasons"`  // how the rule came to it
	Sentence  string    `json:"sentence"` // "strained, mending since about 29 January 2024"
}

// StateOf says where a pair stands on a day, by what happened and was said up to then;
// on zero it is the day of the last row.
func StateOf(acts []Act, said []Said, a, b string, on dyad.Date) State {
	pair := PairOf(a, b)
	s := State{Pair: pair, On: on}
	happenings := happeningsOf(acts, pair)
	day := DayOf(on.End())
	if on.IsZero() {
		if len(happenings) > 0 {
			day = happenings[len(happenings)-1].Day
		}
		s.On = DateOf(day)
	}
	happenings = slices.DeleteFunc(happenings, func(a Act) bool { return !counts(&a) || a.Day > day || class(a.Quad) < 0 })
	s.Said = saidWithin(said, pair, day)
	recent := happenings[firstFrom(happenings, day-Window+1):]
	s.Recent = segmentOf(recent)
	s.Changes, s.Segments = changesAmong(happenings)
	s.settleDirection(day)
	s.settleLevel()
	s.Movers = s.movers(happenings, recent)
	s.Sentence = s.sentence()
	return s
}

// firstFrom is the index of the first happening on a day or after it.
func firstFrom(happenings []Act, day int32) int {
	n, _ := slices.BinarySearchFunc(happenings, day, func(a Act, day int32) int { return cmp.Compare(a.Day, day) })
	return n
}

// saidWithin gives what is said of how a pair stands now, once for each happening.
func saidWithin(said []Said, pair Pair, day int32) []Said {
	var out []Said
	for _, c := range said {
		if c.Pair == pair && !c.Past && c.Day != Undated && c.Day <= day && c.Day > day-Window {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Said) int {
		return cmp.Or(cmp.Compare(a.Happening, b.Happening), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Record, b.Record), cmp.Compare(a.State, b.State), cmp.Compare(a.Direction, b.Direction))
	})
	out = slices.CompactFunc(out, func(a, b Said) bool { return a.Happening == b.Happening })
	slices.SortStableFunc(out, func(a, b Said) int { return cmp.Compare(a.Day, b.Day) })
	return out
}

// leastVoices is how many stories must call a relation something other than what
// happened shows for that to count.
const leastVoices = 2

// settleLevel makes the level: what happened leads, and what is said moves it by one
// step at most. What was hostile within the window and has mended since is strained.
func (s *State) settleLevel() {
	level := slices.Index(steps[:], s.Recent.State)
	n := s.Recent.Happenings()
	claimed, voices := medianSaid(s.Said)
	switch {
	case level < 0 && claimed < 0:
		s.reason("%s in the %d days up to %s, where %d are needed", numbered(n, "happening"), Window, s.On, minimumHappenings)
		return
	case level < 0:
		s.Level, s.Basis = steps[claimed], BasisSaid
		s.reason("only %s in the %d days up to %s; %s called it %s", numbered(n, "happening"), Window, s.On, numbered(voices, "story"), s.Level)
		return
	}
	r := &s.Recent
	s.Basis = BasisEvents
	s.reason("%d friendly and %d hostile happenings in the %d days up to %s, %d of the hostile ones deeds: a tension of %.2f (90%% interval %.2f to %.2f), which is %s",
		r.FriendlyWords+r.FriendlyDeeds, r.HostileWords+r.HostileDeeds, Window, s.On, r.HostileDeeds, r.Tension.Value, r.Tension.Low, r.Tension.High, r.State)
	if level == 0 && s.Direction == dyad.DirectionMending && !s.Since.IsZero() {
		level++
		s.reason("hostile no longer, but strained, since it began to mend")
	}
	before := level
	switch {
	case voices < leastVoices:
	case claimed > level:
		level++
	case claimed < level:
		level--
	}
	s.Level = steps[level]
	switch {
	case level != before:
		s.reason("%s called it %s, which moves it one step to %s", numbered(voices, "story"), steps[claimed], s.Level)
	case claimed == level:
		s.reason("%s called it %s too", numbered(voices, "story"), steps[claimed])
	case claimed >= 0:
		s.reason("%s called it %s", numbered(voices, "story"), steps[claimed])
	}
}

// medianSaid is the middle one of the states that are claimed, the worse of two, and in
// how many stories; -1 when there is none.
func medianSaid(said []Said) (state, voices int) {
	var claimed []int
	stories := map[string]bool{}
	for _, c := range said {
		if at := slices.Index(steps[:], c.State); at >= 0 {
			claimed = append(claimed, at)
			stories[cmp.Or(c.Story, c.Record)] = true
		}
	}
	if len(claimed) == 0 {
		return -1, 0
	}
	slices.Sort(claimed)
	return claimed[(len(claimed)-1)/2], len(stories)
}

// settleDirection makes the direction: the last change within the window, else what is
// said, else steady.
func (s *State) settleDirection(day int32) {
	claimed := directionSaid(s.Said)
	if n := len(s.Changes); n > 0 {
		c := &s.Changes[n-1]
		if DayOf(c.Since) > day-Window && c.Direction != dyad.DirectionSteady {
			s.Direction, s.Since = c.Direction, c.Since
			s.reason("tension went from %.2f to %.2f about %s", c.Before.Tension.Value, c.After.Tension.Value, longDate(DayOf(c.Since)))
			if claimed != "" && claimed != s.Direction {
				s.reason("what is said of it is %s", claimed)
			}
			return
		}
	}
	switch {
	case claimed != "":
		s.Direction = claimed
		s.reason("no change is seen within %d days in what happened; it is what is said of it", Window)
	case s.Recent.State != "":
		s.Direction = dyad.DirectionSteady
		s.reason("no change within %d days", Window)
	}
}

// directionSaid is the direction that most of the claims name, the later one of two;
// "" when none does.
func directionSaid(said []Said) string {
	votes := map[string]int{}
	best := ""
	for _, c := range said {
		if c.Direction == "" {
			continue
		}
		votes[c.Direction]++
		if votes[c.Direction] >= votes[best] {
			best = c.Direction
		}
	}
	return best
}

// maxMovers is how many happenings are named as the reason.
const maxMovers = 3

// movers picks the happenings that tell why: of a worsening the worst around its
// start, of a mending the worst before it and the best from then on, else what weighs
// most within the window. What more stories report weighs more.
func (s *State) movers(happenings, recent []Act) []Act {
	good := func(a *Act) bool { return class(a.Quad) == 0 }
	bad := func(a *Act) bool { return class(a.Quad) > 0 }
	var picked []Act
	since := DayOf(s.Since)
	switch {
	case s.Since.IsZero():
		picked = heaviest(recent, maxMovers, func(a *Act) bool { return score(a) != 0 })
	case s.Direction == dyad.DirectionWorsening:
		picked = heaviest(happenings[firstFrom(happenings, since):firstFrom(happenings, since+60)], maxMovers, bad)
	default:
		at := firstFrom(happenings, since)
		picked = heaviest(happenings[firstFrom(happenings, since-60):at], 1, bad)
		picked = append(picked, heaviest(happenings[at:firstFrom(happenings, since+60)], maxMovers-1, good)...)
	}
	slices.SortStableFunc(picked, func(a, b Act) int { return cmp.Compare(a.Day, b.Day) })
	return picked
}

// heaviest gives the n acts of most weight that are wanted, of each day one at most; of
// equal ones the first. The acts come by day.
func heaviest(acts []Act, n int, wanted func(*Act) bool) []Act {
	type found struct {
		act    *Act
		weight float64
	}
	var best []found // at most n, by weight
	for start := 0; start < len(acts); {
		day, end := found{}, start
		for ; end < len(acts) && acts[end].Day == acts[start].Day; end++ {
			if a := &acts[end]; wanted(a) && (day.act == nil || a.weight() > day.weight) {
				day = found{a, a.weight()}
			}
		}
		start = end
		if day.act == nil || len(best) == n && day.weight <= best[n-1].weight {
			continue
		}
		at := len(best)
		for at > 0 && best[at-1].weight < day.weight {
			at--
		}
		best = slices.Insert(best, at, day)
		best = best[:min(n, len(best))]
	}
	var out []Act
	for _, f := range best {
		out = append(out, *f.act)
	}
	return out
}

// weight is how much a happening tells: its score, and how many stories report it.
func (a *Act) weight() float64 {
	return math.Abs(score(a)) * math.Log2(1+float64(max(1, a.Reports)))
}

func (s *State) sentence() string {
	switch {
	case s.Level == "":
		n := s.Recent.Happenings()
		text := fmt.Sprintf("too little evidence: %s in %d days", numbered(n, "happening"), Window)
		if s.Direction != "" {
			text += "; said to be " + s.Direction
		}
		return text
	case s.Basis == BasisSaid && s.Direction != "":
		return "said to be " + s.Level + " and " + s.Direction + ", with too few events to tell"
	case s.Basis == BasisSaid:
		return "said to be " + s.Level + ", with too few events to tell"
	case !s.Since.IsZero():
		return s.Level + ", " + s.Direction + " since about " + longDate(DayOf(s.Since))
	case s.Direction == dyad.DirectionSteady:
		return s.Level + ", steady"
	}
	return s.Level + ", said to be " + s.Direction
}

func (s *State) reason(format string, args ...any) {
	s.Reasons = append(s.Reasons, fmt.Sprintf(format, args...))
}

// numbered writes "no happening", "1 happening", "5 happenings", "2 stories".
func numbered(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun
	case 1:
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
