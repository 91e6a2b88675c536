//go:build cgo

package desk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// BenchmarkMillions loads as many synthetic events as -benchtime says and then asks:
//
//	go test ./desk -run xxx -bench Millions -benchtime 25000000x -timeout 30m
//
// It tells how many are loaded in a second, and how many milliseconds each question
// takes.
func BenchmarkMillions(b *testing.B) {
	s, err := store.Open(benchPath(b), store.Write)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	b.ResetTimer()
	if os.Getenv("LOADED") == "" {
		for batch := range synthetic(b, b.N) {
			if _, err := s.Import(ctx, batch); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	b.StopTimer()
	if os.Getenv("LOADED") == "" {
		tell(b, s, b.N/250)
	}
	d, own := desk.New(s, book, []string{"gdelt"}), desk.New(s, book, nil)
	for _, question := range []struct {
		name string
		ask  func() error
	}{
		{"months", func() error {
			_, err := s.Count(ctx, store.Filter{Either: []string{"IRN-PAK"}, Origin: d.Origins, Fold: true}, []string{"month"})
			return err
		}},
		{"relation", func() error {
			_, err := d.Pair(ctx, "IRN", "PAK", relation.SeriesOptions{Step: relation.Month}, dyad.Date{})
			return err
		}},
		{"brief", func() error {
			_, err := d.Brief(ctx, "IRN", "PAK", dyad.Date{}, dyad.Date{})
			return err
		}},
		{"changes", func() error {
			_, err := d.Changes(ctx, 30, dyad.Date{})
			return err
		}},
		{"told-relation", func() error {
			_, err := own.Pair(ctx, "IRN", "PAK", relation.SeriesOptions{Step: relation.Month}, dyad.Date{})
			return err
		}},
		{"told-brief", func() error {
			_, err := own.Brief(ctx, "IRN", "PAK", dyad.Date{}, dyad.Date{})
			return err
		}},
		{"told-expect", func() error {
			_, err := own.Ledger(ctx, "IRN", "PAK", dyad.Date{})
			return err
		}},
		{"told-visits", func() error {
			_, err := own.Visits(ctx, store.Filter{Either: []string{"IRN-PAK"}, Origin: own.Origins}, dyad.Date{Year: 2024})
			return err
		}},
		{"told-issue", func() error {
			_, err := own.Issue(ctx, "kashmir")
			return err
		}},
	} {
		const times = 3
		begun := time.Now()
		for range times {
			if err := question.ask(); err != nil {
				b.Fatalf("%s: %v", question.name, err)
			}
		}
		b.ReportMetric(float64(time.Since(begun).Milliseconds())/times, "ms-"+question.name)
	}
}

// synthetic gives n events of thirty years between forty states, of which some have
// more than others, in batches, made and prepared ahead of who takes them.
func synthetic(b *testing.B, n int) <-chan store.Prepared {
	codes := strings.Fields(`USA CHN RUS IND IRN PAK ISR SAU TUR FRA DEU GBR JPN KOR PRK EGY SYR IRQ AFG UKR
		VEN COL BRA ARG MEX CUB NGA KEN ETH SDN SSD ZAF THA KHM VNM PHL IDN AUS POL SRB`)
	types := []dyad.Event{{Type: "CONSULT", Mode: "visit", Quad: 1, Scale: 4}, {Type: "CONSULT", Quad: 1, Scale: 2.5}, {Type: "AGREE", Quad: 1, Scale: 2.5},
		{Type: "COOPERATE", Quad: 2, Scale: 9.5}, {Type: "ACCUSE", Quad: 3, Scale: -3}, {Type: "REQUEST", Quad: 3, Scale: -1},
		{Type: "ASSAULT", Quad: 4, Scale: -9}, {Type: "COERCE", Quad: 4, Scale: -7}}
	batches := make(chan store.Prepared)
	go func() {
		defer close(batches)
		chance := rand.New(rand.NewPCG(1, 2))
		first := relation.DayOf(dyad.Date{Year: 1994, Month: 1, Day: 1})
		state := func() string { return codes[min(chance.IntN(len(codes)), chance.IntN(len(codes)))] }
		for made := 0; made < n; {
			var batch store.Prepared
			for ; batch.Len() < store.ImportBatch && made < n; made++ {
				number := strconv.Itoa(made)
				event := types[chance.IntN(len(types))]
				event.Actor, event.Recipient = []dyad.Entity{{Code: state(), Text: "SOMEBODY"}}, []dyad.Entity{{Code: state(), Text: "SOMEBODY ELSE"}}
				record := dyad.Record{Kind: dyad.KindEvent, ID: strconv.FormatUint(uint64(made+1)*0x9e3779b97f4a7c15, 16),
					Date: relation.DateOf(first + int32(made/(n/10957+1))), DateBasis: dyad.BasisStated, Event: &event,
					Own: &dyad.Own{Origin: "gdelt", ID: number, Code: "042", Scale: 1.9, Quad: 1, Actor: "SOMEBODY", Recipient: "SOMEBODY ELSE", Articles: 3, URL: "https://news.example/" + number}}
				if err := batch.Add(&record); err != nil {
					b.Error(err)
					return
				}
			}
			batches <- batch
		}
	}()
	return batches
}

// tell stores stories about one pair that dyad might have coded, each with an event, of
// five two with an expectation and one with a position; now and then there is a visit.
func tell(b *testing.B, s *store.DuckDB, stories int) {
	iran, pakistan := []dyad.Entity{{Code: "IRN", Text: "Iran"}}, []dyad.Entity{{Code: "PAK", Text: "Pakistan"}}
	const text = "Iran and Pakistan are expected to talk about Kashmir."
	first := relation.DayOf(dyad.Date{Year: 1994, Month: 1, Day: 1})
	for told := 0; told < stories; {
		var entries []store.Entry
		for ; len(entries) < 4096 && told < stories; told++ {
			record := func(kind dyad.Kind) dyad.Record {
				return dyad.Record{Kind: kind, ID: fmt.Sprintf("%04x%012x", len(kind), told), Story: fmt.Sprint(told), Date: relation.DateOf(first + int32(told/(stories/10957+1))),
					DateBasis: dyad.BasisPublished, Text: text, Evidence: dyad.Evidence{Sequence: 1, Span: dyad.Span{End: len(text)}}, Codebook: "made up", Confidence: 0.6}
			}
			event, expected, position := record(dyad.KindEvent), record(dyad.KindExpectation), record(dyad.KindPosition)
			event.Event = &dyad.Event{Actor: iran, Recipient: pakistan, Type: []string{"CONSULT", "AGREE", "ACCUSE", "ASSAULT"}[told%4], Quad: told%4 + 1, Scale: 3}
			if told%500 == 0 {
				event.Event.Mode = "visit"
			}
			expected.Expectation = &dyad.Expectation{Who: pakistan, Recipient: iran, Type: "AGREE", Cue: "is expected to", Content: "to agree", Status: dyad.StatusOpen}
			position.Position = &dyad.Position{Holder: pakistan, Issue: "kashmir", Stance: dyad.StanceCallsFor, Content: "talks"}
			position.Issues = []string{"kashmir"}
			records := []dyad.Record{event}
			switch told % 5 {
			case 0, 1:
				records = append(records, expected)
			case 2:
				records = append(records, position)
			}
			entries = append(entries, store.Entry{Story: dyad.Story{ID: fmt.Sprint(told), Text: text, Published: event.Date}, Hash: uint64(told), Records: records})
		}
		if err := s.Add(context.Background(), entries); err != nil {
			b.Fatal(err)
		}
	}
}

func benchPath(b *testing.B) string {
	if p := os.Getenv("KEEP"); p != "" {
		return p
	}
	return filepath.Join(b.TempDir(), "a.duckdb")
}
