package nlp

import (
	_ "embed"
	"sort"
	"strings"
	"sync"

	"github.com/opendyad/dyad"
)

// lemmaList holds the forms that the rules get wrong, a line a form: its kind
// ("v" verb, "n" noun, "a" adjective, "f" word of a closed class), the form, the lemma.
//
//go:embed lemmas.txt
var lemmaList string

// A lemmaKey is a form of a kind of word: "v" and "met".
type lemmaKey struct {
	kind byte
	form string
}

// irregular reads lemmaList, once.
var irregular = sync.OnceValue(func() map[lemmaKey]string {
	table := make(map[lemmaKey]string, strings.Count(lemmaList, "\n"))
	for line := range strings.Lines(lemmaList) {
		if f := strings.Fields(line); len(f) == 3 && line[0] != '#' {
			table[lemmaKey{f[0][0], f[1]}] = f[2]
		}
	}
	return table
})

// Lemma gives the lemma of a form with its universal and Penn tags, as the
// Universal Dependencies treebanks write it: "met", "VERB", "VBD" is "meet".
func Lemma(form, upos, xpos string) string {
	return plainLemma(form, lowerCase(form), upos, xpos)
}

func plainLemma(text, lowered, upos, xpos string) string {
	if kind := inflectedKind(xpos); kind != 0 {
		if lemma, ok := irregular()[lemmaKey{kind, lowered}]; ok {
			return lemma
		}
	}
	if (xpos == "VB" || xpos == "VBP") && upos == "VERB" && !alsoBase[lowered] {
		// "Troops retook …", with a past tense taken for a present.
		if lemma, ok := irregular()[lemmaKey{'v', lowered}]; ok {
			return lemma
		}
	}
	return ruleLemma(text, lowered, upos, xpos)
}

// alsoBase are irregular past forms that are verbs of their own: "to found".
var alsoBase = map[string]bool{"found": true, "fell": true, "lay": true, "saw": true, "bound": true, "wound": true, "ground": true,
	"bore": true, "rent": true, "left": true, "felt": true, "lit": true, "rose": true, "stove": true, "wove": true, "spat": true, "wed": true}

// inflectedKind gives the kind of word that lemmaList has for a Penn tag, 0 where
// the tag is of words that it does not list.
func inflectedKind(xpos string) byte {
	switch xpos {
	case "VBD", "VBN", "VBG", "VBZ":
		return 'v'
	case "NNS":
		return 'n'
	case "JJR", "JJS", "RBR", "RBS":
		return 'a'
	case "PRP", "DT", "MD", "RB", "VBP":
		return 'f'
	}
	return 0
}

// lemma gives a token's lemma: by the exceptions that the treebanks taught, else
// as Lemma does.
func (m *Model) lemma(text, upos, xpos string) string {
	lowered := lowerCase(text)
	if kind := inflectedKind(xpos); kind == 'v' {
		// Before what the treebanks taught, which have their slips: "fled" of "flead".
		if lemma, ok := irregular()[lemmaKey{kind, lowered}]; ok {
			return lemma
		}
	}
	if m.exceptions != nil {
		if classes, ok := m.exceptions[lowered]; ok {
			for i := range classes {
				if classes[i].xpos == xpos {
					return classes[i].lemma
				}
			}
		}
	}
	return plainLemma(text, lowered, upos, xpos)
}

// A lemmaException is the lemma of a form under one Penn tag.
type lemmaException struct{ xpos, lemma string }

// learnLemmas collects the forms whose lemma the rules get wrong.
func learnLemmas(sentences []dyad.Sentence) map[string][]lemmaException {
	type key struct{ form, xpos string }
	counts := map[key]map[string]int{}
	upos := map[key]string{}
	for i := range sentences {
		for j := range sentences[i].Tokens {
			t := &sentences[i].Tokens[j]
			if t.UPOS == "PROPN" || t.UPOS == "PUNCT" || t.UPOS == "SYM" || t.UPOS == "X" || t.UPOS == "NUM" {
				continue
			}
			k := key{lowerCase(t.Text), t.XPOS}
			if counts[k] == nil {
				counts[k] = map[string]int{}
			}
			counts[k][t.Lemma]++
			upos[k] = t.UPOS
		}
	}
	exceptions := map[string][]lemmaException{}
	for k, lemmas := range counts {
		best := commonestKey(lemmas)
		if best != "" && best != "_" && plainLemma(k.form, k.form, upos[k], k.xpos) != best {
			exceptions[k.form] = append(exceptions[k.form], lemmaException{k.xpos, best})
		}
	}
	return exceptions
}

func commonestKey(counts map[string]int) string {
	best := ""
	for k, n := range counts {
		if n > counts[best] || n == counts[best] && k < best {
			best = k
		}
	}
	return best
}

func lowerCase(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ReplaceAll(strings.ToLower(s), "’", "'")
		}
	}
	return s
}

// exceptionLines writes the exceptions a line a form, for the model file.
func (m *Model) exceptionLines() []string {
	lines := make([]string, 0, len(m.exceptions))
	for form, list := range m.exceptions {
		for _, e := range list {
			lines = append(lines, form+"\t"+e.xpos+"\t"+e.lemma)
		}
	}
	sort.Strings(lines)
	return lines
}

func (m *Model) setExceptions(lines []string) {
	m.exceptions = make(map[string][]lemmaException, len(lines))
	for _, line := range lines {
		f := strings.Split(line, "\t")
		if len(f) == 3 {
			m.exceptions[f[0]] = append(m.exceptions[f[0]], lemmaException{f[1], f[2]})
		}
	}
}
