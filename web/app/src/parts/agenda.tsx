// The calendar of the expected: by the month in which each falls due, or in which it was decided.
import { day } from "../lib/format.ts";
import type { Expectation } from "../lib/model.ts";
import { Empty } from "./basics.tsx";
import { ExpectationList } from "./expectations.tsx";

interface Month {
  month: string;
  items: Expectation[];
}

/** The day on which an expectation belongs: when it is due, else when it was decided; "" for neither. */
const dayOf = (e: Expectation): string => e.due || e.decided_on;

/** Months from the latest to the earliest, and apart from them what has no day. */
export function monthsOf(items: Expectation[]): { undated: Expectation[]; months: Month[] } {
  const months = new Map<string, Expectation[]>();
  const undated: Expectation[] = [];
  for (const e of items) {
    const month = dayOf(e).slice(0, 7);
    if (!month) undated.push(e);
    else months.set(month, [...(months.get(month) ?? []), e]);
  }
  return { undated, months: [...months].sort((a, b) => b[0].localeCompare(a[0])).map(([month, list]) => ({ month, items: list })) };
}

export function Agenda({ items, on }: { items: Expectation[]; on: string }) {
  if (items.length === 0) return <Empty>Nothing is expected of either toward the other that the stories tell of.</Empty>;
  const { undated, months } = monthsOf(items);
  const now = on.slice(0, 7);
  const later = months.filter((m) => m.month >= now);
  const past = months.filter((m) => m.month < now);
  const tally = (status: string) => items.filter((e) => e.status === status).length;
  return (
    <>
      <p class="small soft">
        {["overdue", "open", "met", "contradicted", "withdrawn"].filter(tally).map((s) => `${tally(s)} ${s}`).join(", ")}; as of {day(on)}
      </p>
      <div class="agenda" tabIndex={0} role="region" aria-label="Calendar of what is expected">
        {later.map((m) => <Part key={m.month} title={day(m.month)} items={m.items} on={on} />)}
        {past.map((m) => <Part key={m.month} title={day(m.month)} items={m.items} on={on} />)}
        {undated.length > 0 && <Part title="No day named" items={undated} on={on} />}
      </div>
    </>
  );
}

const Part = ({ title, items, on }: { title: string; items: Expectation[]; on: string }) => (
  <section class="month" aria-label={title}>
    <h3>{title}</h3>
    <ExpectationList items={items} on={on} />
  </section>
);
