// The first page: where the busiest pairs stand, what changed, what is expected, what was read.
import { useData } from "../lib/api.ts";
import { count, day, longDay, plural } from "../lib/format.ts";
import type { Changes, Coverage, Expectations, Pairs } from "../lib/model.ts";
import { useHere } from "../lib/names.tsx";
import { useTitle } from "../lib/title.ts";
import { AsOf, Empty, Num, Section, Waiting } from "../parts/basics.tsx";
import { ExpectationList } from "../parts/expectations.tsx";
import { Exports } from "../parts/exports.tsx";
import { Origins } from "../parts/origins.tsx";
import { CoverageBars } from "../parts/spark.tsx";
import { Alerts } from "./home-alerts.tsx";
import { ChangeList } from "./home-changes.tsx";
import { PairFigure, PairTable } from "./home-pairs.tsx";
import { Standing } from "./home-standing.tsx";

export default function Home() {
  useTitle("");
  const here = useHere();
  const on = here.query.get("on") ?? "";
  const days = here.query.get("days") ?? "30";
  const asOf = on ? "&on=" + on : "";
  const coverage = useData<Coverage>("/api/coverage");
  const pairs = useData<Pairs>("/api/pairs" + (on ? "?on=" + on : ""));
  const changes = useData<Changes>(`/api/changes?days=${days}${asOf}`);
  const expected = useData<Expectations>("/api/expectations?status=open,overdue" + asOf);
  if (coverage.data?.stories === 0 && pairs.data?.pairs.length === 0) return <Nothing />;
  return (
    <>
      <Masthead coverage={coverage.data} on={on || (pairs.data?.on ?? "")} />
      <Origins />
      <Waiting of={coverage} what="the record" />
      <div class="home">
        <div>
          <Standing pairs={pairs} on={on} />
          <Section title="What changed" aside={changes.data && <Window changes={changes.data} />}>
            <Waiting of={changes} what="changes" />
            {changes.data && <ChangeList changes={changes.data} coverage={coverage.data} />}
          </Section>
          <Alerts />
          {coverage.data && (
            <Section title="What was read" aside={<a href="/sources">sources and failures</a>}>
              <p class="small soft">Stories above, events below, {day(coverage.data.first)} to {day(coverage.data.last)}. A fall in both is a fall in coverage.</p>
              <CoverageBars coverage={coverage.data} />
            </Section>
          )}
        </div>
        <div>
          <PairFigure pairs={pairs} on={on} />
          <Section title="Expected" aside={<Exports items={[{ label: "CSV", href: "/api/records?kind=expectation&format=csv" }, { label: "JSON lines", href: "/api/records?kind=expectation&format=jsonl" }]} />}>
            <Waiting of={expected} what="expectations" />
            {expected.data && <ExpectationList items={expected.data.items} on={expected.data.on} most={6} more="/records?kind=expectation" />}
          </Section>
        </div>
      </div>
      <PairTable pairs={pairs} />
    </>
  );
}

function Masthead({ coverage, on }: { coverage: Coverage | null; on: string }) {
  const records = coverage?.records ?? {};
  return (
    <div class="masthead pair">
      <h1>{on ? `The record up to ${longDay(on)}` : "The record"}</h1>
      <div class="aside"><AsOf on={on} /></div>
      {coverage && (
        <p class="soft whole">
          <a class="num" href="/stories">{count(coverage.stories)}</a> stories from {plural(coverage.outlets.length, "outlet")}:{" "}
          {(["event", "position", "expectation", "claim", "visit", "refusal"] as const)
            .filter((kind) => records[kind])
            .map((kind, i) => (
              <span key={kind}>
                {i > 0 && ", "}
                <Num n={records[kind]!} filter={{ kind }} /> {kind === "refusal" ? "sentences left out" : kind + (records[kind] === 1 ? "" : "s")}
              </span>
            ))}
          {coverage.failures > 0 && <>; <a class="num" href="/sources">{plural(coverage.failures, "failure")}</a></>}
        </p>
      )}
    </div>
  );
}

function Window({ changes }: { changes: Changes }) {
  return (
    <>
      <span>{day(changes.since)} to {day(changes.on)}</span>
      <span class="choice" role="group" aria-label="Days looked back">
        {[7, 30, 90].map((n) => (
          <DaysLink key={n} n={n} />
        ))}
      </span>
    </>
  );
}

function DaysLink({ n }: { n: number }) {
  const here = useHere();
  const query = new URLSearchParams(here.query);
  query.set("days", String(n));
  return <a href={"/?" + query} aria-current={(here.query.get("days") ?? "30") === String(n) ? "true" : undefined}>{n} days</a>;
}

function Nothing() {
  return (
    <div class="narrow">
      <h1>Nothing has been read yet</h1>
      <Empty>
        <code>dyad ingest corpus/stories.jsonl</code> reads the sample stories; <code>dyad serve --follow feeds.txt</code> reads feeds while this
        page is open. It fills itself as stories come in. To see how one sentence is read, <a href="/explain">paste it here</a>.
      </Empty>
    </div>
  );
}
