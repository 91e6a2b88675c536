package ingest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// read collects what a source gives: a line a story, or its error.
func read(t *testing.T, text string, name string, input Input) (stories []dyad.Story, problems []string) {
	t.Helper()
	for st, err := range Read(strings.NewReader(text), name, Options{Input: input, Published: dyad.Date{Year: 2024, Month: 5, Day: 15}}) {
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		stories = append(stories, st)
	}
	return stories, problems
}

func TestTextTitle(t *testing.T) {
	for _, c := range []struct{ text, title, body string }{
		{"A title\n\nThe body.\nMore.", "A title", "The body.\nMore."},
		{"Just a body.", "", "Just a body."},
		{"\ufeffA title\r\n\r\nThe body.", "A title", "The body."},
		{"First line\nsecond line\n", "", "First line\nsecond line\n"},
		{"Only a title\n\n", "", "Only a title\n\n"},
	} {
		stories, problems := read(t, c.text, "folder/a.txt", Text)
		if len(stories) != 1 || stories[0].Title != c.title || stories[0].Text != c.body || stories[0].ID != "a" {
			t.Errorf("%q gives %+v %v, want title %q and body %q", c.text, stories, problems, c.title, c.body)
		}
	}
}

func TestBadText(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "blank": " \n\n ", "binary": strings.Repeat("\x00\x01\xff\xfe", 400), "latin-1": strings.Repeat("\xe9\xe8", 100)} {
		stories, problems := read(t, text, name, Text)
		if len(stories) != 0 || len(problems) != 1 || !strings.Contains(problems[0], name) {
			t.Errorf("%s: %d stories, problems %q; want one problem that names it", name, len(stories), problems)
		}
	}
}

func TestJSONLines(t *testing.T) {
	text := `{"id":"a","date":"2024-04-22","title":"T","text":"One.","publisher":"P","lang":"en"}
not json

{"story_id":7,"pub_date":"20240423","headline":"H","event_text":"Two."}
{"id":"c","date":"31 April","text":"Three."}
{"id":"d","text":""}
{"id":"e","text":"Five."}`
	stories, problems := read(t, text, "in.jsonl", JSONL)
	var got []string
	for _, s := range stories {
		got = append(got, fmt.Sprintf("%s|%s|%s|%s", s.ID, s.Published, s.Title, s.Text))
	}
	want := []string{"a|2024-04-22|T|One.", "7|2024-04-23|H|Two.", "c|||Three.", "e|2024-05-15||Five."}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(problems) != 2 || !strings.Contains(problems[0], "in.jsonl:2:2:") || !strings.Contains(problems[1], "in.jsonl:6:") {
		t.Errorf("problems %q; want two, the first at in.jsonl:2, the second at in.jsonl:6", problems)
	}
}

func TestLongLineIsOneFailure(t *testing.T) {
	text := `{"id":"a","text":"` + strings.Repeat("x", 2*maxStory) + `"}` + "\n" + `{"id":"b","text":"Short."}`
	stories, problems := read(t, text, "in.jsonl", JSONL)
	if len(stories) != 1 || stories[0].ID != "b" || len(problems) != 1 {
		t.Errorf("%d stories and problems %.80q; want the story b and one problem", len(stories), problems)
	}
}

func TestPETRARCH(t *testing.T) {
	text := `stray text & more
<Sentences>
<Sentence date="20240422" id = "ONE_1" source="x" sentence="True">
<Text>
Brennia & Corva
met.
</Text>
</Sentence>
<Sentence date="20240422" id="ONE_2" source="x"><Text>They agreed.</Text></Sentence>
<Sentence date="20240423" id="TWO_1" source="y"><Text>Aldoria attacked.</Text></Sentence>
<Sentence date="2024" id="BAD_1"><Text>No</Text></Sentence>
</Sentences>`
	stories, _ := read(t, text, "a.xml", PETRARCH)
	if len(stories) < 2 || stories[0].ID != "ONE" || stories[0].Text != "Brennia & Corva met.\n\nThey agreed." || stories[1].ID != "TWO" || stories[1].Published.String() != "2024-04-23" {
		t.Errorf("got %+v", stories)
	}
	open := `<Sentence date="20240422" id="A_1"><Text>One. <Sentence date="soon" id = 'B_1' ><Text>Two.</Text></Sentence>`
	if stories, problems := read(t, open, "a.xml", PETRARCH); len(stories) != 2 || stories[0].Text != "One." || stories[1].ID != "B" || !stories[1].Published.IsZero() || stories[1].Source != "a.xml, record 2" || len(problems) != 0 {
		t.Errorf("a sentence that is not closed: %+v, %q; want A with One. and B with no date", stories, problems)
	}
	many := strings.Repeat(`<Sentence date="20240422" id="A_1"><Text>It is so.</Text></Sentence>`, 50_000)
	if stories, _ := read(t, many, "a.xml", PETRARCH); len(stories) != 1 || len(stories[0].Text) != 50_000*11-2 {
		t.Errorf("a story of 50,000 sentences: %d stories", len(stories))
	}
	if _, problems := read(t, "<html></html>", "a.xml", PETRARCH); len(problems) != 1 {
		t.Errorf("a file without sentences gives %q, want one problem", problems)
	}
}

