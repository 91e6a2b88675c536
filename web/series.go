package web

import (
	"github.com/opendyad/dyad/relation"
)

// Interval is an estimate with its bounds.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Segment is a stretch of time over which a pair behaved alike.
type Segment struct {
	From          string   `json:"from"`
	To            string   `json:"to"`
	FriendlyWords int      `json:"friendly_words"`
	FriendlyDeeds int      `json:"friendly_deeds"`
	HostileWords  int      `json:"hostile_words"`
	HostileDeeds  int      `json:"hostile_deeds"`
	Tension       Interval `json:"tension" doc:"Share of hostility, deeds counted double."`
	State         string   `json:"state"`
}

func segmentOf(s *relation.Segment) Segment {
	return Segment{s.From.String(), s.To.String(), s.FriendlyWords, s.FriendlyDeeds, s.HostileWords, s.HostileDeeds, Interval(s.Tension), s.State}
}

// Change is a day from about which a pair behaved otherwise.
type Change struct {
	Since     string  `json:"since"`
	Direction string  `json:"direction"`
	Before    Segment `json:"before"`
	After     Segment `json:"after"`
}

func changeOf(c *relation.Change) Change {
	return Change{c.Since.String(), c.Direction, segmentOf(&c.Before), segmentOf(&c.After)}
}

// Act is one happening, one way.
type Act struct {
	Date      string  `json:"date"`
	Precision string  `json:"precision" enum:"day,month,year"`
	Actor     string  `json:"actor"`
	Recipient string  `json:"recipient"`
	Event     string  `json:"event"`
	Mode      string  `json:"mode"`
	Quad      int     `json:"quad"`
	Scale     float64 `json:"scale"`
	Mutual    bool    `json:"mutual" doc:"Both did it to one another."`
	Reports   int     `json:"reports"`
	Record    string  `json:"record"`
	Happening string  `json:"happening"`
}

func actOf(a *relation.Act) Act {
	precision := map[relation.Precision]string{relation.PreciseDay: "day", relation.PreciseMonth: "month", relation.PreciseYear: "year"}[a.Precision]
	return Act{relation.DateOf(a.Day).String(), precision, a.Actor, a.Recipient, a.Event, a.Mode, int(a.Quad), round(float64(a.Scale)), a.Mutual, int(a.Reports), a.Record, a.Happening}
}

// Said is what somebody says of a pair's relation.
type Said struct {
	Date      string `json:"date"`
	State     string `json:"state"`
	Direction string `json:"direction"`
	Past      bool   `json:"past"`
	Record    string `json:"record"`
}

func saidOf(s *relation.Said) Said {
	return Said{relation.DateOf(s.Day).String(), s.State, s.Direction, s.Past, s.Record}
}

// State is where a pair stands on a day.
type State struct {
	On        string    `json:"on"`
	Level     string    `json:"level" enum:",hostile,strained,normal,cooperative,close"`
	Basis     string    `json:"basis" enum:",events,claims"`
	Direction string    `json:"direction" enum:",worsening,mending,steady"`
	Since     string    `json:"since"`
	Sentence  string    `json:"sentence"`
	Reasons   []string  `json:"reasons"`
	Recent    Segment   `json:"recent"`
	Movers    []Act     `json:"movers" doc:"The happenings that moved it."`
	Said      []Said    `json:"said"`
	Changes   []Change  `json:"changes"`
	Segments  []Segment `json:"segments"`
}

func stateOf(s *relation.State) State {
	return State{On: s.On.String(), Level: s.Level, Basis: s.Basis, Direction: s.Direction, Since: s.Since.String(), Sentence: s.Sentence,
		Reasons: listed(s.Reasons), Recent: segmentOf(&s.Recent), Movers: mapped(s.Movers, actOf), Said: mapped(s.Said, saidOf),
		Changes: mapped(s.Changes, changeOf), Segments: mapped(s.Segments, segmentOf)}
}

// Net is net cooperation with its interval.
type Net struct {
	Interval
	Enough bool `json:"enough" doc:"Whether there are enough happenings to say."`
}

