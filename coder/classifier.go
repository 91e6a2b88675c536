package coder

import (
	_ "embed"
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
)

// A linear is a multinomial logistic regression over named features.
type linear struct {
	classes []string
	weights map[string][]float32 // by feature, a weight a class
}

// An Instance is something to learn from: its features and its class.
type Instance struct {
	Features []string
	Class    string
}

// fit learns a linear classifier by AdaGrad. Features seen once are left out; a
// third of them is dropped at random in each look at an instance, so that no
// single word carries the answer.
func fit(instances []Instance, seed uint64) *linear {
	counts := map[string]int{}
	classes := map[string]bool{}
	for i := range instances {
		classes[instances[i].Class] = true
		for _, f := range unique(instances[i].Features) {
			counts[f]++
		}
	}
	l := &linear{weights: map[string][]float32{}}
	for c := range classes {
		l.classes = append(l.classes, c)
	}
	sort.Strings(l.classes)
	squares := map[string][]float32{}
	for f, n := range counts {
		if n > 1 {
			l.weights[f] = make([]float32, len(l.classes))
			squares[f] = make([]float32, len(l.classes))
		}
	}
	const biasFeature = "bias"
	l.weights[biasFeature], squares[biasFeature] = make([]float32, len(l.classes)), make([]float32, len(l.classes))
	random := rand.New(rand.NewPCG(seed, 11))
	order := random.Perm(len(instances))
	for range 30 {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			features := []string{biasFeature}
			for _, f := range unique(instances[i].Features) {
				if l.weights[f] != nil && random.IntN(3) > 0 {
					features = append(features, f)
				}
			}
			p := l.probabilities(features)
			for k, class := range l.classes {
				g := float32(p[k])
				if class == instances[i].Class {
					g--
				}
				for _, f := range features {
					w, s := l.weights[f], squares[f]
					step := g + 0.002*w[k]
					s[k] += step * step
					w[k] -= 0.12 * step / (float32(math.Sqrt(float64(s[k]))) + 0.05)
				}
			}
		}
	}
	return l
}

func unique(features []string) []string {
	sorted := append([]string(nil), features...)
	sort.Strings(sorted)
	out := sorted[:0]
	for i, f := range sorted {
		if i == 0 || f != sorted[i-1] {
			out = append(out, f)
		}
	}
	return out
}

// probabilities gives the probability of each class.
func (l *linear) probabilities(features []string) []float64 {
	scores := make([]float64, len(l.classes))
	for _, f := range features {
		addWeights(scores, l.weights[f])
	}
	softmax(scores)
	return scores
}

func addWeights(scores []float64, weights []float32) {
	for k, w := range weights {
		scores[k] += float64(w)
	}
}

// softmax turns scores into probabilities.
func softmax(scores []float64) {
	top := math.Inf(-1)
	for _, s := range scores {
		top = math.Max(top, s)
	}
	sum := 0.0
	for k := range scores {
		scores[k] = math.Exp(scores[k] - top)
		sum += scores[k]
	}
	for k := range scores {
		scores[k] /= sum
	}
}

// A Classifier says what a marked source does to a marked target.
type Classifier struct {
	coder  *Coder
	events *linear // PLOVER's events, CONCEDE and RETREAT as YIELD
	quads  *linear // 0, a mere statement, to 4
}

// fitted is the classifier's weights, made by dyad train --pairs.
//
//go:embed classifier.txt
var fitted string

// NewClassifier makes the classifier that ships with dyad.
func NewClassifier(c *Coder) (*Classifier, error) {
	models, err := shippedWeights()
	if err != nil {
		return nil, fmt.Errorf("reading the weights of the classifier: %w", err)
	}
	return &Classifier{c, models["events"], models["quads"]}, nil
}

// FitClassifier fits a classifier on instances of events and of quad classes.
func FitClassifier(c *Coder, events, quads []Instance, seed uint64) *Classifier {
	return &Classifier{c, fit(events, seed), fit(quads, seed)}
}

// PairFeatures tells what a classifier weighs of a pair.
func (c *Coder) PairFeatures(p *Pair) []string {
	features, _ := c.features(p)
	return append(unique(features), "bias")
}

// An Answer is the event between a source and a target.
type Answer struct {
	Event, Mode, CAMEO string // Event "" where there is none
	Confidence         float64
	Reasons            []dyad.Reason
}

