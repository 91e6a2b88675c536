package dedup

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func storyOf(id string, day int32, text string) Story {
	return Story{ID: id, Day: day, Hash: Hash(text), Signature: Sign(text)}
}

// TestCopiesAreToldFromOtherStories prints how often a copy edited up to four times
// is found, and how often another story on the topic is taken for one.
func TestCopiesAreToldFromOtherStories(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	highest := 0.0
	for i := range uint64(2000) {
		a, b := Sign(written(news(i%20, i))), Sign(written(news(i%20, i+2000)))
		highest = max(highest, a.Similarity(&b))
	}
	t.Logf("two stories on a topic: similarity at most %.2f", highest)
	if highest >= 0.3 {
		t.Errorf("two stories on one topic have similarity %.2f", highest)
	}
	taken := 0
	highest = 0
	background := news(99, 99)[:2]
	for i := range uint64(1000) {
		a := storyOf("a", 10, written(slices.Concat(news(i%20, i), background)))
		b := storyOf("b", 10, written(slices.Concat(news(i%20, i+2000), background)))
		highest = max(highest, a.Signature.Similarity(&b.Signature))
		if Clusters(slices.Values([]Story{a, b}))[1] == 0 {
			taken++
		}
	}
	t.Logf("and with two paragraphs of background in common: at most %.2f, %d of 1000 taken for copies", highest, taken)
	if taken > 5 {
		t.Errorf("%d of 1000 stories with the same background are taken for copies", taken)
	}
	least := []float64{1, 0.99, 0.98, 0.95, 0.88}
	for times, want := range least {
		const tries = 500
		found, lowest := 0, 1.0
		for i := range uint64(tries) {
			story := news(i%20, i)
			copied := edited(r, story, times)
			a, b := storyOf("a", 10, written(story)), storyOf("b", 11, written(copied))
			lowest = min(lowest, a.Signature.Similarity(&b.Signature))
			if Clusters(slices.Values([]Story{a, b}))[1] == 0 {
				found++
			}
		}
		recall := float64(found) / tries
		t.Logf("%d edits: recall %.3f, similarity at least %.2f", times, recall, lowest)
		if recall < want {
			t.Errorf("%d edits: recall %.3f, want %.2f", times, recall, want)
		}
	}
}

// TestEachEditStaysACopy holds for one edit of each kind.
func TestEachEditStaysACopy(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, e := range edits {
		for i := range uint64(100) {
			story := news(i, i)
			copied := e.do(r, slices.Clone(story))
			a, b := storyOf("a", 10, written(story)), storyOf("b", 13, written(copied))
			if Clusters(slices.Values([]Story{a, b}))[1] != 0 {
				t.Errorf("%s: story %d is no copy (similarity %.2f)", e.name, i, a.Signature.Similarity(&b.Signature))
			}
		}
	}
}

func TestDaysApart(t *testing.T) {
	story := news(1, 1)
	text := written(story)
	copied := text + " Another sentence ends it."
	for _, c := range []struct {
		a, b    int32
		textB   string
		cluster bool
	}{
		{10, 13, copied, true},
		{10, 14, copied, false},
		{10, 400, text, true},
		{Undated, Undated, copied, true},
		{Undated, 10, copied, false},
		{Undated, 10, text, true},
		{-2, 1, copied, true},
	} {
		got := Clusters(slices.Values([]Story{storyOf("a", c.a, text), storyOf("b", c.b, c.textB)}))
		if (got[1] == 0) != c.cluster {
			t.Errorf("days %d and %d, same text %v: %v, want one cluster: %v", c.a, c.b, c.textB == text, got, c.cluster)
		}
	}
}

func TestShortTextsAreCopiesOnlyWhenEqual(t *testing.T) {
	got := Clusters(slices.Values([]Story{
		storyOf("a", 1, "Details to follow."), storyOf("b", 1, "Details to follow by noon."), storyOf("c", 2, "DETAILS  to follow")}))
	if !slices.Equal(got, []int32{0, 1, 0}) {
		t.Error(got)
	}
}

// groups names each story's cluster by the smallest id in it.
func groups(stories []Story) map[string]string {
	slices.SortStableFunc(stories, func(a, b Story) int { return cmp.Compare(a.Day, b.Day) })
	of := Clusters(slices.Values(stories))
	smallest := map[int32]string{}
	for i, c := range of {
		if s, found := smallest[c]; !found || stories[i].ID < s {
			smallest[c] = stories[i].ID
		}
	}
	named := map[string]string{}
	for i, c := range of {
		named[stories[i].ID] = smallest[c]
	}
	return named
}

