package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if os.Getenv("DYAD_AS_COMMAND") != "" { // TestReadmeExample runs this binary as dyad
		main()
		return
	}
	testscript.Main(m, map[string]func(){"dyad": main})
}

// The scripts in testdata/script run the commands as a user would.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}
