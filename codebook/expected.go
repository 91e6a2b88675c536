package codebook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/opendyad/dyad"
)

// eventNames are PLOVER's sixteen events. An expected event is read around its
// event's name, because AID looks like a country's code.
var eventNames = []string{
	"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
	"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}

var auxNames = []string{dyad.AuxHistorical, dyad.AuxFuture, dyad.AuxHypothetical, dyad.AuxNegation}

// ParseExpected reads what an example or a case says should come out:
// "BRE GOV CONSULT/visit COR; BRE ACCUSE ALD +negation", or "none", which gives
// no events. "@2024-05-14" at the end asks for a date, and "per COR GOV" for who
// says so ("per -": nobody but the writer).
func ParseExpected(text string) ([]ExpectedEvent, error) {
	text = strings.TrimSpace(text)
	if text == "none" {
		return nil, nil
	}
	var out []ExpectedEvent
	for part := range strings.SplitSeq(text, ";") {
		e, err := parseExpectedEvent(strings.Fields(part))
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

func parseExpectedEvent(words []string) (ExpectedEvent, error) {
	var e ExpectedEvent
	words, err := e.parseEnd(words)
	if err != nil {
		return e, err
	}
	if i := slices.Index(words, "per"); i >= 0 {
		if e.Per, err = parseSide(words[i+1:]); err != nil {
			return e, err
		}
		words = words[:i]
	}
	at := slices.IndexFunc(words, func(w string) bool {
		name, _, _ := strings.Cut(w, "/")
		return slices.Contains(eventNames, name)
	})
	if at < 0 {
		return e, fmt.Errorf("“%s” names no event; an expected event is \"BRE GOV ACCUSE/disapprove ALD\", or \"none\"", strings.Join(words, " "))
	}
	e.Event, e.Mode, _ = strings.Cut(words[at], "/")
	if e.Actor, err = parseSide(words[:at]); err != nil {
		return e, err
	}
	e.Recipient, err = parseSide(words[at+1:])
	return e, err
}

// parseEnd takes the auxiliary modes and the date from the end of the words.
func (e *ExpectedEvent) parseEnd(words []string) ([]string, error) {
	for len(words) > 0 {
		last := words[len(words)-1]
		switch last[0] {
		case '+':
			if !slices.Contains(auxNames, last[1:]) {
				return nil, fmt.Errorf("“%s” is no auxiliary mode; these are +%s", last, strings.Join(auxNames, ", +"))
			}
			e.Aux = append([]string{last[1:]}, e.Aux...)
		case '@':
			if _, err := dyad.ParseDate(last[1:]); err != nil {
				return nil, err
			}
			e.Date = last[1:]
		default:
			return words, nil
		}
		words = words[:len(words)-1]
	}
	return words, nil
}

// parseSide reads "BRE", "BRE GOV", "BRE GOV, COR", "-", or nothing at all.
func parseSide(words []string) (ExpectedSide, error) {
	var side ExpectedSide
	text := strings.Join(words, " ")
	switch text {
	case "":
		return side, nil
	case "-":
		side.Absent = true
		return side, nil
	}
	for member := range strings.SplitSeq(text, ",") {
		f := strings.Fields(member)
		if len(f) == 0 || len(f) > 2 || !isCode(f[0]) || !isCode(f[len(f)-1]) {
			return side, fmt.Errorf("“%s” is no actor; write a code and perhaps a sector, as in \"BRE GOV\", or \"-\" for nobody", strings.TrimSpace(member))
		}
		a := ExpectedActor{Code: f[0]}
		if len(f) == 2 {
			a.Sector = f[1]
		}
		side.Members = append(side.Members, a)
	}
	return side, nil
}

// String gives the side as it is written in an example.
func (s ExpectedSide) String() string {
	if s.Absent {
		return "-"
	}
	parts := make([]string, len(s.Members))
	for i, m := range s.Members {
		parts[i] = strings.TrimSpace(m.Code + " " + m.Sector)
	}
	return strings.Join(parts, ",")
}

// String gives the event as it is written in an example.
func (e ExpectedEvent) String() string {
	parts := []string{e.Actor.String(), e.Event, e.Recipient.String()}
	if e.Mode != "" {
		parts[1] += "/" + e.Mode
	}
	if per := e.Per.String(); per != "" {
		parts = append(parts, "per "+per)
	}
	for _, a := range e.Aux {
		parts = append(parts, "+"+a)
	}
	if e.Date != "" {
		parts = append(parts, "@"+e.Date)
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}
