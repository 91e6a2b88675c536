package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/coder"
	"github.com/opendyad/dyad/nlp"
)

type trainCommand struct {
	Train    []string `help:"Treebanks in CoNLL-U to fit the language model on." placeholder:"FILE"`
	Taught   []string `help:"Plain text as parsed by tools/teacher.py, learnt beside the treebanks." placeholder:"FILE"`
	Dev      string   `help:"The treebank that chooses the best epoch." placeholder:"FILE"`
	Vectors  string   `help:"Word vectors made by tools/vectors.py." placeholder:"FILE"`
	Out      string   `default:"nlp/model.bin" help:"Where the model goes."`
	Epochs   int      `default:"20" help:"Passes over the treebanks."`
	Seed     uint64   `default:"1" help:"Seed of the random numbers; with one worker a seed gives one model."`
	Pairs    []string `help:"Sentences with source, target and event: fits the classifier instead, into --weights." placeholder:"FILE"`
	Quads    []string `help:"Sentences with quad classes, for the classifier." placeholder:"FILE"`
	Weights  string   `default:"coder/classifier.txt" help:"Where the classifier's weights go." placeholder:"FILE"`
	Clues    []string `help:"Sentences with what their words tell, made by tools/triggers.py: fits the coder's judge instead, into --judge." placeholder:"FILE"`
	JudgeOut string   `name:"judge" default:"coder/judge.bin" help:"Where the judge's weights go." placeholder:"FILE"`
	Splitter []string `help:"Treebanks in CoNLL-U: fits where sentences end instead, into --bounds." placeholder:"FILE"`
	Bounds   string   `default:"nlp/boundaries.txt" help:"Where the weights of sentence boundaries go." placeholder:"FILE"`
	Workers  int      `default:"0" help:"Goroutines; 0 is one a core."`
}

// Run fits the model and writes it whenever it is better than before.
func (c *trainCommand) Run() error {
	if len(c.Pairs) > 0 {
		return c.fitClassifier()
	}
	if len(c.Clues) > 0 {
		return c.fitJudge()
	}
	if len(c.Splitter) > 0 {
		weights, err := nlp.FitBoundaries(c.Splitter)
		if err != nil {
			return err
		}
		return os.WriteFile(c.Bounds, []byte(weights), 0o644)
	}
	if len(c.Train) == 0 || c.Dev == "" {
		return fmt.Errorf("give treebanks with --train and --dev, pairs with --pairs and --quads, clues with --clues and --vectors, or treebanks with --splitter")
	}
	options := nlp.TrainOptions{Epochs: c.Epochs, Seed: c.Seed, Workers: c.Workers, Log: os.Stderr, Save: c.save}
	if options.Workers <= 0 {
		options.Workers = runtime.GOMAXPROCS(0)
	}
	for _, path := range c.Train {
		sentences, err := readTreebank(path)
		if err != nil {
			return err
		}
		options.Train = append(options.Train, sentences...)
	}
	for _, path := range c.Taught {
		sentences, err := readTreebank(path)
		if err != nil {
			return err
		}
		options.Taught = append(options.Taught, sentences...)
	}
	var err error
	if options.Dev, err = readTreebank(c.Dev); err != nil {
		return err
	}
	if c.Vectors != "" {
		file, err := os.Open(c.Vectors)
		if err != nil {
			return fmt.Errorf("opening the word vectors: %w", err)
		}
		defer file.Close()
		if options.Vectors, err = nlp.ReadVectors(file, c.Vectors); err != nil {
			return err
		}
	}
	_, err = nlp.Train(options)
	return err
}

// save writes the model beside its place first, so that a broken write leaves the
// old one.
func (c *trainCommand) save(m *nlp.Model) error {
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		return err
	}
	if err := os.WriteFile(c.Out+".new", b.Bytes(), 0o644); err != nil {
		return err
	}
	return os.Rename(c.Out+".new", c.Out)
}

func readTreebank(path string) ([]dyad.Sentence, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening a treebank: %w", err)
	}
	defer file.Close()
	return nlp.ReadCoNLLU(file, path)
}

// fitClassifier fits the weights of dyad classify.
func (c *trainCommand) fitClassifier() error {
	p, err := load("", false)
	if err != nil {
		return err
	}
	k := p.Coder()
	events, quads, err := instances(p, k, c.Pairs, c.Quads)
	if err != nil {
		return err
	}
	return os.WriteFile(c.Weights, []byte(coder.FitClassifier(k, events, quads, c.Seed).Write()), 0o644)
}
