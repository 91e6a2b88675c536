//go:build cgo

package store

import (
	"context"
	"errors"
	"fmt"
)

// Import stores events of other projects, in one transaction. One that is stored
// already is left out.
func (s *DuckDB) Import(ctx context.Context, p Prepared) (int, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.loadKnown(ctx); err != nil {
		return 0, explained(s.path, err)
	}
	added := make([]*prepared, 0, len(p.events))
	for i := range p.events {
		if s.known.add(p.events[i].id) {
			added = append(added, &p.events[i])
		}
	}
	err := within(ctx, s.write, func() error {
		return s.appending(liveTables, func(t *tables) error { return t.addImported(added) })
	})
	if err != nil {
		for _, e := range added {
			s.known.remove(e.id)
		}
		return 0, explained(s.path, err)
	}
	return len(added), nil
}

// addImported appends to both tables at once: the two appenders share nothing but the
// lock under which they flush.
func (t *tables) addImported(events []*prepared) error {
	bodies := make(chan error)
	go func() {
		bodies <- each(events, func(e *prepared) error { return t.addBody(0, e) })
	}()
	dyads := each(events, func(e *prepared) error { return t.addDyads(0, e, 0) })
	return errors.Join(<-bodies, dyads)
}

func each(events []*prepared, add func(*prepared) error) error {
	for _, e := range events {
		if err := add(e); err != nil {
			return fmt.Errorf("storing the event %s: %w", recordID(e.id), err)
		}
	}
	return nil
}

// loadKnown reads the ids of all imported events, at the first import.
func (s *DuckDB) loadKnown(ctx context.Context) error {
	if s.known != nil {
		return nil
	}
	known := newNumbers()
	rows, err := s.write.QueryContext(ctx, `
		select record from dyads where origin <> ? and ordinal = 0
		union all select record from corrections where story = 0 and action = 'reject' and undone is null`, coded)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id uint64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		known.add(id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	s.known = known
	return nil
}
