package main

import (
	"fmt"
	"strings"

	"github.com/opendyad/dyad/codebook"
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
	lines, err := codebook.Which(fsys, strings.Join(c.Word, " "))
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
