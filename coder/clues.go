package coder

// wordClues are what the judge sees of a word: the words around it in the tree by the
// part they play, and hashed features that name them together.
type wordClues struct {
	Words  [parts]int32 // rows of the judge's word vectors, -1 for none
	Hashed []uint32     // rows of its feature table
}

// The parts that a word may play beside the one that is judged.
const (
	partSelf = iota
	partGovernor
	partSubject
	partObject
	partOblique
	partClause   // the verb of a clause below
	partOfObject // what hangs on the object: "a ban on exports"
	partModifier
	parts
)

// Kinds of hashed features; each starts its hashes apart from the others.
const (
	clueLemma = iota + 1
	clueTag
	clueRelation
	clueGovernor
	clueWithGovernor
	clueChildRelation
	clueChildLemma
	clueWithChild
	clueCase
	clueWithCase
	clueSector
	clueLexicon
	clueChildLexicon
	clueRule
	clueBelowObject
	clueVoice
	cluePlace
)

// mayTell says whether a word can tell an event: a verb, or a noun or adjective
// that is nobody's name.
func (r *reading) mayTell(i int) bool {
	t := &r.tree
	switch t.tokens[i].UPOS {
	case "VERB":
		return true
	case "NOUN", "ADJ":
		return t.base(i) != "compound" && t.at[i] < 0 && (t.tokens[i].UPOS == "NOUN" || t.base(i) != "amod")
	}
	return false
}

// clues gathers what the judge sees of a word. The matches of the rules must have
// been found: whether one fits is a clue too.
func (r *reading) clues(i int, k *wordClues) {
	t := &r.tree
	k.Hashed = k.Hashed[:0]
	for p := range k.Words {
		k.Words[p] = -1
	}
	own := r.known[i].hash
	k.Words[partSelf] = r.known[i].row
	k.add(clueLemma, own, 0)
	k.add(clueTag, hashOf(t.tokens[i].XPOS), 0)
	k.add(clueRelation, hashOf(t.base(i)), 0)
	if h := t.head(i); h >= 0 {
		g := r.known[h].hash
		k.Words[partGovernor] = r.known[h].row
		k.add(clueGovernor, g, hashOf(t.base(i)))
		k.add(clueWithGovernor, own, g)
	} else {
		k.add(clueGovernor, 0, 0)
	}
	if t.tokens[i].UPOS == "VERB" && t.isPassive(i) {
		k.add(clueVoice, 1, 0)
	}
	for c := t.first[i]; c >= 0; c = t.next[c] {
		r.childClues(own, int(c), k)
	}
	r.lexiconClues(clueLexicon, i, 0, k)
	for m := range r.matches {
		if x := &r.matches[m]; x.token == i && x.block != nil {
			k.add(clueRule, hashOf(x.block.source.Event), uint64(min(x.words, 2)))
		}
	}
}

// childClues adds the clues of one dependant.
func (r *reading) childClues(own uint64, c int, k *wordClues) {
	t := &r.tree
	rel := t.base(c)
	relation := hashOf(t.tokens[c].Rel)
	lemma := r.known[c].hash
	k.add(clueChildRelation, relation, 0)
	switch rel {
	case "punct":
		return
	case "nsubj", "csubj":
		k.set(partSubject, r.known[c].row)
	case "obj", "iobj":
		k.set(partObject, r.known[c].row)
		for d := t.first[c]; d >= 0; d = t.next[d] {
			if b := t.base(int(d)); b == "nmod" || b == "compound" || b == "acl" {
				k.set(partOfObject, r.known[d].row)
				k.add(clueBelowObject, own, r.known[d].hash)
			}
		}
	case "obl", "nmod":
		k.set(partOblique, r.known[c].row)
		preposition := uint64(0)
		if p := t.childBase(c, "case"); p >= 0 {
			preposition = r.known[p].hash
		}
		k.add(clueCase, preposition, relation)
		k.add(clueWithCase, own, preposition)
		relation += preposition * 31
	case "xcomp", "ccomp", "advcl", "acl":
		if rel == "xcomp" || rel == "ccomp" {
			k.set(partClause, r.known[c].row)
		}
	case "amod", "compound", "advmod":
		k.set(partModifier, r.known[c].row)
	}
	k.add(clueChildLemma, relation, lemma)
	k.add(clueWithChild, own, relation^lemma*7)
	switch rel {
	case "obj", "xcomp", "ccomp", "obl":
		r.lexiconClues(clueChildLexicon, c, hashOf(rel), k)
	}
	switch rel {
	case "nsubj", "obj", "iobj", "obl", "nmod", "amod", "compound":
		if m := t.mentionAt(c); m >= 0 {
			sector := hashOf(t.mentions[m].Entities[0].Sector)
			k.add(clueSector, relation, sector)
			if t.mentions[m].Place {
				k.add(cluePlace, relation, 0)
			}
		} else {
			k.add(clueSector, relation, 1)
		}
	}
}

// lexiconClues adds the events for which the codebook has a word as trigger.
func (r *reading) lexiconClues(kind uint64, i int, relation uint64, k *wordClues) {
	w := r.tree.lemma[i]
	if w <= 0 || int(w) >= len(r.c.triggers) {
		return
	}
	last := ""
	for j := range r.c.triggers[w] {
		if event := r.c.triggers[w][j].block.source.Event; event != last {
			k.add(kind, hashOf(event), relation)
			last = event
		}
	}
}

func (k *wordClues) set(part int, row int32) {
	if k.Words[part] < 0 {
		k.Words[part] = row
	}
}

// add adds a feature of two values. The mixing is that of splitmix64.
func (k *wordClues) add(kind, a, b uint64) {
	x := kind*0x9E3779B97F4A7C15 ^ a*0xBF58476D1CE4E5B9 ^ (b+0x632BE59BD9B4E019)*0x94D049BB133111EB
	x ^= x >> 30
	x *= 0xBF58476D1CE4E5B9
	x ^= x >> 27
	k.Hashed = append(k.Hashed, uint32(x>>20)%judgeRows)
}

// hashOf is FNV-1a.
func hashOf(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// lemmaHash is the hash of a token's lemma; all numbers are one, and all names.
func lemmaHash(t *tree, i int) uint64 {
	switch t.tokens[i].UPOS {
	case "NUM":
		return 2
	case "PROPN":
		return 3
	}
	return hashOf(lower(t.tokens[i].Lemma))
}

// A wordClue is what the judge needs of each word of a sentence.
type wordClue struct {
	hash uint64 // of the lemma
	row  int32  // of its vector, -1 for none
}

// knowWords looks up the words of the present sentence.
func (r *reading) knowWords() {
	t := &r.tree
	r.known = resize(r.known, len(t.tokens))
	for i := range t.tokens {
		r.known[i] = wordClue{lemmaHash(t, i), -1}
		if t.tokens[i].UPOS == "PROPN" {
			continue
		}
		if row, ok := r.c.judge.rows[lower(t.tokens[i].Lemma)]; ok {
			r.known[i].row = row
		}
	}
}
