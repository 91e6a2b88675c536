// The time line with its controls and the table behind it.
import { useRef } from "preact/hooks";
import { useData } from "../../lib/api.ts";
import { fileName, save, savePng } from "../../lib/download.ts";
import { day, plural, span } from "../../lib/format.ts";
import type { Counts, Coverage, PairPage, Period, Quads } from "../../lib/model.ts";
import { useHere, useKnown } from "../../lib/names.tsx";
import { go, hrefWith } from "../../lib/router.ts";
import { quadsOf, steps } from "../../lib/series.ts";
import { timelineSvg } from "../../lib/timelinesvg.ts";
import { Empty, evidenceHref, Failed, Num, Section, TableBehind } from "../../parts/basics.tsx";
import { Exports, recordExports } from "../../parts/exports.tsx";
import { Later } from "../../parts/later.tsx";

interface Props {
  page: PairPage;
  path: string; // at which it was asked for
  loading: boolean;
  names: [string, string];
  step: string;
  coverage: Coverage | null;
}

export function History({ page, path, loading, names, step, coverage }: Props) {
  const here = useHere();
  const known = useKnown();
  const box = useRef<HTMLDivElement>(null);
  const [from, to, issue] = ["from", "to", "issue"].map((n) => here.query.get(n) ?? "") as [string, string, string];
  const codes: [string, string] = [page.a.code, page.b.code];
  const told = useData<Counts>(`/api/counts?by=issue,quad&kind=event&aux=actual&either=${page.pair}`).data?.items ?? [];
  const issues = [...new Set([...told.map((i) => String(i.issue)), issue])].filter(Boolean).sort((x, y) => known.issue(x).localeCompare(known.issue(y)));
  const over = useData<PairPage>(issue ? `${path}&issue=${issue}` : "");
  const { series, changes } = (issue && over.data) || page;
  const periods = series.periods;
  const set = (change: Record<string, string>) => go(hrefWith(here, change));
  const filterOf = (way: "ab" | "ba", p: Period) => ({
    actor: way === "ab" ? codes[0] : codes[1], recipient: way === "ab" ? codes[1] : codes[0], kind: "event", aux: "actual", from: p.start, to: p.end, ...(issue ? { issue } : {}),
  });
  const note = `${step} by ${step}${issue ? ", over " + known.issue(issue) : ""}; ${plural(series.total.count, "happening")} in all; dyad ${known.about?.version ?? ""}, codebook ${known.codebook.hash}`;
  return (
    <Section
      title="Both ways over time"
      id="history"
      aside={
        <Exports items={[
          { label: "SVG", run: () => save(fileName([page.pair, "timeline"], "svg"), "image/svg+xml", timelineSvg(periods, changes, names, note)) },
          { label: "PNG", run: () => { const canvas = box.current?.querySelector("canvas"); if (canvas) void import("../../parts/timeline.tsx").then((t) => savePng(fileName([page.pair, "timeline"], "png"), t.timelineCanvas(box.current!))); } },
          ...recordExports(`/api/records?kind=event&either=${page.pair}`, ["csv", "jsonl"]),
        ]} />
      }
    >
      <div class="controls">
        <span class="choice" role="group" aria-label="Periods of the chart">
          {steps.map((s) => <a key={s} href={hrefWith(here, { step: s })} aria-current={s === step ? "true" : undefined}>{s}</a>)}
        </span>
        <label>from <input type="date" value={from || coverage?.first} onChange={(e) => set({ from: e.currentTarget.value })} /></label>
        <label>to <input type="date" value={to || coverage?.last} onChange={(e) => set({ to: e.currentTarget.value })} /></label>
        <label>
          issue{" "}
          <select value={issue} onChange={(e) => set({ issue: e.currentTarget.value })}>
            <option value="">all</option>
            {issues.map((i) => <option key={i} value={i}>{known.issue(i)}</option>)}
          </select>
        </label>
        {(from || to || issue) && <a href={hrefWith(here, { from: "", to: "", issue: "", step: "" })}>show all</a>}
      </div>
      {over.error && <Failed error={over.error} again={over.reload} what="time line of this issue" />}
      {periods.length === 0 ? (
        <Empty>Nothing between {names[0]} and {names[1]} has a date in this time.</Empty>
      ) : (
        <div ref={box} class={loading || over.loading ? "stale" : ""}>
          <Later
            load={() => import("../../parts/timeline.tsx")}
            props={{
              periods, changes, names,
              zoom: (start, end) => set({ from: start, to: end, step: "" }),
              open: (way, period) => go(evidenceHref(here, filterOf(way, period))),
            }}
          />
        </div>
      )}
      <p class="legend small soft">
        <span class="key coop">friendly deeds</span> <span class="key coop pale">words</span> <span class="key conf">hostile deeds</span> <span class="key conf pale">words</span>{" "}
        <span>happenings that are told as actual, each once</span>
        {series.coarse + series.undated > 0 && <span>{plural(series.coarse + series.undated, "happening")} without a day {series.coarse + series.undated === 1 ? "is" : "are"} in no bar</span>}
      </p>
      {changes.length > 0 && (
        <p class="small">
          Change points{issue ? " over " + known.issue(issue) : ""}:{" "}
          {changes.map((c, i) => (
            <span key={c.since}>{i > 0 && "; "}<span class={c.direction === "mending" ? "t-coop" : c.direction === "worsening" ? "t-conf" : "soft"}>{c.direction || "changed"}</span> since about {day(c.since)}</span>
          ))}
        </p>
      )}
      <TableBehind name="The time line">
        <table>
          <thead>
            <tr><th scope="col" rowSpan={2}>period</th><th scope="colgroup" colSpan={4}>{names[0]} → {names[1]}</th><th scope="colgroup" colSpan={4}>{names[1]} → {names[0]}</th><th scope="col" rowSpan={2} class="n">stories read</th></tr>
            <tr>{[0, 1].flatMap((k) => ["friendly words", "deeds", "hostile words", "deeds"].map((h, i) => <th key={`${k}${i}`} scope="col" class="n">{h}</th>))}</tr>
          </thead>
          <tbody>
            {periods.filter((p) => p.ab.count + p.ba.count > 0).map((p) => (
              <tr key={p.start}>
                <th scope="row">{span(p.start, p.end)}</th>
                {(["ab", "ba"] as const).flatMap((way) => quadsOf(p[way]).map((n: Quads[number], q) => <td key={way + q} class="n"><Num n={n} filter={{ ...filterOf(way, p), quad: String(q + 1) }} /></td>))}
                <td class="n">{p.stories < 0 ? "–" : p.stories}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBehind>
    </Section>
  );
}
