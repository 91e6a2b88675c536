package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/ingest/fetch"
	"github.com/opendyad/dyad/pipeline"
	"github.com/opendyad/dyad/store"
)

type ingestCommand struct {
	Sources      []string `arg:"" optional:"" name:"source" help:"Files, folders, patterns, - for standard input, addresses of pages and feeds, or a file of feeds."`
	storeFlag    `embed:""`
	Follow       bool   `help:"Go on asking the feeds for what is new, until interrupted; without sources, those that ship with dyad."`
	Date         string `placeholder:"YYYY-MM-DD" help:"Publication date of stories that carry none."`
	Input        string `enum:",text,html,jsonl,petrarch,warc" default:"" help:"Form of the input: text, html, jsonl, petrarch or warc; by the file's name and first bytes when not given."`
	Workers      int    `default:"0" help:"Stories coded at once; 0 is one a core."`
	Codebook     string `placeholder:"DIR" help:"Use the codebook in this folder instead of the one built in."`
	Fast         bool   `help:"Take the text out of pages the faster way (readability), which is right less often."`
	AllowPrivate bool   `help:"Fetch from private and loopback addresses too."`
	Quiet        bool   `help:"No progress."`
}

// Run reads the sources and stores what is new.
func (c *ingestCommand) Run() error {
	published, err := publicationDay(c.Date)
	if err != nil {
		return err
	}
	sources, err := c.sources()
	if err != nil {
		return err
	}
	ctx, cancel := interruptible()
	defer cancel()
	p, err := load(c.Codebook, false)
	if err != nil {
		return err
	}
	s, err := c.open(store.Write)
	if err != nil {
		return err
	}
	defer s.Close()
	k := &pipeline.Keeper{Pipeline: p, Store: s, Workers: c.Workers, Published: published}
	if err := k.Open(ctx); err != nil {
		return err
	}
	bar := newProgress(c.Quiet, sizeOf(placesOf(sources)))
	k.Told = bar.told
	notes := &notes{skipped: map[ingest.Skip]int{}}
	kept, err := k.Keep(ctx, c.stories(ctx, sources, k, published, bar, notes))
	bar.end()
	notes.tell()
	kept.Known += notes.skipped[ingest.SkipKnown]
	tell(kept, s.Path())
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "dyad: stopped; what is told above is stored, and the same call goes on from there")
	case err != nil:
		return err
	}
	if err := pipeline.Fold(context.WithoutCancel(ctx), s); err != nil {
		return err
	}
	if err := tellCodebooks(ctx, s, p); err != nil {
		return err
	}
	if kept.Failed > 0 || notes.failed {
		return errSomeFailed
	}
	return nil
}

