package coder

import "github.com/opendyad/dyad"

// A status says whether what a trigger tells happened, and who says so.
type status struct {
	negation     bool
	future       bool
	hypothetical bool
	historical   bool
	pluperfect   bool // "had attacked": historical unless somebody says it
	ending       bool // "ended the siege"
	obligation   bool // "should release", "must leave": a request, if somebody says it
	would        bool // "would attack": to come where somebody said so, else only thought of
	quoted       bool // the "would" is somebody's very word, which is no report of a "will"
	able         bool // "could attack"
	threat       bool // "threatened to attack"
	reported     bool // somebody said it, and "said it would" is "says it will"
	vowed        bool // the doer's own word for it: "vowed to attack"
	refused      bool // "will not meet"
	open         bool // hypothetical for no other reason than a "would", a "could" or a threat
	token        int  // of the trigger
	speaker      int  // token of the one who asserts it, -1 for the writer
	governor     int  // the word that made it negated, future or hypothetical, -1 for its own words
}

// statusOf reads negation, modality, tense and speaker from the tree, from the
// trigger up to the root: "Corva said that Brennia would not agree to attack".
func (r *reading) statusOf(token int) status {
	t := &r.tree
	st := status{token: token, speaker: -1, governor: -1}
	r.ownStatus(token, &st)
	carried := true // what governs the present word still governs the event
	n, from := token, -1
	for steps := 0; steps < 30; steps++ {
		r.attribution(n, from, &st)
		h := t.head(n)
		if h < 0 {
			break
		}
		switch t.base(n) {
		case "conj":
			carried = r.jointStatus(n, h, carried, &st)
		case "xcomp", "ccomp", "csubj", "advcl", "acl", "parataxis":
			carried = r.clauseStatus(n, h, carried, &st)
		case "obj", "nsubj", "obl", "iobj", "dep", "advmod":
			carried = r.argumentStatus(n, h, carried, &st)
		case "nmod", "appos", "compound", "amod":
			carried = r.nounStatus(n, h, carried, &st)
		default:
			carried = false
		}
		n, from = h, n
	}
	if st.pluperfect && st.speaker < 0 {
		st.historical = true
	}
	if last := len(t.tokens) - 1; t.tokens[last].Text == "?" {
		st.hypothetical = true // "Did Brennia attack Corva?"
	}
	if st.would && !st.hypothetical && st.governor < 0 && r.isScheduled(token) {
		st.reported = true // "the leaders would meet on Friday": as somebody has said
	}
	st.conclude()
	return st
}

// conclude says what a "would" or a "could" comes to, once it is known who says it.
func (st *status) conclude() {
	told := st.would && st.reported && !st.quoted
	st.future = st.future || told
	mere := st.would && !told || st.able || st.threat
	st.open = mere && !st.hypothetical
	st.hypothetical = st.hypothetical || mere
}

// addMood lends a word the auxiliaries of another.
func (st *status) addMood(own *status) {
	st.future = st.future || own.future
	st.hypothetical = st.hypothetical || own.hypothetical
	st.would, st.quoted = st.would || own.would, st.quoted || own.quoted
	st.able = st.able || own.able
}

// ownStatus reads the words that hang on the trigger itself.
func (r *reading) ownStatus(n int, st *status) {
	t := &r.tree
	r.isToStatus(n, st)
	for c := t.first[n]; c >= 0; c = t.next[c] {
		w := lower(t.tokens[c].Text)
		switch t.base(int(c)) {
		case "aux":
			r.auxStatus(n, int(c), w, st)
		case "advmod", "cc", "det", "neg":
			adverbStatus(w, st)
			if w == "any" {
				st.hypothetical = true
			}
		case "mark":
			switch w {
			case "if", "unless", "whether", "lest":
				st.hypothetical = true
			case "without":
				st.negation = true
			case "in":
				if f := t.child(int(c), "fixed"); f >= 0 && t.is(f, "case") {
					st.hypothetical = true // "in case Brennia attacks"
				}
			case "instead", "rather":
				st.negation = true
			case "due":
				st.future = true // "is due to arrive", read like "due to illness"
			}
		case "case":
			if w == "without" || w == "instead" {
				st.negation = true
			}
		case "amod", "compound":
			adjectiveStatus(lower(t.tokens[c].Lemma), st)
		case "nsubj", "obj":
			if d := t.child(int(c), "det"); d >= 0 && t.is(d, "no") || t.is(int(c), "nobody") || t.is(int(c), "none") {
				st.negation = true
			}
		}
	}
	st.refused = st.refused || st.negation && (st.future || st.would)
}

// isToStatus reads "is to visit", where the parser hangs "is" on the verb. What an
// aim is, it is only thought of: "the aim is to attack".
func (r *reading) isToStatus(n int, st *status) {
	t := &r.tree
	mark := t.child(n, "mark")
	if mark < 0 || !t.is(mark, "to") {
		return
	}
	for c := t.first[n]; c >= 0 && int(c) < mark; c = t.next[c] {
		if b := t.base(int(c)); b != "cop" && b != "aux" || !t.is(int(c), "be") {
			continue
		}
		if s := t.childBase(n, "nsubj"); s >= 0 && t.isAim(s) && !t.isPassive(n) {
			st.hypothetical = true
		} else {
			st.future = true
		}
		return
	}
}

