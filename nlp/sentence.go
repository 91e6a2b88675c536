package nlp

import (
	"strings"

	"github.com/opendyad/dyad"
)

// sentenceLimit is the most tokens that one sentence may have: what is longer is a
// table or a broken file, and a parser's work grows with the square.
const sentenceLimit = 400

// closersLimit bounds how many quotes and brackets may close a sentence.
const closersLimit = 16

// Split cuts running English text into sentences and tokens, in the conventions of
// the Universal Dependencies English Web Treebank. Spans are byte offsets into
// text; every byte that is not blank belongs to one token. A blank line always ends
// a sentence.
func Split(text string) []dyad.Sentence {
	return splitWith(text, boundaries(), nil)
}

// splitWith splits with the given weights; in a lesson the treebank's sentences are
// cut and the places between them learnt.
func splitWith(text string, model *boundaryModel, l *lesson) []dyad.Sentence {
	var notes []note
	found := featureSet{lesson: l}
	t := tokenizer{text: text}
	var sentences []dyad.Sentence
	for i := 0; i < len(text); {
		i = t.paragraph(i)
		if len(t.pieces) == 0 {
			continue
		}
		p := paragraphSplitter{text: text, pieces: t.pieces, sentences: sentences, model: model, lesson: l, notes: notes, found: found}
		p.split()
		sentences, notes, found = p.sentences, p.notes, p.found
	}
	return sentences
}

// A paragraphSplitter groups the pieces of one paragraph into sentences.
type paragraphSplitter struct {
	text      string
	pieces    []piece
	sentences []dyad.Sentence
	first     int        // first piece of the sentence under way
	quotes    int        // straight double quotes seen in the paragraph
	width     int        // of the paragraph's longest line
	notes     []note     // what the model sees of the pieces
	found     featureSet // room for a place's features
	style     style
	loose     looseness
	before    int // first piece of the sentence before
	model     *boundaryModel
	lesson    *lesson // nil but in training
}

// A looseness says whether the paragraph's last sentence ended without a stop.
type looseness uint8

const (
	looseNone looseness = iota // it is the paragraph's first
	looseNo
	looseYes
)

func (p *paragraphSplitter) split() {
	p.width = p.longestLine()
	p.describe()
	dateline := p.dateline()
	p.cut(dateline)
	closed := 0 // where the quotes and brackets end that close a sentence
	for i := dateline; i+1 < len(p.pieces); i++ {
		if p.isStraight(i) {
			p.quotes++
		}
		if i+1 < closed {
			continue
		}
		ends := closed == i+1 && closed > 0 || p.pieces[i+1].gap == gapNewline && p.lineEnds(i) || p.letterEnds(i)
		if !ends && p.stops(i) {
			end := p.closers(i + 1)
			ends = p.begins(i, end)
			if ends && end > i+1 {
				closed = end
				continue
			}
		}
		if p.ends(i, ends) {
			p.before = p.first
			p.loose = looseNo
			if p.pieces[i].class != classStop {
				p.loose = looseYes
			}
			p.cut(i + 1)
		}
	}
	p.cut(len(p.pieces))
}

func (p *paragraphSplitter) isStraight(i int) bool {
	return p.text[p.pieces[i].start] == '"'
}

func (p *paragraphSplitter) word(i int) string {
	return p.text[p.pieces[i].start:p.pieces[i].end]
}

// stops reports whether a sentence may end with piece i.
func (p *paragraphSplitter) stops(i int) bool {
	q := p.pieces[i]
	return q.class == classStop || q.abbreviation || q.class == classSmiley || q.class == classSymbol && q.end-q.start > 4
}

// closers gives the end of the quotes and brackets from i on that close what the
// sentence opened: the ” in “We shall see.”
func (p *paragraphSplitter) closers(i int) int {
	straight := p.quotes
	for last := min(i+closersLimit, len(p.pieces)); i < last; {
		q := p.pieces[i]
		switch {
		case q.class == classClose, q.class == classSmiley:
		case q.class == classQuote && q.gap == gapNone:
		case q.gap == gapNone && p.text[q.start] == '*': // a note: "were freed.* In May"
		case q.class == classQuote && q.gap == gapSpace && p.isStraight(i) && straight%2 == 1 && (i+1 == len(p.pieces) || p.pieces[i+1].gap != gapNone):
		default:
			return i
		}
		if p.isStraight(i) {
			straight++
		}
		i++
	}
	return i
}

// cut ends the sentence under way before piece end.
func (p *paragraphSplitter) cut(end int) {
	for p.first < end {
		stop := end
		if stop-p.first > sentenceLimit {
			stop = p.limit()
		}
		p.emit(p.first, stop)
		p.first = stop
	}
}

// limit gives where to cut a sentence that is too long: after a comma or the like
// if there is one near the limit, else at the limit.
func (p *paragraphSplitter) limit() int {
	last := p.first + sentenceLimit
	for i := last; i > last-sentenceLimit/2; i-- {
		if strings.Contains(",;:|", p.word(i-1)) {
			return i
		}
	}
	return last
}

func (p *paragraphSplitter) emit(first, end int) {
	span := dyad.Span{Start: p.pieces[first].start, End: p.pieces[end-1].end}
	s := dyad.Sentence{Span: span, Index: len(p.sentences), Text: p.text[span.Start:span.End]}
	s.Tokens = make([]dyad.Token, end-first)
	for i := range s.Tokens {
		q := p.pieces[first+i]
		s.Tokens[i] = dyad.Token{Span: dyad.Span{Start: q.start, End: q.end}, Text: p.text[q.start:q.end], Head: -1}
	}
	p.sentences = append(p.sentences, s)
}
