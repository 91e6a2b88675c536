package web

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/store"
)

// StoryList is a page of stories.
type StoryList struct {
	Items []StoryHead `json:"items"`
	Total int64       `json:"total"`
	Next  string      `json:"next"`
}

// StoryText is a story with its text.
type StoryText struct {
	StoryHead
	Text string `json:"text"`
}

// StoryOne is a story with all that was coded from it, in the order of the text.
type StoryOne struct {
	Story    StoryText   `json:"story"`
	Records  []Record    `json:"records" doc:"Of every kind, each report."`
	Rejected []Record    `json:"rejected" doc:"Those that a correction took out."`
	Copies   []StoryHead `json:"copies" doc:"Near-duplicates."`
}

// StoryStored is what became of a story that was posted.
type StoryStored struct {
	Story   StoryHead `json:"story"`
	Records []Record  `json:"records"`
	Known   bool      `json:"known" doc:"It was stored before."`
}

type storiesInput struct {
	FilterParams
	PageParams
	FormParams
	Text bool `query:"text" doc:"With the text, in jsonl and parquet."`
}

type storyInput struct {
	ID string `path:"id" maxLength:"2000"`
}

// storyBody is a story as it is posted.
type storyBody struct {
	ID        string `json:"id,omitempty" maxLength:"2000" doc:"Made from the text when it is missing."`
	Date      string `json:"date,omitempty" doc:"Day of publication."`
	Title     string `json:"title,omitempty" maxLength:"2000"`
	Text      string `json:"text" minLength:"1" maxLength:"2000000"`
	URL       string `json:"url,omitempty" maxLength:"4000"`
	Publisher string `json:"publisher,omitempty" maxLength:"500"`
	Language  string `json:"lang,omitempty" maxLength:"20"`
}

type postInput struct{ Body storyBody }

type postOutput struct {
	Status   int
	Location string `header:"Location"`
	Body     StoryStored
}

func (s *Server) addStories(api huma.API) {
	several(s, api, "/api/stories", "stories", "Stories that a filter lets through; what it says of records asks for stories that have one such",
		[]string{"csv", "jsonl", "parquet"}, func(in *storiesInput) (string, string) { return in.asked() }, s.stories)
	get(s, api, "/api/stories/{id}", "story", "A story with its text and all its records, refusals too", s.story)
	op := operation(http.MethodPost, "/api/stories", "post-story", "Store a story and code it; the same again changes nothing")
	op.DefaultStatus = http.StatusCreated
	huma.Register(api, op, func(ctx context.Context, in *postInput) (*postOutput, error) {
		out, err := s.postStory(ctx, &in.Body)
		if err != nil {
			return nil, s.told(err)
		}
		return out, nil
	})
}

func (s *Server) stories(ctx context.Context, in *storiesInput, form string) (*StoryList, func(io.Writer) error, error) {
	var wrong faults
	f := s.filter(&in.FilterParams, &wrong)
	after := in.page(&f, &wrong)
	if err := wrong.err(); err != nil {
		return nil, nil, err
	}
	if form != "json" {
		f.Limit = in.Limit
		return nil, func(w io.Writer) error { return s.writeStories(ctx, w, f, form, in.Text) }, nil
	}
	stories, next, err := s.options.Store.StoryPage(ctx, f, in.Order == "newest", after)
	if err != nil {
		return nil, nil, err
	}
	out := StoryList{Items: mapped(stories, headOf), Next: cursorOf(next)}
	f.Limit = 0
	out.Total, err = s.options.Store.CountStories(ctx, f)
	return &out, nil, err
}

