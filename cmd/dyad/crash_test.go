//go:build cgo

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Ingest is killed at random moments and started again, over and over. In the end
// the store must hold just what one clean run makes. KILLS says how often it is
// killed: 10 times unless it is set; make crash sets 100.
func TestKilledIngestLosesNothing(t *testing.T) {
	kills := 10
	if s := os.Getenv("KILLS"); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatalf("KILLS=%s: %v", s, err)
		}
	}
	folder := t.TempDir()
	input := filepath.Join(folder, "stories.jsonl")
	if err := os.WriteFile(input, []byte(syntheticStories(2000)), 0o644); err != nil {
		t.Fatal(err)
	}
	clean := filepath.Join(folder, "clean.duckdb")
	begun := time.Now()
	dyadCommand(t, context.Background(), "ingest", "--store", clean, input)
	whole := time.Since(begun)
	want := contents(t, clean)

	chance := rand.New(rand.NewPCG(1, uint64(kills)))
	store := 0
	killed := func() string { return filepath.Join(folder, fmt.Sprintf("killed%d.duckdb", store)) }
	check := func() {
		dyadCommand(t, context.Background(), "ingest", "--store", killed(), input)
		if got := contents(t, killed()); got != want {
			t.Fatalf("the store differs from that of a clean run: %s", firstDifference(got, want))
		}
		dyadCommand(t, context.Background(), "verify", "--store", killed())
	}
	for done, runs := 0, 0; done < kills && runs < 5*kills; runs++ {
		// In steps that together take about as long as a whole run, so that the store
		// is met at its beginning, in the middle of transactions, and while it folds.
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond+time.Duration(chance.Float64()*float64(3*whole)/float64(kills)))
		if dyadCommand(t, ctx, "ingest", "--store", killed(), input) {
			check() // it came to its end: on with a new store
			store++
		} else {
			done++
		}
		cancel()
	}
	check()
	t.Logf("killed %d times, over %d stores", kills, store+1)
}

// dyadCommand runs this test binary as dyad and reports whether it ended by itself;
// it must, with status 0 or 1 (some stories are broken), unless ctx ends first, which
// kills it (SIGKILL).
func dyadCommand(t *testing.T, ctx context.Context, arguments ...string) bool {
	t.Helper()
	c := exec.CommandContext(ctx, os.Args[0], arguments...)
	c.Env = append(os.Environ(), "DYAD_AS_COMMAND=1")
	out, err := c.CombinedOutput()
	if ctx.Err() != nil {
		return false
	}
	var status *exec.ExitError
	if err != nil && !(errors.As(err, &status) && status.ExitCode() == exitSomeFailed && arguments[0] == "ingest") {
		t.Fatalf("dyad %s: %v\n%s", strings.Join(arguments, " "), err, out)
	}
	return true
}

// added is the one thing that no two runs have in common.
var added = regexp.MustCompile(`"added":"[^"]*",`)

// contents is everything that a store tells, whatever the order it was stored in.
func contents(t *testing.T, path string) string {
	t.Helper()
	var lines []string
	for _, arguments := range [][]string{
		{"events", "--records", "all", "--no-fold", "--format", "jsonl"},
		{"events", "--records", "all", "--format", "jsonl"},
		{"stories", "--no-fold", "--format", "jsonl"},
	} {
		c := exec.Command(os.Args[0], append(arguments, "--store", path)...)
		c.Env = append(os.Environ(), "DYAD_AS_COMMAND=1")
		out, err := c.Output()
		if err != nil {
			var failed *exec.ExitError
			if errors.As(err, &failed) {
				err = fmt.Errorf("%w: %s", err, failed.Stderr)
			}
			t.Fatalf("dyad %s: %v", strings.Join(arguments, " "), err)
		}
		for line := range strings.SplitSeq(string(out), "\n") {
			lines = append(lines, added.ReplaceAllString(line, ""))
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d of %d and %d is\n%.300s\nwant\n%.300s", i, len(g), len(w), g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// syntheticStories makes so many stories, of which some are copies that an outlet
// edited, some tell of one happening in other words, and some cannot be read.
func syntheticStories(n int) string {
	states := []string{"Iran", "Pakistan", "India", "China", "Turkey", "Iraq", "Egypt", "France", "Japan", "Kenya"}
	deeds := []string{"condemned %s on Monday", "recalled its ambassador from %s", "signed a trade agreement with %s", "attacked %s with missiles",
		"held talks with %s on water", "imposed sanctions on %s", "sent food aid to %s", "threatened %s with war"}
	chance := rand.New(rand.NewPCG(7, 7))
	pick := func(from []string) string { return from[chance.IntN(len(from))] }
	var b, before strings.Builder
	for i := range n {
		day := time.Date(2024, 1, 1+i/40, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		switch {
		case i%97 == 0:
			fmt.Fprintf(&b, "{\"id\":\"broken%d\",\n", i)
			continue
		case i%10 != 0 || before.Len() == 0:
			before.Reset()
			for range 4 {
				fmt.Fprintf(&before, "%s %s. ", pick(states), fmt.Sprintf(pick(deeds), pick(states)))
				fmt.Fprintf(&before, "The talks of round %d lasted for %d hours, said the %s. ", chance.IntN(1000), 2+chance.IntN(9), pick([]string{"ministry", "envoy", "host"}))
			}
		}
		fmt.Fprintf(&b, "{\"id\":\"s%d\",\"date\":%q,\"title\":\"Story %d\",\"text\":%q,\"publisher\":\"Outlet %d\"}\n", i, day, i, before.String(), i%7)
	}
	return b.String()
}
