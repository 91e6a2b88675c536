package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExpand(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, path := range []string{"news/b.jsonl", "news/a.txt", "news/.hidden", "news/2024/c.jsonl.gz", "news/2024/04/d.jsonl", "news/.git/e.txt", "other[1].txt", "report.warc.gz"} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("..", "news/up"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nothing", "dangling.txt"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("empty", 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, want string }{
		{"report.warc.gz -", "report.warc.gz -"},
		{"news", "news/2024/04/d.jsonl news/2024/c.jsonl.gz news/a.txt news/b.jsonl"},
		{"news/b.jsonl news", "news/b.jsonl news/2024/04/d.jsonl news/2024/c.jsonl.gz news/a.txt"},
		{"news/*.jsonl", "news/b.jsonl"},
		{"news/20*", "news/2024/04/d.jsonl news/2024/c.jsonl.gz"},
		{"news/**/*.jsonl", "news/2024/04/d.jsonl news/b.jsonl"},
		{"**/*.jsonl.gz", "news/2024/c.jsonl.gz"},
		{"news/**", "news/2024/04/d.jsonl news/2024/c.jsonl.gz news/a.txt news/b.jsonl"},
		{"other[1].txt", "other[1].txt"}, // the name of a file before it is a pattern
	} {
		got, err := Expand(strings.Fields(c.args))
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("Expand(%s) = %s, %v; want %s", c.args, strings.Join(got, " "), err, c.want)
		}
	}
	for _, c := range []struct{ args, want string }{
		{"new", "there is no file or folder new; did you mean news?"},
		{"news/b.json", "there is no file or folder news/b.json; did you mean news/b.jsonl?"},
		{"News", "there is no file or folder News; did you mean news?"},
		{"dangling.txt", "dangling.txt is a link to a file that is not there"},
		{"nowhere", "there is no file or folder nowhere"},
		{"nowhere/at/all", "there is no file or folder nowhere/at/all, and no folder nowhere/at"},
		{"news/*.csv", "no file matches the pattern news/*.csv"},
		{"news/**/[", "the pattern news/**/[: syntax error in pattern; want such as news/**/*.jsonl"},
		{"*/**/x", "the pattern */**/x: ** may stand once, before any other *"},
		{"empty", "nothing to read: the folders given have no files"},
		{"", "nothing to read: the folders given have no files"},
	} {
		if got, err := Expand(strings.Fields(c.args)); err == nil || err.Error() != c.want {
			t.Errorf("Expand(%s) = %v, %v; want %s", c.args, got, err, c.want)
		}
	}
}
