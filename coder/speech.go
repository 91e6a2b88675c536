package coder

import "github.com/opendyad/dyad"

// speakerOf gives the token of the one who says what a verb of speech governs:
// its subject, also after it ("said the minister"), or the agent of a passive.
func (r *reading) speakerOf(verb int) int {
	t := &r.tree
	if c := t.subject(verb); c.token >= 0 {
		return c.token
	}
	if p := t.child(verb, "nmod:poss"); p >= 0 {
		return p // "Brennia's claim that …"
	}
	return -1
}

// attribution finds who is named as the source of a clause beside it: "…, the
// minister said", "according to Corva". The clause that the walk up the tree came from is not
// beside.
func (r *reading) attribution(n, from int, st *status) {
	t := &r.tree
	if st.speaker >= 0 {
		return
	}
	for c := t.first[n]; c >= 0; c = t.next[c] {
		if int(c) == from {
			continue
		}
		switch t.base(int(c)) {
		case "parataxis":
			e := r.effectOf(int(c), n, asClause)
			if e != effectSpeech && e != effectSpeechHypothetical && e != effectSpeechNegation {
				continue
			}
			if t.child(int(c), "ccomp") >= 0 || t.childBase(int(c), "nsubj") < 0 {
				continue // it says something else, or nobody says it: "(see below)"
			}
			if s := r.speakerOf(int(c)); s >= 0 {
				st.speaker = s
				st.reported = st.reported || t.tokens[c].XPOS == "VBD" || t.tokens[c].XPOS == "VBN"
				return
			}
		case "obl", "nmod":
			if t.hasCase(int(c), "accord") || t.hasCase(int(c), "according") {
				st.speaker = int(c)
				return
			}
		case "advcl":
			if t.hasMark(int(c), "as") && r.effectOf(int(c), n, asClause) == effectSpeech {
				st.speaker = r.speakerOf(int(c))
				st.reported = st.reported || t.tokens[c].XPOS == "VBD"
				return
			}
		}
	}
}

// speakers gives the actors at a speaker's token.
func (r *reading) speakers(token int) []dyad.Entity {
	if token < 0 {
		return nil
	}
	var f filling
	if !r.resolve(candidate{token, howSubject}, &anySlot, &f) {
		return nil
	}
	return r.entities(&f)
}

// tellers gives those on whose word an event stands. No country is told for the
// "officials said" of a sentence that names another than the story's own.
func (r *reading) tellers(token int) []dyad.Entity {
	if token < 0 {
		return nil
	}
	var f filling
	if !r.resolve(candidate{token, howSubject}, &anySlot, &f) {
		return nil
	}
	out := r.entities(&f)
	for _, k := range f.mentions {
		if !isOpen(&r.tree.mentions[k]) || !r.namesOther(r.tree.mentions[k].Entities[0].Code) {
			return out
		}
	}
	out = append([]dyad.Entity(nil), out...)
	for i := range out {
		out[i].Code, out[i].Identifier, out[i].Name, out[i].Office = "", "", "", ""
	}
	return out
}

// namesOther says whether the sentence names an actor of another country than one.
func (r *reading) namesOther(code string) bool {
	for i := range r.tree.mentions {
		m := &r.tree.mentions[i]
		if m.How == dyad.MentionRole && isOpen(m) || m.Place || !ofState(m.Entities) {
			continue
		}
		if m.Entities[0].Code != code {
			return true
		}
	}
	return false
}

var anySlot element
