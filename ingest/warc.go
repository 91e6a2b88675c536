package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
)

// readWARC reads the pages of a WARC archive (ISO 28500), packed or not. A record
// that is damaged is reported; reading goes on at the next "WARC/1" line.
func readWARC(r io.Reader, name string, give func(dyad.Story, error) bool) {
	in := bufio.NewReaderSize(r, 1<<16)
	if magic, err := in.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(in) // reads member after member as one stream
		if err != nil {
			give(dyad.Story{ID: storyID(name)}, fmt.Errorf("unpacking %s: %w", name, err))
			return
		}
		in = bufio.NewReaderSize(z, 1<<16)
	}
	for number := 1; ; number++ {
		header, body, err := nextRecord(in)
		place := fmt.Sprintf("%s, record %d", name, number)
		if errors.Is(err, io.EOF) && header == nil {
			return
		}
		if err != nil {
			if !give(dyad.Story{ID: place}, fmt.Errorf("reading %s: %w", place, err)) || header == nil {
				return
			}
			continue
		}
		if header["warc-type"] != "response" && header["warc-type"] != "resource" {
			continue
		}
		st, isPage, err := storyOfRecord(header, body, place)
		if isPage && !give(st, err) {
			return
		}
	}
}

// nextRecord reads a record's header lines and its body. With a nil header the
// archive is at its end or cannot be read on.
func nextRecord(in *bufio.Reader) (map[string]string, []byte, error) {
	for {
		line, _, err := readLine(in, 1<<20)
		if err != nil {
			return nil, nil, err
		}
		if bytes.HasPrefix(line, []byte("WARC/1")) {
			break
		}
	}
	header := map[string]string{}
	for {
		line, tooLong, err := readLine(in, 1<<20)
		if err != nil {
			return nil, nil, err
		}
		text := strings.TrimSpace(string(line))
		if text == "" && !tooLong {
			break
		}
		if key, value, ok := strings.Cut(text, ":"); ok {
			header[strings.ToLower(key)] = strings.TrimSpace(value)
		}
	}
	length, err := strconv.ParseInt(header["content-length"], 10, 64)
	if err != nil || length < 0 {
		return header, nil, fmt.Errorf("its Content-Length %q is no length; going on at the next record", header["content-length"])
	}
	if length > 2*maxStory {
		_, err := io.CopyN(io.Discard, in, length)
		return header, nil, errors.Join(fmt.Errorf("it is %d bytes long, which no page of news is", length), err)
	}
	body := make([]byte, length)
	if n, err := io.ReadFull(in, body); err != nil {
		return header, body[:n], fmt.Errorf("the archive ends inside it: %w", err)
	}
	return header, body, nil
}

// storyOfRecord takes the story out of an HTTP response of a web page.
func storyOfRecord(header map[string]string, body []byte, place string) (st dyad.Story, isPage bool, err error) {
	target := strings.Trim(header["warc-target-uri"], "<>")
	contentType := header["content-type"]
	page := body
	if strings.HasPrefix(contentType, "application/http") {
		response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(body)), nil)
		if err != nil {
			return dyad.Story{ID: target}, true, fmt.Errorf("%s: its HTTP response cannot be read: %w", place, err)
		}
		defer response.Body.Close()
		contentType = response.Header.Get("Content-Type")
		if response.StatusCode != http.StatusOK || !strings.Contains(contentType, "html") {
			return dyad.Story{}, false, nil
		}
		var reader io.Reader = response.Body
		if response.Header.Get("Content-Encoding") == "gzip" {
			if reader, err = gzip.NewReader(response.Body); err != nil {
				return dyad.Story{ID: target}, true, fmt.Errorf("%s: unpacking the page: %w", place, err)
			}
		}
		page, err = io.ReadAll(io.LimitReader(reader, maxStory))
		if err != nil && len(page) == 0 {
			return dyad.Story{ID: target}, true, fmt.Errorf("%s: reading the page: %w", place, err)
		}
	}
	if !strings.Contains(contentType, "html") {
		return dyad.Story{}, false, nil
	}
	st, err = storyOfHTML(page, target)
	st.ID = firstOf(target, place)
	st.URL = target
	return st, true, err
}
