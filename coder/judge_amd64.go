package coder

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

//go:noescape
func addRowsAVX2(hidden *[judgeHidden]float32, table *byte, sizes *float32, rows *uint32, n int)

//go:noescape
func addWordAVX2(hidden *[judgeHidden]float32, roles *float32, vector *byte, n int, scale float32)

//go:noescape
func addAnswersAVX2(v *verdict, out *float32, hidden *[judgeHidden]float32)

var hasAVX2 = cpu.X86.HasAVX2

// addRows is addRowsPlain in vectors where the processor has them.
func (j *judge) addRows(hidden *[judgeHidden]float32, rows []uint32) {
	if !hasAVX2 || len(rows) == 0 {
		j.addRowsPlain(hidden, rows)
		return
	}
	for _, row := range rows {
		_ = j.sizes[row]
	}
	_ = j.table[len(j.sizes)*judgeHidden-1]
	addRowsAVX2(hidden, unsafe.StringData(j.table), &j.sizes[0], &rows[0], len(rows))
}

// addWord is addWordPlain in vectors.
func (j *judge) addWord(hidden *[judgeHidden]float32, part, row int) {
	if !hasAVX2 {
		j.addWordPlain(hidden, part, row)
		return
	}
	vector := j.vectors[row*judgeVector:][:judgeVector]
	roles := j.roles[part*judgeVector*judgeHidden:][:judgeVector*judgeHidden]
	addWordAVX2(hidden, &roles[0], unsafe.StringData(vector), judgeVector, j.scales[row])
}

// addAnswers is addAnswersPlain in vectors.
func (j *judge) addAnswers(v *verdict, hidden *[judgeHidden]float32) {
	if !hasAVX2 {
		j.addAnswersPlain(v, hidden)
		return
	}
	_ = j.out[judgeHidden*judgeClasses-1]
	addAnswersAVX2(v, &j.out[0], hidden)
}

// The kernels are written for these sizes.
var (
	_ = [1]bool{}[judgeHidden-64]
	_ = [1]bool{}[judgeClasses-17]
)
