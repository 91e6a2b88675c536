package main

import (
	"fmt"
	"strings"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/nlp"
)

type whichCommand struct {
	Word     []string `arg:"" help:"A word or phrase."`
	Codebook string   `placeholder:"DIR" help:"The codebook folder; the one built in when not given."`
}

// Run lists the lines that mention the word.
func (c *whichCommand) Run() error {
	fsys, err := files(c.Codebook)
	if err != nil {
		return err
	}
	lines, err := codebook.Which(fsys, forms(strings.Join(c.Word, " "))...)
	if err != nil {
		return err
	}
	for _, l := range lines {
		fmt.Printf("%s  %s\n", l.At, l.Text)
		if l.Block != "" && l.Block != l.Text {
			fmt.Printf("    in  %s\n", l.Block)
		}
	}
	if len(lines) == 0 {
		return fmt.Errorf("no line of the codebook mentions %q", strings.Join(c.Word, " "))
	}
	return nil
}

// forms are a word and its lemmas as a verb and as a noun, since rules hold
// lemmas: "condemned", "condemn".
func forms(word string) []string {
	if strings.Contains(word, " ") {
		return []string{word}
	}
	lower := strings.ToLower(word)
	return []string{word, nlp.Lemma(lower, "VERB", "VBD"), nlp.Lemma(lower, "VERB", "VBG"), nlp.Lemma(lower, "VERB", "VBZ"), nlp.Lemma(lower, "NOUN", "NNS")}
}
