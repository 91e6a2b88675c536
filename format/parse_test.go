package format

import (
	"bufio"
	"bytes"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"pgregory.net/rapid"
)

// Whatever a record holds, its line gives the same record and the same line again.
func TestLinesAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyRecord().Draw(t, "record")
		readBack(t, &want)
	})
}

func TestOneOfEachIsReadBack(t *testing.T) {
	for _, r := range oneOfEach() {
		readBack(t, &r)
	}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func readBack(t failer, want *dyad.Record) {
	t.Helper()
	line, err := JSON(want)
	if err != nil {
		t.Fatalf("writing: %v", err)
	}
	got, err := ParseJSON(line)
	if err != nil {
		t.Fatalf("reading back: %v", err)
	}
	if !reflect.DeepEqual(&got, want) {
		t.Fatalf("read back\n%+v\nwant\n%+v\nfrom\n%s", got, *want, line)
	}
	again, err := JSON(&got)
	if err != nil || !bytes.Equal(again, line) {
		t.Fatalf("written again (%v)\n%s\nwant\n%s", err, again, line)
	}
	plain, err := plainParse(line)
	if err != nil || !reflect.DeepEqual(plain, got) {
		t.Fatalf("encoding/json reads (%v)\n%+v\nand by hand it is\n%+v\nfrom\n%s", err, plain, got, line)
	}
}

// Lines that dyad code wrote of our own stories, some of each kind, are read back as
// they are.
func TestCodedLinesAreReadBack(t *testing.T) {
	file, err := os.Open("testdata/coded.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	kinds := map[dyad.Kind]int{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		r, err := ParseJSON(lines.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		again, err := JSON(&r)
		if err != nil || !bytes.Equal(again, lines.Bytes()) {
			t.Fatalf("written again (%v)\n%s\nwant\n%s", err, again, lines.Bytes())
		}
		kinds[r.Kind]++
	}
	if lines.Err() != nil || len(kinds) < 5 {
		t.Errorf("read %v, %v", kinds, lines.Err())
	}
}

func TestLinesThatAreNoRecords(t *testing.T) {
	for line, want := range map[string]string{
		``:                                        `at byte 0: want {`,
		`{`:                                       "at byte 1: want a string in quotes",
		`{"kind":"rumour","id":"x"}`:              `reading the record "x" from JSON: "rumour" is no kind of record`,
		`{"kind":"event","date":"yesterday"}`:     `field date: reading the date "yesterday"`,
		`{"kind":"event","enddate":"2024-13"}`:    "field enddate",
		`{"kind":"event"} {}`:                     "at byte 17: something follows the record",
		`{"kind" "event"}`:                        "at byte 8: want a colon",
		`{"kind":"event" "id":"x"}`:               "at byte 16: want a comma or }",
		`{"kind":"ev`:                             "a string has no end",
		`{"kind":"event\n`:                        "a string has no end",
		"{\"kind\":\"ev\nent\"}":                  "a string has a control character in it",
		"{\"kind\":\"ev\\q\"}":                    "a backslash is followed by what it cannot escape",
		`{"kind":"\u12"}`:                         `want four hexadecimal digits`,
		`{"kind":"event","confidence":"much"}`:    `"" is no number`,
		`{"kind":"event","quad_code":1.5}`:        `"1.5" is no whole number`,
		`{"kind":"event","own":{"root":maybe}}`:   "want true or false",
		`{"kind":"event","actor":{}}`:             "want [",
		`{"kind":"event","colour":[[[{"a":"b"}]]`: "the record has no end",
		`{"kind":"event","colour":` + strings.Repeat("[", 100000): "the record has no end",
	} {
		if _, err := ParseJSON([]byte(line)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", shorten(line, 60), err, want)
		}
	}
}

// Lines may be written in other ways than JSON writes them.
func TestLinesInAnotherHand(t *testing.T) {
	for line, want := range map[string]string{
		` { "id" : "x" , "kind":"event", "colour": {"a": [1, true, null, "]"]}, "event" : [ "CONSULT" ], "mode":null, "actor": [ {"code":"IRN","age":50} ] } `: "IRN CONSULT",
		`{"kind":"event","event":["CONSULT","AGREE"],"actor":null,"recipient":[{"code":"\u0049RN"}]}`:                                                          "- CONSULT IRN",
		`{"kind":"refusal","reason":"\ud83d\ude00 \u00e9 \ud83d \/ \t"}`:                                                                                       "left out: 😀 é \uFFFD / \t",
		`{"reason":"sport","kind":"refusal","aux":[],"own":null,"event_loc":null}`:                                                                             "left out: sport",
	} {
		r, err := ParseJSON([]byte(line))
		if err != nil || Line(&r) != want {
			t.Errorf("%s: %q, %v, want %q", line, Line(&r), err, want)
		}
	}
}

func FuzzParseJSON(f *testing.F) {
	for _, r := range oneOfEach() {
		line, err := JSON(&r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := ParseJSON(line)
		if err != nil {
			return
		}
		readBack(t, &r)
	})
}

// anyRecord draws a record of any kind, with its lists nil where they are empty.
func anyRecord() *rapid.Generator[dyad.Record] {
	return rapid.Custom(func(t *rapid.T) dyad.Record {
		r := dyad.Record{
			ID: text(t), Story: text(t), Date: date(t), DateEnd: date(t), DateBasis: text(t), Text: text(t),
			Evidence: someEvidence(t), Mentions: few(t, someEvidence), AssertedBy: few(t, entity), Issues: few(t, text), Contexts: few(t, text),
			Aux: few(t, text), Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence"), Codebook: text(t), Happening: text(t),
			Reasons: few(t, func(t *rapid.T) dyad.Reason { return dyad.Reason{Stage: text(t), Rule: text(t), Note: text(t)} }),
			Reports: few(t, func(t *rapid.T) dyad.Report {
				return dyad.Report{Record: text(t), Story: text(t), Publisher: text(t), URL: text(t), Published: date(t), Text: text(t)}
			}),
		}
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			r.Kind, r.Event = dyad.KindEvent, event(t)
		case 1:
			r.Kind, r.Event, r.Own = dyad.KindEvent, event(t), own(t)
		case 2:
			r.Kind, r.Position = dyad.KindPosition, &dyad.Position{Holder: few(t, entity), Issue: text(t), Stance: text(t), Content: text(t), Toward: few(t, entity)}
		case 3:
			r.Kind, r.Expectation = dyad.KindExpectation, &dyad.Expectation{Who: few(t, entity), Type: text(t), Mode: text(t), Recipient: few(t, entity),
				Content: text(t), Cue: text(t), Polarity: text(t), Due: date(t), DueEnd: date(t), Status: text(t), DecidedBy: text(t)}
		case 4:
			r.Kind, r.Claim = dyad.KindClaim, &dyad.Claim{Pair: few(t, entity), State: text(t), Direction: text(t), Fact: text(t), Verdict: text(t)}
		case 5:
			r.Kind, r.Visit = dyad.KindVisit, &dyad.Visit{Visitor: few(t, entity), Host: few(t, entity), Level: text(t), Start: date(t), End: date(t),
				Status: text(t), Agenda: few(t, text), Outcomes: few(t, text)}
		default:
			r.Kind, r.Refusal = dyad.KindRefusal, &dyad.Refusal{Reason: text(t)}
		}
		return r
	})
}

