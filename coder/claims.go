package coder

import (
	"strings"

	"github.com/opendyad/dyad"
)

// A standing is what a sentence says of the relation of a pair.
type standing struct {
	at               *signal // what it was read from
	state, direction string
	historical       bool
	note             string
	pairs            [][]dyad.Entity
}

// claims reads what is said of the relation of a pair: by a noun for it with words
// for how it is or moves ("relations are strained"), by a noun for one side ("the
// closest ally of Corva"), or by what they do ("fell out with Corva").
func (r *reading) claims(signals []signal, records []dyad.Record) []dyad.Record {
	var told []standing
	for i := range signals {
		s := &signals[i]
		switch s.kind {
		case "bond", "counterpart":
			if r.inName(s.token) || s.token == s.last && !r.tree.isNoun(s.token) && r.tree.tokens[s.token].UPOS != "ADV" {
				continue // "ally" is taken for an adverb now and then
			}
			told = r.bond(s, signals, told)
		case "footing":
			told = r.footing(s, told)
		case "position":
			told = r.mutual(s, told)
		}
	}
	seen := map[string]bool{}
	for i := range told {
		st := &told[i]
		for _, pair := range st.pairs {
			key := pair[0].Code + pair[1].Code + st.state
			if pair[1].Code < pair[0].Code {
				key = pair[1].Code + pair[0].Code + st.state
			}
			if seen[key] {
				continue
			}
			seen[key] = true
			record := r.statement(dyad.KindClaim, st.at, st.note)
			if st.historical {
				record.Aux = []string{dyad.AuxHistorical}
			}
			record.Claim = &dyad.Claim{Pair: pair, State: st.state, Direction: st.direction}
			record.ID = r.identify(&record, st.state+st.direction+pair[0].Code+pair[1].Code)
			records = append(records, record)
		}
	}
	return records
}

// nearest gives the signal of a kind that hangs together most closely with a
// token, nil where none is near.
func (r *reading) nearest(n int, kind string, signals []signal) *signal {
	var best *signal
	least := maxClaimDistance + 1
	for i := range signals {
		s := &signals[i]
		if s.kind != kind || s.token == n || kind == "state" && (r.isComparative(s.token) || r.denied(s.token) || r.wasOnce(s.token)) {
			continue
		}
		if kind == "direction" && s.token == s.last && r.tree.isAttribute(s.token) || kind == "state" && r.hasMoved(s.token) {
			continue
		}
		if kind == "state" && s.token+1 < len(r.tree.tokens) && lower(r.tree.tokens[s.token].Text) == "close" && lower(r.tree.tokens[s.token+1].Text) == "to" {
			continue // "close to snapping"
		}
		d := min(r.tree.distance(n, s.token), r.tree.distance(n, s.last))
		if s.value == "steady" && d > 2 {
			continue
		}
		if best != nil && best.value == "steady" && s.value != "steady" && d <= maxClaimDistance || d < least && (best == nil || s.value != "steady") {
			best, least = s, d
		}
	}
	return best
}

// isAttribute says whether a word only describes a noun and tells no movement: "warm
// ties", "deeper cooperation", but not "worsening ties".
func (t *tree) isAttribute(n int) bool {
	return t.base(n) == "amod" && t.tokens[n].XPOS != "VBG"
}

// hasMoved says whether a word tells a movement and not how things are: "has cooled".
func (r *reading) hasMoved(n int) bool {
	c := r.tree.childBase(n, "aux")
	return r.tree.tokens[n].UPOS == "VERB" && c >= 0 && r.tree.is(c, "have") && !r.tree.isPassive(n)
}

// maxClaimDistance is how many steps in the tree may lie between a noun for a
// relation and what is said of it: "ties … are a long way from normal".
const maxClaimDistance = 5

// distance counts the steps between two tokens of a tree.
func (t *tree) distance(a, b int) int {
	steps := 0
	for a != b && steps < 12 {
		if t.depth[a] >= t.depth[b] {
			a = t.head(a)
		} else {
			b = t.head(b)
		}
		if a < 0 || b < 0 {
			return 12
		}
		steps++
	}
	return steps
}

