package dedup_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/opendyad/dyad/dedup"
)

// grams are a text's runs of three words.
func grams(text string) map[string]bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
	})
	of := map[string]bool{}
	for i := 2; i < len(words); i++ {
		of[strings.Join(words[i-2:i+1], " ")] = true
	}
	return of
}

// similarity is what Similarity estimates.
func similarity(a, b string) float64 {
	x, y := grams(a), grams(b)
	shared := 0
	for g := range x {
		if y[g] {
			shared++
		}
	}
	return float64(shared) / float64(len(x)+len(y)-shared)
}

func storyOf(id string, day int32, text string) dedup.Story {
	return dedup.Story{ID: id, Day: day, Hash: dedup.Hash(text), Signature: dedup.Sign(text)}
}

// oneCluster reports whether two texts of one day are found to be copies.
func oneCluster(a, b string) bool {
	of := dedup.Clusters(slices.Values([]dedup.Story{storyOf("a", 1, a), storyOf("b", 1, b)}))
	return of[0] == of[1]
}

// several does so many edits, each another, at most one of which cuts the end off.
func several(r *rand.Rand, a article, times int) article {
	cut := false
	for _, i := range r.Perm(len(edits)) {
		if times == 0 {
			break
		}
		if strings.HasPrefix(edits[i].name, "cut") {
			if cut {
				continue
			}
			cut = true
		}
		a = edits[i].do(r, a)
		times--
	}
	return a
}

func anyTopic(r *rand.Rand) *topic { return &topics[r.IntN(len(topics))] }

func anyArticle(r *rand.Rand) article { return anyTopic(r).write(r, 4+r.IntN(12)) }

// around gives an article what many articles of one outlet or on one war repeat.
func around(a article) article {
	a.before, a.after = banner, footer
	a.paragraphs = append(a.paragraphs, history)
	return a
}

// TestSimilarityAfterEdits prints for each edit how alike copy and story are and how
// many copies are found, and the same for stories that are no copies.
func TestSimilarityAfterEdits(t *testing.T) {
	type row struct {
		name        string
		least, most float64 // share of pairs found to be copies
		pair        func(r *rand.Rand) (string, string)
	}
	var rows []row
	for _, e := range edits {
		// Of copies with every eighth word another, 0.46 alike, a seventh is missed.
		least := 0.97
		if strings.Contains(e.name, "8th") {
			least = 0.8
		}
		rows = append(rows, row{e.name, least, 1, func(r *rand.Rand) (string, string) {
			a := anyArticle(r)
			return a.text(), e.do(r, a).text()
		}})
	}
	for times, least := range map[int]float64{2: 0.82, 3: 0.64} {
		rows = append(rows, row{fmt.Sprint(times, " edits"), least, 1, func(r *rand.Rand) (string, string) {
			a := anyArticle(r)
			return a.text(), several(r, a, times).text()
		}})
	}
	slices.SortStableFunc(rows[len(edits):], func(a, b row) int { return strings.Compare(a.name, b.name) })
	rows = append(rows, row{"other story on the topic", 0, 0, func(r *rand.Rand) (string, string) {
		on := anyTopic(r)
		return on.write(r, 4+r.IntN(12)).text(), on.write(r, 4+r.IntN(12)).text()
	}}, row{"and background, boilerplate shared, 500 words", 0, 0.01, func(r *rand.Rand) (string, string) {
		on := anyTopic(r)
		return around(on.write(r, 6)).text(), around(on.write(r, 6+r.IntN(8))).text()
	}}, row{"and background, boilerplate shared, 300 words", 0, 0.06, func(r *rand.Rand) (string, string) {
		on := anyTopic(r)
		return around(on.write(r, 3)).text(), around(on.write(r, 3+r.IntN(8))).text()
	}})
	const tries = 400
	t.Logf("%-46s %-14s %-14s %s", "", "similarity", "estimated", "found")
	t.Logf("%-46s %s", "", "least  median  most, of 400")
	for _, w := range rows {
		r := rand.New(rand.NewPCG(1, 2))
		var is, estimated []float64
		found, off := 0, 0.0
		for range tries {
			a, b := w.pair(r)
			s, u := dedup.Sign(a), dedup.Sign(b)
			is, estimated = append(is, similarity(a, b)), append(estimated, s.Similarity(&u))
			off += estimated[len(is)-1] - is[len(is)-1]
			if oneCluster(a, b) {
				found++
			}
		}
		slices.Sort(is)
		slices.Sort(estimated)
		three := func(x []float64) string { return fmt.Sprintf("%.2f %.2f %.2f", x[0], x[tries/2], x[tries-1]) }
		share := float64(found) / tries
		t.Logf("%-46s %s %s %.3f", w.name, three(is), three(estimated), share)
		if share < w.least || share > w.most {
			t.Errorf("%s: %.3f are found to be copies, want %.3f to %.3f", w.name, share, w.least, w.most)
		}
		if off /= tries; off < -0.02 || off > 0.05 {
			t.Errorf("%s: the estimate is off by %.3f on average", w.name, off)
		}
	}
}

