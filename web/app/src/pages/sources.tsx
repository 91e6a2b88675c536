// What was read and what was not: coverage, outlets, feeds, failures, and what people have corrected.
import { useData } from "../lib/api.ts";
import { count, day, plural } from "../lib/format.ts";
import type { Correction, Coverage, Failure, Source } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { hrefWith } from "../lib/router.ts";
import { useTitle } from "../lib/title.ts";
import { recordLine } from "../lib/words.ts";
import { Empty, Num, Section, TableBehind, Waiting } from "../parts/basics.tsx";
import { undoCorrection } from "../parts/correct.tsx";
import { Exports, recordExports } from "../parts/exports.tsx";
import { bins, CoverageBars } from "../parts/spark.tsx";

export default function Sources() {
  useTitle("Sources");
  const { about } = useKnown();
  const coverage = useData<Coverage>("/api/coverage");
  return (
    <>
      <div class="masthead">
        <h1>Sources, failures, corrections</h1>
        {about && <p class="soft">dyad {about.version}, codebook {about.codebook}, store {about.store}{about.following > 0 ? `, following ${plural(about.following, "feed")}` : ""}{about.writable ? "" : ", read-only"}</p>}
      </div>
      <Waiting of={coverage} what="coverage" />
      {coverage.data && <Read coverage={coverage.data} />}
      <div class="halves">
        <Failures />
        <Feeds />
      </div>
      <Corrections />
    </>
  );
}

function Read({ coverage }: { coverage: Coverage }) {
  return (
    <>
      <Section title="What was read" aside={<Exports items={recordExports("/api/counts?by=day,kind", ["csv", "jsonl"])} />}>
        <p class="soft small">{count(coverage.stories)} stories, {count(coverage.clusters)} without copies, {day(coverage.first)} to {day(coverage.last)}. Stories above, events below.</p>
        <CoverageBars coverage={coverage} />
        <TableBehind name="Coverage">
          <table>
            <thead><tr><th scope="col">from</th><th scope="col">to</th><th scope="col" class="n">stories</th><th scope="col" class="n">events</th></tr></thead>
            <tbody>
              {bins(coverage).filter((b) => b.stories + b.events).map((b) => (
                <tr key={b.from}><td>{day(b.from)}</td><td>{day(b.to)}</td><td class="n">{b.stories}</td><td class="n"><Num n={b.events} filter={{ kind: "event", aux: "actual", from: b.from, to: b.to }} /></td></tr>
              ))}
            </tbody>
          </table>
        </TableBehind>
      </Section>
      <div class="halves">
        <Section title="Outlets">
          <table>
            <thead><tr><th scope="col">Outlet</th><th scope="col" class="n">stories</th></tr></thead>
            <tbody>{coverage.outlets.slice(0, 20).map((o) => <tr key={o.outlet}><th scope="row">{o.outlet ? <a href={"/stories?outlet=" + encodeURIComponent(o.outlet)}>{o.outlet}</a> : <span class="soft">not named</span>}</th><td class="n">{count(o.stories)}</td></tr>)}</tbody>
          </table>
        </Section>
        <Section title="Records and languages">
          <table>
            <thead><tr><th scope="col">Kind</th><th scope="col" class="n">records</th></tr></thead>
            <tbody>
              {Object.entries(coverage.records).map(([kind, n]) => <tr key={kind}><th scope="row">{kind === "refusal" ? "sentences left out on purpose" : kind + "s"}</th><td class="n"><Num n={n} filter={{ kind }} /></td></tr>)}
              {coverage.languages.map((l) => <tr key={l.language}><th scope="row">stories in {l.language || "an unknown language"}{l.language && l.language !== "en" ? <span class="soft">, kept and not coded</span> : ""}</th><td class="n">{count(l.stories)}</td></tr>)}
            </tbody>
          </table>
        </Section>
      </div>
    </>
  );
}

