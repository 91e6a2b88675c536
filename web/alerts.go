package web

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/danielgtaylor/huma/v2"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// The kinds of alert.
const (
	alertChanged      = "changed"      // a pair is far from its own past
	alertFirst        = "first"        // the first of its kind in a year
	alertOverdue      = "overdue"      // what was expected has not come
	alertContradicted = "contradicted" // the opposite of what was expected has come
	alertDenied       = "denied"       // one says what another denies
)

// Acknowledged is that somebody knows of an alert.
type Acknowledged struct {
	At     string `json:"at"`
	Author string `json:"author"`
	Note   string `json:"note"`
}

// Alert is something that somebody should look at.
type Alert struct {
	ID           string        `json:"id"`
	Kind         string        `json:"kind" enum:"changed,first,overdue,contradicted,denied"`
	At           string        `json:"at" doc:"The day that it is about."`
	Found        string        `json:"found"`
	Pair         string        `json:"pair"`
	Title        string        `json:"title"`
	Text         string        `json:"text"`
	Records      []string      `json:"records"`
	Acknowledged *Acknowledged `json:"acknowledged,omitempty" doc:"Missing: nobody has."`
}

func alertOf(a *store.Alert) Alert {
	out := Alert{a.ID, a.Kind, a.Day, instant(a.Found), a.Pair, a.Title, a.Text, listed(a.Records), nil}
	if !a.Acknowledged.IsZero() {
		out.Acknowledged = &Acknowledged{instant(a.Acknowledged), a.Author, a.Note}
	}
	return out
}

// AlertList is alerts, the latest first.
type AlertList struct {
	Items    []Alert             `json:"items"`
	Evidence map[string]Evidence `json:"evidence"`
}

type alertsInput struct {
	All bool `query:"all" doc:"Those too that somebody acknowledged."`
}

type acknowledgeInput struct {
	ID   string `path:"id" pattern:"^[0-9a-f]{1,16}$"`
	Body struct {
		Author string `json:"author" minLength:"1" maxLength:"200"`
		Note   string `json:"note,omitempty" maxLength:"5000"`
	}
}

func (s *Server) addAlerts(api huma.API) {
	get(s, api, "/api/alerts", "alerts", "What somebody should look at", s.alerts)
	op := operation(http.MethodPost, "/api/alerts/{id}/acknowledge", "acknowledge", "Say that an alert is known")
	op.DefaultStatus = http.StatusOK
	huma.Register(api, op, func(ctx context.Context, in *acknowledgeInput) (*answer[Alert], error) {
		a, err := s.options.Store.AcknowledgeAlert(ctx, in.ID, in.Body.Author, in.Body.Note)
		if err != nil {
			return nil, s.told(err)
		}
		s.cache.changed()
		return &answer[Alert]{alertOf(&a)}, nil
	})
}

func (s *Server) alerts(ctx context.Context, in *alertsInput) (AlertList, error) {
	found, err := s.options.Store.Alerts(ctx, in.All)
	if err != nil {
		return AlertList{}, err
	}
	out := AlertList{Items: mapped(found, alertOf)}
	var ids []string
	for i := range found {
		ids = append(ids, found[i].Records...)
	}
	out.Evidence, err = s.evidence(ctx, ids)
	return out, err
}

// lookForAlerts asks for a look; one that is asked for already will do.
func (s *Server) lookForAlerts() {
	select {
	case s.look <- struct{}{}:
	default:
	}
}

// betweenLooks bounds how often it is looked for alerts while stories pour in.
const betweenLooks = 5 * time.Second

// watch looks for alerts whenever it is asked to, until the context ends.
func (s *Server) watch(ctx context.Context) {
	for {
		select {
		case <-s.look:
		case <-ctx.Done():
			return
		}
		if err := s.lookNow(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("looking for alerts", "error", err)
		}
		select {
		case <-time.After(betweenLooks):
		case <-ctx.Done():
			return
		}
	}
}

// lookNow works out what is out of the ordinary, keeps what is new of it, and tells
// those who follow. Of a store that had no alerts all would be new: these are kept and
// not told.
func (s *Server) lookNow(ctx context.Context) error {
	changes, err := s.desk(nil).Changes(ctx, changeDays, dyad.Date{})
	if err != nil || changes.On.IsZero() {
		return err
	}
	entries, err := s.allExpectations(ctx, changes.On)
	if err != nil {
		return err
	}
	added, before, err := s.options.Store.AddAlerts(ctx, s.alertsOf(&changes, entries))
	if err != nil || len(added) == 0 {
		return err
	}
	s.cache.changed()
	s.log.Info("new alerts", "alerts", len(added))
	if before == 0 {
		return nil
	}
	for i := range added {
		a := alertOf(&added[i])
		s.news.send("alert", a)
		for _, hook := range s.options.Webhooks {
			s.hooks.Go(func() { s.deliver(ctx, hook, &a) })
		}
	}
	return nil
}

