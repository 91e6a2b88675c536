// Package ingest turns what a user has into stories: plain text, JSON lines,
// web pages, PETRARCH's XML and WARC archives, packed or not. A part that cannot
// be read is a Problem with its place, and the reading goes on after it.
package ingest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/opendyad/dyad"
)

// An Input names a form in which stories come.
type Input string

// The inputs that Read understands; CoNLL-U carries trees and is read by nlp.
const (
	Text     Input = "text"
	HTML     Input = "html"
	JSONL    Input = "jsonl" // a story a line, or a JSON array of stories, or one object
	PETRARCH Input = "petrarch"
	WARC     Input = "warc"
)

// maxStory bounds one story's text in bytes; longer ones are an error of that
// story. A newspaper page is about 5,000 bytes.
const maxStory = 8 << 20

// Options say how a source is read. The zero Options read it by its name and
// content, with no date for stories that carry none.
type Options struct {
	Input     Input     // "" tells it by the name, else by the content
	Published dyad.Date // the date of stories that state none
	Fast      bool      // pages: go-readability instead of go-trafilatura
	Now       time.Time // no story is published later; zero is the present

	// Known reports whether a story is at hand already. It is asked before the
	// article is taken out of a page, which takes milliseconds.
	Known func(id string) bool
	// Skipped hears of each story, page or record that is passed over on purpose.
	Skipped func(Skip)
	// Watch stands between a file and its reader, to tell how far the reading has
	// come.
	Watch func(io.Reader) io.Reader
	// Noted hears what was odd about a story that is read all the same: a date
	// that cannot be read, a key that stands twice. The Err of the Problem says it.
	Noted func(*Problem)
}

// A Skip is why something was passed over without being a Problem.
type Skip string

// What is passed over.
const (
	SkipKnown   Skip = "known already"
	SkipStatus  Skip = "status other than 200"
	SkipKind    Skip = "no web page or text"
	SkipLong    Skip = "longer than any page of news"
	SkipRevisit Skip = "revisit of a page" // it holds no page, only that it had not changed
)

// InputOf tells the input by a file's name: text when nothing else is known.
func InputOf(path string) Input {
	if input, ok := inputByName(path); ok {
		return input
	}
	return Text
}

func inputByName(path string) (Input, bool) {
	path = strings.ToLower(path)
	path = strings.TrimSuffix(strings.TrimSuffix(path, ".gz"), ".zst")
	switch filepath.Ext(path) {
	case ".txt", ".text":
		return Text, true
	case ".html", ".htm", ".xhtml":
		return HTML, true
	case ".jsonl", ".ndjson", ".json":
		return JSONL, true
	case ".xml":
		return PETRARCH, true
	case ".warc", ".wet":
		return WARC, true
	}
	return Text, false
}

// Open opens a file for reading and unpacks it if it is packed; "-" is standard
// input.
func Open(path string) (io.ReadCloser, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	r, err := unpack(newTape(file))
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("unpacking %s: %w", path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{r, file}, nil
}

func openFile(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(os.Stdin), nil
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(path)
	}
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	return file, nil
}

// ReadFile gives the stories of a file one by one; "-" is standard input.
func ReadFile(path string, o Options) iter.Seq2[dyad.Story, error] {
	return ReadFiles([]string{path}, o)
}

// ReadFiles gives the stories of files one after another. Of pages, several are
// worked on at once.
func ReadFiles(paths []string, o Options) iter.Seq2[dyad.Story, error] {
	return func(yield func(dyad.Story, error) bool) {
		var pages queue
		stopped := false
		watched := func(st dyad.Story, err error) bool {
			stopped = stopped || !yield(st, err)
			return !stopped
		}
		for _, path := range paths {
			if readFile(path, o, &pages, watched); stopped {
				break
			}
		}
		pages.drain()
	}
}

func readFile(path string, o Options, pages *queue, yield func(dyad.Story, error) bool) {
	file, err := openFile(path)
	if err != nil {
		if pages.drain() {
			yield(dyad.Story{ID: storyID(path), Source: path}, &Problem{Story: storyID(path), Source: path, Err: err})
		}
		return
	}
	defer file.Close()
	var r io.Reader = file
	if o.Watch != nil {
		r = o.Watch(file)
	}
	readSource(r, path, o, pages, yield)
}

// Read gives the stories of a source one by one. A story with an error beside it
// could not be read: the error is a *Problem, the story's ID says which it was.
// name is the file's name.
func Read(r io.Reader, name string, o Options) iter.Seq2[dyad.Story, error] {
	return func(yield func(dyad.Story, error) bool) {
		var pages queue
		readSource(r, name, o, &pages, yield)
		pages.drain()
	}
}

func readSource(r io.Reader, name string, o Options, pages *queue, yield func(dyad.Story, error) bool) {
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	if name == "-" {
		name = "stdin"
	}
	in := &reader{name: name, Options: o, pages: pages, yield: yield}
	t := newTape(r)
	if in.Input == "" {
		in.Input = inputOfContent(t, name)
	}
	if in.Input == WARC {
		in.warc(t)
		return
	}
	stream, err := unpack(t)
	switch {
	case err != nil:
		in.failed(nil, fmt.Errorf("unpacking it: %w", err))
	case in.Input == HTML:
		in.whole(stream, maxPage, in.html)
	case !pages.drain():
		return
	case in.Input == JSONL:
		in.json(stream)
	case in.Input == PETRARCH:
		in.whole(stream, maxPETRARCH, in.petrarch)
	default:
		in.whole(stream, maxStory, in.text)
	}
}

func isAddress(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// storyID names a story after its file, without folder and extension, or after the
// address it was fetched from.
func storyID(name string) string {
	if isAddress(name) {
		return plainAddress(name)
	}
	base := filepath.Base(name)
	for _, packing := range []string{".gz", ".zst"} {
		base = strings.TrimSuffix(base, packing)
	}
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// unnamed is the ID of a story that has none: its place without the folder, so that it
// is the same from wherever the file is read.
func unnamed(place string) string {
	if isAddress(place) {
		return place
	}
	return filepath.Base(place)
}
