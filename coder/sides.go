package coder

import (
	"sort"

	"github.com/opendyad/dyad"
)

// countriesIn gives the countries named between two tokens, in order, without those
// that only tell where.
func (r *reading) countriesIn(from, to int) []dyad.Entity {
	t := &r.tree
	var out []dyad.Entity
	for i := range t.mentions {
		m := &t.mentions[i]
		if m.Head < from || m.Head >= to || m.Place && r.isLocative(m.Head) {
			continue
		}
		out = addCountries(out, m.Entities)
	}
	return out
}

// addCountries adds the countries of some entities, each once.
func addCountries(list, more []dyad.Entity) []dyad.Entity {
	for _, e := range more {
		if len(e.Code) != 3 || e.Code == "IGO" || e.Code == "NGO" || e.Code == "IMG" || hasCode(list, e.Code) {
			continue
		}
		list = append(list, dyad.Entity{Code: e.Code, Text: e.Text, Identifier: e.Code})
	}
	return list
}

// clauseRoot climbs to the verb of the clause in which a token stands.
func (t *tree) clauseRoot(n int) int {
	for steps := 0; steps < 12; steps++ {
		h := t.head(n)
		if h < 0 {
			return n
		}
		switch t.base(n) {
		case "ccomp", "advcl", "parataxis", "acl":
			return n
		case "conj":
			if t.childBase(n, "nsubj") >= 0 {
				return n
			}
		}
		n = h
	}
	return n
}

// subjectCountries gives the countries of the subject of a token's clause.
func (r *reading) subjectCountries(n int) []dyad.Entity {
	t := &r.tree
	if who := r.joinedSubject(n); len(who) > 0 {
		return who
	}
	for steps := 0; n >= 0 && steps < 5; steps++ {
		if c := t.surface(n); c.token >= 0 && c.token != n {
			if who := addCountries(nil, r.whoIs(c)); len(who) > 0 {
				return who
			}
		}
		n = t.head(n)
	}
	return nil
}

// joinedSubject gives the country with which a joined clause before a token begins:
// "Brennia hailed the pact, and Corva, the chief buyer, remains on good terms with
// both".
func (r *reading) joinedSubject(n int) []dyad.Entity {
	t := &r.tree
	for i := len(t.mentions) - 1; i >= 0; i-- {
		m := &t.mentions[i]
		if m.Last > n || m.First < 2 || m.Place {
			continue
		}
		switch lower(t.tokens[m.First-1].Text) {
		case "and", "but", "while", "whereas", ";":
		default:
			continue
		}
		if before := t.tokens[m.First-2].Text; before == "," || t.tokens[m.First-1].Text == ";" || lower(t.tokens[m.First-1].Text) == "while" {
			return addCountries(nil, m.Entities)
		}
	}
	return nil
}

// pairsOf gives the pairs that a word for a relation is about: those whom its own
// phrase names ("relations between Corva and Brennia"), completed by the subject of
// the clause ("Corva has mended its ties with Brennia"), by the rest of the clause,
// and by the two of whom the story is. "On good terms with both" makes two pairs.
func (r *reading) pairsOf(n int) [][]dyad.Entity {
	t := &r.tree
	root := t.clauseRoot(n)
	under := r.countriesIn(t.leftEdge(n), int(t.end[n]))
	subject := r.subjectCountries(n)
	if third := r.outsider(subject, under); third != nil && r.bothAfter(n, root) {
		return [][]dyad.Entity{{*third, r.main[0]}, {*third, r.main[1]}}
	}
	if len(under) >= 2 {
		return [][]dyad.Entity{r.ownPair(under)}
	}
	all := addCountries(addCountries(nil, under), subject)
	if len(all) == 2 {
		return [][]dyad.Entity{all}
	}
	if len(all) > 2 {
		return [][]dyad.Entity{r.ownPair(all)}
	}
	clause := addCountries(addCountries(nil, all), r.countriesIn(t.leftEdge(root), int(t.end[root])))
	if len(clause) >= 2 {
		return [][]dyad.Entity{r.ownPair(clause)}
	}
	if len(r.main) == 2 && r.isDefinite(n, root) && (len(clause) == 0 || hasCode(r.main, clause[0].Code) || len(under) == 0 && len(subject) == 0) {
		return [][]dyad.Entity{r.main}
	}
	return nil
}

// isDefinite says whether a word for a relation can mean that of the two of whom
// the story is, though it names neither: "ties are …", "the old quarrels", "the
// two"; not "a region fraught with tensions".
func (r *reading) isDefinite(n, root int) bool {
	t := &r.tree
	if !t.isNoun(n) || t.base(n) == "nsubj" || t.base(n) == "root" {
		return true
	}
	for c := t.first[n]; c >= 0; c = t.next[c] {
		switch lower(t.tokens[c].Text) {
		case "the", "their", "these", "its", "mutual", "bilateral":
			return true
		}
	}
	if c := t.surface(root); c.token >= 0 && c.token != root {
		return t.isBoth(c.token)
	}
	return false
}

// ownPair gives of several countries the story's own two where both are among
// them, else the first two.
func (r *reading) ownPair(list []dyad.Entity) []dyad.Entity {
	if len(list) > 2 {
		var own []dyad.Entity
		for _, e := range list {
			if hasCode(r.main, e.Code) {
				own = append(own, e)
			}
		}
		if len(own) == 2 {
			return own
		}
	}
	return list[:2]
}

