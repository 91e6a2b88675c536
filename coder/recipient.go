package coder

import (
	"strings"

	"github.com/opendyad/dyad"
)

// Where the rule of an event asked for no recipient, the sentence often names one
// all the same, and where it does not, the reader knows who is meant: who marches
// in Corva marches against its government.

// findRecipient looks for the other side of an event that has none: in the words
// around it, then in what the story told, then at home.
func (r *reading) findRecipient(d *draft) {
	r.seekRecipient(d)
	r.notItself(d)
}

func (r *reading) seekRecipient(d *draft) {
	r.notItsForces(d)
	r.sendAbroad(d)
	r.ownersOfSite(d)
	if len(d.recipient) > 0 || d.joint {
		return
	}
	if d.match.block.source.Reciprocal {
		r.findPartner(d)
		return
	}
	ofHarm := d.event == "ACCUSE" && !r.isNaming(d.match.token) && r.tellsOf(d.match, "attack", "bombing", "killing", "murder", "shooting", "massacre", "raid", "assault", "violence", "blast", "ambush", "kidnapping", "abduction", "explosion", "strike")
	if r.unknownPerson(d) {
		return
	}
	if !(d.event == "RETREAT" && d.mode == "resign") && !(ofHarm && d.mode == "disapprove") && r.beside(d) {
		return
	}
	if r.inQuarrel(d) {
		return
	}
	if ofHarm {
		// "The president condemned the attack": whoever did it, not the own people.
		if d.recipient = implied(r.quarrel.last); len(d.recipient) > 0 {
			d.guessed = "the story told before who did it"
		}
		return
	}
	if d.event == "CONSULT" && r.goesElsewhere(d.match) {
		return
	}
	finders := [...]func(*reading, *draft) ([]dyad.Entity, string){(*reading).atHome, (*reading).onlyOther, (*reading).answered, (*reading).storyPartner, (*reading).ownPeople}
	for i, find := range finders {
		if i > 1 && d.event == "AGREE" && !d.agreed || i > 2 && d.match.judged > 0 {
			return // an offer may be made to nobody in particular; what no rule knows is not guessed further
		}
		if d.recipient, d.guessed = find(r, d); d.recipient != nil {
			return
		}
	}
}

// inQuarrel takes the other side of the fight that the story tells of: "Brennia
// responded with air strikes", and, where a third country cuts its ties, whoever used
// force last: "Dorland recalled its ambassador".
func (r *reading) inQuarrel(d *draft) bool {
	switch d.event {
	case "ASSAULT", "THREATEN":
		d.recipient = r.quarrel.against(d.actor)
	case "SANCTION":
		if ofState(r.quarrel.last) && ofState(d.actor) && r.quarrel.last[0].Code != d.actor[0].Code && !r.quarrel.has(d.actor[0].Code) {
			d.recipient = []dyad.Entity{{Code: r.quarrel.last[0].Code}}
		}
	}
	if len(d.recipient) == 0 {
		return false
	}
	d.guessed = "the story told before who fights whom"
	return true
}

// findPartner finds the other side of talks of which the rule saw one: "the president
// of Corva consulted the Brennian premier".
func (r *reading) findPartner(d *draft) {
	if d.event != "CONSULT" || len(d.actor) == 0 {
		return
	}
	for i := range d.actor {
		if d.actor[i].Code != d.actor[0].Code {
			return
		}
	}
	if main := r.mainSubject(); d.match.source.empty() && main != nil && !hasCode(d.actor, main[0].Code) {
		d.actor = unite(append([]dyad.Entity(nil), main...), d.actor) // "After meeting with X, Y said"
		d.guessed = "the subject of the sentence is the other side"
		return
	}
	if other, why := r.onlyOther(d); other != nil {
		d.actor, d.guessed = unite(d.actor, other), why
	}
}

// mainSubject gives the subject of the sentence's main verb, nil when it is no actor.
func (r *reading) mainSubject() []dyad.Entity {
	t := &r.tree
	for i := range t.tokens {
		if t.head(i) >= 0 || !t.isVerb(i) {
			continue
		}
		var f filling
		if c := t.surface(i); c.token >= 0 && r.resolve(c, &anySlot, &f) {
			if e := r.entities(&f); len(e) > 0 && e[0].Code != "" {
				return e
			}
		}
	}
	return nil
}

