package pipeline_test

import (
	"sort"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// statements writes the positions, expectations and claims of a coding, in order of
// their letters: "claim ALD BRE strained mending", "position COR against",
// "expectation BRE not".
func statements(coding dyad.Coding) string {
	var out []string
	codes := func(entities []dyad.Entity) string {
		var list []string
		for _, e := range entities {
			list = append(list, e.Code)
		}
		sort.Strings(list)
		return strings.Join(list, " ")
	}
	for _, r := range coding.Records {
		words := []string{string(r.Kind)}
		switch {
		case r.Claim != nil && r.Claim.Fact == "":
			words = append(words, codes(r.Claim.Pair), r.Claim.State, r.Claim.Direction)
		case r.Position != nil:
			words = append(words, codes(r.Position.Holder), r.Position.Stance)
		case r.Expectation != nil:
			words = append(words, codes(r.Expectation.Who), r.Expectation.Polarity)
		default:
			continue
		}
		words = append(words, r.Aux...)
		out = append(out, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	sort.Strings(out)
	return strings.Join(out, "; ")
}

// Positions, expectations and claims as a reader takes them from a sentence.
func TestStatements(t *testing.T) {
	p := newPipeline(t)
	for _, test := range []struct{ text, want string }{
		// claims, from a noun for the relation, for one side, and from what both do
		{"Relations between Aldoria and Brennia are strained.", "claim ALD BRE strained"},
		{"Relations between Aldoria and Brennia have sunk to a new low.", "claim ALD BRE strained worsening"},
		{"The thaw between Aldoria and Brennia surprised everybody.", "claim ALD BRE strained mending"},
		{"Aldoria is Brennia's closest ally.", "claim ALD BRE close"},
		{"Aldoria and Brennia have fallen out.", "claim ALD BRE strained worsening"},
		{"Aldoria and Brennia loathe each other.", "claim ALD BRE hostile"},
		{"Aldoria is hardly on the best of terms with Brennia.", "claim ALD BRE strained"},
		{"A business partner of the minister was arrested in Corva.", ""},
		// positions
		{"Corva opposes the dam.", "position COR against"},
		{"Corva does not support the dam.", "position COR against"},
		{"Corva regards the dam as a threat.", "position COR concerned"},
		{"Corva maintains that the dam is illegal.", "position COR against"},
		{"Corva insists that the dam must be closed.", "position COR calls_for"},
		{"For Corva the dam is unacceptable.", "position COR against"},
		{"In Corva's eyes the dam is a threat.", "position COR concerned"},
		{"The dam was opposed by Corva.", "position COR against"},
		// what is no position: an act told once, a thing, a greeting
		{"Corva condemned the raid.", ""},
		{"Corva told the press that the road was open.", ""},
		// expectations
		{"Brennia is expected to sign the treaty.", "expectation BRE"},
		{"Brennia is unlikely to sign the treaty.", "expectation BRE not"},
		{"Few expect Brennia to sign the treaty.", "expectation BRE not"},
		{"Brennia may yet sign the treaty.", "expectation BRE"},
		{"Brennia is close to signing the treaty.", "expectation BRE"},
		{"Brennia signed a plan for a canal.", ""},
		// left open: nobody in particular is expected
		{"Whether the truce will hold remains to be seen.", "expectation; expectation"},
		{"Will the truce hold?", "expectation"},
	} {
		if got := statements(p.Code(dyad.Story{ID: "s", Text: test.text, Published: may15})); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// A third country that is close to the story's two, and the two by their common names.
func TestStatementsOfAStory(t *testing.T) {
	p := newPipeline(t)
	opening := "Aldoria met Brennia in Aldport. Aldoria and Brennia talked about the river. "
	for _, test := range []struct{ text, want string }{
		{"Corva, a friend to both, offered help.", "claim ALD COR close; claim BRE COR close"},
		{"The two neighbours are at daggers drawn.", "claim ALD BRE hostile"},
		{"Ties are on the mend.", "claim ALD BRE strained mending"},
	} {
		if got := statements(p.Code(dyad.Story{ID: "s", Text: opening + test.text, Published: may15})); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// What visitor and host hold right beside the visit is on its agenda.
func TestVisitAgenda(t *testing.T) {
	p := newPipeline(t)
	text := "President Anna Veld visited Brennia on Monday. Corva condemned a raid. Aldoria and Brennia support the tariff. "
	near := "President Anna Veld visited Brennia on Monday. Aldoria and Brennia support free trade."
	agenda := func(text string) string {
		for _, r := range p.Code(dyad.Story{ID: "s", Text: text, Published: may15}).Records {
			if r.Visit != nil {
				return strings.Join(r.Visit.Agenda, " ")
			}
		}
		return "no visit"
	}
	if got := agenda(near); got != "trade" {
		t.Errorf("agenda %q, want trade", got)
	}
	if got := agenda(text); got != "" {
		t.Errorf("agenda %q, want none: the sentence stands too far off", got)
	}
}
