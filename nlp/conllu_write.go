package nlp

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/opendyad/dyad"
)

// WriteCoNLLU writes sentences in CoNLL-U. Words that share their text, or touch as
// the words of "don't" and "Iran's" do, are written as a range; others that touch
// are marked SpaceAfter=No.
func WriteCoNLLU(w io.Writer, sentences []dyad.Sentence) error {
	out := bufio.NewWriter(w)
	for i := range sentences {
		s := &sentences[i]
		fmt.Fprintf(out, "# sent_id = %d\n# text = %s\n", s.Index+1, oneLine(s.Text))
		last := i+1 < len(sentences) && sentences[i+1].Start == s.End && len(s.Tokens) > 0 && s.Tokens[len(s.Tokens)-1].End == s.End
		for j := 0; j < len(s.Tokens); {
			end := rangeEnd(s, j)
			touching := end == len(s.Tokens) && last || end < len(s.Tokens) && !s.SpaceAfter(end-1)
			if end > j+1 {
				form := s.Text[clamp(s.Tokens[j].Start-s.Start, len(s.Text)):clamp(s.Tokens[end-1].End-s.Start, len(s.Text))]
				fmt.Fprintf(out, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", j+1, end, column(form), spacing(touching))
				touching = false
			}
			for ; j < end; j++ {
				writeWord(out, j+1, &s.Tokens[j], touching)
			}
		}
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing CoNLL-U: %w", err)
	}
	return nil
}

func writeWord(out *bufio.Writer, id int, t *dyad.Token, touching bool) {
	out.WriteString(strconv.Itoa(id))
	for _, s := range [...]string{t.Text, t.Lemma, t.UPOS, t.XPOS, t.Feats, strconv.Itoa(t.Head + 1), t.Rel, ""} {
		out.WriteByte('\t')
		out.WriteString(column(s))
	}
	out.WriteByte('\t')
	out.WriteString(spacing(touching))
	out.WriteByte('\n')
}

func spacing(touching bool) string {
	if touching {
		return "SpaceAfter=No"
	}
	return "_"
}

// column writes a value that may be empty, on one line.
func column(s string) string {
	if s == "" {
		return "_"
	}
	return oneLine(s)
}

// oneLine keeps line ends and tabs, which CoNLL-U gives a meaning, out of a value.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ")
}

// rangeEnd gives the end of the range of words that begins with token i, i+1 where
// the word stands for itself.
func rangeEnd(s *dyad.Sentence, i int) int {
	end := i + 1
	for end < len(s.Tokens) {
		before, t := &s.Tokens[end-1], &s.Tokens[end]
		if t.Start >= before.End && !(t.Start == before.End && clitic(before, t)) {
			break
		}
		end++
	}
	return end
}

// clitic reports whether a word and the one that touches it are one written word:
// "did" and "n't", "Iran" and "'s", "gon" and "na", or a careless "it" and "s".
func clitic(before, t *dyad.Token) bool {
	if t.XPOS == "POS" {
		return true
	}
	if len(t.Text) > len("n’t") || before.Text == "" || t.Text == "" || before.Text == "a" {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(before.Text)
	begin, _ := utf8.DecodeRuneInString(t.Text[apostropheAt(t.Text, 0):])
	return unicode.IsLetter(end) && unicode.IsLetter(begin)
}

func clamp(n, most int) int { return max(0, min(n, most)) }
