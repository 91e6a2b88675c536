package coder

import "github.com/opendyad/dyad"

// Whose country the words around a deed tell.

// countryOfPlace gives the country where a verb's deed was done, if it is told
// beside it: "were arrested in Corva".
func (r *reading) countryOfPlace(v int) string {
	t := &r.tree
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if m := t.at[c]; m >= 0 && t.base(int(c)) == "obl" && t.mentions[m].Place && r.isLocative(int(c)) {
			return t.mentions[m].Entities[0].Code
		}
	}
	return ""
}

// countryFrom gives the country out of which a verb says that somebody was sent.
func (r *reading) countryFrom(v int) string {
	t := &r.tree
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if m := t.at[c]; m >= 0 && t.base(int(c)) == "obl" && t.hasCase(int(c), "from") && ofState(t.mentions[m].Entities) {
			return t.mentions[m].Entities[0].Code
		}
	}
	return ""
}

// isCrowd says whether all of some actors are people who march rather than whom they march
// against.
func isCrowd(entities []dyad.Entity) bool {
	for i := range entities {
		switch entities[i].Sector {
		case "CVL", "EDU", "LAB", "AGR", "REF", "OPP", "MED", "REL":
		default:
			return false
		}
	}
	return len(entities) > 0
}
