package codebook

import (
	"strings"
	"testing"
)

func TestStatesByName(t *testing.T) {
	book, err := Load(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{{"IRN", "IRN"}, {"iran", "IRN"}, {" Pakistan ", "PAK"}, {"Iranian", "IRN"}, {"Upper Volta", "BFA"}, {"igo", "IGO"},
		{"Korea", "South Korea (KOR)"}, {"Korea", "North Korea (PRK)"}, {"Pakstan", "Pakistan (PAK)"}, {"Atlantis", "no state"}} {
		code, err := book.State(c[0])
		if err != nil {
			code = err.Error()
		}
		if code != c[1] && (err == nil || !strings.Contains(code, c[1])) {
			t.Errorf("%q gives %q, want %q", c[0], code, c[1])
		}
	}
}
