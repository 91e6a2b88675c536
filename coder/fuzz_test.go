package coder

import (
	"math/rand"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// fuzzWords are words that rules and the coder's own tables ask for, so that
// arbitrary trees reach deep.
var fuzzWords = strings.Fields(`Brennia Aldoria Corva condemn attack visit meet talk say deny accuse of by with to on
	between that which each other will would not no had if launch hold series raid agree refuse call for lash out at
	critical give aid withdraw without as according be 's and the in five people detain`)

var fuzzRels = strings.Fields(`nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss amod compound compound:prt case mark
	aux aux:pass cop advmod det conj cc acl acl:relcl advcl xcomp ccomp parataxis appos flat root dep punct fixed`)

var fuzzTags = []string{"VERB VBD", "VERB VBN", "VERB VBG", "VERB VB", "NOUN NN", "PROPN NNP", "ADJ JJ", "PRON PRP", "AUX MD", "ADP IN", "NUM CD", "X FW"}

// arbitraryDocument turns bytes into a document with one sentence of any shape:
// heads may point anywhere, also to nothing and around in circles.
func arbitraryDocument(data []byte) (dyad.Document, []dyad.Mention) {
	var s dyad.Sentence
	var mentions []dyad.Mention
	var text strings.Builder
	n := len(data) / 4
	for i := range n {
		b := data[4*i : 4*i+4]
		w := fuzzWords[int(b[0])%len(fuzzWords)]
		upos, xpos, _ := strings.Cut(fuzzTags[int(b[3])%len(fuzzTags)], " ")
		start := text.Len()
		text.WriteString(w)
		s.Tokens = append(s.Tokens, dyad.Token{Span: dyad.Span{Start: start, End: text.Len()}, Text: w, Lemma: w, UPOS: upos, XPOS: xpos,
			Head: int(b[1])%(n+3) - 2, Rel: fuzzRels[int(b[2])%len(fuzzRels)]})
		text.WriteByte(' ')
		if b[3] > 150 {
			mentions = append(mentions, dyad.Mention{First: i, Last: min(n, i+1+int(b[3])%3), Head: i, Place: b[3]%2 == 0,
				Entities: []dyad.Entity{{Code: strings.ToUpper(w), Text: w, Identifier: w}}})
		}
	}
	s.Text = text.String()
	s.End = len(s.Text)
	return dyad.Document{Story: dyad.Story{ID: "fuzz", Text: s.Text}, Sentences: []dyad.Sentence{s}}, mentions
}

// checkRecords holds what must be true of the records of any document.
func checkRecords(t *testing.T, c *Coder, doc dyad.Document, mentions []dyad.Mention) {
	t.Helper()
	records := c.Records(doc, mentions)
	if again := c.Records(doc, mentions); !reflect.DeepEqual(records, again) {
		t.Fatalf("coding twice gave different records:\n%v\n%v", records, again)
	}
	seen := map[string]bool{}
	for i := range records {
		r := &records[i]
		switch e := r.Evidence; {
		case e.Start < 0 || e.End > len(doc.Story.Text) || e.Start > e.End:
			t.Fatalf("evidence %v lies outside the text of %d bytes", e.Span, len(doc.Story.Text))
		case e.Trigger.Start < e.Start || e.Trigger.End > e.End || e.Trigger.Start > e.Trigger.End:
			t.Fatalf("trigger %v lies outside its sentence %v", e.Trigger, e.Span)
		case len(r.Reasons) == 0:
			t.Fatalf("a record without reasons: %+v", r)
		case r.ID == "" || seen[r.ID]:
			t.Fatalf("an id that is empty or there already: %q", r.ID)
		case r.Confidence <= 0 || r.Confidence > 1:
			t.Fatalf("confidence %v", r.Confidence)
		case r.Kind == dyad.KindEvent && (r.Event == nil || len(r.Event.Actor)+len(r.Event.Recipient) == 0):
			t.Fatalf("an event of nobody: %+v", r.Event)
		}
		seen[r.ID] = true
	}
	for _, a := range c.Explain(doc, mentions, 0) {
		if a.Why == "" {
			t.Fatalf("an attempt without a why: %+v", a)
		}
	}
}

func FuzzRecords(f *testing.F) {
	f.Add([]byte("some bytes that make a tree of some tokens"))
	c := New(testCodebook(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, mentions := arbitraryDocument(data[:min(len(data), 400)])
		checkRecords(t, c, doc, mentions)
	})
}

func TestArbitraryTrees(t *testing.T) {
	c := New(testCodebook(t))
	random := rand.New(rand.NewSource(1))
	for range 3000 {
		data := make([]byte, 4*random.Intn(40))
		random.Read(data)
		doc, mentions := arbitraryDocument(data)
		checkRecords(t, c, doc, mentions)
	}
}

func TestHostileSentences(t *testing.T) {
	c := New(testCodebook(t))
	chain := make([]byte, 4*10000)
	flat := make([]byte, 4*10000)
	random := rand.New(rand.NewSource(2))
	random.Read(chain)
	random.Read(flat)
	for name, head := range map[string]func(i int) int{"chain": func(i int) int { return i - 1 }, "flat": func(i int) int { return min(i, 1) - 1 }, "backwards": func(i int) int { return i + 1 }} {
		doc, mentions := arbitraryDocument(chain)
		for i := range doc.Sentences[0].Tokens {
			doc.Sentences[0].Tokens[i].Head = head(i)
		}
		t.Run(name, func(t *testing.T) { checkRecords(t, c, doc, mentions) })
	}
}

// TestTreebankTrees runs over trees of real sentences with actors strewn in.
func TestTreebankTrees(t *testing.T) {
	data, err := os.ReadFile("../../shared/treebanks/en_gum-free-dev.conllu")
	if err != nil {
		t.Skip("the treebanks are not here:", err)
	}
	c := New(testCodebook(t))
	random := rand.New(rand.NewSource(3))
	for _, block := range strings.Split(string(data), "\n\n") {
		doc, mentions := treebankDocument(block, random)
		if len(doc.Sentences[0].Tokens) > 0 {
			checkRecords(t, c, doc, mentions)
		}
	}
}

func treebankDocument(block string, random *rand.Rand) (dyad.Document, []dyad.Mention) {
	var s dyad.Sentence
	var mentions []dyad.Mention
	var text strings.Builder
	for _, line := range strings.Split(block, "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 10 || strings.ContainsAny(f[0], "-.") {
			continue
		}
		head, _ := strconv.Atoi(f[6])
		start := text.Len()
		text.WriteString(f[1])
		s.Tokens = append(s.Tokens, dyad.Token{Span: dyad.Span{Start: start, End: text.Len()}, Text: f[1], Lemma: f[2], UPOS: f[3], XPOS: f[4], Feats: f[5], Head: head - 1, Rel: f[7]})
		text.WriteByte(' ')
		if i := len(s.Tokens) - 1; f[3] == "PROPN" || f[3] == "PRON" || f[3] == "NOUN" && random.Intn(3) == 0 {
			mentions = append(mentions, dyad.Mention{First: i, Last: i + 1, Head: i, Entities: []dyad.Entity{{Code: "ALD", Text: f[1], Identifier: f[1]}}})
		}
	}
	s.Text = text.String()
	s.End = len(s.Text)
	return dyad.Document{Story: dyad.Story{ID: "treebank", Text: s.Text}, Sentences: []dyad.Sentence{s}}, mentions
}

func BenchmarkRecords(b *testing.B) {
	c := New(testCodebook(b))
	trees := readTrees(b, "testdata/trees.conllu")
	b.ReportAllocs()
	for b.Loop() {
		for i := range trees {
			c.Records(trees[i].doc, trees[i].mentions)
		}
	}
	b.ReportMetric(float64(b.N*len(trees))/b.Elapsed().Seconds(), "sentences/s")
}
