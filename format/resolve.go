package format

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// addActors indexes the codebook's actors by their names.
func (m *Importer) addActors() {
	for i := range m.actors {
		a := &m.actors[i]
		add := func(name string) {
			key := fold(name)
			if list := m.byName[key]; key != "" && (len(list) == 0 || list[len(list)-1] != int32(i)) {
				m.byName[key] = append(list, int32(i))
			}
		}
		add(a.Name)
		add(a.ID)
		for _, name := range a.Names {
			add(name)
		}
		for _, name := range a.Former {
			add(name)
		}
		if isState(a) && len(a.ID) == 3 {
			m.states[a.ID] = &dyad.Entity{Code: a.ID, Identifier: a.ID, Name: a.Name}
			for _, name := range append(append([]string{a.Name}, a.Names...), a.Former...) {
				m.countries[fold(name)] = a.ID
			}
		}
	}
}

func isState(a *codebook.Actor) bool {
	return a.Kind == codebook.KindState || a.Kind == codebook.KindTerritory
}

func (m *Importer) addCountry(row []string) {
	column := func(i int) string {
		if i < len(row) {
			return row[i]
		}
		return ""
	}
	iso := row[0]
	for code := range strings.FieldsSeq(column(1)) {
		m.fips[code] = iso
	}
	for code := range strings.FieldsSeq(column(2)) {
		m.cameo[code] = iso
	}
	if column(3) != "" {
		for name := range strings.SplitSeq(column(3), "; ") {
			m.countries[fold(name)] = iso
		}
	}
}

// cameoCountry gives ISO's code for CAMEO's. Regions ("AFR") and everything else that is
// no country give "".
func (m *Importer) cameoCountry(code string) string {
	if s := m.states[code]; s != nil {
		return s.Code
	}
	return m.cameo[code]
}

// entityOn says who an actor is on a date: the holder of the office of that day, an
// elite afterwards, nobody in particular before.
func (m *Importer) entityOn(actor int32, date dyad.Date) (dyad.Entity, bool) {
	a := &m.actors[actor]
	e := dyad.Entity{Identifier: a.ID, Name: a.Name}
	if isState(a) {
		e.Code = a.ID
		if len(a.Terms) > 0 && a.Terms[0].Code != "" {
			e.Code = a.Terms[0].Code
		}
		return e, true
	}
	t := termOn(a, date)
	if t == nil {
		return e, false
	}
	e.Code, e.Sector = t.Code, t.Sector
	switch {
	case date.IsZero():
	case !t.To.IsZero() && !date.Before(t.To):
		if a.Kind == codebook.KindPerson {
			e.Sector = "ELI"
		}
		return e, false
	case date.Before(t.From):
		e.Sector = ""
		return e, false
	default:
		e.Office = t.Office
	}
	return e, true
}

// termOn picks the term that holds on a date, else the last one before it, else the
// first; nil when there is none.
func termOn(a *codebook.Actor, date dyad.Date) *codebook.Term {
	var best *codebook.Term
	for i := range a.Terms {
		t := &a.Terms[i]
		holds := !date.Before(t.From) && (t.To.IsZero() || date.Before(t.To))
		switch {
		case best == nil || holds && (t.Office != "" || best.Office == ""):
			best = t
		case !holds && !date.Before(t.From) && !best.To.IsZero() && !date.Before(best.To) && best.To.Before(t.To):
			best = t
		}
	}
	return best
}

// A nameHit is what can be said of a name without a date and a country.
type nameHit struct {
	actors  []int32 // who is called so
	people  []int32 // whose first and last names these are
	country string  // of "Citizen (India)"
	sector  string
}

// lookUp finds a name. In brackets stands a country, "Citizen (India)", or the group that
// somebody belongs to, "Militant (Taliban)". With three words or more the first and the
// last are tried too: "Dmitry Anatolyevich Medvedev" is Dmitry Medvedev.
func (m *Importer) lookUp(name string) *nameHit {
	hit := &nameHit{}
	if hit.actors = m.called(name); len(hit.actors) > 0 {
		return hit
	}
	agent, bracket, ok := inBrackets(name)
	if !ok {
		key := fold(name)
		if first, last := strings.IndexByte(key, ' '), strings.LastIndexByte(key, ' '); first != last {
			hit.people = m.byName[key[:first]+key[last:]]
		}
		return hit
	}
	hit.sector = m.sectors["agent"][agent].code
	if hit.sector == "" {
		hit.sector = m.sectors[OriginICEWS][agent].code
	}
	if hit.country = m.countries[fold(bracket)]; hit.country == "" {
		hit.actors = m.called(bracket)
	} else {
		hit.actors = m.called(agent)
	}
	return hit
}

