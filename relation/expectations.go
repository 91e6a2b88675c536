package relation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/opendyad/dyad"
)

// How what was expected is matched with what happened, in days.
const (
	// lateBy is how long after it was due an act still counts as that act.
	lateBy = 60
	// staleAfter is how long an act without a due day is looked for.
	staleAfter = 365
	// refusedWithin is how long a demand may wait for its refusal.
	refusedWithin = 90
)

// How an expectation was uttered.
const (
	Expected   = "expected"
	Announced  = "announced"
	Promised   = "promised"
	Threatened = "threatened"
	Demanded   = "demanded"
)

// An Entry is one line of the ledger: an act that was announced, expected, promised,
// threatened or demanded, and what became of it.
type Entry struct {
	Record     string    `json:"record"`  // the record that tells it first
	Uttered    string    `json:"uttered"` // how: one of the constants above
	Told       dyad.Date `json:"told"`
	Who        []string  `json:"who"` // countries expected to act; empty: an open outcome
	To         []string  `json:"to"`
	AssertedBy []string  `json:"asserted_by"` // countries; empty: the writer
	Event      string    `json:"event"`       // PLOVER event expected; "" where none fits, and then no event can close it
	Mode       string    `json:"mode"`
	Not        bool      `json:"not"` // expected not to happen
	Content    string    `json:"content"`
	Issues     []string  `json:"issues"`
	Due        dyad.Date `json:"due"`
	DueEnd     dyad.Date `json:"due_end"`
	Status     string    `json:"status"`     // dyad.StatusOpen…
	DecidedBy  string    `json:"decided_by"` // record
	DecidedOn  dyad.Date `json:"decided_on"`
	Late       bool      `json:"late"` // met, but after it was due
	Why        string    `json:"why"`  // in words
	Text       string    `json:"text"` // the sentence that tells it
	Records    []string  `json:"records"`
	people     []string  // identifiers
	envoys     bool      // it is ambassadors who are to go
	arrival    bool      // somebody is expected somewhere, it is not told with whom
	story      string
	sentence   string // the story and the sentence that tell it
}

// Ledger gives what was expected among records and what became of it as of a day. It
// is worked out anew each time, so that an entry is open again when the record that
// closed it is gone.
func Ledger(records []dyad.Record, on dyad.Date) []Entry {
	today := DayOf(on.End())
	var entries []Entry
	for i := range records {
		r := &records[i]
		if DayOf(r.Date) == Undated || today != Undated && DayOf(r.Date) > today {
			continue
		}
		switch {
		case r.Expectation != nil && r.Expectation.Type == "" && guessed(r):
			// What is to be done is unknown, and by whom.
		case r.Expectation != nil && AuxOf(r.Aux)&Historical == 0:
			entries = append(entries, entryOf(r))
		case r.Event != nil && r.Event.Type == "REQUEST" && len(r.Aux) == 0 && len(Codes(r.Event.Recipient)) > 0 && len(Codes(r.Event.Actor)) > 0:
			entries = append(entries, demandOf(r))
		}
	}
	slices.SortFunc(entries, compareEntries)
	entries = mergeEntries(joinDemands(entries))
	deeds := deedsAmong(records, today)
	for i := range entries {
		entries[i].decide(&deeds, today)
	}
	return entries
}

func compareEntries(a, b Entry) int {
	return cmp.Or(cmp.Compare(DayOf(a.Told), DayOf(b.Told)), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Uttered, b.Uttered))
}

func entryOf(r *dyad.Record) Entry {
	x := r.Expectation
	e := Entry{Record: r.ID, Uttered: utteredBy(x.Cue), Told: r.Date, Who: Codes(x.Who), To: Codes(x.Recipient), AssertedBy: Codes(r.AssertedBy),
		Event: x.Type, Mode: x.Mode, Not: x.Polarity != "", Content: x.Content, Issues: r.Issues, Due: x.Due, DueEnd: x.DueEnd,
		Text: r.Text, Records: []string{r.ID}, people: people(x.Who), envoys: slices.ContainsFunc(x.Who, func(w dyad.Entity) bool { return isEnvoy(&w) }),
		story: r.Story, sentence: sentenceOf(r)}
	if pastDue(r) {
		e.Due, e.DueEnd = dyad.Date{}, dyad.Date{}
	}
	if e.DueEnd.IsZero() {
		e.DueEnd = e.Due.End()
	}
	if e.Event == "" && arrives(x.Cue) {
		e.Event, e.Mode, e.arrival = "CONSULT", "visit", true
	}
	return e
}