// alertsOf makes alerts of what is out of the ordinary.
func (s *Server) alertsOf(c *desk.Changes, entries []relation.Entry) []store.Alert {
	var out []store.Alert
	add := func(kind, key string, day dyad.Date, pair, title, text string, records ...string) {
		id := fmt.Sprintf("%016x", xxhash.Sum64String(kind+"|"+pair+"|"+key))
		out = append(out, store.Alert{ID: id, Kind: kind, Day: day.String(), Pair: pair, Title: title, Text: text, Records: records})
	}
	for i := range c.Moves {
		m := &c.Moves[i]
		title := fmt.Sprintf("%s and %s: %s", s.reference.Name(m.Pair.A), s.reference.Name(m.Pair.B), firstFilled(m.Direction, "out of the ordinary"))
		text := fmt.Sprintf("In the %d days up to %s there were %d friendly and %d hostile happenings, where %.0f and %.0f are usual.",
			changeDays, c.On, m.Friendly.Now, m.Hostile.Now, m.Friendly.Median, m.Hostile.Median)
		// A pair that moves is told of once in so many days.
		add(alertChanged, m.Direction+strconv.Itoa(int(relation.DayOf(c.On))/changeDays), c.On, m.Pair.String(), title, text)
	}
	for i := range c.Firsts {
		f := &c.Firsts[i]
		what := strings.Trim(f.Event+"/"+f.Mode, "/")
		since := "for the first time on record"
		if f.Before != relation.Undated {
			since = "for the first time since " + relation.DateOf(f.Before).String()
		}
		add(alertFirst, what+f.Actor+relation.DateOf(f.First).String(), relation.DateOf(f.First), relation.PairOf(f.Actor, f.Recipient).String(),
			fmt.Sprintf("%s to %s: %s %s", s.reference.Name(f.Actor), s.reference.Name(f.Recipient), what, since), "", f.Record)
	}
	for i := range c.Overdue {
		e := &c.Overdue[i]
		add(alertOverdue, e.Record, c.On, pairOfEntry(e), "Overdue: "+firstFilled(e.Content, e.Text), e.Why, e.Record)
	}
	for i := range entries {
		if e := &entries[i]; e.Status == dyad.StatusContradicted && !e.DecidedOn.Before(c.Since) {
			add(alertContradicted, e.Record+e.DecidedBy, e.DecidedOn, pairOfEntry(e), "Contradicted: "+firstFilled(e.Content, e.Text), e.Why, e.Record, e.DecidedBy)
		}
	}
	for i := range c.Contradictions {
		x := &c.Contradictions[i]
		add(alertDenied, x.Says.ID+x.Denies.ID, x.Denies.Date, "", "One says it, another denies it", x.Says.Text+" — "+x.Denies.Text, x.Says.ID, x.Denies.ID)
	}
	return out
}

func pairOfEntry(e *relation.Entry) string {
	if len(e.Who) == 1 && len(e.To) == 1 && e.Who[0] != e.To[0] {
		return relation.PairOf(e.Who[0], e.To[0]).String()
	}
	return ""
}

// rss is a feed as RSS 2.0 has it.
type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string  `xml:"title"`
	Link        string  `xml:"link"`
	Description string  `xml:"description"`
	Category    string  `xml:"category"`
	GUID        rssGUID `xml:"guid"`
	Published   string  `xml:"pubDate"`
}

type rssGUID struct {
	Permanent bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

// alertsFeed gives alerts as a feed.
func (s *Server) alertsFeed(w http.ResponseWriter, r *http.Request) {
	found, err := s.options.Store.Alerts(r.Context(), true)
	if err != nil {
		s.log.Error("alerts cannot be read", "error", err)
		problem(w, http.StatusInternalServerError, "the alerts cannot be read; the server's log says why")
		return
	}
	base := "http://" + r.Host
	feed := rss{Version: "2.0", Channel: rssChannel{Title: "dyad: alerts", Link: base + "/alerts", Description: "Pairs that changed, firsts of their kind, what is overdue or contradicted."}}
	for i := range found {
		a := &found[i]
		link := base + "/alerts"
		if a.Pair != "" {
			link = base + "/pair/" + a.Pair
		}
		feed.Channel.Items = append(feed.Channel.Items, rssItem{a.Title, link, a.Text, a.Kind, rssGUID{false, a.ID}, a.Found.UTC().Format(time.RFC1123Z)})
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	// The client has gone if this fails.
	_, _ = io.WriteString(w, xml.Header)
	_ = xml.NewEncoder(w).Encode(feed)
}
