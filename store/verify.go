//go:build cgo

package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strconv"

	"github.com/opendyad/dyad"
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
	{`select format('{:016x}', record), format('{:016x}', happening) from dyads where ordinal = 0 and stands <> (happening = record) order by record`,
		"whether the record %s stands for its happening %s is not what is stored"},
	{`select format('{:016x}', d.record), format('{:016x}', d.happening) from dyads d join dyads h on h.record = d.happening and h.ordinal = 0
		where d.ordinal = 0 and d.happening <> d.record and h.happening <> h.record order by d.record`,
		"the record %s reports the happening %s, whose record reports another happening itself"},
	{`select number, stage from failures where source = '' and story not in (select id from stories) order by number`,
		"failure %s (in %s) names neither a stored story nor a source"},
	{`select number, count(*) from failures group by number having count(*) > 1 order by number`,
		"%[2]s failures have the number %[1]s"},
	{`select format('{:016x}', c.record) from corrections c join records r on r.id = c.record where c.undone is null and c.action = 'reject' order by c.number`,
		"the record %s is rejected and is stored all the same"},
	{`select format('{:016x}', c.record) from corrections c join records r on r.id = c.record where c.undone is null and c.action = 'correct' and r.body <> c.after order by c.number`,
		"the record %s is stored otherwise than it was corrected"},
	{`select format('{:016x}', c.record) from corrections c left join records r on r.id = c.record where c.undone is null and c.action = 'correct' and not c.stale and r.id is null order by c.number`,
		"the record %s is corrected and is not there"},
	{`select format('{:016x}', record), count(*) from corrections where undone is null group by record having count(*) > 1 order by record`,
		"the record %s has %s corrections"},
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
