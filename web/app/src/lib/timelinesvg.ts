// The time line as SVG, for the report that somebody writes: the same bars as on the page, in colours of their own.
import { day } from "./format.ts";
import type { Change, Period } from "./model.ts";
import { extent, quadsOf } from "./series.ts";

const colors = { coop: "#0b6580", coopPale: "#8fbfcd", conf: "#a63d17", confPale: "#e0a68d", ink: "#1d2125", soft: "#5b636b", line: "#b9b8b0" };
const width = 900;
const panel = 150;
const left = 30;
const head = 40; // for the names of change points

const escape = (s: string): string => s.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

export function timelineSvg(periods: Period[], changes: Change[], names: [string, string], note: string): string {
  const height = 2 * panel + head + 44;
  const parts: string[] = [];
  const start = Date.parse(periods[0]?.start ?? "1970-01-01");
  const end = Date.parse(periods.at(-1)?.end ?? "1970-01-02") + 86_400_000;
  const x = (t: number) => left + ((width - left - 10) * (t - start)) / (end - start);
  const [low, high] = extent(periods);
  (["ab", "ba"] as const).forEach((way, i) => {
    const top = head + i * panel;
    const scale = (panel - 26) / (high - low);
    const axis = top + 18 + high * scale;
    const title = way === "ab" ? `${names[0]} → ${names[1]}` : `${names[1]} → ${names[0]}`;
    parts.push(`<text x="${left}" y="${top + 10}" font-weight="600" fill="${colors.ink}">${escape(title)}</text>`);
    for (const p of periods) {
      const q = quadsOf(p[way]);
      const a = x(Date.parse(p.start));
      const w = Math.max(0.5, Math.min(40, (x(Date.parse(p.end) + 86_400_000) - a) * 0.8));
      const rect = (from: number, n: number, fill: string) =>
        n && parts.push(`<rect x="${a.toFixed(1)}" y="${(from < 0 ? axis - from * scale - n * scale : axis - (from + n) * scale).toFixed(1)}" width="${w.toFixed(1)}" height="${(n * scale).toFixed(1)}" fill="${fill}"/>`);
      rect(0, q[1], colors.coop);
      rect(q[1], q[0], colors.coopPale);
      rect(-q[3], q[3], colors.conf);
      rect(-(q[3] + q[2]), q[2], colors.confPale);
    }
    parts.push(`<path d="M${left},${axis.toFixed(1)}H${width - 10}" stroke="${colors.line}"/>`);
    for (const [n, y] of [[high, axis - high * scale], [0, axis], [-low, axis - low * scale]] as const) {
      parts.push(`<text x="${left - 5}" y="${(y + 4).toFixed(1)}" text-anchor="end" fill="${colors.soft}">${n}</text>`);
    }
  });
  let taken = -Infinity; // up to where the first row of names is written
  for (const c of changes) {
    const at = x(Date.parse(c.since));
    if (!(at >= left && at <= width)) continue;
    const tone = c.direction === "mending" ? colors.coop : c.direction === "worsening" ? colors.conf : colors.soft;
    const name = `${c.direction || "changed"} since about ${day(c.since)}`;
    const start = Math.min(at, width - 10 - name.length * 6);
    const row = start < taken ? 1 : 0;
    if (row === 0) taken = start + name.length * 6 + 8;
    parts.push(`<path d="M${at.toFixed(1)},${head - 6}V${head + 2 * panel}" stroke="${tone}" stroke-width="1.5" stroke-dasharray="4 3"/>`);
    parts.push(`<text x="${start.toFixed(1)}" y="${row ? 14 : 29}" fill="${tone}">${escape(name)}</text>`);
  }
  const every = Math.max(1, Math.ceil(periods.length / 9));
  periods.forEach((p, i) => {
    if (i % every === 0) parts.push(`<text x="${x(Date.parse(p.start)).toFixed(1)}" y="${head + 2 * panel + 8}" fill="${colors.soft}">${day(p.start)}</text>`);
  });
  const foot = `${day(periods[0]?.start ?? "")} to ${day(periods.at(-1)?.end ?? "")}. ${note}`;
  parts.push(`<text x="${left}" y="${height - 8}" fill="${colors.soft}">${escape(foot)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>\n`;
}
