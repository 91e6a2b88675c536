package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A place gives the story that stands there, a file all of its stories.
func TestAt(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "in.jsonl")
	text := `{"id": "a", "text": "Aldoria condemned Brennia."}
{"id": "b", "text": "Half a story
{"id": "c", "text": "Corva thanked Brennia."}
`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ place, want string }{
		{path + ":1", "a"},
		{path + ":2", "in.jsonl:2: it is no JSON object of a story"},
		{path + ":3", "c"},
		{path + ":9", "no story stands there any more"},
		{path, "a, in.jsonl:2: it is no JSON object of a story, c"},
		{filepath.Join(folder, "none.jsonl") + ":1", "none.jsonl: there is no file or folder"},
	} {
		var got []string
		for st, err := range At(c.place, Options{}) {
			if err != nil {
				got = append(got, strings.ReplaceAll(err.Error(), folder+string(filepath.Separator), ""))
				continue
			}
			got = append(got, st.ID)
		}
		wants := strings.Split(c.want, ", ")
		if len(got) != len(wants) {
			t.Errorf("%s gives %q, want %q", c.place, got, c.want)
			continue
		}
		for i := range wants {
			if name, message, is := strings.Cut(wants[i], ": "); is && !(strings.Contains(got[i], name) && strings.Contains(got[i], message)) || !is && !strings.HasSuffix(got[i], wants[i]) {
				t.Errorf("%s gives %q, want %q", c.place, got[i], wants[i])
			}
		}
	}
}
