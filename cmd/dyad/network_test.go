package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestIsFeeds(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"feeds.txt", "no address yet", true},
		{"myfeeds.txt", "", true},
		{"list.txt", "# world\n\nhttps://example.org/world.xml | Example Times | GBR | en\nhttps://example.org/asia.xml\n", true},
		{"list.txt", "https://example.org/world.xml\nexample.org/asia.xml\nhttps://example.org/africa.xml\n", true},
		{"story.txt", "https://example.org/story\n\nIran condemned Pakistan.\n", false},
		{"story.txt", "Iran condemned Pakistan.", false},
		{"list.html", "https://example.org/world.xml\n", false},
	} {
		path := filepath.Join(t.TempDir(), c.name)
		if err := os.WriteFile(path, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := isFeeds(path); got != c.want {
			t.Errorf("%s with %q is a list of feeds: %v, want %v", c.name, c.text, got, c.want)
		}
	}
}
