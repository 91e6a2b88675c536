package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/store"
)

// Quads are numbers of happenings by quad class 1 to 4.
type Quads [4]int64

// ActorMonth is what a country did and was done to it in a month.
type ActorMonth struct {
	Month    string `json:"month"`
	Done     Quads  `json:"done"`
	Received Quads  `json:"received"`
}

// ActorEvent is so by PLOVER event.
type ActorEvent struct {
	Event    string `json:"event"`
	Done     int64  `json:"done"`
	Received int64  `json:"received"`
}

// Partner is so by the other side.
type Partner struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Done     Quads  `json:"done"`
	Received Quads  `json:"received"`
}

// Office is who held an office, and when.
type Office struct {
	Actor  string `json:"actor"`
	Person string `json:"person"`
	Sector string `json:"sector"`
	Office string `json:"office"`
	From   string `json:"from"`
	To     string `json:"to" doc:"The day on which it ended; empty: it has not."`
}

// ActorOne is what a country does and is done to it.
type ActorOne struct {
	Code     string       `json:"code"`
	Name     string       `json:"name"`
	Capitals []string     `json:"capitals"`
	Borders  []string     `json:"borders"`
	Months   []ActorMonth `json:"months"`
	Events   []ActorEvent `json:"events"`
	Partners []Partner    `json:"partners"`
	Offices  []Office     `json:"offices"`
}

type actorInput struct {
	Code   string   `path:"code" maxLength:"100"`
	From   string   `query:"from"`
	To     string   `query:"to"`
	Origin []string `query:"origin"`
}

func (s *Server) actor(ctx context.Context, in *actorInput) (ActorOne, error) {
	var wrong faults
	code := s.country("path.code", in.Code, &wrong)
	from, to := s.span("query.from", in.From, "query.to", in.To, &wrong)
	if err := wrong.err(); err != nil {
		return ActorOne{}, err
	}
	out := ActorOne{Code: code, Name: s.reference.Name(code), Capitals: []string{}, Borders: []string{}, Offices: s.offices(code)}
	for i := range s.options.Book.Actors {
		if a := &s.options.Book.Actors[i]; a.ID == code {
			out.Capitals, out.Borders = listed(a.Capitals), listed(a.Borders)
		}
	}
	f := store.Filter{Kinds: []dyad.Kind{dyad.KindEvent}, Aux: []string{"actual"}, Origin: in.Origin, From: from, To: to, Fold: true}
	done, received := f, f
	done.Actor, received.Recipient = []string{code}, []string{code}
	counted := tally{code: code, months: map[string]*ActorMonth{}, events: map[string]*ActorEvent{}, partners: map[string]*Partner{}}
	for _, x := range []struct {
		filter store.Filter
		other  string
		give   bool
	}{{done, "recipient", true}, {received, "actor", false}} {
		counts, err := s.options.Store.Count(ctx, x.filter, []string{"month", "event", "quad", x.other})
		if err != nil {
			return out, err
		}
		for i := range counts {
			counted.add(&counts[i], x.give)
		}
	}
	counted.give(&out, s.reference.Name)
	return out, nil
}

// A tally sums counts by month, event, quad and the other side.
type tally struct {
	code     string
	months   map[string]*ActorMonth
	events   map[string]*ActorEvent
	partners map[string]*Partner
}

func (t *tally) add(c *store.Count, done bool) {
	month, event, other := c.By[0], c.By[1], c.By[3]
	quad, err := strconv.Atoi(c.By[2])
	if err != nil || quad < 1 || quad > 4 {
		return
	}
	m, e := at(t.months, month), at(t.events, event)
	m.Month, e.Event = month, event
	to := &m.Received
	if done {
		to = &m.Done
		e.Done += c.Number
	} else {
		e.Received += c.Number
	}
	to[quad-1] += c.Number
	if other == "" || other == t.code {
		return
	}
	p := at(t.partners, other)
	p.Code = other
	if done {
		p.Done[quad-1] += c.Number
	} else {
		p.Received[quad-1] += c.Number
	}
}

