// The busiest pairs, each with its state in one line and what moved it.
import { useData, type Loaded } from "../lib/api.ts";
import type { Evidence, PairPage, PairRow, Pairs } from "../lib/model.ts";
import { Empty, PairLink, Section, Waiting } from "../parts/basics.tsx";
import { day } from "../lib/format.ts";
import { Sentence } from "../parts/state.tsx";
import { Spark } from "../parts/spark.tsx";
import { total } from "../map/ties.ts";

const most = 5;

/** A pair that moved comes first, if enough is told of it to say anything. */
const rank = (p: PairRow): number => (p.direction && total(p) >= 5 ? Math.abs(p.score) : 0);

export function Standing({ pairs, on }: { pairs: Loaded<Pairs>; on: string }) {
  const busiest = [...(pairs.data?.pairs ?? [])]
    .filter((p) => p.a !== "IGO" && p.b !== "IGO")
    .sort((a, b) => rank(b) - rank(a) || total(b) - total(a))
    .slice(0, most);
  const byScore = busiest.some((p) => rank(p) > 0);
  return (
    <Section title="Where pairs stand" aside={<span>{byScore ? "those that moved most first" : "the busiest first"}</span>}>
      <Waiting of={pairs} what="pairs" />
      {pairs.data && busiest.length === 0 && <Empty>Nothing happened between any two countries in this time.</Empty>}
      <ol class="standing">
        {busiest.map((p) => (
          <One key={p.pair} pair={p.pair} on={on} />
        ))}
      </ol>
    </Section>
  );
}

function One({ pair, on }: { pair: string; on: string }) {
  const loaded = useData<PairPage>(`/api/pairs/${pair}?step=month${on ? "&on=" + on : ""}`);
  const page = loaded.data;
  return (
    <li>
      <h3><PairLink pair={pair} /></h3>
      {page ? (
        <>
          <p class="state"><Sentence state={page.state} /></p>
          <Spark periods={page.series.periods} />
          <Reason page={page} />
        </>
      ) : (
        <p class="soft small">{loaded.error ? loaded.error.message : "…"}</p>
      )}
    </li>
  );
}

/** The sentence that says most about why: what moved it last. */
function Reason({ page }: { page: PairPage }) {
  const { movers, said } = page.state;
  const id = movers.at(-1)?.record ?? said.at(-1)?.record;
  const e: Evidence | undefined = id ? page.evidence[id] : undefined;
  if (!e?.text && page.state.level) return null;
  if (!e?.text) return <p class="reason soft">Too little is told of them to say.</p>;
  return (
    <p class="reason">
      <span class="soft">{day(e.date)}</span> <q>{e.text}</q>
    </p>
  );
}
