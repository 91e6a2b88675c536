package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/opendyad/dyad/store"
)

// Stored is what a commit stored.
type Stored struct {
	DataVersion string      `json:"data_version"`
	Stories     []StoryHead `json:"stories" doc:"At most 20."`
	Records     []Record    `json:"records" doc:"At most 50."`
	More        int         `json:"more" doc:"Records that are left out."`
}

const (
	storiesTold = 20
	recordsTold = 50
	streamBeat  = 15 * time.Second // a proxy that hears nothing hangs up
	streamWrite = 10 * time.Second
	streamsMost = 200
)

// news are told to all who follow them.
type news struct {
	mutex     sync.Mutex
	followers map[chan message]bool
	closed    bool
	number    int
}

// A message is one event of the stream.
type message struct {
	number int
	event  string
	data   []byte
}

func newNews() *news { return &news{followers: map[chan message]bool{}} }

// follow gives a channel of what happens from now on, which is closed when the server
// stops; nil when there are too many who follow.
func (n *news) follow() (messages chan message, leave func()) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.closed || len(n.followers) >= streamsMost {
		return nil, nil
	}
	messages = make(chan message, 32)
	n.followers[messages] = true
	return messages, func() {
		n.mutex.Lock()
		defer n.mutex.Unlock()
		delete(n.followers, messages)
	}
}

func (n *news) followed() bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return len(n.followers) > 0
}

// send tells all who follow. One that is too slow is left behind, and hears of the
// next.
func (n *news) send(event string, value any) {
	if !n.followed() {
		return
	}
	data, err := json.Marshal(value)
	if err != nil {
		return // nothing of ours cannot be written
	}
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.number++
	for f := range n.followers {
		select {
		case f <- message{n.number, event, data}:
		default:
		}
	}
}

// stored tells what a commit stored.
func (n *news) stored(version string, entries []store.Entry) {
	if !n.followed() {
		return
	}
	out := Stored{DataVersion: version, Stories: []StoryHead{}, Records: []Record{}}
	for i := range entries {
		e := &entries[i]
		if e.Story.Text == "" {
			continue
		}
		if len(out.Stories) < storiesTold {
			head := headOf(&store.Story{Story: e.Story, Added: time.Now(), Cluster: e.Story.ID, Copies: 1, Records: len(e.Records), Note: e.Note})
			out.Stories = append(out.Stories, head)
		}
		for j := range e.Records {
			if len(out.Records) < recordsTold {
				out.Records = append(out.Records, recordOf(&e.Records[j]))
			} else {
				out.More++
			}
		}
	}
	n.send("stored", out)
}

// close ends all streams.
func (n *news) close() {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.closed = true
	for f := range n.followers {
		close(f)
		delete(n.followers, f)
	}
}

func (s *Server) addStream(api huma.API) {
	op := operation(http.MethodGet, "/api/stream", "stream", "Server-sent events: stored, corrected, alert")
	op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}}}
	huma.Register(api, op, func(_ context.Context, _ *struct{}) (*reply, error) {
		messages, leave := s.news.follow()
		if messages == nil {
			return nil, huma.Error503ServiceUnavailable("too many follow already, or the server is stopping")
		}
		return &reply{func(hc huma.Context) {
			defer leave()
			s.metrics.streams.Inc()
			defer s.metrics.streams.Dec()
			r, w := humago.Unwrap(hc)
			stream(r.Context(), w, messages)
		}}, nil
	})
}

// stream writes messages until the client goes or the server stops.
func stream(ctx context.Context, w http.ResponseWriter, messages <-chan message) {
	control := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	write := func(form string, args ...any) bool {
		// Not every connection has deadlines; one that has none is written to all the same.
		_ = control.SetWriteDeadline(time.Now().Add(streamWrite))
		_, err := fmt.Fprintf(w, form, args...)
		return err == nil && control.Flush() == nil
	}
	if !write("retry: 3000\n: what is stored from now on\n\n") {
		return
	}
	beat := time.NewTicker(streamBeat)
	defer beat.Stop()
	for {
		select {
		case m, more := <-messages:
			if !more || !write("id: %d\nevent: %s\ndata: %s\n\n", m.number, m.event, m.data) {
				return
			}
		case <-beat.C:
			if !write(": \n\n") {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}