func (r *reading) auxStatus(verb, aux int, w string, st *status) {
	switch w {
	case "will", "shall", "'ll", "’ll", "wo", "sha":
		st.future = true
	case "would", "'d", "’d":
		st.quoted = st.quoted || r.tree.isQuoted(aux)
		switch {
		case r.tree.tokens[verb].XPOS != "VBN":
			st.would = true
		case w != "would":
			st.pluperfect = true
		case r.tree.isPassive(verb):
			st.would = true
		default:
			st.hypothetical = true // "would have attacked"
		}
	case "could", "may", "might":
		st.able = true
	case "should", "must", "can", "ca", "ought", "need":
		st.hypothetical = true
		st.obligation = st.obligation || w == "should" || w == "must" || w == "ought"
	case "had":
		if r.tree.tokens[verb].XPOS == "VBN" {
			st.pluperfect = true
		}
	}
}

func adverbStatus(w string, st *status) {
	switch w {
	case "not", "n't", "n’t", "never", "nor", "neither", "hardly", "scarcely", "no", "nowhere":
		st.negation = true
	case "possibly", "perhaps", "maybe", "potentially":
		st.hypothetical = true
	case "previously", "formerly", "once", "historically":
		st.historical = true
	}
}

func adjectiveStatus(lemma string, st *status) {
	switch lemma {
	case "possible", "potential", "alleged", "proposed", "threatened", "attempted", "feared", "suspected", "eventual", "hypothetical":
		st.hypothetical = true
	case "planned", "upcoming", "future", "forthcoming", "scheduled", "expected", "imminent", "impending":
		st.future = true
	case "past", "previous", "former", "historic", "historical":
		st.historical = true
	}
}

// isQuoted says whether a token stands between quotation marks.
func (t *tree) isQuoted(i int) bool {
	open := false
	for k := range i {
		switch t.tokens[k].Text {
		case "\"":
			open = !open
		case "“", "``":
			open = true
		case "”", "''":
			open = false
		}
	}
	return open
}

// jointStatus lends a joined verb the auxiliaries of the first: "will meet and
// sign"; "did not meet or sign".
func (r *reading) jointStatus(n, first int, carried bool, st *status) bool {
	t := &r.tree
	if !carried || t.childBase(n, "nsubj") >= 0 || t.childBase(n, "aux") >= 0 && t.isVerb(n) {
		return carried
	}
	shared := status{}
	r.ownStatus(first, &shared)
	st.addMood(&shared)
	if cc := t.child(n, "cc"); cc >= 0 && (t.is(cc, "or") || t.is(cc, "nor")) {
		st.negation = st.negation || shared.negation
		st.refused = st.refused || shared.refused
	}
	return carried
}

// apply does to a status what a governing word does to what it governs.
func (r *reading) apply(e effect, governor int, st *status) {
	switch e {
	case effectFuture:
		st.future = true
	case effectHypothetical, effectSpeechHypothetical:
		if st.vowed && r.c.vows.has(r.tree.lemma[governor]) {
			st.threat = true
		} else {
			st.hypothetical = true
		}
	case effectNegation, effectSpeechNegation:
		st.negation = !st.negation
	case effectEnding:
		st.ending = true
	default:
		return
	}
	if st.governor < 0 {
		st.governor = governor
	}
}

// clauseStatus goes from a clause to the word that governs it.
func (r *reading) clauseStatus(n, h int, carried bool, st *status) bool {
	t := &r.tree
	infinitive := t.hasMark(n, "to")
	as := asClause
	if infinitive || t.base(n) == "xcomp" {
		as = asInfinitive
	}
	e := r.effectOf(h, n, as)
	rel := t.rel(n)
	if carried {
		r.vowStatus(n, h, as, e, st)
	}
	switch e {
	case effectSpeech, effectSpeechHypothetical, effectSpeechNegation:
		if st.speaker < 0 && rel != "acl:relcl" && (t.base(n) != "advcl" || t.hasMark(n, "that")) {
			st.speaker = r.speakerOf(h)
		}
	}
	if !carried || rel == "acl:relcl" || t.base(n) == "parataxis" {
		return false
	}
	switch t.base(n) {
	case "advcl":
		if infinitive && t.childBase(n, "nsubj") < 0 || e == effectHypothetical && t.tokens[n].XPOS == "VBG" || infinitive && e != effectNone {
			if e == effectNone && r.saidInPerson(n, h) {
				e = effectFact // "called his colleague to congratulate him"
			}
			if e == effectNone {
				e = effectHypothetical // a purpose: "sent troops to attack"
			}
			r.apply(e, h, st)
			return r.passOn(h, e, st)
		}
		return false
	case "acl":
		if !infinitive && e == effectNone {
			return false
		}
		if e == effectNone {
			e = effectHypothetical // "a bid to attack"
		}
		r.apply(e, h, st)
		return r.passOn(h, e, st)
	}
	if e == effectNone && infinitive {
		switch {
		case t.is(h, "be"), t.is(h, "go") && t.tokens[h].XPOS == "VBG":
			e = effectFuture // "is to visit", "is going to visit"
		case t.is(h, "use") && t.tokens[h].XPOS == "VBD":
			st.historical = true // "used to attack"
			return false
		default:
			e = effectHypothetical
		}
	}
	if n == st.token && infinitive && (t.is(h, "need") || t.is(h, "have")) {
		st.obligation = true // "Corva needs to release …"
	}
	r.apply(e, h, st)
	return r.passOn(h, e, st)
}

