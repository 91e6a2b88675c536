// Package web serves a store to people and to programs: the analyst's pages, built
// from web/app and embedded, and the API that carries everything they show.
// web/API.md describes its answers with an example each, /openapi.json exactly.
//
// # How an answer comes about
//
// A request passes the guards (guard.go), which refuse what a browser was tricked
// into sending, then the cache (cache.go), and reaches its operation. An operation
// reads its parameters, asks package desk or the store, and writes what it was given
// in the names of the API. Nothing is worked out here.
//
// All that writes goes through one place, the Intake: stories that are posted or
// come from feeds, and corrections. What it acknowledges is on the disk.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/desk"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/relation"
	"github.com/opendyad/dyad/store"
)

// Options say what is served, and to whom.
type Options struct {
	Store    *store.DuckDB
	Pipeline *pipeline.Pipeline
	Book     *codebook.Codebook
	Version  string // of the program
	// Feeds are stories to be stored as they come, until the context ends; nil for
	// none. Following says how many feeds they come from.
	Feeds     func(ctx context.Context, k *pipeline.Keeper) pipeline.Source
	Following int
	// Token, when it is not "", has to be given by who writes, and unless PublicRead by
	// who reads.
	Token      string
	PublicRead bool
	// Hosts are names by which the server may be called, beside loopback's: a browser
	// that was led here under another name is refused.
	Hosts []string
	// Webhooks are told of alerts. Retries are how long it is waited before one is told
	// again that did not answer; nil for the default.
	Webhooks []Webhook
	Retries  []time.Duration
	Log      *slog.Logger
	// Rate is how many requests a second one client may make on the whole, 0 for the
	// default.
	Rate float64
}

// A Server answers requests. Its methods may be called from several goroutines.
type Server struct {
	options   Options
	reference *relation.Reference
	names     map[string]string // of states, by code
	intake    *intake
	cache     *cache
	covered   remembered[[]relation.Coverage]
	news      *news
	metrics   *metrics
	handler   http.Handler
	log       *slog.Logger
	look      chan struct{}  // asks for a look for alerts
	hooks     sync.WaitGroup // alerts on their way
}

// New makes a server over a store that is open for writing. Run has to be called for
// stories to be taken in.
func New(ctx context.Context, o Options) (*Server, error) {
	s := newServer(o)
	var err error
	if s.intake, err = newIntake(ctx, s); err != nil {
		return nil, err
	}
	s.handler = s.routes()
	return s, nil
}

// newServer makes a server that takes nothing in and answers no requests yet.
func newServer(o Options) *Server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Retries == nil {
		o.Retries = []time.Duration{2 * time.Second, 10 * time.Second, time.Minute, 10 * time.Minute, time.Hour}
	}
	s := &Server{options: o, log: o.Log, reference: relation.NewReference(o.Book), names: map[string]string{}, news: newNews(), metrics: newMetrics(),
		look: make(chan struct{}, 1)}
	for i := range o.Book.Actors {
		if a := &o.Book.Actors[i]; a.Kind == codebook.KindState || a.Kind == codebook.KindTerritory {
			s.names[a.ID] = a.Name
		}
	}
	s.cache = newCache(s.metrics)
	return s
}

// desk is where questions are put that count the events of some projects.
func (s *Server) desk(origins []string) *desk.Desk {
	d := &desk.Desk{Store: s.options.Store, Reference: s.reference, Origins: origins}
	asking := *d
	d.Covered = func(ctx context.Context) ([]relation.Coverage, error) {
		return s.covered.get(ctx, strings.Join(origins, ","), s.cache.version.Load(), asking.Coverage)
	}
	return d
}

// Handler answers requests.
func (s *Server) Handler() http.Handler { return s.handler }

// How long a request may take to arrive, and an idle connection lasts. Answers have
// limits of their own, since a stream has no end.
const (
	headerTime = 10 * time.Second
	readTime   = 60 * time.Second
	idleTime   = 2 * time.Minute
	graceTime  = 15 * time.Second
)

// Run serves on a listener and takes stories in until the context ends; then it
// answers the requests that have come, stores what was acknowledged, and returns.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s.handler, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, IdleTimeout: idleTime, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	taking := make(chan error, 1)
	takingCtx, stopTaking := context.WithCancel(context.WithoutCancel(ctx))
	defer stopTaking()
	go func() { taking <- s.intake.run(takingCtx) }()
	watching, stopWatching := context.WithCancel(context.WithoutCancel(ctx))
	s.hooks.Go(func() { s.watch(watching) })
	defer s.hooks.Wait()
	defer stopWatching()
	if err := s.lookNow(ctx); err != nil {
		s.log.Error("looking for alerts", "error", err)
	}
	serving := make(chan error, 1)
	go func() { serving <- server.Serve(listener) }()

	var err error
	select {
	case <-ctx.Done():
	case err = <-serving:
	case err = <-taking:
		taking <- nil
	}
	s.log.Info("stopping", "reason", reasonOf(ctx, err))
	s.news.close() // streams end; nothing else would end them
	graceful, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	closed := server.Shutdown(graceful)
	if closed != nil {
		closed = errors.Join(fmt.Errorf("requests were cut off after %s: %w", graceTime, closed), server.Close())
	}
	stopTaking()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, closed, <-taking)
}

func reasonOf(ctx context.Context, err error) string {
	if err != nil {
		return err.Error()
	}
	return context.Cause(ctx).Error()
}
