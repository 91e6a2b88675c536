package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/store"
)

// routes puts everything that is served behind the guards.
func (s *Server) routes() http.Handler {
	api := http.NewServeMux()
	s.addOperations(humago.New(api, apiConfig()))
	api.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if methods := methodsAt(api, r); len(methods) > 0 {
			w.Header().Set("Allow", strings.Join(methods, ", "))
			problem(w, http.StatusMethodNotAllowed, fmt.Sprintf("%s takes %s, not %s", r.URL.Path, strings.Join(methods, ", "), r.Method))
			return
		}
		problem(w, http.StatusNotFound, fmt.Sprintf("there is nothing at %s; /openapi.json lists what there is", r.URL.Path))
	})
	mux := http.NewServeMux()
	mux.Handle("/api/", s.cache.caching(joined(api)))
	mux.Handle("/openapi.json", api)
	mux.Handle("/openapi.yaml", api)
	mux.Handle("GET /metrics", s.metrics.handler())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("GET /alerts.rss", s.alertsFeed)
	s.addPages(mux)
	return s.watched(s.guarded(packed(mux)))
}

// methodsAt are those that a path of the API takes, none where there is nothing.
func methodsAt(api *http.ServeMux, r *http.Request) []string {
	var out []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if _, pattern := api.Handler(&http.Request{Method: method, URL: r.URL, Host: r.Host}); pattern != "/" && pattern != "" {
			out = append(out, method)
		}
	}
	return out
}

// apiConfig is huma's, without what would load from elsewhere or add to answers.
func apiConfig() huma.Config {
	c := huma.DefaultConfig("dyad", "1")
	c.Info.Description = "The record of relations between states, with the sentence and the rule behind every number. web/API.md has an example of each answer."
	c.DocsPath, c.SchemasPath, c.CreateHooks = "", "", nil
	c.RejectUnknownQueryParameters = true
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer",
		Description: "Needed where GET /api/about says so."}}
	return c
}

// addOperations registers every operation of the API.
func (s *Server) addOperations(api huma.API) {
	s.addRecords(api)
	s.addStories(api)
	s.addPairs(api)
	s.addCompare(api)
	s.addMonths(api)
	s.addAnniversaries(api)
	s.addDesk(api)
	s.addAbout(api)
	s.addCorrections(api)
	s.addStream(api)
	s.addAlerts(api)
	for _, schema := range api.OpenAPI().Components.Schemas.Map() {
		neverNull(schema)
	}
}

// neverNull says of lists that they are never null, which huma takes for possible.
func neverNull(s *huma.Schema) {
	if s == nil {
		return
	}
	if s.Type == huma.TypeArray {
		s.Nullable = false
	}
	neverNull(s.Items)
	for _, p := range s.Properties {
		neverNull(p)
	}
	if more, is := s.AdditionalProperties.(*huma.Schema); is {
		neverNull(more)
	}
}

// joined puts parameters that are given several times into one, with commas.
func joined(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		several := false
		for name, values := range query {
			if len(values) > 1 {
				several = true
				query.Set(name, strings.Join(values, ","))
			}
		}
		if several {
			r.URL.RawQuery = query.Encode()
		}
		next.ServeHTTP(w, r)
	})
}

// An answer is what an operation gives as JSON.
type answer[T any] struct{ Body T }

// get registers an operation that answers a question with JSON.
func get[I, O any](s *Server, api huma.API, path, id, summary string, work func(context.Context, *I) (O, error)) {
	huma.Register(api, operation(http.MethodGet, path, id, summary), func(ctx context.Context, in *I) (*answer[O], error) {
		out, err := work(ctx, in)
		if err != nil {
			return nil, s.told(err)
		}
		return &answer[O]{out}, nil
	})
}

func operation(method, path, id, summary string) huma.Operation {
	op := huma.Operation{Method: method, Path: path, OperationID: id, Summary: summary, MaxBodyBytes: maxBody,
		Errors: []int{http.StatusUnauthorized, http.StatusMisdirectedRequest, http.StatusUnprocessableEntity, http.StatusTooManyRequests}}
	if strings.Contains(path, "{") {
		op.Errors = append(op.Errors, http.StatusNotFound)
	}
	if method != http.MethodGet {
		op.Errors = append(op.Errors, http.StatusForbidden, http.StatusConflict, http.StatusRequestEntityTooLarge)
		op.Security = []map[string][]string{{"token": {}}}
	}
	slices.Sort(op.Errors)
	return op
}

// told makes of an error what a client is told.
func (s *Server) told(err error) error {
	var status huma.StatusError
	switch {
	case errors.As(err, &status):
		return err
	case errors.Is(err, store.ErrNotThere):
		return huma.Error404NotFound(err.Error())
	case errors.Is(err, store.ErrCorrected):
		return huma.Error409Conflict(err.Error())
	case errors.Is(err, context.Canceled):
		return huma.NewError(http.StatusServiceUnavailable, "the server is stopping, or the client has gone")
	}
	s.log.Error("an answer could not be worked out", "error", err)
	return huma.Error500InternalServerError("the answer could not be worked out; the server's log says why")
}

// bad makes a 422 that names a parameter.
func bad(location, message string, value any) *huma.ErrorDetail {
	return &huma.ErrorDetail{Location: location, Message: message, Value: value}
}

// faults are what is wrong with the parameters of a request.
type faults []error

func (f *faults) add(location, message string, value any) {
	*f = append(*f, bad(location, message, value))
}

// err is nil when nothing is wrong.
func (f faults) err() error {
	if len(f) == 0 {
		return nil
	}
	return huma.Error422UnprocessableEntity("some parameters cannot be answered", f...)
}

// date reads a date given as a parameter; none is the zero date.
func (f *faults) date(location, text string) dyad.Date {
	if text == "" {
		return dyad.Date{}
	}
	d, err := dyad.ParseDate(text)
	if err != nil {
		f.add(location, "want a date as YYYY-MM-DD, YYYY-MM or YYYY", text)
	}
	return d
}

// day reads a date of which a day is wanted: the last one of a month or year, or the
// first.
func (f *faults) day(location, text string, last bool) dyad.Date {
	d := f.date(location, text)
	switch {
	case d.IsZero():
		return d
	case last:
		return d.End()
	}
	return dyad.Date{Year: d.Year, Month: max(d.Month, 1), Day: max(d.Day, 1)}
}

// listed is a list that is written as [] where there is nothing in it.
func listed[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// mapped makes a list of another.
func mapped[T, U any](items []T, make1 func(*T) U) []U {
	out := make([]U, len(items))
	for i := range items {
		out[i] = make1(&items[i])
	}
	return out
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	// The client has gone if this fails.
	_, _ = fmt.Fprintln(w, text)
}

// ready answers whether questions can be answered now.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if _, err := s.options.Store.Unfolded(r.Context()); err != nil {
		s.log.Error("the store does not answer", "error", err)
		plain(w, http.StatusServiceUnavailable, "the store does not answer")
		return
	}
	plain(w, http.StatusOK, "ready")
}
