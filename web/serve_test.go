package web

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/nlp"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

var update = flag.Bool("update", false, "write the golden files anew")

// coded is the sample corpus in a store, made once; tests work on copies of it.
var coded = sync.OnceValues(func() (*corpus, error) {
	model, err := nlp.Load()
	if err != nil {
		return nil, err
	}
	book, err := codebook.Load(codebook.Shipped())
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "dyad-web-")
	if err != nil {
		return nil, err
	}
	c := &corpus{folder: folder, path: filepath.Join(folder, "corpus.duckdb"), book: book, pipeline: pipeline.New(model, book)}
	s, err := store.Open(c.path, store.Write)
	if err != nil {
		return nil, err
	}
	k := &pipeline.Keeper{Pipeline: c.pipeline, Store: s}
	if err := k.Open(context.Background()); err != nil {
		return nil, err
	}
	if _, err := k.Keep(context.Background(), ingest.ReadFile("../corpus/stories.jsonl", ingest.Options{})); err != nil {
		return nil, err
	}
	if err := pipeline.Fold(context.Background(), s); err != nil {
		return nil, err
	}
	return c, s.Close()
})

type corpus struct {
	folder, path string
	book         *codebook.Codebook
	pipeline     *pipeline.Pipeline
}

func TestMain(m *testing.M) {
	flag.Parse()
	status := m.Run()
	endBrowser()
	if c, err := coded(); err == nil && status == 0 {
		os.RemoveAll(c.folder)
	}
	os.Exit(status)
}

// A site is a running server over a copy of the corpus.
type site struct {
	t      testing.TB
	server *Server
	store  *store.DuckDB
	path   string
	base   string
	token  string
	stop   func() error
}

// serve starts a server over a copy of the corpus; it ends with the test.
func serve(t testing.TB, with ...func(*Options)) *site {
	t.Helper()
	c, err := coded()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "dyad.duckdb")
	data, err := os.ReadFile(c.path)
	if err == nil {
		err = os.WriteFile(path, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return serveStore(t, path, with...)
}

func serveStore(t testing.TB, path string, with ...func(*Options)) *site {
	t.Helper()
	c, err := coded()
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(path, store.Write)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Store: s, Pipeline: c.pipeline, Book: c.book, Version: "test", Rate: 1e6}
	for _, change := range with {
		change(&o)
	}
	ctx, cancel := context.WithCancel(context.Background())
	server, err := New(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx, listener) }()
	x := &site{t: t, server: server, store: s, path: path, base: "http://" + listener.Addr().String(), token: o.Token}
	x.stop = sync.OnceValue(func() error {
		cancel()
		err := <-ended
		if closed := s.Close(); err == nil {
			err = closed
		}
		return err
	})
	t.Cleanup(func() {
		if err := x.stop(); err != nil {
			t.Errorf("stopping the server: %v", err)
		}
	})
	return x
}

// A got is what came back.
type got struct {
	*http.Response
	body []byte
}

