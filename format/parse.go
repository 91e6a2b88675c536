package format

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/opendyad/dyad"
)

// ParseJSON reads a record from a line that JSON has written. What it gives is the
// record that was written, but for lists that were empty, which come back as nil. The
// line is taken apart by hand, six times as fast as encoding/json does it, since the
// store keeps its records as such lines. Fields that it does not know are passed over.
func ParseJSON(line []byte) (dyad.Record, error) {
	text := string(line)
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	p := parser{scanner: scanner{s: text}}
	r := &p.record
	for more := p.open('{'); more; more = p.next('}') {
		key := p.key()
		if !p.common(key) && !p.ofKind(key) {
			p.skip()
		}
	}
	p.end()
	if p.err == nil {
		p.finish()
	}
	if p.err != nil {
		return dyad.Record{}, fmt.Errorf("reading the record %q from JSON: %w", shorten(r.ID, 60), p.err)
	}
	return *r, nil
}

// A parser holds what has been read of a line. The fields of the kinds are kept apart
// until the whole line has told which kind it is.
type parser struct {
	scanner
	record dyad.Record
	event  dyad.Event
	place  dyad.Place
	placed bool
	own    dyad.Own
	owned  bool

	position      dyad.Position
	issue         string
	issued        bool // the position has an issue of its own
	expectation   dyad.Expectation
	claim         dyad.Claim
	visit         dyad.Visit
	content       string
	status        string
	refusalReason string
}

// common reads a field that every kind has, and says whether the key names one.
func (p *parser) common(key string) bool {
	r := &p.record
	switch key {
	case "kind":
		r.Kind = dyad.Kind(p.text())
	case "id":
		r.ID = p.text()
	case "origin":
		p.own.Origin = p.text()
	case "story":
		r.Story = p.text()
	case "date":
		r.Date = p.date(key)
	case "enddate":
		r.DateEnd = p.date(key)
	case "date_basis":
		r.DateBasis = p.text()
	case "issue":
		r.Issues = p.texts()
	case "context":
		r.Contexts = p.texts()
	case "aux":
		r.Aux = p.texts()
	case "asserted_by":
		r.AssertedBy = p.entities()
	case "text":
		r.Text = p.text()
	case "text_info":
		r.Evidence = p.evidence()
	case "mentions":
		for more := p.open('['); more; more = p.next(']') {
			r.Mentions = append(r.Mentions, p.evidence())
		}
	case "confidence":
		r.Confidence = p.number()
	case "reasons":
		for more := p.open('['); more; more = p.next(']') {
			r.Reasons = append(r.Reasons, p.reason())
		}
	case "codebook":
		r.Codebook = p.text()
	case "happening":
		r.Happening = p.text()
	case "reports":
		for more := p.open('['); more; more = p.next(']') {
			r.Reports = append(r.Reports, p.report())
		}
	case "own":
		p.readOwn()
	default:
		return false
	}
	return true
}

// ofKind reads a field that some kinds have.
func (p *parser) ofKind(key string) bool {
	switch key {
	case "actor":
		p.event.Actor = p.entities()
	case "recipient":
		p.event.Recipient = p.entities()
	case "event":
		p.event.Type = first(p.texts())
	case "mode":
		p.event.Mode = first(p.texts())
	case "cameo":
		p.event.CAMEO = p.text()
	case "quad_code":
		p.event.Quad = p.whole()
	case "event_scale":
		p.event.Scale = p.number()
	case "event_text":
		p.event.Trigger = first(p.texts())
	case "event_loc":
		p.readPlace()
	case "content":
		p.content = p.text()
	case "status":
		p.status = p.text()
	case "reason":
		p.refusalReason = p.text()
	case "holder":
		p.position.Holder = p.entities()
	case "stance":
		p.position.Stance = p.text()
	case "position_issue":
		p.issue, p.issued = p.text(), true
	case "toward":
		p.position.Toward = p.entities()
	default:
		return p.ofExpectation(key) || p.ofClaim(key) || p.ofVisit(key)
	}
	return true
}

func (p *parser) ofExpectation(key string) bool {
	x := &p.expectation
	switch key {
	case "who":
		x.Who = p.entities()
	case "cue":
		x.Cue = p.text()
	case "polarity":
		x.Polarity = p.text()
	case "due":
		x.Due = p.date(key)
	case "due_end":
		x.DueEnd = p.date(key)
	case "decided_by":
		x.DecidedBy = p.text()
	default:
		return false
	}
	return true
}

func (p *parser) ofClaim(key string) bool {
	c := &p.claim
	switch key {
	case "pair":
		c.Pair = p.entities()
	case "state":
		c.State = p.text()
	case "direction":
		c.Direction = p.text()
	case "fact":
		c.Fact = p.text()
	case "verdict":
		c.Verdict = p.text()
	default:
		return false
	}
	return true
}

func (p *parser) ofVisit(key string) bool {
	v := &p.visit
	switch key {
	case "visitor":
		v.Visitor = p.entities()
	case "host":
		v.Host = p.entities()
	case "level":
		v.Level = p.text()
	case "start":
		v.Start = p.date(key)
	case "end":
		v.End = p.date(key)
	case "agenda":
		v.Agenda = p.texts()
	case "outcomes":
		v.Outcomes = p.texts()
	default:
		return false
	}
	return true
}

