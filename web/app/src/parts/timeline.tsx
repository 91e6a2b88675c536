// The time line of a pair: one panel each way, friendly above the axis and hostile below, and what was read of
// anything at all beneath. Dragging over it zooms; a click or Enter on a period opens its sentences.
import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { count, day, span } from "../lib/format.ts";
import { paperOf } from "../lib/download.ts";
import type { Change, Period } from "../lib/model.ts";
import { columnsOf, extent, inWords, stretch } from "../lib/series.ts";
import { useTheme } from "./theme.tsx";

export interface TimelineProps {
  periods: Period[];
  changes: Change[];
  names: [string, string];
  zoom: (from: string, to: string) => void;
  open: (way: "ab" | "ba", period: Period) => void;
}

const height = 164;
const coverageHeight = 56;

export default function Timeline(props: TimelineProps) {
  const box = useRef<HTMLDivElement>(null);
  const plots = useRef<uPlot[]>([]);
  const latest = useRef(props);
  latest.current = props;
  const theme = useTheme();
  const [at, setAt] = useState<number | null>(null);
  const [way, setWay] = useState<"ab" | "ba">("ab");

  useEffect(() => {
    const element = box.current!;
    const hover = (i: number | null, panel: number) => {
      setAt(i);
      if (panel < 2) setWay(panel === 0 ? "ab" : "ba");
    };
    plots.current = draw(element, () => latest.current, hover);
    const resize = new ResizeObserver(() => {
      for (const plot of plots.current) if (plot.width !== element.clientWidth) plot.setSize({ width: element.clientWidth, height: plot.height });
    });
    resize.observe(element);
    return () => {
      resize.disconnect();
      for (const plot of plots.current) plot.destroy();
    };
  }, [props.periods, props.changes, theme]);

  const { periods, names } = props;
  const key = (event: KeyboardEvent) => {
    const last = periods.length - 1;
    if (event.key === "ArrowRight") setAt((i) => Math.min(last, (i ?? -1) + 1));
    else if (event.key === "ArrowLeft") setAt((i) => Math.max(0, (i ?? last + 1) - 1));
    else if (event.key === "ArrowUp") setWay("ab");
    else if (event.key === "ArrowDown") setWay("ba");
    else if (event.key === "Enter" && at !== null && periods[at]) props.open(way, periods[at]);
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    for (const plot of plots.current) plot.setCursor(at === null ? { left: -10, top: -10 } : { left: plot.valToPos(plot.data[0]![at]!, "x") + 2, top: 10 }, false);
  }, [at]);

  const shown = at === null ? null : periods[at];
  return (
    <div class="timeline">
      <div class="panels" ref={box} tabIndex={0} role="application" aria-label="Time line. Left and right move through the periods, up and down change the direction, Enter opens the sentences." aria-describedby="timeline-words" onKeyDown={key} onMouseLeave={() => setAt(null)} />
      <p id="timeline-words" class="words small" aria-live="polite">
        {shown ? (
          <>
            <strong>{span(shown.start, shown.end)}</strong> {names[0]} → {names[1]}: {inWords(shown.ab)}. {names[1]} → {names[0]}: {inWords(shown.ba)}.{" "}
            {shown.stories >= 0 && <span class="soft">{count(shown.stories)} stories read.</span>}
          </>
        ) : (
          <span class="soft">Drag over the chart to zoom; click a bar to read its sentences. With the keyboard: arrows, then Enter.</span>
        )}
      </p>
    </div>
  );
}