func at[T any](m map[string]*T, key string) *T {
	if m[key] == nil {
		m[key] = new(T)
	}
	return m[key]
}

func (t *tally) give(out *ActorOne, name func(string) string) {
	out.Months, out.Events, out.Partners = []ActorMonth{}, []ActorEvent{}, []Partner{}
	for _, m := range t.months {
		if len(m.Month) == len("2024-01") { // of some only the year is known
			out.Months = append(out.Months, *m)
		}
	}
	slices.SortFunc(out.Months, func(a, b ActorMonth) int { return strings.Compare(a.Month, b.Month) })
	for _, e := range t.events {
		out.Events = append(out.Events, *e)
	}
	slices.SortFunc(out.Events, func(a, b ActorEvent) int {
		if n := b.Done + b.Received - a.Done - a.Received; n != 0 {
			return int(n)
		}
		return strings.Compare(a.Event, b.Event)
	})
	for _, p := range t.partners {
		p.Name = name(p.Code)
		out.Partners = append(out.Partners, *p)
	}
	slices.SortFunc(out.Partners, func(a, b Partner) int {
		if n := b.sum() - a.sum(); n != 0 {
			return int(n)
		}
		return strings.Compare(a.Code, b.Code)
	})
}

func (p *Partner) sum() (n int64) {
	for i := range p.Done {
		n += p.Done[i] + p.Received[i]
	}
	return n
}

// offices gives who held an office of a state, the latest first.
func (s *Server) offices(code string) []Office {
	out := []Office{}
	for i := range s.options.Book.Actors {
		a := &s.options.Book.Actors[i]
		if a.Kind != codebook.KindPerson {
			continue
		}
		for _, t := range a.Terms {
			if t.Code == code {
				out = append(out, Office{a.ID, firstFilled(a.Name, a.ID), t.Sector, t.Office, t.From.String(), t.To.String()})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Office) int { return strings.Compare(b.From, a.From) })
	return out
}

// StateList is all countries that can be asked for.
type StateList struct {
	Items []Country `json:"items"`
}

func (s *Server) states(_ context.Context, _ *struct{}) (StateList, error) {
	out := StateList{Items: []Country{{"IGO", "International organisations"}}}
	for code, name := range s.names {
		out.Items = append(out.Items, Country{code, name})
	}
	slices.SortFunc(out.Items, func(a, b Country) int { return strings.Compare(a.Code, b.Code) })
	return out, nil
}

// CodeName is a code with its gloss.
type CodeName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// EventName is a PLOVER event with its modes.
type EventName struct {
	CodeName
	Quad  int        `json:"quad"`
	Score float64    `json:"score"`
	Modes []CodeName `json:"modes"`
}

// CodebookWords are the words that filters take.
type CodebookWords struct {
	Hash    string      `json:"hash"`
	Events  []EventName `json:"events"`
	Issues  []CodeName  `json:"issues"`
	Sectors []CodeName  `json:"sectors"`
}

func (s *Server) codebook(_ context.Context, _ *struct{}) (CodebookWords, error) {
	book := s.options.Book
	out := CodebookWords{Hash: book.Hash}
	out.Events = mapped(book.Ontology.Events, func(e *codebook.EventCode) EventName {
		return EventName{CodeName{e.ID, e.Name}, e.Quad, e.Score, mapped(e.Modes, func(m *codebook.ModeCode) CodeName { return CodeName{m.ID, m.Name} })}
	})
	out.Issues = mapped(s.reference.Issues(), func(i *codebook.Issue) CodeName { return CodeName{i.ID, firstFilled(i.Name, i.ID)} })
	out.Sectors = mapped(book.Ontology.Sectors, func(c *codebook.Code) CodeName { return CodeName{c.ID, c.Name} })
	return out, nil
}

func (s *Server) addVocabulary(api huma.API) {
	get(s, api, "/api/states", "states", "The countries that can be asked for", s.states)
	get(s, api, "/api/codebook", "codebook", "The words that filters take", s.codebook)
}
