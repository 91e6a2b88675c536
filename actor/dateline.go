package actor

import (
	"strings"

	"github.com/opendyad/dyad"
)

// longestDateline is how many tokens a dateline has at most: "PORT-AU-PRINCE,
// Haiti, Sept. 5, 2011 (Agence France-Presse) --".
const longestDateline = 18

// datelineEnd gives the number of tokens of the dateline that a sentence opens
// with, 0 for none: "BAGHDAD, May 29 (Xinhua) -- Police…", "ISLAMABAD: A…". Its
// place is where the story plays and its agency who sells it; neither acts.
func datelineEnd(tokens []dyad.Token) int {
	if len(tokens) < 2 || !isCapitalised(tokens[0].Text) {
		return 0
	}
	capitals := len(tokens[0].Text) > 2 && tokens[0].Text == strings.ToUpper(tokens[0].Text)
	paren, words := false, 0
	for i := 0; i < len(tokens) && i < longestDateline; i++ {
		t := tokens[i].Text
		switch t {
		case "":
			return 0
		case "--", "—", "–", "-":
			if i > 0 && (paren || capitals) && spaced(tokens, i) {
				return i + 1
			}
		case ":":
			// In a text all in capitals "ALDORIA: WE WILL FIGHT" is a speaker.
			if capitals && words < 6 && (i+1 == len(tokens) || !mostlyCapitals(tokens)) {
				return i + 1
			}
			return 0
		case "(":
			paren = true
		case ",", ")", ".", "/":
		default:
			if !isCapitalised(t) && (t[0] < '0' || t[0] > '9') {
				return 0
			}
			words++
		}
	}
	return 0
}

// spaced tells a dash from a hyphen: white space stands on both of its sides.
func spaced(tokens []dyad.Token, i int) bool {
	return tokens[i].Start > tokens[i-1].End && (i+1 == len(tokens) || tokens[i+1].Start > tokens[i].End)
}

// datelineCountry gives the country of a dateline's place, "" where it is not
// known or, as in "UNITED NATIONS, May 28", no country.
func (f *Finder) datelineCountry(s *dyad.Sentence, end int, date dyad.Date) string {
	for i := 0; i < end; i++ {
		if tokens := s.Tokens[:end]; tokens[i].UPOS != "PUNCT" {
			for _, index := range [2]nameIndex{f.exact, f.capitals()} {
				if e, n := longestName(index, tokens, i, date, f); n > 0 && e.kind != nameAdj && e.kind != namePeople {
					if code := f.stateCode(int(e.actor)); code != "" {
						return code
					}
				}
			}
		}
		if s.Tokens[i].Text == "(" {
			return ""
		}
		if i > 0 {
			continue
		}
		last := i
		for last < end && s.Tokens[last].UPOS != "PUNCT" && isCapitalised(s.Tokens[last].Text) {
			last++
		}
		if code, _ := f.countries(spanText(s, i, last)); code != "" {
			return code
		}
	}
	return ""
}

// stateCode is the code of a state or territory, "" for other actors.
func (f *Finder) stateCode(actor int) string {
	if a := &f.actors[actor]; a.Kind == "state" || a.Kind == "territory" {
		if len(a.Terms) > 0 && a.Terms[0].Code != "" {
			return a.Terms[0].Code
		}
		return a.ID
	}
	return ""
}

// newsMedia are agencies, papers and stations that carry news of others. They
// are actors (JRN) where they act, not where they only pass on: "told Xinhua".
var newsMedia = map[string]bool{
	"Xinhua": true, "Reuters": true, "AFP": true, "AP": true, "Associated Press": true, "Agence France-Presse": true,
	"UPI": true, "DPA": true, "dpa": true, "TASS": true, "Tass": true, "ITAR-TASS": true, "Interfax": true, "RIA Novosti": true,
	"IRNA": true, "ISNA": true, "Fars": true, "Mehr": true, "Tasnim": true, "SANA": true, "WAM": true, "SPA": true,
	"MENA": true, "Anadolu": true, "Anadolu Agency": true, "Kyodo": true, "Yonhap": true, "KCNA": true, "ANI": true, "PTI": true,
	"IANS": true, "APP": true, "Bernama": true, "Antara": true, "CNA": true, "BBC": true, "CNN": true, "Bloomberg": true,
	"Al Jazeera": true, "Al-Jazeera": true, "Al Arabiya": true, "New York Times": true, "Washington Post": true,
	"Wall Street Journal": true, "Financial Times": true, "Guardian": true, "Dawn": true, "Haaretz": true, "Le Monde": true,
	"Global Times": true, "People's Daily": true, "Press TV": true, "RT": true, "Sputnik": true,
}

// onlyCarries reports whether a medium merely passes the news on: it stands in
// brackets, was told, or is named as the source.
func onlyCarries(tokens []dyad.Token, first, last, head int) bool {
	if first > 0 && tokens[first-1].Text == "(" {
		return true
	}
	if g := tokens[head].Head; g >= 0 {
		switch baseRel(tokens[head].Rel) {
		case "obj", "iobj", "obl":
			switch tokens[g].Lemma {
			case "tell", "say", "report", "quote", "accord", "speak", "according", "cite", "announce":
				return true
			}
		}
	}
	switch caseOf(tokens, head) {
	case "to", "by", "with":
		return true // "according to Xinhua", "quoted by Reuters", "an interview with CNN"
	}
	return false
}
