package web

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

// Correction is what somebody says of a record: that it is wrong, or what is right.
type Correction struct {
	ID     int64   `json:"id"`
	Record string  `json:"record"`
	Story  string  `json:"story"`
	Action string  `json:"action" enum:"reject,correct"`
	Author string  `json:"author"`
	Note   string  `json:"note"`
	At     string  `json:"at"`
	Undone string  `json:"undone" doc:"Empty: it stands."`
	Stale  bool    `json:"stale" doc:"The record is not coded any more."`
	Before Record  `json:"before"`
	After  *Record `json:"after,omitempty" doc:"Missing when it is rejected."`
}

func correctionOf(c *store.Correction) Correction {
	out := Correction{c.Number, c.Record, c.Story, c.Action, c.Author, c.Note, instant(c.At), instant(c.Undone), c.Stale, recordOf(&c.Before), nil}
	if c.After != nil {
		after := recordOf(c.After)
		out.After = &after
	}
	return out
}

// CorrectionList is corrections, the newest first.
type CorrectionList struct {
	Items []Correction `json:"items"`
}

// correctionBody is a correction as it is posted.
type correctionBody struct {
	Action string        `json:"action" enum:"reject,correct"`
	Author string        `json:"author" minLength:"1" maxLength:"200"`
	Note   string        `json:"note" minLength:"1" maxLength:"5000"`
	Fields *changeFields `json:"fields,omitempty" doc:"What is right; what is left out stays."`
}

// changeFields are what can be put right. Actors are codes with a sector if you like.
type changeFields struct {
	Actor     *[]string `json:"actor,omitempty"`
	Recipient *[]string `json:"recipient,omitempty"`
	Event     *string   `json:"event,omitempty"`
	Mode      *string   `json:"mode,omitempty"`
	Date      *string   `json:"date,omitempty"`
	Issue     *[]string `json:"issue,omitempty"`
	Aux       *[]string `json:"aux,omitempty"`
	Holder    *[]string `json:"holder,omitempty"`
	Toward    *[]string `json:"toward,omitempty"`
	Stance    *string   `json:"stance,omitempty" enum:"for,against,calls_for,concerned,neutral"`
	Who       *[]string `json:"who,omitempty"`
	Due       *string   `json:"due,omitempty"`
	Pair      *[]string `json:"pair,omitempty"`
	State     *string   `json:"state,omitempty" enum:",hostile,strained,normal,cooperative,close"`
	Direction *string   `json:"direction,omitempty" enum:",worsening,mending,steady"`
	Visitor   *[]string `json:"visitor,omitempty"`
	Host      *[]string `json:"host,omitempty"`
	Level     *string   `json:"level,omitempty" maxLength:"100"`
	Start     *string   `json:"start,omitempty"`
	End       *string   `json:"end,omitempty"`
	Status    *string   `json:"status,omitempty" enum:"announced,under_way,done,postponed,cancelled"`
}

type correctInput struct {
	ID   string `path:"id" pattern:"^[0-9a-f]{1,16}$" patternDescription:"a record's id"`
	Body correctionBody
}

type correctionsInput struct {
	FormParams
	All    bool   `query:"all" doc:"Those too that were undone."`
	Record string `query:"record"`
	Story  string `query:"story"`
}

type undoInput struct {
	ID int64 `path:"id" minimum:"1"`
}

type correctOutput struct {
	Status int
	Body   Correction
}

func (s *Server) addCorrections(api huma.API) {
	several(s, api, "/api/corrections", "corrections", "What people say of records; gold gives the sentences with what they should give",
		[]string{"jsonl", "gold"}, func(in *correctionsInput) (string, string) { return in.asked() }, s.corrections)
	op := operation(http.MethodPost, "/api/records/{id}/correction", "correct", "Reject a record, or say what is right")
	op.DefaultStatus = http.StatusCreated
	huma.Register(api, op, func(ctx context.Context, in *correctInput) (*correctOutput, error) {
		c, err := s.correct(ctx, in)
		if err != nil {
			return nil, s.told(err)
		}
		return &correctOutput{http.StatusCreated, c}, nil
	})
	op = operation(http.MethodDelete, "/api/corrections/{id}", "undo-correction", "Take a correction back")
	op.DefaultStatus = http.StatusOK
	huma.Register(api, op, func(ctx context.Context, in *undoInput) (*correctOutput, error) {
		c, err := pipeline.UndoCorrection(ctx, s.options.Store, in.ID)
		if err != nil {
			return nil, s.told(err)
		}
		return &correctOutput{http.StatusOK, s.corrected(&c)}, nil
	})
}

