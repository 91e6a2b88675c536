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
	friendlyWords      = "#9ecae1"
	friendlyDeeds      = "#2171b5"
	hostileWords       = "#fdae6b"
	hostileDeedsColour = "#a63603"
)

const (
	chartWidth  = 720.0
	chartLeft   = 34.0
	chartTop    = 18.0
	chartBottom = 22.0
)

// figures are the brief's charts with what they show.
func (b *Brief) figures() string {
	s := &b.Series
	if len(s.Periods) == 0 {
		return ""
	}
	var out strings.Builder
	figure := func(svg, caption string) {
		fmt.Fprintf(&out, "<figure>\n%s<figcaption>%s</figcaption>\n</figure>\n", svg, html.EscapeString(caption))
	}
	figure(s.Chart(b.State.Changes), fmt.Sprintf("Happenings between %s and %s by %s: friendly ones above the line, hostile ones below, deeds dark and words light. Broken lines are changes.", b.NameA, b.NameB, s.Step))
	figure(s.ChartFrom(s.A), fmt.Sprintf("Of these, what %s did to %s.", b.NameA, b.NameB))
	figure(s.ChartFrom(s.B), fmt.Sprintf("What %s did to %s.", b.NameB, b.NameA))
	if s.known() {
		figure(s.ChartOfStories(), "Stories read in the same time, about whatever.")
	}
	return out.String()
}

// known reports whether the series knows how many stories were read.
func (s *Series) known() bool {
	for i := range s.Periods {
		if s.Periods[i].Stories >= 0 {
			return true
		}
	}
	return false
}

// bars are what a chart shows of a period, from the line up and from the line down.
type bars struct{ up, upper, down, lower int }

// Chart draws a series as SVG: a bar for each period, what was friendly above the
// line and what was hostile below it, with broken lines where the pair changed.
func (s *Series) Chart(changes []Change) string {
	return s.chart(fmt.Sprintf("%s-%s by %s", s.A, s.B, s.Step), 200, changes, func(p *Period) bars { return barsOf(&p.Both) })
}

// ChartFrom draws what one of the two did to the other, at the scale of its own.
func (s *Series) ChartFrom(actor string) string {
	if actor == s.A {
		return s.chart(fmt.Sprintf("%s to %s by %s", s.A, s.B, s.Step), 110, nil, func(p *Period) bars { return barsOf(&p.AB) })
	}
	return s.chart(fmt.Sprintf("%s to %s by %s", s.B, s.A, s.Step), 110, nil, func(p *Period) bars { return barsOf(&p.BA) })
}

// ChartOfStories draws how many stories were read.
func (s *Series) ChartOfStories() string {
	return s.chart("stories by "+string(s.Step), 90, nil, func(p *Period) bars { return bars{up: max(0, p.Stories)} })
}

func barsOf(f *Flow) bars { return bars{f.ByQuad[1], f.ByQuad[2], f.ByQuad[3], f.ByQuad[4]} }

// chart draws bars of a height; up and down share one scale.
func (s *Series) chart(title string, height float64, changes []Change, of func(*Period) bars) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\" role=\"img\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"10\">\n", chartWidth, height)
	fmt.Fprintf(&b, "<title>%s</title>\n", html.EscapeString(title))
	up, down := 1, 0
	for i := range s.Periods {
		v := of(&s.Periods[i])
		up, down = max(up, v.up+v.upper), max(down, v.down+v.lower)
	}
	unit := (height - chartTop - chartBottom) / float64(up+down)
	axis := chartTop + unit*float64(up)
	width := (chartWidth - chartLeft) / float64(max(1, len(s.Periods)))
	bar := math.Max(0.5, math.Min(24, width*0.8))
	for i := range s.Periods {
		v := of(&s.Periods[i])
		x := chartLeft + width*(float64(i)+0.5) - bar/2
		rect := func(from, count int, colour string) {
			if count != 0 {
				top := axis - unit*float64(max(from, from+count))
				fmt.Fprintf(&b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", x, top, bar, unit*math.Abs(float64(count)), colour)
			}
		}
		rect(0, v.up, friendlyWords)
		rect(v.up, v.upper, friendlyDeeds)
		rect(0, -v.down, hostileWords)
		rect(-v.down, -v.lower, hostileDeedsColour)
	}
	s.drawFrame(&b, height, axis, unit, up, down, width)
	s.drawChanges(&b, height, changes)
	b.WriteString("</svg>\n")
	return b.String()
}

// drawFrame draws the line, the numbers at its side and the dates below.
func (s *Series) drawFrame(b *strings.Builder, height, axis, unit float64, up, down int, width float64) {
	fmt.Fprintf(b, "<line x1=\"%g\" y1=\"%.1f\" x2=\"%g\" y2=\"%.1f\" stroke=\"#444\"/>\n", chartLeft, axis, chartWidth, axis)
	for _, n := range []int{up, -down} {
		if n == 0 {
			continue
		}
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
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%g\" text-anchor=\"middle\" fill=\"#444\">%s</text>\n", math.Max(x, chartLeft+20), height-6, label)
	}
}

// drawChanges draws a broken line with its date where the pair changed.
func (s *Series) drawChanges(b *strings.Builder, height float64, changes []Change) {
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
		fmt.Fprintf(b, "<line x1=\"%.1f\" y1=\"%g\" x2=\"%.1f\" y2=\"%g\" stroke=\"#666\" stroke-dasharray=\"3 3\"/>\n", x, 4.0, x, height-chartBottom)
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%g\" text-anchor=\"%s\" fill=\"#444\">%s</text>\n", x+shift, 10.0+10*float64(i%2), anchor, c.Since)
	}
}
