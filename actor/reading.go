package actor

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
)

// A reading is the work on one sentence: name hits and role hits first, then the
// mentions that they are put together to.
type reading struct {
	f        *Finder
	m        *memory
	s        *dyad.Sentence
	number   int
	names    []nameHit
	roles    []roleHit
	taken    []bool // token belongs to a hit or mention already
	mentions []dyad.Mention
}

// A nameHit is a name found in the sentence.
type nameHit struct {
	first, last int // tokens, half open
	head        int
	entity      dyad.Entity
	actor       int32 // index into the codebook's actors, -1 for a place
	kind        nameKind
	actorKind   codebook.ActorKind
	person      bool
	used        bool // part of a longer mention
	rule        string
}

// A roleHit is a role phrase found in the sentence.
type roleHit struct {
	first, last int
	head        int
	entry       roleEntry
	former      bool
	used        bool
}

// findNames finds the longest names of the codebook from left to right.
func (r *reading) findNames() {
	tokens := r.s.Tokens
	index, fold := r.f.exact, false
	if mostlyCapitals(tokens) {
		index, fold = r.f.capitals(), true
	}
	from := datelineEnd(tokens)
	for i := 0; i < from; i++ {
		r.taken[i] = true
	}
	for i := from; i < len(tokens); {
		entry, n := longestName(index, tokens, i, r.m.date, r.f)
		if n == 0 {
			i++
			continue
		}
		if !fold && !r.nameStands(i, n, entry) {
			i++
			continue
		}
		if aside(tokens, i, i+n) {
			for j := i; j < i+n; j++ {
				r.taken[j] = true
			}
			i += n
			continue
		}
		r.addHit(r.seatOrCapital(index, entry, i, n), i, i+n)
		i += n
	}
}

// longestName gives the longest name that begins at token i and how many tokens
// it takes, 0 for none. Of two actors with one name the one in office wins.
func longestName(index nameIndex, tokens []dyad.Token, i int, date dyad.Date, f *Finder) (nameEntry, int) {
	first := nameKey(tokens[i].Text)
	if first == "" {
		return nameEntry{}, 0
	}
	var best nameEntry
	length, inOffice := 0, false
	for _, key := range [2]string{first, firstPart(tokens[i].Text, first)} {
		if key == "" {
			continue
		}
		for _, e := range index[key] {
			n := matchWords(e.words, tokens[i:])
			if n == 0 || n < length {
				continue
			}
			office := holdsOffice(&f.actors[e.actor], date)
			if n > length || office && !inOffice || e.kind < best.kind && office == inOffice {
				best, length, inOffice = e, n, office
			}
		}
	}
	return best, length
}

// matchWords reports how many tokens the words of a name take, 0 if they do not
// stand there. A token may be several words ("al-Shabaab") or none ("-").
func matchWords(words []string, tokens []dyad.Token) int {
	w, t := 0, 0
	for w < len(words) && t < len(tokens) {
		text := tokens[t].Text
		if text == "-" || text == "." || text == "’" || text == "'" || text == "'s" || text == "’s" {
			if w == 0 {
				return 0
			}
			t++
			continue
		}
		key := nameKey(text)
		if key == words[w] {
			w++
			t++
			continue
		}
		if strings.IndexByte(text, '-') <= 0 {
			return 0
		}
		for _, part := range nameWords(text) {
			if w >= len(words) || part != words[w] {
				return 0
			}
			w++
		}
		t++
	}
	if w < len(words) {
		return 0
	}
	return t
}

// nameKey is a token as a word of a name, "" for punctuation.
func nameKey(text string) string {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '.' || c == '\'' || c >= 0x80 {
			return bareWord(text)
		}
	}
	return text
}

func firstPart(text, key string) string {
	if i := strings.IndexByte(key, '-'); i > 0 {
		return key[:i]
	}
	return ""
}

