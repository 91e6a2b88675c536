// The time line of one issue: the API's series know no issues, its counts do.
import type { Flow, Period, Quads } from "../../lib/model.ts";

export interface Counts {
  by: string[];
  items: Record<string, string | number>[];
}

export const countsPath = (pair: string, step: string, issue: string): string =>
  `/api/counts?by=${step},actor,recipient,quad&kind=event&aux=actual&either=${pair}&issue=${issue}`;

/** The periods of a series with the counts of one issue instead of their own. */
export function byIssue(periods: Period[], counts: Counts | null, step: string, [a, b]: [string, string]): Period[] {
  const flows = new Map<string, { ab: Quads; ba: Quads }>();
  for (const item of counts?.items ?? []) {
    const key = startOf(String(item[step] ?? ""), step);
    const quad = Number(item.quad);
    if (!(quad >= 1 && quad <= 4)) continue;
    const flow = flows.get(key) ?? { ab: [0, 0, 0, 0] as Quads, ba: [0, 0, 0, 0] as Quads };
    const actor = String(item.actor);
    const recipient = String(item.recipient);
    if (actor === a && recipient === b) flow.ab[quad - 1]! += Number(item.count);
    if (actor === b && recipient === a) flow.ba[quad - 1]! += Number(item.count);
    flows.set(key, flow);
  }
  const flowOf = (q: Quads | undefined): Flow => (q ? { count: q.reduce((sum, n) => sum + n, 0), by_quad: q } : { count: 0 });
  return periods.map((p) => {
    const flow = flows.get(startOf(p.start, step)) ?? flows.get(p.start);
    const ab = flowOf(flow?.ab);
    const ba = flowOf(flow?.ba);
    return { ...p, ab, ba, both: { count: ab.count + ba.count } };
  });
}

/** The name that a period has in counts: "2024-04" of a month, "2024-Q2" of a quarter, the first day of a week. */
export function startOf(date: string, step: string): string {
  if (step === "month") return date.slice(0, 7);
  if (step === "quarter" && /^\d{4}-\d\d/.test(date)) return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
  return date;
}
