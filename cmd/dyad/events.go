package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/store"
)

type eventsCommand struct {
	Parties     []string `arg:"" optional:"" name:"party" help:"A country, or two for the pair: events with these as actor or recipient."`
	storeFlag   `embed:""`
	askingFlags `embed:""`
	Records     string   `default:"events" help:"Kinds of record, joined by commas: events, positions, expectations, claims, visits, refusals; or all."`
	CountBy     []string `placeholder:"month,event" help:"Count instead of listing, by these: day, week, month, quarter, year, event, mode, quad, actor, recipient, dyad, pair, issue, outlet…"`
	Format      string   `enum:"auto,table,jsonl,csv,parquet" default:"auto" help:"table, jsonl, csv or parquet; table on a terminal, else jsonl."`
	Output      string   `short:"o" placeholder:"FILE" type:"path" help:"Write to this file instead of standard output."`
}

// Run lists or counts the records asked for.
func (c *eventsCommand) Run() error {
	f, err := c.filter(c.Parties, c.Records)
	if err != nil {
		return err
	}
	s, err := c.open(store.Read)
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, cancel := interruptible()
	defer cancel()
	return writeTo(c.Output, func(file *os.File) error {
		form := formOf(c.Format, file, c.Output)
		if form == "parquet" {
			_, err := s.WriteParquet(ctx, f, c.CountBy, file)
			return err
		}
		if len(c.CountBy) > 0 {
			out := bufio.NewWriterSize(file, 1<<16)
			counts, err := s.Count(ctx, f, c.CountBy)
			if err == nil {
				err = writeCounts(out, form, c.CountBy, counts)
			}
			if err != nil {
				return err
			}
			tellNone(len(counts))
			return out.Flush()
		}
		rows, err := writeRecords(ctx, s, f, form, file)
		if err == nil {
			tellNone(int(rows))
		}
		return err
	})
}

// tellNone says that nothing was found, which an empty answer leaves open.
func tellNone(found int) {
	if found == 0 {
		fmt.Fprintln(os.Stderr, "dyad: no record kept is asked for by this")
	}
}

// filter makes the filter of the flags, of the parties named before them and of
// the kinds of record.
func (a *askingFlags) filter(parties []string, kindList string) (store.Filter, error) {
	var f store.Filter
	wanted, err := wantedKinds(kindList)
	if err != nil {
		return f, err
	}
	fsys, err := files("")
	if err != nil {
		return f, err
	}
	book, err := codebook.Load(fsys)
	if err != nil {
		return f, err
	}
	if f, err = a.check(book); err != nil {
		return f, err
	}
	switch len(parties) {
	case 0:
	case 1, 2:
		party, err := desk.PartyNamed(book, strings.Join(parties, "-"))
		if err != nil {
			return f, err
		}
		f.Either = append(f.Either, party)
	default:
		return f, fmt.Errorf("%d countries are too many: name one, or two for the pair between them", len(parties))
	}
	for k := range wanted {
		f.Kinds = append(f.Kinds, k)
	}
	return f, nil
}

func kindSet(kinds []dyad.Kind) map[dyad.Kind]bool {
	set := map[dyad.Kind]bool{}
	for _, k := range kinds {
		set[k] = true
	}
	return set
}

// formOf is the form asked for, or the one that suits where it goes: by the ending of
// the file's name, or a table on a terminal.
func formOf(form string, file *os.File, path string) string {
	switch ending := strings.TrimPrefix(filepath.Ext(path), "."); {
	case form != "auto":
		return form
	case ending == "csv" || ending == "parquet" || ending == "jsonl":
		return ending
	case ending == "txt":
		return "table"
	case isTerminal(file):
		return "table"
	}
	return "jsonl"
}

// writeTo writes to a file, or to standard output when none is named. A file that was
// there before stays as it was until all is written.
func writeTo(path string, write func(*os.File) error) error {
	if path == "" {
		return write(os.Stdout)
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // /dev/null, a pipe
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return fmt.Errorf("opening %s: %w", path, err)
		}
		return errors.Join(write(file), file.Close())
	}
	file, err := os.Create(path + ".part")
	if err != nil {
		return fmt.Errorf("making the file %s: %w", path, err)
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		os.Remove(file.Name())
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("putting the file %s in its place: %w", path, err)
	}
	return nil
}

// writeCounts writes counts with a column for each term.
func writeCounts(w io.Writer, form string, by []string, counts []store.Count) error {
	switch form {
	case "csv":
		c := csv.NewWriter(w)
		if err := c.Write(append(append([]string(nil), by...), "count")); err != nil {
			return err
		}
		for _, n := range counts {
			if err := c.Write(append(append([]string(nil), n.By...), strconv.FormatInt(n.Number, 10))); err != nil {
				return err
			}
		}
		c.Flush()
		return c.Error()
	case "jsonl":
		for _, n := range counts {
			row := map[string]any{"count": n.Number}
			for i, term := range by {
				row[term] = n.By[i]
			}
			line, err := json.Marshal(row)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, "%s\n", line); err != nil {
				return err
			}
		}
		return nil
	}
	return countTable(w, by, counts)
}

// countTable writes counts in columns that are as wide as they have to be.
func countTable(w io.Writer, by []string, counts []store.Count) error {
	widths := make([]int, len(by))
	for i, term := range by {
		widths[i] = len(term)
		for _, n := range counts {
			widths[i] = max(widths[i], len(n.By[i]))
		}
	}
	row := func(values []string, count string) error {
		for i, v := range values {
			if _, err := fmt.Fprintf(w, "%-*s  ", widths[i], v); err != nil {
				return err
			}
		}
		_, err := fmt.Fprintf(w, "%8s\n", count)
		return err
	}
	if err := row(by, "count"); err != nil {
		return err
	}
	for _, n := range counts {
		if err := row(n.By, strconv.FormatInt(n.Number, 10)); err != nil {
			return err
		}
	}
	return nil
}
