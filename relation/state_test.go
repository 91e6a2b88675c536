package relation

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// strikes is a small history: a calm year, a week of blows, then visits.
func strikes(t testing.TB) []Act {
	var acts []Act
	for _, m := range []string{"2023-02", "2023-04", "2023-05", "2023-07", "2023-08", "2023-10"} {
		acts = append(acts, act(t, m+"-12", "BRE>ALD", "CONSULT"), act(t, m+"-20", "ALD>BRE", "AGREE"))
	}
	acts = append(acts,
		act(t, "2023-12-15", "BRE>ALD", "AGREE"),
		act(t, "2024-01-16", "BRE>ALD", "ASSAULT", happens("strike", 9)),
		act(t, "2024-01-17", "ALD>BRE", "SANCTION"),
		act(t, "2024-01-17", "ALD>BRE", "ACCUSE"),
		act(t, "2024-01-17", "ALD>BRE", "THREATEN"),
		act(t, "2024-01-18", "ALD>BRE", "ASSAULT", happens("answer", 7)),
		act(t, "2024-01-18", "BRE>ALD", "ACCUSE"),
		act(t, "2024-01-29", "BRE>ALD", "CONSULT", happens("visit", 5)),
		act(t, "2024-01-29", "BRE>ALD", "AGREE"),
		act(t, "2024-02-02", "ALD>BRE", "AGREE"),
		act(t, "2024-02-20", "ALD>BRE", "SUPPORT"),
		act(t, "2024-03-05", "BRE>ALD", "CONSULT"),
		act(t, "2024-03-27", "BRE>ALD", "AGREE"),
		act(t, "2024-04-22", "BRE>ALD", "COOPERATE"))
	return acts
}

func TestStateOfAPair(t *testing.T) {
	acts := strikes(t)
	for _, c := range []struct{ on, want string }{
		{"2023-01-01", "too little evidence: no happening in 180 days"},
		{"2023-03-01", "too little evidence: 2 happenings in 180 days"},
		{"2023-06-01", "cooperative, steady"},
		{"2024-01-20", "hostile, worsening since about 16 January 2024"},
		{"2024-04-30", "strained, mending since about 29 January 2024"},
	} {
		on, err := dyad.ParseDate(c.on)
		if err != nil {
			t.Fatal(err)
		}
		if s := StateOf(acts, nil, "BRE", "ALD", on); s.Sentence != c.want {
			t.Errorf("on %s: %s\n\twant %s\n\t%s", c.on, s.Sentence, c.want, strings.Join(s.Reasons, "\n\t"))
		}
	}
	s := StateOf(acts, nil, "ALD", "BRE", dyad.Date{})
	var movers []string
	for _, m := range s.Movers {
		movers = append(movers, DateOf(m.Day).String()+" "+m.Event)
	}
	if got := strings.Join(movers, ", "); got != "2024-01-16 ASSAULT, 2024-01-29 CONSULT, 2024-02-20 SUPPORT" {
		t.Errorf("moved by %s", got)
	}
}

func TestClaimsMoveTheStateOneStep(t *testing.T) {
	acts := strikes(t)[:12]
	claim := func(day, state, direction string) Said {
		d, err := dyad.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		return Said{Day: DayOf(d), Pair: PairOf("ALD", "BRE"), State: state, Direction: direction, Record: day, Happening: day}
	}
	on := dyad.Date{Year: 2023, Month: 10, Day: 31}
	for _, c := range []struct {
		said []Said
		want string
	}{
		{nil, "cooperative, steady"},
		{[]Said{claim("2023-10-01", dyad.StateStrained, dyad.DirectionMending)}, "cooperative, said to be mending"},
		{[]Said{claim("2023-10-01", dyad.StateStrained, ""), claim("2023-10-02", dyad.StateStrained, "")}, "normal, steady"},
		{[]Said{claim("2023-10-01", dyad.StateClose, ""), claim("2023-10-02", dyad.StateNormal, ""), claim("2023-10-03", dyad.StateClose, "")}, "close, steady"},
		{[]Said{claim("2022-10-01", dyad.StateStrained, dyad.DirectionMending)}, "cooperative, steady"},
	} {
		if s := StateOf(acts, c.said, "ALD", "BRE", on); s.Sentence != c.want {
			t.Errorf("with %v: %s, want %s", c.said, s.Sentence, c.want)
		}
	}
	said := []Said{claim("2023-10-01", dyad.StateStrained, dyad.DirectionMending)}
	if s := StateOf(nil, said, "ALD", "BRE", on); s.Sentence != "said to be strained and mending, with too few events to tell" {
		t.Error(s.Sentence)
	}
}

// Where nothing ever changes, changes are found in few histories: the penalty is
// there for that.
func TestChangesAreRareWhereNothingChanges(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, shares := range [][2]float64{{0.8, 0.95}, {0.5, 0.7}, {0.95, 0.99}} {
		found := 0
		const histories = 200
		for range histories {
			var acts []Act
			for i := range 300 {
				a := Act{Day: int32(random.IntN(3650)), Quad: 1, Actor: "ALD", Recipient: "BRE", Record: fmt.Sprint(i)}
				switch x := random.Float64(); {
				case x > shares[1]:
					a.Quad = 4
				case x > shares[0]:
					a.Quad = 3
				}
				acts = append(acts, a)
			}
			changes, _ := ChangesOf(acts, "ALD", "BRE")
			found += min(1, len(changes))
		}
		t.Logf("with shares %v changes were found in %d of %d histories", shares, found, histories)
		if found > histories/4 {
			t.Errorf("with shares %v changes were found in %d of %d histories", shares, found, histories)
		}
	}
}

// PELT gives what trying every segmentation gives.
func TestPELTIsOptimal(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var bins []bin
		week := int32(4)
		for range 2 + random.IntN(40) {
			week += 7 * int32(1+random.IntN(3))
			b := bin{week: week}
			for j := range classes {
				b.count[j] = float64(random.IntN(4))
			}
			b.count[0]++
			bins = append(bins, b)
		}
		c := courseOf(bins, logTableTo(1000))
		c.phi = 1
		const penalty = 3
		total := func(cuts []int) (cost float64) {
			last := 0
			for _, cut := range append(cuts, len(bins)) {
				cost += c.cost(last, cut) + penalty
				last = cut
			}
			return cost
		}
		best := make([]float64, len(bins)+1)
		best[0] = 0
		for to := 1; to <= len(bins); to++ {
			best[to] = 1e300
			for from := range to {
				if c.longEnough(from, to) || from == 0 && to == len(bins) {
					best[to] = min(best[to], best[from]+c.cost(from, to)+penalty)
				}
			}
		}
		if got, want := total(c.pelt(penalty)), best[len(bins)]; got > want+1e-6 {
			t.Fatalf("PELT's cost is %v, the least %v", got, want)
		}
	}
}
