package coder

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// Fitting learns a few lessons by heart, reads back as it was written, and gives the
// same weights for the same seed.
func TestFitJudge(t *testing.T) {
	var vectors strings.Builder
	for i, word := range []string{"attack", "condemn", "visit", "withdraw"} {
		fmt.Fprintf(&vectors, "%s 0.01", word)
		for d := range judgeVector {
			fmt.Fprintf(&vectors, " %d", (i*37+d*11)%255-127)
		}
		vectors.WriteByte('\n')
	}
	fit := func() (*Fitting, []byte) {
		f, err := NewFitting(New(testCodebook(t)), strings.NewReader(vectors.String()))
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range readTrees(t, "testdata/trees.conllu")[:12] {
			tokens := p.doc.Sentences[0].Tokens
			labels := make([]string, len(tokens))
			for k := range tokens {
				switch {
				case tokens[k].Head < 0:
					labels[k] = judgeNames[1+i%3]
				case tokens[k].UPOS == "NOUN":
					labels[k] = "?"
				}
			}
			f.Learn(p.doc, p.mentions, labels)
		}
		return f, f.Fit(80, 3, io.Discard)
	}
	f, weights := fit()
	if len(f.Lessons) < 12 {
		t.Fatalf("%d lessons were learnt of 12 sentences", len(f.Lessons))
	}
	j, err := readJudge(string(weights))
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.Lessons {
		v := j.weigh(&f.Lessons[i].clues)
		if event, p := v.best(); f.Lessons[i].answer > 0 && (event != f.Lessons[i].answer || p < v[0]) {
			t.Errorf("lesson %d is %s, and the judge says %s with %.2f, nothing with %.2f", i, judgeNames[f.Lessons[i].answer], judgeNames[event], p, v[0])
		}
	}
	if _, again := fit(); string(again) != string(weights) {
		t.Error("the same seed gave two judges")
	}
	if _, err := NewFitting(New(testCodebook(t)), strings.NewReader("attack 0.1 1 2\n")); err == nil {
		t.Error("a vector of two values is read")
	}
}
