package relation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/opendyad/dyad"
)

// A Held is one position that somebody took on an issue.
type Held struct {
	Holder  string    `json:"holder"` // country
	Issue   string    `json:"issue"`
	Stance  string    `json:"stance"`
	Content string    `json:"content"` // in the text's words
	Toward  []string  `json:"toward"`
	On      dyad.Date `json:"on"`
	Record  string    `json:"record"`
	Text    string    `json:"text"` // the sentence
	Reports int       `json:"reports"`
}

// A Holding is what a country holds on an issue, and what it held before.
type Holding struct {
	Holder string `json:"holder"`
	Issue  string `json:"issue"`
	Held   []Held `json:"held"` // in order of time, what is repeated once
	// Changed is when it last turned from being for something to being against it, or
	// the other way; zero: never.
	Changed dyad.Date `json:"changed"`
	From    string    `json:"from"` // the stances before and after
	To      string    `json:"to"`
}

// Latest is what is held now.
func (h *Holding) Latest() Held { return h.Held[len(h.Held)-1] }

// Holdings gives what each country holds on each issue, by issue and country. Positions
// without an issue stand under "".
func Holdings(records []dyad.Record) []Holding {
	var held []Held
	for i := range records {
		r := &records[i]
		if r.Position == nil || len(r.Aux) > 0 {
			continue
		}
		issues := r.Issues
		if len(issues) == 0 {
			issues = []string{r.Position.Issue}
		}
		for _, holder := range Codes(r.Position.Holder) {
			for _, issue := range issues {
				held = append(held, Held{Holder: holder, Issue: issue, Stance: r.Position.Stance, Content: r.Position.Content, Toward: Codes(r.Position.Toward),
					On: r.Date, Record: r.ID, Text: r.Text, Reports: max(1, len(r.Reports))})
			}
		}
	}
	slices.SortFunc(held, func(a, b Held) int {
		return cmp.Or(cmp.Compare(a.Issue, b.Issue), cmp.Compare(a.Holder, b.Holder), cmp.Compare(DayOf(a.On), DayOf(b.On)), cmp.Compare(a.Record, b.Record))
	})
	var out []Holding
	for from := 0; from < len(held); {
		h := Holding{Holder: held[from].Holder, Issue: held[from].Issue}
		for ; from < len(held) && held[from].Holder == h.Holder && held[from].Issue == h.Issue; from++ {
			h.take(held[from])
		}
		out = append(out, h)
	}
	return out
}

// take adds a position, unless it only repeats the last of its stance and words.
func (h *Holding) take(p Held) {
	repeated := slices.ContainsFunc(h.Held, func(o Held) bool { return o.Stance == p.Stance && o.Content == p.Content })
	for i := len(h.Held) - 1; i >= 0; i-- {
		if side := sideOf(h.Held[i].Stance); side != 0 {
			if now := sideOf(p.Stance); now != 0 && now != side && sameThing(&h.Held[i], &p) {
				h.Changed, h.From, h.To = p.On, h.Held[i].Stance, p.Stance
				repeated = false
			}
			break
		}
	}
	if !repeated {
		h.Held = append(h.Held, p)
	}
}

// leastWord is how long a word must be to name what a position is about.
const leastWord = 5

// sameThing reports whether two positions on an issue are about the same: their words
// share one that is no name, is not the issue's and does not stand in most positions.
// To be against a ruling on Kashmir and for support over Kashmir is no turn.
func sameThing(a, b *Held) bool {
	others := tellingWords(b)
	return slices.ContainsFunc(tellingWords(a), func(w string) bool { return slices.Contains(others, w) })
}

