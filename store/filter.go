package store

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/opendyad/dyad"
)

// A condition is a part of a where clause with its arguments.
type condition struct {
	parts []string
	args  []any
}

func (c *condition) add(sql string, args ...any) {
	c.parts = append(c.parts, sql)
	c.args = append(c.args, args...)
}

// anyOf adds one of several alternatives.
func (c *condition) anyOf(alternatives []condition) {
	if len(alternatives) == 0 {
		return
	}
	texts := make([]string, len(alternatives))
	for i, a := range alternatives {
		texts[i] = a.sql()
		c.args = append(c.args, a.args...)
	}
	c.parts = append(c.parts, "("+strings.Join(texts, " or ")+")")
}

func (c *condition) sql() string {
	if len(c.parts) == 0 {
		return "true"
	}
	return strings.Join(c.parts, " and ")
}

// oneOf adds that a column has one of some values; none lets everything through.
func oneOf[T any](c *condition, column string, values []T) {
	if len(values) == 0 {
		return
	}
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	c.add(column+" in ("+strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")+")", args...)
}

// records gives the condition on rows of dyads d (and stories s, where needed).
func (f *Filter) records() (c condition, err error) {
	switch {
	case len(f.Origin) == 0:
		c.add("d.origin = ?", coded)
	case f.Origin[0] != "all":
		oneOf(&c, "d.origin", f.Origin)
	}
	if len(f.IDs) > 0 {
		numbers := make([]any, len(f.IDs))
		for i, id := range f.IDs {
			number, err := recordNumber(id)
			if err != nil {
				return c, err
			}
			numbers[i] = strconv.FormatUint(number, 10) // database/sql takes no more than 63 bits
		}
		c.add("d.record in (select unnest(["+strings.TrimSuffix(strings.Repeat("?::ubigint, ", len(numbers)), ", ")+"]))", numbers...)
	}
	var kinds []condition
	for _, k := range f.Kinds {
		var one condition
		one.add("d.kind = ?::kind", k) // else each row's kind is written out to be compared as a word
		kinds = append(kinds, one)
	}
	c.anyOf(kinds)
	f.addSides(&c)
	oneOf(&c, "d.event", f.Event)
	oneOf(&c, "d.mode", f.Mode)
	oneOf(&c, "d.quad", f.Quad)
	words(&c, "d.issues", f.Issue)
	f.addAux(&c)
	f.addSpeakers(&c)
	if !f.From.IsZero() {
		c.add("coalesce(d.until, d.date) >= ?::date", firstDay(f.From)) // "last week" is within it by its last day
	}
	if !f.To.IsZero() {
		c.add("d.date <= ?::date", lastDay(f.To))
	}
	f.addPlaces(&c)
	if f.Confidence > 0 {
		c.add("d.confidence >= ?", f.Confidence)
	}
	if len(f.Telling) > 0 {
		var pairs []condition
		for _, p := range f.Telling {
			a, b, _ := strings.Cut(strings.ToUpper(p), "-")
			var one condition
			one.add("pair = ?::uinteger", pairNumber(a, b))
			pairs = append(pairs, one)
		}
		var of condition
		of.anyOf(pairs)
		c.add("d.story in (select story from dyads where origin = 'dyad' and "+of.sql()+")", of.args...)
	}
	f.addKnown(&c)
	if f.ofStories() {
		stories := f.stories()
		c.add("d.story in (select number from stories s where "+stories.sql()+")", stories.args...)
	}
	return c, nil
}

// addKnown adds that a story was published by the day on which something is to have been known.
func (f *Filter) addKnown(c *condition) {
	if !f.Known.IsZero() {
		c.add("d.story not in (select number from stories where published > ?::date)", lastDay(f.Known))
	}
}

