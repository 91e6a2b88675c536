package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/term"

	"github.com/opendyad/dyad/store"
)

type storiesCommand struct {
	Parties     []string `arg:"" optional:"" name:"party" help:"A country, or two for the pair: stories with a record between these."`
	storeFlag   `embed:""`
	askingFlags `embed:""`
	Text        bool   `help:"With the text, in jsonl and parquet."`
	Format      string `enum:"auto,table,jsonl,csv,parquet" default:"auto" help:"table, jsonl, csv or parquet; table on a terminal, else jsonl."`
	Output      string `short:"o" placeholder:"FILE" type:"path" help:"Write to this file instead of standard output."`
}

// Run lists the stories asked for, near-duplicates as one.
func (c *storiesCommand) Run() error {
	f, err := c.filter(c.Parties, "all")
	if err != nil {
		return err
	}
	f.Kinds = nil // a story without records is a story
	s, err := c.open(store.Read)
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, cancel := interruptible()
	defer cancel()
	return writeTo(c.Output, func(file *os.File) error {
		_, err := writeStories(ctx, s, f, formOf(c.Format, file, c.Output), c.Text, file)
		return err
	})
}

// writeStories writes the stories that a filter lets through, and gives how many.
func writeStories(ctx context.Context, s *store.DuckDB, f store.Filter, form string, text bool, file *os.File) (int64, error) {
	if form == "parquet" {
		return s.WriteStories(ctx, f, text, file)
	}
	out := bufio.NewWriterSize(file, 1<<16)
	write := storyLine(out, text)
	switch form {
	case "csv":
		write = storyCSV(out)
	case "table":
		write = storyTable(out, widthOf(file), f.Fold)
	}
	var rows int64
	for st, err := range s.Stories(ctx, f) {
		if err != nil {
			return rows, err
		}
		if err := write(&st); err != nil {
			return rows, fmt.Errorf("writing the story %s: %w", st.ID, err)
		}
		rows++
	}
	return rows, out.Flush()
}

// jsonStory is a story as a line that dyad ingest reads back; what stands after the
// language is the store's.
type jsonStory struct {
	ID        string `json:"id"`
	Date      string `json:"date"`
	Basis     string `json:"published_basis,omitempty"`
	Title     string `json:"title"`
	Text      string `json:"text,omitempty"`
	URL       string `json:"url,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Language  string `json:"lang,omitempty"`
	Source    string `json:"source,omitempty"`
	Added     string `json:"added"`
	Cluster   string `json:"cluster"` // id of the first story that tells the same
	Copies    int    `json:"copies"`
	Records   int    `json:"records"`
	Note      string `json:"note,omitempty"`
}

func storyLine(w io.Writer, text bool) func(*store.Story) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return func(st *store.Story) error {
		j := jsonStory{ID: st.ID, Date: st.Published.String(), Basis: st.PublishedBasis, Title: st.Title, URL: st.URL, Publisher: st.Publisher,
			Language: st.Language, Source: st.Source, Added: st.Added.Format("2006-01-02T15:04:05Z"), Cluster: st.Cluster, Copies: st.Copies,
			Records: st.Records, Note: st.Note}
		if text {
			j.Text = st.Text
		}
		return encoder.Encode(&j)
	}
}

// storyCSV writes a line a story, and the names of the columns before any.
func storyCSV(w io.Writer) func(*store.Story) error {
	c := csv.NewWriter(w)
	// What goes wrong here is told again by the flush after the first story, and by out's.
	_ = c.Write([]string{"id", "date", "published_basis", "title", "url", "publisher", "lang", "source", "cluster", "copies", "records", "note"})
	c.Flush()
	return func(st *store.Story) error {
		err := c.Write([]string{st.ID, st.Published.String(), st.PublishedBasis, st.Title, st.URL, st.Publisher, st.Language, st.Source,
			st.Cluster, strconv.Itoa(st.Copies), strconv.Itoa(st.Records), st.Note})
		c.Flush()
		if err != nil {
			return err
		}
		return c.Error()
	}
}

// storyTable writes two lines a story: when, by whom and what it is called, cut to
// the width; below, its id with what it gave and how many copies it has.
func storyTable(w io.Writer, width int, folded bool) func(*store.Story) error {
	const outlet = 20
	return func(st *store.Story) error {
		date := st.Published.String()
		if date == "" {
			date = "undated"
		}
		title := firstFilled(st.Title, firstLine(st.Text))
		publisher := firstFilled(st.Publisher, "-")
		about := []string{counted1(st.Records, "record")}
		if st.Note != "" {
			about[0] = "not coded: " + st.Note
		}
		if st.Copies > 1 && folded {
			about = append(about, fmt.Sprintf("%d copies", st.Copies))
		}
		if !folded && st.Cluster != st.ID {
			about = append(about, "copy of "+st.Cluster)
		}
		_, err := fmt.Fprintf(w, "%-10s  %s  %s\n%12s%s  %s\n", date, padded(publisher, outlet), cutTo(title, width-outlet-14),
			"", st.ID, strings.Join(about, ", "))
		return err
	}
}

func firstFilled(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// firstLine is the first line of a text, or as much of it as a title may have.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return cutTo(line, 200)
}

// counted1 writes "1 record" and "2 records".
func counted1(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// cutTo cuts text to a width in columns of a terminal.
func cutTo(text string, width int) string {
	width = max(width, 10)
	if len(text) <= width || uniseg.StringWidth(text) <= width {
		return text
	}
	var b strings.Builder
	used, state := 0, -1
	for text != "" {
		var part string
		var wide int
		part, text, wide, state = uniseg.FirstGraphemeClusterInString(text, state)
		if used += wide; used >= width {
			break
		}
		b.WriteString(part)
	}
	return b.String() + "…"
}

// padded cuts or fills text to a width.
func padded(text string, width int) string {
	text = cutTo(text, width)
	return text + strings.Repeat(" ", max(0, width-uniseg.StringWidth(text)))
}

// widthOf is how many columns a line may have: those of the terminal, else 100.
func widthOf(file *os.File) int {
	if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 40 {
		return width
	}
	if width, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && width > 40 {
		return width
	}
	return 100
}
