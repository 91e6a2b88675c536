//go:build cgo

package store

import (
	"context"
	"fmt"
	"strings"
)

// countQuery counts happenings, or records when the filter does not fold, by the
// terms given. A happening of several actors or issues counts once for each.
func (f *Filter) countQuery(by []string) (query string, args []any, err error) {
	where, err := f.records()
	if err != nil {
		return "", nil, err
	}
	columns, names, stories := make([]string, len(by)), make([]string, len(by)), ""
	for i, term := range by {
		sql, known := countTerms[term]
		if !known {
			return "", nil, fmt.Errorf("there is nothing called %q to count by: there are %s", term, strings.Join(CountTerms(), ", "))
		}
		columns[i] = fmt.Sprintf(`coalesce(%s, '') as "%s"`, sql, term)
		names[i] = `"` + term + `"`
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
	inner := `select d.` + what + ` as what` + prefixed(columns) + ` from dyads d` + stories + ` where ` + where.sql()
	list := strings.Join(names, ", ")
	order := list
	if f.Limit > 0 { // so many, of those with most
		order = "count desc, " + list
	}
	if len(by) == 0 {
		return `select count(distinct what) as count from (` + inner + `)`, where.args, nil
	}
	return `select ` + list + `, count(distinct what) as count from (` + inner + `) group by ` + list + ` order by ` + order + limit(f.Limit), where.args, nil
}

// Count counts happenings, or records when the filter does not fold, by the terms
// given.
func (s *DuckDB) Count(ctx context.Context, f Filter, by []string) ([]Count, error) {
	query, args, err := f.countQuery(by)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explained(s.path, err)
	}
	defer rows.Close()
	var out []Count
	for rows.Next() {
		c := Count{By: make([]string, len(by))}
		into := make([]any, 0, len(by)+1)
		for i := range c.By {
			into = append(into, &c.By[i])
		}
		into = append(into, &c.Number)
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
