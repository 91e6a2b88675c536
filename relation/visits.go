package relation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/opendyad/dyad"
)

// What may have become of a visit.
const (
	VisitAnnounced = "announced"
	VisitUnderWay  = "under_way"
	VisitDone      = "done"
	VisitPostponed = "postponed"
	VisitCancelled = "cancelled"
)

// How far apart in days tellings of one visit may lie.
const (
	visitGap      = 3   // between two days of it
	visitDrift    = 14  // between the day announced and the day it began
	visitSoon     = 180 // between "soon" and the day it began
	visitNextTime = 365 // between a visit put off and the day it began
	visitOutcome  = 1   // between its last day and what was agreed at it
)

// A Visit is one visit, put together from all stories that tell of it.
type Visit struct {
	Visitor   string      `json:"visitor"` // countries
	Host      string      `json:"host"`
	Who       dyad.Entity `json:"who"`       // who went, as far as it is known
	Level     string      `json:"level"`     // head of state, head of government, minister…, "" unknown
	Announced dyad.Date   `json:"announced"` // when it was first told of before it began; zero: never
	Start     dyad.Date   `json:"start"`
	End       dyad.Date   `json:"end"`
	Status    string      `json:"status"`
	Overdue   bool        `json:"overdue"`  // announced for a day that has passed, and nothing told since
	Agenda    []string    `json:"agenda"`   // issues
	Outcomes  []string    `json:"outcomes"` // ids of records of what was agreed or done at it
	Records   []string    `json:"records"`  // ids of the records that tell of it
	Reports   int         `json:"reports"`  // stories that tell of it
	stories   map[string]bool
	sentences map[string]bool // with the outlets that have them
	records   map[string]bool // by their ids, which are in Records
	days      int32           // how long it was to last, where that is told
	told      int32           // the last day that something was told of it before it began
	took      bool            // it began
}

// A telling is what one record tells of a visit.
type telling struct {
	visitor, host string
	who           dyad.Entity
	kind          tellingKind
	told          int32 // the day of telling; of what took place the day of that
	start, end    int32 // Undated where none is told
	agenda        []string
	record        *dyad.Record
}

type tellingKind int

const (
	tellsPlan tellingKind = iota
	tellsPostponed
	tellsCancelled
	tellsVisit
)

// VisitsAmong puts visits together from records: from events and visits that took
// place, from expectations and announcements, and from refusals to meet. Ambassadors
// who take up or leave their post are no visits. on is the day as of which it is
// said what became of them; later records do not count.
func VisitsAmong(records []dyad.Record, on dyad.Date) []Visit {
	var tellings []telling
	for i := range records {
		tellings = appendTellings(tellings, &records[i])
	}
	today := DayOf(on.End())
	tellings = slices.DeleteFunc(tellings, func(t telling) bool { return t.told == Undated || today != Undated && t.told > today })
	slices.SortFunc(tellings, compareTellings)
	tellings = slices.CompactFunc(tellings, func(a, b telling) bool { return compareTellings(a, b) == 0 })
	type key struct{ visitor, host string }
	visits := map[key][]*Visit{}
	for i := range tellings {
		t := &tellings[i]
		k := key{t.visitor, t.host}
		v := t.visitAmong(visits[k])
		if v == nil {
			v = &Visit{Visitor: t.visitor, Host: t.host, stories: map[string]bool{}, sentences: map[string]bool{}, records: map[string]bool{}}
			visits[k] = append(visits[k], v)
		}
		v.add(t)
	}
	agreed := friendlyBetween(records)
	var out []Visit
	for _, list := range visits {
		for _, v := range list {
			v.settle(agreed[PairOf(v.Visitor, v.Host)], today)
			out = append(out, *v)
		}
	}
	slices.SortFunc(out, func(a, b Visit) int {
		return cmp.Or(cmp.Compare(dayOr(a.Start, a.told), dayOr(b.Start, b.told)), cmp.Compare(a.Visitor, b.Visitor), cmp.Compare(a.Host, b.Host), slices.Compare(a.Records, b.Records))
	})
	return out
}

func dayOr(d dyad.Date, other int32) int32 {
	if d.IsZero() {
		return other
	}
	return DayOf(d)
}

