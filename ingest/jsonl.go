package ingest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/opendyad/dyad"
)

// jsonStory has dyad's field names and NGEC's.
type jsonStory struct {
	ID        jsonText `json:"id"`
	StoryID   jsonText `json:"story_id"`
	Date      string   `json:"date"`
	PubDate   string   `json:"pub_date"`
	Title     string   `json:"title"`
	Headline  string   `json:"headline"`
	Text      string   `json:"text"`
	EventText string   `json:"event_text"`
	URL       string   `json:"url"`
	Publisher string   `json:"publisher"`
	Lang      string   `json:"lang"`
}

// jsonText is a string or a number: ids come as both.
type jsonText string

// UnmarshalJSON reads a string, or keeps a number as it is written.
func (t *jsonText) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] != '"' {
		if string(data) != "null" {
			*t = jsonText(data)
		}
		return nil
	}
	return json.Unmarshal(data, (*string)(t))
}

// readJSONL reads a story a line. A broken line is one failure; the next line is
// read as usual.
func readJSONL(r io.Reader, name string, give func(dyad.Story, error) bool) {
	lines := bufio.NewReaderSize(r, 1<<16)
	for number := 1; ; number++ {
		line, tooLong, err := readLine(lines, 2*maxStory)
		place := fmt.Sprintf("%s:%d", name, number)
		if err != nil && !errors.Is(err, io.EOF) {
			give(dyad.Story{ID: place}, fmt.Errorf("reading %s: %w", place, err))
			return
		}
		if tooLong {
			if !give(dyad.Story{ID: place}, fmt.Errorf("%s: the line is longer than %d bytes, which no story is", place, 2*maxStory)) {
				return
			}
		} else if strings.TrimSpace(string(line)) != "" {
			st, bad := storyOfJSON(line, place)
			if !give(st, bad) {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// readLine reads to the next line end and drops what is over the limit, so that a
// line without end takes no more memory than that.
func readLine(r *bufio.Reader, limit int) (line []byte, tooLong bool, err error) {
	for {
		part, e := r.ReadSlice('\n')
		if !tooLong {
			line = append(line, part...)
		}
		if len(line) > limit {
			line, tooLong = nil, true
		}
		if !errors.Is(e, bufio.ErrBufferFull) {
			return line, tooLong, e
		}
	}
}

func storyOfJSON(line []byte, place string) (dyad.Story, error) {
	var j jsonStory
	if err := json.Unmarshal(line, &j); err != nil {
		column := 1
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			column = int(syntax.Offset)
		}
		return dyad.Story{ID: place}, fmt.Errorf("%s:%d: the line is no JSON object of a story: %w", place, column, err)
	}
	st := dyad.Story{
		ID: firstOf(string(j.ID), string(j.StoryID), place), Title: firstOf(j.Title, j.Headline), Text: firstOf(j.Text, j.EventText),
		URL: j.URL, Publisher: j.Publisher, Language: j.Lang,
	}
	if date := firstOf(j.Date, j.PubDate); date != "" {
		d, err := readDate(date)
		if err != nil {
			return st, fmt.Errorf("%s: story %s: %w", place, st.ID, err)
		}
		st.Published = d
	}
	return st, nil
}

// readDate reads a publication date: ISO 8601 with or without a time, or eight
// digits as PETRARCH writes it.
func readDate(s string) (dyad.Date, error) {
	s = strings.TrimSpace(s)
	if len(s) == 8 && strings.IndexByte(s, '-') < 0 {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		s = s[:10]
	}
	return dyad.ParseDate(s)
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
