package relation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/codebook"
	"pgregory.net/rapid"
)

// date reads a day, and fails the test where it is none.
func date(t testing.TB, s string) dyad.Date {
	t.Helper()
	d, err := dyad.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// parties reads "BRE" or "BRE president carl-brand, ALD".
func parties(s string) (out []dyad.Entity) {
	if s == "" {
		return nil
	}
	for part := range strings.SplitSeq(s, ", ") {
		words := strings.Fields(part)
		e := dyad.Entity{Code: words[0], Identifier: words[0], Text: part}
		if len(words) > 1 {
			e.Office, e.Identifier = words[1], words[len(words)-1]
		}
		out = append(out, e)
	}
	return out
}

// record makes a record of a story from its date.
func record(t testing.TB, id, day string, more func(*dyad.Record)) dyad.Record {
	t.Helper()
	r := dyad.Record{ID: id, Story: "story " + id, Date: date(t, day), Text: id}
	more(&r)
	return r
}

func event(actor, kind, recipient string, more ...func(*dyad.Record)) func(*dyad.Record) {
	return func(r *dyad.Record) {
		r.Kind = dyad.KindEvent
		kind, mode, _ := strings.Cut(kind, "/")
		r.Event = &dyad.Event{Actor: parties(actor), Recipient: parties(recipient), Type: kind, Mode: mode, Trigger: r.ID}
		switch kind {
		case "REQUEST", "ACCUSE", "REJECT", "THREATEN":
			r.Event.Quad, r.Event.Scale = 3, -2
		case "ASSAULT", "SANCTION", "COERCE", "MOBILIZE":
			r.Event.Quad, r.Event.Scale = 4, -9
		case "AID", "COOPERATE", "RETREAT":
			r.Event.Quad, r.Event.Scale = 2, 9
		default:
			r.Event.Quad, r.Event.Scale = 1, 2.5
		}
		for _, m := range more {
			m(r)
		}
	}
}

func expected(who, kind, recipient, cue, due string, more ...func(*dyad.Record)) func(*dyad.Record) {
	return func(r *dyad.Record) {
		r.Kind = dyad.KindExpectation
		kind, mode, _ := strings.Cut(kind, "/")
		r.Expectation = &dyad.Expectation{Who: parties(who), Type: kind, Mode: mode, Recipient: parties(recipient), Cue: cue, Content: r.ID, Status: dyad.StatusOpen}
		if due != "" {
			d, err := dyad.ParseDate(due)
			if err != nil {
				panic(err)
			}
			r.Expectation.Due = d
		}
		for _, m := range more {
			m(r)
		}
	}
}

func denied(r *dyad.Record) {
	if r.Expectation != nil {
		r.Expectation.Polarity = "not"
		return
	}
	r.Aux = append(r.Aux, dyad.AuxNegation)
}

func over(issues ...string) func(*dyad.Record) { return func(r *dyad.Record) { r.Issues = issues } }

func TestOneVisitFromManyStories(t *testing.T) {
	const brand, minister = "BRE president carl-brand", "BRE foreign-minister ann-ruel"
	for _, c := range []struct {
		what    string
		on      string
		records []dyad.Record
		want    []string // visitor>host who start..end status agenda
	}{
		{"announced, moved by a day, begun and ended", "2024-05-01", []dyad.Record{
			record(t, "a", "2024-03-20", expected(brand, "CONSULT/visit", "ALD", "will", "")),
			record(t, "b", "2024-04-02", expected(brand, "CONSULT/visit", "ALD", "is expected to", "2024-04-21")),
			record(t, "c", "2024-04-22", event(brand, "CONSULT/visit", "ALD", over("trade"))),
			record(t, "d", "2024-04-23", event("BRE", "CONSULT/visit", "ALD", over("energy"))),
			record(t, "e", "2024-04-24", event(brand, "CONSULT/visit", "ALD")),
			record(t, "f", "2024-04-23", event("BRE, ALD", "SUPPORT", "", over("borders"))),
		}, []string{"BRE>ALD carl-brand 2024-04-22..2024-04-24 done [borders energy trade] announced 2024-03-20 outcomes [f]"}},
		{"under way today", "2024-04-22", []dyad.Record{
			record(t, "c", "2024-04-22", event(brand, "CONSULT/visit", "ALD")),
			record(t, "z", "2024-04-29", event(brand, "CONSULT/visit", "COR")),
		}, []string{"BRE>ALD carl-brand 2024-04-22..2024-04-22 under_way"}},
		{"put off, then held", "2024-07-01", []dyad.Record{
			record(t, "a", "2024-03-20", expected(brand, "CONSULT/visit", "ALD", "will", "2024-04-02")),
			record(t, "postponed visit", "2024-03-30", event(brand, "REJECT/meet", "ALD")),
			record(t, "c", "2024-06-11", event(brand, "CONSULT/visit", "ALD")),
		}, []string{"BRE>ALD carl-brand 2024-06-11..2024-06-11 done announced 2024-03-20"}},
		{"put off", "2024-04-30", []dyad.Record{
			record(t, "a", "2024-03-20", expected(brand, "CONSULT/visit", "ALD", "will", "2024-04-02")),
			record(t, "postponed visit", "2024-03-30", event(brand, "REJECT/meet", "ALD")),
		}, []string{"BRE>ALD carl-brand .. postponed announced 2024-03-20"}},
		{"called off", "2024-04-30", []dyad.Record{
			record(t, "a", "2024-03-20", expected(brand, "CONSULT/visit", "ALD", "will", "2024-04-02")),
			record(t, "b", "2024-03-30", event(brand, "CONSULT/visit", "ALD", denied)),
		}, []string{"BRE>ALD carl-brand 2024-04-02.. cancelled announced 2024-03-20"}},
		{"never heard of again", "2024-04-30", []dyad.Record{
			record(t, "a", "2024-03-20", expected(brand, "CONSULT/visit", "ALD", "will", "2024-04-02")),
		}, []string{"BRE>ALD carl-brand 2024-04-02.. announced announced 2024-03-20 overdue"}},
		{"two people, two visits", "2024-04-30", []dyad.Record{
			record(t, "a", "2024-01-29", event(minister+", ALD", "CONSULT/visit", "")),
			record(t, "b", "2024-01-30", expected(brand, "CONSULT/visit", "ALD", "will", "")),
		}, []string{"BRE>ALD ann-ruel 2024-01-29..2024-01-29 done", "BRE>ALD carl-brand .. announced announced 2024-01-30"}},
		{"no visits: an ambassador, history, a supposed one, one within the country", "2024-04-30", []dyad.Record{
			record(t, "a", "2024-01-29", event("BRE ambassador tom-leek", "CONSULT/visit", "ALD")),
			record(t, "b", "2024-01-29", event("BRE", "CONSULT/visit", "ALD", func(r *dyad.Record) { r.Aux = []string{dyad.AuxHistorical} })),
			record(t, "c", "2024-01-29", event("BRE", "CONSULT/visit", "ALD", func(r *dyad.Record) { r.Aux = []string{dyad.AuxHypothetical} })),
			record(t, "d", "2024-01-29", event("BRE", "CONSULT/visit", "BRE")),
			record(t, "e", "2011", event("BRE", "CONSULT/visit", "ALD")),
		}, nil},
	} {
		var got []string
		for _, v := range VisitsAmong(c.records, date(t, c.on)) {
			got = append(got, describe(v))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n\t%s\n\twant\n\t%s", c.what, strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
		}
	}
}

func describe(v Visit) string {
	s := fmt.Sprintf("%s>%s %s %s..%s %s", v.Visitor, v.Host, v.Who.Identifier, v.Start, v.End, v.Status)
	if len(v.Agenda) > 0 {
		s += fmt.Sprint(" ", v.Agenda)
	}
	if !v.Announced.IsZero() {
		s += " announced " + v.Announced.String()
	}
	if v.Overdue {
		s += " overdue"
	}
	if len(v.Outcomes) > 0 {
		s += fmt.Sprint(" outcomes ", v.Outcomes)
	}
	return s
}

func TestLedger(t *testing.T) {
	for _, c := range []struct {
		what    string
		records []dyad.Record
		want    string // uttered status by whom
	}{
		{"met on its day rather than before", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE", "CONSULT/visit", "ALD", "will", "2024-03-20")),
			record(t, "b", "2024-03-19", event("BRE", "CONSULT/visit", "ALD")),
			record(t, "c", "2024-03-20", event("BRE", "CONSULT/visit", "ALD")),
		}, "announced met c"},
		{"met late", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE", "AID", "ALD", "promise to", "2024-03-10")),
			record(t, "b", "2024-03-19", event("BRE", "AID", "ALD")),
		}, "promised met b late"},
		{"an ambassador's return is not the minister's visit", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE foreign-minister ann-ruel", "CONSULT/visit", "ALD", "will", "2024-03-10")),
			record(t, "b", "2024-03-08", event("BRE ambassador tom-leek", "CONSULT/visit", "ALD")),
		}, "announced overdue"},
		{"somebody else's doing", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE", "AID", "ALD", "is expected to", "2024-03-10")),
			record(t, "b", "2024-03-08", event("COR", "AID", "ALD")),
			record(t, "c", "2024-03-08", event("BRE", "AID", "COR")),
			record(t, "d", "2024-03-08", event("ALD", "AID", "BRE")),
		}, "expected overdue"},
		{"over something else", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE", "AID", "ALD", "is expected to", "", over("energy"))),
			record(t, "b", "2024-03-08", event("BRE", "AID", "ALD", over("floods"))),
		}, "expected open"},
		{"denied to have been done", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE", "AID", "ALD", "vow to", "")),
			record(t, "b", "2024-03-08", event("BRE", "AID", "ALD", denied)),
		}, "promised contradicted b"},
		{"taken back", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE", "CONSULT/visit", "ALD", "plan to", "")),
			record(t, "b", "2024-03-08", expected("BRE", "CONSULT/visit", "ALD", "will", "", denied)),
		}, "announced withdrawn b, announced open"},
		{"a threat carried out", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE", "SANCTION", "ALD", "threaten to", "")),
			record(t, "b", "2024-03-08", event("BRE", "SANCTION", "ALD")),
		}, "threatened met b"},
		{"expected not to, and done", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE", "AID", "ALD", "is likely to", "", denied)),
			record(t, "b", "2024-03-08", event("BRE", "AID", "ALD")),
		}, "expected contradicted b"},
		{"a demand refused", []dyad.Record{
			record(t, "a", "2024-03-01", event("BRE", "REQUEST/change", "ALD")),
			record(t, "b", "2024-03-08", event("ALD", "REJECT", "BRE")),
		}, "demanded contradicted b"},
		{"a demand told by two records of one sentence", []dyad.Record{
			record(t, "a", "2024-03-01", event("BRE", "REQUEST/change", "ALD", func(r *dyad.Record) { r.Story, r.Evidence.Sequence = "one", 2 })),
			record(t, "b", "2024-03-01", expected("ALD", "", "", "urge", "", func(r *dyad.Record) { r.Story, r.Evidence.Sequence = "one", 2 })),
			record(t, "c", "2024-03-08", event("ALD", "CONCEDE", "BRE")),
		}, "demanded met c"},
		{"told twice", []dyad.Record{
			record(t, "a", "2024-03-01", expected("BRE", "AID", "ALD", "will", "2024-07-01")),
			record(t, "b", "2024-03-03", expected("BRE", "AID", "ALD", "is to", "2024-07-01")),
		}, "announced open"},
	} {
		var got []string
		for _, e := range Ledger(c.records, date(t, "2024-06-01")) {
			s := strings.TrimSpace(e.Uttered + " " + e.Status + " " + e.DecidedBy)
			if e.Late {
				s += " late"
			}
			got = append(got, s)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %s", c.what, got, c.want)
		}
	}
}

