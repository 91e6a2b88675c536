package relation

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// A Tie is how two of a triad stand.
type Tie struct {
	Pair Pair `json:"pair"`
	// Sign is 1 where friendliness outweighs hostility, deeds counted double, -1 where it
	// does not, 0 where there is too little evidence.
	Sign    int     `json:"sign"`
	Basis   string  `json:"basis"`   // "events", or "dispute" where only an open dispute tells
	Segment Segment `json:"segment"` // what happened within the window
	Issue   string  `json:"issue"`   // the dispute
	Movers  []Act   `json:"movers"`  // the happenings that weigh most, by day
}

// tieMovers is how many happenings are named for a tie.
const tieMovers = 2

// A Triad is a pair with a third country.
type Triad struct {
	Pair  Pair   `json:"pair"`
	Third string `json:"third"`
	AB    Tie    `json:"ab"` // of the pair
	AC    Tie    `json:"ac"` // of the first of the pair with the third
	BC    Tie    `json:"bc"` // of the second with the third
	// Balanced is whether the signs go together, as in "the enemy of my enemy is my
	// friend"; it explains and does not forecast. False where a sign is missing.
	Balanced bool   `json:"balanced"`
	Known    bool   `json:"known"` // all three signs are known
	Reading  string `json:"reading"`
}

// TriadWindow is how many days back a triad looks.
const TriadWindow = 365

// triadTie is how many happenings the two ties with a third country need within the
// window to be looked at.
const triadTie = 3

// A Between is what happened between two countries within the window of triads: as much
// of it as triads need, so that a store may count the rest.
type Between struct {
	Pair   Pair
	ByQuad [5]int    // happenings by quad class; [0] is what PLOVER has no event for
	First  dyad.Date // of what has a quad class
	Last   dyad.Date
	// Heaviest holds those of most weight, of each quad class those of two days at least.
	Heaviest []Act
}

// BetweenAll puts rows together by pairs, those that happened within the window up to a
// day, and without one of all time.
func BetweenAll(acts []Act, on dyad.Date) []Between {
	day := DayOf(on.End())
	ties := map[Pair][]Act{}
	for i := range acts {
		x := &acts[i]
		if counts(x) && x.Actor != x.Recipient && (day == Undated || x.Day <= day && x.Day > day-TriadWindow) {
			p := PairOf(x.Actor, x.Recipient)
			ties[p] = append(ties[p], *x)
		}
	}
	out := make([]Between, 0, len(ties))
	for p, rows := range ties {
		b := Between{Pair: p, Heaviest: happeningsOf(rows, p)}
		for i := range b.Heaviest {
			a := &b.Heaviest[i]
			if class(a.Quad) < 0 {
				b.ByQuad[0]++
				continue
			}
			b.ByQuad[a.Quad]++
			if b.First.IsZero() {
				b.First = DateOf(a.Day)
			}
			b.Last = DateOf(a.Day)
		}
		out = append(out, b)
	}
	return out
}

// tie tells how the two stand.
func (b *Between) tie(issues []codebook.Issue) Tie {
	t := Tie{Pair: b.Pair, Segment: Segment{From: b.First, To: b.Last, FriendlyWords: b.ByQuad[1], FriendlyDeeds: b.ByQuad[2], HostileWords: b.ByQuad[3], HostileDeeds: b.ByQuad[4]}}
	t.Segment.weigh()
	t.settle(issues)
	t.Movers = heaviest(byDay(b.Heaviest), tieMovers, func(a *Act) bool { return t.Sign == 0 || (class(a.Quad) == 0) == (t.Sign > 0) })
	slices.SortStableFunc(t.Movers, func(a, b Act) int { return cmp.Compare(a.Day, b.Day) })
	return t
}

