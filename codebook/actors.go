package codebook

import (
	"strings"

	"github.com/opendyad/dyad"
)

var actorKinds = []string{
	string(KindState), string(KindTerritory), string(KindPerson), string(KindOrganisation),
	string(KindGroup), string(KindParty), string(KindMovement), string(KindCompany),
}

var actorFields = []string{
	"kind", "name", "adj", "people", "capital", "seat", "former", "borders", "members", "sex", "is",
}

// readActors reads states, people, organisations and groups.
func (p *part) readActors() {
	s := p.source
	p.book.Actors = make([]Actor, 0, s.count())
	for b := range s.blocks() {
		a := Actor{At: b.at, ID: b.head[0].text}
		if strings.Contains(a.ID, " ") || len(b.head) != 2 {
			s.fault(b.at, "an actor opens with a code or slug, two blanks and its main name: \"IRN  Iran\"")
		}
		if len(b.head) > 1 {
			a.Name = b.head[1].text
		}
		for j := range b.fields {
			p.readActorField(&a, &b.fields[j])
		}
		p.finishActor(&a)
		p.book.Actors = append(p.book.Actors, a)
	}
}

func (p *part) readActorField(a *Actor, f *field) {
	s := p.source
	if len(f.subs) > 0 {
		s.fault(f.subs[0][0].at, "no line belongs to the field of an actor; indent by two blanks")
	}
	if f.key() == "is" {
		p.readTerm(a, f)
		return
	}
	list := map[string]*[]string{
		"name": &a.Names, "adj": &a.Adjs, "people": &a.People, "capital": &a.Capitals, "seat": &a.Seats,
		"former": &a.Former, "borders": &a.Borders, "members": &a.Members,
	}[f.key()]
	value, ok := s.only(f)
	switch {
	case !ok:
	case list != nil:
		*list = s.texts(*list, value)
	case f.key() == "kind":
		a.Kind = ActorKind(value.text)
		s.oneOf(value, actorKinds, "is no kind of actor")
	case f.key() == "sex":
		a.Sex = value.text
		s.oneOf(value, []string{"m", "f"}, "is no sex that the codebook knows; leave the field out where it is not known")
	default:
		s.oneOf(f.columns[0], actorFields, "is no field of an actor")
	}
}

// only gives the single value of a field.
func (s *source) only(f *field) (column, bool) {
	switch len(f.columns) {
	case 1:
		s.fault(f.columns[0].at, "this field has no value; write two blanks and the value, or take the line away")
		return column{}, false
	case 2:
		return f.columns[1], true
	}
	s.fault(f.columns[2].at, "this field has one value; here a second one stands after two blanks")
	return f.columns[1], true
}

// oneOf says whether a word is known, and faults it otherwise.
func (s *source) oneOf(c column, known []string, why string) bool {
	for _, k := range known {
		if k == c.text {
			return true
		}
	}
	s.suggest(c.at, quote(c.text)+" "+why, Nearest(c.text, known))
	return false
}

func quote(s string) string { return "“" + s + "”" }

// readTerm reads "is  IRN JUD  2019-03-07..2021-07-01  chief justice".
func (p *part) readTerm(a *Actor, f *field) {
	s := p.source
	if len(f.columns) < 2 {
		s.fault(f.columns[0].at, "this line names no code: \"is  IRN GOV  2021-08-03..2024-05-19  president\"")
		return
	}
	t := Term{At: f.columns[0].at}
	code := f.columns[1]
	var rest string
	t.Code, rest, _ = strings.Cut(code.text, " ")
	t.Sector = strings.TrimSpace(rest)
	if !isCode(t.Code) || t.Sector != "" && !isCode(t.Sector) {
		s.fault(code.at, quote(code.text)+" is no code and sector; both have three capitals: \"IRN GOV\"")
	}
	columns := f.columns[2:]
	if len(columns) > 0 && strings.Contains(columns[0].text, "..") {
		t.From, t.To = p.readDates(columns[0])
		columns = columns[1:]
	}
	if len(columns) > 0 {
		t.Office = columns[0].text
		if t.Office[0] >= '0' && t.Office[0] <= '9' {
			s.fault(columns[0].at, quote(t.Office)+" looks like a date but is no range; write \"from..to\", either end may be missing")
		}
	}
	if len(columns) > 1 {
		s.fault(columns[1].at, "this is one column too many; write code, dates, office")
	}
	a.Terms = append(a.Terms, t)
}

func (p *part) readDates(c column) (from, to dyad.Date) {
	first, second, _ := strings.Cut(c.text, "..")
	read := func(text string, offset int) (d dyad.Date) {
		if text == "" {
			return d
		}
		d, err := dyad.ParseDate(text)
		if err != nil {
			at := c.at
			at.Column += offset
			p.source.fault(at, quote(text)+" is no date; write YYYY-MM-DD, YYYY-MM or YYYY with a month to 12 and a day that the month has")
		}
		return d
	}
	from, to = read(first, 0), read(second, len(first)+2)
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		p.source.fault(c.at, "this term ends before it begins, or lasts no day; the range is half open")
	}
	return from, to
}

func (p *part) finishActor(a *Actor) {
	if a.Kind == "" {
		p.source.fault(a.At, "this actor has no kind; add a field \"kind\"")
	}
	if len(a.Names) == 0 && a.Name != "" {
		a.Names = []string{a.Name}
	}
	if (a.Kind == KindState || a.Kind == KindTerritory) && !isCode(a.ID) && len(a.Terms) == 0 {
		p.source.fault(a.At, quote(a.ID)+" is no ISO 3166 code of three capitals; a territory without one needs an \"is\" line")
	}
}

// isCode says whether a word is written like a country, sector or organisation:
// three or more capitals or digits.
func isCode(s string) bool {
	for i := 0; i < len(s); i++ {
		if (s[i] < 'A' || s[i] > 'Z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return len(s) == 3
}
