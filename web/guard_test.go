package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

const aStory = `{"text":"Iran condemned Pakistan on Sunday.","date":"2024-07-01"}`

// A page of another site whose name leads here (DNS rebinding) is refused, whatever it
// asks.
func TestOtherNamesAreRefused(t *testing.T) {
	x := serve(t, func(o *Options) { o.Hosts = []string{"desk.example"} })
	for _, c := range []struct {
		host   string
		status int
	}{
		{"evil.example", 421}, {"evil.example:8080", 421}, {"localhost.evil.example", 421}, {"127.0.0.1.evil.example", 421}, {"localhost", 200},
		{"localhost:8080", 200}, {"LOCALHOST:1", 200}, {"127.0.0.1:8080", 200}, {"[::1]:8080", 200}, {"desk.example", 200}, {"desk.example:443", 200},
		{"xdesk.example", 421},
	} {
		for _, path := range []string{"/api/records", "/", "/metrics", "/openapi.json", "/api/stream"} {
			if c.status == 200 && path == "/api/stream" {
				continue
			}
			if g := x.ask("GET", path, "", "Host", c.host); g.StatusCode != c.status {
				t.Errorf("GET %s as %s gives %s", path, c.host, g.Status)
			}
		}
	}
}

// What a page of another site makes a browser send changes nothing.
func TestOtherSitesCannotWrite(t *testing.T) {
	x := serve(t)
	host := strings.TrimPrefix(x.base, "http://")
	for _, c := range []struct {
		name   string
		header []string
		status int
	}{
		{"another site's script", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, 403},
		{"an old browser", []string{"Origin", "https://evil.example"}, 403},
		{"no origin to tell", []string{"Origin", "null"}, 403},
		{"another port of this machine", []string{"Origin", "http://127.0.0.1:1", "Sec-Fetch-Site", "same-site"}, 403},
		{"a form", []string{"Origin", "https://evil.example", "Content-Type", "application/x-www-form-urlencoded"}, 403},
		{"a form without origin", []string{"Sec-Fetch-Site", "cross-site", "Content-Type", "text/plain"}, 403},
		{"a form that is plain text", []string{"Content-Type", "text/plain"}, 415},
		{"the page itself", []string{"Origin", "http://" + host, "Sec-Fetch-Site", "same-origin"}, 201},
		{"a program", nil, 200},
	} {
		if g := x.ask("POST", "/api/stories", aStory, c.header...); g.StatusCode != c.status {
			t.Errorf("%s: a story posted gives %s: %s", c.name, g.Status, g.body)
		}
	}
	if g := x.ask("DELETE", "/api/corrections/1", "", "Sec-Fetch-Site", "cross-site"); g.StatusCode != 403 {
		t.Errorf("another site's DELETE gives %s", g.Status)
	}
}

func TestToken(t *testing.T) {
	const secret = "a secret of many letters"
	for _, public := range []bool{false, true} {
		x := serve(t, func(o *Options) { o.Token, o.PublicRead = secret, public })
		reads := map[bool]int{false: 401, true: 200}[public]
		for _, c := range []struct {
			method, path, body, given string
			status                    int
		}{
			{"GET", "/api/records", "", "", reads}, {"GET", "/api/records", "", "Bearer wrong", reads}, {"GET", "/api/records", "", "Bearer " + secret, 200},
			{"GET", "/api/pairs/IRN-PAK/brief", "", "", reads}, {"GET", "/metrics", "", "", reads}, {"GET", "/alerts.rss", "", "", reads},
			{"GET", "/api/about", "", "", 200}, {"GET", "/healthz", "", "", 200}, {"GET", "/", "", "", 200},
			{"POST", "/api/stories", aStory, "", 401}, {"POST", "/api/stories", aStory, "Bearer wrong", 401}, {"POST", "/api/stories", aStory, "Basic " + secret, 401},
			{"DELETE", "/api/corrections/1", "", "", 401}, {"POST", "/api/explain", aStory, "", 401},
			{"POST", "/api/stories", aStory, "Bearer " + secret, 201},
		} {
			g := x.ask(c.method, c.path, c.body, "Authorization", c.given)
			if g.StatusCode != c.status {
				t.Errorf("public %t: %s %s with %q gives %s, want %d", public, c.method, c.path, c.given, g.Status, c.status)
			}
			if g.StatusCode == 401 && g.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s %s is refused without saying what is wanted", c.method, c.path)
			}
		}
	}
}

