package codebook

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// rulesOf reads one file of rules, with a set to use.
func rulesOf(text string) ([]RuleBlock, error) {
	book, err := Load(fstest.MapFS{
		"sets.txt":    {Data: []byte("&weapon\n  words    gun, air strike\n")},
		"rules/a.txt": {Data: []byte(text)},
	})
	return book.Rules, err
}

// written gives the elements of a pattern in short.
func written(elements []Element) string {
	names := []string{"TRIGGER", "SRC", "TGT", "BOTH", "word", "to", "that"}
	var parts []string
	for _, e := range elements {
		s := names[e.Kind]
		if len(e.Prepositions) > 0 {
			s = strings.Join(e.Prepositions, "|") + " " + s
		}
		if e.Possessor {
			s += "'s"
		}
		if len(e.Sectors) > 0 {
			s += ":" + strings.Join(e.Sectors, "|")
		}
		for i, p := range e.Phrases {
			s += []string{"=", "|"}[min(i, 1)] + strings.Join(p, "_")
		}
		if e.Optional {
			s += "?"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

func TestPatterns(t *testing.T) {
	cases := []struct{ triggers, pattern, want string }{
		{"condemn, denounce", "SRC condemn TGT", "SRC, TRIGGER, TGT"},
		{"condemn", "SRC condemn (attack|raid) of|by TGT", "SRC, TRIGGER, word=attack|raid, of|by TGT"},
		{"condemn, lash out at", "SRC lash out at TGT", "SRC, TRIGGER, TGT"},
		{"lash out at", "SRC lash out at TGT", "SRC, TRIGGER, TGT"},
		{"visit:noun", "SRC's visit to TGT", "SRC's, TRIGGER, to TGT"},
		{"talk:noun", "(peace) talks between BOTH", "word=peace, TRIGGER, between BOTH"},
		{"talk:noun", "(begin|&weapon) talk with TGT", "word=begin|gun|air_strike, TRIGGER, with TGT"},
		{"agree", "SRC agree to (meet|visit) TGT", "SRC, TRIGGER, to=meet|visit, TGT"},
		{"agree", "SRC agree to meet TGT", "SRC, TRIGGER, to=meet, TGT"},
		{"agree", "SRC agree on|to (cease fire|truce) with TGT?", "SRC, TRIGGER, on|to word=cease_fire|truce, with TGT?"},
		{"demand", "SRC demand that TGT (withdraw)", "SRC, TRIGGER, that TGT, word=withdraw"},
		{"warn", "SRC warn TGT that (attack|strike)", "SRC, TRIGGER, TGT, that=attack|strike"},
		{"call for", "SRC call for TGT to (leave)", "SRC, TRIGGER, TGT, to=leave"},
		{"allow", "SRC allow TGT into|to", "SRC, TRIGGER, TGT, into|to word"},
		{"give", "SRC give TGT (aid|loan)", "SRC, TRIGGER, TGT, word=aid|loan"},
		{"detain", "SRC? detain TGT:JRN|CVL", "SRC?, TRIGGER, TGT:JRN|CVL"},
		{"meet", "SRC meet each other", "SRC, TRIGGER, TGT=each_other"},
		{"pull", "SRC pull (troops) out of TGT", "SRC, TRIGGER, word=troops, out of TGT"},
		{"kill", "SRC kill TGT in (air strike)", "SRC, TRIGGER, TGT, in word=air_strike"},
		{"demand", "SRC demand that TGT (leave)", "SRC, TRIGGER, that TGT, word=leave"},
		{"fire", "SRC fire &weapon at TGT", "SRC, TRIGGER, word=gun|air_strike, at TGT"},
		{"raid", "SRC raid TGT following (attack)", "SRC, TRIGGER, TGT, following word=attack"},
		{"critical:adj", "SRC critical of TGT", "SRC, TRIGGER, of TGT"},
	}
	for _, c := range cases {
		blocks, err := rulesOf(fmt.Sprintf("ACCUSE  %s\n  %s\n    eg  Brennia condemned Aldoria.  none\n", c.triggers, c.pattern))
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		if got := written(blocks[0].Rules[0].Elements); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.pattern, got, c.want)
		}
	}
}
