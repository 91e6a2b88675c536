package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/store"
)

// FilterParams are the parameters that say which records or stories are asked for,
// those of dyad events.
type FilterParams struct {
	ID            []string `query:"id" doc:"Records by id." maxItems:"1000"`
	Kind          []string `query:"kind" doc:"event, position, expectation, claim, visit, refusal."`
	Actor         []string `query:"actor" doc:"Who does it: a country's code or name, with a sector if you like (IRN GOV)."`
	Recipient     []string `query:"recipient" doc:"To whom."`
	Either        []string `query:"either" doc:"Actor or recipient; IRN-PAK is the pair, either way."`
	Sector        []string `query:"sector" doc:"Sector of either side: GOV, MIL, REB…"`
	Event         []string `query:"event" doc:"PLOVER event."`
	Mode          []string `query:"mode" doc:"Its mode."`
	Quad          []int    `query:"quad" doc:"Quad class: 1 and 2 verbal and material cooperation, 3 and 4 conflict."`
	Issue         []string `query:"issue" doc:"Issue of the codebook."`
	Aux           []string `query:"aux" doc:"historical, future, hypothetical, negation; actual for none of them."`
	AssertedBy    []string `query:"asserted_by" doc:"Who says so; writer for what nobody is said to have said."`
	From          string   `query:"from" doc:"First day, month or year of the record."`
	To            string   `query:"to" doc:"Last."`
	PublishedFrom string   `query:"published_from" doc:"First day, month or year of publication."`
	PublishedTo   string   `query:"published_to" doc:"Last."`
	Place         []string `query:"place" doc:"Where: a country's code or a city."`
	Outlet        []string `query:"outlet" doc:"Outlet of the story, or a part of its name."`
	Language      []string `query:"language" doc:"Language of the story."`
	Story         []string `query:"story" doc:"Story."`
	Confidence    float64  `query:"confidence" doc:"At least this confidence." minimum:"0" maximum:"1"`
	Origin        []string `query:"origin" doc:"Events of another project: icews, gdelt…; all for all. Default: dyad's own."`
	Fold          bool     `query:"fold" default:"true" doc:"One record for a happening; false: every report."`
}

// kinds are all kinds of record.
var kinds = []string{string(dyad.KindEvent), string(dyad.KindPosition), string(dyad.KindExpectation), string(dyad.KindClaim), string(dyad.KindVisit), string(dyad.KindRefusal)}

// auxModes are what aux may be.
var auxModes = []string{"actual", dyad.AuxHistorical, dyad.AuxFuture, dyad.AuxHypothetical, dyad.AuxNegation}

// filter makes the store's filter of the parameters, and adds what is wrong with
// them.
func (s *Server) filter(p *FilterParams, wrong *faults) store.Filter {
	f := store.Filter{IDs: p.ID, Sector: upper(p.Sector), Event: upper(p.Event), Mode: p.Mode, Quad: p.Quad, Issue: p.Issue, Aux: p.Aux,
		AssertedBy: p.AssertedBy, Outlet: p.Outlet, Language: p.Language, Story: p.Story, Confidence: p.Confidence, Origin: p.Origin, Fold: p.Fold}
	for _, id := range p.ID {
		if !isRecordID(id) {
			wrong.add("query.id", "want the id of a record: at most 16 digits of base 16", id)
		}
	}
	if len(p.ID) > 0 && len(p.Origin) == 0 {
		f.Origin = []string{"all"}
	}
	for _, k := range p.Kind {
		kind := strings.TrimSuffix(k, "s")
		if !slices.Contains(kinds, kind) {
			wrong.add("query.kind", "there are "+strings.Join(kinds, ", "), k)
		}
		f.Kinds = append(f.Kinds, dyad.Kind(kind))
	}
	f.Actor = s.parties("query.actor", p.Actor, wrong)
	f.Recipient = s.parties("query.recipient", p.Recipient, wrong)
	f.Either = s.parties("query.either", p.Either, wrong)
	for _, place := range p.Place {
		if code, err := s.options.Book.State(place); err == nil {
			place = code
		}
		f.Place = append(f.Place, place)
	}
	s.checkTerms(&f, wrong)
	f.From, f.To = s.span("query.from", p.From, "query.to", p.To, wrong)
	f.Published, f.PublishedTo = s.span("query.published_from", p.PublishedFrom, "query.published_to", p.PublishedTo, wrong)
	return f
}

