package nlp

import "github.com/opendyad/dyad"

// maxParse is the longest run of tokens parsed at once: arc scores grow with its
// square. A longer sentence is cut at the last punctuation before that, and the
// root of each later run hangs on the root of the first as parataxis.
const maxParse = 160

// batchRows is about how many tokens go through the network together: enough to
// keep the matrix products busy, few enough for the cache.
const batchRows = 192

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
	st := m.scratch.Get().(*state)
	defer m.scratch.Put(st)
	m.parseWith(st, s)
	m.finish(st)
}

// ParseAll does what Parse does for many sentences, and faster: several go
// through the network together. What comes out does not depend on which.
func (m *Model) ParseAll(sentences []dyad.Sentence) {
	st := m.scratch.Get().(*state)
	defer m.scratch.Put(st)
	for i := range sentences {
		m.parseWith(st, &sentences[i])
	}
	m.finish(st)
}

// parseWith takes a sentence up into the batch under way, and finishes the batch
// when it is full.
func (m *Model) parseWith(st *state, s *dyad.Sentence) {
	how := asWritten
	if mostlyCapitals(s.Tokens) {
		how = shapeless
	}
	for from := 0; from < len(s.Tokens); {
		to := treeEnd(s.Tokens, from)
		if st.n == 0 {
			st.front.begin()
		}
		m.take(st, "", asRoot)
		for i := from; i < to; i++ {
			m.take(st, s.Tokens[i].Text, how)
		}
		st.add(to - from + 1)
		st.runs = append(st.runs, run{s, from, to})
		if st.n >= batchRows {
			m.finish(st)
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
func (m *Model) finish(st *state) {
	if st.n > 0 {
		m.frontGates(st)
		m.contextual(st, nil)
		st.heads = append(st.heads[:0], make([]int, st.n)...)
		for i := range st.parts {
			p := &st.parts[i]
			heads := st.heads[p.from : p.from+p.n]
			decode(&p.arcs, heads)
			heads[0] = -1
			for j := 1; j < p.n; j++ {
				heads[j] += p.from
			}
		}
		m.scoreLabels(st, st.heads)
		root := indexOf(m.labelNames, "root")
		for i, r := range st.runs {
			m.fill(st, &st.parts[i], r, root)
			if r.from == 0 && r.to == len(r.sentence.Tokens) {
				repair(r.sentence.Tokens)
			}
		}
	}
	clear(st.runs) // or they would keep the sentences in memory
	st.runs = st.runs[:0]
	st.begin()
}

// fill writes the answers of one run into its tokens.
func (m *Model) fill(st *state, p *part, r run, root int) {
	for i := range r.to - r.from {
		t, row := &r.sentence.Tokens[r.from+i], p.from+1+i
		t.UPOS = m.tagNames[top(st.tags.row(row)[:len(m.tagNames)])]
		t.XPOS = m.pennNames[top(st.penns.row(row)[:len(m.pennNames)])]
		t.Lemma = m.lemma(t.Text, t.UPOS, t.XPOS)
		t.Feats = feats(t.Text, t.UPOS, t.XPOS)
		labels := st.labels.row(row)[:len(m.labelNames)]
		switch head := st.heads[row] - p.from; {
		case head > 0:
			if root >= 0 {
				labels[root] = -1e30 // "root" is for the root alone
			}
			t.Head, t.Rel = r.from+head-1, m.labelNames[top(labels)]
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

func top(scores []float32) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

// mostlyCapitals reports whether a sentence is set in capitals, so that its
// letters' case tells nothing.
func mostlyCapitals(tokens []dyad.Token) bool {
	small, capitals := 0, 0
	for i := range tokens {
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
