package codebook

import (
	"slices"

	"github.com/opendyad/dyad"
)

// checkActors finds two actors with one name on one date, and terms of one person
// that contradict each other.
func (b *builder) checkActors() {
	actors := b.book.Actors
	bearers := map[string][]*Actor{}
	for i := range actors {
		a := &actors[i]
		own := map[string]bool{}
		for _, list := range [][]string{a.Names, a.Former} {
			for _, name := range list {
				if own[name] {
					b.fault(b.find(a.At, name), "%s has the name %s twice", a.ID, quote(name))
					continue
				}
				own[name] = true
				bearers[name] = append(bearers[name], a)
			}
		}
		b.checkTerms(a)
	}
	for i := range actors {
		a := &actors[i]
		for name := range slices.Values(a.Names) {
			for _, other := range bearers[name][:min(len(bearers[name]), maxBearers)] {
				if other == a {
					break // each pair once, at the later of the two
				}
				if together(a, other) {
					b.fault(b.find(a.At, name), "%s is the name of %s (%s:%d) too, on the same dates; leave the name to one of them, or give dates",
						quote(name), other.ID, other.At.File, other.At.Line)
					break
				}
			}
		}
	}
	b.checkHolders()
}

// maxBearers bounds the actors that are compared over one name.
const maxBearers = 100

// together says whether two actors are what they are on some same day.
func together(a, c *Actor) bool {
	if len(a.Terms) == 0 || len(c.Terms) == 0 {
		return true
	}
	for i := range a.Terms {
		for j := range c.Terms {
			if overlap(&a.Terms[i], &c.Terms[j]) {
				return true
			}
		}
	}
	return false
}

// overlap compares half-open ranges; a missing end is open.
func overlap(s, t *Term) bool {
	return (t.To.IsZero() || s.From.Before(t.To)) && (s.To.IsZero() || t.From.Before(s.To))
}

func (b *builder) checkTerms(a *Actor) {
	for i := range a.Terms {
		for j := range i {
			s, t := &a.Terms[j], &a.Terms[i]
			if s.Office == t.Office && overlap(s, t) {
				b.fault(t.At, "this term of %s overlaps the one on line %d; end the one before the other begins, or name another office", a.ID, s.At.Line)
				break
			}
		}
	}
}

// soleOffices have one holder in a state.
var soleOffices = []string{"president", "prime minister", "foreign minister", "secretary of state", "chancellor", "king", "queen", "supreme leader"}

// checkHolders warns of an office without an end that somebody else has taken
// since: the line is older than the term.
func (b *builder) checkHolders() {
	type holder struct {
		actor *Actor
		term  *Term
	}
	holders := map[string][]holder{}
	for i := range b.book.Actors {
		a := &b.book.Actors[i]
		if a.Kind != KindPerson {
			continue
		}
		for j := range a.Terms {
			t := &a.Terms[j]
			if t.Sector == "GOV" && slices.Contains(soleOffices, t.Office) {
				key := t.Code + " " + t.Office
				holders[key] = append(holders[key], holder{a, t})
			}
		}
	}
	for i := range b.book.Actors {
		a := &b.book.Actors[i]
		for j := range a.Terms {
			t := &a.Terms[j]
			if a.Kind != KindPerson || !t.To.IsZero() || t.From == (dyad.Date{}) {
				continue
			}
			for _, h := range holders[t.Code+" "+t.Office] {
				if h.actor != a && t.From.Before(h.term.From) {
					b.warn(t.At, "%s has no end as %s of %s, but %s took the office on %s (%s:%d); add the end",
						a.Name, t.Office, t.Code, h.actor.Name, h.term.From, h.term.At.File, h.term.At.Line)
					break
				}
			}
		}
	}
}