// wasOnce says whether a word tells how things once were: "a once close relationship".
func (r *reading) wasOnce(n int) bool {
	if n == 0 {
		return false
	}
	switch lower(r.tree.tokens[n-1].Text) {
	case "once", "formerly", "previously", "hitherto", "erstwhile":
		return true
	}
	return false
}

// isComparative reports "warmer" and "more cordial", which tell a movement and not
// how things are.
func (r *reading) isComparative(n int) bool {
	x := r.tree.tokens[n].XPOS
	return x == "JJR" || x == "RBR"
}

// denied says whether what a word tells is denied: "are not friends".
func (r *reading) denied(n int) bool {
	t := &r.tree
	if r.negated(n) {
		return true
	}
	h := t.head(n)
	return h >= 0 && (t.base(n) == "xcomp" || t.base(n) == "acl") && r.negated(h)
}

// bond adds what is said with a noun for a relation.
func (r *reading) bond(s *signal, signals []signal, told []standing) []standing {
	state, direction := r.nearest(s.token, "state", signals), r.nearest(s.token, "direction", signals)
	if direction != nil && (!r.moves(s, direction, state) || s.kind == "counterpart" && r.tree.distance(s.token, direction.token) > 2) {
		direction = nil
	}
	if s.value == "" && state == nil && direction == nil || r.denied(s.token) {
		return told
	}
	if direction != nil && state != nil && direction.token == state.token && r.isStill(state.token) {
		direction = nil // "are strained" tells no movement
	}
	st := standing{at: s, note: "a word for a relation"}
	st.state, st.direction, _ = strings.Cut(s.value, " ")
	if s.kind == "counterpart" && s.value == "" && state == nil {
		return told // "neighbours" tells nothing, "good neighbours" does
	}
	if c := r.tree.child(s.token, "compound"); s.kind == "counterpart" && c >= 0 && r.tree.inside[c] < 0 && !isOfStates(r.tree.tokens[c].Lemma) {
		return told // "a business partner"
	}
	if s.kind == "counterpart" {
		st.note = "a word for one side of a relation"
		st.pairs = r.counterparts(s.token)
	} else {
		st.pairs = r.pairsOf(s.token)
	}
	if len(st.pairs) == 0 {
		return told
	}
	if direction != nil {
		way, implied, _ := strings.Cut(direction.value, " ")
		st.direction = way
		if st.state == "" || way == dyad.DirectionMending && implied == dyad.StateStrained && isGood(st.state) && s.kind == "bond" {
			st.state = implied
		}
		st.note += ", “" + strings.Join(direction.words, " ") + "” for how it moves"
	}
	if state != nil && (s.value == "" || s.kind == "bond" || !isGood(s.value)) {
		st.state = state.value
		st.note += ", “" + strings.Join(state.words, " ") + "” for how it is"
	}
	if st.state == "" {
		st.state = dyad.StateNormal
	}
	if isGood(st.state) && r.hardly(s.token) {
		st.state = dyad.StateStrained
	}
	st.historical = r.isPast(s.token)
	if s.kind == "bond" && isGood(s.value) && !r.hardly(s.token) && st.state == dyad.StateStrained && st.direction == "" {
		st.direction = dyad.DirectionWorsening // "a friendship is badly frayed"
	}
	if st.direction == dyad.DirectionWorsening && (isGood(st.state) || isGood(s.value)) {
		if isGood(s.value) {
			// "A friendship of ten years has collapsed": it was, and is no more.
			before := st
			before.state, before.direction, before.historical = s.value, "", true
			told = append(told, before)
		}
		if isGood(st.state) {
			st.state = dyad.StateStrained
		}
	}
	return append(told, st)
}

// isStill says whether a participle tells how things are: "is frayed", not "have
// frayed".
func (r *reading) isStill(n int) bool {
	t := &r.tree
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if b := t.base(int(c)); (b == "cop" || b == "aux") && t.is(int(c), "be") {
			return t.tokens[n].XPOS != "VBG"
		}
	}
	return false
}

func isGood(state string) bool {
	return state == dyad.StateClose || state == dyad.StateCooperative || state == dyad.StateNormal
}

