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

	"github.com/klauspost/compress/gzip"

	"github.com/opendyad/dyad"
)

// record takes the story out of a record that holds a page or a text. The date of
// the record is when it was fetched, which is not when the page was published.
func (in *reader) record(r record, place string) bool {
	target := targetOf(r.fields)
	id := firstOf(target, place)
	contentType := strings.ToLower(r.fields["content-type"])
	page := r.body
	switch r.fields["warc-type"] {
	case "response", "resource", "conversion":
	case "revisit":
		in.skip(SkipRevisit)
		return true
	default:
		return true // about the archive, or what was asked for
	}
	if r.tooLong {
		in.skip(SkipLong)
		return true
	}
	if strings.HasPrefix(contentType, "application/http") {
		a, err := readAnswer(r.body)
		switch {
		case err != nil:
			return in.problem(id, place, r.raw, err)
		case a.status != 200:
			in.skip(SkipStatus)
			return true
		}
		page, contentType = a.body, a.contentType
		if contentType == "" {
			contentType = http.DetectContentType(page)
		}
		if why := a.encoding; why != "" && isPage(contentType) && !in.known(id) {
			return in.problem(id, place, r.raw, fmt.Errorf("its page is packed in a way (%s) that dyad does not read", why))
		}
	}
	plain := strings.HasPrefix(contentType, "text/plain") && r.fields["warc-type"] != "response" // there it is robots.txt
	switch {
	case !isPage(contentType) && !plain:
		in.skip(SkipKind)
		return true
	case in.known(id):
		return true
	case plain:
		return in.plainRecord(r, id, place, page)
	}
	st, err := pageAt(page, contentType, id, in.Fast, in.Now)
	st.Source = place
	if err != nil {
		return in.problem(id, place, r.raw, err)
	}
	return in.finish(in.dated(st), r.raw)
}

func isPage(contentType string) bool {
	return strings.HasPrefix(contentType, "text/html") || strings.HasPrefix(contentType, "application/xhtml")
}

// plainRecord reads the text of a page as WET archives have it: the first line is
// the page's title.
func (in *reader) plainRecord(r record, id, place string, data []byte) bool {
	text, note, err := textOf(data)
	if err != nil {
		return in.problem(id, place, r.raw, err)
	}
	if note != nil {
		in.note(id, place, r.raw, note)
	}
	st := dyad.Story{ID: id, Source: place, Text: text, Language: r.fields["warc-identified-content-language"]}
	if r.fields["warc-type"] == "conversion" {
		if title, body, ok := strings.Cut(plainText(text), "\n"); ok && strings.TrimSpace(body) != "" && len(title) < 400 {
			st.Title, st.Text = title, body
		}
	}
	if strings.HasPrefix(id, "http") {
		st.URL = id
		st.Published = addressDate(id)
		if !possible(st.Published, in.Now) {
			st.Published = dyad.Date{}
		} else {
			st.PublishedBasis = dyad.PublishedPage
		}
	}
	return in.give(in.dated(st), r.raw)
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
	var err error
	a.body, a.encoding, err = unpackBody(body, packed)
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
