package relation

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

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
		text := fmt.Sprintf("%s of %s", who, b.named(v.Visitor))
		if v.Level != "" {
			text += " (" + v.Level + ")"
		}
		text += " to " + b.named(v.Host) + ": " + strings.ReplaceAll(v.Status, "_", " ")
		if v.Overdue {
			text += ", though the day has passed and nothing more is told"
		}
		if !v.Announced.IsZero() {
			text += "; first told of " + onDate(v.Announced)
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
	told, left := 0, 0
	for _, g := range b.Grid {
		shown[g.Issue] = true
		if told == briefIssues {
			left++
			continue
		}
		told++
		text := strings.Join(filled(some(g.Friendly, "friendly happening"), some(g.Hostile, "hostile happening"), some(g.Positions, "common position"), some(g.Expects, "expectation")), ", ")
		if !g.Last.IsZero() {
			text += ", last told of " + onDate(g.Last)
		}
		s.Lines = append(s.Lines, Line{Label: b.reference.IssueName(g.Issue), Text: text + ".", Cited: b.cite(b.latestOf(g.Records)...)})
		s.Lines = append(s.Lines, b.held(g.Issue, shown)...)
	}
	for _, h := range b.Holdings {
		if shown[h.Issue] {
			continue
		}
		shown[h.Issue] = true
		if told == briefIssues {
			left++
			continue
		}
		if lines := b.held(h.Issue, shown); len(lines) > 0 {
			told++
			s.Lines = append(s.Lines, Line{Label: b.reference.IssueName(h.Issue), Text: "Nothing is told to have happened between the two over it."})
			s.Lines = append(s.Lines, lines...)
		}
	}
	if left > 0 {
		s.Lines = append(s.Lines, Line{Text: numbered(left, "issue") + " of which less is told left out."})
	}
	return s
}

// latestOf gives the records of which the sources are named, where there are many.
func (b *Brief) latestOf(ids []string) []string {
	ids = slices.Clone(ids)
	day := func(id string) int32 {
		if r := b.records[id]; r != nil {
			return DayOf(r.Date)
		}
		return Undated
	}
	slices.SortStableFunc(ids, func(x, y string) int { return cmp.Compare(day(y), day(x)) })
	return ids[:min(briefCited, len(ids))]
}

// held tells what the two hold on an issue, the latest first. A position on several
// issues is told under the first of them.
func (b *Brief) held(issue string, shown map[string]bool) (lines []Line) {
	for _, h := range b.Holdings {
		if h.Issue != issue {
			continue
		}
		if !h.Changed.IsZero() {
			lines = append(lines, Line{Label: "turned", Under: true, Text: fmt.Sprintf("%s was %s it, and is %s it since what was told %s.", b.reference.Name(h.Holder), h.From, h.To, onDate(h.Changed))})
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

func (b *Brief) expected() Section {
	s := Section{Title: "Expected and overdue", Empty: "Nothing is told to be expected."}
	told, left := map[string]int{}, map[string]int{}
	parts := map[string]bool{} // sentences of which a part says what is expected
	for i := range b.Entries {
		if e := &b.Entries[i]; len(e.Who) > 0 && !e.isSentence() {
			parts[e.Text] = true
		}
	}
	var statuses []string
	for i := range b.Entries {
		e := &b.Entries[i]
		if len(e.Who) == 0 {
			continue // an open question
		}
		if e.isSentence() && parts[e.Text] {
			continue
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

// isSentence reports whether what is expected is told by the whole sentence.
func (e *Entry) isSentence() bool {
	return strings.HasPrefix(e.Text, strings.TrimSuffix(e.Content, "."))
}

// isExpected reports whether a sentence is told of among what is expected.
func (b *Brief) isExpected(sentence string) bool {
	return slices.ContainsFunc(b.Entries, func(e Entry) bool { return len(e.Who) > 0 && e.Text == sentence })
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
	if !e.Told.IsZero() {
		text += ", told " + onDate(e.Told)
	}
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
		codes := codesOf(r)
		if !slices.Contains(codes, b.A) && !slices.Contains(codes, b.B) {
			continue
		}
		for _, code := range codes {
			if !isState(code) || shown[code] || len(lines) == briefTriads {
				continue
			}
			shown[code] = true
			lines = append(lines, Line{Label: b.reference.Name(code), Text: "In view.", Quote: r.Text, Cited: b.cite(r.ID)})
		}
	}
	return lines
}
