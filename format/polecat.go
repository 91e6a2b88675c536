package format

import (
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
)

// polecatColumns are the columns of POLECAT's files in their order.
var polecatColumns = columnsNamed(
	"Event ID", "Event Date", "Event Type", "Event Mode", "Intensity|Event Intensity", "Quad Code", "Contexts",
	"Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
	"Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
	"Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
	"Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)

// Places of the columns in polecatColumns.
const (
	polecatID        = 0
	polecatDate      = 1
	polecatType      = 2
	polecatMode      = 3
	polecatIntensity = 4
	polecatQuad      = 5
	polecatContexts  = 6
	polecatActor     = 7 // name, country, COW, primary sector, sectors, title, raw name, Wikipedia
	polecatRecipient = 15
	polecatPlace     = 23
	polecatCity      = 24
	polecatDistrict  = 25
	polecatProvince  = 26
	polecatCountry   = 27
	polecatLatitude  = 28
	polecatLongitude = 29
	polecatGeoNames  = 30
	polecatRawPlace  = 31
	polecatSource    = 33
)

// POLECAT reads a file of POLECAT, weekly or yearly. Its events are PLOVER's already, so
// that only their spelling is made dyad's.
func (m *Importer) POLECAT(r io.Reader, name string) iter.Seq2[dyad.Record, error] {
	return func(yield func(dyad.Record, error) bool) {
		rows := newRowReader(r, name)
		s := polecatReader{columns: newColumns(rows, polecatColumns), importer: m, names: newNameCache(m)}
		s.cells.row = rows
		each(rows, "events of POLECAT", s.record, yield)
	}
}

// A polecatReader reads one file of POLECAT.
type polecatReader struct {
	*columns
	importer *Importer
	cells    cells
	names    *nameCache
}

func (s *polecatReader) record() (dyad.Record, bool, error) {
	if data, err := s.row("a file of POLECAT", polecatID, polecatDate, polecatType, polecatActor, polecatRecipient); !data {
		return dyad.Record{}, false, err
	}
	s.cells.err = nil
	row := &importedRow{}
	id := s.field(polecatID)
	if id == "" {
		s.cells.fault("Event ID", "the event has no id")
	}
	date := s.cells.date(s.field(polecatDate), "Event Date")
	row.own = dyad.Own{
		Origin: OriginPOLECAT, ID: id, Code: slash(s.field(polecatType), s.field(polecatMode)), Label: s.field(polecatQuad),
		Scale: s.cells.number(s.field(polecatIntensity), "Intensity", -10, 10),
		Actor: s.field(polecatActor), ActorMore: s.field(polecatActor + 4),
		Recipient: s.field(polecatRecipient), RecipientMore: s.field(polecatRecipient + 4), Publisher: s.field(polecatSource),
	}
	s.event(&row.event)
	s.place(&row.place)
	if s.cells.err != nil {
		return dyad.Record{}, false, s.cells.err
	}
	r := dyad.Record{
		Kind: dyad.KindEvent, Date: date, DateBasis: dyad.BasisStated, Contexts: s.contexts(),
		ID:    recordID(OriginPOLECAT, id, date.String(), row.own.Code, row.own.Actor, row.own.Recipient),
		Event: &row.event, Own: &row.own,
		Reasons: []dyad.Reason{{Stage: "import", Rule: OriginPOLECAT, Note: "coded in PLOVER's terms by POLECAT"}},
	}
	row.event.Actor = s.side(polecatActor, date)
	row.event.Recipient = s.side(polecatRecipient, date)
	if row.place.Resolution > 0 {
		row.event.Place = &row.place
	}
	return r, true, nil
}

// event reads the type and the mode. A mode that PLOVER does not have stays in Own alone.
func (s *polecatReader) event(e *dyad.Event) {
	o := s.importer.ontology
	known := o.Event(strings.ToUpper(s.field(polecatType)))
	if known == nil {
		s.cells.fault("Event Type", fmt.Sprintf("%q is no event of PLOVER", shorten(s.field(polecatType), 40)))
		return
	}
	e.Type = known.ID
	if mode := known.Mode(strings.ToLower(s.field(polecatMode))); mode != nil {
		e.Mode = mode.ID
	}
	e.CAMEO, e.Quad, e.Scale = o.CAMEOOf(e.Type, e.Mode), o.Quad(e.Type), o.Score(e.Type, e.Mode)
}

// contexts gives those that PLOVER has.
func (s *polecatReader) contexts() (out []string) {
	for _, name := range s.values(polecatContexts) {
		name = strings.ToLower(name)
		for _, known := range s.importer.ontology.Contexts {
			if known.ID == name {
				out = append(out, known.ID)
			}
		}
	}
	return out
}

// values parts what stands in one field: "Peru; Japan".
func (s *polecatReader) values(column int) []string {
	field := s.field(column)
	if field == "" {
		return nil
	}
	values := strings.Split(field, ";")
	for i, v := range values {
		if values[i] = strings.TrimSpace(v); absent(values[i]) {
			values[i] = ""
		}
	}
	return values
}

// side reads one side of an event, of which there may be several. What is told once goes
// for all of them; what is told for some other number cannot be handed out, and stays in
// Own.
func (s *polecatReader) side(at int, date dyad.Date) []dyad.Entity {
	names := s.values(at)
	countries, sectors, titles, words := s.values(at+1), s.values(at+3), s.values(at+5), s.values(at+6)
	n := max(len(names), 1)
	if len(names) == 0 {
		if n = len(countries); n == 0 {
			return nil
		}
	}
	pick := func(values []string, i int) string {
		switch len(values) {
		case n:
			return values[i]
		case 1:
			return values[0]
		}
		return ""
	}
	out := make([]dyad.Entity, n)
	for i := range out {
		e := &out[i]
		name, country := pick(names, i), pick(countries, i)
		if e.Code = s.importer.cameoCountry(country); e.Code == "" {
			e.Code = s.names.country(country)
		}
		if e.Code == "" {
			e.Code = internationalType(country)
		}
		e.Sector = strings.ToUpper(pick(sectors, i))
		if len(e.Sector) != 3 {
			e.Sector = ""
		}
		if e.Text = pick(words, i); e.Text == "" {
			e.Text = name
		}
		e.Office = pick(titles, i)
		if who, ok := s.importer.named(s.names.name(name), e.Code, date); ok && name != "" {
			e.Identifier, e.Name = who.Identifier, who.Name
			if e.Code == "" {
				e.Code = who.Code
			}
		} else {
			e.Name = name
		}
	}
	return out
}

func (s *polecatReader) place(p *dyad.Place) {
	p.Extracted, p.Resolved = s.field(polecatRawPlace), s.field(polecatPlace)
	p.City, p.Province, p.Country = s.field(polecatCity), s.field(polecatProvince), s.field(polecatCountry)
	district := s.field(polecatDistrict)
	if p.CountryCode = s.importer.cameoCountry(p.Country); p.CountryCode == "" {
		p.CountryCode = s.names.country(p.Country)
	}
	for i, name := range []string{p.Country, p.Province, district, p.City} {
		if name != "" {
			p.Resolution = i + 1
			if s.field(polecatPlace) == "" {
				p.Resolved = name
			}
		}
	}
	p.Latitude = s.cells.number(s.field(polecatLatitude), "Latitude", -90, 90)
	p.Longitude = s.cells.number(s.field(polecatLongitude), "Longitude", -180, 180)
	if id, err := strconv.Atoi(strings.TrimSuffix(s.field(polecatGeoNames), ".0")); err == nil && id > 0 {
		p.GeoNameID = id
	}
	p.Reason = "as POLECAT places it"
}
