package web

import (
	"context"
	"errors"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/coder"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/relation"
)

// Tools are the questions that a program for language models puts, each with the
// evidence for its answer. They want a store that is open for reading only.
type Tools struct{ s *Server }

// NewTools makes tools over a store, a codebook and a pipeline.
func NewTools(o Options) *Tools { return &Tools{newServer(o)} }

// SearchInput asks for records.
type SearchInput struct {
	Either    []string `json:"either,omitempty" jsonschema:"country as actor or recipient (IRN or Iran), or a pair either way (IRN-PAK)"`
	Actor     []string `json:"actor,omitempty" jsonschema:"who does it: country code or name, with a sector if wanted (IRN GOV)"`
	Recipient []string `json:"recipient,omitempty" jsonschema:"to whom"`
	Kind      []string `json:"kind,omitempty" jsonschema:"event, position, expectation, claim, visit or refusal; default all"`
	Event     []string `json:"event,omitempty" jsonschema:"PLOVER event: AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"`
	Quad      []int    `json:"quad,omitempty" jsonschema:"1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"`
	Issue     []string `json:"issue,omitempty" jsonschema:"issue of the codebook, such as kashmir"`
	From      string   `json:"from,omitempty" jsonschema:"first day, month or year"`
	To        string   `json:"to,omitempty" jsonschema:"last day, month or year"`
	Story     []string `json:"story,omitempty" jsonschema:"ids of stories"`
	Limit     int      `json:"limit,omitempty" jsonschema:"at most so many, 20 when not given, 100 at most"`
	Cursor    string   `json:"cursor,omitempty" jsonschema:"next of the answer before"`
}

// Found is a record with the sentence that it rests on and who printed it.
type Found struct {
	Evidence
	Sources int `json:"reported_by" jsonschema:"stories that report the same happening"`
}

// SearchOutput is records, the newest first.
type SearchOutput struct {
	Total   int64   `json:"total"`
	Records []Found `json:"records"`
	Next    string  `json:"next,omitempty"`
}

// Search finds records.
func (t *Tools) Search(ctx context.Context, in SearchInput) (SearchOutput, error) {
	q := RecordsInput{PageParams: PageParams{Order: "newest", Limit: in.Limit, Cursor: in.Cursor}}
	q.FilterParams = FilterParams{Kind: in.Kind, Fold: true, Asked: desk.Asked{Either: in.Either, Actor: in.Actor, Recipient: in.Recipient, Event: in.Event,
		Quad: in.Quad, Issue: in.Issue, From: in.From, To: in.To, Story: in.Story}}
	if q.Limit <= 0 || q.Limit > 100 {
		q.Limit = 20
	}
	var wrong faults
	f := t.s.filter(&q.FilterParams, &wrong)
	after := q.page(&f, &wrong)
	if err := wrong.plain(); err != nil {
		return SearchOutput{}, err
	}
	records, next, err := t.s.options.Store.RecordPage(ctx, f, true, after)
	if err != nil {
		return SearchOutput{}, err
	}
	ids := make([]string, len(records))
	for i := range records {
		ids[i] = records[i].ID
	}
	evidence, err := t.s.evidence(ctx, ids)
	if err != nil {
		return SearchOutput{}, err
	}
	out := SearchOutput{Records: []Found{}, Next: cursorOf(next)}
	for i := range records {
		out.Records = append(out.Records, Found{evidence[records[i].ID], max(1, format.Sources(records[i].Reports))})
	}
	f.Limit = 0
	out.Total, err = t.s.total(ctx, f)
	return out, err
}

// PairInput asks about a pair.
type PairInput struct {
	Pair string `json:"pair" jsonschema:"two countries with a hyphen between: IRN-PAK or Iran-Pakistan"`
	On   string `json:"on,omitempty" jsonschema:"as of this day; that of the last event when not given"`
}

// PairOutput is where a pair stands and why.
type PairOutput struct {
	Pair     string     `json:"pair"`
	On       string     `json:"on"`
	Sentence string     `json:"sentence"`
	Level    string     `json:"level"`
	Moves    string     `json:"direction"`
	Reasons  []string   `json:"reasons"`
	Movers   []Evidence `json:"movers" jsonschema:"what happened that moved it"`
	Said     []Evidence `json:"said" jsonschema:"what was said of the relation"`
	Changes  []string   `json:"changes"`
	Thirds   []string   `json:"third_parties"`
	Recent   Segment    `json:"recent"`
}

// Pair tells where a pair stands.
func (t *Tools) Pair(ctx context.Context, in PairInput) (PairOutput, error) {
	one, err := t.s.pairOne(ctx, &PairQuery{Pair: in.Pair, On: in.On, Step: "month", HalfLife: relation.DefaultHalfLife})
	if err != nil {
		return PairOutput{}, plainly(err)
	}
	st := &one.State
	out := PairOutput{Pair: one.Pair, On: st.On, Sentence: st.Sentence, Level: st.Level, Moves: st.Direction, Reasons: st.Reasons, Recent: st.Recent,
		Movers: []Evidence{}, Said: []Evidence{}, Changes: []string{}, Thirds: []string{}}
	for _, m := range st.Movers {
		out.Movers = append(out.Movers, one.Evidence[m.Record])
	}
	for _, m := range st.Said {
		out.Said = append(out.Said, one.Evidence[m.Record])
	}
	for _, c := range st.Changes {
		out.Changes = append(out.Changes, fmt.Sprintf("%s since about %s: %s before, %s after", firstFilled(c.Direction, "changed"), c.Since,
			firstFilled(c.Before.State, "too little to say"), firstFilled(c.After.State, "too little to say")))
	}
	for _, third := range one.Triads {
		out.Thirds = append(out.Thirds, third.Reading)
	}
	return out, nil
}

