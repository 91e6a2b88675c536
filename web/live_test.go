package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestStream(t *testing.T) {
	x := serve(t)
	response, err := http.Get(x.base + "/api/stream")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewReader(response.Body)
	next := func() (event string, data []byte) {
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatalf("the stream ends: %v", err)
			}
			if name, is := strings.CutPrefix(line, "event: "); is {
				event = strings.TrimSpace(name)
			}
			if text, is := strings.CutPrefix(line, "data: "); is {
				return event, []byte(text)
			}
		}
	}
	if _, err := lines.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	g := x.ask("POST", "/api/stories", `{"id":"live","date":"2024-07-01","text":"Iran condemned Pakistan on Sunday over a raid."}`)
	if g.StatusCode != 201 {
		t.Fatal(g.Status)
	}
	event, data := next()
	var stored struct {
		DataVersion string `json:"data_version"`
		Stories     []StoryHead
		Records     []struct{ ID string }
	}
	if err := json.Unmarshal(data, &stored); err != nil || event != "stored" || len(stored.Stories) != 1 || stored.Stories[0].ID != "live" || len(stored.Records) == 0 {
		t.Fatalf("the stream says %s %s", event, data)
	}
	x.ask("POST", "/api/records/"+stored.Records[0].ID+"/correction", `{"action":"reject","author":"Ann","note":"no"}`)
	for event != "corrected" {
		event, data = next()
	}
	if !bytes.Contains(data, []byte(stored.Records[0].ID)) {
		t.Errorf("the stream says %s", data)
	}
	ended := make(chan error, 1)
	go func() { _, err := io.Copy(io.Discard, lines); ended <- err }()
	if err := x.stop(); err != nil {
		t.Error(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("the stream ends with %v when the server stops", err)
	}
}

func TestAlerts(t *testing.T) {
	delivered := make(chan *http.Request, 10)
	tries := 0
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if tries++; tries == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("X-Dyad-Signature") != "sha256="+signature("secret", r.Header.Get("X-Dyad-Timestamp"), body) {
			t.Errorf("the signature of %s is %s", body, r.Header.Get("X-Dyad-Signature"))
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		delivered <- r
	}))
	defer hook.Close()
	x := serve(t, func(o *Options) {
		o.Webhooks = []Webhook{{hook.URL, "secret"}}
		o.Retries = []time.Duration{time.Millisecond}
	})
	type alerts struct {
		Items []struct {
			ID, Kind, Pair, Title string
			Records               []string
			Acknowledged          *Acknowledged
		}
		Evidence map[string]Evidence
	}
	var before, after alerts
	x.get("/api/alerts", &before)
	if len(before.Items) == 0 {
		t.Fatal("the corpus gives no alert")
	}
	x.ask("POST", "/api/stories", `{"id":"war","date":"2024-06-03","text":"Iran's army invaded Pakistan on 2 June 2024. Iranian warplanes bombed Islamabad on Monday."}`)
	if err := x.server.lookNow(context.Background()); err != nil {
		t.Fatal(err)
	}
	select {
	case r := <-delivered:
		if r.Header.Get("X-Dyad-Alert") == "" {
			t.Error("the alert has no id")
		}
	case <-time.After(20 * time.Second):
		t.Error("no alert is delivered")
	}
	x.get("/api/alerts", &after)
	if len(after.Items) <= len(before.Items) {
		t.Errorf("%d alerts before, %d after", len(before.Items), len(after.Items))
	}
	for _, a := range after.Items {
		for _, id := range a.Records {
			if after.Evidence[id].Text == "" {
				t.Errorf("the alert %q has no sentence", a.Title)
			}
		}
	}
	one := after.Items[0]
	if g := x.ask("POST", "/api/alerts/"+one.ID+"/acknowledge", `{"author":"Ann","note":"seen"}`); g.StatusCode != 200 || !strings.Contains(string(g.body), `"author":"Ann"`) {
		t.Errorf("acknowledging gives %s: %s", g.Status, g.body)
	}
	var left, all alerts
	x.get("/api/alerts", &left)
	x.get("/api/alerts?all=true", &all)
	if len(left.Items) != len(after.Items)-1 || len(all.Items) != len(after.Items) {
		t.Errorf("%d alerts are left of %d", len(left.Items), len(all.Items))
	}
	if g := x.ask("POST", "/api/alerts/00aa/acknowledge", `{"author":"Ann"}`); g.StatusCode != 404 {
		t.Errorf("acknowledging nothing gives %s", g.Status)
	}
	feed := x.get("/alerts.rss", nil)
	if !strings.Contains(feed.Header.Get("Content-Type"), "rss") || strings.Count(string(feed.body), "<item>") != len(all.Items) {
		t.Errorf("the feed is %s", feed.body)
	}
}
