package codebook

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// A Runner codes one sentence in the fictional world of World, as published on
// 2024-05-15. It is called from several goroutines at once.
type Runner func(sentence string) []dyad.Record

// Check finds every fault of a codebook at once, in the order of files and lines.
// With a runner it also runs every example; without one it only reads them.
func Check(fsys fs.FS, run Runner) []Fault {
	b, err := read(fsys, func(name string) bool { return name != worldFile })
	if err != nil {
		return []Fault{{At: Position{File: "."}, Sentence: "reading the codebook: " + err.Error()}}
	}
	b.checkHeaders()
	b.checkActors()
	b.checkCodes()
	b.checkLists()
	b.checkRules()
	if run != nil {
		b.checkExamples(run)
	}
	b.nameLines()
	if world, err := read(fsys, func(name string) bool { return name == worldFile || kindOf(name) != fileActors }); err == nil {
		world.sources = slices.DeleteFunc(world.sources, func(s *source) bool { return s.name != worldFile })
		world.checkHeaders()
		world.checkActors()
		world.nameLines()
		for _, f := range world.faults {
			if f.At.File == worldFile {
				b.faults = append(b.faults, f)
			}
		}
	}
	sortFaults(b.faults)
	return b.faults
}

func (b *builder) fault(at Position, format string, args ...any) {
	b.faults = append(b.faults, Fault{At: at, Sentence: fmt.Sprintf(format, args...)})
}

func (b *builder) warn(at Position, format string, args ...any) {
	b.faults = append(b.faults, Fault{At: at, Sentence: fmt.Sprintf(format, args...), Warning: true})
}

// checkHeaders asks each file where it comes from: "# source: own work; license:
// CC0; checked: 2026-11-24".
func (b *builder) checkHeaders() {
	for _, s := range b.sources {
		at := Position{File: s.name, Line: 1, Column: 1}
		header := ""
		if lines := s.lines(); len(lines) > 0 {
			header = lines[0].comment
		}
		for _, key := range []string{"source:", "license:", "checked:"} {
			if !strings.Contains(header, key) {
				b.fault(at, "the first line does not say %q; write \"# source: own work; license: CC0; checked: 2026-11-24\"", key)
				break
			}
		}
		if _, checked, ok := strings.Cut(header, "checked:"); ok {
			if d, err := dyad.ParseDate(strings.TrimSpace(checked)); err != nil || d.Day == 0 {
				at.Column = strings.Index(header, "checked:") + 1
				b.fault(at, "%s is not the day on which the file was checked; write YYYY-MM-DD", quote(strings.TrimSpace(checked)))
			}
		}
	}
}

// checkCodes finds what is defined twice.
func (b *builder) checkCodes() {
	o := &b.book.Ontology
	seen := map[string]Position{}
	once := func(kind, id string, at Position) {
		if first, ok := seen[kind+id]; ok {
			b.fault(at, "%s is defined already at %s; take one of the two away", quote(id), first)
			return
		}
		seen[kind+id] = at
	}
	for i := range o.Events {
		once("event ", o.Events[i].ID, o.Events[i].At)
		for _, m := range o.Events[i].Modes {
			once("mode ", o.Events[i].ID+"/"+m.ID, m.At)
		}
	}
	for i := range o.Contexts {
		once("context ", o.Contexts[i].ID, o.Contexts[i].At)
	}
	for i := range o.Sectors {
		once("sector ", o.Sectors[i].ID, o.Sectors[i].At)
	}
	for i := range o.CAMEO {
		once("cameo ", o.CAMEO[i].ID, o.CAMEO[i].At)
	}
	for i := range b.book.Issues {
		once("issue ", b.book.Issues[i].ID, b.book.Issues[i].At)
	}
	for i := range b.book.Discards {
		once("discard ", b.book.Discards[i].Reason, b.book.Discards[i].At)
	}
	for i := range b.book.Actors {
		once("actor ", b.book.Actors[i].ID, b.book.Actors[i].At)
	}
}

// checkLists warns of words that stand twice where once is enough.
func (b *builder) checkLists() {
	twice := func(at Position, words []Phrase) {
		seen := make(map[string]bool, len(words))
		for _, p := range words {
			w := strings.Join(p, " ")
			if seen[w] {
				b.warn(at, "%s stands twice in this block; take one away", quote(w))
			}
			seen[w] = true
		}
	}
	for i := range b.book.Cues {
		twice(b.book.Cues[i].At, b.book.Cues[i].Words)
	}
	for i := range b.book.Issues {
		twice(b.book.Issues[i].At, b.book.Issues[i].Words)
	}
	for i := range b.book.Discards {
		twice(b.book.Discards[i].At, append(slices.Clone(b.book.Discards[i].Words), b.book.Discards[i].Unless...))
	}
	first := map[string]*Role{}
	for i := range b.book.Roles {
		r := &b.book.Roles[i]
		w := strings.Join(r.Words, " ")
		switch before := first[w]; {
		case before == nil:
			first[w] = r
		case before.Sector == r.Sector && before.Number == r.Number:
			b.warn(r.At, "%s stands twice among the words of %s; take one away", quote(w), r.Sector)
		case before.Sector != r.Sector:
			b.warn(r.At, "%s is a role of %s already (%s:%d), which holds; take one away", quote(w), before.Sector, before.At.File, before.At.Line)
		}
	}
}

// checkRules finds patterns without a slot and patterns that can never win,
// because one that asks for the same stands before them.
func (b *builder) checkRules() {
	seen := map[string]earlier{}
	for i := range b.book.Rules {
		block := &b.book.Rules[i]
		triggers := map[string]bool{}
		for k := range block.Triggers {
			t := &block.Triggers[k]
			if triggers[t.text()] {
				b.fault(b.find(block.At, t.text()), "%s stands twice among the triggers of this block", quote(t.text()))
			}
			triggers[t.text()] = true
		}
		for j := range block.Rules {
			r := &block.Rules[j]
			if !slices.ContainsFunc(r.Elements, func(e Element) bool {
				return e.Kind == ElementSource || e.Kind == ElementTarget || e.Kind == ElementBoth
			}) {
				b.fault(r.At, "this pattern has no slot; write SRC, TGT or BOTH where the actors stand")
			}
			b.shadowed(block, r, seen)
		}
	}
}

// An earlier pattern is one that may stand in the way of a later one.
type earlier struct {
	rule  *Rule
	block *RuleBlock
}

// shadowed looks for a pattern that asks for the same at the same trigger. Where
// its block has vetoes, the later one still has a use; where other triggers are
// left to the later one, it is worth no more than a warning.
func (b *builder) shadowed(block *RuleBlock, r *Rule, seen map[string]earlier) {
	pattern := fmt.Sprint(r.Elements)
	var by *Rule
	var words []string
	for k := range block.Triggers {
		t := &block.Triggers[k]
		key := t.POS + " " + t.text() + " " + pattern
		first, ok := seen[key]
		if !ok {
			seen[key] = earlier{r, block}
			continue
		}
		if first.rule != r && (first.block == block || len(first.block.Vetoes) == 0) {
			by = first.rule
			words = append(words, t.text())
		}
	}
	if by == nil {
		return
	}
	report := b.warn
	if len(words) == len(block.Triggers) {
		report = b.fault
	}
	report(r.At, "for the trigger %s this pattern never wins: %s at %s:%d asks for the same and stands before it",
		quote(strings.Join(words, ", ")), quote(by.Source), by.At.File, by.At.Line)
}
