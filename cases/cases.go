// Package cases reads, runs and rewrites plain-text cases: a sentence at the
// margin and, indented below it, the events that should come out of it.
//
//	# The agent of a passive verb is the source.
//	Aldoria was attacked by Brennia on Tuesday.
//	  BRE ASSAULT ALD
//
// "none" says that no event should come out, "refused" that the sentence should be
// left out on purpose. A case marked "todo" is known to fail; when it passes,
// running it fails until the mark is gone. A line "date 2024-05-15" sets the
// publication date of the cases after it. Two or more blanks end what is expected;
// the rest of the line is a note. How an event is written, and what of it is
// compared, package codebook says (ParseExpected, Matches).
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

	lines []string
}

// A Case is a sentence, or a few, and what should come out.
type Case struct {
	Line     int // of the sentence, from 1
	Sentence string
	Date     dyad.Date
	Expected []codebook.ExpectedEvent
	Refused  bool
	Todo     bool

	answers []int // the lines of what is expected, from 1
}

// A Runner codes one sentence as published on a date.
type Runner func(sentence string, date dyad.Date) []dyad.Record

// A Result counts how cases went.
type Result struct {
	Passed, Todo int
	Failures     []Failure
}

// A Failure is a case that did not go as it should.
type Failure struct {
	File     string
	Line     int
	Sentence string
	Why      string
	Expected []string
	Got      []string
}

// String gives the failure with its place, what was expected and what came out.
func (f Failure) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d: %s\n  %s", f.File, f.Line, f.Why, f.Sentence)
	for i, list := range [][]string{f.Expected, f.Got} {
		label := [...]string{"expected", "got     "}[i]
		for _, line := range list {
			fmt.Fprintf(&b, "\n    %s  %s", label, line)
			label = "        "
		}
	}
	return b.String()
}

// DefaultDate is the publication date of cases that set none: a Wednesday.
var DefaultDate = dyad.Date{Year: 2024, Month: 5, Day: 15}

// Run runs the cases of several files.
func Run(files []*File, run Runner) Result {
	var total Result
	for _, f := range files {
		r := f.Run(run)
		total.Passed += r.Passed
		total.Todo += r.Todo
		total.Failures = append(total.Failures, r.Failures...)
	}
	return total
}

// Run runs the cases of a file.
func (f *File) Run(run Runner) Result {
	var r Result
	for i := range f.Cases {
		c := &f.Cases[i]
		records := run(c.Sentence, c.Date)
		ok, why := c.judge(records)
		switch {
		case ok && !c.Todo:
			r.Passed++
		case !ok && c.Todo:
			r.Todo++
		case ok:
			r.Failures = append(r.Failures, Failure{File: f.Name, Line: c.Line, Sentence: c.Sentence,
				Why: "this case passes now; take its “todo” away"})
		default:
			r.Failures = append(r.Failures, Failure{File: f.Name, Line: c.Line, Sentence: c.Sentence,
				Why: why, Expected: c.expected(), Got: c.got(records)})
		}
	}
	return r
}

// judge compares what came out with what should.
func (c *Case) judge(records []dyad.Record) (ok bool, why string) {
	refused := codebook.Refused(records)
	switch {
	case c.Refused && !refused:
		return false, "the sentence was kept"
	case refused && !c.Refused:
		return false, "the sentence was refused"
	}
	return codebook.Matches(c.Expected, records)
}

// expected gives the answers of the case as they are written.
func (c *Case) expected() []string {
	switch {
	case c.Refused:
		return []string{"refused"}
	case len(c.Expected) == 0:
		return []string{"none"}
	}
	out := make([]string, len(c.Expected))
	for i := range c.Expected {
		out[i] = c.Expected[i].String()
	}
	return out
}

// got gives what came out as the answers that it would be.
func (c *Case) got(records []dyad.Record) []string {
	if codebook.Refused(records) {
		return []string{"refused"}
	}
	return codebook.WriteExpected(c.Expected, records)
}
