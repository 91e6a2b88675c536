package format

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/opendyad/dyad"
)

var update = flag.Bool("update", false, "write the golden files anew")

// oneOfEach is a record of each kind.
func oneOfEach() []dyad.Record {
	iran := dyad.Entity{Code: "IRN", Sector: "GOV", Text: "President “Raisi”", Identifier: "ebrahim-raisi", Name: "Ebrahim Raisi", Office: "president"}
	pakistan := dyad.Entity{Code: "PAK", Text: "Pakistan", Identifier: "PAK"}
	base := func(kind dyad.Kind) dyad.Record {
		return dyad.Record{Kind: kind, ID: "id-" + string(kind), Story: "s", Date: dyad.Date{Year: 2024, Month: 4, Day: 22}, DateBasis: dyad.BasisDerived,
			Text: "Raisi <visited> Pakistan, \"today\".", Evidence: dyad.Evidence{Sequence: 1, Span: dyad.Span{Start: 0, End: 34}, Trigger: dyad.Span{Start: 7, End: 14}},
			Confidence: 0.7, Reasons: []dyad.Reason{{Stage: "coder", Rule: "rules/consult.txt:1", Note: "a rule"}}, Codebook: "hash"}
	}
	event := base(dyad.KindEvent)
	event.Issues = []string{"kashmir"}
	event.Event = &dyad.Event{Actor: []dyad.Entity{iran}, Recipient: []dyad.Entity{pakistan}, Type: "CONSULT", Mode: "visit", CAMEO: "042", Quad: 1, Scale: 4, Trigger: "visited",
		Place: &dyad.Place{Extracted: "Islamabad", Resolved: "Islamabad", Latitude: 33.7, Longitude: 73.1, CountryCode: "PAK", Resolution: 4, Reason: "named"}}
	position := base(dyad.KindPosition)
	position.Issues = []string{"kashmir"}
	position.Position = &dyad.Position{Holder: []dyad.Entity{iran}, Issue: "kashmir", Stance: dyad.StanceFor, Content: "dialogue"}
	expectation := base(dyad.KindExpectation)
	expectation.Expectation = &dyad.Expectation{Who: []dyad.Entity{iran}, Content: "to emphasize dialogue", Cue: "is expected to", Status: dyad.StatusOpen}
	claim := base(dyad.KindClaim)
	claim.Claim = &dyad.Claim{Pair: []dyad.Entity{iran, pakistan}, State: dyad.StateStrained, Direction: dyad.DirectionMending}
	claim.AssertedBy = []dyad.Entity{pakistan}
	visit := base(dyad.KindVisit)
	visit.Visit = &dyad.Visit{Visitor: []dyad.Entity{iran}, Host: []dyad.Entity{pakistan}, Level: "head of state", Status: "under_way", Agenda: []string{"kashmir"}}
	refusal := base(dyad.KindRefusal)
	refusal.Refusal = &dyad.Refusal{Reason: "sport"}
	folded := event
	folded.ID, folded.Happening = "id-folded", "happening-1"
	folded.Reports = []dyad.Report{
		{Record: "id-folded", Story: "s", Publisher: "The Morning Ledger", URL: "https://ledger.example/1", Published: folded.Date, Text: folded.Text},
		{Record: "id-other", Story: "t", Text: "The visit began on Monday."},
		{Record: "id-third", Story: "u", Publisher: "The Morning Ledger"},
	}
	imported := dyad.Record{Kind: dyad.KindEvent, ID: "id-imported", Story: "icews:7", Date: folded.Date, DateBasis: dyad.BasisStated,
		Event: &dyad.Event{Actor: []dyad.Entity{{Code: "PAK", Sector: "COP", Text: "Police (Pakistan)"}}, Recipient: []dyad.Entity{{Text: "Nobody Known"}}, CAMEO: "010"},
		Own:   &dyad.Own{Origin: OriginICEWS, ID: "5 2024-04-22", Code: "010", Label: "Make statement", Actor: "Police (Pakistan)", Recipient: "Nobody Known", Added: folded.Date, Sentence: 3}}
	return []dyad.Record{event, folded, imported, position, expectation, claim, visit, refusal}
}

// The three forms of a record of each kind are golden: a change of form shows.
func TestForms(t *testing.T) {
	records := oneOfEach()
	var lines, table, values bytes.Buffer
	for i := range records {
		line, err := JSON(&records[i])
		if err != nil {
			t.Fatal(err)
		}
		var parsed map[string]any
		if err := json.Unmarshal(line, &parsed); err != nil {
			t.Errorf("record %d is no JSON: %v", i, err)
		}
		lines.Write(append(line, '\n'))
	}
	if err := Table(&table, records); err != nil {
		t.Fatal(err)
	}
	if err := CSV(&values, records, true); err != nil {
		t.Fatal(err)
	}
	for path, got := range map[string][]byte{"testdata/records.jsonl": lines.Bytes(), "testdata/records.table": table.Bytes(), "testdata/records.csv": values.Bytes()} {
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s has changed; if that is meant, run go test ./format -update\ngot:\n%s", path, got)
		}
	}
}

func TestShortenKeepsRunesWhole(t *testing.T) {
	for n := range 12 {
		if got := shorten("“äöü” long", n); !json.Valid([]byte(`"`+got+`"`)) || bytes.ContainsRune([]byte(got), '\uFFFD') {
			t.Errorf("cut at %d: %q", n, got)
		}
	}
}

// A sentence that is broken over lines in its file stands on one in a table.
func TestTableKeepsASentenceOnOneLine(t *testing.T) {
	r := oneOfEach()[0]
	r.Text = "Raisi visited\n  Pakistan\ttoday."
	var out bytes.Buffer
	if err := Table(&out, []dyad.Record{r}); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(out.Bytes(), []byte("“Raisi visited Pakistan today.”\n")) || bytes.Count(out.Bytes(), []byte("\n")) != 2 {
		t.Errorf("the table is\n%s", out.String())
	}
}
