package pipeline

import (
	"context"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/dedup"
	"github.com/opendyad/dyad/store"
)

// Fold works out which of the stories that are new in a store are near-duplicates,
// and which of their records tell of one happening. What it finds depends on what
// is stored and not on the order in which it came, so that a fold that was
// interrupted is simply done again. It costs what the new stories touch: stories
// published within a few days of them, and records that share their keys.
func Fold(ctx context.Context, s *store.DuckDB) error {
	defer s.HoldFolding()()
	unfolded, err := s.Unfolded(ctx)
	if err != nil || unfolded == 0 {
		return err
	}
	if err := foldStories(ctx, s); err != nil {
		return err
	}
	return foldRecords(ctx, s)
}

// foldStories gives stories that are near-duplicates one cluster: the one that came
// first among those that they had.
func foldStories(ctx context.Context, s *store.DuckDB) error {
	var near []store.Near
	var stories []dedup.Story
	err := s.Near(ctx, dedup.Window, func(n *store.Near) {
		st := dedup.Story{ID: n.ID, Day: dedup.Undated, Hash: n.Hash}
		if n.Dated {
			st.Day = int32(n.Day)
		}
		st.Signature = dedup.SignatureOf(n.Signature)
		n.Signature = nil
		stories = append(stories, st)
		near = append(near, *n)
	})
	if err != nil {
		return err
	}
	of := dedup.Clusters(func(yield func(dedup.Story) bool) {
		for i := range stories {
			if !yield(stories[i]) {
				return
			}
		}
	})
	// What was found among these stories joins the clusters that they had.
	join := joined{}
	for i, first := range of {
		join.join(near[i].Cluster, near[first].Cluster)
	}
	changed := map[int64]int64{}
	for cluster := range join {
		if root := join.root(cluster); root != cluster {
			changed[cluster] = root
		}
	}
	return s.SetClusters(ctx, changed)
}

// joined joins numbers to groups, which are named after their smallest number.
type joined map[int64]int64

func (j joined) root(n int64) int64 {
	for {
		above, found := j[n]
		if !found || above == n {
			return n
		}
		if next, found := j[above]; found {
			j[n] = next
		}
		n = above
	}
}

func (j joined) join(a, b int64) {
	a, b = j.root(a), j.root(b)
	j[max(a, b)] = min(a, b)
}

// Correct makes a correction, and folds again what tells of the same as the record
// that was coded and as the one that is right.
func Correct(ctx context.Context, s *store.DuckDB, c store.Correction) (store.Correction, error) {
	defer s.HoldFolding()()
	if c.After != nil {
		c.KeyAfter = Keys([]dyad.Record{*c.After})[0]
	}
	c, err := s.Correct(ctx, c)
	if err != nil {
		return c, err
	}
	return c, foldKeys(ctx, s, c)
}

// UndoCorrection takes a correction back, and folds again likewise.
func UndoCorrection(ctx context.Context, s *store.DuckDB, number int64) (store.Correction, error) {
	defer s.HoldFolding()()
	c, err := s.UndoCorrection(ctx, number)
	if err != nil {
		return c, err
	}
	return c, foldKeys(ctx, s, c)
}

// foldKeys folds again what shares the keys of a correction. What is made is made: it
// is done even when who asked for it has gone.
func foldKeys(ctx context.Context, s *store.DuckDB, c store.Correction) error {
	ctx = context.WithoutCancel(ctx)
	changed := map[uint64]uint64{}
	err := s.TellingsOf(ctx, []uint64{c.KeyBefore, c.KeyAfter}, changes(changed))
	if err != nil {
		return err
	}
	return s.SetHappeningsOf(ctx, changed)
}

// foldRecords gives records that tell of one happening the id of the one that
// stands for them.
func foldRecords(ctx context.Context, s *store.DuckDB) error {
	changed := map[uint64]uint64{}
	if err := s.Tellings(ctx, changes(changed)); err != nil {
		return err
	}
	return s.SetHappenings(ctx, changed)
}

// changes works out the happenings of tellings that share a key, and notes those that
// are others than before.
func changes(changed map[uint64]uint64) func([]store.Telling) error {
	return func(group []store.Telling) error {
		tellings := make([]dedup.Telling, len(group))
		for i := range group {
			g := &group[i]
			t := dedup.Telling{Record: g.Record, Key: g.Same, Cluster: g.Cluster, Story: g.Story, Day: dedup.Undated, ByText: g.ByText,
				Mode: g.Mode, Issues: g.Issues, Country: g.Country, Province: g.Province, City: g.City}
			// "In April" may be any of its days: it agrees with none for certain.
			if g.Dated && g.Last-g.Day < dedup.SpanDays {
				t.Day, t.Last = int32(g.Day), int32(g.Last)
			}
			tellings[i] = t
		}
		for i, first := range dedup.Happenings(tellings) {
			if happening := group[first].Record; happening != group[i].Happening {
				changed[group[i].Record] = happening
			}
		}
		return nil
	}
}
