package actor

import (
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// A memory is what a story has told so far: who was named, which countries it is
// about, where it plays. It makes "he", "the group" and "both countries"
// readable, and gives a role word without a country the story's own.
type memory struct {
	f       *Finder
	date    dyad.Date
	counts  map[string]int    // country code to weighted mentions
	located map[string]int    // country code to how often something happens there
	order   []string          // the codes of counts as they came
	home    string            // the country that most of the story so far is about
	dateCty string            // country of the dateline
	persons []person          // newest last
	pending string            // a name introduced by a title, waiting for its mention
	recent  []dyad.Mention    // mentions of this and the last two sentences, newest last
	union   dyad.Entity       // the international organisation named last
	pair    []dyad.Entity     // the last two countries named together or in turn
	joined  []dyad.Entity     // the last countries told as one: "Brennia and Corva signed"
	since   int               // the sentence of joined
	paired  int               // the sentence that named both of pair, -1 for none
	places  map[string]string // countries of the places looked up, "" for what is none
}

// A person is somebody introduced by name.
type person struct {
	surname string
	first   string // the first word of the name, where families are named first
	full    string
	sex     string
	entity  dyad.Entity
}

func newMemory(f *Finder, doc dyad.Document) *memory {
	m := &memory{f: f, date: doc.Story.Published, counts: map[string]int{}, located: map[string]int{}, places: map[string]string{}}
	m.countAhead(doc)
	return m
}

// countAhead weighs the countries that the story names, the title and the first
// sentences most: the country of "police" in the first sentence is often told
// only in the second.
func (m *memory) countAhead(doc dyad.Document) {
	count := func(s *dyad.Sentence, weight int) {
		index := m.f.exact
		if mostlyCapitals(s.Tokens) {
			index = m.f.capitals()
		}
		from := datelineEnd(s.Tokens)
		if from > 0 && m.dateCty == "" {
			m.dateCty = m.f.datelineCountry(s, from, m.date)
			m.count(m.dateCty, 3*weight)
		}
		for i := from; i < len(s.Tokens); {
			e, n := longestName(index, s.Tokens, i, m.date, m.f)
			if n == 0 {
				if t := &s.Tokens[i]; t.UPOS == "PROPN" && isCapitalised(t.Text) && standsAlone(s.Tokens, i) && placePreposition(caseOf(s.Tokens, i)) {
					m.count(m.countryOf(t.Text), 2*weight)
				}
				i++
				continue
			}
			entity, _ := m.f.entityOn(int(e.actor), m.date)
			if aside(s.Tokens, i, i+n) || water(s.Tokens, i, i+n) {
				i += n
				continue
			}
			if newsMedia[entity.Name] || n == 1 && m.f.actors[e.actor].Kind == codebook.KindPerson && !standsAlone(s.Tokens, i) && !m.f.titleBefore(s.Tokens, i) {
				i += n // "Kerry" of "Kerry Mathews" is nobody known
				continue
			}
			if m.f.actors[e.actor].Kind == codebook.KindParty && commonParty(spanText(s, i, i+n)) {
				i += n // every country has its Social Democrats
				continue
			}
			// Where something else happened ("exiles in Corva") counts for less.
			if c := caseOf(s.Tokens, headOf(s.Tokens, i, i+n)); placePreposition(c) {
				if c == "in" || c == "across" || c == "inside" {
					m.located[entity.Code] += weight
				}
				m.count(entity.Code, 2*weight)
			} else {
				m.count(entity.Code, 3*weight)
			}
			i += n
		}
	}
	for i := range doc.Title {
		count(&doc.Title[i], 3)
	}
	for i := range doc.Sentences {
		switch {
		case i < 2:
			count(&doc.Sentences[i], 3)
		case i < 30:
			count(&doc.Sentences[i], 1)
		}
	}
	best := 0
	for _, code := range m.order {
		if n := m.counts[code]; n > best {
			m.home, best = code, n
		}
	}
	if m.dateCty != "" && m.counts[m.dateCty]*2 >= best {
		m.home = m.dateCty
	}
}

// countryOf looks a place up in the gazetteer, each name once in a story. Of several
// countries that have one, the one that the story names most is meant.
func (m *memory) countryOf(name string) string {
	if quarter(name) {
		return ""
	}
	code, ok := m.places[name]
	if ok {
		return code
	}
	code, all := m.f.countries(name)
	if m.home == "" { // not known yet what the story is about
		return code
	}
	best := 0
	for _, c := range all {
		if n := m.counts[c]; n > best {
			code, best = c, n
		}
	}
	m.places[name] = code
	return code
}

// titleBefore reports whether the word before a surname leads to it: "President".
func (f *Finder) titleBefore(tokens []dyad.Token, i int) bool {
	if i == 0 || i+1 < len(tokens) && tokens[i+1].UPOS == "PROPN" {
		return false
	}
	_, role := f.roles[lower(tokens[i-1].Text)]
	return role || strings.HasSuffix(tokens[i-1].Text, ".")
}

// count weighs a country by one more mention.
func (m *memory) count(code string, weight int) {
	switch code {
	case "", "IGO", "NGO", "IMG", "MNC":
		return
	}
	if _, ok := m.counts[code]; !ok {
		m.order = append(m.order, code)
	}
	m.counts[code] += weight
}

// theatre gives the country in which most of the story happens, "" where no place is
// told: that of rebels and militias.
func (m *memory) theatre() string {
	theatre, best := "", 0
	for _, code := range m.order {
		if n := m.located[code]; n > best {
			theatre, best = code, n
		}
	}
	if m.counts[theatre]*3 < m.counts[m.home] {
		return m.home // where the story's enemies once met is not where they fight
	}
	return theatre
}

// standsAlone reports whether no capitalised word stands beside a token.
func standsAlone(tokens []dyad.Token, i int) bool {
	return (i == 0 || tokens[i-1].UPOS != "PROPN") && (i+1 >= len(tokens) || tokens[i+1].UPOS != "PROPN")
}

func stateLike(hit *nameHit) bool {
	return hit.actorKind == codebook.KindState || hit.actorKind == codebook.KindTerritory || hit.actorKind == "place"
}

// introduce notes a name that a title has just introduced.
func (m *memory) introduce(name string) { m.pending = name }

// rememberRole keeps the person that a title introduced, and the mention.
func (m *memory) rememberRole(r *reading, mention *dyad.Mention) {
	text := spanText(r.s, mention.First, mention.Last)
	if m.pending != "" && strings.HasSuffix(text, m.pending) && len(mention.Entities) > 0 {
		e := mention.Entities[0]
		e.Name = m.pending
		mention.Entities[0].Name = m.pending
		m.meet(person{surname: lastWord(m.pending), full: m.pending, entity: e})
		m.pending = ""
	} else if apposed := r.apposedName(mention); apposed != "" && len(mention.Entities) > 0 {
		// "Jan Kos, the interior minister of Corva": the name is an actor too.
		e := mention.Entities[0]
		e.Name = apposed
		m.meet(person{surname: lastWord(apposed), full: apposed, entity: e})
	}
}

// rememberName keeps a person that the codebook knows, for the surname alone.
func (m *memory) rememberName(hit *nameHit, mention *dyad.Mention) {
	if !hit.person || len(mention.Entities) == 0 {
		return
	}
	e := mention.Entities[0]
	m.meet(person{surname: lastWord(e.Name), full: e.Name, sex: m.f.sexOf(hit.actor), entity: e})
}

func (f *Finder) sexOf(actor int32) string {
	if actor < 0 {
		return ""
	}
	return f.actors[actor].Sex
}

// mostPersons is how many people a story is expected to have at hand at once.
const mostPersons = 48

// called reports whether a word alone means a person: "Moss", and "Kim" of Kim Jong Un.
func (p *person) called(word string) bool {
	return strings.EqualFold(p.surname, word) || p.first != "" && p.first == word
}

// meet keeps a person as the one named last.
func (m *memory) meet(p person) {
	switch p.entity.Code {
	case "CHN", "TWN", "KOR", "PRK", "VNM", "HKG", "MAC", "SGP", "KHM":
		if i := strings.IndexByte(p.full, ' '); i > 0 {
			p.first = p.full[:i]
		}
	}
	for i := range m.persons {
		if m.persons[i].full == p.full {
			m.persons = append(m.persons[:i], m.persons[i+1:]...)
			break
		}
	}
	if len(m.persons) >= mostPersons {
		m.persons = append(m.persons[:0], m.persons[1:]...)
	}
	m.persons = append(m.persons, p)
}

// apposedName gives the proper name that a role phrase explains, "" for none.
func (r *reading) apposedName(mention *dyad.Mention) string {
	tokens := r.s.Tokens
	head := mention.Head
	other := -1
	if tokens[head].Rel == "appos" && tokens[head].Head >= 0 {
		other = tokens[head].Head
	} else {
		for i := max(0, head-reach); i < len(tokens) && i < head+reach; i++ {
			if tokens[i].Rel == "appos" && tokens[i].Head == head {
				other = i
			}
		}
	}
	if other < 0 || tokens[other].UPOS != "PROPN" || r.taken[other] {
		return ""
	}
	first, last := other, other+1
	for first > 0 && tokens[first-1].UPOS == "PROPN" && !r.taken[first-1] {
		first--
	}
	for last < len(tokens) && tokens[last].UPOS == "PROPN" && !r.taken[last] {
		last++
	}
	for i := first; i < last; i++ {
		r.taken[i] = true
	}
	m := *mention
	m.First, m.Last, m.Head = first, last, headOf(tokens, first, last)
	m.Entities = append([]dyad.Entity(nil), mention.Entities...)
	for i := range m.Entities {
		m.Entities[i].Text = spanText(r.s, first, last)
	}
	m.Reason.Note = "named beside the role that explains it"
	r.add(m)
	return spanText(r.s, first, last)
}

func lastWord(s string) string {
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		return s[i+1:]
	}
	return s
}