// tellCodebooks says when some records were coded with another codebook than this one.
func tellCodebooks(ctx context.Context, s *store.DuckDB, p *pipeline.Pipeline) error {
	used, err := s.Codebooks(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(used, func(hash string) bool { return hash != p.Coder().Codebook() }) {
		fmt.Fprintln(os.Stderr, "dyad: some records here were coded with another codebook than this one; dyad recode codes all with one, --codebook DIR says which")
	}
	return nil
}

// tell says what became of the stories.
func tell(kept pipeline.Kept, path string) {
	for _, f := range kept.First {
		if strings.Contains(f.Error, f.Story) {
			fmt.Fprintf(os.Stderr, "dyad: %s\n", f.Error)
		} else {
			fmt.Fprintf(os.Stderr, "dyad: story %s (%s): %s\n", f.Story, f.Stage, f.Error)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "dyad: %s with %s in %s", numbered(kept.Stories, "new story", "new stories"), numbered(kept.Records, "record", "records"), path)
	if kept.Known > 0 {
		fmt.Fprintf(&b, "; %s there before", numbered(kept.Known, "was", "were"))
	}
	if kept.Redated > 0 {
		fmt.Fprintf(&b, "; %d of them without a date got one", kept.Redated)
	}
	for _, language := range slices.Sorted(maps.Keys(kept.Foreign)) {
		fmt.Fprintf(&b, "; %d in language %s kept but not coded", kept.Foreign[language], language)
	}
	if kept.Failed > 0 {
		fmt.Fprintf(&b, "; %d failed: dyad failures lists %s, dyad replay tries again", kept.Failed, verb(kept.Failed, "it", "them"))
	}
	fmt.Fprintln(os.Stderr, b.String())
}

// numbered writes a number with its noun: "1 story", "2 stories".
func numbered(n int, one, more string) string { return fmt.Sprintf("%d %s", n, verb(n, one, more)) }

// verb chooses the form of a word that goes with a number.
func verb(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// A source is one place to read from.
type source struct {
	place string // an address, "-", or a file's path from the root, by which it can be found again
	named string // what it was named by, as a folder, when it is the last of that; else ""
}

// sources puts the files of folders and patterns in their place. Addresses stay.
func (c *ingestCommand) sources() ([]source, error) {
	var out []source
	for _, named := range c.Sources {
		if scheme, _, is := strings.Cut(named, "://"); is {
			if scheme != "http" && scheme != "https" {
				return nil, fmt.Errorf("%s: only http and https addresses are fetched; give a file by its path", named)
			}
			out = append(out, source{place: named})
			continue
		}
		files, err := ingest.Expand([]string{named})
		if err != nil {
			return nil, err
		}
		for _, path := range files {
			out = append(out, source{place: fromRoot(path)})
		}
		out[len(out)-1].named = fromRoot(named)
	}
	if len(out) == 0 && !c.Follow {
		return nil, errors.New("nothing to ingest: name a file, a folder, an address or -; or --follow the feeds that ship with dyad")
	}
	return out, nil
}

// fromRoot is a file's whole path; "-" stays.
func fromRoot(path string) string {
	if whole, err := filepath.Abs(path); err == nil && path != "-" {
		return whole
	}
	return path // there is no working folder any more
}

// sizeOf is the size of all files together, 0 when that is not known.
func sizeOf(files []string) (size int64) {
	for _, path := range files {
		info, err := os.Stat(path)
		if err != nil {
			return 0
		}
		size += info.Size()
	}
	return size
}

// stories reads the sources one after another, and then follows feeds if that is
// asked for.
func (c *ingestCommand) stories(ctx context.Context, sources []source, k *pipeline.Keeper, published dyad.Date, bar *progress, n *notes) pipeline.Source {
	o := ingest.Options{Input: ingest.Input(c.Input), Published: published, Fast: c.Fast, Watch: bar.over,
		// A page in a file is named after the file, as others may be; in an archive after
		// its address.
		Known: func(id string) bool { return isAddress(id) && readBefore(k, id, published) }, Skipped: n.skip, Noted: n.note}
	return func(yield func(dyad.Story, error) bool) {
		give := func(st dyad.Story, err error) bool {
			// One that is kept with a date has it already.
			n.undated = n.undated || err == nil && st.Published.IsZero() && (!k.Known(st.ID) || k.Undated(st.ID))
			return yield(st, err)
		}
		net := &network{options: fetch.Options{AllowPrivate: c.AllowPrivate, FastText: c.Fast}, keeper: k, published: published, notes: n}
		defer net.close()
		for len(sources) > 0 {
			place, ok := sources[0].place, true
			files := localFiles(sources)
			rest := sources[max(1, len(files)):]
			switch {
			case isAddress(place):
				ok = net.address(ctx, place, give)
			case len(files) == 0:
				ok = net.feedsFile(ctx, place, !c.Follow, give)
			default:
				for st, err := range ingest.ReadFiles(files, o) {
					if ok = give(st, err); !ok {
						break
					}
				}
				for _, s := range sources[:len(files)] {
					if ok && s.named != "" {
						ok = yield(dyad.Story{}, &pipeline.Checkpoint{Source: store.Source{Address: s.named, Kind: "file", LastTried: time.Now().UTC()}})
					}
				}
			}
			sources = rest
			if !ok {
				return
			}
		}
		if c.Follow {
			net.follow(ctx, give)
		}
	}
}

func placesOf(sources []source) []string {
	places := make([]string, len(sources))
	for i := range sources {
		places[i] = sources[i].place
	}
	return places
}

// localFiles gives the files that sources begin with: neither addresses nor lists of
// feeds.
func localFiles(sources []source) (files []string) {
	for _, s := range sources {
		if isAddress(s.place) || isFeeds(s.place) {
			break
		}
		files = append(files, s.place)
	}
	return files
}

// notes are what was odd or passed over while reading.
type notes struct {
	skipped map[ingest.Skip]int
	noted   int
	first   string // of what was noted
	undated bool
	failed  bool // something that is no story failed, and was told
}

func (n *notes) skip(why ingest.Skip) { n.skipped[why]++ }

func (n *notes) note(p *ingest.Problem) {
	if n.noted == 0 {
		n.first = p.Error()
	}
	n.noted++
}

func (n *notes) tell() {
	for _, why := range slices.Sorted(maps.Keys(n.skipped)) {
		if why != ingest.SkipKnown {
			fmt.Fprintf(os.Stderr, "dyad: passed over %d: %s\n", n.skipped[why], why)
		}
	}
	if n.noted > 0 {
		fmt.Fprintf(os.Stderr, "dyad: %s read over; the first: %s\n", numbered(n.noted, "oddity was", "oddities were"), n.first)
	}
	if n.undated {
		fmt.Fprintln(os.Stderr, "dyad: some stories have no publication date, so dates such as “on Tuesday” stay unresolved there; give one with --date YYYY-MM-DD")
	}
}
