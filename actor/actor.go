// Package actor finds the actors that a story mentions and says who each is on
// the day of publication: countries and what is named for them, office-holders
// with their titles, organisations, armed groups and parties, role nouns with a
// country beside them ("Pakistani foreign ministry officials"), and the
// pronouns and descriptions that take a mention up again ("he", "both
// countries"). It reads trees; it knows nothing of what actors do.
package actor

import (
	"slices"
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
	countries Gazetteer
}

// A holder is a person's term in an office, found by code and office.
type holder struct {
	actor int
	term  int
}

// A Gazetteer tells in which country a city or province lies that the codebook does
// not know: the likeliest ("Peshawar" is PAK), and all that have one of the name. The
// likeliest is "" where none is large.
type Gazetteer func(place string) (likeliest string, all []string)

// New makes a finder for a codebook. The gazetteer may be nil.
func New(book *codebook.Codebook, countries Gazetteer) *Finder {
	if countries == nil {
		countries = func(string) (string, []string) { return "", nil }
	}
	f := &Finder{
		actors:    book.Actors,
		exact:     newNameIndex(book.Actors, asWritten),
		capitals:  sync.OnceValue(func() nameIndex { return newNameIndex(book.Actors, upper) }),
		roles:     newRoleIndex(book.Roles, book.Offices),
		holders:   map[string][]holder{},
		countries: countries,
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
	r := &reading{f: f, m: m}
	for i := range doc.Title {
		r.sentence(&doc.Title[i], -1)
	}
	var mentions []dyad.Mention
	for i := range doc.Sentences {
		r.sentence(&doc.Sentences[i], i)
		mentions = append(mentions, r.mentions...)
	}
	return mentions
}

// sentence finds the mentions of one sentence, in the memory of the one before, and
// remembers them.
func (r *reading) sentence(s *dyad.Sentence, number int) {
	r.s, r.number = s, number
	r.names, r.roles, r.mentions = r.names[:0], r.roles[:0], r.mentions[:0]
	r.taken = slices.Grow(r.taken[:0], len(s.Tokens))[:len(s.Tokens)]
	clear(r.taken)
	r.findNames()
	r.findRoles()
	r.findPlaces()
	r.settleNames()
	r.joinTitles()
	r.composeRoles()
	r.addNames()
	r.findStrangers()
	r.takeUpRoles()
	r.takeUp()
	r.separate()
	r.m.endSentence(r)
}
