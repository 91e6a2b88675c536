package actor

import (
	"strings"

	"github.com/opendyad/dyad"
)

// sameWord finds who was named before by a phrase or name that ends in the same
// word as a definite one: after "the Security Council", "the Council"; after "Corvan
// rebels", "the rebels". The newest counts; nil for nobody.
func (r *reading) sameWord(first, head int) *dyad.Mention {
	tokens := r.s.Tokens
	if first == 0 || !definite(lower(tokens[first-1].Text)) {
		return nil
	}
	word := stem(tokens[head].Text)
	if m := r.sameFighters(word); m != nil {
		return m
	}
	for i := len(r.mentions) - 1; i >= 0; i-- {
		if m := &r.mentions[i]; m.Last <= first && first-m.Last < reach && endsIn(m, word) {
			return m
		}
	}
	for i := len(r.m.recent) - 1; i >= 0 && r.m.recent[i].Sentence >= r.number-4; i-- {
		if m := &r.m.recent[i]; endsIn(m, word) {
			return m
		}
	}
	return nil
}

// sameFighters finds the armed group by name that "the rebels" or "the militants" are.
func (r *reading) sameFighters(word string) *dyad.Mention {
	switch word {
	case "rebel", "militant", "insurgent", "guerrilla", "fighter", "extremist", "jihadist", "gunmen", "separatist", "militia":
	default:
		return nil
	}
	for i := len(r.m.recent) - 1; i >= 0 && r.m.recent[i].Sentence >= r.number-3; i-- {
		m := &r.m.recent[i]
		if m.How != dyad.MentionNamed || len(m.Entities) != 1 || m.Entities[0].Code == "" {
			continue
		}
		if s := m.Entities[0].Sector; (s == "REB" || s == "PRM") && m.Entities[0].Office == "" && (word != "militia" || s == "PRM") {
			return m
		}
	}
	return nil
}

func definite(w string) bool {
	return w == "the" || w == "this" || w == "that" || w == "these" || w == "those"
}

// endsIn reports whether a mention that tells its country ends in a word, or is the
// short form of a name that does.
func endsIn(m *dyad.Mention, word string) bool {
	if m.Place || len(m.Entities) != 1 || m.Entities[0].Code == "" || m.How == dyad.MentionPronoun {
		return false
	}
	e := &m.Entities[0]
	if role, ok := strings.CutPrefix(m.Reason.Rule, "role "); ok {
		return alike(stem(lastWord(role)), word) // "a mission from the Quadrant Union"
	}
	return alike(stem(lastWord(e.Text)), word) || alike(stem(lastWord(e.Name)), word)
}

// alike reports whether two words may name one and the same: a mission that arrives
// is a delegation when it leaves.
func alike(a, b string) bool {
	return a == b || visiting(a) && visiting(b) || armed(a) && armed(b)
}

// armed tells what an army is called by: after "Brennian troops", "the army".
func armed(w string) bool {
	switch w {
	case "army", "military", "troop", "soldier", "navy":
		return true
	}
	return false
}

func visiting(w string) bool { return w == "mission" || w == "delegation" || w == "team" }

// stem is a word in lower case without the ending of a plural.
func stem(w string) string {
	return strings.TrimSuffix(lower(w), "s")
}
