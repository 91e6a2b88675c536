package dedup_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/opendyad/dyad/dedup"
)

// TestBoilerplateDoesNotChainStories gives an outlet's stories of one day on one
// topic, half of each the same background and boilerplate, each with an edited copy
// by the same outlet. Were it not found what the stories repeat, 934 of a thousand
// would be joined to another.
func TestBoilerplateDoesNotChainStories(t *testing.T) {
	for _, c := range []struct{ stories, wrong, found int }{{40, 4, 36}, {200, 4, 190}, {1000, 10, 930}} {
		r := rand.New(rand.NewPCG(1, 2))
		var stories []dedup.Story
		for i := range c.stories {
			a := topics[0].write(r, 3+r.IntN(6))
			b := edits[r.IntN(len(edits)-1)].do(r, a)
			stories = append(stories, storyOf(fmt.Sprint(i), 1, around(a).text()), storyOf(fmt.Sprint(i, "b"), 2, around(b).text()))
		}
		wrong, found := 0, 0
		for i, first := range byDay(stories) {
			switch {
			case int(first)/2 != i/2:
				wrong++
			case int(first) != i:
				found++
			}
		}
		t.Logf("%d stories: %d copies found, %d stories joined to another", c.stories, found, wrong)
		if wrong > c.wrong || found < c.found {
			t.Errorf("%d stories: %d copies found and %d joined to another, want %d at least and %d at most", c.stories, found, wrong, c.found, c.wrong)
		}
	}
}

// byDay gives clusters for stories that are not sorted by day.
func byDay(stories []dedup.Story) []int32 {
	order := make([]int, len(stories))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(stories[a].Day - stories[b].Day) })
	sorted := make([]dedup.Story, len(stories))
	for at, i := range order {
		sorted[at] = stories[i]
	}
	of := make([]int32, len(stories))
	for at, first := range dedup.Clusters(slices.Values(sorted)) {
		of[order[at]] = int32(order[first])
	}
	return of
}

// TestAStoryOfAHundredOutletsIsOne has each edit it, up to three times, among as many
// other stories; that so many repeat it is no reason to take it for boilerplate.
func TestAStoryOfAHundredOutletsIsOne(t *testing.T) {
	for times, least := range []int{100, 95, 88, 85} {
		for seed := range uint64(5) {
			r := rand.New(rand.NewPCG(seed, 2))
			a := topics[0].write(r, 10)
			var stories []dedup.Story
			for i := range 100 {
				stories = append(stories, storyOf(fmt.Sprint(i), 1, several(r, a, times).text()))
			}
			for i := range 100 {
				stories = append(stories, storyOf(fmt.Sprint("other", i), 1, around(topics[0].write(r, 8)).text()))
			}
			size := map[int32]int{}
			for _, first := range dedup.Clusters(slices.Values(stories)) {
				size[first]++
			}
			largest := 0
			for _, n := range size {
				largest = max(largest, n)
			}
			t.Logf("%d edits: %d in one cluster", times, largest)
			if largest < least || largest > 100 {
				t.Errorf("%d edits: %d of 100 copies are in one cluster, want %d at least", times, largest, least)
			}
		}
	}
}
