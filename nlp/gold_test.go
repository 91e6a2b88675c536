package nlp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The bodies of the analysis articles must split exactly as their gold files number
// the sentences.
func TestSplitAnalysisArticles(t *testing.T) {
	files, _ := filepath.Glob("../../shared/gold-dev/analysis/*.json")
	if len(files) == 0 {
		t.Skip("the analysis articles are absent")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var gold struct{ Sentences []string }
		if err := json.Unmarshal(data, &gold); err != nil {
			t.Fatal(err)
		}
		if len(gold.Sentences) == 0 {
			continue
		}
		text, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(text), "\n\n")
		got := Split(body)
		for i, want := range gold.Sentences {
			if i >= len(got) {
				t.Errorf("%s: sentence %d is missing: %q", filepath.Base(file), i+1, want)
				break
			}
			if strings.Join(strings.Fields(got[i].Text), " ") != strings.Join(strings.Fields(want), " ") {
				t.Errorf("%s: sentence %d is %q, want %q", filepath.Base(file), i+1, got[i].Text, want)
				break
			}
		}
		if len(got) > len(gold.Sentences) {
			t.Errorf("%s: %d sentences, want %d", filepath.Base(file), len(got), len(gold.Sentences))
		}
	}
}