// nameStands refuses a one-word name where the tree says that it is another
// word, or part of somebody else's name: "Mary Trump", "Trump Tower".
func (r *reading) nameStands(i, n int, e nameEntry) bool {
	tokens := r.s.Tokens
	if water(tokens, i, i+n) {
		return false
	}
	kind := r.f.actors[e.actor].Kind
	if n > 1 {
		return kind != codebook.KindGroup && kind != codebook.KindParty || !r.longerName(i)
	}
	t := &tokens[i]
	if next := i + 1; next < len(tokens) && tokens[next].UPOS == "PROPN" && tokens[next].Rel == "flat" && tokens[next].Head == i &&
		(e.kind == nameCapital || kind == codebook.KindState && e.kind == nameProper) && r.plainName(next) {
		return false // a person called Chad or Sanaa
	}
	if t.UPOS == "VERB" || t.UPOS == "AUX" || t.UPOS == "PRON" || t.UPOS == "ADP" || t.UPOS == "SCONJ" {
		// "IS" set in capitals is the group, whatever the tagger makes of it.
		return i == 0 || isCapitalised(t.Text) && (len(t.Text) > 3 || len(t.Text) > 1 && t.Text == strings.ToUpper(t.Text))
	}
	if r.f.actors[e.actor].Kind != codebook.KindPerson {
		return true
	}
	if i > 0 && tokens[i-1].UPOS == "PROPN" && isCapitalised(tokens[i-1].Text) && nameTogether(tokens, i-1, i) && !r.leadsName(i-1) {
		return false
	}
	return i+1 >= len(tokens) || tokens[i+1].UPOS != "PROPN" || baseRel(tokens[i+1].Rel) != "flat" || tokens[i+1].Head != i
}

// longerName reports whether the capitalised word before a name is its first: "Garo
// National Liberation Army" is not the National Liberation Army.
func (r *reading) longerName(i int) bool {
	tokens := r.s.Tokens
	if i == 0 || tokens[i-1].UPOS != "PROPN" || !isCapitalised(tokens[i-1].Text) || r.taken[i-1] || r.leadsName(i-1) {
		return false
	}
	h := tokens[i-1].Head
	return h >= i && h < i+6 && baseRel(tokens[i-1].Rel) == "compound"
}

// plainName reports whether a word is no role, title or name that the codebook knows.
func (r *reading) plainName(i int) bool {
	w := r.s.Tokens[i].Text
	_, role := r.f.roles[lower(w)]
	_, name := r.f.exact[w]
	return !role && !name
}

// nameTogether reports whether the tree makes two neighbours one name.
func nameTogether(tokens []dyad.Token, a, b int) bool {
	one := func(t *dyad.Token, head int) bool {
		rel := baseRel(t.Rel)
		return t.Head == head && (rel == "flat" || rel == "compound")
	}
	return one(&tokens[b], a) || one(&tokens[a], b) || tokens[a].Head == tokens[b].Head && baseRel(tokens[a].Rel) == "flat" && baseRel(tokens[b].Rel) == "flat"
}

// leadsName reports whether a word may stand before a surname without being part
// of the name: a title ("President"), a form of address, a country.
func (r *reading) leadsName(i int) bool {
	w := r.s.Tokens[i].Text
	switch w {
	case "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Sir", "Lady", "Lord", "Hon.", "Democrat", "Republican", "Comrade":
		return true
	}
	_, role := r.f.roles[lower(w)]
	_, name := r.f.exact[w]
	return role || name || strings.HasSuffix(w, ".")
}

// mostlyCapitals reports whether a sentence is set in capitals, where "US" and
// "us" cannot be told apart by their letters.
func mostlyCapitals(tokens []dyad.Token) bool {
	letters, capitals := 0, 0
	for i := range tokens {
		for j := 0; j < len(tokens[i].Text); j++ {
			c := tokens[i].Text[j]
			if c >= 'a' && c <= 'z' {
				letters++
			} else if c >= 'A' && c <= 'Z' {
				letters++
				capitals++
			}
		}
	}
	return letters > 12 && capitals*10 > letters*9
}

func (r *reading) addHit(e nameEntry, first, last int) {
	a := &r.f.actors[e.actor]
	entity, at := r.f.entityOn(int(e.actor), r.m.date)
	entity.Text = spanText(r.s, first, last)
	switch e.kind {
	case namePeople:
		entity.Sector = "CVL"
	case nameCapital, nameSeat:
		if a.Kind != codebook.KindOrganisation {
			entity.Sector = "GOV"
		}
	}
	for i := first; i < last; i++ {
		r.taken[i] = true
	}
	r.names = append(r.names, nameHit{
		first: first, last: last, head: headOf(r.s.Tokens, first, last),
		entity: entity, actor: e.actor, kind: e.kind, actorKind: a.Kind, person: a.Kind == codebook.KindPerson, rule: at.File + ":" + strconv.Itoa(at.Line),
	})
}

