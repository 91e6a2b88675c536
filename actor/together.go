package actor

import "github.com/opendyad/dyad"

// What a story tells of several countries at once, "they" and "both sides" take up
// later: after "Brennia and Corva signed a truce" it is those two, whoever welcomed it.

// howLong is for how many sentences countries told as one are still meant by "they".
const howLong = 4

// rememberJoined keeps the countries that a sentence tells as one: its joined
// subjects, and the parties of what is between them.
func (m *memory) rememberJoined(r *reading) {
	tokens := r.s.Tokens
	for i := 0; i < len(r.mentions) && i < reach; i++ {
		first := &r.mentions[i]
		t := &tokens[first.Head]
		if first.Place || baseRel(t.Rel) != "nsubj" && caseOf(tokens, first.Head) != "between" {
			continue
		}
		if all := r.together(first); len(all) > 1 {
			m.joined, m.since = all, r.number
			return
		}
	}
}

// together gives the states' actors of a mention and of those joined to it; nil where
// they are of one country.
func (r *reading) together(first *dyad.Mention) []dyad.Entity {
	tokens := r.s.Tokens
	several := len(first.Entities) > 1
	for i := range r.mentions {
		t := &tokens[r.mentions[i].Head]
		several = several || t.Head == first.Head && baseRel(t.Rel) == "conj"
	}
	if !several {
		return nil
	}
	var all []dyad.Entity
	add := func(m *dyad.Mention) {
		for _, e := range m.Entities {
			if isCountry(e.Code) && !hasCode(all, e.Code) {
				all = append(all, e)
			}
		}
	}
	add(first)
	for i := range r.mentions {
		o := &r.mentions[i]
		if t := &tokens[o.Head]; t.Head == first.Head && baseRel(t.Rel) == "conj" && !o.Place && o.First > first.First && o.First < first.First+reach {
			add(o)
		}
	}
	if len(all) < 2 {
		return nil
	}
	return all
}

// isCountry reports whether a code is that of a state or territory.
func isCountry(code string) bool {
	switch code {
	case "IGO", "NGO", "IMG", "MNC":
		return false
	}
	return len(code) == 3
}

// stillJoined gives the countries told as one a short while ago.
func (m *memory) stillJoined(number int) []dyad.Entity {
	if len(m.joined) > 1 && number-m.since <= howLong {
		return m.joined
	}
	return nil
}

// severalBefore gives for "they" at the beginning of a clause those told as one in the
// sentences before, nil where a group of people was named since: "They" are the
// protesters then. For what is done with each other ("they are to meet") the two
// countries that the last sentence named do as well.
func (r *reading) severalBefore(token int) *dyad.Mention {
	since := -1
	for i := len(r.m.recent) - 1; i >= 0 && since < 0; i-- {
		if m := &r.m.recent[i]; m.Plural && !m.Place && len(m.Entities) == 1 {
			since = m.Sentence
		}
	}
	if all := r.m.stillJoined(r.number); all != nil && r.m.since >= since {
		return &dyad.Mention{Sentence: r.m.since, Entities: all, Plural: true}
	}
	if v := r.verbAbove(token); v >= 0 && mutualVerb(lower(r.s.Tokens[v].Lemma)) && len(r.m.pair) == 2 && r.m.paired == r.number-1 {
		return &dyad.Mention{Sentence: r.number - 1, Entities: r.m.pair, Plural: true}
	}
	return nil
}

// mutualVerb reports whether a verb tells what several do with each other.
func mutualVerb(lemma string) bool {
	switch lemma {
	case "meet", "agree", "sign", "discuss", "negotiate", "talk", "resume", "restore", "share", "exchange", "confer":
		return true
	}
	return false
}
