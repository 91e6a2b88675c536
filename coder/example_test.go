package coder_test

import (
	"fmt"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/coder"
)

// A tree and the actors in it, and one rule: who condemned whom.
func ExampleCoder_Records() {
	rule := codebook.Rule{
		At:     codebook.Position{File: "rules/accuse.txt", Line: 2},
		Source: "SRC condemn TGT",
		Elements: []codebook.Element{
			{Kind: codebook.ElementSource}, {Kind: codebook.ElementTrigger}, {Kind: codebook.ElementTarget},
		},
	}
	book := &codebook.Codebook{Rules: []codebook.RuleBlock{{
		Event: "ACCUSE", Mode: "disapprove",
		Triggers: []codebook.Trigger{{Lemma: "condemn", POS: "VERB"}},
		Rules:    []codebook.Rule{rule},
	}}}

	text := "Aldoria was condemned by Brennia."
	sentence := dyad.Sentence{Span: dyad.Span{End: len(text)}, Text: text, Tokens: []dyad.Token{
		{Span: dyad.Span{Start: 0, End: 7}, Text: "Aldoria", Lemma: "Aldoria", UPOS: "PROPN", XPOS: "NNP", Head: 2, Rel: "nsubj:pass"},
		{Span: dyad.Span{Start: 8, End: 11}, Text: "was", Lemma: "be", UPOS: "AUX", XPOS: "VBD", Head: 2, Rel: "aux:pass"},
		{Span: dyad.Span{Start: 12, End: 21}, Text: "condemned", Lemma: "condemn", UPOS: "VERB", XPOS: "VBN", Head: -1, Rel: "root"},
		{Span: dyad.Span{Start: 22, End: 24}, Text: "by", Lemma: "by", UPOS: "ADP", XPOS: "IN", Head: 4, Rel: "case"},
		{Span: dyad.Span{Start: 25, End: 32}, Text: "Brennia", Lemma: "Brennia", UPOS: "PROPN", XPOS: "NNP", Head: 2, Rel: "obl:agent"},
	}}
	mentions := []dyad.Mention{
		{First: 0, Last: 1, Head: 0, Entities: []dyad.Entity{{Code: "ALD", Text: "Aldoria"}}},
		{First: 4, Last: 5, Head: 4, Entities: []dyad.Entity{{Code: "BRE", Text: "Brennia"}}},
	}
	document := dyad.Document{Story: dyad.Story{ID: "s1", Text: text}, Sentences: []dyad.Sentence{sentence}}

	for _, r := range coder.New(book).Records(document, mentions) {
		fmt.Println(r.Event.Actor[0].Code, r.Event.Type, r.Event.Mode, r.Event.Recipient[0].Code)
		for _, reason := range r.Reasons {
			fmt.Println(reason.Rule, reason.Note)
		}
	}
	// Output:
	// BRE ACCUSE disapprove ALD
	// rules/accuse.txt:2 “SRC condemn TGT” at “condemned”
	// source “Brennia”: agent of the passive
	// target “Aldoria”: subject of the passive
}
