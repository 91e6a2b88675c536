package desk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/store"
)

// Asked says which records or stories are asked for, in the words of whoever asks: these
// are the flags of dyad events (placeholder, help) and the parameters of /api/records
// (query, doc).
type Asked struct {
	Actor         []string `query:"actor" doc:"Who does it: a country's code or name, with a sector if you like (IRN GOV)." placeholder:"IRN" help:"Who does it: a country's code or name, with a sector if you like (\"IRN GOV\")."`
	Recipient     []string `query:"recipient" doc:"To whom." placeholder:"PAK" help:"To whom."`
	Either        []string `query:"either" doc:"Actor or recipient; IRN-PAK is the pair, either way." placeholder:"IRN" help:"Actor or recipient; IRN-PAK is the pair, either way."`
	Sector        []string `query:"sector" doc:"Sector of either side: GOV, MIL, REB…" placeholder:"GOV" help:"Sector of either side: GOV, MIL, REB…"`
	Event         []string `query:"event" doc:"PLOVER event." placeholder:"CONSULT" help:"PLOVER event."`
	Mode          []string `query:"mode" doc:"Its mode." placeholder:"visit" help:"Its mode."`
	Quad          []int    `query:"quad" doc:"Quad class: 1 and 2 verbal and material cooperation, 3 and 4 conflict." placeholder:"1" help:"Quad class: 1 and 2 verbal and material cooperation, 3 and 4 conflict."`
	Issue         []string `query:"issue" doc:"Issue of the codebook." placeholder:"kashmir" help:"Issue of the codebook."`
	Aux           []string `query:"aux" doc:"historical, future, hypothetical, negation; actual for none of them." placeholder:"actual" help:"historical, future, hypothetical, negation; actual for none of them."`
	AssertedBy    []string `query:"asserted_by" doc:"Who says so; writer for what nobody is said to have said." placeholder:"IRN" help:"Who says so; writer for what nobody is said to have said."`
	From          string   `query:"from" doc:"First day, month or year of the record." placeholder:"DATE" help:"First day, month or year of the record."`
	To            string   `query:"to" doc:"Last." placeholder:"DATE" help:"Last."`
	PublishedFrom string   `query:"published_from" doc:"First day, month or year of publication." placeholder:"DATE" help:"First day, month or year of publication."`
	PublishedTo   string   `query:"published_to" doc:"Last." placeholder:"DATE" help:"Last."`
	Place         []string `query:"place" doc:"Where: a country's code or a city." placeholder:"PAK" help:"Where: a country's code or a city."`
	Outlet        []string `query:"outlet" doc:"Outlet of the story, or a part of its name." placeholder:"NAME" help:"Outlet of the story, or a part of its name."`
	Language      []string `query:"language" doc:"Language of the story." placeholder:"en" help:"Language of the story."`
	Story         []string `query:"story" doc:"Story." placeholder:"ID" help:"Story."`
	Confidence    float64  `query:"confidence" doc:"At least this confidence." minimum:"0" maximum:"1" placeholder:"0.5" help:"At least this confidence."`
	Origin        []string `query:"origin" doc:"Events of another project: icews, gdelt…; all for all. Default: dyad's own." placeholder:"icews" help:"Events of another project: icews, gdelt…; all for all."`
}

// AuxModes are what Aux may be.
var AuxModes = []string{"actual", dyad.AuxHistorical, dyad.AuxFuture, dyad.AuxHypothetical, dyad.AuxNegation}

// A Fault is one word that cannot be answered, with the name of its parameter:
// "published_from".
type Fault struct {
	Parameter string
	Value     any
	Message   string
}

// asking makes a filter of what is asked for.
type asking struct {
	book   *codebook.Codebook
	faults []Fault
}

func (x *asking) wrong(parameter string, value any, message string, args ...any) {
	x.faults = append(x.faults, Fault{parameter, value, fmt.Sprintf(message, args...)})
}

// Filter makes the store's filter of what is asked for, and tells what is wrong with it.
func (a *Asked) Filter(book *codebook.Codebook) (store.Filter, []Fault) {
	x := &asking{book: book}
	f := store.Filter{Sector: upper(a.Sector), Event: upper(a.Event), Mode: lower(a.Mode), Quad: a.Quad, Aux: lower(a.Aux), Outlet: a.Outlet,
		Language: lower(a.Language), Story: a.Story, Confidence: a.Confidence, Origin: lower(a.Origin)}
	f.Actor, f.Recipient, f.Either = x.parties("actor", a.Actor), x.parties("recipient", a.Recipient), x.parties("either", a.Either)
	f.From, f.To = x.span("from", a.From, "to", a.To)
	f.Published, f.PublishedTo = x.span("published_from", a.PublishedFrom, "published_to", a.PublishedTo)
	for _, name := range a.AssertedBy {
		code, err := book.State(name)
		if name == "writer" {
			code, err = name, nil
		}
		if err != nil {
			x.wrong("asserted_by", name, "%v; or writer, for what nobody is said to have said", err)
		}
		f.AssertedBy = append(f.AssertedBy, code)
	}
	for _, place := range a.Place {
		if code, err := book.State(place); err == nil {
			place = code
		}
		f.Place = append(f.Place, place)
	}
	for _, name := range a.Issue {
		id, err := IssueNamed(book, name)
		if err != nil {
			x.wrong("issue", name, "%v", err)
		}
		f.Issue = append(f.Issue, id)
	}
	x.words(&f)
	if !(a.Confidence >= 0 && a.Confidence <= 1) { // NaN is neither
		x.wrong("confidence", a.Confidence, "want a number from 0 to 1")
	}
	return f, x.faults
}

