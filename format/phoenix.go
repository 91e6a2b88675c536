package format

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/opendyad/dyad"
)

// phoenixColumns are the columns of Phoenix' daily files in their order, with the names
// that the historical releases give them in a header.
var phoenixColumns = columnsNamed(
	"EventID|GID|eid", "Date|story_date", "Year", "Month", "Day",
	"SourceActorFull|Source", "SourceActorEntity|SrcActor|source_root", "SourceActorRole|SrcAgent|source_agent", "SourceActorAttribute|SOthAgent|source_others",
	"TargetActorFull|Target", "TargetActorEntity|TgtActor|target_root", "TargetActorRole|TgtAgent|target_agent", "TargetActorAttribute|TOthAgent|target_others",
	"EventCode|CAMEO|code", "EventRootCode|RootCode|root_code", "PentaClass|QuadClass|quad_class", "GoldsteinScore|Goldstein", "Issues|None|joined_issues",
	"Lat", "Lon", "LocationName|Geoname|placename", "StateName|AdminInfo|statename", "CountryCode|countryname",
	"SentenceID|ID|aid", "URLs|URL", "NewsSources|sourcetxt",
)

// Places of the columns in phoenixColumns.
const (
	phoenixID         = 0
	phoenixDate       = 1
	phoenixSource     = 5
	phoenixTarget     = 9
	phoenixCode       = 13
	phoenixRoot       = 14
	phoenixClass      = 15
	phoenixGoldstein  = 16
	phoenixLat        = 18
	phoenixLon        = 19
	phoenixPlace      = 20
	phoenixState      = 21
	phoenixCountry    = 22
	phoenixSentence   = 23
	phoenixURLs       = 24
	phoenixPublishers = 25
)

// Phoenix reads an event file of Phoenix: the daily ones, parted by tabs and without a
// header, and the historical ones, which have one and are parted by commas.
func (m *Importer) Phoenix(r io.Reader, name string) iter.Seq2[dyad.Record, error] {
	return func(yield func(dyad.Record, error) bool) {
		rows := newRowReader(r, name)
		rows.chooseSeparator()
		s := phoenixReader{importer: m, columns: newColumns(rows, phoenixColumns), codes: codeReader{importer: m}, names: newNameCache(m)}
		s.cells.row = rows
		each(rows, "events of Phoenix", s.record, yield)
	}
}

// A phoenixReader reads one file of Phoenix.
type phoenixReader struct {
	*columns
	importer *Importer
	codes    codeReader
	cells    cells
	names    *nameCache
}

func (s *phoenixReader) record() (dyad.Record, bool, error) {
	if data, err := s.row("an event file of Phoenix", phoenixID, phoenixDate, phoenixSource, phoenixTarget, phoenixCode); !data {
		return dyad.Record{}, false, err
	}
	s.cells.err = nil
	row := &importedRow{}
	id := s.field(phoenixID)
	if id == "" {
		s.cells.fault("EventID", "the event has no id")
	}
	date := s.date(s.field(phoenixDate))
	code, means, problem := s.codes.readUnder(s.field(phoenixRoot), s.field(phoenixCode))
	if problem != "" {
		s.cells.fault("EventCode", fmt.Sprintf("%q: %s", shorten(s.field(phoenixCode), 20), problem))
	}
	urls := s.field(phoenixURLs)
	story, sentence := firstSentence(s.field(phoenixSentence))
	row.own = dyad.Own{
		Origin: OriginPhoenix, ID: id, Code: code, Scale: s.cells.number(s.field(phoenixGoldstein), "GoldsteinScore", -10, 10),
		Quad: s.cells.count(s.field(phoenixClass), "PentaClass"), Actor: s.field(phoenixSource), Recipient: s.field(phoenixTarget),
		Publisher: s.field(phoenixPublishers), URL: firstOf(urls), Sentence: sentence,
	}
	if urls != "" {
		row.own.Sources = strings.Count(urls, ";") + 1
	}
	s.place(&row.place)
	if s.cells.err != nil {
		return dyad.Record{}, false, s.cells.err
	}
	r := imported(means, date, recordID(OriginPhoenix, id, date.String()))
	row.event, r.Event, r.Own = means.event, &row.event, &row.own
	row.event.Actor = s.side(&row.actor, phoenixSource)
	row.event.Recipient = s.side(&row.recipient, phoenixTarget)
	if row.place.Resolution > 0 {
		row.event.Place = &row.place
	}
	if story != "" {
		r.Story = OriginPhoenix + ":" + story
	}
	return r, true, nil
}

// date reads "20140627", as the daily files have it, and "2014-06-27" or "6/27/2014".
func (s *phoenixReader) date(text string) dyad.Date {
	if len(text) == 8 && isDigits(text) {
		return s.cells.dayDigits(text, "Date")
	}
	return s.cells.date(text, "Date")
}

// side says who stands on one side: Phoenix writes CAMEO's codes in parts, the country
// or kind of body, the role, and what else there is: "IGO", "", "UNO;HCR".
func (s *phoenixReader) side(to *[1]dyad.Entity, at int) []dyad.Entity {
	full, actor, role, others := s.field(at), s.field(at+1), s.field(at+2), s.field(at+3)
	if full == "" && actor == "" {
		return nil
	}
	e := &to[0]
	if e.Code = s.importer.cameoCountry(actor); e.Code == "" {
		e.Code = internationalType(actor)
		for part := range strings.SplitSeq(others, ";") {
			if g := s.importer.groups[part]; g != nil && e.Code != "" {
				*e = *g
			}
		}
	}
	sectors := s.importer.sectors["cameo"]
	e.Sector = sectors[role].code
	for part := range strings.SplitSeq(others, ";") {
		if e.Sector == "" && e.Identifier == "" {
			e.Sector = sectors[part].code
		}
	}
	if e.Sector == "" && others == "" && role == "" {
		if state := s.importer.states[e.Code]; state != nil {
			e.Identifier, e.Name = state.Identifier, state.Name
		}
	}
	e.Text = full
	return to[:1]
}

func (s *phoenixReader) place(p *dyad.Place) {
	p.Resolved, p.Province = s.field(phoenixPlace), s.field(phoenixState)
	if p.Resolved == "" {
		return
	}
	country := s.field(phoenixCountry)
	if p.CountryCode = s.importer.cameoCountry(country); p.CountryCode == "" {
		p.Country, p.CountryCode = country, s.names.country(country)
	}
	p.Latitude = s.cells.number(s.field(phoenixLat), "Lat", -90, 90)
	p.Longitude = s.cells.number(s.field(phoenixLon), "Lon", -180, 180)
	p.Reason = "as Phoenix places it"
	switch {
	case p.Province == "" && s.names.country(p.Resolved) != "":
		p.Country, p.Resolution = p.Resolved, 1
	case p.Resolved == p.Province:
		p.Resolution = 2
	default:
		p.City, p.Resolution = p.Resolved, 4
	}
}

// firstSentence parts "53acd0ad_3", the first of a list, into story and sentence.
func firstSentence(ids string) (story string, sentence int) {
	story = firstOf(ids)
	i := strings.LastIndexByte(story, '_')
	if i < 0 || len(story)-i > 6 || !isDigits(story[i+1:]) {
		return story, 0
	}
	for _, c := range story[i+1:] {
		sentence = 10*sentence + int(c-'0')
	}
	return story[:i], sentence
}

// firstOf gives the first of several values parted by semicolons.
func firstOf(list string) string {
	value, _, _ := strings.Cut(list, ";")
	return strings.TrimSpace(value)
}