// ask sends a request; header are names and values in turn.
func (x *site) ask(method, path, body string, header ...string) got {
	x.t.Helper()
	r, err := http.NewRequest(method, x.base+path, strings.NewReader(body))
	if err != nil {
		x.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if x.token != "" {
		r.Header.Set("Authorization", "Bearer "+x.token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		switch {
		case header[i] == "Host":
			r.Host = header[i+1]
		case header[i+1] == "":
			r.Header.Del(header[i])
		default:
			r.Header.Set(header[i], header[i+1])
		}
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		x.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		x.t.Fatalf("%s %s: %v", method, path, err)
	}
	return got{response, text}
}

// get asks for an answer, which has to be a good one, and reads it.
func (x *site) get(path string, into any) got {
	x.t.Helper()
	g := x.ask("GET", path, "")
	if g.StatusCode != http.StatusOK {
		x.t.Fatalf("GET %s gives %s: %s", path, g.Status, g.body)
	}
	if into != nil {
		if err := json.Unmarshal(g.body, into); err != nil {
			x.t.Fatalf("GET %s: %v", path, err)
		}
	}
	return g
}

// records is a RecordList as a client reads it.
type records struct {
	Items []struct {
		ID, Kind, Story, Date, Text string
		Event                       []string
		Reports                     []struct{ Record, Story string }
		Reasons                     []struct{ Stage, Rule, Note string }
	}
	Stories map[string]StoryHead
	Total   int
	Next    string
}

// firstRecord is the id of the first record of a question.
func (x *site) firstRecord(query string) string {
	x.t.Helper()
	var list records
	x.get("/api/records?"+query, &list)
	if len(list.Items) == 0 {
		x.t.Fatalf("there is no record of %s", query)
	}
	return list.Items[0].ID
}

// verified fails the test when anything is wrong with what is stored.
func (x *site) verified() {
	x.t.Helper()
	_, err := x.store.Verify(context.Background(), func(fault string) { x.t.Errorf("the store has a fault: %s", fault) }, nil)
	if err != nil {
		x.t.Error(err)
	}
}

// golden compares a text with a file of testdata.
func golden(t *testing.T, name string, text []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, text) {
		t.Errorf("%s is not what it was; look at what changed and run go test ./web -update", path)
	}
}

func TestEveryPathAnswers(t *testing.T) {
	x := serve(t)
	record := x.firstRecord("either=IRN-PAK&kind=event")
	for _, c := range []struct{ path, has string }{
		{"/api/about", `"writable":true`},
		{"/api/coverage", `"stories":42`},
		{"/api/states", `{"code":"IRN","name":"Iran"}`},
		{"/api/codebook", `"id":"kashmir"`},
		{"/api/counts?by=month,event&kind=event&either=IRN-PAK", `"by":["month","event"]`},
		{"/api/counts?by=month&by=event", `"by":["month","event"]`},
		{"/api/records?either=Iran-Pakistan&event=assault", `"ASSAULT"`},
		{"/api/records?actor=IRN%20GOV&aux=actual&quad=1&confidence=0.5", `"sector":"GOV"`},
		{"/api/records?asserted_by=writer&from=2024-01&to=2024-01", `"date":"2024-01`},
		{"/api/records?id=" + record, `"total":1`},
		{"/api/records?kind=refusal", `"reason":"sport"`},
		{"/api/records?kind=events", `"kind":"event"`},
		{"/api/records?outlet=northgate&place=PAK", `Northgate Wire`},
		{"/api/records/" + record, `"rejected":false`},
		{"/api/stories?either=IRN-PAK", `"copies":1`},
		{"/api/stories/2024-01-17-pakistan-recalls-ambassador-after-iranian-strike", `"text":"Pakistan recalled`},
		{"/api/pairs", `"pair":"IRN-PAK"`},
		{"/api/pairs?states=3", `"sentence":"strained, mending`},
		{"/api/pairs/IRN-PAK", `"direction":"mending"`},
		{"/api/pairs/pakistan-iran?step=week&from=2024-01-01&to=2024-03", `"step":"week"`},
		{"/api/pairs/IRN-PAK?on=2024-01-18", `"level":"hostile"`},
		{"/api/pairs/IRN-PAK/brief", `"title":"Iran and Pakistan"`},
		{"/api/pairs/IRN-PAK?issue=trade&step=week", `"step":"week"`},
		{"/api/pairs/IRN-PAK/anniversaries?on=2024-05-20", `"on":"2023-05-20"`},
		{"/api/compare?pair=IRN-PAK", `"apart":false`},
		{"/api/compare?pair=IRN-PAK&other=IND-PAK&from=2023&to=2024-05&step=quarter", `"pair":"IND-PAK"`},
		{"/api/months?months=3&on=2024-02", `"month":"2023-12"`},
		{"/api/visits", `"visitor":"IRN"`},
		{"/api/visits?pair=IRN-PAK&status=done", `"level":"head of state"`},
		{"/api/expectations", `"uttered"`},
		{"/api/expectations?pair=IRN-PAK&status=open,overdue", `"status":"o`},
		{"/api/expectations?country=IND", `"who"`},
		{"/api/issues", `"id":"kashmir","name":"Kashmir","parties":["PAK","IND"]`},
		{"/api/issues/kashmir", `"holder":"PAK"`},
		{"/api/actors/Iran", `"office":"president"`},
		{"/api/changes?days=60", `"moves"`},
		{"/api/changes?on=2024-01-31", `"pair":"IRN-PAK"`},
		{"/api/failures", `"items":[]`},
		{"/api/sources", `"items":[`},
		{"/api/corrections", `"items":[]`},
		{"/api/alerts", `"items":[`},
		{"/openapi.json", `"openapi":"3.1.0"`},
		{"/healthz", "ok"},
		{"/readyz", "ready"},
		{"/metrics", "dyad_http_requests_total"},
		{"/", "<title>"},
		{"/pair/IRN-PAK", "<title>"},
	} {
		if g := x.get(c.path, nil); !strings.Contains(string(g.body), c.has) {
			t.Errorf("GET %s lacks %s: %.300s", c.path, c.has, g.body)
		}
	}
}

// A page's links lead somewhere: each record that an answer names by its id is in its
// evidence.
func TestEveryNumberHasItsSentence(t *testing.T) {
	x := serve(t)
	var pair PairOne
	x.get("/api/pairs/IRN-PAK", &pair)
	if len(pair.State.Movers) == 0 {
		t.Error("nothing moved the pair")
	}
	for _, m := range pair.State.Movers {
		if e := pair.Evidence[m.Record]; e.Text == "" || e.Story == "" || e.Publisher == "" || e.Rule == "" {
			t.Errorf("the mover %s has no sentence: %+v", m.Record, e)
		}
	}
	var visits VisitList
	x.get("/api/visits?pair=IRN-PAK", &visits)
	for _, v := range visits.Items {
		for _, id := range v.Records {
			if visits.Evidence[id].Text == "" {
				t.Errorf("the record %s of a visit has no sentence", id)
			}
		}
	}
	var changes ChangeList
	x.get("/api/changes?days=180", &changes)
	for _, f := range changes.Firsts {
		if changes.Evidence[f.Record].Text == "" {
			t.Errorf("the record %s of what was first has no sentence", f.Record)
		}
	}
}

// What is put side by side is what each side is by itself.
func TestCompare(t *testing.T) {
	x := serve(t)
	var c Comparison
	x.get("/api/compare?pair=IRN-PAK&from=2024-01-01&to=2024-01-31&step=month", &c)
	if c.Sides[1].From != "2023-12-01" || c.Sides[1].To != "2023-12-31" || c.Sides[0].Days != 31 || c.Sides[1].Pair != "IRN-PAK" {
		t.Errorf("beside January stands %s to %s of %s", c.Sides[1].From, c.Sides[1].To, c.Sides[1].Pair)
	}
	for _, side := range c.Sides {
		var alone PairOne
		x.get("/api/pairs/"+side.Pair+"?from="+side.From+"&to="+side.To+"&on="+side.To, &alone)
		if alone.Series.Total.Count != side.Series.Total.Count || alone.State.Sentence != side.State.Sentence {
			t.Errorf("%s to %s has %d happenings and is %q; by itself %d and %q", side.From, side.To, side.Series.Total.Count, side.State.Sentence,
				alone.Series.Total.Count, alone.State.Sentence)
		}
		for _, m := range side.State.Movers {
			if side.Evidence[m.Record].Text == "" {
				t.Errorf("the mover %s has no sentence", m.Record)
			}
		}
	}
	x.get("/api/compare?pair=IRN-PAK&from=2023-12-01&to=2024-05-22&other=IND-PAK", &c)
	if c.Sides[1].From != "2023-12-01" || c.Sides[1].To != "2024-05-22" || c.Sides[1].Pair != "IND-PAK" {
		t.Errorf("another pair is taken from %s to %s", c.Sides[1].From, c.Sides[1].To)
	}
}

// The months of the map add up to the pairs of the same time, and each anniversary has
// its sentence.
func TestMapByTime(t *testing.T) {
	x := serve(t)
	var months MonthList
	var pairs PairList
	x.get("/api/months?months=3&on=2024-03", &months)
	x.get("/api/pairs?since=2024-01-01&on=2024-03-31", &pairs)
	sum := map[string]int{}
	for _, m := range months.Months {
		for _, p := range m.Pairs {
			sum[p.Pair] += p.Friendly + p.HostileWords + p.HostileDeeds
		}
	}
	for _, p := range pairs.Pairs {
		if sum[p.Pair] != p.told() {
			t.Errorf("%s has %d happenings month by month and %d at once", p.Pair, sum[p.Pair], p.told())
		}
	}
	if len(months.Months) != 3 || len(sum) != len(pairs.Pairs) || months.Months[0].Stories == 0 {
		t.Errorf("%d months with %d pairs, want 3 with %d", len(months.Months), len(sum), len(pairs.Pairs))
	}
	var past AnniversaryList
	x.get("/api/pairs/IRN-PAK/anniversaries?on=2024-05-20", &past)
	if len(past.Items) != 1 || past.Items[0].Years != 1 || len(past.Years) != 2 {
		t.Fatalf("%d anniversaries over %d years", len(past.Items), len(past.Years))
	}
	for _, a := range past.Items[0].Acts {
		if past.Evidence[a.Record].Text == "" {
			t.Errorf("the record %s has no sentence", a.Record)
		}
	}
}

// Over one issue a pair has a series and change points of its own.
func TestSeriesOverAnIssue(t *testing.T) {
	x := serve(t)
	var all, trade PairOne
	x.get("/api/pairs/IRN-PAK", &all)
	x.get("/api/pairs/IRN-PAK?issue=trade", &trade)
	if len(all.Changes) == 0 || len(all.Changes) != len(all.State.Changes) {
		t.Errorf("the pair has %d change points, its state %d", len(all.Changes), len(all.State.Changes))
	}
	if n := trade.Series.Total.Count; n == 0 || n >= all.Series.Total.Count || len(trade.Series.Periods) != len(all.Series.Periods) || len(trade.Changes) >= len(all.Changes) {
		t.Errorf("over trade there are %d happenings in %d periods with %d change points", n, len(trade.Series.Periods), len(trade.Changes))
	}
}

func TestOpenAPI(t *testing.T) {
	x := serve(t)
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, x.get("/openapi.json", nil).body, "", " "); err != nil {
		t.Fatal(err)
	}
	pretty.WriteByte('\n')
	golden(t, "openapi.json", pretty.Bytes())
}

