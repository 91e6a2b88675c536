package nlp

import (
	"os"
	"testing"
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
	if sentences < 88 || words < 99 {
		t.Errorf("sentence F1 %.2f, word F1 %.2f; want 88 and 99", sentences, words)
	}
}
