package coder

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// A draft is an event on its way to a record.
type draft struct {
	match     *match
	status    status
	event     string
	mode      string
	actor     []dyad.Entity
	recipient []dyad.Entity
	aux       []string
	enemy     bool   // the doer is the other side of a quarrel told before
	followed  bool   // the host is that of the visit told before
	guessed   string // why the recipient is meant that no words tell
	implied   bool   // the doer is police or court, not told
	joint     bool   // several vow it together against a third
	agreed    bool   // became AGREE, being future
	said      string // why it is told by saying so: "future ASSAULT by the doer's own word is THREATEN"
	asked     string // the event that somebody said should be, now REQUEST
	assumed   bool   // the recipient's country is not told beside it
	score     float64
	merged    *match // another trigger that tells the same
}

// write makes records of the matches that stand.
func (r *reading) write(records []dyad.Record) []dyad.Record {
	var drafts []draft
	for i := range r.matches {
		m := &r.matches[i]
		if m.out {
			continue
		}
		if d := r.draft(m); (isRelevant(&d) || r.endsStrike(&d)) && !r.doneBySomebody(&d) {
			drafts = addDraft(drafts, d)
		} else {
			m.private = true
		}
	}
	if len(drafts) == 0 {
		return records
	}
	issues := r.issuesOf()
	for i := range drafts {
		d := &drafts[i]
		r.findDoer(d)
		if d.event == "ASSAULT" && len(d.actor) == 0 {
			d.actor = r.quarrel.against(d.recipient)
			d.enemy = d.actor != nil
		}
		r.quarrel.remember(d)
		if len(d.recipient) > 0 || !r.goesElsewhere(d.match) {
			r.hosts.follow(d)
		}
		r.findRecipient(d)
		r.exchange.remember(d, r.tree.s.Index)
		records = append(records, r.event(&drafts[i], issues))
	}
	return records
}

// draft settles the sides, the modality and the type of a match.
func (r *reading) draft(m *match) draft {
	d := draft{match: m, event: m.block.source.Event, mode: m.block.source.Mode}
	d.status = r.statusOf(m.token)
	if d.event == "REJECT" && (m.judged > 0 || r.asksForNot(m)) || d.event == "THREATEN" && m.trigger.refuses {
		d.status.negation, d.status.hypothetical = false, false // "will not meet", "would not meet": to deny is to refuse
	}
	r.blameDoer(m)
	d.actor, d.recipient = r.entities(&m.source), r.entities(&m.target)
	if m.trigger.modal && !d.status.negation && (d.status.open || d.status.future && !d.status.hypothetical) && r.speaksForDoer(&d, true) {
		d.status.future, d.status.hypothetical = false, false // "will bomb", "would bomb": what is threatened is not yet done
	}
	if d.event == "PROTEST" && len(d.actor) == 0 && isCrowd(d.recipient) {
		d.actor, d.recipient = d.recipient, nil // "Thousands of Corvans took to the streets"
	}
	d.assumed = r.isAssumed(&m.target)
	if m.block.source.Reciprocal && !m.mutual {
		d.actor, d.recipient = unite(d.actor, d.recipient), nil
	} else if m.block.source.Reciprocal {
		d.recipient = nil
	}
	localise(&d)
	if len(d.actor) == 0 {
		d.implyDoer(r.countryOfPlace(m.token))
		if from := r.countryFrom(m.token); d.implied && d.mode == "deport" && from != "" {
			d.actor = []dyad.Entity{{Code: from, Sector: "GOV"}} // "was extradited from Corva"
		}
		r.implyCourt(&d)
	}
	if code := r.c.cb.Ontology.Event(d.event); d.status.ending && code != nil && code.Quad >= 3 {
		d.status.negation = !d.status.negation
	}
	if d.status.obligation && r.ask(&d) {
		return d
	}
	r.declare(&d)
	r.vowTogether(&d)
	d.aux = d.status.aux()
	d.score = r.confidence(&d)
	return d
}

