package dedup

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/opendyad/dyad"
)

// A Telling is what a record says that decides with which others it tells of one
// happening.
type Telling struct {
	Record  uint64 // its id, which tells it from all others
	Key     uint64 // a hash of Key
	Story   int64
	Cluster int64 // of the story
	Day     int32 // in days since 1970, or Undated
	Last    int32 // the last day of a span that begins with Day, as of "last week"; else Day or 0
	ByText  bool  // whether the text says the day, and not the publication
	Mode    string
	Issues  []string
	Country string
	// City is "" where the province is all that is known.
	Province, City string
}

// SpanDays is how many days a span may have at most of which one may be the day of
// another telling.
const SpanDays = 15

// span is how many days a telling's date has beyond its first.
func (t *Telling) span() int32 {
	if t.Day == Undated || t.Last <= t.Day {
		return 0
	}
	return min(t.Last-t.Day, SpanDays-1)
}

// Key says what two records must have in common to tell of the same happening; ""
// for one that is never the same as another.
//
// An event between states is told apart by its type and the two sides: whether
// outlets write "Iran" or "Iran's army" they mean one strike. Within one state, or
// where a side is none, sectors and mode count as well: "police shot gunmen" and
// "gunmen shot police" are two, and so are a beating and a killing. Where it is known
// of neither side who they are ("the rebels met the mediators"), only the same
// sentence tells of the same.
//
// A visit that one outlet tells of as done and another as under way is one; one that
// is announced, postponed or cancelled is another than one that takes place.
func Key(r *dyad.Record) string {
	aux := strings.Join(slices.Sorted(slices.Values(r.Aux)), "+")
	switch {
	case r.Own != nil:
		return ""
	case r.Event != nil:
		e := r.Event
		actors, recipients := codes(e.Actor), codes(e.Recipient)
		if unknown(e.Actor) && unknown(e.Recipient) {
			return joined("event", e.Type, e.Mode, parties(e.Actor), parties(e.Recipient), aux, plain(r.Text))
		}
		if actors == "" || recipients == "" || actors == recipients || actors == "IGO" || recipients == "IGO" {
			return joined("event", e.Type, e.Mode, parties(e.Actor), parties(e.Recipient), aux)
		}
		return joined("event", e.Type, actors, recipients, aux)
	case r.Position != nil:
		p := r.Position
		return joined("position", codes(p.Holder), p.Issue, p.Stance, codes(p.Toward), plain(p.Content))
	case r.Expectation != nil:
		x := r.Expectation
		return joined("expectation", codes(x.Who), x.Type, x.Mode, codes(x.Recipient), x.Polarity, plain(x.Content))
	case r.Claim != nil:
		c := r.Claim
		return joined("claim", codes(c.Pair), c.State, c.Direction, c.Fact, aux)
	case r.Visit != nil:
		v := r.Visit
		status := v.Status
		if status == "under_way" {
			status = "done"
		}
		return joined("visit", codes(v.Visitor), codes(v.Host), v.Level, status)
	}
	return ""
}

func joined(parts ...string) string { return strings.Join(parts, "|") }

// codes gives the countries of some entities, sorted, each once.
func codes(entities []dyad.Entity) string {
	return listed(entities, func(e *dyad.Entity) string { return e.Code })
}

// parties gives who some entities are in full.
func parties(entities []dyad.Entity) string {
	return listed(entities, func(e *dyad.Entity) string { return e.Code + " " + e.Sector + " " + e.Identifier })
}

func listed(entities []dyad.Entity, name func(*dyad.Entity) string) string {
	names := make([]string, len(entities))
	for i := range entities {
		names[i] = name(&entities[i])
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ",")
}

// unknown reports whether it is known of none of some entities who they are.
func unknown(entities []dyad.Entity) bool {
	return !slices.ContainsFunc(entities, func(e dyad.Entity) bool { return e.Code != "" || e.Identifier != "" })
}

// plain is a text's letters and digits in lower case, a blank between words.
func plain(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
}

// Happenings finds which tellings are of one happening: the result has for each the
// index of the one that stands for all, which has the earliest day that is no span and,
// of several, the smallest id. Two tellings are of one happening when
//
//   - their keys are the same,
//   - their issues have one in common, or one of them has none,
//   - their places and modes are the same, as far as both are known,
//   - their stories are two: what one story tells twice is merged there, or is two,
//   - their days are the same, or one of them a span, "last week", in which the other
//     lies; or a day apart, when one of them is only the day of publication; or their
//     stories are copies of each other.
//
// A happening has the day of the first telling put to it, those first that say most,
// and the issues of the first that has any. A telling that more than one would take
// goes to one in a copy of its story; else to one on its day, then of the day before
// (reports come after), then of the day after; of those to one in its very city.
// A war with an attack on each day is thus not one long happening. A telling has an
// effect only on those of its key that are reached from its days by steps of a day or
// of a span, and on those of its story's copies.
func Happenings(tellings []Telling) []int32 {
	order := make([]int32, len(tellings))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return compareTellings(&tellings[a], &tellings[b]) })
	of := make([]int32, len(tellings))
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && tellings[order[end]].Key == tellings[order[start]].Key {
			end++
		}
		foldKey(tellings, order[start:end], of)
		start = end
	}
	return of
}

