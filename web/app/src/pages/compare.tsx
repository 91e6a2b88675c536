// Two pairs, or two times of one, side by side. The address has the parameters of /api/compare.
import { useRef } from "preact/hooks";
import { useData } from "../lib/api.ts";
import { addDays, count, day, daysBetween, plural, signed, span } from "../lib/format.ts";
import type { Comparison, Quads, Side } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { resolve } from "../lib/resolve.ts";
import { go, hrefWith } from "../lib/router.ts";
import { quadsOf, stepFor } from "../lib/series.ts";
import { useTitle } from "../lib/title.ts";
import { quads } from "../lib/words.ts";
import { Balance, Empty, evidenceHref, Num, PairLink, Section, Waiting } from "../parts/basics.tsx";
import { Slot } from "../parts/bars.tsx";
import { drawingExports, Exports } from "../parts/exports.tsx";
import { Sentence } from "../parts/state.tsx";
import { Movers } from "./pair/standing.tsx";

const parameters = ["pair", "from", "to", "other", "other_from", "other_to"] as const;

export default function Compare() {
  useTitle("Compare");
  const here = useHere();
  const query = new URLSearchParams();
  for (const p of parameters) if (here.query.get(p)) query.set(p, here.query.get(p)!);
  const asked = query.get("pair") !== null;
  query.set("step", here.query.get("step") ?? (query.get("from") ? stepFor(query.get("from")!, query.get("to") ?? new Date().toISOString().slice(0, 10)) : "week"));
  const path = "/api/compare?" + query;
  const loaded = useData<Comparison>(asked ? path : "");
  const c = loaded.data;
  return (
    <>
      <div class="masthead pair">
        <h1>Compare</h1>
        <div class="aside">{c && <Exports items={[{ label: "JSON", href: path }]} />}</div>
      </div>
      <Form c={c} />
      {!asked && <Empty>Name a pair, as in Iran Pakistan. It is set against itself half a year before, until you name another pair or another time.</Empty>}
      <Waiting of={loaded} what="comparison" />
      {c && <Shown c={c} loading={loaded.loading} />}
    </>
  );
}

function Form({ c }: { c: Comparison | null }) {
  const here = useHere();
  const known = useKnown();
  const set = (change: Record<string, string>) => go(hrefWith(here, change), true);
  const pairOf = (text: string): string => resolve(text, known.states, []).find((f) => f.href.startsWith("/pair/"))?.href.slice(6) ?? text.trim();
  const value = (name: (typeof parameters)[number], side: 0 | 1, of: "pair" | "from" | "to"): string => here.query.get(name) ?? c?.sides[side][of] ?? "";
  const inputs = (side: 0 | 1) => {
    const [pair, from, to] = side ? (["other", "other_from", "other_to"] as const) : (["pair", "from", "to"] as const);
    const shown = value(pair, side, "pair");
    return (
      <fieldset class="controls">
        <legend class="unseen">{side ? "Second side" : "First side"}</legend>
        <label>{side ? "with" : "pair"} <input key={shown} defaultValue={shown.split("-").map(known.state).join(" – ")} placeholder="Iran Pakistan" autoComplete="off" spellcheck={false} onChange={(e) => set({ [pair]: pairOf(e.currentTarget.value) })} /></label>
        <label>from <input type="date" value={value(from, side, "from")} onChange={(e) => set({ [from]: e.currentTarget.value })} /></label>
        <label>to <input type="date" value={value(to, side, "to")} onChange={(e) => set({ [to]: e.currentTarget.value })} /></label>
      </fieldset>
    );
  };
  return (
    <form class="ends" aria-label="What is compared" onSubmit={(e) => e.preventDefault()}>
      {inputs(0)}
      {inputs(1)}
      {c && <Shortcuts c={c} />}
    </form>
  );
}

/** Other comparisons that lie near. */
function Shortcuts({ c: { sides: [x, y] } }: { c: Comparison }) {
  const yearBefore = (d: string) => `${Number(d.slice(0, 4)) - 1}${d.slice(4).replace("02-29", "02-28")}`;
  const at = (other: string, from: string, to: string) => "/compare?" + new URLSearchParams({ pair: x.pair, from: x.from, to: x.to, other, other_from: from, other_to: to });
  const length = daysBetween(x.from, x.to);
  return (
    <p class="small soft">
      {y.pair !== x.pair && <><a href={at(y.pair, x.from, x.to)}>the same time</a> </>}
      <a href={at(y.pair, addDays(x.from, -length - 1), addDays(x.from, -1))}>just before</a>{" "}
      <a href={at(y.pair, yearBefore(x.from), yearBefore(x.to))}>a year before</a>{" "}
      <a href={"/compare?" + new URLSearchParams({ pair: y.pair, from: y.from, to: y.to, other: x.pair, other_from: x.from, other_to: x.to })}>the other way round</a>
    </p>
  );
}

