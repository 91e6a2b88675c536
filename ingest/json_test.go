package ingest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/opendyad/dyad"
)

// told reads JSON and tells what came: stories, notes and problems, a line each.
func told(data string, o Options) string {
	var out []string
	o.Input, o.Now = JSONL, noon
	o.Noted = func(p *Problem) { out = append(out, "note "+p.Error()) }
	for st, err := range Read(strings.NewReader(data), "in.json", o) {
		if err != nil {
			out = append(out, "problem "+err.Error())
			continue
		}
		out = append(out, fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s", st.ID, st.Published, st.PublishedBasis, st.Title, st.Text, st.Language, st.Source))
	}
	return strings.Join(out, "\n")
}

func TestJSONForms(t *testing.T) {
	const a, b = `{"id":"a","date":"2024-04-22","text":"One."}`, `{"id":"b","date":"2024-04-23","text":"Two, {\"three\"}."}`
	const wantA, wantB = "a|2024-04-22|stated||One.|en|in.json:", `b|2024-04-23|stated||Two, {"three"}.|en|in.json:`
	spread := strings.NewReplacer(`{"`, "{\n  \"", `","`, "\",\n  \"", `"}`, "\"\n}")
	for name, c := range map[string]struct{ data, want string }{
		"lines":                 {a + "\n" + b + "\n", wantA + "1\n" + wantB + "2"},
		"lines of Windows":      {a + "\r\n\r\n" + b + "\r\n", wantA + "1\n" + wantB + "3"},
		"blank lines first":     {"\n \n" + a + "\n" + b, wantA + "3\n" + wantB + "4"},
		"a mark":                {"\ufeff" + a, wantA + "1"},
		"array":                 {"[" + a + "," + b + "]", wantA + "1\n" + wantB + "1"},
		"array over lines":      {"[\n  " + a + ",\n  " + b + "\n]\n", wantA + "2\n" + wantB + "3"},
		"empty array":           {"[]", ""},
		"two arrays":            {"[" + a + "]\n[" + b + "]", wantA + "1\n" + wantB + "2"},
		"one object over lines": {spread.Replace(a), wantA + "1"},
		"objects over lines":    {spread.Replace(a) + "\n" + "{\n\"id\":\"c\", \"text\":\"Four.\"}", wantA + "1\nc||||Four.|en|in.json:6"},
		"array that is cut":     {"[" + a + ",{\"id\":\"b", wantA + "1\nproblem in.json:1:8: it is no JSON object of a story: unexpected end of JSON input"},
		"array of numbers":      {"[1, " + a + "]", "problem in.json:1:1: it is no JSON object of a story: an object in braces is wanted\n" + wantA + "1"},
		"first line is broken":  {`{"id":"x",` + "\n" + a, "problem in.json:1:10: it is no JSON object of a story: unexpected end of JSON input\n" + wantA + "2"},
	} {
		if got := told(c.data, Options{}); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestJSONFields(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{`{"story_id":7,"pub_date":"20240423","headline":"H","event_text":"Two."}`, "7|2024-04-23|stated|H|Two.|en|in.json:1"},
		{`{"ID":"a","Title":"<b>A &amp; B</b>\u0000","TEXT":"It\u0092s\u0000 so.\r\nYes.","publisher":null,"lang":"spa"}`, "a|||A & B|It’s so.\nYes.|es|in.json:1"},
		{`{"id":"a","event_text":["One.","Two."],"event_mode":["x"],"contexts":{"a":1}}`, "a||||One.\n\nTwo.|en|in.json:1"},
		{`{"story_id":"s","id":"i","headline":"","title":"T","text":"One."}`, "i|||T|One.|en|in.json:1"},
		{`{"text":"One."}`, "in.json:1||||One.|en|in.json:1"},
		{`{"id":"a","date":"31 April","text":"One."}`, "note in.json:1: the date \"31 April\" cannot be read and counts as unknown; want one such as 2024-04-22\na||||One.|en|in.json:1"},
		{`{"id":"a","date":0,"text":"One."}`, "note in.json:1: the date \"0\" cannot be read and counts as unknown; want one such as 2024-04-22\na||||One.|en|in.json:1"},
		{`{"id":"a","date":"1970-01-01","text":"One."}`, "note in.json:1: it is published on 1970-01-01, which cannot be; its date counts as unknown\na||||One.|en|in.json:1"},
		{`{"id":"a","date":"2031-01-01","text":"One."}`, "note in.json:1: it is published on 2031-01-01, which cannot be; its date counts as unknown\na||||One.|en|in.json:1"},
		{`{"id":"a","text":"One.","text":"Two."}`, "note in.json:1: the key \"text\" stands twice; the last counts\na||||Two.|en|in.json:1"},
		{`{"id":"a","title":{"en":"T"},"text":"One."}`, "note in.json:1: the value of \"title\" is no text and was not read\na||||One.|en|in.json:1"},
		{`{"id":"a","date":"2024-04-22","published_basis":"page","text":"One."}`, "a|2024-04-22|page||One.|en|in.json:1"},
		{`{"id":"a","date":"2024-04-22","published_basis":"my word","text":"One."}`, "a|2024-04-22|stated||One.|en|in.json:1"},
		{`{"id":"a","text":" "}`, "problem in.json:1: it has no text; a story's text is in its field text or event_text"},
		{`{"id":"a"}`, "problem in.json:1: it has no text; a story's text is in its field text or event_text"},
		{`{"id":"a","text":"One."} {"id":"b"}`, "problem in.json:1:26: it is no JSON object of a story: invalid character '{' after top-level value"},
		{`"text"`, "problem in.json:1:1: it is no JSON object of a story: an object in braces is wanted"},
	} {
		if got := told(c.line, Options{}); got != c.want {
			t.Errorf("%s gives\n%s\nwant\n%s", c.line, got, c.want)
		}
	}
	given := Options{Published: dyad.Date{Year: 2024, Month: 5, Day: 1}}
	if got := told(`{"id":"a","text":"One."}`, given); got != "a|2024-05-01|given||One.|en|in.json:1" {
		t.Errorf("with a date given: %s", got)
	}
	if got := told(`{"id":"a","date":"soon","text":"One."}`, given); !strings.HasSuffix(got, "\na||||One.|en|in.json:1") {
		t.Errorf("a date that cannot be read is not the one given: %s", got)
	}
}

func TestHostileJSON(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want int // problems
	}{
		"a table":        {strings.Repeat("a;b;c\n", 100_000), maxBroken + 1},
		"numbers":        {"[" + strings.Repeat("1,", 100_000), maxBroken + 1},
		"nested":         {strings.Repeat("[", 1_000_000), 1},
		"nested objects": {strings.Repeat(`{"a":`, 1_000_000), 1},
		"nested value":   {`{"id":"a","text":` + strings.Repeat("[", 1_000_000), 1},
		"same key":       {"{" + strings.Repeat(`"text":"",`, 100_000) + `"text":""}`, 1},
		"endless":        {`{"id":"` + strings.Repeat("a", 3*maxObject), 1},
		"closed":         {"[" + strings.Repeat("}]", 1000), maxBroken + 1},
	} {
		if got := strings.Split(told(c.data, Options{}), "\n"); strings.Count(strings.Join(got, "\n"), "problem ") != c.want || len(got) > c.want+maxOdd {
			t.Errorf("%s: %d lines, the last %.200q; want %d problems", name, len(got), got[len(got)-1], c.want)
		}
	}
}

func TestDates(t *testing.T) {
	for s, want := range map[string]string{
		"2024-04-22": "2024-04-22", "2024-04": "2024-04", "2024": "2024", "20240422": "2024-04-22", "20240422153000": "2024-04-22",
		"2024-04-22T23:30:00-07:00": "2024-04-22", "2024-04-22T23:30:00Z": "2024-04-22", "2024-04-22 23:30": "2024-04-22", "2024-04-22t23:30:00.123456+0530": "2024-04-22",
		"Mon, 22 Apr 2024 15:30:00 GMT": "2024-04-22", "Mon, 22 Apr 2024 15:30:00 +0200": "2024-04-22", "Mon Apr 22 15:30:00 2024": "2024-04-22",
		"22 April 2024": "2024-04-22", "April 22, 2024": "2024-04-22", "Apr 2, 2024": "2024-04-02", "Sept 2, 2024": "2024-09-02", "22 Apr 2024, 15:30": "2024-04-22",
		"April 22, 2024 at 3 pm": "2024-04-22", "Monday, April 22, 2024": "2024-04-22", "2024/04/22": "2024-04-22", "2024/4/2": "2024-04-02",
		"1713774600": "2024-04-22", "1713774600000": "2024-04-22", "04/22/2024": "2024-04-22", "22/04/2024": "2024-04-22", "22.04.2024 10:00": "2024-04-22", "3.4.2024": "2024-04-03", "5/5/2024": "2024-05-05",
		" 2024-04-22 ": "2024-04-22",
		"03/04/2024":   "", "31 April": "", "2024-02-30": "", "2024-13-01T00:00:00Z": "", "20241301": "", "yesterday": "", "": "", "0": "", "-1": "", "1e9": "", "99999999999999999999": "", strings.Repeat("1 ", 500): "", "22.04.24": "",
	} {
		d, err := readDate(s)
		if d.String() != want || (err == nil) != (want != "") {
			t.Errorf("readDate(%.40q) = %q, %v; want %q", s, d, err, want)
		}
	}
}

func TestTextEncodings(t *testing.T) {
	text := "Talks in Zürich\n\nThe minister said: “It’s a café – no more.” " + strings.Repeat("The border stays open. ", 5)
	utf16, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	windows, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	russian, err := charmap.Windows1251.NewEncoder().String(strings.Repeat("Министр заявил о переговорах. ", 20))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ data, note, problem string }{
		"utf-8":          {text, "", ""},
		"a mark":         {"\ufeff" + text, "", ""},
		"line ends":      {strings.ReplaceAll(text, "\n", "\r\n"), "", ""},
		"old line ends":  {strings.ReplaceAll(text, "\n", "\r"), "", ""},
		"utf-16":         {utf16, "", ""},
		"windows-1252":   {windows, "windows-1252", ""},
		"russian":        {russian, "", "iconv -f ENCODING"},
		"utf-16 no mark": {utf16[2:], "", "UTF-16 without a byte order mark"},
		"pdf":            {"%PDF-1.7\n" + text, "", "application/pdf"},
		"zip":            {"PK\x03\x04" + text, "", "application/zip"},
		"picture":        {"\x89PNG\x0d\x0a\x1a\x0a" + text, "", "image/png"},
		"binary":         {strings.Repeat("\x00\x01\x02a", 100), "", "binary file"},
	} {
		var notes []string
		o := Options{Input: Text, Noted: func(p *Problem) { notes = append(notes, p.Error()) }}
		for st, err := range Read(strings.NewReader(c.data), "folder/a.txt", o) {
			if (err != nil) != (c.problem != "") || err != nil && (!strings.Contains(err.Error(), c.problem) || !strings.HasPrefix(err.Error(), "folder/a.txt: ")) {
				t.Errorf("%s: %v, want a problem with %q", name, err, c.problem)
			}
			if err == nil && (st.Title != "Talks in Zürich" || st.Title+"\n\n"+st.Text != text || st.Source != "folder/a.txt") {
				t.Errorf("%s: %q, %q", name, st.Title, st.Text)
			}
		}
		if (len(notes) == 1) != (c.note != "") || c.note != "" && !strings.Contains(notes[0], c.note) {
			t.Errorf("%s: notes %q, want %q", name, notes, c.note)
		}
	}
	line, err := charmap.Windows1252.NewEncoder().String(`{"id":"a","text":"The café in Zürich stays open for talks, the minister said."}`)
	if err != nil {
		t.Fatal(err)
	}
	if got := told(line, Options{}); !strings.Contains(got, "The café in Zürich") || !strings.HasPrefix(got, "note in.json:1: the line is no UTF-8") {
		t.Errorf("a line of windows-1252 gives %s", got)
	}
}

