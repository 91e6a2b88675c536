package ingest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"github.com/opendyad/dyad"
)

// pack packs data as one member of its own.
func pack(t testing.TB, data []byte, kind string) []byte {
	t.Helper()
	var out bytes.Buffer
	var w io.WriteCloser
	var err error
	switch kind {
	case "gzip":
		w = gzip.NewWriter(&out)
	case "zlib":
		w = zlib.NewWriter(&out)
	case "deflate":
		w, err = flate.NewWriter(&out, 6)
	case "zstd":
		w, err = zstd.NewWriter(&out, zstd.WithEncoderCRC(true), zstd.WithEncoderConcurrency(1))
	default:
		return data
	}
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func chunked(body string) string {
	var b strings.Builder
	for len(body) > 0 {
		n := min(700, len(body))
		fmt.Fprintf(&b, "%x;x=y\r\n%s\r\n", n, body[:n])
		body = body[n:]
	}
	return b.String() + "0\r\n\r\n"
}

// archived is a record of an archive.
func archived(kind, target, contentType, body string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <%s>\r\nWARC-Date: 2024-05-20T10:00:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, target, contentType, len(body), body)
}

func answered(target, status, fields, body string) string {
	return archived("response", target, "application/http; msgtype=response", "HTTP/1.1 "+status+"\r\n"+fields+"\r\n"+body)
}

// report reads a source and tells, a line each, what it gave.
func report(data []byte, name string, o Options) (stories []dyad.Story, problems []*Problem, skipped map[Skip]int) {
	skipped = map[Skip]int{}
	o.Skipped = func(s Skip) { skipped[s]++ }
	o.Now = noon
	for st, err := range Read(bytes.NewReader(data), name, o) {
		var p *Problem
		switch {
		case err == nil:
			stories = append(stories, st)
		case errors.As(err, &p):
			problems = append(problems, p)
		default:
			panic("an error that is no Problem: " + err.Error())
		}
	}
	return stories, problems, skipped
}

func ids(stories []dyad.Story) string {
	var out []string
	for _, st := range stories {
		out = append(out, st.ID)
	}
	return strings.Join(out, " ")
}

