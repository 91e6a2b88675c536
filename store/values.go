package store

import "github.com/opendyad/dyad"

// A Near is a story that may be a near-duplicate of a new one.
type Near struct {
	Number    int64
	ID        string
	Day       int  // of publication, in days since 1970
	Dated     bool // whether it has a day of publication
	Hash      uint64
	Signature []byte
	Cluster   int64 // as it is now
}

// A Telling is what a stored record says that decides with which others it folds.
type Telling struct {
	Record    uint64
	Same      uint64
	Story     int64
	Cluster   int64 // of its story
	Day       int   // in days since 1970
	Last      int   // the last of its days, Day itself when there is one
	Dated     bool  // whether it has a day, or days
	ByText    bool  // whether the text dates it, not the publication
	Mode      string
	Issues    []string
	Country   string
	Province  string
	City      string // "" where the province is all that is known
	Happening uint64 // as it is now
}

// A Recoded story is a stored story with what another coding of it gave.
type Recoded struct {
	Number   int64
	Note     string // why it was not coded, "" when it was
	Records  []dyad.Record
	Keys     []uint64
	Failures []dyad.Failure
	// Published is the date of publication that the story has come with, for Redate only.
	Published      dyad.Date
	PublishedBasis string
}

// A Recoding is how far the coding of all stored stories with another codebook has
// come.
type Recoding struct {
	After   int64 // number of the last story that is done
	Done    int64 // stories that are done
	Stories int64 // all that are to be coded
}

// A ChangeCount is how many records of a kind and an event changed in one way.
type ChangeCount struct {
	What  string
	Kind  dyad.Kind
	Event string
	Count int64
}

// Checked is what Verify has looked at and found.
type Checked struct {
	Stories, Clusters int64
	Records           map[dyad.Kind]int64 // of dyad's own
	Imported          int64               // events of other projects
	Pairs             int64               // rows of dyads
	Happenings        int64
	Failures, Sources int64
	Faults            int64
	Damaged           bool // the file itself: nothing else was looked at
}

// A Row is one directed pair of two countries that an event has, on neither side of which
// rebels stand: what series, states and triads are worked out from.
type Row struct {
	Day       int    // in days since 1970, the first of a month or year
	Dated     bool   // whether there is a date
	Part      string // how much of it is known: "day", "month", "year"
	Actor     string
	Recipient string
	Mutual    bool // both did it to one another
	Event     string
	Mode      string
	Quad      uint8
	Scale     float32
	Aux       uint8 // bits: historical 1, future 2, hypothetical 4, negation 8
	Record    string
	Happening string
	Reports   int // of the happening
}

// A Tie is what happened between two countries.
type Tie struct {
	A, B   string
	ByQuad [5]int    // happenings by quad class; [0] is what PLOVER has no event for
	First  dyad.Date // of what has a quad class
	Last   dyad.Date
	// Heaviest are those of most weight: for each quad class, score and number of reports
	// the first one of each of the first two days.
	Heaviest []Row
}

// A DayVolume is what was read on a day, whoever it was about.
type DayVolume struct {
	Day     dyad.Date
	Stories int
	Events  int // happenings that are told as actual
}

// A PairCount is what happened between a pair in one period: happenings, each counted
// once by the record that stands for it.
type PairCount struct {
	A, B   string
	Period int
	// Friendly is quad classes 1 and 2, HostileWords 3, HostileDeeds 4.
	Friendly, HostileWords, HostileDeeds int
}

// A KindSeen is when a kind of event was seen from one country to another: last
// before a day, and first from that day on.
type KindSeen struct {
	Actor, Recipient, Event, Mode string
	Before                        dyad.Date // zero: never
	First                         dyad.Date
	Record                        string // of First
}