func TestAnEntryIsOpenAgainWhenItsEvidenceGoes(t *testing.T) {
	records := []dyad.Record{
		record(t, "a", "2024-03-01", expected("BRE", "AID", "ALD", "promise to", "")),
		record(t, "b", "2024-03-19", event("BRE", "AID", "ALD")),
	}
	if got := Ledger(records, date(t, "2024-06-01"))[0].Status; got != dyad.StatusMet {
		t.Fatalf("with its evidence: %s", got)
	}
	if got := Ledger(records[:1], date(t, "2024-06-01"))[0].Status; got != dyad.StatusOpen {
		t.Fatalf("without its evidence: %s", got)
	}
}

func TestHoldingsTellWhenAStanceTurned(t *testing.T) {
	position := func(stance, content string) func(*dyad.Record) {
		return func(r *dyad.Record) {
			r.Issues = []string{"straits"}
			r.Position = &dyad.Position{Holder: parties("BRE"), Issue: "straits", Stance: stance, Content: content}
		}
	}
	holdings := Holdings([]dyad.Record{
		record(t, "d", "2024-05-01", position(dyad.StanceAgainst, "the treaty")),
		record(t, "a", "2024-01-01", position(dyad.StanceFor, "the treaty")),
		record(t, "b", "2024-02-01", position(dyad.StanceFor, "the treaty")),
		record(t, "c", "2024-03-01", position(dyad.StanceCallsFor, "talks")),
	})
	if len(holdings) != 1 || len(holdings[0].Held) != 3 || holdings[0].Changed != date(t, "2024-05-01") || holdings[0].From != dyad.StanceFor || holdings[0].Latest().Record != "d" {
		t.Errorf("%+v", holdings)
	}
}

