package format

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/opendyad/dyad"
)

// Places of the columns that all of GDELT's event files share.
const (
	gdeltID           = 0
	gdeltDay          = 1
	gdeltActor1       = 5 // code, name, country, group, ethnic, two religions, three types
	gdeltActor2       = 15
	gdeltIsRoot       = 25
	gdeltCode         = 26
	gdeltQuad         = 29
	gdeltGoldstein    = 30
	gdeltMentions     = 31
	gdeltSources      = 32
	gdeltArticles     = 33
	gdeltTone         = 34
	gdeltActor1Places = 35
)

// A gdeltLayout says where the other columns stand. GDELT 2.0 has one more in each of its
// three places (ADM2).
type gdeltLayout struct {
	version string
	action  int // ActionGeo_Type
	lat     int // from there to the latitude
	added   int
	url     int // -1 in the files of 1979 to March 2013
}

// gdeltLayoutOf tells GDELT's layouts by their number of columns.
func gdeltLayoutOf(columns int) (gdeltLayout, bool) {
	switch columns {
	case 57:
		return gdeltLayout{"GDELT 1.0 without SOURCEURL", gdeltActor1Places + 2*7, 4, 56, -1}, true
	case 58:
		return gdeltLayout{"GDELT 1.0", gdeltActor1Places + 2*7, 4, 56, 57}, true
	case 61:
		return gdeltLayout{"GDELT 2.0", gdeltActor1Places + 2*8, 5, 59, 60}, true
	}
	return gdeltLayout{}, false
}

// gdeltColumns are the columns of GDELT 2.0 in their order, which those of 1.0 are among.
var gdeltColumns = columnsNamed(
	"GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
	"Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode", "Actor1Religion1Code", "Actor1Religion2Code",
	"Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code",
	"Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode", "Actor2Religion1Code", "Actor2Religion2Code",
	"Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code",
	"IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
	"Actor1Geo_Type", "Actor1Geo_FullName", "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code", "Actor1Geo_ADM2Code", "Actor1Geo_Lat", "Actor1Geo_Long", "Actor1Geo_FeatureID",
	"Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code", "Actor2Geo_ADM2Code", "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID",
	"ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_ADM2Code", "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID",
	"DATEADDED", "SOURCEURL",
)

// GDELT reads an event file of GDELT 1.0 or 2.0; the number of columns tells which. In a
// file that mixes them each row is read by its own, and the first that differs is
// reported. A file with a header, as other programs write them, may have its columns in
// another order, more of them, and commas between them.
func (m *Importer) GDELT(r io.Reader, name string) iter.Seq2[dyad.Record, error] {
	return func(yield func(dyad.Record, error) bool) {
		s := gdeltReader{importer: m, rows: newRowReader(r, name), codes: codeReader{importer: m}}
		s.cells.row = s.rows
		s.rows.chooseSeparator()
		each(s.rows, "events of GDELT", s.record, func(r dyad.Record, err error) bool {
			if mixed := s.mixed; mixed != nil {
				s.mixed = nil
				if !yield(dyad.Record{}, mixed) {
					return false
				}
			}
			return yield(r, err)
		})
	}
}

// A gdeltReader reads one file of GDELT.
type gdeltReader struct {
	importer *Importer
	rows     *rowReader
	codes    codeReader
	cells    cells
	columns  int // of the first row
	told     bool
	mixed    *RowError // to be reported before the row at hand
	layout   gdeltLayout
	url      string // of the row before, which mostly is this row's too
	story    string
	headed   *columns // of a file with a header, else nil
	ordered  []string // its row in the order of gdeltColumns
}

