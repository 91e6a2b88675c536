package nlp

import "strings"

// word takes the word at start and adds it as one token or, where it is a
// contraction or a number with its unit, as several. It gives where it ended.
func (t *tokenizer) word(start, end int) int {
	i := start
	if asciiDigit(t.text[start]) {
		i = numberEnd(t.text, start, end)
		if letters := runEnd(t.text, i, end, classLetter); letters > i && unit(t.text[i:letters]) {
			t.add(start, i, classDigit)
			start = i
			i = letters
		}
	}
	if n := currency(t.text, start, end); n > 0 {
		t.add(start, n, classLetter)
		return n
	}
	for i < end {
		c, size := classAt(t.text, i)
		if c != classLetter && c != classDigit {
			if i+size >= end || i == start || !joins(t.text, start, i, i+size, end) {
				break
			}
		}
		i += size
	}
	if i-start == 4 && asciiDigit(t.text[start]) && asciiDigit(t.text[start+1]) && t.text[start+2:i] == "'s" {
		t.add(start, i, classDigit) // "the 80's"
		return i
	}
	return t.abbreviated(start, i, end)
}

// abbreviated adds the word from start to i, with the full stop after it where it
// is an abbreviation, and split where it is a contraction.
func (t *tokenizer) abbreviated(start, i, end int) int {
	c, _ := classAt(t.text, start)
	if i < end && t.text[i] == '.' && ellipsis(t.text, i, end) != 3 && c == classLetter {
		next := nextByte(t.text, i+1)
		if abbreviation(t.text[start:i], next) {
			t.add(start, i+1, c)
			t.pieces[len(t.pieces)-1].abbreviation = true
			return i + 1
		}
	}
	cut := contraction(t.text[start:i])
	if cut == 0 && careless(t.text[start:i], t.text[i:]) {
		cut = i - start - 1
	}
	if cut > 0 {
		t.add(start, start+cut, c)
		t.add(start+cut, i, classLetter)
		return i
	}
	t.add(start, i, c)
	return i
}

// ellipsis counts the full stops from i on.
func ellipsis(text string, i, end int) int {
	n := 0
	for i < end && n < 3 && text[i] == '.' {
		i++
		n++
	}
	return n
}

// nextByte gives the first byte after blanks, 0 at the end or after a blank line's
// worth of looking.
func nextByte(text string, i int) byte {
	for n := 0; n < 8 && i < len(text); n++ {
		if c := text[i]; c != ' ' && c != '\n' && c != '\t' {
			return c
		}
		i++
	}
	return 0
}

func asciiDigit(c byte) bool { return c >= '0' && c <= '9' }

func asciiUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func asciiLower(c byte) bool { return c >= 'a' && c <= 'z' }

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// runEnd gives the end of the run of characters of class c from i on.
func runEnd(text string, i, end int, c class) int {
	for i < end {
		d, size := classAt(text, i)
		if d != c {
			break
		}
		i += size
	}
	return i
}

// numberEnd gives the end of a number, a time, a date or a telephone number:
// "1,200.5", "17:30", "22/4/2024", "713-853-3989".
func numberEnd(text string, i, end int) int {
	i = runEnd(text, i, end, classDigit)
	hyphens := hyphenated(text, i, end)
	for i+1 < end && asciiDigit(text[i+1]) {
		switch text[i] {
		case '.', ',', ':', '/':
		case '-':
			if i >= hyphens {
				return i
			}
		default:
			return i
		}
		i = runEnd(text, i+1, end, classDigit)
	}
	return i
}

// hyphenated gives the end of the groups "-853-3989" that begin at i, where they
// make one telephone number or one date and no range like "5-6" or "1990-95".
func hyphenated(text string, i, end int) int {
	groups, last := 0, 0
	for i+1 < end && text[i] == '-' && asciiDigit(text[i+1]) {
		n := runEnd(text, i+1, end, classDigit)
		groups, last = groups+1, n-i-1
		i = n
	}
	if groups >= 2 || groups == 1 && last == 4 && i-9 >= 0 && asciiDigit(text[i-6]) && !yearAt(text, i) {
		return i
	}
	return 0
}

