package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what /metrics tells, in a registry of their own.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	cached   *prometheus.CounterVec
	stories  prometheus.Counter
	records  prometheus.Counter
	failures prometheus.Counter
	streams  prometheus.Gauge
}

func newMetrics() *metrics {
	m := &metrics{registry: prometheus.NewRegistry()}
	m.requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "dyad_http_requests_total", Help: "Requests answered."}, []string{"path", "status"})
	m.seconds = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "dyad_http_request_seconds", Help: "How long answers took.",
		Buckets: []float64{.001, .005, .02, .05, .1, .15, .3, 1, 3, 10}}, []string{"path"})
	m.cached = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "dyad_answers_total", Help: "Answers, by whether they were kept, unchanged or worked out."}, []string{"how"})
	m.stories = prometheus.NewCounter(prometheus.CounterOpts{Name: "dyad_stories_stored_total", Help: "Stories stored since the start."})
	m.records = prometheus.NewCounter(prometheus.CounterOpts{Name: "dyad_records_stored_total", Help: "Records stored since the start."})
	m.failures = prometheus.NewCounter(prometheus.CounterOpts{Name: "dyad_stories_failed_total", Help: "Stories that could not be read or coded since the start."})
	m.streams = prometheus.NewGauge(prometheus.GaugeOpts{Name: "dyad_streams", Help: "Clients that follow the stream of news."})
	m.registry.MustRegister(m.requests, m.seconds, m.cached, m.stories, m.records, m.failures, m.streams,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// answerTime bounds how long an answer may take, with all that a slow client takes to
// fetch it.
const answerTime = 10 * time.Minute

// watched counts and logs each request, and turns a panic into a 500.
func (s *Server) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := &statusWriter{ResponseWriter: w}
		if r.URL.Path != "/api/stream" {
			// Not every connection has deadlines; one that has none is written to all the same.
			_ = http.NewResponseController(w).SetWriteDeadline(began.Add(answerTime))
		}
		defer func() {
			failure := recover()
			if failure != nil && seen.status == 0 && failure != http.ErrAbortHandler {
				s.log.Error("a request failed", "method", r.Method, "path", r.URL.Path, "query", r.URL.RawQuery, "failure", failure)
				problem(seen, http.StatusInternalServerError, "the answer could not be worked out; the server's log says why")
				failure = nil
			}
			path := r.Pattern
			if path == "" {
				path = "other"
			}
			took := time.Since(began)
			s.metrics.requests.WithLabelValues(path, strconv.Itoa(seen.status)).Inc()
			s.metrics.seconds.WithLabelValues(path).Observe(took.Seconds())
			s.log.Debug("answered", "method", r.Method, "path", r.URL.Path, "status", seen.status, "bytes", seen.bytes, "took", took)
			if failure != nil {
				panic(http.ErrAbortHandler) // the client sees that the answer is cut off
			}
		}()
		next.ServeHTTP(seen, r)
	})
}

// A statusWriter remembers what was answered.
type statusWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach what is below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
