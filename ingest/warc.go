package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Bounds of an archive's records.
const (
	maxRecord  = 16 << 20
	maxHeaders = 64 << 10
)

var (
	warcLine  = []byte("WARC/1.")
	recordEnd = []byte("\r\n\r\n")
)

// A record is one of an archive: its fields by their names in lower case, its body,
// and all its bytes. They are the reader's own and hold until the next record is read.
type record struct {
	fields  map[string]string
	body    []byte
	raw     []byte
	tooLong bool // and without body therefore
}

// A damage is what is wrong with a part of an archive; the reading goes on after it.
type damage struct {
	at  int64 // the offset in the archive, unpacked
	raw []byte
	err error
}

// Error says what is wrong and where.
func (d *damage) Error() string { return fmt.Sprintf("at byte %d: %s", d.at, d.err) }

// warc reads the pages of a WARC archive (ISO 28500). It may be packed as one
// stream or, as is usual, a member a record. Several pages are worked on at once,
// and come in the order of the archive.
func (in *reader) warc(t *tape) {
	number := 0
	each := func(r record, err error) bool {
		number++
		place := fmt.Sprintf("%s, record %d", in.name, number)
		if err == nil {
			work, size := in.pageTask(r, place)
			return work == nil && !in.pages.done || work != nil && in.pages.add(size, work)
		}
		var d *damage
		raw := r.raw
		if errors.As(err, &d) {
			raw = d.raw
		}
		return in.pages.add(0, in.failedTask(firstOf(targetOf(r.fields), unnamed(place)), place, raw, err))
	}
	if kind, ok := packingOf(t.ahead(64 << 10)); ok {
		(&members{tape: t, packing: kind}).records(each)
	} else if err := records(t, each); err != nil {
		in.pages.add(0, in.failedTask(storyID(in.name), in.name, nil, fmt.Errorf("reading it: %w", err)))
	}
}

// records reads the records of an unpacked archive, or of one member of a packed
// one. A record whose neighbours are damaged comes all the same: each is looked for
// from where the one before it began. It gives the error that ended the reading,
// nil when that was the archive's end or each wanted no more.
func records(t *tape, each func(record, error) bool) error {
	for {
		skipBlanks(t, nil)
		start := t.offset()
		t.hold()
		if len(t.ahead(1)) == 0 {
			return endOf(t)
		}
		r, err := nextRecord(t)
		if err == nil {
			if !each(r, nil) {
				return nil
			}
			continue
		}
		if t.err != nil && !errors.Is(t.err, io.EOF) {
			return t.err // the member is damaged: its reader tells
		}
		d := &damage{at: start, err: err}
		if t.back(0) {
			d.raw = kept(t.ahead(maxKept))
			t.pos++
		}
		findRecord(t)
		if size := t.offset() - start; int64(len(d.raw)) > size {
			d.raw = d.raw[:size]
		}
		if !each(r, d) {
			return nil
		}
	}
}

// endOf is why a tape gives no more, nil at its end or when it does give more.
func endOf(t *tape) error {
	if t.pos < len(t.buf) || t.err == nil || errors.Is(t.err, io.EOF) {
		return nil
	}
	return t.err
}

// nextRecord reads the record that should begin here.
func nextRecord(t *tape) (record, error) {
	var r record
	start := t.offset()
	if !bytes.Equal(t.ahead(len(warcLine)), warcLine) {
		return r, errors.New("no record begins here, where one should")
	}
	fields, err := readFieldLines(t)
	r.fields = fields
	if err != nil {
		return r, err
	}
	length, err := strconv.ParseInt(fields["content-length"], 10, 64)
	if err != nil || length < 0 {
		return r, fmt.Errorf("its Content-Length %q is no length", fields["content-length"])
	}
	if length > maxRecord {
		skipRecord(t, length)
		r.tooLong = true
		return r, nil
	}
	want := int(length) + len(recordEnd) + len(warcLine) + 4
	rest := t.ahead(want)
	if int64(len(rest)) < length {
		return r, fmt.Errorf("the archive ends inside it, after %d of its %d bytes", len(rest), length)
	}
	if len(rest) < want && !errors.Is(t.err, io.EOF) {
		return r, t.err // the checksum of its member is wrong
	}
	if !beginsNext(rest[length:]) {
		return r, fmt.Errorf("it does not end where its Content-Length %d says", length)
	}
	r.body = rest[:length]
	t.pos += int(length)
	if size := int(t.offset() - start); size <= t.pos {
		r.raw = t.buf[t.pos-size : t.pos]
	}
	return r, nil
}

// beginsNext reports whether a record ends before next: with two line ends as the
// standard wants, or, as some programs write it, with other blanks before the next
// record or the end.
func beginsNext(next []byte) bool {
	if bytes.HasPrefix(next, recordEnd) {
		return true
	}
	next = bytes.TrimLeft(next, "\r\n")
	return len(next) == 0 || bytes.HasPrefix(next, warcLine)
}

// skipRecord passes over a body of the length, or up to what looks like the next
// record: a length may lie.
func skipRecord(t *tape, length int64) {
	end := t.offset() + length
	for t.offset() < end {
		part := t.ahead(64 << 10)
		if len(part) == 0 {
			return
		}
		if i := bytes.Index(part, []byte("\r\n\r\nWARC/1.")); i >= 0 {
			t.pos += i
			return
		}
		t.pos += int(min(int64(max(1, len(part)-len(recordEnd)-len(warcLine))), end-t.offset()))
	}
}

// findRecord goes on to the next "WARC/1.0" that ends its line: it begins a record,
// though damage may have left something before it.
func findRecord(t *tape) {
	for {
		part := t.ahead(64 << 10)
		i := bytes.Index(part, warcLine)
		switch {
		case i >= 0:
			t.pos += i
			if next := t.ahead(len(warcLine) + 3)[len(warcLine):]; len(next) > 1 && (next[1] == '\n' || next[1] == '\r') {
				return
			}
			t.pos++
		case len(part) < len(warcLine):
			t.pos += len(part)
			return
		default:
			t.pos += len(part) - len(warcLine) + 1
		}
	}
}

// readFieldLines reads the fields that begin a record, up to the blank line.
func readFieldLines(t *tape) (map[string]string, error) {
	fields := map[string]string{}
	size, last := 0, ""
	for {
		line, tooLong, err := t.line(maxHeaders)
		if err != nil {
			return fields, errors.New("the archive ends in its header")
		}
		size += len(line)
		if tooLong || size > maxHeaders {
			return fields, fmt.Errorf("its header is longer than %d bytes", maxHeaders)
		}
		text := strings.TrimRight(string(line), "\r")
		if text == "" {
			return fields, nil
		}
		if text[0] == ' ' || text[0] == '\t' { // a field that goes on
			fields[last] += " " + strings.TrimSpace(text)
			continue
		}
		if key, value, ok := strings.Cut(text, ":"); ok {
			last = strings.ToLower(strings.TrimSpace(key))
			fields[last] = strings.TrimSpace(value)
		}
	}
}

func targetOf(fields map[string]string) string {
	return strings.Trim(fields["warc-target-uri"], "<> ")
}