// called gives the actors of a name.
func (m *Importer) called(name string) []int32 {
	key := fold(name)
	if actors := m.byName[key]; len(actors) > 0 {
		return actors
	}
	if state := m.countries[key]; state != "" {
		return m.byName[fold(state)]
	}
	return nil
}

// named says who a name means on a date. country, where it is known, must agree.
func (m *Importer) named(hit *nameHit, country string, date dyad.Date) (dyad.Entity, bool) {
	if e, ok := m.oneOf(hit.actors, country, date, false); ok {
		return e, true
	}
	return m.oneOf(hit.people, country, date, true)
}

// oneOf picks among actors of one name the one who holds an office on the date, else
// the first.
func (m *Importer) oneOf(actors []int32, country string, date dyad.Date, onlyPeople bool) (best dyad.Entity, found bool) {
	for _, i := range actors {
		if onlyPeople && m.actors[i].Kind != codebook.KindPerson {
			continue
		}
		e, holds := m.entityOn(i, date)
		if country != "" && e.Code != country {
			continue
		}
		if holds {
			return e, true
		}
		if !found {
			best, found = e, true
		}
	}
	return best, found
}

// inBrackets parts "Citizen (India)" into the agent and the country.
func inBrackets(name string) (agent, country string, ok bool) {
	open := strings.LastIndex(name, " (")
	if open <= 0 || !strings.HasSuffix(name, ")") {
		return "", "", false
	}
	return name[:open], name[open+2 : len(name)-1], true
}

// fold writes a name so that its spellings are one: small letters without accents,
// hyphens as blanks, no apostrophes and full stops, no "the" before it.
func fold(name string) string {
	b := make([]byte, 0, len(name))
	blank := true // at the start, or after a blank
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b, blank = append(b, byte(r)), false
		case r >= 'A' && r <= 'Z':
			b, blank = append(b, byte(r)+'a'-'A'), false
		case r == '.' || r == '\'' || r == '’' || r == '‘' || r == '`' || r >= 0x300 && r < 0x370:
		case r < utf8.RuneSelf || r == '–' || r == '—' || r == 0xA0:
			if !blank {
				b, blank = append(b, ' '), true
			}
		default:
			b, blank = append(b, bare(r)...), false
		}
	}
	return strings.TrimPrefix(strings.TrimSuffix(string(b), " "), "the ")
}

// plainLetters are Latin letters with accents and what they are without.
var plainLetters = []struct{ accented, plain string }{
	{"àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "a"}, {"çćčĉċ", "c"}, {"ďđð", "d"}, {"èéêëēĕėęěẹẻẽếềểễệ", "e"}, {"ğģĝġǧ", "g"}, {"ħĥḥ", "h"},
	{"ìíîïīĭįıịỉĩ", "i"}, {"ĵ", "j"}, {"ķ", "k"}, {"ļľłĺ", "l"}, {"ñńņň", "n"}, {"òóôõöøōŏőọỏốồổỗộớờởỡợơ", "o"}, {"ŕř", "r"},
	{"śşšșŝṣ", "s"}, {"ţťțṭ", "t"}, {"ùúûüūŭůűųụủưứừửữự", "u"}, {"ŵ", "w"}, {"ýÿỳỵ", "y"}, {"źżžẓ", "z"},
	{"æ", "ae"}, {"œ", "oe"}, {"ß", "ss"}, {"ə", "a"},
}

// bare gives a letter small and without its accents; letters of other scripts stay.
func bare(r rune) string {
	r = unicode.ToLower(r)
	for _, p := range plainLetters {
		if strings.ContainsRune(p.accented, r) {
			return p.plain
		}
	}
	return string(r)
}