// finish puts what belongs to the kind into the record.
func (p *parser) finish() {
	r := &p.record
	switch r.Kind {
	case dyad.KindEvent:
		e := p.event
		if p.placed {
			place := p.place
			e.Place = &place
		}
		r.Event = &e
	case dyad.KindPosition:
		x := p.position
		x.Content, x.Issue = p.content, first(r.Issues)
		if p.issued {
			x.Issue = p.issue
		}
		r.Position = &x
	case dyad.KindExpectation:
		x := p.expectation
		x.Type, x.Mode, x.Recipient, x.Content, x.Status = p.event.Type, p.event.Mode, p.event.Recipient, p.content, p.status
		r.Expectation = &x
	case dyad.KindClaim:
		c := p.claim
		r.Claim = &c
	case dyad.KindVisit:
		v := p.visit
		v.Status = p.status
		r.Visit = &v
	case dyad.KindRefusal:
		r.Refusal = &dyad.Refusal{Reason: p.refusalReason}
	default:
		p.err = fmt.Errorf("%q is no kind of record; dyad knows event, position, expectation, claim, visit and refusal", shorten(string(r.Kind), 60))
	}
	if p.owned {
		own := p.own
		r.Own = &own
	}
}

func (p *parser) entities() (out []dyad.Entity) {
	for more := p.open('['); more; more = p.next(']') {
		out = append(out, dyad.Entity{})
		e := &out[len(out)-1]
		for more := p.open('{'); more; more = p.next('}') {
			switch p.key() {
			case "code":
				e.Code = p.text()
			case "sector":
				e.Sector = p.text()
			case "entity_text":
				e.Text = p.text()
			case "identifier_id":
				e.Identifier = p.text()
			case "identifier_text":
				e.Name = p.text()
			case "office":
				e.Office = p.text()
			default:
				p.skip()
			}
		}
	}
	return out
}

func (p *parser) evidence() (e dyad.Evidence) {
	for more := p.open('{'); more; more = p.next('}') {
		switch p.key() {
		case "sequence":
			e.Sequence = p.whole()
		case "start":
			e.Start = p.whole()
		case "end":
			e.End = p.whole()
		case "trigger_start":
			e.Trigger.Start = p.whole()
		case "trigger_end":
			e.Trigger.End = p.whole()
		default:
			p.skip()
		}
	}
	return e
}

func (p *parser) reason() (r dyad.Reason) {
	for more := p.open('{'); more; more = p.next('}') {
		switch p.key() {
		case "stage":
			r.Stage = p.text()
		case "rule":
			r.Rule = p.text()
		case "note":
			r.Note = p.text()
		default:
			p.skip()
		}
	}
	return r
}

func (p *parser) report() (r dyad.Report) {
	for more := p.open('{'); more; more = p.next('}') {
		switch p.key() {
		case "record":
			r.Record = p.text()
		case "story":
			r.Story = p.text()
		case "publisher":
			r.Publisher = p.text()
		case "url":
			r.URL = p.text()
		case "published":
			r.Published = p.date("published")
		case "text":
			r.Text = p.text()
		default:
			p.skip()
		}
	}
	return r
}

func (p *parser) readPlace() {
	l := &p.place
	p.placed = p.begins('{')
	for more := p.open('{'); more; more = p.next('}') {
		switch p.key() {
		case "extracted_place":
			l.Extracted = p.text()
		case "resolved_place":
			l.Resolved = p.text()
		case "geonameid":
			l.GeoNameID = p.whole()
		case "lat":
			l.Latitude = p.number()
		case "lon":
			l.Longitude = p.number()
		case "city":
			l.City = p.text()
		case "province":
			l.Province = p.text()
		case "country":
			l.Country = p.text()
		case "country_code":
			l.CountryCode = p.text()
		case "resolution":
			l.Resolution = p.whole()
		case "reason":
			l.Reason = p.text()
		default:
			p.skip()
		}
	}
}

// readOwn reads what an imported event says in its project's own terms.
func (p *parser) readOwn() {
	o := &p.own
	p.owned = p.begins('{')
	for more := p.open('{'); more; more = p.next('}') {
		switch p.key() {
		case "id":
			o.ID = p.text()
		case "code":
			o.Code = p.text()
		case "label":
			o.Label = p.text()
		case "scale":
			o.Scale = p.number()
		case "quad":
			o.Quad = p.whole()
		case "actor":
			o.Actor = p.text()
		case "actor_more":
			o.ActorMore = p.text()
		case "recipient":
			o.Recipient = p.text()
		case "recipient_more":
			o.RecipientMore = p.text()
		case "added":
			o.Added = p.date("added")
		case "publisher":
			o.Publisher = p.text()
		case "url":
			o.URL = p.text()
		case "mentions":
			o.Mentions = p.whole()
		case "sources":
			o.Sources = p.whole()
		case "articles":
			o.Articles = p.whole()
		case "tone":
			o.Tone = p.number()
		case "root":
			o.Root = p.truth()
		case "sentence":
			o.Sentence = p.whole()
		default:
			p.skip()
		}
	}
}
