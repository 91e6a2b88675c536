package codebook

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// fuzzNames has a file of each kind.
var fuzzNames = []string{
	"states/a.txt", "roles.txt", "rules/a.txt", "sets.txt", "cues.txt", "issues.txt", "discards.txt", "ontology.txt", "cameo.txt", "world.txt", "none.txt",
}

// checkAnyText holds what must be true of any text under any name: nothing panics,
// faults lie inside the file, formatting twice is formatting once.
func checkAnyText(t *testing.T, name, text string) {
	fsys := fstest.MapFS{name: {Data: []byte(text)}}
	if _, err := Load(fsys); err != nil {
		if _, ok := err.(Faults); !ok {
			t.Fatalf("%s: the error is not a list of faults: %v", name, err)
		}
	}
	lines := strings.Split(text, "\n")
	for _, f := range Check(fsys, nil) {
		if f.At.File != name || f.At.Line < 1 || f.At.Line > len(lines) || f.At.Column < 1 || f.At.Column > len(lines[f.At.Line-1])+1 {
			t.Fatalf("%s: the fault %q lies outside the file", name, f)
		}
		if f.Sentence == "" {
			t.Fatalf("%s: a fault without a sentence at %s", name, f.At)
		}
		_ = f.String()
	}
	once, err := Format(name, text)
	if err != nil {
		return
	}
	if twice, err := Format(name, once); err != nil || twice != once {
		t.Fatalf("%s: formatting\n%q\ngives\n%q\nand then\n%q (%v)", name, text, once, twice, err)
	}
}

func FuzzReader(f *testing.F) {
	for _, text := range []string{untidy, tidy, "a\n  b\n    c  # d\n", "# x\n\n\n# y\n  z  1,2", "\xff", "a\r\n\tb"} {
		f.Add(text)
	}
	for _, name := range []string{"sets.txt", "world.txt", "cues.txt"} {
		data, err := fs.ReadFile(Shipped(), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data[:min(len(data), 3000)]))
	}
	cases, _ := filepath.Glob("testdata/faults/*.txt")
	for _, name := range cases {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range filesOf(string(data)) {
			f.Add(string(file.Data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range fuzzNames {
			checkAnyText(t, name, text)
		}
	})
}

func FuzzPattern(f *testing.F) {
	for _, p := range []string{
		"SRC condemn TGT", "SRC condemn (attack|peace talks) of|by TGT?", "SRC's condemn to (a|&weapon)", "that that to TGT:MIL|COP's?", "(", "each other", "in front of TGT",
	} {
		f.Add("condemn", p)
	}
	f.Add("lash out at", "SRC lash out at TGT")
	f.Fuzz(func(t *testing.T, trigger, pattern string) {
		s := &source{name: "a.txt"}
		tr, ok := s.readTrigger(column{text: trigger, at: Position{"a.txt", 1, 1}})
		if !ok {
			return
		}
		elements, ok := readPattern(s, column{text: pattern, at: Position{"a.txt", 1, 1}}, []Trigger{tr, {Lemma: "lash", Particles: []string{"out"}, POS: "NOUN"}}, map[string][]Phrase{"weapon": {{"gun"}}})
		if ok != (len(s.faults) == 0) {
			t.Fatalf("%q: read is %v with %d faults", pattern, ok, len(s.faults))
		}
		triggers := 0
		for _, e := range elements {
			if e.Kind == ElementTrigger {
				triggers++
			}
			if e.Kind == ElementWord && len(e.Phrases) == 0 && len(e.Prepositions) == 0 && ok {
				t.Fatalf("%q: a group without words", pattern)
			}
		}
		if ok && triggers != 1 {
			t.Fatalf("%q: %d triggers", pattern, triggers)
		}
	})
}

func FuzzExpected(f *testing.F) {
	for _, text := range []string{"none", "BRE GOV CONSULT/visit COR; BRE ACCUSE ALD +negation", "BRE,COR CONSULT -", "- ASSAULT ALD CVL +future"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		events, err := ParseExpected(text)
		if err != nil {
			return
		}
		for _, e := range events {
			again, err := ParseExpected(e.String())
			if err != nil || len(again) != 1 || again[0].String() != e.String() {
				t.Fatalf("%q is written as %q, which reads as %v (%v)", text, e, again, err)
			}
		}
	})
}
