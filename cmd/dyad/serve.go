package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"strings"
	"syscall"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/ingest/fetch"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
	"github.com/opendyad/dyad/web"
)

type serveCommand struct {
	Sources      []string `arg:"" optional:"" name:"feeds" help:"Files of feeds to follow; without, those that ship with dyad."`
	storeFlag    `embed:""`
	Addr         string   `default:"127.0.0.1:8080" help:"Address and port. Another than loopback needs --token-file."`
	Follow       bool     `help:"Ask feeds for what is new all the while."`
	TokenFile    string   `placeholder:"FILE" type:"path" help:"File whose first line is the token that clients must give."`
	PublicRead   bool     `help:"Reading needs no token."`
	Host         []string `placeholder:"NAME" help:"Name by which this server may be called, beside localhost and its addresses."`
	Codebook     string   `placeholder:"DIR" help:"Use the codebook in this folder instead of the one built in."`
	AllowPrivate bool     `help:"Fetch from private and loopback addresses too."`
	Webhook      []string `placeholder:"URL" help:"Address that is told of alerts."`
	SecretFile   string   `placeholder:"FILE" type:"path" help:"File whose first line signs what webhooks are told."`
	LogFormat    string   `enum:"text,json" default:"text" help:"text or json."`
	Verbose      bool     `short:"v" help:"Log each request."`
}

// Run serves until it is interrupted.
func (c *serveCommand) Run() error {
	token, err := c.token()
	if err != nil {
		return err
	}
	webhooks, err := c.webhooks()
	if err != nil {
		return err
	}
	listener, err := c.listen()
	if err != nil {
		return err
	}
	defer listener.Close() // before it is served; afterwards it is closed already
	ctx, cancel := interruptible()
	defer cancel()
	p, err := load(c.Codebook, false)
	if err != nil {
		return err
	}
	s, err := c.open(store.Write)
	if err != nil {
		return err
	}
	defer s.Close()
	feeds, err := c.feeds()
	if err != nil {
		return err
	}
	o := web.Options{Store: s, Pipeline: p, Book: p.Codebook(), Version: version(), Token: token, PublicRead: c.PublicRead, Hosts: c.Host,
		Log: c.log(), Following: len(feeds), Webhooks: webhooks}
	if c.Follow {
		o.Feeds = c.following(feeds)
	}
	server, err := web.New(ctx, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "dyad: serving %s at http://%s/ until it is interrupted\n", s.Path(), listener.Addr())
	return server.Run(ctx, listener)
}

// listen takes the address first of all: a minute's work is not done for one that is
// taken.
func (c *serveCommand) listen() (net.Listener, error) {
	listener, err := net.Listen("tcp", c.Addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is taken: another program listens there, perhaps another dyad serve; end that one, or serve elsewhere with --addr 127.0.0.1:0, which takes a port that is free", c.Addr)
	case err != nil:
		return nil, fmt.Errorf("listening at %s: %w; another address is given with --addr", c.Addr, err)
	}
	return listener, nil
}

// token reads the token, which any address but loopback has to have.
func (c *serveCommand) token() (string, error) {
	if c.TokenFile == "" {
		if !isLoopback(c.Addr) {
			return "", fmt.Errorf("--addr %s can be reached from other machines: name a file with a token by --token-file, so that not everybody may write (and read, unless --public-read)", c.Addr)
		}
		return "", nil
	}
	return readSecret(c.TokenFile, "token")
}

// readSecret reads the first line of a file.
func readSecret(path, what string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("reading the %s: %w", what, err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	secret := strings.TrimSpace(first)
	if len(secret) < 16 {
		return "", fmt.Errorf("the %s in %s has fewer than 16 characters; make one by: openssl rand -hex 24", what, path)
	}
	return secret, nil
}

// webhooks are those who are told of alerts.
func (c *serveCommand) webhooks() ([]web.Webhook, error) {
	if len(c.Webhook) == 0 {
		return nil, nil
	}
	if c.SecretFile == "" {
		return nil, errors.New("--webhook: name a file with a secret by --secret-file, so that who is told can tell that it comes from here")
	}
	secret, err := readSecret(c.SecretFile, "secret")
	if err != nil {
		return nil, err
	}
	var out []web.Webhook
	for _, address := range c.Webhook {
		if !isAddress(address) {
			return nil, fmt.Errorf("--webhook %s: want an address that begins with https:// or http://", address)
		}
		out = append(out, web.Webhook{Address: address, Secret: secret})
	}
	return out, nil
}

func isLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

func (c *serveCommand) log() *slog.Logger {
	o := &slog.HandlerOptions{Level: slog.LevelInfo}
	if c.Verbose {
		o.Level = slog.LevelDebug
	}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, o))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, o))
}

// feeds are those to be followed.
func (c *serveCommand) feeds() ([]fetch.Feed, error) {
	if !c.Follow {
		if len(c.Sources) > 0 {
			return nil, fmt.Errorf("%s: with --follow its feeds are followed; dyad ingest reads stories into the store", c.Sources[0])
		}
		return nil, nil
	}
	var out []fetch.Feed
	for _, path := range c.Sources {
		if !isFeeds(path) {
			return nil, fmt.Errorf("%s is no file of feeds, which has an address a line; dyad ingest reads stories into the store", path)
		}
		feeds, err := readFeeds(path)
		if err != nil {
			return nil, err
		}
		out = append(out, feeds...)
	}
	if len(out) > 0 {
		return out, nil
	}
	return fetch.ReadFeeds(strings.NewReader(fetch.Shipped()), "feeds.txt")
}

// following gives what feeds announce, until the context ends.
func (c *serveCommand) following(feeds []fetch.Feed) func(context.Context, *pipeline.Keeper) pipeline.Source {
	return func(ctx context.Context, k *pipeline.Keeper) pipeline.Source {
		return func(yield func(dyad.Story, error) bool) {
			net := &network{options: fetch.Options{AllowPrivate: c.AllowPrivate}, keeper: k, followed: feeds}
			defer net.close()
			net.follow(ctx, yield)
		}
	}
}
