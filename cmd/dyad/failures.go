package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/opendyad/dyad/store"
)

type failuresCommand struct {
	Numbers   []int64 `arg:"" optional:"" name:"number" help:"Only these failures."`
	storeFlag `embed:""`
	All       bool   `help:"Those that are solved too."`
	Input     bool   `help:"Show what could not be read, as far as it was kept."`
	Format    string `enum:"auto,table,jsonl" default:"auto" help:"table or jsonl; table on a terminal, else jsonl."`
}

// Run lists what went wrong.
func (c *failuresCommand) Run() error {
	s, err := c.open(store.Read)
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, cancel := interruptible()
	defer cancel()
	list, err := s.Failures(ctx, c.All || len(c.Numbers) > 0)
	if err != nil {
		return err
	}
	if list, err = numberedFailures(list, c.Numbers); err != nil {
		return err
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	table := formOf(c.Format, os.Stdout, "") == "table"
	for i := range list {
		if table {
			err = failureEntry(out, &list[i], c.Input)
		} else {
			err = failureLine(out, &list[i], c.Input)
		}
		if err != nil {
			return fmt.Errorf("writing failures: %w", err)
		}
	}
	if table && len(list) > 0 {
		fmt.Fprintln(out, "\nTry again: dyad replay NUMBER…, or dyad replay --all")
	}
	if table && len(list) == 0 {
		fmt.Fprintln(out, "No failures.")
	}
	return out.Flush()
}

// numberedFailures are the failures of these numbers, or all when there are none.
func numberedFailures(list []store.Failure, numbers []int64) ([]store.Failure, error) {
	if len(numbers) == 0 {
		return list, nil
	}
	var out []store.Failure
	for _, n := range numbers {
		i := slices.IndexFunc(list, func(f store.Failure) bool { return f.Number == n })
		if i < 0 {
			return nil, fmt.Errorf("there is no failure number %d; dyad failures --all lists them", n)
		}
		out = append(out, list[i])
	}
	return out, nil
}

// failureEntry writes a failure for a reader at a terminal.
func failureEntry(w io.Writer, f *store.Failure, input bool) error {
	tries := fmt.Sprintf("tried %d times", f.Tries)
	if f.Tries == 1 {
		tries = "tried once"
	}
	if f.Solved {
		tries += ", solved"
	}
	if !f.Published.IsZero() {
		tries += ", with the date " + f.Published.String()
	}
	from := ""
	if f.Source != "" && f.Source != f.Story {
		from = "  from " + f.Source
	}
	if _, err := fmt.Fprintf(w, "%4d  %s  in %s, %s\n      %s%s\n      %s\n", f.Number, f.At.Format("2006-01-02 15:04"), f.Stage, tries,
		firstFilled(f.Story, "-"), from, f.Error); err != nil {
		return err
	}
	if !input {
		return nil
	}
	if f.Input == "" {
		_, err := fmt.Fprintln(w, "      (no input was kept: the story is stored, or it could not be had at all)")
		return err
	}
	_, err := fmt.Fprintf(w, "      %s\n", strings.ReplaceAll(printable(f.Input), "\n", "\n      "))
	return err
}

// printable lets nothing through that would command a terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}

// failureLine writes a failure as a line of JSON.
func failureLine(w io.Writer, f *store.Failure, input bool) error {
	j := struct {
		Number    int64  `json:"number"`
		At        string `json:"at"`
		Stage     string `json:"stage"`
		Story     string `json:"story"`
		Source    string `json:"source"`
		Error     string `json:"error"`
		Tries     int    `json:"tries"`
		Solved    bool   `json:"solved"`
		Published string `json:"published"`
		Input     string `json:"input,omitempty"`
	}{f.Number, f.At.Format("2006-01-02T15:04:05Z"), f.Stage, f.Story, f.Source, f.Error, f.Tries, f.Solved, f.Published.String(), ""}
	if input {
		j.Input = f.Input
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(&j)
}
