package coder

import (
	"testing"

	"github.com/opendyad/dyad/codebook"
)

// Rules that use each other's words, in a ring or in a row, leave one event standing.
func TestSettleLeavesOne(t *testing.T) {
	b := &block{source: &codebook.RuleBlock{Event: "ACCUSE"}}
	for _, test := range []struct {
		name  string
		uses  [][]int32 // by token, the tokens that its rule uses
		words []int
		stand []bool
	}{
		{"two that use each other", [][]int32{{1}, {0}}, []int{1, 2}, []bool{false, true}},
		{"two alike", [][]int32{{1}, {0}}, []int{1, 1}, []bool{true, false}},
		{"a ring of three", [][]int32{{1}, {2}, {0}}, []int{1, 1, 1}, []bool{true, false, false}},
		{"a ring of three, the last ahead", [][]int32{{1}, {2}, {0}}, []int{1, 1, 2}, []bool{false, false, true}},
		{"a row", [][]int32{{1}, {2}, nil}, []int{1, 3, 1}, []bool{true, false, false}},
		{"a row into a ring", [][]int32{{1}, {2}, {1}}, []int{1, 1, 1}, []bool{true, false, false}},
	} {
		r := &reading{}
		nobody := filling{inner: -1}
		for i := range test.uses {
			r.matches = append(r.matches, match{block: b, trigger: &trigger{}, source: nobody, target: nobody, token: i, used: test.uses[i], words: test.words[i]})
		}
		r.settle()
		for i, stands := range test.stand {
			if r.matches[i].out == stands {
				t.Errorf("%s: rule %d stands: %v, want %v", test.name, i, !r.matches[i].out, stands)
			}
		}
	}
}
