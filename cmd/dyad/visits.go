package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

type visitsCommand struct {
	deskFlags   `embed:""`
	answerFlags `embed:""`
	Host        string `placeholder:"PAK" help:"Visits to this country."`
	Visitor     string `placeholder:"IRN" help:"Visits by this country."`
	Since       string `placeholder:"DATE" help:"First day, month or year of the visits."`
	Status      string `enum:",announced,under_way,done,postponed,cancelled" default:"" help:"Only those announced, under_way, done, postponed or cancelled."`
}

// Run lists visits, each put together from all stories that tell of it.
func (c *visitsCommand) Run() error {
	since, err := day("since", c.Since, false)
	if err != nil {
		return err
	}
	on, err := day("on", c.On, true)
	if err != nil {
		return err
	}
	return c.ask(func(ctx context.Context, d *desk.Desk, book *codebook.Codebook, out io.Writer) error {
		var f store.Filter
		host, visitor := "", ""
		if c.Host != "" {
			if host, err = book.State(c.Host); err != nil {
				return fmt.Errorf("--host %s: %w", c.Host, err)
			}
			f.Either = []string{host}
		}
		if c.Visitor != "" {
			if visitor, err = book.State(c.Visitor); err != nil {
				return fmt.Errorf("--visitor %s: %w", c.Visitor, err)
			}
			f.Either = []string{visitor}
		}
		if host != "" && visitor != "" {
			f.Either = []string{host + "-" + visitor}
		}
		visits, err := d.Visits(ctx, f, on)
		if err != nil {
			return err
		}
		visits = slices.DeleteFunc(visits, func(v relation.Visit) bool {
			end := v.End
			if end.IsZero() {
				end = v.Start
			}
			return host != "" && v.Host != host || visitor != "" && v.Visitor != visitor || c.Status != "" && v.Status != c.Status || end.Before(since)
		})
		doc := &relation.Document{Title: "Visits"}
		s := relation.Section{Title: fmt.Sprintf("%d visits", len(visits)), Empty: "No visit is told of."}
		for i := range visits {
			s.Lines = append(s.Lines, visitLine(d, &visits[i]))
		}
		doc.Sections = []relation.Section{s}
		return c.write(out, doc, visits)
	})
}

func visitLine(d *desk.Desk, v *relation.Visit) relation.Line {
	label := v.Start.String()
	if label == "" {
		label = "undated"
	}
	if !v.End.IsZero() && v.End != v.Start {
		label += " to " + v.End.String()
	}
	who := d.Reference.Name(v.Visitor)
	if v.Who.Name != "" && v.Who.Identifier != v.Visitor {
		who = v.Who.Name + " of " + who
	}
	text := fmt.Sprintf("%s to %s: %s", who, d.Reference.Name(v.Host), strings.ReplaceAll(v.Status, "_", " "))
	if v.Level != "" {
		text = fmt.Sprintf("%s (%s) to %s: %s", who, v.Level, d.Reference.Name(v.Host), strings.ReplaceAll(v.Status, "_", " "))
	}
	if v.Overdue {
		text += ", overdue"
	}
	if !v.Announced.IsZero() {
		text += "; first told of on " + v.Announced.String()
	}
	if len(v.Agenda) > 0 {
		names := make([]string, len(v.Agenda))
		for i, issue := range v.Agenda {
			names[i] = d.Reference.IssueName(issue)
		}
		text += "; on the agenda: " + strings.Join(names, ", ")
	}
	if v.Reports > 1 {
		text += fmt.Sprintf("; told by %d stories", v.Reports)
	}
	return relation.Line{Label: label, Text: text}
}
