package web

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/store"
)

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// PageParams ask for a page of a list.
type PageParams struct {
	Order  string `query:"order" enum:"newest,oldest" default:"newest"`
	Limit  int    `query:"limit" minimum:"0" maximum:"1000" doc:"Default 50; of other forms than JSON, all."`
	Cursor string `query:"cursor" doc:"The next of the page before."`
}

const pageSize = 50

// page reads where a page begins and how long it is.
func (p *PageParams) page(f *store.Filter, wrong *faults) (after *store.Mark) {
	f.Limit = p.Limit
	if f.Limit == 0 {
		f.Limit = pageSize
	}
	if p.Cursor == "" {
		return nil
	}
	text, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	day, number, two := strings.Cut(string(text), "/")
	n, numberErr := strconv.ParseUint(number, 16, 64)
	if day != "" {
		_, dayErr := dyad.ParseDate(day)
		two = two && dayErr == nil && len(day) == len("2006-01-02")
	}
	if err != nil || numberErr != nil || !two {
		wrong.add("query.cursor", "want what an answer gave as next", p.Cursor)
		return nil
	}
	return &store.Mark{Day: day, Number: n}
}

func cursorOf(next *store.Mark) string {
	if next == nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(next.Day + "/" + strconv.FormatUint(next.Number, 16)))
}

// RecordList is a page of records with the stories that they are of.
type RecordList struct {
	Items   []Record             `json:"items"`
	Stories map[string]StoryHead `json:"stories" doc:"By id."`
	Total   int64                `json:"total" doc:"Of all pages."`
	Next    string               `json:"next" doc:"Cursor of the next page, empty at the end."`
}

// RecordOne is one record with what belongs to it.
type RecordOne struct {
	Record      Record       `json:"record"`
	Story       *StoryHead   `json:"story,omitempty"`
	Rejected    bool         `json:"rejected"`
	Corrections []Correction `json:"corrections"`
}

// CountList is numbers by terms.
type CountList struct {
	By    []string         `json:"by"`
	Items []map[string]any `json:"items" doc:"The terms' values, and count."`
}

// RecordsInput asks for a page of records.
type RecordsInput struct {
	FilterParams
	PageParams
	FormParams
}

type countsInput struct {
	FilterParams
	FormParams
	By    []string `query:"by" doc:"Terms to count by." maxItems:"6"`
	Limit int      `query:"limit" minimum:"0" doc:"At most so many rows."`
}

type recordInput struct {
	ID string `path:"id" pattern:"^[0-9a-f]{1,16}$" patternDescription:"a record's id"`
}

func (s *Server) addRecords(api huma.API) {
	several(s, api, "/api/records", "records", "Records that a filter lets through",
		[]string{"csv", "jsonl", "parquet", "geojson", "gold"}, func(in *RecordsInput) (string, string) { return in.asked() }, s.records)
	several(s, api, "/api/counts", "counts", "Numbers of happenings or records",
		[]string{"csv", "jsonl", "parquet"}, func(in *countsInput) (string, string) { return in.asked() }, s.counts)
	get(s, api, "/api/records/{id}", "record", "One record with its reports, its story and its corrections", s.record)
}

func (s *Server) records(ctx context.Context, in *RecordsInput, form string) (*RecordList, func(io.Writer) error, error) {
	var wrong faults
	f := s.filter(&in.FilterParams, &wrong)
	after := in.page(&f, &wrong)
	if err := wrong.err(); err != nil {
		return nil, nil, err
	}
	if form != "json" {
		f.Limit = in.Limit
		return nil, func(w io.Writer) error { return s.writeRecords(ctx, w, f, form) }, nil
	}
	records, next, err := s.options.Store.RecordPage(ctx, f, in.Order == "newest", after)
	if err != nil {
		return nil, nil, err
	}
	out := RecordList{Items: recordsOf(records), Next: cursorOf(next)}
	if out.Stories, err = s.headsOf(ctx, records); err != nil {
		return nil, nil, err
	}
	f.Limit = 0
	out.Total, err = s.total(ctx, f)
	return &out, nil, err
}

func (s *Server) total(ctx context.Context, f store.Filter) (int64, error) {
	counts, err := s.options.Store.Count(ctx, f, nil)
	if err != nil || len(counts) == 0 {
		return 0, err
	}
	return counts[0].Number, nil
}

// headsOf gives the stories of some records.
func (s *Server) headsOf(ctx context.Context, records []dyad.Record) (map[string]StoryHead, error) {
	var ids []string
	for i := range records {
		if records[i].Own == nil && records[i].Story != "" {
			ids = append(ids, records[i].Story)
		}
	}
	slices.Sort(ids)
	heads, err := s.options.Store.Heads(ctx, slices.Compact(ids))
	out := make(map[string]StoryHead, len(heads))
	for id, st := range heads {
		out[id] = headOf(&st)
	}
	return out, err
}

// writeRecords writes all records that a filter lets through.
func (s *Server) writeRecords(ctx context.Context, w io.Writer, f store.Filter, form string) error {
	switch form {
	case "parquet":
		_, err := s.options.Store.WriteParquet(ctx, f, nil, w)
		return err
	case "geojson":
		return s.writePlaces(ctx, w, f)
	case "gold":
		return s.writeGold(ctx, w, f)
	}
	out := bufio.NewWriterSize(w, 1<<16)
	headed := false
	for r, err := range s.options.Store.Records(ctx, f) {
		if err != nil {
			return err
		}
		if form == "csv" {
			err = format.CSV(out, []dyad.Record{r}, !headed)
			headed = true
		} else {
			var line []byte
			if line, err = format.JSON(&r); err == nil {
				_, err = out.Write(append(line, '\n'))
			}
		}
		if err != nil {
			return err
		}
	}
	if form == "csv" && !headed {
		if err := format.CSV(out, nil, true); err != nil {
			return err
		}
	}
	return out.Flush()
}

