package fetch

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Bounds of a feed in XML.
const (
	maxDepth      = 100     // elements within one another
	maxNamespaces = 200     // declared at one place
	maxItem       = 1 << 20 // bytes of one item
	maxField      = 8 << 10 // bytes of what is no text: a date, a link, a title
	maxPieces     = 10_000  // tags and runs of text within one element
)

// wanted lists the elements of a feed and of its items that are read; true for
// those that hold text of any length. The others (media, podcasts, comments) are
// left away before the feed is parsed.
var wanted = map[string]bool{
	"title": false, "link": false, "guid": false, "id": false, "language": false,
	"pubdate": false, "date": false, "published": false, "updated": false, "issued": false, "modified": false, "created": false,
	"description": true, "encoded": true, "content": true, "summary": true,
}

// Namespaces of items, true for Atom's; the root's own counts too. gofeed collects
// what is in others piece by piece, in time that grows with the square of the pieces.
var namespaces = map[string]bool{
	"http://www.w3.org/2005/Atom": true, "http://purl.org/atom/ns#": true,
	"http://purl.org/rss/1.0/": false, "http://channel.netscape.com/rdf/simple/0.9/": false, "http://my.netscape.com/rdf/simple/0.9/": false,
}

// contentSpace is the namespace of content:encoded.
const contentSpace = "http://purl.org/rss/1.0/modules/content/"

// A trimmer copies of a feed what is read of it.
type trimmer struct {
	text   string // from the root on
	above  int    // lines before it
	d      *xml.Decoder
	out    strings.Builder
	copied int      // text up to here is in out or left away
	names  []string // of the open elements, as written
	spaces []int    // how many namespaces each declares
	scope  int      // their sum
	root   xml.Name
	space  string // the namespace of the item that is open
	items  int
	item   int // depth of the item that is open, 0 when none
	start  int // where it starts
	safe   int // length of out after the last whole item
	open   []string
}

// trimXML gives the head of a feed with its first max items and of these the
// elements that are read, well nested; and what is wrong with the feed, in which
// case the items before that place are what it gives, "" when there are none. It
// goes through the feed once and keeps out of the parser's way all that makes
// parsers slow: deep nesting, thousands of namespaces, items without end.
func trimXML(text string, max int) (string, error) {
	root := rootOf(text)
	if root < 0 {
		return "", errors.New("it has no beginning")
	}
	above := strings.Count(text[:root], "\n")
	text = text[root:]
	t := &trimmer{text: text, above: above, d: xml.NewDecoder(strings.NewReader(text))}
	t.d.Strict = false
	err := t.run(max)
	if t.items == 0 && err != nil {
		return "", err
	}
	if t.items == 0 {
		t.out.WriteString(text[t.copied:])
		return t.out.String(), nil
	}
	out := t.out.String()[:t.safe]
	for _, name := range slices.Backward(t.open) {
		out += "</" + name + ">"
	}
	return out, err
}

// rootOf is where the first element starts, -1 when nowhere.
func rootOf(text string) int {
	rest := text
	for {
		rest = strings.TrimLeft(rest, " \t\r\n\ufeff")
		switch {
		case strings.HasPrefix(rest, "<?"):
			rest = after(rest, "?>")
		case strings.HasPrefix(rest, "<!--"):
			rest = after(rest, "-->")
		case strings.HasPrefix(rest, "<!"):
			rest = afterDoctype(rest)
		case strings.HasPrefix(rest, "<"):
			return len(text) - len(rest)
		default:
			return -1
		}
	}
}

func (t *trimmer) run(max int) error {
	for t.items < max {
		at := int(t.d.InputOffset())
		token, err := t.d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return t.wrong(at, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			err = t.begin(at, token)
		case xml.EndElement:
			t.end()
		}
		if err == nil && t.item > 0 && int(t.d.InputOffset())-t.start > maxItem {
			err = fmt.Errorf("an item is longer than %d bytes", maxItem)
		}
		if err != nil {
			return t.wrong(at, err)
		}
	}
	return nil
}

// wrong says where a feed is damaged.
func (t *trimmer) wrong(at int, err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		err = errors.New(syntax.Msg)
	}
	line := 1 + t.above + strings.Count(t.text[:min(at, len(t.text))], "\n")
	return fmt.Errorf("it is damaged at line %d, after %d items: %s", line, t.items, told(err.Error()))
}

func (t *trimmer) begin(at int, e xml.StartElement) error {
	if err := t.push(at, e); err != nil {
		return err
	}
	local := strings.ToLower(e.Name.Local)
	space := e.Name.Space
	switch depth := len(t.names); {
	case depth == 1:
		t.root = e.Name
	case t.item == 0 && depth <= 3 && t.native(space) && (local == "item" || local == "entry"):
		t.item, t.start, t.space = depth, at, space
	case t.item == 0 && depth == 2 && t.native(space) && local == "channel":
	case t.item == 0:
		return t.pass(at, local == "title" || local == "link" || local == "language", false)
	default:
		long, ok := wanted[local]
		// What nothing declares has its prefix for a namespace.
		own := space == t.space || space == contentSpace || space == "content"
		return t.pass(at, ok && (own || !long), long)
	}
	return nil
}

// native reports whether a namespace is one of items in this kind of feed.
func (t *trimmer) native(space string) bool {
	atom, ok := namespaces[space]
	return space == "" || space == t.root.Space || ok && atom == strings.EqualFold(t.root.Local, "feed")
}

// push notes an element that begins, within the bounds of nesting.
func (t *trimmer) push(at int, e xml.StartElement) error {
	declared := 0
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			declared++
		}
	}
	name := e.Name.Local
	if strings.HasPrefix(t.text[at:], "<") {
		name = rawName(t.text[at:])
	}
	t.names, t.spaces = append(t.names, name), append(t.spaces, declared)
	t.scope += declared
	if t.scope > maxNamespaces {
		return fmt.Errorf("it declares more than %d namespaces", maxNamespaces)
	}
	if len(t.names) > maxDepth {
		return fmt.Errorf("its elements are nested deeper than %d", maxDepth)
	}
	return nil
}

// pass goes to the end of the element that has just begun, and leaves it away when
// it is not kept or is too long for what it is.
func (t *trimmer) pass(at int, keep, long bool) error {
	outside := len(t.names) - 1
	for tokens := 0; len(t.names) > outside; tokens++ {
		here := int(t.d.InputOffset())
		token, err := t.d.Token()
		switch {
		case err == io.EOF:
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		case here-at > maxItem || tokens > maxPieces:
			return fmt.Errorf("an element is longer than %d bytes or in more than %d pieces", maxItem, maxPieces)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := t.push(here, token); err != nil {
				return err
			}
		case xml.EndElement:
			t.pop()
		}
	}
	if end := int(t.d.InputOffset()); !keep || !long && end-at > maxField {
		t.out.WriteString(t.text[t.copied:at])
		t.copied = end
	}
	return nil
}

// end notes that an element ended, and an item with it.
func (t *trimmer) end() {
	if t.item > 0 && len(t.names) == t.item {
		end := int(t.d.InputOffset())
		t.out.WriteString(t.text[t.copied:end])
		t.copied = end
		t.item = 0
		t.items++
		t.safe = t.out.Len()
		t.open = append(t.open[:0], t.names[:len(t.names)-1]...)
	}
	t.pop()
}

func (t *trimmer) pop() {
	last := len(t.names) - 1
	if last < 0 {
		return
	}
	t.scope -= t.spaces[last]
	t.names, t.spaces = t.names[:last], t.spaces[:last]
}
