// The drawer at the side in which numbers open. What it shows stands in the address, as ev=: a filter, or ids=a,b.
import { useEffect, useRef } from "preact/hooks";
import { describe, filterOf, queryOf, recordsPath, type Filter } from "../lib/filter.ts";
import { count } from "../lib/format.ts";
import type { Records } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { go, hrefWith } from "../lib/router.ts";
import { Empty, Waiting } from "./basics.tsx";
import { Evidence } from "./evidence.tsx";
import { Exports, recordExports } from "./exports.tsx";
import { More, useList } from "./more.tsx";

const size = 30;

export function Drawer() {
  const here = useHere();
  const asked = here.query.get("ev");
  const opener = useRef<HTMLElement | null>(null);
  const close = () => {
    go(hrefWith(here, { ev: "" }));
    opener.current?.focus();
  };
  useEffect(() => {
    if (asked === null) return;
    if (document.activeElement instanceof HTMLElement && !document.activeElement.closest(".drawer")) opener.current = document.activeElement;
    document.getElementById("drawer-title")?.focus({ preventScroll: true });
  }, [asked]);
  useEffect(() => {
    if (asked === null) return;
    const key = (event: KeyboardEvent) => event.key === "Escape" && !event.defaultPrevented && close();
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  useEffect(() => {
    document.documentElement.classList.toggle("with-drawer", asked !== null);
  }, [asked]);
  if (asked === null) return null;
  const query = new URLSearchParams(asked);
  const ids = query.get("ids");
  const filter: Filter = ids ? { id: ids } : filterOf(query);
  return (
    <aside class="drawer" aria-labelledby="drawer-title">
      <Content key={asked} filter={filter} number={Number(query.get("n"))} close={close} />
    </aside>
  );
}

function Content({ filter, number, close }: { filter: Filter; number: number; close: () => void }) {
  const known = useKnown();
  const first = useList<Records>(recordsPath(filter), size);
  const items = first.data?.items ?? [];
  return (
    <>
      <header>
        <h2 id="drawer-title" tabIndex={-1}>
          {first.data ? `${count(first.data.total)} ${first.data.total === 1 ? "record" : "records"}` : "Evidence"}
        </h2>
        <button type="button" class="close" onClick={close} aria-label="Close the evidence">×</button>
        <p class="soft">{filter.id ? "those this rests on" : describe(filter, known)}</p>
        {number > 0 && first.data && first.data.total !== number && (
          <p class="soft">The number was {count(number)}: it takes together what is one happening, and leaves out what has no exact day. Below is all that bears on it.</p>
        )}
        <p class="tools">
          {!filter.id && <a href={"/records?" + queryOf(filter)}>As a list of its own</a>}
          <Exports items={recordExports(recordsPath(filter))} />
        </p>
      </header>
      <Waiting of={first} what="evidence" />
      {first.data && items.length === 0 && <Empty>No record is left here: it was rejected, or the filter lets none through.</Empty>}
      {items.map((r) => (
        <Evidence key={r.id} record={r} story={first.data?.stories[r.story]} />
      ))}
      <More of={first} size={size} />
    </>
  );
}

