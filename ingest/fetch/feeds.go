package fetch

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"
)

//go:embed feeds.txt
var shipped string

// Shipped is the list of feeds that comes with dyad, in the form that ReadFeeds reads.
func Shipped() string { return shipped }

// A Feed is a line of a feeds file.
type Feed struct {
	Address  string
	Outlet   string // "" takes the feed's own title
	Country  string // where the outlet sits, ISO 3166 alpha-3; "" for international ones
	Language string // ISO 639-1, "" takes what the feed says
}

// ReadFeeds reads a feeds file: a feed on each line, with fields separated by "|" or
// by tabs, of which all but the first may be empty or left away:
//
//	https://example.org/world.xml | Example Times | GBR | en
//
// Lines that begin with # are comments. All that is wrong is told at once, with
// file and line, and the feeds of the other lines are given all the same; name is the
// file's name.
func ReadFeeds(r io.Reader, name string) ([]Feed, error) {
	var feeds []Feed
	var faults []error
	lines := map[string]int{} // where an address stands
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 64<<10)
	number := 0
	for scanner.Scan() {
		number++
		line := strings.TrimSpace(strings.TrimPrefix(scanner.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		fault := func(format string, values ...any) {
			faults = append(faults, fmt.Errorf("%s:%d: "+format, append([]any{name, number}, values...)...))
		}
		feed, err := parseFeed(line)
		if err != nil {
			for _, e := range split(err) {
				fault("%w", e)
			}
			continue
		}
		id := Canonical(feed.Address)
		if first, ok := lines[id]; ok {
			fault("the address %s stands on line %d already; take one of them out", told(feed.Address), first)
			continue
		}
		lines[id] = number
		feeds = append(feeds, feed)
	}
	if err := scanner.Err(); errors.Is(err, bufio.ErrTooLong) {
		faults = append(faults, fmt.Errorf("%s:%d: the line is longer than 64 KiB; this is no list of feeds", name, number+1))
	} else if err != nil {
		faults = append(faults, fmt.Errorf("reading %s after line %d: %w", name, number, err))
	}
	if len(faults) > 0 {
		return feeds, errors.Join(faults...)
	}
	return feeds, nil
}

func split(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

func parseFeed(line string) (Feed, error) {
	separator := "|"
	if strings.Contains(line, "\t") && !strings.Contains(line, " | ") {
		separator = "\t"
	}
	fields := strings.Split(line, separator)
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	var faults []error
	if len(fields) > 4 {
		faults = append(faults, fmt.Errorf("%d fields, and a feed has four: address | outlet | country | language", len(fields)))
	}
	fields = append(fields, "", "", "")
	feed := Feed{fields[0], fields[1], fields[2], fields[3]}
	if _, err := parseAddress(feed.Address); err != nil {
		faults = append(faults, err)
	}
	if feed.Country != "" && !letters(feed.Country, 'A', 3) {
		faults = append(faults, fmt.Errorf("the country %q is no code of three capital letters (ISO 3166), as GBR is", told(feed.Country)))
	}
	if feed.Language != "" && !letters(feed.Language, 'a', 2) {
		faults = append(faults, fmt.Errorf("the language %q is no code of two small letters (ISO 639-1), as en is", told(feed.Language)))
	}
	return feed, errors.Join(faults...)
}

// letters reports whether s is n letters of those that begin with first.
func letters(s string, first byte, n int) bool {
	for _, c := range []byte(s) {
		if c < first || c > first+25 {
			return false
		}
	}
	return len(s) == n
}
