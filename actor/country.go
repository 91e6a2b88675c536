package actor

import (
	"strings"

	"github.com/opendyad/dyad/codebook"
)

// settleNames corrects the countries of names that several countries have.
func (r *reading) settleNames() {
	for i := range r.names {
		r.ofCountry(&r.names[i])
		r.ofStory(&r.names[i])
	}
}

// ofCountry gives a national body or party to the country named before it: "Canada's
// House of Commons" is not the British one.
func (r *reading) ofCountry(hit *nameHit) {
	if hit.actorKind != codebook.KindOrganisation && hit.actorKind != codebook.KindParty || len(hit.entity.Code) != 3 {
		return
	}
	switch hit.entity.Code {
	case "IGO", "NGO", "IMG", "MNC":
		return
	}
	n := r.nameEnding(hit.first)
	if n < 0 || r.names[n].used || !stateLike(&r.names[n]) || r.names[n].entity.Code == "" || r.names[n].entity.Code == hit.entity.Code {
		return
	}
	hit.entity.Code, hit.entity.Identifier = r.names[n].entity.Code, ""
	r.names[n].used = true
	hit.first = r.names[n].first
	hit.entity.Text = spanText(r.s, hit.first, hit.last)
}

// ofStory gives a party whose name many countries have to the country of the story,
// where the story does not speak of the one that the codebook knows it in: "the
// Social Democrats".
func (r *reading) ofStory(hit *nameHit) {
	if hit.actorKind != codebook.KindParty || r.m.home == "" || hit.entity.Code == r.m.home || r.m.counts[hit.entity.Code] > 0 || !commonParty(hit.entity.Text) {
		return
	}
	hit.entity.Code, hit.entity.Identifier = r.m.home, ""
}

// commonParty reports whether the words of a party's name say only what it is for.
func commonParty(name string) bool {
	for _, w := range strings.Fields(name) {
		if !partyWords[strings.ToLower(strings.Trim(w, "’'"))] {
			return false
		}
	}
	return true
}

var partyWords = map[string]bool{
	"the": true, "party": true, "social": true, "democratic": true, "democrat": true, "democrats": true, "christian": true,
	"socialist": true, "socialists": true, "labour": true, "labor": true, "liberal": true, "liberals": true,
	"conservative": true, "conservatives": true, "green": true, "greens": true, "communist": true, "communists": true,
	"people's": true, "peoples": true, "national": true, "nationalist": true, "nationalists": true, "republican": true,
	"republicans": true, "centre": true, "center": true, "left": true, "united": true, "front": true, "workers": true,
	"progressive": true, "freedom": true, "justice": true, "union": true, "popular": true, "radical": true, "and": true,
	"of": true, "islamic": true, "muslim": true, "congress": true, "opposition": true,
}

// fromTitle takes the country from the title of a person of whom the codebook knows
// no office on the day: the text knows better. "Brennian Prime Minister Jan Kos".
func (r *reading) fromTitle(hit *nameHit, title int) {
	if hit.entity.Office != "" {
		return
	}
	if n := r.nameEnding(title); n >= 0 && r.names[n].first >= hit.first && stateLike(&r.names[n]) && r.names[n].entity.Code != "" {
		hit.entity.Code = r.names[n].entity.Code
	}
}