const sum = (q: Quads): number => q.reduce((all, n) => all + n, 0);
const netOf = (s: Side): string => {
  const net = s.series.total.net;
  return net?.enough ? `${signed(net.value, 2)} (${signed(net.low, 2)} to ${signed(net.high, 2)})` : "too few to say";
};

function Shown({ c, loading }: { c: Comparison; loading: boolean }) {
  const known = useKnown();
  const samePair = c.sides[0].pair === c.sides[1].pair;
  const sameTime = c.sides[0].from === c.sides[1].from && c.sides[0].to === c.sides[1].to;
  const pairName = (s: Side) => s.pair.split("-").map(known.state).join(" – ");
  const name = (s: Side): string => (samePair ? span(s.from, s.to) : sameTime ? pairName(s) : `${pairName(s)}, ${span(s.from, s.to)}`);
  const names = c.sides.map(name) as [string, string];
  const filter = (s: Side, quad = "") => ({ either: s.pair, kind: "event", aux: "actual", from: s.from, to: s.to, ...(quad ? { quad } : {}) });
  const rows: [string, (s: Side) => preact.ComponentChildren][] = [
    ...([1, 0, 2, 3] as const).map((q): [string, (s: Side) => preact.ComponentChildren] => [quads[q + 1]!, (s) => <Num n={quadsOf(s.series.total)[q]} filter={filter(s, String(q + 1))} />]),
    ["all", (s) => <Num n={s.series.total.count} filter={filter(s)} />],
    ...(c.sides.some((s) => s.series.coarse > 0) ? [["left out, no day known", (s: Side) => count(s.series.coarse)] as [string, (s: Side) => string]] : []),
    ["in 30 days", (s) => (s.days ? ((30 * s.series.total.count) / s.days).toFixed(1) : "–")],
    ["net cooperation", netOf],
    ["days", (s) => count(s.days)],
    ["stories read in all", (s) => (s.stories < 0 ? "–" : count(s.stories))],
  ];
  return (
    <div class={loading ? "stale" : ""}>
      <p class="state sum">{reading(c, names)}</p>
      <div class="halves">
        {c.sides.map((s, i) => (
          <div key={i} class="side">
            <h2><PairLink pair={s.pair} /> <span class="soft">{span(s.from, s.to)}</span></h2>
            <p class="state"><Sentence state={s.state} /></p>
          </div>
        ))}
      </div>
      <Section title="Numbers">
        <div class="scroll">
          <table class="compared">
            <thead><tr><th scope="col"><span class="unseen">what</span></th>{names.map((n, i) => <th key={i} scope="col" class="n">{n}</th>)}</tr></thead>
            <tbody>{rows.map(([what, cell]) => <tr key={what}><th scope="row">{what}</th>{c.sides.map((s, i) => <td key={i} class="n">{cell(s)}</td>)}</tr>)}</tbody>
          </table>
        </div>
        <p class="small soft">Happenings that are told as actual, each once. Fewer stories read is fewer happenings found: look at the last row before the others. Net cooperation is friendly less hostile as a share of both, with its 90% interval.</p>
      </Section>
      <Course c={c} names={names} filter={filter} />
      <Section title="Issues"><Issues c={c} names={names} filter={filter} /></Section>
      <Section title="Why each is called so">
        <div class="halves">{c.sides.map((s, i) => <div key={i}><h3>{names[i]}</h3><Movers state={s.state} evidence={s.evidence} names={[s.a.name, s.b.name]} /></div>)}</div>
      </Section>
    </div>
  );
}

/** What the comparison comes to, in a sentence. */
function reading(c: Comparison, names: [string, string]): string {
  const nets = c.sides.map((s) => s.series.total.net);
  const few = c.sides.findIndex((s) => !s.series.total.net?.enough);
  if (few >= 0) return `Too little is told of ${names[few]} to set it against the other: ${plural(c.sides[few]!.series.total.count, "happening")}.`;
  if (!c.apart) return "By what is told the two cannot be told apart: the intervals of their net cooperation meet.";
  const lower = nets[0]!.value < nets[1]!.value ? 0 : 1;
  const net = (i: number): string => signed(nets[i]!.value, 2);
  return `${names[lower]}: more hostile than ${names[1 - lower]}. Net cooperation is ${net(lower)} against ${net(1 - lower)}, and their intervals do not meet.`;
}

const width = 900;
const panel = 112;