func (s *gdeltReader) record() (dyad.Record, bool, error) {
	f := s.rows.fields
	if s.rows.rows == 1 {
		if headed := newColumns(s.rows, gdeltColumns); headed.header(f) {
			s.headed, s.ordered = headed, make([]string, len(gdeltColumns))
			_, err := headed.row("an event file of GDELT", gdeltID, gdeltDay, gdeltActor1, gdeltActor2, gdeltCode)
			return dyad.Record{}, false, err
		}
	}
	if s.headed != nil {
		if data, err := s.headed.row(""); !data {
			return dyad.Record{}, false, err
		}
		for i := range s.ordered {
			s.ordered[i] = s.headed.field(i)
		}
		f = s.ordered
	}
	if fault := s.chooseLayout(len(f)); fault != nil {
		return dyad.Record{}, false, fault
	}
	s.cells.err = nil
	row := &importedRow{}
	date := s.cells.dayDigits(f[gdeltDay], "SQLDATE")
	if !isDigits(f[gdeltID]) {
		s.cells.fault("GLOBALEVENTID", fmt.Sprintf("%q is no number", shorten(f[gdeltID], 60)))
	}
	s.own(&row.own, f)
	code, means, problem := s.codes.read(f[gdeltCode])
	if problem != "" {
		s.cells.fault("EventCode", fmt.Sprintf("%q: %s", shorten(f[gdeltCode], 20), problem))
	}
	s.place(&row.place, f[s.layout.action:s.layout.action+s.layout.lat+2])
	if s.cells.err != nil {
		return dyad.Record{}, false, s.cells.err
	}
	row.own.Code = code
	r := imported(means, date, recordID(OriginGDELT, f[gdeltID], f[gdeltDay], code, f[gdeltActor1], f[gdeltActor2]))
	row.event, r.Event, r.Own = means.event, &row.event, &row.own
	row.event.Actor = s.side(&row.actor, f[gdeltActor1:gdeltActor1+10])
	row.event.Recipient = s.side(&row.recipient, f[gdeltActor2:gdeltActor2+10])
	if row.place.Resolution > 0 {
		row.event.Place = &row.place
	}
	r.Story = s.storyOf(row.own.URL)
	return r, true, nil
}

func (s *gdeltReader) chooseLayout(columns int) *RowError {
	layout, ok := gdeltLayoutOf(columns)
	switch {
	case !ok:
		return s.rows.fault("", fmt.Sprintf("the row has %d columns; GDELT's event files have 57, 58 (1.0) or 61 (2.0)", columns))
	case s.columns == 0:
		s.columns = columns
	case s.columns != columns && !s.told:
		s.told = true
		s.mixed = s.rows.fault("", fmt.Sprintf("the file began as %s with %d columns and goes on as %s with %d; each row is read by its own, this is told once",
			s.layout.version, s.columns, layout.version, columns))
	}
	s.layout = layout
	return nil
}

// own fills in what the row says in GDELT's terms.
func (s *gdeltReader) own(own *dyad.Own, f []string) {
	c := &s.cells
	own.Origin, own.ID = OriginGDELT, f[gdeltID]
	own.Scale = c.number(f[gdeltGoldstein], "GoldsteinScale", -10, 10)
	own.Quad = c.count(f[gdeltQuad], "QuadClass")
	if own.Quad > 4 {
		c.fault("QuadClass", fmt.Sprintf("%d is no quad class; they go from 1 to 4", own.Quad))
	}
	own.Actor, own.ActorMore = f[gdeltActor1+1], f[gdeltActor1]
	own.Recipient, own.RecipientMore = f[gdeltActor2+1], f[gdeltActor2]
	own.Mentions = c.count(f[gdeltMentions], "NumMentions")
	own.Sources = c.count(f[gdeltSources], "NumSources")
	own.Articles = c.count(f[gdeltArticles], "NumArticles")
	own.Tone = c.number(f[gdeltTone], "AvgTone", -100, 100)
	own.Root = f[gdeltIsRoot] == "1"
	if added := f[s.layout.added]; len(added) == 14 { // with the time of day
		own.Added = c.dayDigits(added[:8], "DATEADDED")
	} else if added != "" {
		own.Added = c.dayDigits(added, "DATEADDED")
	}
	if s.layout.url >= 0 {
		own.URL = f[s.layout.url]
		own.Publisher = hostOf(own.URL)
	}
}

