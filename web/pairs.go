package web

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// Country is a code with its name.
type Country struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// PairState is a State in short.
type PairState struct {
	Level     string `json:"level"`
	Direction string `json:"direction"`
	Since     string `json:"since"`
	Sentence  string `json:"sentence"`
}

// PairHead is a pair as map, network and matrix show it.
type PairHead struct {
	Pair         string     `json:"pair"`
	A            string     `json:"a"`
	B            string     `json:"b"`
	Friendly     int        `json:"friendly"`
	HostileWords int        `json:"hostile_words"`
	HostileDeeds int        `json:"hostile_deeds"`
	Sign         int        `json:"sign" enum:"-1,0,1" doc:"0: too little to say."`
	Tension      float64    `json:"tension" doc:"Share of hostility, deeds counted double."`
	Score        float64    `json:"score" doc:"How far the last 30 days are from the pair's own past, in standard deviations."`
	Direction    string     `json:"direction"`
	Spark        [][2]int   `json:"spark" doc:"Friendly and hostile in 24 periods of 30 days, the oldest first."`
	State        *PairState `json:"state,omitempty"`
}

// PairList is all pairs between which something happened.
type PairList struct {
	Since string     `json:"since"`
	On    string     `json:"on"`
	Pairs []PairHead `json:"pairs"`
}

// PairOne is where a pair stands.
type PairOne struct {
	Pair     string              `json:"pair"`
	A        Country             `json:"a"`
	B        Country             `json:"b"`
	State    State               `json:"state"`
	Series   Series              `json:"series"`
	Changes  []Change            `json:"changes" doc:"Days from about which the series is otherwise: over the issue, where one is asked for."`
	Triads   []Triad             `json:"triads"`
	Evidence map[string]Evidence `json:"evidence"`
}

// Brief is a brief of a pair, in words.
type Brief struct {
	Title    string         `json:"title"`
	Period   string         `json:"period"`
	Lead     BriefLine      `json:"lead"`
	Sections []BriefSection `json:"sections"`
	Sources  []BriefSource  `json:"sources"`
}

// BriefSection is a heading with its lines.
type BriefSection struct {
	Title string      `json:"title"`
	Lines []BriefLine `json:"lines"`
	Empty string      `json:"empty" doc:"What stands there when there are no lines."`
}

// BriefLine is one sentence of a brief.
type BriefLine struct {
	Label string `json:"label"`
	Text  string `json:"text"`
	Quote string `json:"quote"`
	Cited []int  `json:"cited"`
	Under bool   `json:"under"`
}

