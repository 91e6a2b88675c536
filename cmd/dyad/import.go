package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/store"
)

type importCommand struct {
	Format    string   `arg:"" enum:"icews,gdelt,phoenix,polecat" help:"Whose events: icews, gdelt, phoenix or polecat."`
	Files     []string `arg:"" name:"file" help:"Event files, plain or packed (.zip, .gz, .zst); folders, patterns, or - for standard input."`
	storeFlag `embed:""`
	Layout    string `enum:",labels" default:"" help:"labels: four columns, source, ICEWS event label, target and date."`
	Codebook  string `placeholder:"DIR" help:"Use the codebook in this folder instead of the one built in."`
	Quiet     bool   `help:"No progress."`
}

// Run reads the files and stores the events that are new.
func (c *importCommand) Run() error {
	layout := c.Format
	if c.Layout != "" {
		if layout = c.Layout; c.Format != "icews" {
			return fmt.Errorf("--layout labels is a layout of icews, not of %s", c.Format)
		}
	}
	files, err := ingest.Expand(c.Files)
	if err != nil {
		return err
	}
	importer, err := c.importer()
	if err != nil {
		return err
	}
	s, err := c.open(store.Write)
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, cancel := interruptible()
	defer cancel()
	bar := newProgress(c.Quiet, sizeOf(files))
	reading := &eventReading{importer: importer, layout: layout, files: files, bar: bar, batches: make(chan importedBatch)}
	done, err := reading.store(ctx, s)
	bar.end()
	done.tell(c.Format, s.Path())
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "dyad: stopped; what is told above is stored, and the same call goes on from there")
		return nil
	case err != nil:
		return err
	case done.faults > 0:
		return errSomeFailed
	}
	return nil
}

func (c *importCommand) importer() (*format.Importer, error) {
	fsys, err := files(c.Codebook)
	if err != nil {
		return nil, err
	}
	book, err := codebook.Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("loading the codebook: %w", err)
	}
	return format.NewImporter(book), nil
}

// An importedBatch is events that were read together, and what could not be read among
// them.
type importedBatch struct {
	events   store.Prepared
	failures []dyad.Failure
}

func (b *importedBatch) size() int { return b.events.Len() + len(b.failures) }

// An eventReading reads files ahead of the store.
type eventReading struct {
	importer *format.Importer
	layout   string
	files    []string
	bar      *progress
	batches  chan importedBatch
}

// importDone is what became of the events.
type importDone struct {
	added, known, faults int
	first                string // of the faults
}

func (d importDone) tell(project, path string) {
	var b strings.Builder
	if d.first != "" {
		fmt.Fprintf(os.Stderr, "dyad: %s\n", d.first)
	}
	fmt.Fprintf(&b, "dyad: %s of %s in %s", numbered(d.added, "new event", "new events"), strings.ToUpper(project), path)
	if d.known > 0 {
		fmt.Fprintf(&b, "; %s there before", numbered(d.known, "was", "were"))
	}
	if d.faults > 0 {
		fmt.Fprintf(&b, "; %s: dyad failures lists all", numbered(d.faults, "fault", "faults"))
	}
	fmt.Fprintln(os.Stderr, b.String())
}

// store reads all files and stores their events, batch by batch, until the context ends.
func (r *eventReading) store(ctx context.Context, s *store.DuckDB) (done importDone, err error) {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	go r.read(reading)
	for batch := range r.batches {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		// A batch is stored whole, also when the user asks to stop meanwhile.
		added, err := s.Import(context.WithoutCancel(ctx), batch.events)
		if err != nil {
			return done, err
		}
		done.added += added
		done.known += batch.events.Len() - added
		if len(batch.failures) > 0 {
			if err := s.Add(context.WithoutCancel(ctx), []store.Entry{{Failures: batch.failures}}); err != nil {
				return done, err
			}
			if done.faults == 0 {
				done.first = batch.failures[0].Error
			}
			done.faults += len(batch.failures)
		}
		r.bar.imported(done.added)
	}
	return done, ctx.Err()
}

// read reads the files one after another and ends the batches with the last.
func (r *eventReading) read(ctx context.Context) {
	defer close(r.batches)
	batch := importedBatch{}
	send := func() bool {
		select {
		case <-ctx.Done():
			return false
		case r.batches <- batch:
			batch = importedBatch{}
			return true
		}
	}
	for _, path := range r.files {
		for record, failure := range r.events(path) {
			if failure != nil {
				batch.failures = append(batch.failures, *failure)
			} else if err := batch.events.Add(&record); err != nil {
				batch.failures = append(batch.failures, *importFailure(path, err))
			}
			if batch.size() >= store.ImportBatch && !send() {
				return
			}
		}
	}
	if batch.size() > 0 {
		send()
	}
}

// events gives the events of a file and of everything packed in it.
func (r *eventReading) events(path string) func(yield func(dyad.Record, *dyad.Failure) bool) {
	return func(yield func(dyad.Record, *dyad.Failure) bool) {
		for file, err := range openEvents(path, r.bar) {
			if err != nil {
				if !yield(dyad.Record{}, importFailure(path, err)) {
					return
				}
				continue
			}
			for record, err := range r.importer.Read(r.layout, file, file.Name) {
				if err != nil {
					if !yield(dyad.Record{}, importFailure(file.Name, err)) {
						return
					}
				} else if !yield(record, nil) {
					return
				}
			}
		}
	}
}

func openEvents(path string, bar *progress) func(yield func(format.EventFile, error) bool) {
	if path != "-" {
		return format.OpenEvents(path, bar.read)
	}
	return func(yield func(format.EventFile, error) bool) {
		file, done, err := format.UnpackEvents(bar.over(os.Stdin), "standard input")
		defer done()
		yield(file, err)
	}
}

// importFailure keeps a row that could not be read as a failure, with the row.
func importFailure(source string, err error) *dyad.Failure {
	f := &dyad.Failure{Stage: "import", Error: err.Error(), Source: source}
	if row := new(format.RowError); errors.As(err, &row) {
		f.Input = row.Input
	}
	return f
}

// read counts what was read of a file.
func (p *progress) read(n int) {
	if p.bar != nil {
		p.bar.Add(n) //nolint:errcheck // see end
	}
}

// imported shows how many events were stored.
func (p *progress) imported(events int) {
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%d events", events))
	}
}
