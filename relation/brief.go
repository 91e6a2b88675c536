package relation

import (
	"cmp"
	"math"
	"slices"

	"github.com/opendyad/dyad"
)

// How much of each a brief holds.
const (
	briefEvents       = 24
	briefExpectations = 8 // of each status
	briefOutcomes     = 5 // of a visit
	briefPositions    = 4 // of a country on an issue
	briefIssues       = 12
	briefCited        = 6 // records of an issue that sources are named for: the last
	briefTriads       = 5
	briefVisits       = 8 // of events of other projects
	briefSaid         = 5 // of what is said of the relation
)

// BriefInput is what a brief of a pair is made of.
type BriefInput struct {
	A, B string
	// Records are those of the stories that tell of the pair, folded: also those of one
	// of the two alone, such as "Iran is expected to emphasise dialogue".
	Records []dyad.Record
	// Acts are rows of the pair, Around what happened between the two and with third
	// countries; both nil: they are made from Records.
	Acts      []Act
	Around    []Between
	Coverage  []Coverage
	State     *State                 // as of On, where it is worked out already
	Stories   map[string]StorySource // by id: what a source says of itself; may be nil
	Since, On dyad.Date              // what is told; On zero: up to the last record
	Reference *Reference
}

// A StorySource is what names a story.
type StorySource struct {
	Title     string    `json:"title"`
	Publisher string    `json:"publisher"`
	URL       string    `json:"url"`
	Published dyad.Date `json:"published"`
}

// A Brief is what a desk officer would write of a pair: each part in the order in
// which it is read.
type Brief struct {
	A, B           string
	NameA, NameB   string
	Since, On      dyad.Date
	State          State
	Series         Series
	Worst          *dyad.Record // the happening that weighed most against the relation
	Happened       []dyad.Record
	More           int // further happenings that are left out
	Visits         []Visit
	Holdings       []Holding
	Grid           []Square
	Entries        []Entry // overdue first, then open, then closed
	Triads         []Triad
	Checked        []Checked
	Contradictions []Contradiction
	Sources        []Source

	reference *Reference
	records   map[string]*dyad.Record
	stories   map[string]StorySource
	numbers   map[string]int // of sources, by story
}

// A Source is a numbered story that a brief rests on.
type Source struct {
	Number int    `json:"number"`
	Story  string `json:"story"`
	StorySource
}

// BriefOf makes the brief of a pair.
func BriefOf(in BriefInput) (Brief, error) {
	b := Brief{A: in.A, B: in.B, NameA: in.Reference.Name(in.A), NameB: in.Reference.Name(in.B), Since: in.Since, On: in.On,
		reference: in.Reference, records: map[string]*dyad.Record{}, stories: in.Stories, numbers: map[string]int{}}
	pair := PairOf(in.A, in.B)
	records := relevant(in.Records, pair)
	if b.On.IsZero() {
		b.On = lastDate(records)
	}
	records = upTo(records, b.On)
	b.index(records)
	acts, around := in.Acts, in.Around
	if acts == nil && around == nil {
		acts = Acts(in.Records)
		around = BetweenAll(acts, b.On)
	}
	if in.State != nil {
		b.State = *in.State
	} else {
		b.State = StateOf(acts, SaidOf(in.Records), in.A, in.B, b.On)
	}
	var err error
	o := SeriesOptions{Step: stepFor(b.Since, b.On), From: b.Since, To: b.On}
	if b.Series, err = SeriesOf(acts, in.A, in.B, o, in.Coverage); err != nil {
		return b, err
	}
	b.addHappened(records, pair)
	b.More = max(b.More, countSince(acts, pair, b.Since, b.On)-len(b.Happened))
	b.Visits = since(VisitsAmong(records, b.On), b.Since, pair)
	b.addEntries(PairLedger(in.Records, in.A, in.B, b.On))
	b.addIssues(records, pair)
	b.Triads = TriadsOf(around, in.A, in.B, in.Reference.Issues(), in.Reference.Name)
	b.Triads = slices.DeleteFunc(b.Triads, func(t Triad) bool { return !t.Known })
	b.Triads = b.Triads[:min(briefTriads, len(b.Triads))]
	b.Checked = slices.DeleteFunc(in.Reference.CheckClaims(records), func(c Checked) bool { return c.Verdict.Verdict == Unchecked })
	b.Contradictions = ContradictionsAmong(ofPairOnly(records, pair))
	return b, nil
}

