package nlp

import "github.com/opendyad/dyad"

// repair mends readings that the tags contradict: in short sentences of names
// that the treebanks never saw the parser at times takes a noun for the root and
// the finite verb for what hangs on it.
//
//	Corva and Dorland held talks.           root "Corva", "held" its conjunct
//	Estara restored diplomatic relations.   root "relations", "restored" its adjective
//
// The verb becomes the root; a noun before it its subject, one after it its object.
// It runs on whole sentences, after decoding.
func repair(tokens []dyad.Token) {
	for i := range tokens {
		// A past tense without "be" is no passive: "the minister resigned".
		if h := tokens[i].Head; tokens[i].Rel == "nsubj:pass" && h >= 0 && tokens[h].XPOS == "VBD" && !hasChild(tokens, h, "aux:pass") {
			tokens[i].Rel = "nsubj"
		}
		// A preposition marks the head of its noun phrase, not a first name in it:
		// "a warrant for Boris Tarn".
		for h := tokens[i].Head; tokens[i].Rel == "case" && i < h && tokens[h].Rel == "compound" && h < tokens[h].Head; h = tokens[i].Head {
			tokens[i].Head = tokens[h].Head
		}
	}
	for i := range tokens {
		if h := finiteAbove(tokens, i); h >= 0 {
			tokens[i].Head = h
		}
	}
	root := -1
	for i := range tokens {
		if tokens[i].Head < 0 {
			root = i
		}
	}
	if root < 0 || tokens[root].UPOS != "PROPN" && tokens[root].UPOS != "NOUN" || hasChild(tokens, root, "cop") {
		return
	}
	for v := range tokens {
		t := &tokens[v]
		if t.Head != root || t.XPOS != "VBD" && t.XPOS != "VBZ" && t.XPOS != "VBP" || t.UPOS != "VERB" {
			continue
		}
		switch {
		case v > root && (t.Rel == "conj" || t.Rel == "parataxis" || t.Rel == "acl" || t.Rel == "dep") && !hasChild(tokens, v, "nsubj") && !hasChild(tokens, v, "cc") && !hasChild(tokens, v, "mark"):
			reroot(tokens, root, v, "nsubj")
			return
		case v < root && t.Rel == "amod" && v > 0:
			reroot(tokens, root, v, "obj")
			// What stood before the verb is its subject now.
			for i := range v {
				if tokens[i].Head == root {
					tokens[i].Head = v
					if rel := tokens[i].Rel; (rel == "compound" || rel == "nmod" || rel == "nmod:desc" || rel == "amod") && !hasChild(tokens, v, "nsubj") {
						tokens[i].Rel = "nsubj"
					}
				}
			}
			return
		}
	}
}

// finiteAbove gives the finite verb that a past tense without a subject is joined to
// where the parser joined it to a participle or infinitive below that: "accused Corva of
// cheating and called for a vote". -1 where there is nothing to mend.
func finiteAbove(tokens []dyad.Token, i int) int {
	t := &tokens[i]
	h := t.Head
	if t.XPOS != "VBD" && t.XPOS != "VBZ" || t.Rel != "conj" || t.UPOS != "VERB" || h < 0 || h > i || hasChild(tokens, i, "nsubj") {
		return -1
	}
	if x := tokens[h].XPOS; x != "VBG" && x != "VB" || hasChild(tokens, h, "aux") || hasChild(tokens, h, "cop") || hasChild(tokens, h, "nsubj") {
		return -1
	}
	for steps := 0; h >= 0 && steps < 6; steps++ {
		h = tokens[h].Head
		if h < 0 || h > i {
			return -1
		}
		switch x := tokens[h].XPOS; {
		case x == "VBD" || x == "VBZ" || x == "VBP":
			return h
		case tokens[h].UPOS == "VERB" && hasChild(tokens, h, "aux"):
			return h
		}
	}
	return -1
}

// reroot makes a verb the root and the old root its argument; the punctuation and
// the adverbials after the verb follow it.
func reroot(tokens []dyad.Token, root, v int, rel string) {
	tokens[v].Head, tokens[v].Rel = -1, "root"
	tokens[root].Head, tokens[root].Rel = v, rel
	for i := range tokens {
		if tokens[i].Head == root && i != v && (tokens[i].UPOS == "PUNCT" || i > v && (tokens[i].Rel == "obl" || tokens[i].Rel == "advcl" || tokens[i].Rel == "advmod")) {
			tokens[i].Head = v
		}
	}
}

func hasChild(tokens []dyad.Token, head int, rel string) bool {
	for i := range tokens {
		if tokens[i].Head == head && (tokens[i].Rel == rel || len(tokens[i].Rel) > len(rel) && tokens[i].Rel[:len(rel)+1] == rel+":") {
			return true
		}
	}
	return false
}
