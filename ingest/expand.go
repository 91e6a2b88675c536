package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Expand puts files in the place of what a user names: folders (with the folders in
// them, hidden ones left out, sorted by name), patterns that the shell did not
// expand ("news/2024-*.jsonl", "news/**/*.warc.gz"), and files as they are; "-" is
// standard input. A file named twice is given once.
func Expand(args []string) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	add := func(paths ...string) {
		for _, p := range paths {
			if key := filepath.Clean(p); !seen[key] {
				seen[key] = true
				out = append(out, p)
			}
		}
	}
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case arg == "-", err == nil && !info.IsDir():
			add(arg)
		case err == nil:
			files, err := filesIn(arg)
			if err != nil {
				return nil, err
			}
			add(files...)
		case strings.ContainsAny(arg, "*?["):
			files, err := matches(arg)
			if err != nil {
				return nil, err
			}
			add(files...)
		case errors.Is(err, fs.ErrNotExist):
			return nil, missing(arg)
		default:
			return nil, fmt.Errorf("looking at %s: %w", arg, err)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("nothing to read: the folders given have no files")
	}
	return out, nil
}

// filesIn lists the files of a folder and of those in it. Links to files count as
// files; links to folders are not followed, for they may lead in circles.
func filesIn(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != folder && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.Type().IsRegular():
			files = append(files, path)
		case entry.Type()&fs.ModeSymlink != 0:
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
				files = append(files, path)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the folder %s: %w", folder, err)
	}
	return files, nil
}

// matches lists the files that a pattern means. "**" stands for folders within
// folders, as many as there are.
func matches(pattern string) ([]string, error) {
	before, after, deep := strings.Cut(pattern, "**")
	if !deep {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return nil, fmt.Errorf("the pattern %s: %w; want such as news/*.jsonl", pattern, err)
		}
		return filesOf(found, pattern)
	}
	after = strings.TrimLeft(filepath.ToSlash(after), "/")
	if strings.Contains(after, "**") || strings.ContainsAny(before, "*?[") {
		return nil, fmt.Errorf("the pattern %s: ** may stand once, before any other *", pattern)
	}
	folder := filepath.Clean(before)
	if before == "" {
		folder = "."
	}
	files, err := filesIn(folder)
	if err != nil {
		return nil, err
	}
	var found []string
	depth := strings.Count(after, "/") + 1
	for _, path := range files {
		parts := strings.Split(filepath.ToSlash(path), "/")
		tail := strings.Join(parts[max(0, len(parts)-depth):], "/")
		ok, err := filepath.Match(after, tail)
		if err != nil {
			return nil, fmt.Errorf("the pattern %s: %w; want such as news/**/*.jsonl", pattern, err)
		}
		if ok || after == "" {
			found = append(found, path)
		}
	}
	return filesOf(found, pattern)
}

// filesOf puts the files of folders in their place; a pattern must mean some file.
func filesOf(found []string, pattern string) ([]string, error) {
	var files []string
	for _, path := range found {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("looking at %s: %w", path, err)
		}
		if !info.IsDir() {
			files = append(files, path)
			continue
		}
		inside, err := filesIn(path)
		if err != nil {
			return nil, err
		}
		files = append(files, inside...)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no file matches the pattern %s", pattern)
	}
	return files, nil
}

// missing says that there is no such file, and which there is of a like name.
func missing(path string) error {
	folder, name := filepath.Dir(path), filepath.Base(path)
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is a link to a file that is not there", path)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("there is no file or folder %s, and no folder %s", path, folder)
	}
	nearest, fewest := "", len(name)/3+1
	for _, entry := range entries {
		if n := changes(strings.ToLower(name), strings.ToLower(entry.Name()), fewest); n <= fewest && (nearest == "" || n < fewest) {
			nearest, fewest = entry.Name(), n
		}
	}
	if nearest == "" {
		return fmt.Errorf("there is no file or folder %s", path)
	}
	return fmt.Errorf("there is no file or folder %s; did you mean %s?", path, filepath.Join(folder, nearest))
}

// changes counts the letters to change, add or drop to make b of a; more than most
// is most+1.
func changes(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		corner := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := corner
			if a[i-1] != b[j-1] {
				cost++
			}
			corner = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return min(row[len(b)], most+1)
}
