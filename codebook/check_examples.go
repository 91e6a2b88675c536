package codebook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// A trial is an example that is to be run, and how to judge what comes out.
type trial struct {
	at       Position
	sentence string
	judge    func(records []dyad.Record) (why string, warning bool)
}

// checkExamples runs the sentence of every example.
func (b *builder) checkExamples(run Runner) {
	trials := b.trials()
	faults := make([]Fault, len(trials))
	concurrently(len(trials), func(i int) {
		t := &trials[i]
		why, warning := t.judge(run(t.sentence))
		faults[i] = Fault{At: t.at, Sentence: why, Warning: warning}
	})
	for _, f := range faults {
		if f.Sentence != "" {
			b.faults = append(b.faults, f)
		}
	}
}

func (b *builder) trials() []trial {
	var out []trial
	for i := range b.book.Rules {
		block := &b.book.Rules[i]
		for j := range block.Rules {
			out = append(out, block.Rules[j].trials()...)
		}
		for j := range block.Vetoes {
			out = append(out, block.Vetoes[j].trials()...)
		}
	}
	for i := range b.book.Discards {
		for _, e := range b.book.Discards[i].Examples {
			out = append(out, trial{e.At, e.Sentence, func(records []dyad.Record) (string, bool) {
				return judgeRefusal(e.Expected, records), false
			}})
		}
	}
	return out
}

// trials are the examples of a rule. Each must give what it says; that another
// rule gives it is worth a look, since this one may never win.
func (r *Rule) trials() []trial {
	var out []trial
	for _, e := range r.Examples {
		out = append(out, trial{e.At, e.Sentence, func(records []dyad.Record) (string, bool) {
			if ok, why := Matches(e.Expected, records); !ok {
				return "this example fails: " + why, false
			}
			if by := r.insteadOf(records); len(e.Expected) > 0 && by != "" {
				return "this example comes out right, but by another pattern: " + by, true
			}
			return "", false
		}})
	}
	return out
}

// insteadOf gives the rules that coded the records where this one did not.
func (r *Rule) insteadOf(records []dyad.Record) string {
	place := fmt.Sprintf("%s:%d", r.At.File, r.At.Line)
	var others []string
	for i := range records {
		for _, reason := range records[i].Reasons {
			switch {
			case reason.Rule == place:
				return ""
			case strings.HasPrefix(reason.Rule, "rules/") && !slices.Contains(others, reason.Rule):
				others = append(others, reason.Rule)
			}
		}
	}
	return strings.Join(others, ", ")
}

func judgeRefusal(expected string, records []dyad.Record) string {
	got := "kept"
	if Refused(records) {
		got = "refused"
	}
	if got == expected {
		return ""
	}
	return "this example fails: the sentence is " + got
}
