//go:build !amd64

package coder

func (j *judge) addRows(hidden *[judgeHidden]float32, rows []uint32) { j.addRowsPlain(hidden, rows) }

func (j *judge) addWord(hidden *[judgeHidden]float32, part, row int) {
	j.addWordPlain(hidden, part, row)
}

func (j *judge) addAnswers(v *verdict, hidden *[judgeHidden]float32) { j.addAnswersPlain(v, hidden) }
