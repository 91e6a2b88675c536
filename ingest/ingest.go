// Package ingest turns what a user has into stories: plain text, JSON lines,
// web pages, PETRARCH's XML and WARC archives. A part that cannot be read
// is reported with its place, and the reading goes on after it.
package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/opendyad/dyad"
)

// An Input names a form in which stories come.
type Input string

// The inputs that Read understands; CoNLL-U carries trees and is read by nlp.
const (
	Text     Input = "text"
	HTML     Input = "html"
	JSONL    Input = "jsonl"
	PETRARCH Input = "petrarch"
	WARC     Input = "warc"
)

// maxStory bounds one story's text in bytes; longer ones are an error of that
// story. A newspaper page is about 5,000 bytes.
const maxStory = 8 << 20

// InputOf tells the input by a file's name: text when nothing else is known.
func InputOf(path string) Input {
	path = strings.TrimSuffix(strings.ToLower(path), ".gz")
	switch filepath.Ext(path) {
	case ".html", ".htm", ".xhtml":
		return HTML
	case ".jsonl", ".ndjson", ".json":
		return JSONL
	case ".xml":
		return PETRARCH
	case ".warc":
		return WARC
	}
	return Text
}

// Open opens a file for reading, unpacking .gz; "-" is standard input.
func Open(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(os.Stdin), nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	// Members of a .warc.gz are unpacked one by one by the WARC reader.
	if !strings.HasSuffix(strings.ToLower(path), ".gz") || InputOf(path) == WARC {
		return file, nil
	}
	z, err := gzip.NewReader(bufio.NewReader(file))
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("unpacking %s: %w", path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, file}, nil
}

// Read gives the stories of a source one by one. A story with an error beside it
// could not be read; its ID says which it was. name is the file's name, published
// the date of stories that carry none.
func Read(r io.Reader, name string, input Input, published dyad.Date) iter.Seq2[dyad.Story, error] {
	return func(yield func(dyad.Story, error) bool) {
		give := func(st dyad.Story, err error) bool {
			if st.Published.IsZero() {
				st.Published = published
			}
			if err == nil {
				err = checkText(st)
			}
			return yield(st, err)
		}
		switch input {
		case JSONL:
			readJSONL(r, name, give)
		case HTML:
			readWhole(r, name, give, storyOfHTML)
		case PETRARCH:
			readWhole(r, name, give, nil)
		case WARC:
			readWARC(r, name, give)
		default:
			readWhole(r, name, give, storyOfText)
		}
	}
}

// readWhole reads a source that is one story, or for PETRARCH many.
func readWhole(r io.Reader, name string, give func(dyad.Story, error) bool, story func([]byte, string) (dyad.Story, error)) {
	limit := int64(maxStory)
	if story == nil {
		limit = 1 << 30
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	id := storyID(name)
	switch {
	case err != nil:
		give(dyad.Story{ID: id}, fmt.Errorf("reading %s: %w", name, err))
	case int64(len(data)) > limit:
		give(dyad.Story{ID: id}, fmt.Errorf("reading %s: longer than %d bytes, which no story is; split it, or pass --input jsonl if it holds many", name, limit))
	case story == nil:
		readPETRARCH(data, name, give)
	default:
		st, err := story(data, name)
		if st.ID == "" {
			st.ID = id
		}
		give(st, err)
	}
}

// storyID names a story after its file, without folder and extension.
func storyID(name string) string {
	if name == "-" {
		return "stdin"
	}
	base := filepath.Base(name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// storyOfText reads plain text: a first line followed by a blank line is the
// title. Line ends of Windows and old Macs count as line ends.
func storyOfText(data []byte, name string) (dyad.Story, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	text := strings.ReplaceAll(string(data), "\r", "\n")
	st := dyad.Story{ID: storyID(name)}
	first, rest, found := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	if blank, body, more := strings.Cut(rest, "\n"); found && more && strings.TrimSpace(blank) == "" && strings.TrimSpace(body) != "" && len(first) < 400 {
		st.Title, st.Text = strings.TrimSpace(first), strings.TrimLeft(body, "\n")
	} else {
		st.Text = text
	}
	return st, nil
}

// checkText refuses what is no text: empty files and binary ones.
func checkText(st dyad.Story) error {
	if strings.TrimSpace(st.Text) == "" {
		return fmt.Errorf("story %s: it has no text", st.ID)
	}
	if len(st.Text) > maxStory {
		return fmt.Errorf("story %s: %d bytes of text, more than the %d that dyad reads as one story", st.ID, len(st.Text), maxStory)
	}
	sample := st.Text[:min(len(st.Text), 4096)]
	bad := strings.Count(sample, "\x00")
	for i := 0; i < len(sample); {
		r, n := utf8.DecodeRuneInString(sample[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		i += n
	}
	if bad*20 > len(sample) {
		return fmt.Errorf("story %s: this looks like a binary file or another encoding, not UTF-8 text; convert it first (iconv -t utf-8)", st.ID)
	}
	return nil
}
