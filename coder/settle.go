package coder

// settle decides which matches stand: what one rule used as a word of its
// pattern is not told again by another. "Launched an attack" is one event, and
// so is "condemned a raid by Brennia".
func (r *reading) settle() {
	for a := range r.matches {
		for b := range r.matches {
			x, y := &r.matches[a], &r.matches[b]
			if a == b || x.dismissed || !x.uses(y.token) && !(x.names(y.token) && y.target.empty()) && !r.carries(x, y) {
				continue
			}
			if y.uses(x.token) && (y.better(x) && !x.better(y) || y.words == x.words && a > b) {
				continue
			}
			y.out = true
		}
	}
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
