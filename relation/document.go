package relation

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// A Document is a brief in words, ready to be set as Markdown, HTML or plain text.
type Document struct {
	Title    string    `json:"title"`
	Period   string    `json:"period"`
	Lead     Line      `json:"lead"`
	Sections []Section `json:"sections"`
	Sources  []Source  `json:"sources"`
	brief    *Brief
}

// A Section is a heading with its lines or its table.
type Section struct {
	Title string   `json:"title"`
	Lines []Line   `json:"lines"`
	Table *Table   `json:"table"` // nil: none
	Notes []string `json:"notes"` // what the words and numbers above them mean
	Empty string   `json:"empty"` // what stands there when there are no lines
}

// A Line is one sentence of a brief with what it rests on.
type Line struct {
	Label string `json:"label"` // before it: a date, or a status
	Text  string `json:"text"`
	Quote string `json:"quote"` // the sentence of the story
	Cited []int  `json:"cited"` // numbers of sources
	Under bool   `json:"under"` // it belongs to the line before it that does not
}

// Document puts a brief into words.
func (b *Brief) Document() Document {
	d := Document{Title: fmt.Sprintf("%s and %s", b.NameA, b.NameB), brief: b}
	d.Period = fmt.Sprintf("from %s to %s", longDate(DayOf(b.Since)), longDate(DayOf(b.On)))
	if b.Since.IsZero() {
		d.Period = "up to " + longDate(DayOf(b.On))
	}
	var ids []string
	for i := range b.State.Movers {
		if r := b.of(&b.State.Movers[i]); r != nil {
			ids = append(ids, r.ID)
		}
	}
	d.Lead = Line{Text: capital(b.State.Sentence) + ".", Cited: b.cite(ids...)}
	d.Sections = []Section{
		b.why(), b.happened(), b.visits(), b.issues(), b.expected(), b.thirds(), b.open(), b.method(),
	}
	d.Sources = b.Sources
	return d
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// why tells what moved the relation, and what is said of it.
func (b *Brief) why() Section {
	s := Section{Title: "Why", Empty: "Too little is told to say."}
	for i := range b.State.Movers {
		if r := b.of(&b.State.Movers[i]); r != nil {
			s.Lines = append(s.Lines, b.told(r))
		}
	}
	said := b.State.Said
	left := said[:max(0, len(said)-briefSaid)]
	for _, c := range said[len(left):] {
		if r := b.records[c.Record]; r != nil {
			text := fmt.Sprintf("The relations of %s and %s were called %s.", b.NameA, b.NameB, c.words())
			s.Lines = append(s.Lines, Line{Label: c.date(), Text: text, Quote: r.Text, Cited: b.cite(r.ID)})
		}
	}
	slices.SortStableFunc(s.Lines, func(x, y Line) int { return strings.Compare(x.Label, y.Label) })
	if len(left) > 0 {
		s.Lines = append(s.Lines, Line{Text: "Before, they were called " + tallied(left) + "."})
	}
	return s
}

// words are the state and the direction that are claimed.
func (c *Said) words() string { return strings.Join(filled(c.State, c.Direction), " and ") }

// tallied counts claims: "strained (9 times), mending (once)".
func tallied(said []Said) string {
	times := map[string]int{}
	for i := range said {
		times[said[i].words()]++
	}
	words := slices.SortedFunc(maps.Keys(times), func(x, y string) int { return cmp.Or(cmp.Compare(times[y], times[x]), strings.Compare(x, y)) })
	for i, w := range words {
		if n := times[w]; n == 1 {
			words[i] = w + " (once)"
		} else {
			words[i] = fmt.Sprintf("%s (%d times)", w, n)
		}
	}
	return strings.Join(words, ", ")
}

func (c *Said) date() string { return DateOf(c.Day).String() }

func filled(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// told tells an event: who did what to whom, with the sentence.
func (b *Brief) told(r *dyad.Record) Line {
	l := Line{Label: r.When(), Text: capital(b.deed(r.Event)) + b.overIssues(r.Issues) + ".", Quote: sayingMost(r), Cited: b.cite(r.ID)}
	if o := r.Own; o != nil && o.Label != "" {
		l.Text = strings.TrimSuffix(l.Text, ".") + fmt.Sprintf(", which %s calls %q.", o.Origin, o.Label)
	}
	return l
}

// sayingMost is the sentence of a record, or that of another report of it if it says
// more: "Pakistan rejected it." gives way to the one that names the ruling. Of long
// sentences none says more than another.
func sayingMost(r *dyad.Record) string {
	best, most := r.Text, namesIn(r.Text)
	for _, t := range r.Reports {
		if n := namesIn(t.Text); n > most {
			best, most = t.Text, n
		}
	}
	return best
}

// enoughWords is the number of telling words from which a sentence says enough.
const enoughWords = 6

// namesIn counts the words of a sentence that tell something, up to enough of them.
func namesIn(text string) (n int) {
	for w := range strings.FieldsSeq(text) {
		if len(w) >= 4 {
			n++
		}
	}
	return min(n, enoughWords)
}

func (b *Brief) overIssues(issues []string) string {
	if len(issues) == 0 {
		return ""
	}
	return "; issues: " + b.listIssues(issues)
}

// toldTogether tells events, and those of one sentence and day in one line.
func (b *Brief) toldTogether(records []dyad.Record) (lines []Line) {
	at := map[string]int{}
	for i := range records {
		r := &records[i]
		key := r.Story + " " + r.Date.String() + " " + r.Text
		n, seen := at[key]
		if !seen || r.Text == "" {
			at[key] = len(lines)
			lines = append(lines, b.told(r))
			continue
		}
		l := &lines[n]
		before, issues, _ := strings.Cut(strings.TrimSuffix(l.Text, "."), "; issues: ")
		l.Text = before + "; " + b.deed(r.Event)
		if issues != "" {
			l.Text += "; issues: " + issues
		}
		l.Text += "."
		l.Cited = union(l.Cited, b.cite(r.ID))
	}
	return lines
}

// union joins two lists of sources.
func union(a, b []int) []int {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

func (b *Brief) listIssues(issues []string) string {
	names := make([]string, len(issues))
	for i, x := range issues {
		names[i] = b.reference.IssueName(x)
	}
	return strings.Join(names, ", ")
}

// phrases say each PLOVER event of one to another, and of both together.
var phrases = map[string][2]string{
	"AGREE": {"offered or promised to work with", "agreed to work together"}, "CONSULT": {"talked with", "talked"}, "SUPPORT": {"stood by", "tied or mended relations"},
	"CONCEDE": {"gave way to", "gave way to each other"}, "COOPERATE": {"worked with", "worked together"}, "AID": {"helped", "helped each other"},
	"RETREAT": {"gave way in deeds to", "gave way to each other in deeds"}, "REQUEST": {"made demands of", "made demands"}, "ACCUSE": {"blamed", "blamed each other"},
	"REJECT": {"refused", "refused each other"}, "THREATEN": {"threatened", "threatened each other"}, "PROTEST": {"protested against", "protested"},
	"SANCTION": {"cut ties with or punished", "cut ties"}, "MOBILIZE": {"moved forces against", "moved forces"}, "COERCE": {"used its power against", "used their power against each other"},
	"ASSAULT": {"attacked", "attacked each other"},
}

// deed says an event in words: "Iran attacked Pakistan (drone)".
func (b *Brief) deed(e *dyad.Event) string {
	verbs, known := phrases[e.Type]
	if !known {
		verbs = [2]string{e.Type, e.Type}
	}
	actors, recipients := b.names(e.Actor), b.names(e.Recipient)
	mode := ""
	switch {
	case e.Mode == "visit":
		verbs = [2]string{"visited", "met on a visit"}
		actors = b.visitors(e.Actor)
	case e.Mode != "":
		mode = " (" + strings.ReplaceAll(e.Mode, "-", " ") + ")"
	}
	both := Codes(e.Actor)
	among := !slices.ContainsFunc(Codes(e.Recipient), func(c string) bool { return !slices.Contains(both, c) })
	if recipients == "" || len(both) > 1 && among {
		return cmp.Or(actors, "somebody") + " " + verbs[1] + mode
	}
	return cmp.Or(actors, "somebody") + " " + verbs[0] + " " + recipients + mode
}

// visitors names who goes on a visit: "Ebrahim Raisi of Iran", "the ambassador of Iran".
func (b *Brief) visitors(entities []dyad.Entity) string {
	var names []string
	for i := range entities {
		e := &entities[i]
		country := b.reference.Name(e.Code)
		switch {
		case isEnvoy(e):
			names = append(names, "the ambassador of "+country)
		case e.Name != "" && !isCountry(e):
			names = append(names, e.Name+" of "+country)
		default:
			names = append(names, country)
		}
	}
	return joined(names)
}

// names lists the countries among entities.
func (b *Brief) names(entities []dyad.Entity) string { return b.listNames(Codes(entities)) }

func (b *Brief) listNames(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = b.reference.Name(c)
	}
	return joined(names)
}

func joined(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

func (b *Brief) happened() Section {
	s := Section{Title: "What happened", Empty: "Nothing is told of the two in this time."}
	if b.Worst != nil {
		text := fmt.Sprintf("%s on %s.", capital(b.deed(b.Worst.Event)), longDate(DayOf(b.Worst.Date)))
		s.Lines = append(s.Lines, Line{Label: "worst", Text: text, Cited: b.cite(b.Worst.ID)})
	}
	s.Lines = append(s.Lines, b.toldTogether(b.Happened)...)
	if b.More > 0 {
		s.Lines = append(s.Lines, Line{Text: fmt.Sprintf("%s of less weight left out.", numbered(b.More, "happening"))})
	}
	return s
}

func (b *Brief) visits() Section {
	s := Section{Title: "Visits", Empty: "No visit is told of."}
	for i := range b.Visits {
		v := &b.Visits[i]
		label := cmp.Or(v.Start.String(), "no date")
		if !v.End.IsZero() && v.End != v.Start {
			label += " to " + v.End.String()
		}
		who := cmp.Or(v.Who.Name, "somebody")
		if isCountry(&v.Who) || v.Who.Name == "" {
			who = "a delegation"
		}
		text := fmt.Sprintf("%s of %s", who, b.reference.Name(v.Visitor))
		if v.Level != "" {
			text += " (" + v.Level + ")"
		}
		text += " to " + b.reference.Name(v.Host) + ": " + strings.ReplaceAll(v.Status, "_", " ")
		if v.Overdue {
			text += ", though the day has passed and nothing more is told"
		}
		if !v.Announced.IsZero() {
			text += "; first told of on " + longDate(DayOf(v.Announced))
		}
		if len(v.Agenda) > 0 {
			text += "; on the agenda: " + b.listIssues(v.Agenda)
		}
		s.Lines = append(s.Lines, Line{Label: label, Text: text + ".", Cited: b.cite(v.Records...)})
		s.Lines = append(s.Lines, b.outcomes(v)...)
	}
	return s
}

// outcomes tells what was agreed or done at a visit.
func (b *Brief) outcomes(v *Visit) (lines []Line) {
	var records []dyad.Record
	for _, id := range v.Outcomes {
		if r := b.records[id]; r != nil && r.Event != nil && r.Event.Mode != "visit" {
			records = append(records, *r)
		}
	}
	slices.SortStableFunc(records, func(x, y dyad.Record) int { return cmp.Compare(weightOf(&y), weightOf(&x)) })
	left := max(0, len(records)-briefOutcomes)
	records = records[:len(records)-left]
	slices.SortStableFunc(records, func(x, y dyad.Record) int { return cmp.Compare(DayOf(x.Date), DayOf(y.Date)) })
	lines = b.toldTogether(records)
	if left > 0 {
		lines = append(lines, Line{Text: numbered(left, "further outcome") + "."})
	}
	for i := range lines {
		lines[i].Under = true
	}
	return lines
}

func (b *Brief) issues() Section {
	s := Section{Title: "Issues and positions", Empty: "No issue is told of."}
	shown := map[string]bool{} // issues, and records of positions
	for _, g := range b.Grid {
		shown[g.Issue] = true
		text := fmt.Sprintf("%s, last told of on %s.", strings.Join(filled(some(g.Friendly, "friendly happening"), some(g.Hostile, "hostile happening"), some(g.Positions, "common position"), some(g.Expects, "expectation")), ", "), longDate(DayOf(g.Last)))
		s.Lines = append(s.Lines, Line{Label: b.reference.IssueName(g.Issue), Text: text, Cited: b.cite(g.Records...)})
		s.Lines = append(s.Lines, b.held(g.Issue, shown)...)
	}
	for _, h := range b.Holdings {
		if shown[h.Issue] {
			continue
		}
		shown[h.Issue] = true
		if lines := b.held(h.Issue, shown); len(lines) > 0 {
			s.Lines = append(s.Lines, Line{Label: b.reference.IssueName(h.Issue), Text: "Nothing is told to have happened between the two over it."})
			s.Lines = append(s.Lines, lines...)
		}
	}
	return s
}

// held tells what the two hold on an issue, the latest first. A position on several
// issues is told under the first of them.
func (b *Brief) held(issue string, shown map[string]bool) (lines []Line) {
	for _, h := range b.Holdings {
		if h.Issue != issue {
			continue
		}
		if !h.Changed.IsZero() {
			lines = append(lines, Line{Label: "turned", Under: true, Text: fmt.Sprintf("%s from %s to %s about %s.", b.reference.Name(h.Holder), stanceWord(h.From), stanceWord(h.To), longDate(DayOf(h.Changed)))})
		}
		told := 0
		for i := len(h.Held) - 1; i >= 0 && told < briefPositions; i-- {
			p := h.Held[i]
			if shown[p.Record+h.Holder] {
				continue
			}
			shown[p.Record+h.Holder] = true
			told++
			lines = append(lines, Line{Label: p.On.String(), Under: true, Text: fmt.Sprintf("%s %s: %s.", b.reference.Name(h.Holder), stanceWord(p.Stance), strings.TrimSuffix(p.Content, ".")), Cited: b.cite(p.Record)})
		}
	}
	return lines
}

func stanceWord(stance string) string { return strings.ReplaceAll(stance, "_", " ") }

func some(n int, noun string) string {
	if n == 0 {
		return ""
	}
	return numbered(n, noun)
}

func (b *Brief) expected() Section {
	s := Section{Title: "Expected and overdue", Empty: "Nothing is told to be expected."}
	told, left := map[string]int{}, map[string]int{}
	var statuses []string
	for i := range b.Entries {
		e := &b.Entries[i]
		if len(e.Who) == 0 {
			continue // an open question
		}
		if told[e.Status] == briefExpectations {
			if left[e.Status]++; left[e.Status] == 1 {
				statuses = append(statuses, e.Status)
			}
			continue
		}
		told[e.Status]++
		s.Lines = append(s.Lines, b.entry(e))
	}
	for _, status := range statuses {
		s.Lines = append(s.Lines, Line{Label: status, Text: numbered(left[status], "further expectation") + " left out."})
	}
	return s
}

// utterances say how an expectation is uttered: of one to do something, of several,
// and that something be done.
var utterances = map[string][3]string{
	Expected: {"is expected", "are expected", "It is expected"}, Announced: {"plans", "plan", "It is announced"}, Promised: {"promised", "promised", "It was promised"},
	Threatened: {"threatened", "threatened", "It was threatened"}, Demanded: {"is asked", "are asked", "It is asked"},
}

// entry tells one line of the ledger: "Iran promised to help Pakistan, told on 3 May".
func (b *Brief) entry(e *Entry) Line {
	words := utterances[e.Uttered]
	verb := words[min(1, len(e.Who)-1)]
	content := strings.TrimSuffix(e.Content, ".")
	text := ""
	switch {
	case e.Uttered == Demanded && !strings.HasPrefix(content, "to "):
		text = fmt.Sprintf("%s made demands of %s", b.listNames(e.To), b.listNames(e.Who))
		if asked := Asked(content, e.Text); asked != content {
			text = fmt.Sprintf("%s asked %s %s", b.listNames(e.To), b.listNames(e.Who), asked)
		}
	case strings.HasPrefix(content, "to ") && e.Not:
		text = fmt.Sprintf("%s %s not %s", b.listNames(e.Who), verb, content)
	case strings.HasPrefix(content, "to "):
		text = fmt.Sprintf("%s %s %s", b.listNames(e.Who), verb, content)
	case strings.HasPrefix(content, "that "):
		text = words[2] + " " + content
	case strings.HasPrefix(e.Text, content):
		text = content
	default:
		text = b.listNames(e.Who) + ": " + content
	}
	text += ", told on " + longDate(DayOf(e.Told))
	switch {
	case e.Status != dyad.StatusOpen || strings.HasPrefix(e.Why, "due"):
		text += "; " + e.Why
	case !e.Due.IsZero():
		text += "; due " + e.Due.String()
	}
	line := Line{Label: e.Status, Text: text + ".", Quote: e.Text, Cited: b.cite(append(slices.Clone(e.Records), e.DecidedBy)...)}
	if strings.HasPrefix(e.Text, content) {
		line.Quote = "" // it stands there already
	}
	if r := b.records[e.DecidedBy]; r != nil {
		line.Quote = r.Text
	}
	return line
}

func (b *Brief) thirds() Section {
	s := Section{Title: "Who else matters", Empty: "Too little is told of third countries."}
	for _, t := range b.Triads {
		text := capital(t.Reading)
		if t.BC.Basis == "dispute" || t.AC.Basis == "dispute" || t.AB.Basis == "dispute" {
			text += ", going by an open dispute"
		}
		text += fmt.Sprintf(" (%s with %s, %s with %s within a year)", numbered(t.AC.Segment.Happenings(), "happening"), b.reference.Name(t.Pair.A),
			numbered(t.BC.Segment.Happenings(), "happening"), b.reference.Name(t.Pair.B))
		var ids []string
		for _, a := range slices.Concat(t.AC.Movers, t.BC.Movers) {
			ids = append(ids, a.Record)
		}
		s.Lines = append(s.Lines, Line{Label: b.reference.Name(t.Third), Text: text + ".", Cited: b.cite(ids...)})
	}
	s.Lines = append(s.Lines, b.inView()...)
	return s
}

// inView names third countries that what is said or expected of the two has in view,
// though little happened with them: "Pakistan must weigh Iran's relations with India."
func (b *Brief) inView() (lines []Line) {
	shown := map[string]bool{b.A: true, b.B: true}
	for _, t := range b.Triads {
		shown[t.Third] = true
	}
	for _, id := range slices.Sorted(maps.Keys(b.records)) {
		r := b.records[id]
		if r.Expectation == nil && r.Position == nil && (r.Claim == nil || r.Claim.Fact != "") {
			continue
		}
		for _, code := range codesOf(r) {
			if !isState(code) || shown[code] || len(lines) == briefTriads {
				continue
			}
			shown[code] = true
			lines = append(lines, Line{Label: b.reference.Name(code), Text: "In view.", Quote: r.Text, Cited: b.cite(r.ID)})
		}
	}
	return lines
}

// open asks what later stories may answer, and what does not fit together.
func (b *Brief) open() Section {
	s := Section{Title: "Open questions", Empty: "None are told."}
	for _, e := range b.Entries {
		if len(e.Who) > 0 || e.Status != dyad.StatusOpen {
			continue
		}
		text := capital(strings.TrimSuffix(e.Content, "."))
		// One question may be told as the clause and as the whole sentence.
		again := slices.ContainsFunc(s.Lines, func(l Line) bool {
			told := strings.TrimSuffix(l.Text, ".")
			return strings.HasPrefix(told, text) || strings.HasPrefix(text, told)
		})
		if !again {
			s.Lines = append(s.Lines, Line{Label: e.Told.String(), Text: text + ".", Cited: b.cite(e.Records...)})
		}
	}
	for _, c := range b.Contradictions {
		s.Lines = append(s.Lines, Line{Label: "denied", Text: capital(b.deed(c.Says.Event)) + ", which is denied.", Quote: c.Denies.Text, Cited: b.cite(c.Says.ID, c.Denies.ID)})
	}
	for _, c := range b.Checked {
		if c.Verdict.Verdict == Contradicted {
			s.Lines = append(s.Lines, Line{Label: "not so", Text: c.Verdict.Note + ", though a story says so.", Quote: c.Text, Cited: b.cite(c.Record)})
		}
	}
	return s
}

// method tells on how much the brief rests.
func (b *Brief) method() Section {
	t := &b.Series.Total
	s := Section{Title: "What this rests on"}
	s.Lines = append(s.Lines, Line{Text: fmt.Sprintf("%s in this time, %d friendly and %d hostile; apart from them %d announced, %d supposed, %d denied, %d of earlier times.",
		capital(numbered(t.Count, "happening")), t.Cooperation(), t.Conflict(), t.Future, t.Hypothetical, t.Negated, t.Past)})
	if t.Net.Enough {
		s.Lines = append(s.Lines, Line{Text: fmt.Sprintf("Net cooperation is %.2f (90%% interval %.2f to %.2f); the mean score is %.1f, the sum %.0f.", t.Net.Value, t.Net.Low, t.Net.High, t.Mean, t.Scores)})
	}
	stories := 0
	for i := range b.Series.Periods {
		stories += max(0, b.Series.Periods[i].Stories)
	}
	if stories > 0 {
		s.Lines = append(s.Lines, Line{Text: fmt.Sprintf("Stories read in this time, about whatever: %d.", stories)})
	}
	for _, reason := range b.State.Reasons {
		s.Lines = append(s.Lines, Line{Label: "rule", Text: capital(reason) + "."})
	}
	for _, c := range b.State.Changes {
		s.Lines = append(s.Lines, Line{Label: c.Since.String(), Text: fmt.Sprintf("Change: from %s to %s, a tension of %.2f before and %.2f after.", cmp.Or(c.Before.State, "too little"), cmp.Or(c.After.State, "too little"), c.Before.Tension.Value, c.After.Tension.Value)})
	}
	return s
}
