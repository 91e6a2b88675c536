package actor

import (
	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// A stranger is somebody named whom neither the codebook nor a title makes known: "Police
// arrested Jan Kos". He is nobody in politics until police, courts or gunmen do
// something to him, which is told of him as of any citizen.

// findStrangers finds the strangers to whom power is done, and remembers them for their
// surname and for "he".
func (r *reading) findStrangers() {
	tokens := r.s.Tokens
	for i := range tokens {
		if r.taken[i] || tokens[i].UPOS != "PROPN" || !r.isDoneTo(i) {
			continue
		}
		first, last := r.nameAround(i)
		if last-first < 2 || last-first > 4 || !r.personName(first, last) {
			continue
		}
		role := roleHit{first: first, last: last, head: i, entry: roleEntry{name: "person", words: []string{"person"}, sector: "CVL", number: codebook.NumberPerson}}
		code, why := r.defaultCountry(&role)
		if code == "" {
			continue
		}
		name := spanText(r.s, first, last)
		e := dyad.Entity{Code: code, Sector: "CVL", Text: name, Name: name}
		for j := first; j < last; j++ {
			r.taken[j] = true
		}
		r.add(dyad.Mention{Sentence: r.number, First: first, Last: last, Head: headOf(tokens, first, last), How: dyad.MentionRole,
			Entities: []dyad.Entity{e}, Reason: dyad.Reason{Stage: "actor", Rule: "role person", Note: why}})
		r.m.meet(person{surname: lastWord(name), full: name, entity: e})
	}
}

// isDoneTo reports whether a name is the object of what is done to citizens by power.
func (r *reading) isDoneTo(i int) bool {
	tokens := r.s.Tokens
	h := tokens[i].Head
	if h < 0 {
		return false
	}
	switch tokens[i].Rel {
	case "obj", "iobj", "nsubj:pass":
		lemma := lower(tokens[h].Lemma)
		return strikesPersons(lemma) || lemma == "find" && i+2 < len(tokens) && (lower(tokens[i+1].Text) == "guilty" || lower(tokens[i+2].Text) == "guilty")
	case "nmod":
		if c := caseOf(tokens, i); c == "of" || c == "against" {
			return happensToPersons(lower(tokens[h].Lemma))
		}
	}
	return false
}

func strikesPersons(lemma string) bool {
	switch lemma {
	case "arrest", "detain", "jail", "imprison", "convict", "sentence", "charge", "indict", "acquit", "release", "free", "kill", "murder",
		"shoot", "assassinate", "kidnap", "abduct", "deport", "extradite", "execute", "hang", "fine", "question", "interrogate", "pardon",
		"prosecute", "summon", "torture", "behead", "stab", "arraign", "apprehend", "nab", "exile", "expel":
		return true
	}
	return false
}

func happensToPersons(lemma string) bool {
	switch lemma {
	case "arrest", "detention", "killing", "murder", "assassination", "trial", "conviction", "release", "execution", "extradition",
		"abduction", "kidnapping", "imprisonment", "shooting", "prosecution", "charge", "warrant":
		return true
	}
	return false
}

// nameAround gives the capitalised words that a name is made of.
func (r *reading) nameAround(i int) (first, last int) {
	tokens := r.s.Tokens
	part := func(j int) bool {
		return j >= 0 && j < len(tokens) && !r.taken[j] && tokens[j].UPOS == "PROPN" && isCapitalised(tokens[j].Text) && !dayOrMonth(tokens[j].Text)
	}
	first, last = i, i+1
	for part(first - 1) {
		first--
	}
	for part(last) {
		last++
	}
	return first, last
}

// personName reports whether words may be somebody's name: none says what a firm, a
// place or a thing is.
func (r *reading) personName(first, last int) bool {
	for _, t := range r.s.Tokens[first:last] {
		switch t.Text {
		case "Inc", "Inc.", "Corp", "Corp.", "Ltd", "Ltd.", "Co", "Co.", "Company", "Group", "Bank", "Party", "University", "College", "School",
			"Airlines", "Airways", "News", "Times", "Post", "Street", "Road", "Avenue", "Act", "Court", "Hospital", "Church", "Club", "Union",
			"Association", "Organization", "Organisation", "Institute", "Foundation", "Center", "Centre", "Agency", "City", "County", "Valley",
			"Province", "District", "Region", "State", "Mountain", "Square", "Bridge", "River", "Bay", "Island", "Cup", "League", "Army", "Front", "Brigade", "Movement", "Network", "Council", "House",
			"Services", "Systems", "Technologies", "Holdings", "Industries", "International", "Flight", "Airport", "Hotel", "The":
			return false
		}
	}
	return true
}
