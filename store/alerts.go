package store

import (
	"context"
	"time"
)

// An Alerter is the part of a Store that remembers what somebody should look at.
type Alerter interface {
	// AddAlerts keeps alerts that are not there yet and gives these; before says how many
	// there were.
	AddAlerts(ctx context.Context, alerts []Alert) (added []Alert, before int64, err error)
	// Alerts gives those that nobody has acknowledged, or all, the latest first: at most
	// 500. One whose records are all gone, as when they were rejected, is left out.
	Alerts(ctx context.Context, all bool) ([]Alert, error)
	AcknowledgeAlert(ctx context.Context, id, author, note string) (Alert, error)
}

// An Alert is something that somebody should look at: a pair that changed, a first of
// its kind, an expectation that is overdue.
type Alert struct {
	ID      string // the same for the same
	Kind    string
	Day     string // that it is about
	Pair    string // "" where it is about none
	Title   string
	Text    string
	Records []string // ids
	Found   time.Time
	// Acknowledged is when somebody said that it is known, zero for not yet.
	Acknowledged time.Time
	Author, Note string
}
