import { day, span } from "../lib/format.ts";
import type { VisitItem, Visits } from "../lib/model.ts";
import { useHere } from "../lib/names.tsx";
import { evidenceHref, IssueLinks, Num, StateLink } from "./basics.tsx";

export function VisitTable({ visits, most = 12 }: { visits: Visits; most?: number }) {
  const here = useHere();
  const all = here.query.get("visits") === "all";
  const sorted = [...visits.items].sort((a, b) => (b.start || b.announced).localeCompare(a.start || a.announced));
  const shown = all ? sorted : sorted.slice(0, most);
  const query = new URLSearchParams(here.query);
  query.set("visits", "all");
  return (
    <>
      <ul class="visits">
        {shown.map((v, i) => <Visit key={v.records.join() + i} v={v} />)}
      </ul>
      {shown.length < sorted.length && <p class="small"><a href={here.path + "?" + query}>All {sorted.length} visits</a></p>}
    </>
  );
}

function Visit({ v }: { v: VisitItem }) {
  const here = useHere();
  const name = v.who.name || [v.who.office, ""].join("") || "Somebody";
  return (
    <li>
      <p class="head small">
        <span class={"badge " + (v.overdue ? "overdue" : v.status)}>{v.overdue ? "overdue" : v.status.replace("_", " ")}</span>{" "}
        {v.start ? <time dateTime={v.start}>{span(v.start, v.end)}</time> : <span class="soft">no day told</span>}
        {v.announced && <span class="soft"> announced {day(v.announced)}</span>}
      </p>
      <p>
        <a class="num" href={evidenceHref(here, undefined, v.records)}>{name}</a> <span class="soft">{v.level}</span>: <StateLink code={v.visitor} /> → <StateLink code={v.host} />
      </p>
      <p class="small">
        {v.outcomes.length > 0 && <><Num n={v.outcomes.length} ids={v.outcomes} /> {v.outcomes.length === 1 ? "outcome" : "outcomes"} </>}
        <IssueLinks issues={v.agenda} />
      </p>
    </li>
  );
}
