package fetch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"

	"github.com/cespare/xxhash/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/ingest"
)

// Stories fetches an address and gives what is new there: the article of a page, or
// the articles of the pages that a feed announces. A story with an error beside it
// could not be had; its ID says which it was.
//
// state makes the request conditional and is updated; nil is a state that is
// forgotten. known reports whether the story with an ID is had already, which is
// then not fetched; nil knows none. A story's ID is the Canonical address of its page.
//
// A feed's validators (ETag) are kept in state only when all its items were given,
// so that what was not, because ctx ended, the caller stopped or a server was away,
// is announced again the next time. When ctx ends, the stories end without a word.
func (c *Client) Stories(ctx context.Context, address string, state *State, known func(id string) bool) iter.Seq2[dyad.Story, error] {
	return func(yield func(dyad.Story, error) bool) {
		c.stories(ctx, Feed{Address: address}, state, known, yield)
	}
}

// A reading is one address that is read for its stories.
type reading struct {
	*Client
	from  Feed
	id    string // of the address
	state *State
	known func(string) bool
	yield func(dyad.Story, error) bool
}

// stories is Stories for a feed of which outlet and language may be known. It
// reports how many stories were given.
func (c *Client) stories(ctx context.Context, from Feed, state *State, known func(string) bool, yield func(dyad.Story, error) bool) (given int) {
	r := reading{c, from, Canonical(from.Address), state, known, yield}
	if state == nil {
		r.state = &State{}
	}
	if known == nil {
		r.known = func(string) bool { return false }
	}
	r.state.Address = orElse(r.state.Address, from.Address)
	kind := r.state.Kind
	if kind != KindRSS && kind != KindAtom && kind != KindJSON && r.known(r.id) {
		return 0 // a page that was read; a feed is no story
	}
	if kind == KindGone {
		r.tell(&failure{address: from.Address, status: http.StatusGone, what: "the server said before that it is gone for good; take it out of the list"})
		return 0
	}
	a, err := c.get(ctx, from.Address, r.state)
	if ctx.Err() != nil {
		return 0
	}
	r.state.LastTried = c.options.Now()
	switch {
	case err != nil:
		r.fail(err)
		return 0
	case a.status == http.StatusNotModified:
		c.read(r.state, a)
		return 0
	}
	text := decodeFeed(a.body, a.contentType)
	switch kind, instead := kindOf(text); kind {
	case "":
		r.fail(&failure{address: from.Address, what: "it is " + instead + "; give the address of a page or of an RSS, Atom or JSON feed"})
		return 0
	case KindPage:
		return r.page(a, text)
	default:
		return r.feed(ctx, a, text, kind)
	}
}

// tell tells what is the matter with the address.
func (r *reading) tell(err error) {
	r.yield(dyad.Story{ID: r.id, URL: r.from.Address, Source: r.from.Address}, err)
}

// fail tells it and notes when to try again.
func (r *reading) fail(err error) {
	r.failed(r.state, err)
	r.tell(err)
}

// page gives the article of the page that the address is.
func (r *reading) page(a answer, text string) (given int) {
	st, err := r.Client.page(a, r.from)
	if err != nil {
		if feed := announced(text, a.address); feed != "" {
			err = fmt.Errorf("%w; it announces the feed %s: give that address instead", err, told(feed))
		}
		r.fail(err)
		return 0
	}
	r.read(r.state, a)
	r.state.Kind = KindPage
	st.ID, st.Source = r.id, r.from.Address
	if r.yield(st, nil) {
		r.state.remember(a)
	}
	return 1
}

// feed gives the stories of the feed that the address is.
func (r *reading) feed(ctx context.Context, a answer, text, kind string) (given int) {
	feed, err := readFeed(text, kind, a.address, r.options.MaxItems, r.options.Now())
	if err != nil {
		r.fail(&failure{address: r.from.Address, what: "the feed cannot be read: " + err.Error() + "; if that stays so, tell its owner", err: err})
		return 0
	}
	r.read(r.state, a)
	r.state.Kind = kind
	from := r.from
	from.Outlet = orElse(from.Outlet, feed.title)
	from.Language = orElse(from.Language, feed.language)
	given, whole := r.items(ctx, from, feed, r.known, r.yield)
	switch {
	case feed.fault != nil && whole:
		err := &failure{address: from.Address, err: feed.fault,
			what: fmt.Sprintf("the feed is read in part: %v; the items before that are taken", feed.fault)}
		r.state.LastError = err.Error()
		r.tell(err)
	case whole:
		r.state.remember(a)
	}
	return given
}

