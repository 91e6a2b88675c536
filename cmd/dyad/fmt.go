package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/opendyad/dyad/codebook"
)

type fmtCommand struct {
	Files []string `arg:"" optional:"" help:"Codebook files or folders; codebook/data when not given."`
	Check bool     `help:"Only list the files that are not in canonical form."`
}

// Run rewrites the files that are not in canonical form.
func (c *fmtCommand) Run() error {
	changed := false
	roots := c.Files
	if len(roots) == 0 {
		roots = []string{"codebook/data"}
	}
	for _, root := range roots {
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
		if errors.Is(err, fs.ErrNotExist) && len(c.Files) == 0 {
			return fmt.Errorf("there is no folder %s here: name the codebook's files or its folder", root)
		}
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
