package nlp

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/opendyad/dyad"
)

func Example() {
	model, err := Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range model.Sentences("Brennia attacked Aldoria on Tuesday.") {
		for _, t := range s.Tokens {
			head := "root"
			if t.Head >= 0 {
				head = s.Tokens[t.Head].Text
			}
			fmt.Println(t.Text, t.Lemma, t.UPOS, t.Rel, head)
		}
	}
	// Output:
	// Brennia Brennia PROPN nsubj attacked
	// attacked attack VERB root root
	// Aldoria Aldoria PROPN obj attacked
	// on on ADP case Tuesday
	// Tuesday Tuesday PROPN obl attacked
	// . . PUNCT punct attacked
}

func loaded(t testing.TB) *Model {
	t.Helper()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func words(text string) dyad.Sentence {
	var s dyad.Sentence
	for _, w := range strings.Fields(text) {
		s.Tokens = append(s.Tokens, dyad.Token{Text: w})
	}
	return s
}

func relation(s *dyad.Sentence, word string) string {
	for i := range s.Tokens {
		if t := &s.Tokens[i]; t.Text == word && t.Head >= 0 {
			return t.Rel + " " + s.Tokens[t.Head].Text
		} else if t.Text == word {
			return t.Rel
		}
	}
	return "no such word"
}

func TestParse(t *testing.T) {
	m := loaded(t)
	for _, c := range []struct{ text, word, want string }{
		{"Aldoria was attacked by Brennia .", "Aldoria", "nsubj:pass attacked"},
		{"Aldoria was attacked by Brennia .", "Brennia", "obl:agent attacked"},
		{"The president of Corva met the prime minister of Brennia .", "president", "nsubj met"},
		{"The president of Corva met the prime minister of Brennia .", "Brennia", "nmod minister"},
		{"Aldoria condemned the attack and recalled its ambassador .", "recalled", "conj condemned"},
		{"THE PRESIDENT OF CORVA CONDEMNED THE ATTACK .", "PRESIDENT", "nsubj CONDEMNED"},
	} {
		s := words(c.text)
		m.Parse(&s)
		if got := relation(&s, c.word); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.text, c.word, got, c.want)
		}
	}
}

// Any tokens get a tree with one root and known tags; the longest in parts.
func TestParseGivesATree(t *testing.T) {
	m := loaded(t)
	for _, text := range []string{"", "a", ". . .", "\xff\xfe \x00", strings.Repeat("Brennia met Aldoria , ", 2500), strings.Repeat("x ", 400)} {
		s := words(text)
		m.Parse(&s)
		roots := 0
		for i := range s.Tokens {
			k := &s.Tokens[i]
			if k.Head < 0 {
				roots++
			}
			if k.Head >= len(s.Tokens) || k.Head == i || k.UPOS == "" || k.Rel == "" || (k.Head < 0) != (k.Rel == "root") {
				t.Fatalf("token %d of %.20q: %+v", i, text, k)
			}
		}
		if roots != min(1, len(s.Tokens)) {
			t.Errorf("%.20q has %d roots", text, roots)
		}
		heads := make([]int, 0, maxParse)
		if len(s.Tokens) > 0 && len(s.Tokens) < maxParse {
			heads = append(heads, 0)
			for i := range s.Tokens {
				heads = append(heads, s.Tokens[i].Head+1)
			}
			if !isTree(heads) {
				t.Errorf("%.20q: heads %v are no tree", text, heads)
			}
		}
	}
}

// What comes out does not depend on what else is parsed, before or at once.
func TestParseAllIsParse(t *testing.T) {
	m := loaded(t)
	var all []dyad.Sentence
	for range 20 {
		for _, text := range []string{"Aldoria was attacked by Brennia .", "Corva freed three prisoners of war on Monday , officials said .", strings.Repeat("Brennia met Aldoria , ", 60)} {
			all = append(all, words(text))
		}
	}
	m.ParseAll(all)
	var wait sync.WaitGroup
	for i := range all {
		wait.Add(1)
		go func() {
			defer wait.Done()
			s := dyad.Sentence{Tokens: make([]dyad.Token, len(all[i].Tokens))}
			for j := range s.Tokens {
				s.Tokens[j].Text = all[i].Tokens[j].Text
			}
			m.Parse(&s)
			for j := range s.Tokens {
				if s.Tokens[j] != all[i].Tokens[j] {
					t.Errorf("sentence %d: %+v alone, %+v among others", i, s.Tokens[j], all[i].Tokens[j])
				}
			}
		}()
	}
	wait.Wait()
}

// The verb of a short sentence of unknown names is its root.
func TestRepair(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Corva and Dorland held talks.", "Dorland and Estara restored diplomatic relations.", "Brennia condemned Aldoria."} {
		s := m.Sentences(text)[0]
		for i := range s.Tokens {
			if (s.Tokens[i].Head < 0) != (s.Tokens[i].XPOS == "VBD") {
				t.Errorf("%s: the root is not the verb", text)
			}
		}
	}
}
