package dedup_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/opendyad/dyad/dedup"
)

func grams(text string) map[string]bool {
	f := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	m := map[string]bool{}
	for i := 2; i < len(f); i++ {
		m[f[i-2]+" "+f[i-1]+" "+f[i]] = true
	}
	return m
}

func truth(a, b string) (j, c float64) {
	x, y := grams(a), grams(b)
	n := 0
	for g := range x {
		if y[g] {
			n++
		}
	}
	return float64(n) / float64(len(x)+len(y)-n), float64(n) / float64(min(len(x), len(y)))
}

func TestExplore(t *testing.T) {
	show := func(name string, n int, f func(r *rand.Rand) (string, string)) {
		r := rand.New(rand.NewPCG(1, 2))
		var js, cs, es []float64
		words := 0
		for range n {
			a, b := f(r)
			j, c := truth(a, b)
			words += len(strings.Fields(a))
			s, u := dedup.Sign(a), dedup.Sign(b)
			js, cs, es = append(js, j), append(cs, c), append(es, s.Similarity(&u))
		}
		slices.Sort(js)
		slices.Sort(cs)
		slices.Sort(es)
		q := func(x []float64) string {
			return fmt.Sprintf("%.2f %.2f %.2f %.2f %.2f", x[0], x[n/100], x[n/2], x[n*99/100], x[n-1])
		}
		t.Logf("%-40s %4d words J %s | C %s | est %s", name, words/n, q(js), q(cs), q(es))
	}
	for _, e := range edits {
		show(e.name, 500, func(r *rand.Rand) (string, string) {
			a := topics[r.IntN(3)].write(r, 4+r.IntN(12))
			return a.text(), e.do(r, a).text()
		})
	}
	for k := 2; k <= 3; k++ {
		show(fmt.Sprintf("%d edits, one cut", k), 1000, func(r *rand.Rand) (string, string) {
			a := topics[r.IntN(3)].write(r, 4+r.IntN(12))
			b := a
			p := r.Perm(len(edits))
			cut := false
			n := 0
			for _, i := range p {
				if strings.HasPrefix(edits[i].name, "cut") {
					if cut {
						continue
					}
					cut = true
				}
				b = edits[i].do(r, b)
				if n++; n == k {
					break
				}
			}
			return a.text(), b.text()
		})
	}
	show("other, same topic", 1000, func(r *rand.Rand) (string, string) {
		t := &topics[r.IntN(3)]
		return t.write(r, 4+r.IntN(12)).text(), t.write(r, 4+r.IntN(12)).text()
	})
	shared := func(r *rand.Rand, t *topic, n int) string {
		a := t.write(r, n)
		a.paragraphs = append(a.paragraphs, history)
		a.before, a.after = banner, footer
		return a.text()
	}
	for _, k := range []int{3, 4, 6, 10} {
		show(fmt.Sprintf("other, shared background+boilerplate %d", k), 1000, func(r *rand.Rand) (string, string) {
			t := &topics[r.IntN(3)]
			return shared(r, t, k), shared(r, t, k+r.IntN(8))
		})
	}
}