// TestUnknownNames reads every form without a name that says it.
func TestUnknownNames(t *testing.T) {
	wetArchive, _ := wet(t, 1, "plain")
	for name, c := range map[string]struct{ data, text string }{
		"json":     {`{"id":"a","text":"One."}`, "One."},
		"array":    {"[\n{\"id\":\"a\",\"text\":\"One.\"}]", "One."},
		"html":     {"\n<!DOCTYPE html>\n" + htmlPage(), "would stay open"},
		"warc":     {string(wetArchive), "border number 0"},
		"petrarch": {`<?xml version="1.0"?><Sentences><Sentence date="20240422" id="A_1"><Text>One.</Text></Sentence></Sentences>`, "One."},
		"text":     {"The border stays open.", "The border"},
		"bracket":  {"[Brennburg, 22 April] The border stays open.", "The border"},
	} {
		for _, packing := range []string{"plain", "gzip", "zstd"} {
			for _, file := range []string{"-", "folder/data", "data.bin"} {
				stories, problems, _ := report(pack(t, []byte(c.data), packing), file, Options{})
				if len(stories) != 1 || !strings.Contains(stories[0].Text, c.text) {
					t.Errorf("%s, %s, as %s: %+v %v", name, packing, file, stories, problems)
				}
			}
		}
	}
}

