package actor

import (
	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// entityOn says who an actor is on a date, and by which line of the codebook.
// After the last term a person is former (ELI); before the first one the first
// is taken without its sector. Without a date the newest term holds.
func (f *Finder) entityOn(actor int, date dyad.Date) (dyad.Entity, codebook.Position) {
	a := &f.actors[actor]
	e := dyad.Entity{Identifier: a.ID, Name: a.Name}
	at := a.At
	if a.Kind == codebook.KindState || a.Kind == codebook.KindTerritory {
		e.Code = a.ID
		if len(a.Terms) > 0 && a.Terms[0].Code != "" {
			e.Code = a.Terms[0].Code
		}
		return e, at
	}
	t := termOn(a, date)
	if t < 0 {
		return e, at
	}
	term := &a.Terms[t]
	e.Code, e.Sector, e.Office = term.Code, term.Sector, term.Office
	at = term.At
	switch {
	case date.IsZero() || within(term, date):
	case !term.To.IsZero() && !date.Before(term.To):
		e.Office = ""
		if a.Kind == codebook.KindPerson {
			e.Sector = "ELI"
		}
	case date.Before(term.From):
		e.Office, e.Sector = "", ""
	}
	return e, at
}

// termOn picks the term that holds on a date, else the last one before it, else
// the first; -1 when there is none.
func termOn(a *codebook.Actor, date dyad.Date) int {
	best := -1
	for i := range a.Terms {
		t := &a.Terms[i]
		if date.IsZero() {
			if best < 0 || a.Terms[best].From.Before(t.From) {
				best = i
			}
			continue
		}
		if within(t, date) {
			if best < 0 || !within(&a.Terms[best], date) || a.Terms[best].Office == "" && t.Office != "" {
				best = i
			}
			continue
		}
		past := !t.To.IsZero() && !date.Before(t.To)
		switch {
		case best < 0:
			best = i
		case within(&a.Terms[best], date):
		case past && (a.Terms[best].To.IsZero() || date.Before(a.Terms[best].To) || a.Terms[best].To.Before(t.To)):
			best = i
		}
	}
	return best
}

func within(t *codebook.Term, date dyad.Date) bool {
	return !date.Before(t.From) && (t.To.IsZero() || date.Before(t.To))
}

// holdsOffice reports whether an actor is what its name says on the date: states
// and groups always, persons during a term.
func holdsOffice(a *codebook.Actor, date dyad.Date) bool {
	if a.Kind != codebook.KindPerson || date.IsZero() {
		return true
	}
	for i := range a.Terms {
		if within(&a.Terms[i], date) {
			return true
		}
	}
	return false
}

// holderOf finds who held an office of a country on a date: "the Iranian
// president" in April 2024. It gives false when nobody or more than one did.
func (f *Finder) holderOf(code, office string, date dyad.Date) (int, bool) {
	found := -1
	if date.IsZero() {
		return 0, false
	}
	for _, h := range f.holders[code+" "+office] {
		if within(&f.actors[h.actor].Terms[h.term], date) {
			if found >= 0 && found != h.actor {
				return 0, false
			}
			found = h.actor
		}
	}
	return found, found >= 0
}