// corrected tells those who follow that the data have changed.
func (s *Server) corrected(c *store.Correction) Correction {
	s.cache.changed()
	out := correctionOf(c)
	s.log.Info("a record was corrected", "correction", c.Number, "record", c.Record, "action", c.Action, "author", c.Author, "undone", !c.Undone.IsZero())
	s.news.send("corrected", out)
	return out
}

func (s *Server) correct(ctx context.Context, in *correctInput) (Correction, error) {
	b := &in.Body
	c := store.Correction{Record: in.ID, Action: b.Action, Author: strings.TrimSpace(b.Author), Note: strings.TrimSpace(b.Note)}
	var wrong faults
	if c.Author == "" {
		wrong.add("body.author", "say who corrects it", b.Author)
	}
	if c.Note == "" {
		wrong.add("body.note", "say why", b.Note)
	}
	switch {
	case c.Action == store.Corrected && b.Fields == nil:
		wrong.add("body.fields", "say what is right", nil)
	case c.Action == store.Rejected && b.Fields != nil:
		wrong.add("body.fields", "a rejected record has none", nil)
	case c.Action == store.Corrected:
		found, err := s.options.Store.Named(ctx, []string{in.ID})
		if err != nil {
			return Correction{}, err
		}
		for _, r := range found {
			after := r
			s.change(&after, b.Fields, &wrong)
			after.Reasons = append([]dyad.Reason{{Stage: "correction", Rule: c.Author, Note: c.Note}}, after.Reasons...)
			c.After = &after
		}
		if c.After == nil {
			return Correction{}, huma.Error404NotFound("there is no record " + in.ID)
		}
	}
	if err := wrong.err(); err != nil {
		return Correction{}, err
	}
	c, err := pipeline.Correct(ctx, s.options.Store, c)
	if err != nil {
		return Correction{}, err
	}
	return s.corrected(&c), nil
}

// change puts into a record what is right. What it shares with the one that was coded
// is never written to.
func (s *Server) change(r *dyad.Record, f *changeFields, wrong *faults) {
	e := editor{s: s, wrong: wrong}
	of := map[string]bool{"date": true, "issue": true, "aux": true}
	is := func(name string, given bool) bool { of[name] = true; return given }
	switch {
	case r.Event != nil:
		event := *r.Event
		if is("actor", f.Actor != nil) {
			event.Actor = e.entities("actor", *f.Actor, event.Actor)
		}
		if is("recipient", f.Recipient != nil) {
			event.Recipient = e.entities("recipient", *f.Recipient, event.Recipient)
		}
		if is("event", f.Event != nil); is("mode", f.Mode != nil) || f.Event != nil {
			e.event(&event, f)
		}
		r.Event = &event
	case r.Position != nil:
		p := *r.Position
		if is("holder", f.Holder != nil) {
			p.Holder = e.entities("holder", *f.Holder, p.Holder)
		}
		if is("toward", f.Toward != nil) {
			p.Toward = e.entities("toward", *f.Toward, p.Toward)
		}
		if is("stance", f.Stance != nil) {
			p.Stance = *f.Stance
		}
		if f.Issue != nil {
			p.Issue = ""
			if len(*f.Issue) > 0 {
				p.Issue = (*f.Issue)[0]
			}
		}
		r.Position = &p
	case r.Expectation != nil:
		x := *r.Expectation
		if is("who", f.Who != nil) {
			x.Who = e.entities("who", *f.Who, x.Who)
		}
		if is("recipient", f.Recipient != nil) {
			x.Recipient = e.entities("recipient", *f.Recipient, x.Recipient)
		}
		if is("event", f.Event != nil) {
			x.Type = e.eventName(*f.Event)
			x.Mode = ""
		}
		if is("mode", f.Mode != nil) {
			x.Mode = e.mode(x.Type, *f.Mode)
		}
		if is("due", f.Due != nil) {
			x.Due, x.DueEnd = wrong.date("body.fields.due", *f.Due), dyad.Date{}
		}
		r.Expectation = &x
	case r.Claim != nil:
		c := *r.Claim
		if is("pair", f.Pair != nil) {
			c.Pair = e.entities("pair", *f.Pair, c.Pair)
		}
		if is("state", f.State != nil) {
			c.State = *f.State
		}
		if is("direction", f.Direction != nil) {
			c.Direction = *f.Direction
		}
		r.Claim = &c
	case r.Visit != nil:
		e.visit(r, f, is)
	}
	e.common(r, f)
	given := f.given()
	if len(given) == 0 {
		wrong.add("body.fields", "say what is right", nil)
	}
	for _, name := range given {
		if !of[name] {
			wrong.add("body.fields."+name, "a record of the kind "+string(r.Kind)+" has no such field", nil)
		}
	}
}

// given are the names of the fields that say something.
func (f *changeFields) given() (names []string) {
	v := reflect.ValueOf(f).Elem()
	for i := range v.NumField() {
		if !v.Field(i).IsNil() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			names = append(names, name)
		}
	}
	return names
}