// outsider gives the one country of a subject that is not of the two of whom the
// story is.
func (r *reading) outsider(subject, under []dyad.Entity) *dyad.Entity {
	if len(r.main) != 2 {
		return nil
	}
	who := subject
	if len(who) == 0 {
		who = under
	}
	if len(who) != 1 || hasCode(r.main, who[0].Code) {
		return nil
	}
	return &who[0]
}

// bothAfter says whether "both" or "the two" stands after a word in its clause:
// "on good terms with both".
func (r *reading) bothAfter(n, root int) bool {
	t := &r.tree
	for i := max(0, n-3); i < int(t.end[root]) && i < n+6; i++ {
		switch lower(t.tokens[i].Text) {
		case "both", "either", "neither":
			return true
		}
	}
	return false
}

// counterparts gives the pairs of a word such as "ally": whose it is, and who is
// it. "The former allies" are the two of whom the story is.
func (r *reading) counterparts(n int) [][]dyad.Entity {
	t := &r.tree
	under := r.countriesIn(t.leftEdge(n), int(t.end[n]))
	subject := r.whoIsCalled(n)
	if third := r.outsider(subject, nil); third != nil && r.bothAfter(n, n) {
		return [][]dyad.Entity{{*third, r.main[0]}, {*third, r.main[1]}}
	}
	all := addCountries(addCountries(nil, subject), under)
	switch {
	case len(all) == 2:
		return [][]dyad.Entity{all}
	case len(all) > 2 && len(subject) >= 2:
		return [][]dyad.Entity{subject[:2]}
	case len(all) > 2:
		return [][]dyad.Entity{{all[0], all[1]}}
	}
	if len(all) == 0 && len(r.main) == 2 && t.tokens[n].XPOS == "NNS" && t.child(n, "det") >= 0 && t.is(t.child(n, "det"), "the") && t.child(n, "nmod:poss") < 0 {
		return [][]dyad.Entity{r.main}
	}
	return nil
}

// whoIsCalled gives the countries that a noun is said of: "Corva is an ally",
// "Corva, an ally", "treat each other as adversaries".
func (r *reading) whoIsCalled(n int) []dyad.Entity {
	t := &r.tree
	if c := t.childBase(n, "nsubj"); c >= 0 {
		if who := addCountries(nil, r.whoIs(t.surface(n))); len(who) > 0 {
			return who
		}
	}
	h := t.head(n)
	if h >= 0 && t.base(n) == "nmod" && (t.tokens[h].UPOS == "ADJ" || lower(t.tokens[h].Text) == "one") {
		n, h = h, t.head(h) // "the staunchest of Corva's friends"
	}
	if h < 0 {
		return nil
	}
	switch {
	case t.base(n) == "appos" || t.base(n) == "nsubj" && n > 1 && t.inside[n-2] < 0 && t.tokens[n-1].Text == ",":
		if m := t.mentionAt(h); m >= 0 {
			return addCountries(nil, t.mentions[m].Entities)
		}
	case t.hasCase(n, "as") || t.hasCase(n, "into") || t.is(h, "call") || t.is(h, "consider") || t.is(h, "make"):
		if who := addCountries(nil, r.whoIs(t.surface(h))); len(who) == 2 {
			return who
		}
		if o := t.child(h, "obj"); o >= 0 {
			if who := addCountries(nil, r.whoIs(candidate{o, howSubject})); len(who) > 0 {
				return addCountries(who, r.whoIs(t.surface(h)))
			}
		}
		return nil
	}
	if t.isVerb(h) && t.child(n, "case") < 0 && n > h && t.seems(h) {
		return addCountries(nil, r.whoIs(t.surface(h))) // "remain bitter foes"
	}
	// "China, a friend to both, offered …": the phrase between commas after a name.
	for i := t.leftEdge(n) - 1; i > 0 && i > t.leftEdge(n)-3; i-- {
		if t.tokens[i].Text == "," && t.inside[i-1] >= 0 {
			return addCountries(nil, t.mentions[t.inside[i-1]].Entities)
		}
	}
	return nil
}

// seems says whether a verb says of its subject what it is.
func (t *tree) seems(v int) bool {
	switch lower(t.tokens[v].Lemma) {
	case "be", "remain", "become", "stay", "seem", "prove", "make", "appear":
		return true
	}
	return false
}

// mainPair finds the two countries that a story names most. There is none where the
// second is named once, or where a story of one country only mentions others.
func mainPair(mentions []dyad.Mention) []dyad.Entity {
	counts := map[string]int{}
	var order []string
	for i := range mentions {
		for _, e := range mentions[i].Entities {
			if len(e.Code) == 3 && e.Code != "IGO" && e.Code != "NGO" && e.Code != "IMG" {
				if counts[e.Code] == 0 {
					order = append(order, e.Code)
				}
				counts[e.Code]++
			}
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return counts[order[a]] > counts[order[b]] })
	if len(order) == 0 {
		return nil
	}
	var pair []dyad.Entity
	for _, code := range order[:min(2, len(order))] {
		if counts[code]*6 >= counts[order[0]] {
			pair = append(pair, dyad.Entity{Code: code, Identifier: code})
		}
	}
	return pair
}