// compareTellings puts tellings of one key together, and those first that say most.
func compareTellings(a, b *Telling) int {
	if a.Key != b.Key {
		return cmp.Compare(a.Key, b.Key)
	}
	return cmp.Or(falseFirst(!a.ByText, !b.ByText), falseFirst(a.Day == Undated, b.Day == Undated), cmp.Compare(a.span(), b.span()),
		falseFirst(a.City == "", b.City == ""), falseFirst(a.Province == "", b.Province == ""), falseFirst(a.Country == "", b.Country == ""), falseFirst(a.Mode == "", b.Mode == ""),
		falseFirst(len(a.Issues) == 0, len(b.Issues) == 0), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Record, b.Record))
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// A happening is what its tellings say together.
type happening struct {
	Telling
	number  int32
	members []int32
}

// A spot is where and when happenings are looked for; "" is a city not known.
type spot struct {
	day  int32
	city string
}

// A folding is the happenings found among the tellings of one key.
type folding struct {
	found     []*happening
	byDay     map[int32][]*happening
	bySpot    map[spot][]*happening
	byCluster map[int64][]*happening
	// Which happenings are told in a story, and in a cluster.
	inStory, inCluster map[in]bool
}

// in is a happening's number beside that of a story or cluster.
type in struct {
	happening int32
	where     int64
}

// foldKey folds tellings of one key, those first that say most.
func foldKey(tellings []Telling, order []int32, of []int32) {
	if len(order) == 1 {
		of[order[0]] = order[0]
		return
	}
	f := folding{byDay: map[int32][]*happening{}, bySpot: map[spot][]*happening{}, byCluster: map[int64][]*happening{},
		inStory: make(map[in]bool, len(order)), inCluster: make(map[in]bool, len(order))}
	for _, i := range order {
		t := &tellings[i]
		h := f.find(t)
		if h == nil {
			h = &happening{Telling: *t, number: int32(len(f.found))}
			f.found = append(f.found, h)
			for day := t.Day; day <= t.Day+t.span(); day++ {
				f.byDay[day] = append(f.byDay[day], h)
				at := spot{day, t.City}
				f.bySpot[at] = append(f.bySpot[at], h)
			}
		}
		f.add(h, t, i)
	}
	for _, h := range f.found {
		first := slices.MinFunc(h.members, func(a, b int32) int {
			x, y := &tellings[a], &tellings[b]
			return cmp.Or(falseFirst(x.Day == Undated, y.Day == Undated), falseFirst(x.span() > 0, y.span() > 0), cmp.Compare(x.Day, y.Day), cmp.Compare(x.Record, y.Record))
		})
		for _, i := range h.members {
			of[i] = first
		}
	}
}

// find finds the happening that a telling is of, nil when it is a new one.
func (f *folding) find(t *Telling) *happening {
	for _, h := range f.byCluster[t.Cluster] {
		if (!t.ByText || !h.ByText || t.meets(&h.Telling)) && f.agrees(h, t) {
			return h
		}
	}
	if t.Day == Undated {
		return nil
	}
	for day := t.Day; day <= t.Day+t.span(); day++ {
		if h := f.on(day, t, false); h != nil {
			return h
		}
	}
	if h := f.on(t.Day-1, t, true); h != nil {
		return h
	}
	return f.on(t.Day+t.span()+1, t, true)
}

// meets reports whether two tellings have a day in common.
func (t *Telling) meets(other *Telling) bool {
	return t.Day <= other.Day+other.span() && other.Day <= t.Day+t.span()
}

// on finds the happening of a day that a telling is of. beside is true where it is not
// the telling's own day.
func (f *folding) on(day int32, t *Telling, beside bool) *happening {
	// On a day of a thousand air raids a telling is held against those on its own
	// city, and against those on an unknown one.
	lists := [2][]*happening{f.byDay[day]}
	if t.City != "" {
		lists = [2][]*happening{f.bySpot[spot{day, t.City}], f.bySpot[spot{day, ""}]}
	}
	for _, list := range lists {
		for _, h := range list {
			if (!beside || !t.ByText || !h.ByText) && f.agrees(h, t) {
				return h
			}
		}
	}
	return nil
}

// agrees reports whether a telling says nothing against a happening but for the day.
func (f *folding) agrees(h *happening, t *Telling) bool {
	return (h.Mode == "" || t.Mode == "" || h.Mode == t.Mode) &&
		(h.Country == "" || t.Country == "" || h.Country == t.Country) &&
		(h.Province == "" || t.Province == "" || h.Province == t.Province) &&
		(h.City == "" || t.City == "" || h.City == t.City) &&
		(len(h.Issues) == 0 || len(t.Issues) == 0 || overlap(h.Issues, t.Issues)) &&
		!f.inStory[in{h.number, t.Story}]
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// add puts a telling to a happening, which knows from then on what it says.
func (f *folding) add(h *happening, t *Telling, i int32) {
	h.members = append(h.members, i)
	f.inStory[in{h.number, t.Story}] = true
	if at := (in{h.number, t.Cluster}); !f.inCluster[at] {
		f.inCluster[at] = true
		f.byCluster[t.Cluster] = append(f.byCluster[t.Cluster], h)
	}
	if h.Mode == "" {
		h.Mode = t.Mode
	}
	if h.Country == "" {
		h.Country = t.Country
	}
	if h.Province == "" {
		h.Province = t.Province
	}
	if h.City == "" && t.City != "" {
		h.City = t.City
		for day := h.Day; day <= h.Day+h.span(); day++ {
			nowhere, at := spot{day, ""}, spot{day, h.City}
			f.bySpot[nowhere] = slices.DeleteFunc(f.bySpot[nowhere], func(other *happening) bool { return other == h })
			f.bySpot[at] = append(f.bySpot[at], h)
		}
	}
	if len(h.Issues) == 0 {
		h.Issues = t.Issues
	}
}
