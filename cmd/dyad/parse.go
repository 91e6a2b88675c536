package main

import (
	"fmt"
	"io"
	"os"

	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/nlp"
)

type parseCommand struct {
	Path string `arg:"" help:"A file of text, or CoNLL-U with --from conllu; - for standard input."`
	From string `enum:"text,conllu" default:"text" help:"conllu keeps the given sentences and tokens and predicts the rest."`
}

// Run parses a file and prints CoNLL-U.
func (c *parseCommand) Run() error {
	model, err := nlp.Load()
	if err != nil {
		return err
	}
	file, err := ingest.Open(c.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	if c.From == "conllu" {
		sentences, err := nlp.ReadCoNLLU(file, c.Path)
		if err != nil {
			return err
		}
		for i := range sentences {
			model.Parse(&sentences[i])
		}
		return nlp.WriteCoNLLU(os.Stdout, sentences)
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("reading %s: %w", c.Path, err)
	}
	text, err := ingest.TextOf(data)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Path, err)
	}
	return nlp.WriteCoNLLU(os.Stdout, model.Sentences(text))
}
