package format

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"iter"
	"os"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// An EventFile is a file of events without its packing.
type EventFile struct {
	Name string // "20180601.zip/20180601.export.CSV" for what was inside
	io.Reader
}

// OpenEvents opens a file of events and gives what is in it: the file itself, or every
// file of a zip archive. What is packed with gzip or zstd is unpacked; the first bytes
// tell, not the name. Readers are good until the next one is asked for. size, where
// given, hears how many bytes of the file were read, for a progress bar.
func OpenEvents(name string, size func(read int)) iter.Seq2[EventFile, error] {
	return func(yield func(EventFile, error) bool) {
		file, err := os.Open(name)
		if err != nil {
			yield(EventFile{}, fmt.Errorf("opening the events: %w", err))
			return
		}
		defer file.Close()
		counted := countingFile{file, size}
		start := make([]byte, 4)
		n, _ := file.ReadAt(start, 0)
		if !isZip(start[:n]) {
			yieldUnpacked(counted, name, yield)
			return
		}
		info, err := file.Stat()
		if err != nil {
			yield(EventFile{}, fmt.Errorf("opening the archive %s: %w", name, err))
			return
		}
		archive, err := zip.NewReader(counted, info.Size())
		if err != nil {
			yield(EventFile{}, fmt.Errorf("opening the archive %s: %w; it may not have been downloaded to its end", name, err))
			return
		}
		for _, member := range archive.File {
			if isEventMember(member) && !yieldMember(member, name, yield) {
				return
			}
		}
	}
}

// UnpackEvents reads events from a stream, such as standard input, which may be packed
// with gzip or zstd. A zip archive has its index at its end and needs OpenEvents.
func UnpackEvents(r io.Reader, name string) (EventFile, func(), error) {
	nothing := func() {}
	in := bufio.NewReaderSize(r, 1<<16)
	start, _ := in.Peek(4)
	switch {
	case bytes.HasPrefix(start, []byte{0x1F, 0x8B}):
		z, err := gzip.NewReader(in)
		if err != nil {
			return EventFile{}, nothing, fmt.Errorf("unpacking %s: %w", name, err)
		}
		return EventFile{name, z}, nothing, nil
	case bytes.HasPrefix(start, []byte{0x28, 0xB5, 0x2F, 0xFD}):
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return EventFile{}, nothing, fmt.Errorf("unpacking %s: %w", name, err)
		}
		return EventFile{name, z}, z.Close, nil
	case isZip(start):
		return EventFile{}, nothing, fmt.Errorf("unpacking %s: a zip archive can only be read from a file; give its name, or unpack it first", name)
	}
	return EventFile{name, in}, nothing, nil
}

func isZip(start []byte) bool {
	return bytes.HasPrefix(start, []byte("PK\x03\x04")) || bytes.HasPrefix(start, []byte("PK\x05\x06"))
}

// isEventMember passes over folders and what operating systems leave in archives.
func isEventMember(f *zip.File) bool {
	base := path.Base(f.Name)
	return !f.FileInfo().IsDir() && !strings.HasPrefix(f.Name, "__MACOSX/") && !strings.HasPrefix(base, ".")
}

func yieldMember(f *zip.File, archive string, yield func(EventFile, error) bool) bool {
	r, err := f.Open()
	if err != nil {
		return yield(EventFile{}, fmt.Errorf("opening %s in the archive %s: %w", f.Name, archive, err))
	}
	defer r.Close()
	return yieldUnpacked(r, archive+"/"+f.Name, yield)
}

func yieldUnpacked(r io.Reader, name string, yield func(EventFile, error) bool) bool {
	events, done, err := UnpackEvents(r, name)
	defer done()
	if err != nil {
		return yield(EventFile{}, err)
	}
	return yield(events, nil)
}

// A countingFile tells how much of a file is read.
type countingFile struct {
	*os.File
	tell func(read int)
}

func (f countingFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if f.tell != nil {
		f.tell(n)
	}
	return n, err
}

func (f countingFile) ReadAt(p []byte, at int64) (int, error) {
	n, err := f.File.ReadAt(p, at)
	if f.tell != nil {
		f.tell(n)
	}
	return n, err
}
