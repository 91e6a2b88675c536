package ingest

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Bounds of unpacking: a story that has unpacked to more than maxFlat at more than
// maxRatio to one is a trap, for text packs at three to ten to one.
const (
	maxFlat   = 64 << 20
	maxRatio  = 200
	maxWindow = 128 << 20 // of zstd, the most that its command takes by default
)

var errTrap = errors.New("it unpacks to more than 64 MB without a story in it, as traps do; it is not read on")

var (
	gzipMagic = []byte{0x1f, 0x8b, 0x08}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// unpack gives the stream of a tape, unpacked when it begins as packed data does.
func unpack(t *tape) (io.Reader, error) {
	head := t.ahead(4)
	packed := newGuard(t)
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		z, err := gzip.NewReader(t)
		if err != nil {
			return nil, err
		}
		packed.r = z
	case bytes.HasPrefix(head, zstdMagic):
		z, err := newZstd(t)
		if err != nil {
			return nil, err
		}
		packed.r = z
	}
	return packed, nil
}

func newZstd(r io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
}

// A guard watches how much comes out of how little.
type guard struct {
	r           io.Reader
	packed      *tape
	out         int64
	startOut    int64 // at the last story
	startPacked int64
	done        error
}

func newGuard(t *tape) *guard { return &guard{r: t, packed: t, startPacked: t.offset()} }

// fresh says that a story has come out.
func (g *guard) fresh() { g.startOut, g.startPacked = g.out, g.packed.offset() }

// Read unpacks, or fails when what comes out is a trap.
func (g *guard) Read(p []byte) (int, error) {
	if g.done != nil {
		return 0, g.done
	}
	n, err := g.r.Read(p)
	g.out += int64(n)
	if out := g.out - g.startOut; out > maxFlat && out > maxRatio*(g.packed.offset()-g.startPacked+1) {
		err = errTrap
	}
	g.done = err
	return n, err
}

// utf8Stream drops a byte order mark, and turns UTF-16 into UTF-8 when the mark
// says so.
func utf8Stream(t *tape) io.Reader {
	switch head := t.ahead(3); {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		t.pos += 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return transform.NewReader(t, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	}
	return t
}

// inputOfContent tells the input of a source by its name, and when that says
// nothing by its first bytes, unpacked if need be.
func inputOfContent(t *tape, name string) Input {
	if input, ok := inputByName(name); ok {
		return input
	}
	head := t.ahead(4096)
	if bytes.HasPrefix(head, gzipMagic) || bytes.HasPrefix(head, zstdMagic) {
		first := newTape(bytes.NewReader(head))
		if r, err := unpack(first); err == nil {
			unpacked := make([]byte, 1024)
			n, _ := io.ReadFull(r, unpacked) // the head may end anywhere
			head = unpacked[:n]
		}
	}
	if input, ok := inputOfBytes(head); ok {
		return input
	}
	return Text
}

// inputOfBytes tells the input by its first bytes.
func inputOfBytes(head []byte) (Input, bool) {
	if text, ok := decodeMarked(head[:min(len(head), 1024)&^1]); ok {
		head = []byte(text)
	}
	text := strings.ToLower(strings.TrimSpace(string(head[:min(len(head), 1024)])))
	begins := func(prefixes ...string) bool {
		for _, p := range prefixes {
			if strings.HasPrefix(text, p) {
				return true
			}
		}
		return false
	}
	switch {
	case begins("warc/1", "warc/0"):
		return WARC, true
	case begins("<!doctype html", "<html", "<head", "<body"):
		return HTML, true
	case strings.Contains(text, "<sentence") || strings.Contains(text, "<articles>"):
		return PETRARCH, true
	case begins("<?xml", "<!--"):
		return HTML, strings.Contains(text, "<html")
	case begins("{\"", "{ ", "{\n", "{\r", "[{", "[\n", "[ ", "[\r"):
		return JSONL, true
	}
	return Text, false
}
