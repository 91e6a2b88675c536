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
