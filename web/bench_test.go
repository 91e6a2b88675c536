package web

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// BenchmarkMillion asks a store of a million synthetic events as 16 readers do at once,
// each of whom opens one page after another and looks at it for some seconds:
//
//	go test ./web -run xxx -bench Million -benchtime 400x -timeout 30m
//
// It tells the 95th percentile in milliseconds of all that a page wants: that of pairs at
// random, of which most are asked for the first time; the same pairs once more; the
// home page; and the home page while something is stored every second, so that nothing
// that is kept is right for longer. PAUSE=0s lets nobody look at anything.
func BenchmarkMillion(b *testing.B) {
	x := serveStore(b, millionEvents(b, 1_000_000))
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	page := func(paths ...string) time.Duration {
		began := time.Now()
		var wait sync.WaitGroup
		for _, path := range paths {
			wait.Go(func() {
				response, err := client.Get(x.base + path)
				if err != nil {
					b.Error(err)
					return
				}
				defer response.Body.Close()
				if n, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != 200 {
					b.Errorf("%s gives %s after %d bytes: %v", path, response.Status, n, err)
				}
			})
		}
		wait.Wait()
		return time.Since(began)
	}
	pair := func(chance *rand.Rand) time.Duration {
		one := relation.PairOf(stateAt(chance), stateAt(chance))
		if one.A == one.B {
			one = relation.PairOf("IRN", "PAK")
		}
		return page("/api/pairs/"+one.String()+"?origin=gdelt", "/api/visits?pair="+one.String(), "/api/expectations?pair="+one.String(), "/api/coverage?origin=gdelt",
			"/api/records?either="+one.String()+"&origin=gdelt&limit=50")
	}
	home := func(*rand.Rand) time.Duration {
		return page("/api/about", "/api/changes?origin=gdelt", "/api/pairs?origin=gdelt", "/api/coverage?origin=gdelt", "/api/alerts",
			"/api/expectations?status=open,overdue")
	}
	b.ResetTimer()
	b.ReportMetric(p95(b.N, pair), "ms-pair-p95")
	b.ReportMetric(p95(b.N, pair), "ms-pair-again-p95")
	b.ReportMetric(p95(b.N, home), "ms-home-p95")
	stop := make(chan struct{})
	var storing sync.WaitGroup
	storing.Go(func() {
		for every := time.NewTicker(time.Second); ; {
			select {
			case <-every.C:
				x.server.cache.changed()
			case <-stop:
				every.Stop()
				return
			}
		}
	})
	b.ReportMetric(p95(b.N, home), "ms-home-live-p95")
	close(stop)
	storing.Wait()
}

// p95 lets 16 readers ask n times in all, and gives the 95th percentile in milliseconds.
func p95(n int, ask func(*rand.Rand) time.Duration) float64 {
	const readers = 16
	pause, err := time.ParseDuration(os.Getenv("PAUSE"))
	if err != nil {
		pause = 3 * time.Second
	}
	took := make([]time.Duration, n)
	var next atomic.Int64
	var wait sync.WaitGroup
	for reader := range readers {
		wait.Go(func() {
			chance := rand.New(rand.NewPCG(3, uint64(reader)))
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				time.Sleep(time.Duration(chance.Int64N(int64(2*pause) + 1))) // they did not all come at once
				took[i] = ask(chance)
			}
		})
	}
	wait.Wait()
	slices.Sort(took)
	return float64(took[n*95/100].Microseconds()) / 1000
}

var benchStates = strings.Fields(`USA CHN RUS IND IRN PAK ISR SAU TUR FRA DEU GBR JPN KOR PRK EGY SYR IRQ AFG UKR
	VEN COL BRA ARG MEX CUB NGA KEN ETH SDN SSD ZAF THA KHM VNM PHL IDN AUS POL SRB`)

// stateAt gives a state, some more often than others.
func stateAt(chance *rand.Rand) string {
	return benchStates[min(chance.IntN(len(benchStates)), chance.IntN(len(benchStates)))]
}

// millionEvents makes a store of n synthetic events of ten years; with KEEP=FILE it is
// made once.
func millionEvents(b *testing.B, n int) string {
	path := os.Getenv("KEEP")
	if path == "" {
		path = filepath.Join(b.TempDir(), "million.duckdb")
	} else if _, err := os.Stat(path); err == nil {
		return path
	}
	s, err := store.Open(path, store.Write)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	types := []dyad.Event{{Type: "CONSULT", Mode: "visit", Quad: 1, Scale: 4}, {Type: "CONSULT", Quad: 1, Scale: 2.5}, {Type: "AGREE", Quad: 1, Scale: 2.5},
		{Type: "COOPERATE", Quad: 2, Scale: 9.5}, {Type: "ACCUSE", Quad: 3, Scale: -3}, {Type: "REQUEST", Quad: 3, Scale: -1},
		{Type: "ASSAULT", Quad: 4, Scale: -9}, {Type: "COERCE", Quad: 4, Scale: -7}}
	chance := rand.New(rand.NewPCG(1, 2))
	first := relation.DayOf(dyad.Date{Year: 2015, Month: 1, Day: 1})
	for made := 0; made < n; {
		var batch store.Prepared
		for ; batch.Len() < store.ImportBatch && made < n; made++ {
			event := types[chance.IntN(len(types))]
			event.Actor, event.Recipient = []dyad.Entity{{Code: stateAt(chance), Text: "SOMEBODY"}}, []dyad.Entity{{Code: stateAt(chance), Text: "SOMEBODY ELSE"}}
			record := dyad.Record{Kind: dyad.KindEvent, ID: fmt.Sprintf("%016x", uint64(made+1)*0x9e3779b97f4a7c15),
				Date: relation.DateOf(first + int32(made/(n/3650+1))), DateBasis: dyad.BasisStated, Event: &event,
				Own: &dyad.Own{Origin: "gdelt", ID: fmt.Sprint(made), Code: "042", Scale: 1.9, Quad: 1, Actor: "SOMEBODY", Recipient: "SOMEBODY ELSE", Articles: 3, URL: "https://news.example/" + fmt.Sprint(made)}}
			if err := batch.Add(&record); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := s.Import(context.Background(), batch); err != nil {
			b.Fatal(err)
		}
	}
	return path
}