function Failures() {
  const here = useHere();
  const all = here.query.get("failures") === "all";
  const loaded = useData<{ items: Failure[] }>("/api/failures" + (all ? "?all=true" : ""));
  const items = loaded.data?.items ?? [];
  return (
    <Section title="Failures" aside={<a href={hrefWith(here, { failures: all ? "" : "all" })}>{all ? "only those that stand" : "solved ones too"}</a>}>
      <Waiting of={loaded} what="failures" />
      {loaded.data && items.length === 0 && <Empty>Nothing has failed. What cannot be read or coded would be listed here with its reason.</Empty>}
      <ul class="failures">
        {items.map((f) => (
          <li key={f.number}>
            <p><span class="badge">{f.stage}</span> {f.story ? <a href={"/story/" + encodeURIComponent(f.story)}>{f.story}</a> : f.source} {f.solved && <span class="badge met">solved</span>}</p>
            <p class="small">{f.error}</p>
            <p class="small soft">{f.source} · {day(f.at.slice(0, 10))} · tried {plural(f.tries, "time")}; <code>dyad replay {f.number}</code> tries again</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Feeds() {
  const loaded = useData<{ items: Source[] }>("/api/sources");
  const items = loaded.data?.items ?? [];
  return (
    <Section title="Feeds and pages">
      <Waiting of={loaded} what="sources" />
      {loaded.data && items.length === 0 && <Empty>No feed is followed. <code>dyad serve --follow feeds.txt</code> reads them while this page is open.</Empty>}
      {items.length > 0 && (
        <div class="scroll">
          <table>
            <thead><tr><th scope="col">Address</th><th scope="col">last asked</th><th scope="col" class="n">failed</th></tr></thead>
            <tbody>
              {items.map((s) => (
                <tr key={s.address}><th scope="row" class="address">{s.address}{s.last_error && <p class="small t-conf">{s.last_error}</p>}</th><td class="nowrap">{s.last_tried ? s.last_tried.slice(0, 16).replace("T", " ") : "–"}</td><td class="n">{s.failures || "–"}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Corrections() {
  const here = useHere();
  const known = useKnown();
  const all = here.query.get("corrections") === "all";
  const loaded = useData<{ items: Correction[] }>("/api/corrections" + (all ? "?all=true" : ""));
  const items = loaded.data?.items ?? [];
  return (
    <Section title="Corrections" aside={<><a href={hrefWith(here, { corrections: all ? "" : "all" })}>{all ? "only those that stand" : "undone ones too"}</a><Exports items={[{ label: "Gold (JSON lines)", href: "/api/corrections?format=gold" }]} /></>}>
      <Waiting of={loaded} what="corrections" />
      {loaded.data && items.length === 0 && <Empty>Nobody has corrected a record yet. Beneath every sentence there are buttons for it; what is corrected can be undone here, and is exported as gold.</Empty>}
      {items.length > 0 && (
        <div class="scroll">
          <table>
            <thead><tr><th scope="col">When</th><th scope="col">by</th><th scope="col">what</th><th scope="col">note</th><th scope="col"><span class="unseen">undo</span></th></tr></thead>
            <tbody>
              {items.map((c) => (
                <tr key={c.id}>
                  <td class="nowrap">{day(c.at.slice(0, 10))} {c.at.slice(11, 16)}</td>
                  <td>{c.author}</td>
                  <td>
                    <span class="badge">{c.action === "reject" ? "rejected" : "corrected"}</span> {recordLine(c.before, known)}
                    {c.after && <><br /><span class="soft">now:</span> {recordLine(c.after, known)}</>}
                    <br /><a class="small soft" href={`/story/${encodeURIComponent(c.story)}?record=${c.record}`}>{c.before.text}</a>
                    {c.stale && <p class="small t-conf">The record is coded otherwise by now.</p>}
                  </td>
                  <td>{c.note}</td>
                  <td>{c.undone ? <span class="soft small">undone {day(c.undone.slice(0, 10))}</span> : <button type="button" class="quiet" onClick={() => void undoCorrection(c.id)}>Undo</button>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
