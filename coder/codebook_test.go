package coder

import (
	"os"
	"testing"

	"github.com/opendyad/dyad/codebook"
)

// testCodebook reads the few rules and words that the pinned trees need.
func testCodebook(t testing.TB) *codebook.Codebook {
	t.Helper()
	cb, err := codebook.Load(os.DirFS("testdata/codebook"))
	if err != nil {
		t.Fatal(err)
	}
	return cb
}
