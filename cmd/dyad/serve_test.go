//go:build cgo

package main

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
	"github.com/opendyad/dyad/web"
)

// Nobody serves to other machines without a token by mistake.
func TestServingToOthersWantsAToken(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good, short := write("good", "  0123456789abcdef0123 \nmore\n"), write("short", "abc\n")
	for _, c := range []struct {
		command serveCommand
		token   string
		says    string
	}{
		{serveCommand{Addr: "127.0.0.1:8080"}, "", ""},
		{serveCommand{Addr: "localhost:8080"}, "", ""},
		{serveCommand{Addr: "[::1]:8080"}, "", ""},
		{serveCommand{Addr: "127.0.0.1:8080", TokenFile: good}, "0123456789abcdef0123", ""},
		{serveCommand{Addr: "0.0.0.0:8080", TokenFile: good}, "0123456789abcdef0123", ""},
		{serveCommand{Addr: "0.0.0.0:8080"}, "", "--token-file"},
		{serveCommand{Addr: ":8080"}, "", "--token-file"},
		{serveCommand{Addr: "192.168.1.2:8080"}, "", "--token-file"},
		{serveCommand{Addr: "example.org:8080"}, "", "--token-file"},
		{serveCommand{Addr: "127.0.0.1.evil.example:80"}, "", "--token-file"},
		{serveCommand{Addr: "0.0.0.0:8080", TokenFile: short}, "", "fewer than 16"},
		{serveCommand{Addr: "0.0.0.0:8080", TokenFile: filepath.Join(folder, "none")}, "", "reading the token"},
	} {
		token, err := c.command.token()
		switch {
		case c.says == "" && (err != nil || token != c.token):
			t.Errorf("%s with %s gives the token %q: %v", c.command.Addr, c.command.TokenFile, token, err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s with %s does not say %q: %v", c.command.Addr, c.command.TokenFile, c.says, err)
		}
	}
	for _, c := range []serveCommand{{Webhook: []string{"https://desk.example/hook"}}, {Webhook: []string{"desk.example"}, SecretFile: good}} {
		if _, err := c.webhooks(); err == nil {
			t.Errorf("the webhooks %v with the secret %q are taken", c.Webhook, c.SecretFile)
		}
	}
}

// An address that is taken is told before anything is read.
func TestAddressThatIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	c := serveCommand{Addr: taken.Addr().String()}
	if err := c.Run(); err == nil || !strings.Contains(err.Error(), taken.Addr().String()+" is taken") || !strings.Contains(err.Error(), "--addr") {
		t.Errorf("serving at a taken address says %v", err)
	}
}

// A client for language models gets the sentence and the rule with every answer.
func TestMCP(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a.duckdb")
	p, err := load("", false)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(path, store.Write)
	if err != nil {
		t.Fatal(err)
	}
	k := &pipeline.Keeper{Pipeline: p, Store: s}
	if err := k.Open(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Keep(ctx, ingest.ReadFile("../../corpus/stories.jsonl", ingest.Options{})); err != nil {
		t.Fatal(err)
	}
	if err := pipeline.Fold(ctx, s); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = store.Open(path, store.Read); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	near, far := mcp.NewInMemoryTransports()
	serving, err := mcpServer(web.NewTools(web.Options{Store: s, Pipeline: p, Book: p.Codebook()})).Connect(ctx, far, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer serving.Close()
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, near, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	tools, err := client.ListTools(ctx, nil)
	if err != nil || len(tools.Tools) != 4 {
		t.Fatalf("%d tools: %v", len(tools.Tools), err)
	}
	for _, c := range []struct {
		tool string
		with map[string]any
		has  []string
		bad  bool
	}{
		{"search_records", map[string]any{"either": []string{"Iran-Pakistan"}, "event": []string{"ASSAULT"}, "limit": 2}, []string{`"text":"`, `"rule":"rules/`, `"publisher":"`, `"next":"`}, false},
		{"search_records", map[string]any{"either": []string{"Irna"}}, []string{"did you mean Iran"}, true},
		{"search_records", map[string]any{"from": "soon"}, []string{"YYYY-MM-DD"}, true},
		{"pair", map[string]any{"pair": "IRN-PAK"}, []string{"strained, mending", `"movers":[{`, `"text":"Pakistan recalled its ambassador`}, false},
		{"pair", map[string]any{"pair": "IRN"}, []string{"hyphen"}, true},
		{"brief", map[string]any{"pair": "IRN-PAK"}, []string{"# Iran and Pakistan", "[1"}, false},
		{"explain", map[string]any{"text": "Iran condemned Pakistan on Tuesday.", "date": "2024-06-01"}, []string{"IRN ACCUSE/disapprove PAK", "rules/accuse.txt"}, false},
		{"explain", map[string]any{"text": ""}, []string{"text"}, true},
	} {
		got, err := client.CallTool(ctx, &mcp.CallToolParams{Name: c.tool, Arguments: c.with})
		if err != nil {
			t.Errorf("%s: %v", c.tool, err)
			continue
		}
		text, err := json.Marshal(got.Content)
		if err != nil || got.IsError != c.bad {
			t.Errorf("%s of %v gives an error %t: %s %v", c.tool, c.with, got.IsError, text, err)
		}
		for _, want := range c.has {
			quoted, _ := json.Marshal(want)
			if !strings.Contains(string(text), strings.Trim(string(quoted), `"`)) && !strings.Contains(string(text), want) {
				t.Errorf("%s of %v lacks %s: %.400s", c.tool, c.with, want, text)
			}
		}
	}
}