// A wrong parameter gives a 422 that names it; nothing that is asked gives a 500.
func TestBadParametersAreNamed(t *testing.T) {
	x := serve(t)
	for _, c := range []struct{ path, location, says string }{
		{"/api/records?actor=Irna", "query.actor", "did you mean Iran (IRN)?"},
		{"/api/records?either=IRN-Pakstan", "query.either", "Pakistan (PAK)"},
		{"/api/records?either=IRN-PAK,Xyzzy", "query.either", "no state"},
		{"/api/records?event=HUG", "query.event", "ASSAULT"},
		{"/api/records?quad=9", "query.quad", "1 to 4"},
		{"/api/records?quad=x", "query.quad", "invalid integer"},
		{"/api/records?aux=maybe", "query.aux", "hypothetical"},
		{"/api/records?issue=kashmr", "query.issue", "kashmir?"},
		{"/api/records?kind=thing", "query.kind", "claim"},
		{"/api/records?from=yesterday", "query.from", "YYYY-MM-DD"},
		{"/api/records?from=2024-13", "query.from", "YYYY-MM-DD"},
		{"/api/records?from=2024&to=2023", "query.to", "is before 2024"},
		{"/api/records?published_from=2024&published_to=2023", "query.published_to", "before"},
		{"/api/records?confidence=2", "query.confidence", ""},
		{"/api/records?limit=100000", "query.limit", ""},
		{"/api/records?limit=-1", "query.limit", ""},
		{"/api/records?cursor=!!", "query.cursor", "next"},
		{"/api/records?cursor=MjAyNC0wNS0zMg", "query.cursor", "next"},
		{"/api/records?order=sideways", "query.order", ""},
		{"/api/records?format=pdf", "query.format", "csv"},
		{"/api/records?id='--", "query.id", "base 16"},
		{"/api/records?nonsense=1", "query.nonsense", "unknown"},
		{"/api/records/xyz", "path.id", "id"},
		{"/api/counts?by=colour", "query.by", "month"},
		{"/api/counts?format=parquet", "query.by", ""},
		{"/api/pairs?since=2024&on=2020", "query.on", "before since"},
		{"/api/pairs/IRN", "path.pair", "IRN-PAK"},
		{"/api/pairs/IRN-IRN", "path.pair", "one country"},
		{"/api/pairs/IRN-Atlantis", "path.pair", "no state"},
		{"/api/pairs/IRN-PAK?step=year", "query.step", ""},
		{"/api/pairs/IRN-PAK?step=day&from=0001&to=2024", "query.step", "longer step"},
		{"/api/pairs/IRN-PAK?half_life=0", "query.half_life", ""},
		{"/api/pairs/IRN-PAK?from=2099", "query.from", "the last day"},
		{"/api/pairs/IRN-PAK?issue=kashmr", "query.issue", "kashmir?"},
		{"/api/pairs/IRN-PAK/anniversaries?within=400", "query.within", ""},
		{"/api/compare", "query.pair", "required"},
		{"/api/compare?pair=IRN-PAK&other=IRN", "query.other", "hyphen"},
		{"/api/compare?pair=IRN-PAK&from=2024&to=2023", "query.to", "before from"},
		{"/api/compare?pair=IRN-PAK&from=2099", "query.from", "the last day"},
		{"/api/compare?pair=IRN-PAK&other_from=2024&other_to=2023", "query.other_to", "before other_from"},
		{"/api/compare?pair=IRN-PAK&step=day&from=0001&to=2024", "query.step", "longer step"},
		{"/api/months?months=0", "query.months", ""},
		{"/api/visits?pair=IRN-PAK&country=IRN", "query.country", "not of both"},
		{"/api/visits?status=lost", "query.status", "done"},
		{"/api/actors/Atlantis", "path.code", "no state"},
		{"/api/changes?days=0", "query.days", ""},
		{"/api/corrections?record=xyz", "query.record", "base 16"},
	} {
		g := x.ask("GET", c.path, "")
		var p huma.ErrorModel
		if err := json.Unmarshal(g.body, &p); err != nil || g.StatusCode != 422 || g.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("GET %s gives %s of type %s: %s", c.path, g.Status, g.Header.Get("Content-Type"), g.body)
			continue
		}
		named := false
		for _, e := range p.Errors {
			named = named || e.Location == c.location && strings.Contains(e.Message, c.says)
		}
		if !named {
			t.Errorf("GET %s names no %s with %q: %s", c.path, c.location, c.says, g.body)
		}
	}
	for path, status := range map[string]int{"/api/nothing": 404, "/api/records/00000000000000aa": 404, "/api/stories/none": 404, "/api/issues/kashmr": 404,
		"/nothing": 404, "/assets/none.js": 404} {
		if g := x.ask("GET", path, ""); g.StatusCode != status || g.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("GET %s gives %s of type %s", path, g.Status, g.Header.Get("Content-Type"))
		}
	}
}