// BriefSource is a numbered story.
type BriefSource struct {
	Number    int    `json:"number"`
	Story     string `json:"story"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	URL       string `json:"url"`
	Published string `json:"published"`
}

type pairsInput struct {
	FormParams
	Since  string   `query:"since" doc:"First day; default 180 days before on."`
	On     string   `query:"on" doc:"Last day; default the last of which anything is stored."`
	Origin []string `query:"origin"`
	States int      `query:"states" minimum:"0" maximum:"60" doc:"For so many pairs, those of whom most is told, the state too."`
}

// PairQuery asks where a pair stands.
type PairQuery struct {
	Pair     string   `path:"pair" doc:"IRN-PAK" maxLength:"100"`
	Step     string   `query:"step" enum:"day,week,month,quarter" default:"month"`
	From     string   `query:"from"`
	To       string   `query:"to"`
	On       string   `query:"on"`
	Origin   []string `query:"origin"`
	HalfLife float64  `query:"half_life" minimum:"1" maximum:"100000" default:"90"`
	Reports  bool     `query:"reports" doc:"Count reports instead of happenings."`
	Issue    string   `query:"issue" maxLength:"100" doc:"Of the series and changes: only what happened over this issue."`
}

type briefInput struct {
	FormParams
	Pair   string   `path:"pair" maxLength:"100"`
	Since  string   `query:"since"`
	On     string   `query:"on"`
	Origin []string `query:"origin"`
}

func (s *Server) addPairs(api huma.API) {
	several(s, api, "/api/pairs", "pairs", "All pairs between which something happened",
		[]string{"csv", "graphml"}, func(in *pairsInput) (string, string) { return in.asked() }, s.pairs)
	get(s, api, "/api/pairs/{pair}", "pair", "Where a pair stands, which way it moves and why", s.pairOne)
	several(s, api, "/api/pairs/{pair}/brief", "brief", "A brief of a pair",
		[]string{"md", "html"}, func(in *briefInput) (string, string) { return in.asked() }, s.brief)
}

const (
	sparkDays    = 30
	sparkPeriods = 24
	changeDays   = 30
	enoughToSay  = 5
)

func (s *Server) pairs(ctx context.Context, in *pairsInput, form string) (*PairList, func(io.Writer) error, error) {
	var wrong faults
	since, on := s.days("query.since", in.Since, "query.on", in.On, &wrong)
	if err := wrong.err(); err != nil {
		return nil, nil, err
	}
	first, _, err := s.options.Store.Span(ctx, in.Origin)
	if err == nil && on.IsZero() {
		on, err = s.desk(in.Origin).LastDay(ctx)
	}
	if err != nil {
		return nil, nil, err
	}
	out := &PairList{Pairs: []PairHead{}}
	if !on.IsZero() {
		if since.IsZero() {
			since = relation.DateOf(relation.DayOf(on) - relation.Window + 1)
		}
		if out.Pairs, err = s.pairHeads(ctx, in, first, since, on); err != nil {
			return nil, nil, err
		}
	}
	out.Since, out.On = since.String(), on.String()
	write := func(w io.Writer) error { return writeGraphML(w, out, s.reference.Name) }
	if form == "csv" {
		write = func(w io.Writer) error { return writePairs(w, out) }
	}
	return out, write, nil
}

// pairHeads gives all pairs of a window with how they move, those first of whom most
// is told.
func (s *Server) pairHeads(ctx context.Context, in *pairsInput, first, since, on dyad.Date) ([]PairHead, error) {
	days := int(relation.DayOf(on)-relation.DayOf(since)) + 1
	window, err := s.options.Store.PairCounts(ctx, in.Origin, on, days, 1)
	if err != nil {
		return nil, err
	}
	periods, err := s.options.Store.PairCounts(ctx, in.Origin, on, sparkDays, relation.DefaultPast+1)
	if err != nil {
		return nil, err
	}
	past := min(relation.DefaultPast, int(relation.DayOf(on)-relation.DayOf(first))/changeDays)
	moves, sparks := movesOf(periods, past)
	heads := make([]PairHead, 0, len(window))
	for _, c := range window {
		p := relation.PairOf(c.A, c.B)
		h := PairHead{Pair: p.String(), A: p.A, B: p.B, Friendly: c.Friendly, HostileWords: c.HostileWords, HostileDeeds: c.HostileDeeds, Spark: sparks[p]}
		h.Tension, h.Sign = leaning(c.Friendly, c.HostileWords, c.HostileDeeds)
		if m, moved := moves[p]; moved {
			h.Score = round(m.Score)
			if m.Score >= relation.Unusual || m.Score <= -relation.Unusual {
				h.Direction = m.Direction
			}
		}
		heads = append(heads, h)
	}
	slices.SortStableFunc(heads, func(a, b PairHead) int { return b.told() - a.told() })
	for i := range heads[:min(in.States, len(heads))] {
		if heads[i].State, err = s.shortState(ctx, &heads[i], in.Origin, on); err != nil {
			return nil, err
		}
	}
	return heads, nil
}

// leaning is the share of hostility, deeds counted double, and which way that leans.
func leaning(friendly, words, deeds int) (tension float64, sign int) {
	if all := float64(friendly + words + 2*deeds); all > 0 {
		tension = round(float64(words+2*deeds) / all)
	}
	if friendly+words+deeds >= enoughToSay {
		sign = cmp.Compare(0.5, tension)
	}
	return tension, sign
}

func (h *PairHead) told() int { return h.Friendly + h.HostileWords + h.HostileDeeds }

// movesOf tells how far pairs are from their own past, and draws their last two years.
func movesOf(counts []store.PairCount, past int) (map[relation.Pair]relation.Move, map[relation.Pair][][2]int) {
	tallies := make([]relation.Tally, 0, len(counts))
	totals := make([]int, past+1)
	sparks := map[relation.Pair][][2]int{}
	for _, c := range counts {
		p := relation.PairOf(c.A, c.B)
		hostile := c.HostileWords + c.HostileDeeds
		if c.Period < sparkPeriods {
			if sparks[p] == nil {
				sparks[p] = make([][2]int, sparkPeriods)
			}
			sparks[p][sparkPeriods-1-c.Period] = [2]int{c.Friendly, hostile}
		}
		if c.Period <= past {
			tallies = append(tallies, relation.Tally{Pair: p, Period: c.Period, Friendly: c.Friendly, HostileWords: c.HostileWords, HostileDeeds: c.HostileDeeds})
			totals[c.Period] += c.Friendly + hostile
		}
	}
	moves := map[relation.Pair]relation.Move{}
	for _, m := range relation.Moves(tallies, past, totals) {
		moves[m.Pair] = m
	}
	return moves, sparks
}

func (s *Server) shortState(ctx context.Context, h *PairHead, origins []string, on dyad.Date) (*PairState, error) {
	state, err := s.desk(origins).State(ctx, h.A, h.B, on)
	return &PairState{state.Level, state.Direction, state.Since.String(), state.Sentence}, err
}

func writePairs(w io.Writer, l *PairList) error {
	c := csv.NewWriter(w)
	// The writer keeps its first error.
	_ = c.Write([]string{"pair", "a", "b", "since", "on", "friendly", "hostile_words", "hostile_deeds", "sign", "tension", "score", "direction"})
	for i := range l.Pairs {
		p := &l.Pairs[i]
		_ = c.Write([]string{p.Pair, p.A, p.B, l.Since, l.On, strconv.Itoa(p.Friendly), strconv.Itoa(p.HostileWords), strconv.Itoa(p.HostileDeeds),
			strconv.Itoa(p.Sign), strconv.FormatFloat(p.Tension, 'g', -1, 64), strconv.FormatFloat(p.Score, 'g', -1, 64), p.Direction})
	}
	c.Flush()
	return c.Error()
}

// writeGraphML writes pairs as the edges of a graph of countries.
func writeGraphML(w io.Writer, l *PairList, name func(string) string) error {
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="friendly" for="edge" attr.name="friendly" attr.type="int"/>
<key id="hostile_words" for="edge" attr.name="hostile_words" attr.type="int"/>
<key id="hostile_deeds" for="edge" attr.name="hostile_deeds" attr.type="int"/>
<key id="sign" for="edge" attr.name="sign" attr.type="int"/>
<key id="tension" for="edge" attr.name="tension" attr.type="double"/>
<key id="score" for="edge" attr.name="score" attr.type="double"/>
<graph id="pairs" edgedefault="undirected">
`)
	var codes []string
	for i := range l.Pairs {
		codes = append(codes, l.Pairs[i].A, l.Pairs[i].B)
	}
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		fmt.Fprintf(out, "<node id=\"%s\"><data key=\"name\">%s</data></node>\n", html.EscapeString(code), html.EscapeString(name(code)))
	}
	for i := range l.Pairs {
		p := &l.Pairs[i]
		fmt.Fprintf(out, "<edge source=\"%s\" target=\"%s\"><data key=\"friendly\">%d</data><data key=\"hostile_words\">%d</data><data key=\"hostile_deeds\">%d</data>"+
			"<data key=\"sign\">%d</data><data key=\"tension\">%g</data><data key=\"score\">%g</data></edge>\n",
			html.EscapeString(p.A), html.EscapeString(p.B), p.Friendly, p.HostileWords, p.HostileDeeds, p.Sign, p.Tension, p.Score)
	}
	out.WriteString("</graph>\n</graphml>\n")
	return out.Flush()
}

