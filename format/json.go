// Package format writes records in the field's file formats.
package format

// jsonRecord is a record as a JSON line: PLOVER's field names (manual, "Data
// Fields") and dyad's own. Fields that a kind does not have are left out.
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

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}
