package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
)

// coded is the origin of what dyad coded itself.
const coded = "dyad"

// recordNumber is a record's id as a number: ids are hashes, written in base 16.
func recordNumber(id string) (uint64, error) {
	n, err := strconv.ParseUint(id, 16, 64)
	if err != nil {
		return 0, fmt.Errorf("the id %q is no number of base 16 with at most 16 digits", id)
	}
	return n, nil
}

// recordID is the id that a number stands for.
func recordID(n uint64) string {
	const digits = "0123456789abcdef"
	var out [16]byte
	for i := range out {
		out[i] = digits[n>>60]
		n <<= 4
	}
	return string(out[:])
}

// facts are what a record can be asked for.
type facts struct {
	actors, recipients []side
	event, mode        string
	quad               int
	scale              float64
	aux                uint8
	issues, assertedBy string
	country, province  string
	city               string // or the best other name of the place: that of the province
}

// A side is one party of a pair.
type side struct{ code, sector string }

func factsOf(r *dyad.Record) facts {
	f := facts{aux: auxBits(r.Aux), issues: strings.Join(r.Issues, " ")}
	for _, e := range r.AssertedBy {
		f.assertedBy = strings.TrimSpace(f.assertedBy + " " + e.Code)
	}
	switch {
	case r.Event != nil:
		e := r.Event
		f.actors, f.recipients = sides(e.Actor), sides(e.Recipient)
		f.event, f.mode, f.quad, f.scale = e.Type, e.Mode, e.Quad, e.Scale
		if e.Place != nil {
			f.country, f.province, f.city = e.Place.CountryCode, e.Place.Province, cityOf(e.Place)
		}
	case r.Position != nil:
		f.actors, f.recipients = sides(r.Position.Holder), sides(r.Position.Toward)
		if f.issues == "" {
			f.issues = r.Position.Issue
		}
	case r.Expectation != nil:
		x := r.Expectation
		f.actors, f.recipients = sides(x.Who), sides(x.Recipient)
		f.event, f.mode = x.Type, x.Mode
	case r.Claim != nil:
		pair := sides(r.Claim.Pair)
		if len(pair) > 0 {
			f.actors, f.recipients = pair[:1], pair[1:]
		}
	case r.Visit != nil:
		f.actors, f.recipients = sides(r.Visit.Visitor), sides(r.Visit.Host)
		f.event, f.mode = "CONSULT", "visit"
	}
	return f
}

// cityOf names a place below its country: by its city, else its province, else as the
// gazetteer calls it.
func cityOf(p *dyad.Place) string {
	switch {
	case p.City != "":
		return p.City
	case p.Province != "":
		return p.Province
	case p.Resolution >= 2:
		return p.Resolved
	}
	return ""
}

// maxParties is how many countries may do something together and still be pairs: a
// summit of twenty would be 380 pairs, of which the record says little.
const maxParties = 6

// how a pair stands in its record.
type how struct {
	mutual bool // both did it to one another: "Iran and Pakistan held talks"
	first  bool // no other of the record's pairs before is of the same two countries
}

// pairs gives each directed pair of the sides once; what both did to one another is
// two, one each way. A side that is nobody is empty. Where a side has too many countries each party stands
// alone.
func (f *facts) pairs(give func(actor, recipient side, how how) error) error {
	actors, recipients := f.actors, f.recipients
	together := len(recipients) == 0 && countries(actors) > 1
	if together {
		recipients = actors
	}
	var given []uint32
	one := func(a, r side, mutual bool) error {
		pair := pairNumber(a.code, r.code)
		first := pair != 0 && !slices.Contains(given, pair)
		given = append(given, pair)
		return give(a, r, how{mutual, first})
	}
	if countries(actors) <= maxParties && countries(recipients) <= maxParties {
		several := countries(actors) > 1
		for _, a := range actors {
			for _, r := range recipients {
				// "Iran and Pakistan agreed with Pakistan" is nothing within Pakistan.
				if several && a.code == r.code {
					continue
				}
				if err := one(a, r, a.code != r.code && hasCode(actors, r.code) && hasCode(recipients, a.code)); err != nil {
					return err
				}
			}
		}
	}
	if len(given) > 0 {
		return nil
	}
	for _, a := range actors {
		if err := one(a, side{}, false); err != nil {
			return err
		}
	}
	if !together {
		for _, r := range recipients {
			if err := one(side{}, r, false); err != nil {
				return err
			}
		}
	}
	if len(given) > 0 {
		return nil
	}
	return give(side{}, side{}, how{})
}

// countries counts the codes among some sides.
func countries(sides []side) (n int) {
	for i, s := range sides {
		if !hasCode(sides[:i], s.code) {
			n++
		}
	}
	return n
}

func hasCode(sides []side, code string) bool {
	return slices.ContainsFunc(sides, func(s side) bool { return s.code == code })
}

// sides gives each code and sector among some entities once.
func sides(entities []dyad.Entity) []side {
	var out []side
	for _, e := range entities {
		s := side{e.Code, e.Sector}
		seen := false
		for _, t := range out {
			seen = seen || s == t
		}
		if !seen {
			out = append(out, s)
		}
	}
	return out
}

var auxBit = map[string]uint8{dyad.AuxHistorical: 1, dyad.AuxFuture: 2, dyad.AuxHypothetical: 4, dyad.AuxNegation: 8}

func auxBits(aux []string) (bits uint8) {
	for _, a := range aux {
		bits |= auxBit[a]
	}
	return bits
}

// pairNumber is one number for two codes, whichever way round, so that a pair is
// found by comparing numbers. Codes have three capital letters: 15 bits each. Zero
// when one is missing.
func pairNumber(a, b string) uint32 {
	m, n := codeNumber(a), codeNumber(b)
	if m == 0 || n == 0 {
		return 0
	}
	return min(m, n)<<15 | max(m, n)
}

func codeNumber(code string) (n uint32) {
	if len(code) != 3 {
		return 0
	}
	for _, c := range []byte(code) {
		if c < 'A' || c > 'Z' {
			return 0
		}
		n = n*26 + uint32(c-'A') + 1
	}
	return n
}
