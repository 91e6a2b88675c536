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
	input := filepath.Join(t.TempDir(), "stories.jsonl")
	writeFile(t, input, syntheticStories(2000))
	killed(t, input)
}

// Stories come without a date of publication, and then with one. Each must have its
// date and the records that go with it, as if it had come with it at first.
func TestKilledIngestLosesNothingThatIsDatedLater(t *testing.T) {
	folder := t.TempDir()
	undated, dated := filepath.Join(folder, "undated.jsonl"), filepath.Join(folder, "dated.jsonl")
	stories := syntheticStories(400)
	writeFile(t, dated, stories)
	writeFile(t, undated, regexp.MustCompile(`"date":"[^"]*",`).ReplaceAllString(stories, ""))
	clean := killed(t, undated, dated)
	atFirst := filepath.Join(folder, "dated.duckdb")
	dyadCommand(t, context.Background(), "ingest", "--store", atFirst, dated)
	records := []string{"events", "--records", "all", "--no-fold", "--format", "jsonl"}
	if got, want := tells(t, clean, records), tells(t, atFirst, records); got != want {
		t.Errorf("the records of stories that got their date later differ from those of stories that came with it: %s", firstDifference(got, want))
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// killed ingests files one after another into a store, and into others with ingest
// killed over and over: they must become the same. It gives the first one.
func killed(t *testing.T, inputs ...string) (clean string) {
	t.Helper()
	kills := 10
	if s := os.Getenv("KILLS"); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatalf("KILLS=%s: %v", s, err)
		}
	}
	folder := t.TempDir()
	clean = filepath.Join(folder, "clean.duckdb")
	begun := time.Now()
	for _, input := range inputs {
		dyadCommand(t, context.Background(), "ingest", "--store", clean, input)
	}
	whole := time.Since(begun)
	want := contents(t, clean)
	begun = time.Now()
	dyadCommand(t, context.Background(), "ingest", "--store", clean, inputs[len(inputs)-1])
	idle := time.Since(begun) // of a run that has nothing to do

	chance := rand.New(rand.NewPCG(1, uint64(kills)))
	done, stores := 0, 0
	for runs := 0; done < kills && runs < 5*kills; stores++ {
		store := filepath.Join(folder, fmt.Sprintf("killed%d.duckdb", stores))
		for _, input := range inputs {
			before := done
			for ended := false; !ended; runs++ {
				// In about ten steps a store, so that it is met at its beginning, in the middle
				// of transactions, and while it folds.
				ctx, cancel := context.Background(), func() {}
				if done < min(kills, before+10/len(inputs)) && runs < 5*kills {
					ctx, cancel = context.WithTimeout(ctx, idle/2+time.Duration(chance.Float64()*float64(idle/2+whole/5)))
				}
				if ended = dyadCommand(t, ctx, "ingest", "--store", store, input); !ended {
					done++
				}
				cancel()
			}
		}
		if got := contents(t, store); got != want {
			t.Fatalf("the store differs from that of a clean run: %s", firstDifference(got, want))
		}
		dyadCommand(t, context.Background(), "verify", "--store", store)
	}
	t.Logf("killed %d times, over %d stores", done, stores)
	return clean
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
	return tells(t, path, []string{"events", "--records", "all", "--no-fold", "--format", "jsonl"},
		[]string{"events", "--records", "all", "--format", "jsonl"},
		[]string{"stories", "--no-fold", "--format", "jsonl"})
}

// tells gives the lines that some commands print of a store, sorted.
func tells(t *testing.T, path string, commands ...[]string) string {
	t.Helper()
	var lines []string
	for _, arguments := range commands {
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
