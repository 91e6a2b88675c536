package nlp

import (
	"sort"
	"strings"

	"github.com/opendyad/dyad"
)

// lemma gives a token's lemma: by the exceptions that the treebanks taught, else
// by the rules of English inflection.
func (m *Model) lemma(text, upos, xpos string) string {
	lowered := lowerCase(text)
	if m.exceptions != nil {
		if classes, ok := m.exceptions[lowered]; ok {
			for i := range classes {
				if classes[i].xpos == xpos {
					return classes[i].lemma
				}
			}
		}
	}
	return ruleLemma(text, lowered, upos, xpos)
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
		if best != "" && best != "_" && ruleLemma(k.form, k.form, upos[k], k.xpos) != best {
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

// ruleLemma undoes regular inflection by the Penn tag.
func ruleLemma(text, lowered, upos, xpos string) string {
	switch xpos {
	case "NNP", "FW", "LS", "ADD", "CD":
		return text
	case "NNPS":
		return singular(text)
	case "NNS":
		return singular(lowered)
	case "VBZ":
		return thirdPerson(lowered)
	case "VBD", "VBN":
		return pastStem(lowered)
	case "VBG":
		return ingStem(lowered)
	case "JJR", "RBR":
		return comparative(lowered, "er")
	case "JJS", "RBS":
		return comparative(lowered, "est")
	}
	if upos == "PROPN" {
		return text
	}
	return lowered
}

func singular(w string) string {
	n := len(w)
	switch {
	case n < 4 || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss"):
		return strings.TrimSuffix(w, "'s")
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"), strings.HasSuffix(w, "oes"):
		return w[:n-2]
	case strings.HasSuffix(w, "men") && n > 3:
		return w[:n-3] + "man"
	}
	return w[:n-1]
}

func thirdPerson(w string) string {
	n := len(w)
	switch {
	case n < 4:
		return w
	case strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"), strings.HasSuffix(w, "oes"):
		return w[:n-2]
	case strings.HasSuffix(w, "s"):
		return w[:n-1]
	}
	return w
}

func pastStem(w string) string {
	n := len(w)
	if n < 4 || !strings.HasSuffix(w, "ed") {
		return w
	}
	if strings.HasSuffix(w, "ied") && n > 4 {
		return w[:n-3] + "y"
	}
	return restoreStem(w[:n-2])
}

func ingStem(w string) string {
	n := len(w)
	if n < 5 || !strings.HasSuffix(w, "ing") {
		return w
	}
	return restoreStem(w[:n-3])
}

// restoreStem gives back what "-ed" and "-ing" took: the doubled consonant of
// "stopped" goes, the e of "accused" comes, "attacked" and "bombed" stay.
func restoreStem(stem string) string {
	n := len(stem)
	if n < 2 {
		return stem
	}
	last, before := stem[n-1], stem[n-2]
	if last == before && !vowel(last) {
		if last == 'l' || last == 's' || last == 'z' || last == 'f' {
			if n > 4 && last == 'l' && vowel(stem[n-3]) && (n > 5 || strings.HasSuffix(stem, "pell") || strings.HasSuffix(stem, "cell")) && !strings.HasSuffix(stem, "kill") {
				return stem[:n-1] // "expelled", "cancelled", "controlled"
			}
			return stem
		}
		return stem[:n-1]
	}
	if !hasVowel(stem) {
		return stem
	}
	switch {
	case last == 'c', last == 'v', last == 'u' && before != 'o', last == 'z', last == 'g' && (before == 'n' && n > 4 && (stem[n-3] == 'a' || stem[n-3] == 'e' || stem[n-3] == 'u') && !strings.HasSuffix(stem, "hang") || before == 'd' || before == 'r' || before == 'a' || before == 'e' || before == 'l'):
		return stem + "e"
	case last == 's' && before != 's' && (vowel(before) || before == 'n' || before == 'r' || before == 'l' || before == 'p'):
		if strings.HasSuffix(stem, "focus") || strings.HasSuffix(stem, "bias") {
			return stem
		}
		return stem + "e"
	case last == 'l' && !vowel(before) && before != 'l' && before != 'r' && before != 'w':
		return stem + "e" // "assembled", "settled"
	case last == 'r' && before == 'i' || last == 'r' && before == 'u' && n > 3:
		return stem + "e" // "fired", "secured"
	case last == 'r' && before == 'a' && n <= 6 || last == 'r' && before == 'o' && n > 4 && n <= 7 && !strings.HasSuffix(stem, "abor") && !strings.HasSuffix(stem, "avor") && !strings.HasSuffix(stem, "onor"):
		return stem + "e" // "shared", "declared" is an exception learnt, "ignored"
	case last == 't' && (before == 'a' && n > 3 && !strings.HasSuffix(stem, "eat") && !strings.HasSuffix(stem, "oat") && !strings.HasSuffix(stem, "reat") || before == 'u' && n > 4 || before == 'o' && n > 4 || before == 'i' && (strings.HasSuffix(stem, "unit") || strings.HasSuffix(stem, "cit") || strings.HasSuffix(stem, "vit") || strings.HasSuffix(stem, "gnit"))):
		return stem + "e" // "negotiated", "executed", "promoted", "united", "invited"
	case last == 'd' && (before == 'i' || before == 'u' || before == 'a') && n > 3 && !strings.HasSuffix(stem, "aid") && !strings.HasSuffix(stem, "oad") && !strings.HasSuffix(stem, "ead") && !strings.HasSuffix(stem, "oid"):
		return stem + "e" // "provided", "concluded", "invaded"
	case last == 'd' && before == 'e' && n > 3 && strings.HasSuffix(stem, "ced"):
		return stem + "e" // "conceded"
	case last == 'n' && (before == 'i' && n > 5 && !strings.HasSuffix(stem, "ain") && !strings.HasSuffix(stem, "oin") || before == 'e' && strings.HasSuffix(stem, "ven") && n > 5 || before == 'o' && strings.HasSuffix(stem, "pon")):
		return stem + "e" // "examined", "convened"
	case last == 'm' && (before == 'u' && n > 4 || before == 'a' && n <= 5 && !strings.HasSuffix(stem, "eam") || before == 'i' && n > 3 && !strings.HasSuffix(stem, "aim")):
		return stem + "e" // "resumed", "named", "claimed" stays
	case last == 'k' && (before == 'o' && n > 4 && stem[n-3] == 'v' || before == 'i' && n <= 5 || before == 'a' && n <= 5 && stem[n-3] != 'e' && stem[n-3] != 'o'):
		return stem + "e" // "provoked", "liked", "baked"
	case last == 'p' && (before == 'o' || before == 'a' || before == 'u' || before == 'i') && n > 3 && vowel(before) && !vowel(stem[n-3]):
		if strings.HasSuffix(stem, "lop") || strings.HasSuffix(stem, "hip") || strings.HasSuffix(stem, "sip") {
			return stem // "developed", "worshiped"
		}
		return stem + "e" // "escaped", "hoped"
	}
	return stem
}

func comparative(w, ending string) string {
	if !strings.HasSuffix(w, ending) || len(w) < len(ending)+3 {
		return w
	}
	stem := strings.TrimSuffix(w, ending)
	if strings.HasSuffix(stem, "i") {
		return stem[:len(stem)-1] + "y"
	}
	n := len(stem)
	if n > 2 && stem[n-1] == stem[n-2] && !vowel(stem[n-1]) && stem[n-1] != 'l' && stem[n-1] != 's' {
		return stem[:n-1]
	}
	if stem[n-1] == 'g' && stem[n-2] == 'r' || stem[n-1] == 'c' || stem[n-1] == 'v' || stem[n-1] == 't' && stem[n-2] == 'a' || stem[n-1] == 'd' && stem[n-2] == 'i' || stem[n-1] == 's' || stem[n-1] == 'u' {
		return stem + "e"
	}
	return stem
}

func vowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

func hasVowel(s string) bool {
	for i := 0; i < len(s); i++ {
		if vowel(s[i]) {
			return true
		}
	}
	return false
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