func (s *Server) writeStories(ctx context.Context, w io.Writer, f store.Filter, form string, text bool) error {
	if form == "parquet" {
		_, err := s.options.Store.WriteStories(ctx, f, text, w)
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	table := csv.NewWriter(out)
	if form == "csv" {
		// The writer keeps its first error.
		_ = table.Write([]string{"id", "date", "published_basis", "title", "url", "publisher", "lang", "source", "cluster", "copies", "records", "note"})
	}
	for st, err := range s.options.Store.Stories(ctx, f) {
		if err != nil {
			return err
		}
		h := headOf(&st)
		switch {
		case form == "csv":
			err = table.Write([]string{h.ID, h.Date, h.Basis, h.Title, h.URL, h.Publisher, h.Language, h.Source, h.Cluster, strconv.Itoa(h.Copies), strconv.Itoa(h.Records), h.Note})
		case text:
			err = writeLines(out, []StoryText{{h, st.Text}})
		default:
			err = writeLines(out, []StoryHead{h})
		}
		if err != nil {
			return err
		}
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return err
	}
	return out.Flush()
}

func (s *Server) story(ctx context.Context, in *storyInput) (StoryOne, error) {
	out := StoryOne{Records: []Record{}, Rejected: []Record{}, Copies: []StoryHead{}}
	st, err := s.storedStory(ctx, in.ID)
	if err != nil {
		return out, err
	}
	if st == nil {
		return out, huma.Error404NotFound(fmt.Sprintf("there is no story %q", in.ID))
	}
	out.Story = StoryText{headOf(st), st.Text}
	records, err := s.ofStory(ctx, in.ID)
	if err != nil {
		return out, err
	}
	out.Records = recordsOf(records)
	corrections, err := s.options.Store.Corrections(ctx, store.CorrectionFilter{Story: in.ID})
	if err != nil {
		return out, err
	}
	for i := range corrections {
		if c := &corrections[i]; c.Action == store.Rejected && !c.Stale {
			out.Rejected = append(out.Rejected, recordOf(&c.Before))
		}
	}
	if st.Copies > 1 {
		out.Copies, err = s.copies(ctx, st)
	}
	return out, err
}

// storedStory gives a story with its text, nil where there is none.
func (s *Server) storedStory(ctx context.Context, id string) (*store.Story, error) {
	for st, err := range s.options.Store.Stories(ctx, store.Filter{Story: []string{id}}) {
		return &st, err
	}
	return nil, nil
}

// ofStory gives all records of a story, in the order of its text.
func (s *Server) ofStory(ctx context.Context, id string) ([]dyad.Record, error) {
	var out []dyad.Record
	for r, err := range s.options.Store.Records(ctx, store.Filter{Story: []string{id}}) {
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b dyad.Record) int { return a.Evidence.Start - b.Evidence.Start })
	return out, nil
}

// copies gives the near-duplicates of a story.
func (s *Server) copies(ctx context.Context, st *store.Story) ([]StoryHead, error) {
	ids, err := s.options.Store.CopiesOf(ctx, st.ID)
	if err != nil {
		return nil, err
	}
	heads, err := s.options.Store.Heads(ctx, ids)
	out := []StoryHead{}
	for _, id := range ids {
		if h, known := heads[id]; known && id != st.ID {
			out = append(out, headOf(&h))
		}
	}
	return out, err
}

// storyTime is how long a story that was posted is waited for.
const storyTime = 10 * time.Second

func (s *Server) postStory(ctx context.Context, b *storyBody) (*postOutput, error) {
	var wrong faults
	st := dyad.Story{ID: b.ID, Title: b.Title, Text: b.Text, URL: b.URL, Publisher: b.Publisher, Language: ingest.Language(b.Text, b.Language), Source: "api"}
	if st.Published = wrong.date("body.date", b.Date); !st.Published.IsZero() {
		st.PublishedBasis = dyad.PublishedGiven
		if st.Published.Day == 0 {
			wrong.add("body.date", "want a day as YYYY-MM-DD", b.Date)
		}
	}
	if strings.TrimSpace(b.Text) == "" {
		wrong.add("body.text", "there is no text", b.Text)
	}
	if err := wrong.err(); err != nil {
		return nil, err
	}
	if st.ID == "" {
		st.ID = storyID(&st)
	}
	out := &postOutput{Status: http.StatusCreated, Location: "/api/stories/" + pathEscaped(st.ID)}
	out.Body = StoryStored{Story: StoryHead{ID: st.ID, Date: st.Published.String(), Title: st.Title}, Records: []Record{}}
	waiting, cancel := context.WithTimeout(ctx, storyTime)
	defer cancel()
	known, err := s.intake.take(waiting, st)
	switch {
	case err == context.DeadlineExceeded && ctx.Err() == nil:
		out.Status = http.StatusAccepted
		return out, nil
	case err != nil:
		return nil, err
	case known:
		out.Status = http.StatusOK
	}
	out.Body.Known = known
	heads, err := s.options.Store.Heads(ctx, []string{st.ID})
	if err != nil {
		return nil, err
	}
	if head, there := heads[st.ID]; there {
		out.Body.Story = headOf(&head)
	}
	records, err := s.ofStory(ctx, st.ID)
	out.Body.Records = recordsOf(records)
	return out, err
}
