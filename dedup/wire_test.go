package dedup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A story of the tests is paragraphs of made-up words. Stories of one topic draw
// their words from the same few hundred and share whole phrases, as reports of one
// day on one subject do.

var syllables = strings.Fields("ba ke lo mi nu ra se ti vo zu dra fel gor hin jas kle mur nol pri qua stu tor und vex wil yar")

func word(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(3) {
		b.WriteString(syllables[r.IntN(len(syllables))])
	}
	return b.String()
}

func vocabulary(topic uint64) (words, phrases []string) {
	r := rand.New(rand.NewPCG(topic, 7))
	for range 300 {
		words = append(words, word(r))
	}
	for range 12 {
		var phrase []string
		for range 6 {
			phrase = append(phrase, words[r.IntN(len(words))])
		}
		phrases = append(phrases, strings.Join(phrase, " "))
	}
	return words, phrases
}

func paragraph(r *rand.Rand, words, phrases []string) string {
	var out []string
	for range 3 {
		for range 12 + r.IntN(10) {
			// Few words are frequent, as in any language.
			out = append(out, words[min(r.IntN(len(words)), r.IntN(len(words)))])
		}
		if r.IntN(3) == 0 {
			out = append(out, phrases[r.IntN(len(phrases))])
		}
		out[len(out)-1] += "."
	}
	return strings.Join(out, " ")
}

// news is a story on a topic; other seeds give other stories on it.
func news(topic, seed uint64) []string {
	words, phrases := vocabulary(topic)
	r := rand.New(rand.NewPCG(topic, seed))
	story := make([]string, 5+r.IntN(6))
	for i := range story {
		story[i] = paragraph(r, words, phrases)
	}
	return story
}

func written(story []string) string { return strings.Join(story, "\n\n") }

// edits are what outlets do to wire copy.
var edits = []struct {
	name string
	do   func(r *rand.Rand, story []string) []string
}{
	{"cut from the end", func(_ *rand.Rand, story []string) []string {
		return story[:len(story)-len(story)/4]
	}},
	{"paragraph put in", func(r *rand.Rand, story []string) []string {
		words, phrases := vocabulary(r.Uint64())
		return slices.Insert(story, r.IntN(len(story)+1), paragraph(r, words, phrases))
	}},
	{"every twentieth word replaced", func(r *rand.Rand, story []string) []string {
		for i := range story {
			words := strings.Fields(story[i])
			for at := r.IntN(20); at < len(words); at += 20 {
				words[at] = word(r)
			}
			story[i] = strings.Join(words, " ")
		}
		return story
	}},
	{"dateline", func(r *rand.Rand, story []string) []string {
		story[0] = strings.ToUpper(word(r)) + "BURG, 4 May (" + word(r) + ") - " + story[0]
		return story
	}},
	{"credit at the end", func(r *rand.Rand, story []string) []string {
		return append(story, fmt.Sprintf("Reporting by %s %s; editing by %s. Read more on our site.", word(r), word(r), word(r)))
	}},
	{"case, white space and quotes", func(_ *rand.Rand, story []string) []string {
		for i := range story {
			story[i] = "“" + strings.ToUpper(story[i][:1]) + strings.ReplaceAll(story[i][1:], ". ", ".\n ") + "”"
		}
		return story
	}},
	{"paragraphs changed round", func(r *rand.Rand, story []string) []string {
		i := r.IntN(len(story))
		story[0], story[i] = story[i], story[0]
		return story
	}},
}

func edited(r *rand.Rand, story []string, times int) []string {
	story = slices.Clone(story)
	for range times {
		story = edits[r.IntN(len(edits))].do(r, story)
	}
	return story
}