// pastDue reports whether a due month is one of the past, which the words tell: "what
// had been agreed with Raisi in April" is no act of next April.
func pastDue(r *dyad.Record) bool {
	x := r.Expectation
	if x.Due.Month == 0 || x.Due.Day != 0 {
		return false
	}
	content := strings.ToLower(x.Content)
	month := strings.Index(content, "in "+strings.ToLower(monthNames[x.Due.Month-1]))
	if month < 0 {
		return false
	}
	return slices.ContainsFunc([]string{" had ", " was ", " were ", " has been ", " have been "}, func(w string) bool { return strings.Contains(content[:month], w) })
}

// arrives reports whether the words are of somebody who is to come: "is expected in
// Islamabad on Monday".
func arrives(cue string) bool {
	return slices.Contains([]string{"expected in", "expect in", "awaited in", "due in", "expected at"}, strings.ToLower(cue))
}

// guessed reports whether a sentence has no words for those who are to act, who are
// then taken from the story: "Forecasters expect the heat to last" is not of the
// countries where it is hot, "the two countries want to raise their trade" is.
func guessed(r *dyad.Record) bool {
	who := r.Expectation.Who
	if len(who) == 0 || slices.ContainsFunc(who, func(e dyad.Entity) bool { return e.Text != "" }) {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(r.Text), func(c rune) bool { return !unicode.IsLetter(c) })
	return !slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{"two", "both", "they", "them", "their", "sides", "countries", "neighbours", "neighbors", "governments", "we", "our"}, w)
	})
}

func demandOf(r *dyad.Record) Entry {
	return Entry{Record: r.ID, Uttered: Demanded, Told: r.Date, Who: Codes(r.Event.Recipient), To: Codes(r.Event.Actor), AssertedBy: Codes(r.Event.Actor),
		Content: r.Event.Trigger, Issues: r.Issues, Text: r.Text, Records: []string{r.ID}, story: r.Story, sentence: sentenceOf(r)}
}

// sentenceOf names a sentence: "Iran urged Pakistan to close the camps" gives an event,
// the demand, and an expectation, what is demanded, which are one entry.
func sentenceOf(r *dyad.Record) string { return fmt.Sprint(r.Story, " ", r.Evidence.Sequence) }

// joinDemands puts demands that both an event and an expectation tell into one entry,
// which has the content of the one and the parties of the other.
func joinDemands(entries []Entry) []Entry {
	told := map[string]int{}
	for i := range entries {
		if e := &entries[i]; e.Uttered == Demanded && len(e.To) == 0 && e.Event == "" {
			told[e.sentence] = i
		}
	}
	return slices.DeleteFunc(entries, func(e Entry) bool {
		i, ok := told[e.sentence]
		if !ok || e.Uttered != Demanded || len(e.To) == 0 || e.Record == entries[i].Record || !shares(e.Who, entries[i].Who) {
			return false
		}
		x := &entries[i]
		x.To, x.AssertedBy, x.Records = e.To, e.AssertedBy, add(x.Records, e.Record)
		return true
	})
}

// people are the persons named among entities.
func people(entities []dyad.Entity) []string {
	var out []string
	for i := range entities {
		if e := &entities[i]; e.Identifier != "" && !isCountry(e) {
			out = append(out, e.Identifier)
		}
	}
	return out
}

// utteredBy tells from the cue how something was uttered: "threatens to".
func utteredBy(cue string) string {
	cue = strings.ToLower(cue)
	for _, w := range []struct{ part, uttered string }{
		{"threat", Threatened}, {"warn", Threatened}, {"vow", Promised}, {"promise", Promised}, {"pledge", Promised}, {"agree", Promised}, {"commit", Promised},
		{"urge", Demanded}, {"demand", Demanded}, {"ask", Demanded}, {"call", Demanded},
		{"plan", Announced}, {"will", Announced}, {"schedule", Announced}, {"announce", Announced}, {"intend", Announced}, {"aim", Announced}, {"is to", Announced},
	} {
		if strings.Contains(cue, w.part) {
			return w.uttered
		}
	}
	return Expected
}

// mergeEntries makes one entry of those that tell the same: the same parties, event
// and due day, told within two weeks; where no event is named, the same words.
func mergeEntries(entries []Entry) []Entry {
	last := map[string]int{}
	var out []Entry
	for _, e := range entries {
		key := fmt.Sprint(e.Who, e.To, e.Event, e.Mode, e.Not, e.people, e.Due)
		if e.Event == "" || e.Uttered == Demanded {
			key += e.Uttered + e.Content
		}
		if n, ok := last[key]; ok && distance(DayOf(out[n].Told), DayOf(e.Told)) <= visitDrift {
			out[n].Records = add(out[n].Records, e.Record)
			for _, issue := range e.Issues {
				out[n].Issues = add(slices.Clone(out[n].Issues), issue)
			}
			continue
		}
		last[key] = len(out)
		out = append(out, e)
	}
	return out
}

