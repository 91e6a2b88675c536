//go:build cgo

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
)

// nextTables hold what a recoding gave until it has finished.
var nextTables = tableNames{"", "records_next", "dyads_next"}

// codable is the condition on stories that can be coded: those in another language
// are kept and not coded.
const codable = `note not like 'language %'`

// BeginRecoding makes ready for coding all stored stories with a codebook of this
// hash, or finds where that stopped. What was done with another codebook is begun
// anew.
func (s *DuckDB) BeginRecoding(ctx context.Context, codebook string) (r Recoding, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	recoding := fmt.Sprintf("%s %d", codebook, len(migrations)-1) // other tables are begun anew too
	err = within(ctx, s.write, func() error {
		before, err := meta(ctx, s.write, "recoding")
		if err == nil && before != recoding {
			_, err = s.write.ExecContext(ctx, `
				create or replace table records_next as from records limit 0;
				create or replace table dyads_next as from dyads limit 0;
				create or replace table stories_next (number bigint not null, note varchar)`)
			if err == nil {
				err = setMeta(ctx, s.write, "recoding", recoding)
			}
		}
		return err
	})
	if err == nil {
		err = s.write.QueryRowContext(ctx, `select
			(select coalesce(max(number), 0) from stories_next), (select count(*) from stories_next),
			(select count(*) from stories where `+codable+`)`).Scan(&r.After, &r.Done, &r.Stories)
	}
	return r, explained(s.path, err)
}

// Codable gives the stories after one that can be coded, in the order in which they
// came.
func (s *DuckDB) Codable(ctx context.Context, after int64) iter.Seq2[Story, error] {
	return func(yield func(Story, error) bool) {
		for {
			stories, err := s.codable(ctx, `number > ? and `+codable, after)
			if err != nil {
				yield(Story{}, explained(s.path, err))
				return
			}
			for _, st := range stories {
				if !yield(st, nil) {
					return
				}
				after = st.Number
			}
			if len(stories) < pageStories {
				return
			}
		}
	}
}

// StoriesOf gives the stored stories of some ids, as they are to be coded.
func (s *DuckDB) StoriesOf(ctx context.Context, ids []string) ([]Story, error) {
	var c condition
	oneOf(&c, "id", ids)
	stories, err := s.codable(ctx, c.sql(), c.args...)
	return stories, explained(s.path, err)
}

func (s *DuckDB) codable(ctx context.Context, where string, args ...any) ([]Story, error) {
	rows, err := s.db.QueryContext(ctx, fmt.Sprintf(`
		select number, id, title, text, url, publisher, language, published, published_part, published_basis, source, note
		from stories where %s order by number limit %d`, where, pageStories), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Story
	for rows.Next() {
		var st Story
		var published sql.NullTime
		var part string
		if err := rows.Scan(&st.Number, &st.ID, &st.Title, &st.Text, &st.URL, &st.Publisher, &st.Language,
			&published, &part, &st.PublishedBasis, &st.Source, &st.Note); err != nil {
			return nil, err
		}
		st.Published = dateOf(published, part)
		out = append(out, st)
	}
	return out, rows.Err()
}

// AddRecoded keeps what the coding of some stories gave, in one transaction, beside
// what they gave before. The stories come in the order of their numbers.
func (s *DuckDB) AddRecoded(ctx context.Context, stories []Recoded) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := within(ctx, s.write, func() error {
		err := s.appending(nextTables, func(t *tables) error { return t.addRecoded(stories) })
		if err != nil {
			return err
		}
		for i := range stories {
			if _, err := s.write.ExecContext(ctx, `insert into stories_next values (?, ?)`, stories[i].Number, stories[i].Note); err != nil {
				return err
			}
		}
		return s.addFailures(ctx, failuresOf(stories))
	})
	return explained(s.path, err)
}

func (t *tables) addRecoded(stories []Recoded) error {
	for i := range stories {
		st := &stories[i]
		if err := t.addRecords(st.Number, &Entry{Records: st.Records, Keys: st.Keys}); err != nil {
			return fmt.Errorf("storing the records of story number %d: %w", st.Number, err)
		}
	}
	return nil
}

// numbersOf are the numbers of the stories that were coded, as SQL.
func numbersOf(stories []Recoded) string {
	numbers := []string{"0"} // no story has it
	for i := range stories {
		if stories[i].Note == "" {
			numbers = append(numbers, strconv.FormatInt(stories[i].Number, 10))
		}
	}
	return strings.Join(numbers, ", ")
}

