package actor_test

import (
	"testing"

	"github.com/opendyad/dyad"
)

// fuzzWords are words that the rules of this package look at, and bytes that are
// no text.
var fuzzWords = []string{
	"Aldoria", "Aldorian", "Brennia", "Brennians", "Aldport", "Veld", "Anna", "President", "president", "ministry",
	"officials", "troops", "forces", "former", "both", "two", "the", "countries", "governments", "it", "its", "they",
	"he", "group", "Red", "Dawn", "-", "--", ",", "(", ")", ":", "'s", "'", "and", "of", "in", "Commission", "Ministry",
	"Reuters", "AFP", "May", "ALDPORT", "embassy", "counterpart", "neighbours", "Harn", "", "\xff", "é", ".",
}

var (
	fuzzTags      = []string{"PROPN", "NOUN", "ADJ", "PRON", "VERB", "PUNCT", "DET", "NUM", "CCONJ", "ADP", ""}
	fuzzPenn      = []string{"NNP", "NNS", "NN", "JJ", ""}
	fuzzRelations = []string{"nsubj", "obj", "amod", "compound", "flat", "nmod", "nmod:poss", "appos", "conj", "case", "root", ""}
)

// hostileTree makes a sentence of bytes: five give a word, its tags, its relation
// and a governor that may be anywhere, itself too.
func hostileTree(data []byte) dyad.Sentence {
	n := min(len(data)/5, 400)
	s := dyad.Sentence{Tokens: make([]dyad.Token, n)}
	for i := range s.Tokens {
		b := data[5*i : 5*i+5]
		word := fuzzWords[int(b[0])%len(fuzzWords)]
		start := len(s.Text)
		s.Text += word
		s.Tokens[i] = dyad.Token{
			Span: dyad.Span{Start: start, End: len(s.Text)}, Text: word, Lemma: word,
			UPOS: fuzzTags[int(b[1])%len(fuzzTags)], XPOS: fuzzPenn[int(b[1]/16)%len(fuzzPenn)],
			Rel: fuzzRelations[int(b[2])%len(fuzzRelations)], Head: (int(b[3])|int(b[4])<<8)%(n+1) - 1,
		}
		if b[4]%4 != 0 {
			s.Text += " "
		}
	}
	s.Span = dyad.Span{Start: 0, End: len(s.Text)}
	return s
}

// FuzzFind gives the finder trees that no parser would: it must not panic, and
// its mentions must be in order and inside their sentence.
func FuzzFind(f *testing.F) {
	finder, err := world()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("0123456789abcdefghij"), []byte{7, 0, 4, 1, 0, 0, 5, 0, 0, 0, 19, 3, 0, 0, 0})
	f.Add([]byte{42, 0, 0, 0, 0, 28, 5, 3, 9, 1, 7, 1, 2, 3, 4}, []byte{1, 2, 6, 1, 0, 9, 1, 0, 0, 0})
	f.Fuzz(func(t *testing.T, first, second []byte) {
		doc := dyad.Document{
			Story:     dyad.Story{Published: dyad.Date{Year: 2024, Month: 5, Day: 15}},
			Title:     []dyad.Sentence{hostileTree(second)},
			Sentences: []dyad.Sentence{hostileTree(first), hostileTree(second), hostileTree(first)},
		}
		checkMentions(t, doc, finder.Find(doc))
	})
}

// TestLongSentence holds the work on a hostile sentence within bounds: ten
// thousand words that are all names, roles and pronouns.
func TestLongSentence(t *testing.T) {
	finder, err := world()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"Aldorian", "officials", "and", "its", "president", "Anna", "Veld"}
	tags := []string{"ADJ", "NOUN", "CCONJ", "PRON", "NOUN", "PROPN", "PROPN"}
	s := dyad.Sentence{}
	for i := range 10_000 {
		w := words[i%len(words)]
		s.Tokens = append(s.Tokens, dyad.Token{Span: dyad.Span{Start: len(s.Text), End: len(s.Text) + len(w)}, Text: w, Lemma: w,
			UPOS: tags[i%len(tags)], XPOS: "NNS", Head: i - 1, Rel: "nmod:poss"})
		s.Text += w + " "
	}
	s.End = len(s.Text)
	doc := dyad.Document{Sentences: []dyad.Sentence{s}}
	checkMentions(t, doc, finder.Find(doc))
}
