//go:build cgo

package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// event makes a record of an event by its sides, as "IRN>PAK".
func event(id int, sides, kind, date string) dyad.Record {
	actor, recipient, _ := strings.Cut(sides, ">")
	d, err := dyad.ParseDate(date)
	if err != nil {
		panic(err)
	}
	r := dyad.Record{Kind: dyad.KindEvent, ID: fmt.Sprintf("%x", id), Date: d, DateBasis: dyad.BasisStated, Confidence: 0.5,
		Event: &dyad.Event{Type: kind, Quad: 1, Scale: 2.5}}
	for _, code := range strings.Fields(actor) {
		r.Event.Actor = append(r.Event.Actor, dyad.Entity{Code: code, Sector: "GOV"})
	}
	for _, code := range strings.Fields(recipient) {
		r.Event.Recipient = append(r.Event.Recipient, dyad.Entity{Code: code})
	}
	return r
}

func open(t testing.TB, path string) *DuckDB {
	t.Helper()
	s, err := Open(path, Write)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func entry(id, date string, records ...dyad.Record) Entry {
	e := Entry{Story: dyad.Story{ID: id, Title: "Title " + id, Text: "Text of " + id + ".", Publisher: "Outlet of " + id, Language: "en"}, Hash: uint64(len(id)), Records: records}
	if date != "" {
		e.Story.Published, _ = dyad.ParseDate(date)
	}
	for range records {
		e.Keys = append(e.Keys, 0)
	}
	return e
}

// lines says each record as "id type" with the number of its reports.
func lines(t *testing.T, s *DuckDB, f Filter) string {
	t.Helper()
	var out []string
	for r, err := range s.Records(context.Background(), f) {
		if err != nil {
			t.Fatal(err)
		}
		line := r.ID + " " + r.Event.Type
		if len(r.Reports) > 0 {
			line += fmt.Sprintf(" x%d", len(r.Reports))
		}
		out = append(out, line)
	}
	return strings.Join(out, ", ")
}

func TestRecordsAreAskedFor(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.duckdb"))
	visit := event(1, "IRN>PAK", "CONSULT", "2024-04-22")
	visit.Issues = []string{"kashmir", "trade"}
	call := event(2, "CHN>IRN PAK", "REQUEST", "2024-01-18")
	call.Aux = []string{dyad.AuxHistorical}
	call.AssertedBy = []dyad.Entity{{Code: "CHN"}}
	month := event(3, "PAK>IND", "ACCUSE", "2024-02")
	month.Event.Place = &dyad.Place{CountryCode: "IND", City: "Srinagar"}
	month.Confidence = 0.9
	imported := event(4, "IRN>PAK", "ASSAULT", "2024-01-16")
	imported.Own = &dyad.Own{Origin: "icews", ID: "77", Code: "190"}
	ctx := context.Background()
	if err := s.Add(ctx, []Entry{entry("a", "2024-04-23", visit, month), entry("b", "2024-01-18", call)}); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Import(ctx, prepareAll(t, imported, imported)); err != nil || n != 1 {
		t.Fatalf("importing an event twice gives %d new ones (%v), want 1", n, err)
	}
	for _, c := range []struct {
		name string
		f    Filter
		want string
	}{
		{"all", Filter{}, "2 REQUEST, 3 ACCUSE, 1 CONSULT"},
		{"folded", Filter{Fold: true}, "2 REQUEST, 3 ACCUSE, 1 CONSULT"},
		{"actor", Filter{Actor: []string{"irn"}}, "1 CONSULT"},
		{"actor and sector", Filter{Actor: []string{"IRN GOV"}}, "1 CONSULT"},
		{"sector of none", Filter{Recipient: []string{"PAK MIL"}}, ""},
		{"either", Filter{Either: []string{"IRN"}}, "2 REQUEST, 1 CONSULT"},
		{"pair", Filter{Either: []string{"PAK-IRN"}}, "1 CONSULT"},
		{"issue", Filter{Issue: []string{"trade"}}, "1 CONSULT"},
		{"actual", Filter{Aux: []string{"actual"}}, "3 ACCUSE, 1 CONSULT"},
		{"historical", Filter{Aux: []string{"historical"}}, "2 REQUEST"},
		{"speaker", Filter{AssertedBy: []string{"CHN"}}, "2 REQUEST"},
		{"writer", Filter{AssertedBy: []string{"writer"}}, "3 ACCUSE, 1 CONSULT"},
		{"from", Filter{From: dyad.Date{Year: 2024, Month: 2}}, "3 ACCUSE, 1 CONSULT"},
		{"to a month", Filter{To: dyad.Date{Year: 2024, Month: 2}}, "2 REQUEST, 3 ACCUSE"},
		{"published", Filter{Published: dyad.Date{Year: 2024, Month: 4}}, "3 ACCUSE, 1 CONSULT"},
		{"country", Filter{Place: []string{"IND"}}, "3 ACCUSE"},
		{"city", Filter{Place: []string{"srinagar"}}, "3 ACCUSE"},
		{"outlet", Filter{Outlet: []string{"outlet of b"}}, "2 REQUEST"},
		{"confidence", Filter{Confidence: 0.6}, "3 ACCUSE"},
		{"origin", Filter{Origin: []string{"icews"}}, "4 ASSAULT"},
		{"every origin", Filter{Origin: []string{"all"}, Either: []string{"IRN-PAK"}}, "4 ASSAULT, 1 CONSULT"},
		{"id", Filter{IDs: []string{"3"}}, "3 ACCUSE"},
		{"limit", Filter{Limit: 1}, "2 REQUEST"},
	} {
		if got := lines(t, s, c.f); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	counts, err := s.Count(ctx, Filter{}, []string{"month", "issue"})
	if want := "[{[2024-01 ] 1} {[2024-02 ] 1} {[2024-04 kashmir] 1} {[2024-04 trade] 1}]"; err != nil || fmt.Sprint(counts) != want {
		t.Errorf("counts are %v (%v), want %s", counts, err, want)
	}
	if _, err := s.Count(ctx, Filter{}, []string{"moth"}); err == nil {
		t.Error("counting by what there is not gives no error")
	}
	for st, err := range s.Stories(ctx, Filter{Actor: []string{"CHN"}}) {
		if err != nil || st.ID != "b" || st.Copies != 1 || st.Records != 1 || st.Cluster != "b" {
			t.Errorf("the story of China's request is %+v (%v)", st, err)
		}
	}
}

func TestOneProcessWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.duckdb")
	open(t, path)
	// Within one process DuckDB shares the file; that another is told is tested
	// with the built program.
	if _, err := Open(filepath.Join(t.TempDir(), "none.duckdb"), Read); err == nil || !strings.Contains(err.Error(), "there is no store") {
		t.Errorf("reading a store that is not there gives %v", err)
	}
}

func prepareAll(t *testing.T, events ...dyad.Record) Prepared {
	t.Helper()
	var p Prepared
	for i := range events {
		if err := p.Add(&events[i]); err != nil {
			t.Fatal(err)
		}
	}
	return p
}
