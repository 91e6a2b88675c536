package format

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/opendyad/dyad"
)

// icewsColumns are the columns of ICEWS' event files in their order.
var icewsColumns = []string{
	"Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
	"Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
	"City", "District", "Province", "Country", "Latitude", "Longitude",
}

// Places of the columns in icewsColumns.
const (
	icewsID = iota
	icewsDate
	icewsSource
	icewsSourceSectors
	icewsSourceCountry
	icewsText
	icewsCode
	icewsIntensity
	icewsTarget
	icewsTargetSectors
	icewsTargetCountry
	icewsStory
	icewsSentence
	icewsPublisher
	icewsCity
	icewsDistrict
	icewsProvince
	icewsCountry
	icewsLatitude
	icewsLongitude
)

// ICEWS reads an event file of ICEWS as its Dataverse gives it: with or without a
// header, with quoted fields or not. A row that cannot be read gives a *RowError and
// reading goes on; any other error is the last.
func (m *Importer) ICEWS(r io.Reader, name string) iter.Seq2[dyad.Record, error] {
	return func(yield func(dyad.Record, error) bool) {
		s := icewsReader{importer: m, rows: newRowReader(r, name), codes: codeReader{importer: m}, cache: newNameCache(m)}
		s.cells.row = s.rows
		for i := range s.order {
			s.order[i] = i
		}
		s.columns = len(icewsColumns)
		each(s.rows, s.record, yield)
	}
}

// each reads rows to their end and yields what record makes of them. record says false
// for a row that is neither a record nor a fault, such as a header.
func each(rows *rowReader, record func() (dyad.Record, bool, *RowError), yield func(dyad.Record, error) bool) {
	for {
		err := rows.next()
		var fault *RowError
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.As(err, &fault):
			if !yield(dyad.Record{}, fault) {
				return
			}
			continue
		case err != nil:
			yield(dyad.Record{}, err)
			return
		}
		r, ok, fault := record()
		if fault != nil {
			if !yield(dyad.Record{}, fault) {
				return
			}
		} else if ok && !yield(r, nil) {
			return
		}
	}
}

// An icewsReader reads one file of ICEWS.
type icewsReader struct {
	importer *Importer
	rows     *rowReader
	codes    codeReader
	cells    cells
	cache    *nameCache
	order    [20]int // where each of icewsColumns stands in the file, -1 for nowhere
	columns  int     // of the file
}

// header reads the names of the columns where the first row has them. R writes them
// with dots and small letters: "Event.ID", "event_id".
func (s *icewsReader) header(fields []string) bool {
	plain := func(name string) string {
		return strings.ReplaceAll(fold(strings.ReplaceAll(unquoted(name), ".", " ")), " ", "")
	}
	if plain(fields[0]) != "eventid" {
		return false
	}
	for i := range s.order {
		s.order[i] = -1
		for j, name := range fields {
			if plain(name) == plain(icewsColumns[i]) {
				s.order[i] = j
			}
		}
	}
	s.columns = len(fields)
	return true
}

// field gives a column of the row as it is written, "" where it has no value.
func (s *icewsReader) field(column int) string {
	i := s.order[column]
	if i < 0 {
		return ""
	}
	f := unquoted(s.rows.fields[i])
	if absent(f) {
		return ""
	}
	return f
}

// An icewsRow is what a record points to, in one piece of memory.
type icewsRow struct {
	event     dyad.Event
	own       dyad.Own
	place     dyad.Place
	actor     [1]dyad.Entity
	recipient [1]dyad.Entity
}

