package web

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// A Webhook is an address that is told of alerts, with the secret that signs what it
// is told.
type Webhook struct{ Address, Secret string }

func (s *Server) addAlerts(huma.API) {}

func (s *Server) lookForAlerts() {}

func (s *Server) alertsFeed(w http.ResponseWriter, _ *http.Request) { http.NotFound(w, nil) }
