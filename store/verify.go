//go:build cgo

package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
)

// pageStories is how many stories are looked at together; pageEvents how many
// events of other projects.
const (
	pageStories = 256
	pageEvents  = 100_000
)

// Verify looks at everything in the store and tells each fault as a sentence: a
// quotation that is not in its story, a reference to what is not there, an answer
// to a question that the record itself does not give. passed hears how many of the
// stories it has been through. It reads some hundred stories at a time.
func (s *DuckDB) Verify(ctx context.Context, tell func(fault string), passed func(stories, all int64)) (Checked, error) {
	v := &verifier{s: s, ctx: ctx, tell: tell}
	v.Records = map[dyad.Kind]int64{}
	err := v.whole()
	if err != nil || v.Damaged {
		return v.Checked, explained(s.path, err)
	}
	err = v.count()
	if err == nil {
		err = v.references()
	}
	if err == nil {
		err = v.stories(passed)
	}
	if err == nil {
		err = v.imported()
	}
	if err == nil {
		err = v.agree()
	}
	return v.Checked, explained(s.path, err)
}

type verifier struct {
	Checked
	s    *DuckDB
	ctx  context.Context
	tell func(string)
	last int64 // number of the last story
}

func (v *verifier) fault(form string, args ...any) {
	v.Faults++
	v.tell(fmt.Sprintf(form, args...))
}

// whole reads every byte of the tables, which DuckDB compares with its checksums.
func (v *verifier) whole() error {
	for _, table := range []string{"stories", "records", "dyads", "failures", "sources", "changes", "meta"} {
		var sum sql.NullInt64
		err := v.s.db.QueryRowContext(v.ctx, `select bit_xor(hash(t)) % 1000 from `+table+` t`).Scan(&sum)
		switch {
		case err != nil && damaged(err):
			v.Damaged = true
			v.fault("the table %s cannot be read: %s", table, firstLine(err.Error()))
		case err != nil:
			return err
		}
	}
	return nil
}

// count counts what there is, table by table.
func (v *verifier) count() error {
	return v.s.db.QueryRowContext(v.ctx, `select
		(select count(*) from stories), (select coalesce(max(number), 0) from stories), (select count(distinct cluster) from stories),
		(select count(*) from records where origin <> 'dyad'), (select count(*) from dyads), (select count(distinct happening) from dyads),
		(select count(*) from failures), (select count(*) from sources)`).
		Scan(&v.Stories, &v.last, &v.Clusters, &v.Imported, &v.Pairs, &v.Happenings, &v.Failures, &v.Sources)
}

// reference is a question to the tables whose rows are faults, and the sentence that
// tells one.
type reference struct{ query, sentence string }

var references = []reference{
	{`select number, count(*) from stories group by number having count(*) > 1 order by number`,
		"%[2]s stories have the number %[1]s"},
	{`select id, count(*) from stories group by id having count(*) > 1 order by id`,
		"%[2]s stories have the id %[1]s"},
	{`select s.id, s.cluster from stories s left join stories c on c.number = s.cluster where c.number is null order by s.number`,
		"the story %s is in the cluster of story number %s, which is not there"},
	{`select s.id, c.id from stories s join stories c on c.number = s.cluster where c.cluster <> c.number order by s.number`,
		"the story %s is in the cluster of %s, which is itself in another cluster"},
	{`select format('{:016x}', id), count(*) from records group by id having count(*) > 1 order by id`,
		"%[2]s records have the id %[1]s"},
	{`select format('{:016x}', r.id), r.story from records r where r.origin = 'dyad' and r.story not in (select number from stories) order by r.id`,
		"the record %s is of story number %s, which is not there"},
	{`select format('{:016x}', d.record), d.story from dyads d where d.ordinal = 0 and d.origin = 'dyad' and d.story not in (select number from stories) order by d.record`,
		"what can be asked of the record %s belongs to story number %s, which is not there"},
	{`select format('{:016x}', r.id), r.origin, r.story from records r where r.origin <> 'dyad' and r.story <> 0 order by r.id`,
		"the event %s of %s belongs to story number %s, but events of other projects have none"},
	{`select format('{:016x}', d.record), format('{:016x}', d.happening) from dyads d left join dyads h on h.record = d.happening and h.ordinal = 0
		where d.ordinal = 0 and d.happening <> d.record and h.record is null order by d.record`,
		"the record %s reports the happening %s, for which no record stands"},
	{`select format('{:016x}', d.record), format('{:016x}', d.happening) from dyads d join dyads h on h.record = d.happening and h.ordinal = 0
		where d.ordinal = 0 and d.happening <> d.record and h.happening <> h.record order by d.record`,
		"the record %s reports the happening %s, whose record reports another happening itself"},
	{`select number, stage from failures where source = '' and story not in (select id from stories) order by number`,
		"failure %s (in %s) names neither a stored story nor a source"},
	{`select number, count(*) from failures group by number having count(*) > 1 order by number`,
		"%[2]s failures have the number %[1]s"},
	{`select value, (select coalesce(max(number), 0) from stories) from meta
		where name = 'folded_to' and coalesce(try_cast(value as bigint), -1) not between 0 and (select coalesce(max(number), 0) from stories)`,
		"reports are said to be folded up to story number %s, but the last story is number %s"},
}

