package codebook

import (
	"strings"
	"testing"
)

// Large and senseless files are read in linear time.
func TestHostileFiles(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("a\n", 4000),
		strings.Repeat("a  b\n  is  ABC DEF  2001..2000  x\n", 1500),
		strings.Repeat("ACCUSE  condemn\n  SRC condemn ((((\n", 1500),
		strings.Repeat("x", 1<<17),
		strings.Repeat("\xff\n", 4000),
		"a  b\n" + strings.Repeat("  name  Smith\n", 4000),
	} {
		for _, name := range fuzzNames {
			checkAnyText(t, name, text)
		}
	}
}