// yearAt reports whether the text up to i reads "1914-1918".
func yearAt(text string, i int) bool {
	return i >= 9 && asciiDigit(text[i-9]) && asciiDigit(text[i-8]) && asciiDigit(text[i-7]) && text[i-5] == '-'
}

// unit reports whether letters after a number are a token of their own: "5pm".
func unit(s string) bool {
	switch s {
	case "am", "pm", "AM", "PM", "a", "p", "bn", "mn", "m", "km", "kg", "mm", "cm", "mph", "GMT", "lbs", "ft", "tn", "million", "billion", "USD", "EUR", "hrs", "mins", "min", "k", "K", "gb", "GB", "yrs", "ml", "mg":
		return true
	}
	return false
}

// currency gives the end of a currency's code before a sum, "EUR" in "EUR200,000",
// 0 where none begins at start.
func currency(text string, start, end int) int {
	n := start + 3
	if n >= end || !asciiDigit(text[n]) {
		return 0
	}
	switch text[start:n] {
	case "USD", "EUR", "GBP", "IRR", "RUB", "CNY", "RMB", "INR", "PKR", "JPY", "TRY", "ILS", "UAH", "CHF", "KRW", "SAR", "AED":
		return n
	}
	return 0
}

// joins reports whether the mark at i, between the word that began at start and
// the character at next, is part of the word.
func joins(text string, start, i, next, end int) bool {
	after, _ := classAt(text, next)
	if after != classLetter && after != classDigit {
		return false
	}
	switch text[i] {
	case '.':
		return joinsAtStop(text, start, i, end)
	case '&':
		return i-start <= 3 && runEnd(text, next, end, classLetter)-next <= 3
	case '\'':
		return after == classLetter
	case '`':
		return contraction(text[start:runEnd(text, next, end, classLetter)]) > 0
	case '_':
		return true
	case '/':
		return i-start == 1 && asciiLetter(text[start]) && runEnd(text, next, end, classLetter)-next == 1
	case '-':
		return prefix(text[start:i]) && after == classLetter
	}
	return strings.HasPrefix(text[i:], "’") && after == classLetter
}

// joinsAtStop tells "U.S" and "example.com" from a missing blank, "end.Next".
func joinsAtStop(text string, start, i, end int) bool {
	before := i - 1
	alone := before == start || before > start && text[before-1] == '.'
	n := runEnd(text, i+1, end, classLetter)
	if degree(text[start:n]) {
		return true
	}
	if alone && asciiLetter(text[before]) {
		return n == i+2
	}
	if asciiDigit(text[before]) && asciiDigit(text[i+1]) {
		return true
	}
	if i+1 < n && n < end && text[n] == '.' && n+1 < end && asciiLower(text[n+1]) && asciiLower(text[start]) && asciiLower(text[i+1]) {
		return true
	}
	if i-start < 64 && strings.IndexByte(text[start:i], '.') > 0 && asciiLower(text[i+1]) {
		return true
	}
	switch text[i+1 : n] {
	case "Com", "com", "org", "net", "gov", "edu", "uk", "info", "tv", "url", "COM", "eu", "int", "ru":
		return true
	}
	return fileEnding(text[i+1 : n])
}

// degree reports whether a word with a full stop inside is an academic degree.
func degree(s string) bool {
	switch s {
	case "Ph.D", "M.Sc", "B.Sc", "D.Phil", "M.Phil", "LL.B", "LL.M":
		return true
	}
	return false
}

// fileEnding reports whether letters after a full stop make a file's name.
func fileEnding(s string) bool {
	switch s {
	case "doc", "xls", "pdf", "txt", "html", "htm", "exe", "zip", "jpg", "DOC", "XLS", "PDF":
		return true
	}
	return false
}
