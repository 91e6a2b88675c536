package actor

// Words beside a role that say whose it is, or that it is no office.

// sails reports whether a captain is one of a ferry or a team and no soldier.
func (r *reading) sails(role *roleHit) bool {
	tokens := r.s.Tokens
	if w := role.entry.words[len(role.entry.words)-1]; w != "captain" && w != "skipper" && w != "pilot" {
		return false
	}
	civil := func(lemma string) bool {
		switch lemma {
		case "ferry", "boat", "trawler", "tanker", "vessel", "ship", "yacht", "freighter", "plane", "airliner", "team", "side", "club", "squad",
			"dinghy", "flight", "football", "cricket", "cup", "sea":
			return true
		}
		return false
	}
	if role.first > 0 && civil(lower(tokens[role.first-1].Lemma)) {
		return true
	}
	for i := role.last; i < len(tokens) && i < role.last+6; i++ {
		if tokens[i].Head == role.head && baseRel(tokens[i].Rel) == "nmod" && civil(lower(tokens[i].Lemma)) {
			return true
		}
	}
	return false
}

// flagged reports whether a name only says under whose flag or in whose hands the noun
// right after it is: "a Brennian-flagged tanker".
func (r *reading) flagged(hit *nameHit, role *roleHit) bool {
	tokens := r.s.Tokens
	if hit.last+2 != role.first || tokens[hit.last].Text != "-" {
		return false
	}
	switch lower(tokens[hit.last+1].Text) {
	case "flagged", "owned", "registered", "operated", "run", "led":
		return true
	}
	return false
}

// joinedToOne reports whether a name is joined to one of a role's owners: the third of
// "the presidents of Aldoria, Brennia and Corva" hangs on the first.
func (r *reading) joinedToOne(hit *nameHit, owners []int) bool {
	g := r.s.Tokens[hit.head].Head
	for _, o := range owners {
		if g >= r.names[o].first && g < r.names[o].last {
			return true
		}
	}
	return false
}
