package place

import (
	"slices"
	"sort"
	"strings"

	"github.com/opendyad/dyad"
)

// Locate gives the events their places: a place named in the event's own clause,
// else one elsewhere in its sentence, else the dateline's. An event without a
// place gets none; one whose place the gazetteer does not know keeps the words
// and a reason.
func Locate(records []dyad.Record, doc dyad.Document, mentions []dyad.Mention) []dyad.Record {
	var found [][]named
	var story map[string]int
	for i := range records {
		r := &records[i]
		if r.Event == nil {
			continue
		}
		if found == nil {
			found = make([][]named, len(doc.Sentences))
			for s := range doc.Sentences {
				found[s] = placesOf(&doc.Sentences[s])
			}
		}
		n := r.Evidence.Sequence - 1
		if n < 0 || n >= len(doc.Sentences) {
			continue
		}
		p := nearest(found[n], &doc.Sentences[n], r.Evidence.Trigger)
		if p != nil && story == nil {
			story = countMentions(mentions)
		}
		r.Event.Place = resolve(p, &context{story, nearby(mentions, n), r})
	}
	return records
}

// A named place is a run of proper nouns behind a preposition of place.
type named struct {
	words  string
	name   string // the words without "Province"
	head   int
	within string // "Pakistan" of "in Peshawar, Pakistan" and "in Peshawar in Pakistan"
	region bool   // the words say that a province is meant: "Herat province", "the state of Georgia"
}

// placesOf finds "in Peshawar", "near the town of Kharan", "at Torkham".
func placesOf(s *dyad.Sentence) []named {
	var places []named
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if t.Rel != "case" || t.Head <= i || t.Head >= len(s.Tokens) || !locative(t.Text) {
			continue
		}
		head, region := t.Head, false
		if s.Tokens[head].UPOS != "PROPN" {
			// "near the town of Kharan": the name hangs on the common noun.
			region = isRegion(s.Tokens[head].Text)
			head = properUnder(s, head)
			if head < 0 {
				continue
			}
		}
		first, last := head, head+1
		for first > i+1 && partOfName(&s.Tokens[first-1]) {
			first--
		}
		for last < len(s.Tokens) && s.Tokens[last].UPOS == "PROPN" {
			last++
		}
		p := named{words: words(s, first, last), head: head, region: region}
		p.name = p.words
		if last-first > 1 && isRegion(s.Tokens[last-1].Text) { // "Herat Province"
			p.name, p.region = words(s, first, last-1), true
		}
		if ofCalendar(fold(strings.TrimRight(p.words, "."))) {
			continue // "in March", "in Monday's raid"
		}
		if n := len(places); n > 0 && places[n-1].within == p.words {
			continue // it says only where the one before lies
		}
		if last+1 < len(s.Tokens) && (s.Tokens[last].Text == "," || s.Tokens[last].Text == "in") && s.Tokens[last+1].UPOS == "PROPN" {
			end := last + 2
			for end < len(s.Tokens) && s.Tokens[end].UPOS == "PROPN" {
				end++
			}
			p.within = words(s, last+1, end)
		}
		places = append(places, p)
	}
	return places
}

// isRegion reports whether a noun says that the name beside it is that of a part of a
// country.
func isRegion(noun string) bool {
	switch strings.ToLower(noun) {
	case "province", "state", "region", "governorate", "oblast", "prefecture", "county", "district", "department", "canton":
		return true
	}
	return false
}

func locative(preposition string) bool {
	switch strings.ToLower(preposition) {
	case "in", "at", "near", "inside", "across", "around", "outside", "throughout", "within", "off":
		return true
	}
	return false
}

// partOfName reports whether a word before a proper noun belongs to its name: "New" of
// "New York" and "United" of "United States" may be taken for an adjective and a verb.
func partOfName(t *dyad.Token) bool {
	switch t.UPOS {
	case "PROPN":
		return true
	case "ADJ", "VERB", "NOUN":
		return t.Text != "" && t.Text[0] >= 'A' && t.Text[0] <= 'Z'
	}
	return false
}

func properUnder(s *dyad.Sentence, noun int) int {
	for j := range s.Tokens {
		if t := &s.Tokens[j]; t.Head == noun && t.UPOS == "PROPN" && (strings.HasPrefix(t.Rel, "nmod") || t.Rel == "compound" || t.Rel == "appos" || t.Rel == "flat") {
			return j
		}
	}
	return -1
}

// words gives a run of tokens as they stand in the sentence.
func words(s *dyad.Sentence, first, last int) string {
	from, to := s.Tokens[first].Start-s.Start, s.Tokens[last-1].End-s.Start
	if from < 0 || to > len(s.Text) || from >= to {
		return ""
	}
	return s.Text[from:to]
}

