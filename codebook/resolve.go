package codebook

import (
	"maps"
	"slices"
	"strings"
)

// organisationCodes stand where others have a country.
var organisationCodes = []string{"IGO", "IMG", "NGO", "MNC", "INT", "EUR"}

// A codes is the codes of the ontology as sets, for looking up.
type codes struct {
	events, modes, contexts, sectors, cameo, countries map[string]bool
}

func (b *builder) codes() *codes {
	c := &codes{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	o := &b.book.Ontology
	for i := range o.Events {
		e := &o.Events[i]
		c.events[e.ID] = true
		for _, m := range e.Modes {
			c.modes[e.ID+"/"+m.ID] = true
		}
	}
	for i := range o.Contexts {
		c.contexts[o.Contexts[i].ID] = true
	}
	for i := range o.Sectors {
		c.sectors[o.Sectors[i].ID] = true
	}
	for i := range o.CAMEO {
		c.cameo[o.CAMEO[i].ID] = true
	}
	for _, code := range organisationCodes {
		c.countries[code] = true
	}
	for i := range b.book.Actors {
		if a := &b.book.Actors[i]; a.Kind != KindPerson && isCode(a.ID) {
			c.countries[a.ID] = true
		}
	}
	return c
}

// known faults a code that is not in a set; of an empty set, whose file is
// missing, it says nothing. The place is found in the line again, since blocks do
// not keep the place of every word.
func (b *builder) known(set map[string]bool, code string, at Position, what string) {
	if code == "" || len(set) == 0 || set[code] {
		return
	}
	sentence := quote(code) + " is no " + what
	suggestion, ok := b.suggestions[sentence]
	if !ok {
		suggestion = Nearest(code, slices.Sorted(maps.Keys(set)))
		if b.suggestions == nil {
			b.suggestions = map[string]string{}
		}
		b.suggestions[sentence] = suggestion
	}
	b.faults = append(b.faults, Fault{At: b.find(at, code), Sentence: sentence, Suggestion: suggestion})
}

// find gives the place of a word in the block that opens at a position.
func (b *builder) find(at Position, word string) Position {
	for _, s := range b.sources {
		if s.name != at.File {
			continue
		}
		lines := s.lines()
		for i := at.Line - 1; i < len(lines); i++ {
			l := &lines[i]
			if i > at.Line-1 && l.indent == 0 && len(l.columns) > 0 {
				break
			}
			if j := wordIndex(l.raw, word); j >= 0 {
				return Position{File: at.File, Line: l.number, Column: j + 1}
			}
		}
	}
	return at
}

// wordIndex finds a word that stands alone in a line, -1 when it does not.
func wordIndex(line, word string) int {
	for from := 0; ; {
		i := strings.Index(line[from:], word)
		if i < 0 || word == "" {
			return -1
		}
		i += from
		end := i + len(word)
		if (i == 0 || !isLetter(line[i-1])) && (end == len(line) || !isLetter(line[end])) {
			return i
		}
		from = end
	}
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// resolve looks up every code that one file uses and another one defines.
func (b *builder) resolve() {
	c := b.codes()
	for i := range b.book.Rules {
		b.resolveRules(c, &b.book.Rules[i])
	}
	for i := range b.book.Actors {
		b.resolveActor(c, &b.book.Actors[i])
	}
	b.resolveRoles(c)
	for i := range b.book.Issues {
		for _, context := range b.book.Issues[i].Contexts {
			b.known(c.contexts, context, b.book.Issues[i].At, "context of ontology.txt")
		}
		if len(c.countries) > 50 { // the fictional world has none of the real parties
			for _, party := range b.book.Issues[i].Parties {
				b.known(c.countries, party, b.book.Issues[i].At, "state, territory or organisation of the codebook")
			}
		}
	}
	for i := range b.book.Ontology.CAMEO {
		code := &b.book.Ontology.CAMEO[i]
		b.event(c, code.Event, code.Mode, code.At)
		for _, context := range code.Contexts {
			b.known(c.contexts, context, code.At, "context of ontology.txt")
		}
	}
	for i := range b.book.Ontology.Events {
		e := &b.book.Ontology.Events[i]
		b.known(c.cameo, e.CAMEO, e.At, "code of cameo.txt")
		for _, m := range e.Modes {
			b.known(c.cameo, m.CAMEO, m.At, "code of cameo.txt")
		}
	}
}

// resolveRoles looks up the sectors of role nouns; "aid worker" belongs to none
// but to the organisations NGO.
func (b *builder) resolveRoles(c *codes) {
	last := ""
	for i := range b.book.Roles {
		r := &b.book.Roles[i]
		if r.Sector != last && !slices.Contains(organisationCodes, r.Sector) {
			b.known(c.sectors, r.Sector, r.At, "sector of ontology.txt")
		}
		last = r.Sector
	}
}

func (b *builder) event(c *codes, event, mode string, at Position) {
	b.known(c.events, event, at, "event of ontology.txt")
	if mode != "" && c.events[event] {
		b.known(c.modes, event+"/"+mode, at, "event with a mode of ontology.txt")
	}
}

func (b *builder) resolveRules(c *codes, block *RuleBlock) {
	b.event(c, block.Event, block.Mode, block.At)
	b.known(c.cameo, block.CAMEO, block.At, "code of cameo.txt")
	for _, context := range block.Contexts {
		b.known(c.contexts, context, block.At, "context of ontology.txt")
	}
	for _, list := range [][]Rule{block.Rules, block.Vetoes} {
		for i := range list {
			for _, e := range list[i].Elements {
				for _, sector := range e.Sectors {
					if slices.Contains(organisationCodes, sector) {
						continue // "SRC:IGO"
					}
					b.known(c.sectors, sector, list[i].At, "sector of ontology.txt")
				}
			}
			for _, e := range list[i].Examples {
				for _, x := range e.Expected {
					b.event(c, x.Event, x.Mode, e.At)
				}
			}
		}
	}
}

func (b *builder) resolveActor(c *codes, a *Actor) {
	for _, list := range [][]string{a.Borders, a.Members} {
		for _, code := range list {
			b.known(c.countries, code, a.At, "state, territory or organisation of the codebook")
		}
	}
	for _, t := range a.Terms {
		b.known(c.countries, t.Code, t.At, "state, territory or organisation of the codebook")
		b.known(c.sectors, t.Sector, t.At, "sector of ontology.txt")
	}
}
