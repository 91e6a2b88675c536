package pipeline_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/pipeline"
)

func newPipeline(t testing.TB) *pipeline.Pipeline {
	t.Helper()
	model, err := nlp.Load()
	if err != nil {
		t.Fatal(err)
	}
	book, err := codebook.World(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return pipeline.New(model, book)
}

var may15 = dyad.Date{Year: 2024, Month: 5, Day: 15}

const visitStory = "Anna Veld visited Brennia on Monday. The visit of President Anna Veld to Brennia was short. " +
	"During her visit to Brennia she praised the trade deal. Brennia condemned a raid by Corva."

// One visit told three times is one event with two further mentions, and one visit.
func TestMerge(t *testing.T) {
	p := newPipeline(t)
	coding := p.Code(dyad.Story{ID: "s", Text: visitStory, Published: may15})
	events, visits := 0, 0
	for _, r := range coding.Records {
		if r.Event != nil && r.Event.Mode == "visit" {
			events++
			if len(r.Mentions) == 0 {
				t.Errorf("the visit has no further mentions: %s", format.Line(&r))
			}
		}
		if r.Visit != nil {
			visits++
		}
	}
	if events != 1 || visits != 1 {
		t.Errorf("%d visit events and %d visits, want one of each", events, visits)
	}
}

// Every record has a reason, an id of its own, and evidence inside its story.
func TestRecordsCarryTheirEvidence(t *testing.T) {
	p := newPipeline(t)
	p.Merge = false
	ids := map[string]bool{}
	for _, r := range p.Code(dyad.Story{ID: "s", Text: visitStory, Published: may15}).Records {
		e := r.Evidence
		if len(r.Reasons) == 0 || r.ID == "" || ids[r.ID] || e.Start < 0 || e.End > len(visitStory) || visitStory[e.Start:e.End] != r.Text ||
			e.Trigger.Start < e.Start || e.Trigger.End > e.End || r.Codebook == "" {
			t.Errorf("evidence, reasons or id are wrong: %+v", r)
		}
		ids[r.ID] = true
	}
}

// Codings come in the order of the stories, failures among them, and do not
// depend on how many work.
func TestIDsAreOfOneRecord(t *testing.T) {
	seen := map[string]string{}
	text := "Brennia will never be a failed state in the sense of other ungoverned countries. There will never be a triumph over the gangs, nor are they ever to be beaten, Brennia said."
	for _, r := range newPipeline(t).Code(dyad.Story{ID: "ids", Text: text}).Records {
		if first, again := seen[r.ID]; again {
			t.Errorf("%q and %q have the id %s", first, r.Text, r.ID)
		}
		seen[r.ID] = r.Text
	}
	if len(seen) == 0 {
		t.Error("the text gives no records")
	}
}

func TestRunKeepsOrder(t *testing.T) {
	p := newPipeline(t)
	source := func(yield func(dyad.Story, error) bool) {
		for i := range 40 {
			var err error
			if i%7 == 3 {
				err = errors.New("broken")
			}
			if !yield(dyad.Story{ID: fmt.Sprint(i), Text: visitStory, Published: may15}, err) {
				return
			}
		}
	}
	var one, three []dyad.Coding
	for c := range p.Run(source, 1) {
		one = append(one, c)
	}
	for c := range p.Run(source, 3) {
		three = append(three, c)
	}
	if len(one) != 40 || !reflect.DeepEqual(one, three) {
		t.Errorf("%d codings by one worker, %d by three; want 40 of the same", len(one), len(three))
	}
	if one[3].Story != "3" || len(one[3].Failures) != 1 || len(one[4].Records) == 0 {
		t.Errorf("story 3 is to fail and story 4 to be coded: %+v", one[3])
	}
	for range p.Run(source, 2) { // stopping early leaves nobody waiting
		break
	}
}

// Bad and hostile texts give records or none, never a panic; each ends.
func TestHostileTexts(t *testing.T) {
	p := newPipeline(t)
	for name, text := range map[string]string{
		"empty": "", "blank": " \n\t ", "invalid UTF-8": "Brennia \xff\xfe condemned \xc3 Aldoria.", "NUL": "Brennia\x00condemned\x00Aldoria.",
		"10,000 words": strings.Repeat("Brennia condemned Aldoria and ", 2500), "no blanks": strings.Repeat("x", 1<<20),
		"capitals": "BRENNIA CONDEMNED ALDORIA.", "quotes": strings.Repeat("\"", 5000), "brackets": strings.Repeat("(", 5000), "dots": strings.Repeat(". ", 5000),
	} {
		if c := p.Code(dyad.Story{ID: name, Text: text, Published: may15}); len(c.Failures) > 0 {
			t.Errorf("%s: %v", name, c.Failures)
		}
	}
}

func FuzzCode(f *testing.F) {
	p := newPipeline(f)
	for _, s := range []string{visitStory, "", "\xff", "Brennia did not attack Aldoria, Corva said.", "A\n\nB"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		story := dyad.Story{ID: "f", Text: text, Published: may15}
		first, second := p.Code(story), p.Code(story)
		if len(first.Failures) > 0 {
			t.Fatal(first.Failures)
		}
		if !reflect.DeepEqual(first, second) {
			t.Fatal("coding twice gives different records")
		}
		for _, r := range first.Records {
			if r.Evidence.Start < 0 || r.Evidence.End > len(text) || r.Evidence.Start > r.Evidence.End || len(r.Reasons) == 0 {
				t.Fatalf("evidence outside the text or no reason: %+v", r)
			}
		}
	})
}

func BenchmarkCode(b *testing.B) {
	p := newPipeline(b)
	sentences := 0
	b.ReportAllocs()
	for b.Loop() {
		p.Code(dyad.Story{ID: "s", Text: visitStory, Published: may15})
		sentences += 4
	}
	b.ReportMetric(float64(sentences)/b.Elapsed().Seconds(), "sentences/s")
}

func ExamplePipeline_Code() {
	model, err := nlp.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	book, err := codebook.World(codebook.Shipped())
	if err != nil {
		fmt.Println(err)
		return
	}
	p := pipeline.New(model, book)
	coding := p.Code(dyad.Story{ID: "s", Text: "Brennia condemned Aldoria.", Published: dyad.Date{Year: 2024, Month: 5, Day: 15}})
	for i := range coding.Records {
		if r := &coding.Records[i]; r.Kind == dyad.KindEvent {
			fmt.Println(format.Line(r))
		}
	}
	// Output: BRE ACCUSE/disapprove ALD
}