func TestBodiesAreBounded(t *testing.T) {
	x := serve(t)
	for _, c := range []struct {
		body   string
		status int
	}{
		{`{"text":"` + strings.Repeat("x", maxBody) + `"}`, 413},
		{`{"text":""}`, 422}, {`{"text":"   "}`, 422}, {`{"text":5}`, 422}, {`{"text":"a","more":1}`, 422}, {`{"text":"a","date":"2024-07"}`, 422},
		{`{"text":"a","date":"32 July"}`, 422}, {`[]`, 422}, {`{`, 400}, {strings.Repeat("[", 100_000), 400}, {"\xff\xfe", 400}, {``, 400},
	} {
		if g := x.ask("POST", "/api/stories", c.body, "Content-Type", "application/json"); g.StatusCode != c.status {
			t.Errorf("a body of %.30q gives %s: %.200s", c.body, g.Status, g.body)
		}
	}
}

func TestTooManyRequests(t *testing.T) {
	x := serve(t, func(o *Options) { o.Rate = 2 })
	var last got
	for range 30 {
		if last = x.ask("GET", "/api/about", ""); last.StatusCode == http.StatusTooManyRequests {
			break
		}
	}
	if last.StatusCode != http.StatusTooManyRequests || last.Header.Get("Retry-After") == "" {
		t.Errorf("thirty requests at two a second end with %s", last.Status)
	}
}

// Each answer says what a browser may do with it, and lets no script in.
func TestPolicy(t *testing.T) {
	x := serve(t)
	for _, path := range []string{"/", "/pair/IRN-PAK", "/api/records", "/api/nothing", "/api/pairs/IRN-PAK/brief?format=html", "/openapi.json"} {
		h := x.ask("GET", path, "").Header
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "script-src 'self'") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("GET %s has the policy %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("GET %s lacks headers: %v", path, h)
		}
	}
}

// A story's text is data wherever it is shown.
func TestHostileStory(t *testing.T) {
	x := serve(t)
	const evil = `<script>alert(1)</script> Iran's president </script><img src=x onerror=alert(2)> visited Pakistan on Monday "quoted' & more.`
	body, err := json.Marshal(map[string]string{"id": `../../<b>"evil"`, "title": "<img src=x onerror=alert(3)>", "text": evil, "date": "2024-07-02", "url": "javascript:alert(4)", "publisher": "<i>Evil</i>"})
	if err != nil {
		t.Fatal(err)
	}
	if g := x.ask("POST", "/api/stories", string(body)); g.StatusCode != 201 {
		t.Fatalf("the story is not taken: %s %s", g.Status, g.body)
	}
	var one readStory
	x.get("/api/stories/"+url.PathEscape(`../../<b>"evil"`), &one)
	if one.Story.Text != evil || one.Story.URL != "" {
		t.Errorf("the story comes back as %+v", one.Story)
	}
	page := string(x.get("/api/pairs/IRN-PAK/brief?format=html", nil).body)
	for _, tag := range []string{"<script", "<img", "<i>Evil", `href="javascript`} {
		if strings.Contains(page, tag) {
			t.Errorf("the brief's page has %s in it", tag)
		}
	}
	for _, path := range []string{"/api/records?story=" + url.QueryEscape(`../../<b>"evil"`), "/api/pairs?format=graphml", "/alerts.rss"} {
		if g := x.get(path, nil); strings.Contains(g.Header.Get("Content-Type"), "html") {
			t.Errorf("%s is HTML", path)
		}
	}
}

// readStory is the part of a StoryOne that tests read.
type readStory struct {
	Story             StoryText
	Records, Rejected []struct{ ID string }
}

// FuzzQuery holds that no question whatever gives a 500.
func FuzzQuery(f *testing.F) {
	for _, q := range []string{"actor=IRN", "cursor=MjAyNC0wNS0yMi82OTg3OTNlZjAwZDljZGMw", "either=IRN-PAK&from=2024", "id=00&limit=3", "place='; drop table records; --",
		"outlet=%25&language=\x00", "story=a,b,c&fold=false", "confidence=NaN", "actor=IRN GOV,PAK-IRN", "quad=1,2,3&aux=actual,future"} {
		f.Add(q)
	}
	x := serve(f)
	f.Fuzz(func(t *testing.T, query string) {
		for _, path := range []string{"/api/records", "/api/stories"} {
			r, err := http.NewRequest("GET", x.base+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.URL.RawQuery = url.PathEscape(query)
			if strings.IndexFunc(query, func(c rune) bool { return c <= ' ' || c > '~' }) < 0 {
				r.URL.RawQuery = query
			}
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Skip(err) // the client itself does not send it
			}
			response.Body.Close()
			if response.StatusCode >= 500 {
				t.Errorf("%s?%s gives %s", path, query, response.Status)
			}
		}
	})
}
