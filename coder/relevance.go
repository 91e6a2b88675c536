package coder

import "github.com/opendyad/dyad"

// isRelevant says whether an event is political: a state, an armed or public
// body, a party or an international organisation has a part in it. Violence, release,
// protest and arrest count with ordinary people on both sides, so long as it is
// known in which country: "Thirteen Corvan civilians were killed".
func isRelevant(d *draft) bool {
	known := false
	for _, side := range [2][]dyad.Entity{d.actor, d.recipient} {
		for i := range side {
			if isPublic(&side[i]) {
				return true
			}
			known = known || side[i].Code != ""
		}
	}
	switch d.event {
	case "ASSAULT", "COERCE", "PROTEST", "RETREAT":
		return known
	}
	if len(d.recipient) == 0 && d.match != nil && d.match.block.source.Reciprocal {
		return foreign(d.actor, d.actor) // "Brennian and Corvan doctors met"
	}
	return known && foreign(d.actor, d.recipient)
}

// isPublic says whether an actor acts in politics by what it is.
func isPublic(e *dyad.Entity) bool {
	switch e.Sector {
	case "UAF", "MIL", "REB", "PRM", "SPY":
		return true
	case "GOV", "COP", "JUD", "LEG", "PTY", "OPP", "ELI", "PRE", "SOC":
		return e.Code != ""
	case "":
		return e.Code != ""
	}
	return e.Code == "IGO" || e.Code == "NGO"
}

// foreign says whether two sides are of different countries.
func foreign(a, b []dyad.Entity) bool {
	for i := range a {
		for j := range b {
			if a[i].Code != "" && b[j].Code != "" && a[i].Code != b[j].Code {
				return true
			}
		}
	}
	return false
}
