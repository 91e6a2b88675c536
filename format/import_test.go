package format

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/opendyad/dyad"
)

// read gives the records of a text, and what could not be read.
func read(t *testing.T, m *Importer, layout, text string) (records []dyad.Record, faults []error) {
	t.Helper()
	for r, err := range m.Read(layout, strings.NewReader(text), "made-up."+layout) {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		records = append(records, r)
		readBack(t, &r)
	}
	return records, faults
}

// What becomes of our own made-up files is golden.
func TestImports(t *testing.T) {
	m := shippedImporter(t)
	files, err := filepath.Glob("testdata/import/*.*")
	if err != nil || len(files) < 7 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		base := filepath.Base(file)
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		layout := strings.TrimRight(base[:strings.IndexAny(base, "-.")], "0123456789")
		records, faults := read(t, m, layout, string(text))
		if len(faults) > 0 || len(records) != 4 {
			t.Errorf("%s: %d records, %v", file, len(records), faults)
		}
		var got bytes.Buffer
		if err := Table(&got, records); err != nil {
			t.Fatal(err)
		}
		for i := range records {
			line, err := JSON(&records[i])
			if err != nil {
				t.Fatal(err)
			}
			got.Write(append(line, '\n'))
		}
		golden := strings.TrimSuffix(file, filepath.Ext(file)) + ".golden"
		if *update {
			if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s has changed (%v); if that is meant, run go test ./format -update\ngot:\n%s", golden, err, got.Bytes())
		}
	}
}

// The three ways in which ICEWS files are written give the same records.
func TestICEWSInEveryDress(t *testing.T) {
	var want []byte
	for _, name := range []string{"icews", "icews-quoted", "icews-no-header"} {
		got, err := os.ReadFile("testdata/import/" + name + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from icews", name)
		}
	}
}

const icewsRowText = "1\t2019-03-04\tPeru\t\tPeru\tConsult\t040\t1\tJapan\t\tJapan\t7\t2\tLedger\t\t\t\tPeru\t-12\t-77\n"

func TestICEWSRowsThatAreDamaged(t *testing.T) {
	m := shippedImporter(t)
	change := func(old, new string) string { return strings.Replace(icewsRowText, old, new, 1) }
	for _, c := range []struct{ row, want string }{
		{change("2019-03-04", "2019-02-30"), `made-up.icews:2:Event Date: "2019-02-30" is no date`},
		{change("2019-03-04", "13/1/2019"), `made-up.icews:2:Event Date: "13/1/2019" is no date`},
		{change("040", "XX"), `made-up.icews:2:CAMEO Code: "XX": this is no CAMEO code`},
		{change("040", "990"), `made-up.icews:2:CAMEO Code: "990": CAMEO has no such code`},
		{change("Consult\t040", "\t"), "made-up.icews:2:CAMEO Code: the event has neither"},
		{change("\t1\tJapan", "\tmuch\tJapan"), `made-up.icews:2:Intensity: "much" is no number`},
		{change("\t1\tJapan", "\t11\tJapan"), "made-up.icews:2:Intensity: 11 is not between -10 and 10"},
		{change("-12\t-77", "-12\tNaN0"), `made-up.icews:2:Longitude: "NaN0" is no number`},
		{change("\t7\t2\t", "\t7\ttwo\t"), `made-up.icews:2:Sentence Number: "two" is no whole number`},
		{change("\tPeru\t-12", ""), "made-up.icews:2: the row has 18 columns where 20 are expected"},
		{change("1\t2019", "\t2019"), "made-up.icews:2:Event ID: the event has no id"},
		{change("Peru", "Pe\x00ru"), "made-up.icews:2: the row holds NUL bytes"},
		{change("Peru", strings.Repeat("Peru", 100000)), "made-up.icews:2: the row has 400074 bytes"},
	} {
		records, faults := read(t, m, "icews", icewsRowText+c.row+icewsRowText)
		if len(records) != 2 || len(faults) != 1 || !strings.Contains(faults[0].Error(), c.want) {
			t.Errorf("%d records, %v; want one fault with %q and reading to go on", len(records), faults, c.want)
		}
	}
}

