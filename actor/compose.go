package actor

import (
	"sort"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// joinTitles puts a title and the name after it together: "Iranian President
// Ebrahim Raisi" is one mention. A name that the codebook does not know becomes
// somebody by the title: "Interior Minister Jan Kos" is GOV of the country told.
func (r *reading) joinTitles() {
	tokens := r.s.Tokens
	for i := range r.roles {
		role := &r.roles[i]
		if role.used {
			continue
		}
		if n := r.nameAt(role.last); n >= 0 && r.names[n].person && !r.names[n].used {
			hit := &r.names[n]
			role.used = true
			hit.first = r.titleStart(role.first)
			r.fromTitle(hit, role.first)
			hit.head = headOf(tokens, hit.first, hit.last)
			if role.former || r.formerBefore(role.first) {
				hit.entity.Sector = "ELI"
			} else if hit.entity.Sector == "" || hit.entity.Sector == "ELI" && !role.former {
				// The text gives an office that the codebook has not, or that it
				// holds to be over: the text knows better.
				hit.entity.Sector = role.entry.sector
			}
			hit.entity.Text = spanText(r.s, hit.first, hit.last)
			continue
		}
		last := role.last
		for last < len(tokens) && last < role.last+4 && !r.taken[last] && tokens[last].UPOS == "PROPN" &&
			isCapitalised(tokens[last].Text) {
			last++
		}
		if last > role.last && (role.entry.office || role.entry.number == codebook.NumberPerson) && r.bound(role, last) {
			for j := role.last; j < last; j++ {
				r.taken[j] = true
			}
			r.m.introduce(spanText(r.s, role.last, last))
			role.last = last
			role.head = headOf(tokens, role.first, last)
		}
	}
}

// bound reports whether a role word and the proper nouns after it belong
// together in the tree.
func (r *reading) bound(role *roleHit, last int) bool {
	tokens := r.s.Tokens
	for j := role.last; j < last; j++ {
		h := tokens[j].Head
		if h >= role.first && h < role.last {
			return true
		}
	}
	for j := role.first; j < role.last; j++ {
		h := tokens[j].Head
		if h >= role.last && h < last {
			return true
		}
	}
	return false
}

// titleStart goes left over what still belongs to a title: the country, "former",
// an article, "Deputy".
func (r *reading) titleStart(first int) int {
	tokens := r.s.Tokens
	for first > 0 {
		t := &tokens[first-1]
		w := lower(t.Text)
		if formerWord(w) || w == "then" || w == "acting" || w == "interim" || w == "deputy" || w == "vice" || w == "outgoing" {
			first--
			continue
		}
		n := r.nameEnding(first)
		if n < 0 || r.names[n].person {
			break
		}
		r.names[n].used = true
		first = r.names[n].first
	}
	return first
}

// nameAt and nameEnding give the name hit that begins at, or ends before, a token.
func (r *reading) nameAt(first int) int {
	i := sort.Search(len(r.names), func(i int) bool { return r.names[i].first >= first })
	if i < len(r.names) && r.names[i].first == first {
		return i
	}
	return -1
}

func (r *reading) nameEnding(last int) int {
	i := sort.Search(len(r.names), func(i int) bool { return r.names[i].first >= last }) - 1
	if i >= 0 && (r.names[i].last == last || r.names[i].last == last-1 && r.s.Tokens[last-1].Text == "'s") {
		return i
	}
	return -1
}

// composeRoles gives each role phrase its country and its body.
func (r *reading) composeRoles() {
	for i := range r.roles {
		role := &r.roles[i]
		if role.used {
			continue
		}
		if outer := r.outerRole(i); outer >= 0 {
			// "foreign ministry officials": the inner phrase lends its sector.
			o := &r.roles[outer]
			if vagueRoles[o.entry.words[len(o.entry.words)-1]] {
				o.entry.sector = role.entry.sector
			}
			if role.first < o.first {
				o.first = role.first
			}
			role.used = true
		}
	}
	for i := range r.roles {
		if role := &r.roles[i]; !role.used && r.possessor(role) < 0 && !r.both(role) && !r.ofPair(role) {
			role.used = true
			r.addRole(role, nil, "")
		}
	}
}

// outerRole finds the role phrase in which another is a modifier standing before
// it: "ministry" in "foreign ministry officials".
func (r *reading) outerRole(inner int) int {
	role := &r.roles[inner]
	head := r.s.Tokens[role.head].Head
	if role.entry.number == codebook.NumberBody && r.s.Tokens[role.last-1].XPOS == "NN" {
		// "navy commandos" is one phrase, however the tree hangs "navy".
		if inner+1 < len(r.roles) && r.roles[inner+1].first == role.last {
			return inner + 1
		}
	}
	if head < role.last {
		return -1
	}
	switch baseRel(r.s.Tokens[role.head].Rel) {
	case "compound", "amod", "nmod":
	default:
		return -1
	}
	if caseOf(r.s.Tokens, role.head) != "" || r.s.Tokens[role.head].Rel == "nmod:poss" {
		return -1
	}
	for i := inner + 1; i < len(r.roles) && r.roles[i].first <= head; i++ {
		if head >= r.roles[i].first && head < r.roles[i].last && !r.verbBetween(role.last, r.roles[i].first) {
			return i
		}
	}
	return -1
}

// verbBetween reports whether a finite verb or participle stands between two words
// that a parser made one phrase: "Brennian jets pounded tanks". "Brennian-led forces"
// are one.
func (r *reading) verbBetween(from, to int) bool {
	tokens := r.s.Tokens
	for i := from; i < to; i++ {
		if tokens[i].UPOS != "VERB" || i > 0 && tokens[i-1].Text == "-" {
			continue
		}
		switch tokens[i].XPOS {
		case "VBD", "VBN", "VBZ", "VBP":
			return true
		}
	}
	return false
}

// addRole makes a mention of a role phrase with the countries and bodies that
// modify it: "Pakistani officials", "the president of France", "Delhi police",
// "the foreign ministers of Corva and Brennia".
// Who the role belongs to is known already where the sentence takes it up from
// elsewhere ("its ambassador", "the two governments").
func (r *reading) addRole(role *roleHit, whose []dyad.Entity, why string) {
	tokens := r.s.Tokens
	mention := dyad.Mention{Sentence: r.number, First: role.first, Last: role.last, Head: role.head, How: dyad.MentionRole,
		Plural: tokens[role.head].XPOS == "NNS" || tokens[role.head].XPOS == "NNPS" || role.entry.number == codebook.NumberPeople}
	note := "country told beside the role"
	var owners []int
	if whose == nil {
		owners = r.ownersOf(role)
	}
	for _, e := range whose {
		mention.Entities = appendEntity(mention.Entities, dyad.Entity{Code: e.Code, Sector: role.entry.sector})
		note = why
	}
	for _, n := range owners {
		hit := &r.names[n]
		if role.entry.sector == "IGO" && hit.kind != nameAdj && stateLike(hit) {
			continue // peacekeepers in Corva are not Corva's
		}
		if role.entry.sector == "UAF" && hit.kind != nameAdj && caseOf(tokens, hit.head) == "in" {
			continue // gunmen in Corva may be anyone's
		}
		e := r.lend(hit, role)
		mention.Entities = appendEntity(mention.Entities, e)
		// A modifier that touches the phrase becomes part of it; one that is a
		// noun of its own ("of France") stays a place of the story, no actor.
		hit.used = true
		if hit.first < mention.First {
			mention.First = hit.first
		}
		if hit.last > mention.Last && hit.last < mention.Last+4 {
			mention.Last = hit.last
		}
	}
	if len(mention.Entities) == 0 {
		if inner := r.innerRole(role); inner >= 0 {
			for _, e := range r.roleEntities(&r.roles[inner]) {
				if !vagueRoles[role.entry.words[len(role.entry.words)-1]] {
					e.Sector = role.entry.sector
				}
				mention.Entities = appendEntity(mention.Entities, dyad.Entity{Code: e.Code, Sector: e.Sector})
				note = "country of the body that the role is in"
			}
		}
	}
	if len(mention.Entities) == 0 {
		if m := r.sameWord(role.first, role.head); m != nil {
			mention.Entities = []dyad.Entity{{Code: m.Entities[0].Code, Sector: role.entry.sector}}
			if c := m.Entities[0].Code; len(c) != 3 || c == "IGO" || c == "NGO" || c == "IMG" {
				mention.Entities[0].Sector = m.Entities[0].Sector
			}
			note = "taken up from “" + m.Entities[0].Text + "”"
		}
	}
	if len(mention.Entities) == 0 {
		code, why := r.defaultCountry(role)
		note = why
		sector := role.entry.sector
		if role.former {
			sector = "ELI"
		}
		mention.Entities = []dyad.Entity{{Code: code, Sector: sector}}
	}
	if r.sails(role) {
		for i := range mention.Entities {
			mention.Entities[i].Sector = "CVL"
		}
	}
	if f := mention.First; role.former && f > 0 && formerWord(lower(r.s.Tokens[f-1].Text)) {
		mention.First--
	}
	for i := range mention.Entities {
		e := &mention.Entities[i]
		e.Text = spanText(r.s, mention.First, mention.Last)
		if e.Sector == e.Code {
			e.Sector = "" // the code of a world body says it all
		}
		if !role.former && e.Identifier == "" && e.Code != "" {
			r.nameHolder(e, role)
		}
	}
	mention.Reason = dyad.Reason{Stage: "actor", Rule: "role " + role.entry.name, Note: note}
	r.m.rememberRole(r, &mention)
	r.add(mention)
}

// nameHolder names the holder of an office that a role phrase means: "the Iranian
// president" in April 2024 is Ebrahim Raisi.
func (r *reading) nameHolder(e *dyad.Entity, role *roleHit) {
	office := role.entry.name
	if a, ok := r.f.holderOf(e.Code, office, r.m.date); ok {
		e.Identifier, e.Name, e.Office = r.f.actors[a].ID, r.f.actors[a].Name, office
	}
}

// lend gives the entity of a role with a name beside it. A country lends its
// code, a group, organisation or body its code and for vague roles its sector.
func (r *reading) lend(hit *nameHit, role *roleHit) dyad.Entity {
	e := dyad.Entity{Code: hit.entity.Code, Sector: role.entry.sector}
	if e.Sector == "JUD" && hit.kind == nameCapital && strings.HasSuffix(hit.entity.Text, "Hague") {
		e.Code = "IGO" // the courts that the news knows at The Hague are those of nations
		return e
	}
	head := role.entry.words[len(role.entry.words)-1]
	switch hit.actorKind {
	case codebook.KindState, codebook.KindTerritory, "place":
	case codebook.KindPerson:
		if hit.entity.Sector != "" && (vagueRoles[head] || role.entry.sector == "GOV") {
			e.Sector = hit.entity.Sector
		}
	default:
		if vagueRoles[head] && hit.entity.Sector != "" || hit.entity.Code == "IGO" || hit.entity.Code == "NGO" || hit.entity.Code == "IMG" || hit.entity.Code == "MNC" {
			e = hit.entity
			if s := role.entry.sector; e.Sector == "" && (s == "MIL" || s == "JUD" || s == "COP") {
				e.Sector = s
			}
		}
	}
	if role.former {
		e.Sector = "ELI"
	}
	return e
}

// ownersOf finds the names that say whose a role is.
func (r *reading) ownersOf(role *roleHit) []int {
	tokens := r.s.Tokens
	var owners []int
	from, to := r.namesNear(role)
	for i := from; i < to; i++ {
		hit := &r.names[i]
		if hit.used || hit.kind == namePeople && hit.last != role.first || hit.ofUnion() && !officialSector(role.entry.sector) {
			continue
		}
		if hit.last+1 < role.first && tokens[hit.last].Text != "'s" && r.verbBetween(hit.last+1, role.first) {
			continue
		}
		if hit.last == role.first && !hit.person || r.ownsByTree(hit, role) || r.flagged(hit, role) {
			if len(owners) > 0 && hit.first >= role.last && caseOf(tokens, hit.head) != "of" {
				continue // "Brennian troops in Corva" are Brennia's alone
			}
			if r.posted(role) && hit.first >= role.last && caseOf(tokens, hit.head) != "of" && (caseOf(tokens, hit.head) != "from" || r.possessed(role)) {
				continue // the embassy in Damascus is not Syria's, nor "its ambassador from Iran" Iran's
			}
			owners = append(owners, i)
			continue
		}
		if r.joinedBefore(hit, role) {
			owners = append(owners, i)
			continue
		}
		// "Iranian and Pakistani officials": a conjunct of an owner owns too.
		if len(owners) > 0 && baseRel(tokens[hit.head].Rel) == "conj" {
			if r.joinedToOne(hit, owners) {
				owners = append(owners, i)
			}
		}
	}
	return owners
}

// ofUnion reports whether a hit is an organisation's adjective: "European".
func (h *nameHit) ofUnion() bool {
	return h.kind == nameAdj && h.actorKind == codebook.KindOrganisation
}

// officialSector reports whether those who act for a union of countries are of a
// sector: "European ministers" act for the Union, "European tourists" do not.
func officialSector(sector string) bool {
	switch sector {
	case "GOV", "MIL", "JUD", "LEG", "IGO":
		return true
	}
	return false
}

// reach is how far, in tokens, words of one phrase stand apart; it bounds the
// work on sentences without end.
const reach = 64

// namesNear gives the range of names that stand near enough to a role to be its
// own. The names are in the order of their first token.
func (r *reading) namesNear(role *roleHit) (from, to int) {
	from = sort.Search(len(r.names), func(i int) bool { return r.names[i].first >= role.first-reach })
	to = sort.Search(len(r.names), func(i int) bool { return r.names[i].first > role.last+reach })
	return from, to
}

// posted reports whether a role is one that serves abroad.
func (r *reading) posted(role *roleHit) bool {
	switch role.entry.words[len(role.entry.words)-1] {
	case "embassy", "consulate", "ambassador", "consul", "envoy", "diplomat", "attache", "mission", "commissioner", "emissary":
		return true
	}
	return false
}

// joinedBefore finds the first of two adjectives where the tree joins it to the
// whole phrase: "Corvan and Brennian officials".
func (r *reading) joinedBefore(hit *nameHit, role *roleHit) bool {
	tokens := r.s.Tokens
	if hit.kind != nameAdj && hit.kind != namePeople || hit.last+2 > role.first || tokens[hit.last].UPOS != "CCONJ" {
		return false
	}
	from, to := r.namesNear(role)
	for i := from; i < to; i++ {
		if next := &r.names[i]; next.first == hit.last+1 && next.last == role.first && next.kind == nameAdj {
			return true
		}
	}
	return false
}

// possessed says whether a possessive pronoun stands before a role: "its ambassador".
func (r *reading) possessed(role *roleHit) bool {
	return role.first > 0 && r.s.Tokens[role.first-1].Rel == "nmod:poss" && r.s.Tokens[role.first-1].UPOS == "PRON"
}

func (r *reading) ownsByTree(hit *nameHit, role *roleHit) bool {
	t := &r.s.Tokens[hit.head]
	if t.Head < role.first || t.Head >= role.last {
		if h := &r.s.Tokens[role.head]; baseRel(h.Rel) == "compound" && h.Head >= 0 && t.Head == h.Head && baseRel(t.Rel) == "nmod" {
			c := caseOf(r.s.Tokens, hit.head)
			return !hit.person && (c == "from" || c == "of") // "coast guard vessels from Corvagrad"
		}
		// "Iranian and Pakistani officials" parsed with the conjunct first.
		if baseRel(t.Rel) == "conj" && hit.kind == nameAdj && t.Head >= 0 {
			return hit.last <= role.first && role.first-hit.last < 2
		}
		return false
	}
	switch baseRel(t.Rel) {
	case "amod", "compound", "flat", "det":
		return true
	case "nmod":
		if t.Rel == "nmod:poss" {
			return !hit.person || role.entry.number != codebook.NumberPerson || vagueRoles[role.entry.words[len(role.entry.words)-1]]
		}
		switch caseOf(r.s.Tokens, hit.head) {
		case "of", "in", "from", "at", "for", "":
			return !hit.person
		case "to":
			return false
		}
	case "appos":
		return false
	}
	return false
}

// addNames turns the names that no role took into mentions.
func (r *reading) addNames() {
	for i := range r.names {
		hit := &r.names[i]
		if hit.used || hit.ofUnion() {
			continue
		}
		if newsMedia[hit.entity.Name] {
			if onlyCarries(r.s.Tokens, hit.first, hit.last, hit.head) {
				continue
			}
			hit.entity.Sector = "JRN"
		}
		m := dyad.Mention{Sentence: r.number, First: hit.first, Last: hit.last, Head: hit.head, How: dyad.MentionNamed,
			Entities: []dyad.Entity{hit.entity}, Plural: hit.kind == namePeople,
			Reason: dyad.Reason{Stage: "actor", Rule: hit.rule, Note: "named"}}
		r.judgePlace(hit, &m)
		r.add(m)
		r.m.rememberName(hit, &m)
	}
}

func appendEntity(entities []dyad.Entity, e dyad.Entity) []dyad.Entity {
	for i := range entities {
		if entities[i].Code == e.Code && entities[i].Sector == e.Sector && entities[i].Identifier == e.Identifier {
			return entities
		}
	}
	return append(entities, e)
}
