// Package actor finds the actors that a story mentions and says who each is on
// the day of publication: countries and what is named for them, office-holders
// with their titles, organisations, armed groups and parties, role nouns with a
// country beside them ("Pakistani foreign ministry officials"), and the
// pronouns and descriptions that take a mention up again ("he", "both
// countries"). It reads trees; it knows nothing of what actors do.
package actor

import (
	"sync"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// A Finder finds mentions of actors. It is read-only after New and safe for
// use by several goroutines.
type Finder struct {
	actors    []codebook.Actor
	exact     nameIndex
	capitals  func() nameIndex // for text in capitals, made when some comes
	roles     roleIndex
	holders   map[string][]holder
	countryOf func(place string) string
}

// A holder is a person's term in an office, found by code and office.
type holder struct {
	actor int
	term  int
}

// New makes a finder for a codebook. countryOf tells the country of a city or
// province that the codebook does not know ("Peshawar" is PAK), or ""; it may be
// nil.
func New(book *codebook.Codebook, countryOf func(place string) string) *Finder {
	if countryOf == nil {
		countryOf = func(string) string { return "" }
	}
	f := &Finder{
		actors:    book.Actors,
		exact:     newNameIndex(book.Actors, asWritten),
		capitals:  sync.OnceValue(func() nameIndex { return newNameIndex(book.Actors, upper) }),
		roles:     newRoleIndex(book.Roles, book.Offices),
		holders:   map[string][]holder{},
		countryOf: countryOf,
	}
	for i := range book.Actors {
		a := &book.Actors[i]
		for t := range a.Terms {
			if a.Kind == codebook.KindPerson && a.Terms[t].Office != "" {
				key := a.Terms[t].Code + " " + a.Terms[t].Office
				f.holders[key] = append(f.holders[key], holder{i, t})
			}
		}
	}
	return f
}

// Find gives the mentions of a document's sentences in the order of their first
// token. The title only helps to tell who is meant.
func (f *Finder) Find(doc dyad.Document) []dyad.Mention {
	m := newMemory(f, doc)
	for i := range doc.Title {
		f.sentence(m, &doc.Title[i], -1)
	}
	var mentions []dyad.Mention
	for i := range doc.Sentences {
		mentions = append(mentions, f.sentence(m, &doc.Sentences[i], i)...)
	}
	return mentions
}

// sentence finds the mentions of one sentence and remembers them.
func (f *Finder) sentence(m *memory, s *dyad.Sentence, number int) []dyad.Mention {
	r := &reading{f: f, m: m, s: s, number: number, taken: make([]bool, len(s.Tokens))}
	r.findNames()
	r.findRoles()
	r.findPlaces()
	r.joinTitles()
	r.composeRoles()
	r.addNames()
	r.takeUpRoles()
	r.takeUp()
	r.separate()
	m.endSentence(r.mentions)
	return r.mentions
}
