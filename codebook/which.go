package codebook

import (
	"io/fs"
	"strings"
)

// A Line is a line of the codebook that mentions a word.
type Line struct {
	At    Position
	Text  string // the line as it stands in the file, without the blanks around it
	Block string // the line that names the block it belongs to
}

// Which gives every line that mentions a word or phrase, in upper or lower case.
// Comments do not count.
func Which(fsys fs.FS, word string) ([]Line, error) {
	word = strings.ToLower(strings.Join(strings.Fields(word), " "))
	names, err := textFiles(fsys, func(string) bool { return true })
	if err != nil || word == "" {
		return nil, err
	}
	var out []Line
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		s := readSource(name, string(data))
		head := ""
		for i := range s.lines {
			l := &s.lines[i]
			if len(l.columns) == 0 {
				continue
			}
			body := strings.TrimSpace(strings.TrimSuffix(strings.TrimRight(l.raw, " \t\r"), l.comment))
			if l.indent == 0 {
				head = body
			}
			if j := wordIndex(strings.ToLower(l.raw[:len(l.raw)-len(l.comment)]), word); j >= 0 {
				out = append(out, Line{At: Position{File: name, Line: l.number, Column: j + 1}, Text: body, Block: head})
			}
		}
	}
	return out, nil
}
