package main

import (
	"context"
	"errors"
	"io"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/opendyad/dyad/store"
	"github.com/opendyad/dyad/web"
)

type mcpCommand struct {
	storeFlag `embed:""`
	Codebook  string `placeholder:"DIR" help:"Use the codebook in this folder instead of the one built in."`
}

// Run answers a client for language models over standard input and output.
func (c *mcpCommand) Run() error {
	ctx, cancel := interruptible()
	defer cancel()
	p, err := load(c.Codebook, false)
	if err != nil {
		return err
	}
	s, err := c.open(store.Read)
	if err != nil {
		return err
	}
	defer s.Close()
	tools := web.NewTools(web.Options{Store: s, Pipeline: p, Book: p.Codebook()})
	err = mcpServer(tools).Run(ctx, &mcp.StdioTransport{})
	if errors.Is(err, io.EOF) || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

const mcpInstructions = "dyad is a record of what states do to, say of and expect from one another, coded from news. " +
	"Every answer names the sentence, the story and the codebook rule that it rests on: quote them, and say when there is none. " +
	"Records are as right as their rule: read the sentence before you rely on one."

// mcpServer makes a server of the tools, none of which changes anything.
func mcpServer(t *web.Tools) *mcp.Server {
	s := mcp.NewServer(&mcp.Implementation{Name: "dyad", Version: version()}, &mcp.ServerOptions{Instructions: mcpInstructions})
	addTool(s, "search_records", "Find events, positions, expectations, claims and visits, each with its sentence, source and rule.", t.Search)
	addTool(s, "pair", "Where two countries stand, which way the relation moves, and the events with their sentences that show it.", t.Pair)
	addTool(s, "explain", "How dyad reads a text: actors, records, and each rule that was tried with why it did or did not fire.", t.Explain)
	mcp.AddTool(s, tool("brief", "What a desk officer would write of two countries, as Markdown with numbered sources."),
		func(ctx context.Context, _ *mcp.CallToolRequest, in web.BriefInput) (*mcp.CallToolResult, any, error) {
			text, err := t.Brief(ctx, in)
			return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, nil, err
		})
	return s
}

func tool(name, description string) *mcp.Tool {
	closed := false
	return &mcp.Tool{Name: name, Description: description, Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed}}
}

func addTool[In, Out any](s *mcp.Server, name, description string, answer func(context.Context, In) (Out, error)) {
	mcp.AddTool(s, tool(name, description), func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, Out, error) {
		out, err := answer(ctx, in)
		return nil, out, err
	})
}
