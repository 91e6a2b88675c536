// The page of a pair: state and reason, time line both ways, visits, issues, expectations, third parties, evidence.
import { useData } from "../lib/api.ts";
import type { Coverage, Expectations, PairPage, Visits } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { stepFor } from "../lib/series.ts";
import { useTitle } from "../lib/title.ts";
import type { PageProps } from "../main.tsx";
import { AsOf, Empty, Section, StateLink, Waiting } from "../parts/basics.tsx";
import { Agenda } from "../parts/agenda.tsx";
import { EvidenceList } from "../parts/evidencelist.tsx";
import { Exports, recordExports } from "../parts/exports.tsx";
import { VisitTable } from "../parts/visits.tsx";
import { IssueGrid } from "./pair/issues.tsx";
import { Anniversaries } from "./pair/anniversaries.tsx";
import { History } from "./pair/history.tsx";
import { Mix } from "./pair/mix.tsx";
import { Standing } from "./pair/standing.tsx";
import { Triads } from "./pair/triads.tsx";

export default function Pair({ id }: PageProps) {
  const known = useKnown();
  const here = useHere();
  const pair = id.toUpperCase();
  const [a = "", b = ""] = pair.split("-");
  const names: [string, string] = [known.state(a), known.state(b)];
  useTitle(`${names[0]} – ${names[1]}`);
  const q = here.query;
  const [from, to, on] = [q.get("from") ?? "", q.get("to") ?? "", q.get("on") ?? ""];
  const coverage = useData<Coverage>("/api/coverage");
  // Coverage is that of the stories; what other projects coded may reach back much further.
  const reach = q.get("origin") ? null : coverage.data;
  const step = q.get("step") || stepFor(from || (reach?.first ?? ""), to || (reach?.last ?? ""));
  const query = new URLSearchParams({ step });
  for (const [name, value] of [["from", from], ["to", to], ["on", on]] as const) if (value) query.set(name, value);
  // The step rests on what the store spans: asking before that is known would ask twice.
  const path = `/api/pairs/${pair}?${query}`;
  const page = useData<PairPage>(coverage.data || coverage.error ? path : "");
  const asOf = on ? "&on=" + on : "";
  const brief = `/api/pairs/${pair}/brief`;
  return (
    <>
      <div class="masthead pair">
        <p class="soft small">Pair</p>
        <h1><StateLink code={a} /> – <StateLink code={b} /></h1>
        <div class="aside">
          <AsOf on={page.data?.state.on ?? ""} />
          <a href={"/compare?pair=" + pair}>Compare</a>
          <Exports label="Brief" items={[{ label: "To print (HTML)", href: brief + "?format=html" }, { label: "Markdown", href: brief + "?format=md" }, { label: "JSON", href: brief + "?format=json" }]} />
          <Exports label="Records" items={recordExports(`/api/records?either=${pair}`)} />
        </div>
      </div>
      <Waiting of={page} what={`record of ${names[0]} and ${names[1]}`} />
      {page.data && page.data.state.recent && (
        <>
          <Standing page={page.data} names={names} />
          <History page={page.data} path={path} loading={page.loading} names={names} step={step} coverage={reach} />
        </>
      )}
      {!(page.error && !page.data) && <Rest pair={pair} names={names} codes={[a, b]} page={page.data} from={from} to={to} asOf={asOf} />}
    </>
  );
}

interface RestProps {
  pair: string;
  names: [string, string];
  codes: [string, string];
  page: PairPage | null;
  from: string;
  to: string;
  asOf: string;
}

/** What does not hang on the state; where the pair itself cannot be asked for, it is left away. */
function Rest({ pair, names, codes, page, from, to, asOf }: RestProps) {
  const visits = useData<Visits>(`/api/visits?pair=${pair}${asOf}`);
  const expected = useData<Expectations>(`/api/expectations?pair=${pair}${asOf}`);
  return (
    <>
      <div class="halves">
        <Section title="Visits" aside={<Exports items={recordExports(`/api/records?kind=visit&either=${pair}`, ["csv", "jsonl"])} />}>
          <Waiting of={visits} what="visits" />
          {visits.data && (visits.data.items.length ? <VisitTable visits={visits.data} /> : <Empty>No visit between them is told of.</Empty>)}
        </Section>
        <Section title="Expected, and what became of it" id="expected" aside={<Exports items={recordExports(`/api/records?kind=expectation&either=${pair}`, ["csv", "jsonl"])} />}>
          <Waiting of={expected} what="expectations" />
          {expected.data && <Agenda items={expected.data.items} on={expected.data.on} />}
        </Section>
      </div>
      {page && <Anniversaries pair={pair} on={page.state.on} />}
      <IssueGrid pair={pair} names={names} expected={expected.data?.items ?? []} />
      {page && (
        <div class="halves">
          <Triads triads={page.triads} names={names} codes={codes} />
          <Mix series={page.series} pair={pair} codes={codes} names={names} from={from} to={to} />
        </div>
      )}
      <EvidenceList base={{ either: pair }} from={from} to={to} title="Evidence" codes={codes} />
    </>
  );
}
