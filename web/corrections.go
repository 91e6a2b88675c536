package web

import (
	"context"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
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
	e := editor{s: s, wrong: wrong, of: map[string]bool{"date": true, "issue": true, "aux": true}}
	switch {
	case r.Event != nil:
		e.event(r, f)
	case r.Position != nil:
		e.position(r, f)
	case r.Expectation != nil:
		e.expectation(r, f)
	case r.Claim != nil:
		e.claim(r, f)
	case r.Visit != nil:
		e.visit(r, f)
	}
	e.common(r, f)
	given := f.given()
	if len(given) == 0 {
		wrong.add("body.fields", "say what is right", nil)
	}
	for _, name := range given {
		if !e.of[name] {
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

// An editor puts what is right into a record.
type editor struct {
	s     *Server
	wrong *faults
	of    map[string]bool // fields that the record has
}

// parties puts parties in the place of others, if any are given.
func (e *editor) parties(field string, given *[]string, to *[]dyad.Entity) {
	if e.of[field] = true; given != nil {
		*to = e.entities(field, *given, *to)
	}
}

// word puts a word in the place of another, if one is given.
func (e *editor) word(field string, given, to *string) {
	if e.of[field] = true; given != nil {
		*to = *given
	}
}

// day puts a date in the place of another, if one is given.
func (e *editor) day(field string, given *string, to *dyad.Date) {
	if e.of[field] = true; given != nil {
		*to = e.wrong.date("body.fields."+field, *given)
	}
}

// code puts a type of event and its mode in the place of others, if any are given: an
// event of another type has no mode unless that is given too.
func (e *editor) code(f *changeFields, event, mode *string) {
	e.of["event"], e.of["mode"] = true, true
	if f.Event != nil {
		*event, *mode = e.eventName(*f.Event), ""
	}
	if f.Mode != nil {
		*mode = e.mode(*event, *f.Mode)
	}
}

func (e *editor) event(r *dyad.Record, f *changeFields) {
	event := *r.Event
	e.parties("actor", f.Actor, &event.Actor)
	e.parties("recipient", f.Recipient, &event.Recipient)
	e.code(f, &event.Type, &event.Mode)
	if f.Event != nil || f.Mode != nil {
		o := &e.s.options.Book.Ontology
		event.Quad, event.Scale, event.CAMEO = o.Quad(event.Type), o.Score(event.Type, event.Mode), o.CAMEOOf(event.Type, event.Mode)
	}
	r.Event = &event
}

func (e *editor) position(r *dyad.Record, f *changeFields) {
	p := *r.Position
	e.parties("holder", f.Holder, &p.Holder)
	e.parties("toward", f.Toward, &p.Toward)
	e.word("stance", f.Stance, &p.Stance)
	if f.Issue != nil {
		p.Issue = strings.Join((*f.Issue)[:min(1, len(*f.Issue))], "")
	}
	r.Position = &p
}

func (e *editor) expectation(r *dyad.Record, f *changeFields) {
	x := *r.Expectation
	e.parties("who", f.Who, &x.Who)
	e.parties("recipient", f.Recipient, &x.Recipient)
	e.code(f, &x.Type, &x.Mode)
	if e.day("due", f.Due, &x.Due); f.Due != nil {
		x.DueEnd = dyad.Date{}
	}
	r.Expectation = &x
}

func (e *editor) claim(r *dyad.Record, f *changeFields) {
	c := *r.Claim
	e.parties("pair", f.Pair, &c.Pair)
	e.word("state", f.State, &c.State)
	e.word("direction", f.Direction, &c.Direction)
	r.Claim = &c
}

func (e *editor) visit(r *dyad.Record, f *changeFields) {
	v := *r.Visit
	e.parties("visitor", f.Visitor, &v.Visitor)
	e.parties("host", f.Host, &v.Host)
	e.word("level", f.Level, &v.Level)
	e.day("start", f.Start, &v.Start)
	e.day("end", f.End, &v.End)
	e.word("status", f.Status, &v.Status)
	r.Visit = &v
}

// common puts right what records of all kinds have.
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
			if !slices.Contains(desk.AuxModes[1:], a) {
				e.wrong.add("body.fields.aux", "want "+strings.Join(desk.AuxModes[1:], ", "), a)
			}
		}
		r.Aux = *f.Aux
	}
}

// entities reads parties; one that was there before keeps what is known of it.
func (e *editor) entities(field string, names []string, before []dyad.Entity) []dyad.Entity {
	out := []dyad.Entity{}
	for _, name := range names {
		party, err := desk.PartyNamed(e.s.options.Book, name)
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
