package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/store"
)

type diffCommand struct {
	Paths     []string `arg:"" optional:"" name:"path" help:"Two files of records as dyad code writes them (jsonl), or two stores; none for what the last dyad recode changed in the store."`
	storeFlag `embed:""`
	Event     []string `placeholder:"CONSULT" help:"Only these PLOVER events."`
	Format    string   `enum:"auto,table,jsonl" default:"auto" help:"table or jsonl; table on a terminal, else jsonl."`
}

// Run shows what changed from one coding to another.
func (c *diffCommand) Run() error {
	if len(c.Paths) != 0 && len(c.Paths) != 2 {
		return fmt.Errorf("%d paths: name two files of records or two stores, or none for what the last recoding changed", len(c.Paths))
	}
	if err := checkEvents(upper(c.Event)); err != nil {
		return err
	}
	ctx, cancel := interruptible()
	defer cancel()
	changes, end, err := c.changes(ctx)
	if err != nil {
		return err
	}
	defer end()
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	write := changeEntry
	if formOf(c.Format, os.Stdout, "") == "jsonl" {
		write = changeLine
	}
	counts := map[string]int{}
	for change, err := range changes {
		if err != nil {
			return err
		}
		counts[change.What]++
		if err := write(out, &change); err != nil {
			return fmt.Errorf("writing changes: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "dyad: %d added, %d gone, %d changed\n", counts[store.ChangeAdded], counts[store.ChangeGone], counts[store.ChangeChanged])
	return nil
}

// checkEvents refuses events that PLOVER does not have.
func checkEvents(events []string) error {
	if len(events) == 0 {
		return nil
	}
	fsys, err := files("")
	if err != nil {
		return err
	}
	book, err := codebook.Load(fsys)
	if err != nil {
		return err
	}
	_, err = (&askingFlags{Asked: desk.Asked{Event: events}}).check(book)
	return err
}

// changes gives what changed, and what to call when they have been taken.
func (c *diffCommand) changes(ctx context.Context) (iter.Seq2[store.Change, error], func(), error) {
	events := upper(c.Event)
	if len(c.Paths) == 0 {
		s, err := c.open(store.Read)
		if err != nil {
			return nil, nil, err
		}
		codebook, err := s.Recoded(ctx)
		if err == nil && codebook == "" {
			err = fmt.Errorf("nothing in %s was coded again yet: dyad recode does that", s.Path())
		}
		if err != nil {
			s.Close()
			return nil, nil, err
		}
		return s.Changes(ctx, events), func() { s.Close() }, nil
	}
	var ends []func()
	end := func() {
		for _, f := range ends {
			f()
		}
	}
	var sides [2]iter.Seq2[dyad.Record, error]
	for i, path := range c.Paths {
		records, close, err := recordsOf(ctx, path)
		if err != nil {
			end()
			return nil, nil, err
		}
		sides[i] = records
		ends = append(ends, close)
	}
	return only(compared(sides[0], sides[1]), events), end, nil
}

// recordsOf gives the records of a file of JSON lines or of a store, story by story.
func recordsOf(ctx context.Context, path string) (iter.Seq2[dyad.Record, error], func(), error) {
	head := make([]byte, 12)
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("opening %s: %w", path, err)
	}
	n, _ := io.ReadFull(file, head) // a file that is shorter is no store
	file.Close()
	if n == len(head) && string(head[8:]) == "DUCK" {
		s, err := store.Open(path, store.Read)
		if err != nil {
			return nil, nil, err
		}
		return s.Coded(ctx), func() { s.Close() }, nil
	}
	in, err := ingest.Open(path)
	if err != nil {
		return nil, nil, err
	}
	apart := standApart(recordLines(in, path))
	in.Close()
	if in, err = ingest.Open(path); err != nil {
		return nil, nil, err
	}
	records := recordLines(in, path)
	if apart {
		records = gathered(records)
	}
	return records, func() { in.Close() }, nil
}

// standApart reports whether the records of some story are not one after another, as
// dyad code writes them, but where their dates put them, as dyad events does.
func standApart(records iter.Seq2[dyad.Record, error]) bool {
	begun, last := map[string]bool{}, ""
	for r, err := range records {
		if err != nil {
			return false // it comes again when they are compared
		}
		if r.Story != last && begun[r.Story] {
			return true
		}
		begun[r.Story], last = true, r.Story
	}
	return false
}

// gathered gives records story by story, which takes as much memory as all of them.
func gathered(records iter.Seq2[dyad.Record, error]) iter.Seq2[dyad.Record, error] {
	return func(yield func(dyad.Record, error) bool) {
		var order []string
		of := map[string][]dyad.Record{}
		for r, err := range records {
			if err != nil {
				yield(r, err)
				return
			}
			if of[r.Story] == nil {
				order = append(order, r.Story)
			}
			of[r.Story] = append(of[r.Story], r)
		}
		for _, story := range order {
			for _, r := range of[story] {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

// maxRecord bounds a record as a line of JSON.
const maxRecord = 64 << 20

// recordLines reads records from JSON lines.
func recordLines(in io.Reader, path string) iter.Seq2[dyad.Record, error] {
	return func(yield func(dyad.Record, error) bool) {
		lines := bufio.NewScanner(in)
		lines.Buffer(make([]byte, 1<<16), maxRecord)
		for number := 1; lines.Scan(); number++ {
			if len(lines.Bytes()) == 0 {
				continue
			}
			r, err := format.ParseJSON(lines.Bytes())
			if err != nil {
				err = fmt.Errorf("%s:%d: %w; dyad diff wants records as dyad code writes them with --format jsonl", path, number, err)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(dyad.Record{}, fmt.Errorf("reading %s: %w", path, err))
		}
	}
}

// compared compares two codings of the same stories. Both give their records story
// by story, in whatever order; a story waits only until the other side has come to
// it.
func compared(old, now iter.Seq2[dyad.Record, error]) iter.Seq2[store.Change, error] {
	return func(yield func(store.Change, error) bool) {
		var sides [2]*byStory
		for i, records := range []iter.Seq2[dyad.Record, error]{old, now} {
			next, stop := iter.Pull2(records)
			defer stop()
			sides[i] = &byStory{next: next, waiting: map[string][]dyad.Record{}}
		}
		give := func(old, now []dyad.Record) bool {
			for _, c := range store.Compare(old, now) {
				if !yield(c, nil) {
					return false
				}
			}
			return true
		}
		for more := true; more; {
			more = false
			for i, side := range sides {
				story, records, err := side.read()
				if err != nil {
					yield(store.Change{}, err)
					return
				}
				if records == nil {
					continue
				}
				more = true
				if !meet(sides, i, story, records, give) {
					return
				}
			}
		}
		for i, side := range sides {
			for _, story := range side.order {
				pair := [2][]dyad.Record{}
				pair[i] = side.waiting[story]
				if pair[i] != nil && !give(pair[0], pair[1]) {
					return
				}
			}
		}
	}
}

// meet compares a story that one side has come to, if the other side has too, and
// else lets it wait.
func meet(sides [2]*byStory, i int, story string, records []dyad.Record, give func(old, now []dyad.Record) bool) bool {
	other := sides[1-i]
	waiting, there := other.waiting[story]
	if !there {
		sides[i].waiting[story] = append(sides[i].waiting[story], records...)
		sides[i].order = append(sides[i].order, story)
		return true
	}
	delete(other.waiting, story)
	pair := [2][]dyad.Record{}
	pair[i], pair[1-i] = records, waiting
	return give(pair[0], pair[1])
}

// byStory reads records that come story by story.
type byStory struct {
	next    func() (dyad.Record, error, bool)
	ahead   *dyad.Record // the first record of the next story
	waiting map[string][]dyad.Record
	order   []string // of the stories that had to wait
}

// read gives the records of the next story, none at the end.
func (b *byStory) read() (story string, records []dyad.Record, err error) {
	if b.ahead != nil {
		records = append(records, *b.ahead)
		story, b.ahead = b.ahead.Story, nil
	}
	for {
		r, err, more := b.next()
		if err != nil || !more {
			return story, records, err
		}
		if records != nil && r.Story != story {
			b.ahead = &r
			return story, records, nil
		}
		story = r.Story
		records = append(records, r)
	}
}

// only lets the changes of some events through, or all when none is named.
func only(changes iter.Seq2[store.Change, error], events []string) iter.Seq2[store.Change, error] {
	if len(events) == 0 {
		return changes
	}
	has := func(r *dyad.Record) bool { return r != nil && slices.Contains(events, store.EventOf(r)) }
	return func(yield func(store.Change, error) bool) {
		for c, err := range changes {
			if err == nil && !has(c.Old) && !has(c.New) {
				continue
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

// changeEntry writes a change for a reader at a terminal: what the record says, or
// said, with its sentence and the rule that makes it, or no longer does.
func changeEntry(w io.Writer, c *store.Change) error {
	r := c.Record()
	var err error
	switch c.What {
	case store.ChangeAdded:
		_, err = fmt.Fprintf(w, "+ %s  %s\n      made by %s\n", r.Kind, format.Line(c.New), ruleOf(c.New))
	case store.ChangeGone:
		_, err = fmt.Fprintf(w, "- %s  %s\n      no longer made by %s\n", r.Kind, format.Line(c.Old), ruleOf(c.Old))
	default:
		_, err = fmt.Fprintf(w, "~ %s  %s\n      %s\n      made by %s, before by %s\n", r.Kind, format.Line(c.New), differing(c), ruleOf(c.New), ruleOf(c.Old))
	}
	if err == nil {
		_, err = fmt.Fprintf(w, "      %s: “%s”\n", r.Story, cutTo(strings.Join(strings.Fields(r.Text), " "), 200))
	}
	return err
}

// differing says what a changed record said before, or what else of it its line does
// not show.
func differing(c *store.Change) string {
	if before := format.Line(c.Old); before != format.Line(c.New) {
		return "before: " + before
	}
	type field struct{ name, old, now string }
	fields := []field{
		{"date", c.Old.Date.String(), c.New.Date.String()}, {"date's basis", c.Old.DateBasis, c.New.DateBasis},
		{"contexts", strings.Join(c.Old.Contexts, " "), strings.Join(c.New.Contexts, " ")},
	}
	if c.Old.Event != nil && c.New.Event != nil {
		fields = append(fields, field{"words", c.Old.Event.Trigger, c.New.Event.Trigger}, field{"CAMEO code", c.Old.Event.CAMEO, c.New.Event.CAMEO})
	}
	var parts []string
	for _, x := range fields {
		if x.old != x.now {
			parts = append(parts, fmt.Sprintf("%s: %s, before: %s", x.name, firstFilled(x.now, "none"), firstFilled(x.old, "none")))
		}
	}
	if len(parts) == 0 && c.Old.Evidence.Trigger != c.New.Evidence.Trigger {
		return "other words of the sentence carry it"
	}
	if len(parts) == 0 {
		return "in what its line does not show: see --format jsonl"
	}
	return strings.Join(parts, "; ")
}

// ruleOf is the line of the codebook, or the name of the built-in rule, by which a
// record was made.
func ruleOf(r *dyad.Record) string {
	if len(r.Reasons) == 0 {
		return "no rule"
	}
	return strings.TrimSpace(r.Reasons[0].Rule)
}

// changeLine writes a change as a line of JSON, with both records whole.
func changeLine(w io.Writer, c *store.Change) error {
	j := struct {
		Change string          `json:"change"`
		Story  string          `json:"story"`
		Old    json.RawMessage `json:"old,omitempty"`
		New    json.RawMessage `json:"new,omitempty"`
	}{Change: c.What, Story: c.Record().Story}
	var errs [2]error
	if c.Old != nil {
		j.Old, errs[0] = format.JSON(c.Old)
	}
	if c.New != nil {
		j.New, errs[1] = format.JSON(c.New)
	}
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(&j)
}