func tellingWords(h *Held) []string {
	words := strings.FieldsFunc(h.Content, func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.DeleteFunc(words, func(w string) bool {
		return len(w) < leastWord || w != strings.ToLower(w) || strings.Contains(h.Issue, w) || isCommon(w)
	})
}

// isCommon reports whether a word is in many positions whatever they are about.
func isCommon(word string) bool {
	switch word {
	case "about", "against", "between", "called", "calls", "countries", "country", "dispute", "foreign", "government", "international", "issue", "leaders",
		"minister", "ministry", "other", "peace", "president", "rejected", "rejects", "relations", "should", "stance", "statement", "support", "supports",
		"their", "there", "these", "those", "welcomed", "which", "while", "whose", "would":
		return true
	}
	return false
}

// sideOf is on which side a stance is; to call for something or to be concerned is
// neither.
func sideOf(stance string) int {
	switch stance {
	case dyad.StanceFor:
		return 1
	case dyad.StanceAgainst:
		return -1
	}
	return 0
}

// A Square is what happened between a pair over an issue.
type Square struct {
	Issue     string    `json:"issue"`
	Pair      Pair      `json:"pair"`
	Friendly  int       `json:"friendly"` // happenings
	Hostile   int       `json:"hostile"`
	Positions int       `json:"positions"` // records
	Expects   int       `json:"expectations"`
	Last      dyad.Date `json:"last"`
	Records   []string  `json:"records"` // of what happened
}

// Grid gives what is recorded of each issue and pair, by issue and pair: a position is
// the holder's and those it is toward, an expectation's are who is to act and toward
// whom, or all who are to act together.
func Grid(records []dyad.Record) []Square {
	type key struct {
		issue string
		pair  Pair
	}
	squares := map[key]*Square{}
	at := func(issue string, pair Pair, r *dyad.Record) *Square {
		k := key{issue, pair}
		if squares[k] == nil {
			squares[k] = &Square{Issue: issue, Pair: pair}
		}
		if squares[k].Last.Before(r.Date) {
			squares[k].Last = r.Date
		}
		return squares[k]
	}
	seen := map[string]bool{}
	for i := range records {
		r := &records[i]
		if seen[cmp.Or(r.Happening, r.ID)] || AuxOf(r.Aux)&Historical != 0 {
			continue
		}
		seen[cmp.Or(r.Happening, r.ID)] = true
		for _, issue := range r.Issues {
			for _, pair := range pairsOf(r) {
				s := at(issue, pair, r)
				switch {
				case r.Event != nil && len(r.Aux) == 0 && class(uint8(r.Event.Quad&7)) == 0:
					s.Friendly++
					s.Records = add(s.Records, r.ID)
				case r.Event != nil && len(r.Aux) == 0 && class(uint8(r.Event.Quad&7)) > 0:
					s.Hostile++
					s.Records = add(s.Records, r.ID)
				case r.Position != nil:
					s.Positions++
				case r.Expectation != nil:
					s.Expects++
				}
			}
		}
	}
	out := make([]Square, 0, len(squares))
	for _, s := range squares {
		slices.Sort(s.Records)
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Square) int {
		return cmp.Or(cmp.Compare(a.Issue, b.Issue), cmp.Compare(a.Pair.A, b.Pair.A), cmp.Compare(a.Pair.B, b.Pair.B))
	})
	return out
}

// pairsOf gives the pairs of countries that a record is between, each once.
func pairsOf(r *dyad.Record) []Pair {
	var one, other []string
	switch {
	case r.Event != nil:
		one, other = Codes(stateSide(r.Event.Actor)), Codes(stateSide(r.Event.Recipient))
		if len(other) == 0 && len(r.Event.Recipient) > 0 {
			return nil
		}
	case r.Position != nil:
		one, other = Codes(r.Position.Holder), Codes(r.Position.Toward)
	case r.Expectation != nil:
		one, other = Codes(r.Expectation.Who), Codes(r.Expectation.Recipient)
	case r.Claim != nil:
		one = Codes(r.Claim.Pair)
	case r.Visit != nil:
		one, other = Codes(r.Visit.Visitor), Codes(r.Visit.Host)
	}
	if len(other) == 0 {
		other = one
	}
	if len(one) > maxParties || len(other) > maxParties {
		return nil
	}
	var out []Pair
	for _, a := range one {
		for _, b := range other {
			if pair := PairOf(a, b); a != b && !slices.Contains(out, pair) {
				out = append(out, pair)
			}
		}
	}
	return out
}
