package fetch

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/opendyad/dyad"
)

const monday = "Mon, 22 Apr 2024 10:00:00 GMT"

func TestPageIsOneStory(t *testing.T) {
	s := newSite(t)
	s.says("/talks", "text/html", article(talks))
	c, _ := open(t, Options{})
	var state State
	st := all(c, s.URL+"/talks?utm_source=mail#top", &state, nil).one(t)
	if st.ID != s.URL+"/talks" || !strings.Contains(st.Text, "spoke about the border") || st.Language != "en" {
		t.Errorf("got %+v", st)
	}
	if state.Kind != KindPage || state.Failures != 0 {
		t.Errorf("the state is %+v", state)
	}
	// A page that was read is not asked for again.
	if g := all(c, s.URL+"/talks", &state, func(id string) bool { return id == st.ID }); len(g.stories)+len(g.errs) > 0 || s.times("/talks") != 1 {
		t.Errorf("the second time gave %v after %d requests", g, s.times("/talks"))
	}
}

// Each form of feed gives the text of the page, the feed's date and title.
func TestFeedsOfEachKind(t *testing.T) {
	for kind, feed := range map[string]string{
		KindRSS: rss(rssItem("/talks?utm_source=rss", monday, "Short.")),
		"rdf": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
			<channel rdf:about="x"><title>Brennburg Post</title><items><rdf:Seq><rdf:li rdf:resource="y"/></rdf:Seq></items></channel>
			<item rdf:about="/talks"><title>Talks open</title><link>/talks</link><dc:date>2024-04-22T10:00:00Z</dc:date></item></rdf:RDF>`,
		KindAtom: `<feed xmlns="http://www.w3.org/2005/Atom"><title>Brennburg Post</title><link rel="self" href="/feed"/>
			<entry><title type="html">Talks &lt;i&gt;open&lt;/i&gt;</title><link rel="alternate" href="talks"/><id>tag:x,2024:1</id><published>2024-04-22T10:00:00Z</published><updated>2024-04-23T10:00:00Z</updated></entry></feed>`,
		KindJSON: `{"items": [{"id": "1", "url": "/talks", "title": "Talks open", "date_published": "2024-04-22T10:00:00Z"}], "title": "Brennburg Post", "version": "https://jsonfeed.org/version/1.1"}`,
	} {
		t.Run(kind, func(t *testing.T) {
			s := newSite(t)
			s.says("/feed", "text/html", feed) // declared wrongly
			s.says("/talks", "application/xml", article(talks))
			c, _ := open(t, Options{FastText: true})
			var state State
			st := all(c, s.URL+"/feed", &state, nil).one(t)
			want := dyad.Story{ID: s.URL + "/talks", Title: "Talks open", Publisher: "Brennburg Post", Language: "en",
				Published: dyad.Date{Year: 2024, Month: 4, Day: 22}, PublishedBasis: dyad.PublishedFeed, Source: s.URL + "/feed"}
			if !strings.Contains(st.Text, "called that a mistake") {
				t.Errorf("the text is %q", st.Text)
			}
			st.Text, st.URL = "", ""
			if st != want {
				t.Errorf("got  %+v\nwant %+v", st, want)
			}
			if want := strings.Replace(kind, "rdf", KindRSS, 1); state.Kind != want {
				t.Errorf("the kind is %q, want %q", state.Kind, want)
			}
			if g := all(c, s.URL+"/feed", &state, func(id string) bool { return id == want.ID }); len(g.stories)+len(g.errs) > 0 || s.times("/talks") != 1 {
				t.Errorf("a known story is given again: %v", g)
			}
		})
	}
}

// When the page cannot be had or says less, the feed's own words are the story.
func TestFeedsOwnText(t *testing.T) {
	s := newSite(t)
	s.says("/feed", "text/xml", rss(
		rssItem("/missing", monday, "<![CDATA[<p>"+talks+"</p><p>Continue reading...</p>]]>"),
		"<item><title>Short page</title><link>/short</link><content:encoded><![CDATA[<p>"+strings.Repeat(talks+" ", 9)+"</p>]]></content:encoded></item>",
		rssItem("/nothing", monday, ""),
		"<item><title>No page</title><guid isPermaLink=\"false\">77</guid><description>"+talks+"</description></item>",
		"<item><title>Loop</title><link>/feed</link><description>This item announces its own feed.</description></item>",
		"<item><title>Another feed</title><link>/other</link><description>This item announces another feed of the outlet.</description></item>",
	))
	s.says("/other", "text/xml", rss())
	s.says("/short", "text/html", article("Brennia and Aldoria are to talk again soon, it was said on Monday."))
	c, _ := open(t, Options{})
	g := all(c, s.URL+"/feed", nil, nil)
	if len(g.stories) != 4 || len(g.errs) != 1 || !strings.Contains(g.errs[0].Error(), "/nothing: the server does not know it (404)") {
		t.Fatalf("got %d stories, errors %v", len(g.stories), g.errs)
	}
	if g.stories[0].Text != talks || g.stories[0].ID != s.URL+"/missing" {
		t.Errorf("the first story is %+v", g.stories[0])
	}
	if n := len(g.stories[1].Text); n < 9*len(talks) {
		t.Errorf("the second story has %d bytes", n)
	}
	if g.stories[2].ID != s.URL+"/feed#77" {
		t.Errorf("a story without a page has the ID %s", g.stories[2].ID)
	}
	if s.times("/feed") != 1 {
		t.Errorf("the feed was asked for %d times", s.times("/feed"))
	}
}

func TestDatesThatCannotBe(t *testing.T) {
	for date, want := range map[string]string{
		monday:                            "2024-04-22",
		"Wed, 25 Nov 2026 09:00:00 +1400": "2026-11-24",
		"Thu, 26 Nov 2026 13:00:00 GMT":   "",
		"Thu, 01 Jan 1970 00:00:00 GMT":   "",
		"Mon, 22 Apr 9999 10:00:00 GMT":   "",
		"yesterday":                       "",
	} {
		s := newSite(t)
		s.says("/feed", "text/xml", rss(rssItem("/a", date, "Aldoria and Brennia hold talks on the border.")))
		c, _ := open(t, Options{})
		st := all(c, s.URL+"/feed", nil, nil).one(t)
		if st.Published.String() != want || want == "" && st.PublishedBasis != "" {
			t.Errorf("%s is %s (%s), want %q", date, st.Published, st.PublishedBasis, want)
		}
	}
}

func TestConditionalRequests(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") == monday {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", monday)
		fmt.Fprint(w, rss(rssItem("/a", monday, talks), rssItem("/b", monday, talks)))
	})
	c, _ := open(t, Options{})
	state := State{}
	// A caller who stops in the middle is told of the rest the next time.
	for range c.Stories(context.Background(), s.URL+"/feed", &state, nil) {
		break
	}
	if state.ETag != "" {
		t.Errorf("the state of a feed that was read in part is %+v", state)
	}
	if g := all(c, s.URL+"/feed", &state, nil); len(g.stories) != 2 || state.ETag != `"1"` {
		t.Fatalf("got %d stories, errors %v, state %+v", len(g.stories), g.errs, state)
	}
	if g := all(c, s.URL+"/feed", &state, nil); len(g.stories)+len(g.errs) > 0 || state.Failures > 0 {
		t.Errorf("a feed that was not modified gave %v", g)
	}
}

// A page that is away for the moment is announced again the next time, so the
// feed's validators are not kept.
func TestPassingFailuresAreTriedAgain(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/feed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"1"`)
		fmt.Fprint(w, rss(rssItem("/a", monday, "")))
	})
	s.mux.HandleFunc("/a", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
	c, _ := open(t, Options{})
	var state State
	all(c, s.URL+"/feed", &state, nil).wants(t, "/a", "500 Internal Server Error", "tries again")
	if state.ETag != "" || state.Failures != 0 {
		t.Errorf("the state is %+v", state)
	}
}

