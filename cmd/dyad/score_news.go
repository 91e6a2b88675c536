package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/pipeline"
)

// A goldEvent is an event of running news as coded by hand.
type goldEvent struct {
	Actor     []goldEntity `json:"actor"`
	Recipient []goldEntity `json:"recipient"`
	Event     string       `json:"event"`
	Certain   *bool        `json:"certain"`
}

type goldEntity struct {
	Code string `json:"code"`
	Text string `json:"text"` // as it stands in the sentence, "" when only implied
}

type goldSentence struct {
	ID      string      `json:"id"`
	Article string      `json:"article"`
	Date    string      `json:"date"`
	Before  string      `json:"context_before"`
	Text    string      `json:"text"`
	Events  []goldEvent `json:"events"`
}

// sides are the country codes of an event, those of intergovernmental
// organisations as one.
type sides struct {
	event            string
	actor, recipient map[string]bool
}

func certain(e *goldEvent) bool { return e.Certain == nil || *e.Certain }

func normalCode(code string) string {
	if len(code) > 3 {
		code = code[:3]
	}
	switch code {
	case "UNO", "EUR":
		return "IGO"
	}
	return code
}

func goldCodes(entities []goldEntity) map[string]bool {
	codes := map[string]bool{}
	for _, e := range entities {
		codes[normalCode(e.Code)] = true
	}
	if len(codes) == 0 {
		codes[""] = true
	}
	return codes
}

func entityCodes(entities []dyad.Entity) map[string]bool {
	codes := map[string]bool{}
	for _, e := range entities {
		codes[normalCode(e.Code)] = true
	}
	if len(codes) == 0 {
		codes[""] = true
	}
	return codes
}

// share reports whether a side is right: it has a known code in common with the
// gold, or the gold knows none.
func share(gold, got map[string]bool) bool {
	for code := range gold {
		if code != "" && got[code] {
			return true
		}
	}
	return len(gold) == 1 && gold[""]
}

// agrees compares two events at a level: event (class), who (and an actor), dyad
// (and a recipient). Meetings, agreements and cooperation go both ways.
func agrees(gold, got *sides, level string) bool {
	if gold.event != got.event {
		return false
	}
	if level == "event" || share(gold.actor, got.actor) && (level == "who" || share(gold.recipient, got.recipient)) {
		return true
	}
	switch gold.event {
	case "CONSULT", "AGREE", "COOPERATE":
	default:
		return false
	}
	all := func(s *sides) map[string]bool {
		codes := map[string]bool{}
		for _, m := range []map[string]bool{s.actor, s.recipient} {
			for c := range m {
				if c != "" {
					codes[c] = true
				}
			}
		}
		return codes
	}
	want, have := all(gold), all(got)
	found := 0
	for c := range want {
		if have[c] {
			found++
		}
	}
	if level == "who" {
		return found > 0
	}
	return found == len(want)
}

// scoreNews codes running news and prints precision, recall and F1 at the three
// levels, as tools/news.py of the development data does. An uncertain event is
// neither a miss nor, when matched, a false alarm.
func scoreNews(w io.Writer, p *pipeline.Pipeline, kind, path string) error {
	rows, err := readGold(path)
	if err != nil {
		return err
	}
	found := map[string][]*sides{}
	for from := 0; from < len(rows); {
		to := from
		for to < len(rows) && rows[to].Article == rows[from].Article {
			to++
		}
		codeArticle(p, rows[from:to], found)
		from = to
	}
	for _, level := range []string{"event", "who", "dyad"} {
		right, wrong, missed := 0, 0, 0
		for i := range rows {
			r, w, m := compare(&rows[i], found[rows[i].ID], level)
			right, wrong, missed = right+r, wrong+w, missed+m
		}
		precision, recall := ratio(right, right+wrong), ratio(right, right+missed)
		fmt.Fprintf(w, "%-11s %s, %-5s  P %.3f  R %.3f  F1 %.3f\n", kind, filepath.Base(path), level, precision, recall, harmonic(precision, recall))
	}
	return nil
}

func readGold(path string) ([]goldSentence, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the news to score: %w", err)
	}
	defer file.Close()
	var rows []goldSentence
	in := bufio.NewScanner(file)
	in.Buffer(make([]byte, 1<<16), 1<<24)
	for line := 1; in.Scan(); line++ {
		var row goldSentence
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, line, err)
		}
		if row.Article == "" {
			row.Article = row.ID
		}
		rows = append(rows, row)
	}
	return rows, in.Err()
}

// codeArticle codes the sentences of an article as one story and puts each event
// to the sentence it stands in.
func codeArticle(p *pipeline.Pipeline, rows []goldSentence, found map[string][]*sides) {
	texts := make([]string, len(rows))
	for i := range rows {
		texts[i] = rows[i].Text
	}
	date := rows[0].Date
	if date == "" {
		date = "2015-01-01"
	}
	published, _ := dyad.ParseDate(date) // a date that does not parse leaves the story undated
	coding := p.Code(dyad.Story{ID: rows[0].Article, Title: strings.TrimSpace(rows[0].Before), Text: strings.Join(texts, " "), Published: published})
	for i := range coding.Records {
		r := &coding.Records[i]
		if r.Event == nil || hasAux(r, dyad.AuxNegation) || hasAux(r, dyad.AuxHypothetical) {
			continue
		}
		text := strings.TrimSpace(r.Text)
		for j := range rows {
			if text != "" && (strings.Contains(rows[j].Text, text) || strings.Contains(text, rows[j].Text) || strings.Contains(rows[j].Text, firstRunes(text, 60))) {
				found[rows[j].ID] = append(found[rows[j].ID], &sides{r.Event.Type, entityCodes(r.Event.Actor), entityCodes(r.Event.Recipient)})
				break
			}
		}
	}
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// compare matches the events of a sentence with those coded by hand.
func compare(row *goldSentence, got []*sides, level string) (right, wrong, missed int) {
	left := append([]*sides(nil), got...)
	var sure, unsure []*sides
	for i := range row.Events {
		e := &row.Events[i]
		s := &sides{e.Event, goldCodes(e.Actor), goldCodes(e.Recipient)}
		if certain(e) {
			sure = append(sure, s)
		} else {
			unsure = append(unsure, s)
		}
	}
	for _, s := range sure {
		at := -1
		for i := range left {
			if agrees(s, left[i], level) {
				at = i
				break
			}
		}
		if at < 0 {
			missed++
			continue
		}
		left = append(left[:at], left[at+1:]...)
		right++
	}
	for _, g := range left {
		neutral := false
		for _, s := range unsure {
			neutral = neutral || agrees(s, g, "event")
		}
		for _, s := range sure {
			neutral = neutral || agrees(s, g, level)
		}
		if !neutral {
			wrong++
		}
	}
	return right, wrong, missed
}

func hasAux(r *dyad.Record, aux string) bool {
	for _, a := range r.Aux {
		if a == aux {
			return true
		}
	}
	return false
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}
