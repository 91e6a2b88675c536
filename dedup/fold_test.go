package dedup_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/dedup"
)

// raids are tellings of one key on one day, each city's told by so many stories, and
// every third without its place.
func raids(n, each int) []dedup.Telling {
	tellings := make([]dedup.Telling, n)
	for i := range tellings {
		tellings[i] = dedup.Telling{Record: uint64(i + 1), Key: 1, Story: int64(i + 1), Cluster: int64(i + 1), Day: 10, ByText: i%2 == 0, Country: "UKR",
			City: fmt.Sprint("city ", i/each)}
		if i%3 == 2 {
			tellings[i].City = ""
		}
	}
	return tellings
}

// TestADayOfManyRaidsCostsLittle would take minutes if each telling were held
// against each happening of its day.
func TestADayOfManyRaidsCostsLittle(t *testing.T) {
	took := func(n int) time.Duration {
		tellings := raids(n, 3)
		start := time.Now()
		dedup.Happenings(tellings)
		return time.Since(start)
	}
	few, many := took(10_000), took(100_000)
	t.Logf("10,000 tellings: %v; 100,000: %v", few, many)
	if many > 40*few+time.Second {
		t.Errorf("10,000 tellings take %v, 100,000 take %v", few, many)
	}
	cities := map[int32]bool{}
	for _, first := range dedup.Happenings(raids(99_999, 3)) {
		cities[first] = true
	}
	if len(cities) != 33_333 {
		t.Errorf("%d happenings in 33,333 cities", len(cities))
	}
}

func TestKeysOfEachKind(t *testing.T) {
	iran := []dyad.Entity{{Code: "IRN", Sector: "GOV", Text: "Tehran"}}
	guards := []dyad.Entity{{Code: "IRN", Sector: "MIL", Text: "the Revolutionary Guards"}}
	pakistan := []dyad.Entity{{Code: "PAK", Sector: "GOV"}}
	rebels := []dyad.Entity{{Sector: "REB", Text: "rebels"}}
	event := func(actor, recipient []dyad.Entity, text string) *dyad.Record {
		return &dyad.Record{Text: text, Event: &dyad.Event{Type: "ASSAULT", Actor: actor, Recipient: recipient}}
	}
	visit := func(status string) *dyad.Record {
		return &dyad.Record{Visit: &dyad.Visit{Visitor: iran, Host: pakistan, Level: "minister", Status: status}}
	}
	position := func(content string) *dyad.Record {
		return &dyad.Record{Position: &dyad.Position{Holder: iran, Issue: "kashmir", Stance: "for", Content: content}}
	}
	expectation := func(polarity string) *dyad.Record {
		return &dyad.Record{Expectation: &dyad.Expectation{Who: iran, Type: "AGREE", Recipient: pakistan, Polarity: polarity, Content: "sign a treaty"}}
	}
	claim := func(state string) *dyad.Record {
		return &dyad.Record{Claim: &dyad.Claim{Pair: append(iran[:1:1], pakistan...), State: state}}
	}
	for _, c := range []struct {
		name string
		a, b *dyad.Record
		same bool
	}{
		{"sectors of two states", event(iran, pakistan, "one"), event(guards, pakistan, "two"), true},
		{"sectors within a state", event(iran, iran, "one"), event(iran, guards, "one"), false},
		{"rebels of no known state, in one sentence", event(rebels, rebels, "Rebels fought rebels."), event(rebels, rebels, "rebels fought  rebels"), true},
		{"rebels of no known state, in two sentences", event(rebels, rebels, "Rebels fought rebels."), event(rebels, rebels, "Rebels shot at rebels."), false},
		{"rebels of no known state against a state", event(rebels, iran, "one"), event(rebels, iran, "two"), true},
		{"a visit done and under way", visit("done"), visit("under_way"), true},
		{"a visit done and announced", visit("done"), visit("announced"), false},
		{"a visit postponed and cancelled", visit("postponed"), visit("cancelled"), false},
		{"a statement with other capitals and quotes", position("“Dialogue,” always"), position("dialogue always"), true},
		{"two statements", position("dialogue"), position("sanctions"), false},
		{"what is expected and what is not", expectation(""), expectation("not"), false},
		{"one claim", claim("strained"), claim("strained"), true},
		{"two claims", claim("strained"), claim("close"), false},
		{"a visit and a claim", visit("done"), claim("close"), false},
	} {
		if a, b := dedup.Key(c.a), dedup.Key(c.b); a == "" || (a == b) != c.same {
			t.Errorf("%s: keys %q and %q, want the same: %v", c.name, a, b, c.same)
		}
	}
}

func BenchmarkHappeningsOfAMillion(b *testing.B) {
	const n = 1_000_000
	tellings := make([]dedup.Telling, n)
	for i := range tellings {
		tellings[i] = dedup.Telling{Record: uint64(i), Key: uint64(i % 50_000), Story: int64(i), Cluster: int64(i), Day: int32(i / 2000 % 100), ByText: i%3 == 0}
	}
	for name, of := range map[string][]dedup.Telling{"many keys": tellings, "one day": raids(n, 10)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				dedup.Happenings(of)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/telling")
		})
	}
}
