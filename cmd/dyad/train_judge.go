package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/coder"
	"github.com/opendyad/dyad/ingest"
)

// A clueLine is a sentence of which is known what its words tell: a label a token,
// "" for no event and "?" where nobody knows (see tools/triggers.py).
type clueLine struct {
	Tokens []string
	Labels []string
}

// fitJudge fits the weights of the coder's judge.
func (c *trainCommand) fitJudge() error {
	if c.Vectors == "" {
		return errors.New("--clues needs word vectors beside them: name their file with --vectors")
	}
	p, err := load("", false)
	if err != nil {
		return err
	}
	vectors, err := os.Open(c.Vectors)
	if err != nil {
		return fmt.Errorf("opening the word vectors: %w", err)
	}
	defer vectors.Close()
	fitting, err := coder.NewFitting(p.Coder(), vectors)
	if err != nil {
		return err
	}
	for _, path := range c.Clues {
		if err := eachClueLine(path, func(line *clueLine) {
			doc := tokenDocument(line.Tokens)
			p.Model().Parse(&doc.Sentences[0])
			fitting.Learn(doc, p.Mentions(doc), line.Labels)
		}); err != nil {
			return err
		}
	}
	fmt.Fprintf(os.Stderr, "judge: %d words to learn from\n", len(fitting.Lessons))
	return os.WriteFile(c.JudgeOut, fitting.Fit(c.Epochs, c.Seed, os.Stderr), 0o644)
}

func eachClueLine(path string, each func(*clueLine)) error {
	file, err := ingest.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 1<<16), 1<<24)
	for number := 1; lines.Scan(); number++ {
		var line clueLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return fmt.Errorf("%s:%d: the line is no JSON object of tokens and labels: %w", path, number, err)
		}
		if len(line.Tokens) == 0 || len(line.Labels) != len(line.Tokens) {
			return fmt.Errorf("%s:%d: there are %d tokens and %d labels", path, number, len(line.Tokens), len(line.Labels))
		}
		each(&line)
	}
	return lines.Err()
}

// tokenDocument is a document of one sentence with the given tokens, a space
// between any two.
func tokenDocument(words []string) dyad.Document {
	text := strings.Join(words, " ")
	s := dyad.Sentence{Span: dyad.Span{End: len(text)}, Text: text, Tokens: make([]dyad.Token, len(words))}
	at := 0
	for i, w := range words {
		s.Tokens[i] = dyad.Token{Text: text[at : at+len(w)], Span: dyad.Span{Start: at, End: at + len(w)}}
		at += len(w) + 1
	}
	return dyad.Document{Story: dyad.Story{Text: text}, Sentences: []dyad.Sentence{s}}
}
