package coder

import (
	"maps"
	"slices"
	"sync"
)

// A weighing is the shipped classifier made ready for every sentence of a story:
// features are looked up as they are named, and their names are not kept.
type weighing struct {
	rows          map[string]int32 // of the features of both models, in the order of their names
	events, quads *linear
	eventRows     [][]float32 // by row, nil where the model has no such feature
	quadRows      [][]float32
}

// shippedWeighing is made when the first sentence wants it.
var shippedWeighing = sync.OnceValues(func() (*weighing, error) {
	models, err := shippedWeights()
	if err != nil {
		return nil, err
	}
	w := &weighing{rows: map[string]int32{}, events: models["events"], quads: models["quads"]}
	names := slices.AppendSeq(slices.Collect(maps.Keys(w.events.weights)), maps.Keys(w.quads.weights))
	slices.Sort(names)
	names = slices.Compact(names)
	w.eventRows, w.quadRows = make([][]float32, len(names)), make([][]float32, len(names))
	for i, name := range names {
		w.rows[name] = int32(i)
		w.eventRows[i], w.quadRows[i] = w.events.weights[name], w.quads.weights[name]
	}
	return w, nil
})

// A found is the rows of the features that a sentence has.
type found struct {
	weighing *weighing
	rows     []int32
	name     []byte // of the present feature
}

// add notes a feature whose name is the parts, joined by "=".
func (f *found) add(parts ...string) {
	f.name = f.name[:0]
	for i, p := range parts {
		if i > 0 {
			f.name = append(f.name, '=')
		}
		f.name = append(f.name, p...)
	}
	if row, ok := f.weighing.rows[string(f.name)]; ok {
		f.rows = append(f.rows, row)
	}
}

// probabilities gives those of the events and of the quad classes. Weights are
// added in the order of the features' names and the bias last, as in probabilities
// of a linear, so that both give the same to the last bit.
func (f *found) probabilities() (events, quads []float64) {
	slices.Sort(f.rows)
	rows := slices.Compact(f.rows)
	if bias, ok := f.weighing.rows["bias"]; ok {
		rows = append(rows, bias)
	}
	w := f.weighing
	events, quads = make([]float64, len(w.events.classes)), make([]float64, len(w.quads.classes))
	for _, row := range rows {
		addWeights(events, w.eventRows[row])
		addWeights(quads, w.quadRows[row])
	}
	softmax(events)
	softmax(quads)
	return events, quads
}
