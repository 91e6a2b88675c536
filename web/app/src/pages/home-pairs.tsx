// All pairs: on a map, as a network, and as the matrix behind both, to be sorted by change as well as by level.
import { Later } from "../parts/later.tsx";
import { useRef } from "preact/hooks";
import { useData, type Loaded } from "../lib/api.ts";
import { count, day, percent, signed, span } from "../lib/format.ts";
import type { Month, PairRow, Pairs } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { withOrigin } from "../lib/origin.ts";
import { hrefWith } from "../lib/router.ts";
import { asRows, busiest, sumOf, tiesOf, total } from "../map/ties.ts";
import { Arrow, Balance, Empty, Num, PairLink, Section, Waiting } from "../parts/basics.tsx";
import { MonthSlider } from "./home-months.tsx";
import { drawingExports, Exports, recordExports } from "../parts/exports.tsx";

export function PairFigure({ pairs, on }: { pairs: Loaded<Pairs>; on: string }) {
  const here = useHere();
  const months = useData<{ months: Month[] }>("/api/months" + (on ? "?on=" + on : "")).data?.months ?? [];
  const month = months.find((m) => m.month === here.query.get("month"));
  const box = useRef<HTMLElement>(null);
  const view = here.query.get("view") ?? "map";
  // Months are drawn to one scale and within one frame, so that they can be told from one another.
  const ties = month ? tiesOf(asRows(month), busiest(months)) : tiesOf(pairs.data?.pairs ?? []);
  const frame = month ? tiesOf(sumOf(months)) : ties;
  const svg = () => box.current?.querySelector("svg") ?? null;
  const choice = (value: string, label: string) => (
    <a href={hrefWith(here, { view: value === "map" ? "" : value })} aria-current={view === value ? "true" : undefined}>{label}</a>
  );
  return (
    <Section
      title="Between whom"
      id="figure"
      aside={
        <>
          <span class="choice" role="group" aria-label="Drawn as">{choice("map", "Map")}{choice("world", "World")}{choice("network", "Network")}</span>
          <Exports items={[...drawingExports(svg, view), { label: "GraphML", href: withOrigin("/api/pairs?format=graphml") }, { label: "Places (GeoJSON)", href: withOrigin("/api/records?kind=event&aux=actual&format=geojson") }]} />
        </>
      }
    >
      <Waiting of={pairs} what="pairs" />
      {pairs.data && ties.length === 0 && !month && <Empty>No two countries have anything between them yet.</Empty>}
      {(ties.length > 0 || month) && (
        <figure ref={box}>
          {view === "network" ? <Later key="n" load={() => import("../map/network.tsx")} props={{ ties }} /> : <Later key="m" load={() => import("../map/map.tsx")} props={{ ties, frame, whole: view === "world" }} />}
          <figcaption class="legend small soft">
            <span class="key coop">mostly friendly</span> <span class="key conf">mostly hostile</span> <span class="key even">as much of both</span> <span class="key flat">too little to say</span>
            {!month && <><span>▲ mending</span> <span>▼ worsening</span></>} <span>as wide as busy; the table below has all</span>
          </figcaption>
        </figure>
      )}
      {months.length > 1 && pairs.data && <MonthSlider months={months} window={span(pairs.data.since, pairs.data.on)} />}
    </Section>
  );
}

type Column = "change" | "total" | "tension" | "name";

const orders: Record<Column, (a: PairRow, b: PairRow) => number> = {
  change: (a, b) => Math.abs(b.score) - Math.abs(a.score) || total(b) - total(a),
  total: (a, b) => total(b) - total(a),
  tension: (a, b) => b.tension - a.tension || total(b) - total(a),
  name: (a, b) => a.pair.localeCompare(b.pair),
};

export function PairTable({ pairs }: { pairs: Loaded<Pairs> }) {
  const here = useHere();
  const known = useKnown();
  const sort = (here.query.get("sort") ?? "total") as Column;
  const all = here.query.get("pairs") === "all";
  const data = pairs.data;
  if (!data || data.pairs.length === 0) return null;
  const rows = [...data.pairs].sort(orders[sort] ?? orders.total);
  const shown = all ? rows : rows.slice(0, 15);
  const max = Math.max(...rows.map((p) => Math.max(p.friendly, p.hostile_words + p.hostile_deeds)));
  const head = (column: Column, label: string, n = false) => (
    <th scope="col" class={n ? "n" : ""} aria-sort={sort === column ? (column === "name" ? "ascending" : "descending") : undefined}>
      <a href={hrefWith(here, { sort: column === "total" ? "" : column })}>{label}{sort === column ? " ↓" : ""}</a>
    </th>
  );
  const filter = (p: PairRow, quad: string) => ({ either: p.pair, quad, kind: "event", aux: "actual", from: data.since, to: data.on });
  return (
    <Section title="All pairs" aside={<><span>{day(data.since)} to {day(data.on)}</span><Exports items={recordExports("/api/pairs", ["csv", "graphml"])} /></>}>
      <div class="scroll">
        <table class="pairs">
          <thead>
            <tr>
              {head("name", "Pair")}
              <th scope="col" class="n">hostile deeds</th>
              <th scope="col" class="n">words</th>
              <th scope="col"><span class="unseen">drawn</span></th>
              <th scope="col" class="n">friendly</th>
              {head("total", "all", true)}
              {head("tension", "tension", true)}
              {head("change", "change", true)}
            </tr>
          </thead>
          <tbody>
            {shown.map((p) => (
              <tr key={p.pair}>
                <th scope="row"><PairLink pair={p.pair} /></th>
                <td class="n"><Num n={p.hostile_deeds} filter={filter(p, "4")} /></td>
                <td class="n"><Num n={p.hostile_words} filter={filter(p, "3")} /></td>
                <td class="wide"><Balance friendly={p.friendly} hostileWords={p.hostile_words} hostileDeeds={p.hostile_deeds} max={max} /></td>
                <td class="n"><Num n={p.friendly} filter={filter(p, "1,2")} /></td>
                <td class="n">{count(total(p))}</td>
                <td class="n">{p.sign === 0 ? <span class="soft" title="Fewer than five happenings">–</span> : percent(p.tension)}</td>
                <td class="n" title={`${known.state(p.a)} – ${known.state(p.b)}: standard deviations from its own past, last 30 days`}>
                  {p.score ? signed(p.score) : "–"} <Arrow direction={p.direction} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown.length && <p><a href={hrefWith(here, { pairs: "all" })}>All {count(rows.length)} pairs</a></p>}
      <p class="soft small">
        Happenings that are told as actual, each once however many stories report it. Tension is the share of hostility, deeds counted double. Change is
        how far the last 30 days are from the pair's own past.
      </p>
    </Section>
  );
}
