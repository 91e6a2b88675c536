package nlp

import "strings"

// prefix reports whether English Web Treebank leaves a prefix and its hyphen with
// the word: "co-operate", but "long - term".
func prefix(s string) bool {
	if len(s) > 7 {
		return false
	}
	switch strings.ToLower(s) {
	case "e", "co", "non", "pre", "post", "anti", "mid", "ex", "re", "semi", "multi", "pro", "sub", "inter", "intra", "un", "de", "micro", "over", "under", "counter", "mis", "vice":
		return true
	}
	return false
}

// contraction gives where a word falls into two: "did|n't", "Iran|'s", "can|not".
// It is 0 where it does not.
func contraction(s string) int {
	n := len(s)
	if n < 2 {
		return 0
	}
	switch s {
	case "cannot", "Cannot", "CANNOT":
		return 3
	case "alot", "Alot":
		return 1
	case "dont", "Dont", "didnt", "Didnt", "doesnt", "Doesnt", "isnt", "wasnt", "couldnt", "wouldnt", "shouldnt", "havent",
		"hasnt", "arent", "werent", "cant", "wont", "aint", "CANT", "DONT", "WONT", "gonna", "gotta", "wanna", "Gonna", "Wanna", "Gotta", "ive", "Ive", "youve",
		"theyre", "youre", "outta", "itll":
		return n - 2
	case "im", "Im", "thats", "Thats", "hes", "shes", "theres", "Theres", "whats", "Whats", "Lets":
		return n - 1
	}
	from := max(0, n-8)
	return contractionSuffix(s[from:], from)
}

// careless reports whether a possessive is a contraction without its apostrophe, from
// what follows: "its a deal", "your not alone".
func careless(word, rest string) bool {
	switch word {
	case "its", "Its", "ITS", "your", "Your", "whos", "Whos":
	default:
		return false
	}
	if len(rest) < 2 || rest[0] != ' ' {
		return false
	}
	rest = rest[1:min(len(rest), 8)]
	end := 0
	for end < len(rest) && asciiLetter(rest[end]) {
		end++
	}
	switch rest[:end] {
	case "a", "an", "the", "not", "been", "my", "really", "going":
		return true
	}
	return false
}

// contractionSuffix looks for an apostrophe with a clitic in the last bytes of a
// word, which begin at from.
func contractionSuffix(tail string, from int) int {
	at := -1
	width := 0
	for i := len(tail) - 1; i >= 0; i-- {
		if w := apostropheAt(tail, i); w > 0 {
			at, width = i, w
			break
		}
	}
	if at < 0 || from+at == 0 {
		return 0
	}
	switch clitic := tail[at+width:]; clitic {
	case "s", "S", "re", "RE", "ve", "VE", "ll", "LL", "d", "D", "m", "M":
		return from + at
	case "t", "T":
		if from+at > 1 && (tail[at-1] == 'n' || tail[at-1] == 'N') {
			return from + at - 1
		}
	}
	return 0
}

// A stopKind says what the full stop after an abbreviation may be besides.
type stopKind uint8

const (
	stopNone   stopKind = iota
	stopInside          // never ends a sentence: "Mr."
	stopEither          // may end one: "Inc."
	stopNumber          // is an abbreviation before a number only: "No. 10"
)

func stopOf(word string) stopKind {
	if k := stopOfExact(word); k != stopNone {
		return k
	}
	// Text in capitals: "GEN." is read as "Gen."
	if len(word) > 1 && len(word) <= 8 && asciiUpper(word[0]) && word == strings.ToUpper(word) {
		return stopOfExact(word[:1] + strings.ToLower(word[1:]))
	}
	return stopNone
}

func stopOfExact(word string) stopKind {
	switch word {
	case "Mr", "Drs", "Sts", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Cmdr", "Sgt", "Cpl", "Pvt", "Adm",
		"Brig", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs", "Pres", "Rev", "Hon", "Msgr", "Fr", "Supt", "Insp",
		"Amb", "Atty", "St", "Ste", "Ft", "Mt", "Messrs", "Mme", "Mlle", "vs", "Vs", "i.e", "e.g", "cf", "viz",
		"Dist", "Dept", "dept", "Assn", "Attn", "Ph", "PS", "Govt", "govt":
		return stopInside
	case "Inc", "Co", "Cos", "Corp", "Ltd", "LLC", "Bros", "Jr", "Sr", "etc", "Jan", "Feb", "Aug", "Sept", "Sep",
		"Oct", "Nov", "Apr", "Ave", "Blvd", "Rd", "al", "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri",
		"Va", "Calif", "Fla", "Md", "Pa", "Conn", "Ariz", "Ala", "Ga", "Ky", "Minn", "Okla", "Tenn", "Wis", "Mo",
		"Ph.D", "M.Sc", "B.Sc", "D.Phil", "M.Phil", "LL.B", "LL.M", "lb", "lbs", "oz", "approx", "est", "Est", "esp", "incl", "tel", "max", "min", "Que", "Ont", "Wash", "Colo", "Esp", "yrs":
		return stopEither
	case "No", "Nos", "no", "Fig", "fig", "Art", "Sec", "p", "pp", "Vol", "vol", "Mar", "Dec", "Sat", "Sun", "Para", "para", "c", "ca", "Ch", "ext", "Jun", "Jul":
		return stopNumber
	}
	return stopNone
}

// abbreviation reports whether the full stop after word belongs to it; next is the
// byte that follows after blanks.
func abbreviation(word string, next byte) bool {
	if initials(word) {
		return !(word == "I" && !asciiUpper(next))
	}
	switch stopOf(word) {
	case stopInside:
		return true
	case stopEither:
		// At the end of a sentence the treebank leaves "etc" its own full stop.
		return word != "etc" || next != 0 && !asciiUpper(next)
	case stopNumber:
		return asciiDigit(next) || next == '#' || word == "Dec" && (next == ',' || next == 0)
	}
	return false
}

// initials reports whether a word is single letters with full stops between:
// "J", "U.S", "p.m". A single small letter is none.
func initials(word string) bool {
	if len(word) == 1 {
		return asciiUpper(word[0])
	}
	if len(word)%2 == 0 || len(word) > 15 {
		return false
	}
	for i := 0; i < len(word); i++ {
		if i%2 == 0 && !asciiLetter(word[i]) || i%2 == 1 && word[i] != '.' {
			return false
		}
	}
	return true
}
