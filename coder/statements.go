package coder

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// Positions, expectations and claims about a relation are found by the codebook's
// cues: a cue is some lemmas in a row, with at most two words between ("insists
// firmly on"). What the cue governs is read from the tree.

// A cue is a row of words that signals a statement.
type cue struct {
	words []string
	kind  string // "position", "expectation", "outcome", "bond", "state", "direction"
	value string // stance, "not", state, "mending strained"
	at    codebook.Position
}

// cueIndex finds cues by their first word, the longest first.
type cueIndex map[string][]cue

func compileCues(book *codebook.Codebook) cueIndex {
	index := cueIndex{}
	for i := range book.Cues {
		c := &book.Cues[i]
		switch c.Kind {
		case "position", "expectation", "outcome", "bond", "state", "direction":
		default:
			continue
		}
		for _, p := range c.Words {
			words := make([]string, len(p))
			for j, w := range p {
				words[j] = lower(w)
			}
			if len(words) > 0 {
				index[words[0]] = append(index[words[0]], cue{words, c.Kind, c.Value, c.At})
			}
		}
	}
	for w := range index {
		list := index[w]
		sort.SliceStable(list, func(a, b int) bool { return len(list[a].words) > len(list[b].words) })
	}
	return index
}

// A signal is a cue found in a sentence.
type signal struct {
	*cue
	token int // of its first word
	last  int // of its last word
}

// signals finds the cues of a sentence: for each token and kind the longest.
func (r *reading) signals() []signal {
	var found []signal
	t := &r.tree
	for i := range t.tokens {
		var have [6]string
		n := 0
		for _, key := range [2]string{lower(t.tokens[i].Lemma), lower(t.tokens[i].Text)} {
			for k := range r.c.cues[key] {
				c := &r.c.cues[key][k]
				if slices.Contains(have[:n], c.kind+c.value) {
					continue
				}
				if last := t.cueEnds(i, c.words); last >= 0 && n < len(have) {
					found = append(found, signal{c, i, last})
					have[n] = c.kind + c.value
					n++
				}
			}
			if t.tokens[i].Lemma == t.tokens[i].Text {
				break
			}
		}
	}
	return found
}

// cueEnds gives the token at which a cue that begins at i ends, -1 if it does not
// stand there.
func (t *tree) cueEnds(i int, words []string) int {
	at := i
	for _, w := range words[1:] {
		found := -1
		for j := at + 1; j < len(t.tokens) && j <= at+3; j++ {
			if lower(t.tokens[j].Text) == w || lower(t.tokens[j].Lemma) == w {
				found = j
				break
			}
		}
		if found < 0 {
			return -1
		}
		at = found
	}
	return at
}

// statements adds the positions, expectations and claims of a sentence.
func (r *reading) statements(records []dyad.Record) []dyad.Record {
	if r.onlyEvents {
		return records
	}
	signals := r.signals()
	records = r.positions(signals, records)
	records = r.expectations(signals, records)
	records = r.claims(signals, records)
	return r.facts(records)
}

// holder finds whose a predicate is: its subject where that is an actor or holds
// one ("Iran's stance"), else nobody.
func (r *reading) holder(v int) []dyad.Entity {
	t := &r.tree
	var f filling
	if who := r.fronted(); len(who) > 0 {
		return who
	}
	for steps := 0; v >= 0 && steps < 4; steps++ {
		if c := t.surface(v); c.token >= 0 && r.resolve(c, &anySlot, &f) {
			return r.entities(&f)
		}
		if m := t.possessor(v); m >= 0 && r.resolve(candidate{m, howSubject}, &anySlot, &f) {
			return r.entities(&f)
		}
		v = t.head(v)
	}
	return nil
}

// fronted finds whom a sentence is about from the start: "For Pakistan, the visit
// presents an opportunity to …" tells what Pakistan seeks.
func (r *reading) fronted() []dyad.Entity {
	t := &r.tree
	if len(t.tokens) == 0 || lower(t.tokens[0].Text) != "for" {
		return nil
	}
	for i := range t.mentions {
		if m := &t.mentions[i]; m.First <= 2 && m.Last < len(t.tokens) && t.tokens[m.Last].Text == "," {
			return m.Entities
		}
	}
	return nil
}

