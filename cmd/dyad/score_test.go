package main

import (
	"bytes"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// testdata/score.txt is what dyad score printed when it was last written: make
// score writes it anew, so that each change shows what it does to accuracy. The
// test fails where a figure has dropped by more than chance.
func TestScoreDoesNotDrop(t *testing.T) {
	const data, golden = "../../../shared", "../../testdata/score.txt"
	if _, err := os.Stat(data); err != nil {
		t.Skip("the development sets are not beside the project; nothing to score")
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := (&scoreCommand{Data: data, Own: "../../testdata/gold"}).print(&got); err != nil {
		t.Fatal(err)
	}
	had, have := headlines(string(want)), headlines(got.String())
	for name, before := range had {
		now, ok := have[name]
		allowed := 0.04
		if before > 1 { // per cent
			allowed = 1
		}
		if !ok || now < before-allowed {
			t.Errorf("%s was %.3f and is %.3f; if that is meant, run make score", name, before, now)
		}
	}
	if len(had) < 8 {
		t.Errorf("%s has only %d figures; run make score", golden, len(had))
	}
}

var figure = regexp.MustCompile(`(LAS|UAS|sentence F1|word F1|macro-F1|right quad class of events|F1|mean recall) ([0-9.]+)`)

// headlines takes the figures that are better when they are higher out of what
// dyad score prints; the lines of single classes are left out.
func headlines(text string) map[string]float64 {
	figures := map[string]float64{}
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, " ") {
			continue
		}
		head, _, _ := strings.Cut(line, "  P ")
		name := strings.Join(strings.FieldsFunc(strings.SplitN(head, ":", 2)[0], func(r rune) bool { return r == ' ' || r == '.' || r >= '0' && r <= '9' }), " ")
		for _, m := range figure.FindAllStringSubmatch(line, -1) {
			x, err := strconv.ParseFloat(strings.TrimSuffix(m[2], "."), 64)
			if err == nil {
				figures[name+" "+m[1]] = x
			}
		}
	}
	return figures
}
