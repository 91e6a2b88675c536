package web

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/coder"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// About is what a page has to know before it asks.
type About struct {
	Version       string `json:"version"`
	Codebook      string `json:"codebook"`
	Store         string `json:"store"`
	DataVersion   string `json:"data_version" doc:"Another when the data are other than before."`
	TokenRequired bool   `json:"token_required" doc:"For writing."`
	PublicRead    bool   `json:"public_read" doc:"Reading needs no token."`
	Writable      bool   `json:"writable"`
	Following     int    `json:"following" doc:"Feeds that are followed."`
}

// DayRead is what was read on a day.
type DayRead struct {
	Day     string `json:"day"`
	Stories int    `json:"stories"`
	Events  int    `json:"events"`
}

// OutletRead is how many stories of an outlet there are.
type OutletRead struct {
	Outlet  string `json:"outlet"`
	Stories int64  `json:"stories"`
}

// LanguageRead is so for a language.
type LanguageRead struct {
	Language string `json:"language"`
	Stories  int64  `json:"stories"`
}

// Coverage is what the record rests on.
type Coverage struct {
	First     string           `json:"first" doc:"Day of the first event."`
	Last      string           `json:"last"`
	Stories   int64            `json:"stories"`
	Clusters  int64            `json:"clusters" doc:"Stories, copies counted once."`
	Records   map[string]int64 `json:"records" doc:"Happenings by kind."`
	Failures  int              `json:"failures"`
	Days      []DayRead        `json:"days"`
	Outlets   []OutletRead     `json:"outlets"`
	Languages []LanguageRead   `json:"languages"`
}

// FailureOne is a story that could not be read or coded.
type FailureOne struct {
	Number int64  `json:"number"`
	Story  string `json:"story"`
	Stage  string `json:"stage"`
	Error  string `json:"error"`
	Source string `json:"source"`
	At     string `json:"at"`
	Tries  int    `json:"tries"`
	Solved bool   `json:"solved"`
}

// FailureList is failures.
type FailureList struct {
	Items []FailureOne `json:"items"`
}

// SourceOne is a place that stories come from again and again.
type SourceOne struct {
	Address   string `json:"address"`
	Kind      string `json:"kind"`
	Failures  int    `json:"failures"`
	LastError string `json:"last_error"`
	LastTried string `json:"last_tried"`
	NextTry   string `json:"next_try"`
}

// SourceList is sources.
type SourceList struct {
	Items []SourceOne `json:"items"`
}

type failuresInput struct {
	All bool `query:"all" doc:"Those too that were solved."`
}

type coverageInput struct {
	Origin []string `query:"origin"`
}

// explainBody is a text to be explained.
type explainBody struct {
	Text  string `json:"text" minLength:"1" maxLength:"200000"`
	Date  string `json:"date,omitempty" doc:"Day of publication."`
	Title string `json:"title,omitempty" maxLength:"2000"`
}

type explainInput struct{ Body explainBody }

// Explanation is everything that led from a text to its records.
type Explanation struct {
	Sentences []ExplainedSentence `json:"sentences"`
	Records   []Record            `json:"records"`
}

// ExplainedSentence is how one sentence was read. Tokens, mentions and attempts have the
// names that dyad explain --json gives them.
type ExplainedSentence struct {
	Text     string          `json:"text"`
	Tokens   []dyad.Token    `json:"tokens"`
	Mentions []dyad.Mention  `json:"mentions"`
	Attempts []coder.Attempt `json:"rules_tried"`
}

func (s *Server) addAbout(api huma.API) {
	s.addVocabulary(api)
	get(s, api, "/api/about", "about", "What a page has to know before it asks", s.about)
	get(s, api, "/api/coverage", "coverage", "What the record rests on", s.coverage)
	get(s, api, "/api/failures", "failures", "Stories that could not be read or coded", s.failures)
	get(s, api, "/api/sources", "sources", "Where stories come from again and again", s.sources)
	op := operation("POST", "/api/explain", "explain", "How a text is read: tokens, tree, actors, rules tried, records")
	op.DefaultStatus = 200
	huma.Register(api, op, func(ctx context.Context, in *explainInput) (*answer[Explanation], error) {
		out, err := s.explain(ctx, &in.Body)
		if err != nil {
			return nil, s.told(err)
		}
		return &answer[Explanation]{out}, nil
	})
}

func (s *Server) about(_ context.Context, _ *struct{}) (About, error) {
	return About{Version: s.options.Version, Codebook: s.options.Book.Hash, Store: filepath.Base(s.options.Store.Path()), DataVersion: s.cache.dataVersion(),
		TokenRequired: s.options.Token != "", PublicRead: s.options.Token == "" || s.options.PublicRead, Writable: true, Following: s.options.Following}, nil
}

