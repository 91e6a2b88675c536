package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/store"
)

// FilterParams are the parameters that say which records or stories are asked for.
type FilterParams struct {
	ID   []string `query:"id" doc:"Records by id." maxItems:"1000"`
	Kind []string `query:"kind" doc:"event, position, expectation, claim, visit, refusal."`
	desk.Asked
	Fold bool `query:"fold" default:"true" doc:"One record for a happening; false: every report."`
}

// kinds are all kinds of record.
var kinds = []string{string(dyad.KindEvent), string(dyad.KindPosition), string(dyad.KindExpectation), string(dyad.KindClaim), string(dyad.KindVisit), string(dyad.KindRefusal)}

// filter makes the store's filter of the parameters, and adds what is wrong with
// them.
func (s *Server) filter(p *FilterParams, wrong *faults) store.Filter {
	f, found := p.Filter(s.options.Book)
	for _, x := range found {
		wrong.add("query."+x.Parameter, x.Message, x.Value)
	}
	f.IDs, f.Fold = p.ID, p.Fold
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
	return f
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

func isRecordID(id string) bool {
	return len(id) > 0 && len(id) <= 16 && strings.Trim(id, "0123456789abcdef") == ""
}
