// One issue: the parties, what each holds and held, and the pairs that it moves.
import { useData } from "../lib/api.ts";
import { day, plural } from "../lib/format.ts";
import type { Expectations, Holding, IssuePage } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { useTitle } from "../lib/title.ts";
import { stances } from "../lib/words.ts";
import type { PageProps } from "../main.tsx";
import { Balance, Empty, evidenceHref, Num, PairLink, Section, StateLink, Waiting } from "../parts/basics.tsx";
import { EvidenceList } from "../parts/evidencelist.tsx";
import { ExpectationList } from "../parts/expectations.tsx";
import { Exports, recordExports } from "../parts/exports.tsx";
import { StanceChart } from "../parts/stances.tsx";

export default function Issue({ id }: PageProps) {
  const known = useKnown();
  const loaded = useData<IssuePage>("/api/issues/" + encodeURIComponent(id));
  const expected = useData<Expectations>("/api/expectations?issue=" + encodeURIComponent(id));
  const page = loaded.data;
  useTitle(page?.name ?? known.issue(id));
  return (
    <>
      <div class="masthead pair">
        <p class="soft small"><a href="/issues">Issue</a></p>
        <h1>{page?.name ?? known.issue(id)}</h1>
        <div class="aside"><Exports label="Records" items={recordExports(`/api/records?issue=${id}`)} /></div>
      </div>
      <Waiting of={loaded} what="issue" />
      {page && (
        <>
          {page.parties.length > 0 && (
            <p>Parties, by the codebook: {page.parties.map((p, i) => <span key={p}>{i > 0 && ", "}<StateLink code={p} /></span>)}</p>
          )}
          <Section title="Who holds what" aside={<Exports items={recordExports(`/api/records?kind=position&issue=${id}`, ["csv", "jsonl"])} />}>
            {page.holdings.length === 0 ? <Empty>Nobody is told of with a position on it.</Empty> : <Holdings holdings={page.holdings} />}
          </Section>
          <div class="halves">
            <Section title="Pairs it moves" aside={<Exports items={recordExports(`/api/counts?by=pair,quad&issue=${id}&kind=event`, ["csv", "jsonl"])} />}>
              <Grid page={page} />
            </Section>
            <Section title="Expected">
              <Waiting of={expected} what="expectations" />
              {expected.data && <ExpectationList items={expected.data.items} on={expected.data.on} most={8} more={`/records?kind=expectation&issue=${id}`} />}
            </Section>
          </div>
        </>
      )}
      <EvidenceList base={{ issue: id }} title="Evidence" />
    </>
  );
}

function Holdings({ holdings }: { holdings: Holding[] }) {
  const here = useHere();
  const known = useKnown();
  return (
    <>
      <StanceChart holdings={holdings} />
      <table class="list holdings">
        <thead><tr><th scope="col">Holder</th><th scope="col">holds now</th><th scope="col">since</th><th scope="col" class="n">told</th></tr></thead>
        <tbody>
          {holdings.map((h) => {
            const latest = h.held.at(-1)!;
            return (
              <tr key={h.holder}>
                <th scope="row"><StateLink code={h.holder} /></th>
                <td>
                  <a class="held" href={evidenceHref(here, undefined, [latest.record])}><span class={"stance " + latest.stance}>{stances[latest.stance] ?? latest.stance}</span> {latest.content}</a>
                  {latest.toward.length > 0 && <span class="small soft">toward {latest.toward.map(known.state).join(", ")}</span>}
                  {h.changed && <p class="small t-conf">turned from {stances[h.was] ?? h.was} to {stances[h.became] ?? h.became} on {day(h.changed)}</p>}
                </td>
                <td class="nowrap">{day(latest.on)}</td>
                <td class="n"><Num n={h.held.length} ids={h.held.map((x) => x.record)} title={plural(h.held.length, "position")} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

function Grid({ page }: { page: IssuePage }) {
  const rows = [...page.grid].sort((a, b) => b.friendly + b.hostile - (a.friendly + a.hostile));
  const max = Math.max(1, ...rows.map((r) => Math.max(r.friendly, r.hostile)));
  if (rows.length === 0) return <Empty>Nothing happened between any pair over it.</Empty>;
  return (
    <div class="scroll">
      <table>
        <thead><tr><th scope="col">Pair</th><th scope="col" class="n">hostile</th><th scope="col"><span class="unseen">drawn</span></th><th scope="col" class="n">friendly</th><th scope="col">last</th></tr></thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.pair}>
              <th scope="row"><PairLink pair={r.pair} /></th>
              <td class="n"><Num n={r.hostile} filter={{ either: r.pair, issue: page.id, quad: "3,4", kind: "event", aux: "actual" }} /></td>
              <td class="wide"><Balance friendly={r.friendly} hostileWords={0} hostileDeeds={r.hostile} max={max} /></td>
              <td class="n"><Num n={r.friendly} filter={{ either: r.pair, issue: page.id, quad: "1,2", kind: "event", aux: "actual" }} /></td>
              <td class="small nowrap">{day(r.last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
