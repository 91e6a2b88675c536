package nlp

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/opendyad/dyad"
)

// EvaluateSplit splits the raw text of a treebank in CoNLL-U and gives the F1 of
// its sentences and of its words, both by exact span, as the CoNLL 2018 shared task
// counts them. The raw text is the sentences with a blank between, none where the
// last word says SpaceAfter=No, and a blank line before every paragraph.
func EvaluateSplit(path string) (sentenceF1, wordF1 float64, err error) {
	text, gold, err := rawText(path)
	if err != nil {
		return 0, 0, err
	}
	sentences := Split(text)
	return spanF1(sentenceSpans(gold), sentenceSpans(sentences)), spanF1(wordSpans(gold), wordSpans(sentences)), nil
}

// rawText gives the running text of a treebank, and its sentences with offsets into
// that text.
func rawText(path string) (string, []dyad.Sentence, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", nil, fmt.Errorf("reading the treebank to evaluate against: %w", err)
	}
	gold, err := ReadCoNLLU(bytes.NewReader(data), path)
	if err != nil {
		return "", nil, err
	}
	var text strings.Builder
	n := 0
	paragraph, touching, last := true, true, ""
	in := bufio.NewScanner(bytes.NewReader(data))
	in.Buffer(nil, len(data)+1)
	for in.Scan() {
		line := in.Text()
		switch {
		case strings.HasPrefix(line, "# newpar"), strings.HasPrefix(line, "# newdoc"):
			paragraph = true
		case strings.HasPrefix(line, "#"):
		case line == "" && n < len(gold):
			s := &gold[n]
			switch {
			case text.Len() > 0 && paragraph:
				text.WriteString("\n\n")
			case !touching:
				text.WriteByte(' ')
			}
			move(s, text.Len()-s.Start)
			text.WriteString(s.Text)
			touching = strings.Contains(last, "SpaceAfter=No")
			paragraph = false
			n++
		default:
			// The words of a contraction carry no SpaceAfter; its range does.
			if id, _, _ := strings.Cut(line, "\t"); strings.Contains(id, "-") || !inRange(id, last) {
				last = line
			}
		}
	}
	return text.String(), gold, nil
}

// inRange reports whether word id belongs to the range that line begins with.
func inRange(id, line string) bool {
	var word, from, to int
	fields, _, _ := strings.Cut(line, "\t")
	if n, _ := fmt.Sscanf(fields, "%d-%d", &from, &to); n != 2 {
		return false
	}
	fmt.Sscanf(id, "%d", &word)
	return word >= from && word <= to
}

func move(s *dyad.Sentence, by int) {
	s.Start += by
	s.End += by
	for i := range s.Tokens {
		s.Tokens[i].Start += by
		s.Tokens[i].End += by
	}
}

func sentenceSpans(sentences []dyad.Sentence) []dyad.Span {
	spans := make([]dyad.Span, len(sentences))
	for i, s := range sentences {
		spans[i] = s.Span
		if n := len(s.Tokens); n > 0 {
			spans[i] = dyad.Span{Start: s.Tokens[0].Start, End: s.Tokens[n-1].End}
		}
	}
	return spans
}

func wordSpans(sentences []dyad.Sentence) []dyad.Span {
	var spans []dyad.Span
	for i := range sentences {
		for j := range sentences[i].Tokens {
			spans = append(spans, sentences[i].Tokens[j].Span)
		}
	}
	return spans
}

func spanF1(gold, found []dyad.Span) float64 {
	seen := make(map[dyad.Span]bool, len(gold))
	for _, s := range gold {
		seen[s] = true
	}
	hits := 0
	for _, s := range found {
		if seen[s] {
			hits++
		}
	}
	if len(gold)+len(found) == 0 {
		return 0
	}
	return 200 * float64(hits) / float64(len(gold)+len(found))
}
