package nlp

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// embedded is the fitted model; MODEL_CARD.md says how it was made.
//
//go:embed model.bin
var embedded []byte

// fileMagic begins a model file; its last byte counts the format's versions.
const fileMagic = "dyad model 1\n"

// Load loads the embedded model.
func Load() (*Model, error) { return Read(embedded) }

// The file is the magic and then blocks, each with its length in front: lists of
// names joined by line ends, and weights. Tables are written a byte a value with
// a scale a row, matrices as 16-bit floats (the upper half of 32 bits).
func (m *Model) Write(w io.Writer) error {
	f := &fileWriter{w: w}
	f.raw([]byte(fileMagic))
	for _, names := range [][]string{m.wordNames, m.tagNames, m.pennNames, m.labelNames, m.exceptionLines()} {
		f.block([]byte(strings.Join(names, "\n")))
	}
	l := &m.layout
	for _, p := range []parameter{l.words, l.affixes} {
		f.table(p.of(m.weights), p.columns)
	}
	f.halves(m.weights[l.affixes.at+l.affixes.rows*l.affixes.columns:])
	v := m.vectors
	if v == nil {
		v = &Vectors{}
	}
	f.block([]byte(strings.Join(v.names, "\n")))
	scales := make([]byte, 0, 4*len(v.scales))
	for _, s := range v.scales {
		scales = binary.LittleEndian.AppendUint32(scales, math.Float32bits(s))
	}
	f.block(scales)
	values := make([]byte, len(v.data))
	for i, x := range v.data {
		values[i] = byte(x)
	}
	f.block(values)
	if f.err != nil {
		return fmt.Errorf("writing a model: %w", f.err)
	}
	return nil
}

type fileWriter struct {
	w   io.Writer
	err error
}

func (f *fileWriter) raw(b []byte) {
	if f.err == nil {
		_, f.err = f.w.Write(b)
	}
}

func (f *fileWriter) block(b []byte) {
	f.raw(binary.LittleEndian.AppendUint32(nil, uint32(len(b))))
	f.raw(b)
}

func (f *fileWriter) table(w []float32, columns int) {
	out := make([]byte, 0, len(w)+len(w)/columns*4)
	for at := 0; at < len(w); at += columns {
		row := w[at : at+columns]
		var most float32
		for _, x := range row {
			most = max(most, x, -x)
		}
		scale := most / 127
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
		for _, x := range row {
			q := 0.0
			if scale > 0 {
				q = math.Round(float64(x / scale))
			}
			out = append(out, byte(int8(q)))
		}
	}
	f.block(out)
}

func (f *fileWriter) halves(w []float32) {
	out := make([]byte, 0, 2*len(w))
	for _, x := range w {
		out = binary.LittleEndian.AppendUint16(out, uint16((math.Float32bits(x)+0x8000)>>16))
	}
	f.block(out)
}

// Read reads a model as Write wrote it.
func Read(data []byte) (*Model, error) {
	if len(data) < len(fileMagic) || string(data[:len(fileMagic)]) != fileMagic {
		return nil, errors.New("reading the language model: this is no model file of this version; fit one with dyad train")
	}
	f := &fileReader{data: data[len(fileMagic):]}
	m := &Model{scratch: newScratch()}
	m.setWords(f.names())
	if len(m.wordNames) < 2 {
		return nil, errors.New("reading the language model: it has no words; fit one with dyad train")
	}
	m.tagNames, m.pennNames, m.labelNames = f.names(), f.names(), f.names()
	m.setExceptions(f.names())
	l := &m.layout
	m.weights = make([]float32, l.size)
	f.table(l.words.of(m.weights), wordSize)
	f.table(l.affixes.of(m.weights), affixSize)
	f.halves(m.weights[l.affixes.at+l.affixes.rows*l.affixes.columns:])
	v := &Vectors{names: f.names()}
	scales := f.block()
	for len(scales) >= 4 {
		v.scales = append(v.scales, math.Float32frombits(binary.LittleEndian.Uint32(scales)))
		scales = scales[4:]
	}
	values := f.block()
	if f.err != nil {
		return nil, fmt.Errorf("reading the language model: %w", f.err)
	}
	if len(m.tagNames) > tagRows || len(m.pennNames) > pennRows || len(m.labelNames) > labelRows || len(m.tagNames)*len(m.pennNames)*len(m.labelNames) == 0 {
		return nil, errors.New("reading the language model: it has more tags or relations than the network, or none; fit one with dyad train")
	}
	if len(v.scales) > 0 {
		v.size = len(values) / len(v.scales)
		if len(v.names) > len(v.scales) || v.size > vectorSize {
			return nil, errors.New("reading the language model: its word vectors have another size than their words; fit one with dyad train")
		}
		v.data = make([]int8, len(values))
		for i, b := range values {
			v.data[i] = int8(b)
		}
		v.rows = newWordIndex(v.names)
		m.vectors = v
	}
	return m, nil
}

type fileReader struct {
	data []byte
	err  error
}

func (f *fileReader) block() []byte {
	if f.err != nil || len(f.data) < 4 {
		f.err = errors.New("the file ends too early")
		return nil
	}
	n := int(binary.LittleEndian.Uint32(f.data))
	if n > len(f.data)-4 {
		f.err = errors.New("the file ends too early")
		return nil
	}
	b := f.data[4 : 4+n]
	f.data = f.data[4+n:]
	return b
}

func (f *fileReader) names() []string {
	b := f.block()
	if len(b) == 0 {
		return nil
	}
	return strings.Split(string(b), "\n")
}

func (f *fileReader) table(out []float32, columns int) {
	b := f.block()
	if len(b) != len(out)/columns*(columns+4) {
		f.err = errors.New("a table has another size than its words")
		return
	}
	for at := 0; at < len(out); at += columns {
		scale := math.Float32frombits(binary.LittleEndian.Uint32(b))
		for j, q := range b[4 : 4+columns] {
			out[at+j] = scale * float32(int8(q))
		}
		b = b[4+columns:]
	}
}

func (f *fileReader) halves(out []float32) {
	b := f.block()
	if len(b) != 2*len(out) {
		f.err = errors.New("the weights have another size than the network")
		return
	}
	for i := range out {
		out[i] = math.Float32frombits(uint32(binary.LittleEndian.Uint16(b[2*i:])) << 16)
	}
}
