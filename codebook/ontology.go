package codebook

import (
	"strconv"
	"strings"
)

// readOntology reads ontology.txt: blocks "event CONSULT", "context military" and
// "sector GOV", with a gloss in the second column.
func (p *part) readOntology() {
	s := p.source
	o := &p.book.Ontology
	for b := range s.blocks() {
		kind, id, _ := strings.Cut(b.head[0].text, " ")
		code := Code{At: b.at, ID: strings.TrimSpace(id)}
		if len(b.head) > 1 {
			code.Name = b.head[1].text
		}
		if code.ID == "" || len(b.head) != 2 {
			s.fault(b.at, "a code opens with its kind, the code, two blanks and what it means: \"sector GOV  government\"")
		}
		switch kind {
		case "event":
			p.readEventCode(b, code)
		case "context":
			o.Contexts = append(o.Contexts, code)
		case "sector":
			o.Sectors = append(o.Sectors, code)
		default:
			s.suggest(b.at, quote(kind)+" is no kind of code", Nearest(kind, []string{"event", "context", "sector"}))
		}
	}
}

// readEventCode reads an event with its modes: "mode  visit  4  042  the actor
// goes to the recipient". The CAMEO code is "-" where none says it.
func (p *part) readEventCode(b *block, code Code) {
	s := p.source
	e := EventCode{Code: code}
	for j := range b.fields {
		f := &b.fields[j]
		c := f.columns
		if f.key() == "mode" {
			if len(c) != 5 {
				s.fault(c[0].at, "a mode has four columns: its name, its score, its CAMEO code or \"-\", and what it means")
				continue
			}
			m := ModeCode{Code: Code{At: c[0].at, ID: c[1].text, Name: c[4].text}, Score: s.number(c[2], -10, 10), CAMEO: c[3].text}
			if m.CAMEO == "-" {
				m.CAMEO = ""
			}
			e.Modes = append(e.Modes, m)
			continue
		}
		value, ok := s.only(f)
		switch {
		case !ok:
		case f.key() == "quad":
			e.Quad = int(s.number(value, 1, 4))
		case f.key() == "score":
			e.Score = s.number(value, -10, 10)
		case f.key() == "cameo":
			e.CAMEO = value.text
		case f.key() == "recipient":
			e.RequiresRecipient = s.oneOf(value, []string{"required"}, "can not stand here; write \"required\" or take the line away")
		default:
			s.oneOf(f.columns[0], []string{"quad", "score", "recipient", "cameo", "mode"}, "is no field of an event")
		}
	}
	p.book.Ontology.Events = append(p.book.Ontology.Events, e)
}

func (s *source) number(c column, low, high float64) float64 {
	n, err := strconv.ParseFloat(c.text, 64)
	if err != nil || !(n >= low && n <= high) {
		s.fault(c.at, quote(c.text)+" is no number from "+strconv.FormatFloat(low, 'g', -1, 64)+" to "+strconv.FormatFloat(high, 'g', -1, 64))
		return 0
	}
	return n
}

// readCAMEO reads cameo.txt: a block per code with what it becomes in PLOVER.
func (p *part) readCAMEO() {
	s := p.source
	for b := range s.blocks() {
		c := CAMEOCode{Code: Code{At: b.at, ID: b.head[0].text}}
		if len(b.head) != 2 {
			s.fault(b.at, "a CAMEO code opens with the code, two blanks and what it means: \"042  Go on a visit\"")
		} else {
			c.Name = b.head[1].text
		}
		for j := range b.fields {
			f := &b.fields[j]
			switch f.key() {
			case "quad", "goldstein":
				value, ok := s.only(f)
				switch {
				case !ok:
				case f.key() == "quad":
					c.Quad = int(s.number(value, 1, 4))
				default:
					c.Goldstein = s.number(value, -10, 10)
				}
			case "becomes":
				if len(f.columns) < 2 {
					s.fault(f.columns[0].at, "this field has no value; write an event, as in \"becomes  CONSULT/visit  diplomatic\"")
					continue
				}
				c.Event, c.Mode, _ = strings.Cut(f.columns[1].text, "/")
				for _, column := range f.columns[2:] {
					c.Contexts = s.texts(c.Contexts, column)
				}
			default:
				s.oneOf(f.columns[0], []string{"quad", "goldstein", "becomes"}, "is no field of a CAMEO code")
			}
		}
		p.book.Ontology.CAMEO = append(p.book.Ontology.CAMEO, c)
	}
}

// Event finds an event by its name; nil when there is none.
func (o *Ontology) Event(name string) *EventCode {
	for i := range o.Events {
		if o.Events[i].ID == name {
			return &o.Events[i]
		}
	}
	return nil
}

// Mode finds a mode of the event; nil when there is none.
func (e *EventCode) Mode(name string) *ModeCode {
	for i := range e.Modes {
		if e.Modes[i].ID == name {
			return &e.Modes[i]
		}
	}
	return nil
}

// CAMEOCode finds a CAMEO code; nil when there is none.
func (o *Ontology) CAMEOCode(code string) *CAMEOCode {
	for i := range o.CAMEO {
		if o.CAMEO[i].ID == code {
			return &o.CAMEO[i]
		}
	}
	return nil
}

// Score gives the intensity of an event and mode, -10 to 10: that of the mode
// where it has one of its own.
func (o *Ontology) Score(event, mode string) float64 {
	e := o.Event(event)
	if e == nil {
		return 0
	}
	if m := e.Mode(mode); m != nil {
		return m.Score
	}
	return e.Score
}

// Quad gives the quad class of an event, 1 to 4; 0 for an unknown one.
func (o *Ontology) Quad(event string) int {
	if e := o.Event(event); e != nil {
		return e.Quad
	}
	return 0
}

// CAMEOOf gives the CAMEO code that says an event and mode best, or "".
func (o *Ontology) CAMEOOf(event, mode string) string {
	if e := o.Event(event); e != nil {
		if m := e.Mode(mode); m != nil && m.CAMEO != "" {
			return m.CAMEO
		}
		return e.CAMEO
	}
	return ""
}