func TestWARCRecords(t *testing.T) {
	page := htmlPage()
	const html = "Content-Type: text/html; charset=utf-8\r\n"
	archive := []string{
		archived("warcinfo", "", "application/warc-fields", "software: a crawler\r\n"),
		archived("request", "http://a.example/", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
		answered("http://a.example/plain", "200 OK", html, page),
		answered("http://a.example/chunked", "200 OK", html+"Transfer-Encoding: chunked\r\n", chunked(page)),
		answered("http://a.example/was-chunked", "200 OK", html+"Transfer-Encoding: chunked\r\n", page),
		answered("http://a.example/gzip", "200 OK", html+"Content-Encoding: gzip\r\n", string(pack(t, []byte(page), "gzip"))),
		answered("http://a.example/was-gzip", "200 OK", html+"Content-Encoding: gzip\r\nContent-Length: 99\r\n", page),
		answered("http://a.example/both", "200", html+"content-encoding: gzip\r\ntransfer-encoding: chunked\r\n", chunked(string(pack(t, []byte(page), "gzip")))),
		answered("http://a.example/deflate", "200 OK", html+"Content-Encoding: deflate\r\n", string(pack(t, []byte(page), "deflate"))),
		answered("http://a.example/zlib", "200 OK", html+"Content-Encoding: deflate\r\n", string(pack(t, []byte(page), "zlib"))),
		answered("http://a.example/zstd", "200 OK", html+"Content-Encoding: zstd\r\n", string(pack(t, []byte(page), "zstd"))),
		answered("http://a.example/untyped", "200 OK", "", page),
		answered("http://a.example/brotli", "200 OK", html+"Content-Encoding: br\r\n", "\x1b\x05\x80\x81\x99\xff"),
		answered("http://a.example/gone", "404 Not Found", html, page),
		answered("http://a.example/picture", "200 OK", "Content-Type: image/png\r\n", "\x89PNG"),
		archived("revisit", "http://a.example/plain", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n\r\n"),
		archived("resource", "http://a.example/resource", "text/html", page),
		archived("conversion", "http://a.example/2024/04/22/wet", "text/plain", "Talks in Brennburg\nHome\nThe minister said that the border stays open.\n"),
		archived("response", "dns:a.example", "text/dns", "20240520 a.example"),
	}
	want := "http://a.example/plain http://a.example/chunked http://a.example/was-chunked http://a.example/gzip http://a.example/was-gzip http://a.example/both " +
		"http://a.example/deflate http://a.example/zlib http://a.example/zstd http://a.example/untyped http://a.example/resource http://a.example/2024/04/22/wet"
	for _, kind := range []string{"plain", "gzip", "zstd", "gzip whole", "zstd whole"} {
		var data []byte
		packing, whole, _ := strings.Cut(kind, " ")
		if whole != "" {
			data = pack(t, []byte(strings.Join(archive, "")), packing)
		} else {
			for _, r := range archive {
				data = append(data, pack(t, []byte(r), packing)...)
			}
		}
		stories, problems, skipped := report(data, "news.warc.any", Options{Input: WARC, Fast: true})
		if ids(stories) != want {
			t.Errorf("%s: stories\n%s\nwant\n%s", kind, ids(stories), want)
		}
		if len(problems) != 1 || problems[0].Story != "http://a.example/brotli" || !strings.Contains(problems[0].Error(), "news.warc.any, record 13: ") {
			t.Errorf("%s: problems %v, want that of brotli", kind, problems)
		}
		if fmt.Sprint(skipped) != "map[no web page or text:2 revisit of a page:1 status other than 200:1]" {
			t.Errorf("%s: skipped %v", kind, skipped)
		}
		for _, st := range stories {
			last := st.ID == "http://a.example/2024/04/22/wet"
			if st.Published.String() != map[bool]string{false: "2024-05-14", true: "2024-04-22"}[last] || st.PublishedBasis != "page" || st.Language != "en" || st.Title != "Talks in Brennburg" {
				t.Errorf("%s: %s: published %s (%s), language %s, title %q", kind, st.ID, st.Published, st.PublishedBasis, st.Language, st.Title)
			}
		}
		if len(stories) > 0 && stories[0].Source != "news.warc.any, record 3" {
			t.Errorf("%s: the first story's source is %q", kind, stories[0].Source)
		}
	}
}

func TestKnownPagesAreNotExtracted(t *testing.T) {
	data := answered("http://a.example/known", "200 OK", "Content-Type: text/html\r\n", "no article in here") +
		answered("http://a.example/new", "200 OK", "Content-Type: text/html\r\n", htmlPage())
	stories, problems, skipped := report([]byte(data), "a.warc", Options{Known: func(id string) bool { return id == "http://a.example/known" }})
	if ids(stories) != "http://a.example/new" || len(problems) != 0 || skipped[SkipKnown] != 1 {
		t.Errorf("stories %s, problems %v, skipped %v", ids(stories), problems, skipped)
	}
}

// wet is an archive of n records of text, and where each begins and ends when
// packed as kind says.
func wet(t testing.TB, n int, kind string) (data []byte, ends []int) {
	for i := range n {
		body := fmt.Sprintf("Talks %d\nThe minister of Brennia said that border number %d stays open. %s\n", i, i, strings.Repeat("It is so. ", 3*i))
		r := archived("conversion", fmt.Sprintf("http://a.example/%d", i), "text/plain", body)
		data = append(data, pack(t, []byte(r), kind)...)
		ends = append(ends, len(data))
	}
	return data, ends
}

// TestDamagedArchives changes, cuts out or puts in bytes anywhere: every record that
// they are not part of must come, and no other text than that of a record.
func TestDamagedArchives(t *testing.T) {
	for _, kind := range []string{"plain", "gzip", "zstd"} {
		whole, ends := wet(t, 12, kind)
		clean, _, _ := report(whole, "a.warc", Options{})
		if len(clean) != 12 {
			t.Fatalf("%s: %d stories of the undamaged archive, want 12", kind, len(clean))
		}
		rapid.Check(t, func(t *rapid.T) {
			data := bytes.Clone(whole)
			from := rapid.IntRange(0, len(data)-1).Draw(t, "from")
			to := min(len(data), from+rapid.IntRange(1, 400).Draw(t, "length"))
			switch rapid.SampledFrom([]string{"change", "cut", "put in", "end"}).Draw(t, "damage") {
			case "change":
				noise := rapid.SliceOfN(rapid.Byte(), to-from, to-from).Draw(t, "noise")
				copy(data[from:], noise)
			case "cut":
				data = append(data[:from], data[to:]...)
			case "put in":
				noise := rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "noise")
				data = append(data[:from:from], append(noise, data[from:]...)...)
				to = from
			case "end":
				data, to = data[:from], len(data)
			}
			stories, problems, _ := report(data, "a.warc", Options{Input: WARC})
			got := map[string]string{}
			for _, st := range stories {
				got[st.ID] = st.Text
			}
			start := 0
			for i, end := range ends {
				untouched := end <= from || start >= to
				if text, ok := got[clean[i].ID]; untouched && (!ok || text != clean[i].Text) {
					t.Fatalf("%s: damage at %d to %d takes record %d at %d to %d with it; problems %v", kind, from, to, i, start, end, problems)
				}
				start = end
			}
		})
	}
}

func TestDamageIsReported(t *testing.T) {
	for _, kind := range []string{"plain", "gzip", "zstd"} {
		data, ends := wet(t, 5, kind)
		at := (ends[1] + ends[2]) / 2
		if kind == "plain" {
			at = ends[1] + strings.Index(string(data[ends[1]:]), "Content-Length: ") + len("Content-Length: ") // of 1xx bytes
		}
		data[at] ^= 0x05
		stories, problems, _ := report(data, "a.warc.gz", Options{})
		if len(stories) != 4 || len(problems) != 1 {
			t.Fatalf("%s: %d stories, problems %v; want 4 and one", kind, len(stories), problems)
		}
		if p := problems[0]; !strings.Contains(p.Error(), fmt.Sprintf("a.warc.gz, record 3: at byte %d: ", ends[1])) || len(p.Input) == 0 {
			t.Errorf("%s: the problem is %q with %d bytes of input; want its record and its byte %d", kind, p.Error(), len(p.Input), ends[1])
		}
	}
}

// TestLyingLengths has records that are longer or shorter than they say.
func TestLyingLengths(t *testing.T) {
	whole, ends := wet(t, 4, "plain")
	for _, length := range []string{"1", "150", "5000", "20000000", "99999999999", "-1", "999999999999999999999", "", "x"} {
		data := string(whole[ends[0]:ends[1]])
		i := strings.Index(data, "Content-Length: ")
		line, rest, _ := strings.Cut(data[i:], "\r\n")
		lying := string(whole[:ends[0]]) + data[:i] + strings.Replace(line, line, "Content-Length: "+length, 1) + "\r\n" + rest + string(whole[ends[1]:])
		stories, problems, skipped := report([]byte(lying), "a.warc", Options{})
		if got := ids(stories); got != "http://a.example/0 http://a.example/2 http://a.example/3" || len(problems)+skipped[SkipLong] != 1 {
			t.Errorf("Content-Length %q: stories %s, problems %v, skipped %v; want the other three and one problem", length, got, problems, skipped)
		}
	}
}

// trap is a record of a gigabyte of zeros, packed to a megabyte or less.
func trap(t *testing.T, kind string) []byte {
	t.Helper()
	const step = 16 << 20
	var out bytes.Buffer
	var w interface {
		io.Writer
		Flush() error
	} = gzip.NewWriter(&out)
	if kind == "zstd" {
		z, err := zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1))
		if err != nil {
			t.Fatal(err)
		}
		w = z
	}
	write := func(data []byte) []byte {
		start := out.Len()
		_, err := w.Write(data)
		if err = errors.Join(err, w.Flush()); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()[start:]
	}
	write(fmt.Appendf(nil, "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: %d\r\n\r\n", 1<<30))
	write(make([]byte, step))
	again := bytes.Clone(write(make([]byte, step))) // the same bytes mean more zeros
	return append(out.Bytes(), bytes.Repeat(again, 62)...)
}