func failuresOf(stories []Recoded) []Entry {
	var out []Entry
	for i := range stories {
		if len(stories[i].Failures) > 0 {
			out = append(out, Entry{Failures: stories[i].Failures})
		}
	}
	return out
}

// Replace puts what another coding of some stories gave in the place of what they
// gave before, in one transaction. A story that failed keeps what it had, and its
// failures are the caller's. They are to be folded again afterwards.
func (s *DuckDB) Replace(ctx context.Context, stories []Recoded) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return explained(s.path, within(ctx, s.write, func() error { return s.replace(ctx, stories) }))
}

// Redate gives stored stories a date of publication, with what coding them again gave
// and how that failed: all in one transaction, so that no story has a date and the
// records that it gave without. They are to be folded again afterwards.
func (s *DuckDB) Redate(ctx context.Context, stories []Recoded) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := within(ctx, s.write, func() error {
		for i := range stories {
			st := &stories[i]
			if _, err := s.write.ExecContext(ctx, `update stories set published = ?, published_part = ?, published_basis = ? where number = ?`,
				firstDay(st.Published), partOf(st.Published), st.PublishedBasis, st.Number); err != nil {
				return err
			}
		}
		_, err := s.write.ExecContext(ctx, `update failures set solved = true where not solved and stage <> 'ingest' and story in
			(select id from stories where number in (`+numbersOf(stories)+`))`)
		if err == nil {
			err = s.addFailures(ctx, failuresOf(stories))
		}
		if err == nil { // a recoding that was stopped may have coded them without a date: it begins anew
			err = setMeta(ctx, s.write, "recoding", "")
		}
		if err == nil {
			err = s.replace(ctx, stories)
		}
		return err
	})
	return explained(s.path, err)
}

// replace does what Replace says, within a transaction.
func (s *DuckDB) replace(ctx context.Context, stories []Recoded) error {
	folded, err := s.foldedTo(ctx)
	if err != nil {
		return err
	}
	for i := range stories {
		st := &stories[i]
		folded = min(folded, st.Number-1)
		if _, err := s.write.ExecContext(ctx, `update stories set note = ? where number = ?`, st.Note, st.Number); err != nil {
			return err
		}
	}
	for _, table := range []string{"records", "dyads"} {
		if _, err := s.write.ExecContext(ctx, `delete from `+table+` where origin = ? and story in (`+numbersOf(stories)+`)`, coded); err != nil {
			return err
		}
	}
	alone, err := s.unreport(ctx)
	if err != nil {
		return err
	}
	folded = min(folded, alone-1)
	if err := s.appending(tableNames{"", "records", "dyads"}, func(t *tables) error { return t.addRecoded(stories) }); err != nil {
		return err
	}
	if err := s.correctAgain(ctx, liveTables, numbersOf(stories)); err != nil {
		return err
	}
	return setMeta(ctx, s.write, "folded_to", fmt.Sprint(max(folded, 0)))
}

// orphaned is the condition on reports of a happening whose record is gone.
const orphaned = `happening <> record and happening not in (select record from dyads where ordinal = 0)`

// unreport lets reports of a happening whose record is gone stand for themselves
// until they are folded again. It gives the number of the first story that has one.
func (s *DuckDB) unreport(ctx context.Context) (story int64, err error) {
	err = s.write.QueryRowContext(ctx, `select coalesce(min(story), ?) from dyads where `+orphaned, s.next).Scan(&story)
	if err == nil {
		_, err = s.write.ExecContext(ctx, `update dyads set happening = record, stands = true where `+orphaned)
	}
	return story, err
}

