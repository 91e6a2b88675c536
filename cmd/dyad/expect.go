package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/relation"
)

type expectCommand struct {
	Countries   []string `arg:"" name:"country" help:"One country, or two for the pair."`
	deskFlags   `embed:""`
	answerFlags `embed:""`
	Status      string `enum:",open,met,overdue,contradicted,withdrawn" default:"" help:"Only those open, met, overdue, contradicted or withdrawn."`
	Since       string `placeholder:"DATE" help:"Told on this day or later."`
}

// statuses are in the order in which they are told: what is overdue first.
var statuses = []string{dyad.StatusOverdue, dyad.StatusContradicted, dyad.StatusOpen, dyad.StatusMet, dyad.StatusWithdrawn}

// Run lists what was expected and what became of it.
func (c *expectCommand) Run() error {
	since, err := day("since", c.Since, false)
	if err != nil {
		return err
	}
	on, err := day("on", c.On, true)
	if err != nil {
		return err
	}
	return c.ask(func(ctx context.Context, d *desk.Desk, book *codebook.Codebook, out io.Writer) error {
		a, b := "", ""
		if len(c.Countries) == 1 && !strings.Contains(c.Countries[0], "-") {
			if a, err = book.State(c.Countries[0]); err != nil {
				return fmt.Errorf("%s: %w", c.Countries[0], err)
			}
		} else if a, b, err = countriesOf(book, c.Countries); err != nil {
			return err
		}
		entries, err := d.Ledger(ctx, a, b, on)
		if err != nil {
			return err
		}
		entries = slices.DeleteFunc(entries, func(e relation.Entry) bool {
			return c.Status != "" && e.Status != c.Status || e.Told.Before(since)
		})
		doc := &relation.Document{Title: "Expected of " + d.Reference.Name(a)}
		if b != "" {
			doc.Title = "Expected between " + d.Reference.Name(a) + " and " + d.Reference.Name(b)
		}
		if doc.Sections, err = ledgerSections(ctx, d, entries); err != nil {
			return err
		}
		return c.write(out, doc, entries)
	})
}

// ledgerSections puts a ledger into words, with the sentence that decided each entry.
func ledgerSections(ctx context.Context, d *desk.Desk, entries []relation.Entry) ([]relation.Section, error) {
	var ids []string
	for i := range entries {
		if entries[i].DecidedBy != "" {
			ids = append(ids, entries[i].DecidedBy)
		}
	}
	texts, err := textsOf(ctx, d, ids)
	if err != nil {
		return nil, err
	}
	var sections []relation.Section
	for _, status := range statuses {
		s := relation.Section{Title: strings.ToUpper(status[:1]) + status[1:]}
		for i := range entries {
			if entries[i].Status == status {
				s.Lines = append(s.Lines, entryLines(&entries[i], texts)...)
			}
		}
		if len(s.Lines) > 0 {
			sections = append(sections, s)
		}
	}
	if len(sections) == 0 {
		sections = []relation.Section{{Title: "Expectations", Empty: "None is told."}}
	}
	return sections, nil
}

func entryLines(e *relation.Entry, texts map[string]string) []relation.Line {
	who := strings.Join(e.Who, ", ")
	if who == "" {
		who = "open"
	}
	text := who + " " + e.Uttered
	if e.Uttered == relation.Demanded {
		text = "demanded of " + who
	}
	if e.Not {
		text += " not"
	}
	text += ": " + relation.Asked(e.Content, e.Text)
	if !e.Due.IsZero() {
		text += "; due " + e.Due.String()
	}
	if len(e.AssertedBy) > 0 {
		by := "; says "
		if e.Uttered == relation.Demanded {
			by = "; by "
		}
		text += by + strings.Join(e.AssertedBy, ", ")
	}
	label := e.Told.String()
	if label == "" {
		label = "undated"
	}
	lines := []relation.Line{{Label: label, Text: text, Quote: e.Text}}
	if e.Status != dyad.StatusOpen {
		lines = append(lines, relation.Line{Label: e.DecidedOn.String(), Text: e.Why, Quote: texts[e.DecidedBy], Under: true})
	}
	return lines
}
