package nlp

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSplitAgainstTreebank(t *testing.T) {
	const path = "../../shared/treebanks/en_ewt-dev.conllu"
	if _, err := os.Stat(path); err != nil {
		t.Skip("the treebank is absent")
	}
	sentences, words, err := EvaluateSplit(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("sentence F1 %.2f, word F1 %.2f", sentences, words)
	if sentences < 90 || words < 99 {
		t.Errorf("sentence F1 %.2f, word F1 %.2f; want 90 and 99", sentences, words)
	}
}

// A splitCase is a text of testdata/split with its sentences, tokens joined by
// blanks.
type splitCase struct {
	at   string
	text string
	want []string
}

func splitCases(t testing.TB) []splitCase {
	files, err := filepath.Glob("testdata/split/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("reading the cases of testdata/split: %d files, %v", len(files), err)
	}
	var cases []splitCase
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(data), "\n") {
			switch want, indented := strings.CutPrefix(line, "  "); {
			case line == "" || line[0] == '#':
			case indented:
				c := &cases[len(cases)-1]
				c.want = append(c.want, want)
			default:
				cases = append(cases, splitCase{at: fmt.Sprintf("%s:%d", file, n+1), text: strings.ReplaceAll(line, `\n`, "\n")})
			}
		}
	}
	return cases
}

func TestSplitCases(t *testing.T) {
	for _, c := range splitCases(t) {
		var got []string
		for _, s := range Split(c.text) {
			var words []string
			for _, token := range s.Tokens {
				words = append(words, token.Text)
			}
			got = append(got, strings.Join(words, " "))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %s\n  %s\nwant\n  %s", c.at, c.text, strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
		}
	}
}

// checkSplit reports whatever breaks the promises of Split.
func checkSplit(t *testing.T, text string) {
	at := 0
	covered := func(to int) {
		for at < to {
			c, size := classAt(text, at)
			if c != classBlank && c != classNewline {
				t.Fatalf("byte %d is in no token", at)
			}
			at += size
		}
	}
	for i, s := range Split(text) {
		if s.Index != i || len(s.Tokens) == 0 || len(s.Tokens) > sentenceLimit {
			t.Fatalf("sentence %d has number %d and %d tokens", i, s.Index, len(s.Tokens))
		}
		if s.Start != s.Tokens[0].Start || s.End != s.Tokens[len(s.Tokens)-1].End || s.Text != text[s.Start:s.End] {
			t.Fatalf("sentence %d: its span is not its tokens'", i)
		}
		for _, token := range s.Tokens {
			if token.Start < at || token.End <= token.Start || token.End > len(text) || token.Text != text[token.Start:token.End] {
				t.Fatalf("sentence %d: token %v %q", i, token.Span, token.Text)
			}
			covered(token.Start)
			at = token.End
		}
	}
	covered(len(text))
}

func FuzzSplit(f *testing.F) {
	for _, c := range splitCases(f) {
		f.Add(c.text)
	}
	f.Add("\x00\xff a.\xc3 1-2-3-4444 x@y..z :) (((\"\"''``...")
	f.Fuzz(checkSplit)
}

// Hostile text takes time in proportion to its length.
func TestSplitHostile(t *testing.T) {
	const size = 1 << 18
	for _, unit := range []string{"a", "1", ".", " ", "'", "\"", "(", "a.", "1-", "1,", ":) ", ":) a ", ". ", ".\" ", "a'", "a`", "a&", "-", "@", "a@", "<a@", "\n", "\n\n", "A\n", "\x00", "\xff", "’", "a/", "'1", "1a"} {
		text := strings.Repeat(unit, size/len(unit))
		start := time.Now()
		checkSplit(t, text)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q repeated over %d bytes takes %s", unit, size, took)
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("The foreign minister of Aldoria, J. Smith, didn't meet Gen. Brown of the U.S. on Jan. 5, \"a long-term partner,\" he said. ", 1000)
	words := len(wordSpans(Split(text)))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Split(text)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