// endSentence keeps the mentions for the next sentences to take up.
func (m *memory) endSentence(r *reading) {
	mentions := r.mentions
	if n := len(m.recent); n > 24 {
		m.recent = append(m.recent[:0], m.recent[n-24:]...)
	}
	var states []dyad.Entity
	for i := range mentions {
		if mentions[i].How == dyad.MentionPronoun || mentions[i].How == dyad.MentionDescribed {
			continue
		}
		if e := &mentions[i].Entities[0]; len(mentions[i].Entities) == 1 && e.Code == "IGO" && e.Name != "" && e.Office == "" {
			m.union = *e
		}
		m.recent = append(m.recent, mentions[i])
		for _, e := range mentions[i].Entities {
			if len(e.Code) == 3 && e.Code != "IGO" && e.Code != "NGO" && e.Code != "IMG" && !hasCode(states, e.Code) {
				states = append(states, e)
			}
		}
	}
	m.rememberJoined(r)
	switch {
	case len(states) >= 2:
		m.pair, m.paired = countriesOf(states[:2]), r.number
	case len(states) == 1 && len(m.pair) == 1 && m.pair[0].Code != states[0].Code:
		m.pair = append(m.pair, countriesOf(states)...)
	case len(states) == 1 && len(m.pair) == 0:
		m.pair = countriesOf(states)
	}
}

func hasCode(entities []dyad.Entity, code string) bool {
	for i := range entities {
		if entities[i].Code == code {
			return true
		}
	}
	return false
}

func countriesOf(entities []dyad.Entity) []dyad.Entity {
	out := make([]dyad.Entity, len(entities))
	for i, e := range entities {
		out[i] = dyad.Entity{Code: e.Code, Identifier: e.Code}
	}
	return out
}
