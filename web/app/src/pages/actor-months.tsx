// What a country does above, what is done to it below: each month a bar both ways.
import { useRef } from "preact/hooks";
import { bounds, day } from "../lib/format.ts";
import type { ActorPage } from "../lib/model.ts";
import { useHere } from "../lib/names.tsx";
import { Empty, evidenceHref, Num, Section, TableBehind } from "../parts/basics.tsx";
import { Slot } from "../parts/bars.tsx";
import { drawingExports, Exports, recordExports } from "../parts/exports.tsx";

const width = 900;
const panel = 92;

/** Months in a row without gaps, so that silence is seen. */
export function everyMonth(months: ActorPage["months"]): ActorPage["months"] {
  const first = months[0]?.month;
  const last = months.at(-1)?.month;
  if (!first || !last) return [];
  const by = new Map(months.map((m) => [m.month, m]));
  const all: ActorPage["months"] = [];
  for (let [y, m] = first.split("-").map(Number) as [number, number]; ; m === 12 ? (y++, (m = 1)) : m++) {
    const month = `${y}-${String(m).padStart(2, "0")}`;
    all.push(by.get(month) ?? { month, done: [0, 0, 0, 0], received: [0, 0, 0, 0] });
    if (month >= last || all.length > 1200) return all;
  }
}

export function Months({ page }: { page: ActorPage }) {
  const here = useHere();
  const svg = useRef<SVGSVGElement>(null);
  const months = everyMonth([...page.months].sort((a, b) => a.month.localeCompare(b.month)));
  const top = Math.max(1, ...months.flatMap((m) => [m.done, m.received]).map((q) => Math.max(q[0] + q[1], q[2] + q[3])));
  const filter = (month: string, done: boolean) => ({ [done ? "actor" : "recipient"]: page.code, kind: "event", aux: "actual", from: bounds(month)[0], to: bounds(month)[1] });
  if (months.length === 0) return <Section title="Over time"><Empty>No event of it has a date.</Empty></Section>;
  const step = (width - 20) / months.length;
  const panelOf = (done: boolean, y: number) => (
    <g>
      <text class="title" x="4" y={y + 10}>{done ? `What ${page.name} does` : `What is done to ${page.name}`}</text>
      <line x1="0" x2={width} y1={y + panel / 2 + 6} y2={y + panel / 2 + 6} />
      {months.map((m, i) => {
        const q = done ? m.done : m.received;
        return (
          <Slot key={m.month} q={q} x={10 + i * step} y={y} step={step} height={panel} axis={y + panel / 2 + 6} scale={(panel / 2 - 8) / top}
            title={`${day(m.month)}: ${q[0] + q[1]} friendly, ${q[2] + q[3]} hostile`} href={evidenceHref(here, filter(m.month, done))} />
        );
      })}
    </g>
  );
  const every = Math.ceil(months.length / 14);
  return (
    <Section title="Over time" aside={<Exports items={[...drawingExports(() => svg.current, page.code + "-months"), ...recordExports(`/api/counts?by=month,actor,recipient,quad&kind=event&aux=actual&either=${page.code}`, ["csv", "jsonl"])]} />}>
      <div class="scroll">
      <svg ref={svg} class="months" viewBox={`0 0 ${width} ${2 * panel + 22}`} role="img" aria-label={`Events of ${page.name} by month; the table below has the numbers`}>
        {panelOf(true, 0)}
        {panelOf(false, panel)}
        {months.map((m, i) => (i % every === 0 ? <text key={m.month} class="when" x={10 + i * step} y={2 * panel + 16}>{day(m.month)}</text> : null))}
      </svg>
      </div>
      <TableBehind name="The months">
        <table>
          <thead><tr><th scope="col">month</th><th scope="col" class="n">does: friendly</th><th scope="col" class="n">hostile</th><th scope="col" class="n">receives: friendly</th><th scope="col" class="n">hostile</th></tr></thead>
          <tbody>
            {months.map((m) => (
              <tr key={m.month}>
                <th scope="row">{day(m.month)}</th>
                {([[m.done, true], [m.received, false]] as const).flatMap(([q, done]) => [
                  <td key={`${done}f`} class="n"><Num n={q[0] + q[1]} filter={{ ...filter(m.month, done), quad: "1,2" }} /></td>,
                  <td key={`${done}h`} class="n"><Num n={q[2] + q[3]} filter={{ ...filter(m.month, done), quad: "3,4" }} /></td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBehind>
    </Section>
  );
}
