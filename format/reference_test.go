package format

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/opendyad/dyad"
)

// jsonRecord is a record as a JSON line for encoding/json, by which what is written and
// read by hand is measured.
type jsonRecord struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`

	Origin string `json:"origin,omitempty"` // of an imported event: "icews"

	Story     string `json:"story"`
	Date      string `json:"date"`
	DateEnd   string `json:"enddate,omitempty"`
	DateBasis string `json:"date_basis"`

	Actor     *[]jsonEntity `json:"actor,omitempty"`
	Recipient *[]jsonEntity `json:"recipient,omitempty"`
	Event     []string      `json:"event,omitempty"`
	Mode      []string      `json:"mode,omitempty"`
	CAMEO     string        `json:"cameo,omitempty"`
	Quad      int           `json:"quad_code,omitempty"`
	Scale     *float64      `json:"event_scale,omitempty"`
	Trigger   []string      `json:"event_text,omitempty"`
	Place     *jsonPlace    `json:"event_loc,omitempty"`

	Holder *[]jsonEntity `json:"holder,omitempty"`
	Stance string        `json:"stance,omitempty"`
	// PositionIssue stands only where the issue of the position is not the first of
	// the record's issues.
	PositionIssue *string       `json:"position_issue,omitempty"`
	Toward        *[]jsonEntity `json:"toward,omitempty"`
	Who           *[]jsonEntity `json:"who,omitempty"`
	Content       string        `json:"content,omitempty"`
	Cue           string        `json:"cue,omitempty"`
	// Polarity is "not" where something is expected not to happen.
	Polarity  string `json:"polarity,omitempty"`
	Due       string `json:"due,omitempty"`
	DueEnd    string `json:"due_end,omitempty"`
	DecidedBy string `json:"decided_by,omitempty"`

	Pair      *[]jsonEntity `json:"pair,omitempty"`
	State     string        `json:"state,omitempty"`
	Direction string        `json:"direction,omitempty"`
	Fact      string        `json:"fact,omitempty"`
	Verdict   string        `json:"verdict,omitempty"`

	Visitor  *[]jsonEntity `json:"visitor,omitempty"`
	Host     *[]jsonEntity `json:"host,omitempty"`
	Level    string        `json:"level,omitempty"`
	Start    string        `json:"start,omitempty"`
	End      string        `json:"end,omitempty"`
	Agenda   []string      `json:"agenda,omitempty"`
	Outcomes []string      `json:"outcomes,omitempty"`
	Status   string        `json:"status,omitempty"` // of an expectation or a visit

	Reason string `json:"reason,omitempty"` // of a refusal

	Issue      []string       `json:"issue"`
	Context    []string       `json:"context"`
	Aux        []string       `json:"aux"`
	AssertedBy []jsonEntity   `json:"asserted_by"`
	Text       string         `json:"text"`
	TextInfo   jsonEvidence   `json:"text_info"`
	Mentions   []jsonEvidence `json:"mentions,omitempty"`
	Confidence float64        `json:"confidence"`
	Reasons    []jsonReason   `json:"reasons"`
	Coder      string         `json:"coder"`
	Codebook   string         `json:"codebook"`

	Happening string       `json:"happening,omitempty"`
	Reports   []jsonReport `json:"reports,omitempty"`
	Own       *jsonOwn     `json:"own,omitempty"`
}

type jsonEntity struct {
	Code       string `json:"code"`
	Sector     string `json:"sector"`
	Text       string `json:"entity_text"`
	Identifier string `json:"identifier_id,omitempty"`
	Name       string `json:"identifier_text,omitempty"`
	Office     string `json:"office,omitempty"`
}

type jsonEvidence struct {
	Sequence     int `json:"sequence"`
	Start        int `json:"start"`
	End          int `json:"end"`
	TriggerStart int `json:"trigger_start"`
	TriggerEnd   int `json:"trigger_end"`
}

type jsonReason struct {
	Stage string `json:"stage"`
	Rule  string `json:"rule"`
	Note  string `json:"note"`
}

type jsonReport struct {
	Record    string `json:"record"`
	Story     string `json:"story"`
	Publisher string `json:"publisher,omitempty"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"`
	Text      string `json:"text,omitempty"`
}

// jsonOwn is what an imported event says in its project's own terms.
type jsonOwn struct {
	ID            string  `json:"id"`
	Code          string  `json:"code"`
	Label         string  `json:"label,omitempty"`
	Scale         float64 `json:"scale"`
	Quad          int     `json:"quad,omitempty"`
	Actor         string  `json:"actor"`
	ActorMore     string  `json:"actor_more,omitempty"`
	Recipient     string  `json:"recipient"`
	RecipientMore string  `json:"recipient_more,omitempty"`
	Added         string  `json:"added,omitempty"`
	Publisher     string  `json:"publisher,omitempty"`
	URL           string  `json:"url,omitempty"`
	Mentions      int     `json:"mentions,omitempty"`
	Sources       int     `json:"sources,omitempty"`
	Articles      int     `json:"articles,omitempty"`
	Tone          float64 `json:"tone,omitempty"`
	Root          bool    `json:"root,omitempty"`
	Sentence      int     `json:"sentence,omitempty"`
}

type jsonPlace struct {
	Extracted   string  `json:"extracted_place"`
	Resolved    string  `json:"resolved_place,omitempty"`
	GeoNameID   int     `json:"geonameid,omitempty"`
	Latitude    float64 `json:"lat,omitempty"`
	Longitude   float64 `json:"lon,omitempty"`
	City        string  `json:"city,omitempty"`
	Province    string  `json:"province,omitempty"`
	Country     string  `json:"country,omitempty"`
	CountryCode string  `json:"country_code,omitempty"`
	Resolution  int     `json:"resolution,omitempty"`
	Reason      string  `json:"reason,omitempty"`
}

