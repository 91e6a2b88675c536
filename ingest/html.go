package ingest

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/opendyad/dyad"
)

// maxElements bounds the page tree: a page of news has some thousand elements.
const maxElements = 200_000

// storyOfHTML takes the article out of a web page: title, text, date, outlet.
func storyOfHTML(data []byte, name string) (dyad.Story, error) {
	st := dyad.Story{ID: storyID(name)}
	result, err := trafilatura.Extract(bytes.NewReader(data), trafilatura.Options{
		EnableFallback: true, ExcludeComments: true, ExcludeTables: true, MaxTreeSize: maxElements,
		// The other modes ask go-dateparser, which is not built in: see ingest/dateparser.
		HtmlDateMode: trafilatura.Fast,
	})
	if err != nil {
		return st, fmt.Errorf("taking the article out of the page %s: %w", name, err)
	}
	if result == nil || result.ContentNode == nil {
		return st, fmt.Errorf("the page %s has no article in it that can be told from its menus", name)
	}
	meta := result.Metadata
	st.Title, st.URL, st.Publisher, st.Language = meta.Title, meta.URL, meta.Sitename, meta.Language
	if !meta.Date.IsZero() {
		y, m, d := meta.Date.Date()
		st.Published = dyad.Date{Year: y, Month: int(m), Day: d}
	}
	st.Text = paragraphs(result.ContentNode)
	return st, nil
}

// paragraphs gives the text of a page's content, a blank line between blocks, so
// that a heading does not run into the sentence after it.
func paragraphs(root *html.Node) string {
	var blocks []string
	var b strings.Builder
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
