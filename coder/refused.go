package coder

// What the words of a rule do not mean where they stand: travel that brings goods, attacks
// made with words.

// carriesGoods says whether a verb of travel tells what is brought, or of forces that come,
// and no visit: "flew tents into Corva".
func (r *reading) carriesGoods() bool {
	m := &r.attempt
	if m.block.source.Event != "CONSULT" || m.block.source.Mode != "visit" || m.block.noun {
		return false
	}
	if s := m.source.token; s >= 0 {
		switch r.tree.lemmaOf(s) {
		case "troop", "troops", "soldier", "forces", "force", "marine", "contingent", "battalion", "paratrooper", "convoy", "tank":
			return true // "soldiers arrived in Corva" on no visit
		}
	}
	if len(m.trigger.particles) == 0 {
		return false
	}
	o := r.tree.child(m.token, "obj")
	return o >= 0 && r.tree.tokens[o].UPOS == "NOUN" && r.tree.mentionAt(o) < 0 && !r.tree.is(o, "visit") && !r.tree.is(o, "trip") && !r.tree.is(o, "plane")
}

// isOfWords says whether an attack is made with words, since it is on what only words can
// hurt: "an attack on the proceedings".
func (r *reading) isOfWords() bool {
	m := &r.attempt
	t := &r.tree
	if m.block.source.Event != "ASSAULT" || !m.block.noun || !t.is(m.token, "attack") && !t.is(m.token, "assault") {
		return false
	}
	for c := t.first[m.token]; c >= 0; c = t.next[c] {
		if t.base(int(c)) != "nmod" || !t.hasCase(int(c), "on") && !t.hasCase(int(c), "against") {
			continue
		}
		switch t.lemmaOf(int(c)) {
		case "policy", "proceeding", "proceedings", "record", "plan", "law", "bill", "reform", "proposal", "decision", "press", "media", "freedom",
			"democracy", "credibility", "character", "right", "rights", "independence", "value", "budget", "constitution", "judiciary", "truth", "report":
			return true
		}
	}
	return false
}