func compareTellings(a, b telling) int {
	return cmp.Or(cmp.Compare(a.told, b.told), cmp.Compare(a.kind, b.kind), cmp.Compare(a.start, b.start), cmp.Compare(a.record.ID, b.record.ID),
		cmp.Compare(a.visitor, b.visitor), cmp.Compare(a.host, b.host))
}

// appendTellings adds what a record tells of visits.
func appendTellings(out []telling, r *dyad.Record) []telling {
	aux := AuxOf(r.Aux)
	t := telling{told: DayOf(r.Date), start: Undated, end: Undated, record: r, agenda: r.Issues}
	switch {
	case aux&(Historical|Hypothetical) != 0 || precisionOf(r.Date) == PreciseYear:
		return out
	case r.Visit != nil:
		t.agenda = r.Visit.Agenda
		if t.kind = tellsVisit; r.Visit.Status == VisitAnnounced || aux&Future != 0 {
			t.kind = tellsPlan
		}
		t.start, t.end = DayOf(r.Visit.Start), DayOf(r.Visit.End.End())
		if t.kind == tellsVisit && t.start != Undated {
			t.told = t.start
		}
		return t.each(out, r.Visit.Visitor, r.Visit.Host)
	case r.Event != nil && r.Event.Mode == "visit":
		switch {
		case aux&Negation != 0:
			t.kind = tellsCancelled
		case aux&Future != 0:
			t.kind = tellsPlan
		default:
			t.kind, t.start, t.end = tellsVisit, DayOf(r.Date), DayOf(r.DateEnd.End())
		}
		visitors, hosts := sidesOfVisit(r.Event)
		return t.each(out, visitors, hosts)
	case r.Event != nil && r.Event.Type == "REJECT" && r.Event.Mode == "meet" && aux == 0 && tellsOfVisit(r.Event.Trigger):
		if t.kind = tellsCancelled; tellsDelay(r.Event.Trigger) {
			t.kind = tellsPostponed
		}
		return t.each(out, r.Event.Actor, r.Event.Recipient)
	case r.Expectation != nil && r.Expectation.Mode == "visit":
		x := r.Expectation
		if t.kind = tellsPlan; x.Polarity != "" {
			t.kind = tellsCancelled
		} else if precisionOf(x.Due) == PreciseDay {
			t.start, t.end = DayOf(x.Due), DayOf(x.DueEnd)
		}
		return t.each(out, x.Who, x.Recipient)
	}
	return out
}

// each adds the telling for every visitor and host.
func (t telling) each(out []telling, visitors, hosts []dyad.Entity) []telling {
	for i := range visitors {
		v := &visitors[i]
		if v.Code == "" || isEnvoy(v) || slices.ContainsFunc(visitors[:i], func(o dyad.Entity) bool { return o.Code == v.Code && o.Identifier == v.Identifier }) {
			continue
		}
		for _, host := range Codes(hosts) {
			if host == v.Code || len(hosts) > maxParties {
				continue
			}
			t.visitor, t.host, t.who = v.Code, host, *v
			out = append(out, t)
		}
	}
	return out
}

// sidesOfVisit says who went and to whom. "Iran's foreign minister visited Islamabad
// and met his Pakistani counterpart" has both as actors: then the country where it was
// is the host, else whoever is named last.
func sidesOfVisit(e *dyad.Event) (visitors, hosts []dyad.Entity) {
	codes := Codes(e.Actor)
	if len(e.Recipient) > 0 || len(codes) != 2 {
		return e.Actor, e.Recipient
	}
	host := codes[1]
	if e.Place != nil && slices.Contains(codes, e.Place.CountryCode) {
		host = e.Place.CountryCode
	}
	for _, a := range e.Actor {
		if a.Code == host {
			hosts = append(hosts, a)
		} else {
			visitors = append(visitors, a)
		}
	}
	return visitors, hosts
}

// isEnvoy reports whether somebody is an ambassador, who returns to his post.
func isEnvoy(e *dyad.Entity) bool {
	for _, text := range []string{e.Office, e.Text} {
		text = strings.ToLower(text)
		if strings.Contains(text, "ambassador") || strings.Contains(text, "chargé") || strings.Contains(text, "envoy") {
			return true
		}
	}
	return false
}

