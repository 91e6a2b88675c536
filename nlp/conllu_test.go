package nlp

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// A file of our own, with all that a reader may meet: a comment, ranges, an empty
// node, a range whose words are not cut out of it, and no final blank line.
const sampleCoNLLU = "# newdoc id = sample\n" +
	"# text = Brennia didn't gonna-say it.\n" +
	"1\tBrennia\tBrennia\tPROPN\tNNP\tNumber=Sing\t0\troot\t_\t_\n" +
	"2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n" +
	"2\tdid\tdo\tAUX\tVBD\t_\t1\taux\t_\t_\n" +
	"3\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n" +
	"3.1\tsaid\tsay\tVERB\tVBD\t_\t_\t_\t1:dep\t_\n" +
	"4\tgonna\t_\tX\t_\t_\t1\tdep\t_\tSpaceAfter=No\n" +
	"5\t-\t-\tPUNCT\tHYPH\t_\t4\tpunct\t_\tSpaceAfter=No\n" +
	"6\tsay\tsay\tVERB\tVB\t_\t4\tdep\t_\t_\n" +
	"7\tit\tit\tPRON\tPRP\t_\t6\tobj\t_\tSpaceAfter=No\n" +
	"8\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\tSpaceAfter=No\n" +
	"\r\n" +
	"1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n" +
	"1\tde\tde\tADP\tIN\t_\t3\tcase\t_\t_\n" +
	"2\tle\tle\tDET\tDT\t_\t3\tdet\t_\t_\n" +
	"3\tNord\tNord\tPROPN\tNNP\t_\t0\troot\t_\t_\n"

func TestReadCoNLLU(t *testing.T) {
	sentences, err := ReadCoNLLU(strings.NewReader(sampleCoNLLU), "sample")
	if err != nil {
		t.Fatal(err)
	}
	if len(sentences) != 2 || len(sentences[0].Tokens) != 8 || len(sentences[1].Tokens) != 3 {
		t.Fatalf("got %d sentences: %v", len(sentences), sentences)
	}
	text := sentences[0].Text + sentences[1].Text // the full stop touches what follows
	for i := range sentences {
		if s := &sentences[i]; text[s.Start:s.End] != s.Text {
			t.Errorf("sentence %d has the span %v", i, s.Span)
		}
	}
	for _, w := range sentences[0].Tokens {
		if text[w.Start:w.End] != w.Text {
			t.Errorf("%q has the span of %q", w.Text, text[w.Start:w.End])
		}
	}
	if de, le := sentences[1].Tokens[0], sentences[1].Tokens[1]; de.Span != le.Span || text[de.Start:de.End] != "du" {
		t.Errorf("the words of du have the spans %v and %v", de.Span, le.Span)
	}
	if w := sentences[0].Tokens[3]; w.Lemma != "" || w.Head != 0 {
		t.Errorf("the fourth word is %+v", w)
	}
}

func TestReadCoNLLUErrors(t *testing.T) {
	word := func(id, head string) string {
		return id + "\tw\tw\tX\tX\t_\t" + head + "\tdep\t_\t_\n"
	}
	for _, c := range []struct{ text, want string }{
		{"1\tw\n", "sample:1: the line has 2 columns; CoNLL-U has 10, separated by tabs"},
		{"# text = w\n" + word("2", "0"), `sample:2: word number "2" where 1 is due`},
		{word("1", "x"), `sample:1: the head "x" is no word number`},
		{word("1", "0") + word("2", "7"), "sample:2: word 2 hangs on word 7, but the sentence has 2"},
		{word("1", "2") + word("2", "1"), "sample:2: word 2 and those above it govern each other in a circle"},
		{word("1-3", "_") + word("1", "0"), "sample:2: the sentence ends at word 1, within a range up to 3"},
		{word("2-3", "_"), `sample:1: "2-3" is no range of words here, where word 1 is due`},
	} {
		_, err := ReadCoNLLU(strings.NewReader(c.text), "sample")
		if err == nil || err.Error() != c.want {
			t.Errorf("reading %q: %v, want %s", c.text, err, c.want)
		}
	}
}

