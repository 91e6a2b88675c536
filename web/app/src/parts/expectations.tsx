// What is expected, and what became of it.
import { bounds, day, daysBetween, plural, span } from "../lib/format.ts";
import type { Expectation } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { list } from "../lib/words.ts";
import { Empty, evidenceHref, IssueLinks } from "./basics.tsx";

/** Overdue first, then what is due soonest, then what has no day, then what is closed. */
export function inOrder(items: Expectation[]): Expectation[] {
  const rank = (e: Expectation) => (e.status === "overdue" ? 0 : e.status === "open" ? (e.due ? 1 : 2) : 3);
  return [...items].sort((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? a.due.localeCompare(b.due) : b.told.localeCompare(a.told)));
}

export function ExpectationList({ items, on, most, more }: { items: Expectation[]; on: string; most?: number; more?: string }) {
  const sorted = inOrder(items);
  const shown = most ? sorted.slice(0, most) : sorted;
  if (items.length === 0) return <Empty>Nothing is expected that the stories tell of.</Empty>;
  return (
    <>
      <ul class="expectations">
        {shown.map((e) => <Item key={e.record} e={e} on={on} />)}
      </ul>
      {sorted.length > shown.length && more && <p class="small"><a href={more}>All {sorted.length}</a></p>}
    </>
  );
}

function Item({ e, on }: { e: Expectation; on: string }) {
  const known = useKnown();
  const here = useHere();
  const who = list(e.who.map(known.state)) || "An open outcome";
  const to = list(e.to.map(known.state));
  return (
    <li class={e.status}>
      <p class="head small">
        <span class={"badge " + e.status}>{e.status}</span> <When e={e} on={on} /> <span class="soft">{e.uttered} {day(e.told)}</span>
      </p>
      <p>
        <strong>{who}</strong>{e.not && " not"}{to && <span class="soft"> → {to}</span>}: <a class="num" href={evidenceHref(here, undefined, records(e))}>{e.content || e.text}</a>
      </p>
      {e.why && (e.status !== "open" || e.due) && <p class="small soft">{e.why}</p>}
      <p><IssueLinks issues={e.issues} /></p>
    </li>
  );
}

const records = (e: Expectation): string[] => [...new Set([...e.records, e.decided_by].filter(Boolean))];

function When({ e, on }: { e: Expectation; on: string }) {
  if (e.status === "met") return <span>on {day(e.decided_on)}{e.late && ", late"}</span>;
  if (!e.due) return <span class="soft">no day named</span>;
  const last = bounds(e.due_end || e.due)[1];
  const days = on ? Math.round(daysBetween(bounds(on)[1], last)) : NaN;
  return (
    <span>
      due {span(e.due, e.due_end)}
      {days > 0 && <span class="soft">, in {plural(days, "day")}</span>}
      {days < 0 && e.status === "overdue" && <span class="soft">, {plural(-days, "day")} ago</span>}
    </span>
  );
}
