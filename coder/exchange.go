package coder

import "github.com/opendyad/dyad"

// An exchange is the last thing that one country did to another in the story. Who denies,
// answers or demands in the next sentences without saying to whom means the other side:
// "Aldoria accused Brennia of spying. Brennia denied it." Where a third country demands or
// condemns, whoever did the thing is meant: "Corva demanded their release."
type exchange struct {
	from, to dyad.Entity
	sentence int
}

// lasting is for how many sentences an exchange is answered without being named.
const lasting = 2

// remember keeps the two countries of an event.
func (x *exchange) remember(d *draft, sentence int) {
	if d.status.negation || d.status.hypothetical || d.guessed != "" || len(d.actor) != 1 || len(d.recipient) != 1 {
		return
	}
	from, to := &d.actor[0], &d.recipient[0]
	if !isState(from.Code) || !isState(to.Code) || from.Code == to.Code {
		return
	}
	switch d.event {
	case "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "REQUEST", "PROTEST":
		*x = exchange{dyad.Entity{Code: from.Code, Identifier: from.Code}, dyad.Entity{Code: to.Code, Identifier: to.Code}, sentence}
	}
}

// isState reports whether a code is a country's.
func isState(code string) bool {
	e := [1]dyad.Entity{{Code: code}}
	return ofState(e[:])
}

// answered gives the other side of the exchange before an answer or a demand.
func (r *reading) answered(d *draft) ([]dyad.Entity, string) {
	x := &r.exchange
	const why = "the story told before what this answers"
	if len(d.actor) != 1 || x.from.Code == "" || r.tree.s.Index-x.sentence > lasting || r.tree.s.Index == x.sentence {
		return nil, ""
	}
	switch s := d.actor[0].Sector; s {
	case "", "GOV", "MIL", "IGO":
	default:
		return nil, ""
	}
	switch d.event {
	case "ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION":
	default:
		return nil, ""
	}
	switch code := d.actor[0].Code; {
	case code == x.to.Code:
		return []dyad.Entity{x.from}, why
	case code == x.from.Code:
		return []dyad.Entity{x.to}, why
	case d.event == "ACCUSE" || d.event == "REQUEST":
		return []dyad.Entity{x.from}, why
	}
	return nil, ""
}
