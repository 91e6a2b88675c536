package format

import (
	"errors"
	"iter"
	"os"
	"sync"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

var shipped = sync.OnceValues(func() (*Importer, error) {
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		return nil, err
	}
	return NewImporter(book), nil
})

func shippedImporter(t testing.TB) *Importer {
	t.Helper()
	m, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Figures tell how much of a file could be read and placed.
type figures struct{ records, faults, coded, sides, countries, known, sectors int }

func figuresOf(t *testing.T, events iter.Seq2[dyad.Record, error]) figures {
	t.Helper()
	var f figures
	ids := map[string]bool{}
	for r, err := range events {
		if err != nil {
			if fault := new(RowError); !errors.As(err, &fault) || f.faults < 5 {
				t.Log(err)
			}
			f.faults++
			continue
		}
		f.records++
		if ids[r.ID] {
			t.Errorf("two events have the id %s", r.ID)
		}
		ids[r.ID] = true
		if r.Event.Type != "" {
			f.coded++
		}
		for _, side := range [][]dyad.Entity{r.Event.Actor, r.Event.Recipient} {
			for _, e := range side {
				f.sides++
				if e.Code != "" {
					f.countries++
				}
				if e.Identifier != "" {
					f.known++
				}
				if e.Sector != "" {
					f.sectors++
				}
			}
		}
	}
	t.Logf("%d events, %d faults; %d with an event of PLOVER's (01 and 02 have none); of %d sides %d (%.1f%%) have a country or kind of body, %d a sector, %d are known by name",
		f.records, f.faults, f.coded, f.sides, f.countries, 100*float64(f.countries)/float64(max(1, f.sides)), f.sectors, f.known)
	return f
}

func openShared(t *testing.T, name string) *os.File {
	t.Helper()
	file, err := os.Open("../../shared/events/" + name)
	if err != nil {
		t.Skip("the field's sample files are not here: " + err.Error())
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// Every row of the real samples is read, and nearly every side is placed.
func TestICEWSSample(t *testing.T) {
	f := figuresOf(t, shippedImporter(t).ICEWS(openShared(t, "icews-2018-sample.tab"), "sample.tab"))
	if f.records != 3705 || f.faults != 0 {
		t.Errorf("%d of 3705 rows were read, %d faults", f.records, f.faults)
	}
}

func TestLabelsSample(t *testing.T) {
	f := figuresOf(t, shippedImporter(t).Labels(openShared(t, "icews_2005-2015_sample.tsv"), "sample.tsv"))
	if f.records != 46275 || f.faults != 0 {
		t.Errorf("%d of 46275 rows were read, %d faults", f.records, f.faults)
	}
}

// Two rows of the sample have no code.
func TestPhoenixSample(t *testing.T) {
	f := figuresOf(t, shippedImporter(t).Phoenix(openShared(t, "phoenix-historical-sample.csv"), "sample.csv"))
	if f.records != 4998 || f.faults != 2 {
		t.Errorf("%d of 4998 rows were read, %d faults", f.records, f.faults)
	}
}