function draw(element: HTMLElement, props: () => TimelineProps, hover: (i: number | null, panel: number) => void): uPlot[] {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue("--" + name).trim();
  const { periods, names } = props();
  const sync = uPlot.sync("timeline");
  const options = (panel: number): uPlot.Options => ({
    width: element.clientWidth || 600,
    // Above the first panel stand the names of change points, and above both which way they go.
    height: panel === 2 ? (periods.some((p) => p.stories > 0) ? coverageHeight : 30) : height + (panel === 0 ? 30 : 0),
    padding: [panel === 0 ? 50 : panel === 1 ? 20 : 4, 18, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: sync.key }, drag: { x: true, y: false, setScale: false, dist: 6 }, y: false, points: { show: false } },
    scales: { x: { time: true, range: xRange(periods) }, y: { range: panel === 2 ? (_u, _lo, hi) => [0, Math.max(1, hi)] : () => extent(periods) } },
    axes: [axisX(color, panel === 2), axisY(color, panel === 2 && periods.some((p) => p.stories > 0) ? "read" : "", panel === 2)],
    series: [{}, ...(panel === 2 ? [bar(color("flat"))] : [bar(color("coop-pale")), bar(color("coop")), bar(color("conf-pale")), bar(color("conf"))])],
    hooks: {
      setCursor: [(u) => { if (u.cursor.event) hover(u.cursor.idx ?? null, panel); }],
      setSelect: [(u) => {
        if (u.select.width < 6) return;
        const found = stretch(props().periods, u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"));
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        if (found) props().zoom(...found);
      }],
      draw: panel === 2 ? [] : [(u) => axisLine(u, color), (u) => title(u, panel === 0 ? `${names[0]} → ${names[1]}` : `${names[1]} → ${names[0]}`, color), (u) => changeLines(u, props().changes, panel === 0, color)],
      ready: [(u) => clicks(u, panel, props)],
    },
  });
  const columns = (way: "ab" | "ba"): uPlot.AlignedData => {
    const c = columnsOf(periods, way);
    // A bar of no height would leave a hair on the axis.
    const bare = (column: number[]) => column.map((n) => n || null);
    return [c.times, bare(c.friendly), bare(c.friendlyDeeds), bare(c.hostile), bare(c.hostileDeeds)];
  };
  const times = periods.map((p) => Date.parse(p.start) / 1000);
  const read: uPlot.AlignedData = [times, periods.map((p) => Math.max(0, p.stories) || null)];
  element.replaceChildren();
  return [new uPlot(options(0), columns("ab"), element), new uPlot(options(1), columns("ba"), element), new uPlot(options(2), read, element)];
}

function xRange(periods: Period[]): uPlot.Range.MinMax {
  const first = periods[0];
  const last = periods[periods.length - 1];
  if (!first || !last) return [0, 1];
  return [Date.parse(first.start) / 1000, Date.parse(last.end) / 1000 + 86_400];
}

/** A click that is no drag opens the period under the pointer. */
function clicks(u: uPlot, panel: number, props: () => TimelineProps): void {
  if (panel === 2) return;
  let down = 0;
  u.over.addEventListener("pointerdown", (event) => { down = event.clientX; });
  u.over.addEventListener("click", (event) => {
    if (Math.abs(event.clientX - down) > 5) return;
    const at = u.posToVal(u.cursor.left ?? -1, "x");
    const period = props().periods.find((p) => Date.parse(p.start) / 1000 <= at && at < Date.parse(p.end) / 1000 + 86_400);
    if (period) props().open(panel === 0 ? "ab" : "ba", period);
  });
}

const bars = uPlot.paths.bars!({ size: [0.8, 46], align: 1, gap: 0 });
const bar = (fill: string): uPlot.Series => ({ paths: bars, fill, stroke: fill, width: 0, points: { show: false } });
const font = "11px system-ui, sans-serif";

