package relation

import (
	"math"
	"slices"
)

// How change points are looked for, the same for all pairs.
const (
	minimumHappenings = 5 // of a segment
	minimumWeeks      = 2 // of a segment
	maxChanges        = 8 // more of them are no help
)

// classes are what happenings are told apart by: friendly, hostile in words, hostile
// in deeds.
const classes = 3

type classCounts [classes]float64

func (c classCounts) total() float64 { return c[0] + c[1] + c[2] }

func (c classCounts) less(d classCounts) classCounts {
	return classCounts{c[0] - d[0], c[1] - d[1], c[2] - d[2]}
}

// class is which of them a quad class is, -1 for none.
func class(quad uint8) int {
	switch quad {
	case 1, 2:
		return 0
	case 3:
		return 1
	case 4:
		return 2
	}
	return -1
}

// A bin is what happened in a week that anything happened in.
type bin struct {
	week  int32 // its Monday, in days
	count classCounts
}

// weekly puts happenings into weeks; those without a class or an exact day are left
// out.
func weekly(happenings []Act) []bin {
	var bins []bin
	for i := range happenings {
		a := &happenings[i]
		c := class(a.Quad)
		if c < 0 || !counts(a) {
			continue
		}
		week := Week.start(a.Day)
		if len(bins) == 0 || bins[len(bins)-1].week != week {
			bins = append(bins, bin{week: week})
		}
		bins[len(bins)-1].count[c]++
	}
	return bins
}

// counts reports whether a row is of something that happened on a known day.
func counts(a *Act) bool {
	return a.Actual() && a.Day != Undated && a.Precision == PreciseDay
}

// logTable holds k log k for every k up to a number of happenings: counts are whole, and
// PELT asks for the deviance of millions of segments.
type logTable []float64

func logTableTo(n int) logTable {
	t := make(logTable, n+1)
	for k := 2; k <= n; k++ {
		t[k] = float64(k) * math.Log(float64(k))
	}
	return t
}

// deviance is minus twice the log-likelihood of multinomial counts with the shares
// that fit them best.
func (t logTable) deviance(c classCounts) float64 {
	return 2 * (t[int(c.total())] - t[int(c[0])] - t[int(c[1])] - t[int(c[2])])
}

// dispersion says how much more weeks differ from the next than chance would have it:
// the sum of Pearson's chi-square over neighbouring weeks by what it would be if they were
// alike (N/(N-1) for a degree of freedom and N happenings), at least 1. News comes in clusters: a summit is ten meetings. Neighbours are
// compared so that a few lasting changes do not count as such.
func dispersion(bins []bin) float64 {
	chi, freedom := 0.0, 0.0
	for i := 1; i < len(bins); i++ {
		a, b := bins[i-1].count, bins[i].count
		na, nb := a.total(), b.total()
		used := 0.0
		for j := range classes {
			both := a[j] + b[j]
			if both == 0 {
				continue
			}
			used++
			ea, eb := both*na/(na+nb), both*nb/(na+nb)
			chi += (a[j]-ea)*(a[j]-ea)/ea + (b[j]-eb)*(b[j]-eb)/eb
		}
		freedom += max(0, used-1) * (na + nb) / (na + nb - 1)
	}
	if freedom < 20 {
		return 1 // too few weeks: one change would pass for dispersion
	}
	return max(1, chi/freedom)
}

// A course is the weeks of a pair, which are to be cut into segments.
type course struct {
	bins []bin
	sums []classCounts // of the bins before each
	logs logTable
	phi  float64 // dispersion
}

// courseOf takes a table of logarithms up to the number of happenings.
func courseOf(bins []bin, logs logTable) *course {
	c := &course{bins: bins, sums: make([]classCounts, len(bins)+1), logs: logs, phi: dispersion(bins)}
	for i, b := range bins {
		for j := range classes {
			c.sums[i+1][j] = c.sums[i][j] + b.count[j]
		}
	}
	return c
}

// cost is that of a segment of the bins from s to t.
func (c *course) cost(s, t int) float64 { return c.logs.deviance(c.sums[t].less(c.sums[s])) / c.phi }

// longEnough reports whether the bins from s to t may be a segment. The last may be
// shorter in weeks: it is not over yet.
func (c *course) longEnough(s, t int) bool {
	return c.sums[t].less(c.sums[s]).total() >= minimumHappenings &&
		(t == len(c.bins) || c.bins[t].week-c.bins[s].week >= 7*minimumWeeks)
}

// changes gives the indices of the bins that a new segment starts with, in order. It
// is PELT (Killick, Fearnhead and Eckley 2012) with the deviance of multinomial counts
// over their dispersion as cost, a minimum segment, and Schwarz's penalty: log n for each
// of the two shares that a segment has, n being the happenings. If more than maxChanges
// come out, the penalty is raised until they do not.
func (c *course) changes() []int {
	if len(c.bins) < 2 {
		return nil
	}
	penalty := 2 * math.Log(max(2, c.sums[len(c.bins)].total()))
	for {
		found := c.pelt(penalty)
		if len(found) <= maxChanges {
			return found
		}
		penalty *= 1.25
	}
}

// A candidate is a bin that the last segment may start with.
type candidate struct {
	at   int
	cost float64 // of all up to the present end, with the last segment from here on
	// beaten is where another start was found that is better for every later end, as
	// soon as the segment from there on is long enough; 0 while none was.
	beaten int
}

func (c *course) pelt(penalty float64) []int {
	n := len(c.bins)
	best, from := make([]float64, n+1), make([]int, n+1)
	for i := range best {
		best[i] = math.Inf(1)
	}
	best[0] = -penalty
	candidates := []candidate{{}}
	for t := 1; t <= n; t++ {
		for i := range candidates {
			x := &candidates[i]
			x.cost = best[x.at] + c.cost(x.at, t)
			if with := x.cost + penalty; with < best[t] && (c.longEnough(x.at, t) || x.at == 0 && t == n) {
				best[t], from[t] = with, x.at
			}
		}
		candidates = slices.DeleteFunc(candidates, func(x candidate) bool { return x.beaten > 0 && c.longEnough(x.beaten, t) })
		if t < n && !math.IsInf(best[t], 1) {
			for i := range candidates {
				if x := &candidates[i]; x.beaten == 0 && x.cost > best[t] {
					x.beaten = t
				}
			}
			candidates = append(candidates, candidate{at: t})
		}
	}
	var found []int
	for t := from[n]; t > 0; t = from[t] {
		found = append(found, t)
	}
	slices.Reverse(found)
	return found
}
