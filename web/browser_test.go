package web

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take to come to show something.
const patience = 20 * time.Second

// browser is the one browser that all tests open their tabs in.
var browser = sync.OnceValues(func() (context.Context, error) {
	c, err := coded()
	if err != nil {
		return nil, err
	}
	// Its profile lies in the folder of the corpus, which goes when the tests have ended.
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium()), chromedp.UserDataDir(filepath.Join(c.folder, "browser")))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	endBrowser = func() { _ = chromedp.Cancel(ctx) } // it ends with the process at the latest
	return ctx, chromedp.Do(ctx, chromedp.Navigate("about:blank"))
})

// endBrowser ends the browser, if there is one, when all tests have.
var endBrowser = func() {}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// A tab is a page of a site in a browser. What it complains of, and whatever it asks
// of another host, fails the test.
type tab struct {
	*site
	ctx context.Context

	mu       sync.Mutex
	wrong    []string
	expected string // part of a complaint that the test wants
}

// openTab opens a tab on a copy of the corpus, or skips the test where that cannot be.
func openTab(t *testing.T, width, height int64, with ...func(*Options)) *tab {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes too long for -short")
	}
	if chromium() == "" {
		t.Skip("no Chromium is found: apt-get install chromium")
	}
	if _, err := fs.Stat(bundle, "app/dist/index.html"); err != nil {
		t.Skip("the pages are not built: make page")
	}
	parent, err := browser()
	if err != nil {
		t.Fatalf("starting the browser: %v", err)
	}
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(cancel)
	b := &tab{site: serve(t, with...), ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, log.Enable, cdp.Empty{}); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		calm := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}
		if _, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: calm}); err != nil {
			return err
		}
		size := emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 600}
		_, err := cdp.Call(ctx, target, emulation.SetDeviceMetricsOverride, size)
		return err
	}))
	t.Cleanup(b.quiet)
	return b
}

// hear notes what is wrong.
func (b *tab) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			b.note(fmt.Sprintf("console %s: %s %s", e.Type, a.Value, a.Description))
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		b.note("uncaught: " + text)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			b.note(fmt.Sprintf("%s: %s", e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		// The browser's own controls have drawings in data: addresses.
		if u := e.Request.URL; !strings.HasPrefix(u, b.base+"/") && !strings.HasPrefix(u, "blob:") && !strings.HasPrefix(u, "data:") && u != "about:blank" {
			b.note("a request to another host: " + u)
		}
	}
}

func (b *tab) note(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.expected == "" || !strings.Contains(what, b.expected) {
		b.wrong = append(b.wrong, what)
	}
}

// quiet fails the test when something was wrong.
func (b *tab) quiet() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, what := range b.wrong {
		b.t.Error(what)
	}
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to a path and waits until an expression of JavaScript is true there.
func (b *tab) open(path, until string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base + path))
	b.until(until)
}

// until waits for an expression to be true; while it cannot be worked out, it is not.
// The waiting is done on the page, but by no function made of text, which the policy
// of the server forbids.
func (b *tab) until(expression string) {
	b.t.Helper()
	wait := fmt.Sprintf(`new Promise((done) => {
		%s
		const end = Date.now() + %d;
		const look = () => {
			let is = false;
			try { is = Boolean(%s); } catch {}
			if (is || Date.now() > end) done(is); else setTimeout(look, 25);
		};
		look();
	})`, prelude, patience.Milliseconds(), expression)
	is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](wait, chromedp.EvalAwaitPromise))
	if err != nil || !is {
		shown, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.querySelector("main").innerText.slice(0, 700)`))
		b.t.Fatalf("%s does not come true (%v); the page shows\n%s", expression, err, shown)
	}
}

// text gives a string that the page holds.
func (b *tab) text(expression string) string {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("(() => {"+prelude+"return String("+expression+")})()"))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return s
}

func (b *tab) click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

func (b *tab) keys(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// prelude names what conditions are written with.
const prelude = `var $ = (s) => document.querySelector(s), all = (s) => [...document.querySelectorAll(s)], shown = (s) => document.body.innerText.includes(s);`