// maxPeriods bounds how long a series may get.
const maxPeriods = 5000

func (s *Server) pairOne(ctx context.Context, in *PairQuery) (PairOne, error) {
	var wrong faults
	a, b := s.pair("path.pair", in.Pair, &wrong)
	o := relation.SeriesOptions{Step: relation.Step(in.Step), HalfLife: in.HalfLife, Reports: in.Reports}
	o.From, o.To = s.days("query.from", in.From, "query.to", in.To, &wrong)
	on := wrong.day("query.on", in.On, true)
	boundPeriods(&o, &wrong)
	if in.Issue != "" {
		s.knownIssues([]string{in.Issue}, &wrong)
	}
	if err := wrong.err(); err != nil {
		return PairOne{}, err
	}
	var err error
	if !o.From.IsZero() && o.To.IsZero() {
		if o.To = on; on.IsZero() {
			o.To, err = s.desk(in.Origin).LastDayOf(ctx, a, b)
		}
		begins("query.from", o.From, o.To, &wrong)
	}
	if err = errors.Join(err, wrong.err()); err != nil {
		return PairOne{}, err
	}
	p, err := s.desk(in.Origin).Pair(ctx, a, b, o, on)
	if err != nil {
		return PairOne{}, err
	}
	if len(p.Series.Periods) > maxPeriods {
		wrong.add("query.step", fmt.Sprintf("this would be %d periods and at most %d are given; take a longer step or a shorter time", len(p.Series.Periods), maxPeriods), in.Step)
		return PairOne{}, wrong.err()
	}
	changes := p.State.Changes
	if n := len(p.Series.Periods); in.Issue != "" && n > 0 {
		o.From, o.To = p.Series.Periods[0].Start, p.Series.Periods[n-1].End // of the pair's whole time
		if p.Series, changes, err = s.desk(in.Origin).Over(ctx, a, b, in.Issue, o, p.State.On); err != nil {
			return PairOne{}, err
		}
	}
	out := PairOne{Pair: relation.PairOf(a, b).String(), A: s.named(a), B: s.named(b),
		State: stateOf(&p.State), Series: seriesOf(&p.Series), Changes: mapped(changes, changeOf), Triads: s.triads(&p)}
	out.Evidence, err = s.evidence(ctx, restingOn(&p.State))
	return out, err
}

