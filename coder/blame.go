package coder

import "github.com/opendyad/dyad/codebook"

// Who condemns an attack blames whoever did it. "On Brennia", "in Brennia" and "of
// Brennian soldiers" name the sufferers; "by Corva", "Corva's" and "the Corvan attack"
// name the doer.

// blameDoer corrects the target of an event of blame that is the sufferer of the deed
// that is blamed.
func (r *reading) blameDoer(m *match) {
	if m.block.source.Event != "ACCUSE" || m.block.source.Mode != "disapprove" || m.target.empty() {
		return
	}
	deed := r.sufferedDeed(m)
	if deed < 0 {
		return
	}
	m.target.clear()
	var places []candidate
	places = r.addDoers(deed, howBy, places)
	places = r.participleDoers(deed, places)
	places = r.addDoers(deed, howPossessor, places)
	places = r.addDoers(deed, howModifier, places)
	for _, c := range places {
		if k := r.tree.mentionAt(c.token); c.how == howModifier && k >= 0 && r.tree.mentions[k].Place {
			continue // "the Corvagrad bombing"
		}
		if r.resolve(c, &blamed, &m.target) && !overlap(m.source.mentions, m.target.mentions) {
			return
		}
		m.target.clear()
	}
}

// blamed is a place for the doer of what is condemned.
var blamed = element{kind: codebook.ElementTarget}

// sufferedDeed gives the noun of harm whose sufferer the target is, -1 for none.
func (r *reading) sufferedDeed(m *match) int {
	for _, n := range [2]int{m.target.inner, m.target.token} {
		if n < 0 {
			continue
		}
		if r.isHarm(n) && n != m.target.inner && m.target.inner >= 0 {
			continue
		}
		if deed := r.sufferedAt(n, m); deed >= 0 {
			return deed
		}
	}
	return -1
}

// sufferedAt climbs from a token to the noun of harm above it: "the attack on a base
// of the Brennian army".
func (r *reading) sufferedAt(n int, m *match) int {
	t := &r.tree
	for steps := 0; steps < 4; steps++ {
		head := t.head(n)
		if head < 0 {
			return -1
		}
		if head == m.token { // the parser hung "in Brennia" on the verb
			for _, u := range m.used {
				if r.isHarm(int(u)) && t.base(n) == "obl" && r.suffers(int(u), n) {
					return int(u)
				}
			}
			return -1
		}
		if r.isHarm(head) {
			if r.suffers(head, n) {
				return head
			}
			return -1
		}
		switch t.base(n) {
		case "nmod", "conj", "appos", "amod", "compound", "obl", "acl", "flat":
			n = head
		default:
			return -1
		}
	}
	return -1
}

// isHarm says whether a word is a noun of harm done: "attack", "killing", "coup".
func (r *reading) isHarm(n int) bool {
	t := &r.tree
	return t.isNoun(n) && (r.c.harm.has(t.lemma[n]) || r.c.harm.has(t.form[n]))
}

// suffers says whether what hangs on a noun of harm suffers it.
func (r *reading) suffers(deed, n int) bool {
	t := &r.tree
	switch t.base(n) {
	case "compound", "amod", "nmod", "obl":
	default:
		return false
	}
	told := false
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if t.base(int(c)) != "case" {
			continue
		}
		told = true
		switch lower(t.tokens[c].Text) {
		case "on", "upon", "against", "at", "near", "in", "inside", "across", "outside", "among", "within", "throughout":
			return true
		case "of":
			return r.c.undergone.has(t.lemma[deed]) || r.c.undergone.has(t.form[deed])
		}
	}
	k := t.mentionAt(n)
	return !told && t.rel(n) != "nmod:poss" && k >= 0 && t.mentions[k].Place // "the Corvagrad bombing"
}
