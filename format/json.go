// Package format writes records in the field's file formats.
package format

import (
	"bytes"
	"encoding/json"

	"github.com/opendyad/dyad"
)

// jsonRecord is a record as a JSON line: PLOVER's field names (manual, "Data
// Fields") and dyad's own. Fields that a kind does not have are left out.
type jsonRecord struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`

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

	Holder  *[]jsonEntity `json:"holder,omitempty"`
	Stance  string        `json:"stance,omitempty"`
	Toward  *[]jsonEntity `json:"toward,omitempty"`
	Who     *[]jsonEntity `json:"who,omitempty"`
	Content string        `json:"content,omitempty"`
	Cue     string        `json:"cue,omitempty"`
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

// JSON gives a record as one line of JSON without the line's end.
func JSON(r *dyad.Record) ([]byte, error) {
	j := jsonRecord{
		Kind: string(r.Kind), ID: r.ID, Story: r.Story,
		Date: r.Date.String(), DateEnd: r.DateEnd.String(), DateBasis: r.DateBasis,
		Issue: list(r.Issues), Context: list(r.Contexts), Aux: list(r.Aux),
		AssertedBy: *entities(r.AssertedBy),
		Text:       r.Text, TextInfo: evidence(r.Evidence),
		Confidence: r.Confidence, Coder: "dyad", Codebook: r.Codebook,
	}
	for _, m := range r.Mentions {
		j.Mentions = append(j.Mentions, evidence(m))
	}
	for _, reason := range r.Reasons {
		j.Reasons = append(j.Reasons, jsonReason(reason))
	}
	j.addKind(r)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(&j); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// addKind fills the fields that belong to the record's kind.
func (j *jsonRecord) addKind(r *dyad.Record) {
	switch {
	case r.Event != nil:
		e := r.Event
		j.Actor, j.Recipient = entities(e.Actor), entities(e.Recipient)
		j.Event, j.Mode, j.CAMEO = one(e.Type), one(e.Mode), e.CAMEO
		j.Quad, j.Scale, j.Trigger = e.Quad, &e.Scale, one(e.Trigger)
		if e.Place != nil {
			p := jsonPlace(*e.Place)
			j.Place = &p
		}
	case r.Position != nil:
		p := r.Position
		j.Holder, j.Stance, j.Content, j.Toward = entities(p.Holder), p.Stance, p.Content, entities(p.Toward)
	case r.Expectation != nil:
		x := r.Expectation
		j.Who, j.Recipient = entities(x.Who), entities(x.Recipient)
		j.Event, j.Mode, j.Content, j.Cue = one(x.Type), one(x.Mode), x.Content, x.Cue
		j.Polarity, j.Due, j.DueEnd = x.Polarity, x.Due.String(), x.DueEnd.String()
		j.Status, j.DecidedBy = x.Status, x.DecidedBy
	case r.Claim != nil:
		c := r.Claim
		j.Pair, j.State, j.Direction, j.Fact, j.Verdict = entities(c.Pair), c.State, c.Direction, c.Fact, c.Verdict
	case r.Visit != nil:
		v := r.Visit
		j.Visitor, j.Host, j.Level = entities(v.Visitor), entities(v.Host), v.Level
		j.Start, j.End, j.Status = v.Start.String(), v.End.String(), v.Status
		j.Agenda, j.Outcomes = v.Agenda, v.Outcomes
	case r.Refusal != nil:
		j.Reason = r.Refusal.Reason
	}
}

func entities(in []dyad.Entity) *[]jsonEntity {
	out := make([]jsonEntity, len(in))
	for i, e := range in {
		out[i] = jsonEntity(e)
	}
	return &out
}

func evidence(e dyad.Evidence) jsonEvidence {
	return jsonEvidence{e.Sequence, e.Start, e.End, e.Trigger.Start, e.Trigger.End}
}

// list gives an empty JSON array rather than null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func one(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
