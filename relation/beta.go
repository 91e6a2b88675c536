package relation

import "math"

// An Interval is an estimate with its bounds.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// jeffreys is the interval of a share of which k of n are one kind: the middle part of
// the posterior that Jeffreys' prior gives, Beta(k+1/2, n-k+1/2). The lower bound is 0
// when k is 0, the upper 1 when k is n (Brown, Cai and DasGupta 2001).
func jeffreys(k, n, level float64) Interval {
	if n <= 0 {
		return Interval{Value: 0.5, Low: 0, High: 1}
	}
	tail := (1 - level) / 2
	i := Interval{Value: k / n, Low: 0, High: 1}
	if k > 0 {
		i.Low = betaQuantile(tail, k+0.5, n-k+0.5)
	}
	if k < n {
		i.High = betaQuantile(1-tail, k+0.5, n-k+0.5)
	}
	return i
}

// betaQuantile is where the distribution function of Beta(a, b) reaches p: by Newton's
// steps, and by halves where one would leave the bounds.
func betaQuantile(p, a, b float64) float64 {
	const enough, steps = 1e-15, 200
	whole := logBeta(a, b)
	low, high := 0.0, 1.0
	at := a / (a + b)
	for range steps {
		over := betaDistribution(at, a, b, whole) - p
		if over < 0 {
			low = at
		} else {
			high = at
		}
		density := math.Exp((a-1)*math.Log(at) + (b-1)*math.Log1p(-at) - whole)
		next := at - over/density
		if !(next > low && next < high) {
			next = (low + high) / 2
		}
		if math.Abs(next-at) <= enough {
			return next
		}
		at = next
	}
	return at
}

// logBeta is the logarithm of the beta function.
func logBeta(a, b float64) float64 {
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return la + lb - lab
}

// betaDistribution is the regularised incomplete beta function, by the continued
// fraction of Abramowitz and Stegun 26.5.8 and Lentz's way of working it out; whole is
// the logarithm of the beta function.
func betaDistribution(x, a, b, whole float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - betaDistribution(1-x, b, a, whole)
	}
	front := math.Exp(a*math.Log(x) + b*math.Log1p(-x) - whole)
	const tiny, enough, steps = 1e-300, 1e-14, 500
	c, d := 1.0, 1-(a+b)*x/(a+1)
	d = 1 / away(d, tiny)
	f := d
	for m := 1.0; m <= steps; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d, c = 1/away(1+even*d, tiny), away(1+even/c, tiny)
		f *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d, c = 1/away(1+odd*d, tiny), away(1+odd/c, tiny)
		f *= d * c
		if math.Abs(d*c-1) < enough {
			break
		}
	}
	return min(1, front*f/a)
}

// away keeps a divisor away from zero.
func away(x, tiny float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}
