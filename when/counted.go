package when

import "github.com/opendyad/dyad"

// anchored turns "the next day" into a day, counted from the last day told before it
// in its sentence or in the few before.
func (d *dater) anchored(sentence int, later expression, depth int) (expression, bool) {
	for n := sentence; n >= 0 && n > sentence-3 && depth > 0; n-- {
		found := d.expressions(n)
		for i := len(found) - 1; i >= 0; i-- {
			e, ok := found[i], false
			if n == sentence && e.first >= later.first || e.form == formAfter {
				continue
			}
			if e.form == formLater {
				if e, ok = d.anchored(n, e, depth-1); !ok {
					return later, false
				}
			}
			if p := e.resolve(d.published, false); p.known() && p.from.Day > 0 && p.to.IsZero() {
				from := plus(p.from, later.n)
				later.form = formDay
				later.year, later.month, later.day = from.Year, from.Month, from.Day
				later.counted = true
				return later, from.Year > 0
			}
		}
	}
	return later, false
}

// counted turns "two days after they met" into the day of the meeting, counted from
// the day that its sentence tells of what came after: "left on Monday, two days after
// they met"; or from that of the sentence before: "She left on Monday. It was two days
// after they met." Without one it counts from publication, but "two days before they
// met" from nothing.
func (d *dater) counted(sentence int, after expression) (expression, bool) {
	s := &d.doc.Sentences[sentence]
	base := dyad.Date{}
	for _, e := range d.expressions(sentence) {
		if e.form == formAfter || e.form == formLater || e.first >= after.last && !comma(s, after.last, e.first) {
			continue
		}
		if e.first > after.last && !base.IsZero() {
			break
		}
		p := e.resolve(d.published, tellsAhead(s, e))
		if p.known() && p.from.Day > 0 && p.to.IsZero() {
			base = p.from
		}
	}
	if base.IsZero() && sentence > 0 && d.published.Day > 0 && past(s, root(s)) {
		base = d.dayTold(sentence - 1)
	}
	if base.IsZero() {
		return after, after.n > 0
	}
	return after.from(base, -after.n)
}

// from turns an expression into the one that is n of its units away from a day.
func (e expression) from(base dyad.Date, n int) (expression, bool) {
	far, ok := away(e.unit, n)
	if !ok {
		return e, false
	}
	p := far.whole(base, false)
	if !p.known() {
		return e, false
	}
	e.form, e.counted = formDay, true
	e.year, e.month, e.day = p.from.Year, p.from.Month, p.from.Day
	switch {
	case e.month == 0:
		e.form = formYear
	case e.day == 0:
		e.form = formMonth
	}
	return e, true
}

// moved counts on from a day that "two days after" stands before: "two days after
// Monday's raid they left" dates the raid by Monday, and the leaving by Wednesday.
func (d *dater) moved(sentence int, e expression, trigger int) expression {
	s := &d.doc.Sentences[sentence]
	for _, after := range d.expressions(sentence) {
		if after.form != formAfter || after.last > e.first || comma(s, after.last, e.first) {
			continue
		}
		if trigger >= after.first && (trigger <= e.last || !comma(s, e.last, trigger)) {
			continue // what is dated by that day itself
		}
		p := e.resolve(d.published, false)
		if !p.known() || p.from.Day == 0 || !p.to.IsZero() {
			continue
		}
		if moved, ok := after.from(p.from, after.n); ok {
			return moved
		}
	}
	return e
}

// tellsAhead reports whether the word that a date hangs on lies ahead: "will leave on
// Monday".
func tellsAhead(s *dyad.Sentence, e expression) bool {
	verb := s.Tokens[governor(s, e.first, e.last)].Head
	return verb >= 0 && verb < len(s.Tokens) && ahead(&dyad.Record{}, s, verb)
}
