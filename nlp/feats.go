package nlp

// feats gives a token's morphological features in Universal Dependencies terms,
// as far as its tags and its form tell: "troops" with NNS is "Number=Plur".
func feats(text, upos, xpos string) string {
	switch xpos {
	case "NN", "NNP":
		if upos == "NOUN" || upos == "PROPN" {
			return "Number=Sing"
		}
	case "NNS", "NNPS":
		return "Number=Plur"
	case "JJ":
		if upos == "ADJ" {
			return "Degree=Pos"
		}
	case "JJR", "RBR":
		return "Degree=Cmp"
	case "JJS", "RBS":
		return "Degree=Sup"
	case "CD":
		if asDigits(text) {
			return "NumForm=Digit|NumType=Card"
		}
		return "NumForm=Word|NumType=Card"
	case "MD":
		return "VerbForm=Fin"
	case "VB":
		return "VerbForm=Inf"
	case "VBD":
		return "Mood=Ind|Tense=Past|VerbForm=Fin"
	case "VBG":
		return "VerbForm=Ger"
	case "VBN":
		return "Tense=Past|VerbForm=Part"
	case "VBP":
		return "Mood=Ind|Tense=Pres|VerbForm=Fin"
	case "VBZ":
		return "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
	case "PRP", "PRP$", "DT":
		return closedFeats[closedForm{lowerCase(text), xpos}]
	}
	return ""
}

func asDigits(text string) bool { return len(text) > 0 && text[0] >= '0' && text[0] <= '9' }

// A closedForm is a pronoun or determiner with its Penn tag.
type closedForm struct{ form, xpos string }

var closedFeats = map[closedForm]string{
	{"the", "DT"}:     "Definite=Def|PronType=Art",
	{"a", "DT"}:       "Definite=Ind|PronType=Art",
	{"an", "DT"}:      "Definite=Ind|PronType=Art",
	{"this", "DT"}:    "Number=Sing|PronType=Dem",
	{"that", "DT"}:    "Number=Sing|PronType=Dem",
	{"these", "DT"}:   "Number=Plur|PronType=Dem",
	{"those", "DT"}:   "Number=Plur|PronType=Dem",
	{"i", "PRP"}:      "Case=Nom|Number=Sing|Person=1|PronType=Prs",
	{"me", "PRP"}:     "Case=Acc|Number=Sing|Person=1|PronType=Prs",
	{"we", "PRP"}:     "Case=Nom|Number=Plur|Person=1|PronType=Prs",
	{"us", "PRP"}:     "Case=Acc|Number=Plur|Person=1|PronType=Prs",
	{"you", "PRP"}:    "Case=Nom|Person=2|PronType=Prs",
	{"he", "PRP"}:     "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs",
	{"him", "PRP"}:    "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs",
	{"she", "PRP"}:    "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs",
	{"her", "PRP"}:    "Case=Acc|Gender=Fem|Number=Sing|Person=3|PronType=Prs",
	{"it", "PRP"}:     "Case=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs",
	{"they", "PRP"}:   "Case=Nom|Number=Plur|Person=3|PronType=Prs",
	{"them", "PRP"}:   "Case=Acc|Number=Plur|Person=3|PronType=Prs",
	{"my", "PRP$"}:    "Case=Gen|Number=Sing|Person=1|Poss=Yes|PronType=Prs",
	{"our", "PRP$"}:   "Case=Gen|Number=Plur|Person=1|Poss=Yes|PronType=Prs",
	{"your", "PRP$"}:  "Case=Gen|Person=2|Poss=Yes|PronType=Prs",
	{"his", "PRP$"}:   "Case=Gen|Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
	{"her", "PRP$"}:   "Case=Gen|Gender=Fem|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
	{"its", "PRP$"}:   "Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
	{"their", "PRP$"}: "Case=Gen|Number=Plur|Person=3|Poss=Yes|PronType=Prs",
}
