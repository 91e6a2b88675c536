package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/cases"
	"github.com/opendyad/dyad/codebook"
)

// exampleDate is the day on which examples and cases are published.
var exampleDate = dyad.Date{Year: 2024, Month: 5, Day: 15}

type checkCommand struct {
	Codebook string `placeholder:"DIR" help:"The codebook folder to check; the one built in when not given."`
	NoRun    bool   `help:"Only read the files; do not run the examples."`
}

// Run prints every fault, then how many; warnings do not fail.
func (c *checkCommand) Run() error {
	fsys, err := files(c.Codebook)
	if err != nil {
		return err
	}
	var run codebook.Runner
	if !c.NoRun {
		// A codebook that does not load cannot be run: its faults come out below.
		if r, err := worldRunner(c.Codebook); err == nil {
			run = func(sentence string) []dyad.Record { return r(sentence, exampleDate) }
		}
	}
	wrong, warnings := 0, 0
	for _, f := range codebook.Check(fsys, run) {
		fmt.Println(f)
		if f.Warning {
			warnings++
		} else {
			wrong++
		}
	}
	fmt.Printf("%d faults, %d warnings\n", wrong, warnings)
	if wrong > 0 {
		return errSomeFailed
	}
	return nil
}

// worldRunner codes single sentences in the fictional world.
func worldRunner(folder string) (cases.Runner, error) {
	p, _, err := load(folder, true)
	if err != nil {
		return nil, err
	}
	p.Merge = false
	return func(sentence string, date dyad.Date) []dyad.Record {
		return p.Code(dyad.Story{ID: "example", Text: sentence, Published: date}).Records
	}, nil
}

type fmtCommand struct {
	Files []string `arg:"" help:"Codebook files or folders."`
	Check bool     `help:"Only list the files that are not in canonical form."`
}

// Run rewrites the files that are not in canonical form.
func (c *fmtCommand) Run() error {
	changed := false
	for _, root := range c.Files {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".txt") {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			name := nameIn(path)
			text, err := codebook.Format(name, string(data))
			if err != nil || text == string(data) {
				return err
			}
			changed = true
			fmt.Println(path)
			if c.Check {
				return nil
			}
			return os.WriteFile(path, []byte(text), 0o644)
		})
		if err != nil {
			return fmt.Errorf("formatting %s: %w", root, err)
		}
	}
	if c.Check && changed {
		return errSomeFailed
	}
	return nil
}

// nameIn is a file's name inside the codebook folder: "rules/accuse.txt".
func nameIn(path string) string {
	folder := filepath.Base(filepath.Dir(path))
	switch folder {
	case "states", "people", "groups", "rules":
		return folder + "/" + filepath.Base(path)
	}
	return filepath.Base(path)
}

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

type testCommand struct {
	Files    []string `arg:"" optional:"" help:"Case files; those in cases/testdata when not given."`
	Codebook string   `placeholder:"DIR" help:"The codebook folder; the one built in when not given."`
}

// Run runs case files and prints what differs.
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
	var total cases.Result
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("reading the cases in %s: %w", path, err)
		}
		file, err := cases.Parse(path, string(data))
		if err != nil {
			return err
		}
		total.Add(file.Run(run))
	}
	for _, f := range total.Failures {
		fmt.Println(f)
	}
	fmt.Printf("%d passed, %d failed, %d todo\n", total.Passed, len(total.Failures), total.Todo)
	if len(total.Failures) > 0 {
		return errSomeFailed
	}
	return nil
}