// words refuses words that no record can have.
func (x *asking) words(f *store.Filter) {
	var events, modes, sectors []string
	for i := range x.book.Ontology.Events {
		e := &x.book.Ontology.Events[i]
		events = append(events, e.ID)
		for _, m := range e.Modes {
			modes = append(modes, m.ID)
		}
	}
	for _, s := range x.book.Ontology.Sectors {
		sectors = append(sectors, s.ID)
	}
	slices.Sort(modes)
	for _, t := range []struct {
		parameter, what string
		values, known   []string
	}{
		{"event", "PLOVER has no such event", f.Event, events}, {"mode", "there is no such mode", f.Mode, slices.Compact(modes)},
		{"sector", "there is no such sector", f.Sector, sectors}, {"aux", "no record is told so", f.Aux, AuxModes},
		{"origin", "there is no such origin", f.Origin, append([]string{"dyad", "all"}, format.Origins()...)},
	} {
		for _, v := range t.values {
			if slices.Contains(t.known, v) {
				continue
			}
			rest := "there are " + strings.Join(t.known, ", ")
			if like := codebook.Nearest(v, t.known); like != "" {
				rest = "did you mean " + like + "?"
			}
			x.wrong(t.parameter, v, "%s; %s", t.what, rest)
		}
	}
	for _, q := range f.Quad {
		if q < 1 || q > 4 {
			x.wrong("quad", q, "want 1 to 4")
		}
	}
}

// span reads two dates, of which the first must not be after the last.
func (x *asking) span(first, from, last, to string) (dyad.Date, dyad.Date) {
	a, b := x.date(first, from), x.date(last, to)
	if !b.IsZero() && b.End().Before(a) {
		x.wrong(last, to, "is before %s", from)
	}
	return a, b
}

func (x *asking) date(parameter, text string) dyad.Date {
	if text == "" {
		return dyad.Date{}
	}
	d, err := dyad.ParseDate(text)
	if err != nil {
		x.wrong(parameter, text, "want a date as YYYY-MM-DD, YYYY-MM or YYYY")
	}
	return d
}

func (x *asking) parties(parameter string, names []string) []string {
	var out []string
	for _, name := range names {
		code, err := PartyNamed(x.book, name)
		if err != nil {
			x.wrong(parameter, name, "%v", err)
			continue
		}
		if parameter != "either" && strings.Contains(code, "-") {
			x.wrong(parameter, name, "one country is wanted here; either takes a pair")
			continue
		}
		out = append(out, code)
	}
	return out
}

// PartyNamed reads a party as users write it: "IRN", "Iran", "IRN GOV", "Iran GOV", or a
// pair, "IRN-PAK" or "Iran-Pakistan". It gives codes.
func PartyNamed(book *codebook.Codebook, name string) (string, error) {
	name = strings.TrimSpace(name)
	code, err := book.State(name)
	if err == nil {
		return code, nil // also names such as Guinea-Bissau
	}
	if strings.Contains(name, "-") {
		return pairNamed(book, name)
	}
	if at := strings.LastIndexByte(name, ' '); at > 0 {
		sector := strings.ToUpper(name[at+1:])
		if slices.ContainsFunc(book.Ontology.Sectors, func(s codebook.Code) bool { return s.ID == sector }) {
			code, err := book.State(name[:at])
			return code + " " + sector, err
		}
	}
	for i := range len(name) {
		if name[i] != ' ' {
			continue
		}
		if one, other := states(book, name[:i], name[i+1:]); one != "" {
			return "", fmt.Errorf("these are two countries; the pair is %s-%s", one, other)
		}
	}
	return "", err
}

// pairNamed reads a pair, of which either name may have a hyphen of its own:
// "Guinea-Bissau-Senegal".
func pairNamed(book *codebook.Codebook, name string) (string, error) {
	for i := range len(name) {
		if name[i] != '-' {
			continue
		}
		if one, other := states(book, name[:i], name[i+1:]); one != "" {
			return one + "-" + other, nil
		}
	}
	a, b, _ := strings.Cut(name, "-")
	for _, side := range []string{a, b} {
		if _, err := book.State(side); err != nil {
			if _, wrong := PartyNamed(book, side); wrong == nil {
				return "", fmt.Errorf("a pair is of countries alone: ask for %s as actor or recipient, or for its sector", side)
			}
			return "", err
		}
	}
	return "", fmt.Errorf("%s is no pair", name)
}

// states gives the codes of two states, "" where one of them is none.
func states(book *codebook.Codebook, a, b string) (one, other string) {
	one, err := book.State(a)
	if err != nil {
		return "", ""
	}
	if other, err = book.State(b); err != nil {
		return "", ""
	}
	return one, other
}

// IssueNamed finds an issue by its id or name, in any case of letters.
func IssueNamed(book *codebook.Codebook, name string) (string, error) {
	wanted := strings.ToLower(strings.TrimSpace(name))
	ids := make([]string, 0, len(book.Issues))
	for i := range book.Issues {
		issue := &book.Issues[i]
		if issue.ID == wanted || strings.ToLower(issue.Name) == wanted {
			return issue.ID, nil
		}
		ids = append(ids, issue.ID)
	}
	if like := codebook.Nearest(wanted, ids); like != "" {
		return "", fmt.Errorf("the codebook has no issue %q; did you mean %s?", name, like)
	}
	slices.Sort(ids)
	return "", fmt.Errorf("the codebook has no issue %q; there are %s", name, strings.Join(ids, ", "))
}

func upper(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToUpper(w)
	}
	return out
}

func lower(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(w)
	}
	return out
}