const page = `<html><head><title>Talks in Brennburg</title><meta property="article:published_time" content="2024-05-14T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Talks in Brennburg</h1><p>%s</p><p>%s</p></article></body></html>`

func htmlPage() string {
	long := strings.Repeat("Brennia and Corva held talks on their border and agreed to go on talking. ", 6)
	return fmt.Sprintf(page, long, "The foreign minister of Corva said that the border would stay open. "+long)
}

func TestHTML(t *testing.T) {
	stories, problems := read(t, htmlPage(), "page.html", HTML)
	if len(stories) != 1 || !strings.Contains(stories[0].Text, "would stay open") || strings.Contains(stories[0].Text, "Home") {
		t.Fatalf("got %+v %v, want the article without its menu", stories, problems)
	}
	if stories[0].Published.String() != "2024-05-14" {
		t.Errorf("published %s, want 2024-05-14", stories[0].Published)
	}
}

func TestWARC(t *testing.T) {
	record := func(kind, body string) string {
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://news.example/a\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, len(body), body)
	}
	html := htmlPage()
	response := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(html), html)
	broken := "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n\r\n"
	archive := record("request", "GET / HTTP/1.1\r\n\r\n") + broken + record("response", response) + record("response", "garbage")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(archive)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"plain": archive, "packed": packed.String(), "cut": archive + "WARC/1.0\r\nContent-Length: 900\r\n\r\nshort"} {
		stories, problems := read(t, data, "a.warc", WARC)
		if len(stories) != 1 || stories[0].URL != "http://news.example/a" {
			t.Errorf("%s: %d stories, want the one page", name, len(stories))
		}
		if len(problems) < 2 {
			t.Errorf("%s: problems %q, want those of the broken length and of the garbage", name, problems)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "a\n\nb", `{"id":"a","text":"b"}`, "<Sentence date=\"20240101\" id=\"a_1\"><Text>x</Text>", "WARC/1.0\r\nContent-Length: 3\r\n\r\nabc", htmlPage()} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, input := range []Input{Text, JSONL, PETRARCH, WARC} {
			for st, err := range Read(strings.NewReader(s), "x", Options{Input: input}) {
				if err == nil && strings.TrimSpace(st.Text) == "" {
					t.Errorf("%s gives a story without text", input)
				}
			}
		}
	})
}

// TestReadFiles reads files of all forms: what they give comes in their order,
// though pages are worked on side by side.
func TestReadFiles(t *testing.T) {
	folder := t.TempDir()
	var want, paths []string
	write := func(name, data string, ids ...string) {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
		want = append(want, ids...)
	}
	archive, _ := wet(t, 2, "gzip")
	for i := range 3 {
		write(fmt.Sprintf("a%d.html", i), htmlPage(), fmt.Sprintf("a%d", i))
		write(fmt.Sprintf("b%d.html.gz", i), string(pack(t, []byte(htmlPage()), "gzip")), fmt.Sprintf("b%d", i))
		write(fmt.Sprintf("c%d.html", i), "<p>nothing", fmt.Sprintf("c%d failed", i))
		write(fmt.Sprintf("d%d.jsonl", i), `{"id":"d1","text":"One."}`+"\n"+`{"id":"d2","text":""}`, "d1", "d2 failed")
		write(fmt.Sprintf("e%d.warc.gz", i), string(archive), "http://a.example/0", "http://a.example/1")
		write(fmt.Sprintf("f%d.html", i), strings.Repeat("long ", maxPage/4), fmt.Sprintf("f%d failed", i))
		paths, want = append(paths, filepath.Join(folder, "missing.html")), append(want, "missing failed")
		write(fmt.Sprintf("g%d.txt.zst", i), string(pack(t, []byte("One."), "zstd")), fmt.Sprintf("g%d", i))
		write(fmt.Sprintf("h%d.html.gz", i), "\x1f\x8b\x08 broken", fmt.Sprintf("h%d failed", i))
	}
	for stop := range len(want) + 1 {
		var got []string
		for st, err := range ReadFiles(paths, Options{Fast: true}) {
			if err != nil {
				st.ID += " failed"
			}
			if got = append(got, st.ID); len(got) == stop {
				break
			}
		}
		if stop > 0 && !slices.Equal(got, want[:stop]) || stop == 0 && !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