// asksForNot says whether a match has the negation among its own words: "agree not"
// stands for "did not agree" and "will not agree", "have (no intention)" for itself.
func (r *reading) asksForNot(m *match) bool {
	t := &r.tree
	if m.trigger.refuses {
		return true
	}
	if d := t.child(m.token, "det"); d >= 0 && t.is(d, "no") && len(m.trigger.modifiers) > 0 {
		return true // "in no mood to talk"
	}
	for _, u := range m.used {
		if d := t.child(int(u), "det"); d >= 0 && t.is(d, "no") || t.is(int(u), "none") || t.is(int(u), "nothing") {
			return true
		}
	}
	return false
}

// ask turns what somebody says that somebody should do into a request: "Corva
// should release the prisoners, Brennia said". It reports whether it is one.
func (r *reading) ask(d *draft) bool {
	speakers := r.speakers(d.status.speaker)
	if len(speakers) == 0 || len(d.actor) == 0 || within(speakers, d.actor) {
		return false
	}
	mode := ""
	switch d.event {
	case "RETREAT":
		mode = "yield"
	case "CONSULT":
		mode = "meet"
	case "AID", "COOPERATE", "SUPPORT":
		mode = "assist"
	}
	d.asked = d.event
	d.event, d.mode = "REQUEST", mode
	d.actor, d.recipient = speakers, d.actor
	d.status = status{token: d.status.token, speaker: -1, governor: -1}
	d.score = r.confidence(d) - 0.1
	return true
}

// implyDoer names the police or the courts of the recipient's country where
// nobody else arrests or charges: "Two men were arrested in Corva". Fighters may
// be captured by anyone.
func (d *draft) implyDoer(country string) {
	if len(d.recipient) == 0 {
		return
	}
	first := &d.recipient[0]
	if country == "" {
		country = first.Code
	}
	switch country {
	case "", "IGO", "NGO", "IMG", "MNC", "INT":
		return
	}
	switch first.Sector {
	case "MIL", "REB", "UAF", "PRM":
		return
	}
	sector := ""
	switch {
	case d.event == "COERCE" && (d.mode == "arrest" || d.mode == "seize" || d.mode == "deport"):
		sector = "COP"
	case d.event == "ACCUSE" && d.mode != "disapprove" && d.match.unknown && d.match.trigger.formal, d.event == "SANCTION" && d.mode == "convict":
		sector = "JUD"
	default:
		return
	}
	d.actor = []dyad.Entity{{Code: country, Sector: sector}}
	d.implied = true
}

// implyCourt names the courts of the country for a trial that tells of no court: "A
// Corvan journalist went on trial".
func (r *reading) implyCourt(d *draft) {
	if len(d.actor) > 0 || d.event != "ACCUSE" || d.mode == "disapprove" || d.match.judged > 0 || !ofState(d.recipient) {
		return
	}
	m := d.match
	if m.trigger.formal && !m.rule.hasSource && m.block.passiveOnly && r.tree.isPassive(m.token) ||
		r.tellsOf(m, "trial", "arraign", "arraignment", "indict", "indictment", "prosecute", "prosecution", "tribunal", "court", "dock") {
		r.implyBody(d, "JUD")
	}
}

// entities gives the actors of a slot, each once.
func (r *reading) entities(f *filling) []dyad.Entity {
	var out []dyad.Entity
	for _, m := range f.mentions {
		out = unite(out, r.tree.mentions[m].Entities)
	}
	return out
}

// unite adds to a list of entities those that it has not.
func unite(list, more []dyad.Entity) []dyad.Entity {
	for _, e := range more {
		found := false
		for _, have := range list {
			if have.Code == e.Code && have.Sector == e.Sector && have.Identifier == e.Identifier && (have.Identifier != "" || have.Text == e.Text) {
				found = true
			}
		}
		if !found {
			list = append(list, e)
		}
	}
	return list
}

