package web

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/store"
)

// A Record is a record as dyad code prints it: its JSON is passed on as it is.
type Record struct{ line json.RawMessage }

// MarshalJSON gives the line.
func (r Record) MarshalJSON() ([]byte, error) { return r.line, nil }

// Schema describes a record by the fields that the kinds have.
func (Record) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[recordFields](), true, "Record")
}

// recordOf writes a record.
func recordOf(r *dyad.Record) Record {
	line, err := format.JSON(r)
	if err != nil {
		// Only a number that is none cannot be written, and no stored record has one.
		panic(err)
	}
	return Record{line}
}

func recordsOf(records []dyad.Record) []Record { return mapped(records, recordOf) }

// recordFields describe a Record in the OpenAPI document.
type recordFields struct {
	Kind       string         `json:"kind" enum:"event,position,expectation,claim,visit,refusal"`
	ID         string         `json:"id" doc:"A hash of what it says and where, the same on every machine."`
	Origin     string         `json:"origin,omitempty" doc:"The project that coded it, when that is not dyad."`
	Story      string         `json:"story"`
	Date       string         `json:"date" doc:"YYYY-MM-DD, YYYY-MM, YYYY or empty."`
	DateEnd    string         `json:"date_end,omitempty"`
	DateBasis  string         `json:"date_basis" enum:"stated,derived,published,unknown"`
	Actor      []entityFields `json:"actor,omitempty"`
	Recipient  []entityFields `json:"recipient,omitempty"`
	Event      []string       `json:"event,omitempty"`
	Mode       []string       `json:"mode,omitempty"`
	CAMEO      string         `json:"cameo,omitempty"`
	Quad       int            `json:"quad_code,omitempty"`
	Scale      float64        `json:"event_scale,omitempty"`
	EventText  []string       `json:"event_text,omitempty"`
	EventLoc   map[string]any `json:"event_loc,omitempty"`
	Holder     []entityFields `json:"holder,omitempty"`
	Stance     string         `json:"stance,omitempty"`
	Content    string         `json:"content,omitempty"`
	Toward     []entityFields `json:"toward,omitempty"`
	Who        []entityFields `json:"who,omitempty"`
	Cue        string         `json:"cue,omitempty"`
	Polarity   string         `json:"polarity,omitempty"`
	Due        string         `json:"due,omitempty"`
	DueEnd     string         `json:"due_end,omitempty"`
	Status     string         `json:"status,omitempty"`
	DecidedBy  string         `json:"decided_by,omitempty"`
	Pair       []entityFields `json:"pair,omitempty"`
	State      string         `json:"state,omitempty"`
	Direction  string         `json:"direction,omitempty"`
	Fact       string         `json:"fact,omitempty"`
	Verdict    string         `json:"verdict,omitempty"`
	Visitor    []entityFields `json:"visitor,omitempty"`
	Host       []entityFields `json:"host,omitempty"`
	Level      string         `json:"level,omitempty"`
	Start      string         `json:"start,omitempty"`
	End        string         `json:"end,omitempty"`
	Agenda     []string       `json:"agenda,omitempty"`
	Outcomes   []string       `json:"outcomes,omitempty"`
	Reason     string         `json:"reason,omitempty"`
	Issue      []string       `json:"issue"`
	Context    []string       `json:"context"`
	Aux        []string       `json:"aux"`
	AssertedBy []entityFields `json:"asserted_by"`
	Text       string         `json:"text" doc:"The sentence."`
	TextInfo   spanFields     `json:"text_info"`
	Mentions   []spanFields   `json:"mentions,omitempty"`
	Confidence float64        `json:"confidence"`
	Reasons    []reasonFields `json:"reasons"`
	Coder      string         `json:"coder"`
	Codebook   string         `json:"codebook"`
	Happening  string         `json:"happening,omitempty"`
	Reports    []reportFields `json:"reports,omitempty"`
	Own        map[string]any `json:"own,omitempty"`
	_          struct{}       `additionalProperties:"true"`
}

