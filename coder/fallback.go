package coder

import (
	"slices"
	"strconv"
	"sync"

	"github.com/opendyad/dyad"
)

// Where no rule fires, the classifier that answers for marked pairs looks at the
// sentence's main verbs: the subject is the source, an actor below the verb the
// target. "Corva threw its weight behind Brennia" needs no rule of its own. What it
// finds is less sure than a rule, and says so.

// How sure the classifier must be of an event, and that the sentence is no mere
// statement. Set on running news by hand: lower values find more and err more.
const (
	leastEvent     = 0.95
	mostStatement  = 0.35
	classifiedRank = 0.4 // confidence is this much of the classifier's own
)

// shippedWeights are the classifier's weights, read once.
var shippedWeights = sync.OnceValues(func() (map[string]*linear, error) { return readLinear(fitted) })

// addClassified adds an event to each sentence that has actors and no event, unless
// a veto has silenced one there.
func (c *Coder) addClassified(records []dyad.Record, doc *dyad.Document, mentions []dyad.Mention, silenced map[int]bool) []dyad.Record {
	coded := make([]bool, len(doc.Sentences))
	for i := range records {
		if n := records[i].Evidence.Sequence - 1; n >= 0 && n < len(coded) && (records[i].Event != nil || records[i].Refusal != nil) {
			coded[n] = true
		}
	}
	from := 0
	for i := range doc.Sentences {
		to := from
		for to < len(mentions) && mentions[to].Sentence <= i {
			to++
		}
		if !coded[i] && !silenced[i] && to > from && len(doc.Sentences[i].Tokens) <= 120 {
			if r, ok := c.classified(doc, i, mentions[from:to]); ok {
				records = append(records, r)
			}
		}
		from = to
	}
	return records
}

// classified asks the classifier about one sentence.
func (c *Coder) classified(doc *dyad.Document, sentence int, mentions []dyad.Mention) (dyad.Record, bool) {
	r := c.newReading(doc, mentions)
	defer c.readings.Put(r)
	s := &doc.Sentences[sentence]
	r.tree.read(c, s, mentions)
	verb, source, target := r.mainClause()
	if verb < 0 || r.isVetoed(verb) {
		return dyad.Record{}, false
	}
	st := r.statusOf(verb)
	if st.hypothetical {
		return dyad.Record{}, false
	}
	weights, err := shippedWeighing()
	if err != nil {
		return dyad.Record{}, false // a test reads the weights; a binary with broken ones codes by rules
	}
	has := found{weighing: weights}
	marked := markedMentions(mentions, source, target)
	f := c.newReading(oneSentence(doc, s), marked)
	defer c.readings.Put(f)
	f.tree, r.tree = r.tree, f.tree // which has read the words already
	f.featuresOf(marked, has.add)
	f.tree, r.tree = r.tree, f.tree
	r.tree.read(c, s, mentions)
	p, quads := has.probabilities()
	events, statement := weights.events, quads[slices.Index(weights.quads.classes, "0")]
	best := argmax(p)
	// What is denied did not happen; a refusal is told by denying ("will not meet").
	if events.classes[best] == "THREATEN" && r.onlySays(verb, "THREATEN") && !r.tellsOfWill() {
		return dyad.Record{}, false
	}
	if events.classes[best] == "AID" && r.buys(verb) {
		return dyad.Record{}, false
	}
	if p[best] < leastEvent || statement > mostStatement || st.negation && events.classes[best] != "REJECT" {
		return dyad.Record{}, false
	}
	d := draft{event: events.classes[best], actor: mentions[source].Entities}
	if target >= 0 {
		d.recipient = mentions[target].Entities
	}
	if oneSide(d.actor, d.recipient) { // "the lawyer cried foul, saying that her client pays for it"
		if d.recipient, _ = r.atHome(&d); oneSide(d.actor, d.recipient) {
			d.recipient = nil
		}
	}
	if d.event == "YIELD" {
		d.event = "RETREAT"
	}
	return r.classifiedRecord(&d, verb, p[best]), true
}

// buys says whether a verb tells of goods that are paid for, which are no aid.
func (r *reading) buys(v int) bool {
	switch r.tree.lemmaOf(v) {
	case "buy", "purchase", "acquire", "obtain", "sell", "earn":
		return true
	}
	return false
}

// tellsOfWill says whether the sentence has a "will" or "would", as a threat has that is
// told by saying it: "Corva told its neighbour that the dam would be bombed".
func (r *reading) tellsOfWill() bool {
	for i := range r.tree.tokens {
		if r.tree.is(i, "will") || r.tree.is(i, "would") {
			return true
		}
	}
	return false
}

func (r *reading) classifiedRecord(d *draft, verb int, p float64) dyad.Record {
	record := r.record(dyad.KindEvent, verb)
	record.Issues = r.issueNames()
	record.Confidence = classifiedRank * p
	record.Event = &dyad.Event{Actor: d.actor, Recipient: d.recipient, Type: d.event, Trigger: r.tree.tokens[verb].Text}
	r.scale(record.Event)
	record.Reasons = []dyad.Reason{{Stage: "coder", Rule: "classifier",
		Note: "no rule fired at “" + r.tree.tokens[verb].Text + "”; the classifier says " + d.event + ", " + strconv.FormatFloat(p, 'f', 2, 64)}}
	record.ID = r.identify(&record, "classified"+d.event)
	return record
}

// mainClause finds the verb of the main clause, or of one joined to it, whose
// subject is a known actor, and the first other actor below it.
func (r *reading) mainClause() (verb, source, target int) {
	t := &r.tree
	for i := range t.tokens {
		if t.tokens[i].UPOS != "VERB" || t.head(i) >= 0 && t.base(i) != "conj" && t.base(i) != "ccomp" && t.base(i) != "parataxis" {
			continue
		}
		c := t.surface(i)
		if c.token < 0 || t.isPassive(i) {
			continue // whom something is done to is no source
		}
		var f filling
		if !r.resolve(c, &anySlot, &f) || f.empty() {
			continue
		}
		source = int(f.mentions[0])
		if !hasCountry(t.mentions[source].Entities) || t.mentions[source].Place {
			continue
		}
		target = -1
		for k := range t.mentions {
			m := &t.mentions[k]
			if k != source && m.Head > i && m.Head < int(t.end[i]) && !m.Place {
				target = k
				break
			}
		}
		return i, source, target
	}
	return -1, -1, -1
}

// oneSide says whether two mentions are of one country and sector.
func oneSide(a, b []dyad.Entity) bool {
	return len(a) == 1 && len(b) == 1 && a[0].Code == b[0].Code && a[0].Sector == b[0].Sector
}

// oneSentence is a document of one sentence of another.
func oneSentence(doc *dyad.Document, s *dyad.Sentence) *dyad.Document {
	copied := *s
	copied.Index = 0
	return &dyad.Document{Story: doc.Story, Sentences: []dyad.Sentence{copied}}
}

// markedMentions are a sentence's mentions with the source and the target marked.
func markedMentions(mentions []dyad.Mention, source, target int) []dyad.Mention {
	out := make([]dyad.Mention, len(mentions))
	for i := range mentions {
		out[i] = mentions[i]
		out[i].Sentence = 0
		code := ""
		switch i {
		case source:
			code = sourceMark
		case target:
			code = targetMark
		default:
			continue
		}
		sector := ""
		if len(mentions[i].Entities) > 0 {
			sector = mentions[i].Entities[0].Sector
		}
		out[i].Entities = []dyad.Entity{{Code: code, Sector: sector, Text: "marked"}}
	}
	return out
}
