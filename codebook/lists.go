package codebook

import (
	"strings"
)

// readRoles reads role nouns and titles, a block per sector.
func (p *part) readRoles() {
	s := p.source
	for b := range s.blocks() {
		sector := b.head[0].text
		for j := range b.fields {
			f := &b.fields[j]
			number := Number(f.key())
			if !s.oneOf(f.columns[0], []string{"person", "people", "body", "office"}, "is no field of a role") {
				continue
			}
			value, ok := s.only(f)
			if !ok {
				continue
			}
			for _, item := range s.items(value) {
				if number == "office" {
					p.book.Offices = append(p.book.Offices, item.text)
					continue
				}
				p.book.Roles = append(p.book.Roles, Role{At: item.at, Words: strings.Fields(item.text), Sector: sector, Number: number})
			}
		}
	}
}

// readSets reads named sets of words. A set may use sets that stand before it.
func (p *part) readSets(sets map[string][]Phrase) {
	s := p.source
	for b := range s.blocks() {
		name := strings.TrimPrefix(b.head[0].text, "&")
		if _, ok := sets[name]; ok {
			s.fault(b.at, "there is a set "+quote("&"+name)+" already; put the words into one block")
		}
		var words []Phrase
		for j := range b.fields {
			if !s.oneOf(b.fields[j].columns[0], []string{"words"}, "is no field of a set") {
				continue
			}
			value, ok := s.only(&b.fields[j])
			if !ok {
				continue
			}
			for _, item := range s.items(value) {
				inner, isSet := strings.CutPrefix(item.text, "&")
				switch known, ok := sets[inner]; {
				case isSet && !ok:
					s.suggest(item.at, quote(item.text)+" is no set that stands before this one", Nearest(inner, setNames(sets)))
				case isSet:
					words = append(words, known...)
				default:
					words = append(words, strings.Fields(item.text))
				}
			}
		}
		sets[name] = words
	}
}

// readCues reads blocks such as "embedding future" with their words.
func (p *part) readCues() {
	s := p.source
	for b := range s.blocks() {
		cue := Cue{At: b.at}
		var first string
		cue.Kind, first, _ = strings.Cut(b.head[0].text, " ")
		values := []string{}
		if first != "" {
			values = append(values, strings.TrimSpace(first))
		}
		for _, c := range b.head[1:] {
			values = append(values, c.text)
		}
		cue.Value = strings.Join(values, " ")
		for j := range b.fields {
			p.readCueField(&cue, &b.fields[j])
		}
		p.book.Cues = append(p.book.Cues, cue)
	}
}

func (p *part) readCueField(cue *Cue, f *field) {
	s := p.source
	for _, sub := range f.subs {
		if e, ok := p.readCueExample(sub); ok {
			cue.Examples = append(cue.Examples, e)
		}
	}
	if f.key() == "eg" {
		if e, ok := p.readCueExample(f.columns); ok {
			cue.Examples = append(cue.Examples, e)
		}
		return
	}
	value, ok := s.only(f)
	switch {
	case !ok:
	case f.key() == "words":
		cue.Words = append(cue.Words, s.phrases(value)...)
	default:
		if cue.Fields == nil {
			cue.Fields = map[string]string{}
		}
		if before := cue.Fields[f.key()]; before != "" {
			cue.Fields[f.key()] = before + ", " + value.text
			return
		}
		cue.Fields[f.key()] = value.text
	}
}

// readIssues reads standing disputes and topics.
func (p *part) readIssues() {
	s := p.source
	for b := range s.blocks() {
		issue := Issue{At: b.at, ID: b.head[0].text}
		if len(b.head) != 2 || strings.Contains(issue.ID, " ") {
			s.fault(b.at, "an issue opens with a slug, two blanks and its name: \"kashmir  Kashmir\"")
		} else {
			issue.Name = b.head[1].text
		}
		for j := range b.fields {
			f := &b.fields[j]
			value, ok := s.only(f)
			if !ok {
				continue
			}
			list := map[string]*[]string{"parties": &issue.Parties, "place": &issue.Places, "context": &issue.Contexts}[f.key()]
			switch {
			case f.key() == "words":
				issue.Words = append(issue.Words, s.phrases(value)...)
			case f.key() == "kind":
				issue.Kind = value.text
				s.oneOf(value, []string{"dispute", "topic"}, "is no kind of issue")
			case list != nil:
				*list = s.texts(*list, value)
			default:
				s.oneOf(f.columns[0], []string{"kind", "words", "parties", "place", "context"}, "is no field of an issue")
			}
		}
		if issue.Kind == "" {
			s.fault(b.at, "this issue has no kind; write \"kind  dispute\" or \"kind  topic\"")
		}
		p.book.Issues = append(p.book.Issues, issue)
	}
}

// readDiscards reads the reasons to leave a sentence out.
func (p *part) readDiscards() {
	s := p.source
	for b := range s.blocks() {
		d := Discard{At: b.at, Reason: b.head[0].text}
		for j := range b.fields {
			f := &b.fields[j]
			if f.key() == "eg" {
				if e, ok := p.readCueExample(f.columns); ok {
					d.Examples = append(d.Examples, e)
					s.oneOf(f.columns[2], []string{"refused", "kept"}, "is not what becomes of a sentence here")
				}
				continue
			}
			if !s.oneOf(f.columns[0], []string{"words", "unless", "eg"}, "is no field of a discard") {
				continue
			}
			value, ok := s.only(f)
			switch {
			case !ok:
			case f.key() == "words":
				d.Words = append(d.Words, s.phrases(value)...)
			default:
				d.Unless = append(d.Unless, s.phrases(value)...)
			}
		}
		p.book.Discards = append(p.book.Discards, d)
	}
}
