package web

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// A Webhook is an address that is told of alerts, with the secret that signs what it
// is told.
type Webhook struct{ Address, Secret string }

// hookTime bounds one try.
const hookTime = 10 * time.Second

// deliver sends an alert until it is taken or too many tries have failed.
func (s *Server) deliver(ctx context.Context, hook Webhook, a *Alert) {
	body, err := json.Marshal(a)
	for try := 0; err == nil; try++ {
		failure := post(ctx, hook, a.ID, body)
		if failure == nil || ctx.Err() != nil {
			return
		}
		if try == len(s.options.Retries) {
			err = failure
			break
		}
		s.log.Warn("a webhook did not take an alert", "address", hook.Address, "alert", a.ID, "error", failure, "again", s.options.Retries[try])
		select {
		case <-time.After(s.options.Retries[try]):
		case <-ctx.Done():
			return
		}
	}
	s.log.Error("a webhook was given up", "address", hook.Address, "alert", a.ID, "error", err)
}

// post sends an alert once. The signature is the HMAC-SHA256, under the secret, of the
// time that is sent with it, a full stop and the body: who knows the secret can tell
// that it comes from here, and when it was sent.
func post(ctx context.Context, hook Webhook, id string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, hookTime)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.Address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "dyad")
	r.Header.Set("X-Dyad-Alert", id)
	r.Header.Set("X-Dyad-Timestamp", stamp)
	r.Header.Set("X-Dyad-Signature", "sha256="+signature(hook.Secret, stamp, body))
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	// What it says beside the status matters to nobody.
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16))
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("the answer was %s", response.Status)
	}
	return nil
}

func signature(secret, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}
