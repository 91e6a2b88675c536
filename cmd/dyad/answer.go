package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/opendyad/dyad/relation"
)

// answerFlags are those of commands whose answer comes in several forms.
type answerFlags struct {
	Format string `enum:"table,json,md,html" default:"table" help:"table (for a terminal), json, md (Markdown) or html (a page to print)."`
}

// write writes an answer: its document, or as JSON its value.
func (f *answerFlags) write(w io.Writer, d *relation.Document, value any) error {
	out := bufio.NewWriter(w)
	var err error
	switch f.Format {
	case "json":
		err = writeJSON(out, value)
	case "md":
		_, err = out.WriteString(d.Markdown())
	case "html":
		_, err = out.WriteString(d.HTML())
	default:
		err = writeText(out, d)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// writeText writes a document for a terminal: labels in a column of their own.
func writeText(w io.Writer, d *relation.Document) error {
	head := d.Title
	if d.Period != "" {
		head += ", " + d.Period
	}
	if _, err := fmt.Fprintln(w, head); err != nil {
		return err
	}
	if d.Lead.Text != "" {
		fmt.Fprintln(w, d.Lead.Text)
	}
	for _, s := range d.Sections {
		fmt.Fprintf(w, "\n%s\n", s.Title)
		if len(s.Lines) == 0 {
			fmt.Fprintf(w, "  %s\n", s.Empty)
		}
		width := 0
		for _, l := range s.Lines {
			width = max(width, len(l.Label))
		}
		for _, l := range s.Lines {
			indent := ""
			if l.Under {
				indent = "  "
			}
			if _, err := fmt.Fprintf(w, "  %s%-*s  %s\n", indent, width, l.Label, l.Text); err != nil {
				return err
			}
			if l.Quote != "" {
				fmt.Fprintf(w, "  %s%*s  “%s”\n", indent, width, "", strings.Join(strings.Fields(l.Quote), " "))
			}
		}
	}
	return nil
}