func (s *Server) checkTerms(f *store.Filter, wrong *faults) {
	for _, e := range f.Event {
		if s.options.Book.Ontology.Event(e) == nil {
			wrong.add("query.event", "PLOVER has no such event; there are "+strings.Join(s.eventNames(), ", "), e)
		}
	}
	for _, q := range f.Quad {
		if q < 1 || q > 4 {
			wrong.add("query.quad", "want 1 to 4", q)
		}
	}
	for _, a := range f.Aux {
		if !slices.Contains(auxModes, a) {
			wrong.add("query.aux", "want "+strings.Join(auxModes, ", "), a)
		}
	}
	s.knownIssues(f.Issue, wrong)
}

// knownIssues refuses issues that the codebook has not.
func (s *Server) knownIssues(ids []string, wrong *faults) {
	for _, i := range ids {
		if s.reference.Issue(i) == nil {
			wrong.add("query.issue", "the codebook has no such issue"+suggestion(i, s.issueIDs()), i)
		}
	}
}

// days reads the first and last day of a time.
func (s *Server) days(first, from, last, to string, wrong *faults) (dyad.Date, dyad.Date) {
	a, b := wrong.day(first, from, false), wrong.day(last, to, true)
	if !b.IsZero() && b.Before(a) {
		wrong.add(last, "is before "+strings.TrimPrefix(first, "query."), to)
	}
	return a, b
}

// span reads two dates, of which the first must not be after the last.
func (s *Server) span(first, from, last, to string, wrong *faults) (dyad.Date, dyad.Date) {
	a, b := wrong.date(first, from), wrong.date(last, to)
	if !b.IsZero() && b.End().Before(a) {
		wrong.add(last, "is before "+from, to)
	}
	return a, b
}

// parties reads countries by their codes or names, with a sector ("IRN GOV"), or two
// of them as a pair ("IRN-PAK").
func (s *Server) parties(location string, names []string, wrong *faults) []string {
	var out []string
	for _, name := range names {
		code, err := s.party(name)
		if err != nil {
			wrong.add(location, err.Error(), name)
			continue
		}
		out = append(out, code)
	}
	return out
}

func (s *Server) party(name string) (string, error) {
	book := s.options.Book
	name = strings.TrimSpace(name)
	if code, err := book.State(name); err == nil {
		return code, nil // also names such as Guinea-Bissau
	}
	if a, b, pair := strings.Cut(name, "-"); pair {
		first, err := book.State(a)
		if err != nil {
			return "", err
		}
		second, err := book.State(b)
		return first + "-" + second, err
	}
	if i := strings.LastIndexByte(name, ' '); i > 0 {
		sector := strings.ToUpper(name[i+1:])
		if slices.ContainsFunc(book.Ontology.Sectors, func(c codebook.Code) bool { return c.ID == sector }) {
			code, err := book.State(name[:i])
			return code + " " + sector, err
		}
	}
	return book.State(name)
}

// country reads one country, by its code or name.
func (s *Server) country(location, name string, wrong *faults) string {
	code, err := s.options.Book.State(strings.TrimSpace(name))
	if err != nil {
		wrong.add(location, err.Error(), name)
	}
	return code
}

// pair reads two countries as they stand in a path: IRN-PAK.
func (s *Server) pair(location, name string, wrong *faults) (a, b string) {
	// A name may have a hyphen of its own.
	for i := range len(name) {
		if name[i] != '-' {
			continue
		}
		first, err := s.options.Book.State(name[:i])
		if err != nil {
			continue
		}
		if second, err := s.options.Book.State(name[i+1:]); err == nil {
			a, b = first, second
			break
		}
	}
	switch {
	case a == "":
		x, y, two := strings.Cut(name, "-")
		if !two {
			wrong.add(location, "want two countries with a hyphen between, as in IRN-PAK", name)
			return "", ""
		}
		s.country(location, x, wrong)
		s.country(location, y, wrong)
	case a == b:
		wrong.add(location, fmt.Sprintf("these are one country; what happens within it is found by actor=%s&recipient=%s", a, a), name)
	}
	return a, b
}

func (s *Server) eventNames() []string {
	return mapped(s.options.Book.Ontology.Events, func(e *codebook.EventCode) string { return e.ID })
}

func (s *Server) issueIDs() []string {
	return mapped(s.reference.Issues(), func(i *codebook.Issue) string { return i.ID })
}

func suggestion(word string, known []string) string {
	if near := codebook.Nearest(word, known); near != "" {
		return fmt.Sprintf("; did you mean %s?", near)
	}
	return ""
}

func upper(words []string) []string {
	return mapped(words, func(w *string) string { return strings.ToUpper(*w) })
}

func isRecordID(id string) bool {
	return len(id) > 0 && len(id) <= 16 && strings.Trim(id, "0123456789abcdef") == ""
}
