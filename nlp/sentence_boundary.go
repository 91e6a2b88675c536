package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// begins reports whether a new sentence begins with piece next, when piece i is a
// full stop or an abbreviation and all between them closes quotes or brackets.
func (p *paragraphSplitter) begins(i, next int) bool {
	if next == len(p.pieces) {
		return true
	}
	q := p.pieces[next]
	if q.gap == gapNone && next == i+1 {
		// A blank is missing: "they left.The talks"
		return p.pieces[i].class == classStop && q.class == classLetter && p.capital(next) && p.pieces[i].gap == gapNone && (p.startsWord(i) || p.text[p.pieces[i].start] == '?') ||
			p.text[p.pieces[i].start] == '?' && q.class == classLetter && q.end-q.start > 1 && p.startsWord(i)
	}
	if q.gap == gapNone {
		return false
	}
	// "1. The ministers": a number in a list is no sentence.
	if i-p.first <= 1 && next == i+1 && p.listMark(i) {
		return false
	}
	opened := next
	for opened < len(p.pieces)-1 && (p.pieces[opened].class == classQuote || p.pieces[opened].class == classOpen) && p.pieces[opened+1].gap == gapNone {
		opened++
	}
	if p.pieces[i].abbreviation {
		return p.afterAbbreviation(i, next, opened)
	}
	switch p.pieces[opened].class {
	case classLetter:
		return p.capital(opened) || opened == i+1 && p.plainWord(i-1)
	case classDigit:
		return true
	case classStop:
		return false
	case classDash:
		return p.text[p.pieces[i].start] != '.' || opened+1 < len(p.pieces) && p.capital(opened+1) && next == i+1
	}
	return true
}

// plainWord reports whether piece i is a word in small letters, after which even a
// small letter may begin a sentence in careless text: "they left. nobody knows".
func (p *paragraphSplitter) plainWord(i int) bool {
	return i >= p.first && p.pieces[i].class == classLetter && p.pieces[i].end-p.pieces[i].start > 2 && !p.capital(i) && !strings.HasPrefix(p.word(i+1), "..")
}

// startsWord reports whether the word before the full stop i is a plain word of
// more than one letter.
func (p *paragraphSplitter) startsWord(i int) bool {
	return i > p.first && p.pieces[i-1].class == classLetter && p.pieces[i-1].end-p.pieces[i-1].start > 1
}

func (p *paragraphSplitter) listMark(i int) bool {
	if i == p.first {
		return p.pieces[i].abbreviation && p.pieces[i].end-p.pieces[i].start == 2
	}
	mark := p.pieces[p.first]
	return mark.class == classDigit && mark.end-mark.start <= 3 || mark.end-mark.start == 1
}

// capital reports whether piece i begins with a letter that is no small one.
func (p *paragraphSplitter) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(p.text[p.pieces[i].start:])
	return !unicode.IsLower(r)
}

// afterAbbreviation tells "the U.S. The talks" from "the U.S. Senate": the full
// stop ends the sentence where the next word is one that begins sentences.
func (p *paragraphSplitter) afterAbbreviation(i, next, opened int) bool {
	word := p.text[p.pieces[i].start : p.pieces[i].end-1]
	if kind := stopOf(word); kind == stopInside || kind == stopNumber {
		return false
	}
	if p.pieces[opened].class != classLetter || !p.capital(opened) {
		return false
	}
	if next > i+1 {
		return true
	}
	switch word {
	case "p.m", "a.m", "P.M", "A.M", "etc":
		return !clockWord(p.word(opened))
	}
	if opened > next && !initials(word) {
		return true
	}
	return starter(p.word(opened))
}

// clockWord reports whether a capitalised word may follow "5 p.m." within a
// sentence.
func clockWord(s string) bool {
	switch s {
	case "EST", "EDT", "ET", "GMT", "PST", "PDT", "PT", "CST", "CDT", "UTC", "Monday", "Tuesday", "Wednesday", "Thursday",
		"Friday", "Saturday", "Sunday", "Eastern", "Pacific", "Central", "January", "February", "March", "April", "May",
		"June", "July", "August", "September", "October", "November", "December", "I":
		return true
	}
	return false
}

// starter reports whether a capitalised word begins a sentence rather than goes
// on with a name.
func starter(s string) bool {
	switch s {
	case "The", "A", "An", "He", "She", "It", "They", "We", "You", "I", "This", "That", "These", "Those", "There", "Here",
		"In", "On", "At", "By", "For", "From", "With", "After", "Before", "Since", "While", "When", "Where", "As", "If",
		"But", "And", "Or", "So", "Yet", "Both", "Its", "His", "Her", "Their", "Our", "My", "Earlier", "Last", "Under", "Once",
		"However", "Meanwhile", "Although", "Though", "Some", "Many", "Most", "No", "Not", "What", "Who", "Why", "How",
		"Also", "Now", "Then", "During", "According", "Despite", "Because", "One", "Two", "Three", "All", "Any", "Each",
		"Please", "Is", "Are", "Was", "Were", "Do", "Does", "Did", "Will", "Would", "Can", "Could", "Should", "Has", "Have",
		"Let", "Asked", "Another", "Other", "Others", "Such", "Even", "Only", "Until", "Unlike", "To", "Of",
		"Talks", "Officials", "Police":
		return true
	}
	return false
}