// What is written reads back as the same sentences, with the ranges and the blanks
// of the file that they came from.
func TestCoNLLURoundTrip(t *testing.T) {
	for _, name := range []string{"en_ewt-dev.conllu", "en_gum-free-dev.conllu"} {
		gold := readTreebank(t, name)
		var out bytes.Buffer
		if err := WriteCoNLLU(&out, gold); err != nil {
			t.Fatal(err)
		}
		again, err := ReadCoNLLU(bytes.NewReader(out.Bytes()), name)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(gold, again) {
			t.Errorf("%s reads back differently", name)
		}
		data, err := os.ReadFile(filepath.Join("../../shared/treebanks", name))
		if err != nil {
			t.Fatal(err)
		}
		want, got := spacedForms(string(data)), spacedForms(out.String())
		differ := 0
		for line, n := range want {
			differ += max(0, n-got[line])
		}
		t.Logf("%s: %d of %d lines have another range or blank", name, differ, len(want))
		if differ*1000 > len(want)*5 {
			t.Errorf("%s: %d of %d lines have another range or blank", name, differ, len(want))
		}
	}
}

// spacedForms counts the words and ranges of a file, with what says whether a blank
// follows.
func spacedForms(text string) map[string]int {
	counts := map[string]int{}
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) == 10 && !strings.Contains(f[0], ".") {
			counts[f[0]+" "+f[1]+" "+spacing(strings.Contains(f[9], "SpaceAfter=No"))]++
		}
	}
	return counts
}

// What Split makes is written with the ranges of the treebanks.
func TestWriteCoNLLUOfSplit(t *testing.T) {
	var out bytes.Buffer
	if err := WriteCoNLLU(&out, Split("Corva can't say it's Brennia's plan (yet).")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n2-3\tcan't\t", "\n5-6\tit's\t", "\n7-8\tBrennia's\t", "\n10\t(\t_\t_\t_\t_\t0\t_\t_\tSpaceAfter=No\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, out.String())
		}
	}
}

func FuzzReadCoNLLU(f *testing.F) {
	f.Add(sampleCoNLLU)
	f.Add("# text = a\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_")
	f.Add("1-2\tab\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\ta\t_\t_\t_\t_\t2\t_\t_\t_\n2\tb\t_\t_\t_\t_\t0\t_\t_\t_\n")
	f.Fuzz(func(t *testing.T, text string) {
		sentences, err := ReadCoNLLU(strings.NewReader(text), "fuzz")
		if err != nil {
			return
		}
		checkSpans(t, sentences)
		var out bytes.Buffer
		if err := WriteCoNLLU(&out, sentences); err != nil {
			t.Fatal(err)
		}
		again, err := ReadCoNLLU(bytes.NewReader(out.Bytes()), "again")
		if err != nil {
			t.Fatalf("what was written does not read: %v\n%s", err, out.String())
		}
		if len(again) != len(sentences) {
			t.Fatalf("%d sentences became %d", len(sentences), len(again))
		}
		for i := range again {
			if len(again[i].Tokens) != len(sentences[i].Tokens) {
				t.Fatalf("sentence %d had %d words, now %d", i+1, len(sentences[i].Tokens), len(again[i].Tokens))
			}
		}
	})
}

// checkSpans demands that sentences and words follow each other within the text.
func checkSpans(t *testing.T, sentences []dyad.Sentence) {
	t.Helper()
	at := 0
	for i := range sentences {
		s := &sentences[i]
		if s.Start < at || s.End < s.Start || s.End-s.Start != len(s.Text) {
			t.Fatalf("sentence %d has the span %v after %d", i+1, s.Span, at)
		}
		start := s.Start
		for j := range s.Tokens {
			w := &s.Tokens[j]
			if w.Start < start || w.End < w.Start || w.End > s.End {
				t.Fatalf("word %d of sentence %d has the span %v", j+1, i+1, w.Span)
			}
			if w.Head >= len(s.Tokens) {
				t.Fatalf("word %d of sentence %d hangs on %d", j+1, i+1, w.Head)
			}
			start = w.Start
		}
		at = s.End
	}
}