// ofStories reports whether the filter asks for something that only the story of a
// record tells.
func (f *Filter) ofStories() bool {
	return len(f.Outlet) > 0 || len(f.Story) > 0 || len(f.Language) > 0 || !f.Published.IsZero() || !f.PublishedTo.IsZero()
}

// stories gives the condition on rows of stories s.
func (f *Filter) stories() (c condition) {
	oneOf(&c, "s.id", f.Story)
	oneOf(&c, "s.language", f.Language)
	var outlets []condition
	for _, o := range f.Outlet {
		var one condition
		one.add("contains(lower(s.publisher), lower(?))", o)
		outlets = append(outlets, one)
	}
	c.anyOf(outlets)
	if !f.Published.IsZero() {
		c.add("s.published >= ?::date", firstDay(f.Published))
	}
	if !f.PublishedTo.IsZero() {
		c.add("s.published <= ?::date", lastDay(f.PublishedTo))
	}
	return c
}

func (f *Filter) addSides(c *condition) {
	c.anyOf(sideConditions("d.actor", f.Actor))
	c.anyOf(sideConditions("d.recipient", f.Recipient))
	var either []condition
	for _, e := range f.Either {
		if a, b, pair := strings.Cut(e, "-"); pair {
			var one condition
			one.add("d.pair = ?::uinteger", pairNumber(strings.ToUpper(a), strings.ToUpper(b)))
			either = append(either, one)
			continue
		}
		either = append(either, sideConditions("d.actor", []string{e})...)
		either = append(either, sideConditions("d.recipient", []string{e})...)
	}
	c.anyOf(either)
	var sectors []condition
	for _, s := range f.Sector {
		var one condition
		one.add("(d.actor_sector = ? or d.recipient_sector = ?)", strings.ToUpper(s), strings.ToUpper(s))
		sectors = append(sectors, one)
	}
	c.anyOf(sectors)
}

// sideConditions are those of "IRN" and "IRN GOV" on a column and its sector.
func sideConditions(column string, values []string) (out []condition) {
	for _, v := range values {
		var one condition
		code, sector, both := strings.Cut(strings.ToUpper(strings.TrimSpace(v)), " ")
		one.add(column+" = ?", code)
		if both {
			one.add(column+"_sector = ?", sector)
		}
		out = append(out, one)
	}
	return out
}

// words adds that a column of words with blanks between has one of some words.
func words(c *condition, column string, values []string) {
	var out []condition
	for _, v := range values {
		var one condition
		one.add("list_contains(string_split("+column+", ' '), ?)", v)
		out = append(out, one)
	}
	c.anyOf(out)
}

func (f *Filter) addAux(c *condition) {
	var out []condition
	for _, a := range f.Aux {
		var one condition
		if a == "actual" {
			one.add("d.aux = 0")
		} else {
			one.add("(d.aux & ?) <> 0", auxBit[a])
		}
		out = append(out, one)
	}
	c.anyOf(out)
}

func (f *Filter) addSpeakers(c *condition) {
	var out []condition
	for _, a := range f.AssertedBy {
		var one condition
		if a == "writer" {
			one.add("d.asserted_by = ''")
		} else {
			words(&one, "d.asserted_by", []string{strings.ToUpper(a)})
		}
		out = append(out, one)
	}
	c.anyOf(out)
}

func (f *Filter) addPlaces(c *condition) {
	var out []condition
	for _, p := range f.Place {
		var one condition
		if codeNumber(p) > 0 {
			one.add("d.country = ?", p)
		} else {
			one.add("(strip_accents(lower(d.city)) = strip_accents(lower(?)) or strip_accents(lower(d.province)) = strip_accents(lower(?)))", p, p)
		}
		out = append(out, one)
	}
	c.anyOf(out)
}

// firstDay and lastDay are the ends of a day, month or year, as DuckDB reads them.
func firstDay(d dyad.Date) string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, max(d.Month, 1), max(d.Day, 1))
}

func lastDay(d dyad.Date) string { return firstDay(d.End()) }
