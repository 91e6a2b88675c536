package coder

import (
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// An Attempt is one rule tried on one trigger word.
type Attempt struct {
	Token   int       // in the sentence
	Trigger string    // the word
	Span    dyad.Span // of the word, in the story's text
	Rule    string    // "rules/accuse.txt:12"
	Pattern string    // as written
	Event   string    // "ACCUSE/disapprove"
	Fits    bool      // the pattern matches
	Fired   bool      // and it is the one that the record rests on
	Why     string    // in words
}

// Explain tells every rule that was tried in one sentence of a document, and why
// it did or did not fire. It runs the same code as Records.
func (c *Coder) Explain(doc dyad.Document, mentions []dyad.Mention, sentence int) []Attempt {
	if sentence < 0 || sentence >= len(doc.Sentences) {
		return nil
	}
	attempts := []Attempt{}
	r := c.newReading(&doc, mentions)
	defer c.readings.Put(r)
	r.trace = &attempts
	var own []dyad.Mention
	for _, m := range mentions {
		if m.Sentence == sentence {
			own = append(own, m)
		}
	}
	r.sentence(&doc.Sentences[sentence], own, nil)
	r.tellOutcome()
	return attempts
}

// tell keeps the present attempt for an explanation.
func (r *reading) tell(fits bool) {
	if r.trace == nil {
		return
	}
	m := &r.attempt
	a := Attempt{
		Token: m.token, Trigger: r.tree.tokens[m.token].Text, Span: r.tree.tokens[m.token].Span,
		Rule: m.rule.at, Pattern: m.rule.source.Source, Event: eventName(m.block.source), Fits: fits,
	}
	if !fits {
		a.Why = r.whyNot()
	}
	*r.trace = append(*r.trace, a)
}

func (r *reading) tellVeto() {
	if r.trace == nil {
		return
	}
	r.tell(true)
	a := &(*r.trace)[len(*r.trace)-1]
	a.Fits, a.Why = false, "vetoed: no rule of the block fires here"
	a.Pattern = "not " + a.Pattern
	for i := range *r.trace {
		if o := &(*r.trace)[i]; o.Token == a.Token && o.Event == a.Event && o.Fits {
			o.Why = "vetoed by " + a.Rule
		}
	}
}

func eventName(b *codebook.RuleBlock) string {
	if b.Mode == "" {
		return b.Event
	}
	return b.Event + "/" + b.Mode
}

// whyNot says which element of the pattern found nothing.
func (r *reading) whyNot() string {
	m := &r.attempt
	if m.failedAt >= len(m.rule.elements) || m.rule.elements[m.failedAt].kind == codebook.ElementTrigger {
		return "neither side is an actor"
	}
	e := &m.rule.elements[m.failedAt]
	what := elementNames[e.kind]
	if e.isSlot() {
		n := len(r.stack[m.failedAt])
		if n == 0 {
			return "nothing stands where " + what + " should"
		}
		words := make([]string, 0, n)
		for _, c := range r.stack[m.failedAt] {
			words = append(words, "“"+r.tree.tokens[c.token].Text+"”")
		}
		return "no actor for " + what + " at " + strings.Join(words, ", ")
	}
	return what + " of the pattern is not there"
}

var elementNames = map[codebook.ElementKind]string{
	codebook.ElementTrigger:    "the trigger",
	codebook.ElementSource:     "SRC",
	codebook.ElementTarget:     "TGT",
	codebook.ElementBoth:       "BOTH",
	codebook.ElementWord:       "a word",
	codebook.ElementInfinitive: "the complement",
	codebook.ElementClause:     "the clause",
}

// tellOutcome marks the attempts that records rest on, and says of the others
// that fit what won over them.
func (r *reading) tellOutcome() {
	for i := range *r.trace {
		a := &(*r.trace)[i]
		if !a.Fits || a.Why != "" {
			continue
		}
		for k := range r.matches {
			m := &r.matches[k]
			if m.token != a.Token {
				continue
			}
			switch {
			case m.rule.at == a.Rule && m.dismissed:
				a.Why = "it fits, but by the words around it the judge says that this is not so meant here"
			case m.rule.at == a.Rule && m.private:
				a.Why = "it fits, but nobody of political relevance has a part in it"
			case m.rule.at == a.Rule && !m.out:
				a.Fired, a.Why = true, r.howFilled(m)
			case m.rule.at == a.Rule:
				a.Why = "its word is part of another rule's match"
			default:
				a.Why = "a more specific rule won: " + m.rule.at
			}
		}
		if a.Why == "" && a.Rule == judgedRule {
			a.Why = "neither side is an actor"
		}
	}
}

func (r *reading) howFilled(m *match) string {
	var parts []string
	for i, f := range [2]*filling{&m.source, &m.target} {
		if !f.empty() {
			parts = append(parts, [2]string{"SRC", "TGT"}[i]+" "+r.how(f))
		}
	}
	return strings.Join(parts, "; ")
}

// how says in words how a slot was filled.
func (r *reading) how(f *filling) string {
	t := &r.tree
	var b strings.Builder
	for i, m := range f.mentions {
		if i > 0 {
			b.WriteString(" and ")
		}
		b.WriteString("“" + t.mentions[m].Entities[0].Text + "”")
	}
	b.WriteString(": " + howWords[f.how])
	if f.inner >= 0 && f.token >= 0 {
		b.WriteString(", inside “" + t.tokens[f.token].Text + "”")
	}
	return b.String()
}

// reasons gives the steps that led to an event.
func (r *reading) reasons(d *draft) []dyad.Reason {
	m := d.match
	t := &r.tree
	out := []dyad.Reason{{Stage: "coder", Rule: m.rule.at, Note: "“" + m.rule.source.Source + "” at “" + t.tokens[m.token].Text + "”"}}
	if m.judged > 0 {
		out[0] = r.judgedReason(m)
	}
	for i, f := range [2]*filling{&m.source, &m.target} {
		if f.empty() {
			continue
		}
		out = append(out, dyad.Reason{Stage: "coder", Rule: [2]string{"source", "target"}[i], Note: r.how(f)})
		for _, k := range f.mentions {
			if reason := t.mentions[k].Reason; reason.Stage != "" {
				out = append(out, reason)
			}
		}
	}
	if d.implied {
		out = append(out, dyad.Reason{Stage: "coder", Rule: "implied doer", Note: "nobody else is told to do what police and courts do"})
	} else if d.enemy {
		out = append(out, dyad.Reason{Stage: "coder", Rule: "the other side", Note: "the story told before who fights whom"})
	} else if m.unknown {
		out = append(out, dyad.Reason{Stage: "coder", Rule: "unknown doer", Note: "the text names no doer that is an actor"})
	}
	if d.followed {
		out = append(out, dyad.Reason{Stage: "coder", Rule: "host of the visit", Note: "the story told before whom they visit"})
	}
	if d.guessed != "" {
		out = append(out, dyad.Reason{Stage: "coder", Rule: "implied recipient", Note: d.guessed})
	}
	if d.agreed {
		out = append(out, dyad.Reason{Stage: "coder", Rule: "future cooperation", Note: d.said})
	} else if d.said != "" {
		out = append(out, dyad.Reason{Stage: "coder", Rule: "what somebody says he will do", Note: d.said})
	}
	if d.asked != "" {
		out = append(out, dyad.Reason{Stage: "coder", Rule: "said that somebody should", Note: "an obligation told by somebody else is a REQUEST"})
	}
	if len(d.aux) > 0 {
		note := strings.Join(d.aux, ", ")
		if d.status.governor >= 0 {
			note += " under “" + t.tokens[d.status.governor].Text + "”"
		}
		out = append(out, dyad.Reason{Stage: "coder", Rule: "modality", Note: note})
	}
	if d.merged != nil {
		out = append(out, dyad.Reason{Stage: "coder", Rule: "merged", Note: "also told by “" + t.tokens[d.merged.token].Text + "”, " + d.merged.rule.at})
	}
	return out
}
