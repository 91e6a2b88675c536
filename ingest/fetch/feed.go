package fetch

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/opendyad/dyad"
)

// A news is one feed as it was read.
type news struct {
	title, language string
	items           []item
	fault           error // where the feed is damaged; the items before that were read
}

// An item announces a page.
type item struct {
	link      *url.URL // nil when it has none that can be fetched
	id        string   // that the feed gives it
	title     string
	text      string // the longest that the feed itself says of it
	published dyad.Date
}

// kindOf tells by its beginning what an answer is: one of the Kind constants, or ""
// and what it is instead. Servers declare feeds as text/html and pages as anything.
func kindOf(text string) (kind, instead string) {
	rest := strings.TrimLeft(text, " \t\r\n\ufeff")
	declared := false
	for {
		switch {
		case rest == "":
			return "", "empty"
		case rest[0] == '{':
			if isJSONFeed(rest) {
				return KindJSON, ""
			}
			return "", "JSON that is no JSON feed"
		case strings.HasPrefix(rest, "<?"):
			declared = declared || strings.HasPrefix(rest, "<?xml")
			rest = after(rest, "?>")
		case strings.HasPrefix(rest, "<!--"):
			rest = after(rest, "-->")
		case strings.HasPrefix(rest, "<!"):
			if len(rest) > 14 && strings.EqualFold(rest[:14], "<!DOCTYPE html") {
				return KindPage, ""
			}
			rest = afterDoctype(rest)
		case rest[0] == '<':
			return kindOfRoot(rawName(rest), declared)
		default:
			return KindPage, ""
		}
		rest = strings.TrimLeft(rest, " \t\r\n")
	}
}

func kindOfRoot(root string, declared bool) (kind, instead string) {
	local := strings.ToLower(root[strings.LastIndexByte(root, ':')+1:])
	switch local {
	case "rss", "rdf":
		return KindRSS, ""
	case "feed":
		return KindAtom, ""
	case "html":
		return KindPage, ""
	case "urlset", "sitemapindex":
		return "", "a sitemap"
	}
	if declared {
		return "", "XML that is neither RSS nor Atom"
	}
	return KindPage, ""
}

func after(s, end string) string {
	_, rest, _ := strings.Cut(s, end)
	return rest
}

// afterDoctype skips a document type with the declarations in brackets that it may
// hold. Entities that they define are thereby never known, nor expanded.
func afterDoctype(s string) string {
	head, rest, _ := strings.Cut(s, ">")
	if strings.IndexByte(head, '[') >= 0 {
		return after(after(s, "]"), ">")
	}
	return rest
}

// rawName is the name of the tag that begins s: "rdf:RDF".
func rawName(s string) string {
	s = strings.TrimLeft(s, "</")
	if end := strings.IndexAny(s, " \t\r\n/>"); end >= 0 {
		s = s[:end]
	}
	return s
}

// isJSONFeed looks for the version among the outermost names of a JSON object.
func isJSONFeed(text string) bool {
	var head struct {
		Version string `json:"version"`
	}
	err := json.Unmarshal([]byte(text), &head)
	return err == nil && strings.HasPrefix(head.Version, "https://jsonfeed.org/version/")
}

// readFeed reads a feed of a kind, at most max items. base is where it came from.
func readFeed(text, kind string, base *url.URL, max int, now time.Time) (n news, err error) {
	defer func() {
		if p := recover(); p != nil {
			n, err = news{}, fmt.Errorf("the reader of feeds failed: %v", p)
		}
	}()
	if kind != KindJSON {
		text, n.fault = trimXML(text, max)
		if text == "" {
			return n, n.fault
		}
	}
	parsed, err := gofeed.NewParser().ParseString(text)
	if err != nil {
		return n, errors.Join(n.fault, err)
	}
	n.title = titleOf(parsed.Title)
	n.language = parsed.Language
	for _, it := range parsed.Items[:min(len(parsed.Items), max)] {
		n.items = append(n.items, itemOf(it, base, now))
	}
	return n, nil
}

// itemOf takes what is needed of an item.
func itemOf(from *gofeed.Item, base *url.URL, now time.Time) item {
	it := item{id: strings.TrimSpace(from.GUID), title: titleOf(from.Title)}
	for _, link := range append([]string{from.Link, from.GUID}, from.Links...) {
		// A GUID is an address only when it is a whole one.
		if link == from.GUID && link != from.Link && !strings.HasPrefix(link, "http") {
			continue
		}
		if it.link = resolve(base, link); it.link != nil {
			break
		}
	}
	it.text = textOf(from.Content)
	if summary := textOf(from.Description); len(summary) > len(it.text) {
		it.text = summary
	}
	for _, at := range []*time.Time{from.PublishedParsed, from.UpdatedParsed} {
		if at != nil && it.published.IsZero() {
			it.published = dayOf(*at, now)
		}
	}
	return it
}

// firstPages is before every page of the web: an older date is a clock that was
// never set, as 1970-01-01 is.
var firstPages = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// dayOf is the day that a feed gives, unknown when it cannot be: before the web or
// more than a day ahead, which no time zone explains.
func dayOf(at, now time.Time) dyad.Date {
	if at.Before(firstPages) || at.After(now.Add(24*time.Hour)) {
		return dyad.Date{}
	}
	y, m, d := at.UTC().Date()
	return dyad.Date{Year: y, Month: int(m), Day: d}
}