// sendAbroad corrects the country of a recipient that the text leaves open, where a
// state deals with its equals and the sentence names one: in "Brennia asked Corva for
// the release of a pilot" the pilot is in Corva's hands, not in Brennia's.
func (r *reading) sendAbroad(d *draft) {
	if len(d.recipient) == 0 || len(d.actor) == 0 {
		return
	}
	if own, _ := r.howTold(d.match.target.mentions); own && d.event == "SANCTION" && len(r.main) > 0 && !ofState(d.actor) && within(d.recipient, d.actor) {
		d.recipient, d.guessed = implied(r.main[:1]), "the story is about this country"
		return
	}
	if !ofState(d.actor) {
		return
	}
	for i := range d.recipient {
		if d.recipient[i].Code != d.actor[0].Code {
			return
		}
	}
	own, open := r.howTold(d.match.target.mentions)
	if !own && !open {
		return
	}
	switch d.event {
	case "SANCTION", "AID", "ACCUSE", "REJECT", "REQUEST", "MOBILIZE", "SUPPORT", "COOPERATE", "THREATEN", "CONSULT":
	case "ASSAULT":
		if d.recipient[0].Sector != "MIL" { // a state shoots at its own protesters, not at its own army
			return
		}
	default:
		return
	}
	switch d.actor[0].Sector {
	case "", "GOV", "MIL":
	default:
		return
	}
	if d.event == "REQUEST" && d.recipient[0].Sector == "CVL" && d.match.target.how == howObject {
		return // a government that asks the people to stay calm asks its own
	}
	other, why := r.whoseWords(d)
	if other == nil {
		other, why = r.onlyOther(d)
	}
	if other == nil {
		return
	}
	d.guessed = why
	if own { // "will recall its envoy" is not done to the envoy
		d.recipient = other
		return
	}
	for i := range d.recipient {
		d.recipient[i].Code, d.recipient[i].Identifier = other[0].Code, ""
	}
}

// ownersOfSite prefers whose a site is to where it lies: rockets fired at a Brennian
// base in Corva are fired at Brennia.
func (r *reading) ownersOfSite(d *draft) {
	t := &r.tree
	f := &d.match.target
	if d.event != "ASSAULT" && d.event != "PROTEST" && d.event != "COERCE" || len(f.mentions) != 1 || !t.mentions[f.mentions[0]].Place {
		return
	}
	for _, u := range d.match.used {
		for c := t.first[u]; c >= 0; c = t.next[c] {
			m := t.mentionAt(int(c))
			if m < 0 || c > u || t.base(int(c)) != "amod" && t.base(int(c)) != "compound" && t.rel(int(c)) != "nmod:poss" {
				continue
			}
			if e := t.mentions[m].Entities; len(e) == 1 && len(e[0].Code) == 3 && e[0].Code != d.recipient[0].Code && !hasCode(d.actor, e[0].Code) {
				f.mentions[0], f.token, f.inner, f.how = int32(m), int(u), int(c), howObject
				d.recipient = r.entities(f)
				return
			}
		}
	}
}

// howTold says of mentions whether they are the doer's own ("its envoy") or of a
// country that no word beside them tells.
func (r *reading) howTold(mentions []int32) (own, open bool) {
	open = len(mentions) > 0
	for _, k := range mentions {
		m := &r.tree.mentions[k]
		own = own || strings.Contains(m.Reason.Note, " taken as ")
		open = open && isOpen(m)
	}
	return own, open
}

// isOpen reports whether no word beside a role tells its country.
func isOpen(m *dyad.Mention) bool {
	return m.How == dyad.MentionRole && strings.HasPrefix(m.Reason.Note, "the country that the story is about")
}

// whoseWords gives the foreign owner of what a match's words name: "Corva's proposal
// for joint patrols was rejected by Brennia".
func (r *reading) whoseWords(d *draft) ([]dyad.Entity, string) {
	t := &r.tree
	for _, u := range d.match.used {
		for c := t.first[u]; c >= 0; c = t.next[c] {
			if m := t.mentionAt(int(c)); m >= 0 && t.rel(int(c)) == "nmod:poss" && ofState(t.mentions[m].Entities) && !hasCode(d.actor, t.mentions[m].Entities[0].Code) {
				return t.mentions[m].Entities, "what it is done about is theirs"
			}
		}
	}
	return nil, ""
}

// otherSide is a place for a recipient that stands beside an event.
var otherSide = element{kind: anyTarget.kind}

// beside fills the target from the phrases and clauses around the words that tell
// the event: "softened its bill to placate the farmers", "turned in mortars to
// Corvan police", "dropped a rule barring Estarans from voting".
func (r *reading) beside(d *draft) bool {
	m := d.match
	var out []candidate
	words := append([]int32{int32(m.token)}, m.used...)
	for _, u := range words {
		out = r.besides(int(u), out)
	}
	for _, u := range words {
		out = r.besideClauses(int(u), out)
	}
	for _, c := range out {
		if !r.resolve(c, &otherSide, &m.target) || !r.isOther(d, c) {
			m.target.clear()
			continue
		}
		d.recipient = r.entities(&m.target)
		d.assumed = r.isAssumed(&m.target)
		return true
	}
	return false
}