// passOn lets the governing word's own negation and modality reach the event:
// "did not agree to visit", "may begin to withdraw". A word of speech stops it:
// "will say that …".
func (r *reading) passOn(h int, e effect, st *status) bool {
	switch e {
	case effectSpeech, effectSpeechHypothetical, effectSpeechNegation:
		return false
	}
	own := status{}
	r.ownStatus(h, &own)
	st.addMood(&own)
	st.refused = st.refused || own.refused
	if own.negation && e != effectHypothetical {
		st.negation = !st.negation
	}
	return true
}

// argumentStatus goes from a noun to the verb whose argument it is. Only a verb
// that carries the noun, or that says what becomes of it, touches the event:
// "will hold talks", "cancelled the visit"; "will condemn the attack" does not.
func (r *reading) argumentStatus(n, h int, carried bool, st *status) bool {
	t := &r.tree
	if !carried {
		return false
	}
	e := r.effectOf(h, n, asNoun)
	if (e == effectNegation || e == effectEnding) && t.base(n) == "obl" && t.isMeans(n) {
		return false // "the talks ended with a walkout", "were halted by clashes"
	}
	if t.rel(n) == "nsubj" && e != effectCarried && e != effectNegation && e != effectEnding {
		e = effectNone
		if r.isIndefinite(n) && r.isConditional(h) {
			st.hypothetical = true // "An attack on Brennia would trigger …"
			return false
		}
	}
	if e == effectEnding && t.rel(n) == "nsubj" {
		e = effectCarried // "the protest ended" tells of a protest
	}
	light := e == effectCarried || e == effectEnding || r.isLight(h) || t.is(h, "be")
	if e == effectNone && !light {
		return false
	}
	switch e {
	case effectSpeech, effectSpeechHypothetical, effectSpeechNegation:
		if st.speaker < 0 {
			st.speaker = r.speakerOf(h)
		}
	}
	r.apply(e, h, st)
	if light || e == effectNegation || e == effectFuture || e == effectHypothetical {
		own := status{}
		r.ownStatus(h, &own)
		st.addMood(&own)
		st.refused = st.refused || own.refused
		st.pluperfect = st.pluperfect || own.pluperfect
		if own.negation && e != effectHypothetical {
			st.negation = !st.negation
		}
		return true
	}
	return false
}

// isIndefinite says whether a noun is any one of its kind: "an attack", "any
// attack", "attacks", but not "the attack" or "Brennia's attack".
func (r *reading) isIndefinite(n int) bool {
	t := &r.tree
	for c := t.first[n]; c >= 0; c = t.next[c] {
		switch t.tokens[c].Rel {
		case "det":
			return t.is(int(c), "a") || t.is(int(c), "an") || t.is(int(c), "any")
		case "nmod:poss":
			return false
		}
	}
	return true
}

// isConditional says whether a verb tells what would or could be.
func (r *reading) isConditional(v int) bool {
	own := status{}
	for c := r.tree.first[v]; c >= 0; c = r.tree.next[c] {
		if r.tree.base(int(c)) == "aux" {
			r.auxStatus(v, int(c), lower(r.tree.tokens[c].Text), &own)
		}
	}
	return own.hypothetical || own.would || own.able
}

// nounStatus goes from a noun to the noun that it describes: "plans for a
// visit", "the threat of an attack".
func (r *reading) nounStatus(n, h int, carried bool, st *status) bool {
	if !carried {
		return false
	}
	e := r.effectOf(h, n, asNoun)
	if e == effectNone {
		return r.tree.isQuantity(h)
	}
	switch e {
	case effectSpeech, effectSpeechHypothetical, effectSpeechNegation:
		if p := r.tree.child(h, "nmod:poss"); p >= 0 && st.speaker < 0 {
			st.speaker = p
		}
	}
	r.apply(e, h, st)
	return true
}

// aux gives PLOVER's auxiliary modes in a fixed order.
func (st *status) aux() []string {
	var out []string
	if st.historical {
		out = append(out, dyad.AuxHistorical)
	}
	if st.future {
		out = append(out, dyad.AuxFuture)
	}
	if st.hypothetical {
		out = append(out, dyad.AuxHypothetical)
	}
	if st.negation {
		out = append(out, dyad.AuxNegation)
	}
	return out
}
