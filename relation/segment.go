package relation

import (
	"slices"

	"github.com/opendyad/dyad"
)

// What turns the share of hostility into a word.
const (
	hostileFrom     = 0.60 // and at least hostileDeeds hostile deeds
	hostileDeeds    = 3
	strainedFrom    = 0.30
	normalFrom      = 0.10
	closeDeeds      = 3    // friendly deeds
	closeDeedsShare = 0.15 // of all happenings
)

// steps orders the words from worst to best.
var steps = [...]string{dyad.StateHostile, dyad.StateStrained, dyad.StateNormal, dyad.StateCooperative, dyad.StateClose}

// A Segment is a stretch of time over which a pair behaved alike.
type Segment struct {
	From dyad.Date `json:"from"` // of its first and last happening
	To   dyad.Date `json:"to"`
	// FriendlyWords to HostileDeeds count happenings of quad class 1 to 4.
	FriendlyWords int `json:"friendly_words"`
	FriendlyDeeds int `json:"friendly_deeds"`
	HostileWords  int `json:"hostile_words"`
	HostileDeeds  int `json:"hostile_deeds"`
	// Tension is the share of hostility, deeds counted double, with its interval.
	Tension Interval `json:"tension"`
	State   string   `json:"state"` // in words, "" where there are too few happenings
}

// Happenings counts all of them.
func (s *Segment) Happenings() int {
	return s.FriendlyWords + s.FriendlyDeeds + s.HostileWords + s.HostileDeeds
}

// segmentOf counts happenings and puts their state into a word.
func segmentOf(happenings []Act) Segment {
	var s Segment
	for i := range happenings {
		a := &happenings[i]
		if !counts(a) {
			continue
		}
		switch a.Quad {
		case 1:
			s.FriendlyWords++
		case 2:
			s.FriendlyDeeds++
		case 3:
			s.HostileWords++
		case 4:
			s.HostileDeeds++
		default:
			continue
		}
		if s.From.IsZero() {
			s.From = DateOf(a.Day)
		}
		s.To = DateOf(a.Day)
	}
	s.weigh()
	return s
}

// weigh works out the tension of what is counted, and puts the state into a word.
func (s *Segment) weigh() {
	bad := float64(s.HostileWords + 2*s.HostileDeeds)
	all := bad + float64(s.FriendlyWords+2*s.FriendlyDeeds)
	s.Tension = jeffreys(bad, all, DefaultLevel)
	s.State = s.word()
}

// word is the rule that makes a state of the counts. A half is added to each side, so
// that five friendly meetings are not yet everything.
func (s *Segment) word() string {
	n := s.Happenings()
	if n < minimumHappenings {
		return ""
	}
	bad := float64(s.HostileWords + 2*s.HostileDeeds)
	good := float64(s.FriendlyWords + 2*s.FriendlyDeeds)
	tension := (bad + 0.5) / (bad + good + 1)
	switch {
	case tension >= hostileFrom && s.HostileDeeds >= hostileDeeds:
		return dyad.StateHostile
	case tension >= strainedFrom:
		return dyad.StateStrained
	case tension >= normalFrom:
		return dyad.StateNormal
	case s.FriendlyDeeds >= closeDeeds && float64(s.FriendlyDeeds) >= closeDeedsShare*float64(n):
		return dyad.StateClose
	}
	return dyad.StateCooperative
}

// A Change is a day from about which a pair behaved otherwise than before.
type Change struct {
	Since     dyad.Date `json:"since"`
	Before    Segment   `json:"before"`
	After     Segment   `json:"after"`
	Direction string    `json:"direction"` // worsening or mending; steady where only the form changed
}

// leastMove is the change of tension that is a worsening or a mending. What is still
// hostile is not mending, however, and what is cooperative is not worsening.
const leastMove = 0.05

// ChangesOf finds the days from about which a pair behaved otherwise, and the segments
// between them: one more than changes, none where nothing happened.
func ChangesOf(acts []Act, a, b string) ([]Change, []Segment) {
	return changesAmong(happeningsOf(acts, PairOf(a, b)))
}

func changesAmong(happenings []Act) ([]Change, []Segment) {
	happenings = slices.DeleteFunc(slices.Clone(happenings), func(a Act) bool { return !counts(&a) || class(a.Quad) < 0 })
	if len(happenings) == 0 {
		return nil, nil
	}
	bins, logs := weekly(happenings), logTableTo(len(happenings))
	cuts := []int{0}
	for _, at := range courseOf(bins, logs).changes() {
		cuts = append(cuts, slices.IndexFunc(happenings, func(a Act) bool { return a.Day >= bins[at].week }))
	}
	cuts = append(cuts, len(happenings))
	for i := 1; i < len(cuts)-1; i++ {
		cuts[i] = sharpen(happenings, logs, cuts[i-1], cuts[i], cuts[i+1])
	}
	var segments []Segment
	for i := 1; i < len(cuts); i++ {
		segments = append(segments, segmentOf(happenings[cuts[i-1]:cuts[i]]))
	}
	var found []Change
	for i := 1; i < len(segments); i++ {
		c := Change{Since: segments[i].From, Before: segments[i-1], After: segments[i], Direction: dyad.DirectionSteady}
		switch moved := c.After.Tension.Value - c.Before.Tension.Value; {
		case moved >= leastMove && c.After.State != dyad.StateCooperative && c.After.State != dyad.StateClose:
			c.Direction = dyad.DirectionWorsening
		case moved <= -leastMove && c.After.State != dyad.StateHostile:
			c.Direction = dyad.DirectionMending
		}
		found = append(found, c)
	}
	return found, segments
}

// sharpen moves a cut between two segments, which lies at a week's start, to the day
// within two weeks that parts them best.
func sharpen(happenings []Act, logs logTable, from, cut, to int) int {
	sums := make([]classCounts, to-from+1)
	for i := from; i < to; i++ {
		sums[i-from+1] = sums[i-from]
		sums[i-from+1][class(happenings[i].Quad)]++
	}
	week := happenings[cut].Day
	best, least := cut, 0.0
	for i := max(from+minimumHappenings, from+1); i <= to-minimumHappenings; i++ {
		day := happenings[i].Day
		if day == happenings[i-1].Day || day < week-14 || day > week+14 {
			continue
		}
		d := logs.deviance(sums[i-from]) + logs.deviance(sums[to-from].less(sums[i-from]))
		if least == 0 || d < least-1e-9 {
			best, least = i, d
		}
	}
	return best
}
