package actor

import (
	"sort"

	"github.com/opendyad/dyad"
)

// takeUpRoles gives their countries to the role phrases that take them from what
// was named before: "its ambassador", "their leaders", "the two governments".
func (r *reading) takeUpRoles() {
	for i := range r.roles {
		role := &r.roles[i]
		if role.used {
			continue
		}
		role.used = true
		if r.both(role) {
			role.first = r.pairStart(role.first)
			r.addRole(role, r.m.pairNow(r), "the pair named last")
			continue
		}
		if r.ofPair(role) {
			r.addRole(role, r.m.pairNow(r), "the pair named last")
			continue
		}
		owner := r.possessor(role)
		if owner < 0 {
			r.addRole(role, nil, "")
			continue
		}
		m := r.antecedent(owner, r.fitting(owner))
		if m == nil || !hasCountry(m.Entities) || mutual(role) {
			r.addRole(role, nil, "")
			continue
		}
		if owner == role.first-1 && !r.taken[owner] {
			r.taken[owner] = true
			role.first = owner
		}
		r.addRole(role, countriesIn(m.Entities), "“"+r.s.Tokens[owner].Text+"” taken as "+m.Entities[0].Text)
	}
}

// possessor gives the possessive pronoun of a role phrase, -1 for none or where a
// country stands beside it too: "his Brennian host".
func (r *reading) possessor(role *roleHit) int {
	tokens := r.s.Tokens
	for i := max(0, role.first-6); i < role.first; i++ {
		if tokens[i].UPOS != "PRON" || tokens[i].Rel != "nmod:poss" || tokens[i].Head < role.first || tokens[i].Head >= role.last {
			continue
		}
		if len(r.ownersOf(role)) > 0 {
			return -1
		}
		return i
	}
	return -1
}

// mutual reports whether a role is held by another than the one it is told of:
// "his counterpart" is of another country.
func mutual(role *roleHit) bool {
	switch role.entry.words[len(role.entry.words)-1] {
	case "counterpart", "neighbour", "neighbor", "ally", "rival", "enemy", "opponent", "critic", "captor", "kidnapper":
		return true
	}
	return false
}

// both reports whether a role phrase is told of the pair: "the two governments",
// "both armies". "The two soldiers" are only two.
func (r *reading) both(role *roleHit) bool {
	first := r.pairStart(role.first)
	if first == role.first || len(r.m.pairNow(r)) != 2 {
		return false
	}
	tokens := r.s.Tokens
	if x := tokens[role.last-1].XPOS; x != "NNS" && x != "NNPS" {
		return false
	}
	switch role.entry.words[len(role.entry.words)-1] {
	case "government", "minister", "president", "leader", "army", "military", "navy", "parliament", "delegation",
		"premier", "ministry", "administration", "force", "forces", "troops", "secretary", "ambassador", "envoy", "chief":
		return len(r.ownersOf(role)) == 0
	}
	return false
}

// ofPair reports whether a role phrase is followed by what means the pair: "the leaders
// of both countries", "the foreign ministers of the two states".
func (r *reading) ofPair(role *roleHit) bool {
	tokens := r.s.Tokens
	i := role.last
	if i+2 >= len(tokens) || lower(tokens[i].Text) != "of" || len(r.m.pairNow(r)) != 2 {
		return false
	}
	i++
	if w := lower(tokens[i].Text); w == "the" || w == "these" {
		i++
	} else if w != "both" {
		return false
	}
	for ; i < len(tokens) && i < role.last+5; i++ {
		switch lower(tokens[i].Text) {
		case "countries", "nations", "states", "sides", "neighbours", "neighbors":
			return lower(tokens[i-1].Text) != "the"
		case "two", "both", "neighbouring", "neighboring", "rival", "warring":
		default:
			return false
		}
	}
	return false
}

// pairStart goes left over "both" or "the two"; it stays where neither stands.
func (r *reading) pairStart(first int) int {
	tokens := r.s.Tokens
	if first > 0 && lower(tokens[first-1].Text) == "both" {
		return first - 1
	}
	if first > 1 && lower(tokens[first-1].Text) == "two" {
		switch lower(tokens[first-2].Text) {
		case "the", "these", "their":
			return first - 2
		}
	}
	return first
}

func hasCountry(entities []dyad.Entity) bool {
	for i := range entities {
		if entities[i].Code != "" {
			return true
		}
	}
	return false
}

// countriesIn gives the codes of some entities, each once and without a sector.
func countriesIn(entities []dyad.Entity) []dyad.Entity {
	var out []dyad.Entity
	for i := range entities {
		if c := entities[i].Code; c != "" && !hasCode(out, c) {
			out = append(out, dyad.Entity{Code: c})
		}
	}
	return out
}

// innerRole finds the body or person that a role serves: "a spokesman for the
// Pakistani foreign ministry", "the rebel group's leader"; -1 for none.
func (r *reading) innerRole(role *roleHit) int {
	tokens := r.s.Tokens
	from := sort.Search(len(r.roles), func(i int) bool { return r.roles[i].first >= role.first-reach })
	for i := from; i < len(r.roles) && r.roles[i].first <= role.last+reach; i++ {
		t := &tokens[r.roles[i].head]
		if t.Head < role.first || t.Head >= role.last || baseRel(t.Rel) != "nmod" {
			continue
		}
		if t.Rel == "nmod:poss" {
			return i
		}
		switch caseOf(tokens, r.roles[i].head) {
		case "of", "for", "from", "in", "at", "with":
			return i
		}
	}
	// "expelled three diplomats at the Brennian embassy", hung on the verb: a post
	// right after "at" or "of" is theirs all the same.
	if at := role.last; at < len(tokens) && (lower(tokens[at].Text) == "at" || lower(tokens[at].Text) == "of") {
		for i := from; i < len(r.roles) && r.roles[i].first <= at+4; i++ {
			if r.roles[i].first > at && r.posted(&r.roles[i]) {
				return i
			}
		}
	}
	return -1
}

// roleEntities gives who a role phrase is by what it says of itself.
func (r *reading) roleEntities(role *roleHit) []dyad.Entity {
	at := sort.Search(len(r.mentions), func(i int) bool { return r.mentions[i].Last > role.head })
	if at < len(r.mentions) && r.mentions[at].First <= role.head {
		if hasCountry(r.mentions[at].Entities) {
			return r.mentions[at].Entities
		}
		return nil
	}
	var entities []dyad.Entity
	for _, n := range r.ownersOf(role) {
		entities = append(entities, r.lend(&r.names[n], role))
	}
	return entities
}
