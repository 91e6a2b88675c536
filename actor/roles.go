package actor

import (
	"strings"

	"github.com/opendyad/dyad/codebook"
)

// A roleEntry is a role phrase by its head.
type roleEntry struct {
	name   string   // the words as one
	words  []string // lemmas, lower case, head last
	sector string
	number codebook.Number
	office bool // may stand as a title before a name
	body   bool // only with a name of its own before it: "Investment Commission"
}

// A roleIndex finds role phrases by the lemma of their head, longest first.
type roleIndex map[string][]roleEntry

func newRoleIndex(roles []codebook.Role, offices []string) roleIndex {
	titles := make(map[string]bool, len(offices))
	for _, o := range offices {
		titles[strings.ToLower(o)] = true
	}
	index := make(roleIndex, len(roles))
	seen := make(map[string]bool, len(roles))
	add := func(words []string, sector string, number codebook.Number) {
		key := strings.Join(words, " ")
		if len(words) == 0 || seen[key] {
			return
		}
		seen[key] = true
		head := words[len(words)-1]
		entries := append(index[head], roleEntry{name: key, words: words, sector: sector, number: number, office: titles[key]})
		for i := len(entries) - 1; i > 0 && len(entries[i].words) > len(entries[i-1].words); i-- {
			entries[i], entries[i-1] = entries[i-1], entries[i]
		}
		index[head] = entries
	}
	addBoth := func(words []string, sector string, number codebook.Number) {
		add(words, sector, number)
		if parts := partHyphens(words); len(parts) > len(words) {
			titles[strings.Join(parts, " ")] = titles[strings.Join(words, " ")]
			add(parts, sector, number)
		}
	}
	for _, r := range roles {
		words := make([]string, len(r.Words))
		for i, w := range r.Words {
			words[i] = strings.ToLower(w)
		}
		addBoth(words, r.Sector, r.Number)
	}
	for _, o := range offices {
		addBoth(strings.Fields(strings.ToLower(o)), sectorOfTitle(o), codebook.NumberPerson)
	}
	for _, head := range publicBodies {
		if !seen[head] {
			index[head] = append(index[head], roleEntry{name: head, words: []string{head}, sector: "GOV", number: codebook.NumberBody, body: true})
		}
	}
	return index
}

// partHyphens parts words as the tokenizer parts most of them: "secretary-general" is three
// tokens, "vice-president" one.
func partHyphens(words []string) []string {
	var out []string
	for _, w := range words {
		for i, part := range strings.Split(w, "-") {
			if i > 0 {
				out = append(out, "-")
			}
			if part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// publicBodies are heads that many things share; with capitalised words before
// them they name a body of a government.
var publicBodies = []string{"commission", "service", "council", "committee", "department", "bureau", "directorate", "authority", "board"}

// sectorOfTitle gives the sector of a title that is no role of its own.
func sectorOfTitle(title string) string {
	switch strings.ToLower(strings.TrimSuffix(title, ".")) {
	case "gen", "general", "col", "colonel", "maj", "major", "lt", "lieutenant", "admiral", "adm", "brig", "brigadier", "capt", "captain", "sgt":
		return "MIL"
	case "sen", "senator", "rep", "congressman", "congresswoman":
		return "LEG"
	case "ayatollah", "pope", "bishop", "archbishop", "cardinal", "imam", "rev":
		return "REL"
	case "judge", "justice":
		return "JUD"
	case "inspector", "constable":
		return "COP"
	}
	return "GOV"
}

// vagueRoles lend their place to the body named before them: "foreign ministry
// officials" are the ministry's, "Taliban spokesman" the Taliban's, "military
// officials" the army's.
var vagueRoles = map[string]bool{
	"official": true, "spokesman": true, "spokeswoman": true, "spokesperson": true, "leader": true,
	"chief": true, "head": true, "member": true, "representative": true, "source": true, "delegation": true,
	"supporter": true, "commander": true, "fighter": true, "authority": true, "team": true, "aide": true,
	"adviser": true, "advisor": true, "deputy": true, "negotiator": true, "boss": true, "personnel": true,
	"candidate": true, "lawmaker": true, "activist": true, "forces": true, "force": true, "troop": true,
	"militant": true, "spokespeople": true, "staff": true, "worker": true, "leadership": true, "envoy": true,
	"secretary": true, "director": true, "gunman": true, "rebel": true, "insurgent": true, "mission": true,
	"convoy": true, "investigator": true, "expert": true, "ambassador": true, "inspector": true, "group": true,
}