// tellsOfVisit reports whether the words of a refusal to meet are about a visit:
// "called off visit".
func tellsOfVisit(trigger string) bool {
	trigger = strings.ToLower(trigger)
	return slices.ContainsFunc([]string{"visit", "trip", "tour", "travel"}, func(w string) bool { return strings.Contains(trigger, w) })
}

// tellsDelay reports whether a visit is only put off: "postponed visit".
func tellsDelay(trigger string) bool {
	trigger = strings.ToLower(trigger)
	return slices.ContainsFunc([]string{"postpone", "put off", "puts off", "delay", "defer", "reschedul"}, func(w string) bool { return strings.Contains(trigger, w) })
}

// visitAmong finds the visit that a telling is of, nil when it is another.
func (t *telling) visitAmong(visits []*Visit) *Visit {
	for i := len(visits) - 1; i >= 0; i-- {
		v := visits[i]
		if !v.mayBe(&t.who) {
			continue
		}
		start, end := DayOf(v.Start), dayOr(v.End, DayOf(v.Start))
		at := t.start
		if at == Undated {
			at = t.told
		}
		switch {
		case v.took && at >= start-visitGap && at <= end+visitGap:
			return v
		case v.took && t.kind == tellsVisit:
			continue
		case v.took:
			continue
		case t.kind == tellsVisit && v.expects(at), t.kind == tellsPlan && (t.start == Undated || v.expects(t.start) || v.Status == VisitPostponed):
			return v
		case (t.kind == tellsPostponed || t.kind == tellsCancelled) && (v.Start.IsZero() || start >= t.told-visitGap):
			return v
		}
	}
	return nil
}

// expects reports whether a visit that has not begun may be the one of a day.
func (v *Visit) expects(day int32) bool {
	switch {
	case v.Status == VisitPostponed:
		return day <= v.told+visitNextTime
	case v.Start.IsZero():
		return day <= v.told+visitSoon
	}
	return distance(day, DayOf(v.Start)) <= visitDrift
}

// mayBe reports whether a visit may be that of somebody: nobody else is known to go.
func (v *Visit) mayBe(who *dyad.Entity) bool {
	return v.Who.Identifier == "" || who.Identifier == "" || isCountry(&v.Who) || isCountry(who) || v.Who.Identifier == who.Identifier
}

// isCountry reports whether an entity is named by its country alone.
func isCountry(e *dyad.Entity) bool { return e.Identifier == e.Code }

func (v *Visit) add(t *telling) {
	if v.Who.Identifier == "" || isCountry(&v.Who) && !isCountry(&t.who) && t.who.Identifier != "" || v.Who.Identifier == t.who.Identifier && (v.Who.Office == "" || v.Who.Name == "") {
		v.Who = t.who
	}
	if t.record.Visit != nil && v.Level == "" {
		v.Level = t.record.Visit.Level
	}
	if !v.records[t.record.ID] {
		v.records[t.record.ID] = true
		v.Records = append(v.Records, t.record.ID)
	}
	v.countStories(t.record)
	if t.record.Visit != nil {
		for _, id := range t.record.Visit.Outcomes {
			v.Outcomes = add(v.Outcomes, id)
		}
	}
	for _, issue := range t.agenda {
		v.Agenda = add(v.Agenda, issue)
	}
	switch t.kind {
	case tellsVisit:
		from, to := t.start, t.end
		if from == Undated {
			from = t.told
		}
		if to == Undated || to < from {
			to = from
		}
		if v.took {
			from, to = min(from, DayOf(v.Start)), max(to, DayOf(v.End))
		}
		v.took, v.Start, v.End, v.Status = true, DateOf(from), DateOf(to), VisitDone
		v.days = max(v.days, stay(t.record.Text))
	case tellsPlan:
		if v.Announced.IsZero() && !v.took {
			v.Announced = DateOf(t.told)
		}
		if !v.took {
			v.Status, v.told = VisitAnnounced, t.told
			if t.start != Undated {
				v.Start, v.End = DateOf(t.start), DateOf(t.end)
			}
		}
	default:
		if v.took {
			return // denied, and yet it took place
		}
		v.told = t.told
		if v.Status = VisitCancelled; t.kind == tellsPostponed {
			v.Status, v.Start, v.End = VisitPostponed, dyad.Date{}, dyad.Date{}
		}
	}
}