// addDraft adds a draft, or merges it with one that tells the same: "attacked
// Corva, killing five" is one ASSAULT.
func addDraft(drafts []draft, d draft) []draft {
	for i := range drafts {
		o := &drafts[i]
		if o.event != d.event || !sameAux(o.aux, d.aux) || !compatible(o.actor, d.actor) {
			continue
		}
		if !compatible(o.recipient, d.recipient) && !(o.assumed || d.assumed) {
			continue
		}
		if both := o.mutual(); both != d.mutual() {
			// "clashed with rebels, killing five": the rebels are among both.
			oneSided, all := &d, o.actor
			if !both {
				oneSided, all = o, d.actor
			}
			if len(oneSided.recipient) == 0 || !within(oneSided.recipient, all) {
				continue
			}
		}
		if o.mode != "" && d.mode != "" && o.mode != d.mode && o.event != "ASSAULT" && o.event != "ACCUSE" {
			continue
		}
		if fuller(&d, o) {
			d.merged = o.match
			if d.mode == "" {
				d.mode = o.mode
			}
			*o = d
		} else {
			o.merged = d.match
			if o.mode == "" {
				o.mode = d.mode
			}
		}
		return drafts
	}
	return append(drafts, d)
}

// mutual says whether both sides do it: "Brennia and Corva clashed".
func (d *draft) mutual() bool {
	return d.match.block.source.Reciprocal && len(d.actor) > 1
}

// isAssumed says whether a side is people whose country the text does not tell
// beside them: in "an attack by Brennia on Corva killed ten people" they are those
// of the attack.
func (r *reading) isAssumed(f *filling) bool {
	if len(f.mentions) != 1 {
		return false
	}
	m := &r.tree.mentions[f.mentions[0]]
	return m.How == dyad.MentionRole && strings.HasPrefix(m.Reason.Note, "the country that the story is about")
}

func sameAux(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// compatible says whether two sides may be the same: one is unknown, or they
// have the same countries.
func compatible(a, b []dyad.Entity) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return within(a, b) || within(b, a)
}

func within(a, b []dyad.Entity) bool {
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || x.Code == y.Code && (x.Sector == y.Sector || x.Sector == "" || y.Sector == "")
		}
		if !found {
			return false
		}
	}
	return true
}

// fuller says whether a draft tells more than another: both sides, then score.
func fuller(a, b *draft) bool {
	x, y := min(len(a.actor), 1)+min(len(a.recipient), 1), min(len(b.actor), 1)+min(len(b.recipient), 1)
	if a.implied {
		x--
	}
	if b.implied {
		y--
	}
	if a.mutual() != b.mutual() {
		return a.mutual()
	}
	if x != y {
		return x > y
	}
	if a.assumed != b.assumed {
		return b.assumed
	}
	return a.score > b.score
}

// confidence weighs how much the rule asked for and how plainly the slots were
// found.
func (r *reading) confidence(d *draft) float64 {
	m := d.match
	score := 0.7 + 0.05*float64(min(m.words, 4))
	if m.judged > 0 {
		score = 0.3 + 0.4*float64(m.judged)
	}
	for _, f := range [2]*filling{&m.source, &m.target} {
		if f.empty() {
			continue
		}
		switch f.how {
		case howNearest:
			score -= 0.25
		case howPlace:
			score -= 0.15
		case howVerbBeside:
			score -= 0.1
		case howModifier, howOf, howControl, howShared, howComplementSubject:
			score -= 0.03
		}
		if f.inner >= 0 {
			score -= 0.07
		}
	}
	if m.unknown {
		score -= 0.15
	}
	if m.block.noun {
		score -= 0.05
	}
	if d.status.hypothetical {
		score -= 0.1
	}
	return max(0.05, min(0.95, score))
}

