package format

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/opendyad/dyad"
)

// ParseJSON reads a record from a line that JSON has written. What it gives is the
// record that was written, but for lists that were empty, which come back as nil.
func ParseJSON(line []byte) (dyad.Record, error) {
	var j jsonRecord
	if err := json.Unmarshal(line, &j); err != nil {
		return dyad.Record{}, fmt.Errorf("reading a record from JSON: %w", err)
	}
	p := dateParser{}
	r := dyad.Record{
		Kind: dyad.Kind(j.Kind), ID: j.ID, Story: j.Story,
		Date: p.date("date", j.Date), DateEnd: p.date("enddate", j.DateEnd), DateBasis: j.DateBasis,
		Issues: filledList(j.Issue), Contexts: filledList(j.Context), Aux: filledList(j.Aux),
		AssertedBy: parsedEntities(&j.AssertedBy),
		Text:       j.Text, Evidence: j.TextInfo.evidence(),
		Confidence: j.Confidence, Codebook: j.Codebook, Happening: j.Happening,
	}
	for _, m := range j.Mentions {
		r.Mentions = append(r.Mentions, m.evidence())
	}
	for _, reason := range j.Reasons {
		r.Reasons = append(r.Reasons, dyad.Reason(reason))
	}
	for _, report := range j.Reports {
		r.Reports = append(r.Reports, dyad.Report{Record: report.Record, Story: report.Story, Publisher: report.Publisher,
			URL: report.URL, Published: p.date("published", report.Published), Text: report.Text})
	}
	err := j.kind(&r, &p)
	j.own(&r, &p)
	if err = errors.Join(err, p.err); err != nil {
		return dyad.Record{}, fmt.Errorf("reading the record %q from JSON: %w", j.ID, err)
	}
	return r, nil
}

// kind fills the part of the record that its kind names.
func (j *jsonRecord) kind(r *dyad.Record, p *dateParser) error {
	switch r.Kind {
	case dyad.KindEvent:
		e := &dyad.Event{Actor: parsedEntities(j.Actor), Recipient: parsedEntities(j.Recipient),
			Type: first(j.Event), Mode: first(j.Mode), CAMEO: j.CAMEO, Quad: j.Quad, Trigger: first(j.Trigger)}
		if j.Scale != nil {
			e.Scale = *j.Scale
		}
		if j.Place != nil {
			place := dyad.Place(*j.Place)
			e.Place = &place
		}
		r.Event = e
	case dyad.KindPosition:
		r.Position = &dyad.Position{Holder: parsedEntities(j.Holder), Issue: first(j.Issue), Stance: j.Stance,
			Content: j.Content, Toward: parsedEntities(j.Toward)}
		if j.PositionIssue != nil {
			r.Position.Issue = *j.PositionIssue
		}
	case dyad.KindExpectation:
		r.Expectation = &dyad.Expectation{Who: parsedEntities(j.Who), Type: first(j.Event), Mode: first(j.Mode),
			Recipient: parsedEntities(j.Recipient), Content: j.Content, Cue: j.Cue, Polarity: j.Polarity,
			Due: p.date("due", j.Due), DueEnd: p.date("due_end", j.DueEnd), Status: j.Status, DecidedBy: j.DecidedBy}
	case dyad.KindClaim:
		r.Claim = &dyad.Claim{Pair: parsedEntities(j.Pair), State: j.State, Direction: j.Direction, Fact: j.Fact, Verdict: j.Verdict}
	case dyad.KindVisit:
		r.Visit = &dyad.Visit{Visitor: parsedEntities(j.Visitor), Host: parsedEntities(j.Host), Level: j.Level,
			Start: p.date("start", j.Start), End: p.date("end", j.End), Status: j.Status,
			Agenda: filledList(j.Agenda), Outcomes: filledList(j.Outcomes)}
	case dyad.KindRefusal:
		r.Refusal = &dyad.Refusal{Reason: j.Reason}
	default:
		return fmt.Errorf("%q is no kind of record; dyad knows event, position, expectation, claim, visit and refusal", j.Kind)
	}
	return nil
}

// own fills what an imported event says in its project's own terms.
func (j *jsonRecord) own(r *dyad.Record, p *dateParser) {
	o := j.Own
	if o == nil {
		return
	}
	r.Own = &dyad.Own{Origin: j.Origin, ID: o.ID, Code: o.Code, Label: o.Label, Scale: o.Scale, Quad: o.Quad,
		Actor: o.Actor, ActorMore: o.ActorMore, Recipient: o.Recipient, RecipientMore: o.RecipientMore,
		Added: p.date("added", o.Added), Publisher: o.Publisher, URL: o.URL, Mentions: o.Mentions, Sources: o.Sources,
		Articles: o.Articles, Tone: o.Tone, Root: o.Root, Sentence: o.Sentence}
}

// A dateParser reads the dates of a record and keeps the first error.
type dateParser struct{ err error }

func (p *dateParser) date(field, text string) dyad.Date {
	if text == "" {
		return dyad.Date{}
	}
	d, err := dyad.ParseDate(text)
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("field %s: %w", field, err)
	}
	return d
}

func (e jsonEvidence) evidence() dyad.Evidence {
	return dyad.Evidence{Sequence: e.Sequence, Span: dyad.Span{Start: e.Start, End: e.End},
		Trigger: dyad.Span{Start: e.TriggerStart, End: e.TriggerEnd}}
}

func parsedEntities(in *[]jsonEntity) []dyad.Entity {
	if in == nil || len(*in) == 0 {
		return nil
	}
	out := make([]dyad.Entity, len(*in))
	for i, e := range *in {
		out[i] = dyad.Entity(e)
	}
	return out
}

// filledList gives nil rather than an empty list.
func filledList(s []string) []string {
	if len(s) == 0 {
		return nil
	}
	return s
}
