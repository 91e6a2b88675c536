package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/coder"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/pipeline"
)

type classifyCommand struct {
	Path      string `arg:"" help:"JSON lines of id, text, source, target; - for standard input."`
	AllowNone bool   `help:"Permit event \"\" where the sentence only states something."`
	Codebook  string `placeholder:"DIR" help:"Use the codebook in this folder."`
}

// A pairLine is a line of input, of development sets too.
type pairLine struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Source string `json:"source"`
	Target string `json:"target"`
	Event  string `json:"event,omitempty"`
	Quad   *int   `json:"quad,omitempty"`
	// Events are those of our own gold sets, of which the first is what the source
	// does to the target.
	Events []goldEvent `json:"events,omitempty"`
}

// class is the event of a line with both sides marked, as the classifier learns it.
func (l *pairLine) class() string {
	if l.Event == "" && len(l.Events) > 0 && l.Source != "" {
		return coder.Yield(l.Events[0].Event)
	}
	return coder.Yield(l.Event)
}

type answerLine struct {
	ID         string         `json:"id"`
	Event      string         `json:"event"`
	Mode       string         `json:"mode"`
	CAMEO      string         `json:"cameo"`
	Confidence float64        `json:"confidence"`
	Reasons    []answerReason `json:"reasons"`
}

type answerReason struct {
	Stage string `json:"stage"`
	Rule  string `json:"rule"`
	Note  string `json:"note"`
}

// Run answers each line with a line; a line that cannot be read is told and
// skipped.
func (c *classifyCommand) Run() error {
	p, err := load(c.Codebook, false)
	if err != nil {
		return err
	}
	classifier, err := coder.NewClassifier(p.Coder())
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	failed := false
	err = readPairs(c.Path, func(line pairLine) error {
		a := classifier.Classify(pairOf(p, line), c.AllowNone)
		answer := answerLine{ID: line.ID, Event: a.Event, Mode: a.Mode, CAMEO: a.CAMEO, Confidence: a.Confidence}
		for _, r := range a.Reasons {
			answer.Reasons = append(answer.Reasons, answerReason(r))
		}
		return encoder.Encode(answer)
	}, func(problem string) {
		failed = true
		fmt.Fprintln(os.Stderr, "dyad:", problem)
	})
	if err != nil {
		return err
	}
	if failed {
		return errSomeFailed
	}
	return nil
}

// pairOf parses a line's text and finds its actors.
func pairOf(p *pipeline.Pipeline, line pairLine) *coder.Pair {
	doc := p.Document(dyad.Story{ID: line.ID, Text: line.Text})
	return &coder.Pair{Doc: doc, Mentions: p.Mentions(doc), Source: line.Source, Target: line.Target}
}

// readPairs reads JSON lines and hands them on; what is no pair goes to problem.
func readPairs(path string, each func(pairLine) error, problem func(string)) error {
	file, err := ingest.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	number := 0
	for line := range bytes.SplitSeq(data, []byte("\n")) {
		number++
		if strings.TrimSpace(string(line)) == "" {
			continue
		}
		var pair pairLine
		if err := json.Unmarshal(line, &pair); err != nil {
			problem(fmt.Sprintf("%s:%d: the line is no JSON object of id, text, source and target: %v", path, number, err))
			continue
		}
		if err := each(pair); err != nil {
			return err
		}
	}
	return nil
}
