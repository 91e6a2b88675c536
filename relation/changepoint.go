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

// deviance is minus twice the log-likelihood of multinomial counts with the shares
// that fit them best.
func (c classCounts) deviance() float64 {
	n := c.total()
	d := 0.0
	for _, k := range c {
		if k > 0 {
			d -= 2 * k * math.Log(k/n)
		}
	}
	return d
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

// changes gives the indices of the bins that a new segment starts with, in order. It
// is PELT (Killick, Fearnhead and Eckley 2012) with the deviance of multinomial counts
// over their dispersion as cost, a minimum segment, and Schwarz's penalty: log n for each
// of the two shares that a segment has, n being the happenings. If more than maxChanges
// come out, the penalty is raised until they do not.
func changes(bins []bin) []int {
	if len(bins) < 2 {
		return nil
	}
	sums := make([]classCounts, len(bins)+1)
	for i, b := range bins {
		for j := range classes {
			sums[i+1][j] = sums[i][j] + b.count[j]
		}
	}
	phi := dispersion(bins)
	penalty := 2 * math.Log(max(2, sums[len(bins)].total()))
	for {
		found := pelt(bins, sums, phi, penalty)
		if len(found) <= maxChanges {
			return found
		}
		penalty *= 1.25
	}
}

// A candidate is a bin that the last segment may start with.
type candidate struct {
	at int
	// beaten is where another start was found that is better for every later end, as
	// soon as the segment from there on is long enough; 0 while none was.
	beaten int
}

func pelt(bins []bin, sums []classCounts, phi, penalty float64) []int {
	n := len(bins)
	best, from := make([]float64, n+1), make([]int, n+1)
	for i := range best {
		best[i] = math.Inf(1)
	}
	best[0] = -penalty
	candidates := []candidate{{}}
	for t := 1; t <= n; t++ {
		end := int32(math.MaxInt32)
		if t < n {
			end = bins[t].week
		}
		cost := func(s int) float64 { return best[s] + sums[t].less(sums[s]).deviance()/phi }
		for _, c := range candidates {
			if !longEnough(bins, sums, c.at, t, end) && !(c.at == 0 && t == n) {
				continue
			}
			if with := cost(c.at) + penalty; with < best[t] {
				best[t], from[t] = with, c.at
			}
		}
		candidates = slices.DeleteFunc(candidates, func(c candidate) bool {
			return c.beaten > 0 && longEnough(bins, sums, c.beaten, t, end)
		})
		if t < n && !math.IsInf(best[t], 1) {
			for i := range candidates {
				if c := &candidates[i]; c.beaten == 0 && cost(c.at) > best[t] {
					c.beaten = t
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

// longEnough reports whether the bins from s to t, the next of which starts on the day
// end, may be a segment. The last may be shorter in weeks: it is not over yet.
func longEnough(bins []bin, sums []classCounts, s, t int, end int32) bool {
	return sums[t].less(sums[s]).total() >= minimumHappenings && (t == len(bins) || end-bins[s].week >= 7*minimumWeeks)
}
