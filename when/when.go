// Package when dates records: it finds the date expressions of a sentence, works out
// which days they mean, and gives each record the one nearest to it in the tree.
package when

import (
	"fmt"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// historicalDays is how long before publication something must have happened to be
// history rather than news.
const historicalDays = 60

// Date gives every record that has none a date, and says on what it rests. Relative
// dates are resolved against the story's publication date; without one they stay
// unknown. What happened long before publication is marked historical, and an
// expectation gets the time by which it is due.
func Date(records []dyad.Record, doc dyad.Document) []dyad.Record {
	d := dater{doc: doc, published: publishedOn(doc), found: make(map[int][]expression)}
	for i := range records {
		d.date(&records[i])
	}
	return records
}

// A dater dates the records of one story.
type dater struct {
	doc       dyad.Document
	published dyad.Date
	found     map[int][]expression // by sentence, so that each is read once
}

// publishedOn is the story's date, or the one in full in its dateline: "GENEVA,
// 3 May 2023 (Outlet) --".
func publishedOn(doc dyad.Document) dyad.Date {
	if !doc.Story.Published.IsZero() || len(doc.Sentences) == 0 {
		return doc.Story.Published
	}
	s := &doc.Sentences[0]
	end := dateline(s)
	for _, e := range find(s) {
		if e.last <= end && e.form == formDay && e.stated() {
			return e.absolute().from
		}
	}
	return dyad.Date{}
}

func (d *dater) expressions(sentence int) []expression {
	if found, ok := d.found[sentence]; ok {
		return found
	}
	s := &d.doc.Sentences[sentence]
	found := find(s)
	if sentence == 0 {
		end := dateline(s)
		found = slices.DeleteFunc(found, func(e expression) bool { return e.last <= end })
	}
	d.found[sentence] = found
	return found
}

func (d *dater) date(r *dyad.Record) {
	n := r.Evidence.Sequence - 1
	if !r.Date.IsZero() {
		return
	}
	if n < 0 || n >= len(d.doc.Sentences) {
		d.undated(r, "the record names no sentence")
		return
	}
	s := &d.doc.Sentences[n]
	trigger := triggerToken(s, r.Evidence.Trigger)
	if r.Kind == dyad.KindExpectation && r.Expectation != nil {
		d.due(r, s, n, trigger)
		d.undated(r, "an expectation is dated by its story")
		return
	}
	e, ok := nearest(s, d.expressions(n), trigger)
	if !ok {
		if carried := d.carried(n, trigger, r); carried.IsZero() {
			d.undated(r, "no date in reach of the words")
		} else {
			r.Date, r.DateBasis = carried, dyad.BasisDerived
			reason(r, "carried", fmt.Sprintf("the sentence before tells of %s", carried))
		}
		return
	}
	if e.form == formLater {
		if e, ok = d.anchored(n, e, 3); !ok {
			d.undated(r, "no day told before to count from")
			return
		}
	}
	if e.form == formAfter {
		if e, ok = d.counted(n, e); !ok {
			d.undated(r, "no day in the sentence to count from")
			return
		}
	}
	e = d.moved(n, e, trigger)
	d.apply(r, s, e, ahead(r, s, trigger))
}

// apply dates a record by an expression.
func (d *dater) apply(r *dyad.Record, s *dyad.Sentence, e expression, ahead bool) {
	words := s.Text[s.Tokens[e.first].Start-s.Start : s.Tokens[e.last-1].End-s.Start]
	p := e.resolve(d.published, ahead || e.deadline)
	if e.past() || p.known() && !d.published.IsZero() && p.middle().Before(plus(d.published, -historicalDays)) {
		historical(r, words)
	}
	if p.known() && !d.published.IsZero() && d.published.Before(p.from) && r.Event != nil && r.Event.Mode != "visit" {
		d.toCome(r, words, p)
		return
	}
	if !p.known() {
		r.DateBasis = dyad.BasisUnknown
		note := fmt.Sprintf("%q cannot be worked out without the day of publication", words)
		if !d.published.IsZero() {
			note = fmt.Sprintf("%q names no day that can be worked out", words)
		}
		reason(r, "unresolved", note)
		return
	}
	r.Date, r.DateEnd = p.from, p.to
	if e.counted {
		r.DateBasis = dyad.BasisDerived
		reason(r, "counted", fmt.Sprintf("%q, counted from the other date told", words))
		return
	}
	if e.stated() {
		r.DateBasis = dyad.BasisStated
		reason(r, "stated", fmt.Sprintf("%q", words))
		return
	}
	r.DateBasis = dyad.BasisDerived
	reason(r, "derived", fmt.Sprintf("%q, seen from %s", words, d.published))
}

// toCome keeps an event's date at its telling where the words give a day that is
// still to come: "agreed to meet next week" was agreed by now. What is told as done
// on such a day lies ahead: "the presidents meet next week".
func (d *dater) toCome(r *dyad.Record, words string, p period) {
	switch r.Event.Type {
	case "AGREE", "REQUEST", "REJECT", "ACCUSE", "THREATEN":
	default:
		if len(r.Aux) == 0 {
			r.Aux = []string{dyad.AuxFuture}
		}
	}
	d.undated(r, fmt.Sprintf("%q, %s, is still to come", words, p.from))
}

// carriedDays is how old a day may be that goes on being meant in the next sentence.
const carriedDays = 7

// carried gives the day that the sentence before told, where this one goes on in the
// past tense and gives no time: "They met on Monday. They signed a pact." It is zero
// where there is none.
func (d *dater) carried(n, trigger int, r *dyad.Record) dyad.Date {
	if n == 0 || r.Kind != dyad.KindEvent || len(r.Aux) > 0 || d.published.Day == 0 || len(d.expressions(n)) > 0 || !past(&d.doc.Sentences[n], trigger) {
		return dyad.Date{}
	}
	return d.dayTold(n - 1)
}

// dayTold gives the last single day that a sentence tells, where it is at most a week
// before publication; else the zero Date.
func (d *dater) dayTold(n int) dyad.Date {
	found := d.expressions(n)
	for i := len(found) - 1; i >= 0; i-- {
		e, ok := found[i], true
		if e.form == formAfter {
			continue // dates what stands behind it, and nothing else
		}
		if e.form == formLater {
			if e, ok = d.anchored(n, e, 3); !ok {
				continue
			}
		}
		p := e.resolve(d.published, false)
		if e.deadline || e.future || e.since || !p.known() || p.from.Day == 0 || !p.to.IsZero() {
			continue
		}
		if d.published.Before(p.from) || p.from.Before(plus(d.published, -carriedDays)) {
			return dyad.Date{}
		}
		return p.from
	}
	return dyad.Date{}
}

// past reports whether a word is a verb in the past tense, by itself or by the verb
// above it: "signed", "promised to pay a call".
func past(s *dyad.Sentence, i int) bool {
	for steps := 0; steps < reach && i >= 0 && i < len(s.Tokens); steps++ {
		switch s.Tokens[i].XPOS {
		case "VBD":
			return true
		case "VBN":
			for _, t := range s.Tokens {
				if t.Head == i && t.XPOS == "VBD" && t.Lemma == "be" {
					return true // "were killed"
				}
			}
			return false
		}
		i = s.Tokens[i].Head
	}
	return false
}

func historical(r *dyad.Record, words string) {
	if len(r.Aux) == 0 && r.Kind != dyad.KindRefusal {
		r.Aux = []string{dyad.AuxHistorical}
		reason(r, "historical", fmt.Sprintf("%q is long before publication", words))
	}
}

// undated gives a record the publication date, or says that it is unknown.
func (d *dater) undated(r *dyad.Record, why string) {
	if d.published.IsZero() {
		r.DateBasis = dyad.BasisUnknown
		reason(r, "unknown", why+", and the story has no publication date")
		return
	}
	r.Date, r.DateBasis = d.published, dyad.BasisPublished
	reason(r, "published", why)
}

// due gives an expectation the nearest time in its sentence that lies ahead.
func (d *dater) due(r *dyad.Record, s *dyad.Sentence, n, trigger int) {
	best := -1
	for _, e := range d.expressions(n) {
		p := e.resolve(d.published, true)
		past := !d.published.IsZero() && p.last().Before(d.published) && !e.deadline
		if !p.known() || e.since || e.earlier || past || told(s, e) {
			continue
		}
		if e.form == formSpan {
			// "within three months" is due at their end.
			p = day(p.to)
		}
		if far := max(e.first-trigger, trigger-e.first); best < 0 || far < best {
			best = far
			r.Expectation.Due, r.Expectation.DueEnd = p.from, p.to
		}
	}
	if best >= 0 {
		reason(r, "due", fmt.Sprintf("due %s", r.Expectation.Due))
	}
}

// told reports whether a date is that of another act, already past: in "Aldoria said on
// Monday that it would sign" Monday is not when it will sign.
func told(s *dyad.Sentence, e expression) bool {
	if e.future && e.form != formSpan || e.deadline || e.stated() {
		return false // but "was torn up within weeks"
	}
	verb := s.Tokens[governor(s, e.first, e.last)].Head
	for steps := 0; steps < reach && verb >= 0 && verb < len(s.Tokens) && s.Tokens[verb].UPOS != "VERB"; steps++ {
		verb = s.Tokens[verb].Head
	}
	if verb < 0 || verb >= len(s.Tokens) || !strings.Contains(s.Tokens[verb].Feats, "Tense=Past") {
		return false
	}
	// "is expected on Monday" is not past, "had promised" and "were torn up" are.
	for _, t := range s.Tokens {
		if t.Head == verb && t.UPOS == "AUX" {
			switch strings.ToLower(t.Text) {
			case "had", "been":
			case "was", "were":
				return !planned(s.Tokens[verb].Lemma)
			default:
				return false
			}
		}
	}
	return true
}

func reason(r *dyad.Record, rule, note string) {
	r.Reasons = append(r.Reasons, dyad.Reason{Stage: "when", Rule: rule, Note: note})
}