// TestLightEditsStayCopies does up to three of the edits that every outlet makes.
func TestLightEditsStayCopies(t *testing.T) {
	light := slices.DeleteFunc(slices.Clone(edits), func(e edit) bool {
		return strings.HasPrefix(e.name, "cut") || strings.Contains(e.name, "another") || e.name == "boilerplate around"
	})
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		a := anyTopic(r).write(r, rapid.IntRange(8, 16).Draw(t, "paragraphs"))
		b := a
		for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(light)-1), 0, 3, rapid.ID).Draw(t, "edits") {
			b = light[i].do(r, b)
		}
		if !oneCluster(a.text(), b.text()) {
			t.Fatalf("no copy, similarity %.2f", similarity(a.text(), b.text()))
		}
	})
}

// TestAnUnrelatedStoryChangesNothing adds one, on another topic, to stories and
// their copies.
func TestAnUnrelatedStoryChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		var stories []dedup.Story
		for i := range rapid.IntRange(1, 8).Draw(t, "stories") {
			a := topics[0].write(r, 5)
			stories = append(stories, storyOf(fmt.Sprint(i), 1, a.text()), storyOf(fmt.Sprint(i, "b"), 1, several(r, a, 2).text()))
		}
		before := dedup.Clusters(slices.Values(stories))
		after := dedup.Clusters(slices.Values(append(stories, storyOf("other", 1, topics[2].write(r, 8).text()))))
		if !slices.Equal(before, after[:len(before)]) || after[len(before)] != int32(len(before)) {
			t.Fatalf("clusters %v, with another story %v", before, after)
		}
	})
}

func TestOtherScripts(t *testing.T) {
	words := strings.Fields("министр сообщил журналистам что переговоры о границе продолжатся утром в столице после обеда и закончатся вечером когда послы обеих стран подпишут новое соглашение о торговле зерном углём и медью через северный порт")
	text := strings.Join(words, " ")
	if !oneCluster(text, strings.ToUpper(text)+" — конец") {
		t.Error("a copy in Cyrillic capitals is not found")
	}
	slices.Reverse(words)
	if oneCluster(text, strings.Join(words, " ")) {
		t.Error("the same words backwards are taken for a copy")
	}
}

// TestCopiesInRealNews prints the clusters among 1,652 articles of one publisher,
// for reading.
func TestCopiesInRealNews(t *testing.T) {
	file, err := os.Open("../../shared/news/insight-crime.jsonl")
	if err != nil {
		t.Skip("there is no ../shared/news")
	}
	defer file.Close()
	var stories []dedup.Story
	var titles []string
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct{ ID, Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		stories, titles = append(stories, storyOf(line.ID, dedup.Undated, line.Text)), append(titles, line.Title)
	}
	copies := 0
	for i, first := range dedup.Clusters(slices.Values(stories)) {
		if int(first) != i {
			copies++
			t.Logf("%s %s = %s %s (%.2f)", stories[first].ID, titles[first], stories[i].ID, titles[i], stories[i].Signature.Similarity(&stories[first].Signature))
		}
	}
	t.Logf("%d of %d are copies", copies, len(stories))
}
