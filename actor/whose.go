package actor

// defaultCountry gives a role word without a country one: the place that its own
// clause names, else the country the story is about. Unknown gunmen have none.
func (r *reading) defaultCountry(role *roleHit) (code, why string) {
	switch role.entry.sector {
	case "IGO", "NGO":
		return role.entry.sector, "a body of no one country"
	case "UAF", "UNK", "CRM", "MNC":
		return "", "no country told"
	}
	if code := r.placeOf(role); code != "" {
		return code, "the place named in the sentence"
	}
	if s := role.entry.sector; s == "REB" || s == "PRM" {
		if theatre := r.m.theatre(); theatre != "" {
			return theatre, "the country that the story is about"
		}
	}
	if r.m.home != "" {
		return r.m.home, "the country that the story is about"
	}
	from, to := r.namesNear(role)
	for i := from; i < to; i++ {
		if hit := &r.names[i]; !hit.person && stateLike(hit) && hit.entity.Code != "" {
			return hit.entity.Code, "the only country named near it"
		}
	}
	return "", "no country told"
}

// placeOf gives the country of the places that a role's clause, or a clause that it
// stands in, names; "" for none or several. In "police detained a deputy before he
// flew to a conference in Corva" the conference is not where it happened, nor is
// "the exiles in Corva" of a sentence on others.
func (r *reading) placeOf(role *roleHit) string {
	found := ""
	from, to := r.namesNear(role)
	for i := from; i < to; i++ {
		hit := &r.names[i]
		if hit.person || hit.entity.Code == "" || !stateLike(hit) || hit.used {
			continue
		}
		switch caseOf(r.s.Tokens, hit.head) {
		case "in", "at", "near", "across", "inside", "throughout", "outside", "around":
		default:
			continue
		}
		if !r.around(role.head, hit.head) {
			continue
		}
		if found != "" && found != hit.entity.Code {
			return ""
		}
		found = hit.entity.Code
	}
	return found
}

// around reports whether a place stands in the clause of a noun or in one above it.
func (r *reading) around(noun, place int) bool {
	v := r.verbAbove(place)
	if v < 0 {
		return true
	}
	for at, steps := r.verbAbove(noun), 0; at >= 0 && steps < reach; at, steps = r.verbAbove(at), steps+1 {
		if at == v {
			return true
		}
	}
	return false
}

// verbAbove gives the nearest verb that governs a token, -1 for none.
func (r *reading) verbAbove(token int) int {
	tokens := r.s.Tokens
	for steps := 0; steps < reach; steps++ {
		token = tokens[token].Head
		if token < 0 || token >= len(tokens) {
			return -1
		}
		if tokens[token].UPOS == "VERB" {
			return token
		}
	}
	return -1
}
