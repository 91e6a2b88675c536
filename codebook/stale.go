package codebook

import (
	"io/fs"
	"strings"

	"github.com/opendyad/dyad"
)

// Stale warns of every file that was checked more than a year before today and
// has offices that nobody has ended: by now somebody else may hold them.
func Stale(fsys fs.FS, today dyad.Date) []Fault {
	b, err := read(fsys, func(name string) bool { return kindOf(name) == fileActors && name != worldFile })
	if err != nil {
		return nil // Check tells why
	}
	b.faults = nil
	limit := today
	limit.Year--
	open := map[string]int{}
	for i := range b.book.Actors {
		for _, t := range b.book.Actors[i].Terms {
			if t.Office != "" && t.To.IsZero() {
				open[t.At.File]++
			}
		}
	}
	for _, s := range b.sources {
		lines := s.lines()
		if len(lines) == 0 || open[s.name] == 0 {
			continue
		}
		_, text, _ := strings.Cut(lines[0].comment, "checked:")
		checked, err := dyad.ParseDate(strings.TrimSpace(text))
		if err == nil && checked.Before(limit) {
			at := Position{File: s.name, Line: 1, Column: 1 + max(0, strings.Index(lines[0].raw, "checked:"))}
			b.warn(at, "%d offices in this file have no end, and it was checked over a year ago; look who holds them today, end those that ended, and set the date",
				open[s.name])
		}
	}
	b.nameLines()
	return b.faults
}
