package store

import "sort"

// countTerms are what records can be counted by, as SQL over dyads d and, where it
// says s, stories s.
var countTerms = map[string]string{
	// What is known by its month or year only, or is of some days, is counted as that.
	"day":     `case d.date_part when 'day' then strftime(d.date, '%Y-%m-%d') when 'month' then strftime(d.date, '%Y-%m') else strftime(d.date, '%Y') end`,
	"week":    `case d.date_part when 'day' then strftime(d.date, '%G-W%V') when 'month' then strftime(d.date, '%Y-%m') else strftime(d.date, '%Y') end`,
	"month":   `case d.date_part when 'year' then strftime(d.date, '%Y') else strftime(d.date, '%Y-%m') end`,
	"quarter": `strftime(d.date, '%Y') || case d.date_part when 'year' then '' else '-Q' || quarter(d.date) end`,
	"year":    `strftime(d.date, '%Y')`,
	"kind":    `d.kind`, "event": `d.event`, "mode": `d.mode`, "quad": `d.quad::varchar`,
	"actor": `d.actor`, "recipient": `d.recipient`, "actor_sector": `d.actor_sector`, "recipient_sector": `d.recipient_sector`,
	"dyad": `d.actor || '>' || d.recipient`, "pair": `least(d.actor, d.recipient) || '-' || greatest(d.actor, d.recipient)`,
	"issue": `unnest(string_split(d.issues, ' '))`, "asserted_by": `d.asserted_by`, "aux": auxTerm,
	"country": `d.country`, "city": `d.city`, "origin": `d.origin`, "outlet": `s.publisher`, "language": `s.language`,
	"published": `strftime(s.published, '%Y-%m-%d')`,
}

const auxTerm = `case when d.aux = 0 then 'actual' else concat_ws(' ', case when d.aux & 1 > 0 then 'historical' end,
	case when d.aux & 2 > 0 then 'future' end, case when d.aux & 4 > 0 then 'hypothetical' end, case when d.aux & 8 > 0 then 'negation' end) end`

// CountTerms lists what Count can count by.
func CountTerms() []string {
	names := make([]string, 0, len(countTerms))
	for name := range countTerms {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
