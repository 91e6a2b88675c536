package relation

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/opendyad/dyad"
)

// busyPair is a pair with as many rows as the busiest have among 25 million events.
func busyPair(rows int) []Act {
	random := rand.New(rand.NewPCG(1, 1))
	acts := make([]Act, rows)
	for i := range acts {
		quad := []uint8{1, 1, 1, 1, 2, 3, 3, 4}[random.IntN(8)]
		acts[i] = Act{Day: int32(3000 + random.IntN(16000)), Quad: quad, Scale: []float32{0, 2.5, 9, -2, -9}[quad], Actor: "ALD", Recipient: "BRE",
			Event: []string{"", "CONSULT", "AID", "ACCUSE", "ASSAULT"}[quad], Record: fmt.Sprintf("%016x", random.Uint64())}
		if random.IntN(2) == 0 {
			acts[i].Actor, acts[i].Recipient = "BRE", "ALD"
		}
	}
	return acts
}

func BenchmarkStateOfABusyPair(b *testing.B) {
	acts := busyPair(200_000)
	for b.Loop() {
		StateOf(acts, nil, "ALD", "BRE", dyad.Date{})
	}
}

func BenchmarkSeriesOfABusyPair(b *testing.B) {
	acts := busyPair(200_000)
	for b.Loop() {
		if _, err := SeriesOf(acts, "ALD", "BRE", SeriesOptions{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMovesOfAllPairs(b *testing.B) {
	var tallies []Tally
	for pair := range 20_000 {
		for period := range DefaultPast + 1 {
			tallies = append(tallies, Tally{Pair{fmt.Sprintf("A%d", pair/200), fmt.Sprintf("B%d", pair%200)}, period, pair % 7, period % 3, 0})
		}
	}
	for b.Loop() {
		Moves(tallies, DefaultPast, nil)
	}
}

// BenchmarkLedgerOfAllPairs closes the expectations of a year of news of many countries.
func BenchmarkLedgerOfAllPairs(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	country := func() string {
		return string([]byte{'A' + byte(random.IntN(26)*random.IntN(26)/26), 'A' + byte(random.IntN(6)), 'X'})
	}
	records := make([]dyad.Record, 100_000)
	for i := range records {
		r := &records[i]
		r.ID, r.Story, r.Date = fmt.Sprint(i), fmt.Sprint(i/5), DateOf(int32(19000+random.IntN(400)))
		kind := []string{"CONSULT/visit", "AID", "REQUEST", "CONCEDE", "SUPPORT"}[random.IntN(5)]
		if random.IntN(4) == 0 {
			expected(country(), kind, country(), "will", "")(r)
		} else {
			event(country(), kind, country())(r)
		}
	}
	on := DateOf(19400)
	b.Run("ledger", func(b *testing.B) {
		for b.Loop() {
			Ledger(records, on)
		}
	})
	b.Run("visits", func(b *testing.B) {
		for b.Loop() {
			VisitsAmong(records, on)
		}
	})
}
