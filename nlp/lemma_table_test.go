package nlp

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var (
	formsFile   = flag.String("forms", "", "the list of forms that tools/forms.py made")
	updateTable = flag.Bool("update", false, "write lemmas.txt anew")
)

// generated begins the part of lemmas.txt that -update writes.
const generated = "# source: lemminflect 0.2.3 (MIT, from the SPECIALIST lexicon); made by tools/forms.py and TestLemmaTable\n"

// TestLemmaTable compares the lemmas with a lexicon, where a list of its forms is
// given: see tools/forms.py. With -update it writes lemmas.txt.
func TestLemmaTable(t *testing.T) {
	if *formsFile == "" {
		t.Skip("no -forms: tools/forms.py makes the list")
	}
	data, err := os.ReadFile(*formsFile)
	if err != nil {
		t.Fatal(err)
	}
	universal := map[byte]string{'v': "VERB", 'n': "NOUN", 'a': "ADJ"}
	seen := map[string]bool{}
	var lines []string
	forms, wrong := 0, 0
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) != 3 {
			t.Fatalf("%s: want tag, form and lemma, not %q", *formsFile, line)
		}
		forms++
		kind := inflectedKind(f[0])
		if Lemma(f[1], universal[kind], f[0]) != f[2] {
			wrong++
		}
		entry := string(kind) + " " + f[1] + " "
		if ruleLemma(f[1], f[1], universal[kind], f[0]) != f[2] && !seen[entry] {
			seen[entry] = true
			lines = append(lines, entry+f[2])
		}
	}
	t.Logf("%d of %d forms have another lemma than in the lexicon", wrong, forms)
	if *updateTable {
		slices.Sort(lines)
		own, _, _ := strings.Cut(lemmaList, generated)
		if err := os.WriteFile("lemmas.txt", []byte(own+generated+strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
