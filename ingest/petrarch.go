package ingest

import (
	"fmt"
	"html"
	"strings"

	"github.com/opendyad/dyad"
)

// readPETRARCH reads PETRARCH's input XML leniently, for real files are not
// always well-formed: raw "&", text before the root, blanks around "=". Each
// <Sentence> is a story of its own unless its id is STORY_N, in which case the
// sentences of a story are put together, a line each.
func readPETRARCH(data []byte, name string, give func(dyad.Story, error) bool) {
	text := string(data)
	var current dyad.Story
	flush := func() bool {
		if current.ID == "" {
			return true
		}
		st := current
		current = dyad.Story{}
		return give(st, nil)
	}
	found := false
	for {
		tag, attributes, rest, ok := nextElement(text)
		if !ok {
			break
		}
		text = rest
		found = true
		end := strings.Index(text, "</"+tag)
		body := text
		if end >= 0 {
			body, text = text[:end], text[end:]
		}
		id, story := attributes["id"], attributes["id"]
		if i := strings.LastIndexByte(id, '_'); i > 0 && tag == "Sentence" {
			story = id[:i]
		}
		if story != current.ID && !flush() {
			return
		}
		date, err := readDate(attributes["date"])
		if err != nil && !give(dyad.Story{ID: id}, fmt.Errorf("%s: sentence %s: %w", name, id, err)) {
			return
		}
		if err == nil {
			current.ID, current.Published, current.Publisher = story, date, attributes["source"]
			current.Text = strings.TrimLeft(current.Text+"\n\n"+insideOf(body, "Text"), "\n")
		}
		if end < 0 {
			break
		}
	}
	if flush() && !found {
		give(dyad.Story{ID: storyID(name)}, fmt.Errorf("reading %s: it has no <Sentence> or <Article> as PETRARCH's input has", name))
	}
}

// nextElement finds the next <Sentence …> or <Article …> and what follows it.
func nextElement(text string) (tag string, attributes map[string]string, rest string, ok bool) {
	at := -1
	for _, t := range []string{"Sentence", "Article"} {
		for from := 0; ; {
			i := strings.Index(text[from:], "<"+t)
			if i < 0 {
				break
			}
			i += from
			after := i + len(t) + 1
			if after < len(text) && (text[after] == ' ' || text[after] == '\n' || text[after] == '\t') {
				if at < 0 || i < at {
					at, tag = i, t
				}
				break
			}
			from = after // "<Sentences>"
		}
	}
	if at < 0 {
		return "", nil, "", false
	}
	end := strings.IndexByte(text[at:], '>')
	if end < 0 {
		return "", nil, "", false
	}
	return tag, readAttributes(text[at+len(tag)+1 : at+end]), text[at+end+1:], true
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
