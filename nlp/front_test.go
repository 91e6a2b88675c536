package nlp

import (
	"strconv"
	"testing"
)

// No token of a batch takes the row of another, however many there are, and the
// words of the batches before are remembered.
func TestFrontKeepsTheBatch(t *testing.T) {
	m, _ := tinyModel(t)
	f := &front{}
	for batch := range 3 {
		f.begin()
		for i := range 2 * frontRows {
			f.take(m, strconv.Itoa(i), asWritten)
		}
		seen := make(map[int32]bool, len(f.used))
		for i, row := range f.used {
			if seen[row] || f.entries[row].text != strconv.Itoa(i) {
				t.Fatalf("batch %d: token %d has the row of %q", batch, i, f.entries[row].text)
			}
			seen[row] = true
		}
	}
	f.begin()
	for range 2 {
		f.take(m, "Brennia", asWritten)
		f.take(m, "Brennia", shapeless)
	}
	f.begin()
	f.take(m, "Brennia", asWritten)
	if len(f.fresh) != 0 {
		t.Error("a word of the batch before was forgotten")
	}
}
