package coder

// The tokenizer takes "sit-in" apart into "sit", "-" and "in"; the codebook has it
// whole, as readers do.

// longestHyphened is the most parts that a word with hyphens has: "shoot-on-sight".
const longestHyphened = 4

// joinHyphened gives the head of a word with hyphens the whole of it for its form,
// where the codebook knows it. The head is the part that hangs on a word outside.
func (t *tree) joinHyphened(c *Coder) {
	clear(t.joined)
	for i := 0; i+2 < len(t.tokens); i++ {
		if !t.hyphenAt(i + 1) {
			continue
		}
		last := i + 2
		for parts := 2; parts < longestHyphened && last+2 < len(t.tokens) && t.hyphenAt(last+1); parts++ {
			last += 2
		}
		for end := last; end > i; end -= 2 {
			if w := c.words.find(t.row(i, end)); w != 0 {
				head := t.headWithin(i, end)
				t.form[head], t.joined[head] = w, true
				i = end
				break
			}
		}
	}
}

// hyphenAt says whether a token is a hyphen with no blank on either side.
func (t *tree) hyphenAt(i int) bool {
	return t.tokens[i].Text == "-" && t.tokens[i-1].End == t.tokens[i].Start && t.tokens[i].End == t.tokens[i+1].Start
}

// headWithin gives the first of a row of tokens that hangs on a token outside it.
func (t *tree) headWithin(first, last int) int {
	for i := first; i <= last; i++ {
		if h := t.tokens[i].Head; t.tokens[i].Text != "-" && (h < first || h > last) {
			return i
		}
	}
	return last
}

// row gives a row of tokens as one word.
func (t *tree) row(first, last int) string {
	whole := t.tokens[first].Text
	for i := first + 1; i <= last; i++ {
		whole += t.tokens[i].Text
	}
	return whole
}
