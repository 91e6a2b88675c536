package codebook

import (
	"strings"
	"unicode/utf8"
)

const (
	valueColumn    = 9  // where the value of a field starts at the earliest, after its two blanks
	expectedColumn = 60 // where what comes out of an example starts at the earliest
	lineWidth      = 100
)

// listFields have lists as values, which may go on in a field of the same name.
var listFields = map[string]bool{
	"name": true, "adj": true, "people": true, "capital": true, "seat": true, "former": true, "borders": true,
	"members": true, "words": true, "unless": true, "parties": true, "place": true, "context": true,
	"person": true, "body": true, "office": true,
}

// Format gives the canonical form of a file: fields and columns aligned, lists
// that are too long in several lines, one empty line between blocks. Comments
// stay. A file whose form cannot be read comes back as it was, with its faults as
// the error.
func Format(name, text string) (string, error) {
	s := &source{name: name, text: text}
	for range s.blocks() { // finds the faults of form
	}
	if len(s.faults) > 0 {
		b := &builder{sources: []*source{s}, faults: s.faults}
		b.nameLines()
		return text, Faults(b.faults)
	}
	f := formatter{kind: kindOf(name), width: valueColumn}
	lines := s.lines()
	for i := range lines {
		if l := &lines[i]; l.indent == 2 && f.kind != fileRules && len(l.columns) > 1 {
			f.width = max(f.width, 2+utf8.RuneCountInString(l.columns[0].text))
		}
	}
	for i := range lines {
		f.line(lines, i)
	}
	return f.out.String(), nil
}

// A formatter writes a file again, line by line.
type formatter struct {
	out    strings.Builder
	kind   fileKind
	width  int  // of the names of fields, with the blanks after them
	empty  bool // an empty line is due
	begun  bool
	inside bool // the last line belonged to a block's fields
}

func (f *formatter) line(lines []line, i int) {
	l := &lines[i]
	switch {
	case len(l.columns) > 0:
		f.columns(l)
	case l.comment != "":
		indent := indentOfNext(lines[i+1:])
		if indent == 0 && f.inside {
			f.empty = true
		}
		f.inside = indent > 0
		f.write(strings.Repeat(" ", indent) + l.comment)
	default:
		f.empty = true
	}
}

// indentOfNext gives the indent of the line that a comment stands above.
func indentOfNext(lines []line) int {
	for i := range lines {
		switch {
		case len(lines[i].columns) > 0:
			return lines[i].indent
		case lines[i].comment == "":
			return 0
		}
	}
	return 0
}

func (f *formatter) columns(l *line) {
	if l.indent == 0 && f.inside {
		f.empty = true
	}
	f.inside = l.indent > 0
	columns := l.columns
	if columns[0].text == "eg" {
		columns = cutExample(columns)
	}
	texts := make([]string, len(columns))
	for i := range columns {
		texts[i] = columns[i].text
	}
	lead := strings.Repeat(" ", l.indent)
	switch {
	case l.indent == 0:
		if f.kind == fileRules && len(texts) > 1 {
			texts[1] = tidyList(texts[1])
		}
		f.write(withComment(strings.Join(texts, "  "), l.comment))
	case texts[0] == "eg" && len(texts) == 3:
		f.write(withComment(pad(lead+"eg  "+texts[1], expectedColumn-2)+"  "+texts[2], l.comment))
	case f.kind == fileRules || len(texts) == 1:
		f.write(withComment(lead+strings.Join(texts, "  "), l.comment))
	case listFields[texts[0]] && len(texts) == 2:
		f.list(pad(lead+texts[0]+"  ", l.indent+f.width), texts[1], l.comment)
	default:
		f.write(withComment(pad(lead+texts[0]+"  ", l.indent+f.width)+strings.Join(texts[1:], "  "), l.comment))
	}
}

// list writes a field with a list as value, in as many lines as it needs.
func (f *formatter) list(lead, value, comment string) {
	row := ""
	for item := range strings.SplitSeq(value, ",") {
		item = strings.Join(strings.Fields(item), " ")
		switch {
		case item == "":
			continue
		case row == "":
			row = item
			continue
		}
		longer := row + ", " + item
		if utf8.RuneCountInString(lead)+utf8.RuneCountInString(longer) > lineWidth {
			f.write(withComment(lead+row, comment))
			row, comment = item, ""
			continue
		}
		row = longer
	}
	f.write(withComment(lead+row, comment))
}

func tidyList(list string) string {
	items := strings.Split(list, ",") // an empty item stays, since it is a fault to be seen
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return strings.Join(items, ", ")
}

func withComment(text, comment string) string {
	if comment == "" {
		return text
	}
	return text + "  " + comment
}

func pad(s string, width int) string {
	if n := width - utf8.RuneCountInString(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}

func (f *formatter) write(text string) {
	text = strings.TrimRight(text, " ")
	if f.empty && f.begun {
		f.out.WriteByte('\n')
	}
	f.empty, f.begun = false, true
	f.out.WriteString(text)
	f.out.WriteByte('\n')
}
