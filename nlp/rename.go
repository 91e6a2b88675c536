package nlp

import (
	"math/rand/v2"
	"strings"

	"github.com/opendyad/dyad"
)

// renamed gives a sentence's tokens with their names changed for invented ones, the
// same name always for the same: the parser must learn that "X condemned Y" is a
// sentence whoever X and Y are. Capitalised adjectives ("Iranian") keep an ending
// that tells what they are.
func renamed(tokens []dyad.Token, random *rand.Rand) []dyad.Token {
	out := append([]dyad.Token(nil), tokens...)
	names := map[string]string{}
	for i := range out {
		t := &out[i]
		capital := len(t.Text) > 2 && t.Text[0] >= 'A' && t.Text[0] <= 'Z' && t.Text[1] >= 'a'
		if !capital || t.UPOS != "PROPN" && (t.UPOS != "ADJ" || i == 0) {
			continue
		}
		name := names[t.Text]
		if name == "" {
			name = inventedName(random)
			switch {
			case t.UPOS == "ADJ":
				name += pick(random, "n", "an", "ian", "ese", "i", "ish", "ic")
			case t.XPOS == "NNPS":
				name += "s"
			}
			names[t.Text] = name
		}
		t.Text = name
	}
	return out
}

// inventedName makes up a name of one to three syllables.
func inventedName(random *rand.Rand) string {
	var b strings.Builder
	for range 1 + random.IntN(3) {
		b.WriteString(pick(random, "b", "br", "c", "ch", "d", "dr", "f", "g", "h", "j", "k", "kh", "l", "m", "n", "p", "r", "s", "sh", "st", "t", "v", "w", "y", "z", ""))
		b.WriteString(pick(random, "a", "e", "i", "o", "u", "a", "o", "ai", "ou", "ee"))
	}
	b.WriteString(pick(random, "n", "r", "s", "l", "nd", "k", "t", "m", "ria", "ra", "v", "land", "stan", "burg", "ton", ""))
	name := b.String()
	return strings.ToUpper(name[:1]) + name[1:]
}

func pick(random *rand.Rand, of ...string) string { return of[random.IntN(len(of))] }
