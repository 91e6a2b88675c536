package ingest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A packing is a way in which data is packed.
type packing string

const (
	packedGzip packing = "gzip"
	packedZstd packing = "zstd"
)

// packingOf tells how an archive is packed by its first bytes, of which the very
// first may be damaged. A .warc.zst may begin with a frame that holds a dictionary.
func packingOf(head []byte) (packing, bool) {
	switch {
	case bytes.HasPrefix(head, warcLine):
		return "", false
	case bytes.HasPrefix(head, gzipMagic):
		return packedGzip, true
	case bytes.HasPrefix(head, zstdMagic), bytes.HasPrefix(head, dictionaryMagic):
		return packedZstd, true
	}
	first, found := len(head), packing("")
	for magic, kind := range map[string]packing{string(warcLine): "", string(gzipMagic): packedGzip, string(zstdMagic): packedZstd} {
		if i := bytes.Index(head, []byte(magic)); i >= 0 && i < first {
			first, found = i, kind
		}
	}
	return found, found != ""
}

// dictionaryMagic begins the frame of a .warc.zst that holds its dictionary.
var dictionaryMagic = []byte{0x5d, 0x2a, 0x4d, 0x18}

const maxDictionary = 16 << 20

// members reads a packed archive member by member, so that a damaged one takes no
// other with it: the next one is looked for by the bytes that begin a member.
type members struct {
	tape    *tape
	packing packing
	gzip    *gzip.Reader
	zstd    *zstd.Decoder
	options []zstd.DOption
	inner   tape // of the member unpacked
}

// records gives the records of every member.
func (m *members) records(each func(record, error) bool) {
	if m.packing == packedZstd {
		if err := m.readDictionary(); err != nil {
			each(record{}, fmt.Errorf("reading its zstd dictionary: %w", err))
			return
		}
		defer func() {
			if m.zstd != nil {
				m.zstd.Close()
			}
		}()
	}
	wanted := true
	hand := func(r record, err error) bool {
		wanted = each(r, err)
		return wanted
	}
	for wanted {
		m.tape.hold()
		start := m.tape.offset()
		if m.atEnd() {
			return
		}
		err := m.member(hand)
		if err == nil && m.tape.offset() == start {
			err = io.ErrUnexpectedEOF // too few bytes for a member to begin
		}
		if err != nil && wanted {
			d := &damage{at: start, err: fmt.Errorf("this part of the archive is damaged (%w)", err)}
			if m.tape.back(0) {
				d.raw = kept(m.tape.ahead(maxKept))
			}
			m.findMember()
			if size := m.tape.offset() - start; int64(len(d.raw)) > size {
				d.raw = d.raw[:max(size, 0)]
			}
			wanted = each(record{}, d)
		}
	}
}

// atEnd reports whether nothing but padding follows.
func (m *members) atEnd() bool {
	for {
		head := m.tape.ahead(4096)
		if len(head) == 0 {
			return true
		}
		zeros := len(head) - len(bytes.TrimLeft(head, "\x00"))
		m.tape.pos += zeros
		if zeros < len(head) {
			return false
		}
	}
}

// member reads the records of the member that begins here.
func (m *members) member(each func(record, error) bool) error {
	watched := newGuard(m.tape)
	var err error
	if watched.r, err = m.open(); err != nil {
		return err
	}
	m.inner = tape{r: watched, buf: m.inner.buf[:0], held: -1}
	return records(&m.inner, func(r record, err error) bool {
		watched.fresh()
		return each(r, err)
	})
}

// open begins to unpack the member that begins here.
func (m *members) open() (io.Reader, error) {
	if m.packing == packedGzip {
		if m.gzip == nil {
			z, err := gzip.NewReader(m.tape)
			if err != nil {
				return nil, err
			}
			m.gzip = z
		} else if err := m.gzip.Reset(m.tape); err != nil {
			return nil, err
		}
		m.gzip.Multistream(false)
		return m.gzip, nil
	}
	frame := &zstdFrame{tape: m.tape}
	if m.zstd == nil {
		options := append([]zstd.DOption{
			zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow),
		}, m.options...)
		z, err := zstd.NewReader(frame, options...)
		if err != nil {
			return nil, err
		}
		m.zstd = z
		return z, nil
	}
	return m.zstd, m.zstd.Reset(frame)
}

