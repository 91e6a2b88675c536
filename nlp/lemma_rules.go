package nlp

import "strings"

// ruleLemma undoes regular inflection by the Penn tag.
func ruleLemma(text, lowered, upos, xpos string) string {
	switch xpos {
	case "NNP", "FW", "LS", "ADD":
		return text
	case "CD":
		return number(text)
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

// number writes a number as the treebanks do: without the commas of "5,000", and
// in small letters unless it is Roman.
func number(w string) string {
	if len(w) > 4 && w[len(w)-4] == ',' {
		w = strings.ReplaceAll(w, ",", "")
	}
	if len(w) > 1 && asciiUpper(w[1]) {
		return w
	}
	return lowerCase(w)
}

// singular undoes the plural of a noun: "treaties", "clashes", "troops".
func singular(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "men") && n > 4:
		return w[:n-2] + "an"
	case strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "s'"):
		return w[:n-2]
	case n < 4 || w[n-1] != 's' || strings.HasSuffix(w, "ss"):
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "uses") && n > 6 && !vowel(w[n-5]):
		return w[:n-2] // "campuses", "censuses"; but "causes"
	case sibilantPlural(w):
		return w[:n-2]
	}
	return w[:n-1]
}

// sibilantPlural reports whether a word ends in an "-es" that is all ending.
func sibilantPlural(w string) bool {
	for _, ending := range [...]string{"sses", "shes", "ches", "xes", "zzes", "oes", "tzes"} {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// thirdPerson undoes the "-s" of a verb: "denies", "attacks", "clashes".
func thirdPerson(w string) string {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's' || strings.HasSuffix(w, "ss"):
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case sibilantPlural(w):
		return w[:n-2]
	}
	return w[:n-1]
}

func pastStem(w string) string {
	n := len(w)
	switch {
	case n < 4 || !strings.HasSuffix(w, "ed"):
		return w
	case strings.HasSuffix(w, "ied"):
		if n == 4 {
			return w[:n-1] // "died"
		}
		return w[:n-3] + "y"
	case takesE(w[:n-2]):
		return w[:n-1]
	}
	return undoubled(w[:n-2])
}

func ingStem(w string) string {
	n := len(w)
	switch {
	case n < 5 || !strings.HasSuffix(w, "ing"):
		return w
	case n == 5 && w[1] == 'y':
		return w[:1] + "ie" // "dying", "lying", "tying"
	case takesE(w[:n-3]) && w[n-4] != 'e':
		return w[:n-3] + "e"
	}
	return undoubled(w[:n-3])
}

// undoubled takes back the doubled consonant of "stopped", and leaves "killed",
// "passed", "staffed" and "buzzed".
func undoubled(stem string) string {
	n := len(stem)
	if n < 3 || stem[n-1] != stem[n-2] || vowel(stem[n-1]) {
		return stem
	}
	switch stem[n-1] {
	case 's', 'f', 'z':
		return stem
	case 'l':
		if syllables(stem) < 2 || strings.HasSuffix(stem, "call") || strings.HasSuffix(stem, "stall") || strings.HasSuffix(stem, "roll") && stem != "controll" && stem != "patroll" {
			return stem // "killed", "recalled", "enrolled"
		}
	}
	return stem[:n-1] // "stopped", "expelled", "cancelled"
}

// takesE reports whether a verb's stem before "-ed" and "-ing" lost an e: "accus"
// and "negotiat" did, "attack" and "visit" did not. What spelling alone does not
// tell is in lemmas.txt.
func takesE(stem string) bool {
	n := len(stem)
	if n < 2 {
		return false
	}
	last, before := stem[n-1], stem[n-2]
	if vowel(last) && last != 'y' {
		return last == 'u' || last == 'e' || last == 'i' && n == 2 // "argued", "agreed"
	}
	if last == before || last == 'w' || last == 'x' || last == 'y' || last == 'h' && before != 't' {
		return false
	}
	long := n > 2 && vowel(before) && vowel(stem[n-3]) && !(stem[n-3] == 'u' && n > 3 && stem[n-4] == 'q')
	switch last {
	case 't':
		if strings.HasSuffix(stem, "iat") || strings.HasSuffix(stem, "uat") {
			return true // "mediated", "evacuated"
		}
	case 'c', 'v':
		return true
	case 's':
		return vowel(before) || strings.IndexByte("nrlp", before) >= 0 // "accused", "condensed", "endorsed"
	case 'z':
		return before != 't'
	case 'g':
		return gTakesE(stem)
	case 'l':
		return !vowel(before) && strings.IndexByte("lrw", before) < 0 || !long && vowel(before) && lengthening(stem)
	}
	if long || !vowel(before) {
		return last == 'h' && strings.HasSuffix(stem, "th") && long && n > 4 // "loathed"
	}
	return lengthening(stem)
}

// gTakesE tells "changed", "judged", "merged", "managed", "besieged" from "hanged"
// and "brought".
func gTakesE(stem string) bool {
	n := len(stem)
	switch before := stem[n-2]; before {
	case 'n':
		return n > 4 && stem[n-3] != 'i' && stem[n-3] != 'o' && !strings.HasSuffix(stem, "hang") || strings.HasSuffix(stem, "chang")
	case 'd', 'r', 'l', 'a', 'e', 'u', 'i':
		return true
	}
	return false
}

// lengthening reports whether a stem in a single vowel and a single consonant was
// written with an e. In one syllable it was, or the consonant would stand twice:
// "named", "hoped". In more, the ending tells: "negotiat", "provid", "resum".
func lengthening(stem string) bool {
	n := len(stem)
	if syllables(stem) < 2 {
		return n > 2 || vowel(stem[0])
	}
	v, c := stem[n-2], stem[n-1]
	switch v {
	case 'a':
		return strings.IndexByte("tdkmpr", c) >= 0 && !strings.HasSuffix(stem, "ctar")
	case 'e':
		return strings.HasSuffix(stem, "ced") || strings.HasSuffix(stem, "ven") || strings.HasSuffix(stem, "let") && n > 4 || strings.HasSuffix(stem, "plet") || strings.HasSuffix(stem, "rem")
	case 'i':
		switch c {
		case 'd', 'r', 'b', 'k':
			return true
		case 'n':
			return strings.HasSuffix(stem, "min") || strings.HasSuffix(stem, "bin") || strings.HasSuffix(stem, "fin") || strings.HasSuffix(stem, "clin")
		case 't':
			return strings.HasSuffix(stem, "unit") || strings.HasSuffix(stem, "cit") || strings.HasSuffix(stem, "vit") || strings.HasSuffix(stem, "gnit")
		case 'l':
			return strings.HasSuffix(stem, "mpil") || strings.HasSuffix(stem, "ncil")
		}
	case 'o':
		switch c {
		case 'd', 'k', 'b', 't', 'p':
			return !strings.HasSuffix(stem, "vot") && !strings.HasSuffix(stem, "lop") && !strings.HasSuffix(stem, "bot")
		case 'n':
			return strings.HasSuffix(stem, "pon")
		case 'r':
			return strings.HasSuffix(stem, "nor") && !strings.HasSuffix(stem, "onor") && n < 7 || strings.HasSuffix(stem, "plor") || strings.HasSuffix(stem, "stor")
		}
	case 'u':
		return strings.IndexByte("tdmrcl", c) >= 0 && !strings.HasSuffix(stem, "ccur")
	}
	return false
}

// comparative undoes "-er" and "-est": "heavier", "bigger", "largest".
func comparative(w, ending string) string {
	stem, ok := strings.CutSuffix(w, ending)
	n := len(stem)
	if !ok || n < 3 {
		return w
	}
	switch {
	case stem[n-1] == 'i':
		return stem[:n-1] + "y"
	case stem[n-1] == stem[n-2] && !vowel(stem[n-1]) && stem[n-1] != 'l' && stem[n-1] != 's' && stem[n-1] != 'f':
		return stem[:n-1]
	case syllables(stem) < 2 && takesE(stem), strings.HasSuffix(stem, "pl"), strings.HasSuffix(stem, "tl"), strings.HasSuffix(stem, "bl"):
		return stem + "e" // "larger", "safest", "simpler"
	}
	return stem
}

func vowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

// syllables counts the runs of vowels.
func syllables(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if vowel(s[i]) && (i == 0 || !vowel(s[i-1])) {
			n++
		}
	}
	return n
}
