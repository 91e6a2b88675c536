package codebook

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A column is a piece of a line between runs of two or more blanks, and where
// it starts.
type column struct {
	text string
	at   Position
}

// A line is one line of a file, taken apart. Comment lines and empty lines stay,
// so that a file can be written again as it was.
type line struct {
	number  int
	raw     string
	indent  int      // blanks before the first column; 0 for a comment or an empty line
	columns []column // nil for a comment or an empty line
	comment string   // from the "#" on, or ""
}

// A block is a line at the margin with its fields.
type block struct {
	head   []column
	at     Position
	fields []field
}

// A field is a line indented by two blanks with the lines that belong to it.
type field struct {
	columns []column
	subs    [][]column
}

// key is the first column: "name", "is", or a whole pattern.
func (f *field) key() string { return f.columns[0].text }

// A source is one file, read block by block.
type source struct {
	name   string
	text   string
	faults []Fault

	columns  []column  // of the present block, in order
	listed   []column  // of the present list
	tokens   []column  // of the present pattern
	elements []Element // of the present pattern
	apart    []line    // all lines, once they are asked for
}

// maxLine bounds a line, so that a file that is no text is refused early.
const maxLine = 8000

// eachLine gives the lines of a text with their numbers.
func eachLine(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for number := 1; len(text) > 0; number++ {
			raw, rest, _ := strings.Cut(text, "\n")
			text = rest
			if !yield(number, strings.TrimSuffix(raw, "\r")) {
				return
			}
		}
	}
}

// blocks gives the blocks one by one; it finds every fault of form and goes on. A
// block holds until the next one is asked for: thousands of them would fill more
// memory than what is made of them.
func (s *source) blocks() iter.Seq[*block] {
	return func(yield func(*block) bool) {
		var b block
		for number, raw := range eachLine(s.text) {
			l := line{number: number, raw: raw}
			s.readColumns(&l, Position{File: s.name, Line: number, Column: 1})
			if l.columns == nil {
				continue
			}
			if l.indent > 0 {
				s.place(&l, &b)
				continue
			}
			if b.head != nil && !yield(&b) {
				return
			}
			s.columns = append(s.columns[:0], l.columns...)
			b = block{head: s.columns[:len(s.columns):len(s.columns)], at: l.columns[0].at, fields: b.fields[:0]}
		}
		if b.head != nil {
			yield(&b)
		}
	}
}

// count gives about how many blocks there are: those that stand at the margin.
func (s *source) count() int {
	n := 0
	for _, raw := range eachLine(s.text) {
		if raw != "" && raw[0] > ' ' && raw[0] != '#' {
			n++
		}
	}
	return n
}

// lines takes all lines apart, comments and empty ones too, for a file that is
// written again or searched. What is wrong with them blocks tells.
func (s *source) lines() []line {
	if s.apart == nil {
		reader := source{name: s.name}
		s.apart = make([]line, 0, 1+strings.Count(s.text, "\n"))
		for number, raw := range eachLine(s.text) {
			l := line{number: number, raw: raw}
			reader.readColumns(&l, Position{File: s.name, Line: number, Column: 1})
			s.apart = append(s.apart, l)
		}
	}
	return s.apart
}

// readColumns takes a line apart, unless it is no text.
func (s *source) readColumns(l *line, at Position) {
	raw := l.raw
	if len(raw) > maxLine {
		s.fault(at, "this line is longer than 8000 bytes; repeat the field on a line of its own")
		return
	}
	plain := isPlain(raw)
	if i := invalidByte(raw); !plain && i >= 0 {
		at.Column = i + 1
		s.fault(at, "this byte is not UTF-8; save the file as UTF-8")
		return
	}
	body := raw
	if i := commentStart(raw); i >= 0 {
		body, l.comment = raw[:i], strings.TrimRight(raw[i:], " \t\r")
	}
	if !plain && !s.visible(body, at) {
		return
	}
	body = strings.TrimRight(body, " \t")
	if body == "" {
		return
	}
	l.indent = len(body) - len(strings.TrimLeft(body, " \t"))
	l.columns = s.splitColumns(body, at)
}

