package actor

import (
	"strings"

	"github.com/opendyad/dyad"
)

// headOf gives the token of a run whose governor is outside it; the last such
// token when the parse leaves several.
func headOf(tokens []dyad.Token, first, last int) int {
	head := last - 1
	for i := last - 1; i >= first; i-- {
		h := tokens[i].Head
		if tokens[i].UPOS == "PUNCT" || tokens[i].Text == "'s" {
			continue
		}
		if h < first || h >= last {
			head = i
			break
		}
	}
	return head
}

// caseOf gives the preposition of a noun, lower case, "" for none.
func caseOf(tokens []dyad.Token, noun int) string {
	for i := max(0, noun-8); i < noun; i++ {
		if tokens[i].Head == noun && tokens[i].Rel == "case" {
			return lower(tokens[i].Text)
		}
	}
	return ""
}

// baseRel is a relation without its subtype: "nsubj" of "nsubj:pass".
func baseRel(rel string) string {
	if i := strings.IndexByte(rel, ':'); i >= 0 {
		return rel[:i]
	}
	return rel
}

// lower is strings.ToLower without work for words that are lower case already.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ToLower(s)
		}
	}
	return s
}

// spanText gives the words of a run of tokens as they stand in the sentence.
func spanText(s *dyad.Sentence, first, last int) string {
	if first >= last {
		return ""
	}
	from, to := s.Tokens[first].Start-s.Start, s.Tokens[last-1].End-s.Start
	if from >= 0 && to <= len(s.Text) && from < to {
		return s.Text[from:to]
	}
	words := make([]string, 0, last-first)
	for i := first; i < last; i++ {
		words = append(words, s.Tokens[i].Text)
	}
	return strings.Join(words, " ")
}
