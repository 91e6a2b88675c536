package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/cases"
)

type testCommand struct {
	Files    []string `arg:"" optional:"" help:"Case files; those in cases/testdata when not given."`
	Codebook string   `placeholder:"DIR" help:"The codebook folder; the one built in when not given."`
	Update   bool     `help:"Write what comes out into the files, in place of answers that are wrong."`
}

// Run runs case files, prints what differs, and counts.
func (c *testCommand) Run() error {
	paths := c.Files
	if len(paths) == 0 {
		paths, _ = filepath.Glob("cases/testdata/*.txt")
	}
	if len(paths) == 0 {
		return fmt.Errorf("no case files: name some, or run from dyad's source folder, which has them in cases/testdata")
	}
	run, err := worldRunner(c.Codebook)
	if err != nil {
		return err
	}
	var files []*cases.File
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("reading the cases in %s: %w", path, err)
		}
		file, err := cases.Parse(path, string(data))
		if err != nil {
			return err
		}
		if c.Update {
			if text := file.Update(run); text != string(data) {
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					return fmt.Errorf("writing the cases: %w", err)
				}
				fmt.Printf("%s was written again\n", path)
			}
			continue
		}
		files = append(files, file)
	}
	if c.Update {
		return nil
	}
	result := cases.Run(files, run)
	for _, f := range result.Failures {
		fmt.Printf("%s\n\n", f)
	}
	fmt.Printf("%d passed, %d failed, %d todo\n", result.Passed, len(result.Failures), result.Todo)
	if len(result.Failures) > 0 {
		return errSomeFailed
	}
	return nil
}

// worldRunner codes single sentences in the fictional world.
func worldRunner(folder string) (cases.Runner, error) {
	p, err := load(folder, true)
	if err != nil {
		return nil, err
	}
	p.Merge, p.RulesOnly = false, true
	return func(sentence string, date dyad.Date) []dyad.Record {
		return p.Code(dyad.Story{ID: "example", Text: sentence, Published: date}).Records
	}, nil
}