// index finds records by their ids, and by those of all reports of their happening: a
// row may be of a report that the folded record does not show.
// of finds the record of a row, or that of its happening.
func (b *Brief) of(a *Act) *dyad.Record {
	if r := b.records[a.Record]; r != nil {
		return r
	}
	return b.records[a.Happening]
}

func (b *Brief) index(records []dyad.Record) {
	for i := range records {
		r := &records[i]
		for _, report := range r.Reports {
			if b.records[report.Record] == nil {
				b.records[report.Record] = r
			}
		}
		if r.Happening != "" && b.records[r.Happening] == nil {
			b.records[r.Happening] = r
		}
	}
	for i := range records {
		b.records[records[i].ID] = &records[i]
	}
}

// relevant keeps the records of a pair, and those of one of the two alone out of
// stories that tell of both, in one order.
func relevant(records []dyad.Record, pair Pair) []dyad.Record {
	stories := map[string]bool{}
	for i := range records {
		if r := &records[i]; slices.Contains(pairsOf(r), pair) {
			stories[r.Story] = true
			for _, report := range r.Reports {
				stories[report.Story] = true
			}
		}
	}
	var out []dyad.Record
	for i := range records {
		r := &records[i]
		codes := codesOf(r)
		ours := slices.Contains(codes, pair.A) || slices.Contains(codes, pair.B) || len(codes) == 0 && r.Expectation != nil
		within := stories[r.Story] || slices.ContainsFunc(r.Reports, func(t dyad.Report) bool { return stories[t.Story] })
		if slices.Contains(pairsOf(r), pair) || ours && within {
			out = append(out, *r)
		}
	}
	slices.SortFunc(out, func(a, b dyad.Record) int {
		return cmp.Or(cmp.Compare(DayOf(a.Date), DayOf(b.Date)), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(out, func(a, b dyad.Record) bool { return a.ID == b.ID })
}

// codesOf gives all countries that a record names.
func codesOf(r *dyad.Record) []string {
	switch {
	case r.Event != nil:
		return Codes(slices.Concat(r.Event.Actor, r.Event.Recipient))
	case r.Position != nil:
		return Codes(slices.Concat(r.Position.Holder, r.Position.Toward))
	case r.Expectation != nil:
		return Codes(slices.Concat(r.Expectation.Who, r.Expectation.Recipient))
	case r.Claim != nil:
		return Codes(r.Claim.Pair)
	case r.Visit != nil:
		return Codes(slices.Concat(r.Visit.Visitor, r.Visit.Host))
	}
	return nil
}

func lastDate(records []dyad.Record) (last dyad.Date) {
	for i := range records {
		if precisionOf(records[i].Date) == PreciseDay && last.Before(records[i].Date) {
			last = records[i].Date
		}
	}
	return last
}

func upTo(records []dyad.Record, on dyad.Date) []dyad.Record {
	return slices.DeleteFunc(records, func(r dyad.Record) bool { return !r.Date.IsZero() && DayOf(r.Date) > DayOf(on.End()) })
}

func ofPairOnly(records []dyad.Record, pair Pair) (out []dyad.Record) {
	for i := range records {
		if slices.Contains(pairsOf(&records[i]), pair) {
			out = append(out, records[i])
		}
	}
	return out
}

// stepFor chooses periods of which a chart has a readable number.
func stepFor(since, on dyad.Date) Step {
	days := DayOf(on) - DayOf(since)
	switch {
	case since.IsZero() || days > 12*365:
		return Quarter
	case days > 500:
		return Month
	}
	return Week
}

// addHappened picks the happenings that weigh most since the first day, by date: by
// their score, and by how many stories report them; half of them friendly and half
// hostile, as far as there are so many.
func (b *Brief) addHappened(records []dyad.Record, pair Pair) {
	seen := map[string]bool{}
	for i := range records {
		r := &records[i]
		id := cmp.Or(r.Happening, r.ID)
		if r.Event == nil || len(r.Aux) > 0 || class(uint8(r.Event.Quad&7)) < 0 || r.Date.IsZero() || DayOf(r.Date) < DayOf(b.Since) || seen[id] || !slices.Contains(pairsOf(r), pair) {
			continue
		}
		seen[id] = true
		b.Happened = append(b.Happened, *r)
		if class(uint8(r.Event.Quad&7)) > 0 && (b.Worst == nil || isWorse(r, b.Worst)) {
			b.Worst = r
		}
	}
	if len(b.Happened) <= briefEvents {
		return
	}
	b.More = len(b.Happened) - briefEvents
	slices.SortStableFunc(b.Happened, func(x, y dyad.Record) int { return cmp.Compare(weightOf(&y), weightOf(&x)) })
	var kept, left []dyad.Record
	sides := [2]int{}
	for _, r := range b.Happened {
		side := min(1, class(uint8(r.Event.Quad&7)))
		if sides[side]++; sides[side] <= briefEvents/2 {
			kept = append(kept, r)
		} else {
			left = append(left, r)
		}
	}
	b.Happened = append(kept, left[:briefEvents-len(kept)]...)
	slices.SortStableFunc(b.Happened, func(x, y dyad.Record) int {
		return cmp.Or(cmp.Compare(DayOf(x.Date), DayOf(y.Date)), cmp.Compare(x.ID, y.ID))
	})
}

// countSince counts the happenings of a pair between two days that are friendly or hostile.
func countSince(acts []Act, pair Pair, since, on dyad.Date) (n int) {
	for _, a := range happeningsOf(acts, pair) {
		if counts(&a) && class(a.Quad) >= 0 && a.Day >= DayOf(since) && a.Day <= DayOf(on.End()) {
			n++
		}
	}
	return n
}

// WorthTelling gives the ids of those records that a brief would tell of, out of rows of
// a pair and of others: what moved the pair, what weighs most since a day, and the last
// visits. Each has to be unpacked from among thousands, so that they are few.
func WorthTelling(acts []Act, state *State, since, on dyad.Date) []string {
	happenings := happeningsOf(acts, state.Pair)
	from, to := firstFrom(happenings, DayOf(since)), firstFrom(happenings, DayOf(on.End())+1)
	window := happenings[from:max(from, to)]
	told := slices.Clone(state.Movers)
	for _, side := range []func(*Act) bool{
		func(a *Act) bool { return counts(a) && class(a.Quad) == 0 },
		func(a *Act) bool { return counts(a) && class(a.Quad) > 0 },
	} {
		told = append(told, heaviest(window, briefEvents/2, side)...)
	}
	visit := func(a *Act) bool { return counts(a) && a.Mode == "visit" }
	told = append(told, latest(window, briefVisits, visit)...)
	var ids []string
	for i := range told {
		ids = append(ids, told[i].Record)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// isWorse compares by the score, then by how many report it: a strike that one story
// tells is worse than the ambassador's recall that three do.
func isWorse(r, than *dyad.Record) bool {
	return cmp.Or(cmp.Compare(than.Event.Scale, r.Event.Scale), cmp.Compare(len(r.Reports), len(than.Reports))) > 0
}

// latest gives the last n of some acts that are wanted.
func latest(acts []Act, n int, wanted func(*Act) bool) (out []Act) {
	for i := len(acts) - 1; i >= 0 && len(out) < n; i-- {
		if wanted(&acts[i]) {
			out = append(out, acts[i])
		}
	}
	return out
}

func weightOf(r *dyad.Record) float64 {
	scale := r.Event.Scale
	if math.IsNaN(scale) || math.IsInf(scale, 0) {
		scale = 0
	}
	return math.Abs(scale) * math.Log2(1+float64(max(1, len(r.Reports))))
}

func since(visits []Visit, first dyad.Date, pair Pair) []Visit {
	return slices.DeleteFunc(visits, func(v Visit) bool {
		last := dayOr(v.End, dayOr(v.Start, DayOf(v.Announced)))
		return PairOf(v.Visitor, v.Host) != pair || last != Undated && last < DayOf(first)
	})
}

// addEntries takes what was expected of the two: first what is overdue, then what is
// open, then what was closed since the first day; of each first what both are named in
// or has a day, then by when it was told, the latest first.
func (b *Brief) addEntries(ledger []Entry) {
	rank := map[string]int{dyad.StatusOverdue: 0, dyad.StatusOpen: 1, dyad.StatusMet: 2, dyad.StatusContradicted: 2, dyad.StatusWithdrawn: 2}
	for _, e := range ledger {
		if len(e.Who) == 1 && slices.Equal(e.Who, e.To) {
			continue // what is asked at home
		}
		if DayOf(e.Told) < DayOf(b.Since) && (e.DecidedOn.IsZero() || DayOf(e.DecidedOn) < DayOf(b.Since)) && e.Status != dyad.StatusOverdue {
			continue
		}
		b.Entries = append(b.Entries, e)
	}
	slices.SortStableFunc(b.Entries, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(rank[x.Status], rank[y.Status]), cmp.Compare(y.firmness(), x.firmness()), cmp.Compare(DayOf(y.Told), DayOf(x.Told)), cmp.Compare(x.Record, y.Record))
	})
}

// addIssues takes the pair's row of the grid, most told first, and what the two hold
// on those issues.
func (b *Brief) addIssues(records []dyad.Record, pair Pair) {
	issues := map[string]bool{}
	for _, s := range Grid(records) {
		if s.Pair == pair && s.weight() > 0 && !s.Last.Before(b.Since) {
			b.Grid = append(b.Grid, s)
			issues[s.Issue] = true
		}
	}
	slices.SortStableFunc(b.Grid, func(x, y Square) int { return cmp.Compare(y.weight(), x.weight()) })
	for _, h := range Holdings(records) {
		if (h.Holder == b.A || h.Holder == b.B) && h.Issue != "" && DayOf(h.Latest().On) >= DayOf(b.Since) {
			b.Holdings = append(b.Holdings, h)
		}
	}
}

// firmness is how much can be held against an expectation: most where it has a day.
func (e *Entry) firmness() (n int) {
	if !e.Due.IsZero() {
		n += 2
	}
	if e.Event != "" {
		n++
	}
	if len(e.Who) > 1 || len(e.To) > 0 {
		n++
	}
	return n
}

func (s *Square) weight() int { return 2*(s.Friendly+s.Hostile) + s.Positions + s.Expects }

// cite gives the numbers of the sources that records rest on, and numbers those that
// have none yet.
func (b *Brief) cite(records ...string) []int {
	var numbers []int
	for _, id := range records {
		r := b.records[id]
		if r == nil {
			continue
		}
		for _, source := range b.sourcesOf(r) {
			key := source.Story
			if b.numbers[key] == 0 {
				source.Number = len(b.Sources) + 1
				b.numbers[key] = source.Number
				b.Sources = append(b.Sources, source)
			}
			if !slices.Contains(numbers, b.numbers[key]) {
				numbers = append(numbers, b.numbers[key])
			}
		}
	}
	slices.Sort(numbers)
	return numbers
}

// sourcesOf names the stories that report a record, or the project that it comes from.
func (b *Brief) sourcesOf(r *dyad.Record) []Source {
	if o := r.Own; o != nil {
		return []Source{{Story: o.Origin + " " + o.ID, StorySource: StorySource{Title: o.Label, Publisher: cmp.Or(o.Publisher, o.Origin), URL: o.URL, Published: r.Date}}}
	}
	if len(r.Reports) == 0 {
		return []Source{{Story: r.Story, StorySource: b.stories[r.Story]}}
	}
	var out []Source
	for _, report := range r.Reports {
		s := Source{Story: report.Story, StorySource: StorySource{Publisher: report.Publisher, URL: report.URL, Published: report.Published}}
		if known, ok := b.stories[report.Story]; ok {
			s.StorySource = known
		}
		out = append(out, s)
	}
	return out
}
