package codebook

import (
	"fmt"
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

// A source is one file read into lines and blocks.
type source struct {
	name   string
	lines  []line
	blocks []block
	faults []Fault

	columns []column // of all lines, in order
}

// maxLine bounds a line, so that a file that is no text is refused early.
const maxLine = 8000

// readSource takes a file apart. It finds every fault of form and goes on.
func readSource(name, text string) *source {
	n := 1 + strings.Count(text, "\n")
	s := &source{name: name, lines: make([]line, 0, n), columns: make([]column, 0, 2*n)}
	number := 0
	for len(text) > 0 {
		raw, rest, _ := strings.Cut(text, "\n")
		text = rest
		number++
		s.readLine(number, strings.TrimSuffix(raw, "\r"))
	}
	return s
}

func (s *source) readLine(number int, raw string) {
	l := line{number: number, raw: raw}
	s.readColumns(&l, Position{File: s.name, Line: number, Column: 1})
	if l.columns != nil {
		s.place(&l)
	}
	s.lines = append(s.lines, l)
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

// place puts a line into the block or field that it belongs to.
func (s *source) place(l *line) {
	at := l.columns[0].at
	last := len(s.blocks) - 1
	switch l.indent {
	case 0:
		s.blocks = append(s.blocks, block{head: l.columns, at: at})
	case 2:
		if last < 0 {
			s.fault(at, "this field stands before any block; a line at the margin must name the block first")
			return
		}
		b := &s.blocks[last]
		if b.fields == nil {
			b.fields = make([]field, 0, 6)
		}
		b.fields = append(b.fields, field{columns: l.columns})
	case 4:
		if last < 0 || len(s.blocks[last].fields) == 0 {
			s.fault(at, "this line belongs to no field; indent a field by two blanks, and what belongs to it by four")
			return
		}
		f := &s.blocks[last].fields[len(s.blocks[last].fields)-1]
		f.subs = append(f.subs, l.columns)
	default:
		s.fault(at, "a line is indented by two blanks (a field) or by four (what belongs to a field)")
	}
}

func (s *source) fault(at Position, sentence string) {
	s.faults = append(s.faults, Fault{At: at, Sentence: sentence})
}

// suggest is fault with a word that was probably meant.
func (s *source) suggest(at Position, sentence, suggestion string) {
	s.faults = append(s.faults, Fault{At: at, Sentence: sentence, Suggestion: suggestion})
}

// splitColumns cuts a line at every run of two or more blanks, and at tabs, which
// are a fault but leave no doubt. All columns of a file lie in one row.
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

// items cuts a column at its commas. An empty item is a fault.
func (s *source) items(c column) []column {
	out := make([]column, 0, 1+strings.Count(c.text, ","))
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
	return out
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
