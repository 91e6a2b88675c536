package nlp

import (
	"bytes"
	"io"
	"testing"
)

// Training learns its sentences by heart, and a seed gives one model.
func TestTrain(t *testing.T) {
	_, sentences := tinyModel(t)
	var files [2]bytes.Buffer
	for i := range files {
		m, err := Train(TrainOptions{Train: sentences, Dev: sentences, Epochs: 300, Workers: 2, Seed: 5, Log: io.Discard})
		if err != nil {
			t.Fatal(err)
		}
		if score := m.Evaluate(sentences); score.LAS < 100 {
			t.Errorf("after training on them: %+v", score)
		}
		if err := m.Write(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("the same seed gave two models")
	}
	if _, err := Train(TrainOptions{Log: io.Discard}); err == nil {
		t.Error("training on nothing gave no error")
	}
}
