package fetch

import (
	"bytes"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/opendyad/dyad/ingest"
)

// maxTitle bounds a title in bytes; longer ones are the whole text by mistake.
const maxTitle = 1000

// titleOf makes one line of plain text of a title.
func titleOf(s string) string {
	if len(s) > maxTitle {
		s = strings.ToValidUTF8(s[:maxTitle], "")
	}
	return ingest.PlainTitle(s)
}

// textOf makes plain text of what a feed says in HTML, a blank line between
// paragraphs. It works on tags one after the other, so that no nesting is too deep.
func textOf(s string) string {
	var blocks []string
	var block bytes.Buffer
	end := func() {
		if t := strings.Join(strings.Fields(withoutControls(block.String())), " "); t != "" && !advertises(t) {
			blocks = append(blocks, t)
		}
		block.Reset()
	}
	var within atom.Atom // an element whose content is no text
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			end()
			return strings.Join(blocks, "\n\n")
		case html.TextToken:
			if within == 0 {
				block.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := atom.Lookup(name); {
			case within != 0:
			case hidden(tag):
				within = tag
			case separates(tag):
				end()
			}
		case html.SelfClosingTagToken, html.EndTagToken:
			name, _ := z.TagName()
			switch tag := atom.Lookup(name); {
			case within != 0 && tag == within:
				within = 0
			case within == 0 && separates(tag):
				end()
			}
		}
	}
}

func hidden(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Figcaption, atom.Svg, atom.Button, atom.Form:
		return true
	}
	return false
}

func separates(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.Br, atom.Li, atom.Ul, atom.Ol, atom.Blockquote, atom.Section, atom.Article, atom.Table, atom.Tr,
		atom.Td, atom.Figure, atom.Hr, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// advertises reports whether a paragraph is what a publishing system adds to every
// item of a feed: "Continue reading…", "The post X appeared first on Y."
func advertises(t string) bool {
	if len(t) > 300 {
		return false
	}
	low := strings.ToLower(strings.Trim(t, " .…[]»→>"))
	switch low {
	case "continue reading", "read more", "read full story", "read full article", "comments", "more":
		return true
	}
	return strings.HasPrefix(low, "the post ") && strings.Contains(low, " appeared first on ")
}

// withoutControls drops NUL and the other characters that nobody sees.
func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f || r == '\u00ad' || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
}

// headOf bounds where the head of a page is looked for its feeds, in bytes.
const headOf = 256 << 10

// announced is the first feed that a page's head names, "" when none.
func announced(page string, base *url.URL) string {
	z := html.NewTokenizer(strings.NewReader(page[:min(len(page), headOf)]))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom == atom.Body {
				return ""
			}
			if t.DataAtom != atom.Link {
				continue
			}
			values := map[string]string{}
			for _, a := range t.Attr {
				values[a.Key] = a.Val
			}
			kind := strings.ToLower(values["type"])
			if strings.EqualFold(values["rel"], "alternate") && (kind == "application/rss+xml" || kind == "application/atom+xml" || kind == "application/feed+json") {
				if u := resolve(base, values["href"]); u != nil {
					return u.String()
				}
			}
		}
	}
}
