package web

import (
	"context"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// Who is somebody, as far as it is known.
type Who struct {
	Code       string `json:"code"`
	Sector     string `json:"sector"`
	Name       string `json:"name"`
	Identifier string `json:"identifier"`
	Office     string `json:"office"`
}

// Visit is one visit, put together from all stories that tell of it.
type Visit struct {
	Visitor   string   `json:"visitor"`
	Host      string   `json:"host"`
	Who       Who      `json:"who"`
	Level     string   `json:"level"`
	Announced string   `json:"announced"`
	Start     string   `json:"start"`
	End       string   `json:"end"`
	Status    string   `json:"status" enum:"announced,under_way,done,postponed,cancelled"`
	Overdue   bool     `json:"overdue" doc:"Announced for a day that has passed, and nothing told since."`
	Agenda    []string `json:"agenda"`
	Outcomes  []string `json:"outcomes"`
	Records   []string `json:"records"`
	Reports   int      `json:"reports"`
}

// VisitList is visits, the latest first.
type VisitList struct {
	On       string              `json:"on"`
	Items    []Visit             `json:"items"`
	Evidence map[string]Evidence `json:"evidence"`
}

// Expectation is an act that was announced, expected, promised, threatened or demanded,
// and what became of it.
type Expectation struct {
	Record     string   `json:"record"`
	Uttered    string   `json:"uttered" enum:"expected,announced,promised,threatened,demanded"`
	Told       string   `json:"told"`
	Who        []string `json:"who" doc:"None: an open outcome."`
	To         []string `json:"to"`
	AssertedBy []string `json:"asserted_by"`
	Event      string   `json:"event"`
	Mode       string   `json:"mode"`
	Not        bool     `json:"not" doc:"Expected not to happen."`
	Content    string   `json:"content"`
	Issues     []string `json:"issues"`
	Due        string   `json:"due"`
	DueEnd     string   `json:"due_end"`
	Status     string   `json:"status" enum:"open,met,overdue,contradicted,withdrawn"`
	DecidedBy  string   `json:"decided_by"`
	DecidedOn  string   `json:"decided_on"`
	Late       bool     `json:"late"`
	Why        string   `json:"why"`
	Text       string   `json:"text"`
	Records    []string `json:"records"`
}

func expectationOf(e *relation.Entry) Expectation {
	return Expectation{e.Record, e.Uttered, e.Told.String(), listed(e.Who), listed(e.To), listed(e.AssertedBy), e.Event, e.Mode, e.Not, e.Content, listed(e.Issues),
		e.Due.String(), e.DueEnd.String(), e.Status, e.DecidedBy, e.DecidedOn.String(), e.Late, e.Why, e.Text, listed(e.Records)}
}

// ExpectationList is what was expected, the soonest due first.
type ExpectationList struct {
	On       string              `json:"on"`
	Items    []Expectation       `json:"items"`
	Evidence map[string]Evidence `json:"evidence"`
}

// IssueHead is an issue with how much is told of it.
type IssueHead struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Parties      []string `json:"parties"`
	Records      int64    `json:"records"`
	Positions    int64    `json:"positions"`
	Expectations int64    `json:"expectations"`
	Last         string   `json:"last" doc:"Month of the last record."`
}

// IssueList is all issues of the codebook, those first of which most is told.
type IssueList struct {
	Items []IssueHead `json:"items"`
}

// Held is one position.
type Held struct {
	Stance  string   `json:"stance"`
	Content string   `json:"content"`
	Toward  []string `json:"toward"`
	On      string   `json:"on"`
	Record  string   `json:"record"`
	Text    string   `json:"text"`
	Reports int      `json:"reports"`
}

// Holding is what a country holds on an issue, in order of time.
type Holding struct {
	Holder  string `json:"holder"`
	Changed string `json:"changed" doc:"When it last turned from for to against or the other way."`
	Was     string `json:"was"`
	Became  string `json:"became"`
	Held    []Held `json:"held"`
}

// Square is what happened between a pair over an issue.
type Square struct {
	Pair         string   `json:"pair"`
	Friendly     int      `json:"friendly"`
	Hostile      int      `json:"hostile"`
	Positions    int      `json:"positions"`
	Expectations int      `json:"expectations"`
	Last         string   `json:"last"`
	Records      []string `json:"records"`
}