// items gives the stories of a feed's items. whole is false when one may be had
// another time.
func (c *Client) items(ctx context.Context, from Feed, feed news, known func(string) bool, yield func(dyad.Story, error) bool) (given int, whole bool) {
	whole = true
	began := c.options.Now()
	seen := map[string]bool{Canonical(from.Address): true}
	failures := map[string]int{} // in a row, by host
	for _, it := range feed.items {
		id := itemID(from, it)
		if seen[id] || known(id) || c.inVain(id) {
			continue
		}
		seen[id] = true
		host := ""
		if it.link != nil {
			host = it.link.Host
		}
		// A host that is away, or a feed that takes long, is for the next poll.
		if failures[host] >= maxFailures || c.options.Now().Sub(began) > c.options.MaxPoll {
			whole = false
			continue
		}
		st, err := c.story(ctx, from, it)
		if ctx.Err() != nil {
			return given, false
		}
		st.ID = id
		failures[host]++
		switch wait, passing := isPassing(err); {
		case err == nil:
			failures[host] = 0
			given++
		case passing && !c.failedAgain(id):
			whole = false
			if wait > 0 {
				failures[host] = maxFailures // it asks to be left alone
			}
		case !passing:
			failures[host] = 0
			c.giveUp(id)
		}
		if !yield(st, err) {
			return given, false
		}
	}
	return given, whole
}

// itemID is the address of an item's page without what only tells where a reader
// came from; for an item without a page what else tells it from others.
func itemID(from Feed, it item) string {
	if it.link != nil {
		return Canonical(it.link.String())
	}
	if it.id != "" {
		return Canonical(from.Address) + "#" + url.QueryEscape(told(it.id))
	}
	return fmt.Sprintf("%s#%016x", Canonical(from.Address), xxhash.Sum64String(it.title+"\x00"+it.text))
}

// story makes the story of an item: the text of its page, or what the feed itself
// says when the page cannot be had or says less.
func (c *Client) story(ctx context.Context, from Feed, it item) (dyad.Story, error) {
	st := dyad.Story{Title: it.title, Text: it.text, Publisher: from.Outlet, Source: from.Address}
	var page dyad.Story
	err := errors.New("the item names no page")
	if it.link != nil {
		st.URL = it.link.String()
		var a answer
		if a, err = c.get(ctx, st.URL, nil); err == nil {
			page, err = c.page(a, from)
		}
	}
	switch {
	case err != nil && it.text == "":
		if it.link == nil {
			err = &failure{address: from.Address, what: fmt.Sprintf("its item %q names no page and says nothing itself", it.title)}
		}
		return st, err
	case err == nil && len(page.Text) >= len(it.text):
		st.Text, st.URL = page.Text, page.URL
	}
	st.Title = orElse(st.Title, page.Title)
	st.Publisher = orElse(st.Publisher, page.Publisher)
	st.Language = ingest.Language(st.Text, orElse(page.Language, from.Language))
	st.Published, st.PublishedBasis = page.Published, page.PublishedBasis
	if !it.published.IsZero() {
		st.Published, st.PublishedBasis = it.published, dyad.PublishedFeed
	}
	return st, nil
}

// page takes the article out of an answer.
func (c *Client) page(a answer, from Feed) (st dyad.Story, err error) {
	address := a.address.String()
	defer func() {
		if p := recover(); p != nil {
			st, err = dyad.Story{}, &failure{address: address, what: fmt.Sprintf("taking the article out of the page failed: %v", p)}
		}
	}()
	switch kind, instead := kindOf(decodeFeed(a.body[:min(len(a.body), 4096)], a.contentType)); {
	case len(a.body) == 0:
		return st, &failure{address: address, what: "the answer is empty; dyad tries again later", passing: true}
	case instead == "" && kind != KindPage:
		return st, &failure{address: address, what: "it is a feed where a page should be"}
	}
	st, err = ingest.Page(a.body, a.contentType, address, c.options.FastText)
	if err != nil {
		return st, err
	}
	st.URL = address
	st.Publisher = orElse(from.Outlet, st.Publisher)
	st.Language = ingest.Language(st.Text, orElse(st.Language, from.Language))
	return st, nil
}