// A deed is a record that may close an entry.
type deed struct {
	day    int32
	record *dyad.Record
	who    []string
	to     []string
	people []string
	mutual bool
	event  string
	mode   string
	envoys bool
	aux    Aux
	not    bool // says that it will not happen
}

// deeds are what may close entries, by day.
type deeds struct {
	list []deed
	by   map[string][]int32    // what each country did
	to   map[[2]string][]int32 // what each did to each, which may be itself
}

// bearing gives the numbers of the deeds between two days that may bear on an entry.
func (d *deeds) bearing(e *Entry, first, last int32) []int32 {
	var out []int32
	within := func(numbers []int32) {
		at, _ := slices.BinarySearchFunc(numbers, first, func(n, day int32) int { return cmp.Compare(d.list[n].day, day) })
		for ; at < len(numbers) && d.list[numbers[at]].day <= last; at++ {
			out = append(out, numbers[at])
		}
	}
	for _, who := range e.Who {
		if len(e.To) == 0 {
			within(d.by[who])
		}
		for _, to := range e.To {
			within(d.to[[2]string{who, to}])
			if e.Uttered == Demanded {
				within(d.to[[2]string{to, who}]) // who demands may take it back
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func deedsAmong(records []dyad.Record, today int32) deeds {
	var out []deed
	for i := range records {
		r := &records[i]
		d := deed{day: DayOf(r.Date), record: r, aux: AuxOf(r.Aux)}
		if d.day == Undated || today != Undated && d.day > today || precisionOf(r.Date) != PreciseDay || d.aux&(Historical|Hypothetical|Future) != 0 {
			continue
		}
		switch {
		case r.Event != nil:
			d.who, d.to, d.people, d.event, d.mode = Codes(r.Event.Actor), Codes(r.Event.Recipient), people(r.Event.Actor), r.Event.Type, r.Event.Mode
			d.envoys = slices.ContainsFunc(r.Event.Actor, func(e dyad.Entity) bool { return isEnvoy(&e) })
			if d.mutual = len(d.to) == 0 && len(d.who) > 1; d.mutual {
				d.to = d.who
			}
		case r.Expectation != nil && r.Expectation.Polarity != "":
			x := r.Expectation
			d.who, d.to, d.people, d.event, d.mode, d.not = Codes(x.Who), Codes(x.Recipient), people(x.Who), x.Type, x.Mode, true
		default:
			continue
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b deed) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.record.ID, b.record.ID)) })
	d := deeds{out, map[string][]int32{}, map[[2]string][]int32{}}
	for i := range out {
		for _, who := range out[i].who {
			d.by[who] = append(d.by[who], int32(i))
			for _, to := range out[i].to {
				d.to[[2]string{who, to}] = append(d.to[[2]string{who, to}], int32(i))
			}
		}
	}
	return d
}

// decide says what became of an entry: the first record that bears on it closes it; of
// several that meet one with a due day, the one nearest to that.
func (e *Entry) decide(deeds *deeds, today int32) {
	told, due := DayOf(e.Told), DayOf(e.DueEnd)
	until := told + staleAfter
	if due != Undated {
		until = due + lateBy
	}
	for _, number := range deeds.bearing(e, told, until) {
		d := &deeds.list[number]
		if slices.Contains(e.Records, d.record.ID) || d.record.Story == e.story && d.day <= told {
			continue // what a story expects, it does not tell to have happened
		}
		status := e.bearing(d)
		if status == "" {
			continue
		}
		if e.Status != "" && (status != dyad.StatusMet || distance(d.day, due) >= distance(DayOf(e.DecidedOn), due)) {
			continue
		}
		e.Status, e.DecidedBy, e.DecidedOn = status, d.record.ID, d.record.Date
		e.Late = status == dyad.StatusMet && due != Undated && d.day > due
		if e.arrival {
			e.To = d.to
		}
		e.Why = fmt.Sprintf("%s by what is told of %s", status, longDate(d.day))
		if status != dyad.StatusMet || due == Undated {
			return
		}
	}
	if e.Status != "" {
		return
	}
	e.Status, e.Why = dyad.StatusOpen, "nothing told since bears on it"
	switch {
	case due == Undated || today == Undated || due >= today:
	case e.Event == "":
		e.Why = "due by " + longDate(due) + ", but it is not known what event would meet it"
	case e.Not:
		e.Status, e.Why = dyad.StatusMet, "nothing of the kind was told up to "+longDate(due)
	default:
		e.Status, e.Why = dyad.StatusOverdue, "due by "+longDate(due)+", and nothing told that met it"
	}
}

// bearing says what a deed makes of an entry, "" where it has nothing to do with it.
func (e *Entry) bearing(d *deed) string {
	if e.Uttered == Demanded && e.Event == "" {
		return e.answer(d)
	}
	if e.Event == "" || !e.byThem(d) {
		return ""
	}
	same := d.event == e.Event && (e.Mode == "" || d.mode == e.Mode)
	if e.Event != "CONSULT" && len(e.Issues) > 0 && len(d.record.Issues) > 0 && !shares(e.Issues, d.record.Issues) {
		same = false // to cooperate, but over something else
	}
	switch {
	case same && d.not && !e.Not:
		return dyad.StatusWithdrawn
	case same && d.not:
		return ""
	case same && d.aux&Negation != 0:
		if e.Not {
			return dyad.StatusMet
		}
		return dyad.StatusContradicted
	case same && e.Not:
		return dyad.StatusContradicted
	case same:
		return dyad.StatusMet
	case e.Event == "CONSULT" && d.event == "REJECT" && d.mode == "meet" && d.aux == 0 && !d.not:
		return dyad.StatusWithdrawn
	}
	return ""
}

// answer says what became of a demand: who was asked gives way or refuses, who asked
// takes it back.
func (e *Entry) answer(d *deed) string {
	if d.aux != 0 || d.not || d.day > DayOf(e.Told)+refusedWithin || len(e.Issues) > 0 && len(d.record.Issues) > 0 && !shares(e.Issues, d.record.Issues) {
		return ""
	}
	asked := shares(d.who, e.Who) && shares(d.to, e.To)
	switch {
	case asked && !d.mutual && (d.event == "CONCEDE" || d.event == "RETREAT"):
		return dyad.StatusMet
	case asked && !d.mutual && d.event == "REJECT":
		return dyad.StatusContradicted
	case d.event == "CONCEDE" && shares(d.who, e.To) && shares(d.to, e.Who):
		return dyad.StatusWithdrawn
	}
	return ""
}

// byThem reports whether a deed is between those of an entry, and by the same person
// where both name one: a minister's visit is not the president's.
func (e *Entry) byThem(d *deed) bool {
	if !shares(e.Who, d.who) || len(e.To) > 0 && !e.arrival && !shares(e.To, d.to) {
		return false
	}
	// What two are to do together is not met by what one does for itself.
	if len(e.To) == 0 && len(e.Who) > 1 && !d.among(e.Who) {
		return false
	}
	if e.Mode == "visit" && d.mode == "visit" && e.envoys != d.envoys {
		return false
	}
	return len(e.people) == 0 || len(d.people) == 0 || shares(e.people, d.people)
}

// among reports whether a deed has two of some countries for parties.
func (d *deed) among(countries []string) bool {
	n := 0
	for _, c := range countries {
		if slices.Contains(d.who, c) || slices.Contains(d.to, c) {
			n++
		}
	}
	return n > 1
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// PairLedger gives what was expected of a pair, as Ledger does, out of records of
// stories that tell of the two: what they are expected to do to each other or together,
// and what one of them is, where no third country takes part.
func PairLedger(records []dyad.Record, a, b string, on dyad.Date) []Entry {
	return slices.DeleteFunc(Ledger(relevant(records, PairOf(a, b)), on), func(e Entry) bool {
		other := func(c string) bool { return c != a && c != b }
		return slices.ContainsFunc(e.Who, other) || slices.ContainsFunc(e.To, other)
	})
}

// Concerning keeps the entries in which a country is expected to do something, or
// something is to be done to it.
func Concerning(entries []Entry, country string) []Entry {
	return slices.DeleteFunc(entries, func(e Entry) bool { return !slices.Contains(e.Who, country) && !slices.Contains(e.To, country) })
}

// Asked puts what is demanded into words. The trigger of a demand is only some of the
// sentence's words ("urged make"): what is asked then stands in the sentence after them,
// "to make the border safer". Where that is not found it is the words as they are.
func Asked(content, sentence string) string {
	words := strings.Fields(content)
	if len(words) < 2 || strings.HasPrefix(content, "to ") || strings.HasPrefix(content, "that ") {
		return content
	}
	verb := words[len(words)-1]
	_, after, found := strings.Cut(strings.TrimRight(sentence, ". ")+" ", " to "+verb+" ")
	if !found {
		return content
	}
	return strings.TrimSpace("to " + verb + " " + after)
}