// IssueOne is who holds what on an issue, and what happens between whom over it.
type IssueOne struct {
	ID       string              `json:"id"`
	Name     string              `json:"name"`
	Parties  []string            `json:"parties"`
	Holdings []Holding           `json:"holdings"`
	Grid     []Square            `json:"grid"`
	Evidence map[string]Evidence `json:"evidence"`
}

// Unlike is how far a number is from those of the past.
type Unlike struct {
	Now    int     `json:"now"`
	Median float64 `json:"median"`
	MAD    float64 `json:"mad"`
	Score  float64 `json:"score"`
}

func unlikeOf(u relation.Unlike) Unlike {
	return Unlike{u.Now, round(u.Median), round(u.MAD), round(u.Score)}
}

// Move is how far a pair is from its own past.
type Move struct {
	Pair         string  `json:"pair"`
	A            string  `json:"a"`
	B            string  `json:"b"`
	Score        float64 `json:"score"`
	Direction    string  `json:"direction"`
	Friendly     Unlike  `json:"friendly"`
	Hostile      Unlike  `json:"hostile"`
	HostileDeeds Unlike  `json:"hostile_deeds"`
}

// First is what happened for the first time in a year.
type First struct {
	Actor     string `json:"actor"`
	Recipient string `json:"recipient"`
	Event     string `json:"event"`
	Mode      string `json:"mode"`
	Before    string `json:"before" doc:"When it happened last before; empty: never."`
	First     string `json:"first"`
	Record    string `json:"record"`
}

// Contradiction is that one says what another denies.
type Contradiction struct {
	Says   Record `json:"says"`
	Denies Record `json:"denies"`
}

// ChangeList is what is out of the ordinary.
type ChangeList struct {
	Since          string              `json:"since"`
	On             string              `json:"on"`
	Moves          []Move              `json:"moves"`
	Firsts         []First             `json:"firsts"`
	Overdue        []Expectation       `json:"overdue"`
	Contradictions []Contradiction     `json:"contradictions"`
	Evidence       map[string]Evidence `json:"evidence"`
}

// WhoseParams say of whom something is asked: of a pair, of a country, or of all.
type WhoseParams struct {
	Pair    string   `query:"pair" doc:"IRN-PAK"`
	Country string   `query:"country" doc:"IRN"`
	Issue   []string `query:"issue"`
	Status  []string `query:"status"`
	On      string   `query:"on" doc:"As of this day; default that of the last event."`
}

type visitsInput struct {
	WhoseParams
	From string `query:"from"`
	To   string `query:"to"`
}

type expectationsInput struct{ WhoseParams }

type issueInput struct {
	ID string `path:"id" maxLength:"100"`
}

type changesInput struct {
	Days   int      `query:"days" minimum:"1" maximum:"365" default:"30"`
	On     string   `query:"on"`
	Origin []string `query:"origin"`
}

func (s *Server) addDesk(api huma.API) {
	get(s, api, "/api/visits", "visits", "Who visited whom", s.visits)
	get(s, api, "/api/expectations", "expectations", "What was expected, and what became of it", s.expectations)
	get(s, api, "/api/issues", "issues", "The issues of the codebook, with how much is told of each", s.issues)
	get(s, api, "/api/issues/{id}", "issue", "Who holds what on an issue, and what happens between whom over it", s.issue)
	get(s, api, "/api/changes", "changes", "What is out of the ordinary", s.changes)
	get(s, api, "/api/actors/{code}", "actor", "What a country does and is done to it", s.actor)
}

// whose reads of whom something is asked; a alone is a country, neither means all.
func (s *Server) whose(p *WhoseParams, statuses []string, wrong *faults) (a, b string, on dyad.Date) {
	switch {
	case p.Pair != "" && p.Country != "":
		wrong.add("query.country", "ask of a pair or of a country, not of both", p.Country)
	case p.Pair != "":
		a, b = s.pair("query.pair", p.Pair, wrong)
	case p.Country != "":
		a = s.country("query.country", p.Country, wrong)
	}
	for _, status := range p.Status {
		if !slices.Contains(statuses, status) {
			wrong.add("query.status", "there are "+strings.Join(statuses, ", "), status)
		}
	}
	s.knownIssues(p.Issue, wrong)
	return a, b, wrong.day("query.on", p.On, true)
}

// asOf is the day asked for, or the last one of which anything is stored: of a pair,
// where one is asked about.
func (s *Server) asOf(ctx context.Context, a, b string, on dyad.Date) (dyad.Date, error) {
	switch {
	case !on.IsZero():
		return on, nil
	case b != "":
		return s.desk(nil).LastDayOf(ctx, a, b)
	}
	return s.desk(nil).LastDay(ctx)
}

