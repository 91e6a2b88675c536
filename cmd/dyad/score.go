package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/opendyad/dyad/coder"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/pipeline"
)

type scoreCommand struct {
	Data     string `default:"../shared" help:"Folder with gold-dev and treebanks." placeholder:"DIR"`
	Own      string `default:"testdata/gold" help:"Folder with dyad's own gold sets." placeholder:"DIR"`
	Codebook string `placeholder:"DIR" help:"Use the codebook in this folder."`
}

// Run prints how good dyad is on the development sets.
func (c *scoreCommand) Run() error { return c.print(os.Stdout) }

// print writes the scores.
func (c *scoreCommand) print(w io.Writer) error {
	if _, err := os.Stat(c.Data); err != nil {
		return fmt.Errorf("the development sets are not in %s; name their folder with --data", c.Data)
	}
	p, err := load(c.Codebook, false)
	if err != nil {
		return err
	}
	dev := filepath.Join(c.Data, "treebanks", "en_ewt-dev.conllu")
	gold, err := readTreebank(dev)
	if err != nil {
		return err
	}
	s := p.Model().Evaluate(gold)
	fmt.Fprintf(w, "parser      EWT dev, gold tokens: words %d  UPOS %.2f  lemma %.2f  UAS %.2f  LAS %.2f (with subtypes %.2f)\n", s.Words, s.UPOS, s.Lemma, s.UAS, s.LAS, s.LASWithSubtypes)
	sentences, words, err := nlp.EvaluateSplit(dev)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "splitter    EWT dev, raw: sentence F1 %.2f  word F1 %.2f\n", sentences, words)
	events, quads, err := instances(p, p.Coder(), []string{filepath.Join(c.Data, "gold-dev", "relations.jsonl")}, []string{filepath.Join(c.Data, "gold-dev", "quad.jsonl")})
	if err != nil {
		return err
	}
	scoreEvents(w, events)
	scoreQuads(w, quads)
	if err := scoreOwnPairs(w, p, filepath.Join(c.Own, "clean.jsonl")); err != nil {
		return err
	}
	p.Merge = false
	for _, set := range []struct{ kind, path string }{
		{"news", filepath.Join(c.Data, "gold-dev", "news.jsonl")},
		{"own", filepath.Join(c.Own, "running.jsonl")},
		{"own", filepath.Join(c.Own, "clean.jsonl")},
	} {
		if err := scoreNews(w, p, set.kind, set.path); err != nil {
			return err
		}
	}
	return firstError(scoreAnalysis(w, p, "news", filepath.Join(c.Data, "gold-dev", "analysis")),
		scoreAnalysis(w, p, "own", filepath.Join(c.Own, "analysis")))
}

// instances makes what the classifier learns from out of labelled sentences: those
// with a source, a target and an event, and those with a quad class.
func instances(p *pipeline.Pipeline, c *coder.Coder, pairs, quads []string) (events, classes []coder.Instance, err error) {
	problem := func(text string) { err = firstError(err, fmt.Errorf("%s", text)) }
	each := func(line pairLine) error {
		features := c.PairFeatures(pairOf(p, line))
		if class := line.class(); class != "" {
			events = append(events, coder.Instance{Features: features, Class: class})
		}
		if line.Quad != nil {
			classes = append(classes, coder.Instance{Features: features, Class: strconv.Itoa(*line.Quad)})
		}
		return nil
	}
	for _, path := range append(append([]string(nil), pairs...), quads...) {
		if read := readPairs(path, each, problem); read != nil || err != nil {
			return nil, nil, firstError(read, err)
		}
	}
	return events, classes, nil
}

func firstError(errors ...error) error {
	for _, err := range errors {
		if err != nil {
			return err
		}
	}
	return nil
}

// scoreEvents prints the macro-F1 over the classes by ten-fold cross-validation.
func scoreEvents(w io.Writer, events []coder.Instance) {
	predicted := coder.CrossValidate(events, 1)
	macro, right := macroF1(events, predicted, func(class string, p, r, f float64, n int) {
		fmt.Fprintf(w, "            %-10s n %4d  P %.2f  R %.2f  F1 %.2f\n", class, n, p, r, f)
	})
	fmt.Fprintf(w, "classify    relations.jsonl, 10-fold cross-validation: macro-F1 %.3f  accuracy %.3f\n", macro, right)
}

func scoreQuads(w io.Writer, quads []coder.Instance) {
	predicted := coder.CrossValidate(quads, 1)
	statements, coded, events, right := 0, 0, 0, 0
	for i := range quads {
		if quads[i].Class == "0" {
			statements++
			if predicted[i] != "0" {
				coded++
			}
			continue
		}
		events++
		if predicted[i] == quads[i].Class {
			right++
		}
	}
	fmt.Fprintf(w, "quads       quad.jsonl, 10-fold cross-validation: statements coded as events %.3f  right quad class of events %.3f\n",
		float64(coded)/float64(max(1, statements)), float64(right)/float64(max(1, events)))
}

// scoreOwnPairs prints how well the shipped classifier does on the first event of
// sentences that nothing was fitted on.
func scoreOwnPairs(w io.Writer, p *pipeline.Pipeline, path string) error {
	rows, err := readGold(path)
	if err != nil {
		return err
	}
	classifier, err := coder.NewClassifier(p.Coder())
	if err != nil {
		return err
	}
	var gold []coder.Instance
	var predicted []string
	for i := range rows {
		if len(rows[i].Events) == 0 {
			continue
		}
		e := &rows[i].Events[0]
		sides := append(append([]goldEntity(nil), e.Actor...), e.Recipient...)
		line := pairLine{ID: rows[i].ID, Text: rows[i].Text}
		if len(e.Actor) > 0 {
			line.Source = e.Actor[0].Text
		}
		other := len(e.Actor)
		if len(e.Recipient) == 0 {
			other = 1 // of those who act together
		}
		if other < len(sides) {
			line.Target = sides[other].Text
		}
		gold = append(gold, coder.Instance{Class: coder.Yield(e.Event)})
		predicted = append(predicted, coder.Yield(classifier.Classify(pairOf(p, line), false).Event))
	}
	macro, right := macroF1(gold, predicted, func(string, float64, float64, float64, int) {})
	fmt.Fprintf(w, "classify    %s, never fitted on: macro-F1 %.3f  accuracy %.3f\n", filepath.Base(path), macro, right)
	return nil
}

// macroF1 gives the mean F1 over the classes and the share that is right.
func macroF1(gold []coder.Instance, predicted []string, each func(class string, p, r, f float64, n int)) (macro, accuracy float64) {
	type counts struct{ found, wrong, missed int }
	classes := map[string]*counts{}
	var order []string
	get := func(c string) *counts {
		if classes[c] == nil {
			classes[c] = &counts{}
			order = append(order, c)
		}
		return classes[c]
	}
	right := 0
	for i := range gold {
		if gold[i].Class == predicted[i] {
			get(gold[i].Class).found++
			right++
			continue
		}
		get(gold[i].Class).missed++
		get(predicted[i]).wrong++
	}
	for _, name := range order {
		c := classes[name]
		p := float64(c.found) / float64(max(1, c.found+c.wrong))
		r := float64(c.found) / float64(max(1, c.found+c.missed))
		f := 0.0
		if c.found > 0 {
			f = 2 * p * r / (p + r)
		}
		each(name, p, r, f, c.found+c.missed)
		macro += f / float64(len(order))
	}
	return macro, float64(right) / float64(max(1, len(gold)))
}
