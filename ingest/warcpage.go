package ingest

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/opendyad/dyad"
)

// A task is work on a page; what it gives hands on the story or the problem, and
// says whether more is wanted.
type task func() func() bool

// pageTask is the work on a record that holds a page or a text, nil for others. size
// is of the page. The date of the record is when it was fetched, which is not when
// the page was published.
func (in *reader) pageTask(r record, place string) (work task, size int) {
	id := firstOf(plainAddress(targetOf(r.fields)), unnamed(place))
	contentType := strings.ToLower(r.fields["content-type"])
	kind := r.fields["warc-type"]
	switch {
	case kind == "revisit":
		in.skip(SkipRevisit)
		return nil, 0
	case kind != "response" && kind != "resource" && kind != "conversion":
		return nil, 0 // about the archive, or what was asked for
	case r.tooLong:
		in.skip(SkipLong)
		return nil, 0
	}
	a := answer{status: http.StatusOK, contentType: contentType, body: r.body}
	var err error
	if strings.HasPrefix(contentType, "application/http") {
		a, err = readAnswer(r.body)
	}
	plain := strings.HasPrefix(a.contentType, "text/plain") && kind != "response" // there it is robots.txt
	switch {
	case err != nil && (a.contentType == "" || isPage(a.contentType)):
		return in.failedTask(id, place, r.raw, err), 0
	case a.status != http.StatusOK:
		in.skip(SkipStatus)
		return nil, 0
	case !isPage(a.contentType) && !plain:
		in.skip(SkipKind)
		return nil, 0
	case in.known(id):
		return nil, 0
	case a.encoding != "":
		return in.failedTask(id, place, r.raw, fmt.Errorf("its page is packed in a way (%s) that dyad does not read", a.encoding)), 0
	}
	page, raw := bytes.Clone(a.body), kept(r.raw) // the record is overwritten by the next one
	if plain {
		language := r.fields["warc-identified-content-language"]
		return func() func() bool {
			return func() bool { return in.webText(page, raw, id, place, language) }
		}, len(page)
	}
	return func() func() bool {
		st, err := pageAt(page, a.contentType, id, in.Fast, in.Now)
		st.Source = place
		return func() bool {
			if err != nil {
				return in.problem(id, place, raw, err)
			}
			return in.finish(in.dated(st), raw)
		}
	}, len(page)
}

// failedTask hands on that there is nothing to work on.
func (in *reader) failedTask(id, place string, raw []byte, err error) task {
	raw = kept(raw)
	return func() func() bool {
		return func() bool { return in.problem(id, place, raw, err) }
	}
}

func isPage(contentType string) bool {
	return strings.HasPrefix(contentType, "text/html") || strings.HasPrefix(contentType, "application/xhtml")
}

// webText reads the text of a page as WET archives have it: the first line is the
// page's title.
func (in *reader) webText(data, raw []byte, id, place, language string) bool {
	text, note, err := textOf(data)
	if err != nil {
		return in.problem(id, place, raw, err)
	}
	if note != nil {
		in.note(id, place, raw, note)
	}
	st := dyad.Story{ID: id, Source: place, Language: language}
	title, body, ok := strings.Cut(plainText(text), "\n")
	if ok && strings.TrimSpace(body) != "" && len(title) < 400 {
		st.Title, st.Text = title, body
	} else {
		st.Text = text
	}
	if strings.HasPrefix(id, "http") {
		st.URL = id
		if st.Published = pageDate(time.Time{}, id, in.Now); !st.Published.IsZero() {
			st.PublishedBasis = dyad.PublishedPage
		}
	}
	return in.give(in.dated(st), raw)
}

// An answer is what a server sent, unpacked.
type answer struct {
	status      int
	contentType string
	encoding    string // a packing that is not read
	body        []byte
}

// readAnswer reads the HTTP response in a record. Its fields are not taken at their
// word: many archives hold the page unpacked under the fields of the packed one.
func readAnswer(data []byte) (answer, error) {
	var a answer
	head, body, ok := bytes.Cut(data, []byte("\r\n\r\n"))
	if short, rest, found := bytes.Cut(data, []byte("\n\n")); found && (!ok || len(short) < len(head)) {
		head, body, ok = short, rest, true
	}
	lines := strings.Split(string(head[:min(len(head), maxHeaders)]), "\n")
	if !ok || !strings.HasPrefix(lines[0], "HTTP/") {
		return a, errors.New("its HTTP response cannot be read: no status line and header")
	}
	if _, rest, found := strings.Cut(lines[0], " "); found {
		fmt.Sscanf(rest, "%d", &a.status)
	}
	chunked, packed := false, ""
	for _, line := range lines[1:] {
		key, value, _ := strings.Cut(line, ":")
		value = strings.ToLower(strings.TrimSpace(value))
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "content-type":
			a.contentType = value
		case "transfer-encoding":
			chunked = strings.Contains(value, "chunked")
		case "content-encoding":
			packed = value
		}
	}
	if chunked {
		body = withoutChunks(body)
	}
	if a.status != http.StatusOK {
		return a, nil
	}
	var err error
	a.body, a.encoding, err = unpackBody(body, packed)
	if a.contentType == "" {
		a.contentType = http.DetectContentType(a.body)
	}
	return a, err
}

// withoutChunks puts a chunked body together, as far as it goes; one that does not
// begin with a chunk's length was put together before.
func withoutChunks(body []byte) []byte {
	line, _, ok := bytes.Cut(body, []byte("\n"))
	size, _, _ := bytes.Cut(bytes.TrimSpace(line), []byte(";"))
	if !ok || len(size) == 0 || len(size) > 8 || len(bytes.Trim(size, "0123456789abcdefABCDEF")) > 0 {
		return body
	}
	whole, err := io.ReadAll(httputil.NewChunkedReader(bufio.NewReader(bytes.NewReader(body))))
	if err != nil && len(whole) == 0 {
		return body
	}
	return whole
}

// unpackBody unpacks a page; what is stated as packed and is not, stays.
func unpackBody(body []byte, stated string) (page []byte, unread string, err error) {
	var r io.Reader
	switch {
	case stated == "" || stated == "identity" || stated == "none":
		return body, "", nil
	case bytes.HasPrefix(body, gzipMagic):
		r, err = gzip.NewReader(bytes.NewReader(body))
	case bytes.HasPrefix(body, zstdMagic):
		z, e := newZstd(bytes.NewReader(body))
		if e == nil {
			defer z.Close()
		}
		r, err = z, e
	case strings.Contains(stated, "deflate") && len(body) > 2 && body[0]&0x0f == 8 && (int(body[0])<<8|int(body[1]))%31 == 0:
		r, err = zlib.NewReader(bytes.NewReader(body))
	case looksPlain(body):
		return body, "", nil
	case strings.Contains(stated, "deflate"):
		r = flate.NewReader(bytes.NewReader(body))
	default:
		return body, stated, nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("unpacking its page: %w", err)
	}
	page, err = io.ReadAll(io.LimitReader(r, maxPage+1))
	if err != nil && len(page) > maxPage/8 || len(page) > maxPage {
		return nil, "", fmt.Errorf("its page unpacks to more than the %d bytes that dyad reads as one page", maxPage)
	}
	if err != nil {
		return nil, "", fmt.Errorf("unpacking its page: %w", err)
	}
	return page, "", nil
}

// looksPlain reports whether a page begins with a tag or a blank, not with packed
// bytes.
func looksPlain(body []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(head) == 0 || head[0] == '<' || badLetters(string(head[:min(len(head), 512)])) == 0
}