// references checks that what is referred to is there.
func (v *verifier) references() error {
	for _, r := range references {
		if err := v.refer(r); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) refer(r reference) error {
	rows, err := v.s.db.QueryContext(v.ctx, r.query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		args := make([]any, len(values))
		for i := range values {
			args[i] = values[i].String
		}
		v.fault(r.sentence, args...)
	}
	return rows.Err()
}

// stories goes through the stories with their records.
func (v *verifier) stories(passed func(stories, all int64)) error {
	for from := int64(1); from <= v.last; from += pageStories {
		to := from + pageStories - 1
		p := page{verifier: v, texts: map[int64]storyText{}}
		if err := p.readTexts(from, to); err != nil {
			return err
		}
		if err := p.read("story between ? and ?", from, to); err != nil {
			return err
		}
		if err := p.check(); err != nil {
			return err
		}
		if passed != nil {
			passed(min(to, v.last), v.last)
		}
	}
	return nil
}

// imported goes through the events of other projects. Their ids are hashes, so that
// equal ranges hold about as many of them.
func (v *verifier) imported() error {
	if v.Imported == 0 {
		return v.strays()
	}
	step := math.MaxUint64/uint64(v.Imported/pageEvents+1) + 1
	for from := uint64(0); ; from += step {
		to := from + step - 1
		if to < from || step == 0 {
			to = math.MaxUint64
		}
		p := page{verifier: v}
		if err := p.read("story = 0 and %s between ?::ubigint and ?::ubigint", strconv.FormatUint(from, 10), strconv.FormatUint(to, 10)); err != nil {
			return err
		}
		if err := p.check(); err != nil {
			return err
		}
		if to == math.MaxUint64 {
			return nil
		}
	}
}

// strays finds what can be asked about events of other projects when there are none.
func (v *verifier) strays() error {
	return v.refer(reference{`select distinct format('{:016x}', record) from dyads where story = 0`,
		"something can be asked of the record %s, which is not there"})
}

// agree compares the numbers of records, by kind, in the two tables that have them.
func (v *verifier) agree() error {
	rows, err := v.s.db.QueryContext(v.ctx, `
		select coalesce(r.kind, d.kind)::varchar, coalesce(r.n, 0), coalesce(d.n, 0)
		from (select kind, count(*) as n from records group by kind) r
		full join (select kind, count(*) as n from dyads where ordinal = 0 group by kind) d on d.kind = r.kind order by 1`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var kind string
		var records, asked int64
		if err := rows.Scan(&kind, &records, &asked); err != nil {
			return err
		}
		v.Records[dyad.Kind(kind)] = records
		if records != asked {
			v.fault("there are %d records of the kind %s, but %d of them can be asked for", records, kind, asked)
		}
	}
	v.Records[dyad.KindEvent] -= v.Imported
	return rows.Err()
}

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
			actor, actor_sector, recipient, recipient_sector, pair, mutual, first, event, mode, quad, scale, aux, issues, asserted_by, country, city, confidence
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
			&d.issues, &d.assertedBy, &d.country, &d.city, &d.confidence)
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
		if err := p.s.db.QueryRowContext(p.ctx, `select exists (from records where id = ?::ubigint)`, strconv.FormatUint(number, 10)).Scan(&there); err != nil {
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
		country: f.country, city: f.city, confidence: float32(r.Confidence)}
	if !r.Date.IsZero() {
		row.date, row.part = firstDay(r.Date), "day"
		switch {
		case r.Date.Month == 0:
			row.part = "year"
		case r.Date.Day == 0:
			row.part = "month"
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
		{"country", want.country, have.country}, {"city", want.city, have.city}, {"confidence", want.confidence, have.confidence},
	} {
		if x.want != x.have {
			return fmt.Sprintf("%s is %v, not %v", x.name, x.want, x.have)
		}
	}
	return "rows differ"
}
