// Positions over time: a line for each holder, a sign for each position, told apart by shape as well as by colour.
import { useRef } from "preact/hooks";
import { bounds, day } from "../lib/format.ts";
import type { Held, Holding } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { go } from "../lib/router.ts";
import { stances } from "../lib/words.ts";
import { evidenceHref } from "./basics.tsx";
import { drawingExports, Exports } from "./exports.tsx";

const width = 900;
const left = 150;
const row = 26;

const time = (date: string): number => Date.parse(bounds(date)[0]);

export function StanceChart({ holdings }: { holdings: Holding[] }) {
  const known = useKnown();
  const here = useHere();
  const svg = useRef<SVGSVGElement>(null);
  const dated = holdings.map((h) => ({ ...h, held: h.held.filter((x) => x.on) })).filter((h) => h.held.length > 0);
  const times = dated.flatMap((h) => h.held.map((x) => time(x.on)));
  if (new Set(times).size < 2) return null; // one day makes no line: the table says it all
  const first = Math.min(...times);
  const last = Math.max(...times);
  const x = (t: number) => left + 12 + ((width - left - 30) * (t - first)) / (last - first);
  const height = dated.length * row + 30;
  const open = (h: Held) => go(evidenceHref(here, undefined, [h.record]));
  return (
    <figure>
      <div class="scroll">
        <svg ref={svg} class="stances" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Positions over time; the table below has them in words">
          {dated.map((h, i) => {
            const y = 16 + i * row;
            return (
              <g key={h.holder}>
                <text x={left - 8} y={y + 4} text-anchor="end">{known.state(h.holder)}</text>
                <line x1={left} x2={width - 10} y1={y} y2={y} />
                {h.held.map((p) => (
                  <a
                    key={p.record}
                    href={evidenceHref(here, undefined, [p.record])}
                    aria-label={`${day(p.on)}: ${known.state(h.holder)} ${stances[p.stance] ?? p.stance}: ${p.content}`}
                    class={"at " + p.stance}
                    onClick={(e) => { e.preventDefault(); open(p); }}
                  >
                    <title>{`${day(p.on)}: ${stances[p.stance] ?? p.stance} ${p.content}`}</title>
                    <Sign stance={p.stance} x={x(time(p.on))} y={y} />
                  </a>
                ))}
              </g>
            );
          })}
          <text class="when" x={left + 12} y={height - 6}>{day(new Date(first).toISOString().slice(0, 10))}</text>
          <text class="when" x={width - 18} y={height - 6} text-anchor="end">{day(new Date(last).toISOString().slice(0, 10))}</text>
        </svg>
      </div>
      <figcaption class="legend small soft">
        <span>▲ for</span><span>▼ against</span><span>◆ calls for</span><span>■ concerned</span><span>● neutral</span>
        <Exports label="Chart" items={drawingExports(() => svg.current, "positions")} />
      </figcaption>
    </figure>
  );
}

function Sign({ stance, x, y }: { stance: string; x: number; y: number }) {
  const r = 6;
  const d = {
    for: `M${x - r},${y + r - 1}L${x},${y - r}L${x + r},${y + r - 1}Z`,
    against: `M${x - r},${y - r + 1}L${x},${y + r}L${x + r},${y - r + 1}Z`,
    calls_for: `M${x},${y - r - 1}L${x + r + 1},${y}L${x},${y + r + 1}L${x - r - 1},${y}Z`,
    concerned: `M${x - 5},${y - 5}H${x + 5}V${y + 5}H${x - 5}Z`,
  }[stance];
  return d ? <path d={d} /> : <circle cx={x} cy={y} r="5" />;
}