// FinishRecoding works out what the recoding changed, keeps that, and puts the new
// records in the place of the old ones: all in one transaction. Stories that failed
// keep the records that they had. All reports are to be folded again afterwards.
// told hears how many of the stories were compared.
func (s *DuckDB) FinishRecoding(ctx context.Context, told func(stories int64)) ([]ChangeCount, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := within(ctx, s.write, func() error {
		if _, err := s.write.ExecContext(ctx, `delete from changes`); err != nil {
			return err
		}
		if err := s.correctAgain(ctx, nextTables, `select number from stories_next where note = ''`); err != nil {
			return err
		}
		if err := s.compareNext(ctx, told); err != nil {
			return err
		}
		_, err := s.write.ExecContext(ctx, `
			delete from records where origin = 'dyad' and story in (select number from stories_next where note = '');
			insert into records by name from records_next;
			delete from dyads where origin = 'dyad' and story in (select number from stories_next where note = '');
			insert into dyads by name from dyads_next;
			update dyads set happening = record, stands = true where origin = 'dyad' and happening <> record;
			update failures set solved = true where not solved and stage <> 'ingest' and story in
				(select s.id from stories s join stories_next n on n.number = s.number where n.note = '');
			update stories set note = n.note from stories_next n where n.number = stories.number and stories.note <> n.note;
			drop table records_next;
			drop table dyads_next;
			drop table stories_next`)
		if err != nil {
			return err
		}
		recoding, err := meta(ctx, s.write, "recoding")
		codebook, _, _ := strings.Cut(recoding, " ")
		return errors.Join(err, setMeta(ctx, s.write, "recoded", codebook), setMeta(ctx, s.write, "recoding", ""),
			setMeta(ctx, s.write, "folded_to", "0"))
	})
	if err != nil {
		return nil, explained(s.path, err)
	}
	return s.CountChanges(ctx)
}

// compareNext goes through the recoded stories and keeps what changed.
func (s *DuckDB) compareNext(ctx context.Context, told func(int64)) error {
	var last, number int64
	if err := s.write.QueryRowContext(ctx, `select coalesce(max(number), 0) from stories_next`).Scan(&last); err != nil {
		return err
	}
	for from := int64(1); from <= last; from += pageStories {
		to := from + pageStories - 1
		done := `story in (select number from stories_next where note = '')`
		old, err := recordsBetween(ctx, s.write, "records", done, from, to)
		if err != nil {
			return err
		}
		now, err := recordsBetween(ctx, s.write, "records_next", "true", from, to)
		if err != nil {
			return err
		}
		if number, err = s.keepChanges(ctx, old, now, from, to, number); err != nil {
			return err
		}
		if told != nil {
			told(min(to, last))
		}
	}
	return nil
}

// querier is what both a database and a connection of it do.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// recordsBetween gives the records that dyad coded from the stories from one number
// to another, by the story's number.
func recordsBetween(ctx context.Context, db querier, table, where string, from, to int64) (map[int64][]dyad.Record, error) {
	rows, err := db.QueryContext(ctx, `select story, body from `+table+` where origin = 'dyad' and story between ? and ? and `+where+` order by story, rowid`, from, to)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64][]dyad.Record{}
	for rows.Next() {
		var story int64
		var body sql.RawBytes
		if err := rows.Scan(&story, &body); err != nil {
			return nil, err
		}
		r, err := format.ParseJSON(body)
		if err != nil {
			return nil, fmt.Errorf("reading a stored record: %w", err)
		}
		out[story] = append(out[story], r)
	}
	return out, rows.Err()
}

// keepChanges keeps what changed in the stories from one number to another, and
// gives the number of the last change.
func (s *DuckDB) keepChanges(ctx context.Context, old, now map[int64][]dyad.Record, from, to, number int64) (int64, error) {
	insert, err := s.write.PrepareContext(ctx, `insert into changes values (?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return number, err
	}
	defer insert.Close()
	for story := from; story <= to; story++ {
		for _, c := range Compare(old[story], now[story]) {
			number++
			var bodies [2]any
			for i, r := range []*dyad.Record{c.Old, c.New} {
				if r == nil {
					continue
				}
				line, err := format.JSON(r)
				if err != nil {
					return number, err
				}
				bodies[i] = string(line)
			}
			r := c.Record()
			if _, err := insert.ExecContext(ctx, number, story, c.What, string(r.Kind), EventOf(r), bodies[0], bodies[1]); err != nil {
				return number, err
			}
		}
	}
	return number, nil
}

// Coded gives all that dyad coded, story by story in the order in which they came.
func (s *DuckDB) Coded(ctx context.Context) iter.Seq2[dyad.Record, error] {
	return func(yield func(dyad.Record, error) bool) {
		var last int64
		err := s.db.QueryRowContext(ctx, `select coalesce(max(number), 0) from stories`).Scan(&last)
		for from := int64(1); err == nil && from <= last; from += pageStories {
			var page map[int64][]dyad.Record
			if page, err = recordsBetween(ctx, s.db, "records", "true", from, from+pageStories-1); err != nil {
				break
			}
			for story := from; story < from+pageStories; story++ {
				for _, r := range page[story] {
					if !yield(r, nil) {
						return
					}
				}
			}
		}
		if err != nil {
			yield(dyad.Record{}, explained(s.path, err))
		}
	}
}