// findMember goes on from the held place to the next member that unpacks to the
// beginning of a record.
func (m *members) findMember() {
	magic := gzipMagic
	if m.packing == packedZstd {
		magic = zstdMagic
	}
	m.tape.pos++
	for {
		part := m.tape.ahead(64 << 10)
		if len(part) < len(magic) {
			m.tape.pos += len(part)
			return
		}
		i := bytes.Index(part, magic)
		if i < 0 {
			m.tape.pos += len(part) - len(magic) + 1
			continue
		}
		m.tape.pos += i
		if m.beginsRecord() {
			return
		}
		m.tape.pos++
	}
}

// beginsRecord tries whether a member begins here, and stays here.
func (m *members) beginsRecord() bool {
	m.tape.hold()
	defer m.tape.back(0)
	r, err := m.open()
	if err != nil {
		return false
	}
	first := make([]byte, len(warcLine))
	if _, err = io.ReadFull(r, first); err != nil {
		return false
	}
	return bytes.Equal(first, warcLine)
}

// readDictionary reads the dictionary that a .warc.zst may begin with.
func (m *members) readDictionary() error {
	head := m.tape.ahead(8)
	if len(head) < 8 || !bytes.HasPrefix(head, dictionaryMagic) {
		return nil
	}
	size := binary.LittleEndian.Uint32(head[4:])
	if size > maxDictionary {
		return fmt.Errorf("it has %d bytes, more than the %d that are read", size, maxDictionary)
	}
	data := bytes.Clone(m.tape.ahead(8 + int(size)))
	m.tape.pos += len(data)
	if len(data) < 8+int(size) {
		return io.ErrUnexpectedEOF
	}
	data = data[8:]
	if bytes.HasPrefix(data, zstdMagic) {
		z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDictionary))
		if err != nil {
			return err
		}
		defer z.Close()
		if data, err = z.DecodeAll(data, nil); err != nil {
			return err
		}
	}
	m.options = []zstd.DOption{zstd.WithDecoderDicts(data)}
	return nil
}

// A zstdFrame reads the bytes of one frame and no more, which zstd's decoder does
// not by itself: frame header, blocks that say their length, checksum.
type zstdFrame struct {
	tape    *tape
	left    int // bytes of the part that is being read
	started bool
	last    bool // the block being read is the last
	sum     bool // a checksum follows it
	done    bool
}

// Read reads on in the frame.
func (f *zstdFrame) Read(p []byte) (int, error) {
	for f.left == 0 {
		if f.done {
			return 0, io.EOF
		}
		if err := f.next(); err != nil {
			return 0, err
		}
	}
	n, err := f.tape.Read(p[:min(len(p), f.left)])
	f.left -= n
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// next finds how long the next part of the frame is.
func (f *zstdFrame) next() error {
	switch {
	case !f.started:
		var h zstd.Header
		if err := h.Decode(f.tape.ahead(zstd.HeaderMaxSize)); err != nil {
			return err
		}
		f.started, f.sum, f.left = true, h.HasCheckSum, h.HeaderSize
		if h.Skippable {
			f.left, f.done = h.HeaderSize+int(h.SkippableSize), true
		}
	case f.last:
		f.done = true
		if f.sum {
			f.left = 4
		}
	default:
		head := f.tape.ahead(3)
		if len(head) < 3 {
			return io.ErrUnexpectedEOF
		}
		block := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
		f.last = block&1 != 0
		f.left = 3 + block>>3
		if block>>1&3 == 1 { // one byte, repeated
			f.left = 3 + 1
		}
	}
	return nil
}
