package ingest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/opendyad/dyad"
)

// A reader reads one source and hands on what it finds.
type reader struct {
	Options
	name  string
	pages *queue // those that are being worked on
	yield func(dyad.Story, error) bool

	stories, problems int // handed on or known
}

// whole reads a source that is taken in one piece.
func (in *reader) whole(stream io.Reader, limit int64, read func([]byte)) {
	data, err := io.ReadAll(io.LimitReader(stream, limit+1))
	switch {
	case err != nil:
		in.failed(data, fmt.Errorf("reading it: %w", err))
	case int64(len(data)) > limit:
		in.failed(data, fmt.Errorf("it is longer than %d bytes, which no story is; split it, or pass --input jsonl if it holds many", limit))
	default:
		read(data)
	}
}

// failed hands on, in its turn, that the whole source could not be read.
func (in *reader) failed(data []byte, err error) {
	if in.pages.drain() {
		in.problem(storyID(in.name), in.name, data, err)
	}
}

// html takes the article out of a page that was saved as a file.
func (in *reader) html(data []byte) {
	id := storyID(in.name)
	if in.known(id) {
		return
	}
	in.pages.add(len(data), func() func() bool {
		st, err := pageAt(data, "", in.name, in.Fast, in.Now)
		st.ID = id
		return func() bool {
			if err != nil {
				return in.problem(id, in.name, data, err)
			}
			return in.finish(in.dated(st), data)
		}
	})
}

// text reads a story of plain text.
func (in *reader) text(data []byte) {
	st := dyad.Story{ID: storyID(in.name), Source: in.name}
	if in.known(st.ID) {
		return
	}
	text, note, err := textOf(data)
	if err != nil {
		in.problem(st.ID, in.name, data, err)
		return
	}
	if note != nil {
		in.note(st.ID, in.name, data, note)
	}
	st.Title, st.Text = splitTitle(text)
	in.give(in.dated(st), data)
}

// dated gives a story without a date the one that the user stated for such.
func (in *reader) dated(st dyad.Story) dyad.Story {
	if st.Published.IsZero() && !in.Published.IsZero() {
		st.Published, st.PublishedBasis = in.Published, dyad.PublishedGiven
	}
	return st
}

// stated reads the date that the input states for a story. One that cannot be read
// stays unknown, for dyad never invents a date, and is noted.
func (in *reader) stated(st dyad.Story, date string, raw []byte) dyad.Story {
	if strings.TrimSpace(date) == "" {
		return in.dated(st)
	}
	d, err := readDate(date)
	if err == nil && !possible(d, in.Now) {
		err = fmt.Errorf("it is published on %s, which cannot be; its date counts as unknown", d)
	}
	if err != nil {
		in.note(st.ID, st.Source, raw, err)
		return st
	}
	st.Published, st.PublishedBasis = d, dyad.PublishedStated
	return st
}

// give completes a story and hands it on, or says why it is none. raw is what it
// was read from.
func (in *reader) give(st dyad.Story, raw []byte) bool {
	st.ID, st.URL = plainAddress(st.ID), plainAddress(st.URL)
	st.Title, st.Publisher, st.Text = PlainTitle(st.Title), PlainTitle(st.Publisher), plainText(st.Text)
	st.Language = Language(st.Text, st.Language)
	return in.finish(st, raw)
}

// finish hands on a story that is plain already, as those of pages are.
func (in *reader) finish(st dyad.Story, raw []byte) bool {
	if err := checkText(st.Text); err != nil {
		return in.problem(st.ID, st.Source, raw, err)
	}
	in.stories++
	return in.yield(st, nil)
}

// problem hands on that a story could not be read. place is where it stands.
func (in *reader) problem(id, place string, raw []byte, err error) bool {
	return in.problemAt(id, place, 0, raw, err)
}

func (in *reader) problemAt(id, place string, column int, raw []byte, err error) bool {
	in.problems++
	p := &Problem{Story: id, Source: place, Column: column, Input: kept(raw), Err: err}
	return in.yield(dyad.Story{ID: id, Source: place}, p)
}

// note tells what is odd about a story that is read all the same.
func (in *reader) note(id, place string, raw []byte, err error) {
	if in.Noted != nil {
		in.Noted(&Problem{Story: id, Source: place, Input: kept(raw), Err: err})
	}
}

func (in *reader) known(id string) bool {
	if in.Known == nil || !in.Known(id) {
		return false
	}
	in.stories++
	in.skip(SkipKnown)
	return true
}

func (in *reader) skip(why Skip) {
	if in.Skipped != nil {
		in.Skipped(why)
	}
}

var errNoText = errors.New("it has no text")

// checkText refuses what is no text: empty stories and binary files.
func checkText(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return errNoText
	case len(text) > maxStory:
		return fmt.Errorf("it has %d bytes of text, more than the %d that dyad reads as one story", len(text), maxStory)
	}
	sample := cutAt(text, 4096)
	if strings.Count(sample, "\ufffd")*20 > len(sample)/2 {
		return errors.New("it is in another encoding than UTF-8, or no text; convert it first (iconv -f ENCODING -t utf-8)")
	}
	return nil
}

// binaryKind names what a file is by its first bytes when that is no text.
func binaryKind(data []byte) string {
	switch kind := http.DetectContentType(data); {
	case strings.HasPrefix(kind, "text/"), kind == unknownKind:
		return ""
	default:
		return kind
	}
}
