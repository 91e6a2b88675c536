//go:build cgo

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opendyad/dyad/store"
)

// Who asks while another process holds the store is told who that is.
func TestAnotherProcessIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.duckdb")
	s, err := store.Open(path, store.Write)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, arguments := range [][]string{{"events"}, {"stories"}, {"ingest", "../../corpus"}, {"verify"}, {"failures"}} {
		c := exec.Command(os.Args[0], append(arguments, "--store", path)...)
		c.Env = append(os.Environ(), "DYAD_AS_COMMAND=1")
		out, err := c.CombinedOutput()
		if err == nil || c.ProcessState.ExitCode() != exitWrongCall || !strings.Contains(string(out), "is held by") || strings.Contains(string(out), "duckdb.org") {
			t.Errorf("dyad %s says (%v):\n%s", arguments[0], err, out)
		}
	}
}
