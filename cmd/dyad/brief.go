package main

import (
	"context"
	"io"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
)

type briefCommand struct {
	Pair      []string `arg:"" name:"country" help:"Two countries, by code or name."`
	deskFlags `embed:""`
	Since     string `placeholder:"DATE" help:"First day, month or year that is told."`
	Format    string `enum:"md,table,html,json" default:"md" help:"md (Markdown), table (for a terminal), html (a page to print, with its charts) or json."`
}

// Run writes the brief.
func (c *briefCommand) Run() error {
	since, err := day("since", c.Since, false)
	if err != nil {
		return err
	}
	on, err := day("on", c.On, true)
	if err != nil {
		return err
	}
	return c.ask(func(ctx context.Context, d *desk.Desk, book *codebook.Codebook, out io.Writer) error {
		a, b, err := countriesOf(book, c.Pair)
		if err != nil {
			return err
		}
		brief, err := d.Brief(ctx, a, b, since, on)
		if err != nil {
			return err
		}
		document := brief.Document()
		form := answerFlags{Format: c.Format}
		return form.write(out, &document, brief)
	})
}