// record begins a record of the present sentence.
func (r *reading) record(kind dyad.Kind, token int) dyad.Record {
	s := r.tree.s
	record := dyad.Record{
		Kind: kind, Story: r.doc.Story.ID, Text: s.Text, Codebook: r.c.cb.Hash, DateBasis: dyad.BasisUnknown,
		Evidence: dyad.Evidence{Sequence: s.Index + 1, Span: s.Span},
	}
	record.Evidence.Trigger = s.Tokens[token].Span
	return record
}

// event writes the record of a draft.
func (r *reading) event(d *draft, issues []int) dyad.Record {
	m := d.match
	record := r.record(dyad.KindEvent, m.token)
	record.Aux = d.aux
	if d.enemy || d.guessed != "" {
		d.score = max(0.05, d.score-0.2)
	}
	record.Confidence = float64(int(d.score*100+0.5)) / 100
	record.AssertedBy = r.tellers(d.status.speaker)
	record.Contexts = append(record.Contexts, m.block.source.Contexts...)
	for _, i := range issues {
		issue := &r.c.cb.Issues[i]
		record.Issues = append(record.Issues, issue.ID)
		for _, context := range issue.Contexts {
			if !slices.Contains(record.Contexts, context) {
				record.Contexts = append(record.Contexts, context)
			}
		}
	}
	e := &dyad.Event{Actor: d.actor, Recipient: d.recipient, Type: d.event, Mode: d.mode, CAMEO: m.block.source.CAMEO}
	if e.Type != m.block.source.Event {
		e.CAMEO = ""
	}
	r.scale(e)
	e.Trigger, record.Evidence.Trigger = r.triggerWords(m)
	record.Event = e
	record.Reasons = r.reasons(d)
	what := e.Type + "/" + e.Mode
	for _, side := range [2][]dyad.Entity{e.Actor, e.Recipient} {
		what += "|"
		for _, x := range side {
			what += x.Code + " " + x.Sector + " " + x.Identifier + ","
		}
	}
	for _, a := range record.Aux {
		what += "+" + a
	}
	record.ID = r.identify(&record, what)
	return record
}

// scale sets quad class, score and CAMEO code from the ontology.
func (r *reading) scale(e *dyad.Event) {
	o := &r.c.cb.Ontology
	e.Quad, e.Scale = o.Quad(e.Type), o.Score(e.Type, e.Mode)
	if e.CAMEO == "" {
		e.CAMEO = o.CAMEOOf(e.Type, e.Mode)
	}
}

// triggerWords gives the words that tell the event, in the order of the text, and
// the span from the first to the last of them: "launched … attack".
func (r *reading) triggerWords(m *match) (string, dyad.Span) {
	tokens := append([]int32{int32(m.token)}, m.used...)
	sort.Slice(tokens, func(a, b int) bool { return tokens[a] < tokens[b] })
	words := ""
	span := r.tree.tokens[tokens[0]].Span
	last := int32(-1)
	for _, t := range tokens {
		if t == last {
			continue
		}
		if last >= 0 {
			words += " "
		}
		last = t
		words += r.tree.tokens[t].Text
		span.End = max(span.End, r.tree.tokens[t].End)
	}
	return words, span
}

// identify hashes what a record says and where it stands.
func (r *reading) identify(record *dyad.Record, what string) string {
	h := make([]byte, 0, 256)
	h = append(h, record.Story...)
	h = append(h, 0)
	h = strconv.AppendInt(h, int64(record.Evidence.Start), 10)
	h = append(h, 0)
	h = strconv.AppendInt(h, int64(record.Evidence.Trigger.Start), 10)
	h = append(h, 0)
	h = append(h, record.Kind...)
	h = append(h, 0)
	h = append(h, what...)
	h = append(h, 0)
	h = append(h, record.Text...)
	sum := sha256.Sum256(h)
	return hex.EncodeToString(sum[:8])
}

// place writes a position as reasons show it: "rules/accuse.txt:12".
func place(at codebook.Position) string {
	return at.File + ":" + strconv.Itoa(at.Line)
}
