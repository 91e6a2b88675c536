package web

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad/relation"
)

// Anniversary is what happened between a pair around a day of an earlier year.
type Anniversary struct {
	Years int    `json:"years" doc:"Before the day that is asked about."`
	On    string `json:"on" doc:"That day, so many years before."`
	Acts  []Act  `json:"acts" doc:"By day."`
}

// YearOfWeeks is how much happened in each week of a year.
type YearOfWeeks struct {
	Year  int      `json:"year"`
	Weeks [][2]int `json:"weeks" doc:"53, counted from 1 January: friendly and hostile happenings."`
}

// AnniversaryList is what happened between a pair around the same day of earlier years.
type AnniversaryList struct {
	Pair     string              `json:"pair"`
	On       string              `json:"on"`
	Within   int                 `json:"within"`
	Items    []Anniversary       `json:"items" doc:"The latest year first; years without anything are left out."`
	Years    []YearOfWeeks       `json:"years" doc:"The latest first, without gaps."`
	Evidence map[string]Evidence `json:"evidence"`
}

type anniversariesInput struct {
	Pair   string   `path:"pair" maxLength:"100" doc:"IRN-PAK"`
	On     string   `query:"on" doc:"Default: the last day of which anything is stored."`
	Within int      `query:"within" minimum:"0" maximum:"31" default:"7" doc:"Days before and after."`
	Origin []string `query:"origin"`
}

func (s *Server) addAnniversaries(api huma.API) {
	get(s, api, "/api/pairs/{pair}/anniversaries", "anniversaries", "What happened between a pair on this day of earlier years", s.anniversaries)
}

func (s *Server) anniversaries(ctx context.Context, in *anniversariesInput) (AnniversaryList, error) {
	var wrong faults
	a, b := s.pair("path.pair", in.Pair, &wrong)
	on := wrong.day("query.on", in.On, true)
	if err := wrong.err(); err != nil {
		return AnniversaryList{}, err
	}
	d := s.desk(in.Origin)
	var err error
	if on.IsZero() {
		if on, err = d.LastDay(ctx); err != nil {
			return AnniversaryList{}, err
		}
	}
	acts, err := d.Acts(ctx, a, b)
	if err != nil {
		return AnniversaryList{}, err
	}
	found, years := relation.AnniversariesOf(acts, a, b, on, in.Within)
	var ids []string
	for i := range found {
		for j := range found[i].Acts {
			ids = append(ids, found[i].Acts[j].Record)
		}
	}
	out := AnniversaryList{Pair: relation.PairOf(a, b).String(), On: on.String(), Within: in.Within, Years: mapped(years, weeksOf)}
	out.Items = mapped(found, func(x *relation.Anniversary) Anniversary {
		return Anniversary{x.Years, x.On.String(), mapped(x.Acts, actOf)}
	})
	out.Evidence, err = s.evidence(ctx, ids)
	return out, err
}

func weeksOf(y *relation.YearOfWeeks) YearOfWeeks {
	out := YearOfWeeks{Year: y.Year}
	for i := range y.Friendly {
		out.Weeks = append(out.Weeks, [2]int{y.Friendly[i], y.Hostile[i]})
	}
	return out
}
