package nlp

import (
	"bytes"
	"strings"
	"testing"
)

// A model that was written and read says what it said before.
func TestWriteAndRead(t *testing.T) {
	m := loaded(t)
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), embedded) {
		t.Error("writing the embedded model gives other bytes")
	}
	again, err := Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	one, two := words("Corva freed three prisoners of war ."), words("Corva freed three prisoners of war .")
	m.Parse(&one)
	again.Parse(&two)
	for i := range one.Tokens {
		if one.Tokens[i] != two.Tokens[i] {
			t.Errorf("%+v before, %+v after", one.Tokens[i], two.Tokens[i])
		}
	}
}

// A file cut short or of another kind is refused in words.
func TestReadRefuses(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("something else"), []byte(fileMagic), embedded[:100], embedded[:len(embedded)/2], embedded[:len(embedded)-1]} {
		if _, err := Read(data); err == nil || !strings.Contains(err.Error(), "reading the language model") {
			t.Errorf("%d bytes: error %v", len(data), err)
		}
	}
}
