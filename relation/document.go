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
			text := fmt.Sprintf("The relations of %s and %s were called %s.", b.named(b.A), b.named(b.B), c.words())
			s.Lines = append(s.Lines, Line{Label: r.When(), Text: text, Quote: r.Text, Cited: b.cite(r.ID)})
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

func (b *Brief) happened() Section {
	s := Section{Title: "What happened", Empty: "Nothing is told of the two in this time."}
	if b.Worst != nil {
		text := fmt.Sprintf("%s %s.", capital(b.deed(b.Worst.Event)), whenHappened(b.Worst))
		s.Lines = append(s.Lines, Line{Label: "worst", Text: text, Cited: b.cite(b.Worst.ID)})
	}
	s.Lines = append(s.Lines, b.toldTogether(b.Happened)...)
	if b.More > 0 {
		s.Lines = append(s.Lines, Line{Text: fmt.Sprintf("%s of less weight left out.", numbered(b.More, "happening"))})
	}
	return s
}

// open asks what later stories may answer, and what does not fit together.
func (b *Brief) open() Section {
	s := Section{Title: "Open questions", Empty: "None are told."}
	for _, e := range b.Entries {
		if len(e.Who) > 0 || e.Status != dyad.StatusOpen || b.isExpected(e.Text) {
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
