// The drawer at the side in which numbers open. What it shows stands in the address, as ev=: a filter, or ids=a,b.
import { useEffect, useRef, useState } from "preact/hooks";
import { get, useData } from "../lib/api.ts";
import { describe, filterOf, queryOf, recordsPath, type Filter } from "../lib/filter.ts";
import { count } from "../lib/format.ts";
import type { Records } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { go, hrefWith } from "../lib/router.ts";
import { Empty, Waiting } from "./basics.tsx";
import { Evidence } from "./evidence.tsx";
import { Exports, recordExports } from "./exports.tsx";

const pageSize = 30;

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
      <Content key={asked} filter={filter} close={close} />
    </aside>
  );
}

function Content({ filter, close }: { filter: Filter; close: () => void }) {
  const known = useKnown();
  const first = useData<Records>(recordsPath(filter, { limit: pageSize }));
  const { more, next, loadMore, loading } = useMore(first.data, filter);
  const items = [...(first.data?.items ?? []), ...(more?.items ?? [])];
  const stories = { ...first.data?.stories, ...more?.stories };
  return (
    <>
      <header>
        <h2 id="drawer-title" tabIndex={-1}>
          {first.data ? `${count(first.data.total)} ${first.data.total === 1 ? "record" : "records"}` : "Evidence"}
        </h2>
        <button type="button" class="close" onClick={close} aria-label="Close the evidence">×</button>
        <p class="soft">{filter.id ? "those this rests on" : describe(filter, known)}</p>
        <p class="tools">
          {!filter.id && <a href={"/records?" + queryOf(filter)}>As a list of its own</a>}
          <Exports items={recordExports(recordsPath(filter))} />
        </p>
      </header>
      <Waiting of={first} what="evidence" />
      {first.data && items.length === 0 && <Empty>No record is left here: it was rejected, or the filter lets none through.</Empty>}
      {items.map((r) => (
        <Evidence key={r.id} record={r} story={stories[r.story]} />
      ))}
      {next && (
        <button type="button" class="more" onClick={loadMore} disabled={loading}>
          {loading ? "Reading …" : "More"}
        </button>
      )}
    </>
  );
}

/** Further pages of an answer, forgotten when the first one changes. */
export function useMore(first: Records | null, filter: Filter) {
  const [more, setMore] = useState<Records | null>(null);
  const [loading, setLoading] = useState(false);
  useEffect(() => setMore(null), [first]);
  const next = more ? more.next : (first?.next ?? "");
  const loadMore = async () => {
    setLoading(true);
    try {
      const page = await get<Records>(recordsPath(filter, { limit: pageSize, cursor: next }));
      setMore((m) => ({ ...page, items: [...(m?.items ?? []), ...page.items], stories: { ...m?.stories, ...page.stories } }));
    } finally {
      setLoading(false);
    }
  };
  return { more, next, loadMore, loading };
}
