package format

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/opendyad/dyad"
)

// labelsColumns are the columns of the short form in which ICEWS' events go round: who,
// the label of the CAMEO code, whom, and the day.
var labelsColumns = []string{"source", "label", "target", "date"}

// Labels reads events of ICEWS in their short form. Such rows have no ids; a row's own
// words make it one of its kind, so that the same row is the same event in every file.
func (m *Importer) Labels(r io.Reader, name string) iter.Seq2[dyad.Record, error] {
	return func(yield func(dyad.Record, error) bool) {
		s := labelsReader{importer: m, rows: newRowReader(r, name), codes: codeReader{importer: m}, cache: newNameCache(m)}
		s.cells.row = s.rows
		each(s.rows, "source, label, target and date", s.record, yield)
	}
}

// A labelsReader reads one file in the short form.
type labelsReader struct {
	importer *Importer
	rows     *rowReader
	codes    codeReader
	cells    cells
	cache    *nameCache
}

func (s *labelsReader) record() (dyad.Record, bool, error) {
	if n := len(s.rows.fields); n != len(labelsColumns) {
		return dyad.Record{}, false, s.rows.fault("", fmt.Sprintf("the row has %d columns where 4 are expected: %s", n, strings.Join(labelsColumns, ", ")))
	}
	var f [4]string
	for i, field := range s.rows.fields {
		if f[i] = unquoted(field); absent(f[i]) {
			f[i] = ""
		}
	}
	if s.rows.rows == 1 && strings.Contains(strings.ToLower(f[3]), "date") {
		return dyad.Record{}, false, nil // a header
	}
	s.cells.err = nil
	row := &importedRow{}
	date := s.cells.date(f[3], labelsColumns[3])
	code := s.importer.codeOfLabel(f[1])
	if code == "" && isDigits(f[1]) {
		code = f[1]
	}
	var means *meaning
	if code == "" {
		s.cells.fault(labelsColumns[1], fmt.Sprintf("%q is no label of ICEWS", shorten(f[1], 60)))
	} else {
		var problem string
		if code, means, problem = s.codes.read(code); problem != "" {
			s.cells.fault(labelsColumns[1], fmt.Sprintf("%q: %s", shorten(f[1], 60), problem))
		}
	}
	if f[0] == "" && f[2] == "" {
		s.cells.fault(labelsColumns[0], "the event names nobody")
	}
	if s.cells.err != nil {
		return dyad.Record{}, false, s.cells.err
	}
	id := recordID(OriginICEWS, "labels", f[0], f[1], f[2], date.String())
	row.own = dyad.Own{Origin: OriginICEWS, ID: id, Code: code, Label: f[1], Actor: f[0], Recipient: f[2]}
	r := imported(means, date, id)
	row.event, r.Event, r.Own = means.event, &row.event, &row.own
	row.event.Actor = s.cache.side(&row.actor, f[0], "", "", date)
	row.event.Recipient = s.cache.side(&row.recipient, f[2], "", "", date)
	return r, true, nil
}
