package nlp

import "strings"

// chunk cuts what stands between two blanks: "(Reuters)--", "didn't,", "$5bn".
func (t *tokenizer) chunk(start, end int) {
	if from, to, ok := address(t.text, start, end); ok {
		t.plain(start, from)
		t.add(from, to, classAddress)
		t.marks(to, end)
		return
	}
	face := end
	for i := max(start, end-4); i < end; i++ {
		if smiley(t.text[i:end]) {
			face = i
			break
		}
	}
	t.plain(start, face)
	t.add(face, end, classSmiley)
}

// plain cuts a chunk, or what is left of it, that is no address.
func (t *tokenizer) plain(start, end int) {
	for i := start; i < end; {
		switch c, _ := classAt(t.text, i); c {
		case classLetter, classDigit:
			i = t.word(i, end)
		default:
			i = t.mark(i, end)
		}
	}
}

// marks cuts a run that holds no words.
func (t *tokenizer) marks(i, end int) {
	for i < end {
		i = t.mark(i, end)
	}
}

// mark takes one punctuation mark or symbol, with its repetitions where they are
// one sign: "...", "?!", "--", "***".
func (t *tokenizer) mark(i, end int) int {
	c, size := classAt(t.text, i)
	next := i + size
	first := t.text[i:next]
	for next < end {
		d, n := classAt(t.text, next)
		same := t.text[next:next+n] == first
		joins := false
		switch c {
		case classStop:
			joins = d == classStop
		case classDash:
			joins = same
		case classQuote:
			joins = same && first != "\"" && first != "”" && first != "“"
		case classSymbol:
			joins = same && strings.Contains("*=_~+#<>|$\x00", first)
		}
		if !joins {
			break
		}
		next += n
	}
	if c == classQuote && next < end && apostropheAt(t.text, i) > 0 {
		if decade := decadeEnd(t.text, next, end); decade > 0 {
			t.add(i, decade, classDigit)
			return decade
		}
	}
	if last := t.prefixed(i, next, end); last > 0 {
		t.add(i, last, classLetter)
		return last
	}
	t.add(i, next, c)
	return next
}

// prefixed gives the end of a word that a mark begins: "+44", "#aid", ".doc". It is 0
// where the mark stands for itself.
func (t *tokenizer) prefixed(i, next, end int) int {
	if next != i+1 || next == end {
		return 0
	}
	switch t.text[i] {
	case '+':
		if n := runEnd(t.text, next, end, classDigit); n > next && t.gap != gapNone {
			return n
		}
	case '.':
		if n := runEnd(t.text, next, end, classLetter); fileEnding(t.text[next:n]) {
			return n
		}
	case '#':
		if n := runEnd(t.text, next, end, classLetter); n > next+1 && t.gap != gapNone {
			return n
		}
	}
	return 0
}

// decadeEnd gives the end of "90s" in "'90s", 0 where no decade begins at i.
func decadeEnd(text string, i, end int) int {
	n := i
	for n < end && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	if n-i != 2 {
		return 0
	}
	if n < end && text[n] == 's' {
		n++
	}
	if n < end {
		if c, _ := classAt(text, n); c == classLetter || c == classDigit {
			return 0
		}
	}
	return n
}

// address finds a web or mail address in a chunk, without the marks around it:
// "(http://example.org/a-b)." It looks at each byte a fixed number of times.
func address(text string, start, end int) (from, to int, ok bool) {
	s := text[start:end]
	from, to = start, end
	for from < end && strings.IndexByte("<([{\"'", text[from]) >= 0 {
		from++
	}
	for to > from && strings.IndexByte(">)]}\"'.,;:!?", text[to-1]) >= 0 {
		to--
	}
	if to-from < 4 {
		return 0, 0, false
	}
	inner := text[from:to]
	if strings.HasPrefix(inner, "www.") || strings.HasPrefix(inner, "http://") || strings.HasPrefix(inner, "https://") || strings.HasPrefix(inner, "ftp://") || strings.HasPrefix(inner, "mailto:") {
		if to < end && text[to] == ')' && strings.Contains(inner, "(") {
			to++
		}
		return from, to, true
	}
	at := strings.IndexByte(s, '@') + start
	if at <= from || at+1 >= to {
		return 0, 0, false
	}
	// "Anna"<anna...@example.org>: archives hide the end of a name.
	if angle := strings.LastIndexByte(text[from:at], '<'); angle >= 0 {
		from += angle + 1
		inner = text[from:to]
	}
	before, _ := classAt(text, at-1)
	after, _ := classAt(text, at+1)
	if before != classLetter && before != classDigit && text[at-1] != '.' || after != classLetter && after != classDigit {
		return 0, 0, false
	}
	if strings.ContainsAny(inner, "()<>[]\"") {
		return 0, 0, false
	}
	return from, to, true
}

func smiley(s string) bool {
	switch s {
	case ":)", ":-)", ":(", ":-(", ";)", ";-)", ":D", ":P", "=)", "=(", "^_^", "(:", "->", "<-", "=>":
		return true
	}
	return false
}
