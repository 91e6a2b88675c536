package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/relation"
)

type issueCommand struct {
	Issue       string `arg:"" help:"An issue of the codebook, such as kashmir."`
	deskFlags   `embed:""`
	answerFlags `embed:""`
}

// Run says who holds what on an issue and what happens over it.
func (c *issueCommand) Run() error {
	return c.ask(func(ctx context.Context, d *desk.Desk, book *codebook.Codebook, out io.Writer) error {
		id, err := desk.IssueNamed(book, c.Issue)
		if err != nil {
			return err
		}
		issue, err := d.Issue(ctx, id)
		if err != nil {
			return err
		}
		doc := &relation.Document{Title: issue.Name, Sections: []relation.Section{heldSection(d, &issue), gridSection(d, &issue)}}
		return c.write(out, doc, issue)
	})
}

func heldSection(d *desk.Desk, issue *desk.Issue) relation.Section {
	s := relation.Section{Title: "Who holds what", Empty: "No position is told."}
	for i := range issue.Holdings {
		h := &issue.Holdings[i]
		text := strings.ReplaceAll(h.Latest().Stance, "_", " ")
		if !h.Changed.IsZero() {
			text += fmt.Sprintf("; turned from %s to %s about %s", h.From, h.To, h.Changed)
		}
		s.Lines = append(s.Lines, relation.Line{Label: d.Reference.Name(h.Holder), Text: text})
		for j := len(h.Held) - 1; j >= 0; j-- {
			p := &h.Held[j]
			line := relation.Line{Label: p.On.String(), Text: strings.ReplaceAll(p.Stance, "_", " ") + ": " + p.Content, Quote: p.Text, Under: true}
			if len(p.Toward) > 0 {
				line.Text += " (toward " + strings.Join(p.Toward, ", ") + ")"
			}
			s.Lines = append(s.Lines, line)
		}
	}
	return s
}

func gridSection(d *desk.Desk, issue *desk.Issue) relation.Section {
	s := relation.Section{Title: "Between whom", Empty: "Nothing is told to have happened over it."}
	for _, q := range issue.Grid {
		s.Lines = append(s.Lines, relation.Line{Label: q.Pair.String(), Text: fmt.Sprintf("%d friendly, %d hostile; %d positions, %d expectations; last told of on %s",
			q.Friendly, q.Hostile, q.Positions, q.Expects, q.Last)})
	}
	return s
}
