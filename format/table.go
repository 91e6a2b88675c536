package format

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/opendyad/dyad"
)

// Table writes records for a reader at a terminal: a line each with the date, the
// kind, what it says, and the words that it rests on.
func Table(w io.Writer, records []dyad.Record) error {
	for i := range records {
		r := &records[i]
		// A span, such as last week, has its last day below the first.
		date, last, span := strings.Cut(r.When(), "..")
		if date == "" {
			date = "undated"
		}
		if span {
			last = "to " + last
		}
		line := fmt.Sprintf("%-10s  %-11s  %s", date, r.Kind, Line(r))
		if _, err := fmt.Fprintf(w, "%s\n%-24s%s\n", line, last, words(r)); err != nil {
			return err
		}
	}
	return nil
}

// words are what a record rests on: the sentence, or the names of an imported event.
func words(r *dyad.Record) string {
	if o := r.Own; o != nil && r.Text == "" {
		return shorten(strings.Join(filled(o.Actor, o.Label, o.Recipient), " · "), 150)
	}
	return "“" + shorten(oneLine(r.Text), 150) + "”"
}

// Line says what a record says in one line: "IRN GOV CONSULT/visit PAK".
func Line(r *dyad.Record) string {
	var b strings.Builder
	switch {
	case r.Event != nil:
		b.WriteString(Codes(r.Event.Actor) + " " + eventType(r.Event))
		if len(r.Event.Recipient) > 0 {
			b.WriteString(" " + Codes(r.Event.Recipient))
		}
		if r.Event.Place != nil && r.Event.Place.Resolved != "" {
			b.WriteString("  in " + r.Event.Place.Resolved)
		}
	case r.Position != nil:
		b.WriteString(Codes(r.Position.Holder) + " " + r.Position.Stance + ": " + shorten(oneLine(r.Position.Content), 80))
	case r.Expectation != nil:
		b.WriteString(Codes(r.Expectation.Who) + " " + r.Expectation.Cue + ": " + shorten(oneLine(r.Expectation.Content), 80) + " (" + r.Expectation.Status + ")")
	case r.Claim != nil:
		b.WriteString(strings.TrimSpace(Codes(r.Claim.Pair) + ": " + strings.Join(filled(r.Claim.State, r.Claim.Direction, r.Claim.Fact, r.Claim.Verdict), ", ")))
	case r.Visit != nil:
		b.WriteString(Codes(r.Visit.Visitor) + " visits " + Codes(r.Visit.Host) + " (" + r.Visit.Status + ")")
		if len(r.Visit.Agenda) > 0 {
			b.WriteString(", on the agenda: " + strings.Join(r.Visit.Agenda, ", "))
		}
	case r.Refusal != nil:
		b.WriteString("left out: " + r.Refusal.Reason)
	}
	if len(r.Aux) > 0 {
		b.WriteString("  +" + strings.Join(r.Aux, " +"))
	}
	if len(r.Issues) > 0 && r.Visit == nil {
		b.WriteString("  [" + strings.Join(r.Issues, " ") + "]")
	}
	if len(r.AssertedBy) > 0 {
		b.WriteString("  says " + Codes(r.AssertedBy))
	}
	if o := r.Own; o != nil {
		b.WriteString("  (" + strings.TrimSpace(strings.ToUpper(o.Origin)+" "+o.Code) + ")")
	}
	if n := Sources(r.Reports); n > 1 {
		fmt.Fprintf(&b, "  reported by %d sources", n)
	}
	return b.String()
}

// Sources counts the outlets among the reports of a happening. A story whose outlet is
// not known counts for itself.
func Sources(reports []dyad.Report) int {
	outlets := make(map[[2]string]bool, len(reports))
	for i := range reports {
		if p := reports[i].Publisher; p != "" {
			outlets[[2]string{p, ""}] = true
		} else {
			outlets[[2]string{"", reports[i].Story}] = true
		}
	}
	return len(outlets)
}

// eventType writes "CONSULT/visit", or the CAMEO code of an imported event for which
// PLOVER has no type.
func eventType(e *dyad.Event) string {
	if e.Type == "" {
		return strings.TrimSpace("CAMEO " + e.CAMEO)
	}
	return slash(e.Type, e.Mode)
}

// Codes writes entities as "IRN GOV, PAK", "-" for nobody.
func Codes(entities []dyad.Entity) string {
	if len(entities) == 0 {
		return "-"
	}
	parts := make([]string, 0, len(entities))
	for _, e := range entities {
		p := strings.TrimSpace(e.Code + " " + e.Sector)
		if p == "" {
			p = "-"
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, ", ")
}

var csvHeader = []string{"kind", "id", "story", "date", "date_basis", "actor", "recipient", "event", "mode", "cameo", "quad_code", "event_scale",
	"issue", "context", "aux", "asserted_by", "place", "country", "lat", "lon", "says", "confidence", "rule", "text", "start", "end",
	"origin", "own_id", "own_code", "own_scale", "reports"}

// CSV writes records as comma-separated values with a header; several values in
// a field are joined by ";".
func CSV(w io.Writer, records []dyad.Record, header bool) error {
	c := csv.NewWriter(w)
	if header {
		if err := c.Write(csvHeader); err != nil {
			return err
		}
	}
	for i := range records {
		if err := c.Write(csvRow(&records[i])); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func csvRow(r *dyad.Record) []string {
	var actor, recipient, event, mode, cameo, quad, scale, place, country, lat, lon, rule string
	if e := r.Event; e != nil {
		actor, recipient, event, mode, cameo = joinCodes(e.Actor), joinCodes(e.Recipient), e.Type, e.Mode, e.CAMEO
		quad, scale = fmt.Sprint(e.Quad), fmt.Sprint(e.Scale)
		if p := e.Place; p != nil {
			place, country = p.Resolved, p.CountryCode
			if p.Resolution > 0 {
				lat, lon = fmt.Sprint(p.Latitude), fmt.Sprint(p.Longitude)
			}
		}
	}
	var origin, ownID, ownCode, ownScale, reports string
	if o := r.Own; o != nil {
		origin, ownID, ownCode, ownScale = o.Origin, o.ID, o.Code, fmt.Sprint(o.Scale)
	}
	if len(r.Reports) > 0 {
		reports = fmt.Sprint(len(r.Reports))
	}
	if len(r.Reasons) > 0 {
		rule = r.Reasons[0].Rule
	}
	return []string{string(r.Kind), r.ID, r.Story, r.Date.String(), r.DateBasis, actor, recipient, event, mode, cameo, quad, scale,
		strings.Join(r.Issues, ";"), strings.Join(r.Contexts, ";"), strings.Join(r.Aux, ";"), joinCodes(r.AssertedBy),
		place, country, lat, lon, Line(r), fmt.Sprintf("%.2f", r.Confidence), rule, r.Text, fmt.Sprint(r.Evidence.Start), fmt.Sprint(r.Evidence.End),
		origin, ownID, ownCode, ownScale, reports}
}

func joinCodes(entities []dyad.Entity) string {
	if len(entities) == 0 {
		return ""
	}
	return strings.ReplaceAll(Codes(entities), ", ", ";")
}

func slash(a, b string) string {
	if b == "" {
		return a
	}
	return a + "/" + b
}

func filled(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// oneLine puts a text whose lines are broken, as those of a file are, on one.
func oneLine(s string) string {
	if strings.ContainsAny(s, "\n\t") {
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}

// shorten cuts text to about n bytes at a rune's border.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