// plainParse reads a line by encoding/json; ParseJSON must read the same.
func plainParse(line []byte) (dyad.Record, error) {
	var j jsonRecord
	if err := json.Unmarshal(line, &j); err != nil {
		return dyad.Record{}, fmt.Errorf("reading a record from JSON: %w", err)
	}
	p := plainDates{}
	r := dyad.Record{
		Kind: dyad.Kind(j.Kind), ID: j.ID, Story: j.Story,
		Date: p.date("date", j.Date), DateEnd: p.date("enddate", j.DateEnd), DateBasis: j.DateBasis,
		Issues: filledList(j.Issue), Contexts: filledList(j.Context), Aux: filledList(j.Aux),
		AssertedBy: parsedEntities(&j.AssertedBy),
		Text:       j.Text, Evidence: j.TextInfo.evidence(),
		Confidence: j.Confidence, Codebook: j.Codebook, Happening: j.Happening,
	}
	for _, m := range j.Mentions {
		r.Mentions = append(r.Mentions, m.evidence())
	}
	for _, reason := range j.Reasons {
		r.Reasons = append(r.Reasons, dyad.Reason(reason))
	}
	for _, report := range j.Reports {
		r.Reports = append(r.Reports, dyad.Report{Record: report.Record, Story: report.Story, Publisher: report.Publisher,
			URL: report.URL, Published: p.date("published", report.Published), Text: report.Text})
	}
	err := j.kind(&r, &p)
	j.own(&r, &p)
	if err = errors.Join(err, p.err); err != nil {
		return dyad.Record{}, fmt.Errorf("reading the record %q from JSON: %w", j.ID, err)
	}
	return r, nil
}

// kind fills the part of the record that its kind names.
func (j *jsonRecord) kind(r *dyad.Record, p *plainDates) error {
	switch r.Kind {
	case dyad.KindEvent:
		e := &dyad.Event{Actor: parsedEntities(j.Actor), Recipient: parsedEntities(j.Recipient),
			Type: first(j.Event), Mode: first(j.Mode), CAMEO: j.CAMEO, Quad: j.Quad, Trigger: first(j.Trigger)}
		if j.Scale != nil {
			e.Scale = *j.Scale
		}
		if j.Place != nil {
			place := dyad.Place(*j.Place)
			e.Place = &place
		}
		r.Event = e
	case dyad.KindPosition:
		r.Position = &dyad.Position{Holder: parsedEntities(j.Holder), Issue: first(j.Issue), Stance: j.Stance,
			Content: j.Content, Toward: parsedEntities(j.Toward)}
		if j.PositionIssue != nil {
			r.Position.Issue = *j.PositionIssue
		}
	case dyad.KindExpectation:
		r.Expectation = &dyad.Expectation{Who: parsedEntities(j.Who), Type: first(j.Event), Mode: first(j.Mode),
			Recipient: parsedEntities(j.Recipient), Content: j.Content, Cue: j.Cue, Polarity: j.Polarity,
			Due: p.date("due", j.Due), DueEnd: p.date("due_end", j.DueEnd), Status: j.Status, DecidedBy: j.DecidedBy}
	case dyad.KindClaim:
		r.Claim = &dyad.Claim{Pair: parsedEntities(j.Pair), State: j.State, Direction: j.Direction, Fact: j.Fact, Verdict: j.Verdict}
	case dyad.KindVisit:
		r.Visit = &dyad.Visit{Visitor: parsedEntities(j.Visitor), Host: parsedEntities(j.Host), Level: j.Level,
			Start: p.date("start", j.Start), End: p.date("end", j.End), Status: j.Status,
			Agenda: filledList(j.Agenda), Outcomes: filledList(j.Outcomes)}
	case dyad.KindRefusal:
		r.Refusal = &dyad.Refusal{Reason: j.Reason}
	default:
		return fmt.Errorf("%q is no kind of record; dyad knows event, position, expectation, claim, visit and refusal", j.Kind)
	}
	return nil
}

// own fills what an imported event says in its project's own terms.
func (j *jsonRecord) own(r *dyad.Record, p *plainDates) {
	o := j.Own
	if o == nil {
		return
	}
	r.Own = &dyad.Own{Origin: j.Origin, ID: o.ID, Code: o.Code, Label: o.Label, Scale: o.Scale, Quad: o.Quad,
		Actor: o.Actor, ActorMore: o.ActorMore, Recipient: o.Recipient, RecipientMore: o.RecipientMore,
		Added: p.date("added", o.Added), Publisher: o.Publisher, URL: o.URL, Mentions: o.Mentions, Sources: o.Sources,
		Articles: o.Articles, Tone: o.Tone, Root: o.Root, Sentence: o.Sentence}
}

// A plainDates reads the dates of a record and keeps the first error.
type plainDates struct{ err error }

func (p *plainDates) date(field, text string) dyad.Date {
	if text == "" {
		return dyad.Date{}
	}
	d, err := dyad.ParseDate(text)
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("field %s: %w", field, err)
	}
	return d
}

func (e jsonEvidence) evidence() dyad.Evidence {
	return dyad.Evidence{Sequence: e.Sequence, Span: dyad.Span{Start: e.Start, End: e.End},
		Trigger: dyad.Span{Start: e.TriggerStart, End: e.TriggerEnd}}
}

func parsedEntities(in *[]jsonEntity) []dyad.Entity {
	if in == nil || len(*in) == 0 {
		return nil
	}
	out := make([]dyad.Entity, len(*in))
	for i, e := range *in {
		out[i] = dyad.Entity(e)
	}
	return out
}

// filledList gives nil rather than an empty list.
func filledList(s []string) []string {
	if len(s) == 0 {
		return nil
	}
	return s
}
