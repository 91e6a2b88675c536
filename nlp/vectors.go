package nlp

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Vectors are pretrained word vectors, a byte a value with a scale a row.
type Vectors struct {
	rows   wordIndex
	names  []string
	size   int
	scales []float32
	data   []int8
}

// copyTo writes a vector into a row of the network's input.
func (v *Vectors) copyTo(out []float32, row int) {
	scale := v.scales[row]
	for i, x := range v.data[row*v.size:][:v.size] {
		out[i] = float32(x) * scale
	}
}

// ReadVectors reads word vectors as tools/vectors.py writes them: a line a word
// with its scale and its values as whole numbers from -127 to 127.
func ReadVectors(r io.Reader, name string) (*Vectors, error) {
	v := &Vectors{}
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), 1<<20)
	for line := 1; in.Scan(); line++ {
		f := strings.Fields(in.Text())
		if len(f) < 3 || len(f)-2 > vectorSize || v.size > 0 && len(f)-2 != v.size {
			return nil, fmt.Errorf("%s:%d: %d columns; want a word, a scale and at most %d values, as in the line before", name, line, len(f), vectorSize)
		}
		v.size = len(f) - 2
		scale, err := strconv.ParseFloat(f[1], 32)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: the scale %q is no number", name, line, f[1])
		}
		for _, text := range f[2:] {
			x, err := strconv.ParseInt(text, 10, 8)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %q is no whole number from -127 to 127", name, line, text)
			}
			v.data = append(v.data, int8(x))
		}
		v.names = append(v.names, f[0])
		v.scales = append(v.scales, float32(scale))
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading the word vectors in %s: %w", name, err)
	}
	v.rows = newWordIndex(v.names)
	return v, nil
}