type FilterOf = (s: Side, quad?: string) => Record<string, string>;

/** Both over time, to one scale. */
function Course({ c, names, filter }: { c: Comparison; names: [string, string]; filter: FilterOf }) {
  const here = useHere();
  const svg = useRef<SVGSVGElement>(null);
  const all = c.sides.flatMap((s) => s.series.periods.map((p) => quadsOf(p.both)));
  const up = Math.max(1, ...all.map((q) => q[0] + q[1]));
  const down = Math.max(1, ...all.map((q) => q[2] + q[3]));
  const scale = (panel - 46) / (up + down);
  const step = width / Math.max(1, ...c.sides.map((s) => s.series.periods.length));
  return (
    <Section title="Over time, to one scale" id="course" aside={<Exports items={drawingExports(() => svg.current, "compare")} />}>
      <div class="scroll">
        <svg ref={svg} class="months" viewBox={`0 0 ${width} ${2 * panel}`} role="img" aria-label={`${names[0]} above ${names[1]}, ${c.sides[0].series.step} by ${c.sides[0].series.step}`}>
          {c.sides.map((s, i) => {
            const axis = i * panel + 18 + up * scale;
            return (
              <g key={i}>
                <text class="title" x="0" y={i * panel + 11}>{names[i]}</text>
                <line x1="0" x2={width} y1={axis} y2={axis} />
                {s.series.periods.map((p, k) => {
                  const q = quadsOf(p.both);
                  const within = { ...filter(s), from: p.start > s.from ? p.start : s.from, to: p.end < s.to ? p.end : s.to };
                  return <Slot key={p.start} q={q} x={k * step} y={i * panel + 16} step={step} height={panel - 42} axis={axis} scale={scale} title={`${span(within.from, within.to)}: ${q[0] + q[1]} friendly, ${q[2] + q[3]} hostile`} href={evidenceHref(here, within)} />;
                })}
                <text x="0" y={(i + 1) * panel - 16}>{day(s.from)}</text>
                <text x={width} y={(i + 1) * panel - 16} text-anchor="end">{day(s.to)}</text>
              </g>
            );
          })}
        </svg>
      </div>
      <p class="legend small soft"><span class="key coop">friendly deeds</span> <span class="key coop pale">words</span> <span class="key conf">hostile deeds</span> <span class="key conf pale">words</span> <span>{c.sides[0].series.step} by {c.sides[0].series.step}</span></p>
    </Section>
  );
}

function Issues({ c, names, filter }: { c: Comparison; names: [string, string]; filter: FilterOf }) {
  const known = useKnown();
  const of = (s: Side, issue: string) => s.issues.find((i) => i.issue === issue) ?? { issue, friendly: 0, hostile_words: 0, hostile_deeds: 0 };
  const told = (s: Side, issue: string): number => sum([of(s, issue).friendly, of(s, issue).hostile_words, of(s, issue).hostile_deeds, 0]);
  const issues = [...new Set(c.sides.flatMap((s) => s.issues.map((i) => i.issue)))].sort((x, y) => told(c.sides[0], y) + told(c.sides[1], y) - told(c.sides[0], x) - told(c.sides[1], x));
  if (issues.length === 0) return <Empty>No issue that the codebook knows is told of with either.</Empty>;
  const max = Math.max(1, ...c.sides.flatMap((s) => s.issues.map((i) => Math.max(i.friendly, i.hostile_words + i.hostile_deeds))));
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr><th scope="col" rowSpan={2}>Issue</th>{names.map((n, i) => <th key={i} scope="colgroup" colSpan={3}>{n}</th>)}</tr>
          <tr>{[0, 1].map((i) => [<th key={`h${i}`} scope="col" class="n">hostile</th>, <th key={`d${i}`} scope="col"><span class="unseen">drawn</span></th>, <th key={`f${i}`} scope="col" class="n">friendly</th>])}</tr>
        </thead>
        <tbody>
          {issues.map((issue) => (
            <tr key={issue}>
              <th scope="row"><a href={"/issue/" + issue}>{known.issue(issue)}</a></th>
              {c.sides.map((s, i) => {
                const x = of(s, issue);
                return [
                  <td key={`h${i}`} class="n"><Num n={x.hostile_words + x.hostile_deeds} filter={{ ...filter(s, "3,4"), issue }} /></td>,
                  <td key={`d${i}`} class="wide"><Balance friendly={x.friendly} hostileWords={x.hostile_words} hostileDeeds={x.hostile_deeds} max={max} /></td>,
                  <td key={`f${i}`} class="n"><Num n={x.friendly} filter={{ ...filter(s, "1,2"), issue }} /></td>,
                ];
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
