package format

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/opendyad/dyad"
)

// hopeless is how many rows at the start of a file may all be unreadable before it is
// taken for a file of another kind.
const hopeless = 1000

// hosting is CAMEO's code of an event whose source is the host. PLOVER has one event
// for a visit, whose actor is the guest: "Iran, Host a visit, Musharraf" is a visit of
// Pakistan to Iran.
const hosting = "043"

// each reads rows to their end and yields what record makes of them. record says false
// for a row that is no event, such as a header. Its error is a *RowError where reading
// goes on. Faults that come before the first event are held back until there is one: of
// a file of another kind it is enough to say that.
func each(rows *rowReader, what string, record func() (dyad.Record, bool, error), yield func(dyad.Record, error) bool) {
	var held []error
	release := func() bool {
		for _, fault := range held {
			if !yield(dyad.Record{}, fault) {
				return false
			}
		}
		held = nil
		return true
	}
	for found := false; ; {
		var r dyad.Record
		ok := false
		err := rows.next()
		if err == nil {
			r, ok, err = record()
		}
		var fault *RowError
		switch {
		case err == nil && ok:
			if strings.HasPrefix(r.Own.Code, hosting) {
				r.Event.Actor, r.Event.Recipient = r.Event.Recipient, r.Event.Actor
			}
			found = true
			if !release() || !yield(r, nil) {
				return
			}
		case err == nil:
		case errors.Is(err, io.EOF):
			release()
			return
		case !errors.As(err, &fault):
			if release() {
				yield(dyad.Record{}, err)
			}
			return
		case found:
			if !yield(dyad.Record{}, fault) {
				return
			}
		default:
			if held = append(held, fault); len(held) == hopeless {
				yield(dyad.Record{}, fmt.Errorf("reading %s: none of its first %d rows can be read as %s, as the first says (%w); is it a file of another kind, or of another layout (dyad import --help)?",
					rows.name, hopeless, what, held[0]))
				return
			}
		}
	}
}

// An importedRow is what the record of a row points to, in one piece of memory.
type importedRow struct {
	event     dyad.Event
	own       dyad.Own
	place     dyad.Place
	actor     [1]dyad.Entity
	recipient [1]dyad.Entity
}

// imported is the part of a record that all imported events share.
func imported(means *meaning, date dyad.Date, id string) dyad.Record {
	return dyad.Record{Kind: dyad.KindEvent, ID: id, Date: date, DateBasis: dyad.BasisStated, Contexts: means.contexts, Reasons: means.reasons}
}

// recordID hashes what makes an imported event one of its kind: 16 hexadecimal digits
// of FNV-1a, the same on every machine.
func recordID(parts ...string) string {
	const digits = "0123456789abcdef"
	h := uint64(14695981039346656037)
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			h = (h ^ uint64(p[i])) * 1099511628211
		}
		h = (h ^ 0xFF) * 1099511628211 // no part runs into the next
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd // spread the last parts over all digits
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	h ^= h >> 33
	var out [16]byte
	for i := range out {
		out[i] = digits[h>>60]
		h <<= 4
	}
	return string(out[:])
}
