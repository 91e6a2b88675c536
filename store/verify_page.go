//go:build cgo

package store

import (
	"fmt"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
)

// storyText is what evidence is compared with.
type storyText struct{ id, text string }

// A page is the stories and records that are looked at together.
type page struct {
	*verifier
	texts   map[int64]storyText
	records []storedRecord
	rows    map[uint64][]dyadRow
	missing map[string]string // ids referred to that the page does not have, with who does
}

// storedRecord is a row of records.
type storedRecord struct {
	id                     uint64
	story                  int64
	kind, origin, codebook string
	body                   []byte
}

// dyadRow is a row of dyads as far as the record decides it.
type dyadRow struct {
	ordinal                           uint16
	story                             int64
	kind, origin, date, part, basis   string
	actor, recipient                  side
	pair                              uint32
	how                               how
	event, mode                       string
	quad                              uint8
	scale                             float32
	aux                               uint8
	issues, assertedBy, country, city string
	province, until                   string
	confidence                        float32
}

func (p *page) readTexts(from, to int64) error {
	rows, err := p.s.db.QueryContext(p.ctx, `select number, id, text from stories where number between ? and ?`, from, to)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		var st storyText
		if err := rows.Scan(&number, &st.id, &st.text); err != nil {
			return err
		}
		p.texts[number] = st
	}
	return rows.Err()
}

