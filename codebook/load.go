package codebook

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
)

//go:embed all:data
var shipped embed.FS

// Shipped gives the files of the codebook that is built into the program.
func Shipped() fs.FS {
	sub, err := fs.Sub(shipped, "data")
	if err != nil {
		return shipped // cannot be: "data" is a valid path
	}
	return sub
}

// Load reads a whole codebook. Where files have faults it gives what could be
// read, and an error of type Faults that lists them all.
func Load(fsys fs.FS) (*Codebook, error) {
	b, err := read(fsys, func(name string) bool { return name != worldFile })
	if err != nil {
		return nil, err
	}
	return b.result()
}

// World reads the codebook with the actors of the small fictional world, in
// which the examples are run, in place of the real ones.
func World(fsys fs.FS) (*Codebook, error) {
	b, err := read(fsys, func(name string) bool { return name == worldFile || kindOf(name) != fileActors })
	if err != nil {
		return nil, err
	}
	return b.result()
}

const worldFile = "world.txt"

// A fileKind is what sort of blocks a file holds.
type fileKind int

const (
	fileUnknown fileKind = iota
	fileActors
	fileRoles
	fileRules
	fileSets
	fileCues
	fileIssues
	fileDiscards
	fileOntology
	fileCAMEO
)

// kindOf tells the kind of a file by its name.
func kindOf(name string) fileKind {
	base := path.Base(name)
	switch dir, _, _ := strings.Cut(name, "/"); dir {
	case "states", "people", "groups":
		return fileActors
	case "rules":
		return fileRules
	}
	switch {
	case base == worldFile || strings.HasPrefix(base, "organisations"):
		return fileActors
	case strings.HasPrefix(base, "cues"):
		return fileCues
	case strings.HasPrefix(base, "sets"):
		return fileSets
	}
	return map[string]fileKind{
		"roles.txt": fileRoles, "issues.txt": fileIssues,
		"discards.txt": fileDiscards, "ontology.txt": fileOntology, "cameo.txt": fileCAMEO,
	}[base]
}

// A builder is a codebook in the making, with the files that it is made of.
type builder struct {
	book    Codebook
	sources []*source
	faults  []Fault

	suggestions map[string]string // by the sentence of the fault
}

// result gives the codebook apart from the builder, whose files take more memory
// than it does.
func (b *builder) result() (*Codebook, error) {
	book := b.book
	return &book, b.err()
}

func (b *builder) err() error {
	var out Faults
	for _, f := range b.faults {
		if !f.Warning {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// A part is what one file gives.
type part struct {
	source *source
	book   Codebook
}

func read(fsys fs.FS, wanted func(name string) bool) (*builder, error) {
	names, err := textFiles(fsys, wanted)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(names))
	parts := make([]part, len(names))
	errs := make([]error, len(names))
	sets := map[string][]Phrase{}
	concurrently(len(names), func(i int) {
		texts[i], errs[i] = readText(fsys, names[i])
	})
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	// Rules use the words of sets, so sets are read first.
	for i, name := range names {
		if kindOf(name) == fileSets {
			parts[i] = readPart(name, texts[i], sets)
		}
	}
	concurrently(len(names), func(i int) {
		if parts[i].source == nil {
			parts[i] = readPart(names[i], texts[i], sets)
		}
	})
	b := join(parts)
	b.book.Sets = sets
	b.book.Hash = hashOf(names, texts)
	b.resolve()
	b.nameLines()
	return b, nil
}

func readText(fsys fs.FS, name string) (string, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	var b strings.Builder
	if info, err := file.Stat(); err == nil {
		b.Grow(int(info.Size()))
	}
	_, err = io.CopyBuffer(&b, struct{ io.Reader }{file}, make([]byte, 4096))
	return b.String(), err
}

// textFiles lists the files wanted, in the order of their names.
func textFiles(fsys fs.FS, wanted func(name string) bool) ([]string, error) {
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() && strings.HasSuffix(name, ".txt") && wanted(name) {
			names = append(names, name)
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}

func readPart(name, text string, sets map[string][]Phrase) part {
	p := part{source: &source{name: name, text: text}}
	switch kindOf(name) {
	case fileActors:
		p.readActors()
	case fileRoles:
		p.readRoles()
	case fileRules:
		p.readRules(sets)
	case fileSets:
		p.readSets(sets)
	case fileCues:
		p.readCues()
	case fileIssues:
		p.readIssues()
	case fileDiscards:
		p.readDiscards()
	case fileOntology:
		p.readOntology()
	case fileCAMEO:
		p.readCAMEO()
	default:
		for range p.source.blocks() { // finds the faults of form
		}
		p.source.fault(Position{File: name, Line: 1, Column: 1},
			"no kind of codebook file has this name; docs/codebook.md lists the names")
	}
	return p
}

func join(parts []part) *builder {
	b := &builder{}
	actors, roles := 0, 0
	for i := range parts {
		actors += len(parts[i].book.Actors)
		roles += len(parts[i].book.Roles)
	}
	b.book.Actors = make([]Actor, 0, actors)
	b.book.Roles = make([]Role, 0, roles)
	for i := range parts {
		p := &parts[i]
		b.sources = append(b.sources, p.source)
		b.faults = append(b.faults, p.source.faults...)
		b.book.Actors = append(b.book.Actors, p.book.Actors...)
		b.book.Roles = append(b.book.Roles, p.book.Roles...)
		b.book.Offices = append(b.book.Offices, p.book.Offices...)
		b.book.Rules = append(b.book.Rules, p.book.Rules...)
		b.book.Cues = append(b.book.Cues, p.book.Cues...)
		b.book.Issues = append(b.book.Issues, p.book.Issues...)
		b.book.Discards = append(b.book.Discards, p.book.Discards...)
		o, from := &b.book.Ontology, &p.book.Ontology
		o.Events = append(o.Events, from.Events...)
		o.Contexts = append(o.Contexts, from.Contexts...)
		o.Sectors = append(o.Sectors, from.Sectors...)
		o.CAMEO = append(o.CAMEO, from.CAMEO...)
	}
	return b
}

// nameLines puts the line as it stands in the file into every fault.
func (b *builder) nameLines() {
	sortFaults(b.faults)
	sources := make(map[string]*source, len(b.sources))
	for _, s := range b.sources {
		sources[s.name] = s
	}
	for i := range b.faults {
		f := &b.faults[i]
		s := sources[f.At.File]
		if s == nil {
			continue
		}
		if l := s.lines(); f.At.Line >= 1 && f.At.Line <= len(l) {
			f.Line = l[f.At.Line-1].raw
		}
	}
}

func hashOf(names, texts []string) string {
	h := sha256.New()
	var buffer [4096]byte
	write := func(s string) {
		for len(s) > 0 {
			n := copy(buffer[:], s)
			h.Write(buffer[:n])
			s = s[n:]
		}
	}
	for i, name := range names {
		for _, s := range [...]string{name, "\x00", texts[i], "\x00"} {
			write(s)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// concurrently calls do for 0 to n-1 on all processors.
func concurrently(n int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	wg.Wait()
}
