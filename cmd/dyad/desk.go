package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/store"
)

// deskFlags are those of every command that asks about relations.
type deskFlags struct {
	storeFlag `embed:""`
	Origin    []string `placeholder:"icews" help:"Count events of other projects: icews, gdelt…; all for all with dyad's own."`
	On        string   `placeholder:"DATE" help:"As of this day; else that of the last event."`
	Output    string   `short:"o" placeholder:"FILE" type:"path" help:"Write to this file instead of standard output."`
}

// ask opens the store and the codebook, and lets a question be put and its answer be
// written.
func (f *deskFlags) ask(question func(ctx context.Context, d *desk.Desk, book *codebook.Codebook, out io.Writer) error) error {
	fsys, err := files("")
	if err != nil {
		return err
	}
	book, err := codebook.Load(fsys)
	if err != nil {
		return err
	}
	s, err := f.open(store.Read)
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, cancel := interruptible()
	defer cancel()
	return writeTo(f.Output, func(file *os.File) error {
		return question(ctx, desk.New(s, book, f.Origin), book, file)
	})
}

// day reads a date given as an option: a day, or the last day of a month or year when
// last is set and else the first.
func day(flag, text string, last bool) (dyad.Date, error) {
	if text == "" {
		return dyad.Date{}, nil
	}
	d, err := dyad.ParseDate(text)
	if err != nil {
		return d, fmt.Errorf("--%s: %w", flag, err)
	}
	if last {
		return d.End(), nil
	}
	return dyad.Date{Year: d.Year, Month: max(d.Month, 1), Day: max(d.Day, 1)}, nil
}

// countriesOf reads two countries, by codes or names.
func countriesOf(book *codebook.Codebook, names []string) (a, b string, err error) {
	if len(names) == 1 {
		names = strings.SplitN(names[0], "-", 2)
	}
	if len(names) != 2 {
		return "", "", fmt.Errorf("name two countries, as in IRN PAK or Iran Pakistan")
	}
	if a, err = book.State(names[0]); err != nil {
		return "", "", fmt.Errorf("%s: %w", names[0], err)
	}
	if b, err = book.State(names[1]); err != nil {
		return "", "", fmt.Errorf("%s: %w", names[1], err)
	}
	if a == b {
		return "", "", fmt.Errorf("%s and %s are one country: what happens within it is asked for by dyad events --actor %s --recipient %s", names[0], names[1], a, a)
	}
	return a, b, nil
}

// writeJSON writes an answer as one JSON value.
func writeJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(value)
}
