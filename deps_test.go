package dyad_test

import (
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/opendyad/dyad"

// policy says what each package may import of ours, and of other modules, beside
// the standard library. A stage never imports another stage: what it needs comes
// to it as a value of the root package's types. Tests may import what they like.
var policy = []struct{ folder, ours, modules string }{
	{".", "", ""},
	{"codebook", ".", ""},

	{"nlp", ".", "github.com/cespare/xxhash/v2 golang.org/x/sys"},
	{"actor", ". codebook", ""},
	{"coder", ". codebook", "golang.org/x/sys"},
	{"when", ".", ""},
	{"place", ".", "golang.org/x/text"},

	{"ingest", ".", "codeberg.org/readeck/go-readability/v2 github.com/RadhiFadlillah/whatlanggo github.com/gogs/chardet github.com/klauspost/compress github.com/markusmobius/go-htmldate github.com/markusmobius/go-trafilatura golang.org/x/net golang.org/x/text"},
	{"ingest/dateparser", "", ""},
	{"ingest/fetch", ". ingest", "github.com/cespare/xxhash/v2 github.com/mmcdole/gofeed golang.org/x/net"},
	{"dedup", ".", "github.com/cespare/xxhash/v2"},
	{"format", ". codebook", "github.com/klauspost/compress"},
	{"cases", ". codebook", ""},

	{"relation", ". codebook", ""},

	{"store", ". format", "github.com/duckdb/duckdb-go/v2"},

	{"desk", ". codebook format relation store", ""},

	{"web", ". codebook coder desk format ingest pipeline relation store", "github.com/cespare/xxhash/v2 github.com/danielgtaylor/huma/v2 github.com/prometheus/client_golang"},

	{"pipeline", "*", "github.com/cespare/xxhash/v2"},
	{"cmd/dyad", "*", "github.com/alecthomas/kong github.com/rivo/uniseg github.com/schollz/progressbar/v3 golang.org/x/term github.com/modelcontextprotocol/go-sdk"},
}

func TestImportPolicy(t *testing.T) {
	listed := map[string]bool{}
	for _, p := range policy {
		listed[p.folder] = true
		pkg, err := build.ImportDir(p.folder, 0)
		if err != nil {
			t.Errorf("reading package %s: %v", p.folder, err)
			continue
		}
		for _, path := range pkg.Imports {
			if !allowed(path, strings.Fields(p.ours), strings.Fields(p.modules)) {
				t.Errorf("%s imports %s, which the table in deps_test.go does not permit", p.folder, path)
			}
		}
	}
	for _, folder := range packageFolders(t) {
		if !listed[folder] {
			t.Errorf("package %s is missing from the table in deps_test.go", folder)
		}
	}
}

func allowed(path string, ours, modules []string) bool {
	if path == module || strings.HasPrefix(path, module+"/") {
		folder := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
		if folder == "" {
			folder = "."
		}
		return slices.Contains(ours, "*") || slices.Contains(ours, folder)
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(modules, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") })
}

func TestArchitectureNamesEveryPackage(t *testing.T) {
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range packageFolders(t) {
		heading := "### " + folder
		if folder == "." {
			heading = "### dyad"
		}
		if !strings.Contains(string(text), "\n"+heading+"\n") {
			t.Errorf("ARCHITECTURE.md has no part headed %q", heading)
		}
	}
}

// packageFolders lists the folders that hold Go files, "." for the root.
func packageFolders(t *testing.T) []string {
	t.Helper()
	var folders []string
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" || entry.Name() == "out"):
			return fs.SkipDir
		case !entry.IsDir() && strings.HasSuffix(path, ".go"):
			folders = append(folders, filepath.ToSlash(filepath.Dir(path)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}