// besides adds the places where the other side of a word may stand.
func (r *reading) besides(n int, out []candidate) []candidate {
	t := &r.tree
	if t.standsBy(n) {
		return out
	}
	for c := t.first[n]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		child := int(c)
		switch t.base(child) {
		case "obj", "iobj":
			out = r.besides(child, append(out, candidate{child, howObject}))
		case "obl", "nmod":
			if t.rel(child) == "nmod:poss" || t.rel(child) == "obl:agent" {
				continue
			}
			if p := t.childBase(child, "case"); p >= 0 && reaches(lower(t.tokens[p].Text)) {
				out = append(out, candidate{child, howOblique})
			}
		}
	}
	return out
}

// besideClauses adds the objects of what a word is done for or with: "to placate the
// farmers", "telling Corva". "Withdrew without attacking Corva" does nothing to Corva.
func (r *reading) besideClauses(n int, out []candidate) []candidate {
	t := &r.tree
	for c := t.first[n]; c >= 0 && len(out) < maxCandidates; c = t.next[c] {
		child := int(c)
		switch t.base(child) {
		case "obj", "nmod":
			out = r.besideClauses(child, out)
		case "xcomp", "advcl", "acl", "ccomp":
			mark := t.child(child, "mark")
			if t.isVerb(child) && t.childBase(child, "nsubj") < 0 && child > n && (mark < 0 || t.is(mark, "to")) {
				out = t.objects(child, out)
			}
		}
	}
	return out
}

// reaches reports whether a preposition leads to the other side of a deed.
func reaches(preposition string) bool {
	switch preposition {
	case "to", "for", "on", "upon", "against", "at", "with", "from", "of", "over", "towards", "toward", "into", "in",
		"inside", "near", "behind", "across", "through", "among", "around", "onto", "off":
		return true
	}
	return false
}

// isOther reports whether what fills the target is another than the doer and the
// speaker, and no mere place where places suffer nothing.
func (r *reading) isOther(d *draft, c candidate) bool {
	t := &r.tree
	for _, k := range d.match.target.mentions {
		m := &t.mentions[k]
		if m.Place && !sufferers(d.event) && !(d.event == "AGREE" && t.head(c.token) != d.match.token && ofState(d.actor)) {
			return false
		}
		if isOpen(m) && d.event == "AGREE" && m.Entities[0].Sector == "MIL" {
			return false // "offered to send troops"
		}
		for i := range m.Entities {
			for _, side := range [2][]dyad.Entity{d.actor, r.speakers(d.status.speaker)} {
				for j := range side {
					if sameSide(&m.Entities[i], &side[j]) {
						return false
					}
				}
			}
		}
	}
	return true
}

// sameSide reports whether two entities are one side: of one country, and both the
// state itself or of one sector.
func sameSide(a, b *dyad.Entity) bool {
	if a.Code != b.Code {
		return false
	}
	state := func(e *dyad.Entity) bool { return e.Sector == "" || e.Sector == "GOV" }
	return a.Sector == b.Sector || state(a) && state(b)
}

// sufferers reports whether the country where an event happens is the one that it
// happens to.
func sufferers(event string) bool {
	switch event {
	case "ASSAULT", "AID", "RETREAT", "MOBILIZE":
		return true
	}
	return false
}

// onlyOther gives the one country but the doer's whose actor the sentence names:
// "Brennia relented and will let Corva attend".
func (r *reading) onlyOther(d *draft) ([]dyad.Entity, string) {
	if len(d.actor) == 0 || d.event == "RETREAT" { // who withdraws may leave any place
		return nil, ""
	}
	speakers := r.speakers(d.status.speaker)
	var found, speaker *dyad.Entity
	for i := range r.tree.mentions {
		m := &r.tree.mentions[i]
		if h := r.tree.head(m.Head); isOpen(m) || h >= 0 && r.tree.standsBy(h) {
			continue
		}
		for j := range m.Entities {
			e := &m.Entities[j]
			if len(e.Code) != 3 || hasCode(d.actor, e.Code) || m.Place && !r.placeSuffers(d, m) {
				continue
			}
			which := &found
			if hasCode(speakers, e.Code) {
				which = &speaker
			}
			if *which != nil && (*which).Code != e.Code {
				return nil, ""
			}
			if *which == nil {
				*which = e
			}
		}
	}
	if found != nil {
		return []dyad.Entity{*found}, "the sentence names no other side than this"
	}
	if speaker != nil && suffersBySaying(d.event) {
		return []dyad.Entity{*speaker}, "the other side tells it"
	}
	return nil, ""
}

