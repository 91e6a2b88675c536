package ingest

import (
	"bytes"
	"io"
)

// maxTape bounds how far back a tape can go.
const maxTape = 32 << 20

// A tape reads a stream and can go back to where it was told to hold, as long as
// that is not too far back: what follows damage is looked for from the start of
// the damaged record, for the damage may have eaten into the next ones.
type tape struct {
	r    io.Reader
	buf  []byte
	base int64 // offset of buf[0] in the stream
	held int   // the place in buf to go back to, -1 when it is no longer there
	pos  int   // the place in buf of the next byte
	err  error // of r

	lines int // line ends passed, as far as skipBlanks and value count them
}

func newTape(r io.Reader) *tape { return &tape{r: r, held: -1} }

// offset is how many bytes have been read.
func (t *tape) offset() int64 { return t.base + int64(t.pos) }

// hold remembers this place.
func (t *tape) hold() { t.held = t.pos }

// back goes to n bytes after the place that was held. It reports false when that
// was too long ago; then the tape stays where it is.
func (t *tape) back(n int) bool {
	if t.held < 0 || t.held+n > len(t.buf) {
		return false
	}
	t.pos = t.held + n
	return true
}

// fill reads more of the stream; it reports whether there was more.
func (t *tape) fill() bool {
	if t.err != nil {
		return false
	}
	keep := t.held
	if keep < 0 || t.pos-keep > maxTape {
		keep, t.held = t.pos, -1
	}
	const step = 64 << 10
	if keep > 0 && cap(t.buf)-len(t.buf) < step {
		n := copy(t.buf, t.buf[keep:])
		t.buf = t.buf[:n]
		t.base += int64(keep)
		t.pos -= keep
		if t.held > 0 {
			t.held = 0
		}
	}
	if cap(t.buf)-len(t.buf) < step {
		grown := make([]byte, len(t.buf), 2*cap(t.buf)+step)
		copy(grown, t.buf)
		t.buf = grown
	}
	for range 100 {
		n, err := t.r.Read(t.buf[len(t.buf) : len(t.buf)+step])
		t.buf = t.buf[:len(t.buf)+n]
		t.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	t.err = io.ErrNoProgress // as decompressors do on some broken data
	return false
}

// ahead gives the next n bytes without reading them, or fewer at the end.
func (t *tape) ahead(n int) []byte {
	for len(t.buf)-t.pos < n && t.fill() {
	}
	return t.buf[t.pos:min(t.pos+n, len(t.buf))]
}

// Read reads like the stream itself.
func (t *tape) Read(p []byte) (int, error) {
	for t.pos == len(t.buf) {
		if !t.fill() {
			return 0, t.err
		}
	}
	n := copy(p, t.buf[t.pos:])
	t.pos += n
	return n, nil
}

// ReadByte lets decompressors take no byte more than they need.
func (t *tape) ReadByte() (byte, error) {
	for t.pos == len(t.buf) {
		if !t.fill() {
			return 0, t.err
		}
	}
	t.pos++
	return t.buf[t.pos-1], nil
}

// line reads to the next line end, which is left off, and at most max bytes of it:
// the rest of a longer line is passed over.
func (t *tape) line(max int) (line []byte, tooLong bool, err error) {
	for {
		if t.pos == len(t.buf) && !t.fill() {
			if len(line) > 0 || tooLong {
				return line, tooLong, nil
			}
			return nil, false, t.err
		}
		rest := t.buf[t.pos:]
		end := bytes.IndexByte(rest, '\n')
		part := rest
		if end >= 0 {
			part = rest[:end]
		}
		t.pos += len(part)
		if room := max - len(line); len(part) > room {
			part, tooLong = part[:room], true
		}
		line = append(line, part...)
		if end >= 0 {
			t.pos++
			return line, tooLong, nil
		}
	}
}

// value reads a JSON value, which begins here, to its end, and at most max bytes
// of it: the rest of a longer one is passed over. It tells no broken value from a
// good one: it counts braces outside strings.
func (t *tape) value(max int) (value []byte, tooLong bool) {
	depth, inString, escaped := 0, false, false
	for {
		if t.pos == len(t.buf) && !t.fill() {
			return value, tooLong
		}
		rest := t.buf[t.pos:]
		end := len(rest)
		done := false
		for i, c := range rest {
			switch {
			case c == '\n':
				t.lines++
			case escaped:
				escaped = false
			case inString:
				escaped, inString = c == '\\', c != '"'
			case c == '"':
				inString = true
			case c == '{' || c == '[':
				depth++
			case c == '}' || c == ']':
				depth--
			}
			if depth <= 0 && !inString && (c == '}' || c == ']' || c == ',') {
				end, done = i+1, true
				if c == ',' || depth < 0 && len(value)+i > 0 { // the end of a number or word in an array
					end = i
				}
				break
			}
		}
		part := rest[:end]
		t.pos += end
		if room := max - len(value); len(part) > room {
			part, tooLong = part[:room], true
		}
		value = append(value, part...)
		if done {
			return value, tooLong
		}
	}
}