// possessor finds the possessor of a noun: "Iran's commitment to peace".
func (t *tree) possessor(n int) int {
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if rel := t.tokens[c].Rel; rel == "nmod:poss" || rel == "amod" && t.at[c] >= 0 {
			return int(c)
		}
	}
	return -1
}

// clause gives the words of a predicate with all that hangs on it.
func (r *reading) clause(v int) string {
	t := &r.tree
	first, last := v, int(t.end[v])
	for c := t.first[v]; c >= 0; c = t.next[c] {
		if int(c) < first {
			first = t.leftEdge(int(c))
		}
	}
	for last > first && t.tokens[last-1].UPOS == "PUNCT" {
		last--
	}
	for first < v && (t.tokens[first].UPOS == "PUNCT" || t.tokens[first].UPOS == "CCONJ") {
		first++
	}
	if last <= first {
		last = first + 1
	}
	s := t.s
	from, to := t.tokens[first].Start-s.Start, t.tokens[last-1].End-s.Start
	if from < 0 || to > len(s.Text) || from >= to {
		return ""
	}
	return s.Text[from:to]
}

// leftEdge is the first token of a subtree.
func (t *tree) leftEdge(n int) int {
	edge := n
	for steps := 0; steps < len(t.tokens); steps++ {
		c := t.first[n]
		if c < 0 || int(c) >= n {
			return edge
		}
		n = int(c)
		edge = min(edge, n)
	}
	return edge
}

// issueNames gives the ids of the issues that a sentence speaks of, or else those
// of the story so far ("the matter", "the dispute").
func (r *reading) issueNames() []string {
	var names []string
	for _, i := range r.issuesOf() {
		names = append(names, r.c.cb.Issues[i].ID)
	}
	if len(names) > 0 {
		r.lastIssues = names
		return names
	}
	return r.lastIssues
}

// statement begins a record of a cue.
func (r *reading) statement(kind dyad.Kind, s *signal, note string) dyad.Record {
	record := r.record(kind, s.token)
	record.Evidence.Trigger.End = r.tree.tokens[s.last].End
	record.Confidence = 0.6
	record.Issues = r.issueNames()
	record.Reasons = []dyad.Reason{{Stage: "coder", Rule: placeOf(s.at), Note: "“" + strings.Join(s.words, " ") + "”: " + note}}
	return record
}

// placeOf writes where a cue stands: "cues-statements.txt:12".
func placeOf(at codebook.Position) string {
	if at.Line == 0 {
		return at.File
	}
	return at.File + ":" + strconv.Itoa(at.Line)
}

// positions reads who holds what on an issue.
func (r *reading) positions(signals []signal, records []dyad.Record) []dyad.Record {
	t := &r.tree
	told := map[string]bool{} // one record a stance: its clause holds what else is said
	for i := range signals {
		s := &signals[i]
		if s.kind != "position" {
			continue
		}
		if s.last == s.token && t.tokens[s.token].UPOS == "ADP" && t.child(s.token, "nsubj") < 0 && !t.isPredicative(s.token) {
			continue // "against a backdrop of …" is no stance, "is against it" is
		}
		who := r.holder(s.token)
		if len(who) == 0 || told[s.value] {
			continue
		}
		told[s.value] = true
		stance := s.value
		if r.negated(s.token) {
			switch stance {
			case dyad.StanceFor, dyad.StanceCallsFor:
				stance = dyad.StanceAgainst
			case dyad.StanceAgainst:
				stance = dyad.StanceFor
			}
		}
		record := r.statement(dyad.KindPosition, s, "a cue of the stance "+s.value)
		p := &dyad.Position{Holder: who, Stance: stance, Content: r.clause(s.token)}
		if len(record.Issues) > 0 {
			p.Issue = record.Issues[0]
		}
		for c := t.first[s.token]; c >= 0; c = t.next[c] {
			if m := t.at[c]; m >= 0 && (t.base(int(c)) == "obj" || t.base(int(c)) == "obl") && !t.mentions[m].Place {
				p.Toward = append(p.Toward, t.mentions[m].Entities...)
			}
		}
		record.Position = p
		record.ID = r.identify(&record, stance+p.Content)
		records = append(records, record)
	}
	return records
}

