package nlp

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is fitted from a treebank can be read again and splits as the treebank does.
func TestFitBoundaries(t *testing.T) {
	var bank strings.Builder
	bank.WriteString("# newdoc id = letters\n")
	for i := range 40 {
		place := []string{"Corva", "Brennburg", "Harn", "Sorn"}[i%4]
		for _, sentence := range []string{"Thanks", "Talks go on in " + place + " ."} {
			fmt.Fprintf(&bank, "# text = %s\n", sentence)
			for n, word := range strings.Fields(sentence) {
				kind := "NOUN"
				if word == "." {
					kind = "PUNCT"
				}
				fmt.Fprintf(&bank, "%d\t%s\t_\t%s\t_\t_\t%d\tdep\t_\t_\n", n+1, word, kind, n)
			}
			bank.WriteString("\n")
		}
	}
	path := filepath.Join(t.TempDir(), "letters.conllu")
	if err := os.WriteFile(path, []byte(bank.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := FitBoundaries([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	model, err := readBoundaries(text)
	if err != nil {
		t.Fatal(err)
	}
	sentences := splitWith("Thanks Talks go on in Harn . Thanks Talks go on in Corva .", model, nil)
	if len(sentences) != 4 || sentences[0].Text != "Thanks" {
		t.Errorf("got %d sentences, the first %q; want 4 and \"Thanks\"", len(sentences), sentences[0].Text)
	}
}

func TestReadBoundariesFaults(t *testing.T) {
	for text, want := range map[string]string{
		"kind harn":             "boundaries.txt:1",
		"# note\nweight x a 1":  "boundaries.txt:2",
		"weight 3 a yes":        "boundaries.txt:1",
		"kind a NOUN\nnonsense": "boundaries.txt:2",
	} {
		if _, err := readBoundaries(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one that says %s", text, err, want)
		}
	}
}

// The weights find again what was put in, also past their first room.
func TestWeightTable(t *testing.T) {
	var table weightTable
	for i := range uint64(5000) {
		table.put(mix(hashSeed, i), float32(i))
	}
	for i := range uint64(5000) {
		if got := table.get(mix(hashSeed, i)); got != float32(i) {
			t.Fatalf("weight %d is %v", i, got)
		}
	}
}
