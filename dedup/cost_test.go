package dedup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// crowd makes the stories of one day that all have the same two paragraphs of
// background, and a copy of every twentieth, cut and with a sentence put before it.
func crowd(n int) []Story {
	background := news(99, 99)[:2]
	r := rand.New(rand.NewPCG(uint64(n), 3))
	var stories []Story
	for i := range uint64(n) {
		story := slices.Concat(news(i%20, i), background)
		stories = append(stories, storyOf(fmt.Sprint("s", i), 10, written(story)))
		if i%20 == 0 {
			copied := slices.Concat([]string{"An outlet's own sentence, number " + fmt.Sprint(i) + "."}, edited(r, story, 2))
			stories = append(stories, storyOf(fmt.Sprint("c", i), 10, written(copied)))
		}
	}
	return stories
}

// TestACrowdCostsLittle counts comparisons, of which there would be 55 million if
// all stories with the same background were held against one another.
func TestACrowdCostsLittle(t *testing.T) {
	for _, n := range []int{2_500, 10_000} {
		stories := crowd(n)
		of, compared := clusters(slices.Values(stories))
		found := 0
		for i := range stories {
			if stories[i].ID[0] == 'c' && of[i] == of[i-1] {
				found++
			}
		}
		t.Logf("%d stories: %d comparisons, %d each; %d of %d copies found", len(stories), compared, compared/len(stories), found, n/20)
		if most := 60; compared > most*len(stories) {
			t.Errorf("%d stories: %d comparisons a story, want %d at most", len(stories), compared/len(stories), most)
		}
		if found < n/20*95/100 {
			t.Errorf("%d of %d copies found", found, n/20)
		}
	}
}

// BenchmarkClustersOfOneDay has all stories on one day, of which nothing can be
// forgotten before the end.
func BenchmarkClustersOfOneDay(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			compared := 0
			for b.Loop() {
				_, compared = clusters(func(yield func(Story) bool) {
					for s := range many(n) {
						if s.Day = 10; !yield(s) {
							return
						}
					}
				})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/story")
			b.ReportMetric(float64(compared)/float64(n), "comparisons/story")
		})
	}
}
