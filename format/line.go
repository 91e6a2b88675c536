// Package format writes records in the field's file formats, and reads the events of
// other projects as records.
package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/opendyad/dyad"
)

// JSON gives a record as one line of JSON without the line's end: PLOVER's field names
// (manual, "Data Fields") and dyad's own. Fields that a kind does not have are left out.
// ParseJSON reads the line back.
//
// The line is put together by hand: encoding/json takes five times as long, which
// counts where millions of events are stored.
func JSON(r *dyad.Record) ([]byte, error) { return AppendJSON(make([]byte, 0, 1024), r) }

// AppendJSON appends the line to b.
func AppendJSON(b []byte, r *dyad.Record) ([]byte, error) {
	w := line{b: append(b, '{')}
	w.text("kind", string(r.Kind))
	w.text("id", r.ID)
	coder := "dyad"
	if r.Own != nil {
		coder = r.Own.Origin
		w.some("origin", r.Own.Origin)
	}
	w.text("story", r.Story)
	w.date("date", r.Date)
	w.someDate("enddate", r.DateEnd)
	w.text("date_basis", r.DateBasis)
	w.kind(r)
	w.list("issue", r.Issues)
	w.list("context", r.Contexts)
	w.list("aux", r.Aux)
	w.entities("asserted_by", r.AssertedBy)
	w.text("text", r.Text)
	w.name("text_info")
	w.evidence(r.Evidence)
	if len(r.Mentions) > 0 {
		w.name("mentions")
		w.array(len(r.Mentions), func(i int) { w.evidence(r.Mentions[i]) })
	}
	w.number("confidence", r.Confidence)
	w.name("reasons")
	w.array(len(r.Reasons), func(i int) { w.reason(&r.Reasons[i]) })
	w.text("coder", coder)
	w.text("codebook", r.Codebook)
	w.some("happening", r.Happening)
	if len(r.Reports) > 0 {
		w.name("reports")
		w.array(len(r.Reports), func(i int) { w.report(&r.Reports[i]) })
	}
	w.own(r.Own)
	return append(w.b, '}'), w.err
}

// A line is an object being written.
type line struct {
	b   []byte
	err error
}

// name begins a field.
func (w *line) name(name string) {
	if w.b[len(w.b)-1] != '{' {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, '"')
	w.b = append(w.b, name...)
	w.b = append(w.b, '"', ':')
}

func (w *line) text(name, value string) {
	w.name(name)
	w.string(value)
}

// some writes a text that is left out when it is empty; so do the others of this
// name.
func (w *line) some(name, value string) {
	if value != "" {
		w.text(name, value)
	}
}

func (w *line) someOne(name, value string) {
	if value != "" {
		w.list(name, []string{value})
	}
}

func (w *line) someList(name string, values []string) {
	if len(values) > 0 {
		w.list(name, values)
	}
}

func (w *line) someWhole(name string, n int) {
	if n != 0 {
		w.whole(name, n)
	}
}

func (w *line) someNumber(name string, f float64) {
	if f != 0 {
		w.number(name, f)
	}
}

func (w *line) someDate(name string, d dyad.Date) {
	if !d.IsZero() {
		w.date(name, d)
	}
}

func (w *line) whole(name string, n int) {
	w.name(name)
	w.b = strconv.AppendInt(w.b, int64(n), 10)
}

// number writes a number as encoding/json does: the shortest digits that give it
// back.
func (w *line) number(name string, f float64) {
	w.name(name)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		w.err = fmt.Errorf("writing the field %s as JSON: it is %v, which JSON has no number for", name, f)
		f = 0
	}
	form := byte('f')
	if size := math.Abs(f); size != 0 && (size < 1e-6 || size >= 1e21) {
		form = 'e'
	}
	w.b = strconv.AppendFloat(w.b, f, form, -1, 64)
	if n := len(w.b); form == 'e' && n >= 4 && w.b[n-4] == 'e' && w.b[n-3] == '-' && w.b[n-2] == '0' {
		w.b = append(w.b[:n-2], w.b[n-1]) // e-09 is e-9
	}
}

func (w *line) date(name string, d dyad.Date) {
	w.name(name)
	w.b = append(w.b, '"')
	if d.Day > 0 && d.Year < 10000 {
		w.b = append(w.b, byte('0'+d.Year/1000), byte('0'+d.Year/100%10), byte('0'+d.Year/10%10), byte('0'+d.Year%10), '-',
			byte('0'+d.Month/10), byte('0'+d.Month%10), '-', byte('0'+d.Day/10), byte('0'+d.Day%10))
	} else {
		w.b = append(w.b, d.String()...)
	}
	w.b = append(w.b, '"')
}

// string writes a text. Most have nothing to be escaped.
func (w *line) string(s string) {
	if plain(s) {
		w.b = append(w.b, '"')
		w.b = append(w.b, s...)
		w.b = append(w.b, '"')
		return
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		w.err = err
	}
	w.b = append(w.b, bytes.TrimRight(b.Bytes(), "\n")...)
}

