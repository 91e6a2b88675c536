package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

func TestPostStory(t *testing.T) {
	x := serve(t)
	story := `{"id":"a1","date":"2024-07-01","title":"Iran condemns","text":"Iran condemned Pakistan on Sunday over a raid.","publisher":"Wire"}`
	var first, again struct {
		Story   StoryHead
		Records []struct{ ID, Kind, Story string }
		Known   bool
	}
	for _, c := range []struct {
		body   string
		status int
		into   any
	}{{story, 201, &first}, {story, 200, &again}, {strings.Replace(story, "raid", "rail", 1), 409, nil}} {
		g := x.ask("POST", "/api/stories", c.body)
		if g.StatusCode != c.status {
			t.Fatalf("the story gives %s: %s", g.Status, g.body)
		}
		if c.into != nil {
			if err := json.Unmarshal(g.body, c.into); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(first.Records) == 0 || first.Known || !again.Known || !slices.Equal(first.Records, again.Records) || first.Story.Publisher != "Wire" {
		t.Errorf("first %+v, again %+v", first, again)
	}
	for _, c := range []struct{ body, note string }{
		{`{"text":"El presidente de Irán visitó Pakistán el lunes y habló con el primer ministro sobre el comercio entre los dos países. Después de la reunión los dos dijeron a los periodistas que la frontera estaba otra vez abierta para todos y que pronto habría un nuevo acuerdo.","lang":"es"}`, "language es"},
		{`{"text":"Nothing is told here."}`, ""},
	} {
		var got struct{ Story StoryHead }
		g := x.ask("POST", "/api/stories", c.body)
		if err := json.Unmarshal(g.body, &got); err != nil || g.StatusCode != 201 || got.Story.Note != c.note || got.Story.ID == "" {
			t.Errorf("%s gives %s %s", c.body, g.Status, g.body)
		}
	}
	x.verified()
}

// Many may post the same story at once: it is stored once, and all are told so.
func TestPostStoryAtOnce(t *testing.T) {
	x := serve(t)
	var wait sync.WaitGroup
	statuses := make([]int, 16)
	for i := range statuses {
		wait.Go(func() {
			body := fmt.Sprintf(`{"id":"same%d","text":"Iran condemned Pakistan on Sunday over raid %d."}`, i%2, i%2)
			statuses[i] = x.ask("POST", "/api/stories", body).StatusCode
		})
	}
	wait.Wait()
	created := 0
	for _, status := range statuses {
		if status == 201 {
			created++
		} else if status != 200 {
			t.Errorf("a story gives %d", status)
		}
	}
	if created != 2 {
		t.Errorf("%d stories are said to be new, want 2", created)
	}
	x.verified()
}

// What is answered is on the disk, though the server is stopped in the middle.
func TestStoppingLosesNothing(t *testing.T) {
	x := serve(t)
	var wait sync.WaitGroup
	var mutex sync.Mutex
	taken := map[string]bool{}
	began := make(chan struct{}, 64)
	for i := range 8 {
		wait.Go(func() {
			for j := range 200 {
				id := fmt.Sprintf("s%d-%d", i, j)
				r, err := http.Post(x.base+"/api/stories", "application/json", strings.NewReader(fmt.Sprintf(`{"id":%q,"text":"Iran condemned Pakistan on Sunday over raid %s."}`, id, id)))
				if err != nil {
					return // the server has gone
				}
				r.Body.Close()
				if r.StatusCode/100 == 2 {
					mutex.Lock()
					taken[id] = true
					mutex.Unlock()
				}
				select {
				case began <- struct{}{}:
				default:
				}
			}
		})
	}
	for range 8 {
		<-began
	}
	if err := x.stop(); err != nil {
		t.Fatal(err)
	}
	wait.Wait()
	s, err := store.Open(x.path, store.Read)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	heads, err := s.Heads(context.Background(), slices.Collect(maps.Keys(taken)))
	if err != nil {
		t.Fatal(err)
	}
	if len(taken) == 0 || len(heads) != len(taken) {
		t.Errorf("%d stories were taken, %d are stored", len(taken), len(heads))
	}
	if _, err := s.Verify(context.Background(), func(fault string) { t.Error(fault) }, nil); err != nil {
		t.Error(err)
	}
}

// countedPaths are answers that a record counts in.
var countedPaths = []string{"/api/counts?by=month,event&either=IRN-PAK&kind=event", "/api/pairs", "/api/pairs/IRN-PAK", "/api/pairs/IRN-PAK/brief", "/api/actors/IRN",
	"/api/records?either=IRN-PAK&limit=1000", "/api/coverage", "/api/records?format=csv&fold=false", "/api/issues", "/api/visits", "/api/expectations", "/api/changes?days=180"}

func (x *site) answers() map[string]string {
	out := map[string]string{}
	for _, path := range countedPaths {
		out[path] = string(x.get(path, nil).body)
	}
	return out
}

// A rejected record counts nowhere; when that is undone everything is as it was.
func TestReject(t *testing.T) {
	x := serve(t)
	const story = "2024-01-17-pakistan-recalls-ambassador-after-iranian-strike"
	var pair PairOne
	x.get("/api/pairs/IRN-PAK", &pair)
	record := pair.State.Movers[0].Record
	if pair.Evidence[record].Story != story {
		t.Fatalf("the strike that moved the pair is told in %s", pair.Evidence[record].Story)
	}
	before := x.answers()
	g := x.ask("POST", "/api/records/"+record+"/correction", `{"action":"reject","author":"Ann","note":"not this one"}`)
	var c readCorrection
	if err := json.Unmarshal(g.body, &c); err != nil || g.StatusCode != 201 || c.Author != "Ann" || c.Before.ID != record || c.After != nil || c.At == "" {
		t.Fatalf("rejecting gives %s: %s", g.Status, g.body)
	}
	x.verified()
	after := x.answers()
	for _, path := range []string{countedPaths[0], "/api/pairs", "/api/pairs/IRN-PAK", "/api/pairs/IRN-PAK/brief", "/api/actors/IRN", countedPaths[5], "/api/coverage"} {
		if before[path] == after[path] {
			t.Errorf("%s is as before", path)
		}
	}
	for path, text := range after {
		if strings.Contains(text, record) {
			t.Errorf("%s still names the record", path)
		}
	}
	var one struct {
		Rejected    bool
		Record      struct{ ID string }
		Corrections []readCorrection
	}
	if x.get("/api/records/"+record, &one); !one.Rejected || one.Record.ID != record || len(one.Corrections) != 1 {
		t.Errorf("the rejected record is %+v", one)
	}
	var st readStory
	if x.get("/api/stories/"+story, &st); len(st.Rejected) != 1 || st.Rejected[0].ID != record {
		t.Errorf("the story shows as rejected %+v", st.Rejected)
	}
	if g := x.ask("POST", "/api/records/"+record+"/correction", `{"action":"reject","author":"Bo","note":"me too"}`); g.StatusCode != 409 {
		t.Errorf("rejecting again gives %s", g.Status)
	}
	gold := string(x.get("/api/corrections?format=gold", nil).body)
	if !strings.Contains(gold, `"article":"`+story+`"`) || strings.Contains(gold, `"event":"ASSAULT"`) || !strings.Contains(gold, "Ann: not this one") {
		t.Errorf("gold is %s", gold)
	}
	if g := x.ask("DELETE", fmt.Sprintf("/api/corrections/%d", c.ID), ""); g.StatusCode != 200 {
		t.Errorf("undoing gives %s: %s", g.Status, g.body)
	}
	x.verified()
	for path, text := range x.answers() {
		if text != before[path] {
			t.Errorf("undone, %s is not as it was", path)
		}
	}
	if g := x.ask("DELETE", "/api/corrections/99", ""); g.StatusCode != 404 {
		t.Errorf("undoing nothing gives %s", g.Status)
	}
}

// readCorrection is a Correction as a client reads it.
type readCorrection struct {
	ID            int64
	Author, At    string
	Undone        string
	Stale         bool
	Before, After *struct {
		ID    string
		Event []string
		Mode  []string
		Quad  int `json:"quad_code"`
		Actor []struct{ Code, Sector string }
		Date  string
		Aux   []string
	}
}

// A corrected record counts as what is right, and coding again keeps it so.
func TestCorrect(t *testing.T) {
	x := serve(t)
	record := x.firstRecord("either=IRN-PAK&event=ASSAULT&kind=event")
	rejected := x.firstRecord("either=IRN-PAK&event=CONSULT&kind=event")
	for _, c := range []struct{ fields, location string }{
		{`{"event":"HUG"}`, "body.fields.event"}, {`{"mode":"drones"}`, "body.fields.mode"}, {`{"actor":["Irna"]}`, "body.fields.actor"},
		{`{"actor":["IRN-PAK"]}`, "body.fields.actor"}, {`{"date":"soon"}`, "body.fields.date"}, {`{"issue":["weather"]}`, "body.fields.issue"}, {`{"aux":["maybe"]}`, "body.fields.aux"},
		{`{"stance":"up"}`, "body.fields.stance"}, {`{"stance":"for"}`, "body.fields.stance"}, {`{"level":"minister"}`, "body.fields.level"}, {`{}`, "body.fields"}, {`{"colour":"red"}`, "body.fields.colour"},
	} {
		g := x.ask("POST", "/api/records/"+record+"/correction", `{"action":"correct","author":"Ann","note":"n","fields":`+c.fields+`}`)
		if g.StatusCode != 422 || !strings.Contains(string(g.body), `"`+c.location+`"`) {
			t.Errorf("the fields %s give %s: %s", c.fields, g.Status, g.body)
		}
	}
	for _, body := range []string{`{"action":"correct","author":"Ann","note":"n"}`, `{"action":"reject","author":"Ann","note":"n","fields":{}}`, `{"action":"reject","author":" ","note":"n"}`,
		`{"action":"reject","author":"Ann"}`, `{"action":"delete","author":"Ann","note":"n"}`} {
		if g := x.ask("POST", "/api/records/"+record+"/correction", body); g.StatusCode != 422 {
			t.Errorf("%s gives %s", body, g.Status)
		}
	}
	g := x.ask("POST", "/api/records/"+record+"/correction",
		`{"action":"correct","author":"Ann","note":"only a threat","fields":{"event":"threaten","actor":["IND MIL"],"date":"2024-02","aux":["hypothetical"]}}`)
	var c readCorrection
	if err := json.Unmarshal(g.body, &c); err != nil || g.StatusCode != 201 {
		t.Fatalf("correcting gives %s: %s", g.Status, g.body)
	}
	a := c.After
	if a == nil || a.ID != record || a.Event[0] != "THREATEN" || len(a.Mode) > 0 && a.Mode[0] != "" || a.Quad != 3 || a.Actor[0].Code != "IND" || a.Actor[0].Sector != "MIL" || a.Date != "2024-02" {
		t.Errorf("the record is corrected to %+v", a)
	}
	x.ask("POST", "/api/records/"+rejected+"/correction", `{"action":"reject","author":"Ann","note":"no"}`)
	check := func() {
		t.Helper()
		x.verified()
		var list records
		x.get("/api/records?id="+record+","+rejected, &list)
		if len(list.Items) != 1 || list.Items[0].Event[0] != "THREATEN" || list.Items[0].Reasons[0].Stage != "correction" {
			t.Errorf("stored is %+v", list.Items)
		}
		if x.get("/api/records?actor=IND%20MIL&event=THREATEN&aux=hypothetical", &list); list.Total != 1 {
			t.Errorf("%d records are found by what is right", list.Total)
		}
	}
	check()
	changes, err := pipeline.Recode(context.Background(), x.server.options.Pipeline, x.store, 0, nil)
	if err != nil || len(changes) > 0 {
		t.Errorf("coding again changes %v: %v", changes, err)
	}
	x.server.cache.changed()
	check()
	if _, err := pipeline.CodeAgain(context.Background(), x.server.options.Pipeline, x.store, []string{"2024-01-17-pakistan-recalls-ambassador-after-iranian-strike"}); err != nil {
		t.Error(err)
	}
	if err := pipeline.Fold(context.Background(), x.store); err != nil {
		t.Error(err)
	}
	x.server.cache.changed()
	check()
	var all struct{ Items []readCorrection }
	x.get("/api/corrections", &all)
	for _, c := range all.Items {
		if c.Stale {
			t.Errorf("the correction %d is stale", c.ID)
		}
		x.ask("DELETE", fmt.Sprintf("/api/corrections/%d", c.ID), "")
	}
	x.verified()
	var list records
	if x.get("/api/records?id="+record+","+rejected, &list); len(list.Items) != 2 {
		t.Errorf("undone, %d records are there", len(list.Items))
	}
}

// When the record that stands for a happening is rejected, another report of it does.
func TestRejectWhatStandsForAHappening(t *testing.T) {
	x := serve(t)
	for i, outlet := range []string{"One", "Two", "Three"} {
		x.ask("POST", "/api/stories", fmt.Sprintf(`{"id":"h%d","date":"2024-08-0%d","publisher":%q,"text":"%s. Brazilian warplanes bombed Paraguay on 1 August 2024. %s"}`,
			i, i+2, outlet, []string{"It was hot", "Rain fell", "Snow lay deep"}[i], []string{"The river was low and the market was closed for the week", "Nobody in the town had seen the moon that night", "Farmers had begun to bring in what the frost had left them"}[i]))
	}
	if err := pipeline.Fold(context.Background(), x.store); err != nil {
		t.Fatal(err)
	}
	x.server.cache.changed()
	find := func() (list records) {
		x.get("/api/records?either=BRA-PRY&kind=event", &list)
		return list
	}
	list := find()
	if len(list.Items) != 1 || len(list.Items[0].Reports) != 3 {
		t.Fatalf("three reports of a happening are %+v", list.Items)
	}
	first := list.Items[0].ID
	x.ask("POST", "/api/records/"+first+"/correction", `{"action":"reject","author":"Ann","note":"no"}`)
	x.verified()
	if list = find(); len(list.Items) != 1 || len(list.Items[0].Reports) != 2 || list.Items[0].ID == first {
		t.Errorf("two reports are left as %+v", list.Items)
	}
	x.ask("DELETE", "/api/corrections/1", "")
	x.verified()
	if list = find(); len(list.Items) != 1 || len(list.Items[0].Reports) != 3 || list.Items[0].ID != first {
		t.Errorf("undone, they are %+v", list.Items)
	}
}

func TestExplain(t *testing.T) {
	x := serve(t)
	g := x.ask("POST", "/api/explain", `{"text":"Iran condemned Pakistan on Tuesday.","date":"2024-06-01"}`)
	var e struct {
		Sentences []struct {
			Text     string
			Tokens   []struct{ Text, Rel string }
			Mentions []struct{ How string }
			Tried    []struct {
				Rule  string
				Fired bool
			} `json:"rules_tried"`
		}
		Records []struct{ Kind, Date string }
	}
	if err := json.Unmarshal(g.body, &e); err != nil || g.StatusCode != 200 {
		t.Fatalf("explaining gives %s: %s", g.Status, g.body)
	}
	if len(e.Sentences) != 1 || len(e.Sentences[0].Tokens) != 6 || len(e.Sentences[0].Mentions) != 2 || len(e.Sentences[0].Tried) == 0 || len(e.Records) != 1 || e.Records[0].Date != "2024-05-28" {
		t.Errorf("explained is %+v", e)
	}
	for _, body := range []string{`{"text":""}`, `{"text":"a","date":"x"}`} {
		if g := x.ask("POST", "/api/explain", body); g.StatusCode != 422 {
			t.Errorf("%s gives %s", body, g.Status)
		}
	}
}

// When the store fails whoever waits for a story is told, and nothing hangs.
func TestStoreFails(t *testing.T) {
	x := serve(t)
	if err := x.store.Close(); err != nil {
		t.Fatal(err)
	}
	if g := x.ask("POST", "/api/stories", aStory); g.StatusCode != 503 {
		t.Errorf("a story that cannot be stored gives %s: %s", g.Status, g.body)
	}
	if g := x.ask("GET", "/readyz", ""); g.StatusCode != 503 {
		t.Errorf("/readyz gives %s", g.Status)
	}
	if g := x.ask("GET", "/api/records", ""); g.StatusCode != 500 || strings.Contains(string(g.body), x.path) {
		t.Errorf("records give %s: %s", g.Status, g.body)
	}
	if err := x.stop(); err == nil {
		t.Error("the server stops as if all were well")
	}
	x.stop = func() error { return nil }
}

// web/API.md tells of every path, and of no other.
func TestAPIPage(t *testing.T) {
	x := serve(t)
	var api struct{ Paths map[string]map[string]any }
	x.get("/openapi.json", &api)
	text, err := os.ReadFile("API.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, m := range regexp.MustCompile("`(GET|POST|DELETE) (/api/[a-z{}/]*)").FindAllStringSubmatch(string(text), -1) {
		told[m[1]+" "+m[2]] = true
	}
	for path, methods := range api.Paths {
		for method := range methods {
			if name := strings.ToUpper(method) + " " + path; !told[name] {
				t.Errorf("API.md does not tell of %s", name)
			} else {
				delete(told, name)
			}
		}
	}
	for name := range told {
		t.Errorf("API.md tells of %s, which is not there", name)
	}
}

// Every kind of record can be put right, and taken back.
func TestCorrectEveryKind(t *testing.T) {
	x := serve(t)
	for kind, fields := range map[string]string{
		"event":       `{"recipient":["IND"],"mode":"","issue":[]}`,
		"position":    `{"holder":["IRN GOV"],"toward":["IND"],"stance":"against","issue":["kashmir"]}`,
		"expectation": `{"who":["IRN"],"recipient":["PAK"],"event":"CONSULT","mode":"visit","due":"2024-08"}`,
		"claim":       `{"pair":["IRN","PAK"],"state":"close","direction":"steady"}`,
		"visit":       `{"visitor":["IRN GOV"],"host":["IND"],"level":"minister","start":"2024-05-02","end":"2024-05-03","status":"cancelled"}`,
		"refusal":     `{"date":"2024-05-02"}`,
	} {
		record := x.firstRecord("kind=" + kind + "&limit=1")
		before := string(x.get("/api/records/"+record, nil).body)
		g := x.ask("POST", "/api/records/"+record+"/correction", `{"action":"correct","author":"Ann","note":"as I read it","fields":`+fields+`}`)
		var c readCorrection
		if err := json.Unmarshal(g.body, &c); err != nil || g.StatusCode != 201 {
			t.Errorf("a %s cannot be put right: %s %s", kind, g.Status, g.body)
			continue
		}
		x.verified()
		if after := string(x.get("/api/records/"+record, nil).body); after == before {
			t.Errorf("the %s is as before", kind)
		}
		x.ask("DELETE", fmt.Sprintf("/api/corrections/%d", c.ID), "")
		var was, is struct{ Record json.RawMessage }
		if x.get("/api/records/"+record, &is); json.Unmarshal([]byte(before), &was) != nil || !bytes.Equal(was.Record, is.Record) {
			t.Errorf("undone, the %s is\n%s\nand was\n%s", kind, is.Record, was.Record)
		}
	}
	x.verified()
}
