package format

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is written by hand is what encoding/json writes of the same fields, but
// that "<" stays as it is.
func TestLinesAreThoseOfEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecord().Draw(t, "record")
		got, err := JSON(&r)
		if err != nil {
			t.Fatal(err)
		}
		var fields jsonRecord
		if err := json.Unmarshal(got, &fields); err != nil {
			t.Fatalf("%s: %v", got, err)
		}
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		if err := e.Encode(&fields); err != nil {
			t.Fatal(err)
		}
		if w := bytes.TrimRight(want.Bytes(), "\n"); !bytes.Equal(got, w) {
			t.Fatalf("got\n%s\nwant\n%s", got, w)
		}
	})
}
