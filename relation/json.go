package relation

import (
	"encoding/json"

	"github.com/opendyad/dyad"
)

// MarshalText writes a pair as String does.
func (p Pair) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// dateOf is the date of a day, of which the part named by a precision is known.
func dateOf(day int32, p Precision) dyad.Date {
	d := DateOf(day)
	switch p {
	case PreciseYear:
		d.Month, d.Day = 0, 0
	case PreciseMonth:
		d.Day = 0
	}
	return d
}

// modes names auxiliary modes.
func (a Aux) modes() []string {
	out := []string{}
	for i, name := range []string{dyad.AuxHistorical, dyad.AuxFuture, dyad.AuxHypothetical, dyad.AuxNegation} {
		if a&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return out
}

// MarshalJSON writes a row with its date for its day.
func (a Act) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Date      dyad.Date `json:"date"`
		Actor     string    `json:"actor"`
		Recipient string    `json:"recipient"`
		Event     string    `json:"event"`
		Mode      string    `json:"mode"`
		Quad      uint8     `json:"quad"`
		Scale     float64   `json:"scale"`
		Aux       []string  `json:"aux"`
		Mutual    bool      `json:"mutual"`
		Reports   int32     `json:"reports"`
		Record    string    `json:"record"`
		Happening string    `json:"happening"`
	}{dateOf(a.Day, a.Precision), a.Actor, a.Recipient, a.Event, a.Mode, a.Quad, score(&a), a.Aux.modes(), a.Mutual, a.Reports, a.Record, a.Happening})
}

// MarshalJSON writes a claim with its date for its day.
func (c Said) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Date      dyad.Date `json:"date"`
		State     string    `json:"state"`
		Direction string    `json:"direction"`
		Past      bool      `json:"past"`
		Record    string    `json:"record"`
		Story     string    `json:"story"`
	}{DateOf(c.Day), c.State, c.Direction, c.Past, c.Record, c.Story})
}

// MarshalJSON writes what was seen with dates for days; before is "" for never.
func (s Seen) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Actor     string    `json:"actor"`
		Recipient string    `json:"recipient"`
		Event     string    `json:"event"`
		Mode      string    `json:"mode"`
		Before    dyad.Date `json:"before"`
		First     dyad.Date `json:"first"`
		Record    string    `json:"record"`
	}{s.Actor, s.Recipient, s.Event, s.Mode, DateOf(s.Before), DateOf(s.First), s.Record})
}

// visitor is who went, as JSON has it.
type visitor struct {
	Code       string `json:"code"`
	Sector     string `json:"sector"`
	Name       string `json:"name"`
	Identifier string `json:"identifier"`
	Office     string `json:"office"`
}

// MarshalJSON writes a visit.
func (v Visit) MarshalJSON() ([]byte, error) {
	type plain Visit // without this method
	v.Agenda, v.Outcomes = listed(v.Agenda), listed(v.Outcomes)
	return json.Marshal(struct {
		plain
		Who visitor `json:"who"`
	}{plain(v), visitor{v.Who.Code, v.Who.Sector, v.Who.Name, v.Who.Identifier, v.Who.Office}})
}

// MarshalJSON writes an entry of the ledger.
func (e Entry) MarshalJSON() ([]byte, error) {
	type plain Entry // without this method
	e.Who, e.To, e.AssertedBy, e.Issues = listed(e.Who), listed(e.To), listed(e.AssertedBy), listed(e.Issues)
	return json.Marshal(plain(e))
}

// listed makes an empty list of none, so that it is [] in JSON and not null.
func listed(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// MarshalJSON writes a brief: its words, and what they were made of.
func (b Brief) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		A            string    `json:"a"`
		B            string    `json:"b"`
		Since        dyad.Date `json:"since"`
		On           dyad.Date `json:"on"`
		Document     Document  `json:"document"`
		State        State     `json:"state"`
		Series       Series    `json:"series"`
		Visits       []Visit   `json:"visits"`
		Holdings     []Holding `json:"holdings"`
		Grid         []Square  `json:"grid"`
		Expectations []Entry   `json:"expectations"`
		Triads       []Triad   `json:"triads"`
	}{b.A, b.B, b.Since, b.On, b.Document(), b.State, b.Series, b.Visits, b.Holdings, b.Grid, b.Entries, b.Triads})
}
