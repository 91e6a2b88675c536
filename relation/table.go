package relation

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/opendyad/dyad"
)

// A Table is a section's rows under their heads. The first column names each row, the
// others are numbers.
type Table struct {
	Head []string   `json:"head"`
	Rows [][]string `json:"rows"`
}

// quietRun is from how many periods without anything told a table shows them as one row.
const quietRun = 4

// unknown stands where there is no number.
const unknown = "–"

// Section sets the periods of a series as a table, with what its columns mean.
func (s *Series) Section() Section {
	title := "By " + string(s.Step)
	if s.Reports {
		title += ", reports"
	}
	out := Section{Title: title, Empty: "Nothing is told of the two."}
	if len(s.Periods) == 0 {
		return out
	}
	shares, stories, apart := s.columns()
	t := &Table{Head: []string{string(s.Step), "friendly", "hostile", s.A + " to " + s.B, s.B + " to " + s.A, "net", "90% interval", "scores", "mean", "stock +", "stock -"}}
	out.Notes = []string{
		"net: friendly less hostile happenings, divided by both together, from -1 to 1, with its interval; " + unknown + " for fewer than 5.",
		"scores and mean: sum and mean of PLOVER's scores, from -10 to 10.",
		fmt.Sprintf("stock: what is left at the end of all positive and all negative scores so far, of which half is lost every %g days.", s.HalfLife),
	}
	for _, more := range []struct {
		shown      bool
		head, note string
	}{
		{shares, "share", "share: the pair's part of what happened between all pairs in that time."},
		{stories, "stories", "stories: read in that time, about whatever."},
		{apart, "apart", "apart: announced, supposed, denied and past happenings, which count nowhere else."},
	} {
		if more.shown {
			t.Head, out.Notes = append(t.Head, more.head), append(out.Notes, more.note)
		}
	}
	for i := 0; i < len(s.Periods); {
		end := i + 1
		for s.Periods[i].quiet() && end < len(s.Periods) && s.Periods[end].quiet() {
			end++
		}
		if end-i < quietRun {
			end = i + 1
		}
		t.Rows = append(t.Rows, s.row(i, end, shares, stories, apart))
		i = end
	}
	out.Table = t
	return out
}

// columns tells which of the columns that need not be there have anything to show.
func (s *Series) columns() (shares, stories, apart bool) {
	for i := range s.Periods {
		p := &s.Periods[i]
		shares = shares || p.ShareOfAll >= 0
		stories = stories || p.Stories > 0
		apart = apart || p.Both.apart() > 0
	}
	return shares, stories, apart
}

// apart counts what did not actually happen in the time told.
func (f *Flow) apart() int { return f.Future + f.Hypothetical + f.Negated + f.Past }

// quiet reports whether nothing is told of the pair in a period.
func (p *Period) quiet() bool { return p.Both.Count == 0 && p.Both.apart() == 0 }

// row sets one period, or several in which nothing is told.
func (s *Series) row(from, to int, shares, stories, apart bool) []string {
	p, f := &s.Periods[to-1], &s.Periods[to-1].Both
	name := PeriodName(s.Step, s.Periods[from].Start)
	if to-from > 1 {
		name += " to " + PeriodName(s.Step, p.Start)
	}
	net, interval, mean := unknown, unknown, unknown
	if f.Net.Enough {
		net, interval = fmt.Sprintf("%+.2f", f.Net.Value), fmt.Sprintf("%+.2f to %+.2f", f.Net.Low, f.Net.High)
	}
	if f.Count > f.ByQuad[0] {
		mean = fmt.Sprintf("%+.1f", f.Mean)
	}
	row := []string{name, fmt.Sprint(f.Cooperation()), fmt.Sprint(f.Conflict()), fmt.Sprint(p.AB.Count), fmt.Sprint(p.BA.Count), net, interval,
		fmt.Sprintf("%+.1f", f.Scores), mean, fmt.Sprintf("%.1f", p.StockUp), fmt.Sprintf("%.1f", p.StockDown)}
	if shares {
		share := unknown
		if p.ShareOfAll >= 0 && to-from == 1 {
			share = fmt.Sprintf("%.1f%%", 100*p.ShareOfAll)
		}
		row = append(row, share)
	}
	if stories {
		read := 0
		for i := from; i < to; i++ {
			read += max(0, s.Periods[i].Stories)
		}
		row = append(row, fmt.Sprint(read))
	}
	if apart {
		row = append(row, strings.Join(filled(counted(f.Future, "announced"), counted(f.Hypothetical, "supposed"), counted(f.Negated, "denied"), counted(f.Past, "past")), ", "))
	}
	return row
}

func counted(n int, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", n, what)
}

// PeriodName names a period as it is written: "2024-01", "2024-Q1", "2024-01-15".
func PeriodName(step Step, start dyad.Date) string {
	switch step {
	case Month:
		return dyad.Date{Year: start.Year, Month: start.Month}.String()
	case Quarter:
		return fmt.Sprintf("%d-Q%d", start.Year, (start.Month+2)/3)
	}
	return start.String()
}

// plain sets a table for a terminal, with its columns one below the other.
func (t *Table) plain() string {
	widths := make([]int, len(t.Head))
	rows := append([][]string{t.Head}, t.Rows...)
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(line(cell)))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var out strings.Builder
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(&out, "  %-*s", widths[i], line(cell))
			} else {
				fmt.Fprintf(&out, "  %*s", widths[i], line(cell))
			}
		}
		b.WriteString(strings.TrimRight(out.String(), " ") + "\n")
	}
	return b.String()
}

func (t *Table) markdown() string {
	var b strings.Builder
	row := func(cells []string) {
		for _, cell := range cells {
			b.WriteString("| " + markdown(cell) + " ")
		}
		b.WriteString("|\n")
	}
	row(t.Head)
	b.WriteString("|---" + strings.Repeat("|--:", len(t.Head)-1) + "|\n")
	for _, cells := range t.Rows {
		row(cells)
	}
	return b.String()
}

func (t *Table) html() string {
	var b strings.Builder
	b.WriteString("<table>\n<thead><tr>")
	for _, cell := range t.Head {
		fmt.Fprintf(&b, "<th scope=\"col\">%s</th>", html.EscapeString(cell))
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, cells := range t.Rows {
		for i, cell := range cells {
			if i == 0 {
				fmt.Fprintf(&b, "<tr><th scope=\"row\">%s</th>", html.EscapeString(line(cell)))
			} else {
				fmt.Fprintf(&b, "<td>%s</td>", html.EscapeString(line(cell)))
			}
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table>\n")
	return b.String()
}
