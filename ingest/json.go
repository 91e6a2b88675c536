package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/opendyad/dyad"
)

// maxObject bounds one story as JSON; maxEndless is where a line is taken for one
// that never ends.
const (
	maxObject  = 2 * maxStory
	maxEndless = 1 << 30
	maxOdd     = 10  // notes about one story
	maxBroken  = 100 // lines at the start of a file that has no story
)

var errNoJSON = fmt.Errorf("none of its first %d lines is a story; it is no JSON lines, or not of stories", maxBroken)

// json reads stories from JSON: one a line, as is usual; or a file that is one
// array of stories; or objects that are spread over several lines each.
func (in *reader) json(stream io.Reader) {
	guard, _ := stream.(*guard)
	t := newTape(utf8Stream(newTape(stream)))
	fresh := func() {
		if guard != nil {
			guard.fresh()
		}
	}
	skipBlanks(t, nil)
	if head := t.ahead(1); len(head) == 1 && head[0] == '[' || spreadOut(t) {
		in.jsonValues(t, fresh)
		return
	}
	in.jsonLines(t, fresh)
}

// jsonLines reads a story a line. A broken line is one problem; the next line is
// read as usual.
func (in *reader) jsonLines(t *tape, fresh func()) {
	for number := 1 + t.lines; ; number++ {
		start := t.offset()
		line, tooLong, err := t.line(maxObject)
		place := fmt.Sprintf("%s:%d", in.name, number)
		switch {
		case err != nil:
			if !errors.Is(err, io.EOF) {
				in.problem(unnamed(place), place, nil, fmt.Errorf("reading it: %w", err))
			}
			return
		case tooLong:
			err := fmt.Errorf("the line is longer than %d bytes, which no story is", maxObject)
			if !in.problem(unnamed(place), place, line, err) || t.offset()-start > maxEndless {
				return
			}
		case len(bytes.TrimSpace(line)) > 0:
			if !in.jsonStory(line, place) {
				return
			}
			if in.stories == 0 && in.problems >= maxBroken {
				in.problem(storyID(in.name), in.name, nil, errNoJSON)
				return
			}
		}
		fresh()
	}
}

// jsonValues reads objects that stand one after another, in an array, in several
// (files that were put together) or in none.
func (in *reader) jsonValues(t *tape, fresh func()) {
	reread := 0     // bytes of damaged objects, no more than were read: else time grows with the square
	between := true // an array may begin here
	for {
		skipBlanks(t, []byte{','})
		head := t.ahead(1)
		switch {
		case len(head) == 0:
			if !errors.Is(t.err, io.EOF) {
				in.problem(storyID(in.name), in.name, nil, fmt.Errorf("reading it: %w", t.err))
			}
			return
		case head[0] == ']', head[0] == '[' && between:
			between = head[0] == ']'
			t.pos++
			continue
		}
		place := fmt.Sprintf("%s:%d", in.name, 1+t.lines)
		lines, problems := t.lines, in.problems
		t.hold()
		value, tooLong := t.value(maxObject)
		if tooLong {
			if !in.problem(unnamed(place), place, value, fmt.Errorf("the object is longer than %d bytes, which no story is", maxObject)) {
				return
			}
		} else if !in.jsonStory(value, place) {
			return
		} else if in.problems > problems && reread+len(value) <= maxObject+int(t.offset()) {
			reread += len(value)
			afterDamage(t, value, lines)
		}
		if in.stories == 0 && in.problems >= maxBroken {
			in.problem(storyID(in.name), in.name, nil, errNoJSON)
			return
		}
		fresh()
	}
}

// afterDamage goes back to the first line within a damaged object that begins with an
// object itself: one without its closing quote or brace ends where another does, or
// nowhere. lines is how many stand before the value.
func afterDamage(t *tape, value []byte, lines int) {
	if value[0] == '{' && json.Valid(value) {
		return // it is whole, and no story
	}
	for at := 0; ; {
		end := bytes.IndexByte(value[at:], '\n')
		if end < 0 {
			return
		}
		at += end + 1
		lines++
		line := bytes.TrimLeft(value[at:], " \t\r")
		if len(line) > 0 && line[0] == '{' && t.back(at) {
			t.lines = lines
			return
		}
	}
}

// skipBlanks passes over white space and what else may stand between values.
func skipBlanks(t *tape, also []byte) {
	for {
		head := t.ahead(1)
		if len(head) == 0 || head[0] != ' ' && head[0] != '\t' && head[0] != '\n' && head[0] != '\r' && bytes.IndexByte(also, head[0]) < 0 {
			return
		}
		if head[0] == '\n' {
			t.lines++
		}
		t.pos++
	}
}

