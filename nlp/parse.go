package nlp

import "github.com/opendyad/dyad"

// maxParse is the longest run of tokens parsed at once: arc scores grow with its
// square. A longer sentence is cut at the last punctuation before that, and the
// root of each later run hangs on the root of the first as parataxis.
const maxParse = 160

// batchRows is about how many tokens go through the network together: enough to
// keep the matrix products busy, few enough for the cache.
const batchRows = 144

// A run is a stretch of a sentence's tokens that is parsed as one tree.
type run struct {
	sentence *dyad.Sentence
	from, to int
}

// Sentences cuts a text into sentences and tokens, and tags, lemmatizes and
// parses them. Offsets point into the text.
func (m *Model) Sentences(text string) []dyad.Sentence {
	sentences := Split(text)
	m.ParseAll(sentences)
	return sentences
}

// Parse fills tags, lemmas and the tree of a sentence whose tokens are given.
func (m *Model) Parse(s *dyad.Sentence) {
	b := m.scratch.take()
	defer m.scratch.giveBack(b)
	m.parseWith(b, s)
	m.finish(b)
}

// ParseAll does what Parse does for many sentences, and faster: several go
// through the network together. What comes out does not depend on which.
func (m *Model) ParseAll(sentences []dyad.Sentence) {
	b := m.scratch.take()
	defer m.scratch.giveBack(b)
	for i := range sentences {
		m.parseWith(b, &sentences[i])
	}
	m.finish(b)
}

// parseWith takes a sentence up into the batch under way, and finishes the batch
// when it is full.
func (m *Model) parseWith(b *batch, s *dyad.Sentence) {
	how := asWritten
	if mostlyCapitals(s.Tokens) {
		how = shapeless
	}
	for from := 0; from < len(s.Tokens); {
		to := treeEnd(s.Tokens, from)
		if b.n == 0 {
			b.front.begin()
		}
		b.front.take(m, "", asRoot)
		for i := from; i < to; i++ {
			b.front.take(m, s.Tokens[i].Text, how)
		}
		b.add(to-from+1, run{s, from, to})
		if b.n >= batchRows {
			m.finish(b)
		}
		from = to
	}
}

// treeEnd tells where the run of tokens that begins at from ends.
func treeEnd(tokens []dyad.Token, from int) int {
	if len(tokens)-from <= maxParse {
		return len(tokens)
	}
	for cut := from + maxParse; cut > from+maxParse/2; cut-- {
		switch tokens[cut-1].Text {
		case ";", ",", ".", ":":
			return cut
		}
	}
	return from + maxParse
}

// finish parses the batch and writes the answers into the tokens.
func (m *Model) finish(b *batch) {
	if b.n > 0 {
		q := m.inWholeNumbers()
		b.front.fill(m, q, &b.gates, b.set)
		b.score(q)
		b.attach(q)
		b.relate(q)
		for i, r := range b.runs {
			m.fill(b, b.stretches[i].from, r)
			if r.from == 0 && r.to == len(r.sentence.Tokens) {
				repair(r.sentence.Tokens)
			}
		}
	}
	b.begin()
}

// fill writes the answers of one run into its tokens; from is its root's row.
func (m *Model) fill(b *batch, from int, r run) {
	for i := range r.to - r.from {
		t, row := &r.sentence.Tokens[r.from+i], from+1+i
		upos, xpos := b.upos[row], b.xpos[row]
		t.UPOS, t.XPOS = m.tagNames[upos], m.pennNames[xpos]
		t.Lemma, t.Feats = b.front.morphology(m, row, upos, xpos)
		switch head := b.heads[row] - from; {
		case head > 0:
			t.Head, t.Rel = r.from+head-1, m.labelNames[b.relations[row]]
		case r.from > 0:
			t.Head, t.Rel = rootOf(r.sentence.Tokens[:r.from]), "parataxis"
		default:
			t.Head, t.Rel = -1, "root"
		}
	}
}

func rootOf(tokens []dyad.Token) int {
	for i := range tokens {
		if tokens[i].Head < 0 {
			return i
		}
	}
	return 0
}

// mostlyCapitals reports whether a sentence is set in capitals, so that its
// letters' case tells nothing.
func mostlyCapitals(tokens []dyad.Token) bool {
	small, capitals, all := 0, 0, 0
	for i := range tokens {
		all += len(tokens[i].Text)
	}
	for i := range tokens {
		if small*10 >= all {
			return false // whatever follows
		}
		for j := 0; j < len(tokens[i].Text); j++ {
			switch c := tokens[i].Text[j]; {
			case c >= 'a' && c <= 'z':
				small++
			case c >= 'A' && c <= 'Z':
				capitals++
			}
		}
	}
	return capitals > 10 && small*10 < capitals
}