// isPlain says whether a line is made of blanks and visible ASCII only.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// visible faults tabs, and what nobody sees; false where the line cannot be used.
func (s *source) visible(body string, at Position) bool {
	if i := strings.IndexByte(body, '\t'); i >= 0 {
		at.Column = i + 1
		s.fault(at, "a tab stands here; blanks make the columns, so write two or more of them")
	}
	if i := strings.IndexFunc(body, invisible); i >= 0 {
		at.Column = i + 1
		r, _ := utf8.DecodeRuneInString(body[i:])
		s.fault(at, fmt.Sprintf("a character that nobody sees stands here (%U); write a blank or take it away", r))
		return false
	}
	return true
}

// place puts an indented line into the block, or the field, that it belongs to.
func (s *source) place(l *line, b *block) {
	at := l.columns[0].at
	switch l.indent {
	case 2:
		if b.head == nil {
			s.fault(at, "this field stands before any block; a line at the margin must name the block first")
			return
		}
		b.add(l.columns)
	case 4:
		if len(b.fields) == 0 {
			s.fault(at, "this line belongs to no field; indent a field by two blanks, and what belongs to it by four")
			return
		}
		f := &b.fields[len(b.fields)-1]
		f.subs = append(f.subs, l.columns)
	default:
		s.fault(at, "a line is indented by two blanks (a field) or by four (what belongs to a field)")
	}
}

// add opens a field, in the memory of one of an earlier block where there is one.
func (b *block) add(columns []column) {
	n := len(b.fields)
	if n == cap(b.fields) {
		b.fields = append(b.fields, field{})
	}
	b.fields = b.fields[:n+1]
	b.fields[n] = field{columns: columns, subs: b.fields[n].subs[:0]}
}

func (s *source) fault(at Position, sentence string) {
	s.faults = append(s.faults, Fault{At: at, Sentence: sentence})
}

// suggest is fault with a word that was probably meant.
func (s *source) suggest(at Position, sentence, suggestion string) {
	s.faults = append(s.faults, Fault{At: at, Sentence: sentence, Suggestion: suggestion})
}

// splitColumns cuts a line at every run of two or more blanks, and at tabs, which
// are a fault but leave no doubt. All columns of a block lie in one row.
func (s *source) splitColumns(body string, at Position) []column {
	first := len(s.columns)
	i := 0
	for i < len(body) {
		if body[i] == ' ' || body[i] == '\t' {
			i++
			continue
		}
		end := columnEnd(body, i)
		at.Column = i + 1
		s.columns = append(s.columns, column{text: body[i:end], at: at})
		i = end
	}
	return s.columns[first:len(s.columns):len(s.columns)]
}

// columnEnd finds the two blanks, or the tab, that end the column.
func columnEnd(body string, start int) int {
	for i := start; i < len(body); i++ {
		if body[i] == '\t' || body[i] == ' ' && i+1 < len(body) && (body[i+1] == ' ' || body[i+1] == '\t') {
			return i
		}
	}
	return len(body)
}

// commentStart finds the "#" that opens a comment: at the margin, or after a blank
// or a comma, so that "C#" is no comment.
func commentStart(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && (i == 0 || s[i-1] == ' ' || s[i-1] == '\t' || s[i-1] == ',') {
			return i
		}
	}
	return -1
}

// invisible finds what looks like a blank or like nothing, and is not one: a
// no-break space, a byte order mark, a control character.
func invisible(r rune) bool {
	return r != ' ' && r != '\t' && (unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r))
}

func invalidByte(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return -1
}

// items cuts a column at its commas. An empty item is a fault. The items hold
// until the next list is cut.
func (s *source) items(c column) []column {
	out := s.listed[:0]
	start := 0
	for i := 0; i <= len(c.text); i++ {
		if i < len(c.text) && c.text[i] != ',' {
			continue
		}
		item := c.text[start:i]
		trimmed := strings.TrimLeft(item, " ")
		at := c.at
		at.Column += start + len(item) - len(trimmed)
		trimmed = strings.TrimRight(trimmed, " ")
		if trimmed == "" {
			s.fault(at, "an item of this list is empty; take the comma away")
		} else {
			out = append(out, column{text: trimmed, at: at})
		}
		start = i + 1
	}
	s.listed = out
	return out
}

// texts adds the items of a list.
func (s *source) texts(list []string, c column) []string {
	items := s.items(c)
	list = slices.Grow(list, len(items))
	for _, item := range items {
		list = append(list, item.text)
	}
	return list
}

// phrases reads a list of phrases: "peace talks, cease fire".
func (s *source) phrases(c column) []Phrase {
	items := s.items(c)
	out := make([]Phrase, len(items))
	for i, item := range items {
		out[i] = strings.Fields(item.text)
	}
	return out
}
