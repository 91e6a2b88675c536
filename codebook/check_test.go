package codebook

import "testing"

func TestShippedHasNoFault(t *testing.T) {
	for _, f := range Check(Shipped(), nil) {
		if f.Warning {
			t.Log(f)
			continue
		}
		t.Error(f)
	}
}
