// Package place finds where an event happened: the places that a sentence names,
// resolved against an embedded gazetteer with the countries of the sentence and
// the story to choose between places of one name.
package place

import (
	_ "embed"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// gazetteer is a line a place, sorted by key and then by population, the largest
// first: made by tools/gazetteer.mjs. It is searched where it lies, so that it
// takes no time to load.
//
//go:embed gazetteer.tsv
var gazetteer string

// An entry is one line of the gazetteer.
type entry struct {
	name, country, kind, province string
	latitude, longitude           float64
	population, geoName           int
}

// Countries gives the countries, ISO alpha-3, that have a city or province of the name:
// that of the largest place, "" where none has 15,000 people, and all in which one has
// some 3,000, the largest first.
func Countries(name string) (likeliest string, all []string) {
	for line := range lines(name) {
		var f [8]string
		for i := range f {
			f[i], line, _ = strings.Cut(line, "\t")
		}
		population, _ := strconv.Atoi(f[7])
		if f[3] == "country" || population < 3000 {
			continue
		}
		if likeliest == "" && population >= 15000 {
			likeliest = f[2]
		}
		if !slices.Contains(all, f[2]) {
			all = append(all, f[2])
		}
	}
	return likeliest, all
}

// lookup gives the places of a name, the largest first.
func lookup(name string) []entry {
	var found []entry
	for line := range lines(name) {
		found = append(found, parseEntry(line))
	}
	return found
}

// lines gives the lines of a name.
func lines(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		key := spelledOut(fold(name))
		if key == "" || ofCalendar(key) {
			return
		}
		low, high := 0, len(gazetteer)
		for low < high {
			middle := lineStart(low + (high-low)/2)
			if lineKey(middle) < key {
				low = lineEnd(middle) + 1
			} else {
				high = middle
			}
		}
		for low < len(gazetteer) && lineKey(low) == key {
			end := lineEnd(low)
			if !yield(gazetteer[low:end]) {
				return
			}
			low = end + 1
		}
	}
}

// spelledOut gives the name of a country that is known by its letters.
func spelledOut(key string) string {
	switch key {
	case "us", "u.s.", "usa", "u.s.a.":
		return "united states"
	case "uk", "u.k.":
		return "united kingdom"
	case "uae", "u.a.e.":
		return "united arab emirates"
	}
	return key
}

// ofCalendar reports whether a folded name is one of the calendar: "in March" is no
// town in England, and "in August" none in California.
func ofCalendar(key string) bool {
	switch key {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"spring", "summer", "autumn", "fall", "winter":
		return true
	}
	return false
}

// lineStart goes back from an offset to the start of its line.
func lineStart(at int) int {
	return strings.LastIndexByte(gazetteer[:at], '\n') + 1
}

func lineEnd(start int) int {
	if i := strings.IndexByte(gazetteer[start:], '\n'); i >= 0 {
		return start + i
	}
	return len(gazetteer)
}

func lineKey(start int) string {
	line := gazetteer[start:]
	if i := strings.IndexByte(line, '\t'); i >= 0 {
		return line[:i]
	}
	return line
}

func parseEntry(line string) entry {
	f := strings.Split(line, "\t")
	if len(f) != 9 {
		return entry{}
	}
	e := entry{name: f[1], country: f[2], kind: f[3], province: f[4]}
	// The file is made by our own script and covered by a test that reads every
	// line, so the numbers parse.
	e.latitude, _ = strconv.ParseFloat(f[5], 64)
	e.longitude, _ = strconv.ParseFloat(f[6], 64)
	e.population, _ = strconv.Atoi(f[7])
	e.geoName, _ = strconv.Atoi(f[8])
	return e
}

// fold makes a key as the script does: lower-case ASCII, hyphens as blanks,
// without apostrophes and accents.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || c == '-' || c == '\'' || c == '`' {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(strings.TrimSpace(s))
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '‘', r == 'ʼ', r == '`':
		case r == '-':
			b.WriteByte(' ')
		case r == 'ı':
			b.WriteByte('i')
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		case r == 'ß':
			b.WriteString("ss")
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.TrimSpace(b.String())
}