func TestForms(t *testing.T) {
	x := serve(t)
	for _, c := range []struct{ path, accept, contentType, begins string }{
		{"/api/records?kind=event", "text/csv", "text/csv; charset=utf-8", ""},
		{"/api/records?format=csv&actor=TUV", "", "text/csv; charset=utf-8", ""},
		{"/api/records?kind=event", "application/x-ndjson", "application/x-ndjson", `{"kind":"event"`},
		{"/api/records?kind=event", "application/vnd.apache.parquet", "application/vnd.apache.parquet", "PAR1"},
		{"/api/records?format=geojson", "", "application/geo+json", `{"type":"FeatureCollection"`},
		{"/api/records?format=gold&either=IRN-PAK&kind=event", "", "application/x-ndjson", `{"id":"`},
		{"/api/counts?by=event&format=csv", "", "text/csv; charset=utf-8", "event,count\n"},
		{"/api/counts?by=event&format=jsonl", "", "application/x-ndjson", `{"count":`},
		{"/api/counts?by=event", "application/parquet", "application/vnd.apache.parquet", "PAR1"},
		{"/api/stories?format=csv", "", "text/csv; charset=utf-8", "id,date"},
		{"/api/stories?format=jsonl&text=true", "", "application/x-ndjson", `{"id":"`},
		{"/api/stories?format=parquet", "", "application/vnd.apache.parquet", "PAR1"},
		{"/api/pairs?format=graphml", "", "application/graphml+xml", "<?xml"},
		{"/api/pairs", "text/csv", "text/csv; charset=utf-8", "pair,a,b"},
		{"/api/pairs/IRN-PAK/brief", "text/html,application/xhtml+xml", "text/html; charset=utf-8", "<!DOCTYPE html>"},
		{"/api/pairs/IRN-PAK/brief?format=md", "", "text/markdown; charset=utf-8", "# Iran and Pakistan"},
		{"/api/corrections?format=gold", "", "application/x-ndjson", ""},
		{"/api/records", "*/*", "application/json", `{"items"`},
		{"/api/records", "text/html, */*;q=0.1", "application/json", `{"items"`},
	} {
		g := x.ask("GET", c.path, "", "Accept", c.accept)
		if g.StatusCode != 200 || g.Header.Get("Content-Type") != c.contentType || !strings.HasPrefix(string(g.body), c.begins) {
			t.Errorf("GET %s as %q gives %s of type %q: %.100s", c.path, c.accept, g.Status, g.Header.Get("Content-Type"), g.body)
		}
	}
	page := x.get("/api/pairs/IRN-PAK/brief?format=html", nil)
	if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "style-src 'self' 'sha256-") || strings.Contains(csp, "unsafe") {
		t.Errorf("the brief's page has the policy %q", csp)
	}
	var lines, counted int
	for line := range bytes.Lines(x.get("/api/records?format=jsonl", nil).body) {
		lines++
		if !json.Valid(line) {
			t.Errorf("no JSON: %s", line)
		}
	}
	var list records
	if x.get("/api/records?limit=1", &list); list.Total != lines {
		t.Errorf("%d lines, but a total of %d", lines, list.Total)
	}
	var counts CountList
	x.get("/api/counts?by=kind", &counts)
	for _, c := range counts.Items {
		counted += int(c["count"].(float64))
	}
	if counted != lines {
		t.Errorf("%d lines, but %d counted", lines, counted)
	}
}

