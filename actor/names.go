package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/opendyad/dyad/codebook"
)

// A nameKind is the sense in which a name stands for its actor.
type nameKind uint8

const (
	nameProper  nameKind = iota // "Iran", "Ebrahim Raisi"
	nameAdj                     // "Iranian"
	namePeople                  // "Iranians"
	nameCapital                 // "Tehran"
	nameSeat                    // "the Kremlin"
)

// A nameEntry is one name of one actor. Names are kept as words without
// hyphens, full stops and apostrophes, so that "U.N." and "UN", "al-Shabaab" and
// "al Shabaab" are one, however the tokenizer cuts them.
type nameEntry struct {
	words []string
	actor int32 // index into the codebook's actors
	kind  nameKind
}

// A nameIndex finds names by their first word.
type nameIndex map[string][]nameEntry

func newNameIndex(actors []codebook.Actor, fold func(string) string) nameIndex {
	index := make(nameIndex, 2*len(actors))
	all := make([]string, 0, 8*len(actors)) // the words of all names in one row
	add := func(name string, actor int, kind nameKind) {
		before := len(all)
		all = appendWords(all, fold(name))
		words := all[before:len(all):len(all)]
		if len(words) == 0 {
			return
		}
		for _, e := range index[words[0]] {
			if e.actor == int32(actor) && e.kind == kind && equalWords(e.words, words) {
				all = all[:before]
				return
			}
		}
		index[words[0]] = append(index[words[0]], nameEntry{words, int32(actor), kind})
	}
	for i := range actors {
		a := &actors[i]
		for _, group := range []struct {
			names []string
			kind  nameKind
		}{
			{[]string{a.Name}, nameProper}, {a.Names, nameProper}, {a.Former, nameProper},
			{a.Adjs, nameAdj}, {a.People, namePeople}, {a.Capitals, nameCapital}, {a.Seats, nameSeat},
		} {
			for _, name := range group.names {
				add(strings.TrimPrefix(name, "the "), i, group.kind)
				if short := asWord(name); short != "" && a.Kind != codebook.KindPerson {
					add(short, i, group.kind)
				}
			}
		}
	}
	return index
}

// asWord writes an acronym as British papers do where it is spoken as a word: "Unita"
// for UNITA. It gives "" for what is none, or would be an English word.
func asWord(name string) string {
	if len(name) < 4 {
		return ""
	}
	for i := 0; i < len(name); i++ {
		if name[i] < 'A' || name[i] > 'Z' {
			return ""
		}
	}
	switch name {
	case "CARE", "MEND", "SAVE", "PLAN", "HOPE", "UNITE", "PEACE", "DAWN", "RALLY", "STAR", "FORCE", "PASS", "COPE", "IRON", "MENA", "PRIDE", "WEST":
		return ""
	}
	return name[:1] + strings.ToLower(name[1:])
}

// nameWords cuts a name into words: runs of letters and digits, without the
// full stops and apostrophes inside them. A possessive "'s" is dropped.
func nameWords(s string) []string { return appendWords(nil, s) }

func appendWords(words []string, s string) []string {
	start := -1
	for i, r := range s {
		if isWordRune(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			words = appendBare(words, s[start:i])
			start = -1
		}
	}
	if start >= 0 {
		words = appendBare(words, s[start:])
	}
	return words
}

func appendBare(words []string, w string) []string {
	if w = bareWord(w); w != "" {
		words = append(words, w)
	}
	return words
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '\'' || r == '&'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '’'
}

// bareWord takes full stops and apostrophes out of a word.
func bareWord(w string) string {
	if strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "’s") {
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
	}
	if strings.IndexByte(w, '.') < 0 && strings.IndexByte(w, '\'') < 0 && !strings.Contains(w, "’") {
		return w
	}
	var b strings.Builder
	for _, r := range w {
		if r != '.' && r != '\'' && r != '’' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func equalWords(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// upper folds a name for text that is all in capitals.
func upper(s string) string { return strings.ToUpper(s) }

// asWritten keeps a name's capitals.
func asWritten(s string) string { return s }

// isCapitalised reports whether a word begins with a capital letter.
func isCapitalised(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}
