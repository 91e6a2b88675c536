package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/coder"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/nlp"
)

type explainCommand struct {
	Text     []string `arg:"" help:"A sentence or several."`
	HTML     bool     `name:"html" xor:"form" help:"A page instead of text."`
	JSON     bool     `name:"json" xor:"form" help:"JSON instead of text."`
	Conllu   bool     `name:"conllu" xor:"form" help:"Only the trees, as CoNLL-U."`
	Date     string   `placeholder:"YYYY-MM-DD" help:"Publication date."`
	Codebook string   `placeholder:"DIR" help:"Use the codebook in this folder."`
	World    bool     `help:"Read the text in the codebook's fictional world, as its examples are."`
}

// An explanation is everything that led from a text to its records.
type explanation struct {
	doc      dyad.Document
	mentions []dyad.Mention
	attempts [][]coder.Attempt
	records  []dyad.Record
}

// Run explains the text.
func (c *explainCommand) Run() error {
	published, err := publicationDay(c.Date)
	if err != nil {
		return err
	}
	text := strings.Join(c.Text, " ")
	if strings.TrimSpace(text) == "" {
		return errors.New("there is no text to explain: give a sentence in quotes")
	}
	// What a few sentences leave behind is not worth a look at all that was loaded,
	// which is a fifth of the work; a long text is held to a limit.
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(512 << 20)
	p, err := load(c.Codebook, c.World)
	if err != nil {
		return err
	}
	p.Merge = false
	story := dyad.Story{ID: "text", Text: text, Published: published}
	e := explanation{doc: p.Document(story)}
	e.mentions = p.Mentions(e.doc)
	for i := range e.doc.Sentences {
		e.attempts = append(e.attempts, p.Attempts(e.doc, e.mentions, i))
	}
	coding := p.Code(story)
	for _, f := range coding.Failures {
		return fmt.Errorf("the text was not coded (%s): %s", f.Stage, f.Error)
	}
	e.records = coding.Records
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	switch {
	case c.Conllu:
		return nlp.WriteCoNLLU(out, e.doc.Sentences)
	case c.JSON:
		return e.writeJSON(out)
	case c.HTML:
		return e.writeHTML(out)
	}
	e.writeText(out)
	return nil
}

func (e *explanation) writeText(w io.Writer) {
	for i := range e.doc.Sentences {
		s := &e.doc.Sentences[i]
		fmt.Fprintf(w, "Sentence %d: %s\n\n  tokens\n", i+1, s.Text)
		for j := range s.Tokens {
			t := &s.Tokens[j]
			head := "root"
			if t.Head >= 0 {
				head = s.Tokens[t.Head].Text
			}
			fmt.Fprintf(w, "    %3d %-18s %-16s %-6s %-5s %-14s of %s\n", j+1, t.Text, t.Lemma, t.UPOS, t.XPOS, t.Rel, head)
		}
		fmt.Fprintf(w, "\n  actors\n")
		for k := range e.mentions {
			if m := &e.mentions[k]; m.Sentence == i {
				fmt.Fprintf(w, "    %s\n", mentionLine(s, m))
			}
		}
		fmt.Fprintf(w, "\n  rules tried\n")
		for _, a := range e.attempts[i] {
			fmt.Fprintf(w, "    %s %-14s %-22s %s  [%s]\n        %s\n", mark(a), a.Trigger, a.Event, a.Pattern, a.Rule, a.Why)
		}
		fmt.Fprintf(w, "\n  records\n")
		for k := range e.records {
			r := &e.records[k]
			if r.Evidence.Sequence != i+1 {
				continue
			}
			fmt.Fprintf(w, "    %s: %s  (confidence %.2f, date %s %s)\n", r.Kind, format.Line(r), r.Confidence, r.Date, r.DateBasis)
			for _, reason := range r.Reasons {
				fmt.Fprintf(w, "        %s %s: %s\n", reason.Stage, reason.Rule, reason.Note)
			}
		}
		fmt.Fprintln(w)
	}
}

func mark(a coder.Attempt) string {
	switch {
	case a.Fired:
		return "*"
	case a.Fits:
		return "+"
	}
	return "-"
}

func mentionLine(s *dyad.Sentence, m *dyad.Mention) string {
	text := ""
	if m.First < m.Last && m.Last <= len(s.Tokens) {
		text = s.Text[s.Tokens[m.First].Start-s.Start : s.Tokens[m.Last-1].End-s.Start]
	}
	line := fmt.Sprintf("%-30s %s", text, format.Codes(m.Entities))
	if m.Place {
		line += " (a place here)"
	}
	return line + "  " + m.How + ": " + m.Reason.Note + " [" + m.Reason.Rule + "]"
}

func (e *explanation) writeJSON(w io.Writer) error {
	type sentence struct {
		Text     string          `json:"text"`
		Tokens   []dyad.Token    `json:"tokens"`
		Mentions []dyad.Mention  `json:"mentions"`
		Attempts []coder.Attempt `json:"rules_tried"`
	}
	var out struct {
		Sentences []sentence        `json:"sentences"`
		Records   []json.RawMessage `json:"records"`
	}
	for i := range e.doc.Sentences {
		s := sentence{Text: e.doc.Sentences[i].Text, Tokens: e.doc.Sentences[i].Tokens, Attempts: e.attempts[i]}
		for _, m := range e.mentions {
			if m.Sentence == i {
				s.Mentions = append(s.Mentions, m)
			}
		}
		out.Sentences = append(out.Sentences, s)
	}
	for i := range e.records {
		line, err := format.JSON(&e.records[i])
		if err != nil {
			return err
		}
		out.Records = append(out.Records, line)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}

// writeHTML writes the text form as a page, the sentences as headings.
func (e *explanation) writeHTML(w io.Writer) error {
	var b strings.Builder
	e.writeText(&b)
	_, err := fmt.Fprintf(w, "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>dyad explain</title>\n"+
		"<style>body{font:15px/1.4 system-ui;margin:2em}pre{white-space:pre-wrap}</style>\n<h1>How this text was read</h1>\n<pre>%s</pre>\n</html>\n", html.EscapeString(b.String()))
	return err
}