func TestStateTellsWhatServersSay(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) })
	s.mux.HandleFunc("/slow-down", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(429)
	})
	s.mux.Handle("/old", http.RedirectHandler("/new", http.StatusMovedPermanently))
	s.says("/new", "text/xml", rss())
	s.mux.Handle("/for-now", http.RedirectHandler("/new", http.StatusFound))

	c, k := open(t, Options{Random: func() float64 { return 0 }})
	var gone State
	all(c, s.URL+"/gone", &gone, nil).wants(t, "gone for good")
	all(c, s.URL+"/gone", &gone, nil).wants(t, "gone for good")
	if gone.Kind != KindGone || s.times("/gone") != 1 {
		t.Errorf("what is gone was asked for %d times: %+v", s.times("/gone"), gone)
	}
	var moved State
	all(c, s.URL+"/old", &moved, nil)
	if !strings.Contains(moved.LastError, "moved for good to "+s.URL+"/new") || moved.Failures != 0 {
		t.Errorf("what moved has the state %+v", moved)
	}
	moved = State{}
	all(c, s.URL+"/for-now", &moved, nil)
	if moved.LastError != "" {
		t.Errorf("what moved for now has the state %+v", moved)
	}
	var slow State
	all(c, s.URL+"/slow-down", &slow, nil).wants(t, "429", "2h0m0s")
	if wait := slow.NextTry.Sub(k.Now()); wait != 2*time.Hour || slow.Failures != 1 {
		t.Errorf("the next try is in %s: %+v", wait, slow)
	}
	// The whole host is left alone for that long.
	all(c, s.URL+"/new", nil, nil).wants(t, "asked not to be asked again before")
	_ = k.Sleep(context.Background(), 2*time.Hour)
	if g := all(c, s.URL+"/new", nil, nil); len(g.errs) > 0 {
		t.Errorf("after the wait: %v", g.errs)
	}
}