func event(t *rapid.T) *dyad.Event {
	e := &dyad.Event{Actor: few(t, entity), Recipient: few(t, entity), Type: text(t), Mode: text(t), CAMEO: text(t),
		Quad: rapid.IntRange(0, 4).Draw(t, "quad"), Scale: number(t), Trigger: text(t)}
	if rapid.Bool().Draw(t, "placed") {
		e.Place = &dyad.Place{Extracted: text(t), Resolved: text(t), GeoNameID: count(t), Latitude: number(t), Longitude: number(t),
			City: text(t), Province: text(t), Country: text(t), CountryCode: text(t), Resolution: count(t), Reason: text(t)}
	}
	return e
}

func own(t *rapid.T) *dyad.Own {
	return &dyad.Own{Origin: text(t), ID: text(t), Code: text(t), Label: text(t), Scale: number(t), Quad: count(t), Actor: text(t), ActorMore: text(t),
		Recipient: text(t), RecipientMore: text(t), Added: date(t), Publisher: text(t), URL: text(t), Mentions: count(t), Sources: count(t),
		Articles: count(t), Tone: number(t), Root: rapid.Bool().Draw(t, "root"), Sentence: count(t)}
}

func entity(t *rapid.T) dyad.Entity {
	return dyad.Entity{Code: text(t), Sector: text(t), Text: text(t), Identifier: text(t), Name: text(t), Office: text(t)}
}

func someEvidence(t *rapid.T) dyad.Evidence {
	return dyad.Evidence{Sequence: count(t), Span: dyad.Span{Start: count(t), End: count(t)}, Trigger: dyad.Span{Start: count(t), End: count(t)}}
}

func few[T any](t *rapid.T, draw func(*rapid.T) T) []T {
	var out []T
	for range rapid.IntRange(0, 2).Draw(t, "few") {
		out = append(out, draw(t))
	}
	return out
}

func text(t *rapid.T) string {
	return rapid.OneOf(rapid.StringN(0, 8, -1), rapid.SampledFrom([]string{"", "<&>", "a\u2028b\u2029", "\x00\b\f\n\r\t\x7f", `"\\`, "IRN", "é“”", "\ufffd"})).Draw(t, "text")
}

func count(t *rapid.T) int { return rapid.IntRange(0, 1<<40).Draw(t, "count") }

// AppendJSON leaves what stands in the buffer, and refuses what JSON cannot have.
func TestAppendJSON(t *testing.T) {
	r := oneOfEach()[0]
	line, err := JSON(&r)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := AppendJSON([]byte("before "), &r); err != nil || string(got) != "before "+string(line) {
		t.Errorf("%v %s", err, got)
	}
	r.Confidence = math.NaN()
	if _, err := JSON(&r); err == nil || !strings.Contains(err.Error(), "writing the field confidence") {
		t.Errorf("%v", err)
	}
}

// number leaves out minus zero, which a field that is absent when zero cannot tell.
func number(t *rapid.T) float64 {
	return rapid.OneOf(rapid.Float64Range(-200, 200), rapid.SampledFrom([]float64{0, 1, 1e-6, 1e-7, -3.5e-12, 1e-100, 1e21, 1e300, 123456789})).Draw(t, "number") + 0
}

func date(t *rapid.T) dyad.Date {
	d := dyad.Date{Year: rapid.IntRange(0, 9999).Draw(t, "year")}
	if d.Year > 0 {
		d.Month = rapid.IntRange(0, 12).Draw(t, "month")
	}
	if d.Month > 0 {
		d.Day = rapid.IntRange(0, 28).Draw(t, "day")
	}
	return d
}
