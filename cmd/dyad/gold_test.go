package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opendyad/dyad/codebook"
)

// Our own gold sets hold to the form that testdata/gold/README.md tells: each id once,
// events and modes of the ontology, and the words of triggers and sides as they stand
// in the sentence.
func TestGoldSets(t *testing.T) {
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"clean": 320, "running": 250, "cooperation": 480, "conflict": 480, "statements": 480}
	ids := map[string]bool{}
	for name, lines := range want {
		path := filepath.Join("../../testdata/gold", name+".jsonl")
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(file)
		in.Buffer(make([]byte, 1<<16), 1<<20)
		number := 0
		for in.Scan() {
			number++
			var row struct {
				ID, Text string
				Events   []struct {
					Actor, Recipient []goldEntity
					Event, Trigger   string
				}
			}
			if err := json.Unmarshal(in.Bytes(), &row); err != nil {
				t.Fatalf("%s:%d: %v", path, number, err)
			}
			if ids[row.ID] {
				t.Errorf("%s:%d: the id %s stands twice", path, number, row.ID)
			}
			ids[row.ID] = true
			for _, e := range row.Events {
				if book.Ontology.Event(e.Event) == nil {
					t.Errorf("%s:%d: %q is no event", path, number, e.Event)
				}
				words := []string{e.Trigger}
				for _, side := range append(e.Actor, e.Recipient...) {
					words = append(words, side.Text)
				}
				for _, w := range words {
					if !strings.Contains(row.Text, w) {
						t.Errorf("%s:%d: %q does not stand in the sentence", path, number, w)
					}
				}
			}
		}
		file.Close()
		if number != lines {
			t.Errorf("%s has %d lines, README says %d", path, number, lines)
		}
	}
}
