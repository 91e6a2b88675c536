package nlp

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
)

// ReadCoNLLU reads sentences in CoNLL-U. Multiword ranges ("2-3") and empty nodes
// ("8.1") are skipped: a sentence's tokens are its syntactic words. Offsets count
// in the sentences' texts, each laid after the one before with a blank between;
// where a "# text" line is missing, it is made from the words. name is used in
// errors.
func ReadCoNLLU(r io.Reader, name string) ([]dyad.Sentence, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), 1<<24)
	var sentences []dyad.Sentence
	reading := conlluReading{}
	line := 0
	finish := func() {
		if len(reading.tokens) > 0 {
			at := 0
			if n := len(sentences); n > 0 {
				at = sentences[n-1].End + 1
			}
			sentences = append(sentences, reading.sentence(len(sentences), at))
		}
		reading = conlluReading{}
	}
	for in.Scan() {
		line++
		text := strings.TrimSuffix(in.Text(), "\r")
		switch {
		case text == "":
			finish()
		case strings.HasPrefix(text, "#"):
			if rest, ok := strings.CutPrefix(text, "# text = "); ok {
				reading.text = rest
			}
		default:
			if err := reading.word(text); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, line, err)
			}
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading %s after line %d: %w", name, line, err)
	}
	finish()
	for i := range sentences {
		for j := range sentences[i].Tokens {
			if h := sentences[i].Tokens[j].Head; h >= len(sentences[i].Tokens) {
				return nil, fmt.Errorf("%s: in sentence %d word %d hangs on word %d, which is not there", name, i+1, j+1, h+1)
			}
		}
	}
	return sentences, nil
}

// A conlluReading is a sentence under way.
type conlluReading struct {
	text   string
	tokens []dyad.Token
	spaces []bool // no space after token i
	ranges []int  // last word of the multiword token that begins at i, 0 for none
	forms  []string
	until  int // the multiword token open now ends with this word
}

func (r *conlluReading) word(line string) error {
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return fmt.Errorf("a word has %d columns; CoNLL-U has 10, separated by tabs", len(f))
	}
	noSpace := strings.Contains(f[9], "SpaceAfter=No")
	if first, last, ok := strings.Cut(f[0], "-"); ok {
		from, err1 := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err1 != nil || err2 != nil || from != len(r.tokens)+1 || to < from {
			return fmt.Errorf("%q is no range of words here", f[0])
		}
		r.ranges = append(r.ranges, to)
		r.forms = append(r.forms, f[1])
		r.spaces = append(r.spaces, noSpace)
		r.until = to
		return nil
	}
	if strings.Contains(f[0], ".") {
		return nil
	}
	id, err := strconv.Atoi(f[0])
	if err != nil || id != len(r.tokens)+1 {
		return fmt.Errorf("word number %q where %d is due", f[0], len(r.tokens)+1)
	}
	head := 0
	if f[6] != "_" {
		if head, err = strconv.Atoi(f[6]); err != nil || head < 0 {
			return fmt.Errorf("the head %q is no word number", f[6])
		}
	}
	blank := func(s string) string {
		if s == "_" {
			return ""
		}
		return s
	}
	lemma := f[2]
	if lemma == "_" && f[1] != "_" {
		lemma = ""
	}
	r.tokens = append(r.tokens, dyad.Token{Text: f[1], Lemma: lemma, UPOS: blank(f[3]), XPOS: blank(f[4]), Feats: blank(f[5]), Head: head - 1, Rel: blank(f[7])})
	if id > r.until {
		r.ranges = append(r.ranges, id)
		r.forms = append(r.forms, f[1])
		r.spaces = append(r.spaces, noSpace)
	}
	return nil
}

// sentence lays the words over the text from offset at on.
func (r *conlluReading) sentence(index, at int) dyad.Sentence {
	if r.text == "" {
		var b strings.Builder
		for i, form := range r.forms {
			b.WriteString(form)
			if !r.spaces[i] && i+1 < len(r.forms) {
				b.WriteByte(' ')
			}
		}
		r.text = b.String()
	}
	s := dyad.Sentence{Span: dyad.Span{Start: at, End: at + len(r.text)}, Index: index, Text: r.text, Tokens: r.tokens}
	offset, word := 0, 0
	for i, form := range r.forms {
		start := offset
		if found := strings.Index(r.text[offset:], form); found >= 0 {
			start = offset + found
		}
		end := min(start+len(form), len(r.text))
		// The words of "don't" share its span: "do" begins it, "n't" ends it.
		for last := r.ranges[i]; word < last && word < len(s.Tokens); word++ {
			t := &s.Tokens[word]
			t.Start, t.End = at+start, at+end
			if n := len(t.Text); word+1 < last && start+n <= end {
				t.End = at + start + n
				start += n
			}
		}
		offset = end
	}
	return s
}

// WriteCoNLLU writes sentences in CoNLL-U. Words that touch in the text are marked
// SpaceAfter=No.
func WriteCoNLLU(w io.Writer, sentences []dyad.Sentence) error {
	out := bufio.NewWriter(w)
	for i := range sentences {
		s := &sentences[i]
		fmt.Fprintf(out, "# sent_id = %d\n# text = %s\n", s.Index+1, strings.Join(strings.Fields(s.Text), " "))
		for j := range s.Tokens {
			t := &s.Tokens[j]
			misc := "_"
			if !s.SpaceAfter(j) {
				misc = "SpaceAfter=No"
			}
			fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t_\t%s\n", j+1, t.Text, filled(t.Lemma), filled(t.UPOS), filled(t.XPOS), filled(t.Feats), t.Head+1, filled(t.Rel), misc)
		}
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing CoNLL-U: %w", err)
	}
	return nil
}

func filled(s string) string {
	if s == "" {
		return "_"
	}
	return s
}
