package format

import (
	"fmt"
	"io"
	"iter"

	"github.com/opendyad/dyad"
)

// icewsColumns are the columns of ICEWS' event files in their order.
var icewsColumns = columnsNamed(
	"Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
	"Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
	"City", "District", "Province", "Country", "Latitude", "Longitude",
)

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
		rows := newRowReader(r, name)
		s := icewsReader{importer: m, columns: newColumns(rows, icewsColumns), codes: codeReader{importer: m}, cache: newNameCache(m)}
		s.cells.row = rows
		each(rows, "events of ICEWS", s.record, yield)
	}
}

// An icewsReader reads one file of ICEWS.
type icewsReader struct {
	*columns
	importer *Importer
	codes    codeReader
	cells    cells
	cache    *nameCache
}

func (s *icewsReader) record() (dyad.Record, bool, error) {
	if data, err := s.row("an ICEWS event file", icewsID, icewsDate, icewsSource, icewsTarget); !data {
		return dyad.Record{}, false, err
	}
	s.cells.err = nil
	row := &importedRow{}
	id := s.field(icewsID)
	if id == "" {
		s.cells.fault(icewsColumns[icewsID].name, "the event has no id")
	}
	date := s.cells.date(s.field(icewsDate), icewsColumns[icewsDate].name)
	day := date.String()
	row.own = dyad.Own{
		Origin: OriginICEWS, ID: id + " " + day, Code: s.field(icewsCode), Label: s.field(icewsText),
		Scale: s.cells.number(s.field(icewsIntensity), icewsColumns[icewsIntensity].name, -10, 10),
		Actor: s.field(icewsSource), ActorMore: s.field(icewsSourceSectors),
		Recipient: s.field(icewsTarget), RecipientMore: s.field(icewsTargetSectors),
		Publisher: s.field(icewsPublisher), Sentence: s.cells.count(s.field(icewsSentence), icewsColumns[icewsSentence].name),
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

// code finds what the event is. A row without a code may still have its label.
func (s *icewsReader) code(own *dyad.Own) *meaning {
	code := own.Code
	if code == "" {
		code = s.importer.codeOfLabel(own.Label)
	}
	if code == "" {
		s.cells.fault(icewsColumns[icewsCode].name, "the event has neither a CAMEO code nor a label that stands for one")
		return nil
	}
	code, means, problem := s.codes.read(code)
	if problem != "" {
		s.cells.fault(icewsColumns[icewsCode].name, fmt.Sprintf("%q: %s", shorten(own.Code, 20), problem))
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
	p.Latitude = s.cells.number(s.field(icewsLatitude), icewsColumns[icewsLatitude].name, -90, 90)
	p.Longitude = s.cells.number(s.field(icewsLongitude), icewsColumns[icewsLongitude].name, -180, 180)
	p.Reason = "as ICEWS places it"
}
