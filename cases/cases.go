// Package cases reads and runs plain-text cases: a sentence at the margin and,
// indented below it, the events that should come out of it.
//
//	# The agent of a passive verb is the source.
//	Aldoria was attacked by Brennia on Tuesday.
//	  BRE ASSAULT ALD
//
// "none" says that nothing should. A case marked "todo" is known to fail; when it
// passes, running it fails until the mark is gone. A line "date 2024-05-15" sets
// the publication date of the cases after it.
package cases

import (
	"fmt"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// A File is the cases of one file.
type File struct {
	Name  string
	Cases []Case
}

// A Case is a sentence and what should come out.
type Case struct {
	Line     int
	Sentence string
	Date     dyad.Date
	Expected []codebook.ExpectedEvent
	Todo     bool
}

// A Runner codes one sentence as published on a date.
type Runner func(sentence string, date dyad.Date) []dyad.Record

// A Result counts how cases went; each failure is a sentence with its place.
type Result struct {
	Passed, Todo int
	Failures     []string
}

// Add adds the counts of another result.
func (r *Result) Add(other Result) {
	r.Passed += other.Passed
	r.Todo += other.Todo
	r.Failures = append(r.Failures, other.Failures...)
}

// DefaultDate is the publication date of cases that set none: a Wednesday.
var DefaultDate = dyad.Date{Year: 2024, Month: 5, Day: 15}

// Parse reads a case file. Errors name the file and line.
func Parse(name, text string) (*File, error) {
	f := &File{Name: name}
	date := DefaultDate
	var current *Case
	answered := false
	finish := func(line int) error {
		if current != nil && !answered {
			return fmt.Errorf("%s:%d: the sentence says not what should come out; write the events below it, indented, or none", name, current.Line)
		}
		current = nil
		return nil
	}
	for i, raw := range strings.Split(text, "\n") {
		line := i + 1
		body := strings.TrimSpace(raw)
		switch {
		case body == "" || strings.HasPrefix(body, "#"):
		case raw[0] != ' ' && raw[0] != '\t':
			if err := finish(line); err != nil {
				return nil, err
			}
			if value, ok := strings.CutPrefix(body, "date "); ok && len(value) == 10 {
				d, err := dyad.ParseDate(value)
				if err != nil {
					return nil, fmt.Errorf("%s:%d: %w", name, line, err)
				}
				date = d
				continue
			}
			f.Cases = append(f.Cases, Case{Line: line, Sentence: body, Date: date})
			current, answered = &f.Cases[len(f.Cases)-1], false
		case current == nil:
			return nil, fmt.Errorf("%s:%d: an expected event without a sentence above it", name, line)
		default:
			answered = true
			if rest, ok := strings.CutPrefix(body, "todo "); ok {
				current.Todo, body = true, rest
			}
			events, err := codebook.ParseExpected(body)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, line, err)
			}
			current.Expected = append(current.Expected, events...)
		}
	}
	return f, finish(0)
}

// Run runs the cases of a file.
func (f *File) Run(run Runner) Result {
	var r Result
	for i := range f.Cases {
		c := &f.Cases[i]
		ok, why := codebook.Matches(c.Expected, run(c.Sentence, c.Date))
		place := fmt.Sprintf("%s:%d", f.Name, c.Line)
		switch {
		case ok && c.Todo:
			r.Failures = append(r.Failures, fmt.Sprintf("%s: this case passes now; take its “todo” away\n  %s", place, c.Sentence))
		case ok:
			r.Passed++
		case c.Todo:
			r.Todo++
		default:
			r.Failures = append(r.Failures, fmt.Sprintf("%s: %s\n  %s", place, why, c.Sentence))
		}
	}
	return r
}
