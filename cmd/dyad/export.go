package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/store"
)

type exportCommand struct {
	Parties     []string `arg:"" optional:"" name:"party" help:"A country, or two for the pair: what has these as a party."`
	storeFlag   `embed:""`
	askingFlags `embed:""`
	Records     string `default:"all" help:"Kinds of record, joined by commas: events, positions, expectations, claims, visits, refusals; or all."`
	Format      string `enum:"auto,jsonl,csv,parquet" default:"auto" help:"jsonl, csv or parquet; by the ending of the file's name, else jsonl."`
	Output      string `short:"o" placeholder:"FILE|FOLDER" help:"A file for all, or a folder (a name without extension, or one that ends in /) for a file of each kind, the stories and about.json; standard output when not given."`
}

// Run writes whole sets of records, and says what was asked and how much came out.
func (c *exportCommand) Run() error {
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
	if c.Format == "auto" {
		if c.Format = strings.TrimPrefix(filepath.Ext(c.Output), "."); c.Format != "csv" && c.Format != "parquet" {
			c.Format = "jsonl"
		}
	}
	if c.Output != "" && isFolder(c.Output) {
		return c.folder(ctx, s, f)
	}
	var rows int64
	err = writeTo(c.Output, func(file *os.File) error {
		rows, err = writeRecords(ctx, s, f, c.Format, file)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "dyad: %s from %s, asked for: %s\n", counted1(int(rows), "record"), s.Path(), strings.Join(c.asked(), " "))
	return nil
}

// isFolder reports whether a path is meant as a folder.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir() || err != nil && (strings.HasSuffix(path, "/") || filepath.Ext(path) == "")
}

// writeRecords writes the records that a filter lets through, and gives how many.
func writeRecords(ctx context.Context, s *store.DuckDB, f store.Filter, form string, file *os.File) (int64, error) {
	if form == "parquet" {
		return s.WriteParquet(ctx, f, nil, file)
	}
	out := bufio.NewWriterSize(file, 1<<16)
	w := &recordWriter{out: out, form: form, kinds: kindSet(f.Kinds)}
	var rows int64
	if err := w.write(nil); err != nil { // the names of CSV's columns
		return 0, fmt.Errorf("writing records: %w", err)
	}
	for r, err := range s.Records(ctx, f) {
		if err != nil {
			return rows, err
		}
		if err := w.write([]dyad.Record{r}); err != nil {
			return rows, fmt.Errorf("writing records: %w", err)
		}
		rows++
	}
	return rows, out.Flush()
}

// exported is a file of an export.
type exported struct {
	File string `json:"file"`
	Rows int64  `json:"rows"`
}

// about is what about.json says: what was asked of what, and what came out.
type about struct {
	Made      string     `json:"made"`
	Dyad      string     `json:"dyad"` // the program's version
	Store     string     `json:"store"`
	Codebooks []string   `json:"codebooks"` // that the store's records were coded with
	Asked     []string   `json:"asked"`
	Folded    bool       `json:"folded"` // one record for each happening, its reports within
	Files     []exported `json:"files"`
}

// folder writes a file of each kind, the stories and about.json.
func (c *exportCommand) folder(ctx context.Context, s *store.DuckDB, f store.Filter) error {
	if err := os.MkdirAll(c.Output, 0o755); err != nil {
		return fmt.Errorf("making the folder of the export: %w", err)
	}
	codebooks, err := s.Codebooks(ctx)
	if err != nil {
		return err
	}
	a := about{Made: time.Now().UTC().Format(time.RFC3339), Dyad: version(), Store: s.Path(), Codebooks: codebooks, Asked: c.asked(), Folded: f.Fold}
	write := func(name string, rows func(*os.File) (int64, error)) error {
		var n int64
		err := writeTo(filepath.Join(c.Output, name), func(file *os.File) (err error) {
			n, err = rows(file)
			return err
		})
		a.Files = append(a.Files, exported{name, n})
		return err
	}
	wanted := kindSet(f.Kinds)
	for _, name := range kindNames() {
		if !wanted[kinds[name]] {
			continue
		}
		one := f
		one.Kinds = []dyad.Kind{kinds[name]}
		err := write(name+"."+c.Format, func(file *os.File) (int64, error) { return writeRecords(ctx, s, one, c.Format, file) })
		if err != nil {
			return err
		}
	}
	// Always as JSON lines: dyad ingest reads them back.
	err = write("stories.jsonl", func(file *os.File) (int64, error) {
		return writeStories(ctx, s, c.storiesOf(f), "jsonl", true, file)
	})
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(&a, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.Output, "about.json"), append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("writing what the export is about: %w", err)
	}
	var told []string
	for _, file := range a.Files {
		told = append(told, fmt.Sprintf("%s %d", file.File, file.Rows))
	}
	fmt.Fprintf(os.Stderr, "dyad: exported to %s: %s; about.json says what was asked\n", c.Output, strings.Join(told, ", "))
	return nil
}

// storiesOf asks for the stories of an export: those of the records asked for, or
// all when nothing narrows them down. Copies of a story are stories.
func (c *exportCommand) storiesOf(f store.Filter) store.Filter {
	f.Fold, f.Limit = false, 0
	whole := c.askingFlags
	whole.NoFold, whole.Limit = false, 0
	if c.Records == "all" && len(c.Parties)+len(whole.asked()) == 0 {
		f.Kinds = nil
	}
	return f
}

// asked gives the filters of an export as the user gave them, the kinds first.
func (c *exportCommand) asked() []string {
	out := []string{"records=" + c.Records}
	if len(c.Parties) > 0 {
		out = append(out, "parties="+strings.Join(c.Parties, ","))
	}
	return append(out, c.askingFlags.asked()...)
}

// asked gives the filters that narrow down what is asked for.
func (a *askingFlags) asked() (out []string) {
	quads := make([]string, len(a.Quad))
	for i, q := range a.Quad {
		quads[i] = fmt.Sprint(q)
	}
	for _, x := range []struct {
		name   string
		values []string
	}{
		{"actor", a.Actor}, {"recipient", a.Recipient}, {"either", a.Either}, {"sector", a.Sector}, {"event", a.Event}, {"mode", a.Mode},
		{"quad", quads}, {"issue", a.Issue}, {"aux", a.Aux}, {"asserted-by", a.AssertedBy}, {"from", one(a.From)}, {"to", one(a.To)},
		{"published-from", one(a.PublishedFrom)}, {"published-to", one(a.PublishedTo)}, {"place", a.Place}, {"outlet", a.Outlet},
		{"language", a.Language}, {"story", a.Story}, {"origin", a.Origin},
	} {
		if len(x.values) > 0 {
			out = append(out, x.name+"="+strings.Join(x.values, ","))
		}
	}
	if a.Confidence > 0 {
		out = append(out, fmt.Sprintf("confidence=%g", a.Confidence))
	}
	if a.NoFold {
		out = append(out, "no-fold")
	}
	if a.Limit > 0 {
		out = append(out, fmt.Sprintf("limit=%d", a.Limit))
	}
	return out
}

func one(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// kindNames are the words of --records in their order.
func kindNames() []string {
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// version is the program's version, as far as its building recorded one.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	out := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && !strings.Contains(out, s.Value[:min(12, len(s.Value))]) {
			out += " " + s.Value
		}
	}
	return out
}
