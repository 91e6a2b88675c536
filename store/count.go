//go:build cgo

package store

import (
	"context"
	"fmt"
	"sort"
	"strings"
)

// countTerms are what records can be counted by, as SQL over dyads d and, where it
// says s, stories s.
var countTerms = map[string]string{
	"day": `strftime(d.date, '%Y-%m-%d')`, "week": `strftime(d.date, '%G-W%V')`, "month": `strftime(d.date, '%Y-%m')`,
	"quarter": `strftime(d.date, '%Y') || '-Q' || quarter(d.date)`, "year": `strftime(d.date, '%Y')`,
	"kind": `d.kind`, "event": `d.event`, "mode": `d.mode`, "quad": `d.quad::varchar`,
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

// Count counts happenings, or records when the filter does not fold, by the terms
// given. A happening of several actors or issues counts once for each.
func (s *DuckDB) Count(ctx context.Context, f Filter, by []string) ([]Count, error) {
	where, err := f.records()
	if err != nil {
		return nil, err
	}
	columns, stories := make([]string, len(by)), ""
	for i, term := range by {
		sql, known := countTerms[term]
		if !known {
			return nil, fmt.Errorf("there is nothing called %q to count by: there are %s", term, strings.Join(CountTerms(), ", "))
		}
		columns[i] = fmt.Sprintf("coalesce(%s, '') as c%d", sql, i)
		if strings.Contains(sql, "s.") {
			stories = " left join stories s on s.number = d.story"
		}
	}
	what := "record"
	if f.Fold {
		what = "happening"
	}
	// Terms are worked out first, since unnest may not stand within an expression
	// that is grouped by.
	query := `select d.` + what + ` as what` + prefixed(columns) + ` from dyads d` + stories + ` where ` + where.sql()
	names := make([]string, len(by))
	for i := range by {
		names[i] = fmt.Sprintf("c%d", i)
	}
	query = `select count(distinct what)` + prefixed(names) + ` from (` + query + `)`
	if len(by) > 0 {
		list := strings.Join(names, ", ")
		query += ` group by ` + list + ` order by ` + list
	}
	rows, err := s.db.QueryContext(ctx, query+limit(f.Limit), where.args...)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []Count
	for rows.Next() {
		c := Count{By: make([]string, len(by))}
		into := []any{&c.Number}
		for i := range c.By {
			into = append(into, &c.By[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, explained(s.path, err)
		}
		out = append(out, c)
	}
	return out, explained(s.path, rows.Err())
}

func prefixed(columns []string) string {
	if len(columns) == 0 {
		return ""
	}
	return ", " + strings.Join(columns, ", ")
}
