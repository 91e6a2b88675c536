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

// Prepared events of other projects are ready to be imported. They are prepared without
// a store, so that the next ones can be while the store takes the last.
type Prepared struct {
	events []prepared
	lines  []byte // the room that bodies lie in
}

// Add works out what is to be stored of an event, which may be changed afterwards.
func (p *Prepared) Add(event *dyad.Record) error {
	const room, more = 1 << 12, 1 << 20
	if cap(p.lines)-len(p.lines) < room {
		p.lines = make([]byte, 0, more)
	}
	line := p.lines[len(p.lines):]
	e, err := prepare(event, line)
	if err != nil {
		return fmt.Errorf("preparing the event %s: %w", event.ID, err)
	}
	if len(e.body) <= cap(line) {
		p.lines = p.lines[:len(p.lines)+len(e.body)]
	}
	p.events = append(p.events, e)
	return nil
}

// Len is how many events there are.
func (p *Prepared) Len() int { return len(p.events) }

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
