package coder

// The noun that a relative clause is about.

// antecedent gives the noun that a relative clause describes. What kills is the attack and
// not whom it was made on, next to whom the clause stands: "an attack on the shrine that
// killed ten".
func (t *tree) antecedent(v int) int {
	n := t.head(v)
	if t.base(n) == "conj" && t.head(n) >= 0 && t.base(t.head(n)) == "nmod" {
		n = t.head(n) // "on the parliament and the shrine"
	}
	if t.base(n) != "nmod" || t.head(n) < 0 || t.head(n) > n || !isStrike(t.lemmaOf(t.head(n))) {
		return t.head(v)
	}
	switch lower(t.tokens[v].Lemma) {
	case "kill", "wound", "injure", "leave", "claim", "destroy", "displace", "cause", "damage", "maim", "kick", "take", "trigger", "spark":
		return t.head(n)
	}
	return t.head(v)
}

func (t *tree) lemmaOf(n int) string { return lower(t.tokens[n].Lemma) }

// isStrike reports whether a noun is an act of force that has a victim after "on".
func isStrike(lemma string) bool {
	switch lemma {
	case "attack", "assault", "bombing", "strike", "airstrike", "raid", "blast", "explosion", "shooting", "offensive", "shelling",
		"ambush", "bombardment", "incursion", "invasion", "stabbing", "crackdown", "siege":
		return true
	}
	return false
}
