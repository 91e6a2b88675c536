package codebook

import "testing"

func shippedBook(t testing.TB) *Codebook {
	t.Helper()
	book, err := Load(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestOntologyIsWhole(t *testing.T) {
	o := &shippedBook(t).Ontology
	modes := 0
	for i := range o.Events {
		e := &o.Events[i]
		modes += len(e.Modes)
		if e.Name == "" || e.Quad == 0 || e.CAMEO == "" {
			t.Errorf("%s lacks its gloss, class or CAMEO code", e.ID)
		}
		for _, m := range e.Modes {
			if m.CAMEO == "" || m.Name == "" {
				t.Errorf("%s/%s lacks its gloss or CAMEO code", e.ID, m.ID)
			}
		}
	}
	if len(o.Events) != 16 || modes != 67 || len(o.Contexts) != 37 || len(o.Sectors) != 25 {
		t.Errorf("%d events, %d modes, %d contexts, %d sectors; PLOVER has 16, 67, 37 and 25",
			len(o.Events), modes, len(o.Contexts), len(o.Sectors))
	}
}

func TestErrataAreSettled(t *testing.T) {
	o := &shippedBook(t).Ontology
	if got := o.Score("ACCUSE", ""); got != -3 {
		t.Errorf("ACCUSE scores %v, want -3", got)
	}
	if got := o.Quad("SANCTION"); got != 4 {
		t.Errorf("SANCTION is of class %d, want 4", got)
	}
	for code, want := range map[string]float64{"016": -5, "124": -4, "1246": -4, "163": -8, "164": -6.5, "166": -7} {
		if got := o.CAMEOCode(code).Goldstein; got != want {
			t.Errorf("CAMEO %s has the Goldstein score %v, want %v", code, got, want)
		}
	}
	if c := o.CAMEOCode("163"); c.Event != "COERCE" || c.Mode != "restrict" {
		t.Errorf("CAMEO 163 becomes %s/%s, want COERCE/restrict", c.Event, c.Mode)
	}
}

func TestLookups(t *testing.T) {
	o := &shippedBook(t).Ontology
	if got := o.Score("CONSULT", "visit"); got != 4 {
		t.Errorf("CONSULT/visit scores %v, want 4", got)
	}
	if got := o.CAMEOOf("CONSULT", "visit"); got != "042" {
		t.Errorf("the CAMEO code of CONSULT/visit is %q, want 042", got)
	}
	if o.Event("GREET") != nil || o.CAMEOCode("999") != nil || o.Score("GREET", "") != 0 || o.Quad("GREET") != 0 {
		t.Error("something was found under a code that there is not")
	}
}