func TestTraps(t *testing.T) {
	good := archived("conversion", "http://a.example/good", "text/plain", "Talks\nThe border stays open.\n")
	for _, kind := range []string{"gzip", "zstd"} {
		data := append(trap(t, kind), pack(t, []byte(good), kind)...)
		for _, input := range []Input{Text, HTML, JSONL, PETRARCH, WARC} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			stories, problems, _ := report(data, "trap", Options{Input: input})
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if input != WARC && len(stories) != 0 || input == WARC && ids(stories) != "http://a.example/good" || len(problems) == 0 {
				t.Errorf("%s as %s: stories %q, problems %v", kind, input, ids(stories), problems)
			}
			used := (after.TotalAlloc - before.TotalAlloc) >> 20
			if used > 600 {
				t.Errorf("%s as %s: %d MB were taken", kind, input, used)
			}
			t.Logf("%s as %s: %v, %d MB, %v", kind, input, took.Round(time.Millisecond), used, problems)
		}
	}
}

func FuzzWARC(f *testing.F) {
	for _, kind := range []string{"plain", "gzip", "zstd"} {
		data, _ := wet(f, 3, kind)
		f.Add(data)
	}
	f.Add([]byte(answered("http://a.example/", "200 OK", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "5\r\nabcde\r\n0\r\n\r\n")))
	f.Fuzz(func(_ *testing.T, data []byte) {
		report(data, "a.warc", Options{Input: WARC, Fast: true})
	})
}

// TestDictionary reads a .warc.zst whose first frame holds the dictionary of the
// others, packed and not.
func TestDictionary(t *testing.T) {
	var samples [][]byte
	for i := range 200 {
		samples = append(samples, []byte(archived("conversion", fmt.Sprintf("http://a.example/%d", i), "text/plain", fmt.Sprintf("Talks %d\nThe minister said %d times that the border stays open.\n", i, i*i))))
	}
	dictionary, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: samples, History: bytes.Join(samples[:20], nil), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary))
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"plain", "zstd"} {
		frame := pack(t, dictionary, kind)
		data := append([]byte{0x5d, 0x2a, 0x4d, 0x18}, byte(len(frame)), byte(len(frame)>>8), byte(len(frame)>>16), 0)
		data = append(data, frame...)
		for _, s := range samples[100:110] {
			data = w.EncodeAll(s, data)
		}
		stories, problems, _ := report(data, "a.warc.zst", Options{})
		if len(stories) != 10 || len(problems) != 0 {
			t.Errorf("%s dictionary: %d stories, problems %v; want 10 and none", kind, len(stories), problems)
		}
		if _, problems, _ := report(data[:100], "a.warc.zst", Options{}); len(problems) != 1 {
			t.Errorf("%s dictionary that is cut: problems %v, want one", kind, problems)
		}
	}
}
