package fetch

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestRobotsRules(t *testing.T) {
	const text = "\ufeff# a comment\nUser-Agent: *\nDisallow: /\n\nuser-agent: Dyad/2.0\nUser-agent: other\nnonsense\nAllow /typo\n" +
		"Disallow: /private # not this\nAllow: /private/press\nDisallow: /*.pdf$\nDisallow: /search*?q=\nDisallow: /tie\nAllow: /tie\nDisallow:\n" +
		"Disallow: /%7euser\nCrawl-delay: ten\nCrawl-delay: 2.5\r\n\r\nUser-agent: somebody\nDisallow: /news\n\nUser-agent: dyad\nDisallow: /more"
	r := parseRobots([]byte(text), "dyad")
	for path, want := range map[string]bool{
		"/": true, "/news": true, "/private": false, "/private/a": false, "/private/press/1": true, "/a.pdf": false, "/a.pdf?x": true, "/a.pdfx": true,
		"/search?q=x": false, "/search/a?q=x": false, "/search?p=x": true, "/tie": true, "/~user": false, "/%7Euser/1": false, "/more": false, "/Private": true,
	} {
		if got := r.allows(path); got != want {
			t.Errorf("%s: %t", path, got)
		}
	}
	if r.delay != 2500*time.Millisecond {
		t.Errorf("the delay is %s", r.delay)
	}
	if r := parseRobots([]byte(text), "reader"); r.allows("/news") {
		t.Error("without a group of its own an agent takes that of *")
	}
}

// Patterns of many stars against long paths take no time to speak of.
func TestRobotsOfStars(t *testing.T) {
	line := "Disallow: /" + strings.Repeat("*a", 1000) + "b\n"
	r := parseRobots([]byte("User-agent: *\n"+strings.Repeat(line, 200)), "dyad")
	if !r.allows("/" + strings.Repeat("a", 4000)) {
		t.Error("a pattern that does not match")
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$", "/a/b")
	f.Add("user-agent:dyad\rallow:*\r\ndisallow:$", "/")
	f.Fuzz(func(_ *testing.T, text, path string) {
		r := parseRobots([]byte(text), "dyad")
		r.allows(path)
	})
}

func TestRobotsAreHonoured(t *testing.T) {
	s := newSite(t)
	s.says("/robots.txt", "text/plain", "User-agent: *\nDisallow: /members")
	s.says("/a", "text/html", article(talks))
	s.says("/members/b", "text/html", article(talks))
	s.mux.HandleFunc("/on", redirectTo("/members/b"))
	c, k := open(t, Options{})
	all(c, s.URL+"/a", nil, nil).one(t)
	all(c, s.URL+"/members/b", nil, nil).wants(t, "robots.txt")
	all(c, s.URL+"/on", nil, nil).wants(t, "robots.txt")
	if s.times("/robots.txt") != 1 || s.times("/members/b") != 0 {
		t.Errorf("asked for %v", s.asked)
	}
	_ = k.Sleep(context.Background(), 25*time.Hour)
	all(c, s.URL+"/a", nil, nil).one(t)
	if s.times("/robots.txt") != 2 {
		t.Errorf("after a day the rules were asked for %d times", s.times("/robots.txt"))
	}
}

// A host without rules permits all; one whose rules fail is left alone for the
// moment; rules that are known already count on when asking for them again fails.
func TestRobotsThatFail(t *testing.T) {
	s := newSite(t)
	status := 500
	s.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		if status == 200 {
			fmt.Fprint(w, "User-agent: dyad\nDisallow: /b")
		}
	})
	s.says("/a", "text/html", article(talks))
	s.says("/b", "text/html", article(talks))
	c, k := open(t, Options{})
	all(c, s.URL+"/a", nil, nil).wants(t, "/robots.txt", "500", "left alone")
	all(c, s.URL+"/a", nil, nil).wants(t, "left alone")
	if s.times("/robots.txt") != 1 || s.times("/a") != 0 {
		t.Errorf("asked for %v", s.asked)
	}
	_ = k.Sleep(context.Background(), robotsRetry)
	status = 200
	all(c, s.URL+"/a", nil, nil).one(t)
	_ = k.Sleep(context.Background(), robotsKept)
	status = 503
	all(c, s.URL+"/a", nil, nil).one(t)
	all(c, s.URL+"/b", nil, nil).wants(t, "robots.txt")
	_ = k.Sleep(context.Background(), robotsKept)
	status = 403
	all(c, s.URL+"/b", nil, nil).one(t)
}

func TestRobotsAreBounded(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		line := []byte("User-agent: *\nDisallow: /b\n" + strings.Repeat("#", 5000) + "\n")
		for {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
	})
	s.says("/a", "text/html", article(talks))
	s.says("/b", "text/html", article(talks))
	c, _ := open(t, Options{})
	all(c, s.URL+"/a", nil, nil).one(t)
	all(c, s.URL+"/b", nil, nil).wants(t, "robots.txt")
}

// Requests to one host come one at a time with the pause that it asks for.
func TestPauseBetweenRequests(t *testing.T) {
	s := newSite(t)
	k := &clock{now: noon}
	var at []time.Duration
	s.says("/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 7")
	s.mux.HandleFunc("/p/", func(w http.ResponseWriter, _ *http.Request) {
		at = append(at, k.Now().Sub(noon)) // the race detector sees two at a time
		fmt.Fprint(w, article(talks))
	})
	c := New(Options{AllowPrivate: true, Now: k.Now, Sleep: k.Sleep})
	defer c.Close()
	done := make(chan got)
	for i := range 4 {
		go func() { done <- all(c, fmt.Sprintf("%s/p/%d", s.URL, i), nil, nil) }()
	}
	for range 4 {
		(<-done).one(t)
	}
	// One second after robots.txt, whose delay was not known yet, then seven.
	want := []time.Duration{time.Second, 8 * time.Second, 15 * time.Second, 22 * time.Second}
	for i, d := range want {
		if at[i] != d {
			t.Errorf("the requests came at %v, want %v", at, want)
			break
		}
	}
	slow := newSite(t)
	slow.says("/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 86400")
	slow.says("/", "text/html", article(talks))
	before := k.Now()
	all(c, slow.URL+"/a", nil, nil).one(t)
	all(c, slow.URL+"/b", nil, nil).one(t)
	if d := k.Now().Sub(before); d != 31*time.Second {
		t.Errorf("a delay of a day is one of %s", d)
	}
}

func TestHostsAreForgotten(t *testing.T) {
	c, k := open(t, Options{})
	for i := range 3 * maxHosts {
		u, err := parseAddress(fmt.Sprintf("http://h%d.example/", i))
		if err != nil {
			t.Fatal(err)
		}
		h, release, err := c.take(context.Background(), u)
		if err != nil {
			t.Fatal(err)
		}
		h.rules["http"] = hostRules{until: k.Now().Add(robotsKept)}
		release()
	}
	if len(c.hosts) > maxHosts {
		t.Errorf("%d hosts are remembered", len(c.hosts))
	}
}