// placeSuffers reports whether a place in the sentence may be whom an event is done
// to: where help goes and shells fall, and the country that a world body speaks of.
func (r *reading) placeSuffers(d *draft, m *dyad.Mention) bool {
	if !ofState(d.actor) {
		return true
	}
	return sufferers(d.event) && (d.event == "AID" || !r.tree.hasCase(m.Head, "from"))
}

func hasCode(entities []dyad.Entity, code string) bool {
	for i := range entities {
		if entities[i].Code == code {
			return true
		}
	}
	return false
}

// storyPartner gives the story's other country.
func (r *reading) storyPartner(d *draft) ([]dyad.Entity, string) {
	if len(d.actor) > 0 && !ofState(d.actor) && len(r.main) > 0 {
		switch d.event {
		case "AID", "REQUEST", "ACCUSE", "SUPPORT", "SANCTION":
			return implied(r.main[:1]), "the story is about this country"
		}
	}
	if partner := r.partner(d); partner == nil && ofState(d.actor) && len(r.main) > 0 && r.main[0].Code != d.actor[0].Code {
		switch d.event {
		case "ACCUSE", "REJECT", "THREATEN", "SANCTION":
			if s := d.actor[0].Sector; s == "" || s == "GOV" || s == "MIL" {
				return implied(r.main[:1]), "the story is about this country"
			}
		}
	}
	return r.partner(d), "no recipient is told, and the story names this country most"
}

// ownPeople gives the doer's own country for what states mostly do at home.
func (r *reading) ownPeople(d *draft) ([]dyad.Entity, string) {
	if !ofState(d.actor) {
		return nil, ""
	}
	switch d.event {
	case "REJECT", "ACCUSE", "REQUEST", "THREATEN":
		if d.actor[0].Identifier == d.actor[0].Code {
			return nil, "" // states by their names speak to the world
		}
	case "ASSAULT":
		if len(r.main) == 0 || r.main[0].Code != d.actor[0].Code {
			return nil, ""
		}
	}
	switch d.event {
	case "CONCEDE", "REJECT", "ACCUSE", "REQUEST", "THREATEN", "AID", "MOBILIZE", "ASSAULT":
		return []dyad.Entity{{Code: d.actor[0].Code}}, "nobody abroad is told"
	}
	return nil, ""
}

// ofState reports whether the first of some actors is of a country.
func ofState(actors []dyad.Entity) bool {
	if len(actors) == 0 || len(actors[0].Code) != 3 {
		return false
	}
	switch actors[0].Code {
	case "IGO", "NGO", "IMG", "MNC":
		return false
	}
	return true
}

// atHome gives the recipient of what people and states do in their own country,
// and why it is meant; nil where it may well be abroad.
func (r *reading) atHome(d *draft) ([]dyad.Entity, string) {
	if !ofState(d.actor) {
		return nil, ""
	}
	home := func(sector, why string) ([]dyad.Entity, string) {
		return []dyad.Entity{{Code: d.actor[0].Code, Sector: sector}}, why
	}
	public := false
	switch d.actor[0].Sector {
	case "", "GOV", "MIL", "COP", "JUD", "LEG", "SPY":
		public = true
	}
	switch d.event {
	case "PROTEST":
		return home("GOV", "who protests without saying against whom means the government")
	case "COERCE":
		if public {
			return home("CVL", "those under the power of a state are its own people unless told otherwise")
		}
		return home("", "fighters and crowds act at home unless told otherwise")
	case "REQUEST", "ACCUSE", "THREATEN":
		if !public {
			return home("GOV", "what people ask or blame without naming anyone is meant for their government")
		}
		if s := d.actor[0].Sector; s == "JUD" || s == "COP" || s == "LEG" {
			return home("", "courts, police and parliaments act at home unless told otherwise")
		}
	case "REJECT", "CONCEDE":
		if s := d.actor[0].Sector; s == "JUD" || s == "LEG" || !public {
			return home("", "courts and parliaments act at home unless told otherwise")
		}
	case "RETREAT":
		if d.mode == "resign" {
			return home("GOV", "who resigns leaves the own government")
		}
	case "ASSAULT":
		switch d.actor[0].Sector {
		case "COP", "REB", "PRM", "OPP", "CVL", "LAB", "EDU":
			return home("", "police and fighters act at home unless told otherwise")
		}
	}
	return nil, ""
}
