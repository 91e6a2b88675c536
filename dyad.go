// Package dyad holds the types that every stage of dyad reads and writes:
// stories, sentences with their trees, mentions of actors, and records.
// It imports none of the stages; the stages import only it and the codebook.
//
// All offsets are byte offsets into the story's Text, so that every record
// can be opened at the words it rests on.
package dyad

// A Story is one piece of news as it came in.
type Story struct {
	ID        string
	Title     string // helps to tell who is meant; it is not coded itself
	Text      string // the body; offsets point here
	URL       string
	Publisher string // the outlet
	Language  string // ISO 639-1, "" when unknown
	Published Date   // zero when unknown: dyad never invents today
	// PublishedBasis is what Published rests on: one of the Published constants, ""
	// when there is no date.
	PublishedBasis string
	Source         string // the file or address it was read from
}

// What a story's date of publication rests on.
const (
	PublishedStated = "stated" // a field of the input that is there for it
	PublishedFeed   = "feed"   // the feed that announced the page
	PublishedPage   = "page"   // the page's own data, its address or its text
	PublishedGiven  = "given"  // --date
)

// A Document is a story with its sentences parsed.
type Document struct {
	Story     Story
	Title     []Sentence // of Story.Title, with offsets into that title
	Sentences []Sentence // of Story.Text, in order
}

// A Span is a half-open range of bytes.
type Span struct{ Start, End int }

// A Sentence is a run of tokens with their dependency tree.
type Sentence struct {
	Span
	Index  int    // its number in the story, from 0
	Text   string // the bytes of the span, unchanged
	Tokens []Token
}

// A Token is a syntactic word in Universal Dependencies terms. A contraction
// is split: "didn't" is "did" and "n't", "Iran's" is "Iran" and "'s".
type Token struct {
	Span
	Text  string
	Lemma string // lower case unless a proper noun
	UPOS  string // "VERB", "PROPN"…
	XPOS  string // Penn tag: "VBD", "NNP"…
	Feats string // UD features, "Number=Sing|Tense=Past", "" when none
	Head  int    // index of the governor in Tokens, -1 for the root
	Rel   string // UD relation with subtype: "nsubj:pass"
}

// SpaceAfter reports whether white space follows token i of the sentence.
func (s *Sentence) SpaceAfter(i int) bool {
	if i+1 < len(s.Tokens) {
		return s.Tokens[i+1].Start > s.Tokens[i].End
	}
	return true
}
