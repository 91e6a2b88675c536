package codebook

import (
	"testing"
)

func TestShippedLoads(t *testing.T) {
	book, err := Load(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	if len(book.Actors) < 1000 || len(book.Roles) == 0 || len(book.Cues) == 0 || len(book.Sets["light"]) == 0 {
		t.Errorf("the shipped codebook has %d actors, %d roles, %d cues, %d light verbs",
			len(book.Actors), len(book.Roles), len(book.Cues), len(book.Sets["light"]))
	}
}

func TestWorldHasOnlyItsOwnActors(t *testing.T) {
	book, err := World(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	if len(book.Actors) != 14 {
		t.Errorf("the world has %d actors, want 14", len(book.Actors))
	}
	for _, a := range book.Actors {
		if a.At.File != "world.txt" {
			t.Errorf("%s stands in %s", a.ID, a.At.File)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	fsys := Shipped()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(fsys); err != nil {
			b.Fatal(err)
		}
	}
}
