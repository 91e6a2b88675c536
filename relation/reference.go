package relation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// What reference data say of a claim.
const (
	Supported    = "supported"
	Contradicted = "contradicted"
	Unchecked    = "unchecked"
)

// A Reference looks up in the codebook what can be known of states, organisations and
// people without any news.
type Reference struct {
	actors map[string]*codebook.Actor
	issues []codebook.Issue
}

// NewReference indexes a codebook's actors.
func NewReference(book *codebook.Codebook) *Reference {
	r := &Reference{actors: make(map[string]*codebook.Actor, len(book.Actors)), issues: book.Issues}
	for i := range book.Actors {
		r.actors[book.Actors[i].ID] = &book.Actors[i]
	}
	return r
}

// Name gives the name of a country or another actor, its code where there is none.
func (r *Reference) Name(code string) string {
	if a := r.actors[code]; a != nil && a.Name != "" {
		return a.Name
	}
	return code
}

// Issue gives an issue by its id, nil where there is none.
func (r *Reference) Issue(id string) *codebook.Issue {
	for i := range r.issues {
		if r.issues[i].ID == id {
			return &r.issues[i]
		}
	}
	return nil
}

// IssueName gives the name of an issue, its id where there is none.
func (r *Reference) IssueName(id string) string {
	if x := r.Issue(id); x != nil && x.Name != "" {
		return x.Name
	}
	return id
}

// Issues gives all issues.
func (r *Reference) Issues() []codebook.Issue { return r.issues }

func (r *Reference) state(code string) *codebook.Actor {
	if a := r.actors[code]; a != nil && (a.Kind == codebook.KindState || a.Kind == codebook.KindTerritory) {
		return a
	}
	return nil
}

// A Verdict is what reference data say of a claim, and why.
type Verdict struct{ Verdict, Note string }

// Border checks that two states share a border on land.
func (r *Reference) Border(a, b string) Verdict {
	one, other := r.state(a), r.state(b)
	switch {
	case one == nil || other == nil:
		return Verdict{Unchecked, "not both are states of the codebook"}
	case a == b:
		return Verdict{Unchecked, "a state and itself"}
	case slices.Contains(one.Borders, b) || slices.Contains(other.Borders, a):
		return Verdict{Supported, fmt.Sprintf("%s and %s are neighbours by land", one.Name, other.Name)}
	}
	return Verdict{Contradicted, fmt.Sprintf("%s and %s share no border on land", one.Name, other.Name)}
}

// Capital checks that a city is the capital of a state.
func (r *Reference) Capital(state, city string) Verdict {
	s := r.state(state)
	switch {
	case s == nil || len(s.Capitals) == 0:
		return Verdict{Unchecked, "no capital is known"}
	case slices.ContainsFunc(s.Capitals, func(c string) bool { return strings.EqualFold(c, city) }):
		return Verdict{Supported, fmt.Sprintf("%s is the capital of %s", city, s.Name)}
	}
	return Verdict{Contradicted, fmt.Sprintf("the capital of %s is %s", s.Name, strings.Join(s.Capitals, " or "))}
}

// Member checks that a state is a member of an organisation. The codebook's members
// are those of the day that its file was checked on, so that nothing older can be
// contradicted by them.
func (r *Reference) Member(organisation, state string) Verdict {
	o, s := r.actors[organisation], r.state(state)
	switch {
	case o == nil || s == nil || len(o.Members) == 0:
		return Verdict{Unchecked, "no members are known"}
	case slices.Contains(o.Members, state):
		return Verdict{Supported, fmt.Sprintf("%s is a member of %s", s.Name, o.Name)}
	}
	return Verdict{Contradicted, fmt.Sprintf("%s is not among the members of %s", s.Name, o.Name)}
}

// Office checks that a person holds an office of a country on a day.
func (r *Reference) Office(person, office, country string, on dyad.Date) Verdict {
	p := r.actors[person]
	if p == nil || p.Kind != codebook.KindPerson || on.IsZero() {
		return Verdict{Unchecked, "the person is not known, or the day"}
	}
	held := ""
	for _, t := range p.Terms {
		if t.Code != country || !strings.EqualFold(t.Office, office) {
			continue
		}
		if !on.Before(t.From) && (t.To.IsZero() || on.Before(t.To)) {
			return Verdict{Supported, fmt.Sprintf("%s was %s of %s on %s", p.Name, office, r.Name(country), on)}
		}
		held = fmt.Sprintf(", but from %s to %s", t.From, endOr(t.To))
	}
	if held == "" {
		return Verdict{Unchecked, fmt.Sprintf("no term of %s as %s is known", p.Name, office)}
	}
	return Verdict{Contradicted, fmt.Sprintf("%s was not %s of %s on %s%s", p.Name, office, r.Name(country), on, held)}
}

func endOr(d dyad.Date) string {
	if d.IsZero() {
		return "today"
	}
	return d.String()
}

// A Checked is a claim of fact with what reference data say of it.
type Checked struct {
	Record  string
	Fact    string
	Pair    []string
	On      dyad.Date
	Text    string
	Verdict Verdict
}

// CheckClaims checks the claims of fact among records, those that are contradicted
// first, and otherwise by date.
func (r *Reference) CheckClaims(records []dyad.Record) []Checked {
	var out []Checked
	for i := range records {
		x := &records[i]
		if x.Claim == nil || x.Claim.Fact == "" || AuxOf(x.Aux)&(Negation|Hypothetical) != 0 {
			continue
		}
		c := Checked{Record: x.ID, Fact: x.Claim.Fact, On: x.Date, Text: x.Text, Verdict: Verdict{Unchecked, "no reference data of this kind"}}
		for _, e := range x.Claim.Pair {
			c.Pair = append(c.Pair, entityID(&e))
		}
		if len(c.Pair) == 2 {
			c.Verdict = r.check(x, c.Pair)
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Checked) int {
		return cmp.Or(cmp.Compare(verdictRank(a.Verdict.Verdict), verdictRank(b.Verdict.Verdict)), cmp.Compare(DayOf(a.On), DayOf(b.On)), cmp.Compare(a.Record, b.Record))
	})
	return out
}

// check asks the reference data that a fact needs.
func (r *Reference) check(x *dyad.Record, pair []string) Verdict {
	switch x.Claim.Fact {
	case "border":
		return r.Border(x.Claim.Pair[0].Code, x.Claim.Pair[1].Code)
	case "member":
		if o := r.actors[pair[0]]; o != nil && o.Kind == codebook.KindOrganisation {
			return r.Member(pair[0], pair[1])
		}
		return r.Member(pair[1], pair[0])
	case "capital":
		return r.Capital(x.Claim.Pair[0].Code, x.Claim.Pair[1].Text)
	case "office":
		return r.Office(pair[0], x.Claim.Pair[0].Office, x.Claim.Pair[1].Code, x.Date)
	}
	return Verdict{Unchecked, "no reference data of this kind"}
}

func entityID(e *dyad.Entity) string {
	if e.Identifier != "" {
		return e.Identifier
	}
	return e.Code
}

func verdictRank(v string) int {
	switch v {
	case Contradicted:
		return 0
	case Supported:
		return 1
	}
	return 2
}