function axisX(color: (name: string) => string, shown: boolean): uPlot.Axis {
  return { stroke: color("soft"), font, grid: { stroke: color("line"), width: 1 }, ticks: { show: false }, size: shown ? 24 : 6, values: shown ? timeLabels : (_u, splits) => splits.map(() => ""), space: 60 };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "2024" where a year begins, "Apr" where a month does, else the day. */
function timeLabels(_u: uPlot, splits: number[]): string[] {
  return splits.map((s, i) => {
    const d = new Date(s * 1000);
    const [y, m, n] = [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()];
    if (n !== 1) return `${n} ${months[m]}`;
    return m === 0 || i === 0 ? (m === 0 ? String(y) : `${months[m]} ${y}`) : months[m]!;
  });
}

function axisY(color: (name: string) => string, label: string, small: boolean): uPlot.Axis {
  return {
    stroke: color("soft"), font, size: 34, gap: 4, ticks: { show: false }, grid: { show: !small, stroke: color("line"), width: 1 },
    // Below the axis one still counts upwards.
    values: (_u, splits) => (small ? splits.map((_s, i) => (i === splits.length - 1 ? label : "")) : splits.map((s) => (Number.isInteger(s) ? String(Math.abs(s)) : ""))),
    incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000], space: small ? 20 : 22,
  };
}

function axisLine(u: uPlot, color: (name: string) => string): void {
  const y = Math.round(u.valToPos(0, "y", true)) + 0.5;
  u.ctx.save();
  u.ctx.strokeStyle = color("strong-line");
  u.ctx.lineWidth = devicePixelRatio;
  u.ctx.beginPath();
  u.ctx.moveTo(u.bbox.left, y);
  u.ctx.lineTo(u.bbox.left + u.bbox.width, y);
  u.ctx.stroke();
  u.ctx.restore();
}

function title(u: uPlot, text: string, color: (name: string) => string): void {
  u.ctx.save();
  u.ctx.font = `600 ${12 * devicePixelRatio}px system-ui, sans-serif`;
  u.ctx.fillStyle = color("ink");
  u.ctx.textAlign = "left";
  u.ctx.textBaseline = "alphabetic";
  u.ctx.fillText(text, u.bbox.left, u.bbox.top - 6 * devicePixelRatio);
  u.ctx.restore();
}

/** Broken lines from about when the pair behaved otherwise. */
function changeLines(u: uPlot, changes: Change[], named: boolean, color: (name: string) => string): void {
  const { ctx, bbox } = u;
  const px = devicePixelRatio;
  ctx.save();
  ctx.font = `${11 * px}px system-ui, sans-serif`;
  ctx.textBaseline = "alphabetic";
  // Names that would lie on one another take turns between two rows.
  const taken = [-Infinity, -Infinity];
  for (const change of changes) {
    const x = Math.round(u.valToPos(Date.parse(change.since) / 1000, "x", true)) + 0.5;
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    const tone = change.direction === "mending" ? color("coop") : change.direction === "worsening" ? color("conf") : color("soft");
    ctx.strokeStyle = ctx.fillStyle = tone;
    ctx.lineWidth = 1.5 * px;
    ctx.setLineDash([4 * px, 3 * px]);
    ctx.beginPath();
    ctx.moveTo(x, named ? bbox.top - 20 * px : 0);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    if (named) {
      const text = `${change.direction || "changed"} since about ${day(change.since)}`;
      const width = ctx.measureText(text).width;
      const start = Math.min(x, bbox.left + bbox.width - width);
      const row = taken[0]! < start ? 0 : 1;
      taken[row] = start + width + 8 * px;
      ctx.textAlign = "left";
      ctx.fillText(text, start, bbox.top - (row ? 36 : 22) * px);
    }
  }
  ctx.restore();
}

/** The three panels on one canvas, for PNG. */
export function timelineCanvas(box: HTMLElement): HTMLCanvasElement {
  const panels = [...box.querySelectorAll("canvas")];
  const out = document.createElement("canvas");
  out.width = Math.max(1, ...panels.map((c) => c.width));
  out.height = panels.reduce((sum, c) => sum + c.height, 0);
  const c = out.getContext("2d")!;
  c.fillStyle = paperOf(box);
  c.fillRect(0, 0, out.width, out.height);
  let y = 0;
  for (const panel of panels) {
    c.drawImage(panel, 0, y);
    y += panel.height;
  }
  return out;
}
