package coder

import (
	"os"
	"strings"
	"testing"

	"github.com/opendyad/dyad/codebook"
)

var testRoot = "testdata/codebook"

func testCodebook(t testing.TB) *codebook.Codebook {
	cb := &codebook.Codebook{Hash: "test", Sets: map[string][]codebook.Phrase{}}
	read := func(p string) []string {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(string(b), "\n")
	}
	for n, l := range read(testRoot + "/rules/trees.txt") {
		at := codebook.Position{File: "rules/trees.txt", Line: n + 1}
		switch {
		case l == "" || l[0] == '#' || strings.HasPrefix(l, "    "):
		case l[0] != ' ':
			p := strings.SplitN(l, "  ", 2)
			b := codebook.RuleBlock{At: at}
			b.Event, b.Mode, _ = strings.Cut(p[0], "/")
			rest := strings.Split(strings.TrimSpace(p[1]), "  ")
			for _, o := range rest[1:] {
				if strings.TrimSpace(o) == "reciprocal" {
					b.Reciprocal = true
				}
			}
			for _, tr := range strings.Split(rest[0], ", ") {
				w, pos, _ := strings.Cut(tr, ":")
				f := strings.Fields(w)
				g := codebook.Trigger{Lemma: f[0], Particles: f[1:], POS: "VERB"}
				if pos == "noun" {
					g.POS = "NOUN"
					g.Lemma = strings.TrimSuffix(g.Lemma, "s")
				}
				if pos == "adj" {
					g.POS = "ADJ"
				}
				b.Triggers = append(b.Triggers, g)
			}
			cb.Rules = append(cb.Rules, b)
		default:
			b := &cb.Rules[len(cb.Rules)-1]
			src := strings.TrimSpace(l)
			veto := strings.HasPrefix(src, "not ")
			src = strings.TrimPrefix(src, "not ")
			r := codebook.Rule{At: at, Source: src}
			toks := strings.Fields(src)
			trig := strings.Fields(strings.SplitN(map[bool]string{true: "talks", false: b.Triggers[0].Lemma}[b.Triggers[0].Lemma == "talk"], " ", 2)[0])
			trig = append(trig, b.Triggers[0].Particles...)
			var preps []string
			kind := codebook.ElementWord
			for i := 0; i < len(toks); i++ {
				w := toks[i]
				e := codebook.Element{Kind: kind, Prepositions: preps}
				base, sec, _ := strings.Cut(w, ":")
				if sec != "" {
					e.Sectors = strings.Split(sec, "|")
				}
				switch {
				case w == trig[0]:
					i += len(trig) - 1
					e = codebook.Element{Kind: codebook.ElementTrigger}
				case base == "SRC":
					e.Kind = codebook.ElementSource
				case base == "SRC's":
					e.Kind = codebook.ElementSource
					e.Possessor = true
				case base == "TGT":
					e.Kind = codebook.ElementTarget
				case base == "BOTH":
					e.Kind = codebook.ElementBoth
				case w[0] == '(':
					for _, p := range strings.Split(strings.Trim(w, "()"), "|") {
						e.Phrases = append(e.Phrases, codebook.Phrase{p})
					}
				case w == "to" && i+1 < len(toks) && toks[i+1][0] == '(':
					kind = codebook.ElementInfinitive
					continue
				default:
					preps = strings.Split(w, "|")
					continue
				}
				preps, kind = nil, codebook.ElementWord
				r.Elements = append(r.Elements, e)
			}
			if veto {
				b.Vetoes = append(b.Vetoes, r)
			} else {
				b.Rules = append(b.Rules, r)
			}
		}
	}
	for _, f := range []string{"sets", "cues"} {
		var head []string
		for _, l := range read(testRoot + "/" + f + ".txt") {
			if l == "" || l[0] == '#' {
				continue
			}
			if l[0] != ' ' {
				head = strings.SplitN(l, " ", 2)
				continue
			}
			var ps []codebook.Phrase
			for _, w := range strings.Split(strings.TrimSpace(l[9:]), ", ") {
				ps = append(ps, strings.Fields(w))
			}
			if f == "sets" {
				cb.Sets[head[0]] = ps
			} else {
				cb.Cues = append(cb.Cues, codebook.Cue{Kind: head[0], Value: head[1], Words: ps})
			}
		}
	}
	cb.Discards = []codebook.Discard{{Reason: "sport", Words: []codebook.Phrase{{"world", "cup"}}, Unless: []codebook.Phrase{{"boycott"}}}}
	return cb
}
