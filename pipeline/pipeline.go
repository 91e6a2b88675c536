// Package pipeline is the order of the stages: a story's text becomes parsed
// sentences, these get mentions of actors, both give records, and the records get
// dates and places. A failure belongs to its story and never stops the others.
package pipeline

import (
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/actor"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/coder"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/place"
	"github.com/opendyad/dyad/when"
)

// A Pipeline codes stories with one model and one codebook. It is read-only and
// safe for use by several goroutines.
type Pipeline struct {
	book   *codebook.Codebook
	nlp    *nlp.Model
	actors *actor.Finder
	coder  *coder.Coder
	Merge  bool // one record for a happening told several times in a story
	// RulesOnly leaves judge and classifier out: examples and cases prove rules.
	RulesOnly bool
}

// New makes a pipeline that merges.
func New(model *nlp.Model, book *codebook.Codebook) *Pipeline {
	p := &Pipeline{book: book, nlp: model, Merge: true}
	var wait sync.WaitGroup
	wait.Go(func() { p.coder = coder.New(book) })
	p.actors = actor.New(book, place.Countries)
	wait.Wait()
	return p
}

// Code codes one story: read this first. A panic in a stage becomes a failure of
// the story, with the stage's name.
func (p *Pipeline) Code(st dyad.Story) (coding dyad.Coding) {
	stage := "nlp"
	coding.Story = st.ID
	defer func() {
		if r := recover(); r != nil {
			coding.Records = nil
			coding.Failures = append(coding.Failures, dyad.Failure{Story: st.ID, Stage: stage, Error: fmt.Sprintf("the stage failed: %v", r)})
		}
	}()
	doc := p.Document(st)
	stage = "actor"
	mentions := p.actors.Find(doc)
	stage = "coder"
	code := p.coder.Records
	if p.RulesOnly {
		code = p.coder.ByRules
	}
	records := code(doc, mentions)
	stage = "when"
	records = when.Date(records, doc)
	stage = "place"
	records = place.Locate(records, doc, mentions)
	records = once(records)
	if p.Merge {
		stage = "merge"
		merged := merge(records)
		records = append(merged, outcomesKept(visits(records), records, merged)...)
	}
	coding.Records = records
	return coding
}

// Document cuts and parses a story's text and title.
func (p *Pipeline) Document(st dyad.Story) dyad.Document {
	return dyad.Document{Story: st, Title: p.nlp.Sentences(st.Title), Sentences: p.nlp.Sentences(st.Text)}
}

// Coder gives the coder of the pipeline.
func (p *Pipeline) Coder() *coder.Coder { return p.coder }

// Codebook gives the codebook of the pipeline.
func (p *Pipeline) Codebook() *codebook.Codebook { return p.book }

// Model gives the language model of the pipeline.
func (p *Pipeline) Model() *nlp.Model { return p.nlp }

// Mentions finds the actors of a parsed document.
func (p *Pipeline) Mentions(doc dyad.Document) []dyad.Mention { return p.actors.Find(doc) }

// Attempts tells every rule tried on a sentence of a document.
func (p *Pipeline) Attempts(doc dyad.Document, mentions []dyad.Mention, sentence int) []coder.Attempt {
	return p.coder.Explain(doc, mentions, sentence)
}

// A Source is stories one by one; one with an error beside it could not be read.
type Source = iter.Seq2[dyad.Story, error]

// Run codes the stories of a source with several workers and gives the codings in
// the order of the stories, so that the output is the same however many work.
// workers 0 means one a core.
func (p *Pipeline) Run(stories Source, workers int) iter.Seq[dyad.Coding] {
	return inOrder(stories, workers, p.codeOrFail)
}

// codeOrFail codes a story, or makes a failure of what kept it from being read.
func (p *Pipeline) codeOrFail(st dyad.Story, err error) dyad.Coding {
	if err != nil {
		return dyad.Coding{Story: st.ID, Failures: []dyad.Failure{failureOf(st, err)}}
	}
	return p.Code(st)
}

// inOrder does something to each story of a source with several workers, and gives
// the results in the order of the stories.
func inOrder[T any](stories Source, workers int, do func(dyad.Story, error) T) iter.Seq[T] {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type job struct {
		story dyad.Story
		err   error
		done  chan T
	}
	return func(yield func(T) bool) {
		work := make(chan job)
		order := make(chan chan T, 4*workers)
		stop := make(chan struct{})
		var wait sync.WaitGroup
		for range workers {
			wait.Go(func() {
				for j := range work {
					j.done <- do(j.story, j.err)
				}
			})
		}
		go func() {
			defer close(order)
			defer close(work)
			for st, err := range stories {
				j := job{st, err, make(chan T, 1)}
				select {
				case order <- j.done:
				case <-stop:
					return
				}
				select {
				case work <- j:
				case <-stop:
					return
				}
			}
		}()
		for done := range order {
			if !yield(<-done) {
				break
			}
		}
		close(stop)
		wait.Wait()
	}
}