// BriefInput asks for a brief.
type BriefInput struct {
	Pair  string `json:"pair" jsonschema:"two countries with a hyphen between: IRN-PAK or Iran-Pakistan"`
	Since string `json:"since,omitempty" jsonschema:"first day that is told"`
	On    string `json:"on,omitempty" jsonschema:"as of this day"`
}

// Brief writes the brief of a pair as Markdown, with its sources numbered.
func (t *Tools) Brief(ctx context.Context, in BriefInput) (string, error) {
	var wrong faults
	a, b := t.s.pair("pair", in.Pair, &wrong)
	since, on := wrong.day("since", in.Since, false), wrong.day("on", in.On, true)
	if err := wrong.plain(); err != nil {
		return "", err
	}
	brief, err := t.s.desk(nil).Brief(ctx, a, b, since, on)
	if err != nil {
		return "", err
	}
	d := brief.Document()
	return d.Markdown(), nil
}

// ExplainInput asks how a text is read.
type ExplainInput struct {
	Text string `json:"text" jsonschema:"a sentence or an article"`
	Date string `json:"date,omitempty" jsonschema:"its day of publication, against which Tuesday is worked out"`
}

// ExplainOutput is what was found in a text, and by which rules.
type ExplainOutput struct {
	Sentences []ReadSentence `json:"sentences"`
}

// ReadSentence is a sentence with what was found in it.
type ReadSentence struct {
	Text    string        `json:"text"`
	Actors  []string      `json:"actors"`
	Records []ReadRecord  `json:"records"`
	Tried   []TriedOfRule `json:"rules_tried"`
}

// ReadRecord is a record in a line, with its reasons.
type ReadRecord struct {
	Kind       string   `json:"kind"`
	Line       string   `json:"line"`
	Date       string   `json:"date"`
	Confidence float64  `json:"confidence"`
	Reasons    []string `json:"reasons"`
}

// TriedOfRule is a rule that was tried at a word.
type TriedOfRule struct {
	Word  string `json:"word"`
	Rule  string `json:"rule"`
	Event string `json:"event"`
	Fired bool   `json:"fired"`
	Why   string `json:"why"`
}

// Explain tells how a text is read.
func (t *Tools) Explain(_ context.Context, in ExplainInput) (ExplainOutput, error) {
	var wrong faults
	st := dyad.Story{ID: "text", Text: in.Text, Published: wrong.date("date", in.Date)}
	if in.Text == "" || len(in.Text) > 200_000 {
		wrong.add("text", "want a text of at most 200,000 bytes", len(in.Text))
	}
	if err := wrong.plain(); err != nil {
		return ExplainOutput{}, err
	}
	out := ExplainOutput{Sentences: []ReadSentence{}}
	err := explained(t.s.options.Pipeline, st, func(doc *dyad.Document, mentions []dyad.Mention, attempts [][]coder.Attempt, records []dyad.Record) {
		for i := range doc.Sentences {
			out.Sentences = append(out.Sentences, readSentence(&doc.Sentences[i], i, mentions, attempts[i], records))
		}
	})
	return out, plainly(err)
}

func readSentence(s *dyad.Sentence, number int, mentions []dyad.Mention, attempts []coder.Attempt, records []dyad.Record) ReadSentence {
	out := ReadSentence{Text: s.Text, Actors: []string{}, Records: []ReadRecord{}, Tried: []TriedOfRule{}}
	for _, m := range mentions {
		if m.Sentence == number {
			out.Actors = append(out.Actors, format.Codes(m.Entities)+": "+m.Reason.Note+" ["+m.Reason.Rule+"]")
		}
	}
	for i := range records {
		r := &records[i]
		if r.Evidence.Sequence != number+1 {
			continue
		}
		reasons := mapped(r.Reasons, func(x *dyad.Reason) string { return x.Stage + " " + x.Rule + ": " + x.Note })
		out.Records = append(out.Records, ReadRecord{string(r.Kind), format.Line(r), r.Date.String(), r.Confidence, reasons})
	}
	for _, a := range attempts {
		out.Tried = append(out.Tried, TriedOfRule{a.Trigger, a.Rule, a.Event, a.Fired, a.Why})
	}
	return out
}

// plain is what is wrong as one sentence, for those who read no problem details.
func (f faults) plain() error { return plainly(f.err()) }

// plainly puts the details of an error into its sentence.
func plainly(err error) error {
	var model *huma.ErrorModel
	if !errors.As(err, &model) {
		return err
	}
	text := model.Detail
	for _, d := range model.Errors {
		text += fmt.Sprintf("; %s: %s", d.Location, d.Message)
	}
	return errors.New(text)
}
