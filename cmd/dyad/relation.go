package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

type relationCommand struct {
	Pair        []string `arg:"" name:"country" help:"Two countries, by code or name."`
	deskFlags   `embed:""`
	answerFlags `embed:""`
	Since       string  `placeholder:"DATE" help:"First day, month or year of the series."`
	Step        string  `enum:"day,week,month,quarter" default:"month" help:"Length of its periods: day, week, month or quarter."`
	HalfLife    float64 `placeholder:"DAYS" help:"Half-life of the stock; 90 days when not given."`
	Reports     bool    `help:"Count reports instead of happenings."`
}

// Run says where the pair stands, and shows its series.
func (c *relationCommand) Run() error {
	since, err := day("since", c.Since, false)
	if err != nil {
		return err
	}
	on, err := day("on", c.On, true)
	if err != nil {
		return err
	}
	if !on.IsZero() && on.Before(since) {
		return fmt.Errorf("--since %s is after --on %s", c.Since, c.On)
	}
	if c.HalfLife < 0 {
		return fmt.Errorf("--half-life %v: want a number of days above 0", c.HalfLife)
	}
	return c.ask(func(ctx context.Context, d *desk.Desk, book *codebook.Codebook, out io.Writer) error {
		a, b, err := countriesOf(book, c.Pair)
		if err != nil {
			return err
		}
		o := relation.SeriesOptions{Step: relation.Step(c.Step), From: since, HalfLife: c.HalfLife, Reports: c.Reports}
		p, err := d.Pair(ctx, a, b, o, on)
		if err != nil {
			return err
		}
		document, err := relationDocument(ctx, d, a, b, &p)
		if err != nil {
			return err
		}
		return c.write(out, document, p)
	})
}

// relationDocument puts where a pair stands into words.
func relationDocument(ctx context.Context, d *desk.Desk, a, b string, p *desk.Pair) (*relation.Document, error) {
	state := &p.State
	doc := &relation.Document{Title: d.Reference.Name(a) + " and " + d.Reference.Name(b), Lead: relation.Line{Text: sentence(state.Sentence)}}
	if !state.On.IsZero() {
		doc.Period = "as of " + state.On.String()
	}
	why := relation.Section{Title: "Why", Empty: "Too little is told to say."}
	ids := make([]string, len(state.Movers))
	for i, m := range state.Movers {
		ids[i] = m.Record
	}
	texts, err := textsOf(ctx, d, ids)
	if err != nil {
		return nil, err
	}
	for _, m := range state.Movers {
		why.Lines = append(why.Lines, relation.Line{Label: relation.DateOf(m.Day).String(), Text: fmt.Sprintf("%s %s %s", m.Actor, slash(m.Event, m.Mode), m.Recipient), Quote: texts[m.Record]})
	}
	for _, r := range state.Reasons {
		why.Lines = append(why.Lines, relation.Line{Label: "rule", Text: r})
	}
	doc.Sections = append(doc.Sections, why, changesSection(state), p.Series.Section(), triadSection(p.Triads))
	return doc, nil
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func slash(event, mode string) string {
	if mode == "" {
		return event
	}
	return event + "/" + mode
}

// textsOf gives the sentences of records by their ids.
func textsOf(ctx context.Context, d *desk.Desk, ids []string) (map[string]string, error) {
	texts := map[string]string{}
	if len(ids) == 0 {
		return texts, nil
	}
	for r, err := range d.Store.Records(ctx, store.Filter{IDs: ids, Origin: []string{"all"}}) {
		if err != nil {
			return nil, err
		}
		texts[r.ID] = r.Text
	}
	return texts, nil
}

func changesSection(state *relation.State) relation.Section {
	s := relation.Section{Title: "Changes", Empty: "No lasting change is seen."}
	for _, c := range state.Changes {
		s.Lines = append(s.Lines, relation.Line{Label: "about " + c.Since.String(), Text: fmt.Sprintf("%s: from %s (tension %.2f) to %s (%.2f)",
			c.Direction, stateWord(c.Before.State), c.Before.Tension.Value, stateWord(c.After.State), c.After.Tension.Value)})
	}
	if len(s.Lines) > 0 {
		s.Notes = []string{"tension: hostile happenings by all, deeds counted double, from 0 to 1."}
	}
	return s
}

func stateWord(state string) string {
	if state == "" {
		return "too little told"
	}
	return state
}

func triadSection(triads []relation.Triad) relation.Section {
	s := relation.Section{Title: "Who else matters", Empty: "Too little is told of third countries."}
	for _, t := range triads {
		if t.Known {
			s.Lines = append(s.Lines, relation.Line{Label: t.Third, Text: t.Reading})
		}
	}
	return s
}
