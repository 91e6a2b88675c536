// Package codebook holds everything dyad knows of politics: the ontology, the
// actors, the event rules, the issues, the cues and the discards. It reads them
// from text files in one small block grammar (docs/codebook.md), checks them,
// and puts them into a canonical form. It knows nothing of trees: what a
// pattern means is the coder's affair.
package codebook

import "github.com/opendyad/dyad"

// A Codebook is a loaded set of files. It is read-only after loading.
type Codebook struct {
	Hash     string // of all files, on every record
	Ontology Ontology
	Actors   []Actor
	Roles    []Role
	Offices  []string // words that are titles before a name: "president"
	Rules    []RuleBlock
	Sets     map[string][]Phrase // "&weapon" without its ampersand
	Cues     []Cue
	Issues   []Issue
	Discards []Discard
}

// A Position is where something stands in the codebook: "rules/accuse.txt:12".
type Position struct {
	File   string
	Line   int // from 1
	Column int // in bytes, from 1
}

// An ActorKind is what sort of actor a block describes.
type ActorKind string

// The kinds of actor.
const (
	KindState        ActorKind = "state"
	KindTerritory    ActorKind = "territory"
	KindPerson       ActorKind = "person"
	KindOrganisation ActorKind = "organisation"
	KindGroup        ActorKind = "group"
	KindParty        ActorKind = "party"
	KindMovement     ActorKind = "movement"
	KindCompany      ActorKind = "company"
)

// An Actor is a state, person, organisation or group.
type Actor struct {
	At       Position
	ID       string // "IRN", "ebrahim-raisi", "hezbollah"
	Name     string // its main name
	Kind     ActorKind
	Names    []string
	Adjs     []string // of a state: "Iranian"
	People   []string // of a state: "Iranian", "Iranians"
	Capitals []string
	Seats    []string // "the Kremlin", which stands for the government
	Former   []string
	Borders  []string // of a state: codes of its neighbours by land
	Members  []string // of an organisation
	Sex      string   // of a person: "m", "f" or ""
	Terms    []Term
}

// A Term says what an actor is from one date to another, half open.
type Term struct {
	At       Position
	Code     string
	Sector   string
	From, To dyad.Date // zero: no limit
	Office   string    // "president"
}

// A Number says how a role word stands for people: he, they or it.
type Number string

// The numbers of a role word.
const (
	NumberPerson Number = "person"
	NumberPeople Number = "people"
	NumberBody   Number = "body"
)

// A Role is a noun that becomes an actor with a country: "foreign ministry".
type Role struct {
	At     Position
	Words  Phrase // lemmas, head last
	Sector string
	Number Number
}

// A Phrase is a row of lemmas with its head last: {"peace", "talks"}.
type Phrase []string

// A RuleBlock is the rules that share an event, a mode and trigger words.
type RuleBlock struct {
	At         Position
	Event      string // "ACCUSE"
	Mode       string // "disapprove" or ""
	CAMEO      string // or ""
	Contexts   []string
	Reciprocal bool
	Triggers   []Trigger
	Rules      []Rule
	Vetoes     []Rule // patterns after "not"
}

// A Trigger is a word that a block of rules is about.
type Trigger struct {
	Lemma     string   // "lash"
	Particles []string // "out", "at": particles or prepositions that belong to it
	POS       string   // "VERB", "NOUN" or "ADJ"
}

// A Rule is one pattern with its examples.
type Rule struct {
	At       Position
	Source   string // the pattern as written
	Elements []Element
	Examples []Example
}

// An ElementKind is what an element of a pattern asks for.
type ElementKind int

// The kinds of element.
const (
	ElementTrigger    ElementKind = iota
	ElementSource                 // SRC
	ElementTarget                 // TGT
	ElementBoth                   // BOTH
	ElementWord                   // one of Phrases
	ElementInfinitive             // to (meet|visit): one of Phrases
	ElementClause                 // that (attack)
)

// An Element is one piece of a pattern, in the order of writing.
type Element struct {
	Kind         ElementKind
	Prepositions []string // non-empty: the element hangs on one of these
	Possessor    bool     // "SRC's"
	Optional     bool     // "SRC?"
	Sectors      []string // "SRC:MIL"
	Phrases      []Phrase // of words and complements, sets expanded; none: any word
}

// An Example is a sentence that proves a rule.
type Example struct {
	At       Position
	Sentence string
	Expected []ExpectedEvent // empty: none
}

// An ExpectedEvent is what an example or a case says should come out. Empty
// fields are not compared; a side that is Absent must be empty.
type ExpectedEvent struct {
	Actor     ExpectedSide
	Event     string
	Mode      string
	Recipient ExpectedSide
	Aux       []string
	Date      string       // "2024-05-14", "2024-05" or ""
	Per       ExpectedSide // who says so
}

// An ExpectedSide is the actors on one side of an expected event.
type ExpectedSide struct {
	Absent  bool // written "-"
	Members []ExpectedActor
}

// An ExpectedActor is a code and perhaps a sector.
type ExpectedActor struct{ Code, Sector string }

// A Cue is a block of words that signal a position, an expectation, a relation
// claim or reported speech.
type Cue struct {
	At       Position
	Kind     string            // first word of the block: "expectation", "claim"…
	Value    string            // the rest: "expected", "strained worsening"
	Fields   map[string]string // fields other than words: "stance", "state"
	Words    []Phrase
	Examples []CueExample
}

// A CueExample is a sentence and what should come out, in words of its kind.
type CueExample struct {
	At       Position
	Sentence string
	Expected string
}

// An Issue is a standing dispute or a topic.
type Issue struct {
	At       Position
	ID       string
	Name     string
	Kind     string // "dispute" or "topic"
	Words    []Phrase
	Parties  []string
	Places   []string
	Contexts []string
}

// A Discard is a reason to leave a sentence out, with its words.
type Discard struct {
	At       Position
	Reason   string
	Words    []Phrase
	Unless   []Phrase
	Examples []CueExample // Expected is "refused" or "kept"
}

// An Ontology is the codes that records may carry.
type Ontology struct {
	Events   []EventCode
	Contexts []Code
	Sectors  []Code
	CAMEO    []CAMEOCode
}

// A Code is a code with its gloss, in our own words.
type Code struct {
	At   Position
	ID   string
	Name string // the gloss
}

// An EventCode is one of PLOVER's sixteen events.
type EventCode struct {
	Code
	Quad              int     // 1 to 4
	Score             float64 // -10 to 10
	RequiresRecipient bool
	CAMEO             string // the CAMEO code of the event without a mode, or ""
	Modes             []ModeCode
}

// A ModeCode is a mode of an event.
type ModeCode struct {
	Code
	Score float64
	CAMEO string // the CAMEO code that says it best, or ""
}

// A CAMEOCode is a CAMEO code and what it becomes in PLOVER.
type CAMEOCode struct {
	Code
	Quad      int
	Goldstein float64
	Event     string // "" where PLOVER has none (01, 02)
	Mode      string
	Contexts  []string
}
