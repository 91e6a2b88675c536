// What kinds of things they do, and what is told of as other than actual.
import { signed } from "../../lib/format.ts";
import type { Series } from "../../lib/model.ts";
import { useKnown } from "../../lib/names.tsx";
import { Empty, Num, Section } from "../../parts/basics.tsx";
import type { Filter } from "../../lib/filter.ts";

interface Props {
  series: Series;
  pair: string;
  codes: [string, string];
  names: [string, string];
  from: string;
  to: string;
}

export function Mix({ series, pair, codes, names, from, to }: Props) {
  const known = useKnown();
  const quad = new Map(known.codebook.events.map((e) => [e.id, e.quad]));
  const sums = new Map<string, [number, number]>();
  for (const p of series.periods) {
    for (const [i, flow] of [p.ab, p.ba].entries()) {
      for (const [event, n] of Object.entries(flow.events ?? {})) {
        const sum = sums.get(event) ?? [0, 0];
        sum[i as 0 | 1] += n;
        sums.set(event, sum);
      }
    }
  }
  const rows = [...sums].sort((x, y) => y[1][0] + y[1][1] - (x[1][0] + x[1][1]));
  const time: Filter = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const t = series.total;
  const apart: [string, number, string][] = [["announced", t.future ?? 0, "future"], ["supposed", t.hypothetical ?? 0, "hypothetical"], ["denied", t.negated ?? 0, "negation"], ["of earlier times", t.past ?? 0, "historical"]];
  return (
    <Section title="What they do">
      {rows.length === 0 && <Empty>No event between them in this time.</Empty>}
      {rows.length > 0 && (
        <table>
          <thead><tr><th scope="col">Event</th><th scope="col" class="n">{names[0]} →</th><th scope="col" class="n">{names[1]} →</th></tr></thead>
          <tbody>
            {rows.map(([event, [ab, ba]]) => (
              <tr key={event}>
                <th scope="row"><span class={"code " + ((quad.get(event) ?? 0) > 2 ? "t-conf" : "t-coop")}>{event}</span></th>
                <td class="n"><Num n={ab} filter={{ actor: codes[0], recipient: codes[1], event, kind: "event", aux: "actual", ...time }} /></td>
                <td class="n"><Num n={ba} filter={{ actor: codes[1], recipient: codes[0], event, kind: "event", aux: "actual", ...time }} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="small soft">
        {t.scores !== undefined && t.count > 0 && <>Scores sum to {signed(t.scores)}, {signed(t.mean ?? 0)} on average. </>}
        {t.net?.enough && <>Net cooperation {signed(t.net.value, 2)} ({signed(t.net.low, 2)} to {signed(t.net.high, 2)}). </>}
        Not counted above:{" "}
        {apart.map(([word, n, aux], i) => <span key={aux}>{i > 0 && ", "}<Num n={n} filter={{ either: pair, kind: "event", aux, ...time }} /> {word}</span>)}.
      </p>
    </Section>
  );
}