func TestTriads(t *testing.T) {
	var acts []Act
	for i := range 6 {
		day := fmt.Sprintf("2024-03-%02d", i+1)
		acts = append(acts, act(t, day, "BRE>COR", "AGREE"), act(t, day, "ALD>BRE", "CONSULT"), act(t, day, "COR>ALD", "THREATEN"))
	}
	issues := []codebook.Issue{{ID: "straits", Kind: "dispute", Parties: []string{"ALD", "DOR"}}}
	acts = append(acts, act(t, "2024-03-09", "DOR>ALD", "ACCUSE"))
	for _, d := range []string{"10", "11", "12", "13", "14"} {
		acts = append(acts, act(t, "2024-03-"+d, "DOR>BRE", "CONSULT"))
	}
	triads := TriadsOf(BetweenAll(acts, date(t, "2024-06-01")), "BRE", "ALD", issues, func(code string) string { return code })
	var got []string
	for _, x := range triads {
		got = append(got, fmt.Sprintf("%s: %s, balanced %v", x.Third, x.Reading, x.Balanced))
	}
	want := []string{"COR: ALD's partner BRE is also a partner of its rival COR, balanced false", "DOR: ALD's partner BRE is also a partner of its rival DOR, balanced false"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestContradictions(t *testing.T) {
	by := func(code string) func(*dyad.Record) {
		return func(r *dyad.Record) { r.AssertedBy = parties(code) }
	}
	records := []dyad.Record{
		record(t, "a", "2024-03-01", event("BRE", "ASSAULT", "ALD", by("ALD"))),
		record(t, "b", "2024-03-02", event("BRE", "ASSAULT", "ALD", by("BRE"), denied)),
		record(t, "c", "2024-03-02", event("COR", "ASSAULT", "ALD", by("BRE"), denied)),
		record(t, "d", "2024-03-02", event("BRE", "ASSAULT", "ALD", by("ALD"), denied)), // corrects itself
		record(t, "e", "2024-07-02", event("BRE", "ASSAULT", "ALD", by("BRE"), denied)), // of something else
	}
	refused := []dyad.Record{records[0], record(t, "denied attacked", "2024-03-03", event("BRE", "REJECT", "ALD")), record(t, "rejected offer", "2024-03-03", event("BRE", "REJECT", "ALD"))}
	if got := ContradictionsAmong(refused); len(got) != 1 || got[0].Denies.ID != "denied attacked" {
		t.Errorf("%+v", got)
	}
	got := ContradictionsAmong(records)
	if len(got) != 1 || got[0].Says.ID != "a" || got[0].Denies.ID != "b" {
		t.Errorf("%+v", got)
	}
}

func TestMovesAgainstThePairsOwnPast(t *testing.T) {
	var tallies []Tally
	for period := range 13 {
		tallies = append(tallies, Tally{Pair{"ALD", "BRE"}, period, 4, 1, 0}, Tally{Pair{"COR", "DOR"}, period, 40, 12, 6})
	}
	tallies = append(tallies, Tally{Pair{"ALD", "BRE"}, 0, 0, 2, 6}, Tally{Pair{"ALD", "DOR"}, 0, 1, 0, 0})
	moves := Moves(tallies, 12, nil)
	if len(moves) == 0 || moves[0].Pair != (Pair{"ALD", "BRE"}) || moves[0].Direction != dyad.DirectionWorsening || moves[0].Hostile.Now != 9 || moves[0].Hostile.Median != 1 {
		t.Errorf("%+v", moves)
	}
	for _, m := range moves[1:] {
		if m.Direction != dyad.DirectionSteady {
			t.Errorf("%s moved: %+v", m.Pair, m)
		}
	}
	// Nine times the news is not nine times the events.
	totals := slices.Repeat([]int{100}, 13)
	totals[0] = 900
	if m := Moves(tallies, 12, totals); m[0].Direction == dyad.DirectionWorsening {
		t.Errorf("with nine times the news: %+v", m[0])
	}
}

func TestFirstOfItsKindInAYear(t *testing.T) {
	acts := []Act{act(t, "2022-01-01", "BRE>ALD", "ASSAULT"), act(t, "2023-12-01", "BRE>ALD", "CONSULT"),
		act(t, "2024-05-02", "BRE>ALD", "ASSAULT"), act(t, "2024-05-03", "BRE>ALD", "CONSULT"), act(t, "2024-05-04", "ALD>BRE", "AID")}
	var got []string
	for _, s := range Firsts(SeenSince(acts, date(t, "2024-05-01")), date(t, "2022-01-01")) {
		got = append(got, s.Actor+" "+s.Event+" "+s.Recipient)
	}
	if want := []string{"BRE ASSAULT ALD", "ALD AID BRE"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReferenceData(t *testing.T) {
	ref := NewReference(&codebook.Codebook{Actors: []codebook.Actor{
		{ID: "ALD", Name: "Aldoria", Kind: codebook.KindState, Capitals: []string{"Alden"}, Borders: []string{"BRE"}},
		{ID: "BRE", Name: "Brennia", Kind: codebook.KindState, Borders: []string{"ALD"}},
		{ID: "COR", Name: "Corva", Kind: codebook.KindState},
		{ID: "LEAGUE", Name: "the League", Kind: codebook.KindOrganisation, Members: []string{"ALD"}},
		{ID: "carl-brand", Name: "Carl Brand", Kind: codebook.KindPerson, Terms: []codebook.Term{{Code: "BRE", Office: "president", From: date(t, "2020"), To: date(t, "2023")}}},
	}})
	for _, c := range []struct {
		what string
		got  Verdict
		want string
	}{
		{"neighbours", ref.Border("ALD", "BRE"), Supported},
		{"no neighbours", ref.Border("COR", "BRE"), Contradicted},
		{"unknown", ref.Border("COR", "XYZ"), Unchecked},
		{"capital", ref.Capital("ALD", "alden"), Supported},
		{"another city", ref.Capital("ALD", "Brenn"), Contradicted},
		{"no capital known", ref.Capital("COR", "Brenn"), Unchecked},
		{"member", ref.Member("LEAGUE", "ALD"), Supported},
		{"no member", ref.Member("LEAGUE", "BRE"), Contradicted},
		{"in office", ref.Office("carl-brand", "president", "BRE", date(t, "2021-05-05")), Supported},
		{"no longer in office", ref.Office("carl-brand", "president", "BRE", date(t, "2023-05-05")), Contradicted},
		{"another office", ref.Office("carl-brand", "king", "BRE", date(t, "2023-05-05")), Unchecked},
	} {
		if c.got.Verdict != c.want || c.got.Note == "" {
			t.Errorf("%s: %+v, want %s", c.what, c.got, c.want)
		}
	}
	claim := func(a, b string) func(*dyad.Record) {
		return func(r *dyad.Record) { r.Claim = &dyad.Claim{Pair: parties(a + ", " + b), Fact: "border"} }
	}
	checked := ref.CheckClaims([]dyad.Record{record(t, "a", "2024-01-01", claim("ALD", "BRE")), record(t, "b", "2024-01-02", claim("ALD", "COR"))})
	if len(checked) != 2 || checked[0].Record != "b" || checked[0].Verdict.Note != "Aldoria and Corva share no border on land" {
		t.Errorf("%+v", checked)
	}
}

// recordsOf draws events and expectations of a few countries and people.
func recordsOf(t *rapid.T) []dyad.Record {
	sides := rapid.SampledFrom([]string{"", "ALD", "BRE", "ALD, BRE", "BRE president carl-brand", "BRE foreign-minister ann-ruel", "COR"})
	kinds := rapid.SampledFrom([]string{"CONSULT/visit", "CONSULT/visit", "REJECT/meet", "AID", "REQUEST", "CONCEDE", "ASSAULT"})
	records := make([]dyad.Record, rapid.IntRange(0, 25).Draw(t, "records"))
	for i := range records {
		r := &records[i]
		r.ID = fmt.Sprint("visit ", i)
		r.Story = fmt.Sprint("story ", rapid.IntRange(0, 8).Draw(t, "story"))
		r.Date = DateOf(rapid.Int32Range(19700, 19790).Draw(t, "day"))
		if rapid.Bool().Draw(t, "kind") {
			event(sides.Draw(t, "actor"), kinds.Draw(t, "event"), sides.Draw(t, "recipient"))(r)
		} else {
			expected(sides.Draw(t, "who"), kinds.Draw(t, "event"), sides.Draw(t, "to"), "will", rapid.SampledFrom([]string{"", "2024-01-20", "2024-02", "2024"}).Draw(t, "due"))(r)
		}
		if rapid.IntRange(0, 6).Draw(t, "denied") == 0 {
			denied(r)
		}
	}
	return records
}

func TestVisitsAndLedgerDoNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := recordsOf(t)
		shuffled := rapid.Permutation(records).Draw(t, "shuffled")
		twice := append(slices.Clone(shuffled), records...)
		on := DateOf(19780)
		picture := func(records []dyad.Record) string {
			return fmt.Sprintf("%+v %+v %+v %+v", VisitsAmong(records, on), Ledger(records, on), Holdings(records), Grid(records))
		}
		if a, b := picture(records), picture(shuffled); a != b {
			t.Fatalf("another order gives something else:\n%s\n%s", a, b)
		}
		if a, b := picture(records), picture(twice); a != b {
			t.Fatalf("the same records again give something else:\n%s\n%s", a, b)
		}
	})
}
