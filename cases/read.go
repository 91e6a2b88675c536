package cases

import (
	"errors"
	"fmt"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// Parse reads a case file. The error tells of every fault with its file and line;
// the cases that could be read come along with it.
func Parse(name, text string) (*File, error) {
	r := reader{file: &File{Name: name, lines: strings.Split(text, "\n")}, date: DefaultDate}
	for i, raw := range r.file.lines {
		r.line(i+1, raw)
	}
	r.finish()
	return r.file, errors.Join(r.faults...)
}

type reader struct {
	file   *File
	date   dyad.Date
	open   bool // the last case may still get answers
	faults []error
}

func (r *reader) fault(line int, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s:%d: %w", r.file.Name, line, fmt.Errorf(format, args...)))
}

func (r *reader) line(number int, raw string) {
	body := strings.TrimSpace(raw)
	switch {
	case body == "" || body[0] == '#':
	case raw[0] == ' ' || raw[0] == '\t':
		if !r.open {
			r.fault(number, "what is expected stands here without a sentence above it; a sentence stands at the margin")
			return
		}
		r.answer(number, body)
	default:
		r.finish()
		if value, ok := strings.CutPrefix(body, "date "); ok && !strings.ContainsAny(strings.TrimSpace(value), " .") {
			r.setDate(number, strings.TrimSpace(value))
			return
		}
		r.file.Cases = append(r.file.Cases, Case{Line: number, Sentence: body, Date: r.date})
		r.open = true
	}
}

func (r *reader) setDate(number int, value string) {
	d, err := dyad.ParseDate(value)
	if err != nil || d.Day == 0 {
		r.fault(number, "%q is no day; write \"date 2024-05-15\"", value)
		return
	}
	r.date = d
}

// finish asks that the last case said what should come out.
func (r *reader) finish() {
	if !r.open {
		return
	}
	r.open = false
	if c := &r.file.Cases[len(r.file.Cases)-1]; len(c.answers) == 0 {
		r.fault(c.Line, "nothing says what should come out of this sentence; write the events below it, indented by two blanks, or \"none\"")
	}
}

// answer reads one line of what is expected: "todo BRE GOV ACCUSE ALD  a note".
func (r *reader) answer(number int, body string) {
	c := &r.file.Cases[len(r.file.Cases)-1]
	c.answers = append(c.answers, number)
	body, _ = cutNote(body)
	if rest, ok := strings.CutPrefix(body, "todo "); ok {
		c.Todo, body = true, strings.TrimSpace(rest)
	}
	if body == "refused" {
		c.Refused = true
		return
	}
	events, err := codebook.ParseExpected(body)
	if err != nil {
		r.fault(number, "%w", err)
		return
	}
	if len(events) == 0 && len(c.answers) > 1 {
		r.fault(number, "\"none\" stands beside another answer; leave one of them")
	}
	c.Expected = append(c.Expected, events...)
}

// cutNote parts an answer from the note after two or more blanks.
func cutNote(body string) (answer, note string) {
	if i := strings.Index(body, "  "); i >= 0 {
		return body[:i], strings.TrimLeft(body[i:], " ")
	}
	return body, ""
}
