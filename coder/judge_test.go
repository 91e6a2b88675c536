package coder

import (
	"math/rand/v2"
	"testing"
)

// The kernels give what plain Go gives, to the last bit.
func TestJudgeKernels(t *testing.T) {
	j, err := readJudge(judgeWeights)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 1))
	for n := range 100 {
		rows := make([]uint32, n)
		for i := range rows {
			rows[i] = random.Uint32N(judgeRows)
		}
		part, row := random.IntN(parts), random.IntN(len(j.scales))
		var plain, fast [judgeHidden]float32
		j.addWordPlain(&plain, part, row)
		j.addWord(&fast, part, row)
		j.addRowsPlain(&plain, rows)
		j.addRows(&fast, rows)
		if plain != fast {
			t.Fatalf("hidden values of %d features: got %v, in plain Go %v", n, fast, plain)
		}
		var want, got verdict
		j.addAnswersPlain(&want, &plain)
		j.addAnswers(&got, &fast)
		if got != want {
			t.Fatalf("answers: got %v, in plain Go %v", got, want)
		}
	}
}

// What is written reads as it was.
func TestJudgeFile(t *testing.T) {
	j, err := readJudge(judgeWeights)
	if err != nil {
		t.Fatal(err)
	}
	if string(j.write()) != judgeWeights {
		t.Error("the judge's weights are written otherwise than they were read")
	}
	if _, err := readJudge(judgeWeights[:len(judgeWeights)-1]); err == nil {
		t.Error("weights that end too early are read")
	}
}
