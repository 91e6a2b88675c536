package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/relation"
)

type changesCommand struct {
	deskFlags   `embed:""`
	answerFlags `embed:""`
	Since       string `default:"30d" placeholder:"30d" help:"How long the present is: so many days back."`
	Limit       int    `default:"20" help:"At most so many of each."`
}

// Run tells what is out of the ordinary.
func (c *changesCommand) Run() error {
	days, err := strconv.Atoi(strings.TrimSuffix(c.Since, "d"))
	if err != nil || days < 1 || days > 3660 {
		return fmt.Errorf("--since %s: want a number of days, as in 30d", c.Since)
	}
	on, err := day("on", c.On, true)
	if err != nil {
		return err
	}
	return c.ask(func(ctx context.Context, d *desk.Desk, _ *codebook.Codebook, out io.Writer) error {
		changes, err := d.Changes(ctx, days, on)
		if err != nil {
			return err
		}
		doc := &relation.Document{Title: "What changed", Period: fmt.Sprintf("from %s to %s", changes.Since, changes.On)}
		if changes.On.IsZero() {
			doc.Period = ""
			doc.Lead.Text = "The store has no event with a date."
		}
		overdue, err := ledgerSections(ctx, d, changes.Overdue[:min(c.Limit, len(changes.Overdue))])
		if err != nil {
			return err
		}
		if len(changes.Overdue) == 0 {
			overdue = []relation.Section{{Title: "Overdue", Empty: "Nothing that was expected is overdue."}}
		}
		doc.Sections = append(append([]relation.Section{c.moves(&changes), c.firsts(&changes)}, overdue...), c.contradictions(&changes))
		value, err := changesValue(&changes)
		if err != nil {
			return err
		}
		return c.write(out, doc, value)
	})
}

// changesValue is what changed as JSON, with records as they are everywhere.
func changesValue(changes *desk.Changes) (any, error) {
	type contradiction struct {
		Says   json.RawMessage `json:"says"`
		Denies json.RawMessage `json:"denies"`
	}
	contradictions := []contradiction{}
	for i := range changes.Contradictions {
		says, err := format.JSON(&changes.Contradictions[i].Says)
		if err != nil {
			return nil, err
		}
		denies, err := format.JSON(&changes.Contradictions[i].Denies)
		if err != nil {
			return nil, err
		}
		contradictions = append(contradictions, contradiction{says, denies})
	}
	return struct {
		desk.Changes
		Contradictions []contradiction `json:"contradictions"`
	}{*changes, contradictions}, nil
}

func (c *changesCommand) moves(changes *desk.Changes) relation.Section {
	s := relation.Section{Title: "Moved most against their own past", Empty: "No pair is out of its ordinary."}
	for _, m := range changes.Moves[:min(c.Limit, len(changes.Moves))] {
		s.Lines = append(s.Lines, relation.Line{Label: m.Pair.String(), Text: fmt.Sprintf("%s, %.1f deviations: %d friendly (usually %.0f), %d hostile (usually %.0f), %d of them deeds (usually %.0f)",
			m.Direction, m.Score, m.Friendly.Now, m.Friendly.Median, m.Hostile.Now, m.Hostile.Median, m.HostileDeeds.Now, m.HostileDeeds.Median)})
	}
	if len(s.Lines) > 0 {
		s.Notes = []string{fmt.Sprintf("deviations: from the middle of the periods before, in standard deviations that chance alone would make 1; shown from %g.", relation.Unusual)}
	}
	return s
}

func (c *changesCommand) firsts(changes *desk.Changes) relation.Section {
	s := relation.Section{Title: "First of its kind in a year", Empty: "Nothing happened for the first time in a year."}
	for _, x := range changes.Firsts[:min(c.Limit, len(changes.Firsts))] {
		text := fmt.Sprintf("%s %s %s", x.Actor, slash(x.Event, x.Mode), x.Recipient)
		if x.Before != relation.Undated {
			text += "; last on " + relation.DateOf(x.Before).String()
		}
		s.Lines = append(s.Lines, relation.Line{Label: relation.DateOf(x.First).String(), Text: text})
	}
	return s
}

func (c *changesCommand) contradictions(changes *desk.Changes) relation.Section {
	s := relation.Section{Title: "One says, another denies", Empty: "Nothing is denied."}
	for i := range changes.Contradictions[:min(c.Limit, len(changes.Contradictions))] {
		x := &changes.Contradictions[i]
		s.Lines = append(s.Lines, relation.Line{Label: x.Says.When(), Text: format.Line(&x.Says), Quote: x.Says.Text},
			relation.Line{Label: x.Denies.When(), Text: "denied: " + format.Line(&x.Denies), Quote: x.Denies.Text, Under: true})
	}
	return s
}
