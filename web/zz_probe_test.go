package web

import (
	"context"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

func TestProbe(t *testing.T) {
	if os.Getenv("KEEP") == "" {
		t.Skip()
	}
	s, err := store.Open(os.Getenv("KEEP"), store.Read)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, _ := coded()
	ctx := context.Background()
	or := []string{"gdelt"}
	d := desk.New(s, c.book, or)
	on := dyad.Date{Year: 2024, Month: 12, Day: 20}
	cpu := func() float64 {
		var u syscall.Rusage
		syscall.Getrusage(0, &u)
		return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e6
	}
	run := func(name string, f func() any) {
		f()
		a, w := cpu(), time.Now()
		var got any
		for range 5 {
			got = f()
		}
		fmt.Printf("%-12s cpu %7.1f wall %7.1f  %v\n", name, (cpu()-a)/5, float64(time.Since(w).Microseconds())/5000, got)
	}
	var acts, around []relation.Act
	run("acts", func() any { acts, _ = d.Acts(ctx, "IRN", "PAK"); return len(acts) })
	run("rows", func() any {
		n := 0
		s.Rows(ctx, store.Filter{Either: []string{"IRN-PAK"}, Origin: or}, func(*store.Row) error { n++; return nil })
		return n
	})
	run("around", func() any {
		n := 0
		s.Rows(ctx, store.Filter{Either: []string{"IRN", "PAK"}, Origin: or, From: dyad.Date{Year: 2023, Month: 12, Day: 20}, To: on, Aux: []string{"actual"}}, func(r *store.Row) error { n++; return nil })
		return n
	})
	var cov []relation.Coverage
	run("coverage", func() any { cov, _ = d.Coverage(ctx); return len(cov) })
	run("span", func() any {
		a, b, _ := s.SpanOf(ctx, store.Filter{Either: []string{"IRN-PAK"}, Origin: or})
		return fmt.Sprint(a, b)
	})
	run("allspan", func() any { a, b, _ := s.Span(ctx, or); return fmt.Sprint(a, b) })
	run("state", func() any { return relation.StateOf(acts, nil, "IRN", "PAK", on).Level })
	run("series", func() any {
		x, _ := relation.SeriesOf(acts, "IRN", "PAK", relation.SeriesOptions{Step: relation.Month}, cov)
		return len(x.Periods)
	})
	run("triads", func() any {
		return len(relation.TriadsOf(append(acts, around...), "IRN", "PAK", on, d.Reference.Issues(), d.Reference.Name))
	})
	run("pair", func() any {
		p, _ := d.Pair(ctx, "IRN", "PAK", relation.SeriesOptions{Step: relation.Month}, dyad.Date{})
		return len(p.Triads)
	})
	f := store.Filter{Either: []string{"IRN-PAK"}, Origin: or, Fold: true, Limit: 50}
	run("page", func() any { x, _, _ := s.RecordPage(ctx, f, true, nil); return len(x) })
	x, _, _ := s.RecordPage(ctx, f, true, nil)
	ids := []string{}
	for _, r := range x {
		ids = append(ids, r.ID)
	}
	run("named", func() any { x, _ := s.Named(ctx, ids); return len(x) })
	f.Limit = 0
	run("count", func() any { x, _ := s.Count(ctx, f, nil); return x })
	run("counts", func() any { x, _ := s.PairCounts(ctx, or, on, 30, 25); return len(x) })
	run("kinds", func() any { x, _ := s.KindsSeen(ctx, or, dyad.Date{Year: 2024, Month: 11, Day: 20}); return len(x) })
}