// An editor reads what is right.
type editor struct {
	s     *Server
	wrong *faults
}

func (e *editor) common(r *dyad.Record, f *changeFields) {
	if f.Date != nil {
		if d := e.wrong.date("body.fields.date", *f.Date); !d.IsZero() {
			r.Date, r.DateEnd, r.DateBasis = d, dyad.Date{}, dyad.BasisStated
		}
	}
	if f.Issue != nil {
		for _, i := range *f.Issue {
			if e.s.reference.Issue(i) == nil {
				e.wrong.add("body.fields.issue", "the codebook has no such issue"+suggestion(i, e.s.issueIDs()), i)
			}
		}
		r.Issues = *f.Issue
	}
	if f.Aux != nil {
		for _, a := range *f.Aux {
			if !slices.Contains(auxModes[1:], a) {
				e.wrong.add("body.fields.aux", "want "+strings.Join(auxModes[1:], ", "), a)
			}
		}
		r.Aux = *f.Aux
	}
}

// entities reads parties; one that was there before keeps what is known of it.
func (e *editor) entities(field string, names []string, before []dyad.Entity) []dyad.Entity {
	out := []dyad.Entity{}
	for _, name := range names {
		party, err := e.s.party(name)
		code, sector, _ := strings.Cut(party, " ")
		if err == nil && strings.Contains(party, "-") {
			e.wrong.add("body.fields."+field, "want one country", name)
			continue
		}
		if err != nil {
			e.wrong.add("body.fields."+field, err.Error(), name)
			continue
		}
		entity := dyad.Entity{Code: code, Sector: sector, Identifier: code, Name: e.s.reference.Name(code)}
		for _, b := range before {
			if b.Code == code && b.Sector == sector {
				entity = b
			}
		}
		out = append(out, entity)
	}
	return out
}

func (e *editor) eventName(name string) string {
	name = strings.ToUpper(name)
	if e.s.options.Book.Ontology.Event(name) == nil {
		e.wrong.add("body.fields.event", "PLOVER has no such event; there are "+strings.Join(e.s.eventNames(), ", "), name)
	}
	return name
}

func (e *editor) mode(event, mode string) string {
	known := e.s.options.Book.Ontology.Event(event)
	if mode != "" && known != nil && known.Mode(mode) == nil {
		modes := mapped(known.Modes, func(m *codebook.ModeCode) string { return m.ID })
		e.wrong.add("body.fields.mode", event+" has no such mode; there are "+strings.Join(modes, ", "), mode)
	}
	return mode
}

// event puts another type or mode into an event, with what follows from them.
func (e *editor) event(event *dyad.Event, f *changeFields) {
	if f.Event != nil {
		event.Type, event.Mode = e.eventName(*f.Event), ""
	}
	if f.Mode != nil {
		event.Mode = e.mode(event.Type, *f.Mode)
	}
	o := &e.s.options.Book.Ontology
	event.Quad, event.Scale, event.CAMEO = o.Quad(event.Type), o.Score(event.Type, event.Mode), o.CAMEOOf(event.Type, event.Mode)
}

func (e *editor) visit(r *dyad.Record, f *changeFields, is func(string, bool) bool) {
	v := *r.Visit
	if is("visitor", f.Visitor != nil) {
		v.Visitor = e.entities("visitor", *f.Visitor, v.Visitor)
	}
	if is("host", f.Host != nil) {
		v.Host = e.entities("host", *f.Host, v.Host)
	}
	if is("level", f.Level != nil) {
		v.Level = *f.Level
	}
	if is("start", f.Start != nil) {
		v.Start = e.wrong.date("body.fields.start", *f.Start)
	}
	if is("end", f.End != nil) {
		v.End = e.wrong.date("body.fields.end", *f.End)
	}
	if is("status", f.Status != nil) {
		v.Status = *f.Status
	}
	r.Visit = &v
}

func (s *Server) corrections(ctx context.Context, in *correctionsInput, form string) (*CorrectionList, func(io.Writer) error, error) {
	if in.Record != "" && !isRecordID(in.Record) {
		return nil, nil, faults{bad("query.record", "want the id of a record: at most 16 digits of base 16", in.Record)}.err()
	}
	found, err := s.options.Store.Corrections(ctx, store.CorrectionFilter{Record: in.Record, Story: in.Story, All: in.All && form != "gold"})
	if err != nil {
		return nil, nil, err
	}
	if form == "gold" {
		return nil, func(w io.Writer) error { return s.writeCorrectedGold(ctx, w, found) }, nil
	}
	out := CorrectionList{mapped(found, correctionOf)}
	return &out, func(w io.Writer) error { return writeLines(w, out.Items) }, nil
}

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