// countStories notes the stories that tell a record. The same sentence in the same outlet
// is a copy, and no further story.
func (v *Visit) countStories(r *dyad.Record) {
	if len(r.Reports) == 0 {
		v.stories[r.Story] = true
	}
	for i := range r.Reports {
		report := &r.Reports[i]
		sentence := report.Publisher + "\n" + report.Text
		if report.Publisher != "" && v.sentences[sentence] {
			continue
		}
		v.sentences[sentence] = true
		v.stories[report.Story] = true
	}
}

func add(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// friendlyBetween gives each pair's friendly acts that are more than meeting, of which
// a visit's outcomes are, by their days.
func friendlyBetween(records []dyad.Record) map[Pair][]*dyad.Record {
	out := map[Pair][]*dyad.Record{}
	for i := range records {
		r := &records[i]
		if r.Event == nil || r.Event.Type == "CONSULT" || len(r.Aux) > 0 || r.Date.IsZero() || r.Event.Quad != 1 && r.Event.Quad != 2 {
			continue
		}
		for _, pair := range pairsOf(r) {
			out[pair] = append(out[pair], r)
		}
	}
	for _, acts := range out {
		slices.SortStableFunc(acts, func(a, b *dyad.Record) int { return cmp.Compare(DayOf(a.Date), DayOf(b.Date)) })
	}
	return out
}

// settle says what became of a visit as of a day, and what of the friendly acts
// between the two was an outcome of it.
func (v *Visit) settle(friendly []*dyad.Record, today int32) {
	v.Reports = len(v.stories)
	defer func() { v.stories, v.sentences, v.records = nil, nil, nil }()
	if v.Level == "" {
		v.Level = LevelOf(&v.Who)
	}
	if !v.took {
		v.Overdue = v.Status == VisitAnnounced && !v.Start.IsZero() && today != Undated && dayOr(v.End, DayOf(v.Start)) < today
		slices.Sort(v.Agenda)
		return
	}
	v.End = DateOf(max(DayOf(v.End), DayOf(v.Start)+v.days-1))
	if today != Undated && DayOf(v.End) >= today {
		v.Status = VisitUnderWay
	}
	first, last := DayOf(v.Start), DayOf(v.End)+visitOutcome
	from, _ := slices.BinarySearchFunc(friendly, first, func(r *dyad.Record, day int32) int { return cmp.Compare(DayOf(r.Date), day) })
	for _, r := range friendly[from:] {
		if DayOf(r.Date) > last {
			break
		}
		v.Outcomes = append(v.Outcomes, r.ID)
		for _, issue := range r.Issues {
			v.Agenda = add(v.Agenda, issue)
		}
	}
	v.Outcomes = slices.DeleteFunc(v.Outcomes, func(id string) bool { return v.records[id] })
	slices.Sort(v.Outcomes)
	v.Outcomes = slices.Compact(v.Outcomes)
	slices.Sort(v.Agenda)
}

// longestStay is how many days a visit may last that a story tells the length of.
const longestStay = 14

// stay is how many days a visit is to last by the words that tell of it: "for a visit
// of three days", "a three-day visit", "on a 3-day official visit"; 0 where they do not say.
func stay(text string) int32 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := 1; i < len(words); i++ {
		if words[i] != "day" && words[i] != "days" {
			continue
		}
		near := words[max(0, i-4):min(len(words), i+4)]
		if !slices.Contains(near, "visit") && !slices.Contains(near, "trip") && !slices.Contains(near, "tour") {
			continue
		}
		n := slices.Index(numberWords[:], words[i-1])
		if n < 0 {
			n, _ = strconv.Atoi(words[i-1])
		}
		if n > 1 && n <= longestStay {
			return int32(n)
		}
	}
	return 0
}

var numberWords = [...]string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// LevelOf is the level of a visitor, from his office.
func LevelOf(e *dyad.Entity) string {
	switch office := strings.ToLower(e.Office); {
	case office == "":
		return ""
	case slices.Contains([]string{"president", "king", "queen", "supreme leader", "emir", "sultan", "pope", "emperor"}, office):
		return "head of state"
	case slices.Contains([]string{"prime minister", "premier", "chancellor", "taoiseach"}, office):
		return "head of government"
	case strings.Contains(office, "minister"):
		return "minister"
	default:
		return office
	}
}
