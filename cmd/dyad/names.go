package main

import (
	"slices"
	"strings"

	"github.com/opendyad/dyad/codebook"
)

// partyOf reads a party as users write it: "IRN", "Iran", "IRN GOV", "Iran GOV", or
// a pair, "IRN-PAK" or "Iran-Pakistan". It gives codes.
func partyOf(book *codebook.Codebook, text string) (string, error) {
	text = strings.TrimSpace(text)
	code, err := book.State(text)
	if err == nil {
		return code, nil
	}
	if a, b, pair := strings.Cut(text, "-"); pair {
		one, err := book.State(a)
		if err != nil {
			return "", err
		}
		other, err := book.State(b)
		return one + "-" + other, err
	}
	if at := strings.LastIndexByte(text, ' '); at > 0 {
		sector := strings.ToUpper(text[at+1:])
		if slices.ContainsFunc(book.Ontology.Sectors, func(s codebook.Code) bool { return s.ID == sector }) {
			code, err := book.State(text[:at])
			return code + " " + sector, err
		}
	}
	return "", err
}