// spreadOut reports whether the first object goes on after the first line end: the
// line ends outside a string, and the next one does not begin an object itself.
func spreadOut(t *tape) bool {
	head := t.ahead(64 << 10)
	end := bytes.IndexByte(head, '\n')
	if end < 0 || len(head) == 0 || head[0] != '{' {
		return false
	}
	depth, inString := 0, false
	for i := 0; i < end; i++ {
		switch c := head[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	next := bytes.TrimLeft(head[end:], "\r\n")
	return depth > 0 && !inString && len(next) > 0 && next[0] != '{'
}

// jsonFields are the names that a story's fields have: dyad's, NGEC's, and those of
// common collections.
type jsonFields struct {
	id, date, title, text, url, publisher, language, basis string
}

// field gives where the value of a key goes, nil for keys that no story has.
// rank orders the names of one field: the first that is there counts.
func (f *jsonFields) field(key string) (to *string, rank int) {
	switch key {
	case "id":
		return &f.id, 1
	case "story_id":
		return &f.id, 2
	case "date":
		return &f.date, 1
	case "published":
		return &f.date, 2
	case "pub_date":
		return &f.date, 3
	case "title":
		return &f.title, 1
	case "headline":
		return &f.title, 2
	case "text":
		return &f.text, 1
	case "event_text":
		return &f.text, 2
	case "url":
		return &f.url, 1
	case "publisher":
		return &f.publisher, 1
	case "lang":
		return &f.language, 1
	case "language":
		return &f.language, 2
	case "published_basis":
		return &f.basis, 1
	}
	return nil, 0
}

// jsonStory reads one object; it reports false when no more is wanted.
func (in *reader) jsonStory(line []byte, place string) bool {
	if !utf8.Valid(line) {
		if western, ok := decodeWestern(line); ok {
			in.note(unnamed(place), place, line, errors.New("the line is no UTF-8 and was read as windows-1252"))
			line = []byte(western)
		}
	}
	f, odd, err := readFields(line)
	st := dyad.Story{
		ID: firstOf(plainAddress(f.id), unnamed(place)), Title: f.title, Text: f.text, URL: f.url, Publisher: f.publisher, Language: f.language, Source: place,
	}
	if err != nil {
		return in.problemAt(unnamed(place), place, columnOf(line, err), line, fmt.Errorf("it is no JSON object of a story: %w", err))
	}
	if in.known(st.ID) {
		return true
	}
	for _, note := range odd {
		in.note(st.ID, place, line, errors.New(note))
	}
	if strings.TrimSpace(f.text) == "" {
		return in.problem(st.ID, place, line, fmt.Errorf("%w; a story's text is in its field text or event_text", errNoText))
	}
	st = in.stated(st, f.date, line)
	if f.basis == dyad.PublishedFeed || f.basis == dyad.PublishedPage || f.basis == dyad.PublishedGiven {
		if st.PublishedBasis == dyad.PublishedStated {
			st.PublishedBasis = f.basis // a story that dyad has written out
		}
	}
	return in.give(st, line)
}

func columnOf(line []byte, err error) int {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return max(1, int(syntax.Offset))
	}
	return 1
}

// readFields reads the fields of a story. odd says what is unusual: keys that stand
// twice, of which the last counts, and values that are no text.
func readFields(line []byte) (f jsonFields, odd []string, err error) {
	var whole json.RawMessage
	if err := json.Unmarshal(line, &whole); err != nil {
		return f, nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return f, nil, errors.New("an object in braces is wanted")
	}
	ranks := map[*string]int{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return f, nil, err
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return f, nil, err
		}
		key, _ := token.(string)
		to, rank := f.field(strings.ToLower(key))
		if to == nil {
			continue
		}
		text, ok := jsonText(value)
		switch have := ranks[to]; {
		case !ok:
			odd = append(odd, fmt.Sprintf("the value of %q is no text and was not read", key))
		case have == rank:
			odd = append(odd, fmt.Sprintf("the key %q stands twice; the last counts", key))
			*to = text
		case text != "" && (have == 0 || rank < have || *to == ""):
			*to, ranks[to] = text, rank
		}
	}
	return f, odd[:min(len(odd), maxOdd)], nil
}

// jsonText is a value as text: a string; a number as it is written, for ids and
// dates come as such; a list of strings, as PLOVER writes texts, as paragraphs.
func jsonText(value json.RawMessage) (string, bool) {
	switch c := value[0]; {
	case c == '"':
		var s string
		err := json.Unmarshal(value, &s)
		return s, err == nil
	case c == '[':
		var list []string
		err := json.Unmarshal(value, &list)
		return strings.Join(list, "\n\n"), err == nil
	case string(value) == "null":
		return "", true
	case c == '-' || c >= '0' && c <= '9':
		return string(value), true
	}
	return "", false
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
