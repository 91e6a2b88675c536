package codebook

import (
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

const untidy = "# source: own work; license: CC0; checked: 2026-11-24\n\n\n" +
	"# Two groups.\r\nred-dawn   Red Dawn   # a comment beside\n  kind  group\n      # not kept in place\n  name  Red Dawn,Dawn\n" +
	"  is  ALD REB    2015..\ngreen  Green Party\n  kind   party   \n\n"

const tidy = `# source: own work; license: CC0; checked: 2026-11-24

# Two groups.
red-dawn  Red Dawn  # a comment beside
  kind     group
  # not kept in place
  name     Red Dawn, Dawn
  is       ALD REB  2015..

green  Green Party
  kind     party
`

func TestFormat(t *testing.T) {
	got, err := Format("groups/x.txt", untidy)
	if err != nil || got != tidy {
		t.Errorf("error %v, got\n%s\nwant\n%s", err, got, tidy)
	}
}

// Formatting twice is formatting once, and changes nothing of what is read.
func TestFormatShipped(t *testing.T) {
	formatted := fstest.MapFS{}
	names, _ := textFiles(Shipped(), func(string) bool { return true })
	for _, name := range names {
		data, err := fs.ReadFile(Shipped(), name)
		if err != nil {
			t.Fatal(err)
		}
		once, err := Format(name, string(data))
		if err != nil {
			t.Error(err)
			continue
		}
		if twice, _ := Format(name, once); twice != once {
			t.Errorf("%s: formatting a second time changes it", name)
		}
		if once != string(data) {
			t.Logf("%s is not in canonical form", name)
		}
		formatted[name] = &fstest.MapFile{Data: []byte(once)}
	}
	before, _ := Load(Shipped())
	after, _ := Load(formatted)
	for _, book := range []*Codebook{before, after} {
		book.Hash = ""
		clearPositions(reflect.ValueOf(book).Elem())
	}
	if !reflect.DeepEqual(before, after) {
		t.Error("the formatted codebook reads differently")
	}
}

// clearPositions takes every Position out of a value, since formatting moves lines.
func clearPositions(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Position]() {
			v.SetZero()
			return
		}
		for i := range v.NumField() {
			clearPositions(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			clearPositions(v.Index(i))
		}
	}
}

func TestWhich(t *testing.T) {
	lines, err := Which(fstest.MapFS{"groups/x.txt": {Data: []byte(tidy)}}, "dawn")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lines {
		got = append(got, l.At.String()+" "+l.Text+" < "+l.Block)
	}
	want := "groups/x.txt:4:5 red-dawn  Red Dawn < red-dawn  Red Dawn\n" +
		"groups/x.txt:7:16 name     Red Dawn, Dawn < red-dawn  Red Dawn"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}
