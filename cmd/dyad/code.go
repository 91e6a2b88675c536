package main

import (
	"bufio"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/pipeline"
)

type codeCommand struct {
	Paths    []string `arg:"" name:"path" help:"Files or folders of stories; - for standard input."`
	Format   string   `enum:"auto,table,jsonl,csv" default:"auto" help:"table, jsonl or csv; table on a terminal, else jsonl."`
	Records  string   `default:"events" help:"Kinds to print, joined by commas: events, positions, expectations, claims, visits, refusals; or all."`
	Date     string   `placeholder:"YYYY-MM-DD" help:"Publication date of stories that carry none."`
	NoMerge  bool     `help:"A record for each mention, instead of one for each happening."`
	Input    string   `enum:",text,html,jsonl,petrarch,conllu,warc" default:"" help:"Form of the input: text, html, jsonl, petrarch, conllu or warc; by the file's name and first bytes when not given."`
	Workers  int      `default:"0" help:"Stories coded at once; 0 is one a core."`
	Codebook string   `placeholder:"DIR" help:"Use the codebook in this folder instead of the one built in."`
}

// kinds are the words of --records.
var kinds = map[string]dyad.Kind{
	"events": dyad.KindEvent, "positions": dyad.KindPosition, "expectations": dyad.KindExpectation,
	"claims": dyad.KindClaim, "visits": dyad.KindVisit, "refusals": dyad.KindRefusal,
}

// Run codes the paths and prints the records.
func (c *codeCommand) Run() error {
	wanted, err := wantedKinds(c.Records)
	if err != nil {
		return err
	}
	published, err := publicationDay(c.Date)
	if err != nil {
		return err
	}
	paths, err := ingest.Expand(c.Paths)
	if err != nil {
		return err
	}
	p, err := load(c.Codebook, false)
	if err != nil {
		return err
	}
	p.Merge = !c.NoMerge
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	defer out.Flush()
	w := &recordWriter{out: out, form: c.Format, kinds: wanted}
	if w.form == "auto" {
		w.form = "jsonl"
		if isTerminal(os.Stdout) {
			w.form = "table"
		}
	}
	failed, undated := 0, false
	stories := c.stories(paths, published, &undated)
	for coding := range p.Run(stories, c.Workers) {
		for _, f := range coding.Failures {
			failed++
			fmt.Fprintf(os.Stderr, "dyad: story %s was not coded (%s): %s\n", f.Story, f.Stage, f.Error)
		}
		if err := w.write(coding.Records); err != nil {
			return fmt.Errorf("writing records: %w", err)
		}
	}
	if undated {
		fmt.Fprintln(os.Stderr, "dyad: some stories have no publication date, so dates such as “on Tuesday” stay unresolved there; give one with --date YYYY-MM-DD")
	}
	if failed > 0 {
		return errSomeFailed
	}
	return nil
}

// stories reads the paths one after another. undated is set when a story has no
// publication date.
func (c *codeCommand) stories(paths []string, published dyad.Date, undated *bool) pipeline.Source {
	return func(yield func(dyad.Story, error) bool) {
		o := ingest.Options{Input: ingest.Input(c.Input), Published: published, Noted: func(p *ingest.Problem) {
			fmt.Fprintf(os.Stderr, "dyad: story %s: %s\n", p.Story, p)
		}}
		trees := func(path string) bool {
			return o.Input == "conllu" || o.Input == "" && strings.HasSuffix(path, ".conllu")
		}
		for len(paths) > 0 {
			read := readConllu(paths[0], o)
			n := 1
			if !trees(paths[0]) {
				for n < len(paths) && !trees(paths[n]) {
					n++
				}
				read = ingest.ReadFiles(paths[:n], o)
			}
			paths = paths[n:]
			for st, err := range read {
				*undated = *undated || err == nil && st.Published.IsZero()
				if !yield(st, err) {
					return
				}
			}
		}
	}
}

// readConllu takes the text of a CoNLL-U file as one story.
func readConllu(path string, o ingest.Options) iter.Seq2[dyad.Story, error] {
	return func(yield func(dyad.Story, error) bool) {
		st := dyad.Story{ID: strings.TrimSuffix(filepath.Base(path), ".conllu"), Published: o.Published, Source: path}
		file, err := ingest.Open(path)
		if err != nil {
			yield(st, err)
			return
		}
		defer file.Close()
		sentences, err := nlp.ReadCoNLLU(file, path)
		texts := make([]string, len(sentences))
		for i := range sentences {
			texts[i] = sentences[i].Text
		}
		st.Text = strings.Join(texts, "\n\n")
		yield(st, err)
	}
}

// publicationDay reads --date: relative dates are worked out from a day, not from a month.
func publicationDay(text string) (dyad.Date, error) {
	if text == "" {
		return dyad.Date{}, nil
	}
	d, err := dyad.ParseDate(text)
	if err != nil || d.Day == 0 {
		return d, fmt.Errorf("--date %s: want a day as YYYY-MM-DD", text)
	}
	return d, nil
}

func wantedKinds(list string) (map[dyad.Kind]bool, error) {
	wanted := map[dyad.Kind]bool{}
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if name == "all" {
			for _, k := range kinds {
				wanted[k] = true
			}
			continue
		}
		k, ok := kinds[name]
		if !ok {
			return nil, fmt.Errorf("--records %s: there are %s, and all", name, strings.Join(kindNames(), ", "))
		}
		wanted[k] = true
	}
	return wanted, nil
}

// A recordWriter prints the records of the kinds asked for.
type recordWriter struct {
	out    *bufio.Writer
	form   string
	kinds  map[dyad.Kind]bool
	headed bool
}

func (w *recordWriter) write(records []dyad.Record) error {
	kept := records[:0:0]
	for i := range records {
		if w.kinds[records[i].Kind] {
			kept = append(kept, records[i])
		}
	}
	switch w.form {
	case "table":
		return format.Table(w.out, kept)
	case "csv":
		headed := w.headed
		w.headed = true
		return format.CSV(w.out, kept, !headed)
	}
	for i := range kept {
		line, err := format.JSON(&kept[i])
		if err != nil {
			return err
		}
		w.out.Write(line)
		if err := w.out.WriteByte('\n'); err != nil {
			return err
		}
	}
	return nil
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
