package dedup

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestCopiesAreFoundInACrowd gives stories of one day that all repeat two paragraphs
// of background, so that they crowd the bands, and an edited copy of every tenth.
func TestCopiesAreFoundInACrowd(t *testing.T) {
	const n = 1500
	r := rand.New(rand.NewPCG(5, 6))
	background := news(99, 99)[:2]
	var stories []Story
	for i := range uint64(n) {
		stories = append(stories, storyOf(fmt.Sprint("s", i), 10, written(slices.Concat(news(i%20, i), background))))
	}
	for i := uint64(0); i < n; i += 10 {
		stories = append(stories, storyOf(fmt.Sprint("c", i), 10, written(slices.Concat(edited(r, news(i%20, i), 1), background))))
	}
	of := Clusters(slices.Values(stories))
	found, wrong := 0, 0
	for i, first := range of {
		switch {
		case i >= n && int(first) == (i-n)*10:
			found++
		case int(first) != i:
			wrong++
		}
	}
	t.Logf("%d of %d copies found, %d stories joined to another", found, n/10, wrong)
	if found < n/10*98/100 || wrong > n/500 {
		t.Errorf("%d of %d copies found, %d stories joined to another", found, n/10, wrong)
	}
}

// TestNewStoriesMayBeClusteredAlone joins what is found among the stories up to
// Window days from new ones to the clusters that were there, which must give what
// clustering all at once gives.
func TestNewStoriesMayBeClusteredAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		var stories []Story
		for i := range rapid.IntRange(2, 30).Draw(t, "stories") {
			stories = append(stories, storyOf(fmt.Sprint("s", i), int32(r.IntN(30)), written(edited(r, news(5, uint64(r.IntN(6))), r.IntN(3)))))
		}
		slices.SortStableFunc(stories, func(a, b Story) int { return cmp.Compare(a.Day, b.Day) })
		c := clustering{}
		isOld := make([]bool, len(stories))
		for i := range stories {
			c.parent = append(c.parent, int32(i))
			isOld[i] = r.IntN(2) == 0
		}
		joinAmong := func(wanted func(i int) bool) {
			var numbers []int32
			var some []Story
			for i := range stories {
				if wanted(i) {
					numbers, some = append(numbers, int32(i)), append(some, stories[i])
				}
			}
			for i, first := range Clusters(slices.Values(some)) {
				c.join(numbers[i], numbers[first])
			}
		}
		joinAmong(func(i int) bool { return isOld[i] })
		joinAmong(func(i int) bool {
			for j := range stories {
				apart := stories[i].Day - stories[j].Day
				if !isOld[j] && (-Window <= apart && apart <= Window || stories[i].Hash == stories[j].Hash) {
					return true
				}
			}
			return false
		})
		for i, first := range Clusters(slices.Values(stories)) {
			if c.root(int32(i)) != first {
				t.Fatalf("story %d is in cluster %d, bit by bit in %d", i, first, c.root(int32(i)))
			}
		}
	})
}
