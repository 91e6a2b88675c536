package actor

import (
	"slices"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// findPlaces looks up runs of proper nouns that no name took: cities and
// provinces lend their country to role words and locate events.
func (r *reading) findPlaces() {
	tokens := r.s.Tokens
	for i := 0; i < len(tokens); i++ {
		if r.taken[i] || tokens[i].UPOS != "PROPN" && (tokens[i].UPOS != "ADJ" || tokens[i].Rel != "amod") || !isCapitalised(tokens[i].Text) {
			continue
		}
		end := i + 1
		for end < len(tokens) && end < i+4 && !r.taken[end] && tokens[end].UPOS == "PROPN" {
			end++
		}
		for ; end > i; end-- {
			if r.namePart(end) {
				continue
			}
			text := spanText(r.s, i, end)
			if code := r.m.countryOf(text); code != "" && r.placeLike(i, end) {
				r.names = append(r.names, nameHit{first: i, last: end, head: headOf(tokens, i, end), actor: -1,
					entity: dyad.Entity{Code: code, Text: text}, kind: nameCapital, actorKind: "place", rule: "gazetteer"})
				for j := i; j < end; j++ {
					r.taken[j] = true
				}
				i = end - 1
				break
			}
		}
	}
	slices.SortStableFunc(r.names, func(a, b nameHit) int { return a.first - b.first })
}

// namePart reports whether words are only the beginning of a longer name: "Nan"
// of "Nan Shan Life" is no province. "Cauca Province" is one.
func (r *reading) namePart(last int) bool {
	tokens := r.s.Tokens
	if last >= len(tokens) || r.taken[last] || tokens[last].UPOS != "PROPN" || !isCapitalised(tokens[last].Text) {
		return false
	}
	switch tokens[last].Text {
	case "City", "Province", "State", "District", "Region", "Governorate", "Airport", "Island", "Valley", "Prefecture":
		return false
	}
	return !dayOrMonth(tokens[last].Text)
}

// dayOrMonth finds the capitalised words that follow a place without being part
// of its name: "in Harn Tuesday".
func dayOrMonth(w string) bool {
	switch w {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
		"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December":
		return true
	}
	return false
}

// quarter reports whether a word only says in which part of a country: "Western" is
// a province of several.
func quarter(w string) bool {
	switch w {
	case "West", "East", "North", "South", "Western", "Eastern", "Northern", "Southern", "Central", "Centre", "Center",
		"Northeast", "Northwest", "Southeast", "Southwest", "North West", "North East", "South West", "South East", "Upper", "Lower",
		"Capital", "Coast", "Delta", "Valley", "Island", "Islands", "Lake", "Lakes", "River", "Gulf", "Bay", "Forest", "Coral",
		"Union", "Liberty", "Republic", "Independence", "Commerce", "Mission", "Justice", "Enterprise", "Progress", "Federal",
		"Police", "King", "University", "College", "Alliance", "Green", "Chamber", "Hope", "Concord", "Reserve", "Temple",
		"Street", "Arab", "Imperial", "Star", "Media", "Post", "Press", "Eagle", "Orange", "Victoria", "Santa Maria", "San":
		return true
	}
	return false
}

// placeLike says whether words that are a place's name are used as one: after a
// preposition of place, as a dateline, or before a role word ("Delhi police").
// "Orlando resigned" is a person.
func (r *reading) placeLike(first, last int) bool {
	tokens := r.s.Tokens
	head := headOf(tokens, first, last)
	if caseOf(tokens, head) != "" {
		return placePreposition(caseOf(tokens, head))
	}
	if first == 0 && last < len(tokens) && (tokens[last].Text == "," || tokens[last].Text == ":" || tokens[last].Text == "(") && tokens[0].Text == strings.ToUpper(tokens[0].Text) {
		return true
	}
	if rel := tokens[head].Rel; (rel == "obj" || rel == "nsubj:pass") && tokens[head].Head >= 0 && r.isTaken(tokens[head].Head) {
		return true
	}
	switch baseRel(tokens[head].Rel) {
	case "amod", "compound", "nmod", "obl", "appos", "conj":
		return last < len(tokens) && (tokens[head].Rel != "compound" && tokens[head].Rel != "amod" || len(r.roleAt(tokens[head].Head)) > 0)
	}
	return false
}

// isTaken reports whether a verb takes places, alone or by its particle: "took over Harn".
func (r *reading) isTaken(v int) bool {
	tokens := r.s.Tokens
	lemma := lower(tokens[v].Lemma)
	return takesPlaces(lemma) || lemma == "take" && v+1 < len(tokens) && lower(tokens[v+1].Text) == "over"
}

// takesPlaces reports whether a verb is done to places rather than people by name: "the
// army recaptured Harn".
func takesPlaces(lemma string) bool {
	switch lemma {
	case "capture", "recapture", "seize", "retake", "overrun", "storm", "bomb", "shell", "bombard", "pound", "besiege", "invade", "occupy",
		"liberate", "encircle", "enter", "evacuate", "annex", "raid":
		return true
	}
	return false
}

func placePreposition(p string) bool {
	switch p {
	case "in", "at", "near", "inside", "across", "around", "throughout", "within", "outside", "from", "to", "into", "of", "over", "towards", "toward", "through", "for":
		return true
	}
	return false
}

// water reports whether a country's name is part of that of a sea, a strait or a
// bay: "South China Sea", "Gulf of Guinea".
func water(tokens []dyad.Token, first, last int) bool {
	if first > 0 && strings.HasPrefix(tokens[first].Text, "America") {
		switch tokens[first-1].Text {
		case "Latin", "South", "Central", "North", "Native", "Pan", "Anglo":
			return true // a continent
		}
	}
	if last < len(tokens) {
		switch tokens[last].Text {
		case "Sea", "Seas", "Ocean", "Strait", "Straits", "Channel", "River", "Gulf", "Bay", "Basin", "Plate":
			return true
		}
	}
	if first > 1 && lower(tokens[first-1].Text) == "of" {
		switch tokens[first-2].Text {
		case "Gulf", "Bay", "Sea", "Strait", "Straits", "Bight":
			return true
		}
	}
	return false
}

// aside reports whether a name only says by whom something is backed or made, or which
// people somebody is of abroad: "Brennian-backed rebels", "ethnic Corvans" are of
// neither country.
func aside(tokens []dyad.Token, first, last int) bool {
	if first > 0 && lower(tokens[first-1].Text) == "ethnic" {
		return true
	}
	if last+1 >= len(tokens) || tokens[last].Text != "-" || spaced(tokens, last) {
		return false
	}
	switch lower(tokens[last+1].Text) {
	case "backed", "made", "born", "trained", "funded", "supported", "occupied", "bound", "educated", "speaking", "supplied",
		"sponsored", "aligned", "friendly", "brokered", "mediated", "style", "built", "financed", "armed", "allied", "linked":
		return true
	}
	return false
}

// seatOrCapital decides for a city that is both a country's capital and the seat of
// an organisation: Brussels acts as the Union, and is Belgium's where things happen.
func (r *reading) seatOrCapital(index nameIndex, e nameEntry, i, n int) nameEntry {
	if e.kind != nameCapital {
		return e
	}
	switch caseOf(r.s.Tokens, headOf(r.s.Tokens, i, i+n)) {
	case "in", "at", "near", "outside", "around", "across", "inside":
		return e
	}
	for _, other := range index[e.words[0]] {
		if other.kind == nameSeat && r.f.actors[other.actor].Kind == codebook.KindOrganisation && equalWords(other.words, e.words) {
			return other
		}
	}
	return e
}

// judgePlace says whether a country's or city's name is only a place here: "in
// Pakistan" is, "Pakistan said" is not.
func (r *reading) judgePlace(hit *nameHit, m *dyad.Mention) {
	tokens := r.s.Tokens
	if hit.actorKind == "place" {
		m.Place, m.How = true, dyad.MentionPlaceActor
		return
	}
	if hit.actorKind != codebook.KindState && hit.actorKind != codebook.KindTerritory || hit.kind == nameAdj || hit.kind == namePeople || hit.kind == nameSeat {
		return
	}
	switch c := caseOf(tokens, hit.head); c {
	case "in", "at", "near", "inside", "across", "around", "throughout", "within", "outside", "over":
		m.Place = true
	case "from", "to", "into", "of", "through", "through out":
		m.Place = hit.kind == nameCapital
	}
	if hit.kind == nameCapital {
		m.How = dyad.MentionPlaceActor
		switch baseRel(tokens[hit.head].Rel) {
		case "compound", "appos", "flat":
			m.Place = true
		}
	}
	if m.Place {
		for i := range m.Entities {
			m.Entities[i].Sector = ""
		}
	}
}
