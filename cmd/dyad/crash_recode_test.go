//go:build cgo

package main

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/opendyad/dyad/codebook"
)

// Coding again is killed at random moments. Until it has finished the store holds
// what it held before; then it holds what a clean run with the other codebook makes.
func TestKilledRecodeLosesNothing(t *testing.T) {
	folder := t.TempDir()
	input, book := filepath.Join(folder, "stories.jsonl"), filepath.Join(folder, "book")
	if err := os.WriteFile(input, []byte(syntheticStories(600)), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(book, codebook.Shipped()); err != nil {
		t.Fatal(err)
	}
	rules := filepath.Join(book, "rules", "accuse.txt")
	text, err := os.ReadFile(rules)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(text), "ACCUSE/disapprove  condemn,", "ACCUSE/allege  condemn,")
	if err := os.WriteFile(rules, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	store, clean := filepath.Join(folder, "store.duckdb"), filepath.Join(folder, "clean.duckdb")
	dyadCommand(t, context.Background(), "ingest", "--store", store, input)
	begun := time.Now()
	dyadCommand(t, context.Background(), "ingest", "--store", clean, "--codebook", book, input)
	whole := time.Since(begun)
	before, after := contents(t, store), contents(t, clean)
	if before == after {
		t.Fatal("the other codebook changes nothing, so that nothing is tested")
	}
	chance := rand.New(rand.NewPCG(2, 3))
	kills := 0
	for range 5 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration((0.2+0.8*chance.Float64())*float64(whole)))
		ended := dyadCommand(t, ctx, "recode", "--store", store, "--codebook", book)
		cancel()
		if ended {
			break
		}
		kills++
		if got := contents(t, store); got != before {
			// It was killed after its last step, or before the new records were folded, which
			// the next call that writes does.
			dyadCommand(t, context.Background(), "ingest", "--store", store, "--codebook", book, input)
			if folded := contents(t, store); folded != after {
				t.Fatalf("a recoding that was killed changed what is asked: %s", firstDifference(got, before))
			}
			break
		}
		dyadCommand(t, context.Background(), "verify", "--store", store)
	}
	dyadCommand(t, context.Background(), "recode", "--store", store, "--codebook", book)
	if got := contents(t, store); got != after {
		t.Fatalf("the store differs from that of a clean run: %s", firstDifference(got, after))
	}
	dyadCommand(t, context.Background(), "verify", "--store", store)
	t.Logf("killed %d times", kills)
}