// hostOf gives the outlet of an address: "example.org" of "https://www.example.org/a".
// GDELT writes "BBC Monitoring" there where an article has none; that is the outlet.
func hostOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		if strings.IndexByte(url, '/') >= 0 {
			return ""
		}
		return url
	}
	if end := strings.IndexAny(rest, "/?#:"); end >= 0 {
		rest = rest[:end]
	}
	return strings.TrimPrefix(rest, "www.")
}

// storyOf gives all events of one article the same story.
func (s *gdeltReader) storyOf(url string) string {
	if url == "" {
		return ""
	}
	if url != s.url {
		s.url, s.story = url, OriginGDELT+":"+recordID(url)
	}
	return s.story
}

// side says who stands on one side: the country of the actor, the organisation of its
// known group, and its first type that PLOVER has a sector for.
func (s *gdeltReader) side(to *[1]dyad.Entity, f []string) []dyad.Entity {
	code, name, country, group, types := f[0], f[1], f[2], f[3], f[7:10]
	if code == "" && name == "" {
		return nil
	}
	e := &to[0]
	if country != "" {
		e.Code = s.importer.cameoCountry(country)
	}
	if group != "" && e.Code == "" {
		if g := s.importer.groups[group]; g != nil {
			*e = *g
		}
	}
	for _, t := range types {
		if t == "" {
			break
		}
		if e.Code == "" {
			e.Code = internationalType(t)
		}
		if e.Sector == "" && e.Identifier == "" {
			e.Sector = s.importer.sectors["cameo"][t].code
		}
	}
	if e.Sector == "" && e.Identifier == "" && e.Code != "" && group == "" {
		if state := s.importer.states[e.Code]; state != nil {
			e.Identifier, e.Name = state.Identifier, state.Name
		}
	}
	e.Text = name
	return to[:1]
}

// internationalType gives PLOVER's code for a CAMEO type of what belongs to no country.
func internationalType(t string) string {
	switch t {
	case "IGO", "PKO":
		return "IGO"
	case "UNO":
		return "IGO"
	case "NGO":
		return "NGO"
	case "NGM":
		return "ISM"
	case "IMG":
		return "IMG"
	case "MNC":
		return "MNC"
	}
	return ""
}

// place reads one of the three places of a row: type, full name, FIPS country, ADM1,
// perhaps ADM2, latitude and longitude.
func (s *gdeltReader) place(p *dyad.Place, f []string) {
	last := len(f) - 1
	switch f[0] {
	case "", "0":
		return
	case "1":
		p.Resolution = 1
	case "2", "5":
		p.Resolution = 2
	case "3", "4":
		p.Resolution = 4
	default:
		s.cells.fault("ActionGeo_Type", fmt.Sprintf("%q is no type of place; they go from 0 to 5", shorten(f[0], 20)))
		return
	}
	p.Extracted, p.CountryCode = f[1], s.importer.fips[f[2]]
	p.Latitude = s.cells.number(f[last-1], "ActionGeo_Lat", -90, 90)
	p.Longitude = s.cells.number(f[last], "ActionGeo_Long", -180, 180)
	p.Reason = "as GDELT places the action"
	p.Resolved = f[1]
	if i := strings.Index(f[1], ", "); i >= 0 {
		p.Resolved = f[1][:i]
		end := strings.LastIndex(f[1], ", ")
		p.Country = f[1][end+2:]
		if end > i {
			p.Province = f[1][i+2 : end]
		}
	} else if p.Resolution == 1 {
		p.Country = f[1]
	}
	switch p.Resolution {
	case 4:
		p.City = p.Resolved
	case 2:
		p.Province = p.Resolved
	}
}