// TriadsOf gives the third parties of a pair, out of what happened between the two, and
// between either of them and others: those first whose signs pull in different
// directions, then those of whom most is told. The two parties of a dispute among the
// codebook's issues count as hostile over it where too little else is told; of a dispute
// of several it is not known who stands against whom.
func TriadsOf(happened []Between, a, b string, issues []codebook.Issue, name func(code string) string) []Triad {
	pair := PairOf(a, b)
	ties := map[Pair]*Between{}
	thirds := map[string]bool{}
	for i := range happened {
		p := happened[i].Pair
		if isState(p.A) && isState(p.B) {
			ties[p] = &happened[i]
			thirds[p.A], thirds[p.B] = true, true
		}
	}
	delete(thirds, a)
	delete(thirds, b)
	tie := func(x, y string) Tie {
		p := PairOf(x, y)
		if t := ties[p]; t != nil {
			return t.tie(issues)
		}
		nothing := Between{Pair: p}
		return nothing.tie(issues)
	}
	var out []Triad
	between := tie(pair.A, pair.B)
	for third := range thirds {
		t := Triad{Pair: pair, Third: third, AC: tie(pair.A, third), BC: tie(pair.B, third)}
		if t.AC.Segment.Happenings()+t.BC.Segment.Happenings() < triadTie || t.AC.Sign == 0 && t.BC.Sign == 0 {
			continue
		}
		t.AB = between
		t.read(name)
		out = append(out, t)
	}
	slices.SortFunc(out, func(x, y Triad) int {
		return cmp.Or(cmp.Compare(y.rank(), x.rank()), cmp.Compare(y.told(), x.told()), cmp.Compare(x.Third, y.Third))
	})
	return out
}

// isState reports whether a code is a country's, and not that of a kind of body.
func isState(code string) bool {
	switch code {
	case "", "IGO", "NGO", "MNC", "IMG", "UAF":
		return false
	}
	return len(code) == 3
}

// settle makes the sign of a tie.
func (t *Tie) settle(issues []codebook.Issue) {
	switch {
	case t.Segment.Happenings() >= minimumHappenings && t.Segment.Tension.Value >= 0.5:
		t.Sign, t.Basis = -1, BasisEvents
	case t.Segment.Happenings() >= minimumHappenings:
		t.Sign, t.Basis = 1, BasisEvents
	default:
		for i := range issues {
			x := &issues[i]
			if x.Kind == "dispute" && len(x.Parties) == 2 && slices.Contains(x.Parties, t.Pair.A) && slices.Contains(x.Parties, t.Pair.B) {
				t.Sign, t.Basis, t.Issue = -1, "dispute", x.ID
				return
			}
		}
	}
}

// told is how much is told of the weaker of the two ties with the third.
func (t *Triad) told() int { return min(t.AC.Segment.Happenings(), t.BC.Segment.Happenings()) }

// rank puts triads that pull in different directions before those that go together,
// and those before what is not known.
func (t *Triad) rank() int {
	switch {
	case !t.Known:
		return 0
	case t.Balanced:
		return 1
	}
	return 2
}

// read puts the triad into words.
func (t *Triad) read(name func(string) string) {
	a, b, c := name(t.Pair.A), name(t.Pair.B), name(t.Third)
	signs := [3]int{t.AB.Sign, t.AC.Sign, t.BC.Sign}
	t.Known = signs[0] != 0 && signs[1] != 0 && signs[2] != 0
	t.Balanced = t.Known && signs[0]*signs[1]*signs[2] > 0
	switch signs {
	case [3]int{1, 1, 1}:
		t.Reading = fmt.Sprintf("%s, %s and %s all get on", a, b, c)
	case [3]int{1, -1, -1}:
		t.Reading = fmt.Sprintf("%s and %s both have %s for a rival", a, b, c)
	case [3]int{1, 1, -1}:
		t.Reading = fmt.Sprintf("%s's partner %s is also a partner of its rival %s", b, a, c)
	case [3]int{1, -1, 1}:
		t.Reading = fmt.Sprintf("%s's partner %s is also a partner of its rival %s", a, b, c)
	case [3]int{-1, 1, 1}:
		t.Reading = fmt.Sprintf("%s is a partner of both, who are at odds", c)
	case [3]int{-1, 1, -1}:
		t.Reading = fmt.Sprintf("%s's partner %s is a rival of its rival %s", a, c, b)
	case [3]int{-1, -1, 1}:
		t.Reading = fmt.Sprintf("%s's partner %s is a rival of its rival %s", b, c, a)
	case [3]int{-1, -1, -1}:
		t.Reading = fmt.Sprintf("%s, %s and %s are all at odds", a, b, c)
	default:
		t.Reading = fmt.Sprintf("%s: %s with %s, %s with %s", c, signWord(t.AC.Sign), a, signWord(t.BC.Sign), b)
	}
}

func signWord(sign int) string {
	switch {
	case sign > 0:
		return "on good terms"
	case sign < 0:
		return "at odds"
	}
	return "too little told"
}