func eitherOf(a, b string) []string {
	switch {
	case a == "":
		return nil
	case b == "":
		return []string{a}
	}
	return []string{a + "-" + b}
}

// matches reports whether one of some values is among those asked for, if any are.
func matches(asked []string, have ...string) bool {
	return len(asked) == 0 || slices.ContainsFunc(have, func(h string) bool { return slices.Contains(asked, h) })
}

func (s *Server) visits(ctx context.Context, in *visitsInput) (VisitList, error) {
	var wrong faults
	statuses := []string{relation.VisitAnnounced, relation.VisitUnderWay, relation.VisitDone, relation.VisitPostponed, relation.VisitCancelled}
	a, b, on := s.whose(&in.WhoseParams, statuses, &wrong)
	from, to := s.span("query.from", in.From, "query.to", in.To, &wrong)
	if err := wrong.err(); err != nil {
		return VisitList{}, err
	}
	on, err := s.asOf(ctx, a, b, on)
	if err != nil {
		return VisitList{}, err
	}
	f := store.Filter{Either: eitherOf(a, b)}
	if a == "" {
		f.Event = []string{"CONSULT"} // of all countries the rest would be most of the store
	}
	found, err := s.desk(nil).Visits(ctx, f, on)
	out := VisitList{On: on.String(), Items: []Visit{}}
	var ids []string
	for i := range found {
		v := &found[i]
		day := v.Start
		if day.IsZero() {
			day = v.Announced
		}
		if !matches(in.Status, v.Status) || !matches(in.Issue, v.Agenda...) || !from.IsZero() && day.Before(from) || !to.IsZero() && to.End().Before(day) {
			continue
		}
		if b != "" && relation.PairOf(v.Visitor, v.Host) != relation.PairOf(a, b) || a != "" && v.Visitor != a && v.Host != a {
			continue
		}
		out.Items = append(out.Items, visitOf(v))
		ids = append(append(ids, v.Records...), v.Outcomes...)
	}
	slices.SortStableFunc(out.Items, func(a, b Visit) int { return strings.Compare(max(b.Start, b.Announced), max(a.Start, a.Announced)) })
	if err == nil {
		out.Evidence, err = s.evidence(ctx, ids)
	}
	return out, err
}

func visitOf(v *relation.Visit) Visit {
	return Visit{Visitor: v.Visitor, Host: v.Host, Who: Who{v.Who.Code, v.Who.Sector, firstFilled(v.Who.Name, v.Who.Text), v.Who.Identifier, v.Who.Office},
		Level: v.Level, Announced: v.Announced.String(), Start: v.Start.String(), End: v.End.String(), Status: v.Status, Overdue: v.Overdue,
		Agenda: listed(v.Agenda), Outcomes: listed(v.Outcomes), Records: listed(v.Records), Reports: v.Reports}
}