// nearest picks the place whose path to the trigger in the tree is shortest.
func nearest(places []named, s *dyad.Sentence, trigger dyad.Span) *named {
	at := -1
	for i := range s.Tokens {
		if s.Tokens[i].Start >= trigger.Start && s.Tokens[i].End <= trigger.End {
			at = i
			break
		}
	}
	var best *named
	shortest := 1 << 30
	for i := range places {
		d := distance(s, places[i].head, at)
		if d < shortest {
			best, shortest = &places[i], d
		}
	}
	return best
}

// distance counts the steps in the tree between two tokens; a token that is not
// there is far.
func distance(s *dyad.Sentence, a, b int) int {
	if a < 0 || b < 0 {
		return 1 << 20
	}
	for up, x := 0, a; x >= 0 && up < 64; up, x = up+1, s.Tokens[x].Head {
		for down, y := 0, b; y >= 0 && down < 64; down, y = down+1, s.Tokens[y].Head {
			if x == y {
				return up + down
			}
		}
	}
	return 1 << 20
}

// A context weighs the countries that an event, its sentence and its story speak of,
// for choosing between places of one name.
type context struct {
	story  map[string]int // mentions of the whole story
	nearby []dyad.Mention // those of the sentence
	record *dyad.Record
}

// countMentions counts the countries that a story mentions.
func countMentions(mentions []dyad.Mention) map[string]int {
	counts := map[string]int{}
	for i := range mentions {
		for j := range mentions[i].Entities {
			counts[mentions[i].Entities[j].Code]++
		}
	}
	return counts
}

// nearby gives the mentions of a sentence; they stand in the order of sentences.
func nearby(mentions []dyad.Mention, sentence int) []dyad.Mention {
	first := sort.Search(len(mentions), func(i int) bool { return mentions[i].Sentence >= sentence })
	last := first
	for last < len(mentions) && mentions[last].Sentence == sentence {
		last++
	}
	return mentions[first:last]
}

// weight is three for each side of the event, two for a mention in its sentence and
// one for a mention elsewhere.
func (c *context) weight(country string) int {
	weight := c.story[country]
	for i := range c.nearby {
		weight += count(c.nearby[i].Entities, country)
	}
	return weight + 3*count(c.record.Event.Actor, country) + 3*count(c.record.Event.Recipient, country)
}

func count(entities []dyad.Entity, country string) int {
	n := 0
	for i := range entities {
		if entities[i].Code == country {
			n++
		}
	}
	return n
}

// resolve looks a place up and says why it took which. Of several places of one
// name the one in a country of the context wins, else the largest.
func resolve(p *named, about *context) *dyad.Place {
	if p == nil {
		return nil
	}
	out := &dyad.Place{Extracted: p.words}
	candidates := lookup(p.name)
	if len(candidates) == 0 {
		candidates = lookup("the " + p.name) // "The Hague"
	}
	if len(candidates) == 0 {
		out.Reason = "no place of this name is in the gazetteer"
		return out
	}
	inside := ""
	for _, e := range lookup(p.within) {
		if e.kind == "country" || e.kind == "province" {
			inside = e.country
			break
		}
	}
	best, reason := likeliest(candidates, inside, p, about)
	out.Resolved, out.CountryCode, out.Province = best.name, best.country, best.province
	out.Latitude, out.Longitude, out.GeoNameID, out.Reason = best.latitude, best.longitude, best.geoName, reason
	switch best.kind {
	case "city":
		out.City, out.Resolution = best.name, 4
	case "province":
		out.Resolution = 2
	case "country":
		out.Resolution = 1
	}
	return out
}

// likeliest chooses among places of one name, and says why.
func likeliest(candidates []entry, inside string, p *named, about *context) (best entry, reason string) {
	if provinces := slices.DeleteFunc(slices.Clone(candidates), func(c entry) bool { return c.kind != "province" }); p.region && len(provinces) > 0 {
		candidates = provinces
	}
	best, reason = candidates[0], "the only place of this name"
	if len(candidates) > 1 {
		reason = "the largest of the places of this name"
	}
	top := -1
	for _, c := range candidates {
		score := about.weight(c.country)
		why := "the place of this name in a country that the story speaks of"
		if c.country == inside {
			score += 1000
			why = "the place of this name in " + p.within
		}
		if c.kind == "country" {
			score += 500
			why = "a country"
		}
		if score > top && score > 0 {
			best, reason, top = c, why, score
		}
	}
	if best.kind == "province" && !p.region {
		return cityOf(best, candidates), reason
	}
	return best, reason
}

// large is the size of a city that is meant rather than a province of its name that it
// does not lie in: Washington.
const large = 500_000

// cityOf is the city that a province is called after, or the province where there is
// none: "in Tehran" means the city, "in Punjab" can only mean the province.
func cityOf(province entry, candidates []entry) entry {
	for _, c := range candidates {
		if c.kind == "city" && c.country == province.country && (c.population >= large || strings.HasPrefix(c.province, province.name)) {
			return c
		}
	}
	return province
}
