package ingest

import (
	"errors"
	"iter"

	"github.com/opendyad/dyad"
)

// At reads a file once more and gives the stories that stand at one place of it:
// place is the Source of a story or of a Problem, such as "in.jsonl:12". A place
// that is a whole file gives all its stories.
func At(place string, o Options) iter.Seq2[dyad.Story, error] {
	file := fileOf(place)
	return func(yield func(dyad.Story, error) bool) {
		found := false
		for st, err := range ReadFile(file, o) {
			ofFile := err != nil && st.Source == file // what befell the file as a whole
			if st.Source != place && file != place && !ofFile {
				continue
			}
			found = true
			if !yield(st, err) {
				return
			}
		}
		if !found {
			yield(dyad.Story{ID: place, Source: place}, &Problem{Story: place, Source: place, Err: errors.New("no story stands there any more")})
		}
	}
}
