package coder

import "github.com/opendyad/dyad"

// findDoer looks for the doer of a deed that its own clause leaves out: in the
// clause that says what happened ("were hurt when riot police burst in"), or in what
// only police and courts do.
func (r *reading) findDoer(d *draft) {
	if len(d.actor) > 0 || len(d.recipient) == 0 || d.match.block.source.Reciprocal {
		return
	}
	switch d.event {
	case "ASSAULT":
		if r.ofStrike(d) || r.besideDeed(d) {
			return
		}
		if r.claimed(d) {
			return
		}
		if d.mode == "crowd-control" || r.tellsOf(d.match, "tear", "teargas", "pepper", "cannon", "rubber") {
			r.implyBody(d, "COP")
		}
	case "PROTEST":
		r.implyBody(d, "CVL") // "tens of thousands rallied"
	case "COERCE":
		switch d.recipient[0].Sector {
		case "MIL", "REB", "UAF", "PRM", "GOV":
			return
		}
		switch d.mode {
		case "restrict", "censor", "curfew", "martial-law", "withhold":
			r.implyBody(d, "GOV")
		}
	case "ACCUSE":
		if r.tree.is(d.match.token, "critic") {
			r.implyBody(d, "OPP") // "Tarn's critics say"
			return
		}
		if d.mode != "disapprove" && r.tellsOf(d.match, "court", "tribunal", "arraign", "indict", "indictment", "prosecute", "charge", "trial") {
			r.implyBody(d, "JUD")
		}
	case "RETREAT":
		if d.mode != "release" || r.tellsOf(d.match, "hostage", "captive") {
			return
		}
		if r.tellsOf(d.match, "bail", "bond", "prison", "jail", "custody", "acquit", "discharge", "arrest", "detention", "cell", "parole", "charge") {
			r.implyBody(d, "JUD")
		}
	}
}

// ofStrike takes for the doer whoever made the strike that killed, where another word
// tells it: "Brennia launched an assault on Corva that left ten dead".
func (r *reading) ofStrike(d *draft) bool {
	t := &r.tree
	m := d.match
	for _, n := range append([]int32{int32(t.subject(m.token).token)}, m.used...) {
		if n < 0 || !t.isNoun(int(n)) || !isStrike(t.lemmaOf(int(n))) {
			continue
		}
		r.attempt.block = m.block
		for _, c := range r.doers(int(n), true, nil) {
			if r.resolve(c, &anySlot, &m.source) && !within(r.entities(&m.source), d.recipient) {
				d.actor, m.unknown = r.entities(&m.source), false
				return true
			}
		}
		m.source.clear()
	}
	return false
}

// doneBySomebody says whether a deed of power has a doer who is told and is nobody in
// politics: "the club bans smokers", "she took her family to the coast".
func (r *reading) doneBySomebody(d *draft) bool {
	t := &r.tree
	m := d.match
	if d.event != "COERCE" || m.block.noun || !m.source.empty() || t.isPassive(m.token) {
		return false
	}
	if _, open := r.howTold(m.target.mentions); !open {
		return false // "Kos closed the border with Brennia"
	}
	c := t.subject(m.token)
	if c.token < 0 || t.mentionAt(c.token) >= 0 {
		return false
	}
	u := t.tokens[c.token].UPOS
	return u == "PROPN" || u == "PRON" && !t.isRelative(c.token)
}

// endsStrike says whether workers or students of a known country give up a protest, or
// will not: their government has a part in that, named or not.
func (r *reading) endsStrike(d *draft) bool {
	return (d.event == "CONCEDE" || d.event == "REJECT") && isCrowd(d.actor) && d.actor[0].Code != "" &&
		r.tellsOf(d.match, "strike", "walkout", "boycott", "blockade", "sit-in", "march", "rally") && !r.tellsOf(d.match, "hunger")
}

// claimed takes the armed forces that tell of a strike from the air for those who
// flew it: "The Brennian army said an air strike killed two rebels".
func (r *reading) claimed(d *draft) bool {
	if d.mode != "drone" && d.mode != "aerial" || len(d.recipient) == 0 {
		return false
	}
	speakers := r.speakers(d.status.speaker)
	if len(speakers) != 1 || speakers[0].Sector != "MIL" || speakers[0].Code == "" {
		return false
	}
	if hasCode(d.recipient, speakers[0].Code) && d.recipient[0].Sector != "REB" {
		return false
	}
	d.actor = implied(speakers)
	return true
}

// besideDeed takes for the doer whoever bears arms in the clause that tells how it
// came: "five people were killed when gunmen opened fire".
func (r *reading) besideDeed(d *draft) bool {
	if r.besideWord(d, d.match.token) {
		return true
	}
	return d.merged != nil && r.besideWord(d, d.merged.token)
}

func (r *reading) besideWord(d *draft, word int) bool {
	t := &r.tree
	for c := t.first[word]; c >= 0; c = t.next[c] {
		if t.base(int(c)) != "advcl" || !t.hasMark(int(c), "when") && !t.hasMark(int(c), "after") && !t.hasMark(int(c), "as") &&
			t.child(int(c), "advmod") < 0 {
			continue
		}
		s := t.subject(int(c))
		if s.token < 0 || !r.resolve(s, &armed, &d.match.source) {
			d.match.source.clear()
			continue
		}
		d.match.source.how = howVerbBeside
		d.actor, d.match.unknown = r.entities(&d.match.source), false
		return true
	}
	return false
}

// armed is a place for those who bear arms.
var armed = element{kind: anySlot.kind, sectors: []string{"MIL", "COP", "REB", "UAF", "PRM", "SPY"}}

// tellsOf reports whether one of some lemmas is a word of the match or below one.
func (r *reading) tellsOf(m *match, lemmas ...string) bool {
	t := &r.tree
	at := func(n int) bool {
		for _, l := range lemmas {
			if t.is(n, l) {
				return true
			}
		}
		return false
	}
	for _, u := range append([]int32{int32(m.token)}, m.used...) {
		if at(int(u)) {
			return true
		}
		for c := t.first[u]; c >= 0; c = t.next[c] {
			if at(int(c)) {
				return true
			}
			for g := t.first[c]; g >= 0; g = t.next[g] {
				if at(int(g)) {
					return true
				}
			}
		}
	}
	return false
}

// implyBody names the police, courts or people of the recipient's country, or of the
// place of the deed, for the doer.
func (r *reading) implyBody(d *draft, sector string) {
	country := r.countryOfPlace(d.match.token)
	if v, _ := r.tree.governorOf(d.match.token); country == "" && d.match.block.noun && v >= 0 {
		country = r.countryOfPlace(v) // "the trial of X opened in Corvagrad"
	}
	if country == "" && ofState(d.recipient) {
		country = d.recipient[0].Code
	}
	if country == "" {
		return
	}
	d.actor, d.implied = []dyad.Entity{{Code: country, Sector: sector}}, true
}
