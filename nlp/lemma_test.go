package nlp

import (
	"os"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

func TestLemma(t *testing.T) {
	data, err := os.ReadFile("testdata/lemmas.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if len(f) != 4 {
			t.Fatalf("testdata/lemmas.txt:%d: want form, universal tag, Penn tag and lemma", n)
		}
		if got := Lemma(f[0], f[1], f[2]); got != f[3] {
			t.Errorf("testdata/lemmas.txt:%d: the lemma of %s (%s) is %q, want %q", n, f[0], f[2], got, f[3])
		}
	}
}

// Gold tags in, so that the lemmas alone are judged.
func TestLemmaAgainstTreebank(t *testing.T) {
	model, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	words, right, rules := 0, 0, 0
	for _, s := range readTreebank(t, "en_ewt-dev.conllu") {
		for i := range s.Tokens {
			w := &s.Tokens[i]
			words++
			right += count(model.lemma(w.Text, w.UPOS, w.XPOS) == w.Lemma)
			rules += count(Lemma(w.Text, w.UPOS, w.XPOS) == w.Lemma)
		}
	}
	share := 100 * float64(right) / float64(words)
	t.Logf("%.2f%% of the lemmas right, %.2f%% without what the treebanks taught", share, 100*float64(rules)/float64(words))
	if share < 97 {
		t.Errorf("%.2f%% of the lemmas are right; want 97%%", share)
	}
}

// readTreebank reads one of the shared treebanks, and skips the test without them.
func readTreebank(t testing.TB, name string) []dyad.Sentence {
	t.Helper()
	path := "../../shared/treebanks/" + name
	file, err := os.Open(path)
	if err != nil {
		t.Skip("the treebanks are absent")
	}
	defer file.Close()
	sentences, err := ReadCoNLLU(file, path)
	if err != nil {
		t.Fatal(err)
	}
	return sentences
}

func BenchmarkLemma(b *testing.B) {
	words := [...][2]string{{"accused", "VBD"}, {"met", "VBD"}, {"troops", "NNS"}, {"the", "DT"}, {"withdrawn", "VBN"}, {"making", "VBG"}}
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range words {
			Lemma(w[0], "VERB", w[1])
		}
	}
}