// Flow is what happened one way, or both ways. A flow of nothing has its count only.
type Flow struct {
	Count        int            `json:"count"`
	ByQuad       []int          `json:"by_quad,omitempty" doc:"Quad classes 1 to 4."`
	Unclassed    int            `json:"unclassed,omitempty"`
	Events       map[string]int `json:"events,omitempty"`
	Scores       float64        `json:"scores,omitempty" doc:"Sum of the scores."`
	Mean         float64        `json:"mean,omitempty"`
	Net          *Net           `json:"net,omitempty"`
	Future       int            `json:"future,omitempty"`
	Hypothetical int            `json:"hypothetical,omitempty"`
	Negated      int            `json:"negated,omitempty"`
	Past         int            `json:"past,omitempty"`
}

func flowOf(f *relation.Flow) Flow {
	out := Flow{Count: f.Count, Events: f.Events, Scores: round(f.Scores), Mean: round(f.Mean), Future: f.Future, Hypothetical: f.Hypothetical, Negated: f.Negated, Past: f.Past}
	if f.Count > 0 {
		out.ByQuad, out.Unclassed = f.ByQuad[1:], f.ByQuad[0]
		out.Net = &Net{Interval{round(f.Net.Value), round(f.Net.Low), round(f.Net.High)}, f.Net.Enough}
	}
	return out
}

// Period is one day, week, month or quarter.
type Period struct {
	Start       string  `json:"start"`
	End         string  `json:"end"`
	Both        Flow    `json:"both"`
	AB          Flow    `json:"ab"`
	BA          Flow    `json:"ba"`
	ShareOfPair float64 `json:"share_of_pair" doc:"Negative: not known."`
	ShareOfAll  float64 `json:"share_of_all" doc:"Negative: not known."`
	StockUp     float64 `json:"stock_up"`
	StockDown   float64 `json:"stock_down"`
	Stories     int     `json:"stories" doc:"Read, about whatever; -1: not known."`
}

func periodOf(p *relation.Period) Period {
	return Period{p.Start.String(), p.End.String(), flowOf(&p.Both), flowOf(&p.AB), flowOf(&p.BA), round(p.ShareOfPair), round(p.ShareOfAll),
		round(p.StockUp), round(p.StockDown), p.Stories}
}

// Series is a pair's periods in order, without gaps.
type Series struct {
	A        string   `json:"a"`
	B        string   `json:"b"`
	Step     string   `json:"step"`
	HalfLife float64  `json:"half_life"`
	Reports  bool     `json:"reports"`
	Total    Flow     `json:"total"`
	Coarse   int      `json:"coarse" doc:"Happenings whose date is longer than a period."`
	Undated  int      `json:"undated"`
	Periods  []Period `json:"periods"`
}

func seriesOf(s *relation.Series) Series {
	return Series{s.A, s.B, string(s.Step), s.HalfLife, s.Reports, flowOf(&s.Total), s.Coarse, s.Undated, mapped(s.Periods, periodOf)}
}

// Tie is how two of a triad stand.
type Tie struct {
	Sign    int     `json:"sign" enum:"-1,0,1"`
	Basis   string  `json:"basis"`
	Segment Segment `json:"segment"`
	Issue   string  `json:"issue"`
}

func tieOf(t *relation.Tie) Tie { return Tie{t.Sign, t.Basis, segmentOf(&t.Segment), t.Issue} }

// Triad is a pair with a third country.
type Triad struct {
	Third    string `json:"third"`
	Name     string `json:"name"`
	AB       Tie    `json:"ab"`
	AC       Tie    `json:"ac"`
	BC       Tie    `json:"bc"`
	Balanced bool   `json:"balanced"`
	Known    bool   `json:"known"`
	Reading  string `json:"reading"`
}

// round leaves four places, which is more than is known.
func round(x float64) float64 {
	const places = 10_000
	if x < 0 {
		return float64(int64(x*places-0.5)) / places
	}
	return float64(int64(x*places+0.5)) / places
}