// findRoles finds role phrases by the lemma of their head, longest first. The
// words of a phrase stand beside each other.
func (r *reading) findRoles() {
	tokens := r.s.Tokens
	for i := len(tokens) - 1; i >= 0; i-- {
		t := &tokens[i]
		if r.taken[i] || t.UPOS != "NOUN" && t.UPOS != "PROPN" && t.UPOS != "ADJ" && t.UPOS != "X" {
			continue
		}
		// Words without a singular of their own ("forces") stand as they are.
		if !r.findRole(i, r.f.roles[lower(t.Lemma)]) && lower(t.Text) != lower(t.Lemma) {
			r.findRole(i, r.f.roles[lower(t.Text)])
		}
	}
	slices.SortFunc(r.roles, func(a, b roleHit) int { return a.first - b.first })
}

// bodyStart goes left over the capitalised words of a body's own name: "Investment
// Commission", "Counter-Terrorism Service".
func (r *reading) bodyStart(head int) int {
	tokens := r.s.Tokens
	if !isCapitalised(tokens[head].Text) {
		return head
	}
	first := head
	for first > 0 && !r.taken[first-1] && isCapitalised(tokens[first-1].Text) && tokens[first-1].UPOS != "DET" && tokens[first-1].UPOS != "ADP" {
		first--
	}
	return first
}

// formerBefore reports whether what stands at a token is over: "former", with a
// country between at most ("former Brennian president").
func (r *reading) formerBefore(first int) bool {
	tokens := r.s.Tokens
	if n := r.nameEnding(first); n >= 0 && !r.names[n].person {
		first = r.names[n].first
	}
	return first > 0 && formerWord(lower(tokens[first-1].Text)) ||
		first > 1 && tokens[first-1].Text == "-" && formerWord(lower(tokens[first-2].Text))
}

// findRole takes the longest of some role phrases whose head is token i.
func (r *reading) findRole(i int, entries []roleEntry) bool {
	tokens := r.s.Tokens
	t := &tokens[i]
	if t.UPOS == "ADJ" && t.Rel == "amod" || lower(t.Lemma) == "party" && i > 0 && otherParties(lower(tokens[i-1].Text)) {
		return false
	}
	for _, e := range entries {
		first := i - len(e.words) + 1
		if first < 0 || !roleWords(tokens[first:i], e.words) || r.anyTaken(first, i+1) {
			continue
		}
		if e.body {
			if first = r.bodyStart(i); first == i {
				continue
			}
		}
		for j := first; j <= i; j++ {
			r.taken[j] = true
		}
		r.roles = append(r.roles, roleHit{first: first, last: i + 1, head: headOf(tokens, first, i+1), entry: e, former: r.formerBefore(first)})
		return true
	}
	return false
}

// otherParties tells sides from political parties: "both warring parties".
func otherParties(before string) bool {
	switch before {
	case "warring", "both", "two", "third", "opposing", "interested", "concerned", "other", "conflicting", "relevant", "search", "wedding", "birthday", "dinner":
		return true
	}
	return false
}

func roleWords(tokens []dyad.Token, words []string) bool {
	for j := range tokens {
		if lower(tokens[j].Lemma) != words[j] && lower(tokens[j].Text) != words[j] {
			return false
		}
	}
	return true
}

func formerWord(w string) bool {
	switch w {
	case "former", "ex", "ex-", "deposed", "ousted", "late", "exiled", "onetime", "toppled", "erstwhile":
		return true
	}
	return false
}

func (r *reading) anyTaken(first, last int) bool {
	for i := first; i < last; i++ {
		if r.taken[i] {
			return true
		}
	}
	return false
}

func (r *reading) roleAt(token int) []roleHit {
	for i := range r.roles {
		if token >= r.roles[i].first && token < r.roles[i].last {
			return r.roles[i : i+1]
		}
	}
	return nil
}

// add puts a mention in its place in the order of first tokens.
func (r *reading) add(m dyad.Mention) {
	r.mentions = append(r.mentions, m)
	for i := len(r.mentions) - 1; i > 0 && r.mentions[i-1].First > m.First; i-- {
		r.mentions[i], r.mentions[i-1] = r.mentions[i-1], r.mentions[i]
	}
}

// mentionAt gives the mention that begins at a token.
func (r *reading) mentionAt(first int) *dyad.Mention {
	return &r.mentions[sort.Search(len(r.mentions), func(i int) bool { return r.mentions[i].First >= first })]
}

// separate keeps the longer of two mentions that share tokens: a parse may hang
// one country under two roles.
func (r *reading) separate() {
	kept := r.mentions[:0]
	for _, m := range r.mentions {
		if n := len(kept); n > 0 && kept[n-1].Last > m.First {
			if kept[n-1].Last-kept[n-1].First < m.Last-m.First {
				kept[n-1] = m
			}
			continue
		}
		kept = append(kept, m)
	}
	r.mentions = kept
}
