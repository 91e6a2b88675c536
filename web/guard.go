package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// policy lets a page have what is served here and nothing else: no script or style
// within the markup, nothing from elsewhere, no frame around it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; " +
	"manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// maxBody bounds what a request may carry. A long article has 100 kB.
const maxBody = 4 << 20

// guarded refuses what should not be answered, and says in every answer what a
// browser may do with it.
func (s *Server) guarded(next http.Handler) http.Handler {
	limits := newLimits(s.options.Rate)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if !s.knownHost(r.Host) {
			problem(w, http.StatusMisdirectedRequest, fmt.Sprintf("this server is not called %q; name it with --host if it should be", r.Host))
			return
		}
		if wait := limits.take(clientOf(r), costOf(r)); wait > 0 {
			h.Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
			problem(w, http.StatusTooManyRequests, "too many requests from this address; wait and ask again")
			return
		}
		if why, status := s.refused(r); status != 0 {
			if status == http.StatusUnauthorized {
				h.Set("WWW-Authenticate", `Bearer realm="dyad"`)
			}
			problem(w, status, why)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

// refused says why a request may not be answered, and with which status.
func (s *Server) refused(r *http.Request) (why string, status int) {
	writes := r.Method != http.MethodGet && r.Method != http.MethodHead
	if writes {
		// A page of another site can make a browser send a request here: it says so, in
		// headers that no script can set.
		if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
			return "the request comes from a page of another site", http.StatusForbidden
		}
		if origin := r.Header.Get("Origin"); origin != "" && !sameOrigin(origin, r.Host) {
			return "the request comes from a page of another site: " + origin, http.StatusForbidden
		}
	}
	if s.options.Token == "" || !writes && s.options.PublicRead || open(r.URL.Path) {
		return "", 0
	}
	given, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		return "a token is needed: give it as Authorization: Bearer TOKEN", http.StatusUnauthorized
	}
	have, want := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(s.options.Token))
	if subtle.ConstantTimeCompare(have[:], want[:]) != 1 {
		return "the token is not the right one", http.StatusUnauthorized
	}
	return "", 0
}

// open reports whether a path may be read by anybody: the pages themselves, which
// hold no data, what the page has to know before it can ask for the token, and what
// watches over servers.
func open(path string) bool {
	return path == "/api/about" || path == "/healthz" || path == "/readyz" || !strings.HasPrefix(path, "/api/") && path != "/alerts.rss" && path != "/metrics"
}

func sameOrigin(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && strings.EqualFold(u.Host, host)
}

// knownHost reports whether a name is one that this server goes by. A page on
// another site may have its name lead to this address (DNS rebinding); the browser
// then sends that name.
func (s *Server) knownHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	if name == "localhost" {
		return true
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return true // no name has led here
	}
	return slices.ContainsFunc(s.options.Hosts, func(known string) bool { return strings.EqualFold(known, name) })
}

// problem writes an error as RFC 9457 wants it.
func problem(w http.ResponseWriter, status int, detail string, errors ...*huma.ErrorDetail) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// The client has gone if this fails.
	_ = json.NewEncoder(w).Encode(&huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail, Errors: errors})
}

// clientOf is who asks: an address, of IPv6 the network of 64 bits.
func clientOf(r *http.Request) string {
	address, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	if ip := address.Addr().Unmap(); ip.Is6() {
		if prefix, err := ip.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return address.Addr().Unmap().String()
}

// costOf is how much a request counts: coding a text takes as long as many questions.
func costOf(r *http.Request) float64 {
	if r.Method == http.MethodPost {
		return 5
	}
	return 1
}

// limits let each client make so many requests a second, and some more at once.
type limits struct {
	mutex   sync.Mutex
	rate    float64
	clients map[string]*bucket
	swept   time.Time
}

type bucket struct {
	left float64
	at   time.Time
}

const (
	defaultRate = 200 // requests a second: a page makes ten when it opens
	burst       = 5   // seconds' worth at once
)

func newLimits(rate float64) *limits {
	if rate == 0 {
		rate = defaultRate
	}
	return &limits{rate: rate, clients: map[string]*bucket{}, swept: time.Now()}
}

// take counts a request and gives how long its client has to wait, 0 when it may go
// on.
func (l *limits) take(client string, cost float64) time.Duration {
	now := time.Now()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if now.Sub(l.swept) > time.Minute {
		for name, b := range l.clients {
			if now.Sub(b.at) > burst*time.Second {
				delete(l.clients, name)
			}
		}
		l.swept = now
	}
	b := l.clients[client]
	if b == nil {
		b = &bucket{left: l.rate * burst, at: now}
		l.clients[client] = b
	}
	b.left = min(b.left+now.Sub(b.at).Seconds()*l.rate, l.rate*burst)
	b.at = now
	if b.left < cost {
		return time.Duration((cost - b.left) / l.rate * float64(time.Second))
	}
	b.left -= cost
	return 0
}