// TestAgain reads what was kept of problems once more, when what was wrong is mended.
func TestAgain(t *testing.T) {
	for _, c := range []struct{ input, source, want string }{
		{`{"id":"a","text":"One."}`, "folder/in.jsonl:12", "a"},
		{archived("conversion", "http://a.example/x", "text/plain", "Talks\nThe border stays open.\n"), "news.wet.gz, record 7", "http://a.example/x"},
		{`<Sentence date="20240422" id="A_1"><Text>One.</Text></Sentence>`, "in.xml, record 3", "A"},
		{`{"text":"One."}`, "folder/in.jsonl:12", "in.jsonl:12"},
		{htmlPage(), "folder/page.html", "page"},
		{htmlPage(), "http://a.example:8080/talks", "http://a.example:8080/talks"},
		{htmlPage(), "http://a.example:8080", "http://a.example:8080"},
		{"The border stays open.", "folder/a.txt", "a"},
	} {
		for st, err := range Again([]byte(c.input), c.source, Options{Now: noon}) {
			if err != nil || st.ID != c.want || st.Source != c.source {
				t.Errorf("%s again: %+v, %v; want the story %s", c.source, st, err, c.want)
			}
		}
	}
	for _, input := range []string{"", strings.Repeat("x", maxKept)} {
		for _, err := range Again([]byte(input), "in.jsonl:12", Options{}) {
			var p *Problem
			if !errors.As(err, &p) || p.Source != "in.jsonl:12" || !strings.Contains(err.Error(), "ingest its source again") {
				t.Errorf("an input of %d bytes again: %v", len(input), err)
			}
		}
	}
}

// TestDamagedLines changes one line, of JSON lines and of an array: all others come as
// they are.
func TestDamagedLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []string
		for i := range 8 {
			lines = append(lines, fmt.Sprintf(`{"id":"s%d","text":"Text number %d."}`, i, i))
		}
		bad := rapid.IntRange(0, 7).Draw(t, "line")
		at := rapid.IntRange(0, len(lines[bad])).Draw(t, "at")
		noise := strings.ReplaceAll(string(rapid.SliceOfN(rapid.Byte(), 1, 30).Draw(t, "noise")), "\n", "")
		lines[bad] = lines[bad][:at] + noise + lines[bad][at:]
		if bad == 0 && strings.HasPrefix(strings.TrimSpace(lines[0]), "[") {
			return // then it is an array
		}
		for _, data := range []string{strings.Join(lines, "\n"), "[\n" + strings.Join(lines, ",\n") + "\n]"} {
			stories, _, _ := report([]byte(data), "in.jsonl", Options{})
			got := " " + ids(stories) + " "
			for i := range lines {
				if i != bad && !strings.Contains(got, fmt.Sprintf(" s%d ", i)) {
					t.Fatalf("line %q takes line %d of %q with it: %s", lines[bad], i, data, got)
				}
			}
		}
	})
}
