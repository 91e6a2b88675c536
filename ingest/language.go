package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
	"golang.org/x/text/language"
)

// Bounds of what is looked at to tell a language, in bytes.
const (
	gateSample   = 2000 // for the commonest English words: some microseconds
	detectSample = 400  // for the trigrams of all languages: some hundred
	shortSample  = 100  // letters; trigrams of less say nothing to rely on
)

// likely is a confidence that counts where no word of English stands: Turkish and
// Vietnamese seldom reach the 0.8 that is called reliable.
const likely = 0.2

// Language tells the language of a text as ISO 639-1 ("en"; three letters where
// there are no two), given what its page or feed declares, which is often wrong:
// a template says "en" for every language of the outlet.
//
//   - Text in which the commonest words of English are frequent is English.
//   - Other text of some length is what its letters and trigrams say when they say
//     it clearly, whatever is declared.
//   - Short or unclear text ("Gunmen kill five in Brennburg") is what is declared,
//     and English when nothing is.
func Language(text, declared string) string {
	declared = languageCode(declared)
	c := countWords(cutAt(text, gateSample))
	switch {
	case c.letters == 0:
		return firstOf(declared, "en")
	case c.isEnglish():
		return "en"
	}
	found := whatlanggo.Detect(cutAt(text, detectSample))
	code := codeOf(found.Lang)
	switch {
	case code == "" || c.letters < 3:
	case found.Script != unicode.Latin && found.Script != nil:
		// The script alone excludes English; which of the languages in it is meant,
		// the declaration knows better when the text is short.
		if found.IsReliable() && c.letters >= shortSample/4 || declared == "" || declared == "en" {
			return code
		}
		return declared
	case c.letters < shortSample:
	case found.IsReliable() && c.common*12 < c.words,
		found.Confidence >= likely && c.common*40 < c.words,
		c.own*40 < c.words && c.letters >= 2*shortSample: // it is never sure of Danish or Norwegian, Dutch or Afrikaans
		return code
	}
	return firstOf(declared, "en")
}

// A count is of the words of a sample.
type count struct {
	letters, words int
	common         int // of the commonest words of English
	own            int // of those that are English only
}

// isEnglish reports whether enough of the words are the commonest of English.
func (c count) isEnglish() bool {
	return c.own >= 2 && c.common*6 >= c.words && c.own*3 >= c.common
}

func countWords(sample string) count {
	var c count
	var word [8]byte
	length := 0 // letters of the word so far
	end := func() {
		if length > 0 {
			c.words++
			if length <= len(word) {
				switch commonness(string(word[:length])) {
				case 2:
					c.own++
					c.common++
				case 1:
					c.common++
				}
			}
		}
		length = 0
	}
	for i := 0; i < len(sample); {
		if b := sample[i]; b < utf8.RuneSelf {
			i++
			if b |= 0x20; b < 'a' || b > 'z' {
				end()
				continue
			}
			if length < len(word) {
				word[length] = b
			}
			length++
			c.letters++
			continue
		}
		r, n := utf8.DecodeRuneInString(sample[i:])
		i += n
		if !unicode.IsLetter(r) {
			end()
			continue
		}
		length = len(word) + 1 // no English word of the list
		c.letters++
	}
	end()
	return c
}

// commonness is 2 for the commonest words of English that no other language has as
// a common word, 1 for those that some has: "in" and "was" are Dutch too, "at" is
// Danish.
func commonness(word string) int {
	switch word {
	case "the", "and", "that", "with", "said", "from", "have", "were", "been", "which", "this", "its", "their", "they",
		"who", "will", "would", "not", "but", "after", "about", "when", "by", "it", "his", "could", "should":
		return 2
	case "of", "to", "in", "for", "is", "was", "on", "at", "has", "had", "are", "be", "he", "she", "over", "her", "or", "an", "as", "two":
		return 1
	}
	return 0
}

// cutAt gives the first n bytes of a text, or fewer so as not to cut a letter.
func cutAt(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func codeOf(lang whatlanggo.Lang) string {
	if lang < 0 {
		return ""
	}
	return firstOf(lang.Iso6391(), lang.Iso6393())
}

// languageCode makes ISO 639-1 of what pages, feeds and files declare: "eng",
// "English", "en-US", "en_GB.UTF-8", "en, fr". It is "" for what is no language.
func languageCode(declared string) string {
	s := strings.TrimSpace(declared)
	if len(s) == 2 && s[0] >= 'a' && s[0] <= 'z' && s[1] >= 'a' && s[1] <= 'z' {
		return s
	}
	if i := strings.IndexAny(s, ".@,; "); i >= 0 {
		s = s[:i]
	}
	if s == "" || len(s) > 40 {
		return ""
	}
	for lang, name := range whatlanggo.Langs {
		if strings.EqualFold(name, s) {
			return codeOf(lang)
		}
	}
	switch s = strings.ToLower(s); s { // codes of libraries, ISO 639-2/B
	case "fre":
		return "fr"
	case "ger":
		return "de"
	case "chi":
		return "zh"
	case "per":
		return "fa"
	case "dut":
		return "nl"
	}
	tag, err := language.Parse(s)
	if err != nil {
		return ""
	}
	if base, confidence := tag.Base(); confidence >= language.High {
		return base.String()
	}
	return ""
}