// writePlaces writes the records that have a place as GeoJSON.
func (s *Server) writePlaces(ctx context.Context, w io.Writer, f store.Filter) error {
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString(`{"type":"FeatureCollection","features":[`)
	first := true
	for r, err := range s.options.Store.Records(ctx, f) {
		if err != nil {
			return err
		}
		if r.Event == nil || r.Event.Place == nil || r.Event.Place.Resolution == 0 {
			continue
		}
		feature, err := featureOf(&r)
		if err != nil {
			return err
		}
		if !first {
			out.WriteByte(',')
		}
		first = false
		out.WriteByte('\n')
		out.Write(feature)
	}
	out.WriteString("]}\n")
	return out.Flush()
}

func featureOf(r *dyad.Record) ([]byte, error) {
	type geometry struct {
		Type        string     `json:"type"`
		Coordinates [2]float64 `json:"coordinates"`
	}
	p := r.Event.Place
	return json.Marshal(struct {
		Type       string         `json:"type"`
		ID         string         `json:"id"`
		Geometry   geometry       `json:"geometry"`
		Properties map[string]any `json:"properties"`
	}{"Feature", r.ID, geometry{"Point", [2]float64{p.Longitude, p.Latitude}}, map[string]any{
		"date": r.Date.String(), "actor": format.Codes(r.Event.Actor), "event": r.Event.Type, "mode": r.Event.Mode, "recipient": format.Codes(r.Event.Recipient),
		"quad": r.Event.Quad, "place": p.Resolved, "country": p.CountryCode, "resolution": p.Resolution, "text": r.Text, "story": r.Story,
	}})
}

func (s *Server) record(ctx context.Context, in *recordInput) (RecordOne, error) {
	id := strings.Repeat("0", 16-len(in.ID)) + in.ID
	out := RecordOne{Corrections: []Correction{}}
	corrections, err := s.options.Store.Corrections(ctx, store.CorrectionFilter{Record: id, All: true})
	if err != nil {
		return out, err
	}
	out.Corrections = mapped(corrections, correctionOf)
	r, err := s.stored(ctx, id)
	if err != nil {
		return out, err
	}
	if r == nil {
		for i := range corrections {
			if c := &corrections[i]; c.Undone.IsZero() && c.Action == store.Rejected {
				r, out.Rejected = &c.Before, true
			}
		}
	}
	if r == nil {
		return out, huma.Error404NotFound(fmt.Sprintf("there is no record %s", id))
	}
	out.Record = recordOf(r)
	heads, err := s.headsOf(ctx, []dyad.Record{*r})
	if head, known := heads[r.Story]; known {
		out.Story = &head
	}
	return out, err
}

// stored gives a record with the reports of its happening, nil where there is none.
func (s *Server) stored(ctx context.Context, id string) (*dyad.Record, error) {
	for r, err := range s.options.Store.Records(ctx, store.Filter{IDs: []string{id}, Origin: []string{"all"}, Fold: true, Limit: 1}) {
		if err != nil {
			return nil, err
		}
		if r.ID == id {
			return &r, nil
		}
		// It is a report of another's happening, and that one's reports are its own too.
		named, err := s.options.Store.Named(ctx, []string{id})
		own, there := named[id]
		if err != nil || !there {
			return nil, err
		}
		own.Happening, own.Reports = r.Happening, r.Reports
		return &own, nil
	}
	return nil, nil
}

func (s *Server) counts(ctx context.Context, in *countsInput, form string) (*CountList, func(io.Writer) error, error) {
	var wrong faults
	f := s.filter(&in.FilterParams, &wrong)
	f.Limit = in.Limit
	for _, term := range in.By {
		if !slices.Contains(store.CountTerms(), term) {
			wrong.add("query.by", "there are "+strings.Join(store.CountTerms(), ", "), term)
		}
	}
	if form == "parquet" && len(in.By) == 0 {
		wrong.add("query.by", "a Parquet file needs terms to count by", "")
	}
	if err := wrong.err(); err != nil {
		return nil, nil, err
	}
	if form == "parquet" {
		return nil, func(w io.Writer) error { _, err := s.options.Store.WriteParquet(ctx, f, in.By, w); return err }, nil
	}
	counts, err := s.options.Store.Count(ctx, f, in.By)
	if err != nil {
		return nil, nil, err
	}
	out := CountList{By: listed(in.By), Items: make([]map[string]any, len(counts))}
	for i, c := range counts {
		row := map[string]any{"count": c.Number}
		for j, term := range in.By {
			row[term] = c.By[j]
		}
		out.Items[i] = row
	}
	if form == "csv" {
		return nil, func(w io.Writer) error { return writeCounts(w, in.By, counts) }, nil
	}
	return &out, func(w io.Writer) error { return writeLines(w, out.Items) }, nil
}

func writeCounts(w io.Writer, by []string, counts []store.Count) error {
	c := csv.NewWriter(w)
	// The writer keeps its first error.
	_ = c.Write(append(slices.Clone(by), "count"))
	for _, n := range counts {
		_ = c.Write(append(slices.Clone(n.By), strconv.FormatInt(n.Number, 10)))
	}
	c.Flush()
	return c.Error()
}
