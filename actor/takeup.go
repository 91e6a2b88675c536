package actor

import (
	"sort"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// takeUp finds the words that take up what the story named before: surnames of
// people introduced in full, pronouns, "both countries", "the group".
func (r *reading) takeUp() {
	r.findSurnames()
	tokens := r.s.Tokens
	for i := range tokens {
		if r.taken[i] {
			continue
		}
		switch tokens[i].UPOS {
		case "PRON":
			r.pronoun(i)
		case "NOUN", "NUM", "DET", "PROPN":
			r.described(i)
		}
	}
}

// findSurnames finds the surname of somebody introduced by a full name.
func (r *reading) findSurnames() {
	tokens := r.s.Tokens
	for i := range tokens {
		if r.taken[i] || tokens[i].UPOS != "PROPN" {
			continue
		}
		key := bareWord(tokens[i].Text)
		for p := len(r.m.persons) - 1; p >= 0; p-- {
			who := &r.m.persons[p]
			if !who.called(key) || len(key) < 2 {
				continue
			}
			first := i
			for first > 0 && tokens[first-1].UPOS == "PROPN" && !r.taken[first-1] && strings.Contains(who.full, tokens[first-1].Text) {
				first--
			}
			if first > 0 && tokens[first-1].UPOS == "PROPN" && !r.taken[first-1] && tokens[first-1].Rel != "appos" && !strings.HasSuffix(tokens[first-1].Text, ".") {
				break // "Mary Trump" is another person
			}
			e := who.entity
			e.Text = spanText(r.s, first, i+1)
			for j := first; j <= i; j++ {
				r.taken[j] = true
			}
			r.add(dyad.Mention{Sentence: r.number, First: first, Last: i + 1, Head: headOf(tokens, first, i+1),
				How: dyad.MentionNamed, Entities: []dyad.Entity{e}, Reason: dyad.Reason{Stage: "actor", Rule: "surname", Note: "introduced as " + who.full}})
			break
		}
	}
}

// pronoun reads "he", "she", "they", "it" as the last one who fits: a subject
// before others, a person for "he" and "she", several or people for "they".
func (r *reading) pronoun(i int) {
	t := &r.s.Tokens[i]
	fits := r.fitting(i)
	if fits == nil {
		return
	}
	if code := r.countryOfSpeaker(i); code != "" {
		r.addTakenUp(i, i+1, i, dyad.MentionPronoun, []dyad.Entity{{Code: code}}, "“"+t.Text+"” taken as the country of the one who says it")
		return
	}
	if m := r.antecedent(i, fits); m != nil {
		r.addTakenUp(i, i+1, i, dyad.MentionPronoun, m.Entities, "“"+t.Text+"” taken as "+m.Entities[0].Text)
	}
}

// countryOfSpeaker gives the country for "it" where a man of state speaks of what it will
// do: "Brennia's president says it will leave". "" where "it" may be something else.
func (r *reading) countryOfSpeaker(i int) string {
	tokens := r.s.Tokens
	v := r.verbAbove(i)
	if lower(tokens[i].Text) != "it" || v < 0 || tokens[i].Rel != "nsubj" || tokens[i].Head != v || tokens[v].Rel != "ccomp" || tokens[v].Head < 0 {
		return ""
	}
	switch lower(tokens[tokens[v].Head].Lemma) {
	case "say", "announce", "warn", "declare", "vow", "insist", "add":
	default:
		return ""
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.First > i {
			break
		}
		if t := &tokens[m.Head]; t.Head == tokens[v].Head && t.Rel == "nsubj" && len(m.Entities) == 1 && m.Entities[0].Sector == "GOV" && isCountry(m.Entities[0].Code) && r.m.isPerson(m, "") {
			return m.Entities[0].Code
		}
	}
	return ""
}

// fitting says which mentions a pronoun may take up, nil where it takes up none.
func (r *reading) fitting(i int) func(*dyad.Mention) bool {
	w := lower(r.s.Tokens[i].Text)
	switch w {
	case "he", "him", "his", "she", "her":
		return func(m *dyad.Mention) bool { return r.m.isPerson(m, w) }
	case "they", "them", "their":
		return func(m *dyad.Mention) bool { return m.Plural || len(m.Entities) > 1 || !r.m.isPerson(m, "") }
	case "it", "its":
		if r.s.Tokens[i].Rel == "expl" {
			return nil
		}
		return func(m *dyad.Mention) bool { return !r.m.isPerson(m, "") && !m.Plural }
	}
	return nil
}

// antecedent finds the mention that a pronoun takes up: earlier in the sentence,
// or in the sentences before, subjects first.
func (r *reading) antecedent(token int, fits func(*dyad.Mention) bool) *dyad.Mention {
	tokens := r.s.Tokens
	var other *dyad.Mention
	if fits == nil {
		return nil
	}
	if m := r.subjectAbove(token, fits); m != nil {
		return m
	}
	first := sort.Search(len(r.mentions), func(i int) bool { return r.mentions[i].First >= token-reach })
	for i := first; i < len(r.mentions); i++ {
		m := &r.mentions[i]
		if m.Last > token {
			break
		}
		if m.Place || m.How == dyad.MentionPronoun || !fits(m) {
			continue
		}
		if baseRel(tokens[m.Head].Rel) == "nsubj" {
			return m
		}
		if other == nil {
			other = m
		}
	}
	if other != nil {
		return other
	}
	if w := lower(tokens[token].Text); w == "they" || w == "their" {
		if m := r.severalBefore(token); m != nil && fits(m) {
			return m
		}
	}
	for i := len(r.m.recent) - 1; i >= 0; i-- {
		m := &r.m.recent[i]
		if m.Sentence < r.number-3 {
			break
		}
		if !m.Place && fits(m) {
			if other == nil || other.Sentence == m.Sentence {
				other = m // the first of the newest sentence that has one: mostly its subject
			}
		}
	}
	return other
}

// subjectAbove gives the subject of the clause that a pronoun stands in, or of one
// above it: "Brennia says Corva must drop its plans". A pronoun that is the subject
// itself takes up that of the clause above: "Brennia said it would leave".
func (r *reading) subjectAbove(token int, fits func(*dyad.Mention) bool) *dyad.Mention {
	tokens := r.s.Tokens
	v := r.verbAbove(token)
	if m := r.ownerAbove(token, v, fits); m != nil {
		return m
	}
	switch rel := tokens[token].Rel; {
	case v < 0:
		return nil
	case rel == "nmod:poss":
	case baseRel(rel) == "nsubj" && tokens[token].Head == v && baseRel(tokens[v].Rel) != "xcomp":
		v = r.verbAbove(v)
	default:
		return nil // "let them go": whoever they are, not the subject
	}
	for steps := 0; v >= 0 && steps < 5; v, steps = r.verbAbove(v), steps+1 {
		for i := range r.mentions {
			m := &r.mentions[i]
			if m.First > token {
				break
			}
			t := &tokens[m.Head]
			if m.Last <= token && t.Head == v && baseRel(t.Rel) == "nsubj" && !m.Place && m.How != dyad.MentionPronoun && fits(m) {
				return r.joined(m, token)
			}
		}
	}
	return nil
}

// ownerAbove gives whose a noun is for the subject of the clause that tells its content:
// "Brennia doubts a Corvan announcement that it has left".
func (r *reading) ownerAbove(token, v int, fits func(*dyad.Mention) bool) *dyad.Mention {
	tokens := r.s.Tokens
	if v < 0 || tokens[token].Head != v || baseRel(tokens[token].Rel) != "nsubj" || tokens[v].Rel != "acl" || tokens[v].Head < 0 {
		return nil
	}
	noun := tokens[v].Head
	if tokens[noun].UPOS != "NOUN" || noun > token {
		return nil
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.First > token {
			break
		}
		t := &tokens[m.Head]
		if t.Head != noun || !fits(m) {
			continue
		}
		switch c := caseOf(tokens, m.Head); {
		case t.Rel == "nmod:poss", t.Rel == "amod", t.Rel == "compound", baseRel(t.Rel) == "nmod" && (c == "by" || c == "from"):
			return m
		}
	}
	return nil
}

// joined gives a mention, for "they" and "their" together with those joined to it:
// "Brennia and Corva recalled their envoys".
func (r *reading) joined(m *dyad.Mention, token int) *dyad.Mention {
	tokens := r.s.Tokens
	if w := lower(tokens[token].Text); w != "they" && w != "their" {
		return m
	}
	all := *m
	all.Entities = append([]dyad.Entity(nil), m.Entities...)
	for i := range r.mentions {
		o := &r.mentions[i]
		if t := &tokens[o.Head]; t.Head == m.Head && baseRel(t.Rel) == "conj" && o.First > m.First && o.Last <= token {
			for _, e := range o.Entities {
				all.Entities = appendEntity(all.Entities, e)
			}
		}
	}
	return &all
}

// isPerson reports whether a mention means one person; with a pronoun, one of
// its sex where that is known.
func (m *memory) isPerson(mention *dyad.Mention, pronoun string) bool {
	if mention.Plural || len(mention.Entities) != 1 {
		return false
	}
	e := &mention.Entities[0]
	for i := len(m.persons) - 1; i >= 0; i-- {
		if p := &m.persons[i]; p.full == e.Name || p.entity.Identifier != "" && p.entity.Identifier == e.Identifier {
			female := pronoun == "she" || pronoun == "her"
			return pronoun == "" || p.sex == "" || (p.sex == "f") == female
		}
	}
	if role, ok := strings.CutPrefix(mention.Reason.Rule, "role "); ok {
		for _, entry := range m.f.roles[lastWord(role)] {
			if entry.name == role {
				return entry.number == codebook.NumberPerson
			}
		}
	}
	return mention.How == dyad.MentionRole && !mention.Plural && personRole(e.Text)
}

// personRole reports whether the words of a role end in one that is a person.
func personRole(text string) bool {
	switch lastWord(lower(text)) {
	case "government", "police", "army", "ministry", "military", "parliament", "court", "cabinet", "navy", "forces", "troops", "party", "council", "opposition", "senate", "house", "authority", "agency", "embassy", "group", "union", "committee", "commission", "company", "bank", "newspaper", "militia", "administration":
		return false
	}
	return text != ""
}

// described reads "both countries", "the two sides", "the two leaders", "the
// group", "the country".
func (r *reading) described(i int) {
	tokens := r.s.Tokens
	t := &tokens[i]
	lemma := lower(t.Lemma)
	first := i
	for first > 0 && first > i-3 {
		switch w := lower(tokens[first-1].Text); w {
		case "both", "two", "three", "four", "each", "the", "these", "all", "its", "their", "neighbouring", "neighboring", "warring", "rival", "opposing":
			first--
			continue
		}
		break
	}
	two := false
	for j := first; j < i; j++ {
		switch w := lower(tokens[j].Text); w {
		case "two", "both", "each":
			two = true
		case "three", "four":
			if r.allOf(first, i, w) {
				return
			}
		}
	}
	switch lemma {
	case "country", "nation", "side", "state", "neighbour", "neighbor", "leader", "party", "government", "capital", "minister", "president", "ally", "rival", "power":
		neighbours := t.XPOS == "NNS" && first < i && (lemma == "neighbour" || lemma == "neighbor" || lemma == "rival" || lemma == "ally") &&
			lower(tokens[first].Text) != "its" && lower(tokens[first].Text) != "their"
		if pair := r.m.pairNow(r); (two || neighbours) && len(pair) == 2 {
			if lemma == "capital" || lemma == "government" || lemma == "leader" {
				pair = []dyad.Entity{{Code: pair[0].Code, Sector: "GOV"}, {Code: pair[1].Code, Sector: "GOV"}}
			}
			r.addTakenUp(first, i+1, i, dyad.MentionDescribed, pair, "the pair named last")
		} else if lemma == "country" && first < i && lower(tokens[first].Text) == "the" && t.XPOS == "NN" && r.m.home != "" {
			r.addTakenUp(first, i+1, i, dyad.MentionDescribed, []dyad.Entity{{Code: r.m.home, Identifier: r.m.home}}, "the country that the story is about")
			r.mentionAt(first).Place = placePreposition(caseOf(tokens, i))
		}
	case "both", "two":
		if lemma == "two" && first == i {
			return // "two were killed"
		}
		if rel := t.Rel; (rel == "nsubj" || lemma == "both" && (rel == "obj" || rel == "nsubj:pass") || lemma == "two" && caseOf(tokens, i) == "between") && len(r.m.pairNow(r)) == 2 {
			r.addTakenUp(first, i+1, i, dyad.MentionDescribed, r.m.pairNow(r), "the pair named last")
		}
	case "council", "league", "front", "union", "agency", "tribunal", "court", "committee", "commission", "mission", "fund", "coalition":
		if m := r.sameWord(i, i); m != nil {
			r.addTakenUp(i-1, i+1, i, dyad.MentionDescribed, m.Entities, "“the "+lemma+"” taken as "+m.Entities[0].Text)
		}
	case "group", "organization", "organisation", "movement", "militant", "bloc", "alliance":
		if first < i && (lower(tokens[first].Text) == "the") {
			m := r.antecedent(i, func(m *dyad.Mention) bool {
				switch m.Entities[0].Sector {
				case "REB", "PRM", "PTY", "SOC", "OPP", "REL", "CRM":
					return lemma != "alliance" && lemma != "bloc" || m.Entities[0].Sector == "PTY"
				}
				return m.Entities[0].Code == "IGO" || m.Entities[0].Code == "NGO" || m.Entities[0].Code == "IMG"
			})
			if m != nil {
				r.addTakenUp(first, i+1, i, dyad.MentionDescribed, m.Entities, "“the "+lemma+"” taken as "+m.Entities[0].Text)
			} else if (lemma == "alliance" || lemma == "bloc" || lemma == "organization" || lemma == "organisation") && r.m.union.Code != "" {
				r.addTakenUp(first, i+1, i, dyad.MentionDescribed, []dyad.Entity{r.m.union}, "“the "+lemma+"” taken as "+r.m.union.Name)
			}
		}
	}
}

// allOf reads "the three countries" and "the three leaders" as those told as one before,
// if they are as many.
func (r *reading) allOf(first, noun int, number string) bool {
	all := r.m.stillJoined(r.number)
	switch lower(r.s.Tokens[noun].Lemma) {
	case "country", "nation", "side", "state", "neighbour", "neighbor", "leader", "president", "minister", "power", "government":
	default:
		return false
	}
	if number == "three" && len(all) != 3 || number == "four" && len(all) != 4 {
		return false
	}
	r.addTakenUp(first, noun+1, noun, dyad.MentionDescribed, all, "those told together before")
	return true
}

// pairNow is the last two countries named, those of this sentence first.
func (m *memory) pairNow(r *reading) []dyad.Entity {
	var states []dyad.Entity
	for i := 0; i < len(r.mentions) && i < reach && len(states) < 2; i++ {
		for _, e := range r.mentions[i].Entities {
			if len(e.Code) == 3 && e.Code != "IGO" && e.Code != "NGO" && e.Code != "IMG" && !hasCode(states, e.Code) {
				states = append(states, e)
			}
		}
	}
	if len(states) >= 2 {
		return countriesOf(states[:2])
	}
	if all := m.stillJoined(r.number); len(all) == 2 && len(m.pair) == 2 && (hasCode(m.pair, all[0].Code) || hasCode(m.pair, all[1].Code)) {
		return countriesOf(all)
	}
	return m.pair
}

func (r *reading) addTakenUp(first, last, head int, how string, entities []dyad.Entity, note string) {
	copied := append([]dyad.Entity(nil), entities...)
	text := spanText(r.s, first, last)
	for i := range copied {
		copied[i].Text = text
	}
	r.add(dyad.Mention{Sentence: r.number, First: first, Last: last, Head: head, How: how,
		Entities: copied, Plural: len(copied) > 1, Reason: dyad.Reason{Stage: "actor", Rule: how, Note: note}})
	for i := first; i < last; i++ {
		r.taken[i] = true
	}
}
