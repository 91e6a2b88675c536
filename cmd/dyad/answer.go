package main

import (
	"bufio"
	"io"

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
		_, err = out.WriteString(d.Plain())
	}
	if err != nil {
		return err
	}
	return out.Flush()
}