// Classify answers for a pair. With allowNone a sentence that only states
// something has no event.
func (k *Classifier) Classify(p *Pair, allowNone bool) Answer {
	features, record := k.coder.features(p)
	features = append(unique(features), "bias")
	probabilities := k.events.probabilities(features)
	quads := k.quads.probabilities(features)
	var a Answer
	if allowNone && k.quads.classes[argmax(quads)] == "0" {
		a.Confidence = quads[argmax(quads)]
		a.Reasons = []dyad.Reason{{Stage: "coder", Rule: "classifier", Note: "a mere statement, by the weights fitted for quad classes"}}
		return a
	}
	if allowNone {
		sum := 0.0
		for i, class := range k.events.classes {
			probabilities[i] *= 0.05 + quadShare(k, quads, class)
			sum += probabilities[i]
		}
		for i := range probabilities {
			probabilities[i] /= sum
		}
	}
	best := argmax(probabilities)
	a.Event, a.Confidence = k.events.classes[best], probabilities[best]
	note := "chosen by the classifier over the rules and words of the sentence"
	if record != nil && Yield(record.Event.Type) == a.Event {
		a.Event, a.Mode, a.CAMEO = record.Event.Type, record.Event.Mode, record.Event.CAMEO
		a.Reasons = append(a.Reasons, record.Reasons...)
		note = "the classifier agrees with the rule"
	}
	if a.Event == "YIELD" {
		a.Event = "RETREAT"
		for _, f := range features {
			if f == "best=CONCEDE" || f == "verb means=CONCEDE" {
				a.Event = "CONCEDE"
			}
		}
	}
	a.Reasons = append(a.Reasons, dyad.Reason{Stage: "coder", Rule: "classifier", Note: note + ", " + strconv.FormatFloat(a.Confidence, 'f', 2, 64)})
	return a
}

// Yield names the class under which CONCEDE and RETREAT are learnt.
func Yield(event string) string {
	if event == "CONCEDE" || event == "RETREAT" {
		return "YIELD"
	}
	return event
}

// quadShare is how likely the quad class of an event is.
func quadShare(k *Classifier, quads []float64, event string) float64 {
	share := 0.0
	add := func(quad int) {
		for i, q := range k.quads.classes {
			if q == strconv.Itoa(quad) {
				share = math.Max(share, quads[i])
			}
		}
	}
	if event == "YIELD" {
		add(1)
		add(2)
		return share
	}
	if quad := k.coder.cb.Ontology.Quad(event); quad > 0 {
		add(quad)
	}
	return share
}

func argmax(values []float64) int {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	return best
}

// CrossValidate fits on nine tenths and answers for the last, ten times over; it
// gives each instance's class as predicted by weights that never saw it.
func CrossValidate(instances []Instance, seed uint64) []string {
	random := rand.New(rand.NewPCG(seed, 12))
	fold := make([]int, len(instances))
	for i, j := range random.Perm(len(instances)) {
		fold[j] = i % 10
	}
	out := make([]string, len(instances))
	done := make(chan struct{}, 10)
	for f := range 10 {
		go func() {
			var train []Instance
			for i := range instances {
				if fold[i] != f {
					train = append(train, instances[i])
				}
			}
			l := fit(train, seed)
			for i := range instances {
				if fold[i] == f {
					out[i] = l.classes[argmax(l.probabilities(append(unique(instances[i].Features), "bias")))]
				}
			}
			done <- struct{}{}
		}()
	}
	for range 10 {
		<-done
	}
	return out
}

// Write gives the weights as text: for each model its name and classes, then a
// line a feature with the weights that matter.
func (k *Classifier) Write() string {
	var b strings.Builder
	for _, m := range []struct {
		name string
		*linear
	}{{"events", k.events}, {"quads", k.quads}} {
		fmt.Fprintf(&b, "model %s\t%s\n", m.name, strings.Join(m.classes, " "))
		features := make([]string, 0, len(m.weights))
		for f := range m.weights {
			features = append(features, f)
		}
		sort.Strings(features)
		for _, f := range features {
			line := ""
			for i, w := range m.weights[f] {
				if w > 0.02 || w < -0.02 {
					line += "\t" + strconv.Itoa(i) + " " + strconv.FormatFloat(float64(w), 'f', 2, 32)
				}
			}
			if line != "" {
				b.WriteString(f + line + "\n")
			}
		}
	}
	return b.String()
}

func readLinear(text string) (map[string]*linear, error) {
	models := map[string]*linear{"events": {}, "quads": {}}
	var current *linear
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		columns := strings.Split(line, "\t")
		if name, ok := strings.CutPrefix(columns[0], "model "); ok && len(columns) == 2 {
			current = &linear{classes: strings.Fields(columns[1]), weights: map[string][]float32{}}
			models[name] = current
			continue
		}
		if line == "" {
			continue
		}
		if current == nil {
			return nil, fmt.Errorf("line %d stands before any model", number)
		}
		w := make([]float32, len(current.classes))
		for _, column := range columns[1:] {
			at, value, _ := strings.Cut(column, " ")
			i, err1 := strconv.Atoi(at)
			x, err2 := strconv.ParseFloat(value, 32)
			if err1 != nil || err2 != nil || i < 0 || i >= len(w) {
				return nil, fmt.Errorf("line %d: %q is no weight of a class", number, column)
			}
			w[i] = float32(x)
		}
		current.weights[columns[0]] = w
	}
	for name, m := range models {
		if len(m.classes) == 0 {
			return nil, fmt.Errorf("there are no %s in it; fit it with dyad train", name)
		}
	}
	return models, nil
}
