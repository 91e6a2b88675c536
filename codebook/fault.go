package codebook

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Fault is something wrong in a file of the codebook.
type Fault struct {
	At         Position
	Line       string // the line as it stands in the file
	Sentence   string // what is wrong and what to do
	Suggestion string // the word that was probably meant, or ""
	Warning    bool   // worth a look; the codebook loads all the same
}

// String gives the fault as a reader wants it: place and sentence, the line,
// and a caret under the place.
func (f Fault) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: ", f.At)
	if f.Warning {
		b.WriteString("warning: ")
	}
	b.WriteString(f.Sentence)
	if f.Suggestion != "" {
		fmt.Fprintf(&b, " (did you mean %q?)", f.Suggestion)
	}
	if f.Line == "" {
		return b.String()
	}
	line := strings.ToValidUTF8(f.Line, "�")
	column := min(max(f.At.Column-1, 0), len(line))
	fmt.Fprintf(&b, "\n  %s\n  %*s", line, utf8.RuneCountInString(line[:column])+1, "^")
	return b.String()
}

// String gives "rules/accuse.txt:12:3".
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Faults are all that is wrong in a codebook, as one error.
type Faults []Fault

// Error lists every fault.
func (f Faults) Error() string {
	parts := make([]string, len(f))
	for i := range f {
		parts[i] = f[i].String()
	}
	return "the codebook has faults:\n" + strings.Join(parts, "\n")
}

func sortFaults(faults []Fault) {
	slices.SortStableFunc(faults, func(a, b Fault) int {
		if c := strings.Compare(a.At.File, b.At.File); c != 0 {
			return c
		}
		if a.At.Line != b.At.Line {
			return a.At.Line - b.At.Line
		}
		return a.At.Column - b.At.Column
	})
}

// Nearest gives the known word that is written most like the given one, or ""
// when none is near.
func Nearest(word string, known []string) string {
	if len(word) < 2 {
		return ""
	}
	best, distance := "", 1+max(1, len(word)/3)
	for _, k := range known {
		if d := editDistance(word, k, distance); d < distance {
			best, distance = k, d
		}
	}
	return best
}

// editDistance counts the letters to add, drop, change or swap; it gives limit
// when there are at least that many.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit || len(a) > 60 {
		return limit
	}
	before := make([]int, len(b)+1) // row i-2
	last := make([]int, len(b)+1)   // row i-1
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}