func firstFilled(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func (s *Server) expectations(ctx context.Context, in *expectationsInput) (ExpectationList, error) {
	var wrong faults
	statuses := []string{dyad.StatusOpen, dyad.StatusMet, dyad.StatusOverdue, dyad.StatusContradicted, dyad.StatusWithdrawn}
	a, b, on := s.whose(&in.WhoseParams, statuses, &wrong)
	if err := wrong.err(); err != nil {
		return ExpectationList{}, err
	}
	on, err := s.asOf(ctx, a, b, on)
	if err != nil {
		return ExpectationList{}, err
	}
	var entries []relation.Entry
	if a == "" {
		entries, err = s.allExpectations(ctx, on)
	} else {
		entries, err = s.desk(nil).Ledger(ctx, a, b, on)
	}
	if err != nil {
		return ExpectationList{}, err
	}
	out := ExpectationList{On: on.String(), Items: []Expectation{}}
	var ids []string
	for i := range entries {
		if e := &entries[i]; matches(in.Status, e.Status) && matches(in.Issue, e.Issues...) {
			out.Items = append(out.Items, expectationOf(e))
			ids = append(append(ids, e.Record, e.DecidedBy), e.Records...)
		}
	}
	out.Evidence, err = s.evidence(ctx, ids)
	return out, err
}

// allExpectations gives those of all countries that were told within a year.
func (s *Server) allExpectations(ctx context.Context, on dyad.Date) ([]relation.Entry, error) {
	if on.IsZero() {
		return nil, nil
	}
	f := store.Filter{Kinds: []dyad.Kind{dyad.KindEvent, dyad.KindExpectation}, From: relation.DateOf(relation.DayOf(on) - 2*relation.Window), To: on, Fold: true}
	var records []dyad.Record
	for r, err := range s.options.Store.Records(ctx, f) {
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return relation.Ledger(records, on), nil
}

func (s *Server) issues(ctx context.Context, _ *struct{}) (IssueList, error) {
	counts, err := s.options.Store.Count(ctx, store.Filter{Fold: true}, []string{"issue", "kind", "month"})
	heads := map[string]*IssueHead{}
	out := IssueList{Items: mapped(s.reference.Issues(), func(i *codebook.Issue) IssueHead {
		return IssueHead{ID: i.ID, Name: firstFilled(i.Name, i.ID), Parties: listed(i.Parties)}
	})}
	for i := range out.Items {
		heads[out.Items[i].ID] = &out.Items[i]
	}
	for _, c := range counts {
		h := heads[c.By[0]]
		if h == nil {
			continue
		}
		h.Records += c.Number
		switch dyad.Kind(c.By[1]) {
		case dyad.KindPosition:
			h.Positions += c.Number
		case dyad.KindExpectation:
			h.Expectations += c.Number
		}
		h.Last = max(h.Last, c.By[2])
	}
	slices.SortStableFunc(out.Items, func(a, b IssueHead) int { return int(b.Records - a.Records) })
	return out, err
}

func (s *Server) issue(ctx context.Context, in *issueInput) (IssueOne, error) {
	known := s.reference.Issue(in.ID)
	if known == nil {
		return IssueOne{}, huma.Error404NotFound("the codebook has no issue " + in.ID + suggestion(in.ID, s.issueIDs()))
	}
	found, err := s.desk(nil).Issue(ctx, in.ID)
	if err != nil {
		return IssueOne{}, err
	}
	out := IssueOne{ID: in.ID, Name: found.Name, Parties: listed(known.Parties)}
	var ids []string
	out.Holdings = mapped(found.Holdings, func(h *relation.Holding) Holding {
		return Holding{h.Holder, h.Changed.String(), h.From, h.To, mapped(h.Held, func(x *relation.Held) Held {
			ids = append(ids, x.Record)
			return Held{x.Stance, x.Content, listed(x.Toward), x.On.String(), x.Record, x.Text, x.Reports}
		})}
	})
	out.Grid = mapped(found.Grid, func(q *relation.Square) Square {
		ids = append(ids, q.Records...)
		return Square{q.Pair.String(), q.Friendly, q.Hostile, q.Positions, q.Expects, q.Last.String(), listed(q.Records)}
	})
	out.Evidence, err = s.evidence(ctx, ids)
	return out, err
}

func (s *Server) changes(ctx context.Context, in *changesInput) (ChangeList, error) {
	var wrong faults
	on := wrong.day("query.on", in.On, true)
	if err := wrong.err(); err != nil {
		return ChangeList{}, err
	}
	found, err := s.desk(in.Origin).Changes(ctx, in.Days, on)
	if err != nil {
		return ChangeList{}, err
	}
	out := ChangeList{Since: found.Since.String(), On: found.On.String(), Overdue: mapped(found.Overdue, expectationOf)}
	out.Moves = mapped(found.Moves, func(m *relation.Move) Move {
		return Move{m.Pair.String(), m.Pair.A, m.Pair.B, round(m.Score), m.Direction, unlikeOf(m.Friendly), unlikeOf(m.Hostile), unlikeOf(m.HostileDeeds)}
	})
	var ids []string
	out.Firsts = mapped(found.Firsts, func(f *relation.Seen) First {
		ids = append(ids, f.Record)
		return First{f.Actor, f.Recipient, f.Event, f.Mode, relation.DateOf(f.Before).String(), relation.DateOf(f.First).String(), f.Record}
	})
	for i := range found.Overdue {
		ids = append(ids, found.Overdue[i].Record)
	}
	out.Contradictions = mapped(found.Contradictions, func(c *relation.Contradiction) Contradiction {
		ids = append(ids, c.Says.ID, c.Denies.ID)
		return Contradiction{recordOf(&c.Says), recordOf(&c.Denies)}
	})
	out.Evidence, err = s.evidence(ctx, ids)
	return out, err
}
