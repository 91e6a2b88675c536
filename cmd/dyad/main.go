// Command dyad reads news and records the relations between states. Each
// subcommand is a file of this folder; main only wires them to the packages.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/pipeline"
)

// The exit statuses of the contract.
const (
	exitSomeFailed = 1
	exitWrongCall  = 2
)

type commands struct {
	Code     codeCommand     `cmd:"" group:"Reading a text" help:"Code stories: who did what to whom, with the sentence and the rule."`
	Explain  explainCommand  `cmd:"" group:"Reading a text" help:"Show how a sentence is read: tokens, tree, actors, rules tried, records."`
	Classify classifyCommand `cmd:"" group:"Reading a text" help:"Say what a marked source does to a marked target, for JSON lines of id, text, source, target."`
	Parse    parseCommand    `cmd:"" group:"Reading a text" help:"Parse text to CoNLL-U."`

	Ingest   ingestCommand   `cmd:"" group:"Keeping a record" help:"Read stories from files, folders, pages and feeds, code them and keep them, each once."`
	Import   importCommand   `cmd:"" group:"Keeping a record" help:"Keep the events of other projects beside dyad's own: icews, gdelt, phoenix, polecat."`
	Failures failuresCommand `cmd:"" group:"Keeping a record" help:"List the stories that could not be read or coded, with the reason."`
	Replay   replayCommand   `cmd:"" group:"Keeping a record" help:"Try again what failed."`
	Recode   recodeCommand   `cmd:"" group:"Keeping a record" help:"Code all stories kept again, as after a change of the codebook."`
	Diff     diffCommand     `cmd:"" group:"Keeping a record" help:"Show what the last recode changed, or how two codings of the same stories differ."`
	Verify   verifyCommand   `cmd:"" group:"Keeping a record" help:"Check the store: every quotation, every reference, every count."`

	Events   eventsCommand   `cmd:"" group:"Asking" help:"List or count the events kept, or other records."`
	Stories  storiesCommand  `cmd:"" group:"Asking" help:"List the stories kept; near-duplicates are one, with its number of copies."`
	Relation relationCommand `cmd:"" group:"Asking" help:"Say where a pair of countries stands, which way it moves, and why, with its series."`
	Brief    briefCommand    `cmd:"" group:"Asking" help:"Write what a desk officer would of a pair of countries: state and reason, events, visits, issues, what is expected."`
	Visits   visitsCommand   `cmd:"" group:"Asking" help:"List visits, each from all stories that tell of it."`
	Expect   expectCommand   `cmd:"" group:"Asking" help:"List what was announced, expected, promised, threatened or demanded, and what became of it."`
	Issue    issueCommand    `cmd:"" group:"Asking" help:"Say who holds what on an issue, and what happens between whom over it."`
	Changes  changesCommand  `cmd:"" group:"Asking" help:"Tell what is out of the ordinary: pairs that moved, firsts of a kind, what is overdue or denied."`
	Export   exportCommand   `cmd:"" group:"Asking" help:"Write whole sets of records and stories to files, with what was asked."`
	Serve    serveCommand    `cmd:"" group:"Asking" help:"Serve the analyst's pages and the API, at 127.0.0.1:8080 if nothing else is asked."`
	Mcp      mcpCommand      `cmd:"" group:"Asking" help:"Answer a client for language models over standard input and output (Model Context Protocol)."`

	Check checkCommand `cmd:"" group:"Codebook and models" help:"Check the codebook and run the examples of its rules."`
	Fmt   fmtCommand   `cmd:"" group:"Codebook and models" help:"Put codebook files into their canonical form."`
	Test  testCommand  `cmd:"" group:"Codebook and models" help:"Run case files."`
	Which whichCommand `cmd:"" group:"Codebook and models" help:"List the codebook lines that mention a word."`
	Score scoreCommand `cmd:"" group:"Codebook and models" help:"Measure accuracy against development sets."`
	Train trainCommand `cmd:"" group:"Codebook and models" help:"Fit the language model from treebanks, or the classifier, the judge or the splitter."`

	Version kong.VersionFlag `help:"Print the version."`
}

// errSomeFailed ends the program with status 1 after the failures were told.
var errSomeFailed = fmt.Errorf("some stories failed")

// newParser makes the parser of the command line.
func newParser(c *commands) (*kong.Kong, error) {
	return kong.New(c, kong.Name("dyad"), kong.Vars{"version": "dyad " + version()},
		kong.Description("dyad reads news and keeps a checkable record of the relations between states."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
}

func main() {
	var c commands
	parser, err := newParser(&c)
	if err != nil {
		panic(err) // the struct tags above are wrong: no user can cause it
	}
	if len(os.Args) < 2 {
		os.Args = append(os.Args, "--help")
	}
	call, err := parser.Parse(os.Args[1:])
	if err != nil {
		command := ""
		var wrong *kong.ParseError
		if errors.As(err, &wrong) && wrong.Context != nil && wrong.Context.Selected() != nil {
			command = wrong.Context.Selected().Name + " "
		}
		fmt.Fprintf(os.Stderr, "dyad: %v\nTry: dyad %s--help\n", err, command)
		os.Exit(exitWrongCall)
	}
	// kong wraps what Run gives.
	switch err := call.Run(); {
	case err == nil:
	case errors.Is(err, errSomeFailed):
		os.Exit(exitSomeFailed)
	default:
		fmt.Fprintf(os.Stderr, "dyad: %v\n", err)
		os.Exit(exitWrongCall)
	}
}

// files gives the codebook's files: the folder asked for, or those shipped.
func files(folder string) (fs.FS, error) {
	if folder == "" {
		return codebook.Shipped(), nil
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("the codebook folder %s is not there; --codebook takes a folder laid out like codebook/data", folder)
	}
	if _, err := os.Stat(filepath.Join(folder, "ontology.txt")); err != nil {
		return nil, fmt.Errorf("the folder %s has no ontology.txt and is therefore no codebook; --codebook takes a folder laid out like codebook/data", folder)
	}
	return os.DirFS(folder), nil
}

// load makes the pipeline; the model and the codebook load side by side.
func load(folder string, world bool) (*pipeline.Pipeline, error) {
	fsys, err := files(folder)
	if err != nil {
		return nil, err
	}
	// Most of what loading makes is kept, so that looking for garbage meanwhile
	// finds little and costs a quarter of the start. Afterwards most of the memory
	// is that, and each worker's: letting garbage grow to half as much, not to as
	// much again, saves 40 MB and costs a twentieth of the time.
	percent := debug.SetGCPercent(-1)
	if percent >= 0 && os.Getenv("GOGC") == "" {
		percent = 50
	}
	defer debug.SetGCPercent(percent)
	type loaded struct {
		model *nlp.Model
		err   error
	}
	models := make(chan loaded, 1)
	go func() {
		m, err := nlp.Load()
		models <- loaded{m, err}
	}()
	read := codebook.Load
	if world {
		read = codebook.World
	}
	book, err := read(fsys)
	if err != nil {
		return nil, fmt.Errorf("loading the codebook: %w\nRun dyad check to see every fault", err)
	}
	l := <-models
	if l.err != nil {
		return nil, l.err
	}
	return pipeline.New(l.model, book), nil
}
