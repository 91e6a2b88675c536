package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// What README's first screen shows is what comes out: the block after the command
// line is the output of that command, run from the project's root.
func TestReadmeExample(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	const mark = "`dyad code "
	_, rest, found := strings.Cut(string(text), mark)
	line, rest, closed := strings.Cut(rest, "`")
	_, rest, opened := strings.Cut(rest, "```\n")
	want, _, ended := strings.Cut(rest, "```")
	if !found || !closed || !opened || !ended {
		t.Fatal("README.md has no command with its output below it")
	}
	command := exec.Command(os.Args[0], append([]string{"code"}, strings.Fields(line)...)...)
	command.Dir = "../.."
	command.Env = append(os.Environ(), "DYAD_AS_COMMAND=1")
	got, err := command.Output()
	if err != nil {
		t.Fatalf("running dyad code %s: %v", line, err)
	}
	if string(got) != want {
		t.Errorf("README.md shows\n%s\nbut what comes out is\n%s", want, got)
	}
}
