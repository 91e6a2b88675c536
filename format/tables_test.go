package format

import (
	"slices"
	"strings"
	"testing"

	"github.com/opendyad/dyad/codebook"
)

// Every code in the tables of imports is one that the codebook has.
func TestTables(t *testing.T) {
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	m := NewImporter(book)
	for _, row := range table("countries.txt") {
		if m.states[row[0]] == nil {
			t.Errorf("countries.txt: the codebook has no state %s", row[0])
		}
	}
	for alias := range m.cameo {
		if m.states[alias] != nil {
			t.Errorf("countries.txt: %s stands for another country, but is one itself", alias)
		}
	}
	for _, row := range table("sectors.txt") {
		if !slices.ContainsFunc(book.Ontology.Sectors, func(c codebook.Code) bool { return c.ID == row[1] }) {
			t.Errorf("sectors.txt: the codebook has no sector %s", row[1])
		}
	}
	for _, row := range table("organisations.txt") {
		if g := m.groups[row[0]]; g == nil || g.Identifier != row[1] || g.Code == "" {
			t.Errorf("organisations.txt: %s is no organisation of the codebook: %+v", row[1], g)
		}
	}
	for _, row := range table("labels.txt") {
		if m.meaning(row[1]) == nil || m.codeOfLabel(row[0]) != row[1] {
			t.Errorf("labels.txt: %q is not %s of the codebook", row[0], row[1])
		}
	}
}

func TestCAMEOCountries(t *testing.T) {
	m := shippedImporter(t)
	for code, want := range map[string]string{
		"PAK": "PAK", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "KSV": "XKX", "PAL": "PSE", "SUN": "RUS",
		"EUR": "", "WST": "", "AFR": "", "IGO": "", "DDR": "", "": "",
	} {
		if got := m.cameoCountry(code); got != want {
			t.Errorf("%s is %q, want %q", code, got, want)
		}
	}
	for code, want := range map[string]string{"UK": "GBR", "GM": "DEU", "CH": "CHN", "SZ": "CHE", "AU": "AUT", "AS": "AUS", "GZ": "PSE", "KV": "XKX", "OS": ""} {
		if got := m.fips[code]; got != want {
			t.Errorf("FIPS %s is %q, want %q", code, got, want)
		}
	}
}

// CAMEO's MED is the media and its HLH is health, whose code in PLOVER is MED.
func TestSectorsThatSoundAlike(t *testing.T) {
	m := shippedImporter(t)
	for sectors, want := range map[string]string{
		"Medical / Health": "MED", "Media,Social": "JRN", "Military,Government": "MIL", "Police,Government": "COP", "Government": "GOV",
		"Executive,Defense / Security Ministry,Government": "GOV", "Legislative / Parliamentary,Parties,(National) Major Party,Government": "LEG",
		"Elite,Executive,Executive Office,Government": "GOV", "Parties,(National) Major Party,Ideological,Center Left": "PTY", "Dissident,Rebel": "REB",
		"Shinto": "", "": "",
	} {
		if got := newNameCache(m).sectorsOf(sectors); got.sector != want {
			t.Errorf("%s is %q, want %s", sectors, got.sector, want)
		}
	}
	if m.sectors["cameo"]["MED"].code != "JRN" || m.sectors["cameo"]["HLH"].code != "MED" {
		t.Error("CAMEO's MED or HLH has PLOVER's meaning")
	}
}

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"Lee Myung-bak": "lee myung bak", "Abdullah Gül": "abdullah gul", "the Gambia": "gambia", "Umaru Musa Yar'Adua": "umaru musa yaradua",
		"Oluṣẹgun  Ọbasanjọ": "olusegun obasanjo", "U.S. Virgin Islands": "us virgin islands", " - ": "", "Þingeyri": "þingeyri", "Cristina Fernández": "cristina fernandez",
	} {
		if got := fold(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	long := strings.Repeat("é", 100000)
	if got := fold(long); len(got) != 100000 {
		t.Errorf("%d bytes", len(got))
	}
}