func (s *icewsReader) record() (dyad.Record, bool, *RowError) {
	if s.rows.rows == 1 && s.header(s.rows.fields) {
		if s.order[icewsID] < 0 || s.order[icewsDate] < 0 || s.order[icewsSource] < 0 || s.order[icewsTarget] < 0 ||
			s.order[icewsCode] < 0 && s.order[icewsText] < 0 {
			return dyad.Record{}, false, s.rows.fault("", "the header names no columns of an ICEWS event file; it needs "+strings.Join(icewsColumns, ", "))
		}
		return dyad.Record{}, false, nil
	}
	if n := len(s.rows.fields); n != s.columns {
		return dyad.Record{}, false, s.rows.fault("", fmt.Sprintf("the row has %d columns where %d are expected", n, s.columns))
	}
	s.cells.err = nil
	row := &icewsRow{}
	id := s.field(icewsID)
	if id == "" {
		s.cells.fault(icewsColumns[icewsID], "the event has no id")
	}
	date := s.cells.date(s.field(icewsDate), icewsColumns[icewsDate])
	day := date.String()
	row.own = dyad.Own{
		Origin: OriginICEWS, ID: id + " " + day, Code: s.field(icewsCode), Label: s.field(icewsText),
		Scale: s.cells.number(s.field(icewsIntensity), icewsColumns[icewsIntensity], -10, 10),
		Actor: s.field(icewsSource), ActorMore: s.field(icewsSourceSectors),
		Recipient: s.field(icewsTarget), RecipientMore: s.field(icewsTargetSectors),
		Publisher: s.field(icewsPublisher), Sentence: s.cells.count(s.field(icewsSentence), icewsColumns[icewsSentence]),
	}
	means := s.code(&row.own)
	s.place(&row.place)
	if s.cells.err != nil {
		return dyad.Record{}, false, s.cells.err
	}
	r := imported(means, date, recordID(OriginICEWS, id, day))
	row.event, r.Event, r.Own = means.event, &row.event, &row.own
	row.event.Actor = s.cache.side(&row.actor, row.own.Actor, row.own.ActorMore, s.field(icewsSourceCountry), date)
	row.event.Recipient = s.cache.side(&row.recipient, row.own.Recipient, row.own.RecipientMore, s.field(icewsTargetCountry), date)
	if row.place.Resolution > 0 {
		row.event.Place = &row.place
	}
	if story := s.field(icewsStory); story != "" {
		r.Story = OriginICEWS + ":" + story
	}
	return r, true, nil
}

// imported is the part of a record that all imported events share.
func imported(means *meaning, date dyad.Date, id string) dyad.Record {
	return dyad.Record{Kind: dyad.KindEvent, ID: id, Date: date, DateBasis: dyad.BasisStated, Contexts: means.contexts, Reasons: means.reasons}
}

// code finds what the event is. A row without a code may still have its label.
func (s *icewsReader) code(own *dyad.Own) *meaning {
	code := own.Code
	if code == "" {
		code = s.importer.codeOfLabel(own.Label)
	}
	if code == "" {
		s.cells.fault(icewsColumns[icewsCode], "the event has neither a CAMEO code nor a label that stands for one")
		return nil
	}
	code, means, problem := s.codes.read(code)
	if problem != "" {
		s.cells.fault(icewsColumns[icewsCode], fmt.Sprintf("%q: %s", shorten(own.Code, 20), problem))
		return nil
	}
	if own.Code != "" {
		own.Code = code
	}
	return means
}

// place fills in where ICEWS puts the event.
func (s *icewsReader) place(p *dyad.Place) {
	p.City, p.Province, p.Country = s.field(icewsCity), s.field(icewsProvince), s.field(icewsCountry)
	p.CountryCode = s.cache.country(p.Country)
	district := s.field(icewsDistrict)
	switch {
	case p.City != "":
		p.Resolved, p.Resolution = p.City, 4
	case district != "":
		p.Resolved, p.Resolution = district, 3
	case p.Province != "":
		p.Resolved, p.Resolution = p.Province, 2
	case p.Country != "":
		p.Resolved, p.Resolution = p.Country, 1
	}
	p.Latitude = s.cells.number(s.field(icewsLatitude), icewsColumns[icewsLatitude], -90, 90)
	p.Longitude = s.cells.number(s.field(icewsLongitude), icewsColumns[icewsLongitude], -180, 180)
	p.Reason = "as ICEWS places it"
}
