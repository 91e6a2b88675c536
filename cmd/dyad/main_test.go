package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/store"
)

func TestMain(m *testing.M) {
	if os.Getenv("DYAD_AS_COMMAND") != "" { // TestReadmeExample runs this binary as dyad
		main()
		return
	}
	testscript.Main(m, map[string]func(){"dyad": main})
}

// The scripts in testdata/script run the commands as a user would. $CORPUS is the
// sample corpus.
func TestScripts(t *testing.T) {
	corpus, err := filepath.Abs("../../corpus")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"codebook": changedCodebook},
		Condition: func(name string) (bool, error) {
			if name != "store" {
				return false, fmt.Errorf("scripts know the condition store, not %q", name)
			}
			s, err := store.Open(filepath.Join(t.TempDir(), "a.duckdb"), store.Write)
			if err == nil {
				s.Close()
			}
			return err == nil, nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("CORPUS", corpus)
			return nil
		},
	})
}

// changedCodebook is the script command "codebook FOLDER FILE OLD NEW": it writes
// the codebook into a folder, with a text of one of its files in another's place.
func changedCodebook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: codebook FOLDER FILE OLD NEW")
	}
	folder := ts.MkAbs(args[0])
	ts.Check(os.CopyFS(folder, codebook.Shipped()))
	path := filepath.Join(folder, args[1])
	text, err := os.ReadFile(path)
	ts.Check(err)
	if !strings.Contains(string(text), args[2]) {
		ts.Fatalf("%s does not contain %q", args[1], args[2])
	}
	ts.Check(os.Chmod(path, 0o644))
	ts.Check(os.WriteFile(path, []byte(strings.Replace(string(text), args[2], args[3], 1)), 0o644))
}