func TestContextEndsStories(t *testing.T) {
	s := newSite(t)
	s.says("/feed", "text/xml", rss(rssItem("/a", monday, talks), rssItem("/b", monday, talks)))
	c, _ := open(t, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for _, err := range c.Stories(ctx, s.URL+"/feed", nil, nil) {
		if err != nil {
			t.Error(err)
		}
		n++
		cancel()
	}
	if n != 1 {
		t.Errorf("%d stories after the context ended", n)
	}
}

// A story that cannot be had is not fetched at each poll: a page without an article
// not for a day, one whose server fails not after the third time.
func TestStoriesInVain(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/feed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"1"`)
		fmt.Fprint(w, rss(rssItem("/video", monday, ""), rssItem("/away", monday, "")))
	})
	s.says("/video", "text/html", "<html><video/></html>")
	s.mux.HandleFunc("/away", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) })
	c, k := open(t, Options{})
	errs := 0
	for poll := range 6 {
		state := State{}
		errs += len(all(c, s.URL+"/feed", &state, nil).errs)
		if whole := poll >= 2; (state.ETag != "") != whole {
			t.Errorf("after poll %d the state is %+v", poll, state)
		}
	}
	if s.times("/video") != 1 || s.times("/away") != 3 || errs != 4 {
		t.Errorf("asked for %v, %d errors", s.asked, errs)
	}
	_ = k.Sleep(context.Background(), vainFor)
	all(c, s.URL+"/feed", nil, nil)
	if s.times("/video") != 2 || s.times("/away") != 4 {
		t.Errorf("a day later asked for %v", s.asked)
	}
}

// A feed whose pages' host is away, or asks to be left alone, is not worked through
// to its end.
func TestHostsThatAreAway(t *testing.T) {
	s := newSite(t)
	var items []string
	for i := range 50 {
		items = append(items, rssItem(fmt.Sprintf("/away/%d", i), monday, ""))
	}
	for i := range 50 {
		items = append(items, rssItem(fmt.Sprintf("/busy/%d", i), monday, ""))
	}
	s.says("/feed", "text/xml", rss(items...))
	s.says("/feed2", "text/xml", rss(items[50:]...))
	s.mux.HandleFunc("/away/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) })
	s.mux.HandleFunc("/busy/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "60")
		w.WriteHeader(429)
	})
	c, _ := open(t, Options{})
	var state State
	if g := all(c, s.URL+"/feed", &state, nil); len(g.errs) != 3 || state.Failures > 0 {
		t.Errorf("a host that is away gives %d errors", len(g.errs))
	}
	all(c, s.URL+"/feed2", &state, nil).wants(t, "/busy/0", "asks to wait 1m0s")
	if n := len(s.asked); n != 7 { // robots.txt, two feeds, four pages
		t.Errorf("asked for %v", s.asked)
	}
}

// A feed that takes long is gone on with at its next poll.
func TestLongFeeds(t *testing.T) {
	s := newSite(t)
	var items []string
	for i := range 20 {
		items = append(items, rssItem(fmt.Sprintf("/%d", i), monday, talks))
	}
	s.says("/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 30")
	s.says("/feed", "text/xml", rss(items...))
	c, _ := open(t, Options{MaxPoll: 5 * time.Minute})
	have := map[string]bool{}
	var counts []int
	for range 3 {
		g := all(c, s.URL+"/feed", nil, func(id string) bool { return have[id] })
		for _, st := range g.stories {
			have[st.ID] = true
		}
		counts = append(counts, len(g.stories))
	}
	if fmt.Sprint(counts) != "[11 9 0]" {
		t.Errorf("the polls gave %v", counts)
	}
}

func TestPageAnnouncesItsFeed(t *testing.T) {
	s := newSite(t)
	s.says("/", "text/html", `<html><head><title>Post</title><link rel="alternate" type="application/rss+xml" href="/world.xml"></head><body><a href="/a">Talks</a></body></html>`)
	c, _ := open(t, Options{})
	all(c, s.URL+"/", nil, nil).wants(t, "no article", "it announces the feed "+s.URL+"/world.xml")
}
