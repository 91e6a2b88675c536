//go:build cgo

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

const feedPage = `<html lang="en"><head><title>Talks on the border</title></head><body><article><h1>Talks on the border</h1>
<p>The Iranian government condemned Pakistan on Monday after the talks on the border had ended without a result.</p>
<p>The Pakistani foreign minister said that his country would go on with the talks, and that nobody had an interest in closing the border.</p>
</article></body></html>`

// A page that a feed announced and that could not be had is fetched again, and so is
// one that was named itself.
func TestReplayFetchesAgain(t *testing.T) {
	var broken atomic.Bool
	broken.Store(true)
	mux := http.NewServeMux()
	mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Border Post</title><item><title>Talks on the border</title><link>http://%s/talks</link></item></channel></rss>`, r.Host)
	})
	for _, path := range []string{"/talks", "/page", "/other"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			if broken.Load() {
				http.Error(w, "gone for a while", http.StatusNotFound)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, feedPage)
		})
	}
	server := httptest.NewServer(mux)
	defer server.Close()
	store := filepath.Join(t.TempDir(), "a.duckdb")
	run := func(arguments ...string) (string, int) {
		c := exec.Command(os.Args[0], append(arguments, "--store", store)...)
		c.Env = append(os.Environ(), "DYAD_AS_COMMAND=1")
		out, _ := c.CombinedOutput() // the status is what counts
		return string(out), c.ProcessState.ExitCode()
	}
	if out, status := run("ingest", "--quiet", "--allow-private", server.URL+"/feed", server.URL+"/page"); status != exitSomeFailed {
		t.Fatalf("ingest ends with status %d:\n%s", status, out)
	}
	if out, status := run("replay", "--all", "--allow-private"); status != exitSomeFailed || !strings.Contains(out, "0 of 2 solved") {
		t.Errorf("replay of what is still broken ends with status %d:\n%s", status, out)
	}
	if out, _ := run("failures", "--format", "table"); strings.Count(out, "tried 2 times") != 2 {
		t.Errorf("the tries are not counted:\n%s", out)
	}
	broken.Store(false)
	if out, status := run("replay", "--all"); status != exitSomeFailed || !strings.Contains(out, "--allow-private") {
		t.Errorf("without --allow-private replay ends with status %d:\n%s", status, out)
	}
	if out, status := run("replay", "--all", "--allow-private"); status != 0 || !strings.Contains(out, "2 of 2 solved") {
		t.Errorf("replay of what is well again ends with status %d:\n%s", status, out)
	}
	out, _ := run("stories", "--format", "csv", "--no-fold")
	for _, path := range []string{"/talks", "/page"} {
		if !strings.Contains(out, server.URL+path) {
			t.Errorf("%s is not among the stories:\n%s", path, out)
		}
	}
	// A page that was had without a date takes the one that is given later.
	if out, _ := run("ingest", "--quiet", "--allow-private", "--date", "2024-03-05", server.URL+"/page"); !strings.Contains(out, "1 of them without a date got one") {
		t.Errorf("the page that was kept without a date gets none:\n%s", out)
	}
	if out, _ := run("ingest", "--quiet", "--allow-private", "--date", "2024-03-06", server.URL+"/page"); !strings.Contains(out, "1 was there before\n") {
		t.Errorf("the page that has a date is not passed over:\n%s", out)
	}
	broken.Store(true)
	run("ingest", "--quiet", "--allow-private", server.URL+"/other")
	broken.Store(false)
	if out, status := run("replay", "--all", "--allow-private", "--date", "2024-03-07"); status != 0 {
		t.Errorf("replay with a date ends with status %d:\n%s", status, out)
	}
	out, _ = run("stories", "--format", "jsonl", "--no-fold")
	for _, want := range []string{`"date":"2024-03-05"`, `"date":"2024-03-07"`} {
		if strings.Count(out, want) != 1 {
			t.Errorf("%s is not once among the stories:\n%s", want, out)
		}
	}
	if out, status := run("verify"); status != 0 {
		t.Errorf("the store has faults:\n%s", out)
	}
}
