// Where the words and arcs of a dependency tree go. Arcs are stacked: one that spans others goes above them.
import type { Token } from "./model.ts";

export interface Arc {
  to: number;
  d: string;
  tip: string;
  x: number;
  y: number;
  rel: string;
  strong: boolean; // what a clause is made of, as against its ornaments
}

export interface Layout {
  words: { x: number; text: string; pos: string }[];
  arcs: Arc[];
  width: number;
  height: number;
  base: number;
}

const core = /^(root|nsubj|obj|iobj|obl|csubj|ccomp|xcomp|conj)/;
const rise = 17;

export function layoutTree(tokens: Token[]): Layout {
  let x = 14;
  const words = tokens.map((t) => {
    const w = Math.max(t.Text.length * 7.4, t.UPOS.length * 6, t.Rel.length * 5, 26);
    x += w / 2;
    const word = { x: Math.round(x), text: t.Text, pos: t.UPOS };
    x += w / 2 + 12;
    return word;
  });
  const levels = levelsOf(tokens);
  const top = Math.max(1, ...levels);
  const base = 22 + (top + 1) * rise;
  const arcs: Arc[] = [];
  tokens.forEach((t, i) => {
    const from = words[t.Head]?.x;
    const to = words[i]!.x;
    const strong = core.test(t.Rel);
    const foot = base - 16;
    const tip = `M${to - 3},${foot - 6}L${to + 3},${foot - 6}L${to},${foot}Z`;
    if (from === undefined) {
      arcs.push({ to: i, d: `M${to},12V${foot - 4}`, tip, x: to, y: 8, rel: t.Rel, strong });
      return;
    }
    const y = foot - levels[i]! * rise - 6;
    // Arcs that leave one word on one side start beside one another, not on top.
    const start = from + (from < to ? 5 : -5);
    const bend = Math.min(8, Math.abs(to - start) / 2);
    const side = start < to ? bend : -bend;
    const d = `M${start},${foot}V${y + bend}Q${start},${y} ${start + side},${y}H${to - side}Q${to},${y} ${to},${y + bend}V${foot - 4}`;
    arcs.push({ to: i, d, tip, x: Math.round((start + to) / 2), y, rel: t.Rel, strong });
  });
  return { words, arcs, width: Math.ceil(x + 4), height: base + 22, base };
}

/** The height of each word's arc: above all arcs that lie within it and do not cross it. */
export function levelsOf(tokens: Token[]): number[] {
  const spans = tokens
    .map((t, i) => ({ i, a: Math.min(i, t.Head), b: Math.max(i, t.Head), root: t.Head < 0 }))
    .filter((s) => !s.root)
    .sort((s, t) => s.b - s.a - (t.b - t.a));
  const level = new Array<number>(tokens.length).fill(0);
  const highest = new Array<number>(tokens.length).fill(0);
  for (const s of spans) {
    let h = 0;
    // Ends may touch: only what lies under the arc lifts it.
    for (let k = s.a; k < s.b; k++) h = Math.max(h, highest[k]!);
    level[s.i] = h + 1;
    for (let k = s.a; k < s.b; k++) highest[k] = h + 1;
  }
  return level;
}
