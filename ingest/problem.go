package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/opendyad/dyad"
)

// maxKept bounds how much of what could not be read is kept with a Problem.
const maxKept = 64 << 10

// A Problem is why a story could not be read, with what it was to be read from.
type Problem struct {
	Story  string // its ID as far as it is known, else the place
	Source string // where it stands: "in.jsonl:12", "news.warc.gz, record 7"
	Column int    // the column of the line, from 1, when that is known
	Input  []byte // the bytes themselves, at most 64 KB
	Err    error
}

// Error says where and what: "in.jsonl:12:5: the line is no JSON object of a story".
func (p *Problem) Error() string {
	place := p.Source
	if p.Column > 0 {
		place = fmt.Sprintf("%s:%d", place, p.Column)
	}
	return place + ": " + p.Err.Error()
}

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.Err }

// kept is a copy of the part that is kept of an input.
func kept(raw []byte) []byte {
	if len(raw) == 0 {
		return nil
	}
	return bytes.Clone(raw[:min(len(raw), maxKept)])
}

// errCut is why an input that was kept cannot be read again.
var errCut = errors.New("only its first 64 KB were kept, too few to read it again; ingest its source again")

// Again reads once more what was kept of a Problem: input and source are its Input
// and Source, which becomes the Source of the stories.
func Again(input []byte, source string, o Options) iter.Seq2[dyad.Story, error] {
	return func(yield func(dyad.Story, error) bool) {
		if len(input) == 0 || len(input) >= maxKept {
			err := errCut
			if len(input) == 0 {
				err = errors.New("nothing of it was kept; ingest its source again")
			}
			yield(dyad.Story{ID: source, Source: source}, &Problem{Story: source, Source: source, Err: err})
			return
		}
		name := fileOf(source)
		if o.Input == "" {
			o.Input = InputOf(name)
			if isAddress(name) {
				o.Input = HTML
			}
			if form, ok := inputOfBytes(input); ok {
				o.Input = form
			}
		}
		for st, err := range Read(bytes.NewReader(input), name, o) {
			if st.ID == unnamed(st.Source) { // a story without an ID is called after its place
				st.ID = unnamed(source)
			}
			st.Source = source
			var p *Problem
			if errors.As(err, &p) {
				p.Story, p.Source = st.ID, source
			}
			if !yield(st, err) {
				return
			}
		}
	}
}

// fileOf is the file of a place in it: "in.jsonl" of "in.jsonl:12".
func fileOf(place string) string {
	if isAddress(place) {
		return place // "http://host:8080" has a port, no line
	}
	if i := strings.LastIndex(place, ", record "); i > 0 {
		return place[:i]
	}
	if i := strings.LastIndexByte(place, ':'); i > 0 && i+1 < len(place) && strings.Trim(place[i+1:], "0123456789") == "" {
		return place[:i]
	}
	return place
}
