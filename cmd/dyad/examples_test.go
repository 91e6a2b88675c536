package main

import (
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// Every call that the help and README show is one that dyad takes.
func TestExamplesAreCalls(t *testing.T) {
	parser, err := newParser(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"dyad": parser.Model.Detail}
	for _, command := range parser.Model.Leaves(true) {
		texts[command.Name] = command.Detail
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range strings.Split(string(readme), "```") {
		if i%2 == 1 {
			texts["README.md"] += part
		}
	}
	for where, text := range texts {
		calls := 0
		for line := range strings.Lines(text) {
			before, call, found := strings.Cut(line, "dyad ")
			if !found || strings.Trim(before, " ") != "" && !strings.HasSuffix(before, "| ") {
				continue
			}
			calls++
			// README explains a call after some blanks.
			call, _, _ = strings.Cut(strings.TrimSpace(call), "   ")
			if _, err := newParserArgs(t, call); err != nil {
				t.Errorf("%s shows dyad %s: %v", where, call, err)
			}
		}
		if text != "" && calls == 0 {
			t.Errorf("the help of %s shows no call", where)
		}
	}
}

// newParserArgs parses a call as a shell would hand it over.
func newParserArgs(t *testing.T, call string) (*kong.Context, error) {
	t.Helper()
	call, _, _ = strings.Cut(call, " > ")
	var args []string
	for i, part := range strings.Split(call, `"`) {
		if i%2 == 1 {
			args = append(args, part)
		} else {
			args = append(args, strings.Fields(part)...)
		}
	}
	parser, err := newParser(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	return parser.Parse(args)
}