type entityFields struct {
	Code       string `json:"code"`
	Sector     string `json:"sector"`
	Text       string `json:"entity_text"`
	Identifier string `json:"identifier_id,omitempty"`
	Name       string `json:"identifier_text,omitempty"`
	Office     string `json:"office,omitempty"`
}

type spanFields struct {
	Sequence     int `json:"sequence" doc:"Number of the sentence, from 1."`
	Start        int `json:"start" doc:"Bytes of the story's text in UTF-8."`
	End          int `json:"end"`
	TriggerStart int `json:"trigger_start,omitempty"`
	TriggerEnd   int `json:"trigger_end,omitempty"`
}

type reasonFields struct {
	Stage string `json:"stage"`
	Rule  string `json:"rule"`
	Note  string `json:"note"`
}

type reportFields struct {
	Record    string `json:"record"`
	Story     string `json:"story"`
	Publisher string `json:"publisher,omitempty"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"`
	Text      string `json:"text,omitempty"`
}

// An Evidence is what is shown beside a number: the sentence of a record and where it
// stands.
type Evidence struct {
	Record     string  `json:"record"`
	Kind       string  `json:"kind"`
	Story      string  `json:"story"`
	Title      string  `json:"title"`
	Publisher  string  `json:"publisher"`
	URL        string  `json:"url"`
	Published  string  `json:"published"`
	Date       string  `json:"date"`
	DateBasis  string  `json:"date_basis"`
	Text       string  `json:"text"`
	Line       string  `json:"line" doc:"What it says, in codes: IRN GOV CONSULT/visit PAK."`
	Confidence float64 `json:"confidence"`
	Rule       string  `json:"rule" doc:"Codebook line or built-in rule that it rests on."`
}

// evidence gives the evidence of some records, by id.
func (s *Server) evidence(ctx context.Context, ids []string) (map[string]Evidence, error) {
	out := map[string]Evidence{}
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
	records, err := s.options.Store.Named(ctx, ids)
	if err != nil {
		return nil, err
	}
	stories := make([]string, 0, len(records))
	for _, r := range records {
		if r.Story != "" {
			stories = append(stories, r.Story)
		}
	}
	slices.Sort(stories)
	heads, err := s.options.Store.Heads(ctx, slices.Compact(stories))
	if err != nil {
		return nil, err
	}
	for id, r := range records {
		e := Evidence{Record: id, Kind: string(r.Kind), Story: r.Story, Date: r.Date.String(), DateBasis: r.DateBasis, Text: r.Text,
			Line: format.Line(&r), Confidence: r.Confidence}
		if len(r.Reasons) > 0 {
			e.Rule = r.Reasons[0].Rule
		}
		if st, known := heads[r.Story]; known {
			e.Title, e.Publisher, e.URL, e.Published = st.Title, st.Publisher, st.URL, st.Published.String()
		}
		if r.Own != nil {
			e.Publisher, e.URL = r.Own.Publisher, r.Own.URL
		}
		out[id] = e
	}
	return out, nil
}

// A StoryHead is a story without its text.
type StoryHead struct {
	ID        string `json:"id"`
	Date      string `json:"date"`
	Basis     string `json:"published_basis"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Publisher string `json:"publisher"`
	Language  string `json:"lang"`
	Source    string `json:"source"`
	Added     string `json:"added"`
	Cluster   string `json:"cluster" doc:"Id of the first story that tells the same in much the same words."`
	Copies    int    `json:"copies" doc:"Stories of its cluster, itself among them."`
	Records   int    `json:"records"`
	Note      string `json:"note" doc:"Why it was not coded."`
}

func headOf(st *store.Story) StoryHead {
	return StoryHead{ID: st.ID, Date: st.Published.String(), Basis: st.PublishedBasis, Title: st.Title, URL: safeURL(st.URL), Publisher: st.Publisher,
		Language: st.Language, Source: st.Source, Added: st.Added.UTC().Format("2006-01-02T15:04:05Z"), Cluster: st.Cluster, Copies: st.Copies,
		Records: st.Records, Note: st.Note}
}
