package coder

// Times, aims and means that say whether a thing happened or is to come.

// isScheduled says whether a day or time to come stands beside a verb or noun: "would
// meet next month".
func (r *reading) isScheduled(n int) bool {
	t := &r.tree
	for steps := 0; n >= 0 && steps < 2; n, steps = t.head(n), steps+1 {
		for c := t.first[n]; c >= 0; c = t.next[c] {
			switch t.base(int(c)) {
			case "obl", "advmod":
			case "advcl":
				if t.hasMark(int(c), "if") || t.hasMark(int(c), "unless") {
					return false
				}
				continue
			default:
				continue
			}
			switch lower(t.tokens[c].Lemma) {
			case "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "soon", "later":
				return true
			case "week", "month", "year", "weekend", "summer", "autumn", "winter", "spring":
				if d := t.childBase(int(c), "amod"); d >= 0 && (t.is(d, "next") || t.is(d, "come") || t.is(d, "coming")) {
					return true
				}
			}
		}
	}
	return false
}

// isAim says whether a noun is what somebody means to reach: "the aim is to attack" tells
// of no attack to come, as "the talks are to resume" does.
func (t *tree) isAim(n int) bool {
	if t.mentionAt(n) >= 0 {
		return false
	}
	switch lower(t.tokens[n].Lemma) {
	case "aim", "goal", "plan", "purpose", "idea", "task", "mission", "objective", "job", "intention", "strategy", "hope", "challenge", "priority",
		"policy", "way", "solution", "option", "role", "point", "need", "best", "wish", "dream", "ambition", "duty", "step", "move", "thing", "this", "that", "it", "what":
		return true
	}
	return false
}

// isMeans says whether a noun tells by or with what something else ended or was stopped.
func (t *tree) isMeans(n int) bool {
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if t.tokens[c].Rel == "case" {
			switch lower(t.tokens[c].Text) {
			case "with", "in", "by", "after", "following", "during", "amid", "over", "through", "because", "despite":
				return true
			}
		}
	}
	return false
}

// saidInPerson says whether a purpose is what was then said: who phones to congratulate
// does so, who gathers to condemn condemns.
func (r *reading) saidInPerson(purpose, v int) bool {
	switch r.tree.lemmaOf(v) {
	case "call", "phone", "telephone", "ring", "write", "summon", "gather", "rally", "meet":
	default:
		return false
	}
	switch r.tree.lemmaOf(purpose) {
	case "congratulate", "thank", "condemn", "complain", "apologize", "apologise", "denounce", "praise", "criticize", "criticise", "condole", "express":
		return true
	}
	return false
}
