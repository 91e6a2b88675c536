package dyad

// A Kind says what a record records.
type Kind string

// The kinds of record.
const (
	KindEvent       Kind = "event"
	KindPosition    Kind = "position"
	KindExpectation Kind = "expectation"
	KindClaim       Kind = "claim"
	KindVisit       Kind = "visit"
	KindRefusal     Kind = "refusal"
)

// PLOVER's auxiliary modes. A record with none of them tells of something
// that happened.
const (
	AuxHistorical   = "historical"
	AuxFuture       = "future"
	AuxHypothetical = "hypothetical"
	AuxNegation     = "negation"
)

// What a record's date rests on.
const (
	BasisStated    = "stated"    // "on 22 April 2024"
	BasisDerived   = "derived"   // "on Tuesday", against the publication date
	BasisPublished = "published" // the publication date itself
	BasisUnknown   = "unknown"
)

// A Record is one line of dyad's output: something that a sentence tells,
// with the evidence and the reasons. Exactly one of the pointers at the end is
// set, the one that Kind names.
type Record struct {
	Kind       Kind
	ID         string // a hash of what it says and where, the same on every machine
	Story      string
	Date       Date
	DateEnd    Date // zero unless the date is a range ("in April 2024")
	DateBasis  string
	Text       string // the sentence
	Evidence   Evidence
	Mentions   []Evidence // after merging: where else the story tells it
	AssertedBy []Entity   // empty: the writer
	Issues     []string
	Contexts   []string
	Aux        []string
	Confidence float64 // 0 to 1
	Reasons    []Reason
	Codebook   string // hash of the codebook that coded it

	// Over stories; both are empty until records have been stored and folded.
	Happening string   // the id that all reports of one happening share
	Reports   []Report // every report of it, this record's own among them

	Own *Own // of an event that another project coded, else nil

	Event       *Event
	Position    *Position
	Expectation *Expectation
	Claim       *Claim
	Visit       *Visit
	Refusal     *Refusal
}

// When writes the days that a record is of, as far as they are known: "2024-04-22",
// "2024-04", and "2024-01-15..2024-01-21" for a span such as "last week".
func (r *Record) When() string {
	last := r.DateEnd
	if last.IsZero() || last == r.Date.End() {
		return r.Date.String()
	}
	// "The summer of 2022" is months and not days.
	if r.Date.Day == 0 && last == (Date{Year: last.Year, Month: last.Month}).End() {
		last.Day = 0
	}
	if r.Date.Month == 0 && last.Month == 12 && last.Day == 0 {
		last.Month = 0
	}
	return r.Date.String() + ".." + last.String()
}

// DatePart says how much is known of a record's date: "day"; "month" for a month and
// for a span of some days, which is counted in the month that it begins in; "year" for
// what is longer; "" where there is no date.
func (r *Record) DatePart() string {
	days := max(r.LastDay().Days()-r.Date.Days(), 0)
	switch {
	case r.Date.IsZero():
		return ""
	case r.Date.Month == 0 || days > 30:
		return "year"
	case r.Date.Day == 0 || days > 0:
		return "month"
	}
	return "day"
}

// LastDay is the last day of a record's date: of "last week" the Sunday, of a day
// itself.
func (r *Record) LastDay() Date {
	if r.DateEnd.IsZero() {
		return r.Date.End()
	}
	return r.DateEnd.End()
}

// Evidence is where a record stands in its story.
type Evidence struct {
	Sequence int  // the sentence's number, from 1
	Span          // of the sentence, in the story's text
	Trigger  Span // of the words that carry it ("visited"), in the story's text
}

// A Reason is one step that led to a record.
type Reason struct {
	Stage string // "coder", "actor", "when"…
	Rule  string // codebook line "accuse.txt:12", or the name of a built-in rule
	Note  string // in words
}

// An Entity is an actor as PLOVER writes it.
type Entity struct {
	Code       string // ISO 3166 alpha-3, "IGO", or "" when unknown
	Sector     string // "GOV", "MIL"… or ""
	Text       string // the words of the mention
	Identifier string // the codebook's actor: "ebrahim-raisi", "IRN", "UNO"
	Name       string // its main name: "Ebrahim Raisi"
	Office     string // "president" when the mention or the date says so
}

// An Event is who did what to whom.
type Event struct {
	Actor     []Entity
	Recipient []Entity
	Type      string // PLOVER event: "CONSULT"
	Mode      string // "visit", or ""
	CAMEO     string // "042", or ""
	Quad      int    // 1 to 4
	Scale     float64
	Trigger   string // the words that tell it (PLOVER's event_text)
	Place     *Place // nil when none is told
}

