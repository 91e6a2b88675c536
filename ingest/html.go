package ingest

import "github.com/opendyad/dyad"

// storyOfHTML takes the article out of a page that was saved as a file.
func storyOfHTML(data []byte, name string) (dyad.Story, error) {
	st, err := Page(data, "", name, false)
	st.ID = storyID(name)
	return st, err
}
