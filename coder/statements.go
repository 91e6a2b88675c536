package coder

import (
	"slices"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// Positions, expectations and claims about a relation are found by the codebook's
// cues (cues.go). What a cue governs, and who holds it, is read from the tree.

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
		who := r.whoIs(r.tree.subject(v))
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