// begins refuses a time that begins after all that is told.
func begins(location string, from, last dyad.Date, wrong *faults) {
	if !last.IsZero() && last.Before(from) {
		wrong.add(location, "is after "+last.String()+", the last day of which anything is told", from.String())
	}
}

// named is a country with its name.
func (s *Server) named(code string) Country { return Country{code, s.reference.Name(code)} }

// boundPeriods refuses a series of more periods than are given.
func boundPeriods(o *relation.SeriesOptions, wrong *faults) {
	days := map[relation.Step]int32{relation.Day: 1, relation.Week: 7, relation.Month: 28, relation.Quarter: 90}[o.Step]
	if !o.From.IsZero() && !o.To.IsZero() && (relation.DayOf(o.To)-relation.DayOf(o.From))/days > maxPeriods {
		wrong.add("query.step", fmt.Sprintf("this would be more than %d periods; take a longer step or a shorter time", maxPeriods), string(o.Step))
	}
}

// restingOn are the records that a state rests on.
func restingOn(state *relation.State) []string {
	var ids []string
	for _, m := range state.Movers {
		ids = append(ids, m.Record)
	}
	for _, said := range state.Said {
		ids = append(ids, said.Record)
	}
	return ids
}

func (s *Server) triads(p *desk.Pair) []Triad {
	return mapped(p.Triads, func(t *relation.Triad) Triad {
		return Triad{t.Third, s.reference.Name(t.Third), tieOf(&t.AB), tieOf(&t.AC), tieOf(&t.BC), t.Balanced, t.Known, t.Reading}
	})
}

func (s *Server) brief(ctx context.Context, in *briefInput, form string) (*Brief, func(io.Writer) error, error) {
	var wrong faults
	a, b := s.pair("path.pair", in.Pair, &wrong)
	since, on := s.days("query.since", in.Since, "query.on", in.On, &wrong)
	if err := wrong.err(); err != nil {
		return nil, nil, err
	}
	brief, err := s.desk(in.Origin).Brief(ctx, a, b, since, on)
	if err != nil {
		return nil, nil, err
	}
	d := brief.Document()
	write := func(w io.Writer) error { _, err := io.WriteString(w, d.Markdown()); return err }
	if form == "html" {
		write = func(w io.Writer) error { return writePage(w, d.HTML()) }
	}
	return briefOf(&d), write, nil
}

func briefOf(d *relation.Document) *Brief {
	line := func(l *relation.Line) BriefLine { return BriefLine{l.Label, l.Text, l.Quote, listed(l.Cited), l.Under} }
	out := &Brief{Title: d.Title, Period: d.Period, Lead: line(&d.Lead)}
	out.Sections = mapped(d.Sections, func(s *relation.Section) BriefSection { return BriefSection{s.Title, mapped(s.Lines, line), s.Empty} })
	out.Sources = mapped(d.Sources, func(s *relation.Source) BriefSource {
		return BriefSource{s.Number, s.Story, s.Title, s.Publisher, safeURL(s.URL), s.Published.String()}
	})
	return out
}

// writePage writes a page that has its style within, which the policy has to let
// through by its hash.
func writePage(w io.Writer, page string) error {
	if h, is := w.(http.ResponseWriter); is {
		h.Header().Set("Content-Security-Policy", strings.Replace(policy, "style-src 'self'", "style-src "+styleHashes(page), 1))
	}
	_, err := io.WriteString(w, page)
	return err
}

func styleHashes(page string) string {
	hashes := []string{"'self'"}
	for rest := page; ; {
		_, after, found := strings.Cut(rest, "<style>")
		style, behind, ended := strings.Cut(after, "</style>")
		if !found || !ended {
			return strings.Join(hashes, " ")
		}
		sum := sha256.Sum256([]byte(style))
		hashes = append(hashes, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
		rest = behind
	}
}