func TestQuotesNeverStopReading(t *testing.T) {
	m := shippedImporter(t)
	for name, want := range map[string]string{
		`"`: `"`, `"Peru`: `"Peru`, `Peru"`: `Peru"`, `"Peru"`: "Peru", `"The ""Tony"" Club"`: `The "Tony" Club`, `"The \"Tony\" Club"`: `The "Tony" Club`,
		`"Tony" and "Bob"`: `"Tony" and "Bob"`, `""`: "", `"a\"`: `a\`, `"a\b"`: `a\b`,
	} {
		records, faults := read(t, m, "icews", strings.Replace(icewsRowText, "Peru", name, 1)+icewsRowText)
		if len(faults) != 0 || len(records) != 2 || records[0].Own.Actor != want {
			t.Errorf("%s: %d records, %v; the actor is not %s", name, len(records), faults, want)
		}
	}
}

// A header may have its columns in another order, and R's names for them.
func TestICEWSHeaderSaysTheOrder(t *testing.T) {
	records, faults := read(t, shippedImporter(t), "icews",
		"\uFEFFevent.id\tcameo_code\tevent.date\tsource.name\tsource.country\ttarget.name\ttarget.country\r\n9\t042\t2019-03-04\tPeru\tPeru\tJapan\tJapan\r\n\r\n")
	if len(faults) != 0 || len(records) != 1 || Line(&records[0]) != "PER CONSULT/visit JPN  (ICEWS 042)" {
		t.Errorf("%v %v", records, faults)
	}
	_, faults = read(t, shippedImporter(t), "icews", "Event ID\tColour\n9\tred\n")
	if len(faults) != 1 || faults[0].Error() != "reading made-up.icews: its header has no column Event Date, which an ICEWS event file needs" {
		t.Errorf("%v", faults)
	}
}

// Zeros that a spreadsheet has eaten are put back where that is sure.
func TestLeadingZeros(t *testing.T) {
	m := shippedImporter(t)
	file := func(codes ...string) (text string) {
		for _, code := range codes {
			text += strings.Replace(icewsRowText, "040", code, 1)
		}
		return text
	}
	records, faults := read(t, m, "icews", file("040", "10", "112", "40", "311", "190", "10", "4"))
	var got []string
	for _, r := range records {
		got = append(got, r.Own.Code)
	}
	if want := "[040 10 112 040 0311 190 04]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if len(faults) != 1 || !strings.Contains(faults[0].Error(), "lost the leading zeros") {
		t.Errorf("%v", faults)
	}
}

func TestGDELTRowsThatAreDamaged(t *testing.T) {
	m := shippedImporter(t)
	text, err := os.ReadFile("testdata/import/gdelt1.csv")
	if err != nil {
		t.Fatal(err)
	}
	good := string(text)
	first, rest, _ := strings.Cut(good, "\n")
	for _, c := range []struct{ old, new, want string }{
		{"20190304", "20191304", `made-up.gdelt:1:SQLDATE: "20191304" is no date`},
		{"800001", "eight", `made-up.gdelt:1:GLOBALEVENTID: "eight" is no number`},
		{"\t042\t042", "\t---\t---", `made-up.gdelt:1:EventCode: "---": this is no CAMEO code`},
		{"\t1\t1.9\t", "\t1\tlots\t", `made-up.gdelt:1:GoldsteinScale: "lots" is no number`},
		{"\t1\t1.9\t", "\t5\t1.9\t", "made-up.gdelt:1:QuadClass: 5 is no quad class"},
		{"-12.05", "-120.5", "made-up.gdelt:1:ActionGeo_Lat: -120.5 is not between -90 and 90"},
		{"\t4\tLima", "\t7\tLima", `made-up.gdelt:1:ActionGeo_Type: "7" is no type of place`},
		{"\tJAPAN", "", "made-up.gdelt:1: the row has 57 columns"},
		{"\tJAPAN", "\tJAPAN\tJAPAN", "made-up.gdelt:1: the row has 59 columns"},
	} {
		_, faults := read(t, m, "gdelt", strings.Replace(first, c.old, c.new, 1)+"\n"+rest)
		if c.new == "" { // a column less is the older layout, whose last columns do not fit
			if len(faults) == 0 {
				t.Errorf("a lost column passed")
			}
			continue
		}
		if len(faults) != 1 || !strings.Contains(faults[0].Error(), c.want) {
			t.Errorf("%v; want one fault with %q", faults, c.want)
		}
	}
}

// A file with rows of both versions is read whole, and that it is mixed is told once.
func TestMixedGDELT(t *testing.T) {
	text := string(madeUpGDELT(3, 58)) + string(madeUpGDELT(3, 61)) + string(madeUpGDELT(2, 58))
	records, faults := read(t, shippedImporter(t), "gdelt", text)
	if len(records) != 8 || len(faults) != 1 || !strings.Contains(faults[0].Error(), "made-up.gdelt:4: the file began as GDELT 1.0 with 58 columns and goes on as GDELT 2.0 with 61") {
		t.Errorf("%d records, %v", len(records), faults)
	}
}

// Other programs write GDELT's rows with a header, commas and columns of their own.
func TestGDELTWithAHeader(t *testing.T) {
	records, faults := read(t, shippedImporter(t), "gdelt", `EventCode,CAMEOCodeDescription,GLOBALEVENTID,SQLDATE,Actor1Code,Actor1Name,Actor1CountryCode,Actor2Code,Actor2CountryCode,ActionGeo_Type,ActionGeo_FullName,ActionGeo_CountryCode,ActionGeo_Lat,ActionGeo_Long,DATEADDED
042," Make a visit, not a short one",800001,20190304,JPN,JAPAN,JPN,PER,PER,4,"Lima, Lima, Peru",PE,-12.05,-77.05,20190304001500
042,Make a visit
`)
	if len(records) != 1 || Line(&records[0]) != "JPN CONSULT/visit PER  in Lima  (GDELT 042)" || records[0].Own.ID != "800001" || records[0].Own.Added.Day != 4 ||
		len(faults) != 1 || !strings.Contains(faults[0].Error(), "made-up.gdelt:3: the row has 2 columns where 15 are expected") {
		t.Errorf("%v %v", records, faults)
	}
	_, faults = read(t, shippedImporter(t), "gdelt", "GLOBALEVENTID,SQLDATE,EventCode\n1,20190304,042\n")
	if len(faults) != 1 || !strings.Contains(faults[0].Error(), "its header has no column Actor1Code") {
		t.Errorf("%v", faults)
	}
}

func TestLabelsThatAreUnknown(t *testing.T) {
	records, faults := read(t, shippedImporter(t), "labels", "source\tevent\ttarget\tdate\nPeru\tConsult\tJapan\t2019-03-04\nPeru\tDance\tJapan\t2019-03-04\nPeru\tConsult\tJapan\n")
	if len(records) != 1 || records[0].Own.Code != "040" || len(faults) != 2 || !strings.Contains(faults[0].Error(), `made-up.labels:3:label: "Dance" is no label`) ||
		!strings.Contains(faults[1].Error(), "made-up.labels:4: the row has 3 columns where 4 are expected") {
		t.Errorf("%v %v", records, faults)
	}
}

// The same event has the same id in every file that has it, and no other event has it.
func TestImportedIDs(t *testing.T) {
	m := shippedImporter(t)
	daily, _ := read(t, m, "icews", icewsRowText)
	yearly, _ := read(t, m, "icews", strings.NewReplacer("2019-03-04", "3/4/2019", "Peru", `"Peru"`).Replace(icewsRowText))
	nextDay, _ := read(t, m, "icews", strings.Replace(icewsRowText, "2019-03-04", "2019-03-05", 1))
	if daily[0].ID != yearly[0].ID || daily[0].ID == nextDay[0].ID || len(daily[0].ID) != 16 {
		t.Errorf("ids %s, %s, %s", daily[0].ID, yearly[0].ID, nextDay[0].ID)
	}
}

func TestRowsInLatin1(t *testing.T) {
	records, faults := read(t, shippedImporter(t), "labels", "Jos\xe9 Example\tConsult\tPeru\t2019-03-04\n")
	if len(faults) != 0 || records[0].Own.Actor != "José Example" {
		t.Errorf("%v %v", records, faults)
	}
}

// Files are unpacked whatever they are called.
func TestPackedEvents(t *testing.T) {
	text := []byte(icewsRowText)
	packed := map[string][]byte{"plain": text}
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	g.Write(text)
	g.Close()
	packed["gzip"] = bytes.Clone(b.Bytes())
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	packed["zstd"] = z.EncodeAll(text, nil)
	b.Reset()
	archive := zip.NewWriter(&b)
	for name, content := range map[string][]byte{"a.tsv": text, "deep/b.tsv.gz": packed["gzip"], "__MACOSX/._a.tsv": {1, 2}, "deep/": nil} {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(content)
	}
	archive.Close()
	packed["zip"] = b.Bytes()
	m := shippedImporter(t)
	for kind, content := range packed {
		path := filepath.Join(t.TempDir(), "events."+kind)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		records, told := 0, 0
		for file, err := range OpenEvents(path, func(n int) { told += n }) {
			if err != nil {
				t.Fatal(err)
			}
			for _, err := range m.ICEWS(file, file.Name) {
				if err != nil {
					t.Errorf("%s: %v", file.Name, err)
				}
				records++
			}
		}
		if want := map[string]int{"zip": 2}[kind]; records != max(1, want) || told < len(content)/2 {
			t.Errorf("%s: %d records, %d bytes told", kind, records, told)
		}
	}
}

func TestPackedEventsThatAreDamaged(t *testing.T) {
	write := func(content []byte) string {
		path := filepath.Join(t.TempDir(), "events.zip")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct{ path, want string }{
		{write([]byte("PK\x03\x04 and no more")), "it may not have been downloaded to its end"},
		{write([]byte("\x1f\x8bno gzip at all")), "unpacking "},
		{filepath.Join(t.TempDir(), "absent"), "opening the events: "},
	} {
		n := 0
		for _, err := range OpenEvents(c.path, nil) {
			n++
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q in it", err, c.want)
			}
		}
		if n != 1 {
			t.Errorf("%d errors for %s", n, c.path)
		}
	}
	if _, _, err := UnpackEvents(strings.NewReader("PK\x03\x04"), "standard input"); err == nil || !strings.Contains(err.Error(), "a zip archive can only be read from a file") {
		t.Error(err)
	}
}

// A file that breaks off in its packing gives what came before and one error.
func TestEventsThatBreakOff(t *testing.T) {
	records, last := 0, error(nil)
	for _, err := range shippedImporter(t).ICEWS(io.MultiReader(strings.NewReader(icewsRowText+icewsRowText), failing{}), "broken.tsv") {
		if last = err; err == nil {
			records++
		}
	}
	if records != 2 || last == nil || last.Error() != "reading broken.tsv after line 2: the disk is gone" {
		t.Errorf("%d records, %v", records, last)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestLayoutsThatAreUnknown(t *testing.T) {
	_, faults := read(t, shippedImporter(t), "acled", "a\n")
	if len(faults) != 1 || faults[0].Error() != `reading made-up.acled: "acled" is no layout; dyad reads icews, labels, gdelt, phoenix, polecat` {
		t.Errorf("%v", faults)
	}
}

// A file of another kind is not read to its end, and is one fault.
func TestFilesOfAnotherKind(t *testing.T) {
	_, faults := read(t, shippedImporter(t), "icews", strings.Repeat("no event\n", 5000))
	if len(faults) != 1 || !strings.Contains(faults[0].Error(), "none of its first 1000 rows can be read as events of ICEWS") {
		t.Errorf("%d faults, the last %v", len(faults), faults[len(faults)-1])
	}
}

// Reading can be stopped at any row.
func TestReadingStops(t *testing.T) {
	n := 0
	for range shippedImporter(t).GDELT(bytes.NewReader(madeUpGDELT(10, 58)), "x") {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d rows", n)
	}
}

func FuzzICEWS(f *testing.F) { fuzzReader(f, "icews", icewsRowText) }
func FuzzGDELT(f *testing.F) {
	fuzzReader(f, "gdelt", string(madeUpGDELT(2, 58))+string(madeUpGDELT(1, 61)))
}
func FuzzPhoenix(f *testing.F) { fuzzReader(f, "phoenix", phoenixText) }
func FuzzPOLECAT(f *testing.F) { fuzzReader(f, "polecat", polecatText) }
func FuzzLabels(f *testing.F)  { fuzzReader(f, "labels", "Peru\tConsult\tJapan\t2019-03-04\n") }

// fuzzReader reads anything: every record can be written and read back, every fault
// names its line, and no more come than there are lines.
func fuzzReader(f *testing.F, layout, seed string) {
	m := shippedImporter(f)
	f.Add([]byte(seed))
	f.Add([]byte(strings.ReplaceAll(seed, "\t", "\"\t\"")))
	f.Fuzz(func(t *testing.T, text []byte) {
		lines := bytes.Count(text, []byte("\n")) + 1
		n := 0
		for r, err := range m.Read(layout, bytes.NewReader(text), "fuzz") {
			if n++; err == nil {
				readBack(t, &r)
			} else if fault := new(RowError); errors.As(err, &fault) && (fault.Line < 1 || fault.Line > lines) {
				t.Fatalf("%v of %d lines", err, lines)
			}
		}
		if n > lines+1 {
			t.Fatalf("%d records and faults from %d lines", n, lines)
		}
	})
}
