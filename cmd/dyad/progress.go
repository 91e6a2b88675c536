package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/opendyad/dyad/pipeline"
)

// A progress shows on a terminal how far long work has come, how fast it goes and
// how long it will take. Elsewhere it shows nothing.
type progress struct {
	bar *progressbar.ProgressBar
}

// newProgress shows progress over so many bytes, or over an unknown number when
// bytes is 0.
func newProgress(quiet bool, bytes int64) *progress {
	if quiet || !isTerminal(os.Stderr) {
		return &progress{}
	}
	if bytes == 0 {
		bytes = -1
	}
	return &progress{bar: progressbar.NewOptions64(bytes,
		progressbar.OptionSetWriter(os.Stderr), progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetDescription("reading"))}
}

// told shows what was stored.
func (p *progress) told(kept pipeline.Kept) {
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%d stories, %d records", kept.Stories, kept.Records))
	}
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		// The bar is on standard error, which nobody can do anything about.
		_ = p.bar.Finish()
	}
}

// over counts what is read through it.
func (p *progress) over(r io.Reader) io.Reader {
	if p.bar == nil {
		return r
	}
	return &counted{r, p}
}

type counted struct {
	io.Reader
	p *progress
}

func (c *counted) Read(data []byte) (int, error) {
	n, err := c.Reader.Read(data)
	c.p.bar.Add(n) //nolint:errcheck // see end
	return n, err
}
