package nlp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
)

// conlluLine is the longest line of a CoNLL-U file, in bytes.
const conlluLine = 1 << 24

// ReadCoNLLU reads sentences in CoNLL-U. A sentence's tokens are its syntactic
// words: the words of a range ("1-2 don't") lie in its span one after the other, or
// share it where they are not cut out of it ("1-2 du", "de", "le"). Empty nodes
// ("8.1") are left out. Offsets count in the sentences' texts, laid one after the
// other with a blank between, or none where the last word says SpaceAfter=No. The
// text is the "# text" line, or made from the words where that is missing or has
// other words. name is used in errors.
func ReadCoNLLU(r io.Reader, name string) ([]dyad.Sentence, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), conlluLine)
	var sentences []dyad.Sentence
	var reading conlluReading
	line, at := 0, 0
	finish := func() error {
		if len(reading.tokens) > 0 {
			if err := reading.check(); err != nil {
				return fmt.Errorf("%s:%w", name, err)
			}
			s := reading.sentence(len(sentences), at)
			sentences = append(sentences, s)
			at = s.End
			if !reading.units[len(reading.units)-1].touching {
				at++
			}
		}
		reading = conlluReading{}
		return nil
	}
	for in.Scan() {
		line++
		text := strings.TrimSuffix(in.Text(), "\r")
		if line == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		var err error
		switch {
		case strings.TrimSpace(text) == "":
			err = finish()
		case strings.HasPrefix(text, "#"):
			if rest, ok := strings.CutPrefix(text, "# text = "); ok {
				reading.text = rest
			}
		default:
			if err = reading.word(text, line); err != nil {
				err = fmt.Errorf("%s:%d: %w", name, line, err)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("%s:%d: the line is longer than %d bytes; is this CoNLL-U?", name, line+1, conlluLine)
	} else if err != nil {
		return nil, fmt.Errorf("%s:%d: reading CoNLL-U: %w", name, line+1, err)
	}
	if err := finish(); err != nil {
		return nil, err
	}
	return sentences, nil
}

// A conlluReading is a sentence under way.
type conlluReading struct {
	text   string
	tokens []dyad.Token
	lines  []int // of the tokens
	units  []conlluUnit
	until  int // the range open now ends with this word
}

// A conlluUnit is a stretch of text without a blank: a word, or a range of words.
type conlluUnit struct {
	form     string
	last     int  // its last word, from 1
	touching bool // SpaceAfter=No
}

func (r *conlluReading) word(line string, number int) error {
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return fmt.Errorf("the line has %d columns; CoNLL-U has 10, separated by tabs", len(f))
	}
	if f[1] == "" {
		return fmt.Errorf("word %q has no form in the second column", f[0])
	}
	touching := strings.Contains(f[9], "SpaceAfter=No")
	if first, last, ok := strings.Cut(f[0], "-"); ok {
		from, err1 := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err1 != nil || err2 != nil || from != len(r.tokens)+1 || to < from || from <= r.until {
			return fmt.Errorf("%q is no range of words here, where word %d is due", f[0], len(r.tokens)+1)
		}
		r.units = append(r.units, conlluUnit{f[1], to, touching})
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
	lemma := f[2]
	if f[1] != "_" {
		lemma = blank(lemma)
	}
	r.tokens = append(r.tokens, dyad.Token{Text: f[1], Lemma: lemma, UPOS: blank(f[3]), XPOS: blank(f[4]), Feats: blank(f[5]), Head: head - 1, Rel: blank(f[7])})
	r.lines = append(r.lines, number)
	if id > r.until {
		r.units = append(r.units, conlluUnit{f[1], id, touching})
	}
	return nil
}

// blank reads a column in which "_" stands for nothing.
func blank(s string) string {
	if s == "_" {
		return ""
	}
	return s
}

// check refuses ranges without words, heads that are not there and words that
// govern each other. Its errors begin with the line.
func (r *conlluReading) check() error {
	n := len(r.tokens)
	if r.until > n {
		return fmt.Errorf("%d: the sentence ends at word %d, within a range up to %d", r.lines[n-1], n, r.until)
	}
	rooted := make([]int, n) // the walk on which a token was seen first, from 1
	for i := range r.tokens {
		if h := r.tokens[i].Head; h >= n {
			return fmt.Errorf("%d: word %d hangs on word %d, but the sentence has %d", r.lines[i], i+1, h+1, n)
		}
	}
	for i := range r.tokens {
		for j := i; j >= 0 && rooted[j] == 0; j = r.tokens[j].Head {
			rooted[j] = i + 1
			if h := r.tokens[j].Head; h >= 0 && rooted[h] == i+1 {
				return fmt.Errorf("%d: word %d and those above it govern each other in a circle", r.lines[j], j+1)
			}
		}
	}
	return nil
}

// sentence lays the words over the text from offset at on.
func (r *conlluReading) sentence(index, at int) dyad.Sentence {
	if !r.lay(at) {
		r.text = r.composed()
		r.lay(at)
	}
	return dyad.Sentence{Span: dyad.Span{Start: at, End: at + len(r.text)}, Index: index, Text: r.text, Tokens: r.tokens}
}

// composed makes the text from the words.
func (r *conlluReading) composed() string {
	var b strings.Builder
	for i, u := range r.units {
		b.WriteString(u.form)
		if !u.touching && i+1 < len(r.units) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// lay gives the words their spans, and reports whether the text has these words
// and no others.
func (r *conlluReading) lay(at int) bool {
	offset, word := 0, 0
	for _, u := range r.units {
		for offset < len(r.text) && !strings.HasPrefix(r.text[offset:], u.form) {
			c, size := classAt(r.text, offset)
			if c != classBlank && c != classNewline {
				return false
			}
			offset += size
		}
		if offset == len(r.text) {
			return false
		}
		end := offset + len(u.form)
		r.layUnit(r.tokens[word:u.last], u.form, at+offset)
		offset, word = end, u.last
	}
	return strings.TrimSpace(r.text[offset:]) == ""
}

// layUnit gives the words of a range their spans: "do" begins "don't" and "n't"
// ends it. Words that do not make up the form share its span.
func (r *conlluReading) layUnit(words []dyad.Token, form string, at int) {
	rest := form
	for i := range words {
		var ok bool
		if rest, ok = strings.CutPrefix(rest, words[i].Text); !ok {
			break
		}
		end := at + len(form) - len(rest)
		words[i].Span = dyad.Span{Start: end - len(words[i].Text), End: end}
		if i == len(words)-1 && rest == "" {
			return
		}
	}
	for i := range words {
		words[i].Span = dyad.Span{Start: at, End: at + len(form)}
	}
}
