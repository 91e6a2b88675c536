package format

import (
	"embed"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// The projects whose events dyad reads, as records name them in Own.Origin.
const (
	OriginICEWS   = "icews"
	OriginGDELT   = "gdelt"
	OriginPhoenix = "phoenix"
	OriginPOLECAT = "polecat"
)

//go:embed data/*.txt
var tables embed.FS

// An Importer reads the events of other projects as records. What they say stays in
// Record.Own as it is written there; beside it Record.Event says the same in PLOVER's
// terms, as far as the codebook has them. An importer is read-only: several goroutines
// may read with it at once.
type Importer struct {
	actors    []codebook.Actor
	byName    map[string][]int32 // folded name to actors
	states    map[string]*dyad.Entity
	countries map[string]string       // folded name to ISO 3166 alpha-3
	fips      map[string]string       // FIPS 10-4 to ISO
	cameo     map[string]string       // CAMEO's country codes that are not ISO's
	groups    map[string]*dyad.Entity // CAMEO's organisation codes to the codebook's
	sectors   map[string]map[string]rankedSector
	labels    map[string]string // ICEWS' event labels to CAMEO codes
	meanings  map[string]*meaning
	ontology  *codebook.Ontology
}

// A rankedSector is PLOVER's code for another project's sector; where an actor has
// several, the lowest rank decides.
type rankedSector struct {
	code string
	rank int
}

// A meaning is what a CAMEO code becomes. Records share its slices.
type meaning struct {
	event    dyad.Event // type, mode, CAMEO code, quad class and scale
	contexts []string
	reasons  []dyad.Reason
}

// NewImporter makes an importer that knows the codebook's codes and actors.
func NewImporter(book *codebook.Codebook) *Importer {
	m := &Importer{
		actors: book.Actors, byName: make(map[string][]int32, 2*len(book.Actors)),
		states: map[string]*dyad.Entity{}, countries: map[string]string{}, fips: map[string]string{}, cameo: map[string]string{},
		groups: map[string]*dyad.Entity{}, sectors: map[string]map[string]rankedSector{}, labels: map[string]string{},
		meanings: map[string]*meaning{}, ontology: &book.Ontology,
	}
	m.addActors()
	for _, row := range table("countries.txt") {
		m.addCountry(row)
	}
	for i, row := range table("sectors.txt") {
		project, code, names := row[0], row[1], row[2]
		if m.sectors[project] == nil {
			m.sectors[project] = map[string]rankedSector{}
		}
		for name := range strings.SplitSeq(names, "; ") {
			m.sectors[project][name] = rankedSector{code, i}
		}
	}
	for _, row := range table("labels.txt") {
		m.addLabel(row[0], row[1])
	}
	for _, row := range table("organisations.txt") {
		for _, i := range m.byName[fold(row[1])] {
			if m.actors[i].ID == row[1] {
				e, _ := m.entityOn(i, dyad.Date{})
				m.groups[row[0]] = &e
			}
		}
	}
	for i := range book.Ontology.CAMEO {
		c := &book.Ontology.CAMEO[i]
		m.meanings[c.ID] = meaningOf(c, &book.Ontology)
	}
	return m
}

// Layouts are the kinds of files that an importer reads.
func Layouts() []string { return []string{"icews", "labels", "gdelt", "phoenix", "polecat"} }

// Origins are the projects whose events an importer reads.
func Origins() []string { return []string{OriginICEWS, OriginGDELT, OriginPhoenix, OriginPOLECAT} }

// Read reads a file of one of the layouts. A row that cannot be read gives a *RowError
// and reading goes on; any other error is the last.
func (m *Importer) Read(layout string, r io.Reader, name string) iter.Seq2[dyad.Record, error] {
	switch layout {
	case "icews":
		return m.ICEWS(r, name)
	case "labels":
		return m.Labels(r, name)
	case "gdelt":
		return m.GDELT(r, name)
	case "phoenix":
		return m.Phoenix(r, name)
	case "polecat":
		return m.POLECAT(r, name)
	}
	return func(yield func(dyad.Record, error) bool) {
		yield(dyad.Record{}, fmt.Errorf("reading %s: %q is no layout; dyad reads %s", name, layout, strings.Join(Layouts(), ", ")))
	}
}

// table reads the rows of one of the data files: columns parted by tabs, comments
// after "#".
func table(name string) [][]string {
	text, err := tables.ReadFile("data/" + name)
	if err != nil {
		panic(err) // the file is part of the program
	}
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		if line != "" && line[0] != '#' {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

func meaningOf(c *codebook.CAMEOCode, o *codebook.Ontology) *meaning {
	m := &meaning{event: dyad.Event{CAMEO: c.ID}, contexts: c.Contexts}
	becomes := "has no event in PLOVER"
	if c.Event != "" {
		m.event.Type, m.event.Mode = c.Event, c.Mode
		m.event.Quad, m.event.Scale = o.Quad(c.Event), o.Score(c.Event, c.Mode)
		becomes = "becomes " + slash(c.Event, c.Mode)
		if strings.HasPrefix(c.ID, hosting) {
			becomes += " of the recipient to the actor"
		}
	}
	m.reasons = []dyad.Reason{{
		Stage: "import", Rule: fmt.Sprintf("%s:%d", c.At.File, c.At.Line),
		Note: fmt.Sprintf("CAMEO %s (%s) %s", c.ID, c.Name, becomes),
	}}
	return m
}

// meaning finds what a CAMEO code becomes. A code that the codebook does not have takes
// the meaning of the code above it: "0110", of an older numbering, that of 011. It is
// nil where there is none.
func (m *Importer) meaning(code string) *meaning {
	for n := len(code); n >= 2; n-- {
		if found := m.meanings[code[:n]]; found != nil {
			return found
		}
	}
	return nil
}

// addLabel keeps a label as it is written, since ICEWS tells "CONSULT" (04) and
// "Consult" (040) apart, and folded where only one code has it.
func (m *Importer) addLabel(label, code string) {
	m.labels[label] = code
	if folded := fold(label); m.labels[folded] == "" || len(code) == 3 {
		m.labels[folded] = code
	}
}

// codeOfLabel gives the CAMEO code of an ICEWS label, or "".
func (m *Importer) codeOfLabel(label string) string {
	if code := m.labels[label]; code != "" {
		return code
	}
	return m.labels[fold(label)]
}
