package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/relation"
)

// MonthPair is what happened between a pair in a month.
type MonthPair struct {
	Pair         string `json:"pair"`
	A            string `json:"a"`
	B            string `json:"b"`
	Friendly     int    `json:"friendly"`
	HostileWords int    `json:"hostile_words"`
	HostileDeeds int    `json:"hostile_deeds"`
	Sign         int    `json:"sign" enum:"-1,0,1" doc:"0: too little to say."`
}

// Month is what happened between all pairs in a month.
type Month struct {
	Month    string      `json:"month"`
	From     string      `json:"from"`
	To       string      `json:"to"`
	Friendly int         `json:"friendly" doc:"Of all pairs."`
	Hostile  int         `json:"hostile"`
	Stories  int         `json:"stories" doc:"Read in the month."`
	Pairs    []MonthPair `json:"pairs" doc:"The 80 of which most is told."`
	More     int         `json:"more" doc:"Pairs that are left out."`
}

// MonthList is months in order of time, without gaps.
type MonthList struct {
	On     string  `json:"on"`
	Months []Month `json:"months"`
}

// monthPairs is how many pairs of a month are given: as many as a map can show.
const monthPairs = 80

type monthsInput struct {
	Months int      `query:"months" minimum:"1" maximum:"120" default:"24" doc:"So many at most, the last that of on."`
	On     string   `query:"on" doc:"Default: the last day of which anything is stored."`
	Origin []string `query:"origin"`
}

func (s *Server) addMonths(api huma.API) {
	get(s, api, "/api/months", "months", "What happened between whom, month by month: the map by time", s.months)
}

func (s *Server) months(ctx context.Context, in *monthsInput) (MonthList, error) {
	var wrong faults
	on := wrong.day("query.on", in.On, true)
	if err := wrong.err(); err != nil {
		return MonthList{}, err
	}
	first, _, err := s.options.Store.Span(ctx, in.Origin)
	if err == nil && on.IsZero() {
		on, err = s.desk(in.Origin).LastDay(ctx)
	}
	if err != nil {
		return MonthList{}, err
	}
	out := MonthList{On: on.String(), Months: []Month{}}
	if on.IsZero() {
		return out, nil
	}
	covered, err := s.desk(in.Origin).Covered(ctx)
	if err != nil {
		return MonthList{}, err
	}
	read := map[dyad.Date]int{}
	for _, c := range covered {
		read[monthOf(relation.DateOf(c.Day))] += c.Stories
	}
	for at := monthOf(on); len(out.Months) < in.Months && !at.Before(monthOf(first)); at = monthOf(relation.DateOf(relation.DayOf(at) - 1)) {
		m, err := s.month(ctx, in.Origin, at)
		if err != nil {
			return MonthList{}, err
		}
		m.Stories = read[at]
		out.Months = append(out.Months, m)
	}
	slices.Reverse(out.Months)
	return out, nil
}

// monthOf is the first day of the month of a day.
func monthOf(d dyad.Date) dyad.Date { return dyad.Date{Year: d.Year, Month: d.Month, Day: 1} }

// month counts one month, which is given by its first day.
func (s *Server) month(ctx context.Context, origins []string, first dyad.Date) (Month, error) {
	last := dyad.Date{Year: first.Year, Month: first.Month}.End()
	counts, err := s.options.Store.PairCounts(ctx, origins, last, last.Day, 1)
	out := Month{Month: first.String()[:len("2006-01")], From: first.String(), To: last.String(), Pairs: []MonthPair{}}
	for _, c := range counts {
		p := relation.PairOf(c.A, c.B)
		_, sign := leaning(c.Friendly, c.HostileWords, c.HostileDeeds)
		out.Friendly += c.Friendly
		out.Hostile += c.HostileWords + c.HostileDeeds
		out.Pairs = append(out.Pairs, MonthPair{p.String(), p.A, p.B, c.Friendly, c.HostileWords, c.HostileDeeds, sign})
	}
	told := func(p *MonthPair) int { return p.Friendly + p.HostileWords + p.HostileDeeds }
	slices.SortFunc(out.Pairs, func(a, b MonthPair) int { return cmp.Or(cmp.Compare(told(&b), told(&a)), cmp.Compare(a.Pair, b.Pair)) })
	if n := len(out.Pairs); n > monthPairs {
		out.Pairs, out.More = out.Pairs[:monthPairs], n-monthPairs
	}
	return out, err
}
