package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// smallBody may grow by any ratio when it is unpacked: a page of blanks does.
const smallBody = 1 << 20

// counted counts the bytes that come from the network and tells of each read.
type counted struct {
	from io.Reader
	n    int64
	read func()
}

func (r *counted) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	r.n += int64(n)
	if n > 0 {
		r.read()
	}
	return n, err
}

// readBody reads an answer and unpacks it, at most limit bytes; with cut the rest
// is left away, else it is an error. What the header says of the length counts
// only where it is too much already.
func readBody(raw *counted, response *http.Response, limit, ratio int64, cut bool) ([]byte, error) {
	if response.ContentLength > limit && !cut {
		return nil, fmt.Errorf("%w (%d bytes announced, more than %d)", errLong, response.ContentLength, limit)
	}
	plain, err := unpack(raw, response.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	var body []byte
	if n := response.ContentLength; n > 0 {
		body = make([]byte, 0, min(n, limit, smallBody)+1)
	}
	for {
		if len(body) == cap(body) {
			body = append(body, 0)[:len(body)]
		}
		n, err := plain.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		size := int64(len(body))
		switch {
		case size > limit && cut:
			return body[:limit], nil
		case size > limit:
			return nil, fmt.Errorf("%w (more than %d bytes)", errLong, limit)
		case size > smallBody && size > ratio*raw.n:
			return nil, fmt.Errorf("%w (%d bytes to more than %d)", errBomb, raw.n, size)
		case err == io.EOF:
			return body, nil
		case err != nil:
			return nil, err
		}
	}
}

// unpack undoes a Content-Encoding.
func unpack(r io.Reader, coding string) (io.Reader, error) {
	switch coding = strings.ToLower(strings.TrimSpace(coding)); coding {
	case "", "identity":
		return r, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if errors.Is(err, gzip.ErrHeader) {
			return nil, errors.New("the answer is not packed by gzip, as it says that it is")
		}
		if err == io.EOF {
			return r, nil // nothing is nothing, packed or not
		}
		return z, err
	case "deflate":
		// Servers mean zlib by it, as the standard does, or bare deflate.
		b := bufio.NewReader(r)
		head, _ := b.Peek(2)
		if len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(b)
		}
		return flate.NewReader(b), nil
	}
	return nil, fmt.Errorf("the answer is packed by %q, which dyad did not ask for", told(coding))
}
