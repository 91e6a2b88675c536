package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/opendyad/dyad"
)

// Bounds of a page. One of news has some thousand elements in 500 kB; the larger
// ones are lists, forums and traps, and extraction takes longer than linear time.
const (
	maxElements = 30_000
	maxPage     = 8 << 20
	minArticle  = 40 // bytes: shorter is "Home", "Please wait" or "Not found"
)

// unknownKind is what net/http calls bytes that it does not know: a page with a
// NUL byte in it too.
const unknownKind = "application/octet-stream"

var errNoArticle = errors.New("it has no article in it that can be told from its menus")

// Page takes the article out of a web page: title, text, outlet, language and
// date of publication. contentType is the Content-Type header it came with, "" when
// there is none; address is where it came from and becomes the story's ID. fast
// takes go-readability instead of go-trafilatura: several times faster, and it
// more often keeps what is no part of the article.
func Page(data []byte, contentType, address string, fast bool) (dyad.Story, error) {
	st, err := pageAt(data, contentType, address, fast, time.Now())
	if err != nil {
		err = fmt.Errorf("the page %s: %w", address, err)
	}
	return st, err
}

// An article is what either extractor finds in a page.
type article struct {
	title, outlet, language, canonical string
	date                               time.Time
	content                            *html.Node
}

// pageAt is Page at a given time: a page cannot be published later than that. What
// it calls walks trees that strangers wrote, so a panic is a failure of this page.
func pageAt(data []byte, contentType, address string, fast bool, now time.Time) (st dyad.Story, err error) {
	st = dyad.Story{ID: address, Source: address}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("taking the article out of it failed: %v", p)
		}
	}()
	if len(data) > maxPage {
		return st, fmt.Errorf("it is longer than the %d bytes that dyad reads as one page", maxPage)
	}
	text := decode(data, contentType)
	if kind := http.DetectContentType(data); !strings.HasPrefix(kind, "text/") && kind != unknownKind || badLetters(text)*20 > len(text) {
		return st, fmt.Errorf("it is no web page, by its bytes it is %s", kind)
	}
	root, err := parsePage(text)
	if err != nil {
		return st, fmt.Errorf("reading its HTML: %w", err)
	}
	at, _ := url.Parse(address)
	if at != nil && at.Scheme != "http" && at.Scheme != "https" {
		at = nil // a file's path
	}
	a, err := extract(root, at, fast, now)
	if err != nil {
		return st, fmt.Errorf("taking the article out of it: %w", err)
	}
	if a.content == nil {
		return st, errNoArticle
	}
	st.Title, st.Publisher, st.URL = PlainTitle(a.title), PlainTitle(a.outlet), a.canonical
	st.Text = withoutHeading(plainText(paragraphs(a.content)), st.Title)
	if at != nil {
		st.URL = address
		if st.Publisher == "" {
			st.Publisher = strings.TrimPrefix(at.Hostname(), "www.")
		}
	}
	if len(st.Text) < minArticle || strings.Count(st.Text, "\ufffd")*20 > len(st.Text) {
		return st, errNoArticle
	}
	st.Language = Language(st.Text, a.language)
	st.Published = pageDate(a.date, address, now)
	if st.Published.IsZero() {
		st.Published = pageDate(time.Time{}, a.canonical, now)
	}
	if !st.Published.IsZero() {
		st.PublishedBasis = dyad.PublishedPage
	}
	return st, nil
}

// withoutHeading drops a first line that says the title once more: what it tells would
// be told twice. It has half of its words or more from the title and no full stop.
func withoutHeading(text, title string) string {
	heading, rest, found := strings.Cut(text, "\n\n")
	if !found || title == "" || len(heading) > 300 || strings.ContainsAny(heading[max(0, len(heading)-1):], ".!?:”\"") {
		return text
	}
	known := map[string]bool{}
	for _, word := range strings.Fields(strings.ToLower(title)) {
		known[word] = true
	}
	same, words := 0, strings.Fields(strings.ToLower(heading))
	for _, word := range words {
		if known[word] {
			same++
		}
	}
	if len(words) == 0 || 2*same < len(words) {
		return text
	}
	return strings.TrimLeft(rest, "\n")
}

// parsePage makes the tree of a page and refuses one that is too large.
func parsePage(text string) (*html.Node, error) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, err // nested deeper than 512 elements
	}
	elements := 0
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			elements++
		}
	}
	if elements > maxElements {
		return nil, fmt.Errorf("it has %d elements, more than the %d that a page of news has", elements, maxElements)
	}
	return root, nil
}

// extract asks one of the two extractors.
func extract(root *html.Node, at *url.URL, fast bool, now time.Time) (article, error) {
	if fast {
		return extractFast(root, at)
	}
	address := ""
	if at != nil {
		address = at.String()
	}
	result, err := trafilatura.ExtractDocument(root, trafilatura.Options{
		OriginalURL: at, EnableFallback: true, ExcludeComments: true, ExcludeTables: true,
		// The extensive search asks go-dateparser, which is not built in: see ingest/dateparser.
		HtmlDateOptions: &htmldate.Options{
			URL: address, UseOriginalDate: true, SkipExtensiveSearch: true,
			MinDate: firstPages, MaxDate: now.Add(24 * time.Hour),
		},
	})
	if err != nil || result == nil {
		return article{}, err
	}
	m := result.Metadata
	return article{m.Title, m.Sitename, m.Language, m.URL, m.Date, result.ContentNode}, nil
}

func extractFast(root *html.Node, at *url.URL) (article, error) {
	canonical := canonicalAddress(root)
	parser := readability.NewParser()
	result, err := parser.ParseAndMutate(root, at)
	if err != nil {
		return article{}, err
	}
	a := article{title: result.Title(), outlet: result.SiteName(), language: result.Language(), canonical: canonical, content: result.Node}
	a.date, err = result.PublishedTime()
	if err != nil && !errors.Is(err, readability.ErrTimestampMissing) {
		a.date = time.Time{} // written in a form that is no date
	}
	return a, nil
}

// canonicalAddress is the address that a page gives for itself, "" when none.
func canonicalAddress(root *html.Node) string {
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "link" || attribute(n, "rel") != "canonical" {
			continue
		}
		if u, err := url.Parse(attribute(n, "href")); err == nil && u.IsAbs() {
			return u.String()
		}
	}
	return ""
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// paragraphs gives the text of a page's content, a blank line between blocks, so
// that a heading does not run into the sentence after it.
func paragraphs(root *html.Node) string {
	var blocks []string
	var b bytes.Buffer
	end := func() {
		if t := strings.Join(strings.Fields(b.String()), " "); t != "" {
			blocks = append(blocks, t)
		}
		b.Reset()
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		block := false
		switch n.Type {
		case html.TextNode:
			b.WriteString(n.Data)
		case html.ElementNode:
			switch n.Data {
			case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "section", "article", "br", "ul", "ol", "table", "tr":
				block = true
			}
		}
		if block {
			end()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			end()
		}
	}
	walk(root)
	end()
	return strings.Join(blocks, "\n\n")
}