// isOfStates says whether partners or rivals in a thing are states: "trading partners".
func isOfStates(lemma string) bool {
	switch lower(lemma) {
	case "trade", "trading", "treaty", "coalition", "defence", "defense", "alliance", "dialogue", "peace", "security", "cooperation", "development", "regional", "arch", "gulf":
		return true
	}
	return false
}

// hardly says whether what comes before a word takes back what is good: "hardly on
// the best of terms".
func (r *reading) hardly(n int) bool {
	for i := n - 1; i >= 0 && i > n-6; i-- {
		switch lower(r.tree.tokens[i].Text) {
		case "hardly", "scarcely", "barely":
			return true
		}
	}
	return false
}

// moves says whether a word for how relations move tells that they do. Plans to
// deepen them say nothing of how they are, unless another word does.
func (r *reading) moves(bond, direction, state *signal) bool {
	way, implied, _ := strings.Cut(direction.value, " ")
	if implied == dyad.StateStrained && (state != nil || way == dyad.DirectionMending) || implied == "" {
		return true
	}
	t := &r.tree
	if bond.value != "" && t.distance(bond.token, direction.token) > 2 {
		return false
	}
	if x := t.tokens[direction.token].XPOS; t.base(direction.token) == "amod" || x == "VB" || x == "VBG" && t.childBase(direction.token, "aux") < 0 {
		return false // "enhanced cooperation", "by strengthening ties"
	}
	st := r.statusOf(direction.token)
	return !st.future && !st.hypothetical && !st.negation && !st.obligation
}

// isPast says whether a sentence tells how relations were: "a history of …",
// "until lately", "had been".
func (r *reading) isPast(n int) bool {
	t := &r.tree
	if r.statusOf(n).historical {
		return true
	}
	for i := range t.tokens {
		for _, key := range [2]string{lower(t.tokens[i].Lemma), lower(t.tokens[i].Text)} {
			cues := r.c.cues[key]
			for k := range cues {
				if i+1 < len(t.tokens) && t.tokens[i+1].UPOS == "ADJ" && t.base(i+1) == "amod" {
					continue // "a once warm friendship" is one still
				}
				if c := &cues[k]; c.kind == "past" && t.cueEnds(i, c.words) >= 0 {
					return true
				}
			}
		}
	}
	return false
}

// footing adds what is said by what two sides do: "the two fell out", "Corva is at
// daggers drawn with Brennia".
func (r *reading) footing(s *signal, told []standing) []standing {
	st := standing{at: s, note: "what the two sides do", historical: r.isPast(s.token)}
	st.state, st.direction, _ = strings.Cut(s.value, " ")
	if isGood(st.state) && r.hardly(s.token) {
		st.state, st.direction = dyad.StateStrained, ""
	}
	st.pairs = r.pairsOf(s.token)
	if len(st.pairs) == 0 || r.isSupposed(s.token) {
		return told
	}
	return append(told, st)
}

// mutual adds what two feel about each other: "loathe one another".
func (r *reading) mutual(s *signal, told []standing) []standing {
	if !r.eachOther(s.last) || r.negated(s.token) || r.negated(r.tree.clauseRoot(s.token)) {
		return told
	}
	st := standing{at: s, note: "what two feel about each other", historical: r.isPast(s.token)}
	switch s.value {
	case dyad.StanceAgainst:
		st.state = dyad.StateHostile
	case dyad.StanceConcerned:
		st.state = dyad.StateStrained
	case dyad.StanceFor:
		st.state = dyad.StateCooperative
	default:
		return told
	}
	if st.pairs = r.pairsOf(s.token); len(st.pairs) == 0 {
		return told
	}
	return append(told, st)
}

// eachOther says whether "each other" or "one another" stands right after a token.
func (r *reading) eachOther(n int) bool {
	t := &r.tree
	for i := n + 1; i+1 < len(t.tokens) && i <= n+2; i++ {
		a, b := lower(t.tokens[i].Text), lower(t.tokens[i+1].Text)
		if a == "each" && b == "other" || a == "one" && b == "another" {
			return true
		}
	}
	return false
}