// isPredicative reports a preposition whose noun is what a copula says of its
// subject: "Algeria, which is against any intervention".
func (t *tree) isPredicative(n int) bool {
	h := t.head(n)
	return h >= 0 && t.child(h, "cop") >= 0
}

// negated reports whether a predicate is denied: "does not support".
func (r *reading) negated(v int) bool {
	t := &r.tree
	for c := t.first[v]; c >= 0; c = t.next[c] {
		switch lower(t.tokens[c].Text) {
		case "not", "n't", "n’t", "never", "neither", "no", "nor":
			return true
		}
	}
	return false
}

// claims reads what is said of the relation of a pair.
func (r *reading) claims(signals []signal, records []dyad.Record) []dyad.Record {
	var bond, state, direction *signal
	for i := range signals {
		s := &signals[i]
		switch s.kind {
		case "bond":
			if r.tree.inside[s.token] >= 0 {
				continue // "the Shanghai Cooperation Organisation"
			}
			if bond == nil || bond.value == "" && s.value != "" {
				bond = s
			}
		case "state":
			if s.token+1 < len(r.tree.tokens) && lower(r.tree.tokens[s.token].Text) == "close" && lower(r.tree.tokens[s.token+1].Text) == "to" {
				continue // "close to snapping"
			}
			if state == nil {
				state = s
			}
		case "direction":
			if direction == nil || direction.value == "steady" {
				direction = s
			}
		}
	}
	if bond == nil {
		if state == nil || direction == nil || direction.value == "steady" {
			return records
		}
		bond = state
	}
	if bond.value == "" && state == nil && direction == nil {
		return records
	}
	pair := r.pair(bond.token)
	if len(pair) != 2 {
		return records
	}
	c := &dyad.Claim{Pair: pair}
	note := "a word for a relation"
	if direction != nil {
		way, implied, _ := strings.Cut(direction.value, " ")
		c.Direction, c.State = way, implied
		note += ", “" + strings.Join(direction.words, " ") + "” for how it moves"
	}
	if bond.kind == "bond" && bond.value != "" {
		c.State = bond.value
	}
	if state != nil {
		c.State = state.value
		note += ", “" + strings.Join(state.words, " ") + "” for how it is"
	}
	if c.State == "" {
		c.State = dyad.StateNormal
	}
	if c.Direction == dyad.DirectionWorsening && (c.State == dyad.StateClose || c.State == dyad.StateCooperative || c.State == dyad.StateNormal) {
		c.State = dyad.StateStrained // "a friendship that looked unbreakable is badly frayed"
	}
	record := r.statement(dyad.KindClaim, bond, note)
	if st := r.statusOf(bond.token); st.historical || r.hasWord("history") {
		record.Aux = []string{dyad.AuxHistorical}
	}
	record.Claim = c
	record.ID = r.identify(&record, c.State+c.Direction)
	return append(records, record)
}

func (r *reading) hasWord(w string) bool {
	for i := range r.tree.tokens {
		if lower(r.tree.tokens[i].Lemma) == w {
			return true
		}
	}
	return false
}

