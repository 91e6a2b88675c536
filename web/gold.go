package web

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/store"
)

// A goldLine is a sentence with the events that it should give, as testdata/gold and
// the development sets have them.
type goldLine struct {
	ID      string      `json:"id"`
	Article string      `json:"article"`
	Date    string      `json:"date"`
	Text    string      `json:"text"`
	Events  []goldEvent `json:"events"`
	Note    string      `json:"note,omitempty"`
}

type goldEvent struct {
	Actor     []goldActor `json:"actor"`
	Recipient []goldActor `json:"recipient"`
	Event     string      `json:"event"`
	Mode      string      `json:"mode"`
	Aux       string      `json:"aux"`
	Context   []string    `json:"context"`
	Trigger   string      `json:"trigger"`
	Certain   bool        `json:"certain"`
}

type goldActor struct {
	Code   string `json:"code"`
	Sector string `json:"sector"`
	Text   string `json:"text"`
}

func goldActors(entities []dyad.Entity) []goldActor {
	return mapped(entities, func(e *dyad.Entity) goldActor { return goldActor{e.Code, e.Sector, e.Text} })
}

// writeGold writes the sentences of records with all events that are kept of each.
func (s *Server) writeGold(ctx context.Context, w io.Writer, f store.Filter) error {
	var records []dyad.Record
	f.Fold = false
	for r, err := range s.options.Store.Records(ctx, f) {
		if err != nil {
			return err
		}
		records = append(records, r)
	}
	return s.writeSentences(ctx, w, records, nil)
}

// writeCorrectedGold writes the sentences of corrected records with the events that
// they should give: those that are kept.
func (s *Server) writeCorrectedGold(ctx context.Context, w io.Writer, corrections []store.Correction) error {
	var records []dyad.Record
	notes := map[sentenceKey]string{}
	for i := range corrections {
		c := &corrections[i]
		if c.Before.Own != nil {
			continue
		}
		records = append(records, c.Before)
		key := keyOf(&c.Before)
		notes[key] = strings.TrimPrefix(notes[key]+"; "+c.Author+": "+c.Note, "; ")
	}
	return s.writeSentences(ctx, w, records, notes)
}

type sentenceKey struct {
	story    string
	sequence int
}

func keyOf(r *dyad.Record) sentenceKey { return sentenceKey{r.Story, r.Evidence.Sequence} }

func (s *Server) writeSentences(ctx context.Context, w io.Writer, records []dyad.Record, notes map[sentenceKey]string) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	done := map[sentenceKey]bool{}
	stories := map[string][]dyad.Record{}
	for i := range records {
		r := &records[i]
		key := keyOf(r)
		if done[key] {
			continue
		}
		done[key] = true
		if _, read := stories[r.Story]; !read {
			all, err := s.ofStory(ctx, r.Story)
			if err != nil {
				return err
			}
			stories[r.Story] = all
		}
		line := goldLine{ID: r.Story + "#" + strconv.Itoa(r.Evidence.Sequence), Article: r.Story, Text: r.Text, Events: []goldEvent{}, Note: notes[key]}
		if st, err := s.options.Store.Heads(ctx, []string{r.Story}); err != nil {
			return err
		} else if head, known := st[r.Story]; known {
			line.Date = head.Published.String()
		}
		for j := range stories[r.Story] {
			if o := &stories[r.Story][j]; o.Event != nil && keyOf(o) == key {
				line.Events = append(line.Events, goldEvent{goldActors(o.Event.Actor), goldActors(o.Event.Recipient), o.Event.Type, o.Event.Mode,
					strings.Join(o.Aux, "|"), listed(o.Contexts), o.Event.Trigger, true})
			}
		}
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	return out.Flush()
}
