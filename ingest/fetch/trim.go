package fetch

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
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
	text   string
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
	text = text[root:]
	t := &trimmer{text: text, d: xml.NewDecoder(strings.NewReader(text))}
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
	line := 1 + strings.Count(t.text[:min(at, len(t.text))], "\n")
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

// decodeFeed gives a feed in UTF-8 without characters that XML forbids. Text that
// is UTF-8 is so whatever it declares; else what it declares counts, and then what
// the letters of Western Europe are on Windows.
func decodeFeed(data []byte, contentType string) string {
	label := ""
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("<\x00")):
		label = "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")), bytes.HasPrefix(data, []byte("\x00<")):
		label = "utf-16be"
	}
	if label == "" && !nearlyUTF8(data) {
		label = declaredCharset(data, contentType)
	}
	if label != "" {
		e, _ := charset.Lookup(label)
		if decoded, err := e.NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
	}
	return legal(data)
}

// nearlyUTF8 reports whether text is UTF-8 but for some broken letters: of Windows's
// letters hardly two make a letter of UTF-8.
func nearlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return bad <= good
}

// declaredCharset is the label of a known encoding other than UTF-8.
func declaredCharset(data []byte, contentType string) string {
	head := strings.ToLower(string(data[:min(len(data), 200)]))
	_, fromXML, _ := strings.Cut(head, "encoding=")
	_, fromHeader, _ := strings.Cut(strings.ToLower(contentType), "charset=")
	for _, label := range []string{fromXML, fromHeader} {
		label = strings.TrimLeft(label, "\"' ")
		if end := strings.IndexAny(label, "\"' ;?>"); end >= 0 {
			label = label[:end]
		}
		// UTF-16 would have shown by its zeros.
		if e, name := charset.Lookup(label); e != nil && !strings.HasPrefix(name, "utf-") && name != "replacement" {
			return label
		}
	}
	return "windows-1252"
}

// legal drops what no XML may hold: control characters, as such and as "&#0;".
func legal(data []byte) string {
	var b strings.Builder
	b.Grow(len(data))
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == '&' {
			if skip := controlReference(data[i:]); skip > 0 {
				i += skip
				continue
			}
		}
		i += n
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// controlReference is the length of a reference to a forbidden character, else 0.
func controlReference(data []byte) int {
	if len(data) < 4 || data[1] != '#' {
		return 0
	}
	end := bytes.IndexByte(data[:min(len(data), 12)], ';')
	if end < 3 {
		return 0
	}
	digits, base := string(data[2:end]), 10
	if digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n >= ' ' && n != 0xfffe && n != 0xffff && (n < 0xd800 || n > 0xdfff) && n <= utf8.MaxRune || n == '\n' || n == '\t' || n == '\r' {
		return 0
	}
	return end + 1
}
