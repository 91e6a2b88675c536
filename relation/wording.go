package relation

import (
	"cmp"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func filled(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

func (b *Brief) overIssues(issues []string) string {
	if len(issues) == 0 {
		return ""
	}
	return "; issues: " + b.listIssues(issues)
}

// union joins two lists of sources.
func union(a, b []int) []int {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

func (b *Brief) listIssues(issues []string) string {
	names := make([]string, len(issues))
	for i, x := range issues {
		names[i] = b.reference.IssueName(x)
	}
	return strings.Join(names, ", ")
}

// phrases say each PLOVER event of one to another, and of both together.
var phrases = map[string][2]string{
	"AGREE": {"offered or promised to work with", "agreed to work together"}, "CONSULT": {"talked with", "talked"}, "SUPPORT": {"stood by", "tied or mended relations"},
	"CONCEDE": {"gave way to", "gave way to each other"}, "COOPERATE": {"worked with", "worked together"}, "AID": {"helped", "helped each other"},
	"RETREAT": {"gave way in deeds to", "gave way to each other in deeds"}, "REQUEST": {"made demands of", "made demands"}, "ACCUSE": {"blamed", "blamed each other"},
	"REJECT": {"refused", "refused each other"}, "THREATEN": {"threatened", "threatened each other"}, "PROTEST": {"protested against", "protested"},
	"SANCTION": {"cut ties with or punished", "cut ties"}, "MOBILIZE": {"moved forces against", "moved forces"}, "COERCE": {"used its power against", "used their power against each other"},
	"ASSAULT": {"attacked", "attacked each other"},
}

// deed says an event in words: "Iran attacked Pakistan (drone)".
func (b *Brief) deed(e *dyad.Event) string {
	verbs, known := phrases[e.Type]
	if !known {
		verbs = [2]string{e.Type, e.Type}
	}
	actors, recipients := b.names(e.Actor), b.names(e.Recipient)
	mode := ""
	switch {
	case e.Mode == "visit":
		verbs = [2]string{"visited", "met on a visit"}
		actors = b.visitors(e.Actor)
	case e.Mode != "":
		mode = " (" + strings.ReplaceAll(e.Mode, "-", " ") + ")"
	}
	both := Codes(e.Actor)
	among := !slices.ContainsFunc(Codes(e.Recipient), func(c string) bool { return !slices.Contains(both, c) })
	if recipients == "" || len(both) > 1 && among {
		return cmp.Or(actors, "somebody") + " " + verbs[1] + mode
	}
	return cmp.Or(actors, "somebody") + " " + verbs[0] + " " + recipients + mode
}

// visitors names who goes on a visit: "Ebrahim Raisi of Iran", "the ambassador of Iran".
func (b *Brief) visitors(entities []dyad.Entity) string {
	var names []string
	for i := range entities {
		e := &entities[i]
		country := b.named(e.Code)
		switch {
		case isEnvoy(e):
			names = append(names, "the ambassador of "+country)
		case e.Name != "" && !isCountry(e):
			names = append(names, e.Name+" of "+country)
		default:
			names = append(names, country)
		}
	}
	return joined(names)
}

// names lists the countries among entities.
func (b *Brief) names(entities []dyad.Entity) string { return b.listNames(Codes(entities)) }

func (b *Brief) listNames(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = b.named(c)
	}
	return joined(names)
}

// named is a country's name within a sentence: "the United States".
func (b *Brief) named(code string) string {
	name := b.reference.Name(code)
	for _, word := range []string{"United ", "Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives", "Comoros", "Seychelles"} {
		if strings.HasPrefix(name, word) {
			return "the " + name
		}
	}
	if strings.HasSuffix(name, " Republic") || strings.HasSuffix(name, " Islands") {
		return "the " + name
	}
	return name
}

func joined(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

func stanceWord(stance string) string { return strings.ReplaceAll(stance, "_", " ") }

func some(n int, noun string) string {
	if n == 0 {
		return ""
	}
	return numbered(n, noun)
}