func TestPages(t *testing.T) {
	x := serve(t)
	for _, order := range []string{"newest", "oldest"} {
		for _, fold := range []bool{true, false} {
			var all, page records
			query := fmt.Sprintf("/api/records?order=%s&fold=%t", order, fold)
			x.get(query+"&limit=1000", &all)
			seen := map[string]bool{}
			var ids []string
			for cursor := ""; ; cursor = page.Next {
				page = records{}
				x.get(query+"&limit=7&cursor="+cursor, &page)
				for _, r := range page.Items {
					if seen[r.ID] {
						t.Fatalf("%s gives the record %s twice", query, r.ID)
					}
					seen[r.ID] = true
					ids = append(ids, r.ID)
				}
				if page.Next == "" {
					break
				}
			}
			if len(ids) != len(all.Items) || len(ids) != all.Total {
				t.Errorf("%s: %d on pages, %d at once, %d in all", query, len(ids), len(all.Items), all.Total)
			}
			for i := range ids {
				if ids[i] != all.Items[i].ID {
					t.Fatalf("%s: pages have %s where the whole list has %s", query, ids[i], all.Items[i].ID)
				}
			}
		}
	}
}

// What is stored meanwhile neither repeats nor hides anything on the pages to come.
func TestPagesStayWhereTheyAre(t *testing.T) {
	x := serve(t)
	var before, first, second records
	x.get("/api/records?limit=40", &before)
	x.get("/api/records?limit=20", &first)
	x.ask("POST", "/api/stories", `{"id":"new","date":"2024-07-01","text":"India condemned Pakistan on Sunday."}`)
	x.get("/api/records?limit=20&cursor="+first.Next, &second)
	for i, r := range second.Items {
		if r.ID != before.Items[20+i].ID {
			t.Fatalf("the second page has %s where it had %s", r.ID, before.Items[20+i].ID)
		}
	}
	var stories struct {
		Items []StoryHead
		Next  string
	}
	n := 0
	for cursor := ""; ; cursor = stories.Next {
		x.get("/api/stories?limit=5&cursor="+cursor, &stories)
		n += len(stories.Items)
		if stories.Next == "" {
			break
		}
	}
	if n != 43 {
		t.Errorf("%d stories on pages, want 43", n)
	}
}

