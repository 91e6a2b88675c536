// Pairs as lines between points, for map and network alike.
import type { Month, PairRow } from "../lib/model.ts";

export interface Tie {
  row: PairRow;
  total: number;
  width: number;
  tone: "coop" | "conf" | "even" | "flat";
}

/** From so many happenings on the API gives a pair a sign; without one it is in balance then. */
const enough = 5;

export const total = (p: PairRow): number => p.friendly + p.hostile_words + p.hostile_deeds;

/** The pairs that are drawn, the busiest last so that they lie on top. Too many lines are a ball of wool: `most`
 *  bounds them, and the table behind has them all. `scaled` is how busy a pair with the widest line is, if that is
 *  not the busiest of these. */
export function tiesOf(pairs: PairRow[], scaled = 0, most = 80): Tie[] {
  const states = pairs.filter((p) => p.a !== "IGO" && p.b !== "IGO" && total(p) > 0);
  const shown = states.sort((a, b) => total(b) - total(a)).slice(0, most);
  const top = Math.max(1, scaled, ...shown.map(total));
  return shown.reverse().map((row) => ({
    row,
    total: total(row),
    width: 1 + 6 * Math.sqrt(total(row) / top),
    tone: row.sign > 0 ? "coop" : row.sign < 0 ? "conf" : total(row) >= enough ? "even" : "flat",
  }));
}

/** The pairs of a month: how they move is not told of it. */
export const asRows = (month: Month): PairRow[] => month.pairs.map((p) => ({ ...p, tension: 0, score: 0, direction: "" }));

/** What the busiest pair of any month has. */
export const busiest = (months: Month[]): number => Math.max(0, ...months.flatMap((m) => asRows(m).map(total)));

/** The pairs of all months together. */
export function sumOf(months: Month[]): PairRow[] {
  const sums = new Map<string, PairRow>();
  for (const p of months.flatMap(asRows)) {
    const sum = sums.get(p.pair);
    if (sum) sum.friendly += total(p);
    else sums.set(p.pair, p);
  }
  return [...sums.values()];
}

/** A bow between two points, always bent the same way, with the point where its arrow belongs. */
export function bow(x1: number, y1: number, x2: number, y2: number, bend = 0.18): { d: string; mx: number; my: number } {
  const cx = (x1 + x2) / 2 + (y2 - y1) * bend;
  const cy = (y1 + y2) / 2 - (x2 - x1) * bend;
  const r = (n: number) => Math.round(n * 10) / 10;
  return { d: `M${r(x1)},${r(y1)}Q${r(cx)},${r(cy)} ${r(x2)},${r(y2)}`, mx: r((x1 + x2) / 4 + cx / 2), my: r((y1 + y2) / 4 + cy / 2) };
}

/** How much each country has to do with others. */
export function weights(ties: Tie[]): Map<string, number> {
  const weight = new Map<string, number>();
  for (const t of ties) for (const code of [t.row.a, t.row.b]) weight.set(code, (weight.get(code) ?? 0) + t.total);
  return weight;
}

/** The countries that take part in a share of everything, the busiest first: what a map should be cut to. */
export function mainly(ties: Tie[], share = 0.86): string[] {
  const sorted = [...weights(ties)].sort((a, b) => b[1] - a[1]);
  const all = sorted.reduce((sum, [, n]) => sum + n, 0);
  let so = 0;
  return sorted.filter(([,  n], i) => {
    const take = i < 3 || so < share * all;
    so += n;
    return take;
  }).map(([code]) => code);
}
