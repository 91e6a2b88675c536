package ingest

import (
	"errors"
	"fmt"
	"html"
	"strings"

	"github.com/opendyad/dyad"
)

// maxPETRARCH bounds a file of PETRARCH's input; one of 10,000 stories has 20 MB.
const maxPETRARCH = 256 << 20

// petrarch reads PETRARCH's input XML leniently, for real files are not
// always well-formed: raw "&", text before the root, blanks around "=". Each
// <Sentence> is a story of its own unless its id is STORY_N, in which case the
// sentences of a story are put together, a line each.
func (in *reader) petrarch(data []byte) {
	text, note, err := textOf(data)
	if err != nil {
		in.problem(storyID(in.name), in.name, data, err)
		return
	}
	if note != nil {
		in.note(storyID(in.name), in.name, data, note)
	}
	var current dyad.Story
	var sentences strings.Builder
	start, end := 0, 0 // of the current story in the text
	flush := func() bool {
		st := current
		st.Text = strings.Trim(sentences.String(), "\n")
		current = dyad.Story{}
		sentences.Reset()
		return st.ID == "" || in.known(st.ID) || in.give(st, []byte(text[start:end]))
	}
	found := 0
	next, ok := nextElement(text, 0)
	for ok {
		e := next
		found++
		next, ok = nextElement(text, e.inside)
		stop := len(text)
		if ok {
			stop = next.start // an element that is not closed ends where the next begins
		}
		body := text[e.inside:stop]
		attributes := readAttributes(text[e.start+1+len(e.tag) : e.inside-1])
		id := firstOf(attributes["id"], unnamed(fmt.Sprintf("%s, record %d", in.name, found)))
		if i := strings.LastIndexByte(id, '_'); i > 0 && e.tag == "Sentence" {
			id = id[:i]
		}
		if id != current.ID {
			if !flush() {
				return
			}
			start = e.start
			current = dyad.Story{ID: id, Publisher: attributes["source"], Source: fmt.Sprintf("%s, record %d", in.name, found)}
			current = in.stated(current, attributes["date"], []byte(text[e.start:stop]))
		}
		end = stop
		if sentences.Len() <= maxStory {
			sentences.WriteString("\n\n" + insideOf(body, "Text"))
		}
	}
	if flush() && found == 0 {
		in.problem(storyID(in.name), in.name, data, errors.New("it has no <Sentence> or <Article> as PETRARCH's input has"))
	}
}

// An element is the opening tag of a <Sentence …> or <Article …>.
type element struct {
	tag           string
	start, inside int // where "<" stands, and where the content begins
}

// nextElement finds the next one at or after from.
func nextElement(text string, from int) (element, bool) {
	for {
		i := strings.IndexByte(text[from:], '<')
		if i < 0 {
			return element{}, false
		}
		start := from + i
		from = start + 1
		for _, tag := range []string{"Sentence", "Article"} {
			rest := text[from:]
			if !strings.HasPrefix(rest, tag) || len(rest) == len(tag) || strings.IndexByte(" \t\r\n", rest[len(tag)]) < 0 {
				continue // "<Sentences>"
			}
			if end := strings.IndexByte(rest, '>'); end >= 0 {
				return element{tag, start, from + end + 1}, true
			}
			return element{}, false
		}
	}
}

// readAttributes reads name = "value" pairs with or without blanks around "=".
func readAttributes(s string) map[string]string {
	attributes := map[string]string{}
	for {
		equals := strings.IndexByte(s, '=')
		if equals < 0 {
			return attributes
		}
		key := strings.TrimSpace(s[:equals])
		s = strings.TrimLeft(s[equals+1:], " \t\r\n")
		if s == "" {
			return attributes
		}
		end := -1
		if s[0] == '"' || s[0] == '\'' {
			end = strings.IndexByte(s[1:], s[0])
		}
		if end < 0 {
			return attributes
		}
		attributes[key] = html.UnescapeString(s[1 : 1+end])
		s = s[end+2:]
	}
}

// insideOf gives the text of an element, its lines joined.
func insideOf(body, tag string) string {
	if i := strings.Index(body, "<"+tag+">"); i >= 0 {
		body = body[i+len(tag)+2:]
	}
	if i := strings.Index(body, "</"+tag+">"); i >= 0 {
		body = body[:i]
	}
	return html.UnescapeString(strings.Join(strings.Fields(body), " "))
}