func TestETag(t *testing.T) {
	x := serve(t)
	for _, path := range []string{"/api/pairs", "/api/records?kind=event", "/api/pairs/IRN-PAK/brief?format=html"} {
		tag := x.get(path, nil).Header.Get("ETag")
		if tag == "" {
			t.Errorf("%s has no ETag", path)
		}
		if g := x.ask("GET", path, "", "If-None-Match", tag); g.StatusCode != http.StatusNotModified || len(g.body) > 0 {
			t.Errorf("%s is asked for again and gives %s", path, g.Status)
		}
		if g := x.ask("GET", path, "", "If-None-Match", `"other", W/`+strings.TrimPrefix(tag, "W/")); g.StatusCode != http.StatusNotModified {
			t.Errorf("%s is asked for again with two tags and gives %s", path, g.Status)
		}
		if again := x.get(path, nil); again.Header.Get("ETag") != tag {
			t.Errorf("%s has another ETag though nothing changed", path)
		}
	}
	if a, b := x.get("/api/records", nil).Header.Get("ETag"), x.ask("GET", "/api/records", "", "Accept", "text/csv").Header.Get("ETag"); a == b {
		t.Error("two forms of an answer have one ETag")
	}
	tag := x.get("/api/pairs", nil).Header.Get("ETag")
	record := x.firstRecord("kind=event")
	x.ask("POST", "/api/records/"+record+"/correction", `{"action":"reject","author":"Ann","note":"no"}`)
	if g := x.ask("GET", "/api/pairs", "", "If-None-Match", tag); g.StatusCode != http.StatusOK {
		t.Errorf("after a correction an old tag gives %s", g.Status)
	}
}
