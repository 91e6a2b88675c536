package relation

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/opendyad/dyad"
)

// The colours tell friendly from hostile for those too who see no red or green.
const (
	friendlyWords = "#9ecae1"
	friendlyDeeds = "#2171b5"
	hostileWords  = "#fdae6b"
	hostileDeedsC = "#a63603"
)

const (
	chartWidth  = 720.0
	chartHeight = 200.0
	chartLeft   = 34.0
	chartTop    = 18.0
	chartBottom = 22.0
)

// figures are the brief's charts with what they show.
func (b *Brief) figures() string {
	if len(b.Series.Periods) == 0 {
		return ""
	}
	caption := fmt.Sprintf("Happenings between %s and %s by %s: friendly ones above the line, hostile ones below, deeds dark and words light. Broken lines are changes.", b.NameA, b.NameB, b.Series.Step)
	var out strings.Builder
	fmt.Fprintf(&out, "<figure>\n%s<figcaption>%s</figcaption>\n</figure>\n", b.Series.Chart(b.State.Changes), html.EscapeString(caption))
	return out.String()
}

// Chart draws a series as SVG: a bar for each period, what was friendly above the
// line and what was hostile below it, with broken lines where the pair changed.
func (s *Series) Chart(changes []Change) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\" role=\"img\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"10\">\n", chartWidth, chartHeight)
	fmt.Fprintf(&b, "<title>%s</title>\n", html.EscapeString(fmt.Sprintf("%s-%s by %s", s.A, s.B, s.Step)))
	up, down := 1, 1
	for i := range s.Periods {
		up = max(up, s.Periods[i].Both.Cooperation())
		down = max(down, s.Periods[i].Both.Conflict())
	}
	plot := chartHeight - chartTop - chartBottom
	unit := plot / float64(up+down)
	axis := chartTop + unit*float64(up)
	width := (chartWidth - chartLeft) / float64(max(1, len(s.Periods)))
	bar := math.Max(0.5, math.Min(24, width*0.8))
	for i := range s.Periods {
		f := &s.Periods[i].Both
		x := chartLeft + width*(float64(i)+0.5) - bar/2
		above, below := axis, axis
		for _, part := range []struct {
			count  int
			colour string
			up     bool
		}{{f.ByQuad[1], friendlyWords, true}, {f.ByQuad[2], friendlyDeeds, true}, {f.ByQuad[3], hostileWords, false}, {f.ByQuad[4], hostileDeedsC, false}} {
			if part.count == 0 {
				continue
			}
			height := unit * float64(part.count)
			y := below
			if part.up {
				above -= height
				y = above
			} else {
				below += height
			}
			fmt.Fprintf(&b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", x, y, bar, height, part.colour)
		}
	}
	s.drawFrame(&b, axis, unit, up, down, width)
	s.drawChanges(&b, changes)
	b.WriteString("</svg>\n")
	return b.String()
}

// drawFrame draws the line, the numbers at its side and the dates below.
func (s *Series) drawFrame(b *strings.Builder, axis, unit float64, up, down int, width float64) {
	fmt.Fprintf(b, "<line x1=\"%g\" y1=\"%.1f\" x2=\"%g\" y2=\"%.1f\" stroke=\"#444\"/>\n", chartLeft, axis, chartWidth, axis)
	for _, n := range []int{up, -down} {
		fmt.Fprintf(b, "<text x=\"%g\" y=\"%.1f\" text-anchor=\"end\" fill=\"#444\">%d</text>\n", chartLeft-5, axis-unit*float64(n)+3, max(n, -n))
	}
	every := max(1, len(s.Periods)/8)
	for i := 0; i < len(s.Periods); i += every {
		label := s.Periods[i].Start.String()
		if s.Step == Month || s.Step == Quarter {
			label = dyad.Date{Year: s.Periods[i].Start.Year, Month: s.Periods[i].Start.Month}.String()
		}
		x := chartLeft + width*(float64(i)+0.5)
		if x > chartWidth-40 {
			break
		}
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%g\" text-anchor=\"middle\" fill=\"#444\">%s</text>\n", math.Max(x, chartLeft+20), chartHeight-6, label)
	}
}

// drawChanges draws a broken line with its date where the pair changed.
func (s *Series) drawChanges(b *strings.Builder, changes []Change) {
	if len(s.Periods) == 0 {
		return
	}
	first, last := DayOf(s.Periods[0].Start), DayOf(s.Periods[len(s.Periods)-1].End)+1
	for i, c := range changes {
		day := DayOf(c.Since)
		if day < first || day >= last {
			continue
		}
		x := chartLeft + (chartWidth-chartLeft)*float64(day-first)/float64(last-first)
		anchor, shift := "start", 3.0
		if x > chartWidth-90 {
			anchor, shift = "end", -3
		}
		fmt.Fprintf(b, "<line x1=\"%.1f\" y1=\"%g\" x2=\"%.1f\" y2=\"%g\" stroke=\"#666\" stroke-dasharray=\"3 3\"/>\n", x, 4.0, x, chartHeight-chartBottom)
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%g\" text-anchor=\"%s\" fill=\"#444\">%s</text>\n", x+shift, 10.0+10*float64(i%2), anchor, c.Since)
	}
}
