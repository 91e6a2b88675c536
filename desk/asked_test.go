package desk_test

import (
	"math"
	"strings"
	"testing"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
)

func TestPartyNamed(t *testing.T) {
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"IRN": "IRN", " iran ": "IRN", "Iran gov": "IRN GOV", "IRN-PAK": "IRN-PAK", "iran-Pakistan": "IRN-PAK",
		"Guinea-Bissau": "GNB", "Guinea-Bissau-Senegal": "GNB-SEN", "Senegal-Guinea-Bissau": "SEN-GNB", "Timor-Leste-IDN": "TLS-IDN",
	} {
		if got, err := desk.PartyNamed(book, name); err != nil || got != want {
			t.Errorf("%q is %q, %v; want %s", name, got, err, want)
		}
	}
	for name, want := range map[string]string{
		"Iran Pakistan": "the pair is IRN-PAK", "Iran GOV-Pakistan": "a pair is of countries alone", "Iran-": "no state", "-": "no state", "": "no state", "Atlantis-Iran": "no state",
	} {
		if got, err := desk.PartyNamed(book, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %q, %v; want the error %q", name, got, err, want)
		}
	}
}

func TestAskedFilter(t *testing.T) {
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	asked := desk.Asked{Mode: []string{"VISIT"}, Event: []string{"consult"}, Aux: []string{"Actual"}, Origin: []string{"ICEWS"}, Language: []string{"EN"}}
	f, faults := asked.Filter(book)
	if len(faults) > 0 || f.Mode[0] != "visit" || f.Event[0] != "CONSULT" || f.Aux[0] != "actual" || f.Origin[0] != "icews" || f.Language[0] != "en" {
		t.Errorf("%+v, %v", f, faults)
	}
	for parameter, asked := range map[string]desk.Asked{
		"confidence": {Confidence: math.NaN()}, "origin": {Origin: []string{"labels"}}, "actor": {Actor: []string{"IRN-PAK"}}, "quad": {Quad: []int{0}},
		"to": {From: "2024-05", To: "2024-04"}, "published_to": {PublishedFrom: "2024", PublishedTo: "2023"}, "mode": {Mode: []string{"vist"}},
	} {
		if _, faults := asked.Filter(book); len(faults) != 1 || faults[0].Parameter != parameter || faults[0].Message == "" {
			t.Errorf("%+v: %+v, want a fault of %s", asked, faults, parameter)
		}
	}
}
