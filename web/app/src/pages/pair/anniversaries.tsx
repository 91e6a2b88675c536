// What happened around this day in earlier years, and a grid of weeks by years in which yearly recurrences show.
import { useData } from "../../lib/api.ts";
import { addDays, day, longDay, plural } from "../../lib/format.ts";
import type { Anniversaries as Answer } from "../../lib/model.ts";
import { useHere } from "../../lib/names.tsx";
import { go, hrefWith } from "../../lib/router.ts";
import { Empty, evidenceHref, Num, Section, TableBehind, Waiting } from "../../parts/basics.tsx";
import { Mover } from "./standing.tsx";

const cell = 12;
const left = 34;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const most = 6; // happenings of a year that are listed

/** The first and last day of a week, counted from 1 January as the API does. */
function weekOf(year: number, week: number): [string, string] {
  const last = addDays(`${year}-01-01`, 7 * week + 6);
  return [addDays(`${year}-01-01`, 7 * week), last > `${year}-12-31` ? `${year}-12-31` : last];
}

const weekOn = (date: string): number => Math.floor((Date.parse(date) - Date.parse(date.slice(0, 4) + "-01-01")) / 604_800_000);

export function Anniversaries({ pair, on }: { pair: string; on: string }) {
  const here = useHere();
  const near = here.query.get("near") ?? "7";
  const loaded = useData<Answer>(`/api/pairs/${pair}/anniversaries?within=${near}&on=${on}`);
  const a = loaded.data;
  return (
    <Section
      title="This day in earlier years"
      id="anniversaries"
      aside={
        <>
          {a && <span>around {longDay(a.on).replace(/ \d+$/, "")}</span>}
          <span class="choice" role="group" aria-label="Days before and after">
            {["3", "7", "31"].map((n) => <a key={n} href={hrefWith(here, { near: n === "7" ? "" : n })} aria-current={near === n ? "true" : undefined}>± {n} days</a>)}
          </span>
        </>
      }
    >
      <Waiting of={loaded} what="earlier years" />
      {a && a.items.length === 0 && <Empty>Nothing between them has its day within {near} days of {longDay(a.on).replace(/ \d+$/, "")} in an earlier year.</Empty>}
      {a?.items.map((x) => (
        <div key={x.on} class="anniversary">
          <h3>{x.years === 1 ? "A year" : plural(x.years, "year")} before</h3>
          <ol class="movers">
            {x.acts.slice(0, most).map((m) => (
              <li key={m.record + m.actor} class={m.quad > 2 ? "hostile" : "friendly"}><Mover m={m} e={a.evidence[m.record]} /></li>
            ))}
          </ol>
          {x.acts.length > most && <p class="small more"><a href={evidenceHref(here, undefined, x.acts.map((m) => m.record))}>all {x.acts.length}</a></p>}
        </div>
      ))}
      {a && a.years.length > 0 && <Grid pair={pair} a={a} />}
    </Section>
  );
}

function Grid({ pair, a }: { pair: string; a: Answer }) {
  const here = useHere();
  const top = Math.max(1, ...a.years.flatMap((y) => y.weeks.map(([f, h]) => f + h)));
  const filter = (year: number, week: number) => {
    const [from, to] = weekOf(year, week);
    return { either: pair, kind: "event", aux: "actual", from, to };
  };
  const width = left + 53 * cell;
  const height = a.years.length * cell + 16;
  const now = weekOn(a.on);
  const busy = [...Array(53).keys()].filter((w) => a.years.some((y) => y.weeks[w]![0] + y.weeks[w]![1] > 0));
  return (
    <>
      <div class="scroll">
        <svg class="weeks" viewBox={`0 0 ${width} ${height}`} role="img" aria-label="Weeks of the year by years; the table below has the numbers">
          <rect class="now" x={left + now * cell} y="0" width={cell} height={height - 14} />
          {a.years.map((y, row) => (
            <g key={y.year}>
              <text x={left - 6} y={row * cell + 10} text-anchor="end">{y.year}</text>
              {y.weeks.map(([friendly, hostile], w) => {
                const n = friendly + hostile;
                if (!n) return <rect key={w} class="none" x={left + w * cell + 1} y={row * cell + 1} width={cell - 2} height={cell - 2} />;
                // As much of the square is filled as the week is busy, each colour with its share.
                const size = (cell - 2) * Math.sqrt(0.2 + (0.8 * n) / top);
                const x = left + w * cell + (cell - size) / 2;
                const at = row * cell + (cell - size) / 2;
                const href = evidenceHref(here, filter(y.year, w));
                return (
                  <a key={w} href={href} tabIndex={-1} onClick={(e) => { e.preventDefault(); go(href); }}>
                    <title>{`${day(weekOf(y.year, w)[0])} to ${day(weekOf(y.year, w)[1])}: ${friendly} friendly, ${hostile} hostile`}</title>
                    <rect class="coop" x={x} y={at} width={size} height={(size * friendly) / n} />
                    <rect class="conf" x={x} y={at + (size * friendly) / n} width={size} height={(size * hostile) / n} />
                  </a>
                );
              })}
            </g>
          ))}
          {months.map((m, i) => <text key={m} x={left + (i * 53 * cell) / 12} y={height - 3}>{m}</text>)}
        </svg>
      </div>
      <p class="legend small soft"><span class="key coop">friendly</span> <span class="key conf">hostile</span> <span>a square is a week, the fuller the busier; the column is this week of the year</span></p>
      <TableBehind name="The weeks">
        <table>
          <thead><tr><th scope="col">week from</th>{a.years.map((y) => <th key={y.year} scope="col" class="n">{y.year}</th>)}</tr></thead>
          <tbody>
            {busy.map((w) => (
              <tr key={w}>
                <th scope="row">{day(weekOf(2023, w)[0]).replace(" 2023", "")}</th>
                {a.years.map((y) => <td key={y.year} class="n"><Num n={y.weeks[w]![0] + y.weeks[w]![1]} filter={filter(y.year, w)} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBehind>
    </>
  );
}