// pair gives the two countries that a sentence about a relation means: those it
// names, completed by those that the story is mostly about. A single country that
// stands elsewhere in the sentence does not count: "a friendship is frayed, and only
// the Kremlin is glad".
func (r *reading) pair(bond int) []dyad.Entity {
	var pair []dyad.Entity
	add := func(e dyad.Entity) {
		if len(e.Code) != 3 || e.Code == "IGO" || e.Code == "NGO" || e.Code == "IMG" {
			return
		}
		for _, have := range pair {
			if have.Code == e.Code {
				return
			}
		}
		pair = append(pair, dyad.Entity{Code: e.Code, Text: e.Text, Identifier: e.Code})
	}
	for i := range r.tree.mentions {
		for _, e := range r.tree.mentions[i].Entities {
			add(e)
		}
	}
	if len(pair) > 2 {
		// Of several the story's own pair, where both are named.
		var own []dyad.Entity
		for _, e := range pair {
			for _, m := range r.main {
				if m.Code == e.Code {
					own = append(own, e)
				}
			}
		}
		if len(own) == 2 {
			return own
		}
		return pair[:2]
	}
	if len(pair) == 1 && len(r.main) == 2 && r.main[0].Code != pair[0].Code && r.main[1].Code != pair[0].Code && !r.namedUnder(bond) {
		return r.main
	}
	for _, e := range r.main {
		if len(pair) < 2 {
			add(e)
		}
	}
	return pair
}

// namedUnder reports whether an actor is named in what hangs on a token.
func (r *reading) namedUnder(n int) bool {
	first := r.tree.leftEdge(n)
	for i := range r.tree.mentions {
		if h := r.tree.mentions[i].Head; h >= first && h < int(r.tree.end[n]) {
			return true
		}
	}
	return false
}

// mainPair finds the two countries that a story names most.
func mainPair(mentions []dyad.Mention) []dyad.Entity {
	counts := map[string]int{}
	var order []string
	for i := range mentions {
		for _, e := range mentions[i].Entities {
			if len(e.Code) == 3 && e.Code != "IGO" && e.Code != "NGO" && e.Code != "IMG" {
				if counts[e.Code] == 0 {
					order = append(order, e.Code)
				}
				counts[e.Code]++
			}
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return counts[order[a]] > counts[order[b]] })
	var pair []dyad.Entity
	for _, code := range order[:min(2, len(order))] {
		pair = append(pair, dyad.Entity{Code: code, Identifier: code})
	}
	return pair
}

// facts reads claims that reference data can check: "Iran shares borders with
// both India and Pakistan". Each pair is judged by the codebook's borders.
func (r *reading) facts(records []dyad.Record) []dyad.Record {
	t := &r.tree
	for i := range t.tokens {
		if w := lower(t.tokens[i].Lemma); w != "border" && w != "frontier" {
			continue
		}
		v := t.head(i)
		if v < 0 || lower(t.tokens[v].Lemma) != "share" {
			continue
		}
		who := r.holder(v)
		for k := range t.mentions {
			m := &t.mentions[k]
			if m.First <= i || int(t.end[v]) < m.Last || len(who) == 0 {
				continue
			}
			for _, other := range m.Entities {
				if other.Code == who[0].Code || len(other.Code) != 3 {
					continue
				}
				record := r.record(dyad.KindClaim, i)
				record.Confidence = 0.8
				verdict, note := r.c.borderVerdict(who[0].Code, other.Code)
				record.Claim = &dyad.Claim{Pair: []dyad.Entity{who[0], other}, Fact: "border", Verdict: verdict}
				record.Reasons = []dyad.Reason{{Stage: "coder", Rule: "borders", Note: note}}
				record.ID = r.identify(&record, "border"+other.Code)
				records = append(records, record)
			}
		}
	}
	return records
}

// borderVerdict asks the codebook whether two states share a land border.
func (c *Coder) borderVerdict(a, b string) (verdict, note string) {
	for i := range c.cb.Actors {
		s := &c.cb.Actors[i]
		if s.ID != a || len(s.Borders) == 0 {
			continue
		}
		if slices.Contains(s.Borders, b) {
			return "supported", "the codebook lists " + b + " among the neighbours of " + a
		}
		return "contradicted", "the codebook does not list " + b + " among the neighbours of " + a
	}
	return "unchecked", "the codebook has no borders of " + a
}
