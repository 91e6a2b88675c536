package coder

// settle decides which matches stand: what one rule used as a word of its
// pattern is not told again by another. "Launched an attack" is one event, and
// so is "condemned a raid by Brennia". Of rules that use each other's words, two or
// more in a ring, the one that is ahead stands.
func (r *reading) settle() {
	n := len(r.matches)
	tells := make([][]int, n) // by match, those that it tells with its own words
	for a := range r.matches {
		for b := range r.matches {
			x, y := &r.matches[a], &r.matches[b]
			if a != b && (x.uses(y.token) || x.names(y.token) && y.target.empty() || r.carries(x, y)) {
				tells[a] = append(tells[a], b)
			}
		}
	}
	seen := make([]bool, n)
	for a := range tells {
		for _, b := range tells[a] {
			clear(seen)
			if !leadsTo(tells, b, a, seen) || r.ahead(a, b) {
				r.matches[b].out = true
			}
		}
	}
}

// leadsTo says whether a match tells another, itself or by way of others.
func leadsTo(tells [][]int, from, to int, seen []bool) bool {
	if from == to {
		return true
	}
	seen[from] = true
	for _, next := range tells[from] {
		if !seen[next] && leadsTo(tells, next, to, seen) {
			return true
		}
	}
	return false
}

// ahead says which of two matches stands where each tells the other: the one of more
// words, then the one with its sides known, then the earlier.
func (r *reading) ahead(a, b int) bool {
	x, y := &r.matches[a], &r.matches[b]
	switch {
	case x.words != y.words:
		return x.words > y.words
	case x.unknown != y.unknown:
		return y.unknown
	case x.slots != y.slots:
		return x.slots > y.slots
	}
	return a < b
}

func (m *match) uses(token int) bool {
	for _, u := range m.used {
		if int(u) == token {
			return true
		}
	}
	return false
}

// names says whether a token is the abstract noun in which a slot's actor was
// found: "outrage over Brennia's raid".
func (m *match) names(token int) bool {
	return m.source.inner >= 0 && m.source.token == token || m.target.inner >= 0 && m.target.token == token
}

// carries says whether a noun without a doer only names what another match does
// to the same target: "refused to lift the embargo on Corva".
func (r *reading) carries(x, y *match) bool {
	if !y.block.noun || !y.source.empty() || y.target.empty() || !overlap(x.target.mentions, y.target.mentions) {
		return false
	}
	v, _ := r.tree.governorOf(y.token)
	return v >= 0 && (v == x.token || x.uses(v))
}
