// The time of the map: a bar and a stop of the slider for each month. The last stop is the whole window.
import { count, day, plural } from "../lib/format.ts";
import type { Month } from "../lib/model.ts";
import { useHere } from "../lib/names.tsx";
import { go, hrefWith } from "../lib/router.ts";
import { Num, PairLink, TableBehind } from "../parts/basics.tsx";

const width = 640;
const height = 46;

export function MonthSlider({ months, window }: { months: Month[]; window: string }) {
  const here = useHere();
  const chosen = months.findIndex((m) => m.month === here.query.get("month"));
  const at = chosen < 0 ? months.length : chosen;
  const show = (i: number) => go(hrefWith(here, { month: months[i]?.month ?? "" }), true);
  const step = width / (months.length + 1);
  const up = Math.max(1, ...months.map((m) => m.friendly));
  const down = Math.max(1, ...months.map((m) => m.hostile));
  const scale = (height - 2) / (up + down);
  const axis = 1 + up * scale;
  const month = months[chosen];
  const words = month ? day(month.month) : `the whole time, ${window}`;
  return (
    <div class="slider">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {months.map((m, i) => (
          <g key={m.month} class={i === chosen ? "at" : ""} onClick={() => show(i)}>
            <title>{`${day(m.month)}: ${m.friendly} friendly, ${m.hostile} hostile`}</title>
            <rect class="hit" x={i * step} width={step} height={height} />
            <rect class="coop" x={(i + 0.1) * step} width={step * 0.8} y={axis - m.friendly * scale} height={m.friendly * scale} />
            <rect class="conf" x={(i + 0.1) * step} width={step * 0.8} y={axis} height={m.hostile * scale} />
          </g>
        ))}
      </svg>
      <input type="range" aria-label="Month that is drawn" min="0" max={months.length} value={at} aria-valuetext={words} onInput={(e) => show(Number(e.currentTarget.value))} />
      <p class="small">
        <strong>{month ? day(month.month) : "The whole time"}</strong>{" "}
        {month ? (
          <>
            {count(month.friendly)} friendly and {count(month.hostile)} hostile between {plural(month.pairs.length + month.more, "pair")}; {plural(month.stories, "story", "stories")} read.{" "}
            <a href={hrefWith(here, { month: "" })}>the whole time</a>
          </>
        ) : (
          <span class="soft">{window}; move the slider for a month</span>
        )}
      </p>
      {month && <MonthTable month={month} />}
    </div>
  );
}

function MonthTable({ month: m }: { month: Month }) {
  const filter = (pair: string, quad: string) => ({ either: pair, quad, kind: "event", aux: "actual", from: m.from, to: m.to });
  return (
    <TableBehind name={day(m.month)}>
      <table>
        <thead><tr><th scope="col">Pair</th><th scope="col" class="n">hostile deeds</th><th scope="col" class="n">words</th><th scope="col" class="n">friendly</th></tr></thead>
        <tbody>
          {m.pairs.map((p) => (
            <tr key={p.pair}>
              <th scope="row"><PairLink pair={p.pair} /></th>
              <td class="n"><Num n={p.hostile_deeds} filter={filter(p.pair, "4")} /></td>
              <td class="n"><Num n={p.hostile_words} filter={filter(p.pair, "3")} /></td>
              <td class="n"><Num n={p.friendly} filter={filter(p.pair, "1,2")} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBehind>
  );
}
