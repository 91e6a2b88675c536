package cases

import "strings"

// Update gives the text of the file with each answer that is wrong replaced by
// what came out, and "todo" taken from cases that pass. Cases still marked todo
// stay as they are, and so do comments and what is right.
func (f *File) Update(run Runner) string {
	drop := map[int]bool{}
	insert := map[int][]string{}
	for i := range f.Cases {
		c := &f.Cases[i]
		records := run(c.Sentence, c.Date)
		ok, _ := c.judge(records)
		if ok != c.Todo {
			continue // right, or known to be wrong
		}
		answers := c.got(records)
		if ok {
			answers = c.expected()
		}
		for _, line := range c.answers {
			drop[line] = true
		}
		insert[c.Line] = answers
	}
	var out []string
	for i, line := range f.lines {
		if !drop[i+1] {
			out = append(out, line)
		}
		for _, answer := range insert[i+1] {
			out = append(out, "  "+answer)
		}
	}
	return strings.Join(out, "\n")
}
