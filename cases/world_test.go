package cases_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/cases"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/pipeline"
)

// worldRunner codes sentences with the shipped rules in the fictional world.
func worldRunner(t testing.TB) cases.Runner {
	t.Helper()
	book, err := codebook.World(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	model, err := nlp.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := pipeline.New(model, book)
	p.Merge, p.RulesOnly = false, true
	return func(sentence string, date dyad.Date) []dyad.Record {
		return p.Code(dyad.Story{ID: "case", Text: sentence, Published: date}).Records
	}
}

func shippedCases(t testing.TB) []*cases.File {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no case files in testdata: %v", err)
	}
	var files []*cases.File
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := cases.Parse(path, string(data))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// TestWorld runs every case file on the fictional world: all pass but those
// marked todo, which all fail.
func TestWorld(t *testing.T) {
	run := worldRunner(t)
	var total cases.Result
	for _, f := range shippedCases(t) {
		t.Run(filepath.Base(f.Name), func(t *testing.T) {
			r := f.Run(run)
			for _, failure := range r.Failures {
				t.Error(failure)
			}
			total.Passed += r.Passed
			total.Todo += r.Todo
		})
	}
	t.Logf("%d passed, %d todo", total.Passed, total.Todo)
}

// TestRecordsKeepTheirPromises checks on every case what holds for all records:
// spans lie inside the text, there is a reason, and coding twice gives the same.
func TestRecordsKeepTheirPromises(t *testing.T) {
	run := worldRunner(t)
	for _, f := range shippedCases(t) {
		for _, c := range f.Cases {
			records := run(c.Sentence, c.Date)
			again := run(c.Sentence, c.Date)
			if len(records) != len(again) {
				t.Fatalf("%s:%d: coded twice, the sentence gives %d records and then %d", f.Name, c.Line, len(records), len(again))
			}
			for i, r := range records {
				if r.ID == "" || r.ID != again[i].ID {
					t.Errorf("%s:%d: the identifier is %q and then %q", f.Name, c.Line, r.ID, again[i].ID)
				}
				if len(r.Reasons) == 0 {
					t.Errorf("%s:%d: a record without a reason", f.Name, c.Line)
				}
				for _, s := range []dyad.Span{r.Evidence.Span, r.Evidence.Trigger} {
					if s.Start < 0 || s.Start > s.End || s.End > len(c.Sentence) {
						t.Errorf("%s:%d: the span %v lies outside the text of %d bytes", f.Name, c.Line, s, len(c.Sentence))
					}
				}
			}
		}
	}
}

// TestExamples runs every example of the shipped codebook: what dyad check does.
func TestExamples(t *testing.T) {
	run := worldRunner(t)
	for _, f := range codebook.Check(codebook.Shipped(), func(sentence string) []dyad.Record { return run(sentence, cases.DefaultDate) }) {
		if !f.Warning {
			t.Error(f)
		}
	}
}
