package store

import (
	"fmt"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
)

// ImportBatch is how many events are best imported at a time: as many as DuckDB keeps
// together in a row group. Other numbers leave parts of groups behind, which it puts
// together later: a third more work.
const ImportBatch = 122_880

// Prepared events are ready to be imported.
type Prepared struct{ events []prepared }

// Prepare works out what is to be stored of events of other projects. It needs no
// store, so that the next events are prepared while the store takes the last.
func Prepare(events []dyad.Record) (Prepared, error) {
	p := Prepared{make([]prepared, len(events))}
	var lines []byte
	for i := range events {
		const room, more = 1 << 12, 1 << 20
		if cap(lines)-len(lines) < room {
			lines = make([]byte, 0, more)
		}
		line := lines[len(lines):]
		var err error
		if p.events[i], err = prepare(&events[i], line); err != nil {
			return Prepared{}, fmt.Errorf("preparing the event %s: %w", events[i].ID, err)
		}
		if n := len(p.events[i].body); n <= cap(line) {
			lines = lines[:len(lines)+n]
		}
	}
	return p, nil
}

// A prepared record is what the tables keep of it.
type prepared struct {
	id                  uint64
	kind                dyad.Kind
	origin, codebook    string
	date, until         dyad.Date // until is zero where the date is a single day
	datePart, dateBasis string
	confidence          float64
	facts               facts
	body                []byte // the record as a line of JSON
}

// prepare appends the record's body to a line.
func prepare(r *dyad.Record, line []byte) (p prepared, err error) {
	p = prepared{kind: r.Kind, origin: coded, codebook: r.Codebook, date: r.Date, datePart: r.DatePart(), dateBasis: r.DateBasis,
		confidence: r.Confidence, facts: factsOf(r)}
	if r.Own != nil {
		p.origin = r.Own.Origin
	}
	if last := r.LastDay(); r.Date.End() != r.Date || r.Date.Before(last) {
		p.until = last
	}
	if p.body, err = format.AppendJSON(line, r); err == nil {
		p.id, err = recordNumber(r.ID)
	}
	return p, err
}
