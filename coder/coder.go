// Package coder tells who did what to whom: it matches the codebook's event
// rules against dependency trees in which the actors have been found, and gives
// records with their reasons. It knows what constructions do (passives, control,
// reported speech, negation); what words mean politically, the codebook knows.
//
// The order of work on a sentence: read the tree (tree.go), match each trigger
// word's rules (match.go, with arguments.go and nouns.go to find places, fill.go
// to find actors in them), settle which matches stand (settle.go), ask whether it
// happened and who says so (modality.go, embed.go, speech.go), write records
// (records.go).
package coder

import (
	"strconv"
	"sync"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// A Coder codes documents with one codebook. It is read-only after New and safe
// for use by several goroutines.
type Coder struct {
	cb        *codebook.Codebook
	words     vocabulary
	needs     []need // of rules, by number
	readings  *sync.Pool
	blocks    []block
	triggers  [][]trigger // by trigger word
	light     wordSet     // carries a noun ("carried out an attack")
	nature    wordSet     // kills without being anyone ("earthquake")
	embedding []embedding // by word: what it does to what it governs
	discards  phraseIndex
	issues    phraseIndex
	vows      wordSet  // by which somebody tells what he means to do: "threaten", "vow"
	harm      wordSet  // nouns of harm that people blame: "attack", "coup"
	undergone wordSet  // of these, those whose "of X" names the sufferer: "killing"
	hostile   wordSet  // nouns of harm, of which "of X" names the sufferer: "the killing of X"
	cues      cueIndex // words that open positions, expectations and claims
	judge     *judge   // nil until there are weights
	// judgedBlocks stand in for rules where the judge decides.
	judgedBlocks [judgeClasses][2]judgedBlock

	receiverWords [2]word // "to", "for"
	ofWords       [1]word
}

// New compiles a codebook's rules.
func New(cb *codebook.Codebook) *Coder {
	c := &Coder{cb: cb, words: vocabulary{}, readings: new(sync.Pool)}
	c.compileBlocks(cb)
	c.compileEmbeddings(cb)
	c.compileSets(cb)
	c.discards = c.compileDiscards(cb)
	c.issues = c.compileIssues(cb)
	c.cues = compileCues(cb)
	c.judge, c.judgedBlocks = shippedJudge(), compileJudged()
	c.triggers = append(c.triggers, make([][]trigger, len(c.words)+1-len(c.triggers))...)
	return c
}

// Records codes a document. The mentions are those of its sentences, in order.
// Where no rule fires, the judge or else a classifier may find the event; its reason
// says so.
func (c *Coder) Records(doc dyad.Document, mentions []dyad.Mention) []dyad.Record {
	r := c.newReading(&doc, mentions)
	defer c.readings.Put(r)
	records := r.document(mentions)
	return c.addClassified(records, &doc, mentions, r.silenced)
}

// Codebook is the hash of the codebook that it codes with.
func (c *Coder) Codebook() string { return c.cb.Hash }

// ByRules codes a document by the codebook's rules and cues alone: what examples
// and cases prove.
func (c *Coder) ByRules(doc dyad.Document, mentions []dyad.Mention) []dyad.Record {
	r := c.newReading(&doc, mentions)
	defer c.readings.Put(r)
	r.withoutJudge = true
	return r.document(mentions)
}

// newReading begins the work on a document in the memory of an earlier one. Whoever
// has no more use for it puts it back.
func (c *Coder) newReading(doc *dyad.Document, mentions []dyad.Mention) *reading {
	r, _ := c.readings.Get().(*reading)
	if r == nil {
		r = &reading{hosts: hosts{}, named: map[string]int{}, silenced: map[int]bool{}}
	}
	clear(r.hosts)
	clear(r.named)
	clear(r.silenced)
	r.tree.s = nil
	*r = reading{c: c, doc: doc, hosts: r.hosts, named: r.named, silenced: r.silenced, main: mainPair(mentions),
		tree: r.tree, matches: r.matches, attempt: r.attempt, known: r.known, seen: r.seen, verdicts: r.verdicts, stack: r.stack, others: r.others}
	return r
}

// document codes the sentences one after another.
func (r *reading) document(mentions []dyad.Mention) []dyad.Record {
	doc := r.doc
	var records []dyad.Record
	from := 0
	for i := range doc.Sentences {
		to := from
		for to < len(mentions) && mentions[to].Sentence <= i {
			to++
		}
		r.vetoed = false
		records = r.sentence(&doc.Sentences[i], mentions[from:to], records)
		if r.vetoed {
			r.silenced[i] = true
		}
		from = to
	}
	return records
}

// A reading is the work on a document, sentence by sentence. What it allocates
// for one sentence it uses again for the next.
type reading struct {
	c            *Coder
	doc          *dyad.Document
	tree         tree
	matches      []match
	attempt      match
	verdicts     []wordVerdict
	known        []wordClue
	seen         wordClues // of the word before the judge
	withoutJudge bool
	onlyEvents   bool           // no positions, expectations and claims
	stack        [][]candidate  // candidates of each place of a pattern, by depth
	steps        int            // places tried for the present rule
	thatClause   int            // head of the that-clause that the present rule matched, -1 for none
	others       []match        // what else fits at the present trigger
	quarrel      quarrel        // who fights whom in the story
	hosts        hosts          // who visits whom in the story
	exchange     exchange       // the last that one country did to another
	named        map[string]int // how often the story has named each state so far
	trace        *[]Attempt     // nil unless explaining

	vetoed   bool         // a veto has silenced a trigger of the present sentence
	silenced map[int]bool // sentences in which one has

	main       []dyad.Entity // the two countries that the story names most
	lastIssues []string      // issues that the story spoke of last
}

// maxTokens is the longest row of words that is taken for a sentence. What is
// longer is a table, a list or an attack.
const maxTokens = 1000

// tooLong is the record of such a row.
func (r *reading) tooLong(s *dyad.Sentence) dyad.Record {
	r.tree.s = s
	record := r.record(dyad.KindRefusal, 0)
	record.Confidence = 1
	record.Refusal = &dyad.Refusal{Reason: "too long"}
	record.Reasons = []dyad.Reason{{Stage: "coder", Rule: "longest sentence",
		Note: strconv.Itoa(len(s.Tokens)) + " words without an end of sentence; at most " + strconv.Itoa(maxTokens) + " are coded"}}
	record.ID = r.identify(&record, "too long")
	return record
}

// sentence codes one sentence and adds its records.
func (r *reading) sentence(s *dyad.Sentence, mentions []dyad.Mention, records []dyad.Record) []dyad.Record {
	if len(s.Tokens) == 0 {
		return records
	}
	if len(s.Tokens) > maxTokens {
		return append(records, r.tooLong(s))
	}
	r.tree.read(r.c, s, mentions)
	if d := r.discarded(); d >= 0 {
		return append(records, r.refusal(d))
	}
	if len(mentions) == 0 {
		r.matches = r.matches[:0]
		return r.statements(records)
	}
	r.countNames(mentions)
	r.matches = r.matches[:0]
	for i := range s.Tokens {
		r.matchToken(i)
	}
	r.judgeWords()
	r.settle()
	return r.statements(r.write(records))
}
