// Small drawings in a line of text.
import { daysBetween } from "../lib/format.ts";
import type { Coverage, Period } from "../lib/model.ts";

const quad = (p: Period, q: number): number => p.both.by_quad?.[q - 1] ?? 0;

/** A pair's periods: friendly above the axis, hostile below. The words beside it say the same. */
export function Spark({ periods }: { periods: Period[] }) {
  const shown = periods.slice(-24);
  const up = Math.max(1, ...shown.map((p) => quad(p, 1) + quad(p, 2)));
  const down = Math.max(1, ...shown.map((p) => quad(p, 3) + quad(p, 4)));
  const scale = 26 / (up + down);
  const axis = 1 + up * scale;
  return (
    <svg class="spark" viewBox={`0 0 ${shown.length * 5} 28`} aria-hidden="true">
      {shown.map((p, i) => {
        const friendly = quad(p, 1) + quad(p, 2);
        const [words, deeds] = [quad(p, 3), quad(p, 4)];
        return (
          <g key={p.start}>
            <rect class="coop" x={i * 5} width="4" y={axis - friendly * scale} height={friendly * scale} />
            <rect class="conf" x={i * 5} width="4" y={axis} height={deeds * scale} />
            <rect class="conf pale" x={i * 5} width="4" y={axis + deeds * scale} height={words * scale} />
          </g>
        );
      })}
      <line x1="0" x2={shown.length * 5} y1={axis} y2={axis} />
    </svg>
  );
}

export interface Bin {
  from: string;
  to: string;
  stories: number;
  events: number;
}

/** Days put together so that at most `most` bars are drawn. */
export function bins(coverage: Coverage, most = 80): Bin[] {
  const { first, last, days } = coverage;
  if (!first || !last) return [];
  const length = Math.max(1, Math.ceil((daysBetween(first, last) + 1) / most));
  const out: Bin[] = [];
  const n = Math.ceil((daysBetween(first, last) + 1) / length);
  const start = Date.parse(first);
  const iso = (i: number) => new Date(start + i * 86_400_000).toISOString().slice(0, 10);
  for (let i = 0; i < n; i++) out.push({ from: iso(i * length), to: iso((i + 1) * length - 1), stories: 0, events: 0 });
  for (const d of days) {
    const i = Math.floor(daysBetween(first, d.day) / length);
    const bin = out[i];
    if (!bin) continue;
    bin.stories += d.stories;
    bin.events += d.events;
  }
  return out;
}

/** What was read, so that less news is not taken for fewer events: stories above, events below. */
export function CoverageBars({ coverage }: { coverage: Coverage }) {
  const all = bins(coverage);
  const top = Math.max(1, ...all.map((b) => b.stories));
  const low = Math.max(1, ...all.map((b) => b.events));
  return (
    <svg class="coverage" viewBox="0 0 400 64" preserveAspectRatio="none" aria-hidden="true">
      {all.map((b, i) => {
        const w = 400 / all.length;
        return (
          <g key={b.from}>
            <title>{`${b.from} to ${b.to}: ${b.stories} stories, ${b.events} events`}</title>
            <rect class="stories" x={i * w} width={w * 0.85} y={32 - (30 * b.stories) / top} height={(30 * b.stories) / top} />
            <rect class="events" x={i * w} width={w * 0.85} y={33} height={(30 * b.events) / low} />
          </g>
        );
      })}
    </svg>
  );
}
