// Records under any filter that the API has. The filter is the address.
import { describe, filterNames, filterOf, recordsPath, type Filter } from "../lib/filter.ts";
import { count } from "../lib/format.ts";
import type { Records } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { go, hrefWith } from "../lib/router.ts";
import { useTitle } from "../lib/title.ts";
import { auxWords } from "../lib/words.ts";
import { Empty, Waiting } from "../parts/basics.tsx";
import { Evidence } from "../parts/evidence.tsx";
import { More, useList } from "../parts/more.tsx";
import { Exports, recordExports } from "../parts/exports.tsx";

const size = 30;

export default function RecordsPage() {
  useTitle("Records");
  const here = useHere();
  const known = useKnown();
  const filter = filterOf(here.query);
  const order = here.query.get("order") ?? "";
  const first = useList<Records>(recordsPath(filter, { order }), size);
  const items = first.data?.items ?? [];
  return (
    <>
      <div class="masthead pair">
        <p class="soft small">Records</p>
        <h1 class="smaller">{describe(filter, known)}</h1>
        <div class="aside">
          {first.data && <span class="soft">{count(first.data.total)}</span>}
          <Exports items={[...recordExports(recordsPath(filter)), { label: "Gold (corrections)", href: "/api/corrections?format=gold" }]} />
        </div>
      </div>
      <details class="filterbox" open={innerWidth > 700}>
        <summary>Filter</summary>
        <FilterForm filter={filter} order={order} />
      </details>
      <Waiting of={first} what="records" />
      {first.data && items.length === 0 && <Empty>No record passes this filter. <a href="/records">Take it away</a>, or loosen one field.</Empty>}
      <div class={"columns" + (first.loading && first.data ? " stale" : "")}>
        {items.map((r) => <Evidence key={r.id} record={r} story={first.data?.stories[r.story]} />)}
      </div>
      <More of={first} size={size} />
    </>
  );
}

function FilterForm({ filter, order }: { filter: Filter; order: string }) {
  const here = useHere();
  const known = useKnown();
  const set = (name: string, value: string) => go(hrefWith(here, { [name]: value.trim() }), true);
  const select = (name: string, label: string, options: [string, string][], empty = "any") => {
    const value = filter[name] ?? "";
    const all = value && !options.some(([v]) => v === value) ? [...options, [value, value] as [string, string]] : options;
    return (
      <label>{label}
        <select value={value} onChange={(e) => set(name, e.currentTarget.value)}>
          <option value="">{empty}</option>
          {all.map(([v, text]) => <option key={v} value={v}>{text}</option>)}
        </select>
      </label>
    );
  };
  const input = (name: string, label: string, hint = "", type: "text" | "date" = "text") => (
    <label>{label}<input type={type} value={filter[name] ?? ""} placeholder={hint} list={hint === "IRN" ? "states" : undefined} onChange={(e) => set(name, e.currentTarget.value)} /></label>
  );
  const modes = known.codebook.events.find((e) => e.id === filter.event)?.modes ?? [];
  return (
    <form class="filters" aria-label="Filter" onSubmit={(e) => e.preventDefault()}>
      <datalist id="states">{known.states.map((s) => <option key={s.code} value={s.code}>{s.name}</option>)}</datalist>
      {input("either", "pair, or either side", "IRN-PAK")}
      {input("actor", "actor", "IRN")}
      {input("recipient", "recipient", "IRN")}
      {select("sector", "sector", known.codebook.sectors.map((s) => [s.id, s.id + " " + (s.name ?? "")]))}
      {select("kind", "kind", ["event", "position", "expectation", "claim", "visit", "refusal"].map((k) => [k, k + "s"]), "all")}
      {select("event", "event", known.codebook.events.map((e) => [e.id, e.id]))}
      {modes.length > 0 && select("mode", "mode", modes.map((m) => [m.id, m.id]))}
      {select("quad", "tone", [["1,2", "friendly"], ["3,4", "hostile"], ["1", "friendly words"], ["2", "friendly deeds"], ["3", "hostile words"], ["4", "hostile deeds"]])}
      {select("aux", "told as", Object.entries(auxWords), "anything")}
      {select("issue", "issue", known.codebook.issues.map((i) => [i.id, i.name]))}
      {input("asserted_by", "on whose word", "writer, IRN")}
      {input("from", "date from", "", "date")}
      {input("to", "date to", "", "date")}
      {input("published_from", "published from", "", "date")}
      {input("published_to", "published to", "", "date")}
      {input("place", "place", "city or IRN")}
      {input("outlet", "outlet")}
      {input("language", "language", "en")}
      {select("confidence", "confidence from", [["0.5", "0.50"], ["0.6", "0.60"], ["0.7", "0.70"], ["0.8", "0.80"], ["0.9", "0.90"]])}
      {select("origin", "coded by", [["all", "anybody"], ["icews", "ICEWS"], ["gdelt", "GDELT"], ["phoenix", "Phoenix"], ["polecat", "POLECAT"]], "dyad")}
      <label>order<select value={order} onChange={(e) => set("order", e.currentTarget.value)}><option value="">newest first</option><option value="oldest">oldest first</option></select></label>
      <label class="check"><input type="checkbox" checked={filter.fold === "false"} onChange={(e) => set("fold", e.currentTarget.checked ? "false" : "")} /> every report, not each happening once</label>
      {filterNames.some((n) => filter[n]) && <a href="/records">no filter</a>}
    </form>
  );
}