// read reads the records and the dyads that a condition lets through; %s in it is
// the column with the record's id.
func (p *page) read(condition string, args ...any) error {
	where := func(column string) string { return strings.ReplaceAll(condition, "%s", column) }
	rows, err := p.s.db.QueryContext(p.ctx, `select id, story, kind::varchar, origin, codebook, body from records where `+where("id")+` order by story, id`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r storedRecord
		if err := rows.Scan(&r.id, &r.story, &r.kind, &r.origin, &r.codebook, &r.body); err != nil {
			return err
		}
		p.records = append(p.records, r)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return p.readRows(where("record"), args)
}

func (p *page) readRows(where string, args []any) error {
	p.rows = map[uint64][]dyadRow{}
	rows, err := p.s.db.QueryContext(p.ctx, `
		select record, ordinal, story, kind::varchar, origin, coalesce(strftime(date, '%Y-%m-%d'), ''), date_part::varchar, date_basis::varchar,
			actor, actor_sector, recipient, recipient_sector, pair, mutual, first, event, mode, quad, scale, aux, issues, asserted_by, country, city, confidence,
			province, coalesce(strftime(until, '%Y-%m-%d'), '')
		from dyads where `+where+` order by record, ordinal`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var record uint64
		var d dyadRow
		err := rows.Scan(&record, &d.ordinal, &d.story, &d.kind, &d.origin, &d.date, &d.part, &d.basis,
			&d.actor.code, &d.actor.sector, &d.recipient.code, &d.recipient.sector, &d.pair, &d.how.mutual, &d.how.first, &d.event, &d.mode, &d.quad, &d.scale, &d.aux,
			&d.issues, &d.assertedBy, &d.country, &d.city, &d.confidence, &d.province, &d.until)
		if err != nil {
			return err
		}
		p.rows[record] = append(p.rows[record], d)
	}
	return rows.Err()
}

// check compares each record with its story and with what can be asked of it.
func (p *page) check() error {
	p.missing = map[string]string{}
	here := map[string]bool{}
	for i := range p.records {
		here[recordID(p.records[i].id)] = true
	}
	for i := range p.records {
		stored := &p.records[i]
		id := recordID(stored.id)
		r, err := format.ParseJSON(stored.body)
		if err != nil {
			p.fault("the record %s cannot be read: %v", id, err)
			delete(p.rows, stored.id)
			continue
		}
		p.checkRecord(id, stored, &r)
		if stored.origin == coded {
			p.checkEvidence(id, stored.story, &r)
		}
		for _, other := range referred(&r) {
			if !here[other] {
				p.missing[other] = id
			}
		}
		p.checkRows(id, stored, &r)
		delete(p.rows, stored.id)
	}
	for record := range p.rows {
		p.fault("something can be asked of the record %s, which is not there", recordID(record))
	}
	return p.checkReferred()
}

// referred are the ids of other records that a record names.
func referred(r *dyad.Record) []string {
	switch {
	case r.Visit != nil:
		return r.Visit.Outcomes
	case r.Expectation != nil && r.Expectation.DecidedBy != "":
		return []string{r.Expectation.DecidedBy}
	}
	return nil
}

// checkReferred looks for the records named that are not of this page.
func (p *page) checkReferred() error {
	for other, by := range p.missing {
		number, err := recordNumber(other)
		if err != nil {
			p.fault("the record %s names the record %s, which is no id", by, other)
			continue
		}
		var there bool
		if err := p.s.db.QueryRowContext(p.ctx, `
			select exists (from records where id = ?::ubigint) or exists (from corrections where record = ?::ubigint)`, decimal(number), decimal(number)).Scan(&there); err != nil {
			return err
		}
		if !there {
			p.fault("the record %s names the record %s, which is not there", by, other)
		}
	}
	return nil
}

// checkRecord compares a record with the columns that stand beside it.
func (p *page) checkRecord(id string, stored *storedRecord, r *dyad.Record) {
	if number, err := recordNumber(r.ID); err != nil || number != stored.id {
		p.fault("the record stored as %s calls itself %s", id, r.ID)
	}
	if string(r.Kind) != stored.kind {
		p.fault("the record %s is a %s and stored as a %s", id, r.Kind, stored.kind)
	}
	if r.Codebook != stored.codebook {
		p.fault("the record %s names the codebook %q and is stored as coded with %q", id, r.Codebook, stored.codebook)
	}
	if stored.origin == coded && stored.codebook == "" {
		p.fault("the record %s does not say with which codebook it was coded", id)
	}
	if st, known := p.texts[stored.story]; known && st.id != r.Story {
		p.fault("the record %s says that it is of the story %s and is stored with the story %s", id, r.Story, st.id)
	}
}

// checkEvidence compares what a record quotes with its story.
func (p *page) checkEvidence(id string, story int64, r *dyad.Record) {
	st, known := p.texts[story]
	if !known {
		return // told by references
	}
	inside := func(s dyad.Span) bool { return 0 <= s.Start && s.Start <= s.End && s.End <= len(st.text) }
	for i, e := range append([]dyad.Evidence{r.Evidence}, r.Mentions...) {
		what := "sentence"
		if i > 0 {
			what = fmt.Sprintf("mention %d", i)
		}
		switch {
		case !inside(e.Span):
			p.fault("the %s of the record %s is said to stand at bytes %d to %d, but the story %s has %d bytes", what, id, e.Start, e.End, st.id, len(st.text))
		case i == 0 && st.text[e.Start:e.End] != r.Text:
			p.fault("the record %s quotes a sentence that does not stand at bytes %d to %d of the story %s", id, e.Start, e.End, st.id)
		case e.Trigger != (dyad.Span{}) && (e.Trigger.Start < e.Start || e.Trigger.End < e.Trigger.Start || e.Trigger.End > e.End):
			p.fault("the words that carry the record %s stand at bytes %d to %d, outside its %s at %d to %d", id, e.Trigger.Start, e.Trigger.End, what, e.Start, e.End)
		}
	}
}

// checkRows compares what can be asked of a record with what the record says.
func (p *page) checkRows(id string, stored *storedRecord, r *dyad.Record) {
	want, have := rowsOf(stored, r), p.rows[stored.id]
	if len(have) == 0 {
		p.fault("nothing can be asked of the record %s", id)
		return
	}
	if len(want) != len(have) {
		p.fault("the record %s has %d pairs of parties, but %d can be asked for", id, len(want), len(have))
		return
	}
	for i := range want {
		if want[i] != have[i] {
			p.fault("what can be asked of the record %s differs from what it says: its %s", id, difference(&want[i], &have[i]))
			return
		}
	}
}

// rowsOf are the rows of dyads that a record should have.
func rowsOf(stored *storedRecord, r *dyad.Record) (out []dyadRow) {
	f := factsOf(r)
	row := dyadRow{story: stored.story, kind: string(r.Kind), origin: stored.origin, basis: r.DateBasis,
		event: f.event, mode: f.mode, quad: uint8(f.quad), scale: float32(f.scale), aux: f.aux, issues: f.issues, assertedBy: f.assertedBy,
		country: f.country, province: f.province, city: f.city, confidence: float32(r.Confidence)}
	if !r.Date.IsZero() {
		row.date, row.part = firstDay(r.Date), r.DatePart()
		if last := firstDay(r.LastDay()); row.date < last {
			row.until = last
		}
	}
	// The function given ends nothing early, so there is no error.
	_ = f.pairs(func(actor, recipient side, how how) error {
		row.ordinal, row.actor, row.recipient, row.pair, row.how = uint16(len(out)), actor, recipient, pairNumber(actor.code, recipient.code), how
		out = append(out, row)
		return nil
	})
	return out
}

// difference names the first thing in which two rows differ.
func difference(want, have *dyadRow) string {
	for _, x := range []struct {
		name       string
		want, have any
	}{
		{"row", want.ordinal, have.ordinal}, {"story", want.story, have.story}, {"kind", want.kind, have.kind}, {"origin", want.origin, have.origin},
		{"date", want.date + " " + want.part, have.date + " " + have.part}, {"date's basis", want.basis, have.basis},
		{"actor", want.actor, have.actor}, {"recipient", want.recipient, have.recipient}, {"pair", want.pair, have.pair}, {"mutuality", want.how.mutual, have.how.mutual}, {"first pair", want.how.first, have.how.first},
		{"event", want.event, have.event}, {"mode", want.mode, have.mode}, {"quad class", want.quad, have.quad}, {"scale", want.scale, have.scale},
		{"auxiliary modes", want.aux, have.aux}, {"issues", want.issues, have.issues}, {"speakers", want.assertedBy, have.assertedBy},
		{"country", want.country, have.country}, {"city", want.city, have.city},
		{"province", want.province, have.province}, {"last day", want.until, have.until}, {"confidence", want.confidence, have.confidence},
	} {
		if x.want != x.have {
			return fmt.Sprintf("%s is %v, not %v", x.name, x.want, x.have)
		}
	}
	return "rows differ"
}