func plain(s string) bool {
	ascii := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c == '"' || c == '\\' {
			return false
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	// JavaScript takes U+2028 and U+2029 for line ends.
	return ascii || utf8.ValidString(s) && !strings.Contains(s, "\u2028") && !strings.Contains(s, "\u2029")
}

func (w *line) array(n int, item func(int)) {
	w.b = append(w.b, '[')
	for i := range n {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		item(i)
	}
	w.b = append(w.b, ']')
}

func (w *line) list(name string, values []string) {
	w.name(name)
	w.array(len(values), func(i int) { w.string(values[i]) })
}

func (w *line) object(fields func()) {
	w.b = append(w.b, '{')
	fields()
	w.b = append(w.b, '}')
}

func (w *line) entities(name string, entities []dyad.Entity) {
	w.name(name)
	w.array(len(entities), func(i int) {
		e := &entities[i]
		w.object(func() {
			w.text("code", e.Code)
			w.text("sector", e.Sector)
			w.text("entity_text", e.Text)
			w.some("identifier_id", e.Identifier)
			w.some("identifier_text", e.Name)
			w.some("office", e.Office)
		})
	})
}

func (w *line) evidence(e dyad.Evidence) {
	w.object(func() {
		w.whole("sequence", e.Sequence)
		w.whole("start", e.Start)
		w.whole("end", e.End)
		w.whole("trigger_start", e.Trigger.Start)
		w.whole("trigger_end", e.Trigger.End)
	})
}

func (w *line) reason(r *dyad.Reason) {
	w.object(func() {
		w.text("stage", r.Stage)
		w.text("rule", r.Rule)
		w.text("note", r.Note)
	})
}

func (w *line) report(p *dyad.Report) {
	w.object(func() {
		w.text("record", p.Record)
		w.text("story", p.Story)
		w.some("publisher", p.Publisher)
		w.some("url", p.URL)
		w.someDate("published", p.Published)
		w.some("text", p.Text)
	})
}

// own writes what an imported event says in its project's own terms.
func (w *line) own(o *dyad.Own) {
	if o == nil {
		return
	}
	w.name("own")
	w.object(func() {
		w.text("id", o.ID)
		w.text("code", o.Code)
		w.some("label", o.Label)
		w.number("scale", o.Scale)
		w.someWhole("quad", o.Quad)
		w.text("actor", o.Actor)
		w.some("actor_more", o.ActorMore)
		w.text("recipient", o.Recipient)
		w.some("recipient_more", o.RecipientMore)
		w.someDate("added", o.Added)
		w.some("publisher", o.Publisher)
		w.some("url", o.URL)
		w.someWhole("mentions", o.Mentions)
		w.someWhole("sources", o.Sources)
		w.someWhole("articles", o.Articles)
		w.someNumber("tone", o.Tone)
		if o.Root {
			w.name("root")
			w.b = append(w.b, "true"...)
		}
		w.someWhole("sentence", o.Sentence)
	})
}

// kind writes the fields that belong to the record's kind.
func (w *line) kind(r *dyad.Record) {
	switch {
	case r.Event != nil:
		w.event(r.Event)
	case r.Position != nil:
		p := r.Position
		w.entities("holder", p.Holder)
		w.some("stance", p.Stance)
		if p.Issue != first(r.Issues) {
			w.text("position_issue", p.Issue)
		}
		w.entities("toward", p.Toward)
		w.some("content", p.Content)
	case r.Expectation != nil:
		w.expectation(r.Expectation)
	case r.Claim != nil:
		c := r.Claim
		w.entities("pair", c.Pair)
		w.some("state", c.State)
		w.some("direction", c.Direction)
		w.some("fact", c.Fact)
		w.some("verdict", c.Verdict)
	case r.Visit != nil:
		v := r.Visit
		w.entities("visitor", v.Visitor)
		w.entities("host", v.Host)
		w.some("level", v.Level)
		w.someDate("start", v.Start)
		w.someDate("end", v.End)
		w.someList("agenda", v.Agenda)
		w.someList("outcomes", v.Outcomes)
		w.some("status", v.Status)
	case r.Refusal != nil:
		w.some("reason", r.Refusal.Reason)
	}
}

func (w *line) event(e *dyad.Event) {
	w.entities("actor", e.Actor)
	w.entities("recipient", e.Recipient)
	w.someOne("event", e.Type)
	w.someOne("mode", e.Mode)
	w.some("cameo", e.CAMEO)
	w.someWhole("quad_code", e.Quad)
	w.number("event_scale", e.Scale)
	w.someOne("event_text", e.Trigger)
	if p := e.Place; p != nil {
		w.name("event_loc")
		w.object(func() {
			w.text("extracted_place", p.Extracted)
			w.some("resolved_place", p.Resolved)
			w.someWhole("geonameid", p.GeoNameID)
			w.someNumber("lat", p.Latitude)
			w.someNumber("lon", p.Longitude)
			w.some("city", p.City)
			w.some("province", p.Province)
			w.some("country", p.Country)
			w.some("country_code", p.CountryCode)
			w.someWhole("resolution", p.Resolution)
			w.some("reason", p.Reason)
		})
	}
}

func (w *line) expectation(x *dyad.Expectation) {
	w.entities("recipient", x.Recipient)
	w.someOne("event", x.Type)
	w.someOne("mode", x.Mode)
	w.entities("who", x.Who)
	w.some("content", x.Content)
	w.some("cue", x.Cue)
	w.some("polarity", x.Polarity)
	w.someDate("due", x.Due)
	w.someDate("due_end", x.DueEnd)
	w.some("decided_by", x.DecidedBy)
	w.some("status", x.Status)
}

// first gives the first of a list, "" of an empty one.
func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}
