package fetch

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/opendyad/dyad"
)

// However many failures, the wait lies within its bounds, and its upper bound grows.
func TestBackoff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		failures := rapid.OneOf(rapid.IntRange(0, 20), rapid.IntRange(0, math.MaxInt)).Draw(t, "failures")
		random := rapid.Float64Range(0, 0.999999).Draw(t, "random")
		d := backoff(failures, random)
		if d < backoffLeast || d > backoffMost {
			t.Fatalf("%d failures wait %s", failures, d)
		}
		if failures < math.MaxInt && backoff(failures+1, random) < d {
			t.Fatalf("%d failures wait %s and one more %s", failures, d, backoff(failures+1, random))
		}
		if full := backoff(failures, 0.999999); failures > 8 && full < backoffMost*9/10 {
			t.Fatalf("%d failures wait at most %s", failures, full)
		}
	})
}

// feedsOf makes a feeds list of paths of a site.
func feedsOf(s *site, paths ...string) (feeds []Feed) {
	for _, p := range paths {
		feeds = append(feeds, Feed{Address: s.URL + p, Outlet: "Outlet " + p})
	}
	return feeds
}

// A feed that fails for ever, one that never answers and one that is gone cost the
// others nothing.
func TestFollow(t *testing.T) {
	s, silent := newSite(t), newSite(t)
	s.mux.HandleFunc("/good", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, rss(rssItem(fmt.Sprintf("/missing/%d", s.times("/good")), monday, talks)))
	})
	s.mux.HandleFunc("/bad", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
	s.mux.HandleFunc("/gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) })
	s.says("/quiet", "text/xml", rss())
	silent.mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	c, k := open(t, Options{IdleTimeout: 100 * time.Millisecond, Workers: 3})
	feeds := append(feedsOf(s, "/good", "/bad", "/gone", "/quiet", "/good#again"), feedsOf(silent, "/silent")...)
	saved := map[string]State{}
	stories := map[string]bool{}
	worst := 0
	err := c.Follow(context.Background(), feeds, nil, func(id string) bool { return stories[id] }, func(st dyad.Story, err error) bool {
		if err != nil {
			return true
		}
		if stories[st.ID] || st.Publisher != "Outlet /good" {
			t.Errorf("the story %s of %q", st.ID, st.Publisher)
		}
		stories[st.ID] = true
		return true
	}, func(state State) error {
		saved[state.Address] = state
		worst = max(worst, state.Failures)
		if wait := state.NextTry.Sub(state.LastTried); wait < backoffLeast && state.Kind != KindGone {
			t.Errorf("%s is asked again after %s", state.Address, wait)
		}
		if len(stories) >= 100 && worst >= 100 && s.times("/quiet") > 10 {
			return errors.New("enough")
		}
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "keeping the state of the feed") || !strings.Contains(err.Error(), "enough") {
		t.Fatalf("following ended with %v", err)
	}
	if s.times("/gone") != 1 || saved[s.URL+"/gone"].Kind != KindGone {
		t.Errorf("what is gone was asked for %d times: %+v", s.times("/gone"), saved[s.URL+"/gone"])
	}
	if saved[s.URL+"/bad"].Failures < 100 {
		t.Errorf("the bad feed has the state %+v", saved[s.URL+"/bad"])
	}
	if k.Now().Sub(noon) < 100*backoffLeast {
		t.Errorf("only %s went by", k.Now().Sub(noon))
	}
}

func TestFollowEnds(t *testing.T) {
	s := newSite(t)
	s.says("/feed", "text/xml", rss(rssItem("/a", monday, talks), rssItem("/b", monday, talks)))
	s.mux.HandleFunc("/gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) })
	c, _ := open(t, Options{})
	save := func(State) error { return nil }

	n := 0
	err := c.Follow(context.Background(), feedsOf(s, "/feed"), nil, nil, func(dyad.Story, error) bool { n++; return false }, save)
	if err != nil || n != 1 {
		t.Errorf("a caller who wants no more got %d stories and %v", n, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	saved := 0
	err = c.Follow(ctx, feedsOf(s, "/feed"), nil, nil, func(dyad.Story, error) bool { cancel(); return true }, func(State) error { saved++; return nil })
	if err != nil || saved > 0 {
		t.Errorf("a context that ends in the middle saves %d states and gives %v", saved, err)
	}
	told := 0
	err = c.Follow(context.Background(), feedsOf(s, "/gone"), nil, nil, func(_ dyad.Story, err error) bool { told++; return err != nil }, save)
	if err == nil || !strings.Contains(err.Error(), "none is left") || told != 1 {
		t.Errorf("when all feeds are gone, %d errors and %v", told, err)
	}
	states := map[string]State{s.URL + "/gone": {Address: s.URL + "/gone", Kind: KindGone}}
	err = c.Follow(context.Background(), feedsOf(s, "/gone"), states, nil, func(_ dyad.Story, err error) bool { told++; return err != nil }, save)
	if err == nil || told != 2 || s.times("/gone") != 1 {
		t.Errorf("a feed that was gone before is asked for %d times, %d errors and %v", s.times("/gone"), told, err)
	}
	if err := c.Follow(context.Background(), nil, nil, nil, nil, nil); err == nil {
		t.Error("following nothing is no error")
	}
}

// By the real clock: a signal, whose context has a cause of its own, ends the wait for
// the next poll at once.
func TestFollowBySystemClock(t *testing.T) {
	s := newSite(t)
	s.says("/feed", "text/xml", rss(rssItem("/a", monday, talks)))
	c := New(Options{AllowPrivate: true, HostDelay: -1, Random: func() float64 { return 0 }})
	defer c.Close()
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	stories := 0
	err := c.Follow(ctx, feedsOf(s, "/feed"), nil, nil, func(dyad.Story, error) bool { stories++; return true }, func(State) error {
		cancel(errors.New("interrupted"))
		return nil
	})
	if err != nil || stories != 1 {
		t.Errorf("got %d stories and %v", stories, err)
	}
	if err := sleep(ctx, time.Hour); err == nil {
		t.Error("a context that has ended lets nobody sleep")
	}
}

// New items make a feed be asked more often, none more seldom; the interval goes on
// from the state that was saved, and a feed that is not due waits.
func TestFollowSchedule(t *testing.T) {
	s := newSite(t)
	news := true
	s.mux.HandleFunc("/feed", func(w http.ResponseWriter, _ *http.Request) {
		link := "/same"
		if news {
			link = fmt.Sprintf("/missing/%d", s.times("/feed"))
		}
		fmt.Fprint(w, rss(rssItem(link, monday, talks)))
	})
	c, k := open(t, Options{Random: func() float64 { return 0.5 }})
	var waits []time.Duration
	have := map[string]bool{s.URL + "/same": true}
	var last State
	follow := func(states map[string]State, polls int) {
		waits = nil
		_ = c.Follow(context.Background(), feedsOf(s, "/feed"), states, func(id string) bool { return have[id] },
			func(dyad.Story, error) bool { return true },
			func(state State) error {
				last = state
				waits = append(waits, state.NextTry.Sub(k.Now()))
				if len(waits) == polls {
					return errors.New("enough")
				}
				return nil
			})
	}
	follow(nil, 2)
	if waits[0] != 5*time.Minute || waits[1] != 5*time.Minute {
		t.Errorf("with news the waits are %v", waits)
	}
	news = false
	due := last.NextTry
	follow(map[string]State{last.Address: last}, 8)
	if waits[0] <= 5*time.Minute || waits[7] != time.Hour {
		t.Errorf("without news the waits are %v", waits)
	}
	if k.Now().Before(due) {
		t.Error("a feed was asked before it was due")
	}
}

func TestReadFeeds(t *testing.T) {
	feeds, err := ReadFeeds(strings.NewReader("\ufeff# mine\r\n\nhttps://post.example/feed | Brennburg Post | GBR | en\r\nhttps://b.example/x\thttps|Times\t\tfr\nhttps://c.example/\n"), "mine.txt")
	want := []Feed{{"https://post.example/feed", "Brennburg Post", "GBR", "en"}, {"https://b.example/x", "https|Times", "", "fr"}, {"https://c.example/", "", "", ""}}
	if err != nil || fmt.Sprint(feeds) != fmt.Sprint(want) {
		t.Errorf("got %q, %v", feeds, err)
	}
	_, err = ReadFeeds(strings.NewReader("https://a.example/ | A | UK | english\nftp://b.example/\n\nhttps://A.example:443/?utm_source=x\nhttps://a.example/ | a | GBR | en | more\nhttps://c.example\nhttps://c.example/\n"+strings.Repeat("x", 1<<17)), "bad.txt")
	for _, words := range []string{`bad.txt:1: the country "UK"`, `bad.txt:1: the language "english"`, "bad.txt:2: the address ftp://b.example/", "bad.txt:5: 5 fields", "bad.txt:7: the address https://c.example/ stands on line 6", "bad.txt:8: the line is longer"} {
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("the error does not say %q:\n%v", words, err)
		}
	}
}

func TestShippedFeeds(t *testing.T) {
	feeds, err := ReadFeeds(strings.NewReader(Shipped()), "feeds.txt")
	if err != nil {
		t.Fatal(err)
	}
	countries := map[string]bool{}
	for _, f := range feeds {
		countries[f.Country] = true
		if f.Outlet == "" || f.Language != "en" {
			t.Errorf("%+v", f)
		}
	}
	if len(feeds) < 45 || len(countries) < 30 {
		t.Errorf("%d feeds of %d countries", len(feeds), len(countries))
	}
}

// Feeds that are asked once are all asked, and then it ends, also when one is gone for
// good from an earlier time.
func TestPoll(t *testing.T) {
	s := newSite(t)
	s.says("/a", "text/xml", rss(rssItem("/missing/1", monday, talks)))
	s.says("/b", "text/xml", rss())
	c, _ := open(t, Options{})
	now := c.options.Now()
	states := map[string]State{
		s.URL + "/gone": {Address: s.URL + "/gone", Kind: KindGone},
		s.URL + "/b":    {Address: s.URL + "/b", Kind: KindRSS, LastTried: now, NextTry: now.Add(time.Hour)},
	}
	given, gone, saved := 0, 0, map[string]bool{}
	err := c.Poll(context.Background(), feedsOf(s, "/gone", "/a", "/b", "/a#again"), states, nil, func(_ dyad.Story, err error) bool {
		if err != nil {
			gone++
		} else {
			given++
		}
		return true
	}, func(state State) error { saved[state.Address] = true; return nil })
	if err != nil || given != 1 || gone != 1 || len(saved) != 2 || s.times("/b") != 1 || s.times("/gone") != 0 {
		t.Errorf("%v; %d stories, %d gone, %v saved", err, given, gone, saved)
	}
	if err := c.Poll(context.Background(), feedsOf(s, "/gone"), states, nil, func(dyad.Story, error) bool { return true }, nil); err != nil {
		t.Errorf("when all are gone: %v", err)
	}
}