func (s *Server) coverage(ctx context.Context, in *coverageInput) (Coverage, error) {
	st := s.options.Store
	out := Coverage{Records: map[string]int64{}, Outlets: []OutletRead{}, Languages: []LanguageRead{}}
	days, err := s.desk(in.Origin).Coverage(ctx)
	if err != nil {
		return out, err
	}
	out.Days = mapped(days, func(c *relation.Coverage) DayRead {
		return DayRead{relation.DateOf(c.Day).String(), c.Stories, c.Events}
	})
	first, last, err := st.Span(ctx, in.Origin)
	if err != nil {
		return out, err
	}
	out.First, out.Last = first.String(), last.String()
	read, err := st.Read(ctx, in.Origin)
	if err != nil {
		return out, err
	}
	for kind, n := range read.Happenings {
		out.Records[string(kind)] = n
	}
	out.Stories, out.Clusters = read.Stories, read.Clusters
	for name, n := range read.Outlets {
		out.Outlets = append(out.Outlets, OutletRead{name, n})
	}
	slices.SortFunc(out.Outlets, func(a, b OutletRead) int {
		return cmp.Or(cmp.Compare(b.Stories, a.Stories), cmp.Compare(a.Outlet, b.Outlet))
	})
	for name, n := range read.Languages {
		out.Languages = append(out.Languages, LanguageRead{name, n})
	}
	slices.SortFunc(out.Languages, func(a, b LanguageRead) int {
		return cmp.Or(cmp.Compare(b.Stories, a.Stories), cmp.Compare(a.Language, b.Language))
	})
	failures, err := st.Failures(ctx, false)
	out.Failures = len(failures)
	return out, err
}

func (s *Server) failures(ctx context.Context, in *failuresInput) (FailureList, error) {
	found, err := s.options.Store.Failures(ctx, in.All)
	return FailureList{mapped(found, func(f *store.Failure) FailureOne {
		return FailureOne{f.Number, f.Story, f.Stage, f.Error, f.Source, instant(f.At), f.Tries, f.Solved}
	})}, err
}

func (s *Server) sources(ctx context.Context, _ *struct{}) (SourceList, error) {
	found, err := s.options.Store.Sources(ctx)
	return SourceList{mapped(found, func(x *store.Source) SourceOne {
		return SourceOne{x.Address, x.Kind, x.Failures, x.LastError, instant(x.LastTried), instant(x.NextTry)}
	})}, err
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

func (s *Server) explain(_ context.Context, b *explainBody) (Explanation, error) {
	var wrong faults
	st := dyad.Story{ID: "text", Title: b.Title, Text: b.Text, Published: wrong.date("body.date", b.Date)}
	if err := wrong.err(); err != nil {
		return Explanation{}, err
	}
	return Explain(s.options.Pipeline, st)
}

// Explain tells everything that leads from a story to its records.
func Explain(with *pipeline.Pipeline, st dyad.Story) (out Explanation, err error) {
	err = explained(with, st, func(doc *dyad.Document, mentions []dyad.Mention, attempts [][]coder.Attempt, records []dyad.Record) {
		out = Explanation{Sentences: make([]ExplainedSentence, len(doc.Sentences)), Records: recordsOf(records)}
		for i := range doc.Sentences {
			sentence := ExplainedSentence{Text: doc.Sentences[i].Text, Tokens: listed(doc.Sentences[i].Tokens), Mentions: []dyad.Mention{}, Attempts: listed(attempts[i])}
			for _, m := range mentions {
				if m.Sentence == i {
					sentence.Mentions = append(sentence.Mentions, m)
				}
			}
			out.Sentences[i] = sentence
		}
	})
	return out, err
}

// explained gives everything that leads from a story to its records, each of which
// stands by itself here: what one story tells twice is not put together.
func explained(with *pipeline.Pipeline, st dyad.Story, give func(*dyad.Document, []dyad.Mention, [][]coder.Attempt, []dyad.Record)) error {
	p := *with
	p.Merge = false
	coding := p.Code(st)
	for _, f := range coding.Failures {
		return huma.Error422UnprocessableEntity("the text was not coded ("+f.Stage+"): "+f.Error, bad("body.text", f.Error, nil))
	}
	doc := p.Document(st)
	mentions := p.Mentions(doc)
	attempts := make([][]coder.Attempt, len(doc.Sentences))
	for i := range doc.Sentences {
		attempts[i] = p.Attempts(doc, mentions, i)
	}
	give(&doc, mentions, attempts, coding.Records)
	return nil
}
