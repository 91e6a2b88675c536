package dyad

// How a mention says whom it means.
const (
	MentionNamed      = "named"     // "Ebrahim Raisi", "Pakistan"
	MentionRole       = "role"      // "Pakistani foreign ministry officials", "police"
	MentionPronoun    = "pronoun"   // "he", "they"
	MentionDescribed  = "described" // "both countries", "the group"
	MentionPlaceActor = "place"     // "Islamabad" where a government is meant
)

// A Mention is a run of tokens that names one or more actors. Conjuncts are
// mentions of their own: "Iran and Pakistan" is two, "both countries" is one
// mention with two entities.
type Mention struct {
	Sentence int // index into the document's sentences
	First    int // first token
	Last     int // one past the last token
	Head     int // the token that governs the others
	How      string
	Entities []Entity
	Plural   bool
	// Place is true where the words name a place and nothing shows that its
	// government is meant ("in Pakistan"): such a mention may locate an event
	// and lend its country to a role word, but fills no actor slot by itself
	// unless the verb is one that only actors can do.
	Place  bool
	Reason Reason
}