// TestOrderAndRepetitionChangeNothing shuffles stories, of which many share their
// boilerplate so that they crowd the bands, and gives some twice.
func TestOrderAndRepetitionChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, 1))
		boilerplate := news(9, 9)[:rapid.IntRange(0, 3).Draw(t, "boilerplate")]
		var stories []Story
		for i := range rapid.IntRange(1, 60).Draw(t, "stories") {
			story := edited(r, news(5, uint64(r.IntN(30))), r.IntN(3))
			day := int32(r.IntN(9))
			if day == 8 {
				day = Undated
			}
			stories = append(stories, storyOf(fmt.Sprint("s", i), day, written(slices.Concat(story, boilerplate))))
		}
		before := groups(slices.Clone(stories))
		again := append(slices.Clone(stories), stories[:r.IntN(len(stories)+1)]...)
		r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		after := groups(again)
		for id, cluster := range before {
			if after[id] != cluster {
				t.Fatalf("story %s is in cluster %s, after shuffling in %s", id, cluster, after[id])
			}
		}
	})
}

// many makes stories, 1,000 a day, every tenth a copy of one of the last hundred.
// Runs of three words are numbers here, which costs less than writing texts.
func many(n int) iter.Seq[Story] {
	return func(yield func(Story) bool) {
		r := rand.New(rand.NewPCG(uint64(n), 1))
		var last [100]Signature
		for i := range n {
			var s Signature
			if i%10 == 9 {
				s = last[r.IntN(len(last))]
				for range 20 {
					s[r.IntN(bins)] = byte(r.Uint32())
				}
			} else {
				for j := range s {
					s[j] = byte(r.Uint32())
				}
			}
			last[i%len(last)] = s
			if !yield(Story{ID: "s", Day: int32(i / 1000), Hash: mixed(uint64(i + 1)), Signature: s}) {
				return
			}
		}
	}
}

// counted gives the clusters found and the highest heap seen on the way.
func counted(n int) (clusters int, heap uint64) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	base := m.HeapAlloc
	i := 0
	of := Clusters(func(yield func(Story) bool) {
		for s := range many(n) {
			if i++; i%max(n/20, 1) == 0 {
				runtime.ReadMemStats(&m)
				heap = max(heap, m.HeapAlloc-min(base, m.HeapAlloc))
			}
			if !yield(s) {
				return
			}
		}
	})
	for i, first := range of {
		if int(first) == i {
			clusters++
		}
	}
	return clusters, heap
}

func TestManyStoriesInBoundedMemory(t *testing.T) {
	const n = 50_000
	clusters, heap := counted(n)
	t.Logf("%d stories: %d clusters, heap %.1f MB", n, clusters, float64(heap)/1e6)
	if clusters < n*89/100 || clusters > n*91/100 {
		t.Errorf("%d clusters of %d stories, of which a tenth are copies", clusters, n)
	}
	if heap > 64<<20 {
		t.Errorf("the heap grew to %d MB", heap>>20)
	}
}

func BenchmarkClusters(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var heap uint64
			for b.Loop() {
				_, heap = counted(n)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/story")
			b.ReportMetric(float64(heap)/1e6, "peak-MB")
		})
	}
}

func BenchmarkSign(b *testing.B) {
	text := written(news(1, 1))
	for len(text) < 5000 {
		text += "\n\n" + written(news(1, uint64(len(text))))
	}
	text = text[:5000]
	b.ReportAllocs()
	for b.Loop() {
		Sign(text)
	}
}

func FuzzSign(f *testing.F) {
	f.Add("ISLAMABAD, 4 May (Agency) - The president, 1,200 men and the army's guns")
	f.Add("a a a a a a a a a a a a a a a a a a a a a a a a a a")
	f.Add("\xff\xfe’’ ’ - x")
	f.Fuzz(func(t *testing.T, text string) {
		s := Sign(text)
		if stored := SignatureOf(s.Bytes()); stored != s {
			t.Error("a signature changed when it was stored")
		}
		if !s.Short() && s.Similarity(&s) != 1 {
			t.Error("a text is not like itself")
		}
		if Hash(text) != Hash(" "+text+"\n") {
			t.Error("white space changed the hash")
		}
	})
}
