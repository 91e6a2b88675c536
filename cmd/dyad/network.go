package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/ingest/fetch"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

// A network fetches stories for a keeper.
type network struct {
	options   fetch.Options
	keeper    *pipeline.Keeper
	published dyad.Date // of stories that carry none
	notes     *notes
	client    *fetch.Client
	states    map[string]fetch.State // of earlier runs
	followed  []fetch.Feed           // of the files given
}

// isFeeds reports whether a file is a list of feeds: it is called so, or most of its
// first lines that are no comments are addresses. A story that begins with the address
// that it came from is none.
func isFeeds(path string) bool {
	if strings.HasSuffix(filepath.Base(path), "feeds.txt") {
		return true
	}
	if filepath.Ext(path) != ".txt" {
		return false
	}
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	head := make([]byte, 4096)
	n, _ := io.ReadFull(file, head) // a short file is read whole
	lines, addresses := 0, 0
	for line := range bytes.Lines(head[:n]) {
		line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		lines++
		if isAddress(string(line)) {
			addresses++
		}
	}
	return 2*addresses > lines
}

// open makes the client and reads what is known of addresses from earlier runs, when
// the network is first needed.
func (n *network) open(ctx context.Context) error {
	if n.client != nil {
		return nil
	}
	sources, err := n.keeper.Store.Sources(ctx)
	if err != nil {
		return err
	}
	n.states = map[string]fetch.State{}
	for _, s := range sources {
		n.states[s.Address] = fetch.State(s)
	}
	n.client = fetch.New(n.options)
	return nil
}

func (n *network) close() {
	if n.client != nil {
		n.client.Close()
	}
}

// address gives what is new at an address: a page's article, or those that a feed
// announces.
func (n *network) address(ctx context.Context, address string, give func(dyad.Story, error) bool) bool {
	if err := n.open(ctx); err != nil {
		return give(dyad.Story{ID: address, Source: address}, err)
	}
	state := n.states[address]
	state.Address = address
	if !n.published.IsZero() { // a page that is kept without a date is to be had again though it is as it was
		state.ETag, state.LastModified = "", ""
	}
	for st, err := range n.client.Stories(ctx, address, &state, n.known) {
		if !give(n.dated(st), err) {
			return false
		}
	}
	return ctx.Err() != nil || give(dyad.Story{}, &pipeline.Checkpoint{Source: store.Source(state)})
}

// readBefore reports whether a page is kept and has all that it would have if it were
// read again: one without a date of publication gets the one that is given now.
func readBefore(k *pipeline.Keeper, id string, published dyad.Date) bool {
	return k.Known(id) && (published.IsZero() || !k.Undated(id))
}

// known reports whether a story need not be fetched, and counts those.
func (n *network) known(id string) bool {
	known := readBefore(n.keeper, id, n.published)
	if known {
		n.notes.skip(ingest.SkipKnown)
	}
	return known
}

// dated gives a story the date that was given for those that carry none.
func (n *network) dated(st dyad.Story) dyad.Story {
	if st.Published.IsZero() && !n.published.IsZero() {
		st.Published, st.PublishedBasis = n.published, dyad.PublishedGiven
	}
	return st
}

// feedsFile asks the feeds of a file once; or, when they are to be followed, notes
// them for it.
func (n *network) feedsFile(ctx context.Context, path string, once bool, give func(dyad.Story, error) bool) bool {
	feeds, err := readFeeds(path)
	if err != nil { // lines that are wrong keep none of the others from being asked
		n.notes.failed = true
		fmt.Fprintf(os.Stderr, "dyad: %v\n", err)
	}
	if len(feeds) == 0 {
		return true
	}
	if !once {
		n.followed = append(n.followed, feeds...)
		return true
	}
	return n.poll(ctx, feeds, true, give)
}

func readFeeds(path string) ([]fetch.Feed, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the feeds file %s: %w", path, err)
	}
	defer file.Close()
	return fetch.ReadFeeds(file, path)
}

// follow asks the feeds of the files given, or those that ship with dyad, again and
// again until ctx ends.
func (n *network) follow(ctx context.Context, give func(dyad.Story, error) bool) {
	if len(n.followed) == 0 {
		feeds, err := fetch.ReadFeeds(strings.NewReader(fetch.Shipped()), "feeds.txt")
		if err != nil {
			give(dyad.Story{ID: "feeds.txt"}, err)
			return
		}
		n.followed = feeds
	}
	n.poll(ctx, n.followed, false, give)
}

// poll asks feeds, all of them once or again and again, and gives their stories
// one by one. What fetch gives from several goroutines comes over a channel.
func (n *network) poll(ctx context.Context, feeds []fetch.Feed, once bool, give func(dyad.Story, error) bool) bool {
	if err := n.open(ctx); err != nil {
		return give(dyad.Story{ID: "feeds"}, err)
	}
	type item struct {
		story dyad.Story
		err   error
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	items := make(chan item)
	send := func(it item) bool {
		select {
		case items <- it:
			return true
		case <-ctx.Done():
			return false
		}
	}
	ask := n.client.Follow
	if once {
		ask = n.client.Poll
	}
	go func() {
		defer close(items)
		err := ask(ctx, feeds, n.states, n.known,
			func(st dyad.Story, err error) bool { return send(item{n.dated(st), err}) },
			func(state fetch.State) error {
				send(item{err: &pipeline.Checkpoint{Source: store.Source(state)}})
				return nil
			})
		if err != nil {
			send(item{dyad.Story{ID: "feeds"}, err})
		}
	}()
	for it := range items {
		if !give(it.story, it.err) {
			cancel()
			for range items { // until those who fetch have stopped
			}
			return false
		}
	}
	return true
}
