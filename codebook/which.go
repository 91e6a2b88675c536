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

// Which gives every line that mentions one of the words or phrases ("condemned",
// "condemn"), in upper or lower case. Comments do not count.
func Which(fsys fs.FS, words ...string) ([]Line, error) {
	var wanted []string
	for _, w := range words {
		if w = strings.ToLower(strings.Join(strings.Fields(w), " ")); w != "" {
			wanted = append(wanted, w)
		}
	}
	names, err := textFiles(fsys, func(string) bool { return true })
	if err != nil {
		return nil, err
	}
	var out []Line
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		lines := (&source{name: name, text: string(data)}).lines()
		head := ""
		for i := range lines {
			l := &lines[i]
			if len(l.columns) == 0 {
				continue
			}
			body := strings.TrimSpace(strings.TrimSuffix(strings.TrimRight(l.raw, " \t\r"), l.comment))
			if l.indent == 0 {
				head = body
			}
			lower := strings.ToLower(l.raw[:len(l.raw)-len(l.comment)])
			for _, w := range wanted {
				if j := wordIndex(lower, w); j >= 0 {
					out = append(out, Line{At: Position{File: name, Line: l.number, Column: j + 1}, Text: body, Block: head})
					break
				}
			}
		}
	}
	return out, nil
}
