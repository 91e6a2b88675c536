package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/store"
)

// askingFlags say which records or stories are asked for.
type askingFlags struct {
	Actor         []string `placeholder:"IRN" help:"Who does it: a country's code or name, with a sector if you like (\"IRN GOV\")."`
	Recipient     []string `placeholder:"PAK" help:"To whom."`
	Either        []string `placeholder:"IRN" help:"Actor or recipient; IRN-PAK is the pair, either way."`
	Sector        []string `placeholder:"GOV" help:"Sector of either side: GOV, MIL, REB…"`
	Event         []string `placeholder:"CONSULT" help:"PLOVER event."`
	Mode          []string `placeholder:"visit" help:"Its mode."`
	Quad          []int    `placeholder:"1" help:"Quad class: 1 and 2 verbal and material cooperation, 3 and 4 conflict."`
	Issue         []string `placeholder:"kashmir" help:"Issue."`
	Aux           []string `placeholder:"actual" help:"historical, future, hypothetical, negation; actual for none of them."`
	AssertedBy    []string `placeholder:"IRN" help:"Who says so; writer for what nobody is said to have said."`
	From          string   `placeholder:"DATE" help:"First day, month or year of the record."`
	To            string   `placeholder:"DATE" help:"Last."`
	PublishedFrom string   `placeholder:"DATE" help:"First day of publication."`
	PublishedTo   string   `placeholder:"DATE" help:"Last."`
	Place         []string `placeholder:"PAK" help:"Where: a country's code or a city."`
	Outlet        []string `placeholder:"NAME" help:"Outlet of the story, or a part of its name."`
	Language      []string `placeholder:"en" help:"Language of the story."`
	Story         []string `placeholder:"ID" help:"Story."`
	Confidence    float64  `placeholder:"0.5" help:"At least this confidence."`
	Origin        []string `placeholder:"icews" help:"Events of another project: icews, gdelt…; all for all."`
	NoFold        bool     `help:"Every report, not one for each happening."`
	Limit         int      `placeholder:"N" help:"At most so many."`
}

// check makes the store's filter of the flags.
func (a *askingFlags) check(book *codebook.Codebook) (store.Filter, error) {
	f := store.Filter{Sector: upper(a.Sector), Event: upper(a.Event), Mode: a.Mode, Quad: a.Quad, Issue: slices.Clone(a.Issue), Aux: a.Aux,
		Outlet: a.Outlet, Language: a.Language, Story: a.Story, Confidence: a.Confidence, Origin: a.Origin, Fold: !a.NoFold, Limit: a.Limit}
	var err error
	for _, x := range []struct {
		flag string
		text string
		to   *dyad.Date
	}{{"from", a.From, &f.From}, {"to", a.To, &f.To}, {"published-from", a.PublishedFrom, &f.Published}, {"published-to", a.PublishedTo, &f.PublishedTo}} {
		if x.text == "" {
			continue
		}
		if *x.to, err = dyad.ParseDate(x.text); err != nil {
			return f, fmt.Errorf("--%s: %w", x.flag, err)
		}
	}
	if !f.To.IsZero() && f.To.End().Before(f.From) || !f.PublishedTo.IsZero() && f.PublishedTo.End().Before(f.Published) {
		return f, fmt.Errorf("the dates are the wrong way round: the first is after the last")
	}
	for _, x := range []struct {
		flag string
		from []string
		to   *[]string
	}{{"actor", a.Actor, &f.Actor}, {"recipient", a.Recipient, &f.Recipient}, {"either", a.Either, &f.Either}} {
		for _, name := range x.from {
			code, err := partyOf(book, name)
			if err != nil {
				return f, fmt.Errorf("--%s %s: %w", x.flag, name, err)
			}
			*x.to = append(*x.to, code)
		}
	}
	for _, name := range a.AssertedBy {
		if name != "writer" {
			code, err := book.State(name)
			if err != nil {
				return f, fmt.Errorf("--asserted-by %s: %w; or writer, for what nobody is said to have said", name, err)
			}
			name = code
		}
		f.AssertedBy = append(f.AssertedBy, name)
	}
	for _, place := range a.Place {
		if code, err := book.State(place); err == nil {
			place = code
		}
		f.Place = append(f.Place, place)
	}
	for _, e := range f.Event {
		if !slices.ContainsFunc(book.Ontology.Events, func(c codebook.EventCode) bool { return c.ID == e }) {
			return f, fmt.Errorf("--event %s: PLOVER has no such event; there are %s", e, eventNames(book))
		}
	}
	if err := a.checkWords(book, &f); err != nil {
		return f, err
	}
	for _, q := range f.Quad {
		if q < 1 || q > 4 {
			return f, fmt.Errorf("--quad %s: want 1 to 4", strconv.Itoa(q))
		}
	}
	for _, x := range f.Aux {
		if !slices.Contains([]string{"actual", dyad.AuxHistorical, dyad.AuxFuture, dyad.AuxHypothetical, dyad.AuxNegation}, x) {
			return f, fmt.Errorf("--aux %s: want actual, historical, future, hypothetical or negation", x)
		}
	}
	switch {
	case a.Confidence < 0 || a.Confidence > 1:
		return f, fmt.Errorf("--confidence %v: want a number from 0 to 1", a.Confidence)
	case a.Limit < 0:
		return f, fmt.Errorf("--limit %d: want a number above 0", a.Limit)
	}
	return f, nil
}

// checkWords refuses words that no record can have, and suggests.
func (a *askingFlags) checkWords(book *codebook.Codebook, f *store.Filter) error {
	var modes, sectors []string
	for i := range book.Ontology.Events {
		for _, m := range book.Ontology.Events[i].Modes {
			modes = append(modes, m.ID)
		}
	}
	for _, s := range book.Ontology.Sectors {
		sectors = append(sectors, s.ID)
	}
	for i, name := range f.Issue {
		id, err := issueOf(book, name)
		if err != nil {
			return fmt.Errorf("--issue: %w", err)
		}
		f.Issue[i] = id
	}
	for _, x := range []struct {
		flag   string
		values []string
		known  []string
	}{{"mode", f.Mode, modes}, {"sector", f.Sector, sectors}, {"origin", f.Origin, append([]string{"dyad", "all"}, format.Layouts()...)}} {
		for _, v := range x.values {
			if slices.Contains(x.known, v) {
				continue
			}
			known := slices.Compact(slices.Sorted(slices.Values(x.known)))
			if like := codebook.Nearest(v, known); like != "" {
				return fmt.Errorf("--%s %s: there is no such %s; did you mean %s?", x.flag, v, x.flag, like)
			}
			return fmt.Errorf("--%s %s: there is no such %s; there are %s", x.flag, v, x.flag, strings.Join(known, ", "))
		}
	}
	return nil
}

func upper(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ToUpper(s)
	}
	return out
}

func eventNames(book *codebook.Codebook) string {
	names := make([]string, len(book.Ontology.Events))
	for i, e := range book.Ontology.Events {
		names[i] = e.ID
	}
	return strings.Join(names, ", ")
}
