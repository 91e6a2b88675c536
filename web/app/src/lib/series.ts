// A pair's periods as the columns that a chart wants, and what a chart's answer means in dates.
import { daysBetween } from "./format.ts";
import type { Flow, Period, Quads } from "./model.ts";

export type Step = "day" | "week" | "month" | "quarter";
export const steps: Step[] = ["day", "week", "month", "quarter"];

/** The step that gives some 20 to 120 bars. */
export function stepFor(from: string, to: string): Step {
  const days = from && to ? daysBetween(from, to) : NaN;
  if (!(days >= 0)) return "month";
  return days <= 92 ? "day" : days <= 800 ? "week" : days <= 4000 ? "month" : "quarter";
}

export const quadsOf = (f: Flow): Quads => f.by_quad ?? [0, 0, 0, 0];

export interface Columns {
  times: number[]; // seconds, as uPlot wants them
  // Cumulated from the axis outwards: deeds stand on the axis, words on deeds.
  friendly: number[];
  friendlyDeeds: number[];
  hostile: number[];
  hostileDeeds: number[];
}

export function columnsOf(periods: Period[], way: "ab" | "ba" | "both"): Columns {
  const c: Columns = { times: [], friendly: [], friendlyDeeds: [], hostile: [], hostileDeeds: [] };
  for (const p of periods) {
    const q = quadsOf(p[way]);
    c.times.push(Date.parse(p.start) / 1000);
    c.friendly.push(q[0] + q[1]);
    c.friendlyDeeds.push(q[1]);
    c.hostile.push(-(q[2] + q[3]));
    c.hostileDeeds.push(-q[3]);
  }
  return c;
}

/** The highest and lowest bar of either way, so that both are drawn to one scale. */
export function extent(periods: Period[]): [number, number] {
  let low = 0;
  let high = 0;
  for (const p of periods) {
    for (const way of [p.ab, p.ba]) {
      const q = quadsOf(way);
      high = Math.max(high, q[0] + q[1]);
      low = Math.min(low, -(q[2] + q[3]));
    }
  }
  return [Math.min(low, -1), Math.max(high, 1)];
}

/** The periods that a stretch of the time axis touches, as first and last day. */
export function stretch(periods: Period[], from: number, to: number): [string, string] | null {
  const touched = periods.filter((p) => Date.parse(p.end) / 1000 + 86_400 > from && Date.parse(p.start) / 1000 < to);
  if (!touched.length) return null;
  return [touched[0]!.start, touched[touched.length - 1]!.end];
}

/** One period in words, for the line below the chart and for those who hear it. */
export function inWords(f: Flow): string {
  const [friendlyWords, friendlyDeeds, hostileWords, hostileDeeds] = quadsOf(f);
  const parts = [
    [friendlyWords, "friendly words"], [friendlyDeeds, "friendly deeds"], [hostileWords, "hostile words"], [hostileDeeds, "hostile deeds"],
  ].filter(([n]) => n) as [number, string][];
  return parts.map(([n, what]) => `${n} ${n === 1 ? what.replace(/s$/, "") : what}`).join(", ") || "nothing";
}