// A Place is a location as PLOVER writes it.
type Place struct {
	Extracted   string // the words
	Resolved    string
	GeoNameID   int
	Latitude    float64
	Longitude   float64
	City        string
	Province    string
	Country     string
	CountryCode string // ISO 3166 alpha-3
	Resolution  int    // 4 city, 3 district, 2 province, 1 country, 0 unresolved
	Reason      string
}

// Stances that a position may take.
const (
	StanceFor       = "for"
	StanceAgainst   = "against"
	StanceCallsFor  = "calls_for"
	StanceConcerned = "concerned"
	StanceNeutral   = "neutral"
)

// A Position is what somebody holds on an issue.
type Position struct {
	Holder  []Entity
	Issue   string // codebook issue, or "" when the text names none that it knows
	Stance  string
	Content string // in the text's words
	Toward  []Entity
}

// What became of an expectation.
const (
	StatusOpen         = "open"
	StatusMet          = "met"
	StatusOverdue      = "overdue"
	StatusContradicted = "contradicted"
	StatusWithdrawn    = "withdrawn"
)

// An Expectation is what somebody is expected, plans, vows or is asked to do.
// With nobody in Who it is an open outcome: "it remains to be seen whether …".
type Expectation struct {
	Who       []Entity
	Type      string // PLOVER event expected, "" when none fits
	Mode      string
	Recipient []Entity
	Content   string // in the text's words
	Cue       string // "is expected to"
	Polarity  string // "" or "not": "is unlikely to sign"
	Due       Date
	DueEnd    Date
	Status    string
	DecidedBy string // id of the record that decided it
}

// States and directions of a relation claim.
const (
	StateHostile       = "hostile"
	StateStrained      = "strained"
	StateNormal        = "normal"
	StateCooperative   = "cooperative"
	StateClose         = "close"
	DirectionWorsening = "worsening"
	DirectionMending   = "mending"
	DirectionSteady    = "steady"
)

// A Claim is what somebody says of the relation of a pair, or a statement
// about a pair that reference data can check ("shares a border with").
type Claim struct {
	Pair      []Entity
	State     string // "" when only a direction or a fact is claimed
	Direction string
	Fact      string // "border" for a checkable fact, else ""
	Verdict   string // of a fact: "supported", "contradicted", "unchecked"
}

// A Visit is put together from the events that tell of it.
type Visit struct {
	Visitor  []Entity
	Host     []Entity
	Level    string // "head of state", "minister"…
	Start    Date
	End      Date
	Status   string   // announced, under_way, done, postponed, cancelled
	Agenda   []string // issues
	Outcomes []string // ids of records
}

// A Refusal is a sentence left out on purpose.
type Refusal struct {
	Reason string // "sport", "anniversary"…
}

// A Failure is what went wrong with a story; the run goes on.
type Failure struct {
	Story  string
	Stage  string
	Error  string
	Source string // the file or address that the story was read from
	Input  string // what could not be read, cut to some kilobytes; "" when the story itself is stored
	// Published is the date of publication that was given for stories that carry none.
	Published Date
}

// A Report is one telling of a happening.
type Report struct {
	Record    string // id of the record that tells it
	Story     string
	Publisher string
	URL       string
	Published Date
	Text      string // the sentence
}

// Own is what an imported event says in its own project's terms, unchanged. The
// record's Event holds what dyad makes of it in PLOVER's.
type Own struct {
	Origin        string  // "icews", "gdelt"
	ID            string  // unique in its project: ICEWS' id with the date, GDELT's id
	Code          string  // the CAMEO code as it is written there
	Label         string  // ICEWS' event text: "Consult"
	Scale         float64 // intensity or Goldstein value, -10 to 10
	Quad          int     // GDELT's quad class, 1 to 4; 0 where there is none
	Actor         string  // name or code as it is written there
	ActorMore     string  // ICEWS' sectors, or GDELT's actor code
	Recipient     string
	RecipientMore string
	Added         Date // when the project added it; zero when it does not say
	Publisher     string
	URL           string
	Mentions      int     // GDELT's NumMentions
	Sources       int     // GDELT's NumSources
	Articles      int     // GDELT's NumArticles
	Tone          float64 // GDELT's AvgTone, -100 to 100
	Root          bool    // GDELT's IsRootEvent
	Sentence      int     // ICEWS' sentence number
}

// A Coding is everything that one story gave.
type Coding struct {
	Story    string
	Records  []Record
	Failures []Failure
}
