package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// OverIssue counts what happened over an issue.
type OverIssue struct {
	Issue        string `json:"issue"`
	Friendly     int64  `json:"friendly"`
	HostileWords int64  `json:"hostile_words"`
	HostileDeeds int64  `json:"hostile_deeds"`
}

// Side is a pair in a time.
type Side struct {
	Pair     string              `json:"pair"`
	A        Country             `json:"a"`
	B        Country             `json:"b"`
	From     string              `json:"from"`
	To       string              `json:"to"`
	Days     int                 `json:"days"`
	Stories  int                 `json:"stories" doc:"Read in that time, about whatever; -1: not known."`
	State    State               `json:"state" doc:"As of its last day."`
	Series   Series              `json:"series"`
	Issues   []OverIssue         `json:"issues" doc:"Those of which most is told first."`
	Evidence map[string]Evidence `json:"evidence"`
}

// Comparison is two pairs in a time each, or one pair in two times.
type Comparison struct {
	Sides []Side `json:"sides" doc:"Two."`
	Apart bool   `json:"apart" doc:"The intervals of net cooperation do not meet: the difference is more than chance."`
}

// CompareInput asks for a comparison.
type CompareInput struct {
	Pair      string   `query:"pair" required:"true" maxLength:"100" doc:"IRN-PAK"`
	From      string   `query:"from" doc:"Default: 180 days before to."`
	To        string   `query:"to" doc:"Default: the last day of which anything is stored."`
	Other     string   `query:"other" maxLength:"100" doc:"Another pair; default the same."`
	OtherFrom string   `query:"other_from" doc:"Default: of another pair the same time, of the same pair as long a time just before."`
	OtherTo   string   `query:"other_to"`
	Step      string   `query:"step" enum:"day,week,month,quarter" default:"month"`
	Origin    []string `query:"origin"`
}

func (s *Server) addCompare(api huma.API) {
	get(s, api, "/api/compare", "compare", "Two pairs, or two times of one, side by side", s.compare)
}

func (s *Server) compare(ctx context.Context, in *CompareInput) (Comparison, error) {
	var wrong faults
	asked := [2]asked{{pair: in.Pair}, {pair: in.Other}}
	asked[0].from, asked[0].to = s.days("query.from", in.From, "query.to", in.To, &wrong)
	asked[1].from, asked[1].to = s.days("query.other_from", in.OtherFrom, "query.other_to", in.OtherTo, &wrong)
	if in.Other == "" {
		asked[1].pair = in.Pair
	}
	asked[0].a, asked[0].b = s.pair("query.pair", asked[0].pair, &wrong)
	asked[1].a, asked[1].b = s.pair("query.other", asked[1].pair, &wrong)
	if err := wrong.err(); err != nil {
		return Comparison{}, err
	}
	last, err := s.desk(in.Origin).LastDay(ctx)
	if err != nil {
		return Comparison{}, err
	}
	asked[0].settle(last)
	if begins("query.from", asked[0].from, asked[0].to, &wrong); wrong.err() != nil {
		return Comparison{}, wrong.err()
	}
	asked[1].settleBeside(&asked[0])
	var out Comparison
	for i := range asked {
		o := relation.SeriesOptions{Step: relation.Step(in.Step), From: asked[i].from, To: asked[i].to}
		if boundPeriods(&o, &wrong); wrong.err() != nil {
			return Comparison{}, wrong.err()
		}
		side, err := s.side(ctx, in.Origin, &asked[i], o)
		if err != nil {
			return Comparison{}, err
		}
		out.Sides = append(out.Sides, side)
	}
	if x, y := out.Sides[0].Series.Total.Net, out.Sides[1].Series.Total.Net; x != nil && y != nil && x.Enough && y.Enough {
		out.Apart = x.Low > y.High || y.Low > x.High
	}
	return out, nil
}

// asked is one side of a comparison as it is asked for.
type asked struct {
	pair, a, b string
	from, to   dyad.Date
}

// settle gives the time that is meant where none is named.
func (x *asked) settle(last dyad.Date) {
	if x.to.IsZero() {
		x.to = last
	}
	if x.from.IsZero() && !x.to.IsZero() {
		x.from = relation.DateOf(relation.DayOf(x.to) - relation.Window + 1)
	}
}

// settleBeside does so for what is set beside another: another pair in the same time,
// or the same pair just before.
func (x *asked) settleBeside(other *asked) {
	same := relation.PairOf(x.a, x.b) == relation.PairOf(other.a, other.b)
	length := relation.DayOf(other.to) - relation.DayOf(other.from)
	switch {
	case other.to.IsZero():
	case x.from.IsZero() && x.to.IsZero() && same:
		x.to = relation.DateOf(relation.DayOf(other.from) - 1)
		x.from = relation.DateOf(relation.DayOf(x.to) - length)
	case x.from.IsZero() && x.to.IsZero():
		x.from, x.to = other.from, other.to
	case x.from.IsZero():
		x.from = relation.DateOf(relation.DayOf(x.to) - length)
	case x.to.IsZero():
		x.to = relation.DateOf(relation.DayOf(x.from) + length)
	}
}

func (s *Server) side(ctx context.Context, origins []string, x *asked, o relation.SeriesOptions) (Side, error) {
	out := Side{Pair: relation.PairOf(x.a, x.b).String(), A: s.named(x.a), B: s.named(x.b), From: x.from.String(), To: x.to.String(), Stories: -1, Issues: []OverIssue{}}
	if !x.to.IsZero() {
		out.Days = int(relation.DayOf(x.to)-relation.DayOf(x.from)) + 1
	}
	p, err := s.desk(origins).Pair(ctx, x.a, x.b, o, x.to)
	if err != nil {
		return out, err
	}
	out.State, out.Series = stateOf(&p.State), seriesOf(&p.Series)
	for _, period := range p.Series.Periods {
		if period.Stories >= 0 {
			out.Stories = max(0, out.Stories) + period.Stories
		}
	}
	if out.Issues, err = s.overIssues(ctx, origins, x); err != nil {
		return out, err
	}
	out.Evidence, err = s.evidence(ctx, restingOn(&p.State))
	return out, err
}

// overIssues counts what happened over each issue.
func (s *Server) overIssues(ctx context.Context, origins []string, x *asked) ([]OverIssue, error) {
	f := store.Filter{Either: []string{x.a + "-" + x.b}, Kinds: []dyad.Kind{dyad.KindEvent}, Aux: []string{"actual"}, From: x.from, To: x.to, Origin: origins, Fold: true}
	counts, err := s.options.Store.Count(ctx, f, []string{"issue", "quad"})
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	out := []OverIssue{}
	for _, c := range counts {
		if c.By[0] == "" {
			continue
		}
		i, known := at[c.By[0]]
		if !known {
			i = len(out)
			at[c.By[0]] = i
			out = append(out, OverIssue{Issue: c.By[0]})
		}
		switch c.By[1] {
		case "1", "2":
			out[i].Friendly += c.Number
		case "3":
			out[i].HostileWords += c.Number
		case "4":
			out[i].HostileDeeds += c.Number
		}
	}
	slices.SortStableFunc(out, func(a, b OverIssue) int { return cmp.Compare(b.told(), a.told()) })
	return out, nil
}

func (o *OverIssue) told() int64 { return o.Friendly + o.HostileWords + o.HostileDeeds }
